//! Which writes of an instance's layers hold for a field, and what they make together.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::Evaluator;
use crate::ir::{BodyIr, ForIr, Guard, Ir, IrKind, Target, Write, Written};
use crate::keys::{At, Decl};
use crate::layers::{Giver, Layer, Object, literal};
use crate::schema::{Slot, SlotKind};
use crate::symbol::Symbol;
use crate::value::{Env, Free, Item, This, Value};

/// A write that happens, with what its expressions see.
pub(super) struct Active<'a> {
    pub level: u32,
    pub at: At,
    pub value: &'a Written,
    pub env: Env,
}

/// The strongest whole value of a field and what amends it.
pub(super) struct Resolved<'a> {
    pub base: Option<Active<'a>>,
    pub amends: Vec<Active<'a>>,
}

/// What the expressions of a layer see.
pub(super) fn layer_env(layer: &Layer, this: &This) -> Env {
    Env { this: Some(layer.env.this.clone().unwrap_or_else(|| this.clone())), locals: layer.env.locals.clone() }
}

impl Evaluator<'_> {
    /// The value of a field before it is given its home: an instance in it is still without one.
    pub(super) fn raw_slot(&mut self, this: &This, object: &Object, slot: u32) -> Value {
        let info = self.schema(object.schema);
        let Some(field) = info.fields.get(slot as usize) else {
            return Value::Error;
        };
        if field.kind == SlotKind::Each {
            return Value::Collection(this.clone(), slot);
        }
        match field.auto {
            Some(_) => {
                self.of_open_field(this, field.name, |evaluator| evaluator.written_slot(this, object, slot, field))
            }
            None => self.written_slot(this, object, slot, field),
        }
    }

    /// What the layers write of a field.
    fn written_slot(&mut self, this: &This, object: &Object, slot: u32, field: &Slot) -> Value {
        match self.given(object, slot).giver {
            Giver::Plain(_, Ir { kind: IrKind::Const(value), .. }) => return value.clone(),
            Giver::Plain(layer, ir) => return self.eval(ir, &layer_env(layer, this)),
            Giver::Nobody => return Value::Error,
            Giver::Several => {}
        }
        let mut active = Vec::new();
        for (layer, write) in object.writes(slot) {
            self.activate(write, layer.level, layer_env(layer, this), &mut active);
        }
        let resolved = self.resolve(active, field.name);
        self.combine(resolved, &field.ty)
    }

    /// Finds how often, and with which locals, a write happens.
    pub(super) fn activate<'a>(&mut self, write: &'a Write, level: u32, env: Env, out: &mut Vec<Active<'a>>) {
        if write.guards.is_empty() {
            out.push(Active { level, at: write.at, value: &write.value, env });
            return;
        }
        for env in self.passing(&write.guards, env) {
            out.push(Active { level, at: write.at, value: &write.value, env });
        }
    }

    /// What the inside of these guards sees, once for every time that it is reached.
    pub(super) fn passing(&mut self, guards: &[Guard], env: Env) -> Vec<Env> {
        let Some((guard, inner)) = guards.split_first() else {
            return vec![env];
        };
        match guard {
            Guard::If(condition, wanted) => match self.eval(condition, &env) {
                Value::Bool(truth) if truth == *wanted => self.passing(inner, env),
                _ => Vec::new(),
            },
            Guard::For(head) => {
                let rounds = self.rounds(head, &env);
                rounds.into_iter().flat_map(|env| self.passing(inner, env)).collect()
            }
        }
    }

    /// What every round of a loop sees.
    pub(super) fn rounds(&mut self, head: &ForIr, env: &Env) -> Vec<Env> {
        let list = self.eval(&head.list, env);
        let mut rounds = Vec::new();
        for (key, value) in self.iterate(&list, head.list.at) {
            if !self.spend(1, head.list.at) {
                return Vec::new();
            }
            let locals = if head.pairs { env.locals.with(key).with(value) } else { env.locals.with(value) };
            let env = Env { this: env.this.clone(), locals };
            let taken = match &head.condition {
                Some(condition) => matches!(self.eval(condition, &env), Value::Bool(true)),
                None => true,
            };
            if taken {
                rounds.push(env);
            }
        }
        rounds
    }

    /// One writer a leaf: the strongest whole value, and the amendments over it.
    pub(super) fn resolve<'a>(&mut self, active: Vec<Active<'a>>, name: Symbol) -> Resolved<'a> {
        let mut resolved = Resolved { base: None, amends: Vec::new() };
        for write in active {
            let whole = !matches!(write.value, Written::Amend(_));
            let clash = match (&resolved.base, resolved.amends.last()) {
                (Some(base), _) if base.level == write.level => Some(base.at),
                (_, Some(amend)) if whole && amend.level == write.level => Some(amend.at),
                _ => None,
            };
            if let Some(first) = clash {
                self.report(written_twice(name, write.at, first));
                continue;
            }
            if whole {
                // A schema that says `f = ..` says that it replaces.
                let by_schema = write.at.decl.head(self.db).as_str().starts_with("schema ");
                if let Some(base) = &resolved.base
                    && !by_schema
                    && let Some(lost) = lost_fields(base, &resolved.amends, &write)
                {
                    self.report(dropped(name, &write, base.at, &lost));
                }
                resolved.amends.clear();
                resolved.base = Some(write);
            } else {
                resolved.amends.push(write);
            }
        }
        resolved
    }

    /// The value that a base and its amendments make.
    pub(super) fn combine(&mut self, resolved: Resolved<'_>, ty: &crate::ty::Ty) -> Value {
        let base = resolved.base.as_ref().map(|write| self.written(write));
        if resolved.amends.is_empty() {
            return base.unwrap_or(Value::Error);
        }
        match base {
            Some(Value::Error) => Value::Error,
            Some(Value::Instance(This::Placed(home))) => self.amended_reference(home, &resolved),
            Some(Value::Instance(This::Free(free))) => self.over((*free.object).clone(), &resolved.amends),
            Some(Value::Data(data)) => {
                let writes = amend_bodies(&resolved.amends);
                self.data_over(&data.shape, Some(&data), writes)
            }
            _ => self.amend_nothing(ty, &resolved.amends),
        }
    }

    /// Amendments of a field that has no value, or null: they make one of the field's own type.
    fn amend_nothing(&mut self, ty: &crate::ty::Ty, amends: &[Active<'_>]) -> Value {
        match crate::check::types::body_type(self.db, ty) {
            crate::check::types::BodyType::Schema(decl) => {
                let at = amends.last().map_or(At { decl, node: 0 }, |write| write.at);
                self.over(Object::new(self.db, decl, at), amends)
            }
            crate::check::types::BodyType::Data(_) => {
                let writes = amend_bodies(amends);
                self.data_over(&crate::check::types::shape(self.db, ty), None, writes)
            }
            crate::check::types::BodyType::None => Value::Error,
        }
    }

    fn amended_reference(&mut self, home: crate::keys::Home, resolved: &Resolved<'_>) -> Value {
        let Some(amend) = resolved.amends.first() else {
            return Value::Error;
        };
        let path = crate::keys::path_text(self.db, home);
        let message = format!("this would change `{path}`, which stands elsewhere");
        let mut diagnostic = Diagnostic::new(&rules::WRITE_COPY, amend.at, message)
            .help(format!("give the field an instance of its own: `{path} with {{ .. }}`"));
        if let Some(base) = &resolved.base {
            diagnostic = diagnostic.also(base.at, "the field refers to it here");
        }
        self.report(diagnostic)
    }

    /// An object with amendments as further layers, each level of theirs a level of its own.
    fn over(&mut self, mut object: Object, amends: &[Active<'_>]) -> Value {
        let below = object.above();
        for amend in amends {
            if let Written::Amend(body) = amend.value {
                object.at = amend.at;
                object.push(below + amend.level, body.clone(), amend.env.clone());
            }
        }
        self.free_instance(object)
    }

    /// The value of a whole write.
    pub(super) fn written(&mut self, write: &Active<'_>) -> Value {
        match write.value {
            Written::Value(ir) => self.eval(ir, &write.env),
            Written::Amend(_) => Value::Error,
            Written::Block(decl) => self.block(*decl, &write.env),
            Written::Entry(decl) => match &crate::check::checked(self.db, *decl).code {
                crate::check::CheckedCode::Value(ir) => self.eval(ir, &write.env),
                _ => Value::Error,
            },
        }
    }

    /// The instance that a named block opens.
    fn block(&mut self, decl: Decl, env: &Env) -> Value {
        let checked = crate::check::checked(self.db, decl);
        match (&checked.code, &checked.ty) {
            (crate::check::CheckedCode::Body(body), crate::ty::Ty::Schema(schema)) => {
                let own = Env { this: None, locals: env.locals.clone() };
                self.new_instance(*schema, body.clone(), own)
            }
            (crate::check::CheckedCode::Body(body), _) => self.data(body, 0, env),
            _ => Value::Error,
        }
    }

    /// What stands in a field or entry, with what follows from the place.
    pub(super) fn at_home(&mut self, value: Value, parent: &This, step: crate::keys::Step) -> Value {
        match value {
            Value::Data(_) | Value::List(_) => self.named_object(value, parent, step),
            Value::Instance(This::Free(_)) => self.settle(value, parent, step),
            other => other,
        }
    }

    /// Gives an instance without a home the one that its field or entry is.
    pub(super) fn settle(&mut self, value: Value, parent: &This, step: crate::keys::Step) -> Value {
        let Value::Instance(This::Free(free)) = &value else {
            return value;
        };
        match parent {
            This::Placed(home) => Value::Instance(This::Placed(crate::keys::home(self.db, Some(*home), step))),
            This::Free(_) => Value::Instance(This::Free(Arc::new(Free {
                object: free.object.clone(),
                parent: Some(parent.clone()),
                name: step.name(),
            }))),
        }
    }

    /// A rule's expressions see the instance itself, or what surrounds a body that is no block.
    pub(super) fn check_rules(&mut self, this: &This, object: &Object) {
        for layer in object.layers() {
            for check in &layer.body.checks {
                for env in self.passing(&check.guards, layer_env(layer, this)) {
                    self.check_rule(check, &env, object.at);
                }
            }
        }
    }

    fn check_rule(&mut self, check: &crate::ir::CheckIr, env: &Env, at: At) {
        if !matches!(self.eval(&check.condition, env), Value::Bool(false)) {
            return;
        }
        let message = match self.eval(&check.message, env) {
            Value::Text(text) => text.to_string(),
            _ => "a check of this instance does not hold".to_string(),
        };
        let diagnostic = Diagnostic::new(&rules::CHECK_FAILED, at, message).also(check.at, "this must hold");
        self.report(diagnostic);
    }

    /// The position of a local that an expression of this body introduces.
    pub(super) fn with_local(env: &Env, value: Value) -> Env {
        Env { this: env.this.clone(), locals: env.locals.with(value) }
    }

    /// Runs an expression of a body further out.
    pub(super) fn shifted(&mut self, this: &Ir, locals: u32, ir: &Ir, env: &Env) -> Value {
        let this = match self.eval(this, env) {
            Value::Instance(this) => Some(this),
            _ => None,
        };
        let outer = Env { this, locals: env.locals.first(locals) };
        self.eval(ir, &outer)
    }
}

/// The fields that a default writes out and that a value in its place does not.
fn lost_fields(base: &Active<'_>, amends: &[Active<'_>], new: &Active<'_>) -> Option<Vec<Symbol>> {
    let (Written::Value(old), Written::Value(new)) = (base.value, new.value) else {
        return None;
    };
    let (kind, old_body) = literal(old)?;
    let (new_kind, new_body) = literal(new)?;
    if kind != new_kind {
        return None;
    }
    let mut old_keys = old_body.keys();
    for amend in amends {
        if let Written::Amend(body) = amend.value {
            old_keys.extend(body.keys());
        }
    }
    let new_keys = new_body.keys();
    let same = |one: &Target, other: &Target| match (one, other) {
        (Target::Slot(one), Target::Slot(other)) => one == other,
        (Target::Key(one), Target::Key(other)) => one == other,
        _ => true,
    };
    let lost: Vec<Symbol> = old_keys
        .iter()
        .filter(|(target, _)| !new_keys.iter().any(|(other, _)| same(target, other)))
        .map(|(_, name)| *name)
        .collect();
    (!lost.is_empty()).then_some(lost)
}

