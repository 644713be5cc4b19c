# -- What somebody asks for --------------------------------------------------------------------------------------------

# The ids of what was done and is no longer in the plan, the last first, in GONE.
gone() {
    local id at
    local -A wanted=()
    GONE=()
    [[ -d $STATE/steps ]] || return 0
    for ((at = 0; at < COUNT; at++)); do
        load "$at"
        key
        wanted[$ID]=x$KEY
    done
    while IFS= read -r id; do
        [[ -n $id ]] || continue
        RECORD=$STATE/steps/$id
        kept key
        [[ ${wanted[$id]-} == "x$REPLY" ]] || GONE+=("$id")
    done < <(backwards)
}

# The ids of what was done, the last first.
backwards() {
    local file
    for file in "$STATE"/steps/*/order; do
        [[ -e $file ]] || continue
        file=${file%/order}
        printf '%s %s\n' "$(<"$file/order")" "${file##*/}"
    done | sort -rn | while read -r _ file; do
        printf '%s\n' "$file"
    done
}

# Makes what was done the current step.
recall() {
    ID=$1 RECORD=$STATE/steps/$1
    kept kind && KIND=$REPLY
    kept name && NAME=$REPLY
    kept at && AT=$REPLY
}

# Takes back what was done. Its notes go last, so that it is taken back again if this ends in between.
take_back() {
    local id
    recall "$1"
    tell "is taken back"
    if [[ -e $RECORD/starts ]]; then
        while IFS= read -r id; do
            [[ ! -d $STATE/steps/$id ]] || : >"$STATE/pending/$id"
        done <"$RECORD/starts"
    fi
    undo
    rm -rf -- "$STATE/gone"
    mv -- "$RECORD" "$STATE/gone"
    rm -rf -- "$STATE/gone"
}

# Lets systemd read what changed.
reload() {
    [[ -e $STATE/unread ]] || return 0
    run systemctl daemon-reload
    rm -f -- "$STATE/unread"
}

# Looks at the current step.
look() {
    DRIFT=()
    case $KIND in
    require) require_look ;;
    hostname) hostname_look ;;
    block) block_look ;;
    swap) swap_look ;;
    package) package_look ;;
    words) words_look ;;
    module) module_look ;;
    sysctl) sysctl_look ;;
    directory) directory_look ;;
    secret) secret_look ;;
    file) file_look ;;
    link) link_look ;;
    fetch) fetch_look ;;
    archive) archive_look ;;
    selinux) selinux_look ;;
    apparmor) apparmor_look ;;
    firewall) firewall_look ;;
    unit) unit_look ;;
    command) command_look ;;
    *) fail "this script knows no $KIND" ;;
    esac
}

# Does the current step.
perform() {
    case $KIND in
    require) require_do ;;
    hostname) hostname_do ;;
    block) block_do ;;
    swap) swap_do ;;
    package) package_do ;;
    words) words_do ;;
    module) module_do ;;
    sysctl) sysctl_do ;;
    directory) directory_do ;;
    secret) secret_do ;;
    file) file_do ;;
    link) link_do ;;
    fetch) fetch_do ;;
    archive) archive_do ;;
    selinux) selinux_do ;;
    apparmor) apparmor_do ;;
    firewall) firewall_do ;;
    unit) unit_do ;;
    command) command_do ;;
    *) fail "this script knows no $KIND" ;;
    esac
}

# Takes the current step back.
undo() {
    case $KIND in
    require) require_undo ;;
    hostname) hostname_undo ;;
    block) block_undo ;;
    swap) swap_undo ;;
    package) package_undo ;;
    words) words_undo ;;
    module) module_undo ;;
    sysctl) sysctl_undo ;;
    directory) directory_undo ;;
    secret) secret_undo ;;
    file) file_undo ;;
    link) link_undo ;;
    fetch) fetch_undo ;;
    archive) archive_undo ;;
    selinux) selinux_undo ;;
    apparmor) apparmor_undo ;;
    firewall) firewall_undo ;;
    unit) unit_undo ;;
    command) command_undo ;;
    *) fail "this script knows no $KIND" ;;
    esac
}

