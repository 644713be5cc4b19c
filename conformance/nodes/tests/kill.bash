# shellcheck shell=bash disable=SC2154
# Scripts that are killed before each of their commands and run again: they come to the same machine, and no restart is lost.

# Kills a command on copies of a machine, before every command or some: killed FROM WANTED COMMAND..
killed() {
    local from=$1 wanted=$2 at count step=1 tried=0
    shift 2
    copy "$from" killed
    hostname "${NAMED-old}"
    KILL_AT=-1 on_machine bash /stub/script "$@" || problem "$* fails where it is not killed"
    count=$(<"$root/stub/state/count")
    same "what $* comes to" "$wanted" "$(outcome)"
    away
    [[ ${KILLS-} == all ]] || step=$(((count + ${KILLS:-12} - 1) / ${KILLS:-12}))
    for ((at = 1; at <= count; at += step)); do
        tried=$((tried + 1))
        copy "$from" killed
        hostname "${NAMED-old}"
        if KILL_AT=$at on_machine bash /stub/script "$@" 2>/dev/null; then
            problem "$* was not killed before command $at"
        fi
        rm -f "$root/stub/state/count"
        on_machine bash /stub/script "$@" || {
            problem "$* fails after it was killed before command $at"
            sed 's/^/    | /' "$root/said"
        }
        same "$* is another machine after it was killed before command $at" "$wanted" "$(outcome)"
        away
    done
    printf '  %s: killed at %s of %s commands\n' "$*" "$tried" "$count"
}

outcome() {
    if [[ $TAKEN_BACK == yes ]]; then
        left
        find "$root/stub/state/"{running,enabled,masked,packages} "$root/module" -mindepth 1 -not -name apparmor
        cat "$root/stub/state/sysctl/net.ipv4.ip_forward" "$root/stub/state/firewall.now"
    else
        tree
    fi
    hostname
}

TAKEN_BACK=no

test_kill_apply() {
    local wanted
    machine new debian ufw
    build all.pl
    use
    local new=$root
    fell
    copy "$new" reference
    script 0 apply
    wanted=$(outcome)
    away
    hostname old
    root=$new
    killed "$new" "$wanted" apply
    rm -rf "$new"
}

# The service has read what is in its files, whenever the script was killed.
test_kill_change() {
    local wanted old
    machine old debian ufw
    build all.pl
    use
    script 0 apply
    build all.pl 'level: "info"' 'level: "debug"' '/srv/data/deep' '/srv/other/deep' 'text: "this is cp-1\n"' 'text: "changed"'
    use
    old=$root
    fell
    copy "$old" reference
    script 0 apply
    wanted=$(outcome)
    grep -q debug "$root/stub/state/running/demo.service" || problem 'the service has not read its file'
    away
    NAMED=cp-1 killed "$old" "$wanted" apply
    rm -rf "$old"
}

test_kill_reset() {
    local old
    machine done debian ufw
    build all.pl
    use
    script 0 apply
    old=$root
    fell
    TAKEN_BACK=yes
    NAMED=cp-1 killed "$old" $'0\nold' reset lab/cp-1
    TAKEN_BACK=no
    rm -rf "$old"
}
