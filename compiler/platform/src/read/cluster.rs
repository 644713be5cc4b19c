//! A cluster by its block.

use std::collections::BTreeSet;

use domain::{Bytes, Cpu};

use super::blocks::{Space, named};
use super::labels;
use super::scalar::{all_said, bytes, cidr, cpu, int, ip, port, ports, range, said, text, truth, version};
use crate::Node;
use crate::model::{
    Balancer, Brings, Cluster, Cni, Distribution, Dns, Endpoint, External, Host, IngressClass, Labels, Made, Maker,
    Mapped, Namespace, Network, Part, Pool, Said, Setup, Ssh, Storage, Taint, Text, Told, Unseen, Use,
};

/// A cluster, without its objects.
pub fn cluster<N: Node>(node: N, spaces: &[Space<N>]) -> Cluster {
    let entries = |field: &str| node.get(field).map(Node::items).unwrap_or_default();
    let part = node.get("distribution");
    let distribution = part.map_or_else(|| unknown(node), distribution);
    let of_distribution = |field: &str| part.and_then(|part| part.get(field)).map(Node::items).unwrap_or_default();
    Cluster {
        name: node.path(),
        at: node.place(),
        kubernetes: said(node.get("kubernetes"), version),
        cni: node.get("cni").map_or_else(|| no_cni(node), cni),
        balancer: node.get("balancer").map(balancer),
        flux: node.get("delivery").and_then(flux),
        network: node.get("network").map_or_else(|| no_network(node), network),
        hosts: entries("host").into_iter().map(|host| self::host(host, &distribution)).collect(),
        plans: entries("host").into_iter().filter_map(super::plan::plan).collect(),
        external_datastore: is(node, "external-datastore"),
        storage: entries("storage").into_iter().chain(of_distribution("storage")).map(storage).collect(),
        ingress_classes: of_distribution("ingress")
            .into_iter()
            .map(|class| ingress_class(class, true))
            .chain(spaces.iter().flat_map(served).map(|class| ingress_class(class, false)))
            .collect(),
        namespaces: spaces.iter().map(|space| (space.name, namespace(space))).collect(),
        uses: spaces.iter().flat_map(uses).collect(),
        endpoints: spaces.iter().flat_map(endpoints).collect(),
        externals: spaces.iter().flat_map(externals).collect(),
        filled: spaces.iter().filter_map(filled).collect(),
        hooks: Vec::new(),
        scrapers: Vec::new(),
        monitors: Vec::new(),
        pod_monitors: Vec::new(),
        dns: dns(node.get("dns")),
        domain: node.get("domain").and_then(text).unwrap_or_else(|| "cluster.local".into()),
        objects: Vec::new(),
        pods: Vec::new(),
        fronts: Vec::new(),
        policies: Vec::new(),
        ingresses: Vec::new(),
        claims: Vec::new(),
        certificates: Vec::new(),
        acmes: Vec::new(),
        rights: Vec::new(),
        persistents: Vec::new(),
        quotas: Vec::new(),
        ranges: Vec::new(),
        references: Vec::new(),
        made: made(node, spaces),
        makers: spaces.iter().flat_map(makers).collect(),
        rhythms: Vec::new(),
        steps: Vec::new(),
        needs: Vec::new(),
        demands: Vec::new(),
        offers: Default::default(),
        groups: own_groups(node),
        is_whole: node
            .get("delivery")
            .and_then(|delivery| delivery.get("layout"))
            .and_then(text)
            .is_some_and(|way| &*way != "objects"),
        budgets: Vec::new(),
        announcements: Vec::new(),
        told: spaces.iter().flat_map(told).collect(),
        parts: spaces.iter().flat_map(parts).collect(),
        unseen: unseen(spaces),
        broken: Vec::new(),
        grants: Vec::new(),
        bindings: Vec::new(),
        literals: Vec::new(),
        foreign: Vec::new(),
        substitutions: Vec::new(),
        backups: Vec::new(),
        growth: Vec::new(),
        charts: Vec::new(),
        installed: Vec::new(),
        with_credentials: Default::default(),
        sealed: Vec::new(),
        unsealed: Vec::new(),
        encrypted: Vec::new(),
        decrypts: false,
        directories: Vec::new(),
        tree: node.get("delivery").and_then(super::delivery::tree),
        legacy: legacy(node),
        leads: Vec::new(),
        gateways: Vec::new(),
        routes: Vec::new(),
        permits: Vec::new(),
        projects: Vec::new(),
        applications: Vec::new(),
        subsets: Vec::new(),
        wanted_subsets: Vec::new(),
        named_classes: Vec::new(),
        autoscalers: Default::default(),
        resized: Vec::new(),
        scaled_twice: Vec::new(),
        distribution,
    }
}

