//! What would only follow from a syntax error is not reported. Knows places; must not know what is found there.

use diagnostics::{Diagnostic, Span};
use rustc_hash::FxHashSet;

use crate::decl::Wholes;
use crate::keys::{Db, Decl, SourceFile};

/// From how many syntax errors on a file is not looked at any further.
const MANY_ERRORS: usize = 100;

/// Leaves out findings in a declaration, or on a line, that has a syntax error.
pub fn hold_back(db: &dyn Db, file: SourceFile, syntax: &[Diagnostic<Span>], found: &mut Vec<Diagnostic<Span>>) {
    if syntax.is_empty() {
        return;
    }
    if syntax.len() > MANY_ERRORS {
        // What is broken in so many places means nothing yet.
        found.retain(|finding| finding.at.file.0 != file.number(db));
        return;
    }
    let text = file.text(db);
    let wholes = Wholes::of(db, file);
    let lines: Vec<_> = syntax.iter().map(|error| line(text, error.at.start)).collect();
    let broken: FxHashSet<Decl> = syntax.iter().filter_map(|error| wholes.at(db, error.at.start)).collect();
    let habits = &file.units(db).follows;
    found.retain(|finding| {
        let at = finding.at.start;
        let follows = || {
            habits.iter().any(|range| range.touches(at))
                || lines.iter().any(|line| line.contains(&at))
                || wholes.at(db, at).is_some_and(is_in(&broken))
        };
        finding.at.file.0 != file.number(db) || !follows()
    });
}

fn is_in(decls: &FxHashSet<Decl>) -> impl Fn(Decl) -> bool {
    |decl| decls.contains(&decl)
}

/// The bytes of the line at an offset, its end left out.
fn line(text: &str, offset: u32) -> std::ops::Range<u32> {
    let before = text.get(..offset as usize).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |at| at + 1);
    let rest = text.get(start..).unwrap_or_default();
    start as u32..(start + rest.find('\n').unwrap_or(rest.len())) as u32
}
