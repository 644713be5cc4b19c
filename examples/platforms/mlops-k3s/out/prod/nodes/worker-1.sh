#!/usr/bin/env bash
# Made by platc: what prod/worker-1 shall be like. Run it with --help.
# What follows is the same for every machine; its plan stands behind it, as data alone.
#
# The script looks, step by step, whether the machine is as the plan says, and changes what is not. Before it changes anything it
# notes in $STATE what was there. So it can be ended anywhere and run again, and `reset` takes back what it did.
#
# For each kind of step there are three functions: KIND_look adds to DRIFT what is not as it shall be and changes nothing,
# KIND_do makes it so, KIND_undo takes it back by what was noted alone: the step may not be in the plan any more.

set -Eeuo pipefail
umask 077
export LC_ALL=C
PATH=${PATH:-/usr/bin:/bin}:/usr/local/sbin:/usr/sbin:/sbin
unset CDPATH GREP_OPTIONS IFS

FAILED=1 MISUSED=2 DIFFERS=3 BUSY=4 REFUSED=5

if ((BASH_VERSINFO[0] * 100 + BASH_VERSINFO[1] < 402)); then
    printf 'error: this needs bash 4.2 or later, and this is %s\n' "$BASH_VERSION" >&2
    exit "$REFUSED"
fi

STATE=/var/lib/platc
SELF=$0
HERE=.
case $SELF in
*/*) HERE=${SELF%/*} ;;
esac
FILES=${PLATC_OFFLINE:-$HERE/files}

PLAN=''
COUNT=0
declare -A VALUES=()
IDS=() KINDS=() NAMES=() PLACES=()

# -- The plan ----------------------------------------------------------------------------------------------------------

# Which plan this is: the host by its path.
plan() {
    PLAN=$1
}

# Adds a step: its id, kind, name and place in the source, then words and values.
step() {
    IDS[COUNT]=$1 KINDS[COUNT]=$2 NAMES[COUNT]=$3 PLACES[COUNT]=$4
    shift 4
    local count
    while (($# > 1)); do
        count=${VALUES[$COUNT.$1]-0}
        VALUES[$COUNT.$1.$count]=$2
        VALUES[$COUNT.$1]=$((count + 1))
        shift 2
    done
    COUNT=$((COUNT + 1))
}

# Makes a step the current one.
load() {
    N=$1 ID=${IDS[$1]} KIND=${KINDS[$1]} NAME=${NAMES[$1]} AT=${PLACES[$1]}
    RECORD=$STATE/steps/$ID
}

# The value of a word of the current step, in REPLY.
get() {
    REPLY=${VALUES[$N.$1.0]-}
}

# All values of a word, in LIST.
list() {
    LIST=()
    local at count=${VALUES[$N.$1]-0}
    for ((at = 0; at < count; at++)); do
        LIST[at]=${VALUES[$N.$1.$at]}
    done
}

# The words of a text, in LIST. (A here-string would be a file for a moment.)
split() {
    read -r -a LIST < <(printf '%s\n' "$1") || true
}

# What a step is about, in KEY. A step that is about something else is another one.
key() {
    local word value
    KEY=''
    case $KIND in
    file | directory | link | secret | fetch | archive | block | apparmor) set -- path ;;
    module) set -- module ;;
    sysctl) set -- key ;;
    unit) set -- "$INIT" ;;
    words) set -- path word ;;
    firewall) set -- port protocol from ;;
    selinux) set -- enforce boolean context ;;
    *) return 0 ;;
    esac
    for word; do
        list "$word"
        for value in ${LIST[@]+"${LIST[@]}"}; do
            KEY+=${KEY:+ }$value
        done
    done
}

# Whether the current step is for a machine like this one.
applies() {
    local family
    local init
    list init
    for init in ${LIST[@]+"${LIST[@]}"}; do
        [[ $init == "$INIT" ]] || return 1
    done
    list family
    ((${#LIST[@]})) || return 0
    for family in "${LIST[@]}"; do
        [[ $family != "$FAMILY" ]] || return 0
    done
    return 1
}

# -- What is said ------------------------------------------------------------------------------------------------------

TELLS=no

# A text so that it can be shown in one line, in REPLY.
shown() {
    REPLY=$1
    [[ $1 != *[!-A-Za-z0-9._/:@%+=,]* ]] || printf -v REPLY '%q' "$1"
}

# Says a line, of which a terminal shows every letter and does nothing else.
say() {
    set -- "${1//[! -~]/?}"
    printf '%s\n' "$1"
    if [[ $TELLS == yes ]]; then
        if command -v logger >/dev/null; then
            logger -t platc -- "$1" 9>&- </dev/null || true
        elif command -v systemd-cat >/dev/null; then
            printf '%s\n' "$1" | systemd-cat -t platc 9>&- || true
        fi
    fi
}

# Says something of the current step.
tell() {
    say "[$NAME] $1  ($AT)"
}

fail() {
    trap - ERR
    tell "error: $1" >&2
    exit "$FAILED"
}

refuse() {
    trap - ERR
    say "error: $1" >&2
    exit "$REFUSED"
}

# A command that nobody expected to fail.
broke() {
    local code=$? line=${BASH_LINENO[0]} command=$BASH_COMMAND
    trap - ERR
    ((BASHPID == $$)) || exit "$code"
    [[ $command != '"$@"'* ]] || command=$RAN
    say "[${NAME-plan}] error: \`${command%%$'\n'*}\` gave $code (line $line of this script)  (${AT--})" >&2
    exit "$FAILED"
}

drift() {
    DRIFT+=("$1")
}

# -- The machine -------------------------------------------------------------------------------------------------------

recognize() {
    local id='' like='' key value
    FAMILY=unknown INIT=none
    if [[ -r /etc/os-release ]]; then
        while IFS='=' read -r key value || [[ -n $key ]]; do
            value=${value#[\"\']} value=${value%[\"\']}
            case $key in
            ID) id=$value ;;
            ID_LIKE) like=$value ;;
            esac
        done </etc/os-release
    fi
    case " $id $like " in
    *' debian '* | *' ubuntu '* | *' raspbian '*) FAMILY=debian ;;
    *' rhel '* | *' fedora '* | *' centos '* | *' rocky '* | *' almalinux '*) FAMILY=redhat ;;
    *suse* | *' sles '*) FAMILY=suse ;;
    *' arch '* | *' archarm '*) FAMILY=arch ;;
    *' alpine '*) FAMILY=alpine ;;
    esac
    if [[ -d /run/systemd/system ]]; then
        INIT=systemd
    elif command -v rc-service >/dev/null; then
        INIT=openrc
    fi
}

# A command that changes the machine, without what this script has open: what it starts must not hold the lock.
run() {
    RAN=$*
    "$@" 9>&- </dev/null
}

# One at a time: the lock goes with the process, whatever ends it.
lock() {
    local waited=0
    command -v flock >/dev/null || refuse 'there is no flock, so two of these could not be kept apart: install util-linux'
    exec 9</var/lib
    until flock -n 9; do
        ((waited < ${PLATC_WAIT:-60})) || {
            printf 'error: another run works on this machine; nothing was done\n' >&2
            exit "$BUSY"
        }
        ((waited)) || printf 'another run works on this machine; waiting\n' >&2
        sleep 1
        waited=$((waited + 1))
    done
}

# Reading needs root too: what only root can see would seem to be missing.
enter() {
    local known
    ((EUID == 0)) || refuse 'this must run as root'
    recognize
    if [[ -e $STATE/plan ]]; then
        known=$(<"$STATE/plan")
        [[ $known == "$PLAN" ]] || {
            shown "$known"
            refuse "this machine is $REPLY, and this script is for another one; \`reset\` with the script of that one first"
        }
    fi
}

# -- What is noted -----------------------------------------------------------------------------------------------------

# Makes the directory of notes, when the first thing changes.
open_state() {
    [[ ! -e $STATE/plan ]] || return 0
    mkdir -p -- "$STATE/steps" "$STATE/pending"
    printf '%s' "$PLAN" >"$STATE/plan.new"
    settle "$STATE/plan.new"
    mv -f -- "$STATE/plan.new" "$STATE/plan"
}

# Brings a file to the disk.
settle() {
    sync -- "$1" 2>/dev/null || sync
}

# Begins the notes of the current step. They stand in $NEW until `record` puts them in their place, so that they are whole.
note() {
    local file
    open_state
    NEW=$STATE/new
    rm -rf -- "$NEW"
    mkdir -- "$NEW"
    if ((LAST == 0)); then
        for file in "$STATE"/steps/*/order; do
            [[ -e $file ]] || continue
            REPLY=$(<"$file")
            ((REPLY <= LAST)) || LAST=$REPLY
        done
    fi
    LAST=$((LAST + 1))
    keep order "$LAST"
    keep kind "$KIND"
    keep name "$NAME"
    keep at "$AT"
    key
    keep key "$KEY"
}

