# shellcheck shell=bash disable=SC2154
# Scripts that are ended before each of their commands and run again: they come to the same machine, and no restart is lost.
#
# What an end leaves is what stands on disk at that moment, and in the kernel. So a script runs once, and before every command, also
# those of its subshells, the machine is looked at; each state that it was in is kept, and from every one of them the script runs again.
# Beside that it is killed in truth before some commands (KILLS): what is left must be one of these states.

# Ends a script on copies of a machine: killed FROM WANTED COMMAND..
killed() {
    local from=$1 wanted=$2 worker workers=() count
    shift 2
    states=$work/states
    mkdir "$states"
    printf '%s\n' "$wanted" >"$states/wanted"
    watch "$from" "$@"
    same "what $* comes to" "$wanted" "$(outcome)"
    away
    count=$(getconf _NPROCESSORS_ONLN)
    export here beneath platc work states TAKEN_BACK
    for ((worker = 0; worker < count; worker++)); do
        unshare -u "$here/machine/again.bash" "$worker" "$count" "$from" "$@" &
        workers+=($!)
    done
    for worker in "${workers[@]}"; do
        wait "$worker" || failed=1
    done
    in_truth "$from" "$@"
    rm -rf "$states"
}

# Runs a script, and keeps each state of the machine that stands before one of its commands: watch FROM COMMAND..
watch() {
    local from=$1 ask answer one last='' now commands=0
    shift
    copy "$from" watched
    hostname "${NAMED-old}"
    mkfifo "$root/stub/ask" "$root/stub/answer"
    exec {ask}<>"$root/stub/ask" {answer}<>"$root/stub/answer"
    {
        KILL_AT=watch on_machine bash /stub/script "$@" || : >"$states/failed"
        printf e >&"$ask"
    } &
    while IFS= read -r -N 1 -u "$ask" one && [[ $one == x ]]; do
        commands=$((commands + 1))
        now=$(glance)
        while [[ $now != "$last" ]]; do
            last=$now
            keep_state
            now=$(glance)
        done
        printf x >&"$answer"
    done
    wait $!
    exec {ask}<&- {answer}<&-
    [[ ! -e $states/failed ]] || problem "$* fails where it is not ended"
    printf '  %s: %s commands, and %s states before them\n' "$*" "$commands" "$(find "$states" -mindepth 1 -maxdepth 1 -type d | wc -l)"
}

# Whatever a script could read again of the machine, with times, so that a change is seen.
glance() {
    find "$root"/{upper,run,module,stub/state} -not -path "$root/stub/state/log" -not -path "$root/stub/state/journal" \
        -printf '%p %y %m %U:%G %s %T@ %C@ %l\n'
    cat /proc/sys/kernel/hostname
}

# The same as one sum, by content alone; of secrets, which are others each time, by their length.
summed() {
    local told=(-path stub/state/log -o -path stub/state/journal -o -path stub/state/count)
    {
        cat /proc/sys/kernel/hostname
        cd "$root"
        find upper run module stub/state \( "${told[@]}" \) -prune -o -type f -printf '%p %y %m %U:%G %s\n' -o -printf '%p %y %m %U:%G %l\n' | sort
        find upper run stub/state \( "${told[@]}" \) -prune -o -type f -not -name '*token' -exec sha256sum {} + | sort
    } | sha256sum | cut -d ' ' -f 1
}

keep_state() {
    local state
    state=$states/$(summed)
    [[ ! -d $state ]] || return 0
    mkdir "$state"
    cp -a "$root"/{upper,run,module,stub/state} "$state"
    cat /proc/sys/kernel/hostname >"$state/hostname"
}

# Runs a script again on the machine as it was, in every so manieth state: again WHICH COUNT FROM COMMAND..
again() {
    local which=$1 count=$2 from=$3 at=0 state wanted code
    shift 3
    wanted=$(<"$states/wanted")
    for state in "$states"/*/; do
        state=${state%/}
        ((at++ % count == which)) || continue
        root=$work/again-$which
        mkdir -p "$root"/{work,merged,stub}
        ln -s "$from/image" "$root/image"
        cp -al "$from/stub/"{bin,web,files,script} "$root/stub"
        cp -a "$state"/{upper,run,module} "$root"
        cp -a "$state/state" "$root/stub"
        raise
        hostname "$(<"$state/hostname")"
        code=0
        on_machine bash /stub/script "$@" || code=$?
        if ((code != 0)); then
            problem "$* gives $code where it ended before, at ${state##*/}"
            sed 's/^/    | /' "$root/said"
        fi
        same "$* is another machine where it ended before, at ${state##*/}" "$wanted" "$(outcome)"
        away
    done
}

