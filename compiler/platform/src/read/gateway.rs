//! Gateways and the routes that they take: <https://gateway-api.sigs.k8s.io/reference/spec/>.

use super::policy::selector;
use super::scalar::{all_said, port, said, text};
use crate::Node;
use crate::model::{Cluster, Entity, Gateway, Listener, Parent, Permit, Route, Selector, Text};

const GROUP: &str = "gateway.networking.k8s.io";

/// Adds a gateway, a route, or a leave to name what stands in another namespace.
pub fn note<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    if *entity.group != *GROUP {
        return;
    }
    let Some(spec) = node.get("spec") else { return };
    let list = |field: &str| spec.get(field).map(Node::items).unwrap_or_default();
    match &*entity.kind {
        "Gateway" => {
            let listeners = list("listeners").into_iter().filter_map(listener).collect();
            cluster.gateways.push(Gateway { entity: number, listeners });
        }
        "ReferenceGrant" => {
            let part = |of: N, field: &str| of.get(field).and_then(text);
            for from in list("from") {
                let Some(from) = part(from, "kind").zip(part(from, "namespace")) else { continue };
                let kinds = list("to").into_iter().filter_map(|to| part(to, "kind"));
                cluster.permits.extend(kinds.map(|kind| Permit { to: entity.space(), kind, from }));
            }
        }
        kind if kind.ends_with("Route") => {
            let parents = list("parentRefs").into_iter().filter_map(|parent| self::parent(parent, entity)).collect();
            cluster.routes.push(Route { entity: number, hosts: all_said(spec.get("hostnames"), text), parents });
        }
        _ => {}
    }
}

fn listener<N: Node>(node: N) -> Option<Listener> {
    let spaces = node.get("allowedRoutes").and_then(|routes| routes.get("namespaces"));
    let from = spaces.and_then(|spaces| match spaces.get("from").and_then(text).as_deref() {
        Some("All") => Some(Selector::default()),
        Some("Selector") => spaces.get("selector").map(selector),
        _ => None,
    });
    Some(Listener {
        name: node.get("name").and_then(text)?,
        port: node.get("port").and_then(port),
        host: node.get("hostname").and_then(text).filter(|host| !host.is_empty()),
        from,
    })
}

fn parent<N: Node>(node: N, entity: &Entity) -> Option<Parent> {
    // A route of a mesh is for a service.
    let is_gateway = node.get("kind").and_then(text).is_none_or(|kind| &*kind == "Gateway");
    let namespace: Text = node.get("namespace").and_then(text).unwrap_or_else(|| entity.space());
    Some(Parent {
        namespace,
        name: said(node.get("name"), text).filter(|_| is_gateway)?,
        listener: said(node.get("sectionName"), text),
        port: node.get("port").and_then(port),
    })
}
