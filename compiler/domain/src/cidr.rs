//! One network: a block of addresses that share their first bits. Knows addresses; knows nothing of who lives in it.

use std::fmt;

use crate::{Family, Ip, Problem};

/// The largest number of subnets that [`Cidr::subnets`] lists.
pub const MOST_SUBNETS: u128 = 65_536;

/// A network such as `10.44.0.0/16` or `fd00::/64`.
///
/// The address must be the network's own: host bits are refused, with the network that contains the address as the fix.
/// Networks order by address, then the larger network (the shorter prefix) first.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Cidr {
    network: Ip,
    prefix: u8,
}

impl Cidr {
    /// Reads a network.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let Some((address, prefix)) = text.split_once('/') else {
            let single = Ip::parse(text).map_err(|_| {
                Problem::new(format!("`{text}` is no network")).with_help("a network is written like `10.44.0.0/16`")
            })?;
            return Err(Problem::new(format!("`{text}` is an address, a network has a prefix length"))
                .with_fix(format!("{single}/{}", single.family().width())));
        };
        let ip = Ip::parse(address).map_err(|problem| {
            let meant = problem.fix.as_ref().map(|fix| format!("{fix}/{prefix}"));
            Problem { fix: meant.filter(|meant| Self::parse(meant).is_ok()), ..problem }
        })?;
        let length = parse_prefix(text, prefix, ip.family())?;
        let network = Self::containing(ip, length)?;
        if network.network != ip {
            return Err(Problem::new(format!("`{text}` has host bits set"))
                .with_help(format!("the network that contains `{ip}` is `{network}`"))
                .with_fix(network.to_string()));
        }
        Ok(network)
    }

    /// The network of this prefix length that contains the address.
    pub fn containing(ip: Ip, prefix: u8) -> Result<Self, Problem> {
        check_prefix(prefix, ip.family())?;
        let network = Ip::from_bits(ip.family(), ip.bits() & !host_mask(ip.family(), prefix)).unwrap_or(ip);
        Ok(Self { network, prefix })
    }

    /// The network of one address: `/32` or `/128`.
    pub fn single(ip: Ip) -> Self {
        Self { network: ip, prefix: ip.family().width() }
    }

    /// The address that the network is written with: its first.
    pub fn network(self) -> Ip {
        self.network
    }

    /// The number of leading bits that the addresses share.
    pub fn prefix(self) -> u8 {
        self.prefix
    }

    /// Whether this is a network of IPv4 or of IPv6 addresses.
    pub fn family(self) -> Family {
        self.network.family()
    }

    /// The first address; the same as [`Cidr::network`].
    pub fn first(self) -> Ip {
        self.network
    }

    /// The last address.
    pub fn last(self) -> Ip {
        Ip::from_bits(self.family(), self.network.bits() | self.host_mask()).unwrap_or(self.network)
    }

    /// The broadcast address of an IPv4 network, which is its last. IPv6 has no broadcast: there it is the last address
    /// too.
    pub fn broadcast(self) -> Ip {
        self.last()
    }

    /// The mask with the shared bits set: `255.255.0.0` for a `/16`.
    pub fn netmask(self) -> Ip {
        Ip::from_bits(self.family(), self.family().ceiling() & !self.host_mask()).unwrap_or(self.network)
    }

    /// The number of addresses, the network's own and the broadcast address included. `::/0` has one more than the
    /// largest number that can be told and says that number.
    pub fn size(self) -> u128 {
        self.host_mask().saturating_add(1)
    }

    /// Whether the address lies in the network; an address of the other family does not.
    pub fn contains(self, ip: Ip) -> bool {
        ip.family() == self.family() && ip.bits() & !self.host_mask() == self.network.bits()
    }

    /// Whether every address of the other network lies in this one; a network contains itself.
    pub fn contains_cidr(self, other: Self) -> bool {
        self.prefix <= other.prefix && self.contains(other.network)
    }

    /// Whether some address lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.contains(other.network) || other.contains(self.network)
    }

    /// The address at this place: `host(0)` is the network's own, `host(1)` the first after it, `host(-1)` the last. A
    /// place that is not in the network is a problem.
    pub fn host(self, place: i128) -> Result<Ip, Problem> {
        let origin = if place < 0 { self.last() } else { self.first() };
        let offset = if place < 0 { place.saturating_add(1) } else { place };
        let ip = origin.plus(offset).ok().filter(|ip| self.contains(*ip));
        ip.ok_or_else(|| {
            let last = self.size() - 1;
            Problem::new(format!("`{self}` has no host {place}"))
                .with_help(format!("its {} addresses are numbered from 0 to {last}, or from -1 backwards", self.size()))
        })
    }

    /// Every subnet of this prefix length, in order. More than [`MOST_SUBNETS`] are refused; [`Cidr::subnet`] gives a
    /// single one of any number.
    pub fn subnets(self, prefix: u8) -> Result<Vec<Self>, Problem> {
        let count = self.subnet_count(prefix)?;
        if count > MOST_SUBNETS {
            return Err(Problem::new(format!(
                "`{self}` has {count} subnets of length /{prefix}, more than {MOST_SUBNETS} are not listed"
            ))
            .with_help(format!("ask for a single one: `subnet({prefix}, 0)`")));
        }
        (0..count).map(|number| self.subnet_at(prefix, number)).collect()
    }

    /// The subnet of this prefix length with this number, from 0; negative numbers count from the end.
    pub fn subnet(self, prefix: u8, number: i128) -> Result<Self, Problem> {
        let count = self.subnet_count(prefix)?;
        let place = if number < 0 { count.checked_sub(number.unsigned_abs()) } else { Some(number.unsigned_abs()) };
        match place.filter(|place| *place < count) {
            Some(place) => self.subnet_at(prefix, place),
            None => Err(Problem::new(format!("`{self}` has no subnet {number} of length /{prefix}"))
                .with_help(format!("it has {count}, numbered from 0 to {}", count - 1))),
        }
    }

    /// The network of this shorter (or equal) prefix length that contains this one.
    pub fn supernet(self, prefix: u8) -> Result<Self, Problem> {
        if prefix > self.prefix {
            return Err(Problem::new(format!("/{prefix} is longer than the prefix of `{self}`"))
                .with_help("a supernet has a shorter prefix; `subnet` and `subnets` divide a network"));
        }
        Self::containing(self.network, prefix)
    }

    fn subnet_count(self, prefix: u8) -> Result<u128, Problem> {
        check_prefix(prefix, self.family())?;
        let Some(bits) = prefix.checked_sub(self.prefix) else {
            return Err(Problem::new(format!("`{self}` has no subnets of length /{prefix}: that is a larger network"))
                .with_help(format!("a subnet's prefix is at least /{}", self.prefix)));
        };
        Ok(1_u128.checked_shl(u32::from(bits)).unwrap_or(u128::MAX))
    }

    fn subnet_at(self, prefix: u8, number: u128) -> Result<Self, Problem> {
        let step = u32::from(self.family().width() - prefix);
        let bits = self.network.bits() | number.checked_shl(step).unwrap_or(0);
        let network = Ip::from_bits(self.family(), bits).unwrap_or(self.network);
        Ok(Self { network, prefix })
    }

    fn host_mask(self) -> u128 {
        host_mask(self.family(), self.prefix)
    }
}

