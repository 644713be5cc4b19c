# -- Commands of users -------------------------------------------------------------------------------------------------

# A command of a user in a bash of its own, which knows where things for machines without internet are.
user() {
    run env PLATC_OFFLINE="$FILES" bash -euo pipefail -c "$1" bash
}

require_look() {
    get test
    user "$REPLY" >/dev/null 2>&1 || {
        get otherwise
        fail "$REPLY"
    }
}

require_do() { :; }

require_undo() { :; }

command_look() {
    get unless
    user "$REPLY" >/dev/null 2>&1 || drift 'the command is to be run'
}

command_do() {
    if [[ ! -d $RECORD ]]; then
        note
        get undo
        keep undo "$REPLY"
        record
    fi
    due
    get run
    user "$REPLY"
}

command_undo() {
    kept undo
    [[ -z $REPLY ]] || user "$REPLY"
}

