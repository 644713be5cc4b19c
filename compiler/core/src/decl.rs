//! Files to declarations: the first queries, and the one place where places become spans.

use std::sync::Arc;

use diagnostics::{Diagnostic, FileId, Span, rules};
use syntax::TextRange;

use crate::hir::Code;
use crate::keys::{At, Db, Decl, SourceFile};
use crate::lower::{self, Units};

/// A file's syntax tree.
#[salsa::tracked(no_eq)]
pub fn parsed(db: &dyn Db, file: SourceFile) -> Arc<syntax::Parse> {
    Arc::new(syntax::parse(file.text(db)))
}

/// A file cut into declarations.
#[salsa::tracked(no_eq)]
fn units(db: &dyn Db, file: SourceFile) -> Arc<Units> {
    Arc::new(lower::lower(db, file, &parsed(db, file).tree))
}

/// The code of a declaration: the firewall between text and meaning.
#[salsa::tracked]
pub fn code(db: &dyn Db, decl: Decl) -> Option<Arc<Code>> {
    units(db, decl.file(db)).get(&decl).map(|lowered| lowered.code.clone())
}

/// The documentation of a declaration, or of a member of it.
pub fn docs(db: &dyn Db, at: At) -> Option<Arc<str>> {
    let lowered = units(db, at.decl.file(db)).get(&at.decl)?;
    lowered.docs.iter().find(|docs| docs.0 == at.node).map(|docs| docs.1.clone())
}

/// The declarations of a file, in the order of the text.
pub fn decls(db: &dyn Db, file: SourceFile) -> Vec<Decl> {
    let units = units(db, file);
    let mut decls: Vec<_> =
        units.iter().map(|(decl, lowered)| (lowered.start, decl.parent(db).is_some(), *decl)).collect();
    decls.sort_by_key(|(start, inner, _)| (*start, *inner));
    decls.into_iter().map(|(_, _, decl)| decl).collect()
}

/// Where a place is now.
pub fn span(db: &dyn Db, at: At) -> Span {
    let file = at.decl.file(db);
    let number = FileId(file.number(db));
    if crate::import::is_data(file.path(db).as_str()) {
        let range = crate::import::data_range(db, file, at.node);
        return Span::new(number, range.start, range.end);
    }
    let units = units(db, file);
    let Some(lowered) = units.get(&at.decl) else {
        return Span::new(number, 0, 0);
    };
    let range = lowered.ranges.get(at.node as usize).copied().unwrap_or(TextRange::new(0, 0));
    Span::new(number, lowered.start + range.start, lowered.start + range.end)
}

/// All of a declaration, where its first place is but its name.
pub fn whole(db: &dyn Db, decl: Decl) -> Span {
    let is_block = code(db, decl).as_deref().is_some_and(|code| {
        matches!(code.kind, crate::hir::CodeKind::Block { .. } | crate::hir::CodeKind::Entry { .. })
    });
    span(db, At { decl, node: u32::from(is_block) })
}

/// The innermost declaration at an offset of a file.
pub fn decl_at(db: &dyn Db, file: SourceFile, offset: u32) -> Option<Decl> {
    decls(db, file).into_iter().rfind(|decl| {
        let whole = whole(db, *decl);
        decl.parent(db).is_some() && whole.start <= offset && offset <= whole.end
    })
}

/// What the parser found wrong in a file.
pub fn syntax_diagnostics(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<Span>> {
    let number = FileId(file.number(db));
    let place = |range: TextRange| Span::new(number, range.start, range.end);
    let errors = parsed(db, file).errors.iter().map(|error| {
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
