//! The fleet: the workload on which other configuration languages are measured too.
//!
//! Every service becomes a Deployment, a Service, an Ingress and a NetworkPolicy; every twenty of them share a namespace.

use std::fmt::Write;

/// How a service becomes objects.
const SCHEMAS: &str = r#"schema Svc in Namespace {
  image: String
  port: Port
  replicas: Int where it >= 1
  cpu: Cpu
  mem: Bytes
  env: {String: String}
  let labels = { "app.kubernetes.io/name": name, "app.kubernetes.io/part-of": namespace.name }
  emit deployment: k8s.Deployment = {
    metadata.labels: labels
    spec: {
      replicas: replicas
      selector.matchLabels: labels
      template: {
        metadata.labels: labels
        spec: {
          containers: [{
            name: name
            image: image
            env: [for key, value in env => { name: key, value: value }]
            ports: [{ name: "http", containerPort: port }]
            resources: { requests: { cpu: cpu, memory: mem }, limits.memory: mem }
            readinessProbe.httpGet: { path: "/healthz", port: "http" }
          }]
        }
      }
    }
  }
  emit front: k8s.Service = {
    metadata.labels: labels
    spec: { selector: labels, ports: [{ name: "http", port: 80, targetPort: "http" }] }
  }
  emit ingress: k8s.Ingress = {
    metadata.labels: labels
    spec: {
      ingressClassName: "internal"
      rules: [{ host: "\(name).example.com", http.paths: [{ path: "/", pathType: "Prefix", backend.service: { name: name, port.name: "http" } }] }]
    }
  }
  emit policy: k8s.NetworkPolicy = {
    metadata.labels: labels
    spec: { podSelector.matchLabels: labels, policyTypes: ["Ingress"], ingress: [{ from: [{ podSelector: {} }], ports: [{ port: port, protocol: "TCP" }] }] }
  }
}
schema Team is Namespace { each svc: Svc }
schema Fleet is Cluster { each namespace: Team }
cluster fleet: Fleet {
"#;

/// How many services a namespace has.
const TEAM: usize = 20;

/// A cluster of so many services, as one file.
pub fn fleet(services: usize) -> String {
    let mut out = SCHEMAS.to_string();
    for team in 0..services.div_ceil(TEAM) {
        _ = writeln!(out, "  namespace team-{team:04} {{");
        for number in team * TEAM..services.min((team + 1) * TEAM) {
            service(&mut out, team, number, services);
        }
        out.push_str("  }\n");
    }
    out.push_str("}\n");
    out
}

fn service(out: &mut String, team: usize, number: usize, services: usize) {
    let (minor, patch) = (number % 40, number % 7);
    let level = ["debug", "info", "warn"].get(number % 3).copied().unwrap_or_default();
    let (port, replicas) = (8000 + number % 1000, 1 + number % 5);
    let (cpu, memory) = (100 + 50 * (number % 8), 128 * (1 + number % 4));
    let (region, peer) = (number % 4, (number * 7 + 1) % services);
    _ = writeln!(
        out,
        "    svc svc-{number:05} {{ image: \"registry.example.com/team-{team:04}/svc-{number:05}:1.{minor}.{patch}\", \
         port: {port}, replicas: {replicas}, cpu: {cpu}m, mem: {memory}MiB, \
         env: {{ LOG_LEVEL: \"{level}\", REGION: \"r{region}\", PEER: \"svc-{peer:05}\" }} }}"
    );
}
