//! Bodies: what each statement writes, for the type that the body belongs to.

use std::sync::Arc;

use diagnostics::{Diagnostic, Fix, rules};

use super::around::{Reach, Word};
use super::habit::{self, Place};
use super::types::{self, BodyType, expand};
use super::{Checker, Context, Meaning};
use crate::hir::{Body, Check, Expr, ExprKind, Ident, NamedForm, Statement, StatementKind, Text};
use crate::ir::{BodyIr, CheckIr, DataKind, Guard, Ir, IrKind, KeyIr, Shape, Target, Write, Written};
use crate::keys::{At, Decl};
use crate::schema::{SlotKind, schema};
use crate::scope;
use crate::symbol::Symbol;
use crate::ty::{Scalar, Ty, article};

/// Where the body being checked stands.
#[derive(Clone, Default)]
pub(super) struct Frame {
    /// Steps below the instance that is being written.
    pub(super) path: Vec<(Symbol, Ty)>,
    /// Whether the body amends an instance that is there, as `with` does.
    pub(super) literal: bool,
    /// The block whose entries the body amends.
    pub(super) known: Option<Decl>,
}

/// What is written at the end of a path.
#[derive(Clone, Copy)]
pub(super) enum Leaf<'a> {
    Value(&'a Expr),
    Amend(&'a Body),
    Named(&'a Text, Option<&'a crate::hir::Path>, Decl, NamedForm),
}

impl Checker<'_> {
    /// The body of a declaration: what it writes is written to `self`.
    pub(super) fn body(&mut self, body: &Body, target: &Ty) -> BodyIr {
        let frame = Frame { known: self.context.known, ..Frame::default() };
        self.body_in(body, target, frame)
    }

    /// The body of an instance literal or of a `with`: `self` is the new instance, and what is around is captured.
    pub(super) fn literal_body(&mut self, body: &Body, target: &Ty, known: Option<Decl>) -> BodyIr {
        let mut inner = self.context.inside_literal();
        inner.this = Some(target.clone());
        inner.this_reach = Reach::Depth(0);
        inner.known = known;
        self.captured_body(body, target, known, inner)
    }

    /// Plain braces that make an instance: `self` stays what it was.
    pub(super) fn braces_body(&mut self, body: &Body, target: &Ty) -> BodyIr {
        let inner = self.context.inside_literal();
        self.captured_body(body, target, None, inner)
    }

    fn captured_body(&mut self, body: &Body, target: &Ty, known: Option<Decl>, inner: Context) -> BodyIr {
        let outer = std::mem::replace(&mut self.context, inner);
        let facts = std::mem::take(&mut self.facts);
        self.facts
            .extend(facts.iter().filter(|fact| fact.0.first().is_none_or(|name| name.as_str() != "self")).cloned());
        let ir = self.body_in(body, target, Frame { literal: known.is_some(), known, ..Frame::default() });
        self.facts = facts;
        self.context = outer;
        ir
    }

    /// The body of a record or map.
    pub(super) fn inline_body(&mut self, body: &Body, target: &Ty) -> BodyIr {
        let frame = self.frame.clone();
        self.body_in(body, target, frame)
    }

    fn body_in(&mut self, body: &Body, target: &Ty, frame: Frame) -> BodyIr {
        let outer = std::mem::replace(&mut self.frame, frame);
        let locals = self.context.locals.len();
        let target = expand(self.db, target);
        self.hear(|notes| notes.bodies.push((body.node, target.clone())));
        let mut out = BodyIr::new(self.at(body.node), types::shape(self.db, &target));
        self.statements(&body.statements, &target, &mut Vec::new(), &mut out);
        self.context.locals.truncate(locals);
        self.frame = outer;
        sort(&mut out);
        out.writes.shrink_to_fit();
        out
    }

    fn statements(&mut self, statements: &[Statement], target: &Ty, guards: &mut Vec<Guard>, out: &mut BodyIr) {
        // Names of a body are visible in all of it.
        self.declare_lets(statements);
        for statement in statements {
            self.statement(statement, target, guards, out);
        }
    }

    fn statement(&mut self, statement: &Statement, target: &Ty, guards: &mut Vec<Guard>, out: &mut BodyIr) {
        let at = self.at(statement.node);
        match &statement.kind {
            StatementKind::Write { path, value } => self.write(at, path, Leaf::Value(value), target, guards, out),
            StatementKind::Amend { path, body } => self.write(at, path, Leaf::Amend(body), target, guards, out),
            StatementKind::Named { path, name, schema, decl, form } => {
                let leaf = Leaf::Named(name, schema.as_deref(), *decl, *form);
                self.write(at, path, leaf, target, guards, out);
            }
            StatementKind::If { condition, then, otherwise } => {
                let ir = Arc::new(self.check(condition, &Ty::Scalar(Scalar::Bool)));
                guards.push(Guard::If(ir.clone(), true));
                self.knowing(condition, true, |checker| checker.inner(then, target, guards, out));
                guards.pop();
                if let Some(otherwise) = otherwise {
                    guards.push(Guard::If(ir, false));
                    self.knowing(condition, false, |checker| checker.inner(otherwise, target, guards, out));
                    guards.pop();
                }
            }
            StatementKind::For(head, body) => {
                let (ir, scope) = self.for_head(head);
                guards.push(Guard::For(Arc::new(ir)));
                match &head.condition {
                    Some(condition) => {
                        self.knowing(condition, true, |checker| checker.inner(body, target, guards, out));
                    }
                    None => self.inner(body, target, guards, out),
                }
                guards.pop();
                self.leave(scope);
            }
            StatementKind::Let { .. } => {}
            StatementKind::Spread(value) => self.spread(at, value, target, guards, out),
            StatementKind::Check(check) => {
                let check = self.rule(check, guards);
                out.checks.push(check);
            }
            StatementKind::Assert(_) | StatementKind::Expect { .. } => {
                self.report(
                    Diagnostic::new(&rules::SYNTAX_UNEXPECTED, at, "`assert` and `expect` stand in a `test` only")
                        .help("state a rule of an instance with `check .. else \"..\"`"),
                );
            }
        }
    }

    fn inner(&mut self, body: &Body, target: &Ty, guards: &mut Vec<Guard>, out: &mut BodyIr) {
        let locals = self.context.locals.len();
        self.statements(&body.statements, target, guards, out);
        self.context.locals.truncate(locals);
    }

    pub(super) fn rule(&mut self, check: &Check, guards: &[Guard]) -> CheckIr {
        let condition = self.check(&check.condition, &Ty::Scalar(Scalar::Bool));
        let message =
            self.knowing(&check.condition, false, |checker| checker.check(&check.message, &Ty::Scalar(Scalar::String)));
        CheckIr { at: self.at(check.node), guards: guards.into(), condition, message }
    }

    fn spread(&mut self, at: At, value: &Expr, target: &Ty, guards: &[Guard], out: &mut BodyIr) {
        let due = match target {
            Ty::Map(..) => target.clone(),
            Ty::Record(record) => {
                let optional = record.fields.iter().map(|(name, _, ty)| (*name, true, ty.clone()));
                Ty::Record(Arc::new(crate::ty::RecordTy {
                    fields: optional.collect(),
                    rest: record.rest.clone(),
                    object: None,
                    at: record.at,
                }))
            }
            Ty::Any => Ty::Any,
            Ty::Error => return,
            other => {
                let message = format!("`...` spreads maps, and this is {}", article(&self.show(other)));
                self.report(
                    Diagnostic::new(&rules::TYPE_MISMATCH, at, message)
                        .help("to vary an instance write `base with { .. }`"),
                );
                return;
            }
        };
        let ir = self.check(value, &due);
        out.writes.push(Write {
            at,
            guards: guards.into(),
            name: Symbol::new("..."),
            target: Target::Spread,
            value: Written::Value(ir),
        });
    }

    /// One write, along its path.
    fn write(&mut self, at: At, path: &[Ident], leaf: Leaf<'_>, target: &Ty, guards: &[Guard], out: &mut BodyIr) {
        if path.len() > 100 {
            self.report(
                Diagnostic::new(&rules::SYNTAX_TOO_DEEP, at, "this path has more than 100 steps")
                    .help("write the inner parts in braces of their own"),
            );
            return;
        }
        if let Some((target, value)) = self.along(path, leaf, target) {
            let at = match (&target, path) {
                (Target::Entry(_, _, false), [_, key, ..]) => self.at(key.node),
                _ => at,
            };
            let name = path.first().map_or(Symbol::new(""), |name| name.name);
            out.writes.push(Write { at, guards: guards.into(), name, target, value });
        }
    }

    pub(super) fn along(&mut self, path: &[Ident], leaf: Leaf<'_>, target: &Ty) -> Option<(Target, Written)> {
        let target = expand(self.db, &target.without_null());
        self.hear_key(path, &target);
        match &target {
            Ty::Schema(decl) => self.along_schema(*decl, path, leaf),
            Ty::Record(_) | Ty::Map(..) | Ty::Keyed(..) | Ty::Any => self.along_data(&target, path, leaf),
            Ty::Refined(refined) => self.along(path, leaf, &refined.base.clone()),
            Ty::Union(_) => match types::body_type(self.db, &target) {
                BodyType::Schema(decl) => self.along_schema(decl, path, leaf),
                _ => {
                    self.no_body(path, &target);
                    None
                }
            },
            Ty::Error => {
                self.forget(leaf);
                None
            }
            _ => {
                self.no_body(path, &target);
                self.forget(leaf);
                None
            }
        }
    }

    /// Checks what is written where nothing can be, for what is wrong in it alone.
    pub(super) fn forget(&mut self, leaf: Leaf<'_>) {
        match leaf {
            Leaf::Value(value) => {
                self.check_typed(value, &Ty::Error);
            }
            Leaf::Amend(body) => {
                self.inline_body(body, &Ty::Error);
            }
            Leaf::Named(..) => {}
        }
    }

    pub(super) fn no_body(&mut self, path: &[Ident], ty: &Ty) {
        let node = path.first().map_or(0, |name| name.node);
        let message = format!("{} has no fields to write", article(&self.show(ty)));
        self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message));
    }

    fn along_schema(&mut self, decl: Decl, path: &[Ident], leaf: Leaf<'_>) -> Option<(Target, Written)> {
        let Some((first, rest)) = path.split_first() else {
            if let Leaf::Named(name, ..) = leaf {
                self.report(
                    Diagnostic::new(
                        &rules::SCHEMA_UNKNOWN_FIELD,
                        self.at(name.node),
                        "the fields of a schema are not computed",
                    )
                    .help("to compute the name of an entry, write its collection first: `host \"n-\\(i)\" { .. }`"),
                );
            }
            return None;
        };
        let info = schema(self.db, decl);
        let Some(slot) = info.slot(first.name) else {
            return self.along_kind(decl, path, leaf);
        };
        let field = info.fields.get(slot as usize)?;
        self.hear_meaning(first.node, || Meaning::Field { schema: decl, name: first.name });
        if field.of_kind && matches!(leaf, Leaf::Named(..)) && self.is_of_module(path) {
            return self.along_kind(decl, path, leaf);
        }
        match (field.kind, rest, leaf) {
            (SlotKind::Let, ..) => {
                let message = format!("`{}` is computed, and written by nobody", first.name);
                self.report(
                    Diagnostic::new(&rules::WRITE_COMPUTED, self.at(first.node), message)
                        .also(field.at, "computed here")
                        .help("write the fields that it is computed from"),
                );
                None
            }
            (SlotKind::Each, [], Leaf::Named(name, kind, decl, form)) => {
                let element = self.entry_kind(&field.ty, kind)?;
                self.open(slot, field.name, &element, name, decl, form)
            }
            (SlotKind::Each, [], _) => {
                self.forget(leaf);
                self.report(
                    Diagnostic::new(
                        &rules::TYPE_MISMATCH,
                        self.at(first.node),
                        format!("`{}` is a collection", first.name),
                    )
                    .also(field.at, "declared here")
                    .help(format!("open an entry of it: `{} name {{ .. }}`", first.name)),
                );
                None
            }
            (SlotKind::Each, [key, rest @ ..], _) => {
                let ty = self.entry_type(field.name, &field.ty, key.name);
                self.hear_entry(field.name, &field.ty, key);
                let written = self.step(field.name, key.node, ty, rest, leaf)?;
                let opens = matches!((rest, leaf), ([], Leaf::Value(_)));
                Some((Target::Entry(slot, KeyIr::Static(key.name), opens), written))
            }
            (SlotKind::Field, [], Leaf::Named(name, kind, decl, form)) if self.is_keyed(&field.ty) => {
                let (_, written) = self.named_data(first, field.ty.clone(), name, kind, decl, form)?;
                Some((Target::Slot(slot), written))
            }
            (SlotKind::Field, [], Leaf::Named(name, ..)) => {
                let message = format!("`{}` is no collection, so nothing in it has a name", first.name);
                self.report(
                    Diagnostic::new(&rules::TYPE_NOT_A_COLLECTION, self.at(name.node), message)
                        .also(field.at, "declared here")
                        .help(format!("write `{} {{ .. }}` without a name", first.name)),
                );
                None
            }
            (SlotKind::Field, ..) => {
                let ty = field.ty.clone();
                self.open = field.auto.is_some() && matches!((rest, leaf), ([], Leaf::Value(_)));
                let written = self.step(field.name, first.node, ty, rest, leaf)?;
                Some((Target::Slot(slot), written))
            }
        }
    }

    fn is_keyed(&self, ty: &Ty) -> bool {
        matches!(expand(self.db, &ty.without_null()), Ty::Keyed(..))
    }

    /// The type of an entry that a path names: that of the block that opens it, if it is written out.
    fn entry_type(&self, collection: Symbol, element: &Ty, name: Symbol) -> Ty {
        let known = match self.frame.path.is_empty() {
            true => self.frame.known.and_then(|block| super::known_entry(self.db, block, collection, name, element)),
            false => None,
        };
        known.map_or(element.clone(), |known| known.1)
    }

    /// What is written at a field or entry of this type, or further along.
    pub(super) fn step(&mut self, word: Symbol, node: u32, ty: Ty, rest: &[Ident], leaf: Leaf<'_>) -> Option<Written> {
        match (rest, leaf) {
            ([], Leaf::Value(value)) => {
                if matches!(*value.kind, ExprKind::Null) && types::fit(self.db, &Ty::Null, &ty) == types::Fit::No {
                    self.write_null(word, &ty, node);
                    return Some(Written::Value(self.error(value.node).ir));
                }
                Some(Written::Value(self.check(value, &ty)))
            }
            ([], Leaf::Amend(body)) => {
                let target = self.amended_type(&ty, body, node)?;
                let frame = self.frame.clone();
                let words = self.context.words.len();
                self.below(word, &target);
                self.frame.path.push((word, target.clone()));
                let inner = self.frame.clone();
                let ir = self.body_in(body, &target, inner);
                self.frame = frame;
                self.context.words.truncate(words);
                Some(Written::Amend(Arc::new(ir.planned())))
            }
            ([], Leaf::Named(..)) => None,
            (rest, leaf) => {
                let frame = self.frame.clone();
                self.frame.path.push((word, ty.clone()));
                let found = self.along(rest, leaf, &ty);
                self.frame = frame;
                let (target, value) = found?;
                let at = self.at(rest.first().map_or(0, |name| name.node));
                let name = rest.first().map_or(word, |name| name.name);
                let write = Write { at, guards: Arc::default(), name, target, value };
                let shape = types::shape(self.db, &ty.without_null());
                let body = BodyIr { writes: vec![write], ..BodyIr::new(at, shape) };
                Some(Written::Amend(Arc::new(body.planned())))
            }
        }
    }

    /// A block that amends a field is called by it, too.
    fn below(&mut self, word: Symbol, ty: &Ty) {
        let Some(this) = self.context.this.clone().filter(|_| self.frame.path.is_empty()) else {
            return;
        };
        let Some((slot, _)) = types::slot_of(self.db, &this, word) else {
            return;
        };
        if schema_of(self.db, &this).is_some_and(|decl| types::is_collection(self.db, decl, word)) {
            return;
        }
        let base = self.reach(&self.context.this_reach.clone(), 0);
        let at = base.at;
        let kind = IrKind::Slot { base: base.into(), slot, name: word, optional: false };
        let reach = Reach::Below(Arc::new(Ir { at, kind }));
        self.context.words.push(Word { name: word, reach, ty: ty.clone(), known: None });
    }

    fn write_null(&mut self, word: Symbol, ty: &Ty, node: u32) {
        let shown = self.show(ty);
        let message = format!("`{word}` can not be empty: its type is `{shown}`");
        self.report(
            Diagnostic::new(&rules::WRITE_NULL, self.at(node), message)
                .help(format!("give it a value, or declare it as `{word}?: {shown}`")),
        );
    }

    /// The type that a body amends: the one member of a union that takes a body.
    pub(super) fn amended_type(&mut self, ty: &Ty, body: &Body, node: u32) -> Option<Ty> {
        let expanded = expand(self.db, &ty.without_null());
        match &expanded {
            Ty::Schema(_) | Ty::Record(_) | Ty::Map(..) | Ty::Keyed(..) | Ty::Any | Ty::Error => Some(expanded),
            Ty::Refined(refined) => self.amended_type(&refined.base.clone(), body, node),
            Ty::Union(members) => {
                let bodies: Vec<&Ty> =
                    members.iter().filter(|member| types::body_type(self.db, member) != BodyType::None).collect();
                match bodies.as_slice() {
                    [one] => Some(expand(self.db, one)),
                    _ => {
                        let message = format!("these braces could be several members of `{}`", self.show(&expanded));
                        self.report(
                            Diagnostic::new(&rules::TYPE_AMBIGUOUS_RECORD, self.at(body.node), message)
                                .help("name the schema that is meant: `field: Name { .. }`"),
                        );
                        None
                    }
                }
            }
            other => {
                let shown = self.show(other);
                self.report(
                    Diagnostic::new(
                        &rules::TYPE_MISMATCH,
                        self.at(node),
                        format!("{} takes no braces", article(&shown)),
                    )
                    .help("write its value after a colon"),
                );
                None
            }
        }
    }

    pub(super) fn unknown_field(&mut self, decl: Decl, path: &[Ident]) {
        let Some(first) = path.first() else { return };
        let owner = crate::keys::decl_name(self.db, decl);
        let at = self.at(first.node);
        let info = schema(self.db, decl);
        let near = domain::nearest(first.name.as_str(), info.fields.iter().map(|field| field.name.as_str()));
        if first.name.as_str() == "name" {
            self.report(
                Diagnostic::new(&rules::WRITE_COMPUTED, at, "the name of an instance is that of its block")
                    .also(At { decl, node: 0 }, format!("`{owner}` is declared here"))
                    .help("write the name after the block's word, or declare a field of another name"),
            );
            return;
        }
        let message = format!("{} has no field `{}`", article(owner), first.name);
        let mut diagnostic = Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, at, message)
            .also(At { decl, node: 0 }, format!("`{owner}` is declared here"));
        let is_top = scope::prelude_schemas(self.db).platform == Some(decl);
        let taught = habit::taught(&diagnostic, Place::Top, first.name.as_str(), at).filter(|_| is_top);
        diagnostic = match near {
            _ if taught.is_some() => taught.unwrap_or(diagnostic),
            Some(near) => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::new(format!("write `{near}`")).edit(at, near.to_string())),
            None => {
                let names: Vec<_> = info.fields.iter().take(8).map(|field| format!("`{}`", field.name)).collect();
                match names.is_empty() {
                    true => diagnostic.help("it has no fields at all"),
                    false => diagnostic.help(format!("it has {}", names.join(", "))),
                }
            }
        };
        self.report(diagnostic);
    }
}

