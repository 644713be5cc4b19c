//! `platc/preview`: what the block at a place becomes, and which of its lines comes from where.

use ide::preview::{self, Language};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::TextDocumentPositionParams;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// The text, in the language that it is in; `null` where nothing comes of the place.
pub fn preview(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    super::at(world, &params, |view, file, offset| {
        let preview = preview::preview(view.session, file, offset)?;
        let language = match preview.language {
            Language::Yaml => "yaml",
            Language::Shell => "shellscript",
        };
        let lines = preview.lines.iter().map(|line| {
            let location = view.location(view.span(line.place));
            json!({ "line": line.line, "uri": location.uri, "sourceLine": location.range.start.line })
        });
        let lines: Vec<Value> = lines.collect();
        let block = view.location(view.span(preview.block));
        Some(
            json!({ "title": preview.title, "language": language, "text": preview.text, "lines": lines, "block": block }),
        )
    })
}
