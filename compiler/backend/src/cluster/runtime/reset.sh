
# -- Reset ----------------------------------------------------------------------------------------------------------

# Nothing is taken down that was not called by its name.
confirm() {
    local answer=$CONFIRM
    if [[ -z $answer ]]; then
        say "this takes down $1, with everything that is kept there, and can not be undone"
        printf 'the name of the cluster, to go on: ' >&2
        IFS= read -r answer || answer=''
    fi
    [[ $answer == "$CLUSTER" ]] || fail "$REFUSED" "that is not $CLUSTER: nothing was done"
}

# reset_host NUMBER: out of the cluster, then what its plan made goes, and what k3s kept.
reset_host() {
    local number=$1 name=${HOSTS[$1]} code=0
    if find_server "$number"; then
        say "$name: out of the cluster"
        kube delete node "$name" --ignore-not-found 2>&1 | labelled "$name" || true
    fi
    say "$name: taking back its plan"
    node "$number" reset || code=$?
    ((code == 0)) || fail "$FAILED" "$name: its plan could not be taken back (its script ended with $code, see above)"
    ask "$number" sh -c "$CLEAR" sh "$DATA" "$CONFIGURATION" "$OFFLINE" 2>&1 | labelled "$name" ||
        fail "$FAILED" "$name: what k3s left could not be cleared"
    say "$name: clear"
}

reset() {
    local number hosts='' servers agents
    select_hosts
    for ((number = 0; number < ${#SELECTED[@]}; number++)); do
        hosts+="${HOSTS[SELECTED[number]]} "
    done
    select_hosts agent
    agents=(${SELECTED[@]+"${SELECTED[@]}"})
    select_hosts server
    servers=(${SELECTED[@]+"${SELECTED[@]}"})
    if [[ -n $DRY_RUN ]]; then
        say "would ask for the name of the cluster, then take down, agents before servers and the first server last: $hosts"
        say "nothing was done"
        return
    fi
    confirm "$hosts"
    select_hosts
    reach "${SELECTED[@]}"
    if ((${#agents[@]} > 0)); then
        in_parallel reset_host "${agents[@]}"
    fi
    for ((number = ${#servers[@]} - 1; number >= 0; number--)); do
        reset_host "${servers[number]}"
    done
    say "$hosts: reset"
}

# What k3s leaves on a host when it is gone: containers, mounts, interfaces, rules, data. Runs in `sh` on the host.
# shellcheck disable=SC2016
readonly CLEAR='
    set -u
    data=$1 configuration=$2 offline=$3
    for procs in /sys/fs/cgroup/kubepods*/cgroup.procs /sys/fs/cgroup/kubepods*/*/cgroup.procs \
        /sys/fs/cgroup/kubepods*/*/*/cgroup.procs /sys/fs/cgroup/kubepods*/*/*/*/cgroup.procs; do
        if [ -r "$procs" ]; then
            while read -r process; do kill -9 "$process" 2>/dev/null; done <"$procs"
        fi
    done
    for process in /proc/[0-9]*; do
        case $(readlink "$process/exe" 2>/dev/null) in
        "$data"/data/*) kill -9 "${process#/proc/}" 2>/dev/null ;;
        esac
    done
    sed -n "s/^[^ ]* \([^ ]*\) .*/\1/p" /proc/self/mounts | sort -r | while read -r mount; do
        case $mount in
        "$data"/* | /run/k3s/* | /var/lib/kubelet/* | /run/netns/cni-*) umount -l "$mount" 2>/dev/null ;;
        esac
    done
    for interface in cni0 flannel.1 flannel-v6.1 flannel-wg flannel-wg-v6 kube-ipvs0 vxlan.calico cilium_host \
        cilium_vxlan; do
        ip link delete "$interface" 2>/dev/null
    done
    for table in iptables ip6tables; do
        if command -v "$table-save" >/dev/null && "$table-save" 2>/dev/null | grep -q -e KUBE- -e CNI- -e -flannel; then
            "$table-save" | grep -v -e KUBE- -e CNI- -e -flannel -e cali- -e CILIUM | "$table-restore"
        fi
    done
    rm -rf "$data" "$configuration" /run/k3s /run/flannel /var/lib/kubelet /var/lib/cni "$offline"
    rmdir "${configuration%/*}" "${data%/*}" "${offline%/*}" 2>/dev/null
    exit 0
'