keep() {
    printf '%s' "$2" >"$NEW/$1"
}

record() {
    sync -- "$NEW"/* "$NEW" 2>/dev/null || sync
    mv -- "$NEW" "$RECORD"
}

# What was noted, in REPLY.
kept() {
    REPLY=''
    [[ ! -e $RECORD/$1 ]] || IFS= read -r -d '' REPLY <"$RECORD/$1" || true
}

# Notes what stands at a path.
keep_before() {
    [[ ! -e $1 && ! -L $1 ]] || cp -a -- "$1" "$NEW/before"
}

# Notes whom a step starts again, then that this is due: before anything changes, so that no end of this script loses it.
due() {
    local id
    list starts
    ((${#LIST[@]})) || return 0
    printf '%s\n' "${LIST[@]}" >"$RECORD/starts"
    for id in "${LIST[@]}"; do
        [[ -e $STATE/pending/$id ]] || : >"$STATE/pending/$id"
        settle "$STATE/pending/$id"
    done
}

# -- Files -------------------------------------------------------------------------------------------------------------

# Where a file is made before it is put in its place, in REPLY.
beside() {
    REPLY=${1%/*}/.platc-new-${1##*/}
}

# Makes the directories above a path, each noted before it is made.
make_parents() {
    local parent=${1%/*} missing=()
    while [[ -n $parent && ! -d $parent ]]; do
        missing=("$parent" ${missing[@]+"${missing[@]}"})
        parent=${parent%/*}
    done
    ((${#missing[@]})) || return 0
    printf '%s\0' "${missing[@]}" >>"$RECORD/parents"
    settle "$RECORD/parents"
    for parent in "${missing[@]}"; do
        mkdir -m 0755 -- "$parent"
    done
}

# Takes back the directories that were made for a step. What is in use by others goes when they do.
drop_parents() {
    local parents=() parent at
    [[ -e $RECORD/parents ]] || return 0
    while IFS= read -r -d '' parent; do
        parents+=("$parent")
    done <"$RECORD/parents"
    for ((at = ${#parents[@]} - 1; at >= 0; at--)); do
        parent=${parents[at]}
        [[ -d $parent ]] || continue
        rmdir -- "$parent" 2>/dev/null || printf '%s\0' "$parent" >>"$STATE/parents"
    done
}

# Looks at rights and owners.
look_rights() {
    local path=$1 mode owner group found rights user_id group_id user group_name
    get mode && mode=$REPLY
    get owner && owner=$REPLY
    get group && group=$REPLY
    # Names of users may have anything in them but an end of the line.
    found=$(stat -c $'%a\n%u\n%g\n%U\n%G' -- "$path")
    {
        IFS= read -r rights
        IFS= read -r user_id
        IFS= read -r group_id
        IFS= read -r user
        IFS= read -r group_name
    } < <(printf '%s\n' "$found")
    ((8#$rights == 8#$mode)) || drift "rights are $rights, not ${mode#0}"
    [[ $owner == "$user" || $owner == "$user_id" ]] || drift "it is of $user, not of $owner"
    [[ $group == "$group_name" || $group == "$group_id" ]] || drift "its group is $group_name, not $group"
}

set_rights() {
    local mode
    get mode && mode=$REPLY
    get owner
    local owner=$REPLY
    get group
    chown -h -- "$owner:$REPLY" "$1"
    chmod -- "$mode" "$1"
}

# Puts a file that is made in its place. Where it can not be exchanged, as a file that is mounted, it is written.
place() {
    local made=$1 path=$2
    [[ ${made##*/} == .platc-new-* ]] || fail "$made was not made for $path"
    settle "$made"
    mv -f -- "$made" "$path" 2>/dev/null || {
        cat -- "$made" >"$path"
        rm -f -- "$made"
    }
    if command -v restorecon >/dev/null && [[ -e /sys/fs/selinux/enforce ]]; then
        run restorecon -- "$path" || true
    fi
}

# A new empty file beside a path, in REPLY.
begin() {
    beside "$1"
    rm -rf -- "$REPLY"
    (set -C && : >"$REPLY")
}

is_directory() {
    [[ -d $1 && ! -L $1 ]]
}

look_regular() {
    if is_directory "$1"; then
        fail "$1 is a directory"
    elif [[ -L $1 ]]; then
        drift "$1 is a link"
    elif [[ ! -e $1 ]]; then
        drift "$1 is missing"
    elif [[ ! -f $1 ]]; then
        fail "$1 is no file"
    else
        return 0
    fi
    return 1
}

# Notes what stands at the path of the current step, and makes the directories above it.
take_path() {
    if [[ ! -d $RECORD ]]; then
        note
        keep_before "$1"
        record
    fi
    make_parents "$1"
    due
    unread "$1"
}

