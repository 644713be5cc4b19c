//! Charts that are installed, and what their values say.

use std::collections::BTreeMap;

use super::references::each;
use super::scalar::{said, text, truth};
use crate::Node;
use crate::model::{Chart, Cluster, Entity, How, Long, Reference, Said, Text};

/// How deep values are read.
const DEEPEST: usize = 12;

type Values = BTreeMap<Long, Vec<Said<Text>>>;

/// Adds the chart of a block, if it has one.
pub fn component<N: Node>(cluster: &mut Cluster, component: N, namespace: &Text) {
    let Some((named, name)) = named(component.get("chart")) else {
        return;
    };
    cluster.charts.push(Chart {
        name,
        at: named.place(),
        release: component.name().unwrap_or_default().into(),
        by: format!("`{}`", component.path()),
        entity: None,
        namespace: *namespace,
        repository: component.get("repository").and_then(text),
        version: said(component.get("version"), text),
        how: How::Block,
        values: values(component.get("values")),
        open: false,
        untyped: component.unchecked("values"),
    });
}

/// Adds the charts of an object, if it has some.
pub fn object<N: Node>(cluster: &mut Cluster, node: N, entity: &Entity, number: usize) {
    let installs = matches!(&*entity.kind, "HelmRelease" | "HelmChart" | "Application");
    let Some(spec) = installs.then(|| node.get("spec")).flatten() else {
        return;
    };
    let part = |way: &str| part(spec, way);
    let own = |way: &str| part(way).and_then(text);
    let mut add = |release: Text, chart: Option<N>, namespace: Option<Text>, repository, how, values, open| {
        cluster.charts.extend(named(chart).map(|(at, name)| Chart {
            name,
            release,
            at: at.place(),
            by: entity.shown(),
            entity: Some(number),
            namespace: namespace.unwrap_or(entity.namespace),
            repository,
            version: None,
            how,
            values,
            open,
            untyped: None,
        }));
    };
    match (&*entity.group, &*entity.kind) {
        ("helm.toolkit.fluxcd.io", "HelmRelease") => {
            let waits = part("install disableWait").and_then(truth) != Some(true);
            let how = if waits { How::FluxWaits } else { How::Flux };
            let chart = part("chart spec chart").or_else(|| part("chartRef name"));
            let open = part("valuesFrom").is_some() || part("chart spec valuesFiles").is_some();
            // Where it is installed elsewhere, the name says where.
            let of_place = |place: Text| Text::from(format!("{place}-{}", entity.name));
            let release = own("releaseName").or_else(|| own("targetNamespace").map(of_place));
            add(release.unwrap_or(entity.name), chart, own("targetNamespace"), None, how, values(part("values")), open);
        }
        ("helm.cattle.io", "HelmChart") => {
            let namespace = own("targetNamespace").or(Some("default".into()));
            let open = part("valuesContent").is_some() || part("valuesSecrets").is_some();
            let mut all = values(part("values"));
            all.extend(values(part("set")));
            add(entity.name, part("chart"), namespace, own("repo"), How::K3s, all, open);
        }
        ("argoproj.io", "Application") => {
            let more = part("sources").map(Node::items).unwrap_or_default();
            for source in part("source").into_iter().chain(more) {
                let helm = source.get("helm");
                let of = |field: &str| helm.and_then(|helm| helm.get(field));
                let mut all = values(of("valuesObject"));
                for parameter in of("parameters").map(Node::items).unwrap_or_default() {
                    let name = parameter.get("name").and_then(text);
                    let value = said(parameter.get("value"), text);
                    all.extend(name.zip(value).map(|(name, value)| (name.text(), vec![value])));
                }
                let open = of("values").is_some() || of("valueFiles").is_some() || of("fileParameters").is_some();
                let repository = source.get("repoURL").and_then(text);
                let release = of("releaseName").and_then(text).unwrap_or(entity.name);
                add(release, source.get("chart"), own("destination namespace"), repository, How::Argo, all, open);
            }
        }
        _ => {}
    }
}

/// A chart that a block names and an object of the delivery installs is one: it stands where it was written, and comes as it is
/// installed.
pub fn merge(cluster: &mut Cluster) {
    let (mut blocks, mut installed): (Vec<Chart>, Vec<Chart>) =
        std::mem::take(&mut cluster.charts).into_iter().partition(|chart| chart.how == How::Block);
    for block in &mut blocks {
        // The chart of a registry is named by its source, which is called as the part that it is of.
        let of_part =
            |chart: &Chart| *chart.name == *block.release || chart.name.ends_with(&format!("-{}", block.release));
        let same = |chart: &Chart| {
            chart.namespace == block.namespace
                && chart.release == block.release
                && (chart.name == block.name || of_part(chart))
        };
        if let Some(at) = installed.iter().position(same) {
            let by = installed.remove(at);
            (block.how, block.entity) = (by.how, by.entity);
        }
    }
    installed.extend(blocks);
    cluster.charts = installed;
}

/// Adds what the values of charts name of the cluster: classes of storage.
pub fn named_classes(cluster: &mut Cluster) {
    let mut found = Vec::new();
    for chart in &cluster.charts {
        let Some(by) = chart.entity else { continue };
        let is_class =
            |way: &str| way.rsplit('.').next().is_some_and(|key| matches!(key, "storageClass" | "storageClassName"));
        for name in chart.values.iter().filter(|(way, _)| is_class(way)).flat_map(|(_, values)| values) {
            // Many charts write so that none is meant.
            if &*name.value != "-" {
                let (group, kind, namespace) = ("storage.k8s.io", "StorageClass", Text::from(""));
                found.push(Reference { by, group, kind, namespace, name: name.clone(), key: None, optional: false });
            }
        }
    }
    cluster.references.extend(found);
}

/// A chart by its name, without the repository before it.
fn named<N: Node>(node: Option<N>) -> Option<(N, Text)> {
    let node = node?;
    let name = text(node)?;
    Some((node, name.rsplit('/').next().unwrap_or_default().into()))
}

/// What is at the end of a way, which has one end.
fn part<N: Node>(node: N, way: &str) -> Option<N> {
    let mut found = None;
    each(node, way, &mut |end| found = Some(end));
    found
}

fn values<N: Node>(node: Option<N>) -> Values {
    let mut values = Values::new();
    if let Some(node) = node {
        below(&mut values, String::new(), node, DEEPEST);
    }
    values
}

fn below<N: Node>(values: &mut Values, way: String, node: N, deep: usize) {
    if let Some(value) = said(Some(node), text) {
        values.entry(way.into()).or_default().push(value);
        return;
    }
    if deep == 0 {
        return;
    }
    let entries = node.entries();
    if entries.is_empty() {
        // An empty list says something too: that there is nothing in it.
        values.entry(way.as_str().into()).or_default();
        node.items().into_iter().for_each(|item| below(values, way.clone(), item, deep - 1));
    }
    for (key, value) in entries {
        let way = if way.is_empty() { key.to_owned() } else { format!("{way}.{key}") };
        below(values, way, value, deep - 1);
    }
}
