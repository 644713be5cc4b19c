//! The first layer of a cell as its document wrote it, as far as something is wrong with that.

import std/cilium
import std/externalsecrets as eso
import std/metallb
import std/talos

cluster l1 {
  kubernetes: "1.32.9"
  distribution: talos.Talos { version: "1.13.9" }
  // From the layer below, with the settings that it has by itself.
  cni: cilium.Cilium { version: "1.18.6", replace-kube-proxy: true }
  network {
    nodes: 192.168.100.0/24
    machines: { pihole: 192.168.100.254 }
    pool lan { range: 192.168.100.220..192.168.100.240 }
  }
  balancer: metallb.MetalLB { version: "0.15.3" }
  host control { address: 192.168.100.11, role: "control-plane", cpu: 4, memory: 8GiB }
  for n in 1..2 {
    host "worker-\(n)" { address: 192.168.100.20 + n, cpu: 8, memory: 16GiB }
  }

  namespace kube-system {
    isolate: false
    // "Update Secrets with real values": files of the repository.
    k8s.Secret proxmox-credentials {
      stringData: {
        token_id: "kubernetes@pve!karpenter"
        token_secret: "CHANGEME"
      }
    }
    k8s.Secret talos-values {
      stringData: { machineToken: "x7k2m9.qp4w8zr1t6y3n5bd" }
    }
    // What is to be done before, on Proxmox.
    k8s.ConfigMap prerequisites {
      data: { "token.sh": "pveum user token add kubernetes@pve karpenter -privsep 0" }
    }
    // Up to ten machines more: nobody says where their addresses come from.
    release karpenter {
      chart: "karpenter-provider-proxmox"
      repository: "oci://ghcr.io/sergelogvinov/charts"
      version: "0.4.1"
    }
  }
  namespace metallb-system {
    labels: { "pod-security.kubernetes.io/enforce": "privileged" }
    layer: 1
    metallb.Controller metallb { version: "0.15.3" }
  }
  namespace ingress-nginx {
    layer: 1
    release nginx {
      chart: "ingress-nginx"
      repository: "https://kubernetes.github.io/ingress-nginx"
      version: "4.14.1"
    }
  }
  namespace external-dns {
    layer: 1
    isolate: false
    service external-dns {
      image: "registry.k8s.io/external-dns/external-dns:v0.17.0"
      arguments: [
        "--source=ingress",
        "--source=service",
        "--provider=pihole",
        "--pihole-server=http://192.168.100.254",
      ]
      asks-api: true
    }
  }
  namespace linkerd {
    layer: 1
    // By the command, which makes certificates of its own that nobody renews.
    release linkerd {
      chart: "linkerd-control-plane"
      repository: "https://helm.linkerd.io/edge"
      version: "2025.12.3"
    }
  }
  namespace external-secrets {
    layer: 1
    eso.Operator external-secrets {
      version: "0.12.1"
      after: [cluster.namespace.vault.release.vault]
    }
    // Vault is of the layer above.
    eso.ClusterSecretStore vault {
      spec.provider.vault: { server: "http://vault.vault.svc:8200", path: "secret", version: "v2" }
    }
  }
  namespace vault {
    layer: 2
    release vault {
      chart: "vault"
      repository: "https://helm.releases.hashicorp.com"
      version: "0.30.0"
    }
  }
}
