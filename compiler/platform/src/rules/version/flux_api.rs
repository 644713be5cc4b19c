//! `version/flux-api`: an object in a version that the cluster's Flux does not have; `version/old-api`: one that it will not
//! have for long.

use diagnostics::{Diagnostic, rules};

use super::components::Component;
use super::facts::FLUX;
use crate::model::Cluster;
use crate::rules::Findings;

/// Objects of Flux are in versions that the Flux of the cluster knows.
pub fn check(cluster: &Cluster, components: &[Component], found: &mut Findings) {
    let flux = components.iter().filter(|component| component.name == "flux").find_map(|c| Some((c, c.minor()?)));
    for object in cluster.objects.iter().filter(|object| object.group.ends_with(".toolkit.fluxcd.io")) {
        let is = |fact: &&(&str, &str, _, _, _)| fact.0 == &*object.group && fact.1 == &*object.version;
        let Some((group, version, made, deprecated, removed)) = FLUX.iter().find(is) else {
            continue;
        };
        let named = |minor: (u64, u64)| format!("Flux {}.{}", minor.0, minor.1);
        let gone = removed.filter(|removed| flux.as_ref().is_some_and(|(_, runs)| runs >= removed));
        let early = flux.as_ref().is_some_and(|(_, runs)| runs < made);
        let (rule, message) = match (gone, deprecated) {
            (Some(removed), _) => {
                let message = format!("{} is in `{group}/{version}`, which {} removed", object.shown(), named(removed));
                (&rules::VERSION_FLUX_API, message)
            }
            _ if early => {
                let message = format!("{} is in `{group}/{version}`, which came with {}", object.shown(), named(*made));
                (&rules::VERSION_FLUX_API, message)
            }
            (None, Some(since)) if flux.as_ref().is_none_or(|(_, runs)| runs >= since) => {
                let until = removed.map_or(String::new(), |removed| format!(" and gone in {}", named(removed)));
                let message =
                    format!("{} is in `{group}/{version}`, deprecated since {}{until}", object.shown(), named(*since));
                (&rules::VERSION_OLD_API, message)
            }
            _ => continue,
        };
        let mut finding = Diagnostic::new(rule, object.at, message);
        if let Some((component, runs)) = &flux {
            finding = finding.also(component.at, format!("this is {}", named(*runs)));
        }
        let mut newest = FLUX.iter().filter(|fact| fact.0 == *group && fact.3.is_none());
        let newest = newest.rfind(|fact| flux.as_ref().is_none_or(|(_, runs)| *runs >= fact.2));
        found.push(match newest {
            Some(fact) => finding.help(format!("write it in `{group}/{}`", fact.1)),
            None => finding,
        });
    }
}
