//! Who can not reach whom.

pub mod blocked;
pub mod dns;
pub mod external;
pub mod hook;
pub mod host_dns;
pub mod ingress;
pub mod scrape;
