//! The checker: names, types and conversions of one declaration, before anything is evaluated.
//!
//! It needs no instance: a library file is judged without anybody using it. What it makes is [`Ir`], in which nothing
//! is left to look up.

mod alias;
mod around;
mod auto;
mod body;
mod call;
mod choice;
mod data;
mod declared;
mod elements;
mod entry;
mod expression;
mod facts;
mod habit;
mod hear;
mod homes;
mod list;
pub mod literal;
mod member;
mod method;
mod name;
mod operator;
mod own;
mod record;
pub mod ring;
pub(crate) use operator::symbol as symbol_of;
mod test;
pub mod types;
pub(crate) mod walk;

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::{FxHashMap, FxHashSet};

pub use around::{Context, LocalKind, LocalName, Reach, Word, context};
pub(crate) use elements::beside;
pub use elements::{expressions_in, paths_in, types_in};
pub use hear::{Callee, Heard, Meaning, PLACEHOLDER, Sought, heard, heard_at, heard_in};
pub use homes::{home_in, home_of, may_stand};
pub use test::{Assertion, Expectation, TestCode};

use crate::decl::code;
use crate::hir::{Code, CodeKind, Node, Statement, StatementKind};
use crate::ir::{BodyIr, Ir, IrKind};
use crate::keys::{At, Db, Decl};
use crate::symbol::Symbol;
use crate::ty::Ty;

/// What the checker makes of a declaration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Checked {
    /// Code that is ready to run.
    pub code: CheckedCode,
    /// The type: of a value, or the schema of a body.
    pub ty: Ty,
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic<At>>,
    /// What the named blocks inside of it see.
    pub children: FxHashMap<Decl, Arc<Context>>,
}

/// Code that is ready to run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CheckedCode {
    /// Nothing runs.
    None,
    /// An expression.
    Value(Arc<Ir>),
    /// A body.
    Body(Arc<BodyIr>),
    /// A test.
    Test(Arc<TestCode>),
}

/// An expression with what is known of it.
#[derive(Clone, Debug)]
pub(crate) struct Typed {
    pub ir: Ir,
    pub ty: Ty,
    /// The block that is meant, if one written block is.
    pub known: Option<Decl>,
}

/// Checks the expressions and bodies of one declaration.
pub(crate) struct Checker<'db> {
    pub(super) db: &'db dyn Db,
    pub(super) decl: Decl,
    pub(super) context: Context,
    /// Where the body being checked stands below `self`, or below an instance literal.
    frame: body::Frame,
    /// The type of `it`, inside of a `where`.
    it: Option<Ty>,
    /// What conditions around say of names: the latest last.
    facts: Vec<(Vec<Symbol>, Ty)>,
    pub(super) diagnostics: Vec<Diagnostic<At>>,
    children: FxHashMap<Decl, Arc<Context>>,
    depth: u32,
    /// What may be asked for by name.
    asks: Asks,
    /// Whether the next expression is the value of a field for which something can be chosen.
    open: bool,
    /// Who is told what places mean, if anybody wants to know.
    listener: Option<Box<Heard>>,
}

/// What an expression may ask for by name, beside what is declared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Asks {
    /// Nothing.
    Nothing,
    /// Properties of the finished platform: in what a test asserts.
    Properties,
}

/// A declaration, checked.
#[salsa::tracked(cycle_result = checked_cycle)]
pub fn checked(db: &dyn Db, decl: Decl) -> Checked {
    let mut checker = Checker::new(db, decl, (**context(db, decl)).clone());
    let Some(code) = code(db, decl) else {
        return checker.finish(CheckedCode::None, Ty::Error);
    };
    let (made, ty) = checker.code(code);
    checker.finish(made, ty)
}

fn checked_cycle(db: &dyn Db, _: salsa::Id, decl: Decl) -> Checked {
    // A function whose result's type is asked for while it is looked for calls itself.
    let diagnostics = call::recursion(db, decl).into_iter().collect();
    Checked { code: CheckedCode::None, ty: Ty::Error, diagnostics, children: FxHashMap::default() }
}

