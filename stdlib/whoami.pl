//! whoami: answers with what it was asked, so that one sees that names, addresses and certificates are right.

/// A service for the first test of a cluster: reached, it says who called and which way.
schema Whoami is Service {
  image = "docker.io/traefik/whoami:v1.11.0"
  arguments = ["--port=8080"]
  port http { number: 80, target: 8080 }
  ready = { httpGet: { path: "/health", port: "http" } }
  resources = Resources { cpu: 10m, memory: 32MiB }
  workloads = ["deployment/\(name)"]
}
