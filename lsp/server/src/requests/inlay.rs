//! `textDocument/inlayHint`: what is not written, and holds all the same.

use ide::TextRange;
use ide::inlay::{self, Hint, HintKind};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::InlayHintParams;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// The hints of a range.
pub fn hints(world: &mut World, params: InlayHintParams) -> Result<Value, Error> {
    super::of(world, &params.text_document.uri, |view, file| {
        let number = view.number(file);
        let (start, end) = view.offsets(number, params.range);
        let hint = |hint: &Hint| {
            let position = view.range_in(file, TextRange::empty(hint.offset)).start;
            let why = match hint.kind {
                HintKind::Chosen => "chosen for `auto`, and kept in `platc.lock`",
                HintKind::Defaults => "defaults that apply: nobody wrote these fields",
                HintKind::Size => "how many addresses these are",
                HintKind::Policies => "what follows from what is written",
            };
            json!({ "position": position, "label": hint.label, "tooltip": why, "paddingLeft": true })
        };
        Some(inlay::hints(view.session, file, TextRange::new(start, end)).iter().map(hint).collect())
    })
}
