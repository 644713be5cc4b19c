//! How traffic comes in: from the house, and from the world.

import "../main.pl" as platform

extend platform.repository {
  namespace network {
    for place in ["internal", "external"] {
      app "ingress-\(place)" {
        tier: "critical"
        chart { url: "oci://ghcr.io/example/charts/ingress-nginx", version: "4.12.3" }
        values: { controller: { ingressClass: place, replicas: 2 } }
      }
    }
    app tunnel {
      tier: "core"
      chart { url: "oci://ghcr.io/example/charts/cloudflared", version: "2.1.0" }
      needs: [namespace.app["ingress-external"]]
    }
  }
}
