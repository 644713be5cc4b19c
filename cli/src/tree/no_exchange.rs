//! Stands for the exchange of directories where the system has none.

use super::failure::Result;
use super::place::Place;
use super::{Attempt, Change};

/// There is nothing to finish.
pub fn finish(_: &Place) -> Result {
    Ok(())
}

/// Is impossible.
pub fn write(_: &Place, _: &Change) -> Result<Attempt> {
    Ok(Attempt::Impossible)
}