# Notes that systemd has not read a file that is about to change.
unread() {
    if [[ $1 == /etc/systemd/* && $INIT == systemd && ! -e $STATE/unread ]]; then
        : >"$STATE/unread"
        settle "$STATE/unread"
    fi
}

restore_path() {
    local path
    kept key
    path=$REPLY
    unread "$path"
    beside "$path"
    rm -rf -- "$REPLY"
    if [[ -e $RECORD/before || -L $RECORD/before ]]; then
        make_parents "$path"
        cp -a -- "$RECORD/before" "$REPLY"
        place "$REPLY" "$path"
    else
        rm -f -- "$path"
    fi
    drop_parents
}

# The content of the current step.
content() {
    get base64
    if [[ -n $REPLY ]]; then
        printf '%s' "$REPLY" | base64 -d
    else
        get text
        printf '%s' "$REPLY"
    fi
}

file_look() {
    get with
    [[ $REPLY != apparmor || -d /sys/module/apparmor ]] || return 0
    get path
    local path=$REPLY
    look_regular "$path" || return 0
    content | cmp -s -- - "$path" || drift "$path has another content"
    look_rights "$path"
}

file_do() {
    get path
    local path=$REPLY made
    take_path "$path"
    if [[ -f $path && ! -L $path ]] && content | cmp -s -- - "$path"; then
        set_rights "$path"
        return
    fi
    begin "$path"
    made=$REPLY
    content >"$made"
    set_rights "$made"
    place "$made" "$path"
}

file_undo() {
    restore_path
}

directory_look() {
    get path
    local path=$REPLY
    if [[ -d $path ]]; then
        look_rights "$path"
    elif [[ -e $path || -L $path ]]; then
        fail "$path is no directory"
    else
        drift "$path is missing"
    fi
}

directory_do() {
    get path
    local path=$REPLY
    if [[ ! -d $RECORD ]]; then
        note
        if [[ -d $path ]]; then
            keep rights "$(stat -c '%u:%g %a' -- "$path")"
        fi
        record
    fi
    make_parents "$path"
    due
    [[ -d $path ]] || mkdir -- "$path"
    set_rights "$path"
}

directory_undo() {
    local path
    kept key
    path=$REPLY
    kept rights
    if [[ -n $REPLY ]]; then
        chown -- "${REPLY% *}" "$path"
        chmod -- "${REPLY#* }" "$path"
    elif [[ -d $path ]] && ! rmdir -- "$path" 2>/dev/null; then
        printf '%s\0' "$path" >>"$STATE/parents"
    fi
    drop_parents
}

link_look() {
    get path
    local path=$REPLY
    get to
    if is_directory "$path"; then
        fail "$path is a directory"
    elif [[ ! -L $path || $(readlink -n -- "$path" && printf x) != "${REPLY}x" ]]; then
        drift "$path does not lead to $REPLY"
    fi
}

link_do() {
    get path
    local path=$REPLY made
    take_path "$path"
    beside "$path"
    made=$REPLY
    rm -rf -- "$made"
    get to
    ln -s -- "$REPLY" "$made"
    mv -f -T -- "$made" "$path"
}

link_undo() {
    restore_path
}

# -- Secrets -----------------------------------------------------------------------------------------------------------

secret_look() {
    get path
    local path=$REPLY
    look_regular "$path" || return 0
    [[ -s $path ]] || drift "$path is empty"
    look_rights "$path"
}

secret_do() {
    get path
    local path=$REPLY random made
    if [[ -f $path && ! -L $path && -s $path ]]; then
        take_path "$path"
        set_rights "$path"
        return
    fi
    get random
    random=$REPLY
    if [[ -z $random ]]; then
        shown "$NAME"
        fail "nobody handed over $path: \`$SELF put $REPLY\` reads it from its input"
    fi
    take_path "$path"
    begin "$path"
    made=$REPLY
    head -c "$random" /dev/urandom | od -An -v -tx1 | tr -d ' \n' >"$made"
    set_rights "$made"
    place "$made" "$path"
}

secret_undo() {
    restore_path
}

put() {
    local wanted=$1 at path made new
    enter
    lock
    TELLS=yes
    for ((at = 0; at < COUNT; at++)); do
        load "$at"
        [[ $KIND == secret && $NAME == "$wanted" ]] || continue
        get path
        path=$REPLY
        open_state
        made=$STATE/handed
        rm -f -- "$made"
        cat >"$made"
        [[ -s $made ]] || {
            rm -f -- "$made"
            fail 'the input is empty'
        }
        if [[ -f $path && ! -L $path ]] && cmp -s -- "$made" "$path"; then
            rm -f -- "$made"
            return
        fi
        take_path "$path"
        begin "$path"
        new=$REPLY
        cat -- "$made" >"$new"
        rm -f -- "$made"
        set_rights "$new"
        place "$new" "$path"
        tell "$path was handed over"
        return
    done
    shown "$wanted"
    printf 'error: the plan has no secret file %s\n' "$REPLY" >&2
    exit "$MISUSED"
}

# -- What is fetched ---------------------------------------------------------------------------------------------------

has_sum() {
    [[ $(sha256sum <"$1") == "$2 "* ]]
}

# Fetches what the current step names into a file, the first that has the sum.
obtain() {
    local into=$1 sum file url
    get sha256
    sum=$REPLY
    get file
    file=$FILES/$REPLY
    if [[ -f $file ]]; then
        cat -- "$file" >"$into"
        if has_sum "$into" "$sum"; then
            tell "taken from $file"
            return 0
        fi
        tell "$file has another SHA-256, and is not used"
    fi
    list url
    for url in ${LIST[@]+"${LIST[@]}"}; do
        : >"$into"
        if command -v curl >/dev/null; then
            run curl -fsSL --connect-timeout 15 --speed-limit 1000 --speed-time 60 --retry 2 -o "$into" -- "$url" || continue
        elif command -v wget >/dev/null; then
            run wget -q -T 15 -O "$into" -- "$url" || continue
        else
            fail "there is neither curl nor wget, and $file is not there"
        fi
        if has_sum "$into" "$sum"; then
            tell "fetched from $url"
            return 0
        fi
        tell "$url gave something with another SHA-256, which is not used"
    done
    rm -f -- "$into"
    fail "none of its addresses gave it, and $file is not there"
}

fetch_look() {
    get path
    local path=$REPLY
    look_regular "$path" || return 0
    get sha256
    has_sum "$path" "$REPLY" || drift "$path has another content"
    look_rights "$path"
}

fetch_do() {
    get path
    local path=$REPLY made
    take_path "$path"
    get sha256
    if [[ -f $path && ! -L $path ]] && has_sum "$path" "$REPLY"; then
        set_rights "$path"
        return
    fi
    begin "$path"
    made=$REPLY
    obtain "$made"
    set_rights "$made"
    place "$made" "$path"
}

fetch_undo() {
    restore_path
}

# The sums of all files of a directory.
sums() {
    (cd -- "$1" && find . -type f -exec sha256sum -- {} + | sort)
}

archive_look() {
    get path
    local path=$REPLY
    get sha256
    if [[ ! -d $path || ! -d $RECORD ]]; then
        drift "$path is not unpacked"
    elif [[ ! -e $RECORD/sums || $REPLY != "$(<"$RECORD/sha256")" ]]; then
        drift "$path is of another archive"
    elif ! sums "$path" | cmp -s -- - "$RECORD/sums"; then
        drift "$path has another content"
    fi
}

archive_do() {
    get path
    local path=$REPLY made packed strip file packing
    take_path "$path"
    beside "$path"
    made=$REPLY packed=$REPLY.packed
    rm -rf -- "$made" "$packed"
    : >"$packed"
    obtain "$packed"
    mkdir -m 0755 -- "$made"
    get strip
    strip=${REPLY:-0}
    get file
    file=$REPLY
    # The tar of busybox does not find out by itself.
    case $file in
    *.tar) packing=() ;;
    *.tar.gz | *.tgz) packing=(-z) ;;
    *.tar.xz | *.txz) packing=(-J) ;;
    *.tar.bz2) packing=(-j) ;;
    *.tar.zst) packing=(--zstd) ;;
    *.zip) packing=(unzip) ;;
    *) fail "$file is no archive that is known by its end" ;;
    esac
    if [[ ${packing[0]-} == unzip ]]; then
        ((strip == 0)) || fail 'directories at the front of a .zip can not be left out'
        (umask 022 && run unzip -q "$packed" -d "$made")
    else
        (umask 022 && run tar -x ${packing[@]+"${packing[@]}"} -f "$packed" -C "$made" -o --strip-components="$strip")
    fi
    rm -f -- "$packed" "$RECORD/sums"
    get sha256
    printf '%s' "$REPLY" >"$RECORD/sha256"
    sums "$made" >"$RECORD/sums.new"
    settle "$RECORD/sums.new"
    # The old directory is out of the way before the new one is in its place: a script that ends between finds it missing.
    rm -rf -- "$path"
    mv -T -- "$made" "$path"
    mv -f -- "$RECORD/sums.new" "$RECORD/sums"
}

archive_undo() {
    local path
    kept key
    path=$REPLY
    beside "$path"
    rm -rf -- "$REPLY" "$REPLY.packed" "$path"
    [[ ! -e $RECORD/before ]] || cp -a -- "$RECORD/before" "$path"
    drop_parents
}

# -- Parts of files of others ------------------------------------------------------------------------------------------

# Writes a file of others anew, from standard input, with its rights and owners.
rewrite() {
    local path=$1 made
    beside "$path"
    made=$REPLY
    rm -f -- "$made"
    if [[ -e $path ]]; then
        cp -p -- "$path" "$made"
    else
        (umask 022 && : >"$made")
    fi
    cat >"$made"
    place "$made" "$path"
}

# The lines of a file that are not of a step.
without_block() {
    local path=$1 line inside=no
    [[ -e $path ]] || return 0
    while IFS= read -r line || [[ -n $line ]]; do
        case $line in
        "# platc $ID: begin") inside=yes ;;
        "# platc $ID: end") inside=no ;;
        *) [[ $inside == yes ]] || printf '%s\n' "$line" ;;
        esac
    done <"$path"
}

block() {
    printf '%s\n' "# platc $ID: begin"
    list line
    ((${#LIST[@]} == 0)) || printf '%s\n' "${LIST[@]}"
    printf '%s\n' "# platc $ID: end"
}

block_look() {
    get path
    local path=$REPLY line inside=no found=''
    if [[ -e $path ]]; then
        while IFS= read -r line || [[ -n $line ]]; do
            [[ $line != "# platc $ID: begin" ]] || inside=yes
            [[ $inside == no ]] || found+=$line$'\n'
            [[ $line != "# platc $ID: end" ]] || inside=no
        done <"$path"
    fi
    [[ $found == "$(block)"$'\n' ]] || drift "$path lacks lines of this step"
}

block_do() {
    get path
    local path=$REPLY
    take_path "$path"
    { without_block "$path" && block; } | rewrite "$path"
}

block_undo() {
    local path
    kept key
    path=$REPLY
    if [[ ! -e $RECORD/before ]] && [[ -z $(without_block "$path") ]]; then
        rm -f -- "$path"
    elif without_block "$path" | cmp -s -- - "$RECORD/before"; then
        restore_path
    elif [[ -e $path ]]; then
        without_block "$path" | rewrite "$path"
    fi
    beside "$path"
    rm -f -- "$REPLY"
}

# The file with the line that the kernel is started with, in REPLY.
boot_line() {
    local path
    list path
    for path in ${LIST[@]+"${LIST[@]}"}; do
        REPLY=$path
        [[ ! -f $path ]] || return 0
    done
    return 1
}

words_look() {
    local line='' word
    boot_line || return 0
    read -r line <"$REPLY" || true
    list word
    for word in ${LIST[@]+"${LIST[@]}"}; do
        [[ " $line " == *" $word "* ]] || drift "$REPLY lacks $word"
    done
}

words_do() {
    local path line='' word added=''
    boot_line
    path=$REPLY
    read -r line <"$path" || true
    list word
    for word in "${LIST[@]}"; do
        [[ " $line " == *" $word "* ]] || added+=" $word"
    done
    if [[ ! -d $RECORD ]]; then
        note
        keep_before "$path"
        keep path "$path"
        keep added "$added"
        record
    fi
    due
    printf '%s\n' "$line$added" | rewrite "$path"
    tell 'this is in force when the machine starts again'
}

words_undo() {
    local path line='' word left=''
    kept path
    path=$REPLY
    beside "$path"
    rm -f -- "$REPLY"
    [[ -f $path ]] || return 0
    read -r line <"$path" || true
    kept added
    split "$line"
    for word in ${LIST[@]+"${LIST[@]}"}; do
        [[ " $REPLY " == *" $word "* ]] || left+=${left:+ }$word
    done
    if printf '%s\n' "$left" | cmp -s -- - "$RECORD/before"; then
        beside "$path"
        cp -a -- "$RECORD/before" "$REPLY"
        place "$REPLY" "$path"
    else
        printf '%s\n' "$left" | rewrite "$path"
    fi
}

# -- The kernel --------------------------------------------------------------------------------------------------------

is_loaded() {
    [[ -d /sys/module/${1//-/_} ]]
}

module_look() {
    get module
    is_loaded "$REPLY" || drift "the module $REPLY is not loaded"
}

module_do() {
    if [[ ! -d $RECORD ]]; then
        note
        record
    fi
    due
    get module
    run modprobe -- "$REPLY"
}

module_undo() {
    kept key
    ! is_loaded "$REPLY" || run modprobe -r -- "$REPLY" 2>/dev/null || tell "the module $REPLY is in use, and stays until the machine starts again"
}

# What a setting of the kernel is, in REPLY.
setting() {
    local words
    words=$(sysctl -n -- "$1" 2>/dev/null) || words=
    split "$words"
    REPLY="${LIST[*]-}"
}

sysctl_look() {
    local key
    get key && key=$REPLY
    get value
    split "$REPLY"
    local value="${LIST[*]-}"
    setting "$key"
    [[ $REPLY == "$value" ]] || drift "$key is ${REPLY:-not there}, not $value"
}

sysctl_do() {
    local key
    get key && key=$REPLY
    if [[ ! -d $RECORD ]]; then
        note
        setting "$key"
        keep was "$REPLY"
        record
    fi
    due
    get value
    run sysctl -q -w -- "$key=$REPLY"
}

sysctl_undo() {
    local key
    kept key
    key=$REPLY
    kept was
    setting "$key"
    local now=$REPLY
    kept was
    [[ -z $REPLY || $now == "$REPLY" ]] || run sysctl -q -w -- "$key=$REPLY"
}

# Whether there is memory on disk in use.
swaps() {
    local line count=0
    while IFS= read -r line; do
        count=$((count + 1))
    done </proc/swaps
    ((count > 1))
}

# The lines of /etc/fstab, with those of swap out of use.
without_swap() {
    local line
    while IFS= read -r line || [[ -n $line ]]; do
        if [[ $line =~ ^[[:blank:]]*[^#[:blank:]]+[[:blank:]]+[^[:blank:]]+[[:blank:]]+swap[[:blank:]] ]]; then
            line="# platc $ID: $line"
        fi
        printf '%s\n' "$line"
    done </etc/fstab
}

swap_look() {
    ! swaps || drift 'swap is in use'
    if [[ -e /etc/fstab ]] && ! without_swap | cmp -s -- - /etc/fstab; then
        drift '/etc/fstab names swap'
    fi
}

swap_do() {
    if [[ ! -d $RECORD ]]; then
        note
        [[ ! -e /etc/fstab ]] || cp -a -- /etc/fstab "$NEW/before"
        record
    fi
    due
    if [[ -e /etc/fstab ]] && ! without_swap | cmp -s -- - /etc/fstab; then
        without_swap | rewrite /etc/fstab
    fi
    ! swaps || run swapoff -a
}

swap_undo() {
    local line
    [[ -e /etc/fstab && -e $RECORD/before ]] || return 0
    local lines
    lines=$(while IFS= read -r line || [[ -n $line ]]; do
        printf '%s\n' "${line#"# platc $ID: "}"
    done </etc/fstab)
    beside /etc/fstab
    rm -f -- "$REPLY"
    if printf '%s\n' "$lines" | cmp -s -- - "$RECORD/before"; then
        cmp -s -- /etc/fstab "$RECORD/before" || {
            cp -a -- "$RECORD/before" "$REPLY"
            place "$REPLY" /etc/fstab
        }
    else
        printf '%s\n' "$lines" | rewrite /etc/fstab
    fi
    run swapon -a || tell 'swap could not be brought back; it is when the machine starts again'
}

# Gives the machine a name, for now.
call_machine() {
    if command -v hostname >/dev/null; then
        run hostname "$1"
    else
        printf '%s\n' "$1" >/proc/sys/kernel/hostname
    fi
}

hostname_look() {
    get hostname
    [[ $(uname -n) == "$REPLY" ]] || drift "the machine is called $(uname -n), not $REPLY"
    [[ -e /etc/hostname && $(</etc/hostname) == "$REPLY" ]] || drift "/etc/hostname does not say $REPLY"
}

hostname_do() {
    if [[ ! -d $RECORD ]]; then
        note
        keep_before /etc/hostname
        keep was "$(uname -n)"
        record
    fi
    due
    get hostname
    local wanted=$REPLY
    [[ -e /etc/hostname && $(</etc/hostname) == "$wanted" ]] || printf '%s\n' "$wanted" | rewrite /etc/hostname
    [[ $(uname -n) == "$wanted" ]] || call_machine "$wanted"
}

hostname_undo() {
    kept was
    [[ $(uname -n) == "$REPLY" ]] || call_machine "$REPLY"
    beside /etc/hostname
    rm -f -- "$REPLY"
    if [[ -e $RECORD/before ]]; then
        cp -a -- "$RECORD/before" "$REPLY"
        place "$REPLY" /etc/hostname
    else
        rm -f -- /etc/hostname
    fi
}

# -- Packages ----------------------------------------------------------------------------------------------------------

is_installed() {
    case $FAMILY in
    debian) [[ $(dpkg-query -W -f '${db:Status-Status}' -- "$1" 2>/dev/null) == installed ]] ;;
    redhat | suse) rpm -q -- "$1" >/dev/null 2>&1 ;;
    arch) pacman -Q -- "$1" >/dev/null 2>&1 ;;
    alpine) apk info -e -- "$1" >/dev/null 2>&1 ;;
    *) fail 'nothing is known of the packages of this distribution' ;;
    esac
}

install_packages() {
    case $FAMILY in
    debian)
        export DEBIAN_FRONTEND=noninteractive
        run apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends -- "$@" || {
            # The lists of packages may be old.
            run apt-get -q -o DPkg::Lock::Timeout=300 update
            run apt-get -q -y -o DPkg::Lock::Timeout=300 install --no-install-recommends -- "$@"
        }
        ;;
    redhat) if command -v dnf >/dev/null; then run dnf -q -y install -- "$@"; else run yum -q -y install -- "$@"; fi ;;
    suse) run zypper --non-interactive --quiet install -- "$@" ;;
    arch) run pacman -S --noconfirm --needed -- "$@" ;;
    alpine) run apk add --quiet -- "$@" ;;
    esac
}

remove_packages() {
    case $FAMILY in
    debian)
        export DEBIAN_FRONTEND=noninteractive
        run apt-get -q -y -o DPkg::Lock::Timeout=300 remove -- "$@"
        ;;
    redhat) if command -v dnf >/dev/null; then run dnf -q -y remove -- "$@"; else run yum -q -y remove -- "$@"; fi ;;
    suse) run zypper --non-interactive --quiet remove -- "$@" ;;
    arch) run pacman -R --noconfirm -- "$@" ;;
    alpine) run apk del --quiet -- "$@" ;;
    esac
}

package_look() {
    local name
    list "$FAMILY"
    for name in ${LIST[@]+"${LIST[@]}"}; do
        is_installed "$name" || drift "the package $name is not installed"
    done
}

package_do() {
    local name missing=()
    list "$FAMILY"
    for name in "${LIST[@]}"; do
        is_installed "$name" || missing+=("$name")
    done
    if [[ ! -d $RECORD ]]; then
        note
        record
    fi
    printf '%s\n' "${missing[@]}" >>"$RECORD/installed"
    settle "$RECORD/installed"
    due
    install_packages "${missing[@]}" >&2
}

package_undo() {
    local name names=()
    [[ -e $RECORD/installed ]] || return 0
    while IFS= read -r name; do
        ! is_installed "$name" || names+=("$name")
    done < <(sort -u "$RECORD/installed")
    ((${#names[@]} == 0)) || remove_packages "${names[@]}" >&2
}

# -- Services ----------------------------------------------------------------------------------------------------------

# What is known of a service: UNIT_THERE, UNIT_ENABLED, UNIT_RUNS, each yes or no, and UNIT_MASKED.
look_unit() {
    local unit=$1 load enabled active
    UNIT_THERE=yes UNIT_ENABLED=no UNIT_RUNS=no UNIT_MASKED=no
    case $INIT in
    systemd)
        load=$(systemctl show -p LoadState -- "$unit" 2>/dev/null) || load=
        enabled=$(systemctl is-enabled -- "$unit" 2>/dev/null) || true
        active=$(systemctl is-active -- "$unit" 2>/dev/null) || true
        [[ $load != *not-found ]] || UNIT_THERE=no
        case $enabled in
        enabled | enabled-runtime | static | indirect | generated | alias) UNIT_ENABLED=yes ;;
        masked | masked-runtime) UNIT_MASKED=yes ;;
        esac
        # What can not be enabled is neither.
        case $enabled in
        static | indirect | generated | alias) UNIT_ENABLED=any ;;
        esac
        case $active in
        active | activating | reloading) UNIT_RUNS=yes ;;
        esac
        ;;
    openrc)
        [[ -e /etc/init.d/$unit ]] || UNIT_THERE=no
        [[ ! -e /etc/runlevels/default/$unit && ! -e /etc/runlevels/boot/$unit ]] || UNIT_ENABLED=yes
        ! rc-service "$unit" status >/dev/null 2>&1 || UNIT_RUNS=yes
        ;;
    *) fail 'this machine has neither systemd nor openrc' ;;
    esac
}

is_wanted() {
    get "$1"
    [[ $REPLY == yes ]]
}

unit_look() {
    get "$INIT"
    local unit=$REPLY
    look_unit "$unit"
    if [[ $UNIT_THERE == no ]]; then
        ! is_wanted optional || return 0
        # A service that is not there neither runs nor starts.
        is_wanted enabled || is_wanted running || is_wanted masked || return 0
    fi
    if is_wanted masked; then
        [[ $UNIT_MASKED == yes ]] || drift "$unit is not masked"
    elif [[ $INIT == systemd && $UNIT_MASKED == yes ]]; then
        drift "$unit is masked"
    elif is_wanted enabled; then
        [[ $UNIT_ENABLED != no ]] || drift "$unit does not start with the machine"
    else
        [[ $UNIT_ENABLED != yes ]] || drift "$unit starts with the machine"
    fi
    if is_wanted running; then
        [[ $UNIT_RUNS == yes ]] || drift "$unit does not run"
        [[ ! -e $STATE/pending/$ID ]] || drift "$unit must start again"
    else
        [[ $UNIT_RUNS == no ]] || drift "$unit runs"
    fi
}

unit_do() {
    get "$INIT"
    local unit=$REPLY again=restart
    if [[ ! -d $RECORD ]]; then
        note
        keep enabled "$UNIT_ENABLED"
        keep runs "$UNIT_RUNS"
        keep masked "$UNIT_MASKED"
        record
    fi
    case $INIT in
    systemd) prepare_systemd "$unit" ;;
    openrc) prepare_openrc "$unit" ;;
    esac
    look_unit "$unit"
    if ! is_wanted running; then
        [[ $UNIT_RUNS == no ]] || act stop "$unit"
    elif [[ $UNIT_RUNS == no ]]; then
        act start "$unit"
    elif [[ -e $STATE/pending/$ID ]]; then
        ! is_wanted reload || again=reload-or-restart
        act "$again" "$unit"
    fi
    rm -f -- "$STATE/pending/$ID"
}

# Starts, stops a service.
act() {
    local code=0
    tell "$1 $2"
    case $INIT in
    systemd)
        # Some wait for others until they say that they have started, for as long as it takes.
        run timeout "${PLATC_START:-900}" systemctl "$1" -- "$2" || code=$?
        ((code != 124)) || fail "the $1 of $2 is not done after ${PLATC_START:-900} s, and goes on: journalctl -u $2 says why"
        ((code == 0)) || fail "systemctl $1 $2 gave $code: journalctl -u $2 says why"
        ;;
    openrc)
        if [[ $1 == reload-or-restart ]]; then
            run rc-service "$2" reload || run rc-service "$2" restart
        else
            run rc-service "$2" "$1"
        fi
        ;;
    esac
}

prepare_systemd() {
    run systemctl daemon-reload
    rm -f -- "$STATE/unread"
    if is_wanted masked; then
        [[ $UNIT_MASKED == yes ]] || run systemctl mask -- "$1" >&2
        return
    fi
    [[ $UNIT_MASKED == no ]] || run systemctl unmask -- "$1" >&2
    if is_wanted enabled; then
        [[ $UNIT_ENABLED != no ]] || run systemctl enable -- "$1" >&2
    else
        [[ $UNIT_ENABLED != yes ]] || run systemctl disable -- "$1" >&2
    fi
}

prepare_openrc() {
    if is_wanted enabled; then
        [[ $UNIT_ENABLED == yes ]] || run rc-update add "$1" default >&2
    else
        [[ $UNIT_ENABLED == no ]] || run rc-update del "$1" >&2
    fi
}

unit_undo() {
    local unit enabled runs masked
    kept key && unit=$REPLY
    kept enabled && enabled=$REPLY
    kept runs && runs=$REPLY
    kept masked && masked=$REPLY
    rm -f -- "$STATE/pending/$ID"
    look_unit "$unit"
    [[ $UNIT_THERE == yes || $UNIT_MASKED == yes ]] || return 0
    [[ $runs == yes || $UNIT_RUNS == no ]] || act stop "$unit"
    case $INIT in
    systemd)
        [[ $UNIT_MASKED == no || $masked == yes ]] || run systemctl unmask -- "$unit" >&2
        [[ $UNIT_MASKED == yes || $masked == no ]] || run systemctl mask -- "$unit" >&2
        [[ $enabled == yes || $UNIT_ENABLED != yes ]] || run systemctl disable -- "$unit" >&2
        [[ $enabled != yes || $UNIT_ENABLED != no ]] || run systemctl enable -- "$unit" >&2
        ;;
    openrc)
        [[ $enabled == yes || $UNIT_ENABLED == no ]] || run rc-update del "$unit" >&2
        [[ $enabled == no || $UNIT_ENABLED == yes ]] || run rc-update add "$unit" default >&2
        ;;
    esac
    [[ $runs == no || $UNIT_RUNS == yes ]] || act start "$unit"
}

# -- Who is let in -----------------------------------------------------------------------------------------------------

# Which firewall runs, in FIREWALL.
which_firewall() {
    local ruleset
    FIREWALL=none
    if command -v firewall-cmd >/dev/null && firewall-cmd --state >/dev/null 2>&1; then
        FIREWALL=firewalld
    elif command -v ufw >/dev/null && ruleset=$(ufw status 2>/dev/null) && [[ $ruleset == *'Status: active'* ]]; then
        FIREWALL=ufw
    elif command -v nft >/dev/null && ruleset=$(nft list ruleset 2>/dev/null) && [[ $ruleset == *'hook input'* ]]; then
        FIREWALL=nftables
    fi
}

# The rules of the current step, in RULES: `PORT PROTOCOL FROM`, with - for all.
rules_of_step() {
    local port from protocol ports=() froms=()
    list port
    ports=(${LIST[@]+"${LIST[@]}"})
    list from
    froms=(${LIST[@]+"${LIST[@]}"})
    get protocol
    protocol=$REPLY
    ((${#ports[@]})) || ports=(-)
    ((${#froms[@]})) || froms=(-)
    RULES=()
    for port in "${ports[@]}"; do
        for from in "${froms[@]}"; do
            RULES+=("${port/../-} $protocol $from")
        done
    done
}

# `ask`, `add` or `remove` a rule of firewalld, for now and for later.
firewalld_rule() {
    local verb=$1 port=$2 protocol=$3 from=$4 family=ipv4 what when rule found zone=()
    [[ $from != *:* ]] || family=ipv6
    if [[ $from == - ]]; then
        what="port=$port/$protocol"
    elif [[ $port == - ]]; then
        what="source=$from"
        zone=(--zone=trusted)
    else
        rule="rule family=\"$family\" source address=\"$from\" port port=\"$port\" protocol=\"$protocol\" accept"
        what="rich-rule=$rule"
    fi
    # One of the two may be so already: whoever did both was ended in between.
    for when in --permanent ''; do
        found=no
        ! run firewall-cmd --quiet ${when:+"$when"} ${zone[@]+"${zone[@]}"} "--query-$what" || found=yes
        case $verb:$found in
        ask:no) return 1 ;;
        add:no | remove:yes) run firewall-cmd --quiet ${when:+"$when"} ${zone[@]+"${zone[@]}"} "--$verb-$what" ;;
        esac
    done
}

ufw_rule() {
    local verb=$1 port=${2/-/:} protocol=$3 from=$4 rule
    if [[ $from == - ]]; then
        rule=(allow "$port/$protocol")
    elif [[ $2 == - ]]; then
        rule=(allow from "$from")
    else
        rule=(allow from "$from" to any port "$port" proto "$protocol")
    fi
    case $verb in
    ask) [[ $'\n'$(ufw show added)$'\n' == *$'\n'"ufw ${rule[*]}"$'\n'* ]] ;;
    add) run ufw "${rule[@]}" >&2 ;;
    remove) run ufw --force delete "${rule[@]}" >&2 ;;
    esac
}

# Rules of nftables stand in the chains that the machine has, for a verdict of another table would not let anybody in.
nftables_rule() {
    local verb=$1 port=$2 protocol=$3 from=$4 name chain handle rule=() family=ip
    name="platc $port $protocol $from"
    [[ $from != *:* ]] || family=ip6
    [[ $from == - ]] || rule+=("$family" saddr "$from")
    [[ $port == - ]] || rule+=("$protocol" dport "$port")
    rule+=(accept comment "\"$name\"")
    local line table='' found=no
    local chains=()
    while IFS= read -r line; do
        case $line in
        table\ *) table=${line#table } table=${table% \{*} ;;
        *chain\ *\{) chain=${line#*chain } chain=${chain% \{*} ;;
        *'hook input'*) [[ $table != inet\ * && $table != ip\ * ]] || chains+=("$table $chain") ;;
        esac
    done < <(nft list ruleset)
    for chain in ${chains[@]+"${chains[@]}"}; do
        split "$chain"
        while IFS= read -r line; do
            [[ $line == *"comment \"$name\" # handle "* ]] || continue
            handle=${line##* }
            found=yes
            [[ $verb != remove ]] || run nft delete rule "${LIST[@]}" handle "$handle"
        done < <(nft -a list chain "${LIST[@]}")
        [[ $verb != add || $found == yes ]] || run nft insert rule "${LIST[@]}" "${rule[@]}"
    done
    [[ $verb != ask || $found == yes || ${#chains[@]} -eq 0 ]]
}

# nftables keeps nothing when the machine starts again, and what stands in files of its own is of others. So a service lets in again
# then what the notes of all steps say: it is there as long as one of them is.

KEEPER=$STATE/nftables.sh

keeper_script() {
    printf '%s\n' '#!/usr/bin/env bash' '# Lets in, when the machine starts, what steps of its plan let in by nftables.' 'set -euo pipefail'
    declare -f split nftables_rule let_in_again
    printf '%s\n' 'run() { "$@" </dev/null; }' let_in_again
}

# What it does.
let_in_again() {
    local file rule
    for file in /var/lib/platc/steps/*/rules; do
        [[ -e $file ]] || continue
        while IFS= read -r rule; do
            split "$rule"
            nftables_rule ask "${LIST[@]}" || {
                split "$rule"
                nftables_rule add "${LIST[@]}"
            }
        done <"$file"
    done
}

# What starts it, with its path in REPLY and its text in TEXT.
keeper_unit() {
    case $INIT in
    systemd)
        REPLY=/etc/systemd/system/platc-nftables.service
        TEXT="[Unit]
Description=what platc lets in by nftables
After=nftables.service
PartOf=nftables.service

[Service]
Type=oneshot
RemainAfterExit=yes
ExecStart=/usr/bin/env bash $KEEPER

[Install]
WantedBy=multi-user.target"
        ;;
    *)
        REPLY=/etc/init.d/platc-nftables
        TEXT="#!/sbin/openrc-run
description='what platc lets in by nftables'
depend() {
  after nftables
}
start() {
  /usr/bin/env bash $KEEPER
}"
        ;;
    esac
}