# Kills a script before some of its commands: in_truth FROM COMMAND..
in_truth() {
    local from=$1 at count step tried=0
    shift
    copy "$from" killed
    hostname "${NAMED-old}"
    KILL_AT=-1 on_machine bash /stub/script "$@" || problem "$* fails where it is not killed"
    count=$(<"$root/stub/state/count")
    away
    step=$(((count + ${KILLS:-12} - 1) / ${KILLS:-12}))
    for ((at = 1; at <= count; at += step)); do
        tried=$((tried + 1))
        copy "$from" killed
        hostname "${NAMED-old}"
        if KILL_AT=$at on_machine bash /stub/script "$@" 2>/dev/null; then
            problem "$* was not killed before command $at"
        fi
        rm -f "$root/stub/state/count"
        [[ -d $states/$(summed) ]] || problem "$* leaves a state that was not seen, where it was killed before command $at"
        on_machine bash /stub/script "$@" || {
            problem "$* fails after it was killed before command $at"
            sed 's/^/    | /' "$root/said"
        }
        same "$* is another machine after it was killed before command $at" "$(<"$states/wanted")" "$(outcome)"
        away
    done
    printf '  %s: killed before %s of %s commands\n' "$*" "$tried" "$count"
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

TAKEN_BACK=${TAKEN_BACK-no}

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

# Some firewalls take a rule in two steps, for now and for later.
test_kill_firewall() {
    local firewall new old wanted
    build firewall.pl
    for firewall in firewall-cmd nft; do
        machine new redhat "$firewall"
        use
        new=$root
        fell
        copy "$new" reference
        script 0 apply
        wanted=$(outcome)
        old=$work/old
        mkdir "$old"
        cp -a "$root"/{upper,image,run,module,stub} "$old"
        away
        killed "$new" "$wanted" apply
        TAKEN_BACK=yes
        killed "$old" $'0\nold' reset lab/cp-1
        TAKEN_BACK=no
        rm -rf "$new" "$old"
    done
}

# The script of a host of any platform, as a build writes it: conformance/nodes/run says how to ask for it. What it would fetch and
# what it is handed stand on the machine before.
kill_script() {
    local wanted old new
    machine new "${FAMILY-debian}" "${FIREWALL-none}"
    # The first `k3s`, say, is not to be had here: something else is fetched, and called the same.
    sed -E "s/( sha256 ')[0-9a-f]{64}'/\\1$(sha256sum <"$root/stub/web/demo" | cut -d ' ' -f 1)'/" "$1" >"$root/stub/script"
    provide
    new=$root
    fell
    copy "$new" reference
    script 0 apply
    wanted=$(outcome)
    script 0 check
    old=$work/applied
    mkdir "$old"
    cp -a "$root"/{upper,image,run,module,stub} "$old"
    away
    killed "$new" "$wanted" apply
    TAKEN_BACK=yes
    copy "$old" reference
    script 0 reset "$(sed -n "s/^plan '\\(.*\\)'$/\\1/p" "$1")"
    wanted=$(outcome)
    away
    killed "$old" "$wanted" reset "$(sed -n "s/^plan '\\(.*\\)'$/\\1/p" "$1")"
    TAKEN_BACK=no
}

# What the steps of a script look for on their machine.
provide() {
    local word value
    while read -r word value; do
        value=${value%% \\}
        value=${value#\'} value=${value%\'}
        case $word in
        file) cp "$root/stub/web/demo" "$root/stub/files/$value" ;;
        key) echo 0 >"$root/stub/state/sysctl/$value" ;;
        esac
    done < <(sed -n '/^plan /,$p' "$root/stub/script")
    while IFS= read -r value; do
        mkdir -p "$root/merged${value%/*}"
        (umask 077; echo handed >"$root/merged$value")
    done < <(awk '/^step / { secret = $3 == "\047secret\047"; path = ""; random = 0 }
        secret && $1 == "path" { path = $2; gsub(/\047/, "", path) }
        secret && $1 == "random" { random = 1 }
        /^$/ && secret && path != "" && !random { print path; secret = 0 }' "$root/stub/script")
}
