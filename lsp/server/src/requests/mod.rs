//! What the client asks: one file for each request, and the table of them.

mod diagnostic;
mod formatting;
mod initialize;
mod shutdown;
mod text;

use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// Answers a request.
pub type Handler = fn(&mut World, Value) -> Result<Value, Error>;

/// Who answers it.
pub fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "initialize" => |world, params| typed(world, params, initialize::initialize),
        "shutdown" => |world, _| shutdown::shutdown(world),
        "textDocument/diagnostic" => |world, params| typed(world, params, diagnostic::document),
        "workspace/diagnostic" => |world, params| typed(world, params, diagnostic::workspace),
        "textDocument/formatting" => |world, params| typed(world, params, formatting::document),
        "textDocument/rangeFormatting" => |world, params| typed(world, params, formatting::range),
        "textDocument/onTypeFormatting" => |world, params| typed(world, params, formatting::on_type),
        "platc/text" => |world, params| typed(world, params, text::text),
        "workspace/textDocumentContent" => |world, params| typed(world, params, text::text),
        _ => return None,
    })
}

/// Takes parameters and gives a result in the types of the protocol.
fn typed<P: DeserializeOwned, R: Serialize>(
    world: &mut World,
    params: Value,
    answer: fn(&mut World, P) -> Result<R, Error>,
) -> Result<Value, Error> {
    let params = serde_json::from_value(params).map_err(|error| Error::invalid_params(error.to_string()))?;
    let result = answer(world, params)?;
    serde_json::to_value(result).map_err(|_| Error::internal_error())
}
