//! What the client tells: one file for each kind of news.

mod configuration;
mod documents;
mod folders;
mod initialized;
mod watched;

use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

pub use configuration::choose;

/// Takes note of something.
pub type Handler = fn(&mut World, Value) -> Result<(), Error>;

/// Who takes note of it; what nobody needs to know is passed over.
pub fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "initialized" => |world, _| {
            initialized::initialized(world);
            Ok(())
        },
        "textDocument/didOpen" => |world, params| typed(world, params, documents::opened),
        "textDocument/didChange" => |world, params| typed(world, params, documents::changed),
        "textDocument/didClose" => |world, params| typed(world, params, documents::closed),
        "textDocument/didSave" => |world, params| typed(world, params, documents::saved),
        "workspace/didChangeWatchedFiles" => |world, params| typed(world, params, watched::watched),
        "workspace/didCreateFiles" => |world, params| typed(world, params, watched::created),
        "workspace/didRenameFiles" => |world, params| typed(world, params, watched::renamed),
        "workspace/didDeleteFiles" => |world, params| typed(world, params, watched::deleted),
        "workspace/didChangeWorkspaceFolders" => |world, params| typed(world, params, folders::changed),
        "workspace/didChangeConfiguration" => |world, params| typed(world, params, configuration::changed),
        _ => return None,
    })
}

/// What the client answers to a request of the server.
pub fn answered(world: &mut World, params: &Value) {
    let id = params.get("id").and_then(Value::as_i64).unwrap_or_default();
    if world.awaited.remove(&id)
        && let Some(settings) = params.pointer("/result/0")
    {
        configuration::prefer(world, settings);
    }
}

fn typed<P: DeserializeOwned>(world: &mut World, params: Value, take: fn(&mut World, P)) -> Result<(), Error> {
    match serde_json::from_value(params) {
        Ok(params) => take(world, params),
        Err(error) => {
            let message = format!("what the editor said can not be understood: {error}");
            world.client.log(&message);
            return Err(Error::invalid_params(message));
        }
    }
    Ok(())
}
