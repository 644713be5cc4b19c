//! Files that changed behind the editor, or were created, renamed and deleted in it.

use std::path::Path;

use compiler::import::is_code;
use tower_lsp_server::gen_lsp_types::{
    CreateFilesParams, DeleteFilesParams, DidChangeWatchedFilesParams, FileChangeType, RenameFilesParams, Uri,
};

use crate::convert::Name;
use crate::disk::{LOCK, SETTINGS};
use crate::world::World;

/// The files that can be a part of a platform.
const WATCHED: &str = "**/*.{pl,yaml,yml,json,toml,lock}";

/// The pattern of files that the editor shall watch.
pub fn pattern() -> &'static str {
    WATCHED
}

/// Files changed on the disk.
pub fn watched(world: &mut World, params: DidChangeWatchedFilesParams) {
    for change in params.changes {
        match change.kind {
            FileChangeType::Changed => written(world, &change.uri),
            _ => came_or_went(world, &change.uri),
        }
    }
}

/// Files were created in the editor.
pub fn created(world: &mut World, params: CreateFilesParams) {
    params.files.into_iter().for_each(|file| came_or_went(world, &file.uri));
}

/// Files were deleted in the editor.
pub fn deleted(world: &mut World, params: DeleteFilesParams) {
    params.files.into_iter().for_each(|file| came_or_went(world, &file.uri));
}

/// Files were renamed in the editor.
pub fn renamed(world: &mut World, params: RenameFilesParams) {
    for file in params.files {
        came_or_went(world, &file.old_uri);
        came_or_went(world, &file.new_uri);
    }
}

/// A file has another content. One that is open is what the editor says it is.
fn written(world: &mut World, uri: &Uri) {
    let Some(place) = world.workspace.place(uri) else {
        return;
    };
    let is_open = world.documents.at(&place.root, &place.path).is_some();
    let levels = world.levels.clone();
    let Some(project) = world.projects.get_mut(&place.root) else {
        return;
    };
    if place.path == SETTINGS || place.path == LOCK {
        project.reread();
        project.prefer(&levels);
        project.is_planned = false;
    } else if !is_open && project.knows(&place.path) {
        project.edit(&place.path, &world.documents);
    }
}

/// A file came or went, or a folder did, which is said like a file.
fn came_or_went(world: &mut World, uri: &Uri) {
    let Name::File(path) = Name::of(&uri.0) else {
        return;
    };
    let is_mark = path.file_name().is_some_and(|name| name == SETTINGS || name == LOCK);
    if path.extension().is_none() || is_mark {
        return everything(world);
    }
    let Some(place) = world.workspace.place(uri) else {
        return everything(world);
    };
    if world.documents.at(&place.root, &place.path).is_some() {
        return;
    }
    let is_there = world.workspace.disk.is_file(&path);
    let is_ours = world.workspace.folders.iter().any(|folder| real(world, &path).starts_with(&folder.path));
    if is_there && is_ours && is_code(&place.path) {
        world.project(&place).sources.insert(place.path.clone());
    }
    if let Some(project) = world.projects.get_mut(&place.root) {
        if !is_there {
            project.sources.remove(&place.path);
        }
        project.came_or_went(&place.path);
    }
}

fn real(world: &World, path: &Path) -> std::path::PathBuf {
    world.workspace.disk.real(path).unwrap_or_else(|| path.to_owned())
}

/// Looks at everything anew: where projects begin may be another place now.
pub fn everything(world: &mut World) {
    let workspace = &world.workspace;
    world.documents.replace_places(|uri| workspace.place(uri));
    let levels = world.levels.clone();
    for project in world.projects.values_mut() {
        project.reread();
        project.prefer(&levels);
        project.forget();
    }
    world.look_around();
}
