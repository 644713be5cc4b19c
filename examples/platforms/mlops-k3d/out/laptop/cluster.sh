#!/usr/bin/env bash
# Brings up a cluster in containers on this machine, and says how to reach what runs in it. Needs docker, k3d and kubectl.
# Made by `platc build`: what this cluster is stands at the end, everything else is the same in each of these scripts.
set -euo pipefail
umask 077

# What the end of this file fills in.
cluster=() nodes=() cni=() operate=() names=() urls=() credentials=()

usage() {
    cat <<END
Usage: cluster.sh [--dry-run] [--no-apply] COMMAND

  up       makes the cluster or starts it, waits for its nodes, applies its objects (where the platform is delivered part by
           part: operate.sh bootstrap), and prints the access table
  down     removes the cluster with everything in it; asks for its name
  stop     stops it, and keeps everything
  status   says whether it is there and well, and prints the access table
  access   prints the access table

  --dry-run    says what would be run, and changes nothing
  --no-apply   leaves the objects to somebody else

First:

  ./cluster.sh up
  export KUBECONFIG=$(state)/kubeconfig

Environment: PLATC_STATE is the directory of the kubeconfig, PLATC_DEADLINE the seconds that anything is waited for
(900), PLATC_PAUSE those between two looks (5).
Exit codes: 0 done, 1 a command failed, 2 wrong use, 3 not as it should be (status), 5 refused, 6 not in time.
END
}

main() {
    local apply=yes command
    while [ $# -gt 0 ]; do
        case $1 in
        --dry-run) dry_run=yes ;;
        --no-apply) apply=no ;;
        -h | --help | help)
            usage
            exit "$DONE"
            ;;
        -*) misuse "there is no option $1" ;;
        *) break ;;
        esac
        shift
    done
    [ $# -eq 1 ] || misuse "one command is due"
    command=$1
    case $command in
    up) up "$apply" ;;
    down) down ;;
    stop)
        need k3d
        run k3d cluster stop "${cluster[0]}"
        finish "${cluster[0]}: stopped"
        ;;
    status) show_status ;;
    access) access ;;
    *) misuse "there is no command $command" ;;
    esac
}

up() {
    need k3d
    need kubectl
    if exists; then
        act "start ${cluster[0]}, which is there" "${cluster[0]}: is there; starting it"
        if [ -e "$(state)/k3d.yaml" ] && ! cmp -s "$(state)/k3d.yaml" "$here/k3d.yaml"; then
            say "${cluster[0]}: k3d.yaml is another one than it was made with; down and up make it anew"
        fi
        run k3d cluster start "${cluster[0]}"
    else
        act "make ${cluster[0]}" "${cluster[0]}: making it"
        run k3d cluster create --config "$here/k3d.yaml"
        run mkdir -p "$(state)"
        run cp "$here/k3d.yaml" "$(state)/k3d.yaml"
    fi
    kubeconfig
    wait_for "the API of ${cluster[0]}" knows_nodes
    import_images
    # Without a network for pods no node is ready, and what brings one is among the objects.
    if [ "${cni[0]}" != none ]; then
        ready
    elif [ "$1/${operate[0]}" = yes/yes ]; then
        bring_parts bootstrap early
        ready
    fi
    if [ "$1" = yes ]; then
        if [ "${operate[0]}" = yes ]; then bring_parts bootstrap; else apply_objects; fi
    fi
    ready
    access
    finish "done: export KUBECONFIG=$(state)/kubeconfig"
}

ready() {
    wait_for "$(some "${nodes[0]}" node) to be ready" are_ready
}

down() {
    local typed
    need k3d
    if ! exists; then
        say "${cluster[0]}: is not there"
        return
    fi
    if [ "$dry_run" = no ]; then
        printf 'This removes the cluster with everything in it. Type its name to go on: ' >&2
        IFS= read -r typed || typed=
        [ "$typed" = "${cluster[0]}" ] || refuse "that is not its name; nothing was done"
    fi
    run k3d cluster delete "${cluster[0]}"
    run rm -rf "$(state)/kubeconfig" "$(state)/k3d.yaml"
    finish "${cluster[0]}: removed"
}

