//! A run of ports. Knows ports; knows nobody who listens.

use std::fmt;

use crate::{Port, Problem};

/// An inclusive run of ports such as `30000-32767`.
///
/// Read from `first-last` or `first..last`, printed with the hyphen. Ranges order by first port, then by last.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct PortRange {
    first: Port,
    last: Port,
}

impl PortRange {
    /// Reads a range.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let Some((first, last)) = text.split_once("..").or_else(|| text.split_once('-')) else {
            return Err(Problem::new(format!("`{text}` is no range of ports"))
                .with_help("a range of ports is written like `30000..32767`")
                .with_fix_if(Port::parse(text).ok().map(|port| format!("{port}..{port}"))));
        };
        let inner = |problem: Problem| Problem { fix: None, ..problem };
        Self::new(Port::parse(first).map_err(inner)?, Port::parse(last).map_err(inner)?)
    }

    /// The range from the first to the last port, both included.
    pub fn new(first: Port, last: Port) -> Result<Self, Problem> {
        if first > last {
            return Err(
                Problem::new(format!("`{first}..{last}` ends before it begins")).with_fix(format!("{last}..{first}"))
            );
        }
        Ok(Self { first, last })
    }

    /// The first port.
    pub fn first(self) -> Port {
        self.first
    }

    /// The last port.
    pub fn last(self) -> Port {
        self.last
    }

    /// The number of ports.
    pub fn size(self) -> u32 {
        u32::from(self.last.number()) - u32::from(self.first.number()) + 1
    }

    /// Whether the port lies in the range.
    pub fn contains(self, port: Port) -> bool {
        self.first <= port && port <= self.last
    }

    /// Whether some port lies in both.
    pub fn overlaps(self, other: Self) -> bool {
        self.first <= other.last && other.first <= self.last
    }
}

impl fmt::Display for PortRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.first, self.last)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, refuses};

    #[test]
    fn text() {
        accepts(PortRange::parse, "30000-32767", "30000-32767");
        accepts(PortRange::parse, "30000..32767", "30000-32767");
        refuses(PortRange::parse, "32767-30000", "ends before it begins", Some("30000..32767"));
        refuses(PortRange::parse, "80", "is no range of ports", Some("80..80"));
        refuses(PortRange::parse, "0-80", "from 1 to 65535", None);
        refuses(PortRange::parse, "80-http", "`http` is no port", None);
    }

    #[test]
    fn relations() {
        let overlap = |a: &str, b: &str| PortRange::parse(a).and_then(|a| Ok(a.overlaps(PortRange::parse(b)?)));
        assert_eq!(overlap("1-10", "10-20"), Ok(true));
        assert_eq!(overlap("1-10", "11-20"), Ok(false));
        assert_eq!(PortRange::parse("1-65535").map(PortRange::size), Ok(65535));
    }
}
