#!/usr/bin/env bash
# The whole platform with one command; run again, it goes on where it stopped.
set -euo pipefail
here=$(cd -- "$(dirname -- "$0")" && pwd)
"$here/cluster.sh" up --skip-manifests
export KUBECONFIG=$HOME/.kube/vm.yaml
"$here/secrets.sh"
"$here/operate.sh" bootstrap
"$here/operate.sh" access
