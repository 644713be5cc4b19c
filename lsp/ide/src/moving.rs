//! Files that get another path: the imports that name them follow.

use std::collections::BTreeMap;

use compiler::keys::At;
use compiler::{Session, decl, import, keys, scope};

use crate::completion::relative;
use crate::{Edit, Place, TextRange};

/// The edits by which imports keep leading where they led, when files move: each from a path to another.
pub fn will_rename(session: &Session, moved: &[(String, String)]) -> Vec<Edit> {
    let db = session.db();
    let moved: BTreeMap<&str, &str> = moved.iter().map(|(from, to)| (from.as_str(), to.as_str())).collect();
    let now = |path: &str| renamed(&moved, path);
    let mut edits = Vec::new();
    for file in scope::platform_files(db).iter() {
        let own = file.path(db).as_str();
        for import in import::imports(db, *file).iter().filter(|import| !import.module) {
            let Some(target) = import::target(file.path(db), import) else { continue };
            if import::is_pattern(target.as_str()) {
                continue;
            }
            let (from, to) = (now(own), now(target.as_str()));
            if from == own && to == target.as_str() {
                continue;
            }
            let written = relative(&from, &to);
            if written == *import.path.as_str() {
                continue;
            }
            let place = Place::of(decl::span(db, At { decl: keys::file_decl(db, *file), node: import.path_node }));
            let inside = TextRange::new(place.range.start + 1, place.range.end.saturating_sub(1));
            edits.push(Edit { place: Place { range: inside, ..place }, text: written });
        }
    }
    edits.sort();
    edits
}

/// The path of a file after what moves has moved: itself, or a folder around it.
fn renamed(moved: &BTreeMap<&str, &str>, path: &str) -> String {
    if let Some(to) = moved.get(path) {
        return (*to).to_string();
    }
    let around = path.match_indices('/').map(|(at, _)| at).rev();
    let folder = around.into_iter().find_map(|at| {
        let (folder, rest) = path.split_at_checked(at)?;
        Some(format!("{}{rest}", moved.get(folder)?))
    });
    folder.unwrap_or_else(|| path.to_string())
}
