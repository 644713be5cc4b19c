//! Anton: three mini PCs, Talos and Flux.

import std/cilium
import std/flux
import std/metallb
import std/nginx
import std/talos

let domain = "example.net"

cluster anton {
  kubernetes: "1.34.2"
  distribution: talos.Talos {
    version: "1.13.9"
    schedule-on-control-planes: true
    schematic: talos.Schematic { extensions: ["siderolabs/intel-ucode", "siderolabs/iscsi-tools"] }
    // Huge pages for the database.
    patch: { machine: { sysctls: { "vm.nr_hugepages": "1024" } } }
  }
  cni: cilium.Cilium { version: "1.18.6", replace-kube-proxy: true }
  balancer: metallb.MetalLB { version: "0.15.2" }
  delivery: flux.Flux { repository: "https://github.com/example/anton", path: "kubernetes" }

  network {
    nodes: 192.168.1.0/24
    gateway: 192.168.1.1
    vip: 192.168.1.97
    dns-servers: [192.168.1.1]
    pods: 10.42.0.0/16
    services: 10.43.0.0/16
    pool lan { range: 192.168.1.200..192.168.1.220 }
  }

  for n in 1..3 {
    host "k8s-\(n)": talos.Machine {
      address: 192.168.1.97 + n
      mac: Mac("aa:bb:cc:00:00:0\(n)")
      install-disk: "/dev/nvme0n1"
      role: "control-plane"
      cpu: 20
      memory: 96GiB
    }
  }
  storage local { default: true, on-host: true }

  namespace kube-system {
    // No node is ready without it, so it comes before who delivers.
    cilium.Agent cilium { early: true }
  }

  namespace metallb-system {
    release metallb {
      chart: "metallb"
      repository: "https://metallb.github.io/metallb"
      version: "0.15.2"
    }
  }

  namespace network {
    nginx.Controller internal {
      version: "4.13.0"
      default: true
      address: cluster.network.pool.lan.first
    }
    @allow("version/retired", "the house is written for ingress-nginx; a gateway is to follow it")
    nginx.Controller external {
      version: "4.13.0"
      public: true
      address: auto
    }
  }

  namespace web {
    service shop {
      image: "ghcr.io/example/shop:1.4.2"
      replicas: 3
      port http: 8080
      resources { cpu: 250m, memory: 256MiB }
      env { DATABASE_HOST: cluster.namespace.data.service.postgres.hostname }
      uses: [cluster.namespace.data.service.postgres.port.sql]
      expose web: Ingress {
        host: "shop.\(domain)"
        port: service.port.http
        class: "internal"
      }
    }
  }

  namespace data {
    secret database { key password {} }
    service postgres {
      image: "docker.io/library/postgres:17.6"
      user: 999
      port sql: 5432
      volume data { size: 50GiB, mount: "/var/lib/postgresql/data" }
      scratch run { mount: "/var/run/postgresql" }
      resources { cpu: 1, memory: 2GiB }
      env { POSTGRES_PASSWORD: namespace.secret.database.key.password }
    }
  }
}

test "the shop's pods are known to its database" {
  assert anton.namespace.data.service.postgres.port.sql.target == 5432
  assert anton.namespace.web.service.shop.deployment?.spec?.replicas == 3
}

test "a wrong pool is caught" {
  expect error "net/overlap" in {
    cluster c: anton with { network.services: 192.168.1.0/24 }
  }
}
