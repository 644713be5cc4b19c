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

# -- One host -------------------------------------------------------------------------------------------------------

# What runs in `sh` on a host; its arguments are data.
unpack() {
    cat <<'END'
umask 022
mkdir -p "$1" && tar -C "$1" --no-same-owner -xf -
END
}

# A token is taken where there is none yet, or the same one; where k3s has run with another, it is not.
take_token() {
    cat <<'END'
set -eu
umask 077
mkdir -p "$1"
cat >"$1/.$2.new"
if [ ! -s "$1/.$2.new" ]; then
    rm -f "$1/.$2.new"
    exit 10
elif cmp -s "$1/.$2.new" "$1/$2"; then
    rm -f "$1/.$2.new"
elif [ -s "$1/$2" ] && [ -e "$3" ]; then
    rm -f "$1/.$2.new"
    exit 11
else
    mv "$1/.$2.new" "$1/$2"
fi
END
}

# What k3s said last, by whichever keeps it.
last_lines() {
    cat <<'END'
journalctl -u k3s -u k3s-agent -n 15 --no-pager -o cat 2>/dev/null ||
    tail -n 15 /var/log/k3s.log /var/log/k3s-agent.log 2>/dev/null
END
}

# What is there without the internet goes to the host before its script, which looks there first.
bring_files() {
    local number=$1
    [[ -d $here/nodes/files ]] || return 0
    say "${HOSTS[number]}: bringing what lies in nodes/files/"
    tar -C "$here/nodes/files" -cf - . | remote "$number" sh -c "$(unpack)" sh "$OFFLINE" ||
        fail "${HOSTS[number]}: nodes/files/ could not be copied"
}

# A script stands before what it reads, so many bytes long. It is there while it runs, and leaves no copy but its own.
run_before_input() {
    cat <<'END'
set -eu
umask 077
directory=$(mktemp -d)
trap 'rm -rf "$directory"' EXIT
dd bs=1 "count=$1" "of=$directory/node.sh" 2>/dev/null
PLATC_OFFLINE=$2
PLATC_START=$3
export PLATC_OFFLINE PLATC_START
shift 3
bash "$directory/node.sh" "$@"
END
}

# with_script NUMBER WORD..: runs the script of a host there, with what is read here as its input.
with_script() {
    local number=$1 script=$here/nodes/${SCRIPTS[$1]} length
    shift
    length=$(wc -c <"$script")
    cat "$script" - | remote "$number" sh -c "$(run_before_input)" sh "$((length))" "$OFFLINE" "$deadline" "$@" 2>&1 |
        labelled "${HOSTS[number]}"
}

# node NUMBER WORD..: as this, without input.
node() {
    with_script "$@" </dev/null
}

# put STEP: a secret, read from the input, becomes the file of a step on each chosen host. It is never an argument.
put() {
    local number secret
    select_hosts
    ((${#ONLY[@]} > 0)) || misuse "put takes --only: on which hosts?"
    if [[ $dry_run == yes ]]; then
        say "would hand the input to the step $1 on $(some "${#SELECTED[@]}" host)"
        return
    fi
    secret=$(cat)
    [[ -n $secret ]] || fail "there is nothing in the input"
    reach "${SELECTED[@]}"
    for number in "${SELECTED[@]}"; do
        printf '%s\n' "$secret" | with_script "$number" put "$1" ||
            fail "${HOSTS[number]}: the secret could not be handed over"
    done
}

# apply NUMBER: what the plan of a host says is so afterwards.
apply() {
    local number=$1 code=0
    say "${HOSTS[number]}: applying its plan"
    node "$number" apply || code=$?
    case $code in
    0) ;;
    255) fail "${HOSTS[number]}: the connection was lost" "\`$0 $COMMAND\` again: its plan goes on where it was" ;;
    *)
        look_at "$number"
        fail "${HOSTS[number]}: its plan could not be applied (its script ended with $code, see above)"
        ;;
    esac
}

# hand_token FROM TO SOURCE NAME: what joins a host is read on one host and written on the other; it is never kept here.
hand_token() {
    local from=$1 to=$2 source=$3 name=$4 code=0
    ask "$from" cat "$source" | remote "$to" sh -c "$(take_token)" sh "$CONFIGURATION" "$name" "$DATA/agent" || code=$?
    case $code in
    0) ;;
    10) fail "${HOSTS[from]} has no $source" "is k3s running there?" ;;
    11) refuse "${HOSTS[to]} is part of another cluster, or of an earlier one: its token is another" \
        "\`$0 reset --only ${HOSTS[to]}\` makes it ready for this one" ;;
    *) fail "${HOSTS[to]}: the token could not be handed over" ;;
    esac
}

# -- Questions to the cluster ---------------------------------------------------------------------------------------

# answers: whether the API of the cluster is ready.
answers() {
    [[ $(tells get --raw /readyz 2>/dev/null) == ok ]]
}

# node_is_ready NAME
node_is_ready() {
    [[ $(tells get node "$1" -o 'jsonpath={.status.conditions[?(@.type=="Ready")].status}' 2>/dev/null) == True ]]
}

