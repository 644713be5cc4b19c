//! What can be imported: modules of the standard library, and files of the platform.

use std::collections::BTreeSet;

use compiler::keys::{Found, Workspace};
use compiler::{import, scope};

use super::{Completion, CompletionKind, Rank, Wish};
use crate::TextRange;

/// The beginning of an import: what stands before the cursor behind the word.
fn begun<'a>(wish: &Wish<'a>) -> Option<&'a str> {
    let before = wish.text.get(..wish.offset as usize)?;
    let line = before.rsplit('\n').next()?.trim_start();
    let rest = line.strip_prefix("import")?;
    rest.starts_with([' ', '\t', '"']).then(|| rest.trim_start())
}

/// What an import could name; nothing where none is written.
pub fn imports(wish: &Wish<'_>) -> Option<Vec<Completion>> {
    let begun = begun(wish)?;
    match begun.strip_prefix('"') {
        Some(path) if path.contains('"') => None,
        Some(_) => Some(files(wish)),
        None if begun.contains([' ', '\t']) => None,
        None => Some(modules(begun).into_iter().chain(files(wish).into_iter().map(quoted)).collect()),
    }
}

/// What is replaced: the whole path so far.
pub fn replaced(wish: &Wish<'_>) -> Option<TextRange> {
    imports(wish)?;
    let begun = begun(wish)?;
    let path = begun.strip_prefix('"').unwrap_or(begun);
    let after = wish.text.get(wish.offset as usize..)?;
    let end = after.find(['"', '\n', '\r', ' ']).unwrap_or(after.len());
    Some(TextRange::new(wish.offset - path.len() as u32, wish.offset + end as u32))
}

fn modules(_: &str) -> Vec<Completion> {
    let mut found: Vec<Completion> = stdlib::modules()
        .filter(|(path, _)| *path != import::PRELUDE)
        .map(|(path, text)| {
            let name = path.trim_end_matches(".pl").replacen(import::STD, "std/", 1);
            let about = text.lines().take_while(|line| line.starts_with("//!"));
            let about: Vec<&str> = about.map(|line| line.trim_start_matches("//!").trim()).collect();
            Completion::plain(name, CompletionKind::Module, Rank::Fitting).docs(about.join(" "))
        })
        .collect();
    found.sort_by(|one, other| one.label.cmp(&other.label));
    found
}

/// The files that the platform knows, as seen from the one that is written.
fn files(wish: &Wish<'_>) -> Vec<Completion> {
    let db = wish.session.db();
    let own = wish.file.path(db).as_str();
    let known = Workspace::get(db).files(db).iter();
    let mut paths: BTreeSet<&str> =
        known.filter(|(_, found)| matches!(found, Found::File(_))).map(|(path, _)| path.as_str()).collect();
    paths.extend(scope::all_files(db).iter().map(|file| file.path(db).as_str()));
    let paths = paths.into_iter().filter(|path| *path != own && !path.contains(':') && !path.contains('#'));
    paths.map(|path| Completion::plain(relative(own, path), CompletionKind::File, Rank::Fitting)).collect()
}

fn quoted(item: Completion) -> Completion {
    let text = format!("\"{}\"", item.label);
    item.writes(text)
}

/// A path as it is written in another file.
pub fn relative(from: &str, to: &str) -> String {
    let mut here: Vec<&str> = from.split('/').collect();
    here.pop();
    let there: Vec<&str> = to.split('/').collect();
    let same = here.iter().zip(&there).take_while(|(one, other)| one == other).count();
    let up = "../".repeat(here.len() - same);
    let down = there.get(same..).unwrap_or_default().join("/");
    if up.is_empty() { format!("./{down}") } else { format!("{up}{down}") }
}
