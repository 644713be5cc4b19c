#!/usr/bin/env bash
# The whole platform with one command; run again, it goes on where it stopped.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)
"$here/cluster.sh" up --no-apply
export KUBECONFIG=${PLATC_STATE:-${XDG_STATE_HOME:-$HOME/.local/state}/platc/k3d/laptop}/kubeconfig
"$here/secrets.sh"
"$here/operate.sh" bootstrap
"$here/operate.sh" access
