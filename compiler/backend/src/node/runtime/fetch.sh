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