/// The type of a file's `let`, as others see it.
#[salsa::tracked(cycle_result = global_type_cycle)]
pub fn global_type(db: &dyn Db, decl: Decl) -> Ty {
    let code = code(db, decl);
    match code.map(|code| &code.kind) {
        Some(CodeKind::Let { ty: Some(ty), .. }) => types::resolve(db, decl, ty, &mut Vec::new()),
        Some(CodeKind::Let { .. }) if ring::ring_of(db, decl).is_some() => Ty::Error,
        Some(CodeKind::Let { .. }) => types::widen(checked(db, decl).ty.clone()),
        _ => Ty::Error,
    }
}

fn global_type_cycle(_: &dyn Db, _: salsa::Id, _: Decl) -> Ty {
    Ty::Error
}

/// Where a declaration's name stands.
pub fn name_place(db: &dyn Db, decl: Decl) -> At {
    let node = match code(db, decl).map(|code| &code.kind) {
        Some(CodeKind::Let { name, .. } | CodeKind::Fn { name, .. } | CodeKind::Type { name, .. }) => name.node,
        Some(CodeKind::Schema(schema)) => schema.name.node,
        _ => 0,
    };
    At { decl, node }
}

/// That a `let` depends on itself, where the way leads through functions.
pub fn needs_itself(db: &dyn Db, decl: Decl) -> Diagnostic<At> {
    let message = format!("`{}` depends on itself", crate::keys::decl_name(db, decl));
    Diagnostic::new(&rules::EVAL_CYCLE, name_place(db, decl), message)
        .help("give one of the values on the way a value that does not need the others")
}

/// The `let`s and blocks on the way from one of them back to itself, by their names alone.
pub fn loop_of(db: &dyn Db, decl: Decl) -> Vec<Decl> {
    let mut path = vec![decl];
    match leads_to(db, decl, decl, &mut path, &mut FxHashSet::default()) {
        true => path,
        false => Vec::new(),
    }
}

/// How many names of a loop are shown.
const MAX_SHOWN: usize = 20;

/// `let`s of files that need each other's values.
#[salsa::tracked]
pub fn let_loop(db: &dyn Db, decl: Decl) -> Option<Diagnostic<At>> {
    let path = loop_of(db, decl);
    let is_let = |decl: &&Decl| decl.head(db).as_str().starts_with("let ");
    // Told once for a loop: at the `let` whose name comes first.
    let first = path.iter().filter(is_let).map(|decl| crate::keys::decl_name(db, *decl)).min()?;
    if first != crate::keys::decl_name(db, decl) {
        return None;
    }
    name_loop(db, decl, name_place(db, decl))
}

/// That a `let` or block depends on itself, with the loop that its name leads through.
pub fn name_loop(db: &dyn Db, decl: Decl, at: At) -> Option<Diagnostic<At>> {
    let mut path = loop_of(db, decl);
    let left_out = path.len().saturating_sub(MAX_SHOWN);
    path.truncate(MAX_SHOWN);
    let mut names: Vec<_> = path.iter().map(|decl| crate::keys::decl_name(db, *decl)).collect();
    let name = *names.first()?;
    let more = format!("{left_out} more");
    names.extend((left_out > 0).then_some(more.as_str()));
    names.push(name);
    let message = format!("`{name}` depends on itself: `{}`", names.join("` -> `"));
    let mut diagnostic = Diagnostic::new(&rules::EVAL_CYCLE, at, message);
    for other in path.iter().skip(1) {
        diagnostic = diagnostic.also(name_place(db, *other), "on the way");
    }
    Some(diagnostic.help("give one of these a value that does not need the others"))
}

fn leads_to(db: &dyn Db, from: Decl, target: Decl, path: &mut Vec<Decl>, seen: &mut FxHashSet<Decl>) -> bool {
    for named in walk::values(db, from) {
        if named == target {
            return true;
        }
        if !seen.insert(named) {
            continue;
        }
        path.push(named);
        let found = stacker::maybe_grow(128 * 1024, 2 * 1024 * 1024, || leads_to(db, named, target, path, seen));
        if found {
            return true;
        }
        path.pop();
    }
    false
}

/// The type of a schema's `let` that states none.
#[salsa::tracked(cycle_result = let_type_cycle)]
pub fn let_type(db: &dyn Db, decl: Decl, name: Symbol) -> Ty {
    let code = code(db, decl);
    let Some(CodeKind::Schema(written)) = code.map(|code| &code.kind) else {
        return Ty::Error;
    };
    let field = written.fields.iter().find(|field| field.name.name == name);
    let Some(value) = field.and_then(|field| field.value.as_ref()) else {
        return Ty::Error;
    };
    let mut checker = Checker::new(db, decl, (**context(db, decl)).clone());
    types::manageable(types::widen(checker.infer(value).ty))
}

