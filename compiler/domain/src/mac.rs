//! The hardware address of a network card. Knows how it is written.

use std::fmt;

use crate::Problem;

/// A hardware address of six bytes such as `52:54:00:aa:bb:cc`.
///
/// Read as six groups of two hexadecimal digits of either case, parted by colons; printed in lower case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Mac([u8; 6]);

impl Mac {
    /// Reads a hardware address.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        read(text, ':').ok_or_else(|| {
            let meant = read(text, '-').or_else(|| read(&in_pairs(text), ':'));
            Problem::new(format!("`{text}` is no hardware address"))
                .with_help("a hardware address is six pairs of hexadecimal digits: `52:54:00:aa:bb:cc`")
                .with_fix_if(meant.map(|mac| mac.to_string()))
        })
    }

    /// The six bytes, in the order in which they are written.
    pub fn octets(self) -> [u8; 6] {
        self.0
    }

    /// Whether the address was chosen by a person or a hypervisor, not by the maker of the card.
    pub fn is_local(self) -> bool {
        self.first() & 0b10 != 0
    }

    /// Whether the address means a group of cards, which no single card may have.
    pub fn is_multicast(self) -> bool {
        self.first() & 0b01 != 0
    }

    fn first(self) -> u8 {
        let [first, ..] = self.0;
        first
    }
}

impl fmt::Display for Mac {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let [a, b, c, d, e, g] = self.0;
        write!(f, "{a:02x}:{b:02x}:{c:02x}:{d:02x}:{e:02x}:{g:02x}")
    }
}

fn read(text: &str, separator: char) -> Option<Mac> {
    let pair = |group: &str| {
        let is_pair = group.len() == 2 && group.bytes().all(|byte| byte.is_ascii_hexdigit());
        u8::from_str_radix(group, 16).ok().filter(|_| is_pair)
    };
    let octets: Vec<u8> = text.split(separator).map(pair).collect::<Option<_>>()?;
    octets.try_into().ok().map(Mac)
}

/// The digits of the forms `5254.00aa.bbcc` and `525400aabbcc`, in pairs.
fn in_pairs(text: &str) -> String {
    let digits: Vec<char> = text.chars().filter(|character| *character != '.').collect();
    let pairs: Vec<String> = digits.chunks(2).map(|pair| pair.iter().collect()).collect();
    pairs.join(":")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, refuses};

    #[test]
    fn text() {
        accepts(Mac::parse, "52:54:00:aa:bb:cc", "52:54:00:aa:bb:cc");
        accepts(Mac::parse, "52:54:00:AA:BB:CC", "52:54:00:aa:bb:cc");
        refuses(Mac::parse, "52-54-00-AA-BB-CC", "is no hardware address", Some("52:54:00:aa:bb:cc"));
        refuses(Mac::parse, "5254.00aa.bbcc", "is no hardware address", Some("52:54:00:aa:bb:cc"));
        refuses(Mac::parse, "52:54:00:aa:bb", "is no hardware address", None);
        refuses(Mac::parse, "52:54:00:aa:bb:cg", "is no hardware address", None);
        refuses(Mac::parse, "52:54:00:aa:bb:+c", "is no hardware address", None);
        refuses(Mac::parse, "", "is no hardware address", None);
    }

    #[test]
    fn flags() {
        assert_eq!(Mac::parse("52:54:00:aa:bb:cc").map(|mac| (mac.is_local(), mac.is_multicast())), Ok((true, false)));
        assert_eq!(Mac::parse("01:00:5e:00:00:01").map(|mac| (mac.is_local(), mac.is_multicast())), Ok((false, true)));
    }
}
