//! Declarations as queries see them, and the one place where places become spans.

use std::sync::Arc;

use diagnostics::{Diagnostic, FileId, Span, rules};
use syntax::TextRange;

use crate::hir::Code;
use crate::keys::{self, At, Db, Decl, SourceFile};
use crate::kubernetes;
use crate::lower::{self, Units};
use crate::published;

/// What a declaration says.
pub fn code(db: &dyn Db, decl: Decl) -> Option<&Code> {
    let code = decl.code(db).as_deref();
    match code {
        None if is_written(db, decl.file(db)) => units(db, decl.file(db)).table.get(&decl).map(|unit| &*unit.code),
        code => code,
    }
}

/// Whether the compiler writes a file.
pub(crate) fn is_written(db: &dyn Db, file: SourceFile) -> bool {
    file.number(db) >= kubernetes::FIRST_NUMBER
}

/// The declarations of a file.
fn units(db: &dyn Db, file: SourceFile) -> &Units {
    if is_written(db, file) { written_units(db, file) } else { file.units(db) }
}

/// The declarations of a file that the compiler writes.
#[salsa::tracked(no_eq)]
fn written_units(db: &dyn Db, file: SourceFile) -> Arc<Units> {
    let path = file.path(db).as_str();
    let text = published::text(db, path).cloned().unwrap_or_else(|| kubernetes::text(path));
    Arc::new(lower::lower(db, file, &text))
}

/// The documentation of a declaration, or of a member of it.
pub fn docs(db: &dyn Db, at: At) -> Option<Arc<str>> {
    let lowered = units(db, at.decl.file(db)).table.get(&at.decl)?;
    lowered.docs.iter().find(|docs| docs.0 == at.node).map(|docs| docs.1.clone())
}

/// The declarations of a file, outer ones before inner ones.
pub fn decls(db: &dyn Db, file: SourceFile) -> Vec<Decl> {
    within(db, keys::file_decl(db, file))
}

/// A declaration and all that stand in it.
pub fn within(db: &dyn Db, decl: Decl) -> Vec<Decl> {
    let mut found = Vec::new();
    let mut queue = vec![decl];
    while let Some(decl) = queue.pop() {
        found.push(decl);
        queue.extend(code(db, decl).iter().flat_map(|code| code.inner.iter().rev()));
    }
    found
}

/// Where a place is now.
pub fn span(db: &dyn Db, at: At) -> Span {
    let file = at.decl.file(db);
    let number = FileId(file.number(db));
    if crate::import::is_data(file.path(db).as_str()) {
        let range = crate::import::data_range(db, file, at.node);
        return Span::new(number, range.start, range.end);
    }
    let Some(lowered) = units(db, file).table.get(&at.decl) else {
        return Span::new(number, 0, 0);
    };
    let range = lowered.ranges.get(at.node as usize).copied().unwrap_or(TextRange::new(0, 0));
    let place = Span::new(number, lowered.start + range.start, lowered.start + range.end);
    published::shown(db, file, place).unwrap_or(place)
}

/// All of a declaration, where its first place is but its name.
pub fn whole(db: &dyn Db, decl: Decl) -> Span {
    let is_block = code(db, decl).is_some_and(|code| {
        matches!(code.kind, crate::hir::CodeKind::Block { .. } | crate::hir::CodeKind::Entry { .. })
    });
    span(db, At { decl, node: u32::from(is_block) })
}

/// The declarations around an offset of a file, the innermost last; the first is the file's own.
pub fn around(db: &dyn Db, file: SourceFile, offset: u32) -> Vec<Decl> {
    around_in(units(db, file), keys::file_decl(db, file), offset)
}