fn let_type_cycle(_: &dyn Db, _: salsa::Id, _: Decl, _: Symbol) -> Ty {
    Ty::Error
}

/// The type of what a named block opens.
pub fn opened_type(db: &dyn Db, decl: Decl) -> Ty {
    let context = context(db, decl);
    if context.is_value
        && let ty @ Ty::Schema(_) = entry_type(db, decl)
    {
        return ty.clone();
    }
    context.target.clone()
}

/// The type of the value of an entry, apart from the value.
#[salsa::tracked(cycle_result = entry_type_cycle)]
fn entry_type(db: &dyn Db, decl: Decl) -> Ty {
    checked(db, decl).ty.clone()
}

fn entry_type_cycle(_: &dyn Db, _: salsa::Id, _: Decl) -> Ty {
    Ty::Error
}

/// The block that opens an entry of a collection, if it is written out below another block, and its type.
///
/// It is found by what is written alone: asking what was checked would ask the block that may be asking.
pub fn known_entry(db: &dyn Db, block: Decl, collection: Symbol, name: Symbol, element: &Ty) -> Option<(Decl, Ty)> {
    let wanted = Wanted { collection, name, element };
    wanted.find(db, block).or_else(|| wanted.in_base(db, block, base_of(db, block).as_ref()?))
}

/// An entry that is looked for in what is written.
struct Wanted<'a> {
    collection: Symbol,
    name: Symbol,
    element: &'a Ty,
}

/// A head that opens something: the words before the name, the schema after it, and the declaration.
type Head = (Vec<Symbol>, Option<Vec<Symbol>>, Decl);

/// The heads in a body by their names, as far as these are written out.
#[salsa::tracked]
fn outline(db: &dyn Db, block: Decl) -> FxHashMap<Symbol, Vec<Head>> {
    let mut heads = FxHashMap::default();
    let Some(code) = code(db, block) else {
        return heads;
    };
    let body = match &code.kind {
        CodeKind::Block { body } | CodeKind::Extend { body, .. } => Some(body),
        CodeKind::Let { value, .. } | CodeKind::Entry { value } => match &*value.kind {
            crate::hir::ExprKind::Instance(_, body) | crate::hir::ExprKind::With(_, body) => Some(body),
            _ => None,
        },
        _ => None,
    };
    if let Some(body) = body {
        note_heads(&body.statements, &mut heads);
    }
    heads
}

/// The heads of one name.
#[salsa::tracked]
fn outlined(db: &dyn Db, block: Decl, name: Symbol) -> Vec<Head> {
    outline(db, block).get(&name).cloned().unwrap_or_default()
}

fn note_heads(statements: &[Statement], heads: &mut FxHashMap<Symbol, Vec<Head>>) {
    let names = |path: &[crate::hir::Ident]| path.iter().map(|name| name.name).collect::<Vec<_>>();
    for statement in statements {
        match &statement.kind {
            StatementKind::Named { path, name, schema, decl, .. } => {
                if let Some(name) = name.plain() {
                    let schema = schema.as_ref().map(|schema| names(&schema.names));
                    heads.entry(name).or_default().push((names(path), schema, *decl));
                }
            }
            StatementKind::If { then, otherwise, .. } => {
                note_heads(&then.statements, heads);
                otherwise.iter().for_each(|body| note_heads(&body.statements, heads));
            }
            StatementKind::For(_, body) => note_heads(&body.statements, heads),
            _ => {}
        }
    }
}

