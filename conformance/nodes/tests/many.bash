# shellcheck shell=bash disable=SC2154
# A hundred thousand hostile values: on the machine there are the bytes that another program wrote of them.

test_many() {
    local kind
    machine many debian none
    mkdir -p "$work/platform" "$work/want/"{many,whole,paths}
    LC_ALL=C awk -v into="$work" -f "$here/plans/many.awk"
    mv "$work/"{many,whole,paths,links}.json "$work/platform"
    build many.pl
    use
    script 0 apply
    for kind in many whole paths; do
        diff -r "$work/want/$kind" "$root/merged/srv/$kind" >"$root/differs" || {
            problem "other bytes in $kind"
            head -c 2000 "$root/differs" | cat -v | sed 's/^/    | /'
        }
    done
    find "$root/merged/srv/links" -type l -printf '%f %l\0' | LC_ALL=C sort -z | cmp -s - <(LC_ALL=C sort -z "$work/want/links") ||
        problem 'a link leads elsewhere'
    same 'a value was run' '' "$(find "$root/upper" -mindepth 1 -printf '%P\0' | grep -zvE '^(srv|var/lib/platc)(/|$)|^var(/lib)?$' | tr '\0' '\n')"
    script 0 check
    away
}
