//! `name/length`: names that are too long, by themselves or with what is added to them.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Entity};
use crate::rules::Findings;

/// A name must leave room for what the cluster adds to it.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for object in &cluster.objects {
        let (most, why) = limit(object);
        let length = object.name.len();
        if length <= most || object.name.contains("${") {
            continue;
        }
        let at = if object.given { object.name_at } else { object.at };
        let message = format!("the name of {} has {length} characters, and {why}", object.shown());
        found.push(
            Diagnostic::new(&rules::NAME_LENGTH, at, message)
                .label(format!("{most} at most"))
                .help(format!("leave out {} characters", length - most)),
        );
    }
}

/// How long a name may be, and why in words that go on after "and".
fn limit(object: &Entity) -> (usize, &'static str) {
    match (&*object.group, &*object.kind) {
        ("batch", "CronJob") => (52, "a CronJob gives its jobs 11 more, of 63 that they may have"),
        ("apps", "StatefulSet") => (52, "a label of its pods has 11 more, of 63 that it may have"),
        ("batch", "Job") => (63, "a label of its pods has the same, which may have 63"),
        ("", "Namespace" | "Service") => (63, "it is part of names of hosts, where each part may have 63"),
        _ => (253, "a name may have 253"),
    }
}