impl fmt::Display for Cidr {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}/{}", self.network, self.prefix)
    }
}

/// The bits that differ between the addresses of a network.
fn host_mask(family: Family, prefix: u8) -> u128 {
    family.ceiling().checked_shr(u32::from(prefix)).unwrap_or(0)
}

fn parse_prefix(text: &str, prefix: &str, family: Family) -> Result<u8, Problem> {
    let is_number = !prefix.is_empty() && prefix.bytes().all(|byte| byte.is_ascii_digit());
    if !is_number {
        return Err(Problem::new(format!("`{prefix}` in `{text}` is no prefix length"))
            .with_help(format!("a prefix length is a number from 0 to {}", family.width())));
    }
    let length = prefix.parse().unwrap_or(u8::MAX);
    check_prefix(length, family).map_err(|problem| Problem {
        message: format!("`{prefix}` in `{text}` is no {family} prefix length"),
        ..problem
    })?;
    if prefix.len() > 1 && prefix.starts_with('0') {
        let address = text.split_once('/').map_or(text, |(address, _)| address);
        return Err(
            Problem::new(format!("`{prefix}` in `{text}` has a leading zero")).with_fix(format!("{address}/{length}"))
        );
    }
    Ok(length)
}

fn check_prefix(prefix: u8, family: Family) -> Result<(), Problem> {
    if prefix <= family.width() {
        return Ok(());
    }
    Err(Problem::new(format!("/{prefix} is no {family} prefix length"))
        .with_help(format!("a prefix length is a number from 0 to {}", family.width())))
}

#[cfg(test)]
mod tests;
