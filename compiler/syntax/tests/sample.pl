//! A platform that uses every form of the language once.
//! The tests cut it, break it and format it.

import std/k3s
import std/nginx as ingress
import "./data/nodes.json" as rows: [Row]

let domain = "example.net"
let limit: Int where it > 0 and it <= 50 = 0x1f

/// How many copies there may be.
///
/// Two lines and a blank one.
type Replicas = Int where 1 <= it and it <= 50
type Level =
  | "debug"
  | "info"
  | -1
type Shape = { name: String, "quoted key"?: [Int?], inner: { a: Bool }, String: Any } | null

fn url(host: Hostname, tls: Bool = true) -> Url = "\(if tls then "https" else "http")://\(host)"
fn apply(f: (Int, Int) -> Int?) -> Int = f(1, 2) ?? 0

/// One team's web application.
@kubernetes("apps/v1", kind: "Deployment")
schema WebApp is k8s.Service in space: k8s.Namespace {
  team: String
  slo?: Duration
  "quoted.field": Int = 1
  type: "a" | "b" = "a"
  check: Bool = false
  host: Hostname = "\(name).\(team).example.net" // late bound
  replicas = 2
  each cron: CronJob
  emit each object: Any
  emit budget: k8s.PodDisruptionBudget = { spec: { maxUnavailable: 1, selector.matchLabels: pods } }
  emit other = null
  let total = replicas * 2
  check replicas >= 2 or not namespace.cluster.production
    else "\(name) needs two replicas in production"
  deployment.spec.template.spec.priorityClassName: "web"
  network { mtu: 1_500 }
  if team == "core" { slo: 5m } else if team is not String { slo: null } else { slo: 1h30m }
  for port in ports if port.open { service "port-\(port.name)" { number: port.number } }
}

schema Alone in Namespace {}

extend anton.namespace."payments" { service ledger { image: "ghcr.io/example/ledger:2.1.0" } }

cluster anton {
  kubernetes: "1.33.4"
  distribution: talos.Talos { version: "1.10.5" }
  network {
    nodes: 192.168.1.0/24
    gateway: 192.168.1.1
    v6: fd00:10::/64
    router: fd00::1
    mac: 52:54:00:aa:bb:cc
    pool lan { range: 192.168.1.200..192.168.1.220 }
  }
  for n in 1..3 {
    @allow("net/overlap", "routed")
    host "k8s-\(n)" { address: 192.168.1.97 + n, role: "control-plane", cpu: 250m, memory: 0.5GiB }
  }
  ...common
  port http: 5000
  proxy: null
  metadata.labels."app.kubernetes.io/name": "x"
  text: """
    #!/bin/sh
      echo "\(domain)"

    exit 0 \\ done
    """
  raw: r"C:\no\escapes"
  raw-block: r"""
    \(not) an interpolation
    """
  list: [
    1,
    -2.5,
    1.5e-3,
    ...more,
    for k, v in pairs if v != null => { "\(k)": v },
    if a => b else c,
    if (a) => [b],
    if a then b else c,
    (x) => x.name?.first."last",
  ]
  size: match kind {
    "small" | "tiny" => 1
    Large => xs[0].items(depth: 2, (a, b: Int) => a + b)
    _ => 2 * (3 - 1) % 4 / 5
  }
  long: first
    .map((x) => x with { a: 1 } with { b: 2 })
    .filter(() => it in self.names)
    and second == third ?? fourth
  flag: not a and -b < c or d is [Int] and e is { a: Int }
  empty: {}
}
cluster prod: anton with { production: true }

test "the shop is alone" {
  assert not reaches(anton.a, anton.b)
  expect error "net/overlap" in { cluster x {} }
}
