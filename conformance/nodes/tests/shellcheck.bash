# shellcheck shell=bash disable=SC2154
# Who reads scripts for mistakes finds none in any of them, whatever texts they hold.

test_shellcheck() {
    local plan
    if ! command -v shellcheck >/dev/null; then
        printf '  SKIPPED: there is no shellcheck\n'
        return
    fi
    mkdir -p "$work/platform"
    sed 's/, "a\\u0000b-is-for-text-only"//' "$here/plans/texts.json" >"$work/platform/texts.json"
    for plan in "$here"/plans/*.pl; do
        # What this one imports is made when it is tried.
        [[ ${plan##*/} != many.pl ]] || continue
        build "${plan##*/}"
        shellcheck --norc "$built" || problem "shellcheck finds something in the script of ${plan##*/}"
        [[ ! -e $work/out/lab/cluster.sh ]] || shellcheck --norc "$work/out/lab/cluster.sh" ||
            problem "shellcheck finds something in the script of the cluster of ${plan##*/}"
    done
    shellcheck --norc "$here/machine/stub" || problem 'shellcheck finds something in the programs of machines'
}