/// Ways of keeping secrets that no new secret takes.
fn legacy<N: Node>(node: N) -> Vec<(Text, Said<Text>)> {
    let ways = node.get("legacy-secrets").map(Node::entries).unwrap_or_default();
    ways.into_iter().filter_map(|(way, why)| Some((way.into(), said(Some(why), text)?))).collect()
}

fn is<N: Node>(node: N, field: &str) -> bool {
    node.get(field).and_then(truth).unwrap_or(false)
}

/// What a field says, or else the name of the block.
fn called<N: Node>(node: N, field: &str) -> Text {
    node.get(field).and_then(text).unwrap_or_else(|| node.name().unwrap_or_default().into())
}

fn schema<N: Node>(node: N) -> &'static str {
    node.schemas().first().copied().unwrap_or_default()
}

fn map<N: Node>(node: N, field: &str) -> Labels {
    node.get(field).map(labels).unwrap_or_default()
}

fn numbers<N: Node>(node: N, field: &str) -> Vec<u16> {
    node.get(field).map(Node::items).unwrap_or_default().into_iter().filter_map(port).collect()
}

fn reserve<N: Node>(node: N) -> (Cpu, Bytes) {
    let kept = node.get("reserve");
    let cpu = kept.and_then(|kept| kept.get("cpu")).and_then(cpu);
    let memory = kept.and_then(|kept| kept.get("memory")).and_then(bytes);
    (cpu.unwrap_or_else(no_cpu), memory.unwrap_or_else(no_bytes))
}

fn no_cpu() -> Cpu {
    Cpu::from_thousandths(0).unwrap_or_default()
}

fn no_bytes() -> Bytes {
    Bytes::from_count(0).unwrap_or_default()
}

fn unknown<N: Node>(cluster: N) -> Distribution {
    Distribution {
        schema: "",
        at: cluster.place(),
        known: false,
        version: None,
        schedules_on_control_plane: true,
        metrics: false,
        ports: Vec::new(),
        reserve: (no_cpu(), no_bytes()),
        names_hosts_only: false,
        balancer: None,
        brings: Default::default(),
        endpoint: None,
        setup: None,
        map: None,
        images: Vec::new(),
        contacts: Vec::new(),
        unlisted: None,
        collects: false,
    }
}

fn distribution<N: Node>(node: N) -> Distribution {
    Distribution {
        schema: schema(node),
        at: node.place(),
        known: is(node, "known"),
        version: said(node.get("version"), version),
        schedules_on_control_plane: is(node, "schedules-on-control-plane"),
        metrics: is(node, "metrics"),
        ports: numbers(node, "ports"),
        reserve: reserve(node),
        names_hosts_only: node.schemas().contains(&"K3s"),
        balancer: node.get("balancer").map(balancer),
        brings: Brings {
            cni: is(node, "installs-cni"),
            proxy: is(node, "runs-proxy"),
            policies: is(node, "runs-policies"),
        },
        endpoint: said(node.get("endpoint"), text),
        images: all_said(node.get("own-images"), text),
        contacts: all_said(node.get("own-contacts"), text),
        unlisted: node.get("unlisted").and_then(text),
        collects: is(node, "collects"),
        setup: setup(node),
        map: said(node.get("map"), |map| Some(map.items().into_iter().filter_map(mapped).collect())),
    }
}

