//! Random platforms without a fault are silent, and each fault at a random place is found by its code.

use std::fmt::Write;

use compiler::{LoadError, Loader, Session};
use proptest::prelude::*;

/// A platform of one file.
struct One(String);

impl Loader for One {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let missing = || LoadError { code: "import/not-found", message: format!("there is no {path}") };
        if path == "main.pl" { Ok(self.0.clone()) } else { Err(missing()) }
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

/// The codes that are found in addresses, ports and exposure.
fn codes(text: &str) -> Vec<String> {
    let (session, _) = Session::open(&One(text.to_string()), &["main.pl"]);
    let groups = ["net", "pool", "port", "expose", "ingress"];
    let found = session.check().into_iter().map(|finding| finding.rule.code.to_string());
    found.filter(|code| code.split('/').next().is_some_and(|group| groups.contains(&group))).collect()
}

/// A platform in numbers: whatever they are, it has no fault.
#[derive(Clone, Debug)]
struct Lab {
    /// The third number of the network of the hosts.
    lan: u8,
    hosts: u8,
    /// How many addresses the pool has beyond one for each service.
    spare: u8,
    services: u8,
    /// The second number of the network of pods; that of services follows.
    pods: u8,
    node_port: u16,
    port: u16,
}

/// What is written otherwise.
#[derive(Clone, Copy, PartialEq, Debug)]
enum Fault {
    None,
    SameAddress,
    HostOutside,
    HostInServices,
    PodsOverServices,
    NamesOutside,
    PoolOverHost,
    PoolOverRouter,
    PoolOutside,
    PoolOnEdge,
    PoolTwice,
    PoolTooSmall,
    AddressOutside,
    SameAddressOfServices,
    SameNodePort,
    NodePortOutside,
    NoPods,
    NoTarget,
    TwoBalancers,
    SamePath,
    NoBackendPort,
    NoClass,
}

const FAULTS: [(Fault, &str); 21] = [
    (Fault::SameAddress, "net/duplicate"),
    (Fault::HostOutside, "net/outside"),
    (Fault::HostInServices, "net/overlap"),
    (Fault::PodsOverServices, "net/overlap"),
    (Fault::NamesOutside, "net/cluster-dns"),
    (Fault::PoolOverHost, "pool/taken"),
    (Fault::PoolOverRouter, "pool/dhcp"),
    (Fault::PoolOutside, "pool/subnet"),
    (Fault::PoolOnEdge, "pool/edge"),
    (Fault::PoolTwice, "pool/overlap"),
    (Fault::PoolTooSmall, "pool/exhausted"),
    (Fault::AddressOutside, "pool/request"),
    (Fault::SameAddressOfServices, "pool/share"),
    (Fault::SameNodePort, "port/clash"),
    (Fault::NodePortOutside, "port/range"),
    (Fault::NoPods, "expose/no-pods"),
    (Fault::NoTarget, "port/target"),
    (Fault::TwoBalancers, "expose/two-balancers"),
    (Fault::SamePath, "ingress/clash"),
    (Fault::NoBackendPort, "ingress/backend"),
    (Fault::NoClass, "ingress/unknown-class"),
];

fn lab() -> impl Strategy<Value = Lab> {
    (0..250_u8, 2..20_u8, 0..9_u8, 2..9_u8, 44..120_u8, 30000..32000_u16, 1000..9000_u16).prop_map(
        |(lan, hosts, spare, services, pods, node_port, port)| Lab {
            lan,
            hosts,
            spare,
            services,
            pods: pods & !1,
            node_port,
            port,
        },
    )
}

/// The platform with a fault at the host or service of this number.
fn text(lab: &Lab, fault: Fault, at: u8) -> String {
    let is = |wanted: Fault| fault == wanted;
    let Lab { lan, hosts, services, pods, .. } = *lab;
    let (host_at, service_at) = (1 + at % (hosts - 1), 1 + at % (services - 1));
    let mut out = String::from("import std/k3s\nimport std/metallb\ncluster lab {\n");
    let disabled = if is(Fault::TwoBalancers) { "\"metrics-server\"" } else { "\"servicelb\"" };
    let _ = writeln!(out, "  distribution: k3s.K3s {{ disable: [{disabled}] }}\n  balancer: metallb.MetalLB {{}}");
    // One for Traefik, which k3s brings.
    let last = if is(Fault::PoolTooSmall) { 200 + services - 1 } else { 200 + services + lab.spare };
    let pool = match fault {
        Fault::PoolOverHost => format!("192.168.{lan}.{}..192.168.{lan}.{last}", 10 + host_at),
        Fault::PoolOutside => format!("192.168.{}.200..192.168.{}.{last}", lan + 1, lan + 1),
        Fault::PoolOnEdge => format!("192.168.{lan}.200..192.168.{lan}.255"),
        _ => format!("192.168.{lan}.200..192.168.{lan}.{last}"),
    };
    let router = if is(Fault::PoolOverRouter) { 200 } else { 199 };
    let over = if is(Fault::PodsOverServices) { 15 } else { 16 };
    let _ = writeln!(
        out,
        "  network {{\n    nodes: 192.168.{lan}.0/24\n    gateway: 192.168.{lan}.1\n    pods: 10.{pods}.0.0/{over}"
    );
    let _ = writeln!(out, "    services: 10.{}.0.0/16\n    dhcp: 192.168.{lan}.100..192.168.{lan}.{router}", pods + 1);
    let _ = writeln!(out, "    pool lan {{ range: {pool} }}");
    if is(Fault::NamesOutside) {
        let _ = writeln!(out, "    dns: 10.{pods}.0.{}", at.max(2));
    }
    if is(Fault::PoolTwice) {
        let _ = writeln!(out, "    pool more {{ range: 192.168.{lan}.{last}..192.168.{lan}.{} }}", last + 1);
    }
    out.push_str("  }\n");
    for host in 0..hosts {
        let address = match fault {
            Fault::SameAddress if host == host_at => format!("192.168.{lan}.{}", 10 + host - 1),
            Fault::HostOutside if host == host_at => format!("192.168.{}.{}", lan + 1, 10 + host),
            Fault::HostInServices if host == host_at => format!("10.{}.7.{}", pods + 1, 10 + host),
            _ => format!("192.168.{lan}.{}", 10 + host),
        };
        let _ = writeln!(out, "  host h-{host} {{ address: {address}, cpu: 8, memory: 32GiB }}");
    }
    out.push_str("  namespace web {\n    isolate: false\n");
    for service in 0..services {
        write_service(&mut out, lab, fault, service, service_at);
    }
    out.push_str("  }\n}\n");
    out
}

fn write_service(out: &mut String, lab: &Lab, fault: Fault, service: u8, at: u8) {
    let here = |wanted: Fault| fault == wanted && service == at;
    let address = match fault {
        Fault::AddressOutside if service == at => format!("192.168.{}.99", lab.lan),
        Fault::SameAddressOfServices if service <= at => format!("192.168.{}.200", lab.lan),
        _ => format!("192.168.{}.{}", lab.lan, 200 + service),
    };
    let node_port = match fault {
        Fault::SameNodePort if service == at => lab.node_port + u16::from(service) - 1,
        Fault::NodePortOutside if service == at => lab.port,
        _ => lab.node_port + u16::from(service),
    };
    let app = if here(Fault::NoPods) { format!("s-{service}x") } else { format!("s-{service}") };
    let target = if here(Fault::NoTarget) { "htp" } else { "http" };
    let _ = writeln!(out, "    k8s.Pod s-{service} {{\n      metadata.labels: {{ app: \"s-{service}\" }}");
    let _ = writeln!(
        out,
        "      spec.containers s {{ image: \"example.net/s:1\", ports: [{{ name: \"http\", containerPort: {} }}] }}\n    }}",
        lab.port
    );
    let _ = writeln!(
        out,
        "    k8s.Service s-{service} {{\n      spec: {{\n        type: \"LoadBalancer\"\n        loadBalancerIP: \"{address}\"\n        selector: {{ app: \"{app}\" }}"
    );
    let _ = writeln!(
        out,
        "        ports: [{{ port: {}, targetPort: \"{target}\", nodePort: {node_port} }}]\n      }}\n    }}",
        lab.port
    );
    let host = if here(Fault::SamePath) { service - 1 } else { service };
    let class = if here(Fault::NoClass) { "traefick" } else { "traefik" };
    let port = if here(Fault::NoBackendPort) { lab.port + 1 } else { lab.port };
    let _ = writeln!(out, "    k8s.Ingress s-{service} {{\n      spec: {{\n        ingressClassName: \"{class}\"");
    let _ = writeln!(
        out,
        "        rules: [{{ host: \"s-{host}.example.net\", http.paths: [{{ path: \"/\", pathType: \"Prefix\", backend.service: {{ name: \"s-{service}\", port.number: {port} }} }}] }}]\n      }}\n    }}"
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(12))]

    #[test]
    fn platforms_without_a_fault_are_silent(lab in lab()) {
        let text = text(&lab, Fault::None, 0);
        prop_assert_eq!(codes(&text), Vec::<String>::new(), "{}", text);
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(3))]

    #[test]
    fn each_fault_is_found(lab in lab(), at in any::<u8>()) {
        for (fault, code) in FAULTS {
            let text = text(&lab, fault, at);
            prop_assert!(codes(&text).iter().any(|found| found == code), "{:?} is no {}:\n{}", fault, code, text);
        }
    }
}
