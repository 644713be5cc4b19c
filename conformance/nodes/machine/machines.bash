# shellcheck shell=bash disable=SC2154
# Machines, and what is asked of them: each is a root of its own over $beneath, in which every write is kept apart.
#
# Who reads this has said `here`, `beneath`, `platc` and `work`.

failed=0
problem() {
    printf '  WRONG: %s\n' "$1"
    failed=1
}

common=(apt-get dpkg-query modprobe sysctl swapoff swapon logger curl)

# A machine of a family that has a firewall: machine NAME FAMILY FIREWALL
machine() {
    local family=$2 firewall=$3 id like tool tools=("${common[@]}")
    root=$work/$1
    local image=$root/image stub=$root/stub
    mkdir -p "$root"/{upper,work,merged,image,run,module} "$image/"{etc,stub,boot/firmware} "$stub/"{bin,web,files}
    mkdir -p "$stub/state/"{units,masked,enabled,running,packages,sysctl}
    case $family in
    debian)
        id=debian like='' tools+=(apparmor_parser)
        mkdir -p "$root/module/apparmor" "$image/etc/apparmor.d"
        ;;
    redhat)
        id=rocky like='"rhel centos fedora"' tools+=(rpm dnf getenforce setenforce getsebool setsebool semanage restorecon)
        mkdir -p "$stub/state/selinux" "$image/etc/selinux"
        printf 'Enforcing\n' >"$stub/state/selinux/mode"
        printf 'off\n' >"$stub/state/selinux/virt_use_nfs"
        : >"$stub/state/selinux/contexts"
        printf 'SELINUX=enforcing\nSELINUXTYPE=targeted\n' >"$image/etc/selinux/config"
        ;;
    suse) id=opensuse-leap like='"suse opensuse"' tools+=(rpm zypper) ;;
    arch) id=arch like='' tools+=(pacman) ;;
    alpine) id=alpine like='' tools+=(apk rc-service rc-update) ;;
    esac
    [[ $family == alpine ]] || tools+=(systemctl)
    [[ $family == alpine ]] || mkdir -p "$root/run/systemd/system"
    [[ $firewall == none ]] || tools+=("$firewall")
    printf 'ID=%s\nID_LIKE=%s\n' "$id" "$like" >"$image/etc/os-release"
    printf 'UUID=1 / ext4 defaults 0 1\nUUID=2 none swap sw 0 0\n' >"$image/etc/fstab"
    printf '127.0.0.1 localhost\n' >"$image/etc/hosts"
    printf 'old\n' >"$image/etc/hostname"
    printf 'the old message\n' >"$image/etc/motd"
    printf 'console=tty1 rootwait\n' >"$image/boot/firmware/cmdline.txt"
    printf '0\n' >"$stub/state/sysctl/net.ipv4.ip_forward"
    printf 'Filename Type Size Used Priority\n/dev/sda2 partition 1 0 -2\n' | tee "$stub/state/swaps.on" >"$stub/state/swaps"
    : >"$stub/state/log"
    : >"$stub/state/firewall.now"
    : >"$stub/state/firewall.later"
    for tool in "${tools[@]}"; do
        cp "$here/machine/stub" "$stub/bin/$tool"
        chmod 0755 "$stub/bin/$tool"
    done
    # Alpine has the small programs of busybox.
    if [[ $family == alpine ]] && command -v busybox >/dev/null; then
        for tool in base64 cat chmod chown cmp cp date diff find flock grep head ln mkdir mv od readlink rm rmdir sed sha256sum sort \
            stat sync tar touch tr uname unzip wget; do
            ! busybox --list | grep -qx "$tool" || ln -s "$(command -v busybox)" "$stub/bin/$tool"
        done
    fi
    [[ -z ${WITH_BASH-} ]] || cp "$WITH_BASH" "$stub/bin/bash"
    cp "$here/machine/kill.bash" "$stub/kill.bash"
    printf '#!/bin/sh\necho demo\n' | tee "$stub/web/demo" >"$stub/web/all.tar"
    hostname old
    raise
}

raise() {
    local merged=$root/merged
    mount -t overlay overlay -o "lowerdir=$root/image:$beneath,upperdir=$root/upper,workdir=$root/work" "$merged"
    mount --bind "$root/stub" "$merged/stub"
    mount --rbind /proc "$merged/proc"
    mount --bind "$root/stub/state/swaps" "$merged/proc/swaps"
    mount --rbind /dev "$merged/dev"
    mount --bind "$root/run" "$merged/run"
    mount -t tmpfs tmpfs "$merged/sys"
    mkdir -p "$merged/sys/module" "$merged/sys/fs/cgroup"
    echo 'cpu memory pids' >"$merged/sys/fs/cgroup/cgroup.controllers"
    if [[ -e $root/stub/state/selinux ]]; then
        mkdir "$merged/sys/fs/selinux"
        : >"$merged/sys/fs/selinux/enforce"
    fi
    mount --bind "$root/module" "$merged/sys/module"
}

