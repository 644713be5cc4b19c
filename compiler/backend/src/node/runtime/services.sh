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

