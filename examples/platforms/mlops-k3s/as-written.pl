//! The platform as its document wrote it. What has no defect is left out.

import std/argocd
import std/calico
import std/dashboard
import std/k3s
import std/kserve
import std/metallb

// "Platform Services Access"
output access: {
  argocd: "http://192.168.1.10:30080"
  dashboard: "http://192.168.1.10:30443"
}

cluster prod {
  // Calico in place of Flannel, MetalLB in place of what k3s brings; neither was left out.
  distribution: k3s.K3s {
    version: "1.36.2+k3s1"
    flannel-backend: "vxlan"
    disable-network-policy: false
  }
  // The sample of Calico has this pool: the hosts stand in it.
  cni: calico.Calico { pods: 192.168.0.0/16 }
  balancer: metallb.MetalLB {}
  network { nodes: 192.168.1.0/24 }
  host cp-1 {
    address: 192.168.1.10
    role: "control-plane"
    os: "ubuntu"
    cpu: 4
    memory: 26GiB
  }

  namespace metallb-system {
    // "192.168.1.200-250 range (configurable)"
    metallb.IPAddressPool lan { spec.addresses: ["192.168.1.200-250"] }
    metallb.L2Advertisement lan { spec.ipAddressPools: ["lan"] }
  }

  // KServe "requires Istio", which is "optional", and takes its certificate from somebody whom nobody names.
  namespace kserve {
    kserve.Kinds kserve-kinds {}
    kserve.KServe kserve { domain: "models.example.net", class: "istio" }
  }

  namespace argocd {
    argocd.ArgoCd argocd { node-port: 30080 }
  }
  namespace kubernetes-dashboard {
    dashboard.Dashboard kubernetes-dashboard { node-port: 30443 }
  }

  // The key to the cluster, as people were told to use it.
  namespace docs {
    config access {
      data: { "README": "export KUBECONFIG=/tmp/k3s-kubeconfig.yaml\nkubectl get nodes\n" }
    }
  }

  // After the migration: no label, and names by UDP only.
  namespace financial-ml {
    service scorer {
      image: "ghcr.io/example/scorer:1.4.0"
      port http: 8080
      resources { cpu: 500m, memory: 1GiB }
      policy: null
      uses: [cluster.namespace.mlflow.service.mlflow-server.port.http]
    }
    k8s.NetworkPolicy ml {
      spec: {
        podSelector: {}
        policyTypes: ["Egress"]
        egress: [
          {
            to: [{ namespaceSelector.matchLabels: { name: "kube-system" } }]
            ports: [{ protocol: "UDP", port: 53 }]
          },
          { to: [all-of("mlflow")] },
        ]
      }
    }
  }
  // The second of `seldon_ml_namespaces`, which nobody made.
  k8s.NetworkPolicy ml {
    metadata.namespace: "new-ml-project"
    spec: { podSelector: {}, policyTypes: ["Ingress"] }
  }
  namespace mlflow {
    service mlflow-server {
      image: "ghcr.io/example/mlflow:3.3.2"
      port http: 5000
      resources { cpu: 250m, memory: 1GiB }
    }
  }
}