# Whether it stands as it shall.
keeper_stands() {
    local TEXT
    keeper_unit
    keeper_script | cmp -s -- - "$KEEPER" || return 1
    printf '%s\n' "$TEXT" | cmp -s -- - "$REPLY" || return 1
    look_unit "${REPLY##*/}"
    [[ $UNIT_ENABLED == yes ]]
}

keeper_look() {
    [[ $INIT != none ]] || return 0
    keeper_stands || drift 'nftables would forget this when the machine starts again'
}

keeper_do() {
    local TEXT path made
    if [[ $INIT == none ]]; then
        tell 'nftables forgets this when the machine starts again: apply then'
        return
    fi
    # Of several steps one makes it. Made again, it could be left half made, and nobody would look for that.
    ! keeper_stands || return 0
    keeper_script >"$KEEPER.new"
    settle "$KEEPER.new"
    mv -f -- "$KEEPER.new" "$KEEPER"
    keeper_unit
    path=$REPLY
    make_parents "$path"
    unread "$path"
    begin "$path"
    made=$REPLY
    printf '%s\n' "$TEXT" >"$made"
    chmod -- "$([[ $INIT == openrc ]] && printf 0755 || printf 0644)" "$made"
    place "$made" "$path"
    if [[ $INIT == systemd ]]; then
        run systemctl daemon-reload
        rm -f -- "$STATE/unread"
        run systemctl enable -- "${path##*/}" >&2
    else
        look_unit "${path##*/}"
        [[ $UNIT_ENABLED == yes ]] || run rc-update add "${path##*/}" default >&2
    fi
}

