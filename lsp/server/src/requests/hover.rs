//! `textDocument/hover`: what the pointer rests on.

use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::TextDocumentPositionParams;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// What is said of it, in Markdown.
pub fn hover(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    super::at(world, &params, |view, file, offset| {
        let hover = ide::hover::hover(view.session, file, offset)?;
        let contents = json!({ "kind": "markdown", "value": hover.text });
        Some(json!({ "contents": contents, "range": view.range_in(file, hover.range) }))
    })
}
