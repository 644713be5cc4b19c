//! Platforms at random whose hosts, workloads, volumes, images, secrets, charts and versions are right are silent; one that is
//! wrong at one place, wherever that is, is told so by the code of what was broken.

mod written;

use std::collections::BTreeSet;
use std::fmt::Write as _;

use proptest::prelude::*;

use written::{Writer, codes};

/// How large a platform is.
#[derive(Clone, Debug)]
struct Size {
    hosts: usize,
    namespaces: usize,
    services: usize,
}

fn source(size: &Size, broken: &[usize]) -> (String, Writer) {
    let mut writer = Writer::breaking(broken);
    let w = &mut writer;
    let mut text = String::from(
        "import std/k3s\nimport std/flux\nimport std/strimzi\nimport std/velero\nimport std/karpenter\n\n",
    );
    let version = w.or("1.33", "1.32", "version/distribution");
    let backend = w.or("", ", disable: [\"metrics-server\"]", "requires/metrics");
    let _ = writeln!(
        text,
        "cluster lab {{\n  kubernetes: \"{version}\"\n  distribution: k3s.K3s {{ version: \"1.33.4\"{backend} }}"
    );
    text += "  network { nodes: 192.168.0.0/16, blocked: [\"blocked.example.org\"] }\n";
    control_planes(w, &mut text);
    for host in 0..size.hosts {
        let kubernetes = w.or("1.32", "1.34", "version/nodes");
        let _ = writeln!(
            text,
            "  host w-{host} {{ address: 192.168.1.{}, cpu: 16, memory: 64GiB, disk: 500GiB, kubernetes: \"{kubernetes}\" }}",
            20 + host
        );
    }
    for number in 0..size.namespaces {
        namespace(w, &mut text, number, size.services);
    }
    operators(w, &mut text);
    delivery(w, &mut text);
    text += "}\n";
    edge(w, &mut text);
    (text, writer)
}