# version_of NAME: of k3s on a node; nothing where it is no node.
version_of() {
    tells get node "$1" -o 'jsonpath={.status.nodeInfo.kubeletVersion}' 2>/dev/null || true
}

wait_for_api() {
    until_deadline "the API on ${HOSTS[VIA]}" answers && return
    look_at "$VIA"
    late "the API on ${HOSTS[VIA]} does not answer after ${deadline}s"
}

# wait_for_node NUMBER
wait_for_node() {
    local name=${HOSTS[$1]}
    until_deadline "$name to be Ready" node_is_ready "$name" && { say "$name: Ready"; return; }
    tells get node "$name" -o \
        'jsonpath={range .status.conditions[*]}{.type}={.status} {.reason}: {.message}{"\n"}{end}' 2>&1 |
        labelled "$name" || true
    look_at "$1"
    if [[ -n $OWN_NETWORK ]]; then
        say "the network for pods is not that of k3s here: without $OWN_NETWORK running, no node is ever Ready"
    fi
    late "$name is not Ready after ${deadline}s" "when the cause is gone, \`$0 $COMMAND\` goes on from here"
}

# look_at NUMBER: what its k3s last said.
look_at() {
    say "${HOSTS[$1]}: what k3s said last there"
    ask "$1" sh -c "$(last_lines)" 2>&1 | labelled "${HOSTS[$1]}" || true
}

# find_server: a server whose API answers, the first before others.
find_server() {
    local number
    for number in "${!HOSTS[@]}"; do
        if [[ ${ROLES[number]} == server && $number != "${1:-}" ]]; then
            VIA=$number
            if answers; then
                return 0
            fi
        fi
    done
    VIA=0
    return 1
}

# -- Up -------------------------------------------------------------------------------------------------------------

# What runs in this version is not what the platform says: that is for `upgrade`, which drains.
refuse_other_versions() {
    local number found
    for number in "$@"; do
        found=$(version_of "${HOSTS[number]}")
        if [[ -n $found && $found != "$VERSION" ]]; then
            refuse "${HOSTS[number]} runs $found, and the platform says $VERSION" \
                "\`$0 upgrade\` brings it there, host by host"
        fi
    done
}

# The first server: it makes the cluster, or is it already.
start_first() {
    bring_files 0
    apply 0
    VIA=0
    wait_for_api
}

join_server() {
    bring_files "$1"
    hand_token "$VIA" "$1" "$DATA/server/token" token
    hand_token "$VIA" "$1" "$CONFIGURATION/agent-token" agent-token
    apply "$1"
    wait_for_node "$1"
}

join_agent() {
    bring_files "$1"
    hand_token "$VIA" "$1" "$DATA/server/agent-token" token
    apply "$1"
    wait_for_node "$1"
}

