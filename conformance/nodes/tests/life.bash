# shellcheck shell=bash disable=SC2154
# The life of a machine: checked, applied, changed, taken back.

life() {
    local before
    machine life "$1" "$2"
    build all.pl
    use

    before=$(writes)
    script 3 check
    same 'check writes before the first apply' "$before" "$(writes)"
    script 3 diff
    script 0 status
    same 'diff and status write' "$before" "$(writes)"

    script 0 apply
    has_file /etc/motd 'this is cp-1'
    has_file /etc/demo/config.yaml $'host: cp-1\nlevel: info'
    has_file /etc/hostname cp-1
    has_file /etc/hosts $'127.0.0.1 localhost\n# platc names:block: begin\n10.0.0.11 cp-1.lab\n10.0.0.9 registry.lab\n# platc names:block: end'
    has_file /etc/fstab $'UUID=1 / ext4 defaults 0 1\n# platc swap:swap: UUID=2 none swap sw 0 0'
    has_file /boot/firmware/cmdline.txt 'console=tty1 rootwait cgroup_memory=1 cgroup_enable=memory'
    has_file /etc/sysctl.d/90-platc-forward.conf 'net.ipv4.ip_forward = 1'
    has_file /etc/modules-load.d/platc-bridge.conf br_netfilter
    has_file /usr/local/bin/demo $'#!/bin/sh\necho demo'
    has_file /stub/state/sysctl/net.ipv4.ip_forward 1
    same 'rights' "$(stat -c '%a %U' "$root/merged/"{etc/demo/token,srv/data/deep,usr/local/bin/demo,etc/demo,srv/data})" \
        $'600 root\n750 root\n755 root\n755 root\n755 root'
    [[ $(wc -c <"$root/merged/etc/demo/token") == 32 ]] || problem 'the token has another length'
    [[ $(readlink "$root/merged/srv/current") == data/deep ]] || problem 'the link leads elsewhere'
    [[ -e $root/merged/srv/done ]] || problem 'the command was not run'
    [[ $(ls "$root/stub/state/running") == demo* ]] || problem 'the service does not run'
    [[ -d $root/module/br_netfilter ]] || problem 'the module is not loaded'
    if [[ $1 == redhat ]]; then
        has_file /etc/selinux/config $'SELINUX=permissive\nSELINUXTYPE=targeted'
        has_file /stub/state/selinux/mode Permissive
        has_file /stub/state/selinux/virt_use_nfs on
        has_file /stub/state/selinux/contexts '/srv/data(/.*)? all files system_u:object_r:container_file_t:s0'
    elif [[ $1 == debian ]]; then
        has_file /etc/apparmor.d/platc-profile 'profile demo {}'
        log_of | grep -q '^apparmor_parser -r' || problem 'the profile is not loaded'
    fi

    before=$(writes)
    script 0 apply
    says 'nothing was done'
    same 'the second apply writes' "$before" "$(writes)"
    script 0 check
    script 0 diff
    script 0 status
    same 'check writes after apply' "$before" "$(writes)"

    [[ $2 != nft ]] || started_again
    changed_value
    taken_out
    edited_by_hand

    script 2 reset
    script 0 reset lab/cp-1
    same 'reset leaves something' '' "$(left)"
    [[ $(hostname) == old ]] || problem 'the machine is still called cp-1'
    same 'what reset leaves of services' '' "$(find "$root/stub/state/"{running,enabled,masked,packages} "$root/module" -mindepth 1 -not -name apparmor)"
    has_file /stub/state/sysctl/net.ipv4.ip_forward 0
    same 'what reset leaves of firewalls' '' "$(cat "$root/stub/state/firewall."*)"
    [[ $1 != redhat ]] || same 'what reset leaves of SELinux' $'\nEnforcing\noff' "$(cat "$root/stub/state/selinux/"{contexts,mode,virt_use_nfs} | sed '1s/^Enf/\n&/')"
    cmp -s "$root/stub/state/swaps" "$root/stub/state/swaps.on" || problem 'swap is off'
    script 0 reset lab/cp-1
    away
}

# nftables keeps nothing when the machine starts again, and a service lets in what was let in.
started_again() {
    local before
    before=$(sed 's/ # handle .*//' "$root/stub/state/firewall.now" | sort)
    [[ -n $before ]] || problem 'nobody was let in'
    [[ -e $root/stub/state/enabled/platc-nftables.service ]] || problem 'nothing lets in when the machine starts again'
    : >"$root/stub/state/firewall.now"
    on_machine bash /var/lib/platc/nftables.sh || problem 'nothing is let in again'
    same 'others are let in when the machine starts again' "$before" "$(sed 's/ # handle .*//' "$root/stub/state/firewall.now" | sort)"
    on_machine bash /var/lib/platc/nftables.sh || problem 'letting in twice fails'
    same 'somebody is let in twice' "$before" "$(sed 's/ # handle .*//' "$root/stub/state/firewall.now" | sort)"
    script 0 check
}

# One value that changes changes its files and starts its services again, and nothing else.
changed_value() {
    local before
    before=$(cd "$root/upper" && find . -type f -not -path './var/lib/platc/*' -printf '%p %T@ %i\n' | sort)
    : >"$root/stub/state/log"
    build all.pl 'level: "info"' 'level: "debug"'
    use
    script 3 diff
    says '+level: debug'
    script 0 apply
    same 'another file was written' './etc/demo/config.yaml' \
        "$(diff <(printf '%s\n' "$before") <(cd "$root/upper" && find . -type f -not -path './var/lib/platc/*' -printf '%p %T@ %i\n' | sort) |
            sed -n 's/^> \([^ ]*\).*/\1/p')"
    same 'another service was started again' demo "$(log_of | sed -n 's/.* restart.* \(demo\).*/\1/p; s/rc-service \(demo\) restart/\1/p')"
    script 0 rollback
    has_file /etc/demo/config.yaml $'host: cp-1\nlevel: info'
    script 3 check
    script 0 apply
    has_file /etc/demo/config.yaml $'host: cp-1\nlevel: debug'
}

# What is no longer in the plan is taken back; a step that is about another path is another step.
taken_out() {
    build all.pl 'step motd: node.File { path: "/etc/motd", text: "this is cp-1\n" }' '' '/srv/data/deep' '/srv/other/deep'
    use
    script 3 check
    says '[motd] would be taken back'
    script 0 apply
    has_file /etc/motd 'the old message'
    [[ ! -e $root/merged/srv/data ]] || problem '/srv/data is still there'
    [[ -d $root/merged/srv/other/deep ]] || problem '/srv/other/deep is missing'
    build all.pl
    use
    script 0 apply
    has_file /etc/motd 'this is cp-1'
}

edited_by_hand() {
    printf 'mine\n' >"$root/merged/etc/motd"
    chmod 0666 "$root/merged/etc/demo/config.yaml"
    script 3 check
    says '[motd] /etc/motd has another content'
    says '[config] rights are 666, not 644'
    script 0 apply
    has_file /etc/motd 'this is cp-1'
    script 0 check
}

test_debian() { life debian ufw; }
test_redhat() { life redhat firewall-cmd; }
test_suse() { life suse firewall-cmd; }
test_arch() { life arch nft; }
test_alpine() { life alpine none; }
