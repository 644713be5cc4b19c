//! `textDocument/documentSymbol` and `workspace/symbol`: what is declared.

use std::collections::BTreeSet;

use ide::symbols::{self, Declared, SymbolKind};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{DocumentSymbolParams, WorkspaceSymbolParams};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::View;
use crate::world::World;

/// What a document declares, as a tree, or as a list for editors that know no trees.
pub fn of_document(world: &mut World, params: DocumentSymbolParams) -> Result<Value, Error> {
    let knows_trees = world.client.can("/textDocument/documentSymbol/hierarchicalDocumentSymbolSupport");
    super::of(world, &params.text_document.uri, |view, file| {
        let declared = symbols::document_symbols(view.session, file);
        if knows_trees {
            return Some(declared.iter().map(|declared| tree(view, file, declared)).collect());
        }
        let mut list = vec![];
        declared.iter().for_each(|declared| flat(view, file, declared, None, &mut list));
        Some(Value::Array(list))
    })
}

fn tree(view: &View<'_>, file: compiler::SourceFile, declared: &Declared) -> Value {
    let children: Vec<Value> = declared.inner.iter().map(|inner| tree(view, file, inner)).collect();
    json!({
        "name": shown(&declared.name),
        "detail": declared.detail,
        "kind": kind(declared.kind),
        "range": view.range_in(file, declared.range.cover(declared.focus)),
        "selectionRange": view.range_in(file, declared.focus),
        "children": children,
    })
}

fn flat(view: &View<'_>, file: compiler::SourceFile, declared: &Declared, within: Option<&str>, list: &mut Vec<Value>) {
    let location = json!({ "uri": view.uri_of(file), "range": view.range_in(file, declared.range) });
    let name = shown(&declared.name);
    list.push(json!({ "name": name, "kind": kind(declared.kind), "location": location, "containerName": within }));
    declared.inner.iter().for_each(|inner| flat(view, file, inner, Some(&declared.name), list));
}

/// What is declared anywhere in the platforms that somebody looks at.
pub fn of_workspace(world: &mut World, params: WorkspaceSymbolParams) -> Result<Value, Error> {
    let mut seen = BTreeSet::new();
    let mut list = vec![];
    for (root, at) in world.compiled() {
        let found = world.read_platform(&root, at, |view| {
            let found = symbols::workspace_symbols(view.session, &params.query);
            let symbol = |found: &symbols::Found| {
                let location = view.location(view.span(found.place));
                let name = shown(&found.name);
                json!({ "name": name, "kind": kind(found.kind), "location": location, "containerName": found.container })
            };
            found.iter().map(symbol).collect::<Vec<Value>>()
        })?;
        list.extend(found.into_iter().flatten().filter(|symbol| seen.insert(symbol.to_string())));
    }
    Ok(Value::Array(list))
}

/// Editors refuse a symbol without a name, which a half-written one is.
fn shown(name: &str) -> &str {
    if name.is_empty() { "…" } else { name }
}

/// The numbers of the protocol.
fn kind(kind: SymbolKind) -> u32 {
    match kind {
        SymbolKind::Block => 19,
        SymbolKind::Let => 13,
        SymbolKind::Type => 10,
        SymbolKind::Function => 12,
        SymbolKind::Schema => 5,
        SymbolKind::Field => 8,
        SymbolKind::Collection => 18,
        SymbolKind::Extend => 11,
        SymbolKind::Test => 24,
        SymbolKind::Module => 2,
    }
}
