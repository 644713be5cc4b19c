//! `requires/watched`: a resource in a namespace that its operator does not look at.

use std::collections::BTreeSet;

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Chart, Cluster, Container, Entity, Text};
use crate::rules::Findings;

/// What an operator looks after, and how it is told where.
struct Operator {
    /// What people call it.
    name: &'static str,
    chart: &'static str,
    /// The image of its pods, and the variable that says where it looks: everywhere unless it is set.
    image: (&'static str, &'static str),
    group: &'static str,
    kinds: &'static [&'static str],
    /// Where it looks, by its values; every namespace where there is nothing.
    watches: fn(&Chart) -> Option<Vec<Text>>,
    /// What to write so that it looks at one more.
    help: &'static str,
}

const OPERATORS: &[Operator] = &[
    // https://github.com/strimzi/strimzi-kafka-operator/tree/main/helm-charts/helm3/strimzi-kafka-operator
    Operator {
        name: "Strimzi",
        chart: "strimzi-kafka-operator",
        image: ("quay.io/strimzi/operator", "STRIMZI_NAMESPACE"),
        group: "kafka.strimzi.io",
        kinds: &["Kafka", "KafkaNodePool", "KafkaConnect", "KafkaBridge", "KafkaMirrorMaker2"],
        watches: |chart| match chart.is("watchAnyNamespace", "true") {
            true => None,
            false => Some(listed(chart, "watchNamespaces").chain([chart.namespace]).collect()),
        },
        help: "add it to `watchNamespaces` of the chart, or set `watchAnyNamespace: true`",
    },
    // https://github.com/kubeflow/spark-operator/tree/master/charts/spark-operator-chart, from 2.0 on
    Operator {
        name: "the Spark operator",
        chart: "spark-operator",
        image: ("", ""),
        group: "sparkoperator.k8s.io",
        kinds: &["SparkApplication", "ScheduledSparkApplication"],
        watches: |chart| {
            let one = |way: &str| chart.values.contains_key(way).then(|| listed(chart, way).collect::<Vec<Text>>());
            // Older charts say it elsewhere, and look everywhere by default.
            let told = one("sparkJobNamespaces").or_else(|| one("sparkJobNamespace"));
            let spaces = one("spark.jobNamespaces").or(told).unwrap_or_else(|| vec!["default".into()]);
            (!spaces.is_empty() && spaces.iter().all(|space| !space.is_empty())).then_some(spaces)
        },
        help: "add it to `spark.jobNamespaces` of the chart",
    },
    // https://github.com/apache/flink-kubernetes-operator/tree/main/helm/flink-kubernetes-operator
    Operator {
        name: "the Flink operator",
        chart: "flink-kubernetes-operator",
        image: ("", ""),
        group: "flink.apache.org",
        kinds: &["FlinkDeployment", "FlinkSessionJob"],
        watches: |chart| some(listed(chart, "watchNamespaces").collect()),
        help: "add it to `watchNamespaces` of the chart",
    },
    // https://github.com/cloudnative-pg/charts/tree/main/charts/cloudnative-pg
    Operator {
        name: "CloudNativePG",
        chart: "cloudnative-pg",
        image: ("ghcr.io/cloudnative-pg/cloudnative-pg", "WATCH_NAMESPACE"),
        group: "postgresql.cnpg.io",
        kinds: &["Cluster", "Pooler", "ScheduledBackup", "Backup", "Database"],
        watches: |chart| chart.is("config.clusterWide", "false").then(|| vec![chart.namespace]),
        help: "leave `config.clusterWide` at `true`",
    },
    // https://github.com/kedacore/charts/tree/main/keda
    Operator {
        name: "KEDA",
        chart: "keda",
        image: ("ghcr.io/kedacore/keda", "WATCH_NAMESPACE"),
        group: "keda.sh",
        kinds: &["ScaledObject", "ScaledJob"],
        watches: |chart| some(chart.says("watchNamespace").map(|said| split(&said.value)).unwrap_or_default()),
        help: "add it to `watchNamespace` of the chart, or leave that out",
    },
    // https://argo-cd.readthedocs.io/en/stable/operator-manual/app-any-namespace
    Operator {
        name: "Argo CD",
        chart: "argo-cd",
        image: ("", ""),
        group: "argoproj.io",
        kinds: &["Application"],
        watches: |chart| {
            let more = chart.says("configs.params.application.namespaces").map(|said| split(&said.value));
            Some(more.unwrap_or_default().into_iter().chain([chart.namespace]).collect())
        },
        help: "add it to `configs.params.\"application.namespaces\"` of the chart",
    },
];