fn setup<N: Node>(node: N) -> Option<Setup> {
    Some(Setup {
        release: node.get("release").and_then(text)?,
        url: node.get("url").and_then(text)?,
        data: node.get("data-dir").and_then(text)?,
        copies_state: is(node, "embedded-etcd"),
        probe: node.get("probe").and_then(text)?,
    })
}

fn ssh<N: Node>(node: N) -> Option<Ssh> {
    Some(Ssh {
        user: node.get("user").and_then(text)?,
        address: node.get("address").and_then(text)?,
        port: node.get("port").and_then(port)?,
    })
}

fn mapped<N: Node>(node: N) -> Option<Mapped> {
    Some(Mapped {
        at: node.place(),
        host: node.get("host").and_then(port)?,
        to: node.get("to").and_then(port)?,
        protocol: node.get("protocol").and_then(text).unwrap_or_else(|| "TCP".into()),
    })
}

fn no_cni<N: Node>(cluster: N) -> Cni {
    Cni {
        schema: "",
        at: cluster.place(),
        policies: true,
        replaces_default: false,
        replaces_proxy: false,
        spares_pods: false,
        blocks_mean_pods: true,
        pods: None,
        pools: Vec::new(),
        ports: Vec::new(),
    }
}

fn cni<N: Node>(node: N) -> Cni {
    Cni {
        schema: schema(node),
        at: node.place(),
        policies: is(node, "policies"),
        replaces_default: is(node, "replaces-default"),
        replaces_proxy: is(node, "replaces-proxy"),
        spares_pods: is(node, "sockets-of-hosts-only"),
        blocks_mean_pods: node.get("blocks-mean-pods").and_then(truth).unwrap_or(true),
        pods: said(node.get("pods"), cidr),
        pools: Vec::new(),
        ports: numbers(node, "ports"),
    }
}

fn balancer<N: Node>(node: N) -> Balancer {
    Balancer {
        schema: schema(node),
        at: node.place(),
        version: said(node.get("version"), version),
        on_hosts: is(node, "on-hosts"),
        pools: is(node, "pools"),
        shares: is(node, "shares"),
    }
}

/// The groups of kinds that are there before anything is delivered: those of the distribution, of what connects pods, of what
/// delivers.
fn own_groups<N: Node>(cluster: N) -> BTreeSet<Text> {
    const GROUPS: &[(&str, &[&str])] = &[
        (
            "Flux",
            &[
                "source.toolkit.fluxcd.io",
                "kustomize.toolkit.fluxcd.io",
                "helm.toolkit.fluxcd.io",
                "notification.toolkit.fluxcd.io",
            ],
        ),
        ("Apps", &["argoproj.io"]),
        ("K3s", &["helm.cattle.io", "k3s.cattle.io", "traefik.io", "hub.traefik.io", "gateway.networking.k8s.io"]),
        ("K3d", &["helm.cattle.io", "k3s.cattle.io", "traefik.io", "hub.traefik.io", "gateway.networking.k8s.io"]),
        ("Cilium", &["cilium.io"]),
        ("Calico", &["crd.projectcalico.org", "projectcalico.org", "operator.tigera.io", "policy.networking.k8s.io"]),
    ];
    let parts = ["distribution", "cni", "delivery"].into_iter().filter_map(|part| cluster.get(part));
    let names: Vec<&str> = parts.flat_map(|part| part.schemas()).collect();
    let groups = GROUPS.iter().filter(|(schema, _)| names.contains(schema));
    groups.flat_map(|(_, groups)| groups.iter().map(|group| Text::from(*group))).collect()
}

/// The version of Flux that delivers, where somebody says one.
fn flux<N: Node>(delivery: N) -> Option<Said<domain::Version>> {
    let version = said(delivery.get("version"), version).filter(|version| version.given);
    version.filter(|_| schema(delivery) == "Flux")
}

