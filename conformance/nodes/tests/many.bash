# shellcheck shell=bash disable=SC2154
# A hundred thousand hostile values: on the machine there are the bytes that another program wrote of them.

test_many() {
    local kind
    machine many debian none
    mkdir -p "$work/platform" "$work/want/"{many,whole,paths}
    LC_ALL=C awk -v into="$work" -f "$here/plans/many.awk"
    mv "$work/"*.json "$work/platform"
    populate
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
    others
    same 'a value was run' '' "$(find "$root/upper" -mindepth 1 -printf '%P\0' | grep -zvE "$OURS" | tr '\0' '\n')"
    script 0 check
    away
}

# Where the plan of these values writes.
OURS='^(srv|var/lib/platc|etc/(modules-load|sysctl)\.d|etc/systemd/system)(/|$)|^(var(/lib)?|etc(/(hosts|systemd))?|boot(/firmware(/cmdline\.txt)?)?)$'

# What stands on the machine before: users that are called so, modules that load, settings, what is fetched.
populate() {
    local at=0 value
    fell
    cp "$beneath/etc/passwd" "$beneath/etc/group" "$root/image/etc"
    while IFS= read -r -d '' value; do
        printf '%s:x:%s:%s::/:/bin/false\n' "$value" "$((40000 + at))" "$((40000 + at))" >>"$root/image/etc/passwd"
        printf '%s:x:%s:\n' "$value" "$((40000 + at))" >>"$root/image/etc/group"
        at=$((at + 1))
    done <"$work/want/owners"
    at=0
    while IFS= read -r -d '' value; do
        : >"$root/stub/state/sysctl/net.$at"
        at=$((at + 1))
    done <"$work/want/settings"
    while IFS= read -r -d '' value; do
        cp "$root/stub/web/demo" "$root/stub/files/$value"
    done <"$work/want/files"
    raise
}

# Whether a list of values, one behind the other, is what was wanted.
listed() {
    LC_ALL=C sort -z | cmp -s - <(LC_ALL=C sort -z "$work/want/$1") || problem "other values of $1"
}

others() {
    local at value
    at=0
    while IFS= read -r -d '' value; do
        [[ $(stat -c '%u %g' "$root/merged/srv/owners/$at") == "$((40000 + at)) $((40000 + at))" ]] || problem "the file $at is of somebody else"
        at=$((at + 1))
    done <"$work/want/owners"
    sed -n 's/^10\.0\.0\.1 //p' "$root/merged/etc/hosts" | tr '\n' '\0' | listed names
    head -n 1 "$root/merged/boot/firmware/cmdline.txt" | tr ' \n' '\0\0' | grep -zvx -e console=tty1 -e rootwait | listed boot
    find "$root/stub/state/packages" -mindepth 1 -printf '%f\0' | listed packages
    find "$root/module" -mindepth 1 -not -name apparmor -printf '%f\0' | listed modules
    at=0
    while IFS= read -r -d '' value; do
        cmp -s "$root/merged/etc/sysctl.d/"*"setting_$at-"* <(printf 'net.%s = %s\n' "$at" "$value") || problem "another setting $at"
        cmp -s "$root/stub/state/sysctl/net.$at" <(printf '%s\n' "$value") || problem "another setting $at in force"
        cmp -s "$root/merged/srv/files/$at" "$root/stub/web/demo" || problem "another file was taken for $at"
        at=$((at + 1))
    done <"$work/want/settings"
    at=0
    while IFS= read -r -d '' value; do
        cmp -s "$root/merged/etc/systemd/system/unit-$at.service" <(printf '%s' "$value") || problem "another unit $at"
        at=$((at + 1))
    done <"$work/want/units"
}
