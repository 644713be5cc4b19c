//! `order/layer`: a component that needs what is of a higher layer.

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::Place;
use crate::model::{Cluster, Part, Text};
use crate::rules::Findings;

/// What a component needs is of its own layer, or of one below it.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let by_path: FxHashMap<&str, &Part> = cluster.parts.iter().map(|part| (&*part.path, part)).collect();
    for part in &cluster.parts {
        let Some(layer) = part.layer else {
            continue;
        };
        let mut needs = |what: &Text, at: Place, of: i64| {
            if of > layer {
                let message =
                    format!("`{}` is of layer {layer}, and needs `{what}`, which is of layer {of}", part.path);
                let finding = Diagnostic::new(&rules::ORDER_LAYER, at, message).also(part.at, format!("layer {layer}"));
                found.push(finding.help("need something of the same layer or below, or move one of the two"));
            }
        };
        for after in &part.after {
            if let Some(of) = by_path.get(&*after.value).and_then(|other| other.layer) {
                needs(&after.value, after.at, of);
            }
        }
        for (what, of) in &part.uses {
            needs(&what.value, what.at, *of);
        }
    }
}
