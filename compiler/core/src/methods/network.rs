//! Methods of networks. Every address counts, the network's own and the broadcast address too.

use std::sync::Arc;

use domain::IpRange;

use crate::keys::At;
use crate::methods::address::prefix;
use crate::methods::arguments::{argument, cidr, int_at, ip_range, whole};
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Cidr.network() -> Ip",
        "Its own address, which is its first.",
        "10.44.0.0/16.network()",
        "'10.44.0.0'",
        |_, receiver, _, _| Ok(Value::Ip(cidr(receiver)?.network())),
    ),
    entry(
        "Cidr.broadcast() -> Ip",
        "Its last address, which is the broadcast address of IPv4.",
        "10.44.0.0/16.broadcast()",
        "'10.44.255.255'",
        |_, receiver, _, _| Ok(Value::Ip(cidr(receiver)?.broadcast())),
    ),
    entry(
        "Cidr.netmask() -> Ip",
        "The mask of the bits that its addresses share.",
        "10.44.0.0/16.netmask()",
        "'255.255.0.0'",
        |_, receiver, _, _| Ok(Value::Ip(cidr(receiver)?.netmask())),
    ),
    entry(
        "Cidr.prefix() -> Int",
        "The number of leading bits that its addresses share.",
        "10.44.0.0/16.prefix()",
        "16",
        |_, receiver, _, _| Ok(Value::Int(cidr(receiver)?.prefix().into())),
    ),
    entry(
        "Cidr.size() -> Int",
        "The number of its addresses, where that is an Int: up to a `/66` of IPv6.",
        "10.44.0.0/16.size()",
        "65536",
        |_, receiver, _, _| {
            let network = cidr(receiver)?;
            whole(network.size(), || format!("the size of `{network}`"))
        },
    ),
    entry("Cidr.first() -> Ip", "Its first address.", "10.44.0.0/16.first()", "'10.44.0.0'", |_, receiver, _, _| {
        Ok(Value::Ip(cidr(receiver)?.first()))
    }),
    entry("Cidr.last() -> Ip", "Its last address.", "10.44.0.0/16.last()", "'10.44.255.255'", |_, receiver, _, _| {
        Ok(Value::Ip(cidr(receiver)?.last()))
    }),
    entry(
        "Cidr.is-v4() -> Bool",
        "Whether it is a network of IPv4 addresses.",
        "10.44.0.0/16.is-v4()",
        "true",
        |_, receiver, _, _| Ok(Value::Bool(cidr(receiver)?.family() == domain::Family::V4)),
    ),
    entry(
        "Cidr.is-v6() -> Bool",
        "Whether it is a network of IPv6 addresses.",
        "fd00::/64.is-v6()",
        "true",
        |_, receiver, _, _| Ok(Value::Bool(cidr(receiver)?.family() == domain::Family::V6)),
    ),
    entry(
        "Cidr.is-private() -> Bool",
        "Whether its addresses can be reached from within an organisation only; see `Ip.is-private`.",
        "10.44.0.0/16.is-private()",
        "true",
        |_, receiver, _, _| {
            let network = cidr(receiver)?;
            Ok(Value::Bool(network.first().is_private() && network.last().is_private()))
        },
    ),
    entry(
        "Cidr.host(place: Int) -> Ip",
        "The address at a place: 0 is its own, 1 the first after it, -1 the last. There must be one.",
        "192.168.1.0/24.host(10)",
        "'192.168.1.10'",
        |_, receiver, args, _| cidr(receiver)?.host(int_at(args, 0)?.into()).map(Value::Ip),
    ),
    entry(
        "Cidr.contains(what: Ip | Cidr | IpRange) -> Bool",
        "Whether an address, or every address of a network or range, lies in it. Addresses of the other kind do not.",
        "10.44.0.0/16.contains(10.44.7.0/24)",
        "true",
        |_, receiver, args, _| Ok(Value::Bool(ip_range(receiver)?.contains_range(ip_range(argument(args, 0)?)?))),
    ),
    entry(
        "Cidr.overlaps(other: Cidr | IpRange) -> Bool",
        "Whether some address lies in both.",
        "10.44.0.0/16.overlaps(10.44.7.0/24)",
        "true",
        |_, receiver, args, _| Ok(Value::Bool(ip_range(receiver)?.overlaps(ip_range(argument(args, 0)?)?))),
    ),
    entry(
        "Cidr.subnets(prefix: Int) -> [Cidr]",
        "Its subnets of a prefix length, in order. There may be up to 65536.",
        "10.0.0.0/23.subnets(24)",
        "- 10.0.0.0/24\n- 10.0.1.0/24",
        |_, receiver, args, at| {
            Ok(Value::list(cidr(receiver)?.subnets(prefix(args)?)?.into_iter().map(Value::Cidr), at))
        },
    ),
    entry(
        "Cidr.subnet(prefix: Int, place: Int) -> Cidr",
        "The subnet of a prefix length at a place from 0, or from -1 backwards. There must be one.",
        "10.0.0.0/8.subnet(24, 258)",
        "10.1.2.0/24",
        |_, receiver, args, _| cidr(receiver)?.subnet(prefix(args)?, int_at(args, 1)?.into()).map(Value::Cidr),
    ),
    entry(
        "Cidr.supernet(prefix: Int) -> Cidr",
        "The network of a shorter prefix length that contains it.",
        "10.44.7.0/24.supernet(16)",
        "10.44.0.0/16",
        |_, receiver, args, _| cidr(receiver)?.supernet(prefix(args)?).map(Value::Cidr),
    ),
    entry(
        "Cidr.to-range() -> IpRange",
        "All its addresses as a range.",
        "192.168.1.0/30.to-range()",
        "'192.168.1.0-192.168.1.3'",
        to_range,
    ),
];

fn to_range(_: &mut dyn Host, receiver: &Value, _: &[Value], _: At) -> Result<Value, Problem> {
    Ok(Value::IpRange(Arc::new(IpRange::from(cidr(receiver)?))))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use domain::{Cidr, Ip};

    use super::*;
    use crate::methods::testing::{check, fails, int};

    fn network(text: &str) -> Value {
        Value::Cidr(Cidr::parse(text).unwrap())
    }

    #[test]
    fn sizes_that_are_no_int() {
        check(network("fd00::/66"), "size", [], int(1 << 62));
        fails(network("fd00::/64"), "size", [], "the size of `fd00::/64` is too large for an Int");
        fails(network("::/0"), "subnets", [int(128)], "subnets");
    }

    #[test]
    fn what_is_contained() {
        let lan = || network("192.168.1.0/24");
        check(lan(), "contains", [Value::Ip(Ip::parse("192.168.1.255").unwrap())], Value::Bool(true));
        check(lan(), "contains", [Value::Ip(Ip::parse("fd00::1").unwrap())], Value::Bool(false));
        let range = |text: &str| Value::IpRange(Arc::new(IpRange::parse(text).unwrap()));
        check(lan(), "contains", [range("192.168.1.250-192.168.2.1")], Value::Bool(false));
        check(lan(), "overlaps", [range("192.168.1.250-192.168.2.1")], Value::Bool(true));
        check(lan(), "overlaps", [network("192.168.2.0/24")], Value::Bool(false));
    }

    #[test]
    fn networks_wider_than_a_private_one_are_not_private() {
        check(network("10.0.0.0/7"), "is-private", [], Value::Bool(false));
        check(network("0.0.0.0/0"), "is-private", [], Value::Bool(false));
    }
}