fn dropped(name: Symbol, new: &Active<'_>, old: At, lost: &[Symbol]) -> Diagnostic<At> {
    let list: Vec<_> = lost.iter().map(|name| format!("`{name}`")).collect();
    let message = format!("this drops {} of the default of `{name}`", list.join(", "));
    Diagnostic::new(&rules::WRITE_DROPS_DEFAULT, new.at, message)
        .also(old, "the default")
        .help(format!("to keep the rest write `{name} {{ .. }}` without the colon"))
}

/// The bodies of amendments with what they see.
pub(super) fn amend_bodies(amends: &[Active<'_>]) -> Vec<(u32, Env, Arc<BodyIr>)> {
    let bodies = amends.iter().filter_map(|amend| match amend.value {
        Written::Amend(body) => Some((amend.level, amend.env.clone(), body.clone())),
        _ => None,
    });
    bodies.collect()
}

pub(super) fn written_twice(name: Symbol, second: At, first: At) -> Diagnostic<At> {
    Diagnostic::new(&rules::WRITE_TWICE, second, format!("`{name}` is written twice"))
        .label("written again here")
        .also(first, "first written here")
        .help("keep one of the two: a field has one writer")
}

/// An item of a key.
pub(super) fn entry(key: Symbol, value: Value, at: At) -> (Symbol, Item) {
    (key, Item { value, at })
}

/// Whether a target is a key of a record or map.
pub(super) fn is_key(target: &Target) -> bool {
    matches!(target, Target::Key(_))
}
