//! Imports in order: modules of the standard library first, then files, each by path; those that nothing uses left out.

use compiler::hir::Import;
use compiler::keys::{At, SourceFile};
use compiler::{Session, decl, import, keys};
use diagnostics::FileId;
use syntax::TextRange;

use super::{Action, ActionKind};
use crate::references::spelled;
use crate::{Edit, Place};

/// Sorts the imports of a file, if they stand together and are not sorted yet.
pub fn organise(session: &Session, file: SourceFile) -> Option<Action> {
    let db = session.db();
    let text: &str = file.text(db);
    let imports = import::imports(db, file);
    let range = |import: &Import| {
        let span = decl::span(db, At { decl: keys::file_decl(db, file), node: import.node });
        TextRange::new(span.start, span.end)
    };
    let ranges: Vec<TextRange> = imports.iter().map(range).collect();
    let whole = ranges.iter().copied().reduce(TextRange::cover)?;
    // What stands between them, a comment for one, would have to go somewhere.
    let between = text.get(whole.bytes())?;
    let written: usize = ranges.iter().map(|range| range.len() as usize).sum();
    if between.len() - between.split_whitespace().map(str::len).sum::<usize>() != blanks(&ranges, text, written, whole)
    {
        return None;
    }
    let used = |import: &&(&Import, TextRange)| is_used(text, import.0, whole);
    let pairs: Vec<(&Import, TextRange)> = imports.iter().zip(ranges.iter().copied()).collect();
    let mut kept: Vec<&(&Import, TextRange)> = pairs.iter().filter(used).collect();
    kept.sort_by_key(|(import, _)| (!import.module, import.path, import.alias.map(|alias| alias.name)));
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let mut lines: Vec<&str> = kept.iter().filter_map(|(_, range)| text.get(range.bytes())).collect();
    lines.dedup();
    let sorted = lines.join(end);
    if sorted == between {
        return None;
    }
    let place = Place { file: FileId(file.number(db)), range: whole };
    let edits = vec![Edit { place, text: sorted }];
    Some(Action { title: "organise imports".to_string(), kind: ActionKind::Organise, edits, finding: None })
}

/// How many blanks stand within the imports and between them, if nothing else stands between them.
fn blanks(ranges: &[TextRange], text: &str, written: usize, whole: TextRange) -> usize {
    let within: usize = ranges
        .iter()
        .filter_map(|range| text.get(range.bytes()))
        .map(|import| import.len() - import.split_whitespace().map(str::len).sum::<usize>())
        .sum();
    within + (whole.len() as usize - written)
}

/// Whether the name of an import stands anywhere else. What is imported without a name is there for what it says.
fn is_used(text: &str, import: &Import, imports: TextRange) -> bool {
    let name = match import.alias {
        Some(alias) => alias.name.as_str(),
        None if import.module => import.path.as_str().rsplit('/').next().unwrap_or_default(),
        None => return true,
    };
    spelled(text, name).any(|range| range.start >= imports.end || range.end <= imports.start)
}
