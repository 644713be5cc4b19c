#!/usr/bin/env bash
# Brings up a cluster of Talos machines and looks after it. Runs where the operator is, with talosctl and kubectl.
# Made by `platc build`: what this cluster is stands at the end, everything else is the same in each of these scripts.
# Secrets are made by talosctl and stay in a directory of the operator; nothing here, and nothing beside it, holds one.
set -euo pipefail
umask 077

# What the end of this file fills in.
cluster=() endpoint=() talos=() kubernetes=() cni=() operate=() factory=()
hosts=() addresses=() roles=() images=() patches=()

state=

usage() {
    cat <<END
Usage: talos.sh [--dry-run] [--state DIR] COMMAND

  bootstrap               secrets once, a configuration for each machine, one etcd, a kubeconfig; then waits.
                          Run it again after whatever stopped it: what is done is left alone.
  configs                 makes the configurations anew, and sends them to nobody
  apply-node HOST [MODE]  sends HOST its configuration; MODE is auto, no-reboot, reboot, staged or try (auto)
  upgrade-node HOST       installs the image of HOST, if etcd and all other nodes are well, and waits until it is back
  upgrade-k8s             brings Kubernetes to the version of the platform, if all machines run its Talos
  status                  what every machine runs, and whether etcd and Kubernetes are well
  reset [HOST]            wipes HOST, or all machines; asks for the name of the cluster

  --dry-run               says what would be run, and changes nothing
  --state DIR             where secrets, talosconfig and kubeconfig are kept

Machines boot the image of the cluster first and wait for their configuration. Then, from this directory:

  ./talos.sh --dry-run bootstrap
  ./talos.sh bootstrap
  export KUBECONFIG=$(state_shown)/kubeconfig

Patches that hold secrets belong into DIR/patches/all.yaml and DIR/patches/HOST.yaml; they are merged last.

Environment: PLATC_STATE is --state, PLATC_DEADLINE the seconds that anything is waited for (900), PLATC_PAUSE those
between two looks (5).
Exit codes: 0 done, 1 a command failed, 2 wrong use, 3 not as it should be (status), 4 another run is at work, 5 refused,
because something is not as it must be, 6 not in time.
END
}

main() {
    while [ $# -gt 0 ]; do
        case $1 in
        --dry-run) dry_run=yes ;;
        --state)
            [ $# -gt 1 ] || misuse "--state needs a directory"
            state=$2
            shift
            ;;
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
    state=${state:-${PLATC_STATE:-$(default_state)}}
    case $command in
    bootstrap | configs | upgrade-k8s | status) [ $# -eq 0 ] || misuse "$command takes nothing else" ;;
    upgrade-node) [ $# -eq 1 ] || misuse "upgrade-node takes one host" ;;
    apply-node) [ $# -eq 1 ] || [ $# -eq 2 ] || misuse "apply-node takes a host and at most a mode" ;;
    reset) [ $# -le 1 ] || misuse "reset takes at most one host" ;;
    *) misuse "there is no command $command" ;;
    esac
    need talosctl
    lock
    case $command in
    bootstrap) bootstrap ;;
    configs)
        configs
        finish "done: configurations are in $state/machines"
        ;;
    apply-node) apply_node "$@" ;;
    upgrade-node) upgrade_node "$1" ;;
    upgrade-k8s) upgrade_kubernetes ;;
    status) show_status ;;
    reset) reset "$@" ;;
    esac
}

# -- Commands --------------------------------------------------------------------------------------------------------

