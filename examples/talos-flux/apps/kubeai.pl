//! Models that answer questions.

import "../main.pl" as platform

extend platform.repository {
  namespace kubeai {
    app kubeai {
      chart { url: "oci://ghcr.io/example/charts/kubeai", version: "0.21.0" }
      values: { resources: { requests: { cpu: 500m, memory: 2GiB } } }
      needs: [platform.repository.namespace.network.app["ingress-internal"]]
    }
  }
}
