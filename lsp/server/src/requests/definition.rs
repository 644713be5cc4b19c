//! Where something stands: its definition, its first declaration, its type, and what follows it.

use compiler::{Session, SourceFile};
use ide::definition::{self, Jump};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::TextDocumentPositionParams;
use tower_lsp_server::jsonrpc::Error;

use crate::world::World;

/// `textDocument/definition`
pub fn definition(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    jump(world, &params, "definition", definition::definition)
}

/// `textDocument/declaration`
pub fn declaration(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    jump(world, &params, "declaration", definition::declaration)
}

/// `textDocument/typeDefinition`
pub fn type_definition(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    jump(world, &params, "typeDefinition", definition::type_definition)
}

/// `textDocument/implementation`
pub fn implementation(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    jump(world, &params, "implementation", definition::implementation)
}

/// Follows a jump; editors that know links learn what they jump from, the others where to.
fn jump(
    world: &mut World,
    params: &TextDocumentPositionParams,
    name: &str,
    follow: fn(&Session, SourceFile, u32) -> Option<Jump>,
) -> Result<Value, Error> {
    let knows_links = world.client.can(&format!("/textDocument/{name}/linkSupport"));
    super::at(world, params, |view, file, offset| {
        let jump = follow(view.session, file, offset)?;
        let from = view.range_in(file, jump.from);
        let targets = jump.to.iter().map(|target| match knows_links {
            true => json!({
                "originSelectionRange": from,
                "targetUri": view.uri(target.whole.file),
                "targetRange": view.range(view.span(target.whole)),
                "targetSelectionRange": view.range(view.span(target.focus)),
            }),
            false => json!(view.location(view.span(target.focus))),
        });
        Some(targets.collect())
    })
}
