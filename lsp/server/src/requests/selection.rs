//! `textDocument/selectionRange`: what grows around the cursors.

use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::SelectionRangeParams;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// One range for each cursor, each in the next larger.
pub fn selections(world: &mut World, params: SelectionRangeParams) -> Result<Value, Error> {
    super::of(world, &params.text_document.uri, |view, file| {
        let number = view.number(file);
        let around = params.positions.iter().map(|position| {
            let offset = view.offset(number, *position);
            let ranges = ide::selection::selections(view.text(number), offset);
            let larger = ranges.iter().rev().fold(Value::Null, |parent, range| {
                let range = view.range_in(file, *range);
                if parent.is_null() { json!({ "range": range }) } else { json!({ "range": range, "parent": parent }) }
            });
            // An answer is due for every cursor.
            if larger.is_null() { json!({ "range": { "start": position, "end": position } }) } else { larger }
        });
        Some(around.collect())
    })
}
