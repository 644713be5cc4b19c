//! What a file declares, as a tree, and what a platform declares, by a part of the name.

use compiler::hir::{CodeKind, FieldCode, FieldKind, NamedForm, Statement, StatementKind};
use compiler::keys::{At, Db, Decl, SourceFile, decl_name};
use compiler::{Session, check, decl, keys, scope};
use diagnostics::FileId;

use crate::at;
use crate::{Place, TextRange};

/// What kind of thing is declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum SymbolKind {
    /// A block.
    Block,
    /// `let`
    Let,
    /// `type`
    Type,
    /// `fn`
    Function,
    /// `schema`
    Schema,
    /// A field of a schema.
    Field,
    /// A collection of a schema.
    Collection,
    /// `extend`
    Extend,
    /// `test`
    Test,
    /// A module, by the name that an import gives it.
    Module,
}

/// Something that is declared, with what is declared in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Declared {
    /// Its name.
    pub name: String,
    /// What stands before it, or its type: `host`, `Port`.
    pub detail: String,
    /// What it is.
    pub kind: SymbolKind,
    /// All of it.
    pub range: TextRange,
    /// Its name.
    pub focus: TextRange,
    /// What is declared in it.
    pub inner: Vec<Declared>,
}

/// Something that a platform declares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Found {
    /// Its name.
    pub name: String,
    /// What it stands in.
    pub container: String,
    /// What it is.
    pub kind: SymbolKind,
    /// Its name's place.
    pub place: Place,
}

/// What a file declares, in the order of the text.
pub fn document_symbols(session: &Session, file: SourceFile) -> Vec<Declared> {
    let db = session.db();
    let mut found = of_decl(db, keys::file_decl(db, file));
    in_order(&mut found);
    found
}

fn in_order(found: &mut [Declared]) {
    found.sort_by_key(|declared| (declared.range.start, declared.range.end));
    found.iter_mut().for_each(|declared| in_order(&mut declared.inner));
}

fn of_decl(db: &dyn Db, decl: Decl) -> Vec<Declared> {
    let Some(code) = decl::code(db, decl) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    match &code.kind {
        CodeKind::File { imports, names, extends, tests, .. } => {
            found.extend(imports.iter().filter_map(|import| {
                let alias = import.alias?;
                let (range, focus) = (range(db, decl, import.node), range(db, decl, alias.node));
                let (name, detail) = (alias.name.to_string(), import.path.to_string());
                Some(Declared { name, detail, kind: SymbolKind::Module, range, focus, inner: Vec::new() })
            }));
            found.extend(names.iter().filter_map(|(_, decl)| top(db, *decl)));
            found.extend(extends.iter().chain(tests).filter_map(|decl| top(db, *decl)));
        }
        CodeKind::Schema(written) => found.extend(written.fields.iter().map(|field| of_field(db, decl, field))),
        _ => {}
    }
    at::statements(code, &mut |statement| found.extend(of_statement(db, decl, statement)));
    found
}

/// `let`, `type`, `fn`, `schema`, `extend`, `test`
fn top(db: &dyn Db, decl: Decl) -> Option<Declared> {
    let (word, name) = decl.head(db).as_str().split_once(' ')?;
    let kind = match word {
        "let" => SymbolKind::Let,
        "type" => SymbolKind::Type,
        "fn" => SymbolKind::Function,
        "schema" => SymbolKind::Schema,
        "extend" => SymbolKind::Extend,
        "test" => SymbolKind::Test,
        _ => return None,
    };
    let whole = at_range(decl::whole(db, decl));
    let focus = match kind {
        SymbolKind::Extend | SymbolKind::Test => TextRange::empty(whole.start),
        _ => at_range(decl::span(db, check::name_place(db, decl))),
    };
    let name = if name.is_empty() { "…" } else { name };
    Some(Declared {
        name: name.to_string(),
        detail: word.to_string(),
        kind,
        range: whole,
        focus,
        inner: of_decl(db, decl),
    })
}

fn of_field(db: &dyn Db, decl: Decl, field: &FieldCode) -> Declared {
    let kind = match field.kind {
        FieldKind::Each => SymbolKind::Collection,
        FieldKind::Let => SymbolKind::Let,
        _ => SymbolKind::Field,
    };
    let slot = at::slot_of(db, decl, field.name.name);
    let detail = slot.map_or(String::new(), |slot| crate::show::short(&compiler::ty::display(db, &slot.ty)));
    let (whole, focus) = (range(db, decl, field.node), range(db, decl, field.name.node));
    Declared { name: field.name.name.to_string(), detail, kind, range: whole.cover(focus), focus, inner: Vec::new() }
}