impl Wanted<'_> {
    fn in_base(&self, db: &dyn Db, block: Decl, base: &crate::hir::Expr) -> Option<(Decl, Ty)> {
        let crate::hir::ExprKind::Name(base) = &*base.kind else {
            return None;
        };
        match crate::scope::lookup(db, block.file(db), *base)? {
            crate::scope::Named::Decl(base) | crate::scope::Named::Block(_, base) if base != block => {
                known_entry(db, base, self.collection, self.name, self.element)
            }
            _ => None,
        }
    }

    fn find(&self, db: &dyn Db, block: Decl) -> Option<(Decl, Ty)> {
        outlined(db, block, self.name).iter().find_map(|head| self.opened(db, block, head))
    }

    fn opened(&self, db: &dyn Db, block: Decl, (path, schema, decl): &Head) -> Option<(Decl, Ty)> {
        let named = |names: &[Symbol]| {
            let names = names.iter().map(|name| crate::hir::Ident { node: 0, name: *name }).collect();
            types::made_by_path(db, block, &crate::hir::Path { node: 0, names }).ok()
        };
        match (path.as_slice(), schema) {
            ([only], Some(schema)) => {
                (*only == self.collection).then(|| named(schema)).flatten().map(|kind| (*decl, kind))
            }
            ([only], None) if *only == self.collection => Some((*decl, self.element.clone())),
            (path, None) => {
                let capital = path.last().is_some_and(|word| word.as_str().starts_with(char::is_uppercase));
                let kind = named(path).filter(|_| capital)?;
                (types::fit(db, &kind, self.element) == types::Fit::Exact).then_some((*decl, kind))
            }
            _ => None,
        }
    }
}

/// What the value of an entry or `let` is based on, if it is `base with { .. }`.
#[salsa::tracked]
fn base_of(db: &dyn Db, block: Decl) -> Option<crate::hir::Expr> {
    match code(db, block).map(|code| &code.kind) {
        Some(CodeKind::Let { value, .. } | CodeKind::Entry { value }) => match &*value.kind {
            crate::hir::ExprKind::With(base, _) => Some(base.clone()),
            _ => None,
        },
        _ => None,
    }
}

