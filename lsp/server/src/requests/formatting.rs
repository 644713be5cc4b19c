//! Formatting: of a document, of a range, and while typing. What does not parse stays as it is.

use ide::formatting;
use tower_lsp_server::gen_lsp_types::{
    DocumentFormattingParams, DocumentOnTypeFormattingParams, DocumentRangeFormattingParams, TextEdit, Uri,
};
use tower_lsp_server::jsonrpc::Error;

use crate::documents::Document;
use crate::world::World;

/// The edits that bring a document into the one style.
pub fn document(world: &mut World, params: DocumentFormattingParams) -> Result<Option<Vec<TextEdit>>, Error> {
    Ok(edits(world, &params.text_document.uri, |document| formatting::format(&document.text)))
}

/// Those of them that touch a range.
pub fn range(world: &mut World, params: DocumentRangeFormattingParams) -> Result<Option<Vec<TextEdit>>, Error> {
    let encoding = world.client.encoding;
    Ok(edits(world, &params.text_document.uri, |document| {
        let (start, end) = document.lines.offsets(&document.text, params.range, encoding);
        formatting::format_range(&document.text, ide::TextRange::new(start, end))
    }))
}

/// Those around the block that was just closed, or the line that was just ended.
pub fn on_type(world: &mut World, params: DocumentOnTypeFormattingParams) -> Result<Option<Vec<TextEdit>>, Error> {
    let encoding = world.client.encoding;
    Ok(edits(world, &params.text_document.uri, |document| {
        let offset = document.lines.offset(&document.text, params.position, encoding);
        let written = params.ch.chars().next().unwrap_or_default();
        formatting::format_on_type(&document.text, offset, written)
    }))
}

fn edits(
    world: &World,
    uri: &Uri,
    format: impl FnOnce(&Document) -> Vec<formatting::TextEdit>,
) -> Option<Vec<TextEdit>> {
    let document = world.documents.get(uri)?;
    let edit = |edit: formatting::TextEdit| TextEdit {
        range: document.lines.range(&document.text, edit.range.start, edit.range.end, world.client.encoding),
        new_text: edit.text,
    };
    Some(format(document).into_iter().map(edit).collect())
}
