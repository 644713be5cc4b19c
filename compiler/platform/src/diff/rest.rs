//! Everything else: what comes, what goes, and what changes in an object without doing more.

use std::collections::BTreeMap;

use super::{Both, Change, Effect, Level, Report, Shown, Spot, Thing, chosen, fields, quoted, secrecy, some};
use crate::model::{Long, Text};

/// Tells what nobody has told.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    for (number, thing) in &both.matched.gone {
        if !report.gone.contains(number) {
            let spot = Some(Spot::Part(*number, Vec::new()));
            let (level, why) = missed(thing);
            let change = Change::new(level, Effect::Removes, format!("removes {}", thing.shown())).why(why);
            report.tell(change.at(spot, None));
        }
    }
    for (number, thing) in &both.matched.come {
        if !report.come.contains(number) {
            let change = Change::new(Level::Note, Effect::Adds, format!("adds {}", thing.shown()));
            report.tell(change.at(None, Some(Spot::Part(*number, Vec::new()))));
        }
    }
    for pair in &both.matched.pairs {
        let others = chosen(pair, report, |_| true);
        if others.is_empty() {
            if pair.fields.is_empty() && pair.old.version != pair.new.version {
                let message = format!("{} is written in another version of the API", pair.new.shown());
                let change = Change::new(Level::Note, Effect::Changes, message);
                report.tell(change.at(Some(pair.old_spot()), Some(pair.new_spot())));
            }
            continue;
        }
        let named: Vec<String> = others
            .iter()
            .filter_map(|number| pair.fields.get(*number))
            .map(|field| format!("`{}`", field.shown().replace('`', "'")))
            .collect();
        let message = format!("changes {}: {}", pair.new.shown(), some(&named));
        report.tell_fields(Change::new(Level::Note, Effect::Changes, message), pair, &others);
    }
    blocks(both, report);
}

/// What is missed when it goes.
fn missed(thing: &Thing) -> (Level, &'static str) {
    const SERVES: &[(&str, &str, &str)] = &[
        ("apps", "Deployment", "its pods stop"),
        ("apps", "StatefulSet", "its pods stop"),
        ("apps", "DaemonSet", "its pods stop"),
        ("", "Pod", "it stops"),
        ("", "Service", "its name and its addresses answer no more"),
        ("gateway.networking.k8s.io", "Gateway", "its routes answer no more"),
        ("helm.toolkit.fluxcd.io", "HelmRelease", "all that its chart made goes"),
        ("kustomize.toolkit.fluxcd.io", "Kustomization", "all that it made goes, where it prunes"),
        ("argoproj.io", "Application", "all that it made may go"),
    ];
    let known = SERVES.iter().find(|(group, kind, _)| thing.is(group, kind));
    known.map_or((Level::Note, ""), |(_, _, why)| (Level::Disruption, why))
}

/// What changes in blocks that are no objects.
fn blocks(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    let after: BTreeMap<&Text, &super::Block> =
        both.new.blocks.iter().filter(|block| *block.cluster == *new.name).map(|block| (&block.name, block)).collect();
    for block in both.old.blocks.iter().filter(|block| *block.cluster == *old.name) {
        let Some(other) = after.get(&block.name) else {
            continue;
        };
        let told = |first: &str| {
            let is = |name: &str| report.blocks.contains(&(block.name, Text::from(name)));
            is("") || is(first)
        };
        let ordered = |_: &[Long]| false;
        let differing: Vec<_> = fields::fields(&block.body, &other.body, &ordered)
            .into_iter()
            .filter(|field| field.way.first().is_some_and(|first| !told(first)))
            .collect();
        if differing.is_empty() {
            continue;
        }
        let named: Vec<String> = differing.iter().map(|field| format!("`{}`", field.shown())).collect();
        let what = match block.name.split_once(' ') {
            Some((kind, name)) => format!("{kind} {}", quoted(name)),
            None => format!("the {}", block.name),
        };
        let message = match &*block.name {
            "cluster" => format!("changes the cluster {}: {}", quoted(&new.name), some(&named)),
            _ => format!("changes {what} of {}: {}", quoted(&new.name), some(&named)),
        };
        let shown = differing.iter().map(|field| {
            let (old, new) = secrecy::plain(field);
            Shown { path: field.shown(), old, new }
        });
        let mut change = Change::new(Level::Note, Effect::Changes, message).places(Some(block.at), Some(other.at));
        change.fields = shown.collect();
        report.tell(change);
    }
}
