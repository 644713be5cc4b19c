//! `order/hooks`: jobs that run only when everything is ready, and without which nothing becomes so.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Chart, Cluster, How};
use crate::rules::Findings;

/// A chart whose jobs are hooks unless it is told otherwise.
struct Hooked {
    chart: &'static str,
    /// What its repository is known by.
    repository: &'static str,
    /// The jobs that the rest waits for.
    jobs: &'static [&'static str],
}

/// <https://airflow.apache.org/docs/helm-chart/stable/index.html>, "Installing the Chart with Argo CD, Flux, Rancher or
/// Terraform".
const HOOKED: &[Hooked] =
    &[Hooked { chart: "airflow", repository: "airflow.apache.org", jobs: &["migrateDatabaseJob", "createUserJob"] }];

/// What the rest of a chart waits for does not wait for the rest.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for chart in cluster.charts.iter().filter(|chart| !chart.open) {
        let Some(hooked) = HOOKED.iter().find(|hooked| hooked.chart == &*chart.name) else {
            continue;
        };
        let how = match chart.how {
            How::Argo => "Argo CD runs it only when everything else is healthy",
            How::FluxWaits => "Flux runs it only when everything else is ready",
            _ => continue,
        };
        if is_of(cluster, chart, hooked) {
            found.extend(hooked.jobs.iter().filter_map(|job| told(chart, job, how)));
        }
    }
}

/// Whether the chart is that one, and not another of the same name.
fn is_of(cluster: &Cluster, chart: &Chart, hooked: &Hooked) -> bool {
    if let Some(repository) = &chart.repository {
        return repository.contains(hooked.repository);
    }
    let named =
        |reference: &&crate::model::Reference| Some(reference.by) == chart.entity && reference.kind == "HelmRepository";
    let Some(reference) = cluster.references.iter().find(named) else {
        return false;
    };
    cluster.literals.iter().any(|literal| {
        literal.value.contains(hooked.repository)
            && cluster.objects.get(literal.by).is_some_and(|by| {
                &*by.kind == "HelmRepository" && by.name == reference.name.value && by.namespace == reference.namespace
            })
    })
}

fn told(chart: &Chart, job: &str, how: &str) -> Option<Diagnostic<Place>> {
    let (way, enabled) = (format!("{job}.useHelmHooks"), format!("{job}.enabled"));
    if chart.is(&way, "false") || chart.is(&enabled, "false") {
        return None;
    }
    let at = chart.says(&way).map_or(chart.at, |said| said.at);
    let message = format!("the job `{job}` of {} is a hook, and the rest waits for it", chart.by);
    let finding = Diagnostic::new(&rules::ORDER_HOOKS, at, message).label(how);
    Some(finding.help(match chart.how {
        How::Argo => {
            format!("set `{way}: false`, and give it the annotation `argocd.argoproj.io/hook: Sync` by `{job}.jobAnnotations`")
        }
        _ => format!("set `{way}: false`"),
    }))
}
