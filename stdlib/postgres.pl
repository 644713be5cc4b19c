//! PostgreSQL by its official image: one pod with a volume.

import std/chart

/// One server and a database of one owner.
schema PostgreSQL is StatefulService {
  image = Image("docker.io/library/postgres:17.5-alpine")
  /// The owner of the database and the password: `username` and `password`.
  credentials: Secret
  database: Name = name
  size: Bytes = 10GiB
  storage-class?: Name
  tier = "core"
  provides = ["postgresql"]
  workloads = ["statefulset/\(name)"]
  /// The user that the image calls `postgres`: 70 where it is of Alpine, 999 where it is of Debian.
  user = if (image.tag() ?? "").ends-with("alpine") then 70 else 999
  resources = Resources { cpu: 250m, memory: 512MiB }
  let wrong = chart.lacks(credentials, ["username", "password"], namespace)
  check wrong.is-empty() else wrong.join(", ")
  check replicas == 1 else "\(name) has \(replicas) pods, each with a database of its own: take one here, or std/cnpg for copies"
  port sql: 5432
  volume data { mount: "/var/lib/postgresql/data", size: size, class: storage-class }
  scratch run { mount: "/var/run/postgresql" }
  env = {
    // Beside `lost+found`, which some volumes have.
    PGDATA: "/var/lib/postgresql/data/pgdata"
    POSTGRES_DB: database
    if wrong.is-empty() {
      POSTGRES_USER: credentials.key["username"]
      POSTGRES_PASSWORD: credentials.key["password"]
    }
  }
  let asks: k8s.Probe = {
    exec.command: ["sh", "-c", "pg_isready -h 127.0.0.1 -U \"$POSTGRES_USER\" -d \"$POSTGRES_DB\""]
    periodSeconds: 10
    timeoutSeconds: 5
  }
  ready = asks
  alive = asks
  started = asks with { failureThreshold: 30 }
}
