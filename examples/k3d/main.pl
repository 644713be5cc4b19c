//! One platform in two places: on a laptop in k3d, and on a virtual machine in k3s.
//!
//! `base` is a template: it is placed nowhere, so nothing is demanded of it yet. Each environment is the template with
//! something replaced, and everything that depended on that is computed again.

import "./cluster.pl" as cluster

let base = cluster.Cluster {
  service database {
    image: "docker.io/library/postgres:13-alpine"
    port: 5432
    volume data { size: 20GiB }
  }
  service workflows {
    image: "docker.io/example/airflow:2.8.1"
    port: 8080
    outside: 8080
  }
  service models {
    image: "ghcr.io/example/mlflow:2.22.1"
    port: 5000
    outside: 5000
    volume artifacts { size: 50GiB }
  }
  service frontend {
    image: "registry.example.net/frontend:0.3.0"
    port: 8501
    outside: 8501
  }
}

output laptop: base with {
  distribution: cluster.K3d { agents: 1, mapped: [80, 443, 8080, 5000, 8501] }
  service database { volume data { size: 2GiB } }
  service models { volume artifacts { size: 5GiB } }
}

output machine: base with {
  distribution: cluster.K3s {
    version: "1.33.5+k3s1"
    address: 10.43.100.94
    // The machine's own network lies within the one that k3s takes for services.
    pods: 10.44.0.0/16
    services: 10.45.0.0/16
    storage-class: "longhorn"
  }
  // The frontend is tried on the laptop only.
  service frontend: null
}

test "volumes are made by what the place offers" {
  assert laptop.service.database.volume.data.class == "local-path"
  assert machine.service.database.volume.data.class == "longhorn"
}

test "name resolution stands in the services' network" {
  assert machine.distribution is cluster.K3s
  assert machine.distribution.dns == 10.45.0.10
}

test "without networks of its own the machine would be unreachable from every pod" {
  expect error "check/failed" in {
    output wrong: base with {
      distribution: cluster.K3s { version: "1.33.5+k3s1", address: 10.43.100.94 }
    }
  }
}

test "a port that nobody mapped is found" {
  expect error "check/failed" in {
    output wrong: laptop with {
      service api { image: "registry.example.net/api:0.3.0", port: 8000, outside: 8000 }
    }
  }
}
