//! Methods of ranges, which include both ends. Ranges of numbers are lists to the methods of lists; those of addresses
//! and ports have to be made lists, for they may be long.

use std::ops::RangeInclusive;

use domain::{IpRange, Port, PortRange};

use crate::keys::At;
use crate::methods::arguments::{argument, int_at, ip_range, range_size, unexpected, whole};
use crate::methods::list::{no_such_place, place};
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem, limit};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "IntRange.size() -> Int",
        "How many numbers it has; none if it ends before it begins.",
        "(1..5).size()",
        "5",
        |_, receiver, _, _| {
            let (first, last) = ints(receiver)?;
            whole(range_size(first, last), || format!("the size of `{first}..{last}`"))
        },
    ),
    entry(
        "IntRange.first() -> Int",
        "Its first number; there must be one.",
        "(1..5).first()",
        "1",
        |_, receiver, _, _| {
            let (first, last) = ints(receiver)?;
            if first > last { Err(no_such_place("range", "numbers", 0, 0)) } else { Ok(Value::Int(first)) }
        },
    ),
    entry(
        "IntRange.last() -> Int",
        "Its last number; there must be one.",
        "(1..5).last()",
        "5",
        |_, receiver, _, _| {
            let (first, last) = ints(receiver)?;
            if first > last { Err(no_such_place("range", "numbers", -1, 0)) } else { Ok(Value::Int(last)) }
        },
    ),
    entry(
        "IntRange.contains(number: Int) -> Bool",
        "Whether a number lies in it.",
        "(1..5).contains(5)",
        "true",
        |_, receiver, args, _| {
            let (first, last) = ints(receiver)?;
            Ok(Value::Bool((first..=last).contains(&int_at(args, 0)?)))
        },
    ),
    entry(
        "IntRange.to-list() -> [Int]",
        "Its numbers.",
        "(1..3).to-list()",
        "- 1\n- 2\n- 3",
        |host, receiver, _, at| {
            let list = super::arguments::listed(host, receiver, at)?;
            list.ok_or_else(|| unexpected("a range of numbers", receiver))
        },
    ),
    entry(
        "IpRange.size() -> Int",
        "The number of its addresses, where that is an Int.",
        "(10.0.0.200..10.0.0.220).size()",
        "21",
        |_, receiver, _, _| {
            let range = ip_range(receiver)?;
            whole(range.size(), || format!("the size of `{range}`"))
        },
    ),
    entry(
        "IpRange.first() -> Ip",
        "Its first address.",
        "(10.0.0.200..10.0.0.220).first()",
        "'10.0.0.200'",
        |_, receiver, _, _| Ok(Value::Ip(ip_range(receiver)?.first())),
    ),
    entry(
        "IpRange.last() -> Ip",
        "Its last address.",
        "(10.0.0.200..10.0.0.220).last()",
        "'10.0.0.220'",
        |_, receiver, _, _| Ok(Value::Ip(ip_range(receiver)?.last())),
    ),
    entry(
        "IpRange.at(place: Int) -> Ip",
        "The address at a place from 0, or from -1 backwards. There must be one.",
        "(10.0.0.200..10.0.0.220).at(1)",
        "'10.0.0.201'",
        |_, receiver, args, _| ip_range(receiver)?.at(int_at(args, 0)?.into()).map(Value::Ip),
    ),
    entry(
        "IpRange.contains(what: Ip | Cidr | IpRange) -> Bool",
        "Whether an address, or every address of a network or range, lies in it.",
        "(10.0.0.200..10.0.0.220).contains(10.0.0.210)",
        "true",
        |_, receiver, args, _| Ok(Value::Bool(ip_range(receiver)?.contains_range(ip_range(argument(args, 0)?)?))),
    ),
    entry(
        "IpRange.overlaps(other: IpRange | Cidr) -> Bool",
        "Whether some address lies in both.",
        "(10.0.0.200..10.0.0.220).overlaps(10.0.0.0/25)",
        "false",
        |_, receiver, args, _| Ok(Value::Bool(ip_range(receiver)?.overlaps(ip_range(argument(args, 0)?)?))),
    ),
    entry(
        "IpRange.cidrs() -> [Cidr]",
        "The networks that together have exactly its addresses, as few as possible, in order.",
        "(10.0.0.4..10.0.0.8).cidrs()",
        "- 10.0.0.4/30\n- 10.0.0.8/32",
        |_, receiver, _, at| Ok(Value::list(ip_range(receiver)?.cidrs().into_iter().map(Value::Cidr), at)),
    ),
    entry(
        "IpRange.to-list() -> [Ip]",
        "Its addresses, up to a million.",
        "(10.0.0.1..10.0.0.2).to-list()",
        "- '10.0.0.1'\n- '10.0.0.2'",
        addresses,
    ),
    entry(
        "PortRange.size() -> Int",
        "The number of its ports.",
        "PortRange(\"30000-32767\").size()",
        "2768",
        |_, receiver, _, _| Ok(Value::Int(ports(receiver)?.size().into())),
    ),
    entry(
        "PortRange.first() -> Port",
        "Its first port.",
        "PortRange(\"30000-32767\").first()",
        "30000",
        |_, receiver, _, _| Ok(port(ports(receiver)?.first())),
    ),
    entry(
        "PortRange.last() -> Port",
        "Its last port.",
        "PortRange(\"30000-32767\").last()",
        "32767",
        |_, receiver, _, _| Ok(port(ports(receiver)?.last())),
    ),
    entry(
        "PortRange.at(place: Int) -> Port",
        "The port at a place from 0, or from -1 backwards. There must be one.",
        "PortRange(\"30000-32767\").at(80)",
        "30080",
        |_, receiver, args, _| {
            let (mut numbers, at) = (numbers(ports(receiver)?), int_at(args, 0)?);
            let count = numbers.clone().count();
            let found = place(at, count).and_then(|place| numbers.nth(place));
            found.map(Value::Int).ok_or_else(|| no_such_place("range", "ports", at, count))
        },
    ),
    entry(
        "PortRange.contains(port: Int) -> Bool",
        "Whether a port lies in it.",
        "PortRange(\"30000-32767\").contains(8080)",
        "false",
        |_, receiver, args, _| Ok(Value::Bool(numbers(ports(receiver)?).contains(&int_at(args, 0)?))),
    ),
    entry(
        "PortRange.overlaps(other: PortRange) -> Bool",
        "Whether some port lies in both.",
        "PortRange(\"8000-8080\").overlaps(PortRange(\"8080-9000\"))",
        "true",
        |_, receiver, args, _| Ok(Value::Bool(ports(receiver)?.overlaps(ports(argument(args, 0)?)?))),
    ),
    entry(
        "PortRange.to-list() -> [Port]",
        "Its ports.",
        "PortRange(\"80-82\").to-list()",
        "- 80\n- 81\n- 82",
        |_, receiver, _, at| Ok(Value::list(numbers(ports(receiver)?).map(Value::Int), at)),
    ),
];

