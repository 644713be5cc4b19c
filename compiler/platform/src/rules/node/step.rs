//! `node/step`: a step that no script can do.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, NodeStep, Plan};
use crate::rules::Findings;

/// Steps are of a kind, name steps that there are, and hold what a script can hold.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for plan in &cluster.plans {
        for step in &plan.steps {
            kind(step, found);
            held(step, found);
            // What the standard library names, a user may have taken out.
            if step.given {
                names(plan, step, found);
            }
        }
    }
}

fn finding(step: &NodeStep, message: String) -> Diagnostic<Place> {
    Diagnostic::new(&rules::NODE_STEP, step.at, message)
}

fn kind(step: &NodeStep, found: &mut Findings) {
    if step.stage.is_none() {
        let finding = finding(step, format!("the step `{}` is of no kind, so nothing is done", step.name));
        found.push(finding.help("say what it is, as in `step motd: node.File { .. }`"));
    }
}

fn held(step: &NodeStep, found: &mut Findings) {
    let values = step.effects.iter().flat_map(|effect| &effect.values);
    let mut bad = values.filter(|(word, value)| *word != "text" && value.contains('\0')).map(|(word, _)| *word);
    if step.name.contains('\0') || bad.next().is_some() {
        let message =
            format!("the step `{}` has a character that is null, which no script can hold", step.name.escape_debug());
        found.push(finding(step, message).help("take it out; only the text of a file may have one"));
    }
}

fn names(plan: &Plan, step: &NodeStep, found: &mut Findings) {
    let named = |name: &str| plan.steps.iter().find(|other| *other.name == *name);
    let missing = step.after.iter().chain(&step.restarts).find(|name| named(name).is_none());
    if let Some(name) = missing {
        let message = format!("`{}` names the step `{name}`, which `{}` does not have", step.name, plan.host);
        found.push(finding(step, message).help("name a step of this host, or leave it out"));
    }
    for name in &step.restarts {
        if let Some(other) = named(name)
            && !other.effects.iter().any(|effect| effect.kind == "unit")
        {
            let message = format!("`{}` starts `{name}` again, which is no service", step.name);
            let finding = finding(step, message).also(other.at, format!("`{name}` is here"));
            found.push(finding.help("name a step of the kind `node.Unit`"));
        }
    }
}
