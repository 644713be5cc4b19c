//! What is needed of a cluster beside objects, and who says that it gives it.

use super::blocks::Space;
use super::charts;
use super::references::each;
use super::scalar::{bytes, cpu, int, text, version};
use crate::Node;
use crate::model::{Cluster, Demand, Entity, Need, Text};

/// What a chart needs.
struct Chart {
    name: &'static str,
    needs: &'static str,
    /// Where a value may stand that makes it needless, and which ones do.
    unless: Option<(&'static str, &'static [&'static str])>,
}

const CHARTS: &[Chart] = &[
    Chart { name: "kserve", needs: "cert-manager", unless: None },
    Chart {
        name: "kserve",
        needs: "istio",
        unless: Some(("kserve controller deploymentMode", &["RawDeployment", "Standard"])),
    },
    Chart { name: "seldon-core-v2-setup", needs: "cni.policy", unless: None },
];

/// What the components of a namespace need and give.
pub fn components<N: Node>(cluster: &mut Cluster, space: &Space<N>) {
    for component in space.components().map(|block| block.node) {
        each(component, "kinds *", &mut |group| cluster.groups.extend(text(group)));
        each(component, "provides *", &mut |what| cluster.offers.extend(text(what)));
        let by = format!("`{}`", component.path());
        each(component, "requires *", &mut |what| match text(what) {
            Some(word) => cluster.needs.push(Need { by: by.clone(), at: what.place(), what: word }),
            None => cluster.demands.push(demand(what, by.clone())),
        });
        chart(cluster, component.get("chart"), component.get("values"), &by);
        charts::component(cluster, component, &space.name);
    }
}

fn demand<N: Node>(node: N, by: String) -> Demand {
    let role = node.get("role").and_then(text);
    Demand {
        by,
        at: node.place(),
        hosts: node.get("hosts").and_then(int),
        control_plane: role.map(|role| &*role == "control-plane"),
        arch: node.get("arch").and_then(text),
        os: node.get("os").map(Node::items).unwrap_or_default().into_iter().filter_map(text).collect(),
        cpu: node.get("cpu").and_then(cpu),
        memory: node.get("memory").and_then(bytes),
        disk: node.get("disk").and_then(bytes),
        kubernetes: node.get("kubernetes").and_then(version),
        storage: node.get("storage").and_then(text),
    }
}

/// What an object needs.
pub fn object<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity) {
    let part = |way: &str| {
        let mut found = None;
        each(node, way, &mut |end| found = Some(end));
        found
    };
    match (&*entity.group, &*entity.kind) {
        ("helm.toolkit.fluxcd.io", "HelmRelease") => {
            chart(cluster, part("spec chart spec chart"), part("spec values"), &entity.shown());
        }
        ("helm.cattle.io", "HelmChart") => {
            chart(cluster, part("spec chart"), part("spec values"), &entity.shown());
        }
        ("argoproj.io", "Application") => {
            chart(cluster, part("spec source chart"), part("spec source helm valuesObject"), &entity.shown());
        }
        ("autoscaling", "HorizontalPodAutoscaler") => {
            let mut kinds: Vec<Text> = Vec::new();
            each(node, "spec metrics * type", &mut |kind| kinds.extend(text(kind)));
            let of_pods = |kind: &Text| matches!(&**kind, "Resource" | "ContainerResource");
            if kinds.is_empty() || kinds.iter().any(of_pods) {
                let what = "metrics.k8s.io".into();
                cluster.needs.push(Need { by: entity.shown(), at: entity.name_at, what });
            }
        }
        ("apiextensions.k8s.io", "CustomResourceDefinition") => {
            cluster.groups.extend(part("spec group").and_then(text))
        }
        ("apiregistration.k8s.io", "APIService") => {
            let group = entity.name.split_once('.').map(|(_, group)| Text::from(group));
            cluster.offers.extend(group);
        }
        _ => {}
    }
}

fn chart<N: Node>(cluster: &mut Cluster, named: Option<N>, values: Option<N>, by: &str) {
    let Some((named, name)) = named.and_then(|named| Some((named, text(named)?))) else {
        return;
    };
    let name = name.rsplit('/').next().unwrap_or_default();
    for chart in CHARTS.iter().filter(|chart| chart.name == name) {
        let mut needless = false;
        if let (Some((way, those)), Some(values)) = (chart.unless, values) {
            each(values, way, &mut |end| needless |= text(end).is_some_and(|value| those.contains(&&*value)));
        }
        // Whoever installs it may say so himself.
        let said = cluster.needs.iter().any(|need| need.by == by && *need.what == *chart.needs);
        if !needless && !said {
            cluster.needs.push(Need { by: by.to_owned(), at: named.place(), what: chart.needs.into() });
        }
    }
}
