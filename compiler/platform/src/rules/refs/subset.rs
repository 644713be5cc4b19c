//! `ref/missing` of a mesh: pods of a service by a name that no rule gives.

use diagnostics::{Diagnostic, rules};
use domain::nearest;
use rustc_hash::FxHashMap;

use crate::model::{Cluster, Subset, Text};
use crate::rules::Findings;

/// Routes lead to pods that a `DestinationRule` chooses.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    if cluster.wanted_subsets.is_empty() || cluster.unseen.everywhere {
        return;
    }
    let mut known: FxHashMap<(Text, Text), Vec<&Subset>> = FxHashMap::default();
    cluster.subsets.iter().for_each(|subset| known.entry(subset.service).or_default().push(subset));
    for (by, service, wanted) in &cluster.wanted_subsets {
        let subsets = known.get(service).map(Vec::as_slice).unwrap_or_default();
        let Some(object) = cluster.objects.get(*by) else { continue };
        if wanted.contains("${") || subsets.iter().any(|subset| subset.name == wanted.value) {
            continue;
        }
        let message = format!(
            "{} leads to the subset `{}` of the service `{}`, which no DestinationRule chooses",
            object.shown(),
            wanted.value,
            service.1
        );
        let at = if wanted.given { wanted.at } else { object.at };
        let finding = Diagnostic::new(&rules::REF_MISSING, at, message).label("requests are answered with 503");
        let finding = match subsets.first().and_then(|subset| cluster.objects.get(subset.by)) {
            Some(rule) => finding.also(rule.name_at, "chooses others"),
            None => finding,
        };
        let near = nearest(&wanted.value, subsets.iter().map(|subset| &*subset.name));
        found.push(match near {
            Some(near) => finding.help(format!("write `{near}`")),
            None => finding.help(format!(
                "choose its pods in a `DestinationRule`: `subsets: [{{ name: \"{}\", labels: .. }}]`",
                wanted.value
            )),
        });
    }
}