fn schema_of(db: &dyn crate::keys::Db, ty: &Ty) -> Option<Decl> {
    match expand(db, ty) {
        Ty::Schema(decl) => Some(decl),
        _ => None,
    }
}

/// An instance of one field, whose value is an expression of what is around, with so many locals.
pub(super) fn single(at: At, slot: u32, value: Ir, locals: u32, decl: Decl) -> Ir {
    let around = Ir { at, kind: IrKind::Local(locals) };
    let value = Ir { at, kind: IrKind::Shifted(around.into(), locals, Arc::new(value)) };
    let name = Symbol::new("");
    let write = Write { at, guards: Arc::default(), name, target: Target::Slot(slot), value: Written::Value(value) };
    let body = BodyIr { writes: vec![write], ..BodyIr::new(at, Shape::of(DataKind::Any)) };
    Ir { at, kind: IrKind::Instance(decl, Arc::new(body)) }
}

/// By slot, and within a slot as written.
pub(super) fn sort(body: &mut BodyIr) {
    if body.writes.iter().any(|write| write.target.slot().is_some()) {
        body.writes.sort_by_key(|write| write.target.slot());
    }
}

pub(super) fn makes_instance(value: &Expr) -> bool {
    matches!(*value.kind, ExprKind::Instance(..) | ExprKind::With(..) | ExprKind::Record(_))
}

