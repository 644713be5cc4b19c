# Read by bash before a script, and heeded from the first command on after it began to work. Ends the script before the command that
# KILL_AT counts to. Where KILL_AT is `watch`, it waits before each command, also those of subshells, until somebody has looked at
# the machine.
unset BASH_ENV
platc_count=0
platc_before() {
    if ((platc_count == 0)) && [[ $1 != apply && $1 != 'reset "'* ]]; then
        return 0
    fi
    if [[ $KILL_AT == watch ]]; then
        platc_count=1
        printf x >/stub/ask
        read -r -N 1 platc_answer </stub/answer
        return 0
    fi
    [[ $BASHPID == "$$" ]] || return 0
    platc_count=$((platc_count + 1))
    printf '%s' "$platc_count" >/stub/state/count
    [[ $platc_count != "$KILL_AT" ]] || kill -9 $$
}
set -T
trap 'platc_before "$BASH_COMMAND"' DEBUG
