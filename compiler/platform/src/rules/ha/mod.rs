//! What remains when something fails or is taken away for a while.

pub mod budget;
pub mod control_planes;
