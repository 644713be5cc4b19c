//! `workspace/willRenameFiles`: imports follow files that move.

use compiler::Session;
use ide::Edit;
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::RenameFilesParams;
use tower_lsp_server::jsonrpc::Error;

use crate::convert::View;
use crate::world::World;

/// The edits of all platforms in which files move.
pub fn will_rename(world: &mut World, params: RenameFilesParams) -> Result<Value, Error> {
    let places = params.files.iter().filter_map(|file| {
        let (from, to) = (world.workspace.place(&file.old_uri)?, world.workspace.place_of_new(&file.new_uri)?);
        (from.root == to.root).then_some((from.root, (from.path, to.path)))
    });
    let places: Vec<_> = places.collect();
    let Some(root) = places.first().map(|(root, _)| root.clone()) else {
        return Ok(Value::Null);
    };
    let moved: Vec<(String, String)> =
        places.into_iter().filter(|(of, _)| *of == root).map(|(_, moved)| moved).collect();
    let count = world.projects.get(&root).map_or(0, |project| project.platforms.len());
    let mut changes: Vec<Value> = vec![];
    for at in 0..count {
        let is_open = world.compiled().contains(&(root.clone(), at));
        world.compile(&root, at);
        let found = world.read_platform(&root, at, |view| edits(view, view.session, &moved))?;
        for change in found.into_iter().flatten().filter(|change| !changes.contains(change)).collect::<Vec<_>>() {
            changes.push(change);
        }
        if !is_open {
            world.forget(&root, at);
        }
    }
    Ok(json!({ "documentChanges": changes }))
}

fn edits(view: &View<'_>, session: &Session, moved: &[(String, String)]) -> Vec<Value> {
    let edits: Vec<Edit> = ide::moving::will_rename(session, moved);
    let mut edit = view.workspace_edit(&edits);
    match edit.get_mut("documentChanges").map(Value::take) {
        Some(Value::Array(changes)) => changes,
        _ => vec![],
    }
}