bootstrap() {
    full_version
    configs
    local at
    for at in "${!hosts[@]}"; do
        if is_configured "$at"; then
            say "${hosts[at]}: has a configuration already; apply-node sends it a new one"
        else
            act "send ${hosts[at]} its first configuration, at ${addresses[at]}" \
                "${hosts[at]}: sending its first configuration to ${addresses[at]}"
            insist "${hosts[at]} to take its configuration" send_first "$at"
        fi
    done
    local first
    first=$(first_plane)
    wait_for "the API of Talos on ${hosts[first]}" is_configured "$first"
    bootstrap_etcd "$first"
    fetch_kubeconfig "$first"
    wait_until_well
    finish "done: export KUBECONFIG=$state/kubeconfig"
    [ "${operate[0]}/$dry_run" != yes/no ] || say "next, what runs in it: KUBECONFIG=$state/kubeconfig $here/operate.sh bootstrap"
}

# Exactly one machine begins the cluster, whatever stops this script: it is written down before it is asked to.
bootstrap_etcd() {
    local first=$1 at begun
    for at in "${!hosts[@]}"; do
        if [ "${roles[at]}" = control-plane ] && has_etcd "$at"; then
            say "${hosts[at]}: etcd is there already"
            return
        fi
    done
    if [ -e "$state/bootstrapped" ]; then
        begun=$(cat "$state/bootstrapped")
        if [ "$begun" != "${hosts[first]}" ]; then
            refuse "$begun was told to begin the cluster, and has no etcd; look at it before another one is" \
                "after a reset of all machines, remove $state/bootstrapped"
        fi
    fi
    act "let ${hosts[first]} begin the cluster" "${hosts[first]}: begins the cluster"
    if [ "$dry_run" = no ]; then
        printf '%s\n' "${hosts[first]}" >"$state/bootstrapped.part"
        mv "$state/bootstrapped.part" "$state/bootstrapped"
    fi
    insist "${hosts[first]} to begin the cluster" begin "$first"
}

begin() {
    has_etcd "$1" || change "$1" bootstrap
}

fetch_kubeconfig() {
    act "write $state/kubeconfig" "kubeconfig: $state/kubeconfig"
    insist "a kubeconfig" change "$1" kubeconfig "$state/kubeconfig.part" --force --merge=false --force-context-name "${cluster[0]}"
    if [ "$dry_run" = no ]; then
        chmod 600 "$state/kubeconfig.part"
        mv "$state/kubeconfig.part" "$state/kubeconfig"
    fi
}

wait_until_well() {
    wait_for "Kubernetes to know $(some "${#hosts[@]}" node)" knows_all_nodes
    if [ "${cni[0]}" = none ]; then
        say "nodes are not ready before the network for pods is installed, which is none of Talos' here"
        return
    fi
    wait_for "all nodes to be ready" are_ready ''
}

apply_node() {
    local at mode=${2:-auto}
    at=$(place "$1")
    case $mode in
    auto | no-reboot | reboot | staged | try) ;;
    *) misuse "there is no mode $mode: it is auto, no-reboot, reboot, staged or try" ;;
    esac
    configs
    act "send ${hosts[at]} its configuration ($mode)" "${hosts[at]}: sending its configuration ($mode)"
    change "$at" apply-config --file "$state/machines/${hosts[at]}.yaml" --mode "$mode"
    finish "${hosts[at]}: has its configuration"
}

upgrade_node() {
    local at other image
    at=$(place "$1")
    image=$(image_of "$at")
    for other in "${!hosts[@]}"; do
        is_configured "$other" || refuse "${hosts[other]} does not answer, and only one machine may be away at a time"
    done
    if [ "$(version_of "$at")" = "$(tag)" ] && [ "${PLATC_AGAIN:-no}" = no ]; then
        say "${hosts[at]}: runs $(tag) already; PLATC_AGAIN=yes installs it again, with another schematic"
        return
    fi
    etcd_is_well || refuse "etcd is not well on all control planes: see talosctl etcd status"
    are_ready "${hosts[at]}" || refuse "not all nodes besides ${hosts[at]} are ready: see kubectl get nodes"
    act "install $image on ${hosts[at]}" "${hosts[at]}: installing $image"
    change "$at" upgrade --image "$image" --wait --timeout "${deadline}s"
    wait_for "${hosts[at]} to run $(tag)" runs "$at" "$(tag)"
    wait_for "etcd to be well" etcd_is_well
    wait_for "all nodes to be ready" are_ready ''
    finish "${hosts[at]}: runs $(tag), and the cluster is well"
}

