# shellcheck shell=bash disable=SC2154
# What hosts of k3s run, on machines of each family: a server that makes the cluster, and an agent that is handed a token.

k3s_on() {
    local family=$1 firewall=$2 name=$3 service=$4 before key
    machine "k3s-$family-$name" "$family" "$firewall"
    for key in net.bridge.bridge-nf-call-iptables fs.inotify.max_user_watches fs.inotify.max_user_instances; do
        echo 0 >"$root/stub/state/sysctl/$key"
    done
    printf '#!/bin/sh\necho demo\n' >"$root/stub/files/k3s-v1.36.2+k3s1-amd64"
    mkdir -p "$root/stub/files/images"
    printf 'an image' >"$root/stub/files/images/web.amd64.tar"
    printf 'for others' >"$root/stub/files/images/web.arm64.tar"
    build k3s.pl
    built=$work/out/lab/nodes/$name.sh
    use
    if [[ $name != cp-1 ]]; then
        mkdir -p "$root/merged/etc/rancher/k3s"
        (umask 077; echo handed >"$root/merged/etc/rancher/k3s/token")
    fi

    before=$(writes)
    script 3 check
    same 'check writes' "$before" "$(writes)"
    script 0 apply
    [[ $(stat -c %a "$root/merged/etc/rancher/k3s/config.yaml") == 600 ]] || problem 'others read the configuration'
    [[ $(stat -c %a "$root/merged/etc/rancher/k3s/token") == 600 ]] || problem 'others read the token'
    has_file /stub/state/sysctl/net.ipv4.ip_forward 1
    [[ -e $root/module/br_netfilter && -e $root/module/overlay ]] || problem 'a module is missing'
    [[ $(readlink "$root/merged/usr/local/bin/kubectl") == k3s ]] || problem 'there is no kubectl'
    has_file /var/lib/rancher/k3s/agent/images/web.amd64.tar 'an image'
    [[ ! -e $root/merged/var/lib/rancher/k3s/agent/images/web.arm64.tar ]] || problem 'images for others are placed'
    [[ $(ls "$root/stub/state/running") == *"$service"* ]] || problem "$service does not run"
    before=$(writes)
    script 0 apply
    says 'nothing was done'
    same 'the second apply writes' "$before" "$(writes)"
    script 0 check
    # Over a connection, the script is the input.
    env -i PATH=/stub/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root PLATC_OFFLINE=/stub/files \
        chroot "$root/merged" bash -s -- check <"$built" >"$root/said" 2>&1 || problem 'as input, the script says something else'

    # Another value: its file, and its service started again.
    : >"$root/stub/state/log"
    build k3s.pl 'v: 1' 'v: 4'
    built=$work/out/lab/nodes/$name.sh
    use
    script 0 apply
    grep -q '^v: 4$' "$root/merged/etc/rancher/k3s/config.yaml" || problem 'the new value is not there'
    [[ $(grep -c restart "$root/stub/state/log") == 1 ]] || problem "not one restart: $(log_of)"

    # What k3s keeps goes with it.
    mkdir -p "$root/merged/var/lib/rancher/k3s/server/db" "$root/merged/var/lib/kubelet/pods"
    script 0 reset "lab/$name"
    [[ ! -e $root/merged/var/lib/rancher && ! -e $root/merged/var/lib/kubelet ]] || problem 'data of k3s is left'
    [[ ! -e $root/merged/usr/local/bin/k3s && ! -e $root/merged/etc/rancher/k3s/config.yaml ]] || problem 'k3s is left'
    # A token that was handed over was there before.
    [[ $name != cp-1 || ! -e $root/merged/etc/rancher/k3s/token ]] || problem 'a token is left'
    away
}

test_k3s() {
    k3s_on debian ufw cp-1 k3s
    k3s_on debian none w-1 k3s-agent
    k3s_on redhat firewall-cmd cp-1 k3s
    k3s_on suse firewall-cmd w-1 k3s-agent
    k3s_on arch nft cp-1 k3s
    k3s_on alpine none w-1 k3s-agent
}
