//! `textDocument/signatureHelp`: how what is being called is called.

use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::TextDocumentPositionParams;
use tower_lsp_server::jsonrpc::Error;

use crate::convert::{Encoding, Lines};
use crate::world::World;

/// The one signature.
pub fn signature(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    super::at(world, &params, |view, file, offset| {
        let found = ide::signature::signature(view.session, file, offset)?;
        // Ranges of a label are always counted in units of UTF-16.
        let lines = Lines::of(&found.label);
        let unit = |offset| lines.position(&found.label, offset, Encoding::Utf16).character;
        let parameters = found.params.iter().map(|range| json!({ "label": [unit(range.start), unit(range.end)] }));
        let parameters: Vec<Value> = parameters.collect();
        let documentation = json!({ "kind": "markdown", "value": found.docs });
        let signature = json!({ "label": found.label, "documentation": documentation, "parameters": parameters });
        Some(json!({ "signatures": [signature], "activeSignature": 0, "activeParameter": found.active }))
    })
}