upgrade_kubernetes() {
    full_version
    local at
    for at in "${!hosts[@]}"; do
        runs "$at" "$(tag)" || refuse "${hosts[at]} does not run Talos $(tag): upgrade-node ${hosts[at]} comes first"
    done
    etcd_is_well || refuse "etcd is not well on all control planes: see talosctl etcd status"
    are_ready '' || refuse "not all nodes are ready: see kubectl get nodes"
    act "bring Kubernetes to ${kubernetes[0]#v}" "Kubernetes: to ${kubernetes[0]#v}"
    change "$(first_plane)" upgrade-k8s --to "${kubernetes[0]#v}"
    finish "Kubernetes: ${kubernetes[0]#v}"
}

show_status() {
    local at version well=yes
    for at in "${!hosts[@]}"; do
        version=$(version_of "$at")
        printf '%-20s %-16s %-14s %s\n' "${hosts[at]}" "${addresses[at]}" "${roles[at]}" "${version:-does not answer}"
        [ "$version" = "$(tag)" ] || well=no
    done
    if etcd_is_well; then say "etcd: well"; else
        say "etcd: not well"
        well=no
    fi
    if are_ready ''; then say "nodes: all ready"; else
        say "nodes: not all ready"
        well=no
    fi
    [ "$well" = yes ] || differs "${cluster[0]} is not as it should be"
}