show_status() {
    need k3d
    need kubectl
    if ! exists; then
        differs "${cluster[0]} is not there" "up makes it"
    fi
    control get nodes 2>/dev/null || differs "the API of ${cluster[0]} does not answer" "up starts it"
    are_ready || differs "fewer than $(some "${nodes[0]}" node) are ready"
    access
}

# What runs in it, where it answers, and which secret tells how to come in.
access() {
    local at
    if [ ${#names[@]} -eq 0 ]; then
        say "nothing of ${cluster[0]} is reached from outside"
        return
    fi
    printf '%-28s %-44s %s\n' SERVICE ADDRESS CREDENTIALS
    for at in "${!names[@]}"; do
        printf '%-28s %-44s %s\n' "${names[at]}" "${urls[at]}" "${credentials[at]:-none that the platform knows}"
    done
}

# What fetch.sh collected need not be pulled.
import_images() {
    local archive
    for archive in "${PLATC_OFFLINE:-$here/nodes/files}"/images/*.tar; do
        if [ -e "$archive" ]; then
            act "import ${archive##*/}" "importing ${archive##*/}"
            run k3d image import --cluster "${cluster[0]}" "$archive"
        fi
    done
}

# -- Objects ---------------------------------------------------------------------------------------------------------

# What others need comes first: namespaces, then kinds, then everything.
apply_objects() {
    local all=() first=() kinds=() file
    while IFS= read -r -d '' file; do
        grep -q '^apiVersion:' "$file" || continue
        all+=("$file")
        case ${file##*/} in
        namespace-*) first+=("$file") ;;
        customresourcedefinition-*) kinds+=("$file") ;;
        esac
    done < <(find "$here" -mindepth 1 -maxdepth 2 -name '*-*.yaml' -type f -print0 | sort -z)
    [ ${#all[@]} -gt 0 ] || return 0
    act "apply $(some "${#all[@]}" object)" "applying $(some "${#all[@]}" object)"
    if [ ${#first[@]} -gt 0 ]; then place "${first[@]}"; fi
    if [ ${#kinds[@]} -gt 0 ]; then
        place "${kinds[@]}"
        wait_for "new kinds of objects" kinds_are_there
    fi
    # Some need others of them: webhooks that answer, kinds that a chart brings.
    insist "all objects to be taken" place "${all[@]}"
}

# Parts have one owner, operate.sh.
bring_parts() {
    local code=0
    KUBECONFIG="$(state)/kubeconfig" run "$here/operate.sh" "$@" || code=$?
    [ "$code" = 0 ] || end "$code" "operate.sh $* did not come to its end" "when the cause is gone, up goes on from here"
}

place() {
    local file files=()
    for file in "$@"; do files+=(-f "$file"); done
    run kubectl --kubeconfig "$(state)/kubeconfig" apply --server-side --force-conflicts "${files[@]}"
}

kinds_are_there() {
    control wait --for=condition=Established crd --all --timeout=60s >/dev/null
}

# -- What is asked ---------------------------------------------------------------------------------------------------

exists() {
    bounded k3d cluster list "${cluster[0]}" >/dev/null 2>&1
}

knows_nodes() {
    control get nodes >/dev/null 2>&1
}

are_ready() {
    local known
    known=$(control get nodes --no-headers 2>/dev/null) || return 1
    [ "$(awk '$2 == "Ready" || $2 ~ /^Ready,/ { count++ } END { print count + 0 }' <<<"$known")" -ge "${nodes[0]}" ]
}

kubeconfig() {
    if [ "$dry_run" = yes ]; then
        say "would write $(state)/kubeconfig"
        return
    fi
    mkdir -p "$(state)"
    wait_for "a kubeconfig" fetch_kubeconfig
}

fetch_kubeconfig() {
    k3d kubeconfig get "${cluster[0]}" >"$(state)/kubeconfig.part" && mv "$(state)/kubeconfig.part" "$(state)/kubeconfig"
}

control() {
    kubectl --kubeconfig "$(state)/kubeconfig" --request-timeout=60s "$@"
}

state() {
    local home=${XDG_STATE_HOME:-${HOME:?HOME says nothing, so PLATC_STATE must}/.local/state}
    printf '%s\n' "${PLATC_STATE:-$home/platc/k3d/${cluster[0]}}"
}

# -- What all scripts of an operator share ------------------------------------------------------------------------------

# How they end; PLATC_DEADLINE and PLATC_PAUSE are said in the help of each.
readonly DONE=0 FAILED=1 MISUSED=2 DIFFERS=3 BUSY=4 REFUSED=5 LATE=6
dry_run=no
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
deadline=${PLATC_DEADLINE:-900}
pause=${PLATC_PAUSE:-5}

# A command that changes something.
run() {
    if [ "$dry_run" = yes ]; then
        local word
        printf 'would run:'
        for word in "$@"; do printf ' %q' "$word"; done
        printf '\n'
        return "$DONE"
    fi
    "$@"
}

# act WOULD NOW: says what is done now; where nothing is done, what would be.
act() {
    if [ "$dry_run" = yes ]; then say "would $1"; else say "$2"; fi
}

# finish TEXT: the last line.
finish() {
    if [ "$dry_run" = yes ]; then say "nothing was done"; else say "$1"; fi
}

# A question to somebody who may take it and never answer.
bounded() {
    if command -v timeout >/dev/null 2>&1; then timeout 60 "$@"; else "$@"; fi
}

# until_deadline WHAT COMMAND..: tries until it works, or fails when the time is over. Says so at first, and twice a minute.
until_deadline() {
    local what=$1 end=$((SECONDS + deadline)) next=$SECONDS
    shift
    until "$@"; do
        [ "$SECONDS" -lt "$end" ] || return "$FAILED"
        if [ "$SECONDS" -ge "$next" ]; then
            say "waiting for $what ($((end - SECONDS)) s left)"
            next=$((SECONDS + 30))
        fi
        sleep "$pause"
    done
}

# The same, and ends where the time is over; where nothing is done, nobody is waited for.
wait_for() {
    if [ "$dry_run" = yes ]; then
        say "would wait for $1"
        return "$DONE"
    fi
    until_deadline "$@" || late "waited $(some "$deadline" second) for $1"
}

# insist WHAT COMMAND..: a command that changes something, again and again until it works.
insist() {
    if [ "$dry_run" = yes ]; then
        shift
        "$@"
    else
        wait_for "$@"
    fi
}

# Where nothing is done, what is missing is said alone.
need() {
    command -v "$1" >/dev/null 2>&1 && return "$DONE"
    [ "$dry_run" = yes ] || misuse "$1 is not installed here"
    say "$1 is not installed here, and would be needed"
}

# some NUMBER NAME [NAMES]: `1 host`, `2 hosts`.
some() {
    if [ "$1" = 1 ]; then printf '1 %s' "$2"; else printf '%s %s' "$1" "${3:-${2}s}"; fi
}

say() {
    printf '%s %s\n' "$(date '+%H:%M:%S')" "$*" >&2
}

# end CODE TEXT [HELP]: what is wrong, what can be done, and how the script ends.
end() {
    printf '%s error: %s\n' "$(date '+%H:%M:%S')" "$2" >&2
    [ $# -lt 3 ] || printf '  help: %s\n' "$3" >&2
    exit "$1"
}

fail() { end "$FAILED" "$@"; }
misuse() { end "$MISUSED" "$1" "${0##*/} --help says what there is"; }
differs() { end "$DIFFERS" "$@"; }
busy() { end "$BUSY" "$@"; }
refuse() { end "$REFUSED" "$@"; }
late() { end "$LATE" "$@"; }

# What it works with.
cluster=('laptop')
cni=('k3s')
credentials=('secret airflow/admin' '' '' 'secret argocd/argocd-initial-admin-secret' '')
names=('airflow/airflow' 'apps/api' 'apps/frontend' 'argocd/argocd' 'mlflow/mlflow')
nodes=('2')
operate=('yes')
urls=('http://localhost:8080' 'http://localhost:8000' 'http://localhost:8501' 'https://localhost' 'http://localhost:5000')

main "$@"