keeper_undo() {
    local TEXT path kind
    for kind in "$STATE"/steps/*/kind; do
        [[ $kind == "$RECORD/kind" || $(<"$kind") != firewall ]] || return 0
    done
    keeper_unit
    path=$REPLY
    beside "$path"
    rm -f -- "$REPLY"
    if [[ -e $path ]]; then
        look_unit "${path##*/}"
        if [[ $UNIT_ENABLED == yes ]]; then
            case $INIT in
            systemd) run systemctl disable -- "${path##*/}" >&2 ;;
            openrc) run rc-update del "${path##*/}" >&2 ;;
            esac
        fi
        unread "$path"
        rm -f -- "$path"
    fi
    rm -f -- "$KEEPER" "$KEEPER.new"
    drop_parents
}

firewall_rule() {
    case $FIREWALL in
    firewalld) firewalld_rule "$@" ;;
    ufw) ufw_rule "$@" ;;
    nftables) nftables_rule "$@" ;;
    esac
}

firewall_look() {
    local rule
    which_firewall
    [[ $FIREWALL != none ]] || return 0
    rules_of_step
    for rule in "${RULES[@]}"; do
        split "$rule"
        firewall_rule ask "${LIST[@]}" || drift "$FIREWALL does not let in: $rule"
    done
    [[ $FIREWALL != nftables ]] || keeper_look
}

