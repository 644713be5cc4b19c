
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
