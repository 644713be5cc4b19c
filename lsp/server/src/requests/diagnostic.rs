//! `textDocument/diagnostic` and `workspace/diagnostic`: what is wrong, for clients that ask.

use std::path::PathBuf;

use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{DocumentDiagnosticParams, Uri, WorkspaceDiagnosticParams};
use tower_lsp_server::jsonrpc::Error;

use crate::desk::Why;
use crate::findings;
use crate::published::Told;
use crate::world::World;

/// What is wrong in a document, or that it is what the client knows.
pub fn document(world: &mut World, params: DocumentDiagnosticParams) -> Result<Value, Error> {
    let uri = params.text_document.uri;
    if let Some((place, platforms)) = world.platforms(&uri) {
        for at in platforms {
            checked(world, &place.root, at)?;
        }
    }
    if world.published.ask(&uri.0) {
        let version = world.documents.get(&uri).map(|document| document.version);
        findings::send(world, uri.clone(), version, vec![]);
    }
    Ok(report(&world.published.get(&uri.0), params.previous_result_id.as_deref()))
}

/// What is wrong anywhere.
pub fn workspace(world: &mut World, params: WorkspaceDiagnosticParams) -> Result<Value, Error> {
    let due: Vec<PathBuf> = world.projects.keys().cloned().collect();
    for root in due {
        if let Some(project) = world.projects.get_mut(&root)
            && !project.is_planned
        {
            project.plan(&world.documents);
        }
        let count = world.projects.get(&root).map_or(0, |project| project.platforms.len());
        for at in 0..count {
            checked(world, &root, at)?;
        }
    }
    for uri in world.published.ask_for_all() {
        let uri = Uri(uri);
        let version = world.documents.get(&uri).map(|document| document.version);
        findings::send(world, uri, version, vec![]);
    }
    let known = |uri: &str| params.previous_result_ids.iter().find(|known| known.uri.0 == uri);
    let items = world.published.all().map(|(uri, told)| {
        let mut report = report(told, known(uri).map(|known| known.value.as_str()));
        if let Some(report) = report.as_object_mut() {
            let version = world.documents.get(&Uri(uri.clone())).map(|document| document.version);
            report.insert("uri".to_owned(), json!(uri));
            report.insert("version".to_owned(), json!(version));
        }
        report
    });
    Ok(json!({ "items": items.collect::<Vec<_>>() }))
}

/// Checks a platform now, if it is not.
fn checked(world: &mut World, root: &PathBuf, at: usize) -> Result<(), Error> {
    let platform = world.projects.get(root).and_then(|project| project.platforms.get(at));
    if platform.is_none_or(|platform| platform.is_checked) || findings::check(world, root, at).is_some() {
        return Ok(());
    }
    Err(world.desk.over().unwrap_or(Why::Modified).error())
}

fn report(told: &Told, known: Option<&str>) -> Value {
    let result = told.result.to_string();
    match known == Some(&*result) {
        true => json!({ "kind": "unchanged", "resultId": result }),
        false => json!({ "kind": "full", "resultId": result, "items": told.diagnostics }),
    }
}