/// What an operator looks after stands where it looks. Of an operator that nobody sees, nothing is known.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for operator in OPERATORS {
        let resources = cluster
            .objects
            .iter()
            .filter(|object| *object.group == *operator.group && operator.kinds.contains(&&*object.kind));
        let mut resources = resources.peekable();
        if resources.peek().is_none() {
            continue;
        }
        let Some((watched, at)) = watched(cluster, operator) else {
            continue;
        };
        found.extend(resources.filter_map(|resource| told(operator, resource, &watched, at)));
    }
}

fn told(operator: &Operator, resource: &Entity, watched: &BTreeSet<Text>, at: Place) -> Option<Diagnostic<Place>> {
    if watched.iter().any(|pattern| matches(pattern, &resource.namespace)) {
        return None;
    }
    let spaces: Vec<String> = watched.iter().map(|space| format!("`{space}`")).collect();
    let message =
        format!("{} is looked after by nobody: {} looks at {}", resource.shown(), operator.name, spaces.join(", "));
    let finding = Diagnostic::new(&rules::REQUIRES_WATCHED, resource.namespace_at, message);
    Some(finding.label("it is never made").also(at, "the operator").help(operator.help))
}

/// The namespaces that the operators of a kind look at together, and where one of them is; nothing where that may be any.
fn watched(cluster: &Cluster, operator: &Operator) -> Option<(BTreeSet<Text>, Place)> {
    let mut spaces = BTreeSet::new();
    let mut at = None;
    for chart in cluster.charts.iter().filter(|chart| &*chart.name == operator.chart) {
        if chart.open {
            return None;
        }
        spaces.extend((operator.watches)(chart)?);
        at = at.or(Some(chart.at));
    }
    for pods in &cluster.pods {
        let Some(container) = pods.containers.iter().find(|container| runs(container, operator.image.0)) else {
            continue;
        };
        let namespace = &cluster.objects.get(pods.entity)?.namespace;
        spaces.extend(told_by_variable(container, operator.image.1, namespace)?);
        at = at.or(Some(container.at));
    }
    Some((spaces, at?))
}

fn runs(container: &Container, image: &str) -> bool {
    !image.is_empty() && container.reference.as_ref().is_some_and(|own| own.name() == image)
}

fn told_by_variable(container: &Container, variable: &str, own: &Text) -> Option<Vec<Text>> {
    if container.own_namespace.iter().any(|name| &**name == variable) {
        return Some(vec![*own]);
    }
    let (_, value) = container.env.iter().find(|(name, _)| &**name == variable)?;
    some(split(&value.value)).filter(|spaces| !spaces.iter().any(|space| &**space == "*"))
}

fn listed<'a>(chart: &'a Chart, way: &str) -> impl Iterator<Item = Text> + use<'a> {
    chart.all(way).iter().map(|said| said.value)
}

fn split(text: &str) -> Vec<Text> {
    text.split(',').map(str::trim).filter(|part| !part.is_empty()).map(Text::from).collect()
}

/// None at all means every namespace.
fn some(spaces: Vec<Text>) -> Option<Vec<Text>> {
    (!spaces.is_empty()).then_some(spaces)
}

/// Whether a namespace is meant by a pattern: `team-*`.
fn matches(pattern: &str, namespace: &str) -> bool {
    match pattern.split_once('*') {
        Some((start, end)) => {
            namespace.len() >= start.len() + end.len() && namespace.starts_with(start) && namespace.ends_with(end)
        }
        None => pattern == namespace,
    }
}
