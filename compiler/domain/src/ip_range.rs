//! A run of addresses from a first to a last. Knows addresses and networks; knows nothing of who lives in it.

use std::fmt;

use crate::{Cidr, Family, Ip, Problem};

/// An inclusive run of addresses of one family such as `192.168.1.200-192.168.1.250`.
///
/// Read from `first-last` or `first..last`, printed with the hyphen. The first address may not stand after the last.
/// Ranges order by first address, then by last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct IpRange {
    first: Ip,
    last: Ip,
}

impl IpRange {
    /// Reads a range.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let Some((first, last)) = text.split_once("..").or_else(|| text.split_once('-')) else {
            return Err(not_a_range(text));
        };
        let start = Ip::parse(first)?;
        if let Some(last) = completed(start, last) {
            return Err(Problem::new(format!("the last address of `{text}` is not complete"))
                .with_fix(format!("{start}..{last}")));
        }
        Self::new(start, Ip::parse(last)?)
    }

    /// The range from the first to the last address, both included.
    pub fn new(first: Ip, last: Ip) -> Result<Self, Problem> {
        if first.family() != last.family() {
            return Err(Problem::new(format!("a range from `{first}` to `{last}` mixes IPv4 and IPv6")));
        }
        if first > last {
            return Err(
                Problem::new(format!("`{first}..{last}` ends before it begins")).with_fix(format!("{last}..{first}"))
            );
        }
        Ok(Self { first, last })
    }

    /// The first address.
    pub fn first(self) -> Ip {
        self.first
    }

    /// The last address.
    pub fn last(self) -> Ip {
        self.last
    }

    /// Whether the addresses are IPv4 or IPv6.
    pub fn family(self) -> Family {
        self.first.family()
    }

    /// The number of addresses. A range of all IPv6 addresses has one more than the largest number that can be told and
    /// says that number.
    pub fn size(self) -> u128 {
        (self.last.bits() - self.first.bits()).saturating_add(1)
    }

    /// Whether the address lies in the range.
    pub fn contains(self, ip: Ip) -> bool {
        self.first <= ip && ip <= self.last
    }

    /// Whether every address of the other range lies in this one.
    pub fn contains_range(self, other: Self) -> bool {
        self.first <= other.first && other.last <= self.last
    }

    /// Whether some address lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }

    /// The address at this place: `at(0)` is the first, `at(-1)` the last. A place outside the range is a problem.
    pub fn at(self, place: i128) -> Result<Ip, Problem> {
        let (origin, offset) = if place < 0 { (self.last, place.saturating_add(1)) } else { (self.first, place) };
        origin.plus(offset).ok().filter(|ip| self.contains(*ip)).ok_or_else(|| {
            Problem::new(format!("`{self}` has no address {place}")).with_help(format!(
                "its {} addresses are numbered from 0 to {}, or from -1 backwards",
                self.size(),
                self.size() - 1
            ))
        })
    }

    /// The networks that together hold exactly these addresses: as few as possible, in order.
    pub fn cidrs(self) -> Vec<Cidr> {
        let mut networks = Vec::new();
        let mut next = Some(self.first);
        while let Some(first) = next.filter(|first| *first <= self.last) {
            let network = self.largest_network_at(first);
            next = network.last().plus(1).ok();
            networks.push(network);
        }
        networks
    }

    /// The network that holds exactly these addresses, if one does.
    pub fn to_cidr(self) -> Option<Cidr> {
        let network = self.largest_network_at(self.first);
        (network.last() == self.last).then_some(network)
    }

    fn largest_network_at(self, first: Ip) -> Cidr {
        let mut network = Cidr::single(first);
        while let Some(prefix) = network.prefix().checked_sub(1) {
            match network.supernet(prefix) {
                Ok(larger) if larger.first() == first && larger.last() <= self.last => network = larger,
                _ => break,
            }
        }
        network
    }
}

impl From<Cidr> for IpRange {
    /// Every address of the network, its own and the broadcast address included.
    fn from(network: Cidr) -> Self {
        Self { first: network.first(), last: network.last() }
    }
}

