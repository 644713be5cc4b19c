#!/usr/bin/env bash
# Brings a cluster of k3s up, looks after it, and takes it down again: over ssh, from the machine that runs this.
# Made by platc: what is to be changed is changed in the platform. `--help` says what it can do.
set -euo pipefail
umask 077
export LC_ALL=C

# Where things are on a host.
readonly K3S=/usr/local/bin/k3s
readonly CONFIGURATION=/etc/rancher/k3s
readonly OFFLINE=/var/lib/platc/files

# What the arguments say.
COMMAND=''
STEP=''
ONLY=()
PARALLEL=4
CONFIRM=''
KUBECONFIG_FILE=''
SKIP_MANIFESTS=''

# The host whose kubectl is asked, by its number; the token that is handed on is of it.
VIA=0

# -- What is said ---------------------------------------------------------------------------------------------------

# Puts the name of a host before each line that is written for it.
labelled() {
    local line
    while IFS= read -r line || [[ -n $line ]]; do
        printf '%(%H:%M:%S)T %s | %s\n' -1 "$1" "$line" >&2
    done
}

# -- Commands on hosts ----------------------------------------------------------------------------------------------

# quoted TEXT: gives in QUOTED what any POSIX shell reads as this one word.
QUOTED=''
quoted() {
    local text=$1 mark="'" escaped="'\\''"
    text=${text//$mark/$escaped}
    QUOTED="'$text'"
}

# remote NUMBER WORD..: runs a command as root on a host; what it reads is the input.
remote() {
    local number=$1 command='' word options
    shift
    if [[ ${USERS[number]} != root ]]; then
        command='sudo -n -- '
    fi
    for word in "$@"; do
        quoted "$word"
        command+="$QUOTED "
    done
    options=(-o BatchMode=yes -o ConnectTimeout=10 -o ServerAliveInterval=15 -o ServerAliveCountMax=4)
    if [[ -n ${PLATC_SSH_CONFIG:-} ]]; then
        options+=(-F "$PLATC_SSH_CONFIG")
    fi
    ssh "${options[@]}" -p "${PORTS[number]}" -l "${USERS[number]}" -- "${ADDRESSES[number]}" "$command"
}

# As `remote`, without input.
ask() {
    remote "$@" </dev/null
}

# The kubectl of the first server, or of the one that stands in for it.
kube() {
    ask "$VIA" "$K3S" kubectl "$@"
}

# What it tells of an object; an API that takes a question and gives no answer has none.
tells() {
    kube --request-timeout=20s "$@"
}

kube_with_input() {
    remote "$VIA" "$K3S" kubectl "$@"
}

# reach NUMBER..: all of these hosts answer and let us be root, before anything is changed on one of them.
reach() {
    local number missing=()
    for number in "$@"; do
        if ! ask "$number" true 2>&1 | labelled "${HOSTS[number]}"; then
            missing+=("${HOSTS[number]} (${USERS[number]}@${ADDRESSES[number]}, port ${PORTS[number]})")
        fi
    done
    if ((${#missing[@]} > 0)); then
        fail "nothing was changed: no way as root to ${missing[*]}" \
            "a host must let this machine in by ssh without a question, and by sudo without a password; where one is gone, --only means the others"
    fi
}

# -- Which hosts ----------------------------------------------------------------------------------------------------

# is_chosen NUMBER: whether `--only` means this host.
is_chosen() {
    local word
    ((${#ONLY[@]} > 0)) || return 0
    for word in "${ONLY[@]}"; do
        case $word in
        "${HOSTS[$1]}" | "${ROLES[$1]}" | "${ROLES[$1]}s") return 0 ;;
        esac
    done
    return 1
}

# select_hosts ROLE: gives in SELECTED the chosen hosts of a role, of any where none is named.
SELECTED=()
select_hosts() {
    local number
    SELECTED=()
    for ((number = 0; number < ${#HOSTS[@]}; number++)); do
        if [[ -z ${1:-} || ${ROLES[number]} == "$1" ]] && is_chosen "$number"; then
            SELECTED+=("$number")
        fi
    done
}

# Every word of `--only` means something.
check_only() {
    local word host known
    ((${#ONLY[@]} > 0)) || return 0
    for word in "${ONLY[@]}"; do
        known=''
        for host in "${HOSTS[@]}" server servers agent agents; do
            [[ $word != "$host" ]] || known=yes
        done
        [[ -n $known ]] || misuse "there is no host \`$word\` in $CLUSTER, and no role of this name"
    done
}

# in_parallel FUNCTION NUMBER..: runs a function for hosts, no more than PARALLEL at once; each comes to its end.
in_parallel() {
    local function=$1 number failed=() pids=() numbers=() code=0
    shift
    for number in "$@"; do
        ("$function" "$number") &
        pids+=("$!")
        numbers+=("$number")
        if ((${#pids[@]} == PARALLEL)); then
            join
        fi
    done
    join
    if ((${#failed[@]} > 0)); then
        end "$code" "not done: ${failed[*]}" "when the cause is gone, \`$0 $COMMAND\` goes on from here"
    fi
}

# Waits for what `in_parallel` started.
join() {
    local index
    for ((index = 0; index < ${#pids[@]}; index++)); do
        wait "${pids[index]}" || {
            code=$?
            failed+=("${HOSTS[numbers[index]]}")
        }
    done
    pids=()
    numbers=()
}
