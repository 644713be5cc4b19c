//! Yes, no, or nobody knows: what follows from a model in which not everything is written.

use std::sync::LazyLock;

use domain::Cidr;

use crate::model::{Labels, Peer, PolicyPort, PortName, Selector, Text, Wanted};

/// How certain something is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Trust {
    /// It is not so.
    No,
    /// It can not be known from what is written.
    Perhaps,
    /// It is so.
    Yes,
}

impl Trust {
    /// What is certain of a truth.
    pub fn of(truth: bool) -> Trust {
        if truth { Trust::Yes } else { Trust::No }
    }

    /// The most certain of several, of which one is enough.
    pub fn any(of: impl IntoIterator<Item = Trust>) -> Trust {
        of.into_iter().max().unwrap_or(Trust::No)
    }
}

/// How much of the labels of pods is known.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Known {
    /// All that somebody wrote; what controllers add is not.
    Written,
    /// These and perhaps others: somebody else makes the pods.
    Partly,
}

/// Labels that controllers give to pods, so that no template has them.
static ADDED: LazyLock<[Text; 10]> = LazyLock::new(|| {
    [
        "apps.kubernetes.io/pod-index",
        "batch.kubernetes.io/controller-uid",
        "batch.kubernetes.io/job-completion-index",
        "batch.kubernetes.io/job-name",
        "controller-revision-hash",
        "controller-uid",
        "job-name",
        "pod-template-generation",
        "pod-template-hash",
        "statefulset.kubernetes.io/pod-name",
    ]
    .map(Text::from)
});

/// Whether a label is one that a controller adds by itself.
pub fn is_added(key: &Text) -> bool {
    ADDED.contains(key)
}

/// Whether a selector chooses pods with these labels.
pub fn chooses(selector: &Selector, labels: &Labels, known: Known) -> Trust {
    let open = |key: &Text| !labels.contains_key(key) && (known == Known::Partly || is_added(key));
    let equal = selector.labels.iter().map(|(key, value)| match labels.get(key) {
        Some(found) => Trust::of(found == value),
        None if open(key) => Trust::Perhaps,
        None => Trust::No,
    });
    let expressions = selector
        .expressions
        .iter()
        .map(|expression| if open(&expression.key) { Trust::Perhaps } else { Trust::of(expression.holds(labels)) });
    equal.chain(expressions).min().unwrap_or(Trust::Yes)
}

/// The labels of which a thing must have one to be chosen, but for those that controllers add.
pub fn wanted(selector: &Selector) -> impl Iterator<Item = Wanted<'_>> {
    selector.wanted().filter(|wanted| !is_added(wanted.key))
}

/// Whether the addresses of a block, without the exceptions, are all of a network, some of it, or none.
pub fn covers(peer: &Peer, network: Cidr) -> Trust {
    let Peer::Block { cidr, except } = peer else {
        return Trust::No;
    };
    let without = except.iter().any(|one| one.overlaps(network));
    if cidr.contains_cidr(network) {
        return match without {
            false => Trust::Yes,
            true if except.iter().any(|one| one.contains_cidr(network)) => Trust::No,
            true => Trust::Perhaps,
        };
    }
    let hidden = except.iter().any(|one| one.contains_cidr(cidr.value));
    if network.contains_cidr(cidr.value) && !hidden { Trust::Perhaps } else { Trust::No }
}

/// Whether ports of a rule include one, by number; `named` says whether the port has a name at the target.
pub fn opens(ports: &[PolicyPort], number: u16, protocol: &str, named: impl Fn(&str) -> Trust) -> Trust {
    if ports.is_empty() {
        return Trust::Yes;
    }
    Trust::any(ports.iter().filter(|port| &*port.protocol == protocol).map(|port| {
        match port.port.as_ref().map(|port| &port.value) {
            None => Trust::Yes,
            Some(PortName::Number(first)) => Trust::of((*first..=port.end.unwrap_or(*first)).contains(&number)),
            Some(PortName::Name(name)) => named(name),
        }
    }))
}
