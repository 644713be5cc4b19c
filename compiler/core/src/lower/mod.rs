//! From the syntax tree to code without places: one pass over a file that cuts it into declarations.
//!
//! What this knows is syntax alone: no name is resolved here. Ranges go into a table beside each declaration, counted
//! from where it begins, so that moving a declaration changes neither its code nor its table.

mod body;
mod edit;
mod expression;
mod types;

use std::sync::Arc;

use rustc_hash::FxHashMap;
use syntax::ast::{self, Documented, View};
use syntax::{SyntaxError, TextRange};

use crate::hir::{Attribute, Body, Code, CodeKind, Expr, ExprKind, FieldCode, FieldKind, Ident, Import, Node, Param};
use crate::hir::{Path, SchemaCode};
use crate::keys::{self, Db, Decl, SourceFile};
use crate::symbol::Symbol;

pub use edit::edit;

/// A declaration's code and the places in it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Lowered {
    /// What it says.
    pub code: Arc<Code>,
    /// Where its elements stand, from its beginning.
    pub ranges: Arc<Vec<TextRange>>,
    /// Where it begins in the file.
    pub start: u32,
    /// The `///` comments, by the element that they stand before; 0 is the declaration itself.
    pub docs: Arc<Vec<(Node, Arc<str>)>>,
}

/// All declarations of a file, and what the parser found wrong in it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Units {
    /// The declarations.
    pub table: FxHashMap<Decl, Lowered>,
    /// The mistakes, in the order of the text.
    pub errors: Vec<SyntaxError>,
    /// Where all that is wrong follows from one of these.
    pub follows: Vec<TextRange>,
}

/// Cuts a file into declarations.
pub fn lower(db: &dyn Db, file: SourceFile, text: &str) -> Units {
    let syntax::Parse { tree, errors, follows } = syntax::parse(text);
    let mut lowerer = Lowerer::new(db, file, keys::file_decl(db, file));
    let code = lowerer.file(ast::File::of(&tree));
    lowerer.finish(code, None);
    Units { table: lowerer.units, errors, follows }
}

struct Lowerer<'a> {
    db: &'a dyn Db,
    file: SourceFile,
    units: FxHashMap<Decl, Lowered>,
    heads: FxHashMap<(Option<Decl>, Symbol), u32>,
    unit: Unit,
}

/// The declaration being lowered.
struct Unit {
    decl: Decl,
    start: u32,
    ranges: Vec<TextRange>,
    docs: Vec<(Node, Arc<str>)>,
    inner: Vec<Decl>,
    has_lets: bool,
}

impl Unit {
    fn new(decl: Decl, start: u32) -> Unit {
        Unit { decl, start, ranges: Vec::new(), docs: Vec::new(), inner: Vec::new(), has_lets: false }
    }
}

impl<'a> Lowerer<'a> {
    fn new(db: &'a dyn Db, file: SourceFile, decl: Decl) -> Lowerer<'a> {
        Lowerer { db, file, units: FxHashMap::default(), heads: FxHashMap::default(), unit: Unit::new(decl, 0) }
    }
    /// A number for a place.
    fn node(&mut self, range: TextRange) -> Node {
        let start = self.unit.start;
        self.unit.ranges.push(TextRange::new(range.start.saturating_sub(start), range.end.saturating_sub(start)));
        self.unit.ranges.len() as Node - 1
    }

    /// Lowers something as a declaration of its own.
    fn unit(&mut self, head: &str, range: TextRange, lower: impl FnOnce(&mut Self) -> Code) -> Decl {
        let parent = self.unit.decl;
        let head = Symbol::new(head);
        let nth = self.heads.entry((Some(parent), head)).or_insert(0);
        let decl = keys::decl(self.db, self.file, Some(parent), head, *nth);
        *nth += 1;
        self.unit.inner.push(decl);
        let inner = Unit::new(decl, range.start);
        let outer = std::mem::replace(&mut self.unit, inner);
        // Node 0 is the declaration's own place: its first line, as a label needs it.
        self.node(range);
        let code = lower(self);
        self.finish(code, Some(outer));
        decl
    }

    fn finish(&mut self, mut code: Code, outer: Option<Unit>) {
        let empty = Unit::new(self.unit.decl, 0);
        let mut unit = std::mem::replace(&mut self.unit, outer.unwrap_or(empty));
        unit.ranges.shrink_to_fit();
        code.inner = unit.inner;
        code.has_lets = unit.has_lets;
        let lowered = Lowered {
            code: Arc::new(code),
            ranges: Arc::new(unit.ranges),
            start: unit.start,
            docs: Arc::new(unit.docs),
        };
        self.units.insert(unit.decl, lowered);
    }

    fn file(&mut self, file: ast::File<'_>) -> Code {
        self.node(TextRange::new(0, 0));
        let (mut imports, mut names, mut extends, mut tests) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut statements = Vec::new();
        // Statements come first, so that a declaration more does not give them other numbers.
        for item in file.items() {
            if let ast::Item::Statement(statement) = item {
                statements.extend(self.statement(statement));
            }
        }
        for item in file.items() {
            match item {
                ast::Item::Import(import) => imports.push(self.import(import)),
                ast::Item::Let(item) => names.extend(self.top_let(item)),
                ast::Item::TypeDecl(item) => names.extend(self.type_decl(item)),
                ast::Item::Fn(item) => names.extend(self.function(item)),
                ast::Item::Schema(item) => names.extend(self.schema(item)),
                ast::Item::Extend(item) => extends.push(self.extend(item)),
                ast::Item::Test(item) => tests.push(self.test(item)),
                ast::Item::Statement(_) => {}
            }
        }
        let body = Body { node: 0, statements: statements.into() };
        self.note_docs(0, file.docs());
        Code::of(CodeKind::File { imports, names, extends, tests, body })
    }

    fn code<'t>(&mut self, item: impl Documented<'t>, kind: CodeKind) -> Code {
        self.note_docs(0, item.docs());
        Code { attributes: self.attributes(item.attributes()), ..Code::of(kind) }
    }