firewall_do() {
    local rule
    rules_of_step
    if [[ ! -d $RECORD ]]; then
        note
        keep firewall "$FIREWALL"
        record
    fi
    due
    for rule in "${RULES[@]}"; do
        split "$rule"
        if ! firewall_rule ask "${LIST[@]}"; then
            # Noted before it is there; to take back what is not there does no harm.
            grep -qxF -- "$rule" "$RECORD/rules" 2>/dev/null || printf '%s\n' "$rule" >>"$RECORD/rules"
            settle "$RECORD/rules"
            split "$rule"
            firewall_rule add "${LIST[@]}"
        fi
    done
    [[ $FIREWALL != nftables ]] || keeper_do
}

firewall_undo() {
    local rule firewall rules=()
    keeper_undo
    [[ -e $RECORD/rules ]] || return 0
    kept firewall
    firewall=$REPLY
    which_firewall
    if [[ $FIREWALL != "$firewall" ]]; then
        tell "$firewall does not run, so its rules of this step stay"
        return 0
    fi
    while IFS= read -r rule; do
        rules+=("$rule")
    done <"$RECORD/rules"
    for rule in ${rules[@]+"${rules[@]}"}; do
        split "$rule"
        # What firewalld has by halves only is asked for by halves.
        if [[ $FIREWALL == firewalld ]] || firewall_rule ask "${LIST[@]}"; then
            split "$rule"
            firewall_rule remove "${LIST[@]}"
        fi
    done
}

