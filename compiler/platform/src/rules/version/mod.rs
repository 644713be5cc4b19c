//! Versions that do not go together, that nobody keeps up, or that nobody chose.

mod components;
pub mod external_dns;
mod facts;
pub mod flux_api;
pub mod metallb;
pub mod nodes;
pub mod retired;
pub mod unpinned;
pub mod window;
