//! A homelab: three machines, k3s, and the services that the household uses.

import "./k3s.pl" as k3s

/// Everything in the house ends in this.
let domain: Hostname = "home.example.net"

output home: k3s.Cluster {
  version: "1.33.5+k3s1"

  network {
    nodes: 192.168.1.0/24
    gateway: 192.168.1.1
    // The router's DHCP leaves these alone; they become the addresses of load balancers.
    pool: 192.168.1.200..192.168.1.220
  }

  host control {
    address: 192.168.1.10
    role: "server"
    cpu: 4
    memory: 16GiB
  }
  for n in 1..2 {
    host "worker-\(n)" {
      address: 192.168.1.10 + n
      cpu: 8
      memory: 32GiB
    }
  }

  service photos {
    image: "ghcr.io/example/photos:1.98.2"
    host: "photos.\(domain)"
    port: 2283
    cpu: 2
    memory: 4GiB
    storage: 500GiB
  }
  service music {
    image: "docker.io/example/music:0.52.5"
    host: "music.\(domain)"
    port: 4533
  }
  // Name resolution must work when nothing else does: it has an address of its own.
  service names {
    image: "docker.io/example/names:2.11.1"
    port: 53
    address: cluster.network.pool.first()
    replicas: 2
  }
}

/// What goes into the household's name server.
output records: {
  for service in home.service {
    "\(service.host ?? "\(service.name).\(domain)")": service.address ?? home.network.ingress
  }
}

test "each machine is found by its place" {
  assert home.host.worker-2.address == 192.168.1.12
  assert home.host["control"].role == "server"
}

test "two services can not have one address" {
  expect error "check/failed" in {
    output clash: home with { service music { address: 192.168.1.200 } }
  }
}
