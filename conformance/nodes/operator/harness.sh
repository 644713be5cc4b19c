# What the tests of the operator's scripts share: a place to work in, stubs before everything else, and expectations.
# shellcheck shell=bash
: "${PLATC:?PLATC names the compiler}"
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
export WORLD=$work/world HOME=$work/home
# Another bash than that of this machine, for the scripts and what stands in for the programs that they call.
if [ -n "${WITH_BASH-}" ]; then
  mkdir "$work/bash"
  ln -s "$WITH_BASH" "$work/bash/bash"
  export PATH=$work/bash:$PATH
fi
export PATH=$here/stub:$PATH
mkdir -p "$HOME"
title='' failures=0 said=''

case_of() { title=$1; }

world() { rm -rf "$WORLD"; mkdir -p "$WORLD"; }

wrong() {
  failures=$((failures + 1))
  printf 'FAILED %s: %s\n' "$title" "$1" >&2
}

# The exit code of a command; what it says is kept for `says`.
expect() {
  local wanted=$1 code=0
  shift
  said=$("$@" 2>&1) || code=$?
  [ "$code" = "$wanted" ] || wrong "exit code $code instead of $wanted of $(basename "$1") ${*:2}: $said"
}

says() {
  case $said in *"$1"*) ;; *) wrong "it does not say \`$1\`: $said" ;; esac
}

is() {
  [ "$1" = "$2" ] || wrong "\`$1\` instead of \`$2\`"
}

# Every line of a dry run says that it is one; what was asked and is so, what others would have to type, and tables are no deeds.
would() {
  local odd
  odd=$(grep -vE '^([0-9:]{8} )?(would |nothing was done$|done     )|^  kubectl |^[0-9:]{8} (the API does not answer:|[a-z0-9]+ is not installed here, and would be needed|not fetched: )' <<<"$said" || true)
  [ -z "$odd" ] || wrong "this reads as if it was done: $odd"
  says "nothing was done"
}

checked() {
  if command -v shellcheck >/dev/null; then
    local found
    found=$(shellcheck --norc "$1") || wrong "$found"
  else
    printf 'SKIPPED %s: shellcheck is not installed\n' "$title"
  fi
}

finish() {
  [ "$failures" = 0 ] || exit 1
  printf 'ok\n'
}
