//! Anton: three mini PCs that run Talos, and Flux, which brings everything on them. `kubernetes/apps` holds it as this builds it.

import std/cilium
import std/cloudflared
import std/externaldns
import std/externalsecrets as eso
import std/flux
import std/k8sgateway
import std/kubeai
import std/localpath
import std/metricsserver
import std/nginx
import std/onepassword
import std/prometheus
import std/talos

/// Not given in the document.
let domain: Hostname = "example.net"

cluster anton {
  // Given is Flux 2.5.1, which was never tried beyond Kubernetes 1.33.
  kubernetes: "1.33.4"
  distribution: talos.Talos {
    version: "1.13.9"
    // No machine is a mere worker.
    schedule-on-control-planes: true
    schematic: talos.Schematic { extensions: ["siderolabs/i915", "siderolabs/intel-ucode"] }
  }
  cni: cilium.Cilium { version: "1.18.6", replace-kube-proxy: true }
  // Cilium announces addresses itself, and gives them from the pools.
  balancer: Balancer {}
  delivery: flux.Flux {
    version: "2.5.1"
    repository: "https://github.com/example/anton"
    within: ""
  }
  ingress-class: "internal"

  network {
    nodes: 192.168.1.0/24
    gateway: 192.168.1.1
    dns-servers: [192.168.1.1]
    vip: 192.168.1.97
    pods: 10.42.0.0/16
    services: 10.43.0.0/16
    pool lan { range: 192.168.1.200..192.168.1.220 }
  }

  // k8s-1 is .98, k8s-2 is .99, k8s-3 is .100.
  for n in 1..3 {
    host "k8s-\(n)": talos.Machine {
      address: 192.168.1.97 + n
      role: "control-plane"
      cpu: 20
      memory: 96GiB
      disk: 1TiB
      install-disk: "/dev/nvme0n1"
      mac: Mac("58:47:ca:00:00:0\(n)")
    }
  }
  storage local-path { default: true, on-host: true }

  namespace flux-system {
    labels: { "pod-security.kubernetes.io/enforce": "restricted" }
    isolate: false
    // What GitHub tells of a push.
    secret webhook {
      key token {}
      provider: onepassword.Item { path: "vaults/Homelab/items/flux-webhook" }
    }
    flux.Receiver github {
      spec: {
        type: "github"
        events: ["ping", "push"]
        secretRef.name: "webhook"
        resources: [{ kind: "GitRepository", name: "flux-system", namespace: "flux-system" }]
      }
    }
  }

  namespace kube-system {
    isolate: false
    cilium.Agent cilium { announce: true, early: true }
    metricsserver.MetricsServer metrics-server {}
  }

  namespace external-secrets {
    // Both of them: items by the operator of 1Password, everything else by External Secrets from the same vaults.
    secret connect { key credentials { remote: "1password-credentials.json" }, key token {} }
    eso.Operator external-secrets {}
    onepassword.Connect onepassword {
      credentials: namespace.secret.connect.key.credentials
      token: namespace.secret.connect.key.token
    }
    eso.ClusterSecretStore onepassword {
      spec.provider.onepassword: {
        connectHost: "http://\(cluster.namespace.external-secrets.release.onepassword.api.host):8080"
        vaults: { Homelab: 1 }
        auth.secretRef.connectTokenSecretRef: {
          name: "connect"
          key: "token"
          namespace: "external-secrets"
        }
      }
    }
  }

  namespace storage {
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    localpath.Provisioner local-path-provisioner { default: true }
  }

  namespace network {
    secret cloudflare {
      key api-token {}
      key tunnel-token {}
      provider: onepassword.Item { path: "vaults/Homelab/items/cloudflare" }
    }
    nginx.Controller internal { default: true, address: cluster.network.pool.lan.first }
    @allow(
      "version/retired",
      "the platform is written for ingress-nginx; a gateway is to follow it",
    )
    nginx.Controller external { public: true, address: cluster.network.pool.lan.first + 1 }
    k8sgateway.Gateway k8s-gateway { domain: domain, address: cluster.network.pool.lan.first + 2 }
    externaldns.ExternalDns external-dns {
      provider: externaldns.Cloudflare {
        token: namespace.secret.cloudflare.key.api-token
        proxied: true
      }
      class: "external"
      domains: [domain]
    }
    cloudflared.Tunnel cloudflared { token: namespace.secret.cloudflare.key.tunnel-token }
  }

  namespace monitoring {
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    secret grafana {
      key admin-user {}
      key admin-password {}
      provider: onepassword.Item { path: "vaults/Homelab/items/grafana" }
    }
    prometheus.Stack prometheus { admin: namespace.secret.grafana }
  }

  namespace kubeai {
    kubeai.KubeAI kubeai {}
  }

  // An application as the document adds one: a directory with `ks.yaml` and `app/`, reached through the class `internal`.
  namespace default {
    service echo {
      image: "ghcr.io/mendhak/http-https-echo:37"
      port http: 8080
      resources { cpu: 10m, memory: 64MiB }
      env { HTTP_PORT: "8080" }
      expose web: Ingress { host: "echo.\(domain)" }
    }
  }
}

test "what is critical is looked at often" {
  let kustomizations = anton.all(flux.Flux).first().kustomization
  assert kustomizations.kube-system-cilium.spec?.interval == 5m
  assert kustomizations.default-echo.spec?.interval == 1h
}

test "what is not said to be for everybody is for the house" {
  assert anton.all(Ingress).first().class == "internal"
}

test "a machine in the pool is caught" {
  expect error "pool/taken" in {
    cluster c: anton with { host k8s-1 { address: 192.168.1.200 } }
  }
}
