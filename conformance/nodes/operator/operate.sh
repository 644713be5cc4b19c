#!/usr/bin/env bash
# Drives the `operate.sh` of built platforms against clusters that are files. $PLATC is the compiler.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=conformance/nodes/operator/harness.sh
. "$here/harness.sh"
export PATH=$here/stub/cluster:$PATH PLATC_DEADLINE=1 PLATC_PAUSE=1

platform() {
  case $1 in flux*) echo 'import std/flux' ;; esac
  cat <<END
cluster lab {
  delivery: $1
  namespace base {
    release store { chart: "store", repository: "https://example.com/charts", version: "1.2.3", values: { size: "'; touch pwned; '\$(id)" }, early: $2 }
    secret login { key password {} }
  }
  namespace web {
    service shop {
      image: "ghcr.io/example/shop:1.0.0"
      port http: 8080
      resources { cpu: 100m, memory: 64MiB }
      after: [cluster.namespace.base.release.store]
      volume data { size: 1GiB, mount: "/data" }
      access page { url: "https://shop.example.com/" }
    }
    release tool { chart: "tool", repository: "oci://ghcr.io/example/charts", version: "2.0.0", after: [namespace.service.shop] }
  }
}
END
}

build() {
  platform "$1" "$2" >"$work/$3.pl"
  "$PLATC" build "$work/$3.pl" -o "$work/$3/" >/dev/null
  script=$work/$3/lab/operate.sh
  export TREE=$work/$3/lab
}
calls() { touch "$WORLD/calls"; grep -E -- "$1" "$WORLD/calls" || true; }
count() { calls "$1" | wc -l | tr -d ' '; }

build 'Plain {}' false plain

case_of "shellcheck"
checked "$script"

case_of "help and wrong use"
world
expect 0 "$script" --help
says "bootstrap status"
expect 2 "$script"
expect 2 "$script" frobnicate
expect 2 "$script" deploy nobody
says "there is no part nobody"
expect 2 "$script" logs
is "$(count .)" 0

case_of "what there is"
world
expect 0 "$script" parts
says "base-store"
expect 0 "$script" access
says "https://shop.example.com/"
says "CREDENTIALS"
is "$(count .)" 0

case_of "a dry run changes nothing"
world
expect 0 "$script" --dry-run deploy
says "would run: helm upgrade --install store --repo https://example.com/charts store --version 1.2.3"
says "would bring base-store"
would
is "$(count ' apply |helm')" 0

case_of "everything, in the order of what it needs"
world
expect 0 "$script" deploy
is "$(calls 'apply .*-k|^helm upgrade' | sed 's/ --values.*//; s/.*manifests/manifests/' | tr '\n' ';')" \
  "helm upgrade --install store --repo https://example.com/charts store --version 1.2.3 --namespace base --create-namespace;manifests/web/shop;helm upgrade --install tool oci://ghcr.io/example/charts/tool --version 2.0.0 --namespace web --create-namespace;"
is "$(calls ' -f ' | head -n 1 | sed 's/.*manifests/manifests/')" manifests/base/namespace.yaml
is "$([ -e "$work/pwned" ] || [ -e pwned ] && echo there)" ""

case_of "a part brings what it needs, and nothing else; alone where that is asked for"
world
expect 0 "$script" deploy web-shop
is "$(count '^helm upgrade')" 1
is "$(count 'install tool')" 0
world
expect 0 "$script" --only deploy web-shop
is "$(count '^helm upgrade')" 0

case_of "a part by the name that it has in its namespace"
world
expect 0 "$script" --only deploy shop
is "$(calls 'apply .*-k' | sed 's/.*manifests/manifests/')" manifests/web/shop
expect 2 "$script" --only deploy sho
says "there is no part sho"

case_of "what is watched is waited for"
world
expect 0 "$script" --watch status shop
mkdir -p "$WORLD/unready"
touch "$WORLD/unready/web"
expect 6 env PLATC_DEADLINE=5 "$script" --watch status shop
says "again"

case_of "what does not come up in time is said"
world
mkdir -p "$WORLD/unready"
touch "$WORLD/unready/web"
expect 6 "$script" deploy web-shop
says "waited 1 second for web-shop to be ready"
expect 3 "$script" status
says "waiting Deployment/app has 0 of 2"

case_of "an API that does not answer is one line, and nobody waits for it who changes nothing"
world
touch "$WORLD/down"
for command in status test sync 'deploy web-shop' 'logs web-shop'; do
  # Words of a command.
  # shellcheck disable=SC2086
  expect 1 "$script" $command
  says "the API of lab does not answer"
  is "$(wc -l <<<"$said")" 2