fn no_network<N: Node>(cluster: N) -> Network {
    Network {
        at: cluster.place(),
        nodes: None,
        nodes6: None,
        gateway: None,
        dns_servers: Vec::new(),
        dhcp: None,
        machines: Vec::new(),
        pods: Vec::new(),
        services: Vec::new(),
        node_mask: None,
        dns: None,
        node_ports: None,
        vip: None,
        endpoint: None,
        names: Vec::new(),
        more_hosts: 0,
        pools: Vec::new(),
        blocked: Vec::new(),
        mirrors: Vec::new(),
    }
}

fn network<N: Node>(node: N) -> Network {
    let families = |one: &str, other: &str| {
        let both = [said(node.get(one), cidr), said(node.get(other), cidr)];
        both.into_iter().flatten().collect()
    };
    let machines = node.get("machines").map(Node::entries).unwrap_or_default();
    let mirrors = node.get("mirrors").map(Node::entries).unwrap_or_default();
    Network {
        at: node.place(),
        nodes: said(node.get("nodes"), cidr),
        nodes6: said(node.get("nodes6"), cidr),
        gateway: said(node.get("gateway"), ip),
        dns_servers: all_said(node.get("dns-servers"), ip),
        dhcp: said(node.get("dhcp"), range),
        machines: machines.into_iter().filter_map(|(name, node)| Some((name.into(), said(Some(node), ip)?))).collect(),
        pods: families("pods", "pods6"),
        services: families("services", "services6"),
        node_mask: said(node.get("node-mask"), int),
        dns: said(node.get("dns"), ip),
        node_ports: said(node.get("node-ports"), ports),
        vip: said(node.get("vip"), ip),
        endpoint: said(node.get("endpoint"), text),
        names: all_said(node.get("names"), text),
        more_hosts: node.get("more-hosts").and_then(int).unwrap_or(0),
        pools: node.get("pool").map(Node::items).unwrap_or_default().into_iter().map(pool).collect(),
        blocked: all_said(node.get("blocked"), text),
        mirrors: mirrors.into_iter().map(|(registry, urls)| (registry.into(), all_said(Some(urls), text))).collect(),
    }
}

fn pool<N: Node>(node: N) -> Pool {
    Pool {
        name: named(node),
        at: node.place(),
        ranges: said(node.get("range"), range).into_iter().collect(),
        layer2: node.get("by").and_then(text).is_none_or(|by| &*by == "layer2"),
        unread: Vec::new(),
        entity: None,
        automatic: true,
        avoids_edges: false,
        narrow: false,
    }
}

fn host<N: Node>(node: N, distribution: &Distribution) -> Host {
    let name = named(node);
    let role = node.get("role");
    let control_plane = role.and_then(text).is_some_and(|role| &*role == "control-plane");
    let arch = node.get("arch").and_then(text).unwrap_or_else(|| "amd64".into());
    let mut labels = map(node, "labels");
    // What the kubelet says of its host by itself.
    for (key, value) in
        [("kubernetes.io/hostname", &name), ("kubernetes.io/arch", &arch), ("kubernetes.io/os", &"linux".into())]
    {
        labels.or_insert(key.into(), *value);
    }
    let mut taints: Vec<Taint> =
        node.get("taints").map(Node::items).unwrap_or_default().into_iter().map(taint).collect();
    if control_plane {
        labels.or_insert("node-role.kubernetes.io/control-plane".into(), "".into());
        if distribution.known && !distribution.schedules_on_control_plane {
            let key = "node-role.kubernetes.io/control-plane".into();
            taints.push(Taint { key, value: "".into(), effect: "NoSchedule".into() });
        }
    }
    let (cpu_kept, memory_kept) = reserve(node);
    let kept = if node.get("reserve").is_some_and(|kept| !kept.entries().is_empty()) {
        (cpu_kept, memory_kept)
    } else {
        distribution.reserve
    };
    let devices = node.get("devices").map(Node::entries).unwrap_or_default();
    Host {
        at: node.place(),
        address: said(node.get("address"), ip),
        address6: said(node.get("address6"), ip),
        mac: said(node.get("mac"), text),
        control_plane,
        role: role.map_or(node.place(), Node::place),
        cpu: said(node.get("cpu"), cpu),
        memory: said(node.get("memory"), bytes),
        disk: said(node.get("disk"), bytes),
        arch,
        kubernetes: said(node.get("kubernetes"), version),
        labels,
        taints,
        devices: devices.into_iter().filter_map(|(name, count)| Some((name.into(), int(count)?))).collect(),
        reserve: kept,
        max_pods: node.get("max-pods").and_then(int).unwrap_or(110),
        os: node.get("os").and_then(text),
        ssh: node.get("ssh").and_then(ssh),
        name,
    }
}

