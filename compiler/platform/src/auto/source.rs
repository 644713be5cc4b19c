//! Where the values of a field come from, as its schema says it.

use domain::Cidr;

use super::Chosen;

/// Where the values come from that `auto` stands for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Source {
    /// The network of the hosts of the cluster.
    Hosts,
    /// Their network of IPv6.
    Hosts6,
    /// The pools of the cluster.
    Pools,
    /// The ports of the hosts that are for services.
    NodePorts,
    /// Networks of a size within a larger one; of another family where the hosts are of that.
    Networks(Block, Option<Block>),
}

/// Networks of a size within a larger one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Block {
    /// The larger one.
    pub within: Cidr,
    /// The prefix of the networks.
    pub prefix: u8,
}

impl Source {
    /// What there is to name.
    pub const HELP: &str = "write `@auto(\"hosts\")`, `\"hosts6\"`, `\"pools\"` or `\"node-ports\"`, or a network and a \
                            prefix: `@auto(\"networks\", 10.64.0.0/10, 16)`";

    /// The source that these words name.
    pub fn parse(words: &[&str]) -> Option<Source> {
        Some(match words {
            ["hosts"] => Source::Hosts,
            ["hosts6"] => Source::Hosts6,
            ["pools"] => Source::Pools,
            ["node-ports"] => Source::NodePorts,
            ["networks", within, prefix] => Source::Networks(block(within, prefix)?, None),
            ["networks", within, prefix, other, length] => {
                Source::Networks(block(within, prefix)?, Some(block(other, length)?))
            }
            _ => return None,
        })
    }

    /// What its values are.
    pub fn due(self) -> &'static str {
        match self {
            Source::Hosts | Source::Hosts6 | Source::Pools => "an address",
            Source::NodePorts => "a port",
            Source::Networks(..) => "a network",
        }
    }

    /// Whether a value is of the kind that it gives.
    pub fn gives(self, value: Chosen) -> bool {
        match self {
            Source::Hosts | Source::Hosts6 | Source::Pools => matches!(value, Chosen::Ip(_)),
            Source::NodePorts => matches!(value, Chosen::Port(_)),
            Source::Networks(..) => matches!(value, Chosen::Cidr(_)),
        }
    }

    /// What is chosen first: hosts may stand in networks that are chosen, and both keep addresses from services.
    pub(super) fn turn(self) -> u8 {
        match self {
            Source::Networks(..) => 0,
            Source::Hosts | Source::Hosts6 => 1,
            Source::Pools | Source::NodePorts => 2,
        }
    }
}

fn block(within: &str, prefix: &str) -> Option<Block> {
    let (within, prefix) = (Cidr::parse(within).ok()?, prefix.parse().ok()?);
    let fits = within.prefix() <= prefix && prefix <= within.family().width();
    fits.then_some(Block { within, prefix })
}
