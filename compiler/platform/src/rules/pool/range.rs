//! `pool/range`: text that is no range of addresses.

use diagnostics::{Diagnostic, Fix, rules};
use domain::{Cidr, Ip, IpRange};

use crate::model::{Cluster, Pool, Said, Text};
use crate::rules::Findings;

/// A pool in an object says its addresses as text: a network, or two whole addresses with a hyphen between.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pool in &cluster.network.pools {
        for unread in &pool.unread {
            found.push(report(pool, unread));
        }
    }
}

fn report(pool: &Pool, unread: &Said<Text>) -> Diagnostic<crate::Place> {
    let message = format!("the pool `{}` has `{}`, which is no range of addresses", pool.name, unread.value);
    let finding = Diagnostic::new(&rules::POOL_RANGE, unread.at, message).label("the whole pool would be refused");
    match meant(&unread.value) {
        Some(meant) => finding
            .help(format!("write `{meant}`"))
            .fix(Fix::new(format!("write `{meant}`")).edit(unread.at, format!("\"{meant}\""))),
        None => finding.help("write a network, or two whole addresses: `192.168.1.200-192.168.1.250`"),
    }
}

/// What was probably meant: the last number alone, ends in the wrong order, a network by one of its addresses.
fn meant(text: &str) -> Option<String> {
    let text: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
    if let Some((address, prefix)) = text.split_once('/') {
        let network = Cidr::containing(Ip::parse(address).ok()?, prefix.parse().ok()?).ok()?;
        return Some(network.to_string());
    }
    let (first, last) = text.split_once("..").or_else(|| text.split_once('-')).or_else(|| text.split_once('–'))?;
    let first = Ip::parse(first).ok()?;
    let last = Ip::parse(last).ok().or_else(|| {
        let whole = first.to_string();
        let cut = whole
            .char_indices()
            .rev()
            .filter(|(_, letter)| matches!(letter, '.' | ':'))
            .nth(last.matches(['.', ':']).count())?;
        Ip::parse(&format!("{}{last}", whole.get(..=cut.0)?)).ok()
    })?;
    let range = IpRange::new(first.min(last), first.max(last)).ok()?;
    Some(format!("{}-{}", range.first(), range.last()))
}