done
is "$(count .)" "$(count ' version ')"
expect 0 "$script" --dry-run bootstrap
would
says "what is done already is not known"
says "would ask the API until it answers"
says "would run: kubectl apply"
says "kubectl -n base create secret generic login"
expect 0 "$script" --dry-run deploy
would
is "$(count .)" "$(count ' version ')"

case_of "nothing is paused where nothing goes by itself"
world
expect 5 "$script" pause web-shop

case_of "what runs and what answers"
world
mkdir -p "$WORLD/internet"
expect 0 "$script" deploy
expect 3 "$script" test
says "ok    web-shop"
is "$(grep -c '^ok    https' <<<"$said" || true)" 0
touch "$WORLD/internet/https___shop.example.com_"
expect 0 "$script" test
says "ok    https://shop.example.com/"

case_of "a chart that is not installed is missing"
rm -rf "$WORLD/helm"
expect 3 "$script" status base-store
says "its chart is not installed"

case_of "what others need stays"
world
expect 5 "$script" uninstall web-shop
says "web-tool needs web-shop"
expect 0 "$script" uninstall web-tool
is "$(calls '^helm uninstall' | sed 's/ --ignore.*//')" "helm uninstall tool --namespace web"

case_of "everything goes, and claims stay"
world
expect 5 "$script" teardown </dev/null
is "$(count ' delete ')" 0
expect 0 "$script" teardown <<<lab
is "$(count ' delete .*Deployment/shop')" 1
is "$(count ' delete .*PersistentVolumeClaim')" 0
is "$(calls '^helm uninstall' | sed 's/ --namespace.*//' | tr '\n' ';')" "helm uninstall tool;helm uninstall store;"
world
expect 0 "$script" --dry-run teardown </dev/null
would
is "$(count ' delete |^helm uninstall')" 0

case_of "what must be there before anything else comes first, and reads so"
build 'Plain {}' true early
world
expect 0 "$script" parts
is "$(sed -n '2s/ *\([^ ]*\) *\([^ ]*\) .*/\1 \2/p' <<<"$said")" "early base-store"
expect 0 "$script" bootstrap early
is "$(calls '^helm upgrade|apply .*-k' | sed 's/ --repo.*//')" "helm upgrade --install store"
expect 0 "$script" bootstrap early
is "$(count '^helm upgrade')" 1
expect 2 "$script" bootstrap late

build 'flux.Flux { repository: "https://github.com/example/lab" }' true flux

case_of "Flux: shellcheck"
checked "$script"

case_of "Flux: the first time, step by step, and again"
world
expect 0 "$script" --dry-run bootstrap
would
is "$(count ' apply |^helm|^flux')" 0
expect 0 "$script" bootstrap status
says "not yet  who delivers (flux)"
is "$(count ' apply |^helm|^flux')" 0
expect 5 "$script" bootstrap
says "kubectl -n base create secret generic login --from-file=password=FILE"
is "$(count '^flux install')" 0
mkdir -p "$WORLD/secrets"
touch "$WORLD/secrets/login"
expect 0 "$script" bootstrap
is "$(count '^flux install --version v2.7.0')" 1
is "$(calls ' apply ' | tail -n 1 | sed 's/.*kubernetes/kubernetes/')" kubernetes/flux/cluster
expect 0 "$script" bootstrap status
case $said in *"not yet"*) wrong "something is not done: $said" ;; esac
before=$(count '^flux|^helm| apply ')
expect 0 "$script" bootstrap
is "$(count '^flux|^helm| apply ')" "$before"

case_of "Flux: a pause takes the release with it"
world
touch "$WORLD/flux"
expect 0 "$script" pause web-tool
is "$(calls ' patch ' | sed 's/ --type.*//' | tr '\n' ';')" \
  "kubectl -n flux-system patch kustomizations.kustomize.toolkit.fluxcd.io/web-tool;kubectl -n web patch helmreleases.helm.toolkit.fluxcd.io/tool;"
is "$(count 'type=merge')" 2
expect 3 "$script" status web-tool
says "paused"
expect 0 "$script" resume web-tool
expect 0 "$script" status web-tool

case_of "Flux: a sync can be asked for twice"
expect 0 "$script" sync web-shop
is "$(count 'annotate --overwrite')" 2

case_of "Flux: what the repository says is changed there"
expect 5 "$script" rollback web-shop
says "git revert"
expect 5 "$script" uninstall web-tool
says "take it out of the platform"

finish