fn of_statement(db: &dyn Db, around: Decl, statement: &Statement) -> Option<Declared> {
    match &statement.kind {
        StatementKind::Named { path, name, decl, form, .. } => {
            let word = path.iter().map(|key| key.name.as_str()).collect::<Vec<_>>().join(".");
            let name_range = range(db, around, name.node);
            let shown = name.plain().map_or_else(|| "\\(..)".to_string(), |name| name.to_string());
            let whole = at_range(decl::whole(db, *decl)).cover(name_range);
            let inner = if *form == NamedForm::Null { Vec::new() } else { of_decl(db, *decl) };
            let kind = SymbolKind::Block;
            Some(Declared { name: shown, detail: word, kind, range: whole, focus: name_range, inner })
        }
        StatementKind::Let { name, .. } => {
            let focus = range(db, around, name.node);
            let whole = range(db, around, statement.node).cover(focus);
            let (name, kind) = (name.name.to_string(), SymbolKind::Let);
            Some(Declared { name, detail: "let".to_string(), kind, range: whole, focus, inner: Vec::new() })
        }
        _ => None,
    }
}

fn range(db: &dyn Db, decl: Decl, node: u32) -> TextRange {
    at_range(decl::span(db, At { decl, node }))
}

fn at_range(span: diagnostics::Span) -> TextRange {
    TextRange::new(span.start, span.end)
}

/// What the files of a platform declare, whose name contains the letters of a text in their order; the best first.
pub fn workspace_symbols(session: &Session, text: &str) -> Vec<Found> {
    let db = session.db();
    let mut found: Vec<(usize, Found)> = Vec::new();
    for file in scope::platform_files(db).iter() {
        let number = FileId(file.number(db));
        for decl in decl::decls(db, *file) {
            let Some((kind, focus)) = declared(db, decl) else { continue };
            let name = decl_name(db, decl);
            let Some(distance) = distance(name, text) else { continue };
            let container = match decl.parent(db) {
                Some(parent) if parent.parent(db).is_some() => parent.head(db).to_string(),
                _ => file.path(db).to_string(),
            };
            let place = Place { file: number, range: focus };
            found.push((distance, Found { name: name.to_string(), container, kind, place }));
        }
    }
    found.sort_by(|(one, first), (other, second)| {
        (one, &first.name, first.place).cmp(&(other, &second.name, second.place))
    });
    found.truncate(MOST);
    found.into_iter().map(|(_, found)| found).collect()
}

/// How many things a search gives.
const MOST: usize = 256;

fn declared(db: &dyn Db, decl: Decl) -> Option<(SymbolKind, TextRange)> {
    let parent = decl.parent(db)?;
    if parent.parent(db).is_none()
        && let Some(top) = top_kind(decl.head(db).as_str())
    {
        return Some((top, at_range(decl::span(db, check::name_place(db, decl)))));
    }
    let is_block = matches!(decl::code(db, decl)?.kind, CodeKind::Block { .. } | CodeKind::Entry { .. });
    is_block.then(|| (SymbolKind::Block, at_range(decl::span(db, At { decl, node: 0 }))))
}

fn top_kind(head: &str) -> Option<SymbolKind> {
    match head.split(' ').next()? {
        "let" => Some(SymbolKind::Let),
        "type" => Some(SymbolKind::Type),
        "fn" => Some(SymbolKind::Function),
        "schema" => Some(SymbolKind::Schema),
        _ => None,
    }
}

/// How far a name is from a text whose letters it has in their order; nothing if it has not.
pub(crate) fn distance(name: &str, text: &str) -> Option<usize> {
    let mut letters = name.char_indices();
    let (mut last, mut gaps) = (None, 0);
    for wanted in text.chars().filter(|letter| !letter.is_whitespace()) {
        let (place, _) = letters.find(|(_, letter)| letter.eq_ignore_ascii_case(&wanted))?;
        gaps += last.map_or(place, |last: usize| place.saturating_sub(last + 1));
        last = Some(place);
    }
    Some(gaps * 4 + name.len())
}
