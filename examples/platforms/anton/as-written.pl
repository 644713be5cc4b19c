//! Anton as its document wrote it, as far as something is wrong with that.

import std/cilium
import std/flux
import std/onepassword
import std/talos

cluster anton {
  kubernetes: "1.33.4"
  // "All nodes are control-plane": and nothing says that pods may run there.
  distribution: talos.Talos { version: "1.10.5", sets-up-hosts: false }
  cni: cilium.Cilium { version: "1.18.6", replace-kube-proxy: true }
  network {
    nodes: 192.168.1.0/24
    gateway: 192.168.1.1
    vip: 192.168.1.97
    pods: 10.42.0.0/16
    services: 10.43.0.0/16
  }
  for n in 1..3 {
    host "k8s-\(n)" {
      address: 192.168.1.97 + n
      role: "control-plane"
      cpu: 20
      memory: 96GiB
    }
  }

  namespace flux-system {
    isolate: false
    flux.GitRepository flux-system {
      spec: { interval: 1h, url: "https://github.com/example/anton", ref.branch: "main" }
    }
    // The repositories of charts, as `kubernetes/flux/meta/repos` has them.
    flux.OCIRepository app {
      spec: { interval: 1h, url: "oci://ghcr.io/example/charts/app", ref.tag: "1.0.0" }
    }
    flux.Kustomization app {
      spec: {
        targetNamespace: "apps"
        interval: 1h
        retryInterval: 2m
        timeout: 10m
        prune: true
        // It is waited for, and says nothing of when it is ready.
        wait: false
        path: "./kubernetes/apps/apps/app/app"
        sourceRef: { kind: "GitRepository", name: "flux-system", namespace: "flux-system" }
      }
    }
    flux.Kustomization other {
      spec: {
        interval: 1h
        path: "./kubernetes/apps/apps/other/app"
        prune: true
        wait: true
        sourceRef: { kind: "GitRepository", name: "flux-system", namespace: "flux-system" }
        dependsOn: [{ name: "app" }]
      }
    }
  }

  namespace apps {
    isolate: false
    // Pitfall 1: the source is looked for in `apps`.
    flux.Kustomization lost {
      spec: {
        interval: 1h
        path: "./kubernetes/apps/apps/lost/app"
        prune: true
        wait: true
        sourceRef: { kind: "GitRepository", name: "flux-system" }
      }
    }
    // The same of charts; and pitfall 2, for ever.
    flux.HelmRelease app {
      spec: {
        interval: 1h
        chartRef: { kind: "OCIRepository", name: "app" }
        install.remediation.retries: -1
      }
    }
    // "1Password + External Secrets Operator": the item is of neither, but of an operator that nobody installs.
    onepassword.OnePasswordItem app-credentials { spec.itemPath: "vaults/Homelab/items/app-name" }
    // Pitfalls 3 and 4: no resources, and a class that nobody serves.
    k8s.Deployment app {
      spec: {
        selector.matchLabels.app: "app"
        template: {
          metadata.labels.app: "app"
          spec.containers app {
            image: "ghcr.io/example/app:1.0.0"
            ports: [{ name: "http", containerPort: 8080 }]
          }
        }
      }
    }
    k8s.Service app {
      spec: { selector.app: "app", ports: [{ name: "http", port: 80, targetPort: "http" }] }
    }
    k8s.Ingress app {
      spec: {
        ingressClassName: "internal"
        rules: [{
          host: "app.example.net"
          http.paths: [{
            path: "/"
            pathType: "Prefix"
            backend.service: { name: "app", port.name: "http" }
          }]
        }]
      }
    }
    // The namespace of the storage is named, and declared nowhere.
    k8s.ConfigMap local-path-config { metadata.namespace: "storage", data: { "config.json": "{}" } }
  }
}