fell() {
    umount -R -l "$root/merged"
}

# A copy of a machine as it is: copy FROM NAME
copy() {
    local from=$1
    root=$work/$2
    mkdir -p "$root"/{work,merged}
    cp -a "$from"/{upper,image,run,module,stub} "$root"
    raise
}

away() {
    fell
    rm -rf "$root"
}

# Runs a command on the machine; what it said is in $root/said.
on_machine() {
    local code=0
    env -i PATH=/stub/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PLATC_WAIT="${WAIT-5}" PLATC_START="${START-60}" PLATC_OFFLINE=/stub/files \
        ${KILL_AT:+KILL_AT="$KILL_AT" BASH_ENV=/stub/kill.bash} \
        chroot "$root/merged" "$@" >"$root/said" 2>&1 </dev/null || code=$?
    return "$code"
}

# Runs the script of the machine and says with what it ends: script WANTED COMMAND..
script() {
    local wanted=$1 code=0
    shift
    on_machine bash /stub/script "$@" || code=$?
    if [[ $code != "$wanted" ]]; then
        problem "$* gave $code, not $wanted"
        sed 's/^/    | /' "$root/said"
    fi
}

# Everything that was written, with times: what is the same stays the same.
writes() {
    (cd "$root/upper" && find . -mindepth 1 -printf '%p %y %m %U:%G %T@ %l\n' | sort
        find . -type f -exec sha256sum {} + | sort)
    cat "$root/stub/state/"{log,swaps,firewall.*,journal} 2>/dev/null
    find "$root/stub/state/"*/ "$root/module" | sort
}

# The machine as its services see it, without times, secrets and the notes of scripts.
tree() {
    (cd "$root/upper" && find . -mindepth 1 -not -path './var/lib/platc/*' -printf '%p %y %m %U:%G %l\n' | sort
        find . -type f -not -path './var/lib/platc/*' -not -name '*token' -exec sha256sum {} + | sort)
    cat "$root/stub/state/swaps" "$root/stub/state/firewall."*
    (cd "$root/stub/state" && find running enabled masked packages | sort && cat running/* sysctl/* selinux/* 2>/dev/null)
    ls "$root/module"
    (cd "$root/merged/var/lib/platc" && ls steps pending) 2>/dev/null
}

# What differs from the root below: a file that has come back is as it was.
left() {
    local path below kind
    (cd "$root/upper" && find . -mindepth 1 -printf '%P\n') | while IFS= read -r path; do
        below=${beneath%/}/$path
        [[ ! -e $root/image/$path && ! -L $root/image/$path ]] || below=$root/image/$path
        if [[ -c $root/upper/$path ]]; then
            [[ ! -e $below && ! -L $below ]] || printf 'gone: %s\n' "$path"
        elif [[ -d $root/upper/$path && -d $below ]]; then
            kind='%a %u %g'
            [[ $(stat -c "$kind" "$root/merged/$path") == $(stat -c "$kind" "$below") ]] || printf 'rights: %s\n' "$path"
        elif [[ -f $root/upper/$path && -f $below ]]; then
            kind='%a %u %g %Y'
            [[ $(stat -c "$kind" "$root/upper/$path") == $(stat -c "$kind" "$below") ]] || printf 'times: %s\n' "$path"
            cmp -s "$root/upper/$path" "$below" || printf 'other: %s\n' "$path"
        else
            printf 'new: %s\n' "$path"
        fi
    done
}

same() {
    local what=$1 before=$2 after=$3
    [[ $before == "$after" ]] || {
        problem "$what"
        diff <(printf '%s\n' "$before") <(printf '%s\n' "$after") | sed 's/^/    | /' || true
    }
}

says() {
    grep -qF -- "$1" "$root/said" || {
        problem "nothing said: $1"
        sed 's/^/    | /' "$root/said"
    }
}

has_file() {
    local found
    found=$(cat "$root/merged$1" 2>/dev/null) || true
    [[ $found == "$2" ]] || problem "$1 has: $found"
}

log_of() {
    cat "$root/stub/state/log"
}

# The script that a platform makes: build FILE [FROM TO]..
build() {
    local source=$work/platform/main.pl text
    mkdir -p "$work/platform"
    text=$(<"$here/plans/$1")
    shift
    while (($# > 1)); do
        [[ $text == *"$1"* ]] || problem "the plan has no $1"
        text=${text//"$1"/"$2"}
        shift 2
    done
    printf '%s\n' "$text" >"$source"
    rm -rf "$work/out"
    "$platc" build "$source" -o "$work/out/" >"$work/said" 2>&1 || {
        problem 'the platform can not be built'
        cat "$work/said"
    }
    built=$work/out/lab/nodes/cp-1.sh
}

use() {
    cp "$built" "$root/stub/script"
}
