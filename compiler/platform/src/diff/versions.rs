//! Another version of Kubernetes, or of what installs it: what is upgraded in which order, and what is refused.

use std::cmp::Ordering;

use domain::Version;

use super::{Both, Change, Effect, Level, Report};
use crate::Place;
use crate::model::Said;

/// Tells which versions change.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    let Some((old, new)) = both.clusters.both() else {
        return;
    };
    let name = &new.name;
    let kubernetes = format!("the Kubernetes of `{name}`");
    let told = one(report, &kubernetes, (&old.kubernetes, &new.kubernetes));
    report.blocks.insert(("cluster".into(), "kubernetes".into()));
    // Where the version of the distribution says that of Kubernetes, one of them is told.
    let own = (&old.distribution.version, &new.distribution.version);
    let says = |version: &Option<Said<Version>>, known: &Option<Said<Version>>| {
        version.as_ref().zip(known.as_ref()).is_some_and(|(one, other)| one.minor() == other.minor())
    };
    if !told || !says(own.1, &new.kubernetes) {
        let what = format!("the {} of `{name}`", new.distribution.schema);
        if old.distribution.schema == new.distribution.schema {
            one(report, &what, own);
        }
    }
    for field in ["version", "kubernetes"] {
        report.blocks.insert(("distribution".into(), field.into()));
    }
    for host in &new.hosts {
        let before = old.hosts.iter().find(|other| other.name == host.name);
        let follows = |host: &crate::model::Host, cluster: &Option<Said<Version>>| {
            host.kubernetes.as_ref().map(|said| said.as_str()) == cluster.as_ref().map(|said| said.as_str())
        };
        let block = format!("host {}", host.name).into();
        report.blocks.insert((block, "kubernetes".into()));
        if let Some(before) = before
            && !(follows(before, &old.kubernetes) && follows(host, &new.kubernetes))
        {
            one(report, &format!("the Kubernetes of host `{}`", host.name), (&before.kubernetes, &host.kubernetes));
        }
    }
}

type Known<'a> = &'a Option<Said<Version>>;

fn one(report: &mut Report, what: &str, (old, new): (Known<'_>, Known<'_>)) -> bool {
    let (Some(old), Some(new)) = (old, new) else {
        return false;
    };
    if old.as_str() == new.as_str() {
        return false;
    }
    let (level, why) = step(&old.value, &new.value);
    let message = format!("{what} moves from `{}` to `{}`", old.as_str(), new.as_str());
    let places: (Place, Place) = (old.at, new.at);
    report.tell(Change::new(level, Effect::Upgrades, message).why(why).places(Some(places.0), Some(places.1)));
    true
}

fn step(old: &Version, new: &Version) -> (Level, String) {
    let order = "control planes first, one after the other, then workers, each drained before";
    match new.precedence(old) {
        Ordering::Less if (new.major(), new.minor()) == (old.major(), old.minor()) => {
            (Level::Disruption, format!("a step back within one minor version: {order}"))
        }
        Ordering::Less => (
            Level::Danger,
            "a downgrade, which Kubernetes refuses: its database has been written by the newer one".into(),
        ),
        Ordering::Greater if new.major() != old.major() || new.minor() > old.minor() + 1 => {
            let next = format!("{}.{}", old.major(), old.minor() + 1);
            (Level::Danger, format!("one minor version at a time, `{next}` next: what skips one is refused"))
        }
        Ordering::Greater if new.minor() == old.minor() => (Level::Disruption, format!("a patch: {order}")),
        Ordering::Greater => (Level::Disruption, format!("a minor version: {order}")),
        Ordering::Equal => (Level::Disruption, format!("the same version in another build: {order}")),
    }
}