impl fmt::Display for IpRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

/// The last address that the short forms `192.168.1.200-250` and `192.168.1.200-1.250` mean.
fn completed(first: Ip, short: &str) -> Option<Ip> {
    let Ip::V4(_) = first else { return None };
    let is_short = short.split('.').count() < 4 && short.bytes().all(|byte| byte.is_ascii_digit() || byte == b'.');
    let text = first.to_string();
    let kept: Vec<&str> = text.split('.').take(4_usize.saturating_sub(short.split('.').count())).collect();
    Ip::parse(&format!("{}.{short}", kept.join("."))).ok().filter(|_| is_short)
}

fn not_a_range(text: &str) -> Problem {
    let problem = Problem::new(format!("`{text}` is no range of addresses"))
        .with_help("a range is written like `192.168.1.200..192.168.1.250`");
    if let Ok(network) = Cidr::parse(text) {
        return problem.with_fix(format!("{}..{}", network.first(), network.last()));
    }
    problem.with_fix_if(Ip::parse(text).ok().map(|ip| format!("{ip}..{ip}")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, fails, refuses};

    #[test]
    fn text() {
        accepts(IpRange::parse, "192.168.1.200-192.168.1.250", "192.168.1.200-192.168.1.250");
        accepts(IpRange::parse, "192.168.1.200..192.168.1.250", "192.168.1.200-192.168.1.250");
        accepts(IpRange::parse, "fd00::1..fd00::F", "fd00::1-fd00::f");
        accepts(IpRange::parse, "10.0.0.1-10.0.0.1", "10.0.0.1-10.0.0.1");
        refuses(IpRange::parse, "192.168.1.200-250", "not complete", Some("192.168.1.200..192.168.1.250"));
        refuses(IpRange::parse, "192.168.1.200..2.10", "not complete", Some("192.168.1.200..192.168.2.10"));
        refuses(IpRange::parse, "10.0.0.9..10.0.0.1", "ends before it begins", Some("10.0.0.1..10.0.0.9"));
        refuses(IpRange::parse, "10.0.0.1..fd00::1", "mixes IPv4 and IPv6", None);
        refuses(IpRange::parse, "10.0.0.0/30", "is no range", Some("10.0.0.0..10.0.0.3"));
        refuses(IpRange::parse, "10.0.0.1", "is no range", Some("10.0.0.1..10.0.0.1"));
        refuses(IpRange::parse, "10.0.0.1-", "is no address", None);
        refuses(IpRange::parse, "10.0.0.1-10.0.0.256", "over 255", None);
    }

    #[test]
    fn places() {
        let at = |range: &str, place| IpRange::parse(range).and_then(|range| range.at(place)).map(|ip| ip.to_string());
        assert_eq!(at("192.168.1.200-192.168.1.220", 0), Ok("192.168.1.200".to_owned()));
        assert_eq!(at("192.168.1.200-192.168.1.220", -1), Ok("192.168.1.220".to_owned()));
        fails(at("192.168.1.200-192.168.1.220", 21), "has no address 21", None);
        fails(at("192.168.1.200-192.168.1.220", -22), "has no address -22", None);
    }

    fn check_cidrs(range: &str, networks: &str) {
        let found = IpRange::parse(range)
            .map(|range| range.cidrs().iter().map(ToString::to_string).collect::<Vec<_>>().join(" "));
        assert_eq!(found, Ok(networks.to_owned()));
    }

    #[test]
    fn networks() {
        check_cidrs(
            "192.168.1.200-192.168.1.220",
            "192.168.1.200/29 192.168.1.208/29 192.168.1.216/30 192.168.1.220/32",
        );
        check_cidrs("10.0.0.0-10.0.0.255", "10.0.0.0/24");
        check_cidrs("0.0.0.0-255.255.255.255", "0.0.0.0/0");
        check_cidrs("255.255.255.255-255.255.255.255", "255.255.255.255/32");
        check_cidrs("::-ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::/0");
    }
}
