//! What can not be done in place, and what somebody must look at before.

use std::cmp::Ordering;

use domain::Version;

use super::software::Pair;
use super::windows::{Turn, When, Window};
use super::{Both, Fate, Interface, Reason};
use crate::diff::Change;
use crate::model::Said;

/// Charts that go one minor version at a time, and who says so: <https://longhorn.io/docs/1.9.0/deploy/upgrade/>,
/// <https://docs.cilium.io/en/stable/operations/upgrade/>, <https://cert-manager.io/docs/installation/upgrade/>.
const ONE_AT_A_TIME: [(&str, bool); 3] = [("longhorn", true), ("cilium", true), ("cert-manager", false)];

/// Why this way can not be gone.
pub fn refused(
    both: &Both<'_>,
    migrations: &[&Change],
    windows: &[Window],
    interfaces: &[Interface],
    software: &[Pair<'_>],
) -> Vec<Reason> {
    let mut found: Vec<Reason> = migrations.iter().map(|change| migration(change)).collect();
    let (old, new) = both.clusters;
    found.extend(steps("Kubernetes", (&old.kubernetes, &new.kubernetes)));
    if (old.distribution.schema, new.distribution.schema) == ("Talos", "Talos") {
        found.extend(steps("Talos", (&old.distribution.version, &new.distribution.version)));
    }
    let works_never = |window: &&Window| matches!(window.turn, Turn::Breaks | Turn::StaysBroken);
    found.extend(windows.iter().filter(works_never).map(|window| Reason {
        message: window.message.clone(),
        help: format!("take another version of {} with it", window.component),
    }));
    found.extend(windows.iter().filter(|window| window.when == When::Never).map(|window| Reason {
        message: format!("neither {} nor Kubernetes can move first: {}", window.component, window.message),
        help: format!("go through a version of {} that works with both", window.component),
    }));
    let talos_last = windows.iter().find(|window| window.component == "talos" && window.when == When::After);
    found.extend(talos_last.map(|window| Reason {
        message: format!("machines would run a Talos that does not know their Kubernetes: {}", window.message),
        help: "move Kubernetes first, with the Talos that there is, and then Talos".to_owned(),
    }));
    let still = |interface: &&Interface| interface.fate == Fate::Gone && !interface.new_users.is_empty();
    found.extend(interfaces.iter().filter(still).map(|interface| Reason {
        message: format!("{} is gone, and {} is still written in it", interface.what, listed(&interface.new_users)),
        help: interface.why.clone(),
    }));
    found.extend(software.iter().filter_map(|pair| skips(pair, true)));
    found
}

/// What somebody must look at.
pub fn care(windows: &[Window], software: &[Pair<'_>], interfaces: &[Interface]) -> Vec<Reason> {
    let mut found: Vec<Reason> = software.iter().filter_map(|pair| skips(pair, false)).collect();
    found.extend(software.iter().filter_map(back));
    let untried = windows.iter().filter(|window| window.turn == Turn::Untried);
    found.extend(untried.map(|window| Reason {
        message: window.message.clone(),
        help: format!("read what {} says of it, or wait for a version that was tried", window.component),
    }));
    let old = |interface: &&Interface| interface.fate == Fate::Deprecated && !interface.new_users.is_empty();
    found.extend(interfaces.iter().filter(old).map(|interface| Reason {
        message: format!("{} is deprecated, and {} is written in it", interface.what, listed(&interface.new_users)),
        help: interface.why.clone(),
    }));
    found
}

fn migration(change: &Change) -> Reason {
    Reason { message: change.message.clone(), help: change.why.clone() }
}

/// That a version goes back, or skips one.
fn steps(what: &str, (old, new): (&Option<Said<Version>>, &Option<Said<Version>>)) -> Option<Reason> {
    let (old, new) = (old.as_ref()?, new.as_ref()?);
    let (from, to) = ((old.major(), old.minor()), (new.major(), new.minor()));
    let moves = format!("{what} goes from {} to {}", old.as_str(), new.as_str());
    match to.cmp(&from) {
        Ordering::Less => Some(Reason {
            message: format!("{moves}, which is a way back that it does not have"),
            help: "stay, or build a new cluster and bring what is stored there".to_owned(),
        }),
        Ordering::Greater if to.0 == from.0 && to.1 > from.1 + 1 => Some(Reason {
            message: format!("{moves}, and it goes one minor version at a time"),
            help: format!("write each of them, one after the other: {}", ladder(from, to)),
        }),
        _ => None,
    }
}

/// `1.34, 1.35, 1.36`
fn ladder(from: (u64, u64), to: (u64, u64)) -> String {
    (from.1 + 1..=to.1).map(|minor| format!("{}.{minor}", from.0)).collect::<Vec<_>>().join(", ")
}

/// A chart that skips a minor version though it goes one at a time; `strict` for those that refuse it themselves.
fn skips(pair: &Pair<'_>, strict: bool) -> Option<Reason> {
    let (chart, is_strict) = ONE_AT_A_TIME.iter().find(|(chart, _)| pair.chart.as_deref() == Some(chart))?;
    let (from, to) = pair.versions();
    let (from, to) = (Version::parse(from?).ok()?, Version::parse(to?).ok()?);
    let (low, high) = ((from.major(), from.minor()), (to.major(), to.minor()));
    let is_skipped = *is_strict == strict && low.0 == high.0 && high.1 > low.1 + 1;
    is_skipped.then(|| Reason {
        message: format!(
            "{} goes from {} to {}, and {chart} goes one minor version at a time",
            pair.name,
            from.as_str(),
            to.as_str()
        ),
        help: format!("write each of them, one after the other: {}", ladder(low, high)),
    })
}

/// Something that goes back.
fn back(pair: &Pair<'_>) -> Option<Reason> {
    let (from, to) = pair.versions();
    let (from, to) = (from?, to?);
    (super::Distance::between(Some(from), Some(to)) == super::Distance::Back).then(|| Reason {
        message: format!("{} goes back from {from} to {to}", pair.name),
        help: "what the newer one has stored may be nothing that the older one reads".to_owned(),
    })
}

/// Some names, the first of many.
pub fn listed(names: &[String]) -> String {
    match names {
        [] => "nobody".to_owned(),
        [one] => one.clone(),
        [first, rest @ ..] => format!("{first} and {} more", rest.len()),
    }
}
