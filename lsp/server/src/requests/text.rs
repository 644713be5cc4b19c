//! `platc/text`: the text of a read-only document: of the standard library, of the Kubernetes API, of a rule's page. Of a document
//! that is open, the text that the server has.

use diagnostics::rules;
use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::Uri;
use tower_lsp_server::jsonrpc::Error;

use crate::convert::Name;
use crate::world::World;

/// Which document.
#[derive(Deserialize)]
pub struct Params {
    uri: Uri,
}

/// Its text.
pub fn text(world: &mut World, params: Params) -> Result<Value, Error> {
    if let Some(document) = world.documents.get(&params.uri) {
        return Ok(json!({ "text": document.text }));
    }
    let Name::Own(path) = Name::of(&params.uri.0) else {
        return Err(Error::invalid_params(format!(
            "`{}` is no document of platc: these begin with `platc:`",
            params.uri.0
        )));
    };
    let text = page(&path).or_else(|| module(&path)).or_else(|| written(world, &path));
    let text = text.ok_or_else(|| Error::invalid_params(format!("there is no document `{}`", params.uri.0)))?;
    Ok(json!({ "text": text }))
}

/// The page of a rule: `rules/net/overlap.md`.
fn page(path: &str) -> Option<String> {
    let code = path.strip_prefix("rules/")?.strip_suffix(".md")?;
    rules::find(code).map(|rule| rule.page.to_owned())
}

/// A module of the standard library, or a part of the Kubernetes API.
fn module(path: &str) -> Option<String> {
    let written = || Some(compiler::kubernetes::text(path).to_string()).filter(|text| !text.is_empty());
    stdlib::find(path).map(str::to_owned).or_else(written)
}

/// What the compiler writes for a platform that is compiled, such as the types of a file of schemas.
fn written(world: &World, path: &str) -> Option<String> {
    let sessions = world.projects.values().flat_map(|project| &project.platforms).filter_map(|it| it.session.as_ref());
    let mut texts = sessions.filter_map(|session| compiler::published::text(session.db(), path));
    texts.next().map(|text| text.to_string())
}