up() {
    local number all servers=() agents=() with_first=''
    select_hosts
    all=("${SELECTED[@]}")
    for number in "${all[@]}"; do
        case ${ROLES[number]} in
        agent) agents+=("$number") ;;
        *) if ((number == 0)); then with_first=yes; else servers+=("$number"); fi ;;
        esac
    done
    if [[ $dry_run == yes ]]; then
        dry_up
        return
    fi
    can_operate
    reach "${all[@]}"
    if find_server; then
        say "$CLUSTER is there: ${HOSTS[VIA]} answers"
        refuse_other_versions "${all[@]}"
    elif [[ -z $with_first ]]; then
        refuse "$CLUSTER is not there yet" "\`$0 up\` without --only makes it, beginning with ${HOSTS[0]}"
    fi
    if [[ -n $with_first ]]; then
        # A first server that has lost its data would make a cluster of its own.
        if ((VIA == 0)) || ask 0 test -d "$DATA/server/db"; then
            start_first
        else
            refuse "${HOSTS[0]} has no data of k3s, but ${HOSTS[VIA]} answers: it would make a second cluster" \
                "place another server before it in the platform, so that it joins that one"
        fi
    fi
    # Where the network for pods is an object, no node is Ready without it.
    if [[ -n $OWN_NETWORK ]] && places_manifests; then
        if [[ -n $OPERATE ]]; then operate bootstrap early; else manifests; fi
    fi
    if [[ -n $with_first ]]; then
        wait_for_node 0
    fi
    for ((number = 0; number < ${#servers[@]}; number++)); do
        join_server "${servers[number]}"
    done
    if ((${#agents[@]} > 0)); then
        in_parallel join_agent "${agents[@]}"
    fi
    if [[ -z $OWN_NETWORK && -z $OPERATE ]] && places_manifests; then
        manifests
    fi
    if ((${#ONLY[@]} == 0)); then
        kubeconfig
    fi
    if [[ -n $OPERATE ]] && places_manifests; then
        operate bootstrap
    fi
    say "$CLUSTER is up: \`$0 health\` says whether all of it works"
}

# Whether objects are placed in this run.
places_manifests() {
    [[ -z $SKIP_MANIFESTS ]] && ((${#ONLY[@]} == 0))
}

dry_up() {
    local number
    for number in "${all[@]}"; do
        if ((number == 0)); then
            say "would apply nodes/${SCRIPTS[0]} on ${HOSTS[0]}, which makes the tokens where it has none, and wait for the API"
            if [[ -n $OWN_NETWORK ]] && places_manifests; then dry_manifests bootstrap early; fi
        elif [[ ${ROLES[number]} == server ]]; then
            say "would hand the token to ${HOSTS[number]}, apply nodes/${SCRIPTS[number]}, and wait until it is Ready"
        else
            say "would hand the token to ${HOSTS[number]}, apply nodes/${SCRIPTS[number]}, and wait until it is Ready;" \
                "up to $PARALLEL agents at once"
        fi
    done
    if [[ -z $OWN_NETWORK && -z $OPERATE ]] && places_manifests; then dry_manifests; fi
    if ((${#ONLY[@]} == 0)); then say "would write $KUBECONFIG_FILE (0600) with the context $CLUSTER"; fi
    if [[ -n $OPERATE ]] && places_manifests; then dry_manifests bootstrap; fi
}

# -- Kubeconfig -----------------------------------------------------------------------------------------------------

kubeconfig() {
    local directory text
    if [[ $dry_run == yes ]]; then
        say "would write $KUBECONFIG_FILE (0600) with the context $CLUSTER"
        return
    fi
    text=$(ask "$VIA" cat "$CONFIGURATION/k3s.yaml") || fail "${HOSTS[VIA]} has no $CONFIGURATION/k3s.yaml"
    directory=$(dirname -- "$KUBECONFIG_FILE")
    mkdir -p -- "$directory"
    # k3s writes its own names into fixed places; what stands there now is data in quotes.
    CONTEXT=$CLUSTER SERVER=$ENDPOINT awk '
        function text(value) { gsub(/\\/, "\\\\", value); gsub(/"/, "\\\"", value); return "\"" value "\"" }
        function put(value) { match($0, /^[ -]*[a-z-]+: /); print substr($0, 1, RLENGTH) text(value) }
        /^ *server: https:\/\// { put(ENVIRON["SERVER"]); next }
        /^[ -]*(name|cluster|user|current-context): default$/ { put(ENVIRON["CONTEXT"]); next }
        { print }' <<<"$text" >"$KUBECONFIG_FILE.new"
    chmod 0600 "$KUBECONFIG_FILE.new"
    mv -- "$KUBECONFIG_FILE.new" "$KUBECONFIG_FILE"
    say "$KUBECONFIG_FILE has the context $CLUSTER at $ENDPOINT: kubectl --kubeconfig $KUBECONFIG_FILE get nodes"
}

# -- Objects --------------------------------------------------------------------------------------------------------

# place WHAT FILE..: gives files to the cluster; what is not ready for them yet is given time.
place() {
    local what=$1
    shift
    say "placing $what: $(some $# file)"
    if ! until_deadline "$what to be taken" place_once "$@"; then
        printf '%s\n' "$PLACED" | labelled "$CLUSTER"
        late "$what were not taken within ${deadline}s"
    fi
}

PLACED=''
place_once() {
    local file
    PLACED=$(for file in "$@"; do
        printf -- '---\n'
        cat -- "$here/$file" || exit 1
    done | kube_with_input apply --server-side --field-manager=platc -f - 2>&1)
}

manifests() {
    local name
    if [[ $dry_run == yes ]]; then
        dry_manifests deploy
        return
    fi
    if [[ -n $OPERATE ]]; then
        can_operate
        operate deploy
        return
    fi
    if ((${#NAMESPACES[@]} > 0)); then
        place namespaces "${NAMESPACES[@]}"
    fi
    if ((${#DEFINITIONS[@]} > 0)); then
        place "custom resource definitions" "${DEFINITIONS[@]}"
        for name in "${DEFINED[@]}"; do
            kube wait --for=condition=Established "--timeout=${deadline}s" "crd/$name" 2>&1 | labelled "$CLUSTER" ||
                late "the definition $name is not established after ${deadline}s"
        done
    fi
    if ((${#OBJECTS[@]} > 0)); then
        place objects "${OBJECTS[@]}"
    fi
}

# operate WORD..: parts have one owner, `operate.sh`, which asks the API from here.
operate() {
    local code=0
    [[ -e $KUBECONFIG_FILE ]] || kubeconfig
    say "parts: $here/operate.sh $*"
    KUBECONFIG=$KUBECONFIG_FILE PLATC_DEADLINE=$deadline "$here/operate.sh" "$@" || code=$?
    ((code == 0)) || end "$code" "operate.sh $* did not come to its end" \
        "when the cause is gone, \`$0 $COMMAND\` goes on from here, or KUBECONFIG=$KUBECONFIG_FILE $here/operate.sh $*"
}

# What it needs is asked for before anything is begun.
can_operate() {
    if [[ -n $OPERATE ]] && places_manifests; then
        command -v kubectl >/dev/null ||
            fail "nothing was changed: operate.sh, which brings the parts, needs kubectl here" "\`--skip-manifests\` leaves them out"
    fi
}

dry_manifests() {
    if [[ -n $OPERATE ]]; then
        say "would run KUBECONFIG=$KUBECONFIG_FILE $here/operate.sh $*"
        return
    fi
    if ((${#NAMESPACES[@]} > 0)); then say "would place $(some "${#NAMESPACES[@]}" namespace)"; fi
    if ((${#DEFINITIONS[@]} > 0)); then
        say "would place $(some "${#DEFINITIONS[@]}" definition), and wait until established"
    fi
    if ((${#OBJECTS[@]} > 0)); then say "would place $(some "${#OBJECTS[@]}" 'other object')"; fi
}

# -- Upgrade --------------------------------------------------------------------------------------------------------

# parts VERSION: gives MAJOR and MINOR of `v1.36.2+k3s1`.
MAJOR=0
MINOR=0
parts() {
    if [[ ! $1 =~ ^v([0-9]+)\.([0-9]+)\. ]]; then
        fail "\`$1\` is no version of k3s"
    fi
    MAJOR=${BASH_REMATCH[1]}
    MINOR=${BASH_REMATCH[2]}
}

# What each host runs.
CURRENT=()

# Kubernetes goes up one minor version at a time, and no node is newer than a server. All of it is judged before
# anything is touched.
judge_upgrade() {
    local number found major minor lowest=''
    parts "$VERSION"
    major=$MAJOR minor=$MINOR
    for ((number = 0; number < ${#HOSTS[@]}; number++)); do
        found=$(version_of "${HOSTS[number]}")
        CURRENT[number]=$found
        if [[ -z $found ]]; then
            is_chosen "$number" || continue
            refuse "${HOSTS[number]} is no node of $CLUSTER yet" "\`$0 up\` first"
        fi
        parts "$found"
        if ((MAJOR != major || MINOR > minor)); then
            refuse "${HOSTS[number]} runs $found: $VERSION would be a step back, which k3s can not do"
        fi
        if ((minor - MINOR > 1)) && is_chosen "$number"; then
            refuse "${HOSTS[number]} runs $found, and $VERSION skips a minor version" \
                "go to v$MAJOR.$((MINOR + 1)) first"
        fi
        if [[ ${ROLES[number]} == server ]] && ! is_chosen "$number" && ((MINOR < minor)); then
            lowest=${HOSTS[number]}
        fi
    done
    select_hosts agent
    if [[ -n $lowest ]] && ((${#SELECTED[@]} > 0)); then
        refuse "agents would be newer than $lowest" "servers first: \`$0 upgrade --only servers\`"
    fi
}

# others_are_ready NUMBER: gives in UNREADY the other nodes that are not.
UNREADY=()
others_are_ready() {
    local number
    UNREADY=()
    for ((number = 0; number < ${#HOSTS[@]}; number++)); do
        if ((number != $1)) && [[ -n ${CURRENT[number]} ]] && ! node_is_ready "${HOSTS[number]}"; then
            UNREADY+=("${HOSTS[number]}")
        fi
    done
    ((${#UNREADY[@]} == 0))
}

node_is_at_version() {
    [[ $(version_of "$1") == "$VERSION" ]]
}

# One host: its pods go elsewhere, its plan is applied, and it comes back. What was cordoned before stays so.
upgrade_host() {
    local number=$1 name=${HOSTS[$1]} mark cordoned
    if ! find_server "$number"; then
        VIA=0
    fi
    mark=$(tells get node "$name" -o 'jsonpath={.metadata.annotations.platc/upgrading}' 2>/dev/null || true)
    if [[ ${CURRENT[number]} == "$VERSION" && -z $mark ]]; then
        say "$name: runs $VERSION already"
        return
    fi
    others_are_ready "$number" ||
        refuse "$name is not touched while others are not Ready: ${UNREADY[*]}"
    if [[ ${CURRENT[number]} != "$VERSION" ]]; then
        cordoned=$(tells get node "$name" -o 'jsonpath={.spec.unschedulable}') || cordoned=''
        if [[ $cordoned != true ]]; then
            kube annotate --overwrite node "$name" platc/upgrading=yes >/dev/null
            mark=yes
        fi
        say "$name: its pods go elsewhere"
        kube drain "$name" --ignore-daemonsets --delete-emptydir-data "--timeout=${deadline}s" 2>&1 |
            labelled "$name" || late \
            "$name: not all pods left within ${deadline}s; it still runs ${CURRENT[number]}, and takes no new pods" \
            "go on with \`$0 upgrade\`, or let them in with \`kubectl uncordon $name\`"
        bring_files "$number"
        apply "$number"
    fi
    until_deadline "$name to run $VERSION" node_is_at_version "$name" || {
        look_at "$number"
        late "$name does not run $VERSION after ${deadline}s"
    }
    wait_for_node "$number"
    if [[ -n $mark ]]; then
        kube uncordon "$name" >/dev/null
        kube annotate node "$name" platc/upgrading- >/dev/null
    fi
    say "$name: runs $VERSION"
}

upgrade() {
    local number servers agents
    select_hosts
    if [[ $dry_run == yes ]]; then
        say "would ask every node for its version, and refuse to skip a minor version or to go back"
        if [[ -n $SNAPSHOTS ]]; then say "would save a snapshot of etcd"; fi
        for ((number = 0; number < ${#SELECTED[@]}; number++)); do
            say "would drain ${HOSTS[SELECTED[number]]}, apply its plan, wait until it runs $VERSION, and let pods in"
        done
        return
    fi
    reach "${SELECTED[@]}"
    find_server || fail "no server of $CLUSTER answers"
    judge_upgrade
    if [[ -n $SNAPSHOTS ]]; then
        say "${HOSTS[VIA]}: a snapshot of etcd, before anything changes"
        ask "$VIA" "$K3S" etcd-snapshot save --name "before-${VERSION//+/-}" 2>&1 | labelled "${HOSTS[VIA]}" ||
            fail "without a snapshot nothing is upgraded"
    fi
    select_hosts server
    servers=(${SELECTED[@]+"${SELECTED[@]}"})
    select_hosts agent
    agents=(${SELECTED[@]+"${SELECTED[@]}"})
    for ((number = 0; number < ${#servers[@]}; number++)); do
        upgrade_host "${servers[number]}"
    done
    for ((number = 0; number < ${#agents[@]}; number++)); do
        upgrade_host "${agents[number]}"
    done
    say "$CLUSTER runs $VERSION"
}

# -- Reset ----------------------------------------------------------------------------------------------------------

# Nothing is taken down that was not called by its name.
confirm() {
    local answer=$CONFIRM
    if [[ -z $answer ]]; then
        say "this takes down $1, with everything that is kept there, and can not be undone"
        printf 'the name of the cluster, to go on: ' >&2
        IFS= read -r answer || answer=''
    fi
    [[ $answer == "$CLUSTER" ]] || refuse "that is not $CLUSTER: nothing was done"
}

# What was brought to a host before its plan: files, and the tokens that were handed to it.
clear() {
    cat <<'END'
rm -rf "$1"
rm -f "$2/token" "$2/agent-token"
rmdir "$2" "${2%/*}" 2>/dev/null
test ! -e "$2/token"
END
}

# reset_host NUMBER: out of the cluster, then what its plan made goes, and what k3s kept.
reset_host() {
    local number=$1 name=${HOSTS[$1]} code=0
    if find_server "$number"; then
        say "$name: out of the cluster"
        kube delete node "$name" --ignore-not-found 2>&1 | labelled "$name" || true
    fi
    say "$name: taking back its plan"
    node "$number" reset "$CLUSTER/$name" || code=$?
    ((code == 0)) || fail "$name: its plan could not be taken back (its script ended with $code, see above)"
    ask "$number" sh -c "$(clear)" sh "$OFFLINE" "$CONFIGURATION" 2>&1 | labelled "$name" ||
        fail "$name: what was brought there could not be taken away"
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
    if [[ $dry_run == yes ]]; then
        say "would ask for the name of the cluster, then take down, agents before servers and the first server last: $hosts"
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

# -- Health ---------------------------------------------------------------------------------------------------------

BAD=0

good() {
    printf 'ok    %s\n' "$*"
}

bad() {
    BAD=$((BAD + 1))
    printf 'BAD   %s\n' "$*"
}

nodes_are_ready() {
    local number name found
    for ((number = 0; number < ${#HOSTS[@]}; number++)); do
        name=${HOSTS[number]}
        is_chosen "$number" || continue
        found=$(version_of "$name")
        if [[ -z $found ]]; then
            bad "node $name: not in the cluster"
        elif ! node_is_ready "$name"; then
            bad "node $name: not Ready"
        elif [[ $found != "$VERSION" ]]; then
            bad "node $name: runs $found, not $VERSION"
        else
            good "node $name: Ready, $found"
        fi
    done
}

workloads_are_available() {
    local index namespace kind name wanted ready path
    for ((index = 0; index < ${#WORKLOAD_NAMES[@]}; index++)); do
        namespace=${WORKLOAD_NAMESPACES[index]} kind=${WORKLOAD_KINDS[index]} name=${WORKLOAD_NAMES[index]}
        case $kind in
        daemonset) path='{.status.desiredNumberScheduled} {.status.numberReady}' ;;
        *) path='{.spec.replicas} {.status.readyReplicas}' ;;
        esac
        if ! wanted=$(tells -n "$namespace" get "$kind" "$name" -o "jsonpath=$path" 2>/dev/null); then
            bad "$kind $namespace/$name: not there"
            continue
        fi
        ready=${wanted#* }
        wanted=${wanted%% *}
        if ((${ready:-0} >= ${wanted:-0})); then
            good "$kind $namespace/$name: ${ready:-0} of ${wanted:-0} ready"
        else
            bad "$kind $namespace/$name: ${ready:-0} of ${wanted:-0} ready"
        fi
    done
}

claims_are_bound() {
    local index namespace name phase
    for ((index = 0; index < ${#CLAIM_NAMES[@]}; index++)); do
        namespace=${CLAIM_NAMESPACES[index]} name=${CLAIM_NAMES[index]}
        phase=$(tells -n "$namespace" get persistentvolumeclaim "$name" -o 'jsonpath={.status.phase}' 2>/dev/null) || phase=''
        if [[ $phase == Bound ]]; then
            good "claim $namespace/$name: Bound"
        else
            bad "claim $namespace/$name: ${phase:-not there}"
        fi
    done
}

# sortable ADDRESS: gives in SORTABLE a text that sorts as the address does among those of its family, or fails.
SORTABLE=''
sortable() {
    local head=() tail=() group
    if [[ $1 =~ ^([0-9]+)\.([0-9]+)\.([0-9]+)\.([0-9]+)$ ]]; then
        printf -v SORTABLE '4:%03d%03d%03d%03d' "${BASH_REMATCH[@]:1}"
        return
    fi
    [[ $1 == *:*:* && $1 != *[!0-9a-fA-F:]* ]] || return 1
    IFS=: read -r -a head < <(printf '%s\n' "${1%%::*}")
    [[ $1 != *::* ]] || IFS=: read -r -a tail < <(printf '%s\n' "${1#*::}")
    SORTABLE=6:
    for group in ${head[@]+"${head[@]}"}; do
        printf -v SORTABLE '%s%04x' "$SORTABLE" "$((16#$group))"
    done
    for ((group = ${#head[@]} + ${#tail[@]}; group < 8; group++)); do
        SORTABLE+=0000
    done
    for group in ${tail[@]+"${tail[@]}"}; do
        printf -v SORTABLE '%s%04x' "$SORTABLE" "$((16#$group))"
    done
}

# is_within ADDRESS RANGE..: whether an address is one of the ranges, each `FIRST-LAST`.
is_within() {
    local LC_ALL=C address range first
    sortable "$1" || return 1
    address=$SORTABLE
    shift
    for range in "$@"; do
        sortable "${range%-*}" || continue
        first=$SORTABLE
        sortable "${range#*-}" || continue
        if [[ ! $address < $first && ! $address > $SORTABLE ]]; then
            return 0
        fi
    done
    return 1
}

balancers_have_addresses() {
    local index namespace name address addresses ranges stray
    for ((index = 0; index < ${#BALANCER_NAMES[@]}; index++)); do
        namespace=${BALANCER_NAMESPACES[index]} name=${BALANCER_NAMES[index]}
        read -r -a ranges <<<"${BALANCER_RANGES[index]}"
        read -r -a addresses < <(tells -n "$namespace" get service "$name" \
            -o 'jsonpath={.status.loadBalancer.ingress[*].ip}' 2>/dev/null || true) || true
        stray=''
        for address in ${addresses[@]+"${addresses[@]}"}; do
            ((${#ranges[@]} == 0)) || is_within "$address" "${ranges[@]}" || stray=$address
        done
        if ((${#addresses[@]} == 0)); then
            bad "service $namespace/$name: no address"
        elif [[ -n $stray ]]; then
            bad "service $namespace/$name: $stray is not in ${BALANCER_RANGES[index]}"
        else
            good "service $namespace/$name: ${addresses[*]}"
        fi
    done
}

# lookup_pod NAME: a pod that asks for the name of the API once.
lookup_pod() {
    cat <<POD
apiVersion: v1
kind: Pod
metadata: {name: $1}
spec:
  restartPolicy: Never
  automountServiceAccountToken: false
  securityContext: {runAsNonRoot: true, runAsUser: 10001, seccompProfile: {type: RuntimeDefault}}
  containers:
    - name: ask
      image: "$PROBE"
      command: [nslookup, "kubernetes.default.svc.$DOMAIN"]
      securityContext: {allowPrivilegeEscalation: false, readOnlyRootFilesystem: true, capabilities: {drop: [ALL]}}
      resources: {requests: {cpu: 10m, memory: 16Mi}, limits: {cpu: 100m, memory: 32Mi}}
POD
}

# A pod in each namespace asks for the name of the API, as those that stand there do.
names_are_found() {
    local index namespace pod
    for ((index = 0; index < ${#LOOKUPS[@]}; index++)); do
        namespace=${LOOKUPS[index]}
        pod="platc-lookup-$RANDOM"
        if lookup_pod "$pod" | kube_with_input -n "$namespace" apply -f - >/dev/null 2>&1 &&
            kube -n "$namespace" wait "pod/$pod" --for=jsonpath='{.status.phase}'=Succeeded --timeout=60s \
                >/dev/null 2>&1; then
            good "names from $namespace: found"
        else
            bad "names from $namespace: a pod there does not find kubernetes.default.svc.$DOMAIN"
        fi
        kube -n "$namespace" delete pod "$pod" --ignore-not-found --wait=false >/dev/null 2>&1 || true
    done
}

urls_answer() {
    local index code
    for ((index = 0; index < ${#URLS[@]}; index++)); do
        code=$(curl --insecure --silent --output /dev/null --max-time 10 --write-out '%{http_code}' -- "${URLS[index]}") ||
            code=000
        if ((10#${code:-0} >= 100 && 10#${code:-0} < 500)); then
            good "${URLS[index]}: $code"
        else
            bad "${URLS[index]}: ${code/#000/no answer}"
        fi
    done
}

health() {
    if [[ $dry_run == yes ]]; then
        say "would ask for $(some "${#HOSTS[@]}" node), $(some "${#WORKLOAD_NAMES[@]}" workload)," \
            "$(some "${#CLAIM_NAMES[@]}" claim), $(some "${#BALANCER_NAMES[@]}" address addresses)," \
            "names from $(some "${#LOOKUPS[@]}" namespace), and $(some "${#URLS[@]}" URL)"
        return
    fi
    find_server || fail "no server of $CLUSTER answers" "\`$0 status\` says which hosts can be reached, and how they differ"
    nodes_are_ready
    workloads_are_available
    claims_are_bound
    balancers_have_addresses
    names_are_found
    if ((${#URLS[@]} > 0)) && command -v curl >/dev/null; then
        urls_answer
    fi
    if ((BAD > 0)); then
        differs "$BAD of these are not as they should be"
    fi
    say "$CLUSTER is well"
}

# -- Status and check -----------------------------------------------------------------------------------------------

status() {
    local number name found drift
    select_hosts
    if [[ $dry_run == yes ]]; then
        say "would ask $(some "${#SELECTED[@]}" host)"
        return
    fi
    find_server || say "no server of $CLUSTER answers"
    printf '%-24s %-8s %-20s %-10s %s\n' HOST ROLE VERSION NODE PLAN
    for ((number = 0; number < ${#SELECTED[@]}; number++)); do
        name=${HOSTS[SELECTED[number]]}
        found=$(version_of "$name")
        drift=0
        node "${SELECTED[number]}" check >/dev/null 2>&1 || drift=$?
        case $drift in
        0) drift='as it should be' ;;
        "$DIFFERS") drift="differs: \`$0 check --only $name\`" ;;
        255) drift='no connection' ;;
        *) drift="could not be judged ($drift)" ;;
        esac
        printf '%-24s %-8s %-20s %-10s %s\n' "$name" "${ROLES[SELECTED[number]]}" "${found:--}" \
            "$(node_is_ready "$name" && echo Ready || echo -)" "$drift"
    done
}

# check and diff: what `up` or `upgrade` would change on the hosts. Nothing is changed.
compare() {
    local number code worst=0
    select_hosts
    if [[ $dry_run == yes ]]; then
        say "would ask $(some "${#SELECTED[@]}" host)"
        return
    fi
    reach "${SELECTED[@]}"
    for ((number = 0; number < ${#SELECTED[@]}; number++)); do
        code=0
        node "${SELECTED[number]}" "$1" || code=$?
        case $code in
        0) say "${HOSTS[SELECTED[number]]}: as it should be" ;;
        "$DIFFERS")
            say "${HOSTS[SELECTED[number]]}: differs"
            ((worst != 0)) || worst=$DIFFERS
            ;;
        *)
            say "${HOSTS[SELECTED[number]]}: could not be judged (its script ended with $code)"
            worst=$FAILED
            ;;
        esac
    done
    return "$worst"
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

# -- This cluster ---------------------------------------------------------------------------------------------------

CLUSTER='dev'
VERSION='v1.36.2+k3s1'
ENDPOINT='https://192.168.2.10:6443'
DATA='/var/lib/rancher/k3s'
DOMAIN='cluster.local'
OWN_NETWORK='Calico'
SNAPSHOTS=''
PROBE='docker.io/library/busybox:1.36.1'
OPERATE='yes'
HOSTS=(
    'cp-1'
    'worker-1'
    'worker-2'
)
ROLES=(
    'server'
    'agent'
    'agent'
)
USERS=(
    'root'
    'root'
    'root'
)
ADDRESSES=(
    '192.168.2.10'
    '192.168.2.21'
    '192.168.2.22'
)
PORTS=(
    '22'
    '22'
    '22'
)
SCRIPTS=(
    'cp-1.sh'
    'worker-1.sh'
    'worker-2.sh'
)
NAMESPACES=()
DEFINITIONS=()
DEFINED=()
OBJECTS=()
WORKLOAD_NAMESPACES=(
    'financial-ml'
    'financial-ml'
    'mlflow'
)
WORKLOAD_KINDS=(
    'deployment'
    'deployment'
    'statefulset'
)
WORKLOAD_NAMES=(
    'explainer'
    'scorer'
    'postgres'
)
CLAIM_NAMESPACES=()
CLAIM_NAMES=()
BALANCER_NAMESPACES=(
    'financial-ml'
    'financial-ml'
    'financial-ml'
    'istio-system'
)
BALANCER_NAMES=(
    'explainer'
    'scorer'
    'seldon-mesh'
    'istio-ingressgateway'
)
BALANCER_RANGES=(
    '192.168.2.200-192.168.2.220'
    '192.168.2.200-192.168.2.220'
    '192.168.2.200-192.168.2.220'
    '192.168.2.200-192.168.2.220'
)
LOOKUPS=(
    'argo'
    'argocd'
    'cert-manager'
    'financial-ml'
    'istio-system'
    'jupyterhub'
    'kserve'
    'kubeflow'
    'kubernetes-dashboard'
    'metallb-system'
    'minio'
    'mlflow'
    'monitoring'
    'new-ml-project'
    'nfs'
    'sealed-secrets'
    'seldon-system'
    'tigera-operator'
)
URLS=()

# -- Arguments ------------------------------------------------------------------------------------------------------

# owned OBJECTS PARTS: what is true here.
owned() {
    if [[ -z $OPERATE ]]; then printf '%s' "$1"; else printf '%s' "$2"; fi
}

help() {
    cat <<TEXT
$0 COMMAND [OPTION..]: the cluster $CLUSTER, k3s $VERSION, $(some "${#HOSTS[@]}" host)

  up          every host as the platform says: the first server, then other servers one by one, then agents; a
              kubeconfig; $(owned 'objects in waves' 'parts, by operate.sh bootstrap'). What is done already is not done again: run it until
              it succeeds.
  check       what \`up\` would change on the hosts; changes nothing
  diff        the same, with the lines of files
  status      hosts, what they run, and whether their plan holds
  health      nodes Ready, workloads available, claims bound, addresses from their pools, names, URLs
  manifests   $(owned 'places the objects alone: namespaces, definitions, then the rest' 'the parts alone: operate.sh deploy')
  kubeconfig  fetches it, with the address of the cluster: $ENDPOINT
  put STEP    hands a secret, which it reads, to a step of the hosts that --only means: \`put datastore\`
  upgrade     to k3s $VERSION: servers one by one, drained, then agents; a snapshot of etcd before
  reset       takes hosts out of the cluster and everything of it from them; asks for the name of the cluster

  --only WORD         these hosts alone: a host, \`servers\` or \`agents\`; may be given several times
  --dry-run           says what would be done, asks no host
  --deadline SECONDS  how long anything may take to become ready: $deadline, or PLATC_DEADLINE
  --parallel NUMBER   how many agents are worked on at once: $PARALLEL
  --skip-manifests    \`up\` without objects
  --kubeconfig FILE   where it is written: $KUBECONFIG_FILE
  --confirm NAME      for \`reset\`, in place of an answer

Examples
  $0 up --dry-run                       # first of all
  $0 up                                 # bare machines to a cluster
  $0 up --only ${HOSTS[${#HOSTS[@]} - 1]}
  $0 upgrade --only servers

Exit codes: 0 done, 1 a command failed, 2 wrong use, 3 not as it should be (check, diff, health), 4 another run is at
work, 5 refused, 6 not in time.
PLATC_SSH_CONFIG names a file that ssh reads (\`ssh -F\`). Hosts take from nodes/files/, which fetch.sh fills,
before they ask the internet.
TEXT
}

number_option() {
    [[ $2 =~ ^[1-9][0-9]{0,5}$ ]] || misuse "$1 takes a number, not \`$2\`"
}

arguments() {
    while (($# > 0)); do
        case $1 in
        --only | --deadline | --parallel | --kubeconfig | --confirm)
            (($# > 1)) || misuse "$1 takes a value"
            case $1 in
            --only) ONLY+=("$2") ;;
            --deadline) number_option "$1" "$2" && deadline=$2 ;;
            --parallel) number_option "$1" "$2" && PARALLEL=$2 ;;
            --kubeconfig) KUBECONFIG_FILE=$2 ;;
            --confirm) CONFIRM=$2 ;;
            esac
            shift
            ;;
        --dry-run) dry_run=yes ;;
        --skip-manifests) SKIP_MANIFESTS=yes ;;
        -h | --help | help)
            help
            exit "$DONE"
            ;;
        -*) misuse "there is no option \`$1\`" ;;
        *)
            if [[ $COMMAND == put && -z $STEP ]]; then
                STEP=$1
                shift
                continue
            fi
            [[ -z $COMMAND ]] || misuse "\`$COMMAND\` or \`$1\`: one command at a time"
            COMMAND=$1
            ;;
        esac
        shift
    done
}

main() {
    if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 402)); then
        fail "this needs bash 4.2 or later, and is run by $BASH_VERSION"
    fi
    KUBECONFIG_FILE=${HOME:-.}/.kube/${CLUSTER//\//_}.yaml
    arguments "$@"
    if [[ -z $COMMAND ]]; then
        help >&2
        exit "$MISUSED"
    fi
    check_only
    select_hosts
    ((${#SELECTED[@]} > 0)) || misuse "--only means no host of $CLUSTER"
    command -v ssh >/dev/null || fail "there is no ssh here"
    case $COMMAND in
    up | upgrade | reset | manifests)
        # The kernel takes this lock back, however we end.
        exec 9<"${BASH_SOURCE[0]}"
        # Where there is no flock, nobody looks.
        ! command -v flock >/dev/null || flock -n 9 || busy "another run of this script is at work on $CLUSTER"
        ;;
    esac
    case $COMMAND in
    up) up ;;
    upgrade) upgrade ;;
    reset) reset ;;
    manifests) with_server manifests ;;
    kubeconfig) with_server kubeconfig ;;
    put)
        [[ -n $STEP ]] || misuse "put takes the name of a step"
        put "$STEP"
        ;;
    health) health ;;
    status) status ;;
    check | diff) compare "$COMMAND" ;;
    *) misuse "there is no command \`$COMMAND\`" ;;
    esac
    [[ $dry_run == no ]] || say "nothing was done"
}

with_server() {
    [[ $dry_run == yes ]] || find_server ||
        fail "no server of $CLUSTER answers" "\`$0 status\` says which hosts can be reached, and how they differ"
    "$@"
}

main "$@"
