//! The values of the domain as plain data: addresses, networks, ports, amounts, durations, versions, images and
//! the names of things, each with one file that parses, prints, orders and calculates it.
//!
//! What this crate knows: how such a value is written and what may be done with it. What it must not know: the
//! language (tokens, types, spans), diagnostics, files, or Kubernetes objects.
//!
//! Every type prints its canonical spelling in Kubernetes' world through `Display`, and `T::parse` reads that spelling
//! back to an equal value. Whatever can fail returns a [`Problem`].

mod bytes;
mod cidr;
mod constraint;
mod cpu;
mod decimal;
mod duration;
mod hostname;
mod image;
mod ip;
mod ip_range;
mod mac;
mod name;
mod natural;
mod nearest;
mod path;
mod port;
mod port_range;
mod problem;
mod symbol;
#[cfg(test)]
mod testing;
mod unit_number;
mod url;
mod version;

pub use bytes::Bytes;
pub use cidr::{Cidr, MOST_SUBNETS};
pub use constraint::VersionConstraint;
pub use cpu::Cpu;
pub use duration::Duration;
pub use hostname::Hostname;
pub use image::Image;
pub use ip::{Family, Ip};
pub use ip_range::IpRange;
pub use mac::Mac;
pub use name::Name;
pub use natural::natural_cmp;
pub use nearest::nearest;
pub use path::Path;
pub use port::Port;
pub use port_range::PortRange;
pub use problem::Problem;
pub use symbol::Symbol;
pub use unit_number::{Reading, UnitNumber};
pub use url::Url;
pub use version::Version;
