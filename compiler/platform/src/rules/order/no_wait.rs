//! `order/no-wait`: a step is waited for that is done before what it made is ready.

use diagnostics::{Diagnostic, rules};

use super::steps::{Steps, place};
use crate::model::Cluster;
use crate::rules::Findings;

/// What others wait for must wait itself.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let steps = Steps::of(cluster);
    let mut told = vec![false; cluster.steps.len()];
    for (number, step) in cluster.steps.iter().enumerate() {
        for (to, name, judged) in steps.after(number) {
            let Some(before) = cluster.steps.get(to).filter(|before| !before.waits && !judged) else {
                continue;
            };
            let (Some(later), Some(first)) = (steps.entity(step), steps.entity(before)) else {
                continue;
            };
            if told.get_mut(to).is_none_or(|told| std::mem::replace(told, true)) {
                continue;
            }
            let help = match &*first.kind {
                "Kustomization" => "set `wait: true` in its `spec`, or name what must be ready in `healthChecks`",
                _ => "leave `disableWait` out",
            };
            let message =
                format!("{} waits for {}, which is done before what it made is ready", later.shown(), first.shown());
            let finding = Diagnostic::new(&rules::ORDER_NO_WAIT, place(first), message).label("this does not wait");
            found.push(finding.also(name.at, "this is waited for").help(help));
        }
    }
}
