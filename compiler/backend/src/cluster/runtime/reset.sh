
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
