#!/usr/bin/env bash
# Brings the parts of a platform into its cluster, each behind what it needs, and looks after them. Runs where the operator
# is, with kubectl; with helm or flux where the parts need them.
# Made by `platc build`: what this platform is stands at the end, everything else is the same in each of these scripts.
set -euo pipefail
umask 077

# What the end of this file fills in: one entry for each part, in the order of their waves.
cluster=() layout=() root=() flux=() delivery=() sops=()
parts=() spaces=() apps=() directories=() waves=() needs=() early=() selectors=() workloads=()
charts=() repositories=() versions=()
namespaces=() ways=() urls=() kinds=() callers=() credentials=() secrets=() keys=()

only=no watching=no finishes=yes

usage() {
    cat <<END
Usage: operate.sh [--dry-run] [--only] [--watch] COMMAND

  bootstrap            everything up to the first sync, in order, each step when the one before is done; run it again after
                       whatever stopped it
  bootstrap early      of these what nodes and pods need to run at all: namespaces, and the parts that come before all others
  bootstrap status     which of these steps are done; changes nothing
  deploy [PART..]      brings parts and all that they need, or everything
  status [PART..]      how parts are
  logs PART            what its pods say
  test [PART..]        whether workloads run and addresses answer
  uninstall PART       takes a part away; what it stored stays
  teardown             takes everything away, the last wave first; asks for the name of the cluster
  pause|resume [PART..]  stops and starts what keeps parts as they are written
  sync [PART..]        looks for what is new, now
  rollback PART        back to what was there before
  access               where everything is reached, and where its credentials are
  parts                all parts with their waves, and what each needs

  --watch              \`status\` again and again, until every part is as it shall be
  --dry-run            says what would be run, and changes nothing
  --only               without what the parts need

Environment: KUBECONFIG; PLATC_DEADLINE the seconds that anything is waited for (900), PLATC_PAUSE those between two looks (5).
Exit codes: 0 done, 1 a command failed, 2 wrong use, 3 not as it should be (status, test), 5 refused, 6 not in time.
END
}

main() {
    while [ $# -gt 0 ]; do
        case $1 in
        --dry-run) dry_run=yes ;;
        --only) only=yes ;;
        --watch) watching=yes ;;
        -h | --help | help)
            usage
            exit "$DONE"
            ;;
        -*) misuse "there is no option $1" ;;
        *) break ;;
        esac
        shift
    done
    [ $# -gt 0 ] || misuse "no command was given"
    local command=$1
    shift
    case $command in
    access | parts | teardown) [ $# -eq 0 ] || misuse "$command takes nothing else" ;;
    logs | uninstall | rollback) [ $# -eq 1 ] || misuse "$command takes one part" ;;
    bootstrap) case $* in '' | early | status) ;; *) misuse "bootstrap takes nothing but early or status" ;; esac ;;
    deploy | status | test | pause | resume | sync) ;;
    *) misuse "there is no command $command" ;;
    esac
    case $command in
    access) show_access ;;
    parts) show_parts ;;
    *)
        need kubectl
        if [ "$command" != bootstrap ]; then
            choose "$@"
            [ "$command/$dry_run" = deploy/yes ] || reach
        fi
        "${command}_all" "$@"
        ;;
    esac
}

# -- Which parts -----------------------------------------------------------------------------------------------------

# Numbers of the parts that are meant, in the order of their waves.
chosen=()

choose() {
    local name at
    chosen=()
    if [ $# -eq 0 ]; then
        chosen=("${!parts[@]}")
        return
    fi
    local wanted=" "
    for name in "$@"; do
        at=$(number "$name")
        wanted+="$at "
    done
    for at in "${!parts[@]}"; do
        case $wanted in *" $at "*) chosen+=("$at") ;; esac
    done
}

# Of a part by its name among all, or by that in its namespace where no other is called so.
number() {
    local at found=() names=
    for at in "${!parts[@]}"; do
        if [ "${parts[at]}" = "$1" ]; then
            printf '%s\n' "$at"
            return
        fi
        if [ "${apps[at]}" = "$1" ]; then
            found+=("$at")
            names+="${names:+, }${parts[at]}"
        fi
    done
    case ${#found[@]} in
    0) misuse "there is no part $1 (operate.sh parts lists them)" ;;
    1) printf '%s\n' "${found[0]}" ;;
    *) misuse "several parts are called $1: $names" ;;
    esac
}

# Adds what the chosen parts need, and what that needs.
with_needs() {
    local at name names=() known=" "
    for at in ${chosen[@]+"${chosen[@]}"}; do names+=("${parts[at]}"); done
    local next=0
    while [ "$next" -lt "${#names[@]}" ]; do
        name=${names[next]}
        next=$((next + 1))
        case $known in *" $name "*) continue ;; esac
        known+="$name "
        at=$(number "$name")
        # Names of parts have no blanks.
        for name in ${needs[at]}; do names+=("$name"); done
    done
    choose ${names[@]+"${names[@]}"}
}

# Whether there is anybody to ask; each command would say the same in its own words.
reach() {
    answers || fail "the API of ${cluster[0]} does not answer" "it is asked as ${KUBECONFIG:-$HOME/.kube/config} says: kubectl version"
}

answers() {
    kubectl version --request-timeout=10s >/dev/null 2>&1
}

# -- What is shown ---------------------------------------------------------------------------------------------------

# The table that `platc urls` prints.
show_access() {
    local at first=7 second=3
    if [ ${#ways[@]} -eq 0 ]; then
        say "nothing of ${cluster[0]} is reached from outside"
        return
    fi
    for at in "${!ways[@]}"; do
        local name=${ways[at]%/*}
        [ "${#name}" -le "$first" ] || first=${#name}
        [ "${#urls[at]}" -le "$second" ] || second=${#urls[at]}
    done
    printf "%-${first}s  %-${second}s  %-9s  %-18s  %s\n" SERVICE URL BY FROM CREDENTIALS
    for at in "${!ways[@]}"; do
        printf "%-${first}s  %-${second}s  %-9s  %-18s  %s\n" "${ways[at]%/*}" "${urls[at]}" "${kinds[at]}" "${callers[at]}" "${credentials[at]:--}"
    done
}

show_parts() {
    local at wave
    printf '%5s  %-36s %s\n' WAVE PART NEEDS
    for at in "${!parts[@]}"; do
        wave=${waves[at]}
        [ "${early[at]}" = no ] || wave=early
        printf '%5s  %-36s %s\n' "$wave" "${parts[at]}" "${needs[at]:--}"
    done
}

# -- Bringing parts --------------------------------------------------------------------------------------------------

deploy_all() {
    [ "$only" = yes ] || with_needs
    local at wave='' waited=()
    make_namespaces
    for at in ${chosen[@]+"${chosen[@]}"}; do
        # All of a wave are brought before any of them is waited for: they may wait for each other.
        if [ "${waves[at]}/${early[at]}" != "$wave" ]; then
            wait_for_all ${waited[@]+"${waited[@]}"}
            wave=${waves[at]}/${early[at]} waited=()
        fi
        act "bring ${parts[at]}" "${parts[at]}"
        "deploy_${layout[0]}" "$at"
        waited+=("$at")
    done
    wait_for_all ${waited[@]+"${waited[@]}"}
    [ "$finishes" = no ] || finish "done"
}

make_namespaces() {
    local file
    for file in ${namespaces[@]+"${namespaces[@]}"}; do
        run kubectl apply --server-side --field-manager=platc -f "$here/$file"
    done
}

deploy_plain() {
    local at=$1 directory
    directory=$here/${root[0]}/${directories[at]}
    if [ -n "${charts[at]}" ] && [ -e "$directory/values.yaml" ]; then
        install_chart "$at" "$directory/values.yaml"
    fi
    if [ -e "$directory/kustomization.yaml" ]; then
        run kubectl apply --server-side --field-manager=platc -k "$directory"
    fi
}

# Whoever delivers is asked to look again; what is paused goes on.
deploy_flux() {
    resume_flux "$1"
    sync_flux "$1"
}

deploy_argocd() {
    resume_argocd "$1"
    sync_argocd "$1"
}

install_chart() {
    local at=$1 values=$2 chart=(--repo "${repositories[$1]}" "${charts[$1]}")
    need helm
    case ${repositories[at]} in
    oci://*) chart=("${repositories[at]}/${charts[at]}") ;;
    '') chart=("${charts[at]}") ;;
    esac
    run helm upgrade --install "${apps[at]}" "${chart[@]}" --version "${versions[at]}" \
        --namespace "${spaces[at]}" --create-namespace --values "$values" --timeout "${deadline}s"
}

wait_for_all() {
    local at
    for at in "$@"; do wait_until_ready "$at"; done
}

wait_until_ready() {
    wait_for "${parts[$1]} to be ready" is_ready "$1"
}

is_ready() {
    [ "$(state_of "$1")" = ready ]
}

# One word, and behind it what is missing.
state_of() {
    case ${layout[0]} in
    plain) state_of_workloads "$1" ;;
    flux) state_of_flux "$1" ;;
    argocd) state_of_argocd "$1" ;;
    esac
}

# Whether Helm has installed the chart of a part, whoever asked it to.
is_installed() {
    [ -z "${charts[$1]}" ] ||
        [ -n "$(bounded kubectl -n "${spaces[$1]}" get secrets -l "owner=helm,name=${apps[$1]},status=deployed" -o name 2>/dev/null)" ]
}

state_of_workloads() {
    local at=$1 found name wanted running all=ready
    if [ "${layout[0]}" = plain ] && ! is_installed "$at"; then
        printf 'missing its chart is not installed\n'
        return
    fi
    if ! found=$(list_workloads "$at" 2>&1); then
        printf 'missing %s\n' "$(printf '%s' "$found" | head -n 1)"
        return
    fi
    while read -r name wanted running; do
        [ "${wanted:-0}" = "${running:-0}" ] || all="waiting $name has ${running:-0} of ${wanted:-0}"
    done <<<"$found"
    printf '%s\n' "$all"
}

list_workloads() {
    local at=$1 space=${spaces[$1]} shape kind
    shape='{range .items[*]}{.kind}/{.metadata.name} {.spec.replicas}{.status.desiredNumberScheduled} {.status.readyReplicas}{.status.numberReady}{"\n"}{end}'
    if [ -z "$space" ]; then
        return 0
    fi
    if [ -n "${workloads[at]}" ]; then
        shape=${shape#'{range .items[*]}'}
        shape=${shape%'{end}'}
        for kind in ${workloads[at]}; do
            bounded kubectl -n "$space" get "$kind" -o jsonpath="$shape" || return
        done
        return
    fi
    [ -n "${selectors[at]}" ] || return 0
    bounded kubectl -n "$space" get deployments,statefulsets,daemonsets -l "${selectors[at]}" -o jsonpath="$shape"
}

state_of_flux() {
    local found
    found=$(bounded kubectl -n flux-system get "kustomizations.kustomize.toolkit.fluxcd.io/${parts[$1]}" \
        -o jsonpath='{.spec.suspend}/{.status.conditions[?(@.type=="Ready")].status} {.status.conditions[?(@.type=="Ready")].message}' 2>&1) ||
        {
            printf 'missing %s\n' "$(printf '%s' "$found" | head -n 1)"
            return
        }
    case $found in
    true/*) printf 'paused\n' ;;
    */True*) printf 'ready\n' ;;
    *) printf 'waiting %s\n' "$(printf '%s' "${found#*/}" | head -n 1)" ;;
    esac
}

state_of_argocd() {
    local found
    found=$(bounded kubectl -n "${delivery[0]}" get "applications.argoproj.io/${parts[$1]}" \
        -o jsonpath='{.status.sync.status}/{.status.health.status}' 2>&1) ||
        {
            printf 'missing %s\n' "$(printf '%s' "$found" | head -n 1)"
            return
        }
    case $found in
    Synced/Healthy) printf 'ready\n' ;;
    *) printf 'waiting %s\n' "$found" ;;
    esac
}

# -- Looking after parts ---------------------------------------------------------------------------------------------

status_all() {
    local began=$SECONDS
    until show_status; do
        [ "$watching" = yes ] || exit "$DIFFERS"
        [ $((SECONDS - began)) -lt "$deadline" ] || exit "$LATE"
        sleep "$pause"
        say "again"
    done
}

show_status() {
    local at state well=0
    for at in ${chosen[@]+"${chosen[@]}"}; do
        state=$(state_of "$at")
        printf '%-36s %s\n' "${parts[at]}" "$state"
        [ "$state" = ready ] || well=1
    done
    return "$well"
}

logs_all() {
    local at=${chosen[0]}
    [ -n "${selectors[at]}" ] || refuse "${parts[at]} runs no pods of its own"
    kubectl -n "${spaces[at]}" logs -l "${selectors[at]}" --all-containers --prefix --tail=100
}

test_all() {
    local at worst=$DONE named=no state
    [ "${#chosen[@]}" -eq "${#parts[@]}" ] || named=yes
    for at in ${chosen[@]+"${chosen[@]}"}; do
        state=$(state_of_workloads "$at")
        case $state in
        ready) printf 'ok    %s\n' "${parts[at]}" ;;
        *)
            printf 'not   %s: %s\n' "${parts[at]}" "$state"
            worst=$DIFFERS
            ;;
        esac
    done
    need curl
    for at in "${!ways[@]}"; do
        if [ "$named" = yes ] && ! is_way_of_chosen "$at"; then continue; fi
        case ${urls[at]} in http*) ;; *) continue ;; esac
        # Whatever answers is there: who may come in is not asked.
        if curl --silent --show-error --insecure --output /dev/null --max-time 10 "${urls[at]}"; then
            printf 'ok    %s\n' "${urls[at]}"
        else
            worst=$DIFFERS
        fi
    done
    exit "$worst"
}

is_way_of_chosen() {
    local at
    for at in ${chosen[@]+"${chosen[@]}"}; do
        case ${ways[$1]} in "${spaces[at]}/${apps[at]}" | "${spaces[at]}/${apps[at]}/"*) return 0 ;; esac
    done
    return 1
}

pause_all() { each_chosen pause; }
resume_all() { each_chosen resume; }
sync_all() { each_chosen sync; }

each_chosen() {
    local at
    [ "${layout[0]}" != plain ] || refuse "nothing keeps the parts as they are written: there is nothing to $1" "operate.sh deploy applies them"
    for at in ${chosen[@]+"${chosen[@]}"}; do "$1_${layout[0]}" "$at"; done
}

# A release goes on by itself where only what brings it is paused.
pause_flux() { suspend "$1" true; }
resume_flux() { suspend "$1" false; }

suspend() {
    local at=$1 patch="{\"spec\":{\"suspend\":$2}}"
    run kubectl -n flux-system patch "kustomizations.kustomize.toolkit.fluxcd.io/${parts[at]}" --type=merge -p "$patch"
    if [ -n "${charts[at]}" ]; then
        run kubectl -n "${spaces[at]}" patch "helmreleases.helm.toolkit.fluxcd.io/${apps[at]}" --type=merge -p "$patch"
    fi
}

sync_flux() {
    run kubectl -n flux-system annotate --overwrite gitrepositories.source.toolkit.fluxcd.io/flux-system \
        "reconcile.fluxcd.io/requestedAt=$(date +%s)"
    run kubectl -n flux-system annotate --overwrite "kustomizations.kustomize.toolkit.fluxcd.io/${parts[$1]}" \
        "reconcile.fluxcd.io/requestedAt=$(date +%s)"
}

pause_argocd() {
    run kubectl -n "${delivery[0]}" patch "applications.argoproj.io/${parts[$1]}" --type=merge \
        -p '{"spec":{"syncPolicy":{"automated":{"enabled":false}}}}'
}

resume_argocd() {
    run kubectl -n "${delivery[0]}" patch "applications.argoproj.io/${parts[$1]}" --type=merge \
        -p '{"spec":{"syncPolicy":{"automated":{"enabled":true}}}}'
}

sync_argocd() {
    run kubectl -n "${delivery[0]}" annotate --overwrite "applications.argoproj.io/${parts[$1]}" argocd.argoproj.io/refresh=hard
}

rollback_all() {
    local at=${chosen[0]} kind
    case ${layout[0]} in
    flux | argocd)
        refuse "${parts[at]} is what the repository says" \
            "git revert what changed it, push, and: operate.sh sync ${parts[at]}"
        ;;
    esac
    if [ -n "${charts[at]}" ]; then
        need helm
        run helm rollback "${apps[at]}" --namespace "${spaces[at]}" --wait --timeout "${deadline}s"
        return
    fi
    for kind in deployments statefulsets daemonsets; do
        run kubectl -n "${spaces[at]}" rollout undo "$kind" -l "${selectors[at]}"
    done
}

uninstall_all() {
    local at=${chosen[0]} other
    for other in "${!parts[@]}"; do
        case " ${needs[other]} " in
        *" ${parts[at]} "*) refuse "${parts[other]} needs ${parts[at]}" "uninstall ${parts[other]} first" ;;
        esac
    done
    [ "${layout[0]}" = plain ] || refuse "${parts[at]} is what the repository says" "take it out of the platform, build and push"
    remove_plain "$at"
}

remove_plain() {
    local at=$1 directory=$here/${root[0]}/${directories[$1]}
    act "take away ${parts[at]}" "${parts[at]}"
    if [ -e "$directory/kustomization.yaml" ]; then
        remove_objects "$directory"
    fi
    if [ -n "${charts[at]}" ] && [ -e "$directory/values.yaml" ]; then
        need helm
        run helm uninstall "${apps[at]}" --namespace "${spaces[at]}" --ignore-not-found --wait --timeout "${deadline}s"
    fi
}

# All but claims: what these hold could not be had again.
remove_objects() {
    local shape='{range .items[*]}{.kind} {.metadata.name} {.metadata.namespace}{"\n"}{end}' kind name space
    bounded kubectl get --ignore-not-found -k "$1" -o jsonpath="$shape" | while read -r kind name space; do
        [ "$kind" != PersistentVolumeClaim ] || continue
        run kubectl delete --ignore-not-found --wait --timeout "${deadline}s" ${space:+--namespace "$space"} "$kind/$name"
    done
}

teardown_all() {
    local at answer
    if [ "$dry_run" = yes ]; then
        say "would ask for the name of the cluster, and take away $(some "${#parts[@]}" part)"
    else
        printf 'This takes away %s of %s. Type the name of the cluster: ' "$(some "${#parts[@]}" part)" "${cluster[0]}" >&2
        read -r answer || answer=
        [ "$answer" = "${cluster[0]}" ] || refuse "that is not its name; nothing was done"
    fi
    # The roots first: they would bring everything back.
    case ${layout[0]} in
    flux) run kubectl -n flux-system patch kustomizations.kustomize.toolkit.fluxcd.io/cluster-apps --type=merge -p '{"spec":{"suspend":true}}' ;;
    argocd) run kubectl -n "${delivery[0]}" patch "applications.argoproj.io/${cluster[0]}-root" --type=merge -p '{"spec":{"syncPolicy":{"automated":{"enabled":false}}}}' ;;
    esac
    for ((at = ${#parts[@]} - 1; at >= 0; at--)); do
        case ${layout[0]} in
        plain) remove_plain "$at" ;;
        flux) run kubectl -n flux-system delete --ignore-not-found --wait --timeout "${deadline}s" "kustomizations.kustomize.toolkit.fluxcd.io/${parts[at]}" ;;
        argocd) run kubectl -n "${delivery[0]}" delete --ignore-not-found --wait --timeout "${deadline}s" "applications.argoproj.io/${parts[at]}" ;;
        esac
    done
    finish "done; namespaces and claims are left: what they hold could not be had again"
}

# -- The first time --------------------------------------------------------------------------------------------------

bootstrap_all() {
    local step steps='answers namespaces secrets early key deliverer root parts' asked=yes finishes=no
    [ "${1:-}" != early ] || steps='answers namespaces early'
    # Nobody is waited for where nothing is done.
    if [ "$dry_run" = yes ] && ! answers; then
        asked=no
        say "the API does not answer: what is done already is not known, so every step is shown"
    fi
    for step in $steps; do
        is_due "$step" || continue
        if [ "$asked" = yes ] && "is_done_$step" 2>/dev/null; then
            printf 'done     %s\n' "$(step_name "$step")"
        elif [ "${1:-}" = status ]; then
            printf 'not yet  %s\n' "$(step_name "$step")"
        else
            act "$(step_task "$step")" "now: $(step_task "$step")"
            "do_$step"
        fi
    done
    case ${1:-} in
    status) ;;
    early) finish "done" ;;
    *) finish "done: $0 access says where everything is reached" ;;
    esac
}

# Whether there is anything to be done in this platform at all.
is_due() {
    case $1 in
    secrets) [ ${#secrets[@]} -gt 0 ] ;;
    early) case " ${early[*]-} " in *' yes '*) ;; *) return 1 ;; esac ;;
    key) [ "${sops[0]}" != no ] ;;
    deliverer | root) [ "${layout[0]}" != plain ] ;;
    esac
}

# What is so when a step is done.
step_name() {
    case $1 in
    answers) printf 'the API answers' ;;
    namespaces) some "${#namespaces[@]}" namespace ;;
    early) printf 'what pods need to run at all' ;;
    secrets) some "${#secrets[@]}" 'secret that somebody makes' 'secrets that somebody makes' ;;
    key) printf 'the key for files' ;;
    deliverer) printf 'who delivers (%s)' "${layout[0]}" ;;
    root) printf 'what it looks at' ;;
    parts) some "${#parts[@]}" part ;;
    esac
}

# What is done for it.
step_task() {
    case $1 in
    answers) printf 'ask the API until it answers' ;;
    namespaces) printf 'make %s' "$(step_name "$1")" ;;
    secrets) printf 'look for %s' "$(step_name "$1")" ;;
    early) printf 'bring %s' "$(step_name "$1")" ;;
    key) printf 'look for %s' "$(step_name "$1")" ;;
    deliverer) printf 'bring %s' "$(step_name "$1")" ;;
    root) printf 'give it %s' "$(step_name "$1")" ;;
    parts) if [ "${layout[0]}" = plain ]; then printf 'bring %s' "$(step_name "$1")"; else printf 'wait for %s' "$(step_name "$1")"; fi ;;
    esac
}

is_done_answers() { answers; }
do_answers() { [ "$dry_run" = yes ] || wait_for 'the API' answers; }

is_done_namespaces() {
    local file
    for file in ${namespaces[@]+"${namespaces[@]}"}; do bounded kubectl get -f "$here/$file" >/dev/null || return; done
}
do_namespaces() { make_namespaces; }

# Secrets of which the platform says the keys and not who brings the values: pods wait for them, and say so nowhere.
missing_secrets() {
    local at
    for at in "${!secrets[@]}"; do
        bounded kubectl -n "${secrets[at]%%/*}" get secret "${secrets[at]#*/}" >/dev/null 2>&1 || printf '%s\n' "$at"
    done
}
is_done_secrets() { [ -z "$(missing_secrets)" ]; }

do_secrets() {
    local at key command
    [ "$dry_run" = no ] || say "would ask for them where they are not there:"
    for at in $(if [ "$asked" = yes ]; then missing_secrets; else printf '%s\n' "${!secrets[@]}"; fi); do
        command="kubectl -n ${secrets[at]%%/*} create secret generic ${secrets[at]#*/}"
        for key in ${keys[at]}; do command+=" --from-file=$key=FILE"; done
        printf '  %s\n' "$command" >&2
    done
    [ "$dry_run" = yes ] || refuse "these secrets are made by somebody, and are not there" "make them, and run it again"
}

is_done_early() {
    local at
    for at in "${!parts[@]}"; do
        [ "${early[at]}" = no ] || { is_installed "$at" && [ "$(state_of_workloads "$at")" = ready ]; } || return
    done
}

do_early() {
    local at
    for at in "${!parts[@]}"; do
        [ "${early[at]}" = yes ] || continue
        act "bring ${parts[at]}" "${parts[at]}"
        if [ "${layout[0]}" = plain ]; then
            deploy_plain "$at"
        else
            install_chart "$at" "$here/bootstrap/${parts[at]}.values.yaml"
        fi
    done
}

is_done_key() {
    bounded kubectl -n flux-system get secret sops-age >/dev/null
}

do_key() {
    if [ "$dry_run" = yes ]; then
        say "would ask for it: kubectl -n flux-system create secret generic sops-age --from-file=age.agekey=FILE"
        return
    fi
    refuse "files are decrypted with SOPS, and the cluster has no key" \
        "kubectl -n flux-system create secret generic sops-age --from-file=age.agekey=FILE"
}

is_done_deliverer() {
    case ${layout[0]} in
    flux) bounded kubectl -n flux-system rollout status deployment/kustomize-controller deployment/helm-controller deployment/source-controller --timeout=1s >/dev/null ;;
    argocd) bounded kubectl get crd applications.argoproj.io >/dev/null ;;
    esac
}

do_deliverer() {
    case ${layout[0]} in
    flux)
        need flux
        run flux install --version "v${flux[0]}"
        ;;
    argocd)
        if [ "$dry_run" = yes ]; then
            say "would go on when Argo CD runs"
            return
        fi
        refuse "Argo CD does not run in the cluster" "make a part of it that comes before: a component with \`early: true\`"
        ;;
    esac
}

is_done_root() {
    case ${layout[0]} in
    flux) bounded kubectl get -k "$here/${root[0]}/flux/cluster" >/dev/null ;;
    argocd) bounded kubectl get -k "$here/${root[0]}/root" >/dev/null ;;
    esac
}

do_root() {
    case ${layout[0]} in
    flux) run kubectl apply --server-side --field-manager=platc -k "$here/${root[0]}/flux/cluster" ;;
    argocd) run kubectl apply --server-side --field-manager=platc -k "$here/${root[0]}/root" ;;
    esac
}

is_done_parts() {
    local at
    for at in "${!parts[@]}"; do is_ready "$at" || return; done
}

do_parts() {
    local at
    choose
    if [ "${layout[0]}" = plain ]; then
        deploy_all
        return
    fi
    for at in ${chosen[@]+"${chosen[@]}"}; do wait_until_ready "$at"; done
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
apps=('cilium' 'cilium-kinds' 'echo' 'external-secrets' 'onepassword' 'metrics-server' 'kubeai' 'local-path-provisioner' 'base' 'base' 'base' 'base' 'prometheus' 'cloudflared' 'external' 'external-dns' 'internal' 'k8s-gateway')
callers=('anywhere')
charts=('cilium' '' '' 'external-secrets' 'connect' 'metrics-server' 'kubeai' 'local-path-provisioner' '' '' '' '' 'kube-prometheus-stack' '' 'ingress-nginx' 'external-dns' 'ingress-nginx' 'k8s-gateway')
cluster=('anton')
credentials=('')
delivery=('flux-system')
directories=('kube-system/cilium' 'kube-system/cilium-kinds' 'default/echo' 'external-secrets/external-secrets' 'external-secrets/onepassword' 'kube-system/metrics-server' 'kubeai/kubeai' 'storage/local-path-provisioner' 'external-secrets/base' 'flux-system/base' 'monitoring/base' 'network/base' 'monitoring/prometheus' 'network/cloudflared' 'network/external' 'network/external-dns' 'network/internal' 'network/k8s-gateway')
early=('yes' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no' 'no')
flux=('2.5.1')
keys=('credentials token')
kinds=('ingress')
layout=('flux')
namespaces=('kubernetes/apps/default/namespace.yaml' 'kubernetes/apps/external-secrets/namespace.yaml' 'kubernetes/apps/flux-system/namespace.yaml' 'kubernetes/apps/kube-system/namespace.yaml' 'kubernetes/apps/kubeai/namespace.yaml' 'kubernetes/apps/monitoring/namespace.yaml' 'kubernetes/apps/network/namespace.yaml' 'kubernetes/apps/storage/namespace.yaml')
needs=('' 'kube-system-cilium' '' '' '' '' '' '' 'external-secrets' 'external-secrets-onepassword' 'external-secrets-onepassword' 'external-secrets-onepassword' 'monitoring-base' 'network-base' 'kube-system-cilium network-base' 'network-base' 'kube-system-cilium network-base' 'kube-system-cilium network-base')
parts=('kube-system-cilium' 'kube-system-cilium-kinds' 'default-echo' 'external-secrets' 'external-secrets-onepassword' 'kube-system-metrics-server' 'kubeai' 'storage-local-path-provisioner' 'external-secrets-base' 'flux-system-base' 'monitoring-base' 'network-base' 'monitoring-prometheus' 'network-cloudflared' 'network-external' 'network-external-dns' 'network-internal' 'network-k8s-gateway')
repositories=('https://helm.cilium.io' '' '' 'https://charts.external-secrets.io' 'https://1password.github.io/connect-helm-charts' 'https://kubernetes-sigs.github.io/metrics-server/' 'https://www.kubeai.org' 'https://charts.containeroo.ch' '' '' '' '' 'https://prometheus-community.github.io/helm-charts' '' 'https://kubernetes.github.io/ingress-nginx' 'https://kubernetes-sigs.github.io/external-dns/' 'https://kubernetes.github.io/ingress-nginx' 'https://ori-edge.github.io/k8s_gateway/')
root=('kubernetes')
secrets=('external-secrets/connect')
selectors=('k8s-app=cilium' '' 'app.kubernetes.io/name=echo' 'app.kubernetes.io/instance=external-secrets,app.kubernetes.io/name=external-secrets' 'app=onepassword-connect' 'app.kubernetes.io/instance=metrics-server,app.kubernetes.io/name=metrics-server' 'app.kubernetes.io/instance=kubeai,app.kubernetes.io/name=kubeai' 'app.kubernetes.io/instance=local-path-provisioner,app.kubernetes.io/name=local-path-provisioner' '' '' '' '' 'app.kubernetes.io/instance=prometheus' 'app.kubernetes.io/name=cloudflared' 'app.kubernetes.io/instance=external,app.kubernetes.io/name=ingress-nginx' 'app.kubernetes.io/instance=external-dns,app.kubernetes.io/name=external-dns' 'app.kubernetes.io/instance=internal,app.kubernetes.io/name=ingress-nginx' 'app.kubernetes.io/instance=k8s-gateway,app.kubernetes.io/name=k8s-gateway')
sops=('no')
spaces=('kube-system' 'kube-system' 'default' 'external-secrets' 'external-secrets' 'kube-system' 'kubeai' 'storage' 'external-secrets' 'flux-system' 'monitoring' 'network' 'monitoring' 'network' 'network' 'network' 'network' 'network')
urls=('http://echo.example.net/')
versions=('1.18.6' '' '' '0.20.4' '2.4.1' '3.13.0' '0.22.1' '0.0.37' '' '' '' '' '88.5.3' '' '4.14.1' '1.17.0' '4.14.1' '2.0.4')
waves=('0' '1' '0' '0' '0' '0' '0' '0' '1' '1' '1' '1' '2' '2' '2' '2' '2' '2')
ways=('default/echo/web')
workloads=('daemonset/cilium deployment/cilium-operator' '' '' 'deployment/external-secrets deployment/external-secrets-webhook deployment/external-secrets-cert-controller' 'deployment/onepassword-connect deployment/onepassword-connect-operator' 'deployment/metrics-server' 'deployment/kubeai' 'deployment/local-path-provisioner' '' '' '' '' 'deployment/prometheus-operator statefulset/prometheus-prometheus-prometheus statefulset/alertmanager-prometheus-alertmanager deployment/prometheus-grafana' 'deployment/cloudflared' 'deployment/external-controller' 'deployment/external-dns' 'deployment/internal-controller' 'deployment/k8s-gateway')

main "$@"
