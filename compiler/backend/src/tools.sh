
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
