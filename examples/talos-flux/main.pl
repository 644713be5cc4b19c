//! Three small computers that run Talos, with everything on them delivered by Flux.
//!
//! `apps` holds one file a namespace. What a machine is configured with and what Flux is told both follow from here.

import "./talos.pl" as talos
import "./flux.pl" as flux
import "./apps/*.pl"

output anton: talos.Cluster {
  version: "1.10.5"
  kubernetes: "1.33.4"
  nodes: 192.168.1.0/24
  endpoint: 192.168.1.97

  // No machine is a mere worker: three machines are what a datastore needs to lose one.
  for n in 1..3 {
    machine "k8s-\(n)" { address: 192.168.1.97 + n, disk: "/dev/nvme0n1" }
  }
}

output repository: flux.Repository {
  source: "https://github.com/example/anton"
}

test "all machines carry work" {
  assert anton.machine.all((machine) => machine.config.cluster.allowSchedulingOnControlPlanes)
}

test "what is critical is looked at often" {
  assert repository.namespace.network.app.ingress-internal.interval == 5m
  assert repository.namespace.kubeai.app.kubeai.interval == 1h
}

test "what an app needs is there before it" {
  assert repository.namespace.network.app.tunnel.order > repository.namespace.network.app.ingress-external.order
}

test "even numbers of machines are refused" {
  expect error "check/failed" in {
    output wrong: anton with { machine k8s-3: null }
  }
}
