//! `textDocument/semanticTokens`: what words are, beyond what a grammar can tell.

use ide::TextRange;
use ide::tokens::{self, Coloured, Nature, TokenKind};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{SemanticTokensParams, SemanticTokensRangeParams};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::View;
use crate::world::World;

/// What kinds and natures the numbers mean.
pub fn legend() -> Value {
    let kinds: Vec<&str> = TokenKind::ALL.iter().map(|(_, name)| *name).collect();
    json!({ "tokenTypes": kinds, "tokenModifiers": ["declaration", "defaultLibrary"] })
}

/// Those of a document.
pub fn full(world: &mut World, params: SemanticTokensParams) -> Result<Value, Error> {
    super::of(world, &params.text_document.uri, |view, file| {
        Some(encoded(view, file, &tokens::tokens(view.session, file, None)))
    })
}

/// Those of a part of it.
pub fn range(world: &mut World, params: SemanticTokensRangeParams) -> Result<Value, Error> {
    super::of(world, &params.text_document.uri, |view, file| {
        let (start, end) = view.offsets(view.number(file), params.range);
        Some(encoded(view, file, &tokens::tokens(view.session, file, Some(TextRange::new(start, end)))))
    })
}

/// Five numbers for each token, counted from the one before it.
fn encoded(view: &View<'_>, file: compiler::SourceFile, tokens: &[Coloured]) -> Value {
    let mut data: Vec<u32> = Vec::with_capacity(tokens.len() * 5);
    let (mut line, mut column) = (0, 0);
    for token in tokens {
        let range = view.range_in(file, token.range);
        let (start, length) = (range.start, range.end.character.saturating_sub(range.start.character));
        if range.end.line != start.line || length == 0 {
            continue;
        }
        let lines = start.line - line;
        let columns = if lines == 0 { start.character - column } else { start.character };
        let kind = TokenKind::ALL.iter().position(|(kind, _)| *kind == token.kind).unwrap_or_default() as u32;
        let nature = match token.nature {
            Nature::Plain => 0,
            Nature::Declaration => 1,
            Nature::Library => 2,
        };
        data.extend([lines, columns, length, kind, nature]);
        (line, column) = (start.line, start.character);
    }
    json!({ "data": data })
}
