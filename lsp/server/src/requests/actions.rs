//! `textDocument/codeAction`: what can be done about what is wrong, and what can be written in another way.
//!
//! An editor that can ask again gets titles first, and the edits of the one that is picked.

use compiler::SourceFile;
use ide::TextRange;
use ide::actions::{self, Action, ActionKind};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{CodeActionParams, Range, Uri};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::{self, View};
use crate::findings;
use crate::world::World;

/// What leads back to an action.
#[derive(Serialize, Deserialize)]
pub struct Picked {
    uri: Uri,
    range: Range,
    title: String,
}

/// An action that was picked.
#[derive(Deserialize)]
pub struct Unresolved {
    data: Picked,
    #[serde(flatten)]
    rest: serde_json::Map<String, Value>,
}

/// What can be done in a range.
pub fn actions(world: &mut World, params: CodeActionParams) -> Result<Value, Error> {
    let uri = params.text_document.uri.clone();
    let can_ask_again = can_ask_again(world);
    let only = params.context.only.map(|only| json!(only));
    let only: Option<Vec<String>> = only.and_then(|only| serde_json::from_value(only).ok());
    let is_wanted = |kind: &str| {
        only.as_ref().is_none_or(|only| only.iter().any(|it| kind == it || kind.starts_with(&format!("{it}."))))
    };
    with(world, &uri, params.range, |view, _, found, actions| {
        let shown =
            actions.iter().filter(|action| is_wanted(kind(action.kind)) && !action.edits.is_empty()).map(|action| {
                let mut value = json!({ "title": action.title, "kind": kind(action.kind) });
                if let Some(value) = value.as_object_mut() {
                    if let Some(finding) = action.finding.and_then(|at| found.get(at)) {
                        value.insert("diagnostics".to_owned(), json!([convert::diagnostic(view, finding)]));
                        value.insert("isPreferred".to_owned(), json!(action.kind == ActionKind::Fix));
                    }
                    let edit = || view.workspace_edit(&action.edits);
                    let picked = || Picked { uri: uri.clone(), range: params.range, title: action.title.clone() };
                    match can_ask_again {
                        true => value.insert("data".to_owned(), json!(picked())),
                        false => value.insert("edit".to_owned(), edit()),
                    };
                }
                value
            });
        let mut shown: Vec<Value> = shown.collect();
        let all = actions::fix_all(found);
        if only.is_some() && is_wanted(FIX_ALL) && !all.is_empty() {
            shown.push(json!({ "title": "fix everything", "kind": FIX_ALL, "edit": view.workspace_edit(&all) }));
        }
        Value::Array(shown)
    })
}

/// The kind of the protocol for what is done when a document is saved.
const FIX_ALL: &str = "source.fixAll";

/// The edits of an action that was picked.
pub fn resolve(world: &mut World, action: Unresolved) -> Result<Value, Error> {
    let Unresolved { data, mut rest } = action;
    let edit = with(world, &data.uri, data.range, |view, _, _, actions| {
        let same = actions.iter().find(|action| action.title == data.title);
        same.map_or(Value::Null, |action| view.workspace_edit(&action.edits))
    })?;
    if edit.is_null() {
        return Err(Error::invalid_params("this can not be done any more: the text has changed"));
    }
    rest.insert("edit".to_owned(), edit);
    rest.insert("data".to_owned(), json!(data));
    Ok(Value::Object(rest))
}

fn with(
    world: &mut World,
    uri: &Uri,
    range: Range,
    answer: impl FnOnce(&View<'_>, SourceFile, &[diagnostics::Diagnostic], &[Action]) -> Value,
) -> Result<Value, Error> {
    let found = findings::of(world, uri)?;
    super::of(world, uri, |view, file| {
        let (start, end) = view.offsets(view.number(file), range);
        let actions = actions::actions(view.session, file, TextRange::new(start, end), &found);
        Some(answer(view, file, &found, &actions))
    })
}

fn can_ask_again(world: &World) -> bool {
    let properties = world.client.capabilities.pointer("/textDocument/codeAction/resolveSupport/properties");
    let holds_data = world.client.can("/textDocument/codeAction/dataSupport");
    let mut properties = properties.and_then(Value::as_array).into_iter().flatten();
    holds_data && properties.any(|property| property == "edit")
}

/// The words of the protocol.
fn kind(kind: ActionKind) -> &'static str {
    match kind {
        ActionKind::Fix | ActionKind::Allow => "quickfix",
        ActionKind::Fill => "refactor.rewrite",
        ActionKind::Extract => "refactor.extract",
        ActionKind::Organise => "source.organizeImports",
    }
}
