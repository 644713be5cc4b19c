#!/usr/bin/env bash
# Drives the `cluster.sh` of a built platform in k3d. $PLATC is the compiler.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=conformance/nodes/operator/harness.sh
. "$here/harness.sh"

cat >"$work/main.pl" <<'END'
import std/k3d
cluster laptop {
  distribution: k3d.K3d { version: "1.34.1+k3s1", agent-nodes: 2, map: [{ host: 8080, to: 80 }, { host: 30443, to: 30443 }] }
  k8s.CustomResourceDefinition things {
    metadata.name: "things.example.com"
    spec: {
      group: "example.com"
      names: { kind: "Thing", plural: "things" }
      scope: "Namespaced"
      versions: [{ name: "v1", served: true, storage: true, schema.openAPIV3Schema: { type: "object" } }]
    }
  }
  artifact "notes-of-mine.yaml" { yaml: { size: 3 } }
  namespace web {
    secret db { key password {} }
    service shop {
      image: "ghcr.io/example/shop:1.4.2"
      port http: 8080
      env { PASSWORD: namespace.secret.db.key.password }
      expose front: Ingress { host: "shop.localhost" }
      expose direct: NodePort { number: 30443 }
    }
    release tool {
      chart: "tool"
      repository: "https://example.com/charts"
      version: "1.0.0"
      access page { url: "http://tool.localhost:8080/", credentials: namespace.secret.db }
    }
  }
}
END
"$PLATC" build "$work/main.pl" -o "$work/out/" >/dev/null
script=$work/out/laptop/cluster.sh
export PLATC_STATE=$work/state PLATC_DEADLINE=2 PLATC_PAUSE=1
fresh() { world; mkdir -p "$WORLD/unready"; rm -rf "$PLATC_STATE"; }
count() { touch "$WORLD/calls"; grep -cE -- "$1" "$WORLD/calls" || true; }

case_of "shellcheck"
checked "$script"

case_of "help and wrong use"
fresh
expect 0 "$script" --help
says "prints the access table"
expect 2 "$script"
expect 2 "$script" frobnicate
expect 2 "$script" --frobnicate up

case_of "a dry run changes nothing"
fresh
expect 0 "$script" --dry-run up
says "would run: k3d cluster create"
said=$(grep -vE '^(SERVICE|web/|https?:)' <<<"$said")
would
is "$(count 'create|start|apply')" 0
is "$([ -e "$PLATC_STATE" ] && echo there)" ""

case_of "up, once and again"
fresh
echo 1 >"$WORLD/reluctant"
expect 1 "$script" up
says "applying"
expect 0 "$script" up
is "$(count 'k3d cluster create')" 1
is "$(count 'k3d cluster start')" 1
is "$(stat -c %a "$PLATC_STATE/kubeconfig")" 600
is "$(sed -n '1s/.*\///p' "$WORLD/applied")" namespace-web.yaml
is "$(sed -n '2s/.*\///p' "$WORLD/applied")" customresourcedefinition-things.example.com.yaml
is "$(grep -c 'notes-of-mine\|k3d.yaml' "$WORLD/applied" || true)" 0
is "$(grep -c deployment-shop "$WORLD/applied")" 1
says "http://shop.localhost:8080/"
says "http://localhost:30443"
says "secret web/db"
says "http://tool.localhost:8080/"

case_of "images that were collected are not pulled"
mkdir -p "$work/out/laptop/nodes/files/images"
echo layers >"$work/out/laptop/nodes/files/images/shop.amd64.tar"
expect 0 "$script" up
is "$(count 'k3d image import --cluster laptop .*/shop.amd64.tar')" 1

case_of "a node that never gets ready"
touch "$WORLD/unready/two"
expect 6 "$script" up
says "3 nodes to be ready"
expect 3 "$script" status
says "fewer than 3 nodes are ready"
rm "$WORLD/unready/two"
expect 0 "$script" status

case_of "down, by its name"
expect 5 "$script" down <<<"desktop"
is "$(count 'k3d cluster delete')" 0
expect 0 "$script" down <<<"laptop"
is "$(count 'k3d cluster delete')" 1
expect 0 "$script" down
expect 3 "$script" status
says "is not there"

case_of "parts are brought by their own script, and nothing else is applied"
sed -e 's/cluster laptop {/cluster laptop {\n  delivery: Plain {}/' "$work/main.pl" >"$work/parts.pl"
"$PLATC" build "$work/parts.pl" -o "$work/parts/" >/dev/null
fresh
cat >"$work/parts/laptop/operate.sh" <<'END'
#!/usr/bin/env bash
echo "operate $* $(basename "$KUBECONFIG")" >>"$WORLD/calls"
[ ! -e "$WORLD/unready/part" ] || exit 5
END
expect 0 "$work/parts/laptop/cluster.sh" up
is "$(grep -c 'operate' "$WORLD/calls")" 1
is "$(grep '^operate' "$WORLD/calls")" "operate bootstrap kubeconfig"
is "$(count 'kubectl .* apply')" 0
touch "$WORLD/unready/part"
expect 5 "$work/parts/laptop/cluster.sh" up
says "operate.sh bootstrap did not come to its end"
expect 0 "$work/parts/laptop/cluster.sh" --no-apply up
expect 0 "$work/parts/laptop/cluster.sh" --dry-run up
says "operate.sh bootstrap"

case_of "the example"
cp -r "$here/../../../examples/laptop" "$work/example"
"$PLATC" build "$work/example/main.pl" -o "$work/built/" >/dev/null
checked "$work/built/laptop/cluster.sh"
checked "$work/built/laptop/fetch.sh"
fresh
expect 0 "$work/built/laptop/cluster.sh" up

finish
