//! The guestbook: a web front and a store with one writer and two readers, as raw objects of Kubernetes.

import std/metallb

let store = 6379

/// Labels by which the objects of one part find each other.
fn labels(part: Name) -> {String: String} = { app: "guestbook", part: part }

/// The pods of one part of the store.
fn store-pods(part: Name, arguments: [String]) -> k8s.PodTemplateSpec = k8s.PodTemplateSpec {
  metadata.labels: labels(part)
  spec: {
    securityContext: { runAsNonRoot: true, runAsUser: 999, seccompProfile.type: "RuntimeDefault" }
    containers store {
      image: "docker.io/library/redis:7.4.1"
      args: arguments
      ports: [{ name: "redis", containerPort: store }]
      resources: { requests: { cpu: 100m, memory: 100MiB }, limits.memory: 200MiB }
      readinessProbe: { tcpSocket.port: "redis", periodSeconds: 5 }
    }
  }
}

cluster lab {
  kubernetes: "1.34"

  namespace metallb-system {
    metallb.IPAddressPool lan { spec.addresses: ["192.168.1.200-192.168.1.220"] }
    metallb.L2Advertisement lan { spec.ipAddressPools: ["lan"] }
  }

  namespace guestbook {
    labels: { "pod-security.kubernetes.io/enforce": "baseline" }

    k8s.ConfigMap front {
      data: {
        LEADER: "leader.guestbook.svc.cluster.local:\(store)"
        FOLLOWER: "follower.guestbook.svc.cluster.local:\(store)"
      }
    }

    k8s.Deployment leader {
      spec: {
        replicas: 1
        strategy.type: "Recreate"
        selector.matchLabels: labels("leader")
        template: store-pods("leader", [])
      }
    }
    k8s.Deployment follower {
      spec: {
        replicas: 2
        selector.matchLabels: labels("follower")
        template: store-pods("follower", ["--replicaof", "leader", "\(store)"])
      }
    }

    for part in ["leader", "follower"] {
      k8s.Service "\(part)" {
        spec: {
          selector: labels(Name(part))
          ports: [{ name: "redis", port: store, targetPort: "redis" }]
        }
      }
    }

    k8s.Deployment front {
      spec: {
        replicas: 3
        selector.matchLabels: labels("front")
        template: {
          metadata.labels: labels("front")
          spec: {
            containers front {
              image: "ghcr.io/example/guestbook:5.0.1"
              envFrom: [{ configMapRef.name: namespace.configmap.front.metadata?.name }]
              ports: [{ name: "http", containerPort: 8080 }]
              resources: { requests: { cpu: 100m, memory: 100MiB }, limits.memory: 200MiB }
              livenessProbe: { httpGet: { path: "/healthz", port: "http" }, initialDelaySeconds: 5 }
              volumeMounts "/tmp" { name: "scratch" }
            }
            volumes scratch { emptyDir.sizeLimit: 64MiB }
          }
        }
      }
    }
    k8s.Service front {
      metadata.annotations: { "metallb.io/address-pool": "lan" }
      spec: {
        type: "LoadBalancer"
        selector: labels("front")
        ports: [{ name: "http", port: 80, targetPort: "http" }]
      }
    }

    // Only the front reaches the store.
    k8s.NetworkPolicy store {
      spec: {
        podSelector.matchExpressions: [{
          key: "part"
          operator: "In"
          values: ["leader", "follower"]
        }]
        policyTypes: ["Ingress"]
        ingress: [{
          from: [{ podSelector.matchLabels: { app: "guestbook" } }]
          ports: [{ protocol: "TCP", port: store }]
        }]
      }
    }
  }
}

test "the store listens where the front looks for it" {
  let front = lab.namespace.guestbook.configmap.front.data ?? {}
  assert front["LEADER"].ends-with(":\(store)")
  assert lab.namespace.guestbook.object-service.leader.spec?.ports != null
}

test "a kind of long ago is refused" {
  expect error "object/not-served" in {
    cluster old {
      kubernetes: "1.34"
      namespace x { object i { apiVersion: "extensions/v1beta1", kind: "Ingress" } }
    }
  }
}
