//! What pods ask for, and what hosts have.

pub mod architecture;
pub mod bound;
pub mod count;
pub mod growth;
pub mod limits;
pub mod no_requests;
pub mod placed;
pub mod quota;
pub mod spread;
