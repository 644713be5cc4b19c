//! `textDocument/references` and `textDocument/documentHighlight`: where else the same thing is named.

use ide::references::{self, Reference, Role};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{ReferenceParams, TextDocumentPositionParams};
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// Everywhere in the platform.
pub fn references(world: &mut World, params: ReferenceParams) -> Result<Value, Error> {
    let with_declaration = params.context.include_declaration;
    super::at(world, &params.text_document_position_params, |view, file, offset| {
        let found = references::references(view.session, file, offset);
        let wanted = |found: &&Reference| with_declaration || found.role != Role::Declared;
        Some(found.iter().filter(wanted).map(|found| json!(view.location(view.span(found.place)))).collect())
    })
}

/// In this document.
pub fn highlights(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    super::at(world, &params, |view, file, offset| {
        let found = references::highlights(view.session, file, offset);
        let highlight = |found: &Reference| {
            let kind = if found.role == Role::Read { 2 } else { 3 };
            json!({ "range": view.range(view.span(found.place)), "kind": kind })
        };
        Some(found.iter().map(highlight).collect())
    })
}
