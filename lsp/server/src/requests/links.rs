//! `textDocument/documentLink`: imports that can be followed.

use ide::links::{self, Link};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::DocumentLinkParams;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// The links, with where they lead.
pub fn links(world: &mut World, params: DocumentLinkParams) -> Result<Value, Error> {
    super::of(world, &params.text_document.uri, |view, file| {
        let link = |link: &Link| json!({ "range": view.range_in(file, link.range), "target": view.uri(link.target) });
        Some(links::links(view.session, file).iter().map(link).collect())
    })
}
