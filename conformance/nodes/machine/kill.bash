# Read by bash before a script: ends it before the command that KILL_AT counts to, from the first one after it began to work.
unset BASH_ENV
platc_count=0
platc_before() {
    [[ $BASHPID == "$$" ]] || return 0
    if ((platc_count == 0)) && [[ $1 != apply && $1 != 'reset "'* ]]; then
        return 0
    fi
    platc_count=$((platc_count + 1))
    printf '%s' "$platc_count" >/stub/state/count
    [[ $platc_count != "$KILL_AT" ]] || kill -9 $$
}
set -T
trap 'platc_before "$BASH_COMMAND"' DEBUG