fn ints(value: &Value) -> Result<(i64, i64), Problem> {
    match value {
        Value::IntRange(first, last) => Ok((*first, *last)),
        other => Err(unexpected("a range of numbers", other)),
    }
}

fn ports(value: &Value) -> Result<PortRange, Problem> {
    match value {
        Value::PortRange(range) => Ok(*range),
        other => Err(unexpected("a range of ports", other)),
    }
}

fn port(port: Port) -> Value {
    Value::Int(port.number().into())
}

fn numbers(range: PortRange) -> RangeInclusive<i64> {
    range.first().number().into()..=range.last().number().into()
}

fn addresses(_: &mut dyn Host, receiver: &Value, _: &[Value], at: At) -> Result<Value, Problem> {
    let range: IpRange = ip_range(receiver)?;
    let count = usize::try_from(range.size()).unwrap_or(usize::MAX);
    limit::elements(count)?;
    let places = 0..count as i128;
    let addresses = places.map(|place| range.at(place).map(Value::Ip)).collect::<Result<Vec<_>, _>>()?;
    Ok(Value::list(addresses, at))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::methods::testing::{check, fails, int};

    #[test]
    fn empty_and_endless_ranges() {
        check(Value::IntRange(3, 1), "size", [], int(0));
        fails(Value::IntRange(3, 1), "last", [], "is empty");
        fails(Value::IntRange(i64::MIN, i64::MAX), "size", [], "too large");
        fails(Value::IntRange(i64::MIN, i64::MAX), "to-list", [], "elements");
        let all = Value::IpRange(std::sync::Arc::new(IpRange::parse("::-ffff::").unwrap()));
        fails(all, "to-list", [], "elements");
    }

    #[test]
    fn places_in_ranges_of_ports() {
        let range = || Value::PortRange(PortRange::parse("80-82").unwrap());
        check(range(), "at", [int(-1)], int(82));
        fails(range(), "at", [int(3)], "no position 3");
        check(range(), "contains", [int(79)], Value::Bool(false));
    }
}