# -- SELinux and AppArmor ----------------------------------------------------------------------------------------------

has_selinux() {
    [[ -e /sys/fs/selinux/enforce ]] && command -v getenforce >/dev/null
}

context_type() {
    local path rest
    while read -r path rest; do
        [[ $path == "$1" ]] || continue
        REPLY=${rest##* }
        REPLY=${REPLY#*:*:} REPLY=${REPLY%%:*}
        return 0
    done < <(semanage fcontext -l -C -n 2>/dev/null)
    REPLY=''
}

selinux_look() {
    has_selinux || return 0
    local wanted value
    get enforce
    wanted=$REPLY
    [[ -z $wanted ]] || {
        value=$(getenforce)
        [[ $value == "${wanted^}" ]] || drift "SELinux is $value, not $wanted"
    }
    get value
    value=$REPLY
    get boolean
    wanted=$REPLY
    [[ -z $wanted || $(getsebool "$wanted") == *" $value" ]] || drift "the boolean $wanted is not $value"
    get context
    wanted=$REPLY
    [[ -z $wanted ]] || {
        context_type "$wanted"
        [[ $REPLY == "$value" ]] || drift "files at $wanted are not of the type $value"
    }
}

selinux_do() {
    local enforce boolean context value number
    get enforce && enforce=$REPLY
    get boolean && boolean=$REPLY
    get context && context=$REPLY
    get value && value=$REPLY
    if [[ ! -d $RECORD ]]; then
        note
        [[ -z $enforce ]] || {
            keep enforce "$(getenforce)"
            keep_before /etc/selinux/config
        }
        [[ -z $boolean ]] || keep boolean "$(getsebool "$boolean")"
        [[ -z $context ]] || keep context "$context"
        record
    fi
    due
    if [[ -n $enforce ]]; then
        [[ ! -e /etc/selinux/config ]] || sed "s/^SELINUX=.*/SELINUX=$enforce/" /etc/selinux/config | rewrite /etc/selinux/config
        number=0
        [[ $enforce == permissive ]] || number=1
        run setenforce "$number"
    fi
    [[ -z $boolean ]] || run setsebool -P "$boolean" "$value"
    if [[ -n $context ]]; then
        run semanage fcontext -a -t "$value" -- "$context" 2>/dev/null || run semanage fcontext -m -t "$value" -- "$context"
        [[ ! -e ${context%%[(.*]*} ]] || run restorecon -R -- "${context%%[(.*]*}"
    fi
}

selinux_undo() {
    has_selinux || return 0
    kept enforce
    if [[ -n $REPLY ]]; then
        run setenforce "$REPLY"
        [[ ! -e $RECORD/before ]] || {
            beside /etc/selinux/config
            cp -a -- "$RECORD/before" "$REPLY"
            place "$REPLY" /etc/selinux/config
        }
    fi
    kept boolean
    [[ -z $REPLY ]] || run setsebool -P "${REPLY%% *}" "${REPLY##* }"
    kept context
    [[ -z $REPLY ]] || run semanage fcontext -d -- "$REPLY" || true
}

has_apparmor() {
    [[ -d /sys/module/apparmor ]] && command -v apparmor_parser >/dev/null
}

apparmor_look() {
    has_apparmor || return 0
    get path
    if [[ ! -e $RECORD/loaded ]] || ! cmp -s -- "$RECORD/loaded" "$REPLY"; then
        drift 'the profile is not loaded'
    fi
}

apparmor_do() {
    get path
    local path=$REPLY
    if [[ ! -d $RECORD ]]; then
        note
        record
    fi
    due
    run apparmor_parser -r -- "$path"
    cp -- "$path" "$RECORD/loaded.new"
    mv -f -- "$RECORD/loaded.new" "$RECORD/loaded"
}

apparmor_undo() {
    has_apparmor || return 0
    [[ ! -e $RECORD/loaded ]] || run apparmor_parser -R -- "$RECORD/loaded" || true
}

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

plan 'prod/worker-1'

step 'memory-cgroup:require' 'require' 'memory-cgroup' 'platform.pl:62:10' \
    test 'grep -qw memory /sys/fs/cgroup/cgroup.controllers 2>/dev/null || grep -q '\''^memory.*1$'\'' /proc/cgroups' \
    otherwise 'the kernel counts no memory by group, which k3s needs; where a step changed the line that the kernel is started with, start the machine again'

step 'packages:package' 'package' 'packages' 'platform.pl:62:10' \
    debian 'ca-certificates' \
    debian 'iptables' \
    debian 'kmod' \
    redhat 'ca-certificates' \
    redhat 'iptables-nft' \
    redhat 'container-selinux' \
    suse 'ca-certificates' \
    suse 'iptables' \
    arch 'ca-certificates' \
    arch 'iptables' \
    alpine 'ca-certificates' \
    alpine 'iptables' \
    alpine 'ip6tables' \
    alpine 'kmod'

step 'shared-files:package' 'package' 'shared-files' 'platform.pl:62:10' \
    debian 'nfs-common' \
    redhat 'nfs-utils' \
    suse 'nfs-client' \
    arch 'nfs-utils' \
    alpine 'nfs-utils'

step 'br_netfilter:file' 'file' 'br_netfilter' 'platform.pl:62:10' \
    path '/etc/modules-load.d/platc-br_netfilter.conf' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text 'br_netfilter
'

step 'br_netfilter:module' 'module' 'br_netfilter' 'platform.pl:62:10' \
    module 'br_netfilter'

step 'overlay:file' 'file' 'overlay' 'platform.pl:62:10' \
    path '/etc/modules-load.d/platc-overlay.conf' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text 'overlay
'

step 'overlay:module' 'module' 'overlay' 'platform.pl:62:10' \
    module 'overlay'

step 'bridges:file' 'file' 'bridges' 'platform.pl:62:10' \
    path '/etc/sysctl.d/90-platc-bridges.conf' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text 'net.bridge.bridge-nf-call-iptables = 1
'

step 'bridges:sysctl' 'sysctl' 'bridges' 'platform.pl:62:10' \
    key 'net.bridge.bridge-nf-call-iptables' \
    value '1'

step 'forwards:file' 'file' 'forwards' 'platform.pl:62:10' \
    path '/etc/sysctl.d/90-platc-forwards.conf' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text 'net.ipv4.ip_forward = 1
'

step 'forwards:sysctl' 'sysctl' 'forwards' 'platform.pl:62:10' \
    key 'net.ipv4.ip_forward' \
    value '1'

step 'watchers:file' 'file' 'watchers' 'platform.pl:62:10' \
    path '/etc/sysctl.d/90-platc-watchers.conf' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text 'fs.inotify.max_user_instances = 8192
'

step 'watchers:sysctl' 'sysctl' 'watchers' 'platform.pl:62:10' \
    key 'fs.inotify.max_user_instances' \
    value '8192'

step 'watches:file' 'file' 'watches' 'platform.pl:62:10' \
    path '/etc/sysctl.d/90-platc-watches.conf' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text 'fs.inotify.max_user_watches = 524288
'

step 'watches:sysctl' 'sysctl' 'watches' 'platform.pl:62:10' \
    key 'fs.inotify.max_user_watches' \
    value '524288'

step 'configuration:directory' 'directory' 'configuration' 'platform.pl:62:10' \
    path '/etc/rancher/k3s' \
    mode '0755' \
    owner 'root' \
    group 'root'

step 'token:secret' 'secret' 'token' 'platform.pl:62:10' \
    path '/etc/rancher/k3s/token' \
    mode '0600' \
    owner 'root' \
    group 'root'

step 'config:file' 'file' 'config' 'platform.pl:62:10' \
    path '/etc/rancher/k3s/config.yaml' \
    mode '0600' \
    owner 'root' \
    group 'root' \
    text 'server: https://192.168.1.10:6443
token-file: /etc/rancher/k3s/token
node-name: worker-1
node-ip:
- '\''192.168.1.21'\''
' \
    starts 'k3s-agent:unit'

step 'selinux-repository:file' 'file' 'selinux-repository' 'platform.pl:62:10' \
    path '/etc/yum.repos.d/rancher-k3s-common.repo' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text '[rancher-k3s-common-stable]
name=Rancher K3s Common (stable)
baseurl=https://rpm.rancher.io/k3s/stable/common/centos/$'""'releasever/noarch
enabled=1
gpgcheck=1
repo_gpgcheck=0
gpgkey=https://rpm.rancher.io/public.key
' \
    family 'redhat'

step 'selinux-policy:package' 'package' 'selinux-policy' 'platform.pl:62:10' \
    redhat 'k3s-selinux' \
    family 'redhat'

step 'crictl:link' 'link' 'crictl' 'platform.pl:62:10' \
    path '/usr/local/bin/crictl' \
    to 'k3s'

step 'ctr:link' 'link' 'ctr' 'platform.pl:62:10' \
    path '/usr/local/bin/ctr' \
    to 'k3s'

step 'kubectl:link' 'link' 'kubectl' 'platform.pl:62:10' \
    path '/usr/local/bin/kubectl' \
    to 'k3s'

step 'binary:fetch' 'fetch' 'binary' 'platform.pl:62:10' \
    path '/usr/local/bin/k3s' \
    mode '0755' \
    owner 'root' \
    group 'root' \
    sha256 '65a55ec56c24eab44383086166ec620a491952b7e23941a49ddca6e8a4c4b4de' \
    file 'k3s-v1.36.2+k3s1-amd64' \
    url 'https://github.com/k3s-io/k3s/releases/download/v1.36.2%2Bk3s1/k3s' \
    starts 'k3s-agent:unit'

step 'kubelet:firewall' 'firewall' 'kubelet' 'platform.pl:62:10' \
    port '10250' \
    protocol 'tcp' \
    from '192.168.1.0/24'

step 'pod-network:firewall' 'firewall' 'pod-network' 'platform.pl:62:10' \
    port '179' \
    port '4789' \
    port '5473' \
    protocol 'udp' \
    from '192.168.1.0/24'

step 'pod-network-tcp:firewall' 'firewall' 'pod-network-tcp' 'platform.pl:62:10' \
    port '179' \
    port '4789' \
    port '5473' \
    protocol 'tcp' \
    from '192.168.1.0/24'

step 'pods-and-services:firewall' 'firewall' 'pods-and-services' 'platform.pl:62:10' \
    protocol 'tcp' \
    from '10.42.0.0/16' \
    from '10.43.0.0/16'

step 'data:command' 'command' 'data' 'platform.pl:62:10' \
    unless 'test -d /var/lib/rancher/k3s' \
    run 'mkdir -p /var/lib/rancher/k3s' \
    undo 'data=/var/lib/rancher/k3s
set +e
for procs in /sys/fs/cgroup/kubepods*/cgroup.procs /sys/fs/cgroup/kubepods*/*/cgroup.procs \
    /sys/fs/cgroup/kubepods*/*/*/cgroup.procs /sys/fs/cgroup/kubepods*/*/*/*/cgroup.procs; do
    if [ -r "$'""'procs" ]; then
        while read -r process; do kill -9 "$'""'process" 2>/dev/null; done <"$'""'procs"
    fi
done
for process in /proc/[0-9]*; do
    case $'""'(readlink "$'""'process/exe" 2>/dev/null) in
    "$'""'data"/data/*) kill -9 "$'""'{process#/proc/}" 2>/dev/null ;;
    esac
done
sed -n "s/^[^ ]* \([^ ]*\) .*/\1/p" /proc/self/mounts | sort -r | while read -r mount; do
    case $'""'mount in
    "$'""'data"/* | /run/k3s/* | /var/lib/kubelet/* | /run/netns/cni-*) umount -l "$'""'mount" 2>/dev/null ;;
    esac
done
for interface in cni0 flannel.1 flannel-v6.1 flannel-wg flannel-wg-v6 kube-ipvs0 vxlan.calico cilium_host \
    cilium_vxlan; do
    ip link delete "$'""'interface" 2>/dev/null
done
for table in iptables ip6tables; do
    if command -v "$'""'table-save" >/dev/null && "$'""'table-save" 2>/dev/null | grep -q -e KUBE- -e CNI- -e -flannel; then
        "$'""'table-save" | grep -v -e KUBE- -e CNI- -e -flannel -e cali- -e CILIUM | "$'""'table-restore"
    fi
done
if grep -q -e " $'""'data/" -e " /var/lib/kubelet/" /proc/self/mounts; then
    echo "a volume is still mounted below $'""'data or /var/lib/kubelet: nothing there is removed" >&2
    exit 1
fi
rm -rf "$'""'data"/* "$'""'data" /run/k3s /run/flannel /var/lib/kubelet /var/lib/cni 2>/dev/null
rm -f /etc/rancher/k3s/k3s.yaml /etc/rancher/node/password
rmdir /etc/rancher/node /etc/rancher/k3s /etc/rancher "$'""'{data%/*}" 2>/dev/null
test -z "$'""'(ls -A "$'""'data" 2>/dev/null)"'

step 'offline-images:command' 'command' 'offline-images' 'platform.pl:62:10' \
    unless 'from="$'""'PLATC_OFFLINE/images" to=/var/lib/rancher/k3s/agent/images end=amd64.tar
for archive in "$'""'from"/*."$'""'end"; do
    [[ ! -e $'""'archive || (-e $'""'to/$'""'{archive##*/} && ! $'""'archive -nt $'""'to/$'""'{archive##*/}) ]]
done' \
    run 'from="$'""'PLATC_OFFLINE/images" to=/var/lib/rancher/k3s/agent/images end=amd64.tar
mkdir -p "$'""'to"
for archive in "$'""'from"/*."$'""'end"; do
    [[ -e $'""'archive ]] || continue
    cp -- "$'""'archive" "$'""'to/.new"
    mv -f -- "$'""'to/.new" "$'""'to/$'""'{archive##*/}"
done' \
    undo 'rm -f /var/lib/rancher/k3s/agent/images/*.amd64.tar' \
    starts 'k3s-agent:unit'

step 'k3s-agent:file' 'file' 'k3s-agent' 'platform.pl:62:10' \
    path '/etc/systemd/system/k3s-agent.service' \
    mode '0644' \
    owner 'root' \
    group 'root' \
    text '[Unit]
Description=k3s, agent
Documentation=https://docs.k3s.io
Wants=network-online.target
After=network-online.target

[Service]
Type=exec
EnvironmentFile=-/etc/rancher/k3s/datastore.env
EnvironmentFile=-/etc/rancher/k3s/proxy.env
ExecStartPre=-/sbin/modprobe br_netfilter
ExecStartPre=-/sbin/modprobe overlay
ExecStart=/usr/local/bin/k3s agent
KillMode=process
Delegate=yes
LimitNOFILE=1048576
LimitNPROC=infinity
LimitCORE=infinity
TasksMax=infinity
TimeoutStartSec=0
Restart=always
RestartSec=5s

[Install]
WantedBy=multi-user.target
' \
    init 'systemd' \
    starts 'k3s-agent:unit'

step 'k3s-agent:file:2' 'file' 'k3s-agent' 'platform.pl:62:10' \
    path '/etc/init.d/k3s-agent' \
    mode '0755' \
    owner 'root' \
    group 'root' \
    text '#!/sbin/openrc-run
description="k3s, agent"
supervisor=supervise-daemon
command=/usr/local/bin/k3s
command_args=agent
output_log=/var/log/k3s-agent.log
error_log=/var/log/k3s-agent.log
respawn_delay=5
respawn_max=0
rc_ulimit="-n 1048576"
depend() {
  need net
  use dns
  after firewall
  want cgroups
}
start_pre() {
  for file in /etc/rancher/k3s/datastore.env /etc/rancher/k3s/proxy.env; do
    if [ -r "$'""'file" ]; then
      set -a
      . "$'""'file"
      set +a
    fi
  done
}
' \
    init 'openrc' \
    starts 'k3s-agent:unit'

step 'k3s-agent:unit' 'unit' 'k3s-agent' 'platform.pl:62:10' \
    systemd 'k3s-agent.service' \
    openrc 'k3s-agent' \
    enabled 'yes' \
    running 'yes' \
    masked 'no' \
    reload 'no' \
    optional 'no'

main "$@"
