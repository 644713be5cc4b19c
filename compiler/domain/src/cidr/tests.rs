//! What networks accept, refuse and answer.

use super::*;
use crate::testing::{accepts, fails, refuses};

fn check<T: fmt::Display>(network: &str, ask: impl Fn(Cidr) -> Result<T, Problem>, answer: &str) {
    let found = Cidr::parse(network).and_then(ask).map(|value| value.to_string());
    assert_eq!(found, Ok(answer.to_owned()), "asking `{network}`");
}

fn check_pair(one: &str, other: &str, ask: fn(Cidr, Cidr) -> bool, answer: bool) {
    let found = Cidr::parse(one).and_then(|one| Ok(ask(one, Cidr::parse(other)?)));
    assert_eq!(found, Ok(answer), "asking `{one}` and `{other}`");
}

#[test]
fn text() {
    accepts(Cidr::parse, "10.44.0.0/16", "10.44.0.0/16");
    accepts(Cidr::parse, "0.0.0.0/0", "0.0.0.0/0");
    accepts(Cidr::parse, "FD00::/64", "fd00::/64");
    refuses(Cidr::parse, "10.44.0.1/16", "`10.44.0.1/16` has host bits set", Some("10.44.0.0/16"));
    refuses(Cidr::parse, "fd00::1/64", "host bits", Some("fd00::/64"));
    refuses(Cidr::parse, "10.44.0.0", "is an address", Some("10.44.0.0/32"));
    refuses(Cidr::parse, "10.44.0.0/33", "`33` in `10.44.0.0/33` is no IPv4 prefix length", None);
    refuses(Cidr::parse, "10.44.0.0/999", "is no IPv4 prefix length", None);
    refuses(Cidr::parse, "10.44.0.0/", "is no prefix length", None);
    refuses(Cidr::parse, "10.44.0.0/016", "leading zero", Some("10.44.0.0/16"));
    refuses(Cidr::parse, "10.044.0.0/16", "leading zero", Some("10.44.0.0/16"));
    refuses(Cidr::parse, "lan", "is no network", None);
}

#[test]
fn parts() {
    check("10.44.0.0/16", |network| Ok(network.last()), "10.44.255.255");
    check("10.44.0.0/16", |network| Ok(network.netmask()), "255.255.0.0");
    check("fd00::/64", |network| Ok(network.netmask()), "ffff:ffff:ffff:ffff::");
    check("10.44.0.0/16", |network| Ok(network.size()), "65536");
    check("10.44.0.1/32", |network| Ok(network.size()), "1");
    check("::/0", |network| Ok(network.size()), &u128::MAX.to_string());
    check("0.0.0.0/0", |network| Ok(network.last()), "255.255.255.255");
}

#[test]
fn relations() {
    check_pair("10.44.0.0/16", "10.44.7.0/24", Cidr::overlaps, true);
    check_pair("10.44.7.0/24", "10.44.0.0/16", Cidr::overlaps, true);
    check_pair("10.44.0.0/16", "10.45.0.0/16", Cidr::overlaps, false);
    check_pair("0.0.0.0/0", "::/0", Cidr::overlaps, false);
    check_pair("10.44.0.0/16", "10.44.0.0/16", Cidr::contains_cidr, true);
    check_pair("10.44.0.0/24", "10.44.0.0/16", Cidr::contains_cidr, false);
}

#[test]
fn hosts() {
    check("192.168.1.0/24", |network| network.host(0), "192.168.1.0");
    check("192.168.1.0/24", |network| network.host(10), "192.168.1.10");
    check("192.168.1.0/24", |network| network.host(-1), "192.168.1.255");
    check("192.168.1.0/24", |network| network.host(-256), "192.168.1.0");
    check("fd00::/64", |network| network.host(1), "fd00::1");
    let outside = |network: &str, place| Cidr::parse(network).and_then(|network| network.host(place));
    fails(outside("192.168.1.0/24", 256), "`192.168.1.0/24` has no host 256", None);
    fails(outside("192.168.1.0/24", -257), "has no host -257", None);
}

#[test]
fn subnets() {
    let list = |network: &str, prefix| Cidr::parse(network).and_then(|network| network.subnets(prefix));
    let printed = list("10.0.0.0/22", 24).map(|all| all.iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
    assert_eq!(printed, Ok("10.0.0.0/24 10.0.1.0/24 10.0.2.0/24 10.0.3.0/24".to_owned()));
    assert_eq!(list("10.0.0.0/8", 24).map(|all| all.len()), Ok(65_536));
    fails(list("10.0.0.0/8", 25), "has 131072 subnets", None);
    fails(list("::/0", 128), "subnets of length /128", None);
    fails(list("10.0.0.0/24", 16), "that is a larger network", None);
    fails(list("10.0.0.0/24", 33), "/33 is no IPv4 prefix length", None);
    check("10.0.0.0/8", |network| network.subnet(24, 258), "10.1.2.0/24");
    check("10.0.0.0/8", |network| network.subnet(24, -1), "10.255.255.0/24");
    check("::/0", |network| network.subnet(128, 1), "::1/128");
    fails(Cidr::parse("10.0.0.0/22").and_then(|network| network.subnet(24, 4)), "has no subnet 4", None);
    check("10.44.7.0/24", |network| network.supernet(16), "10.44.0.0/16");
    fails(Cidr::parse("10.0.0.0/22").and_then(|network| network.supernet(24)), "is longer than", None);
}