/// The declarations around an offset, among those of a file.
pub(crate) fn around_in(units: &Units, file: Decl, offset: u32) -> Vec<Decl> {
    let mut found = vec![file];
    let mut next = file;
    loop {
        let inner = units.table.get(&next).map_or(&[][..], |lowered| &lowered.code.inner);
        let mut holding = inner
            .iter()
            .filter(|decl| whole_in(units, **decl).is_some_and(|whole| whole.start <= offset && offset <= whole.end));
        // Of two that meet at an offset, the one that begins there is meant.
        let Some(decl) = holding.next_back() else {
            return found;
        };
        found.push(*decl);
        next = *decl;
    }
}

fn whole_in(units: &Units, decl: Decl) -> Option<TextRange> {
    let lowered = units.table.get(&decl)?;
    let is_block = matches!(lowered.code.kind, crate::hir::CodeKind::Block { .. } | crate::hir::CodeKind::Entry { .. });
    let range = lowered.ranges.get(usize::from(is_block))?;
    Some(TextRange::new(lowered.start + range.start, lowered.start + range.end))
}

/// The elements of a declaration that stand around an offset, with their places, the smallest first.
pub fn nodes_at(db: &dyn Db, decl: Decl, offset: u32) -> Vec<(u32, TextRange)> {
    nodes_in(units(db, decl.file(db)), decl, offset)
}

/// The elements of a declaration around an offset, among the declarations of a file.
pub(crate) fn nodes_in(units: &Units, decl: Decl, offset: u32) -> Vec<(u32, TextRange)> {
    let Some(lowered) = units.table.get(&decl) else {
        return Vec::new();
    };
    let places = (0..)
        .zip(lowered.ranges.iter())
        .map(|(node, range)| (node, TextRange::new(lowered.start + range.start, lowered.start + range.end)));
    let mut found: Vec<(u32, TextRange)> =
        places.filter(|(_, range)| range.start <= offset && offset <= range.end).collect();
    found.sort_by_key(|(_, range)| range.end - range.start);
    found
}

/// The declarations of a file by where they stand, to find very many places in.
pub struct Wholes(Vec<(Span, Decl)>);

impl Wholes {
    /// Those of a file.
    pub fn of(db: &dyn Db, file: SourceFile) -> Wholes {
        let decls = decls(db, file).into_iter().filter(|decl| decl.parent(db).is_some());
        let mut wholes: Vec<(Span, Decl)> = decls.map(|decl| (whole(db, decl), decl)).collect();
        wholes.sort_by_key(|(whole, _)| whole.start);
        Wholes(wholes)
    }

    /// The innermost declaration at an offset: the last one that begins before it, or one around that.
    pub fn at(&self, db: &dyn Db, offset: u32) -> Option<Decl> {
        let after = self.0.partition_point(|(whole, _)| whole.start <= offset);
        let (_, last) = self.0.get(after.checked_sub(1)?)?;
        let mut around = std::iter::successors(Some(*last), |decl| decl.parent(db));
        around.find(|decl| {
            let whole = whole(db, *decl);
            decl.parent(db).is_some() && whole.start <= offset && offset <= whole.end
        })
    }
}

/// What the parser found wrong in a file.
pub fn syntax_diagnostics(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<Span>> {
    let number = FileId(file.number(db));
    let place = |range: TextRange| Span::new(number, range.start, range.end);
    let errors = file.units(db).errors.iter().map(|error| {
        let rule = rules::find(error.code).unwrap_or(&rules::SYNTAX_UNEXPECTED);
        let mut diagnostic = Diagnostic::new(rule, place(error.range), error.message.clone());
        for (range, text) in &error.labels {
            diagnostic = diagnostic.also(place(*range), text.clone());
        }
        if let Some(help) = &error.help {
            diagnostic = diagnostic.help(help.clone());
        }
        if let Some(fix) = &error.fix {
            let mut edit = diagnostics::Fix::new(fix.title.clone());
            for (range, text) in &fix.edits {
                edit = edit.edit(place(*range), text.clone());
            }
            diagnostic = diagnostic.fix(edit);
        }
        diagnostic
    });
    errors.collect()
}
