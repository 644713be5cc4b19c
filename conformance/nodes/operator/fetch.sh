#!/usr/bin/env bash
# Drives the `fetch.sh` of a built platform against an internet of files. $PLATC is the compiler.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
# shellcheck source=conformance/nodes/operator/harness.sh
. "$here/harness.sh"

good=$(printf 'good' | sha256sum)
good=${good%% *}
anything=$(printf 'anything' | sha256sum)
anything=${anything%% *}
cat >"$work/main.pl" <<END
import std/k3d
import std/node
cluster lab {
  distribution: k3d.K3d { version: "1.34.1+k3s1" }
  host one {
    address: 192.168.1.10
    arch: "arm64"
    step tool: node.Binary {
      path: "/usr/local/bin/tool"
      urls: ["https://near.example.net/tool", "https://far.example.net/tool"]
      sha256: "$good"
    }
    step other: node.Binary {
      path: "/usr/local/bin/other"
      urls: ["https://far.example.net/other"]
      sha256: "$anything"
      file: "it's\$(touch pwned)"
    }
  }
  namespace web { service shop { image: "ghcr.io/example/shop:1.4.2", port http: 8080 } }
}
END
"$PLATC" build "$work/main.pl" -o "$work/out/" >/dev/null
script=$work/out/lab/fetch.sh
into=$work/out/lab/nodes/files
count() { touch "$WORLD/calls"; grep -cE -- "$1" "$WORLD/calls" || true; }
put() { printf '%s' "$2" >"$WORLD/internet/$(printf '%s' "$1" | tr '/:' '__')"; }
fresh() {
  world
  mkdir -p "$WORLD/internet"
  rm -rf "$into"
}

case_of "shellcheck"
checked "$script"

case_of "help and wrong use"
fresh
expect 0 "$script" --help
says "2 files and 2 images"
expect 2 "$script" --frobnicate
expect 2 "$script" files one two

case_of "a dry run fetches nothing"
expect 0 "$script" --dry-run
says "would run: curl"
would
is "$(count .)" 0
is "$([ -e "$into" ] && echo there)" ""

case_of "what is wrong or gone is not taken, and is said"
fresh
put https://near.example.net/tool bad
echo 'docker://ghcr.io/example/shop:1.4.2' >"$WORLD/gone"
expect 1 "$script"
says "has another SHA-256"
says "ghcr.io/example/shop:1.4.2 can not be had"
says "3 things that lab needs could not be had"
is "$(ls "$into" "$into/images" | grep -c part || true)" 0
is "$([ -e "$into/tool" ] && echo there)" ""

case_of "the next mirror has it; what is there is not fetched again"
put https://far.example.net/tool good
put https://far.example.net/other anything
rm "$WORLD/gone"
expect 0 "$script"
is "$(cat "$into/tool")" good
is "$(ls "$into/images")" "docker.io_rancher_k3s_v1.34.1-k3s1.arm64.tar
ghcr.io_example_shop_1.4.2.arm64.tar"
before=$(count .)
expect 0 "$script"
is "$(count .)" "$before"
is "$(cat "$into/it's\$(touch pwned)")" anything
[ ! -e pwned ] || wrong "data became a command"

case_of "what was damaged is fetched again"
echo damaged >"$into/tool"
expect 0 "$script" files
is "$(cat "$into/tool")" good

finish