# Workers go first, and the machine that began the cluster goes last: nobody is left to give etcd to then.
reset() {
    local at order=() last=() typed names
    if [ $# -eq 1 ]; then
        order=("$(place "$1")")
    else
        for at in "${!hosts[@]}"; do [ "${roles[at]}" = control-plane ] || order+=("$at"); done
        for at in "${!hosts[@]}"; do [ "${roles[at]}" != control-plane ] || last=("$at" ${last[@]+"${last[@]}"}); done
        order+=(${last[@]+"${last[@]}"})
    fi
    names=$(for at in "${order[@]}"; do printf ' %s' "${hosts[at]}"; done)
    act "ask for the name of the cluster, and wipe:$names" "this wipes what is on:$names"
    if [ "$dry_run" = no ]; then
        printf 'Type the name of the cluster to go on: ' >&2
        IFS= read -r typed || typed=
        [ "$typed" = "${cluster[0]}" ] || refuse "that is not its name; nothing was done"
    fi
    local planes=0 left
    for at in "${!hosts[@]}"; do [ "${roles[at]}" != control-plane ] || planes=$((planes + 1)); done
    left=$planes
    for at in "${order[@]}"; do
        local graceful=true
        if [ $# -eq 0 ] && [ "${roles[at]}" = control-plane ]; then
            [ "$left" -gt 1 ] || graceful=false
            left=$((left - 1))
        fi
        if [ "$dry_run" = no ] && ! is_configured "$at"; then
            say "${hosts[at]}: does not answer; left as it is"
            continue
        fi
        act "wipe ${hosts[at]}" "${hosts[at]}: wiping"
        change "$at" reset --graceful="$graceful" --reboot \
            --system-labels-to-wipe STATE --system-labels-to-wipe EPHEMERAL
    done
    if [ $# -eq 0 ] && [ "$dry_run" = no ]; then rm -f "$state/bootstrapped"; fi
    finish "done; secrets stay in $state: remove it to begin with others"
}

# -- Configurations --------------------------------------------------------------------------------------------------

# What every machine is told: what talosctl makes of the secrets, with the patches of the platform merged by talosctl.
configs() {
    local at file made patch arguments image
    if [ "$dry_run" = no ]; then
        mkdir -p "$state/machines" "$state/patches"
        chmod 700 "$state" "$state/machines" "$state/patches"
    fi
    if [ ! -s "$state/secrets.yaml" ]; then
        act "make secrets in $state/secrets.yaml; whoever has them has the cluster" \
            "secrets: new ones in $state/secrets.yaml; whoever has them has the cluster"
        # What a run left that was ended is not whole, and talosctl would not write over it.
        [ "$dry_run" = yes ] || rm -f "$state/secrets.yaml.part"
        run talosctl gen secrets --output-file "$state/secrets.yaml.part" --talos-version "$(contract)"
        [ "$dry_run" = yes ] || mv "$state/secrets.yaml.part" "$state/secrets.yaml"
    fi
    [ "$dry_run" = yes ] || chmod 600 "$state/secrets.yaml"
    for made in controlplane worker talosconfig; do
        generate "$made" "$state/$made.part"
    done
    for at in "${!hosts[@]}"; do
        file=$state/machines/${hosts[at]}.yaml
        arguments=()
        # Paths of files that platc named: they have no blanks.
        for patch in ${patches[at]}; do arguments+=(--patch "@$here/$patch"); done
        if [ "${images[at]}" != "${images[at]/SCHEMATIC/}" ]; then
            image=$(image_of "$at")
            arguments+=(--patch "{\"machine\": {\"install\": {\"image\": \"$image\"}}}")
        fi
        for patch in "$state/patches/all.yaml" "$state/patches/${hosts[at]}.yaml"; do
            [ ! -e "$patch" ] || arguments+=(--patch "@$patch")
        done
        made=worker
        [ "${roles[at]}" != control-plane ] || made=controlplane
        run talosctl machineconfig patch "$state/$made.part" ${arguments[@]+"${arguments[@]}"} --output "$file.part"
        run talosctl validate --config "$file.part" --mode metal
        [ "$dry_run" = yes ] || mv "$file.part" "$file"
    done
    talosconfig
    [ "$dry_run" = yes ] || rm -f "$state/controlplane.part" "$state/worker.part"
}

generate() {
    run talosctl gen config "${cluster[0]}" "${endpoint[0]}" --with-secrets "$state/secrets.yaml" \
        --talos-version "$(contract)" --kubernetes-version "${kubernetes[0]#v}" --with-docs=false --with-examples=false \
        --output-types "$1" --output "$2" --force
}

# Who may ask, and whom: all control planes.
talosconfig() {
    local at planes=()
    first_plane >/dev/null
    for at in "${!hosts[@]}"; do [ "${roles[at]}" != control-plane ] || planes+=("${addresses[at]}"); done
    run talosctl --talosconfig "$state/talosconfig.part" config endpoint "${planes[@]}"
    run talosctl --talosconfig "$state/talosconfig.part" config node "${planes[0]}"
    [ "$dry_run" = yes ] || mv "$state/talosconfig.part" "$state/talosconfig"
}

# The image that installs a machine. What the factory calls a schematic that platc could not name itself, it says itself.
image_of() {
    local image=${images[$1]} id
    if [ "$image" != "${image/SCHEMATIC/}" ]; then
        if [ "$dry_run" = no ]; then
            need curl
            id=$(curl --fail --silent --show-error --max-time 60 --proto '=https' --data-binary "@$here/talos/schematics/${hosts[$1]}.yaml" \
                "https://${factory[0]}/schematics" | sed -n 's/.*"id": *"\([0-9a-f]\{64\}\)".*/\1/p')
            [ -n "$id" ] || fail "${factory[0]} did not say what it calls the schematic of ${hosts[$1]}"
            image=${image/SCHEMATIC/$id}
        fi
    fi
    printf '%s\n' "$image"
}

# -- What is asked ---------------------------------------------------------------------------------------------------

send_first() {
    run talosctl --nodes "${addresses[$1]}" apply-config --insecure --file "$state/machines/${hosts[$1]}.yaml"
}

is_configured() {
    [ -e "$state/talosconfig" ] && ctl "$1" version --short >/dev/null 2>&1
}

has_etcd() {
    [ -e "$state/talosconfig" ] && ctl "$1" etcd members >/dev/null 2>&1
}

version_of() {
    local said
    said=$(ctl "$1" version --short 2>/dev/null) || return 0
    sed -n '/^Server/,$s/.*Tag: *\(v[^ ]*\).*/\1/p' <<<"$said"
}

runs() {
    [ "$(version_of "$1")" = "$2" ]
}

etcd_is_well() {
    local at service
    for at in "${!hosts[@]}"; do
        if [ "${roles[at]}" = control-plane ]; then
            ctl "$at" etcd status >/dev/null 2>&1 || return 1
            service=$(ctl "$at" service etcd 2>/dev/null) || return 1
            grep -q '^HEALTH *OK' <<<"$service" || return 1
        fi
    done
}

nodes() {
    kubectl --kubeconfig "$state/kubeconfig" --request-timeout=10s get nodes --no-headers 2>/dev/null
}

knows_all_nodes() {
    local host known
    known=$(nodes) || return 1
    for host in "${hosts[@]}"; do
        awk -v host="$host" '$1 == host { found = 1 } END { exit !found }' <<<"$known" || return 1
    done
}

# Whether all declared nodes are ready; without one of them, if it is named.
are_ready() {
    local host known
    need kubectl
    known=$(nodes) || return 1
    for host in "${hosts[@]}"; do
        [ "$host" != "$1" ] || continue
        awk -v host="$host" '$1 == host && ($2 == "Ready" || $2 ~ /^Ready,/) { found = 1 } END { exit !found }' <<<"$known" ||
            return 1
    done
}

# -- Machines -----------------------------------------------------------------------------------------------------------

# talosctl about one machine, asked directly: others may be away.
ctl() {
    local at=$1
    shift
    bounded talosctl --talosconfig "$state/talosconfig" --endpoints "${addresses[at]}" --nodes "${addresses[at]}" "$@"
}

# The same, where it changes something.
change() {
    local at=$1
    shift
    run talosctl --talosconfig "$state/talosconfig" --endpoints "${addresses[at]}" --nodes "${addresses[at]}" "$@"
}

place() {
    local at
    for at in "${!hosts[@]}"; do
        if [ "${hosts[at]}" = "$1" ]; then
            printf '%s\n' "$at"
            return
        fi
    done
    misuse "$1 is no host of ${cluster[0]}; its hosts are: ${hosts[*]}"
}

first_plane() {
    local at
    for at in "${!hosts[@]}"; do
        if [ "${roles[at]}" = control-plane ]; then
            printf '%s\n' "$at"
            return
        fi
    done
    misuse "${cluster[0]} has no control plane"
}

# Images of Kubernetes have versions of three parts.
full_version() {
    case ${kubernetes[0]} in
    *.*.*) ;;
    *) misuse "the platform says Kubernetes ${kubernetes[0]}, and not which release of it: write the whole version, as in ${kubernetes[0]}.1" ;;
    esac
}

tag() {
    printf 'v%s\n' "${talos[0]#v}"
}

# The minor version, by which talosctl knows what a configuration may have.
contract() {
    printf 'v%s\n' "${talos[0]#v}" | cut -d . -f 1,2
}

default_state() {
    printf '%s/platc/talos/%s\n' "${XDG_STATE_HOME:-${HOME:?HOME says nothing, so --state must}/.local/state}" "${cluster[0]}"
}

state_shown() {
    printf '%s\n' "${state:-${PLATC_STATE:-$(default_state)}}"
}

# One at a time: the kernel gives the lock back, however this ends.
lock() {
    [ "$dry_run" = no ] || return 0
    mkdir -p "$state"
    exec 9>"$state/lock"
    if command -v flock >/dev/null 2>&1; then
        flock --nonblock 9 || busy "another talos.sh works on ${cluster[0]}"
    fi
}
