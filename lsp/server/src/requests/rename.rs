//! `textDocument/prepareRename` and `textDocument/rename`: another name, everywhere.

use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{RenameParams, TextDocumentPositionParams};
use tower_lsp_server::jsonrpc::{Error, ErrorCode};

use crate::world::World;

/// The code of the protocol for a request that is understood, and can not be done.
const FAILED: i64 = -32803;

/// What would be renamed, or why nothing can be.
pub fn prepare(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    let prepared = super::at(world, &params, |view, file, offset| {
        Some(match ide::rename::prepare(view.session, file, offset) {
            Ok(prepared) => json!({ "range": view.range_in(file, prepared.range), "placeholder": prepared.name }),
            Err(why) => Value::String(why),
        })
    })?;
    told(prepared)
}

/// The edits, or why there are none.
pub fn rename(world: &mut World, params: RenameParams) -> Result<Value, Error> {
    let edits = super::at(world, &params.text_document_position_params, |view, file, offset| {
        Some(match ide::rename::rename(view.session, file, offset, &params.new_name) {
            Ok(edits) => view.workspace_edit(&edits),
            Err(why) => Value::String(why),
        })
    })?;
    told(edits)
}

/// A text is a reason.
fn told(answer: Value) -> Result<Value, Error> {
    match answer {
        Value::String(why) => Err(Error { message: why.into(), ..Error::new(ErrorCode::ServerError(FAILED)) }),
        answer => Ok(answer),
    }
}