apply() {
    local at changed=no line
    enter
    lock
    TELLS=yes
    gone
    for line in ${GONE[@]+"${GONE[@]}"}; do
        take_back "$line"
        changed=yes
    done
    for ((at = 0; at < COUNT; at++)); do
        load "$at"
        applies || continue
        look
        ((${#DRIFT[@]})) || continue
        changed=yes
        for line in "${DRIFT[@]}"; do
            tell "$line"
        done
        perform
        look
        ((${#DRIFT[@]} == 0)) || fail "this was done, and still ${DRIFT[0]}"
    done
    [[ ! -e $STATE/unread ]] || changed=yes
    reload
    remember
    [[ $changed == yes ]] || TELLS=no
    shown "$PLAN"
    if [[ $changed == yes ]]; then
        say "$REPLY is as it shall be"
    else
        say "$REPLY is as it shall be; nothing was done"
    fi
}

# Keeps the script that was applied last, and the one before it.
remember() {
    [[ -f $SELF ]] || return 0
    ! cmp -s -- "$SELF" "$STATE/applied" || return 0
    open_state
    cp -- "$SELF" "$STATE/applied.new"
    if [[ -e $STATE/applied ]]; then
        cp -- "$STATE/applied" "$STATE/previous.new"
        mv -f -- "$STATE/previous.new" "$STATE/previous"
    fi
    settle "$STATE/applied.new"
    mv -f -- "$STATE/applied.new" "$STATE/applied"
}

# What would be done, a line each; how many in WOULD.
inspect() {
    local at line
    WOULD=0
    gone
    for line in ${GONE[@]+"${GONE[@]}"}; do
        recall "$line"
        tell 'would be taken back'
        WOULD=$((WOULD + 1))
    done
    for ((at = 0; at < COUNT; at++)); do
        load "$at"
        applies || continue
        look
        for line in ${DRIFT[@]+"${DRIFT[@]}"}; do
            tell "$line"
            WOULD=$((WOULD + 1))
        done
        ((${#DRIFT[@]} == 0)) || [[ $1 != diff ]] || show_difference
    done
    if [[ -e $STATE/unread ]]; then
        say 'systemd has not read its files again'
        WOULD=$((WOULD + 1))
    fi
}

# What would change in the text of a file.
show_difference() {
    [[ $KIND == file ]] || return 0
    get path
    local path=$REPLY now=/dev/null code=0 new=/run/platc-new-$$
    [[ ! -f $path ]] || now=$path
    # In memory: some programs make a file of what they read from a pipe, wherever they like.
    (set -C && content >"$new")
    diff -u -L "$path" -L "$path (as it shall be)" "$now" "$new" || code=$?
    rm -f -- "$new"
    # One that reads no further is not a failure.
    ((code < 2 || code == 141))
}

check() {
    enter
    inspect "$1"
    ((WOULD == 0)) || exit "$DIFFERS"
    shown "$PLAN"
    say "$REPLY is as it shall be"
}

status() {
    local at name state
    enter
    shown "$PLAN"
    if [[ -e $STATE/applied ]]; then
        printf '%s, applied %s\n' "$REPLY" "$(date -u -r "$STATE/applied" '+%Y-%m-%d %H:%M:%S UTC')"
    elif [[ -d $STATE ]]; then
        printf '%s, begun and never finished: apply again\n' "$REPLY"
    else
        printf '%s, never applied\n' "$REPLY"
    fi
    for ((at = 0; at < COUNT; at++)); do
        load "$at"
        shown "$NAME"
        name=$REPLY
        if ! applies; then
            state='not for this machine'
        else
            state=$(look && printf '%s' "${DRIFT[0]-ok}") || state='error'
        fi
        printf '%-24s %-10s %s  (%s)\n' "$name" "$KIND" "$state" "$AT"
    done
    gone
    for name in ${GONE[@]+"${GONE[@]}"}; do
        recall "$name"
        shown "$NAME"
        printf '%-24s %-10s %s  (%s)\n' "$REPLY" "$KIND" 'would be taken back' "$AT"
    done
}

reset() {
    local id parent parents=() at done=()
    [[ ${1-} == "$PLAN" ]] || {
        shown "$PLAN"
        printf 'this takes back all that was done on this machine; to do so: %s reset %s\n' "$SELF" "$REPLY" >&2
        exit "$MISUSED"
    }
    enter
    lock
    TELLS=yes
    if [[ -d $STATE ]]; then
        while IFS= read -r id; do
            done+=("$id")
        done < <(backwards)
        for id in ${done[@]+"${done[@]}"}; do
            take_back "$id"
        done
        if [[ -e $STATE/parents ]]; then
            while IFS= read -r -d '' parent; do
                parents+=("$parent")
            done < <(sort -zru "$STATE/parents")
            for parent in ${parents[@]+"${parents[@]}"}; do
                rmdir -- "$parent" 2>/dev/null || [[ ! -d $parent ]] || say "$parent has files of others, and stays"
            done
        fi
        reload
        rm -rf -- "$STATE.gone"
        mv -- "$STATE" "$STATE.gone"
    fi
    rm -rf -- "$STATE.gone"
    shown "$PLAN"
    say "$REPLY: all was taken back"
}

rollback() {
    local before=$STATE/previous
    enter
    # A plan that was not applied to its end is left for the last one that was.
    if [[ -e $STATE/applied ]] && ! cmp -s -- "$SELF" "$STATE/applied"; then
        before=$STATE/applied
    fi
    [[ -e $before ]] || refuse 'there is no plan before this one; reset takes back all'
    export PLATC_OFFLINE=$FILES
    exec bash "$before" apply
}

usage() {
    local name=${SELF##*/}
    shown "$PLAN"
    cat <<END
$name: makes this machine what the platform says of $REPLY

    $name check      what would change; changes nothing
    $name diff       the same, with the lines of files
    $name apply      changes it; can be ended and run again at any time
    $name status     each step, and whether it is as it shall be
    $name rollback   back to the plan that was applied before
    $name put STEP   hands over a secret file, which is read from the input
    $name reset $REPLY
                     takes back all that was done

Steps are named with the line of the source that makes them.

    PLATC_OFFLINE    a directory with what would be fetched (now $FILES)
    PLATC_WAIT       how many seconds to wait for another run (now ${PLATC_WAIT:-60})
    PLATC_START      how many seconds a service of systemd may take to start or stop (now ${PLATC_START:-900})

exit codes: 0 done, 1 a step failed, 2 wrong arguments, 3 the machine differs (check, diff), 4 another run works, 5 refused
END
}

main() {
    RAN='' N=0 ID='' KIND='' NAME=plan AT=- RECORD='' REPLY='' LIST=() DRIFT=() WOULD=0 LAST=0
    trap broke ERR
    case ${1-help}:$# in
    apply:1) apply ;;
    check:1 | diff:1) check "$1" ;;
    status:1) status ;;
    reset:1 | reset:2) reset "${2-}" ;;
    rollback:1) rollback ;;
    put:2) put "$2" ;;
    help:* | --help:* | -h:*) usage ;;
    *)
        usage >&2
        exit "$MISUSED"
        ;;
    esac
}

# -- The plan ----------------------------------------------------------------------------------------------------------

