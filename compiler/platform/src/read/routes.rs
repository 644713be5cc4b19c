//! Where objects that are no ingresses send requests: routes of gateways and of Traefik; and the classes of ingress that they name.

use super::references::{each, is};
use super::scalar::{port_name, said, text};
use crate::Node;
use crate::model::{Cluster, Entity, Lead, Reference, Said, Subset, Text};

/// Kinds of routes, the ways to who answers, and the service where the kind of that is not written.
const ROUTES: &[(&str, &[&str], &[&str])] = &[
    (
        "gateway.networking.k8s.io",
        &["HTTPRoute", "GRPCRoute", "TCPRoute", "TLSRoute", "UDPRoute"],
        &["spec rules * backendRefs *", "spec rules * filters * requestMirror backendRef"],
    ),
    ("traefik.io", &["IngressRoute", "IngressRouteTCP", "IngressRouteUDP"], &["spec routes * services *"]),
    ("traefik.io", &["TraefikService"], &["spec weighted services *", "spec mirroring", "spec mirroring mirrors *"]),
    ("traefik.io", &["Middleware"], &["spec errors service"]),
];

/// Adds where an object sends requests.
pub fn routes<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, by: usize) {
    // Most objects are of Kubernetes itself, and no routes.
    if !entity.group.contains('.') || &*entity.group == "networking.k8s.io" {
        return;
    }
    for (group, kinds, ways) in ROUTES {
        if *entity.group == **group && kinds.contains(&&*entity.kind) {
            ways.iter().for_each(|way| each(node, way, &mut |end| cluster.leads.extend(lead(end, entity, by))));
        }
    }
    mesh(cluster, node, entity, by);
    if ["Issuer", "ClusterIssuer"].into_iter().any(|kind| is(entity, ("cert-manager.io", kind))) {
        for field in ["ingressClassName", "class"] {
            each(node, &format!("spec acme solvers * http01 ingress {field}"), &mut |class| {
                cluster.named_classes.extend(said(Some(class), text).map(|class| (by, class)));
            });
        }
    }
}

fn lead<N: Node>(end: N, entity: &Entity, by: usize) -> Option<Lead> {
    let part = |field: &str| end.get(field).and_then(text).filter(|part| !part.is_empty());
    let is_service = part("kind").is_none_or(|kind| &*kind == "Service") && part("group").is_none();
    let is_told = |name: &Said<Text>| !name.contains("${") && !name.contains('@');
    let service = said(end.get("name"), text).filter(is_told).filter(|_| is_service)?;
    let namespace = part("namespace").unwrap_or_else(|| entity.space());
    Some(Lead { by, namespace, service, port: said(end.get("port"), port_name)? })
}

/// The ways of a mesh to who answers, and to the port of that.
const MESH: &[(&str, &[&str])] = &[
    (
        "VirtualService",
        &[
            "spec http * route * destination",
            "spec http * mirror",
            "spec tcp * route * destination",
            "spec tls * route * destination",
        ],
    ),
    ("DestinationRule", &["spec"]),
];

/// Adds where a mesh sends requests: services by their hosts, and choices of their pods by name.
fn mesh<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, by: usize) {
    let is = |kind: &str| *entity.group == *"networking.istio.io" && *entity.kind == *kind;
    for way in MESH.iter().filter(|(kind, _)| is(kind)).flat_map(|(_, ways)| *ways) {
        each(node, way, &mut |end| {
            let Some((service, namespace)) = end.get("host").and_then(|host| of_host(host, entity, &cluster.domain))
            else {
                return;
            };
            let name = service.clone();
            cluster.references.push(Reference {
                by,
                group: "",
                kind: "Service",
                namespace,
                name,
                key: None,
                optional: false,
            });
            if is("DestinationRule") {
                let subsets = end.get("subsets").map(Node::items).unwrap_or_default();
                let names = subsets.into_iter().filter_map(|subset| subset.get("name").and_then(text));
                cluster.subsets.extend(names.map(|name| Subset { by, service: (namespace, service.value), name }));
                return;
            }
            if let Some(port) = said(end.get("port").and_then(|port| port.get("number")), port_name) {
                cluster.leads.push(Lead { by, namespace, service: service.clone(), port });
            }
            if let Some(subset) = said(end.get("subset"), text) {
                cluster.wanted_subsets.push((by, (namespace, service.value), subset));
            }
        });
    }
}

/// The service that a host of a mesh is: of its own namespace where it is one word, or as it is called in full.
fn of_host<N: Node>(host: N, entity: &Entity, domain: &str) -> Option<(Said<Text>, Text)> {
    let host = said(Some(host), text).filter(|host| !host.contains(['*', '$']))?;
    let Some((name, rest)) = host.split_once('.') else {
        return Some((host, entity.space()));
    };
    let namespace = rest.strip_suffix(domain)?.strip_suffix(".svc.")?;
    let namespace = Text::from(namespace);
    Some((Said { value: name.into(), ..host }, namespace))
}