/// Clusters of their own: one in which nothing is unseen, and one whose machines come on demand.
fn edge(w: &mut Writer, text: &mut String) {
    let limits = w.or("limits: { cpu: 40 }", "weight: 1", "capacity/unbounded");
    let port = w.or("30080", "30081", "expose/absent");
    let _ = writeln!(
        text,
        "cluster edge {{
  host one {{ address: 192.168.50.10, role: \"control-plane\" }}
  namespace web {{
    isolate: false
    service shop {{ image: \"registry.example.org/shop:1.0.0\", port http: 8080, NodePort front {{ number: 30080 }} }}
  }}
}}
cluster cloud {{
  karpenter.NodePool workers {{
    spec: {{
      {limits}
      template.spec: {{
        nodeClassRef: {{ group: \"karpenter.example.org\", kind: \"ExampleNodeClass\", name: \"default\" }}
        requirements: [{{ key: \"kubernetes.io/arch\", operator: \"In\", values: [\"amd64\"] }}]
      }}
    }}
  }}
}}
output urls: {{ first: \"http://192.168.50.10:{port}\" }}"
    );
}

fn control_planes(w: &mut Writer, text: &mut String) {
    for host in 0..3 {
        let role = w.or("control-plane", "worker", "ha/no-majority");
        let _ = writeln!(
            text,
            "  host cp-{host} {{ address: 192.168.1.{}, role: \"{role}\", cpu: 16, memory: 64GiB, disk: 500GiB }}",
            10 + host
        );
    }
}

fn namespace(w: &mut Writer, text: &mut String, number: usize, services: usize) {
    let _ = writeln!(text, "  namespace space-{number} {{\n    isolate: false");
    let token = w.or("level: info", "password: 8fK2nQx7vLp0Zt4Rb6Wc", "secret/literal");
    let (key, value) = token.split_once(": ").unwrap_or_default();
    let _ = writeln!(text, "    config settings {{ data: {{ {key}: \"{value}\" }} }}");
    for service in 0..services {
        workload(w, text, service, number);
    }
    raw(w, text);
    text.push_str("  }\n");
}

fn workload(w: &mut Writer, text: &mut String, service: usize, number: usize) {
    let image = match service % 4 {
        0 => w.or("registry.example.org/app:1.4.2", "registry.example.org/app:latest", "version/unpinned"),
        1 => w.or("registry.example.org/app:1.4.2", "docker.io/bitnami/redis:7.4.1", "image/removed"),
        2 => w.or("registry.example.org/app:1.4.2", "blocked.example.org/app:1.4.2", "image/blocked"),
        _ => w.or("registry.example.org/app:1.4.2", "ghcr.io/mlflow/mlflow:v2.20.1", "expose/no-login"),
    };
    let cpu = w.or("200m", "100", "capacity/too-large");
    let memory = w.or("256MiB", "500GiB", "capacity/too-large");
    let size = w.or("2GiB", "9000GiB", "volume/too-large");
    let port = 30080 + number * 10 + service;
    let _ = writeln!(
        text,
        "    service s-{service} {{\n      image: \"{image}\"\n      port http: 8080\n      resources {{ cpu: {cpu}, memory: {memory} }}\n      volume data {{ mount: \"/data\", size: {size} }}\n      NodePort front {{ number: {port} }}\n    }}"
    );
}

/// Objects as they are, beside services.
fn raw(w: &mut Writer, text: &mut String) {
    let request = w.or("requests: { cpu: 100m, memory: 64MiB }, ", "", "capacity/no-requests");
    let limit = w.or("128MiB", "32MiB", "capacity/limit");
    let arch = w.or("amd64", "arm64", "capacity/no-host");
    let device = w.or("", "\"nvidia.com/gpu\": 1, ", "capacity/too-large");
    let replicas = w.or("1", "2", "volume/shared");
    let least = w.or("maxUnavailable: 1", "minAvailable: 1", "ha/budget");
    let scheme = w.or("http", "https", "expose/scheme");
    let _ = writeln!(
        text,
        "    k8s.PersistentVolumeClaim raw {{ spec: {{ accessModes: [\"ReadWriteOnce\"], resources.requests.storage: 1GiB }} }}
    k8s.Deployment raw {{
      spec: {{
        replicas: {replicas}
        selector.matchLabels: {{ app: \"raw\" }}
        template: {{
          metadata.labels: {{ app: \"raw\" }}
          spec: {{
            nodeSelector: {{ \"kubernetes.io/arch\": \"{arch}\" }}
            containers app {{
              image: \"registry.example.org/raw:2.0.0\"
              ports: [{{ name: \"http\", containerPort: 8080 }}]
              env PEER {{ value: \"{scheme}://raw:8080\" }}
              resources: {{ {request}limits: {{ {device}memory: {limit} }} }}
              volumeMounts \"/data\" {{ name: \"data\" }}
            }}
            volumes data {{ persistentVolumeClaim.claimName: \"raw\" }}
          }}
        }}
      }}
    }}
    k8s.Service raw {{ spec: {{ selector: {{ app: \"raw\" }}, ports: [{{ name: \"http\", port: 8080 }}] }} }}
    k8s.PodDisruptionBudget raw {{ spec: {{ {least}, selector.matchLabels: {{ app: \"raw\" }} }} }}
    service scaled {{ image: \"registry.example.org/scaled:1.0.0\", port http: 8080, scale {{ most: 3 }} }}"
    );
}

fn operators(w: &mut Writer, text: &mut String) {
    let watches = w.or("watchNamespaces: [\"data\"]", "watchNamespaces: [\"other\"]", "requires/watched");
    let strimzi = w.or("0.46.0", "0.44.0", "version/window");
    let issuer = w.or("scheme: \"kubernetes.io/tls\"", "name: \"none\"", "requires/identity");
    let kept = w.or("true", "false", "volume/not-kept");
    let _ = writeln!(
        text,
        "  namespace operators {{
    isolate: false
    flux.HelmRepository charts {{ spec.url: \"https://charts.example.org\" }}
    flux.HelmRelease strimzi {{
      spec: {{
        interval: 30m
        chart.spec: {{ chart: \"strimzi-kafka-operator\", version: \"{strimzi}\", sourceRef: {{ kind: \"HelmRepository\", name: \"charts\" }} }}
        values: {{ {watches} }}
      }}
    }}
    flux.HelmRelease linkerd {{
      spec: {{
        interval: 30m
        chart.spec: {{ chart: \"linkerd-control-plane\", version: \"2025.12.3\", sourceRef: {{ kind: \"HelmRepository\", name: \"charts\" }} }}
        values: {{ identity: {{ externalCA: true, issuer: {{ {issuer} }} }} }}
      }}
    }}
    flux.HelmRelease orders {{
      spec: {{
        interval: 30m
        chart.spec: {{ chart: \"postgresql\", version: \"16.4.1\", sourceRef: {{ kind: \"HelmRepository\", name: \"charts\" }} }}
        values: {{ primary: {{ persistence: {{ enabled: {kept} }} }} }}
      }}
    }}
  }}
  namespace data {{
    isolate: false
    strimzi.Kafka events {{ spec.kafka.listeners: [{{ name: \"plain\", port: 9092, type: \"internal\", tls: false }}] }}
  }}"
    );
}

fn delivery(w: &mut Writer, text: &mut String) {
    let target = w.or("https://nas.example.org:9000", "http://raw.space-0:8080", "volume/backup-inside");
    let variable = w.or("DOMAIN", "DOMAINE", "ref/variable");
    let switch = w.or("false", "true", "requires/flag");
    let interface = w.or("v2", "v2beta1", "version/old-api");
    let word = w.or("ZONE", "API_TOKEN", "secret/placeholder");
    let _ = writeln!(
        text,
        "  namespace velero {{
    velero.BackupStorageLocation default {{
      spec: {{ provider: \"aws\", objectStorage: {{ bucket: \"velero\" }}, config: {{ s3Url: \"{target}\" }} }}
    }}
  }}
  namespace flux-system {{
    flux.GitRepository platform {{ spec: {{ url: \"https://git.example.org/platform\", interval: 5m }} }}
    flux.HelmRepository charts {{ spec.url: \"https://charts.example.org\" }}
    flux.Kustomization apps {{
      spec: {{
        interval: 30m
        path: \"./apps\"
        prune: true
        wait: true
        sourceRef: {{ kind: \"GitRepository\", name: \"platform\" }}
        postBuild.substitute: {{ DOMAIN: \"example.org\", TLS_ENABLED: \"{switch}\" }}
      }}
    }}
    object shop {{
      apiVersion: \"helm.toolkit.fluxcd.io/{interface}\"
      kind: \"HelmRelease\"
      spec: {{
        interval: \"30m\"
        chart: {{ spec: {{ chart: \"shop\", version: \"1.0.0\", sourceRef: {{ kind: \"HelmRepository\", name: \"charts\" }} }} }}
        values: {{ host: \"shop.${{{variable}}}\", {word}: \"changeme\" }}
      }}
    }}
  }}"
    );
}

fn size() -> impl Strategy<Value = Size> {
    (1..4_usize, 1..3_usize, 1..5_usize).prop_map(|(hosts, namespaces, services)| Size { hosts, namespaces, services })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 5, failure_persistence: None, ..ProptestConfig::default() })]

    /// What is right is silent, and what is broken at one place is found by its code.
    #[test]
    fn one_break_is_found(size in size(), place in any::<prop::sample::Index>()) {
        let (right, writer) = source(&size, &[]);
        prop_assert_eq!(codes(&right), BTreeSet::new(), "{}", right);
        let (wrong, writer) = source(&size, &[place.index(writer.places)]);
        let found = codes(&wrong);
        prop_assert!(writer.codes.iter().all(|code| found.contains(code)), "{:?} in {:?}:\n{}", writer.codes, found, wrong);
    }
}

/// How many sources all places of a platform are broken in: few enough for a test, and so many that no break hides another.
const SHARES: usize = 8;

/// Each kind of break is tried at least once.
#[test]
fn every_kind_of_break_is_found() {
    let size = Size { hosts: 1, namespaces: 1, services: 4 };
    let (_, writer) = source(&size, &[]);
    for share in 0..SHARES {
        let broken: Vec<usize> = (share..writer.places).step_by(SHARES).collect();
        let (wrong, writer) = source(&size, &broken);
        let found = codes(&wrong);
        let missed: Vec<_> = writer.codes.iter().filter(|code| !found.contains(*code)).collect();
        assert!(missed.is_empty(), "{missed:?} in {found:?}:\n{wrong}");
    }
}
