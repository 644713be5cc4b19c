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

