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

