
# -- Tools -----------------------------------------------------------------------------------------------------------

readonly DONE=0 FAILED=1 MISUSED=2 REFUSED=5 LATE=6
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

# Tries until it works.
wait_for() {
  local what=$1 began=$SECONDS
  shift
  until "$@"; do
    if [ $((SECONDS - began)) -ge "$deadline" ]; then
      printf 'error: %s took longer than %s seconds\n' "$what" "$deadline" >&2
      exit "$LATE"
    fi
    say "waiting for $what"
    sleep "$pause"
  done
}

need() {
  command -v "$1" >/dev/null 2>&1 || misuse "$1 is not installed here"
}

say() {
  printf '%s %s\n' "$(date '+%H:%M:%S')" "$1" >&2
}

fail() {
  printf 'error: %s\n' "$1" >&2
  exit "$FAILED"
}

refuse() {
  printf 'error: %s\n' "$1" >&2
  [ $# -lt 2 ] || printf '  help: %s\n' "$2" >&2
  exit "$REFUSED"
}

misuse() {
  printf 'error: %s\n  help: %s --help\n' "$1" "${0##*/}" >&2
  exit "$MISUSED"
}