/// The keys that a body writes, as far as they are written out.
pub(super) fn written_keys(body: &Body) -> Vec<Symbol> {
    let mut keys = Vec::new();
    for statement in &body.statements {
        match &statement.kind {
            StatementKind::Write { path, .. }
            | StatementKind::Amend { path, .. }
            | StatementKind::Named { path, .. } => {
                keys.extend(path.first().map(|name| name.name));
            }
            StatementKind::If { then, otherwise, .. } => {
                keys.extend(written_keys(then));
                keys.extend(otherwise.iter().flat_map(|body| written_keys(body)));
            }
            StatementKind::For(_, body) => keys.extend(written_keys(body)),
            _ => {}
        }
    }
    keys
}

/// Whether a body may write keys that are not written out.
pub(super) fn is_open(body: &Body) -> bool {
    body.statements.iter().any(|statement| matches!(statement.kind, StatementKind::Spread(_)))
}

/// The values of a body that writes plain fields only.
pub(super) fn field_exprs(body: &Body) -> Option<Vec<(Ident, &Expr)>> {
    let fields = body.statements.iter().map(|statement| match &statement.kind {
        StatementKind::Write { path, value } => match &**path {
            [name] => Some((*name, value)),
            _ => None,
        },
        _ => None,
    });
    fields.collect()
}