    fn note_docs(&mut self, node: Node, docs: Option<String>) {
        self.unit.docs.extend(docs.map(|docs| (node, Arc::from(docs))));
    }

    fn import(&mut self, import: ast::Import<'_>) -> Import {
        let node = self.node(import.range());
        let path = import.path();
        let path_node = path.map_or(node, |path| self.node(path.range()));
        let file = path.and_then(|path| path.file()).and_then(|file| file.plain());
        let module = path.map(|path| path.names().map(ast::Name::text).collect::<Vec<_>>().join("/"));
        let alias = import.alias().map(|name| self.ident(name));
        let ty = import.ty().map(|ty| self.ty(ty));
        let is_module = file.is_none();
        let text = file.or(module).unwrap_or_default();
        Import { node, path_node, path: Symbol::new(&text), module: is_module, alias, ty }
    }

    fn top_let(&mut self, item: ast::Let<'_>) -> Option<(Ident, Decl)> {
        self.named("let", item.name(), item, |lowerer, name| CodeKind::Let {
            name,
            ty: item.ty().map(|ty| lowerer.ty(ty)),
            value: lowerer.expr_or_missing(item.value()),
        })
    }

    fn type_decl(&mut self, item: ast::TypeDecl<'_>) -> Option<(Ident, Decl)> {
        self.named("type", item.name(), item, |lowerer, name| CodeKind::Type {
            name,
            ty: lowerer.ty_or_missing(item.ty()),
        })
    }

    fn function(&mut self, item: ast::Fn<'_>) -> Option<(Ident, Decl)> {
        self.named("fn", item.name(), item, |lowerer, name| CodeKind::Fn {
            name,
            params: item.params().filter_map(|param| lowerer.param(param)).collect(),
            result: item.result().map(|ty| lowerer.ty(ty)),
            value: lowerer.expr_or_missing(item.body()),
        })
    }

    fn param(&mut self, param: ast::Param<'_>) -> Option<Param> {
        Some(Param {
            name: self.ident(param.name()?),
            ty: param.ty().map(|ty| self.ty(ty)),
            default: param.default().map(|value| self.expr(value)),
        })
    }

    fn schema(&mut self, item: ast::Schema<'_>) -> Option<(Ident, Decl)> {
        self.named("schema", item.name(), item, |lowerer, name| CodeKind::Schema(lowerer.schema_code(item, name)))
    }

