//! Quotas of namespaces, and what containers of namespaces may ask for.

use std::collections::BTreeMap;

use super::scalar::{bytes, count, cpu, said, text};
use crate::Node;
use crate::model::{LimitRange, Long, Quota, Said};

/// A quota, if it is about everything in its namespace.
pub fn quota<N: Node>(node: N, entity: usize) -> Option<Quota> {
    let spec = node.get("spec")?;
    let scoped =
        spec.get("scopes").is_some_and(|scopes| !scopes.items().is_empty()) || spec.get("scopeSelector").is_some();
    (!scoped).then(|| Quota { entity, most: amounts(spec.get("hard")) })
}

/// What containers may ask for.
pub fn range<N: Node>(node: N, entity: usize) -> LimitRange {
    let limits = node.get("spec").and_then(|spec| spec.get("limits")).map(Node::items).unwrap_or_default();
    let of_containers = |limit: &N| limit.get("type").and_then(text).is_some_and(|kind| &*kind == "Container");
    let mut range = LimitRange { entity, ..LimitRange::default() };
    for limit in limits.into_iter().filter(of_containers) {
        let fields = [
            (&mut range.limits, "default"),
            (&mut range.requests, "defaultRequest"),
            (&mut range.most, "max"),
            (&mut range.least, "min"),
        ];
        for (into, field) in fields {
            into.extend(amounts(limit.get(field)));
        }
    }
    // Who names no request asks for the limit, and who names no limit has the most.
    for (name, most) in &range.most {
        range.limits.entry(name.clone()).or_insert_with(|| most.clone());
    }
    for (name, limit) in &range.limits {
        range.requests.entry(name.clone()).or_insert_with(|| limit.clone());
    }
    range
}

fn amounts<N: Node>(node: Option<N>) -> BTreeMap<Long, Said<u128>> {
    let amount = |(name, node): (&'static str, N)| Some((name.into(), said(Some(node), |node| amount(name, node))?));
    node.map(Node::entries).unwrap_or_default().into_iter().filter_map(amount).collect()
}

fn amount<N: Node>(name: &str, node: N) -> Option<u128> {
    match name {
        "cpu" | "requests.cpu" | "limits.cpu" => Some(cpu(node)?.thousandths().into()),
        "memory" | "requests.memory" | "limits.memory" => Some(bytes(node)?.count().into()),
        name if name.ends_with("storage") => Some(bytes(node)?.count().into()),
        _ => u128::try_from(count(node)?).ok(),
    }
}
