//! Methods of addresses and hardware addresses.

use domain::{Cidr, Family, Ip};

use crate::keys::At;
use crate::methods::arguments::{int, int_at, ip, optional, unexpected};
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::methods::{Host, Problem};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Ip.is-v4() -> Bool",
        "Whether it is an IPv4 address.",
        "192.168.1.10.is-v4()",
        "true",
        |_, receiver, _, _| Ok(Value::Bool(ip(receiver)?.family() == Family::V4)),
    ),
    entry("Ip.is-v6() -> Bool", "Whether it is an IPv6 address.", "fd00::1.is-v6()", "true", |_, receiver, _, _| {
        Ok(Value::Bool(ip(receiver)?.family() == Family::V6))
    }),
    entry(
        "Ip.is-private() -> Bool",
        "Whether it can be reached from within an organisation only: it lies in `10.0.0.0/8`, `172.16.0.0/12`, \
         `192.168.0.0/16` or `fc00::/7`.",
        "192.168.1.10.is-private()",
        "true",
        |_, receiver, _, _| Ok(Value::Bool(ip(receiver)?.is_private())),
    ),
    entry(
        "Ip.is-loopback() -> Bool",
        "Whether it means the machine itself: it lies in `127.0.0.0/8` or is `::1`.",
        "127.0.0.1.is-loopback()",
        "true",
        |_, receiver, _, _| Ok(Value::Bool(ip(receiver)?.is_loopback())),
    ),
    entry(
        "Ip.is-link-local() -> Bool",
        "Whether it means something on one link only: it lies in `169.254.0.0/16` or `fe80::/10`.",
        "169.254.169.254.is-link-local()",
        "true",
        |_, receiver, _, _| Ok(Value::Bool(ip(receiver)?.is_link_local())),
    ),
    entry(
        "Ip.is-multicast() -> Bool",
        "Whether it means a group: it lies in `224.0.0.0/4` or `ff00::/8`.",
        "224.0.0.251.is-multicast()",
        "true",
        |_, receiver, _, _| Ok(Value::Bool(ip(receiver)?.is_multicast())),
    ),
    entry(
        "Ip.next(count?: Int) -> Ip",
        "The address after it, or so many places after it.",
        "192.168.1.10.next()",
        "'192.168.1.11'",
        |_, receiver, args, _| ip(receiver)?.plus(i128::from(places(args)?)).map(Value::Ip),
    ),
    entry(
        "Ip.previous(count?: Int) -> Ip",
        "The address before it, or so many places before it.",
        "192.168.1.10.previous(5)",
        "'192.168.1.5'",
        |_, receiver, args, _| ip(receiver)?.minus(i128::from(places(args)?)).map(Value::Ip),
    ),
    entry(
        "Ip.network(prefix: Int) -> Cidr",
        "The network of a prefix length that contains it.",
        "192.168.1.10.network(24)",
        "192.168.1.0/24",
        |_, receiver, args, _| Cidr::containing(ip(receiver)?, prefix(args)?).map(Value::Cidr),
    ),
    entry(
        "Ip.to-cidr() -> Cidr",
        "The network that contains this address alone: a `/32`, or a `/128` of IPv6.",
        "192.168.1.10.to-cidr()",
        "192.168.1.10/32",
        |_, receiver, _, _| Ok(Value::Cidr(Cidr::single(ip(receiver)?))),
    ),
    entry(
        "Ip.octets() -> [Int]",
        "Its bytes from 0 to 255, as it is sent: four of IPv4, sixteen of IPv6.",
        "192.168.1.10.octets().last()",
        "10",
        |_, receiver, _, at| {
            let octets = octets(ip(receiver)?);
            Ok(Value::list(octets.into_iter().map(|octet| Value::Int(octet.into())), at))
        },
    ),
    entry(
        "Ip.reverse-dns() -> Hostname",
        "The name under which DNS keeps its name, in `in-addr.arpa` or `ip6.arpa`.",
        "192.168.1.10.reverse-dns()",
        "10.1.168.192.in-addr.arpa",
        reverse_dns,
    ),
    entry(
        "Mac.is-local() -> Bool",
        "Whether a person or a hypervisor chose it, not the maker of the card.",
        "52:54:00:aa:bb:cc.is-local()",
        "true",
        |_, receiver, _, _| match receiver {
            Value::Mac(mac) => Ok(Value::Bool(mac.is_local())),
            other => Err(unexpected("a hardware address", other)),
        },
    ),
    entry(
        "Mac.is-multicast() -> Bool",
        "Whether it means a group of cards, which no single card may have.",
        "52:54:00:aa:bb:cc.is-multicast()",
        "false",
        |_, receiver, _, _| match receiver {
            Value::Mac(mac) => Ok(Value::Bool(mac.is_multicast())),
            other => Err(unexpected("a hardware address", other)),
        },
    ),
];

fn places(args: &[Value]) -> Result<i64, Problem> {
    optional(args, 0).map_or(Ok(1), int)
}

/// The prefix length that is the first argument.
pub(super) fn prefix(args: &[Value]) -> Result<u8, Problem> {
    let length = int_at(args, 0)?;
    u8::try_from(length).map_err(|_| Problem::new(format!("`{length}` is no prefix length")))
}

fn octets(ip: Ip) -> Vec<u8> {
    match ip {
        Ip::V4(address) => address.octets().to_vec(),
        Ip::V6(address) => address.octets().to_vec(),
    }
}

fn reverse_dns(_: &mut dyn Host, receiver: &Value, _: &[Value], _: At) -> Result<Value, Problem> {
    let ip = ip(receiver)?;
    let octets = octets(ip);
    let labels: Vec<String> = match ip {
        Ip::V4(_) => octets.iter().rev().map(u8::to_string).collect(),
        Ip::V6(_) => octets.iter().rev().map(|octet| format!("{:x}.{:x}", octet & 0xf, octet >> 4)).collect(),
    };
    let zone = if ip.family() == Family::V4 { "in-addr.arpa" } else { "ip6.arpa" };
    made(format!("{}.{zone}", labels.join(".")))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::methods::testing::{check, fails, int, text};

    fn ip(text: &str) -> Value {
        Value::Ip(Ip::parse(text).unwrap())
    }

    #[test]
    fn the_edges_of_the_address_space() {
        fails(ip("255.255.255.255"), "next", [], "outside");
        fails(ip("0.0.0.1"), "previous", [int(2)], "outside");
        fails(ip("10.0.0.9"), "previous", [int(i64::MIN)], "outside");
        fails(ip("10.0.0.9"), "network", [int(33)], "/33");
        fails(ip("10.0.0.9"), "network", [int(-1)], "`-1` is no prefix length");
    }

    #[test]
    fn names_in_dns() {
        let nibbles = "1.".to_owned() + &"0.".repeat(27) + "0.0.d.f.ip6.arpa";
        check(ip("fd00::1"), "reverse-dns", [], text(&nibbles));
    }
}
