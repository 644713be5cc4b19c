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

