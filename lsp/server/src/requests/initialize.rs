//! `initialize`: who is there, what they can do, and what is done here.
//!
//! What the client may say in `initializationOptions`: `trusted`, whether a project may reach above the folder that is open, and
//! `rules`, levels of rules as in the editor's settings.

use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{InitializeParams, WorkspaceFolders};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::Encoding;
use crate::notifications;
use crate::workspace::Trust;
use crate::world::{Stage, World};

/// Begins the conversation.
pub fn initialize(world: &mut World, params: InitializeParams) -> Result<Value, Error> {
    world.client.capabilities = json!(params.capabilities);
    world.client.encoding = encoding(&world.client.capabilities);
    let options = json!(params.initialization_options);
    let is_trusted = options.get("trusted").and_then(Value::as_bool).unwrap_or_default();
    world.workspace.trust = if is_trusted { Trust::Project } else { Trust::Folder };
    notifications::choose(world, &options);
    for folder in folders(&params) {
        if world.workspace.open(&folder).is_none() {
            world.client.log(&format!("there is no folder `{folder}` on this machine"));
        }
    }
    world.stage = Stage::Ready;
    let server = json!({ "name": "platc", "version": env!("CARGO_PKG_VERSION") });
    Ok(json!({ "capabilities": capabilities(world), "serverInfo": server }))
}

/// The folders, as newer or older clients name them.
#[allow(deprecated, reason = "older clients name one folder, and no list of them")]
fn folders(params: &InitializeParams) -> Vec<String> {
    match &params.workspace_folders_initialize_params.workspace_folders {
        Some(WorkspaceFolders::WorkspaceFolderList(folders)) if !folders.is_empty() => {
            folders.iter().map(|folder| folder.uri.0.clone()).collect()
        }
        _ => params.root_uri.iter().map(|uri| uri.0.clone()).collect(),
    }
}

/// The first unit of columns that the client offers and that is known here.
fn encoding(capabilities: &Value) -> Encoding {
    let offered = capabilities.pointer("/general/positionEncodings").and_then(Value::as_array);
    let mut known = offered.into_iter().flatten().filter_map(|word| Encoding::named(word.as_str()?));
    known.next().unwrap_or_default()
}

/// What the editor can ask for.
fn capabilities(world: &World) -> Value {
    let files = json!({ "filters": [
        { "scheme": "file", "pattern": { "glob": "**/*.{pl,yaml,yml,json,toml}", "matches": "file" } },
        { "scheme": "file", "pattern": { "glob": "**", "matches": "folder" } },
    ] });
    let mut capabilities = json!({
        "positionEncoding": world.client.encoding.word(),
        "textDocumentSync": { "openClose": true, "change": 2, "save": { "includeText": false } },
        "completionProvider": { "triggerCharacters": [".", "/", "\"", "@", ":"] },
        "hoverProvider": true,
        "definitionProvider": true,
        "declarationProvider": true,
        "typeDefinitionProvider": true,
        "implementationProvider": true,
        "referencesProvider": true,
        "documentHighlightProvider": true,
        "documentSymbolProvider": true,
        "workspaceSymbolProvider": true,
        "foldingRangeProvider": true,
        "selectionRangeProvider": true,
        "documentLinkProvider": { "resolveProvider": false },
        "signatureHelpProvider": { "triggerCharacters": ["(", ","] },
        "semanticTokensProvider": { "legend": super::legend(), "full": true, "range": true },
        "codeActionProvider": {
            "codeActionKinds": ["quickfix", "refactor.rewrite", "refactor.extract", "source.organizeImports", "source.fixAll"],
            "resolveProvider": true,
        },
        "codeLensProvider": { "resolveProvider": true },
        "inlayHintProvider": { "resolveProvider": false },
        "callHierarchyProvider": true,
        "renameProvider": { "prepareProvider": true },
        "documentFormattingProvider": true,
        "documentRangeFormattingProvider": true,
        "documentOnTypeFormattingProvider": { "firstTriggerCharacter": "}", "moreTriggerCharacter": ["\n"] },
        "workspace": {
            "workspaceFolders": { "supported": true, "changeNotifications": true },
            "fileOperations": { "willRename": files, "didCreate": files, "didRename": files, "didDelete": files },
            "textDocumentContent": { "schemes": ["platc"] },
        },
    });
    // To those who can not ask, everything is told; those who can are told of what they do not ask for.
    if world.client.capabilities.pointer("/textDocument/diagnostic").is_some()
        && let Some(capabilities) = capabilities.as_object_mut()
    {
        let provider = json!({ "identifier": "platc", "interFileDependencies": true, "workspaceDiagnostics": true });
        capabilities.insert("diagnosticProvider".to_owned(), provider);
    }
    capabilities
}
