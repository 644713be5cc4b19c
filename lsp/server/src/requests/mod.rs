//! What the client asks: one file for each request, and the table of them.

mod actions;
mod calls;
mod completion;
mod definition;
mod diagnostic;
mod folding;
mod formatting;
mod graph;
mod hover;
mod initialize;
mod inlay;
mod lens;
mod links;
mod moving;
mod preview;
mod references;
mod rename;
mod selection;
mod shutdown;
mod signature;
mod symbols;
mod text;
mod tokens;

pub use tokens::legend;

use compiler::SourceFile;
use serde::Serialize;
use serde::de::DeserializeOwned;
use serde_json::Value;
use tower_lsp_server::gen_lsp_types::{TextDocumentPositionParams, Uri};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::View;
use crate::world::{self, World};

/// Answers a request.
pub type Handler = fn(&mut World, Value) -> Result<Value, Error>;

/// Who answers it.
pub fn handler(method: &str) -> Option<Handler> {
    Some(match method {
        "initialize" => |world, params| typed(world, params, initialize::initialize),
        "shutdown" => |world, _| shutdown::shutdown(world),
        "textDocument/diagnostic" => |world, params| typed(world, params, diagnostic::document),
        "workspace/diagnostic" => |world, params| typed(world, params, diagnostic::workspace),
        "textDocument/formatting" => |world, params| typed(world, params, formatting::document),
        "textDocument/rangeFormatting" => |world, params| typed(world, params, formatting::range),
        "textDocument/onTypeFormatting" => |world, params| typed(world, params, formatting::on_type),
        "textDocument/hover" => |world, params| typed(world, params, hover::hover),
        "textDocument/completion" => |world, params| typed(world, params, completion::completion),
        "textDocument/definition" => |world, params| typed(world, params, definition::definition),
        "textDocument/declaration" => |world, params| typed(world, params, definition::declaration),
        "textDocument/typeDefinition" => |world, params| typed(world, params, definition::type_definition),
        "textDocument/implementation" => |world, params| typed(world, params, definition::implementation),
        "textDocument/references" => |world, params| typed(world, params, references::references),
        "textDocument/documentHighlight" => |world, params| typed(world, params, references::highlights),
        "textDocument/prepareRename" => |world, params| typed(world, params, rename::prepare),
        "textDocument/rename" => |world, params| typed(world, params, rename::rename),
        "textDocument/documentSymbol" => |world, params| typed(world, params, symbols::of_document),
        "workspace/symbol" => |world, params| typed(world, params, symbols::of_workspace),
        "textDocument/foldingRange" => |world, params| typed(world, params, folding::folds),
        "textDocument/selectionRange" => |world, params| typed(world, params, selection::selections),
        "textDocument/documentLink" => |world, params| typed(world, params, links::links),
        "textDocument/semanticTokens/full" => |world, params| typed(world, params, tokens::full),
        "textDocument/semanticTokens/range" => |world, params| typed(world, params, tokens::range),
        "textDocument/signatureHelp" => |world, params| typed(world, params, signature::signature),
        "workspace/willRenameFiles" => |world, params| typed(world, params, moving::will_rename),
        "textDocument/codeAction" => |world, params| typed(world, params, actions::actions),
        "codeAction/resolve" => |world, params| typed(world, params, actions::resolve),
        "textDocument/inlayHint" => |world, params| typed(world, params, inlay::hints),
        "textDocument/codeLens" => |world, params| typed(world, params, lens::lenses),
        "codeLens/resolve" => |world, params| typed(world, params, lens::resolve),
        "textDocument/prepareCallHierarchy" => |world, params| typed(world, params, calls::prepare),
        "callHierarchy/incomingCalls" => |world, params| typed(world, params, calls::incoming),
        "callHierarchy/outgoingCalls" => |world, params| typed(world, params, calls::outgoing),
        "platc/preview" => |world, params| typed(world, params, preview::preview),
        "platc/graph" => |world, params| typed(world, params, graph::graph),
        "platc/text" => |world, params| typed(world, params, text::text),
        "workspace/textDocumentContent" => |world, params| typed(world, params, text::text),
        _ => return None,
    })
}

/// Answers about a place in a document; `null` where there is nothing to say.
fn at(
    world: &mut World,
    params: &TextDocumentPositionParams,
    answer: impl FnOnce(&View<'_>, SourceFile, u32) -> Option<Value>,
) -> Result<Value, Error> {
    of(world, &params.text_document.uri, |view, file| {
        let offset = view.offset(world::number(view.session, file), params.position);
        answer(view, file, offset)
    })
}

/// Answers about a document; `null` where there is nothing to say.
fn of(
    world: &mut World,
    uri: &Uri,
    answer: impl FnOnce(&View<'_>, SourceFile) -> Option<Value>,
) -> Result<Value, Error> {
    Ok(world.read(uri, answer)?.flatten().unwrap_or_default())
}

/// Takes parameters and gives a result in the types of the protocol.
fn typed<P: DeserializeOwned, R: Serialize>(
    world: &mut World,
    params: Value,
    answer: fn(&mut World, P) -> Result<R, Error>,
) -> Result<Value, Error> {
    let params = serde_json::from_value(params).map_err(|error| Error::invalid_params(error.to_string()))?;
    let result = answer(world, params)?;
    serde_json::to_value(result).map_err(|_| Error::internal_error())
}
