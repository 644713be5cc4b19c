#!/usr/bin/env bash
# Drives the `talos.sh` of a built platform against machines that are files. $PLATC is the compiler.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=conformance/nodes/operator/harness.sh
. "$here/harness.sh"

cat >"$work/main.pl" <<'END'
import std/talos
cluster lab {
  kubernetes: "1.36.3"
  distribution: talos.Talos {
    version: "1.13.9"
    schematic: talos.Schematic { extensions: ["siderolabs/iscsi-tools"] }
    patch: { machine: { sysctls: { "vm.nr_hugepages": "1024", "a.b": "'; touch pwned; '$(id)" } } }
  }
  network { nodes: 192.168.1.0/24, gateway: 192.168.1.1, vip: 192.168.1.50 }
  for n in 1..3 { host "cp-\(n)" { address: 192.168.1.10 + n, mac: Mac("aa:bb:cc:dd:ee:0\(n)"), role: "control-plane" } }
  for n in 1..2 { host "w-\(n)" { address: 192.168.1.20 + n } }
}
END
"$PLATC" build "$work/main.pl" -o "$work/out/" >/dev/null
script=$work/out/lab/talos.sh
state=$work/state
export PLATC_STATE=$state PLATC_DEADLINE=1 PLATC_PAUSE=1
fresh() { world; mkdir -p "$WORLD/machines" "$WORLD/versions" "$WORLD/off" "$WORLD/unready"; rm -rf "$state"; }
count() { touch "$WORLD/calls"; grep -cE -- "$1" "$WORLD/calls" || true; }
hostnames() { sed -n 's/^hostname: //p' "$WORLD"/machines/* | sort | tr '\n' ' '; }

case_of "shellcheck"
checked "$script"

case_of "help and wrong use"
fresh
expect 0 "$script" --help
says "bootstrap"
expect 2 "$script"
expect 2 "$script" frobnicate
expect 2 "$script" apply-node
expect 2 "$script" apply-node nobody
says "its hosts are: cp-1 cp-2 cp-3 w-1 w-2"
expect 2 "$script" apply-node cp-1 sometimes
is "$(count apply-config)" 0

case_of "a dry run changes nothing"
fresh
expect 0 "$script" --dry-run bootstrap
says "would run: talosctl gen secrets"
would
is "$([ -e "$state" ] && echo there)" ""
is "$([ -e "$WORLD/calls" ] && cat "$WORLD/calls")" ""

case_of "bootstrap, once and again"
fresh
expect 0 "$script" bootstrap
is "$(hostnames)" "cp-1 cp-2 cp-3 w-1 w-2 "
is "$(cat "$WORLD/etcd")" 192.168.1.11
is "$(count ' bootstrap$')" 1
is "$(count ' --insecure ')" 5
is "$(find "$state" -type f -perm /077 | wc -l)" 0
is "$(stat -c %a "$state")" 700
grep -q '^config endpoint 192.168.1.11 192.168.1.12 192.168.1.13$' "$state/talosconfig" || wrong "talosconfig"
grep -q 'metal-installer/[0-9a-f]\{64\}:v1.13.9' "$WORLD/machines/192.168.1.21" || wrong "no image"
grep -qF "'; touch pwned; '\$(id)" "$WORLD/machines/192.168.1.21" || wrong "no patch"
secret=$(cat "$state/secrets.yaml")
is "$(count SECRET)" 0
! grep -rq SECRET "$work/out" || wrong "a secret in the tree"
expect 0 "$script" bootstrap
is "$(cat "$state/secrets.yaml")" "$secret"
is "$(count ' bootstrap$')" 1
is "$(count ' --insecure ')" 5

case_of "killed before any of its commands, it comes to the same"
# BASH_ENV is read by every bash: only the script itself counts.
cat >"$work/kill" <<'END'
set -T
trap 'case ${0##*/} in talos.sh) PLATC_COUNT=$((${PLATC_COUNT:-0} + 1)); [ "$PLATC_COUNT" -lt "$KILL_AT" ] || kill -9 $$ ;; esac' DEBUG
END
at=40
while :; do
  fresh
  { KILL_AT=$at BASH_ENV=$work/kill "$script" bootstrap >/dev/null 2>&1; } 2>/dev/null && break
  first=$([ -e "$state/secrets.yaml" ] && cat "$state/secrets.yaml" || true)
  expect 0 "$script" bootstrap
  is "$(hostnames)" "cp-1 cp-2 cp-3 w-1 w-2 "
  is "$(cat "$WORLD/etcd")" 192.168.1.11
  [ -z "$first" ] || is "$(cat "$state/secrets.yaml")" "$first"
  is "$(find "$state" -type f -perm /077 | wc -l)" 0
  at=$((at + ${STRIDE:-29}))
