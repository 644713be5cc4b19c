//! A cluster in the words of the prelude: hosts, services that use each other, and everything that comes of them.

use std::fmt::Write;

/// How many services a namespace has.
const TEAM: usize = 20;

/// A cluster of so many hosts and services, as one file.
pub fn cluster(hosts: usize, services: usize) -> String {
    let mut out = String::from(
        r#"import std/calico
import std/k3s

cluster big {
  kubernetes: "1.34"
  distribution: k3s.K3s { version: "1.34.1+k3s1", disable: ["traefik"] }
  cni: calico.Calico { version: "3.31.0", pods: 10.64.0.0/10 }
  network {
    nodes: 172.16.0.0/16
    gateway: 172.16.0.1
    pods: 10.64.0.0/10
    services: 10.128.0.0/16
    node-mask: 24
  }
"#,
    );
    for number in 0..hosts {
        let role = if number < 3 { "control-plane" } else { "worker" };
        let (high, low) = (1 + number / 200, 10 + number % 200);
        // Writing to a string can not fail.
        _ = writeln!(
            out,
            "  host \"node-{number:04}\" {{ address: 172.16.{high}.{low}, role: \"{role}\", cpu: 64, memory: 256GiB }}"
        );
    }
    for team in 0..services.div_ceil(TEAM) {
        _ = writeln!(out, "  namespace team-{team:04} {{");
        for number in team * TEAM..services.min((team + 1) * TEAM) {
            service(&mut out, number);
        }
        out.push_str("  }\n");
    }
    out.push_str("}\n");
    out
}

fn service(out: &mut String, number: usize) {
    let (minor, patch) = (number % 40, number % 7);
    let (port, replicas) = (8000 + number % 1000, 1 + number % 5);
    let (cpu, memory) = (100 + 50 * (number % 8), 128 * (1 + number % 4));
    // Every other one uses the one before, wherever it is.
    let uses = match number % 2 {
        1 => format!(
            "      env {{ PEER: cluster.namespace.team-{:04}.service.svc-{:05}.hostname }}\n      uses: \
             [cluster.namespace.team-{:04}.service.svc-{:05}.port.http]\n",
            (number - 1) / TEAM,
            number - 1,
            (number - 1) / TEAM,
            number - 1
        ),
        _ => String::new(),
    };
    _ = write!(
        out,
        "    service svc-{number:05} {{\n      image: \"registry.example.com/svc-{number:05}:1.{minor}.{patch}\"\n      \
         replicas: {replicas}\n      port http: {port}\n      resources {{ cpu: {cpu}m, memory: {memory}MiB }}\n{uses}    \
         }}\n"
    );
}
