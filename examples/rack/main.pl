//! A rack: three servers and two agents with k3s, from bare machines on.

import std/k3s
import std/node

cluster rack {
  distribution: k3s.K3s {
    version: "1.36.2+k3s1"
    kube-vip: "ghcr.io/kube-vip/kube-vip:v0.9.2"
    api-from: [192.168.20.0/24]
    agent: { protect-kernel-defaults: true }
    server: { secrets-encryption: true, etcd-snapshot-retention: 14 }
    registries: { mirrors: { "docker.io": { endpoint: ["https://registry.example.net"] } } }
  }

  network {
    nodes: 192.168.20.0/24
    gateway: 192.168.20.1
    vip: 192.168.20.10
    pods: 10.42.0.0/16
    services: 10.43.0.0/16
  }

  for n in 1..3 {
    host "server-\(n)" {
      address: 192.168.20.10 + n
      role: "control-plane"
      os: "debian"
      cpu: 4
      memory: 8GiB
    }
  }
  host agent-1 {
    address: 192.168.20.21
    os: "rocky"
    cpu: 16
    memory: 64GiB
    labels: { "example.net/disk": "fast" }
    // What every other host does, and this one more.
    step scratch: node.Directory { path: "/srv/scratch", mode: 0o750 }
  }
  host agent-2 {
    address: 192.168.20.22
    os: "alpine"
    ssh { user: "admin", port: 2222 }
    cpu: 8
    memory: 32GiB
    // This one counts files by itself.
    step watches: node.Sysctl { key: "fs.inotify.max_user_watches", value: 1048576 }
  }
  namespace shop {
    service web {
      image: "ghcr.io/example/web:1.4.0"
      replicas: 2
      port http { number: 8080 }
      resources: { cpu: 100m, memory: 128MiB }
      expose public: Ingress { host: "shop.example.net" }
    }
  }
}

test "every host gets k3s, and steps of its own" {
  assert rack.host.all((host) => host.step.any((step) => step.name == "binary"))
  assert rack.host.agent-1.step.any((step) => step.name == "scratch")
}