impl<'db> Checker<'db> {
    pub(super) fn new(db: &'db dyn Db, decl: Decl, context: Context) -> Checker<'db> {
        Checker {
            db,
            decl,
            context,
            frame: body::Frame::default(),
            it: None,
            facts: Vec::new(),
            diagnostics: Vec::new(),
            children: FxHashMap::default(),
            depth: 0,
            asks: Asks::Nothing,
            open: false,
            listener: None,
        }
    }

    /// A checker for the predicate of a `where`: only `it` and the file's names.
    pub(super) fn for_predicate(db: &'db dyn Db, decl: Decl, it: Ty) -> Checker<'db> {
        let mut checker = Checker::new(db, decl, Context::of_file(decl.file(db)));
        checker.it = Some(it);
        checker.context.count = 1;
        checker
    }

    fn finish(self, code: CheckedCode, ty: Ty) -> Checked {
        let mut known = FxHashSet::default();
        let mut diagnostics = self.diagnostics;
        diagnostics.retain(|diagnostic| known.insert(diagnostic.clone()));
        Checked { code, ty: types::manageable(ty), diagnostics, children: self.children }
    }

    /// A parameter or loop variable.
    pub(super) fn add_variable(&mut self, name: &crate::hir::Ident, ty: Ty) {
        if self.context.locals.iter().any(|local| local.name == name.name) {
            let message = format!("`{}` is declared already around this", name.name);
            self.report(
                Diagnostic::new(&rules::NAME_DUPLICATE, self.at(name.node), message).help("choose another name"),
            );
        }
        let at = self.at(name.node);
        self.hear_meaning(name.node, || Meaning::Local { at, ty: ty.clone() });
        self.context.locals.retain(|local| local.name != name.name);
        self.context.add_local(name.name, ty, at);
    }

    pub(super) fn at(&self, node: Node) -> At {
        At { decl: self.decl, node }
    }

    pub(super) fn report(&mut self, diagnostic: Diagnostic<At>) {
        self.diagnostics.push(diagnostic);
    }

    pub(super) fn typed(&self, node: Node, kind: IrKind, ty: Ty) -> Typed {
        Typed { ir: Ir { at: self.at(node), kind }, ty, known: None }
    }

    pub(super) fn error(&self, node: Node) -> Typed {
        self.typed(node, IrKind::Error, Ty::Error)
    }

    pub(super) fn show(&self, ty: &Ty) -> String {
        crate::ty::display(self.db, ty)
    }

    /// All of a declaration.
    fn code(&mut self, code: &Code) -> (CheckedCode, Ty) {
        match &code.kind {
            CodeKind::File { body, .. } => self.file(body),
            CodeKind::Let { ty, value, .. } => self.top_let(ty.as_ref(), value),
            CodeKind::Type { .. } => {
                self.diagnostics.extend(alias::alias(self.db, self.decl).1.iter().cloned());
                (CheckedCode::None, Ty::Error)
            }
            CodeKind::Fn { params, result, value, .. } => self.function(params, result.as_ref(), value),
            CodeKind::Schema(written) => self.schema(written),
            CodeKind::Extend { body, .. } => self.extend(body),
            CodeKind::Test { body, .. } => self.test(body),
            CodeKind::Block { body } => self.block(body),
            CodeKind::Entry { value } => self.entry(value),
        }
    }

    fn file(&mut self, body: &crate::hir::Body) -> (CheckedCode, Ty) {
        let Some(platform) = crate::scope::prelude_schemas(self.db).platform else {
            return (CheckedCode::None, Ty::Error);
        };
        let ty = Ty::Schema(platform);
        self.context.this = Some(ty.clone());
        let ir = self.body(body, &ty);
        (CheckedCode::Body(Arc::new(ir)), ty)
    }

    fn top_let(&mut self, ty: Option<&crate::hir::TypeExpr>, value: &crate::hir::Expr) -> (CheckedCode, Ty) {
        let due = ty.map(|ty| types::resolve(self.db, self.decl, ty, &mut self.diagnostics));
        let (ir, ty) = match due {
            Some(due) => (self.check(value, &due), due),
            None => {
                let typed = self.infer(value);
                (typed.ir, typed.ty)
            }
        };
        (CheckedCode::Value(Arc::new(ir)), ty)
    }

    fn function(
        &mut self,
        params: &[crate::hir::Param],
        result: Option<&crate::hir::TypeExpr>,
        value: &crate::hir::Expr,
    ) -> (CheckedCode, Ty) {
        for param in params {
            let ty = match &param.ty {
                Some(ty) => types::resolve(self.db, self.decl, ty, &mut self.diagnostics),
                None => {
                    let message = format!("the parameter `{}` has no type", param.name.name);
                    self.report(
                        Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(param.name.node), message)
                            .help(format!("write `{}: T`", param.name.name)),
                    );
                    Ty::Error
                }
            };
            if let Some(default) = &param.default {
                self.check(default, &ty);
            }
            self.add_variable(&param.name, ty);
        }
        if let Some(path) = call::recursion(self.db, self.decl) {
            self.report(path);
        }
        let (ir, ty) = match result {
            Some(result) => {
                let due = types::resolve(self.db, self.decl, result, &mut self.diagnostics);
                (self.check(value, &due), due)
            }
            None => {
                let typed = self.infer(value);
                (typed.ir, typed.ty)
            }
        };
        (CheckedCode::Value(Arc::new(ir)), ty)
    }

    fn extend(&mut self, body: &crate::hir::Body) -> (CheckedCode, Ty) {
        match crate::extend::target(self.db, self.decl) {
            Ok(target) => {
                let ir = self.body(body, &target.ty);
                (CheckedCode::Body(Arc::new(ir)), target.ty.clone())
            }
            Err(diagnostic) => {
                self.report(diagnostic.clone());
                (CheckedCode::None, Ty::Error)
            }
        }
    }

    fn block(&mut self, body: &crate::hir::Body) -> (CheckedCode, Ty) {
        let mut target = self.context.target.clone();
        if let Ty::Union(_) = types::expand(self.db, &target) {
            match self.union_member(body, &target) {
                Some(member) => target = member,
                None => return (CheckedCode::None, Ty::Error),
            }
            self.context.this = Some(target.clone());
        }
        if target.is_error() {
            return (CheckedCode::None, Ty::Error);
        }
        let mut ir = self.body(body, &target);
        ir.at = self.at(0);
        let ty = types::expand(self.db, &target);
        (CheckedCode::Body(Arc::new(ir)), ty)
    }

    fn entry(&mut self, value: &crate::hir::Expr) -> (CheckedCode, Ty) {
        let target = self.context.target.clone();
        if let crate::hir::ExprKind::Null = &*value.kind {
            return (CheckedCode::Value(Arc::new(self.infer(value).ir)), Ty::Null);
        }
        let typed = self.entry_value(value, &target);
        (CheckedCode::Value(Arc::new(typed.ir)), typed.ty)
    }
}
