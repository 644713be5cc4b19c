//! A cluster for machine learning that a platform team and two other teams write together.
//!
//! What a namespace and a service are stands in `model.pl`, the machines in `data/nodes.yaml`, the ports that are open
//! to the outside in `data/ports.toml`. A team has one file in `teams`, and adds to the platform what is in there.

import "./model.pl" as model
import "./data/nodes.yaml" as nodes: [Node]
import "./data/ports.toml" as ports: {Name: Port}
import "./teams/*.pl"

/// A row of the inventory.
type Node = { name: Name, address: Ip, role: "control" | "worker", cpu: Cpu, memory: Bytes }

output lab: model.Cluster {
  lan: 192.168.1.0/24
  balancers: 192.168.1.200..192.168.1.250
  open-ports: ports

  for row in nodes {
    node "\(row.name)" {
      address: row.address
      role: row.role
      cpu: row.cpu
      memory: row.memory
    }
  }

  namespace monitoring {
    service prometheus {
      image: "quay.io/example/prometheus:3.5.0"
      port: 9090
      open: true
      memory: 4GiB
    }
  }
}

test "names of nodes are in natural order" {
  assert lab.node.names().first() == "node-1"
}

test "both sides of a connection are open" {
  assert lab.namespace.mlflow.service.postgres.users.map((user) => user.name) == ["tracking"]
}

test "a team's defaults reach its services" {
  assert lab.namespace.financial-ml.service.scoring.priority == "high"
}

test "what is not open has no port outside" {
  assert lab.services.all((service) => service.open or service.node-port == null)
}

test "the port of an open service is on the list" {
  expect error "check/failed" in {
    output wrong: lab with {
      namespace monitoring {
        service alerts { image: "quay.io/example/alerts:0.28.1", port: 9093, open: true }
      }
    }
  }
}