fn taint<N: Node>(node: N) -> Taint {
    let part = |field: &str| node.get(field).and_then(text).unwrap_or_else(|| "".into());
    Taint { key: part("key"), value: part("value"), effect: part("effect") }
}

fn storage<N: Node>(node: N) -> Storage {
    Storage {
        class: called(node, "class"),
        at: node.place(),
        given: node.given(),
        default: is(node, "default"),
        on_host: is(node, "on-host"),
        shared: is(node, "shared"),
        size: said(node.get("size"), bytes),
        copies: None,
    }
}

fn ingress_class<N: Node>(node: N, brought: bool) -> IngressClass {
    IngressClass {
        class: called(node, "class"),
        at: node.place(),
        default: is(node, "default"),
        controller: called(node, "controller"),
        namespace: node.get("in-namespace").and_then(text),
        pods: map(node, "pods"),
        public: is(node, "public"),
        brought,
        ports: numbers(node, "ports"),
    }
}

fn namespace<N: Node>(space: &Space<N>) -> Namespace {
    let mut labels = map(space.node, "labels");
    // Kubernetes gives every namespace this one.
    labels.insert("kubernetes.io/metadata.name".into(), space.name);
    Namespace { at: space.node.place(), labels, name: space.name }
}

/// The classes of ingress that the components of a namespace serve.
fn served<N: Node>(space: &Space<N>) -> impl Iterator<Item = N> {
    space.components().filter_map(|component| component.node.get("serves"))
}

/// The pods that the components and endpoints of a namespace speak of.
fn told<N: Node>(space: &Space<N>) -> impl Iterator<Item = Told> {
    let speaking = space.blocks.iter().filter(|block| block.is("Component") || block.is("Endpoint"));
    speaking.map(|block| Told { namespace: space.name, pods: map(block.node, "pods") })
}

/// Where charts and what runs by itself stand.
fn unseen<N: Node>(spaces: &[Space<N>]) -> Unseen {
    let mut unseen = Unseen::default();
    for (space, component) in spaces.iter().flat_map(|space| space.opaque().map(move |component| (space, component))) {
        let node = component.node;
        unseen.namespaces.insert(space.name);
        unseen.words.insert(node.name().unwrap_or_default().to_lowercase().into());
        unseen.words.extend(node.get("chart").and_then(text).map(|chart| Text::from(chart.to_lowercase())));
    }
    unseen
}

fn dns<N: Node>(node: Option<N>) -> Dns {
    let pods = node.map(|node| map(node, "pods")).unwrap_or_default();
    let usual = || Labels::from([("k8s-app".into(), "kube-dns".into())]);
    Dns {
        namespace: node.and_then(|node| node.get("namespace")).and_then(text).unwrap_or_else(|| "kube-system".into()),
        pods: if pods.is_empty() { usual() } else { pods },
    }
}

/// The name of a namespace in which somebody makes pods that are not written.
fn filled<N: Node>(space: &Space<N>) -> Option<Text> {
    let made = space.blocks.iter().any(|block| block.is("Endpoint")) || space.opaque().next().is_some();
    made.then_some(space.name)
}

