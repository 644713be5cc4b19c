//! The number of a port. Knows no protocol and nobody who listens.

use std::fmt;
use std::num::NonZeroU16;

use crate::Problem;

/// A port from 1 to 65535, written as a decimal number without leading zeros. Port 0 means "any" to an operating system
/// and nothing to a platform.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Port(NonZeroU16);

impl Port {
    /// Reads a port.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let is_number = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
        if !is_number {
            return Err(Problem::new(format!("`{text}` is no port")).with_help("a port is a number from 1 to 65535"));
        }
        let port = text.parse().map_or_else(|_| Err(out_of_range(text)), Self::new)?;
        if text.starts_with('0') {
            return Err(Problem::new(format!("`{text}` has a leading zero")).with_fix(port.to_string()));
        }
        Ok(port)
    }

    /// The port with this number.
    pub fn new(number: i128) -> Result<Self, Problem> {
        let port = u16::try_from(number).ok().and_then(NonZeroU16::new);
        port.map(Port).ok_or_else(|| out_of_range(&number.to_string()))
    }

    /// The number.
    pub fn number(self) -> u16 {
        self.0.get()
    }

    /// Whether only a privileged process may listen on it: below 1024.
    pub fn is_privileged(self) -> bool {
        self.number() < 1024
    }
}

impl fmt::Display for Port {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.0.fmt(f)
    }
}

fn out_of_range(text: &str) -> Problem {
    Problem::new(format!("`{text}` is no port: ports go from 1 to 65535"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, fails, refuses};

    #[test]
    fn text() {
        accepts(Port::parse, "1", "1");
        accepts(Port::parse, "65535", "65535");
        refuses(Port::parse, "0", "from 1 to 65535", None);
        refuses(Port::parse, "65536", "from 1 to 65535", None);
        refuses(Port::parse, "99999999999999999999999999999999999999999999", "from 1 to 65535", None);
        refuses(Port::parse, "080", "leading zero", Some("80"));
        refuses(Port::parse, "http", "`http` is no port", None);
        refuses(Port::parse, "+80", "is no port", None);
        fails(Port::new(-1), "`-1` is no port", None);
    }
}
