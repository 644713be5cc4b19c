//! What stands above a declaration: what a block emits, where a name is used. What costs something is asked for when it is
//! shown.

use compiler::hir::{CodeKind, NamedForm, StatementKind};
use compiler::keys::{At, Decl, SourceFile};
use compiler::{Session, check, decl, keys};
use syntax::TextRange;

use crate::references::{Role, references};
use crate::{Place, at, emits};

/// Something to be said above a declaration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Lens {
    /// The name of the declaration.
    pub range: TextRange,
    /// What is said.
    pub kind: LensKind,
}

/// What is said above a declaration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LensKind {
    /// How many objects a block emits; it opens the preview.
    Emits,
    /// In how many places something is used; it lists them.
    Uses,
}

/// How deep blocks are told of: clusters, namespaces and what stands in these.
const DEPTH: usize = 4;

/// What can be said in a file.
pub fn lenses(session: &Session, file: SourceFile) -> Vec<Lens> {
    let db = session.db();
    let top = keys::file_decl(db, file);
    let mut found = Vec::new();
    if let Some(CodeKind::File { names, .. }) = decl::code(db, top).map(|code| &code.kind) {
        let name = |(_, decl): &(_, Decl)| {
            let range = Place::of(decl::span(db, check::name_place(db, *decl))).range;
            Lens { range, kind: LensKind::Uses }
        };
        found.extend(names.iter().map(name));
    }
    of_blocks(session, top, &mut found);
    found.sort_by_key(|lens| lens.range.start);
    found
}

/// The blocks in a declaration that may emit something.
fn of_blocks(session: &Session, around: Decl, found: &mut Vec<Lens>) {
    let db = session.db();
    let Some(code) = decl::code(db, around) else {
        return;
    };
    let mut inner = Vec::new();
    at::statements(code, &mut |statement| {
        if let StatementKind::Named { name, decl, form: NamedForm::Block, .. } = &statement.kind {
            inner.push((*decl, name.node));
        }
    });
    for (block, node) in inner {
        if emits(session, block) {
            let range = Place::of(decl::span(db, At { decl: around, node })).range;
            found.push(Lens { range, kind: LensKind::Emits });
        }
        if depth(session, block) < DEPTH {
            of_blocks(session, block, found);
        }
    }
}

fn depth(session: &Session, decl: Decl) -> usize {
    std::iter::successors(Some(decl), |decl| decl.parent(session.db())).count() - 1
}

/// Whether a block makes an instance of the platform of which something comes. A lens without words takes a line all the same.
fn emits(session: &Session, decl: Decl) -> bool {
    let db = session.db();
    emits::is_instance(db, decl) && emits::something(db, decl)
}

/// The words of a lens; nothing where there is nothing to say.
pub fn title(session: &Session, file: SourceFile, lens: &Lens) -> Option<String> {
    let db = session.db();
    match lens.kind {
        LensKind::Emits => {
            let around = decl::around(db, file, lens.range.start);
            let block = around.into_iter().rev().find(|decl| *decl != keys::file_decl(db, file))?;
            match emits::objects(db, block).len() {
                0 => None,
                1 => Some("emits 1 object".to_string()),
                count => Some(format!("emits {count} objects")),
            }
        }
        LensKind::Uses => {
            let all = references(session, file, lens.range.start);
            match all.iter().filter(|one| one.role != Role::Declared).count() {
                0 => Some("used nowhere".to_string()),
                1 => Some("used once".to_string()),
                count => Some(format!("used {count} times")),
            }
        }
    }
}
