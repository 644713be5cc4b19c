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