done
[ "$at" -gt 200 ] || wrong "nothing was killed"

case_of "two at once"
fresh
mkdir -p "$state"
if command -v flock >/dev/null; then
  (exec 8>"$state/lock"; flock 8; expect 4 "$script" configs; says "another talos.sh")
fi

case_of "a machine that does not answer"
fresh
touch "$WORLD/off/192.168.1.22"
expect 6 "$script" bootstrap
says "w-2 to take its configuration"
is "$(count ' bootstrap$')" 0
rm "$WORLD/off/192.168.1.22"
expect 0 "$script" bootstrap

case_of "apply-node"
expect 0 "$script" apply-node w-1 staged
is "$(count "--nodes 192.168.1.21 apply-config --file $state/machines/w-1.yaml --mode staged")" 1
printf 'secret: patch\n' >"$state/patches/w-1.yaml"
expect 0 "$script" apply-node w-1
grep -q 'secret: patch' "$WORLD/machines/192.168.1.21" || wrong "the operator's patch"

case_of "upgrade-node: one at a time, and only where all else is well"
echo v1.13.0 >"$WORLD/versions/192.168.1.12"
touch "$WORLD/sick"
expect 5 "$script" upgrade-node cp-2
says "etcd is not well"
rm "$WORLD/sick"
touch "$WORLD/unready/w-1"
expect 5 "$script" upgrade-node cp-2
says "not all nodes besides cp-2"
rm "$WORLD/unready/w-1"
touch "$WORLD/off/192.168.1.13"
expect 5 "$script" upgrade-node cp-2
says "cp-3 does not answer"
rm "$WORLD/off/192.168.1.13"
is "$(count ' upgrade ')" 0
expect 5 "$script" upgrade-k8s
says "cp-2 does not run Talos v1.13.9"
touch "$WORLD/unready/cp-2"
expect 6 "$script" upgrade-node cp-2
rm "$WORLD/unready/cp-2"
is "$(cat "$WORLD/versions/192.168.1.12")" v1.13.9
expect 0 "$script" upgrade-node cp-2
says "runs v1.13.9 already"
expect 0 "$script" upgrade-k8s
is "$(cat "$WORLD/kubernetes")" 1.36.3

case_of "status"
expect 0 "$script" status
touch "$WORLD/off/192.168.1.22"
expect 3 "$script" status
says "does not answer"
rm "$WORLD/off/192.168.1.22"

case_of "a dry run of each command reads as one"
for command in 'configs' 'apply-node w-1' 'upgrade-node cp-2' 'upgrade-k8s' 'reset' 'reset w-1'; do
  # Words of a command.
  # shellcheck disable=SC2086
  expect 0 env PLATC_AGAIN=yes "$script" --dry-run $command
  would
done

case_of "reset, by the name of the cluster"
expect 5 "$script" reset <<<"lap"
expect 2 "$script" reset nobody <<<"lab"
is "$([ -e "$WORLD/wiped" ] && cat "$WORLD/wiped")" ""
expect 0 "$script" reset <<<"lab"
is "$(cat "$WORLD/wiped")" "192.168.1.21 graceful=true
192.168.1.22 graceful=true
192.168.1.13 graceful=true
192.168.1.12 graceful=true
192.168.1.11 graceful=false"
is "$([ -e "$state/bootstrapped" ] && echo there)" ""
[ ! -e pwned ] || wrong "data became a command"

case_of "the example"
cp -r "$here/../../../examples/anton" "$work/example"
"$PLATC" build "$work/example/main.pl" -o "$work/built/" >/dev/null
checked "$work/built/anton/talos.sh"
checked "$work/built/anton/fetch.sh"
fresh
expect 0 "$work/built/anton/talos.sh" bootstrap

finish
