//! `auto`: addresses, ports and networks that nobody wrote, chosen once and kept.
//!
//! ```text
//! requests (what stands as `auto`, by path, with what is kept) + Platform (what is taken) --choose--> values
//! ```
//!
//! What is kept stays while it fits. What is not chosen yet gets the first that is free, in the order of the paths, so that
//! the same platform with the same lock always gives the same values. Knows no files and no language.

mod choose;
mod facts;
pub mod lock;
mod pick;
mod source;
mod taken;

use std::cmp::Ordering;
use std::fmt;

use domain::{Cidr, Ip, natural_cmp};

pub use choose::{Answer, Other, Refusal, Request, choose, twice};
pub use source::{Block, Source};

/// What was chosen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Chosen {
    /// An address.
    Ip(Ip),
    /// A network.
    Cidr(Cidr),
    /// A port.
    Port(u16),
}

impl Chosen {
    /// What a text of the lock says.
    pub fn parse(text: &str) -> Option<Chosen> {
        match text {
            text if text.contains('/') => Cidr::parse(text).ok().map(Chosen::Cidr),
            text if text.contains(['.', ':']) => Ip::parse(text).ok().map(Chosen::Ip),
            text => text.parse().ok().filter(|port| *port > 0).map(Chosen::Port),
        }
    }
}

impl fmt::Display for Chosen {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Chosen::Ip(ip) => ip.fmt(f),
            Chosen::Cidr(cidr) => cidr.fmt(f),
            Chosen::Port(port) => port.fmt(f),
        }
    }
}

/// The order of paths: `worker-2` comes before `worker-10`.
pub fn by_path(one: &str, other: &str) -> Ordering {
    natural_cmp(one, other).then_with(|| one.cmp(other))
}
