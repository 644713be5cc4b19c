//! One address, IPv4 or IPv6. Knows how it is written and counted; knows no networks.

use std::fmt;
use std::net::{Ipv4Addr, Ipv6Addr};

use crate::Problem;

/// Which of the two kinds of addresses.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Family {
    /// Addresses of 32 bits.
    V4,
    /// Addresses of 128 bits.
    V6,
}

impl Family {
    /// How many bits an address has: 32 or 128.
    pub fn width(self) -> u8 {
        match self {
            Family::V4 => 32,
            Family::V6 => 128,
        }
    }

    /// The last address as a number: every bit set.
    pub(crate) fn ceiling(self) -> u128 {
        match self {
            Family::V4 => u128::from(u32::MAX),
            Family::V6 => u128::MAX,
        }
    }
}

impl fmt::Display for Family {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Family::V4 => "IPv4",
            Family::V6 => "IPv6",
        })
    }
}

/// An address such as `192.168.1.98` or `fd00::1`.
///
/// IPv4 is four decimal numbers from 0 to 255 without leading zeros; IPv6 is what RFC 4291 allows, printed as RFC 5952
/// wants it. A zone (`fe80::1%eth0`), brackets and a prefix length are refused. Every IPv4 address orders before every
/// IPv6 address, and within a kind addresses order as numbers.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub enum Ip {
    /// An IPv4 address.
    V4(Ipv4Addr),
    /// An IPv6 address.
    V6(Ipv6Addr),
}

impl Ip {
    /// Reads an address.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if let Some((address, _)) = text.split_once('/') {
            return Err(Problem::new(format!("`{text}` is a network, not an address"))
                .with_fix_if(Self::parse(address).ok().map(|ip| ip.to_string())));
        }
        if text.contains(':') { parse_v6(text) } else { parse_v4(text) }
    }

    /// The address with this number, if the number is not too large for the family.
    pub fn from_bits(family: Family, bits: u128) -> Option<Self> {
        match family {
            Family::V4 => u32::try_from(bits).ok().map(|bits| Ip::V4(Ipv4Addr::from_bits(bits))),
            Family::V6 => Some(Ip::V6(Ipv6Addr::from_bits(bits))),
        }
    }

    /// The address as a number, from 0 for `0.0.0.0` and `::`.
    pub fn bits(self) -> u128 {
        match self {
            Ip::V4(address) => u128::from(address.to_bits()),
            Ip::V6(address) => address.to_bits(),
        }
    }

    /// Whether this is IPv4 or IPv6.
    pub fn family(self) -> Family {
        match self {
            Ip::V4(_) => Family::V4,
            Ip::V6(_) => Family::V6,
        }
    }

    /// The address `count` places after this one, or before it where `count` is negative. Leaving the address space is
    /// a problem; leaving a network is not.
    pub fn plus(self, count: i128) -> Result<Self, Problem> {
        self.bits().checked_add_signed(count).and_then(|bits| Self::from_bits(self.family(), bits)).ok_or_else(|| {
            let sign = if count < 0 { '-' } else { '+' };
            Problem::new(format!(
                "`{self} {sign} {}` is outside of all {} addresses",
                count.unsigned_abs(),
                self.family()
            ))
        })
    }

    /// The address `count` places before this one.
    pub fn minus(self, count: i128) -> Result<Self, Problem> {
        let outside = || Problem::new(format!("`{self} - {count}` is outside of all {} addresses", self.family()));
        count.checked_neg().map_or_else(|| Err(outside()), |count| self.plus(count).map_err(|_| outside()))
    }

    /// How many places this address stands after `origin`; negative where it stands before. Both must be of one family.
    pub fn distance_from(self, origin: Self) -> Result<i128, Problem> {
        if self.family() != origin.family() {
            return Err(Problem::new(format!(
                "`{self}` and `{origin}` are of different kinds: IPv4 and IPv6 have no distance"
            )));
        }
        let size = i128::try_from(self.bits().abs_diff(origin.bits())).map_err(|_| {
            Problem::new(format!("the distance between `{self}` and `{origin}` is too large for a number"))
        })?;
        Ok(if self < origin { -size } else { size })
    }

    /// Whether the address is only reachable from within an organisation: RFC 1918 (`10.0.0.0/8`, `172.16.0.0/12`,
    /// `192.168.0.0/16`) or RFC 4193 (`fc00::/7`).
    pub fn is_private(self) -> bool {
        match self {
            Ip::V4(address) => address.is_private(),
            Ip::V6(address) => address.is_unique_local(),
        }
    }

    /// Whether the address means the machine itself: `127.0.0.0/8` or `::1`.
    pub fn is_loopback(self) -> bool {
        match self {
            Ip::V4(address) => address.is_loopback(),
            Ip::V6(address) => address.is_loopback(),
        }
    }

    /// Whether the address means only something on one link: `169.254.0.0/16` or `fe80::/10`.
    pub fn is_link_local(self) -> bool {
        match self {
            Ip::V4(address) => address.is_link_local(),
            Ip::V6(address) => address.is_unicast_link_local(),
        }
    }

    /// Whether the address means a group: `224.0.0.0/4` or `ff00::/8`.
    pub fn is_multicast(self) -> bool {
        match self {
            Ip::V4(address) => address.is_multicast(),
            Ip::V6(address) => address.is_multicast(),
        }
    }

    /// Whether the address is `0.0.0.0` or `::`.
    pub fn is_unspecified(self) -> bool {
        self.bits() == 0
    }
}

impl fmt::Display for Ip {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Ip::V4(address) => address.fmt(f),
            Ip::V6(address) => address.fmt(f),
        }
    }
}

