//! `shutdown`: the client says goodbye.

use serde_json::Value;
use tower_lsp_server::jsonrpc::Error;

use crate::world::{Stage, World};

/// Nothing is kept that must be written.
pub fn shutdown(world: &mut World) -> Result<Value, Error> {
    world.stage = Stage::Ended;
    world.projects.clear();
    Ok(Value::Null)
}
