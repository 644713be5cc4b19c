//! `node/twice`: two steps of a host that want the same thing to be different.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Effect, NodeStep, Plan};
use crate::rules::Findings;

/// What only one step of a host is about.
const ONE: [(&str, &str, &str); 9] = [
    ("file", "path", "the path"),
    ("directory", "path", "the path"),
    ("link", "path", "the path"),
    ("secret", "path", "the path"),
    ("fetch", "path", "the path"),
    ("archive", "path", "the path"),
    ("module", "module", "the module"),
    ("sysctl", "key", "the setting"),
    ("unit", "systemd", "the service"),
];

/// No two steps fight: each run of the script would undo what the last one did.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    cluster.plans.iter().for_each(|plan| of_plan(plan, found));
}

fn of_plan(plan: &Plan, found: &mut Findings) {
    let mut known: BTreeMap<(&str, &str), Vec<(&NodeStep, &Effect)>> = BTreeMap::new();
    let effects = plan.steps.iter().flat_map(|step| step.effects.iter().map(move |effect| (step, effect)));
    for (step, effect) in effects {
        let Some((_, word, what)) = ONE.iter().find(|(kind, ..)| *kind == effect.kind) else { continue };
        let Some(value) = effect.get(word) else { continue };
        let others = known.entry((what, value)).or_default();
        if let Some((other, _)) = others.iter().find(|(_, other)| meet(effect, other)) {
            let message =
                format!("`{}` and `{}` are both about {what} `{value}` of `{}`", other.name, step.name, plan.host);
            let finding = Diagnostic::new(&rules::NODE_TWICE, step.at, message).also(other.at, "the other one");
            found.push(finding.help("leave one of them out, or put them together"));
        }
        others.push((step, effect));
    }
}

/// Whether there are machines for both.
fn meet(one: &Effect, other: &Effect) -> bool {
    ["family", "init"].into_iter().all(|word| {
        let mut of_one = one.all(word).peekable();
        let is_free = of_one.peek().is_none() || other.all(word).next().is_none();
        is_free || of_one.any(|value| other.all(word).any(|also| also == value))
    })
}