/// What blocks say to exist: secrets whose values are kept elsewhere, what charts make, and where parts are installed.
fn made<N: Node>(cluster: N, spaces: &[Space<N>]) -> Vec<Made> {
    let list = |node: N, field: &str| node.get(field).map(Node::items).unwrap_or_default();
    let one = |kind, namespace: &Text, name, keys, node: N| Made {
        group: "",
        kind,
        namespace: *namespace,
        name,
        keys,
        at: node.place(),
    };
    let nowhere: Text = "".into();
    let mut found = Vec::new();
    for space in spaces {
        for secret in list(space.node, "secret") {
            let keys: Vec<Text> = list(secret, "key").into_iter().map(|key| named(key)).collect();
            let keys = (!keys.is_empty()).then_some(keys);
            found.push(one("Secret", &space.name, called(secret, "object"), keys, secret));
        }
    }
    for part in ["cni", "balancer", "distribution", "delivery"].into_iter().filter_map(|part| cluster.get(part)) {
        if let Some(namespace) = part.get("namespace").and_then(text) {
            found.push(one("Namespace", &nowhere, namespace, None, part));
        }
    }
    found
}

/// Charts and other components of which only the outside is written: what they make is not seen here.
fn makers<N: Node>(space: &Space<N>) -> impl Iterator<Item = Maker> {
    space.opaque().map(|_| Maker { by: None, namespace: Some(space.name), name: None, kind: None })
}

/// The components of a namespace that say what must be there before them, or of which layer they are.
fn parts<N: Node>(space: &Space<N>) -> Vec<Part> {
    let list = |node: N, field: &str| node.get(field).map(Node::items).unwrap_or_default();
    let called = |node: N| Said { value: Text::from(node.path()), at: node.place(), given: node.given() };
    let mut found = Vec::new();
    for component in space.components().map(|block| block.node) {
        let layer = component.get("layer").and_then(int);
        let after: Vec<Said<Text>> = list(component, "after").into_iter().map(called).collect();
        if layer.is_none() && after.is_empty() {
            continue;
        }
        let of = |endpoint: N| {
            let owner = endpoint.get("workload").or_else(|| endpoint.get("namespace"))?;
            Some((called(endpoint), owner.get("layer").and_then(int)?))
        };
        let uses = list(component, "uses").into_iter().filter_map(of).collect();
        found.push(Part { path: component.path().into(), at: component.place(), layer, after, uses });
    }
    found
}

/// What the components of a namespace reach.
fn uses<N: Node>(space: &Space<N>) -> Vec<Use> {
    let mut found = Vec::new();
    for component in space.components() {
        let endpoints = component.node.get("uses").map(Node::items).unwrap_or_default();
        found.extend(endpoints.into_iter().filter_map(|endpoint| {
            Some(Use {
                path: component.node.path(),
                at: endpoint.place(),
                namespace: space.name,
                pods: map(component.node, "pods"),
                to: self::endpoint(endpoint)?,
            })
        }));
    }
    found
}

/// What the components of a namespace reach outside of the cluster.
fn externals<N: Node>(space: &Space<N>) -> Vec<External> {
    let mut found = Vec::new();
    for component in space.components() {
        let written = component.node.get("external").map(Node::items).unwrap_or_default();
        found.extend(written.into_iter().filter_map(|node| {
            Some(External {
                path: component.node.path(),
                at: node.place(),
                namespace: space.name,
                pods: map(component.node, "pods"),
                host: node.get("host").and_then(text)?,
                port: node.get("port").and_then(port)?,
                address: said(node.get("address"), cidr).filter(|address| address.given),
            })
        }));
    }
    found
}

fn endpoints<N: Node>(space: &Space<N>) -> Vec<Endpoint> {
    let written = space.node.get("endpoint").map(Node::items).unwrap_or_default();
    written.into_iter().filter_map(endpoint).collect()
}

fn endpoint<N: Node>(node: N) -> Option<Endpoint> {
    Some(Endpoint {
        path: node.path(),
        at: node.place(),
        namespace: node.get("namespace").map(|namespace| named(namespace))?,
        pods: map(node, "pods"),
        host: node.get("host").and_then(text).unwrap_or_else(|| "".into()),
        number: node.get("number").and_then(port)?,
        target: node.get("target").and_then(port)?,
        protocol: node.get("protocol").and_then(text).unwrap_or_else(|| "TCP".into()),
    })
}
