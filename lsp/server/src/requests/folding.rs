//! `textDocument/foldingRange`: what can be folded to one line.

use ide::folding::{self, Fold, FoldKind};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::FoldingRangeParams;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// The parts, by their lines.
pub fn folds(world: &mut World, params: FoldingRangeParams) -> Result<Value, Error> {
    super::of(world, &params.text_document.uri, |view, file| {
        let fold = |fold: &Fold| {
            let range = view.range_in(file, fold.range);
            let mut value = json!({
                "startLine": range.start.line,
                "startCharacter": range.start.character,
                "endLine": range.end.line,
                "endCharacter": range.end.character,
            });
            let kind = match fold.kind {
                FoldKind::Comment => Some("comment"),
                FoldKind::Imports => Some("imports"),
                FoldKind::Braces | FoldKind::Text => None,
            };
            if let (Some(kind), Some(value)) = (kind, value.as_object_mut()) {
                value.insert("kind".to_owned(), json!(kind));
            }
            value
        };
        Some(folding::folds(view.text(view.number(file))).iter().map(fold).collect())
    })
}