fn parse_v4(text: &str) -> Result<Ip, Problem> {
    let numbers: Vec<&str> = text.split('.').collect();
    let is_number = |part: &&str| !part.is_empty() && part.bytes().all(|byte| byte.is_ascii_digit());
    if !numbers.iter().all(is_number) {
        return Err(no_address(text));
    }
    if numbers.len() != 4 {
        let count = numbers.len();
        return Err(Problem::new(format!("`{text}` has {count} numbers where an IPv4 address has 4")));
    }
    if let Some(large) = numbers.iter().find(|number| number.parse().map_or(true, |value: u32| value > 255)) {
        return Err(Problem::new(format!("`{large}` in `{text}` is over 255, the largest number in an IPv4 address")));
    }
    if let Some(octal) = numbers.iter().find(|number| number.len() > 1 && number.starts_with('0')) {
        return Err(leading_zero(text, octal, &numbers));
    }
    text.parse().map(Ip::V4).map_err(|_| no_address(text))
}

fn leading_zero(text: &str, octal: &str, numbers: &[&str]) -> Problem {
    let short = |number: &&str| number.parse().map_or_else(|_| String::new(), |value: u8| value.to_string());
    let meant: Vec<String> = numbers.iter().map(short).collect();
    Problem::new(format!("`{octal}` in `{text}` has a leading zero"))
        .with_help("some programs read a leading zero as octal and would reach another machine")
        .with_fix(meant.join("."))
}

fn no_address(text: &str) -> Problem {
    Problem::new(format!("`{text}` is no address")).with_help("an address is written like `192.168.1.10` or `fd00::10`")
}

fn parse_v6(text: &str) -> Result<Ip, Problem> {
    let plain = |inner: &str| parse_v6(inner).ok().map(|ip| ip.to_string());
    if let Some((address, zone)) = text.split_once('%') {
        return Err(Problem::new(format!("`{text}` has the zone `{zone}`, which means something on one machine only"))
            .with_fix_if(plain(address)));
    }
    if let Some(inner) = text.strip_prefix('[') {
        let inner = inner.strip_suffix(']').unwrap_or(inner);
        return Err(Problem::new(format!("`{text}` has brackets, which belong to a url")).with_fix_if(plain(inner)));
    }
    if text.contains(":::") || text.matches("::").count() > 1 {
        return Err(Problem::new(format!("`{text}` leaves out zeros more than once"))
            .with_help("`::` may stand once in an address"));
    }
    text.parse().map(Ip::V6).map_err(|_| {
        Problem::new(format!("`{text}` is no IPv6 address"))
            .with_help("an IPv6 address is eight groups of up to four hexadecimal digits; `::` stands for zeros")
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, fails, refuses};

    #[test]
    fn canonical_text() {
        accepts(Ip::parse, "192.168.1.98", "192.168.1.98");
        accepts(Ip::parse, "0.0.0.0", "0.0.0.0");
        accepts(Ip::parse, "255.255.255.255", "255.255.255.255");
        accepts(Ip::parse, "FD00:0:0::1", "fd00::1");
        accepts(Ip::parse, "2001:db8:0:0:1:0:0:1", "2001:db8::1:0:0:1");
        accepts(Ip::parse, "::", "::");
    }

    #[test]
    fn refused_text() {
        refuses(Ip::parse, "192.168.1.256", "`256` in `192.168.1.256` is over 255", None);
        refuses(Ip::parse, "99999999999.0.0.1", "is over 255", None);
        refuses(Ip::parse, "192.168.01.1", "leading zero", Some("192.168.1.1"));
        refuses(Ip::parse, "192.168.1", "has 3 numbers", None);
        refuses(Ip::parse, "192.168.1.1.1", "has 5 numbers", None);
        refuses(Ip::parse, "192.168.1.", "is no address", None);
        refuses(Ip::parse, "", "is no address", None);
        refuses(Ip::parse, " 10.0.0.1", "is no address", None);
        refuses(Ip::parse, "fe80::1%eth0", "zone `eth0`", Some("fe80::1"));
        refuses(Ip::parse, "[fd00::1]", "brackets", Some("fd00::1"));
        refuses(Ip::parse, "10.0.0.1/24", "is a network", Some("10.0.0.1"));
        refuses(Ip::parse, "fd00::1::2", "more than once", None);
        refuses(Ip::parse, "fd00:12345::", "is no IPv6 address", None);
    }

    fn check_plus(address: &str, count: i128, sum: &str) {
        let moved = Ip::parse(address).and_then(|ip| ip.plus(count));
        assert_eq!(moved.map(|ip| ip.to_string()), Ok(sum.to_owned()));
    }

    #[test]
    fn arithmetic() {
        check_plus("192.168.1.97", 3, "192.168.1.100");
        check_plus("192.168.1.255", 1, "192.168.2.0");
        check_plus("fd00::ffff", 1, "fd00::1:0");
        check_plus("10.0.0.1", -1, "10.0.0.0");
        fails(Ip::parse("255.255.255.255").and_then(|ip| ip.plus(1)), "`255.255.255.255 + 1` is outside", None);
        fails(Ip::parse("0.0.0.1").and_then(|ip| ip.minus(2)), "`0.0.0.1 - 2` is outside", None);
        fails(Ip::parse("::").and_then(|ip| ip.minus(i128::MIN)), "is outside", None);
    }

    #[test]
    fn distances() {
        let distance = |a: &str, b: &str| Ip::parse(a).and_then(|a| a.distance_from(Ip::parse(b)?));
        assert_eq!(distance("10.0.1.0", "10.0.0.0"), Ok(256));
        assert_eq!(distance("10.0.0.0", "10.0.1.0"), Ok(-256));
        fails(distance("10.0.0.0", "fd00::"), "different kinds", None);
        fails(distance("ffff::", "::"), "too large", None);
    }
}
