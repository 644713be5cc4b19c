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