    /// Lowers a declaration that the file knows by a name.
    fn named<'t>(
        &mut self,
        word: &str,
        name: Option<ast::Name<'t>>,
        item: impl Documented<'t>,
        lower: impl FnOnce(&mut Self, Ident) -> CodeKind,
    ) -> Option<(Ident, Decl)> {
        let name = name?;
        let ident = self.ident(name);
        let decl = self.unit(&format!("{word} {}", name.text()), item.range(), |lowerer| {
            let name = lowerer.ident(name);
            let kind = lower(lowerer, name);
            lowerer.code(item, kind)
        });
        Some((ident, decl))
    }

    fn schema_code(&mut self, item: ast::Schema<'_>, name: Ident) -> SchemaCode {
        let base = item.base().map(|path| self.path(path));
        let inside = item.inside().and_then(|inside| {
            let path = self.path(inside.schema()?);
            let word = match inside.word() {
                Some(word) => self.ident(word),
                None => {
                    let last = path.names.last()?;
                    Ident { node: last.node, name: Symbol::new(&kebab(last.name.as_str())) }
                }
            };
            Some((word, path))
        });
        let (mut fields, mut checks, mut statements) = (Vec::new(), Vec::new(), Vec::new());
        for member in item.members() {
            match member {
                ast::Member::Field(field) => fields.extend(self.field(field)),
                ast::Member::Default(field) => fields.extend(self.default(field)),
                ast::Member::Each(each) => fields.extend(self.each(each)),
                ast::Member::Let(item) => fields.extend(self.schema_let(item)),
                ast::Member::Check(check) => checks.push(self.check(check)),
                ast::Member::Statement(statement) => statements.extend(self.statement(statement)),
            }
        }
        let node = self.node(item.range());
        SchemaCode { name, base, inside, fields, body: Body { node, statements: statements.into() }, checks }
    }

    fn field(&mut self, field: ast::Field<'_>) -> Option<FieldCode> {
        let kind = if field.is_optional() { FieldKind::Optional } else { FieldKind::Required };
        let member = self.member(field, field.name()?, kind);
        let ty = Some(self.ty_or_missing(field.ty()));
        let value = field.value().map(|value| self.expr(value));
        Some(FieldCode { emit: field.is_emitted(), ty, value, ..member })
    }

    fn default(&mut self, field: ast::Default<'_>) -> Option<FieldCode> {
        let member = self.member(field, field.name()?, FieldKind::Default);
        let value = Some(self.expr_or_missing(field.value()));
        Some(FieldCode { emit: field.is_emitted(), value, ..member })
    }

    fn each(&mut self, each: ast::Each<'_>) -> Option<FieldCode> {
        let member = self.member(each, ast::Key::Name(each.name()?), FieldKind::Each);
        let ty = Some(self.ty_or_missing(each.ty()));
        Some(FieldCode { emit: each.is_emitted(), ty, ..member })
    }

    fn schema_let(&mut self, item: ast::Let<'_>) -> Option<FieldCode> {
        let member = self.member(item, ast::Key::Name(item.name()?), FieldKind::Let);
        let ty = item.ty().map(|ty| self.ty(ty));
        let value = Some(self.expr_or_missing(item.value()));
        Some(FieldCode { ty, value, ..member })
    }

    /// What every member of a schema with a name has.
    fn member<'t>(&mut self, item: impl Documented<'t>, name: ast::Key<'t>, kind: FieldKind) -> FieldCode {
        let node = self.node(item.range());
        self.note_docs(node, item.docs());
        let name = self.key(name);
        let attributes = self.attributes(item.attributes());
        FieldCode { node, name, attributes, kind, emit: false, ty: None, value: None }
    }

    fn extend(&mut self, item: ast::Extend<'_>) -> Decl {
        let keys: Vec<_> = item.keys().collect();
        let path = keys.iter().map(|key| key.text().unwrap_or_default()).collect::<Vec<_>>().join(".");
        self.unit(&format!("extend {path}"), item.range(), |lowerer| {
            let path = keys.iter().map(|key| lowerer.key(*key)).collect();
            let body = lowerer.body_or_empty(item.body());
            lowerer.code(item, CodeKind::Extend { path, body })
        })
    }

    fn test(&mut self, item: ast::Test<'_>) -> Decl {
        let title = item.name().and_then(|name| name.plain()).unwrap_or_default();
        self.unit(&format!("test {title}"), item.range(), |lowerer| {
            let node = item.name().map_or(0, |name| lowerer.node(name.range()));
            let name = Ident { node, name: Symbol::new(&title) };
            let body = lowerer.body_or_empty(item.body());
            lowerer.code(item, CodeKind::Test { name, body })
        })
    }

    fn attributes(&mut self, attributes: Vec<ast::Attribute<'_>>) -> Box<[Attribute]> {
        let lowered = attributes.into_iter().filter_map(|attribute| {
            Some(Attribute {
                node: self.node(attribute.range()),
                name: Symbol::new(attribute.name()?.text()),
                args: attribute.args().filter_map(|arg| arg.value()).map(|value| self.expr(value)).collect(),
            })
        });
        lowered.collect()
    }

    fn ident(&mut self, name: ast::Name<'_>) -> Ident {
        Ident { node: self.node(name.range()), name: Symbol::new(name.text()) }
    }

    fn key(&mut self, key: ast::Key<'_>) -> Ident {
        Ident { node: self.node(key.range()), name: Symbol::new(&key.text().unwrap_or_default()) }
    }

    fn path(&mut self, path: ast::Path<'_>) -> Path {
        let node = self.node(path.range());
        Path { node, names: path.names().map(|name| self.ident(name)).collect() }
    }

    fn expr_or_missing(&mut self, expr: Option<ast::Expr<'_>>) -> Expr {
        match expr {
            Some(expr) => self.expr(expr),
            None => Expr { node: 0, kind: Box::new(ExprKind::Missing) },
        }
    }
}

/// `MlNamespace` as a word: `ml-namespace`.
pub(crate) fn kebab(name: &str) -> String {
    let mut word = String::with_capacity(name.len() + 4);
    for (index, letter) in name.chars().enumerate() {
        if letter.is_uppercase() && index > 0 {
            word.push('-');
        }
        word.extend(letter.to_lowercase());
    }
    word
}
