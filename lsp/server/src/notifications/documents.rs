//! Documents that are opened, changed, closed and saved.

use compiler::import::is_code;
use tower_lsp_server::gen_lsp_types::{
    DidChangeTextDocumentParams, DidCloseTextDocumentParams, DidOpenTextDocumentParams, DidSaveTextDocumentParams,
};

use crate::convert::Lines;
use crate::documents::{Document, Place};
use crate::findings;
use crate::world::World;

/// A document is open: its text is what counts.
pub fn opened(world: &mut World, params: DidOpenTextDocumentParams) {
    let item = params.text_document;
    let place = world.workspace.place(&item.uri);
    let lines = Lines::of(&item.text);
    let before = world.documents.get(&item.uri).map(|document| document.text.clone());
    let document = Document { uri: item.uri, place: place.clone(), version: item.version, text: item.text, lines };
    world.documents.open(document);
    if let Some(place) = place {
        taken_up(world, &place, before.is_some());
    }
}

/// A file is a part of its project from now on, if it was none.
fn taken_up(world: &mut World, place: &Place, was_open: bool) {
    let project = world.project(place);
    let is_known = project.knows(&place.path);
    if is_code(&place.path) && project.sources.insert(place.path.clone()) && !is_known {
        project.came_or_went(&place.path);
        return;
    }
    let Some(project) = world.projects.get_mut(&place.root) else {
        return;
    };
    if was_open || project.differs(&place.path, &world.documents) {
        project.edit(&place.path, &world.documents);
    }
    project.expect_edits(&place.path);
}

/// A document was edited.
pub fn changed(world: &mut World, params: DidChangeTextDocumentParams) {
    let uri = params.text_document.text_document_identifier.uri;
    let encoding = world.client.encoding;
    let Some(document) = world.documents.get_mut(&uri) else {
        world.client.log(&format!("`{}` was changed, and is not open", uri.0));
        return;
    };
    document.version = params.text_document.version;
    document.change(params.content_changes, encoding);
    if let Some(place) = document.place.clone()
        && let Some(project) = world.projects.get_mut(&place.root)
    {
        project.edit(&place.path, &world.documents);
    }
}

/// A document is closed: the disk counts again.
pub fn closed(world: &mut World, params: DidCloseTextDocumentParams) {
    let uri = params.text_document.uri;
    let Some(document) = world.documents.close(&uri) else {
        return;
    };
    world.published.close(&uri.0);
    let Some(place) = document.place else {
        return;
    };
    let is_there = place.root.is_absolute() && world.workspace.disk.is_file(&place.root.join(&place.path));
    let Some(project) = world.projects.get_mut(&place.root) else {
        return;
    };
    if is_there {
        if project.differs_from(&place.path, &document.text) {
            project.edit(&place.path, &world.documents);
        }
    } else {
        project.sources.remove(&place.path);
        project.came_or_went(&place.path);
    }
    let is_empty = project.sources.is_empty();
    if is_empty {
        world.projects.remove(&place.root);
        findings::publish(world, [uri.0].into());
    }
}

/// A document was saved: without watched files, this is when what else lies on the disk is looked at.
pub fn saved(world: &mut World, params: DidSaveTextDocumentParams) {
    if world.client.can("/workspace/didChangeWatchedFiles/dynamicRegistration") {
        return;
    }
    if let Some(place) = world.documents.get(&params.text_document.uri).and_then(|document| document.place.clone())
        && let Some(project) = world.projects.get_mut(&place.root)
    {
        project.reread();
        project.prefer(&world.levels);
    }
}
