//! Checked expressions to values.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::{Cell, Evaluator, Reading, write_text};
use crate::check::{self, CheckedCode};
use crate::ir::{BodyIr, DataKind, Ir, IrKind};
use crate::keys::{At, Decl};
use crate::methods::{MethodRef, Problem};
use crate::symbol::Symbol;
use crate::value::{Closure, Data, Env, Item, This, Value};

/// How long few texts are that are put together.
const USUAL_TEXT: usize = 128;

impl Evaluator<'_> {
    /// The value of an expression.
    pub fn eval(&mut self, ir: &Ir, env: &Env) -> Value {
        match &ir.kind {
            IrKind::Const(value) => value.clone(),
            IrKind::Auto => self.chosen(ir.at),
            IrKind::Local(position) => env.locals.get(*position).cloned().unwrap_or(Value::Error),
            IrKind::This => env.this.clone().map_or(Value::Error, Value::Instance),
            IrKind::Slot { base, slot, name, optional } => self.eval_slot(base, *slot, *name, *optional, ir.at, env),
            IrKind::Text(pieces) => self.eval_text(pieces, ir.at, env),
            IrKind::Global(decl) => self.eval_global(*decl),
            _ if !self.spend(1, ir.at) => Value::Error,
            _ => self.deeper(ir.at, |evaluator| evaluator.eval_more(ir, env)),
        }
    }

    fn eval_more(&mut self, ir: &Ir, env: &Env) -> Value {
        let at = ir.at;
        match &ir.kind {
            IrKind::Up(base, homes) => {
                let base = self.eval(base, env);
                self.up(base, *homes)
            }
            IrKind::Enclosing(base, schema) => match self.eval(base, env) {
                Value::Instance(this) => self.enclosing(&this, *schema, at),
                Value::Null => Value::Null,
                _ => Value::Error,
            },
            IrKind::DataFile(file, ty) => self.data_file(*file, ty, at),
            IrKind::Shifted(this, locals, ir) => self.shifted(this, *locals, ir, env),
            IrKind::Key { base, name, optional } => self.eval_key(base, *name, *optional, at, env),
            IrKind::Index(base, index) => self.eval_index(base, index, at, env),
            IrKind::Call(callee, args) => self.eval_call(callee, args, at, env),
            IrKind::Function(decl, args) => self.eval_function(*decl, args, env),
            IrKind::Method { method, receiver, args, optional } => {
                self.eval_method(*method, receiver, args, *optional, at, env)
            }
            IrKind::Property(property, args) => self.property(*property, args, env, at),
            IrKind::Convert(value, scalar) => match self.eval(value, env) {
                Value::Error => Value::Error,
                value => self.conversion(value, *scalar, at),
            },
            IrKind::Equal(one, other, negated) => {
                let (one, other) = (self.eval(one, env), self.eval(other, env));
                self.equals(one, other, *negated, at)
            }
            IrKind::All(base, schema) => match self.eval(base, env) {
                Value::Instance(this) => self.all(&this, *schema, at),
                Value::Collection(this, slot) => self.all_in_collection(&this, slot, *schema, at),
                _ => Value::Error,
            },
            IrKind::Objects(base, outside) => match self.eval(base, env) {
                Value::Instance(This::Placed(home)) => self.objects(home, outside, at),
                Value::Instance(This::Free(_)) => Value::list(Vec::new(), at),
                _ => Value::Error,
            },
            IrKind::List(elements) => self.eval_list(elements, at, env),
            IrKind::Data(body) => self.data(body, 0, env),
            IrKind::Instance(schema, body) => self.new_instance(*schema, body.clone(), captured(env)),
            IrKind::With(base, body) => self.eval_with(base, body, at, env),
            IrKind::If(condition, then, otherwise) => match self.eval(condition, env) {
                Value::Bool(true) => self.eval(then, env),
                Value::Bool(false) => self.eval(otherwise, env),
                _ => Value::Error,
            },
            IrKind::Match(value, arms) => {
                let value = self.eval(value, env);
                if value.is_error() {
                    return Value::Error;
                }
                let arm = arms.iter().find(|arm| match &arm.types {
                    Some(types) => types.iter().any(|ty| self.is_of(&value, ty)),
                    None => true,
                });
                arm.map_or(Value::Error, |arm| self.eval(&arm.value, env))
            }
            IrKind::Is(value, ty, negated) => match self.eval(value, env) {
                Value::Error => Value::Error,
                value => Value::Bool(self.is_of(&value, ty) != *negated),
            },
            IrKind::Lambda(params, body) => {
                let closure = Closure { params: *params, body: body.clone(), env: env.clone() };
                self.bounded(Value::Function(Arc::new(closure)), at)
            }
            IrKind::Coerce(value, ty) => match self.datum(value) {
                Some(item) => self.read(item, ty),
                None => match self.eval(value, env) {
                    Value::Error => Value::Error,
                    value => self.coerce(value, ty, value_place(ir)),
                },
            },
            _ => self.eval_operator(ir, env),
        }
    }

    fn up(&mut self, base: Value, homes: u32) -> Value {
        let Value::Instance(mut this) = base else {
            return Value::Error;
        };
        for _ in 0..homes {
            match self.parent(&this) {
                Some(parent) => this = parent,
                None => return Value::Error,
            }
        }
        Value::Instance(this)
    }

    /// `==`: instances that stand somewhere by their homes, others by what they say.
    fn equals(&mut self, one: Value, other: Value, negated: bool, at: At) -> Value {
        if !self.spend_on(&[&one, &other], at) {
            return Value::Error;
        }
        let (one, other) = (self.force_quietly(one), self.force_quietly(other));
        if one.is_error() || other.is_error() {
            return Value::Error;
        }
        Value::Bool(super::operator::equal(&one, &other) != negated)
    }

    fn data_file(&mut self, file: crate::keys::SourceFile, ty: &crate::ty::Ty, at: At) -> Value {
        let value = crate::import::data_value(self.db, file).value.clone();
        _ = at;
        self.read(Item { value, at: root_of(self.db, file) }, ty)
    }

    /// What a data file says, read by a type.
    fn read(&mut self, item: Item, ty: &crate::ty::Ty) -> Value {
        if item.value.is_error() {
            return item.value;
        }
        let kind = match crate::import::is_of_kubernetes(self.db, item.at.decl.file(self.db)) {
            true => Reading::Manifests,
            false => Reading::Data,
        };
        let reading = std::mem::replace(&mut self.reading, kind);
        let value = self.coerce(item.value, ty, item.at);
        self.reading = reading;
        value
    }

    /// A part of a data file that no type was said for: `rows[3].items`. It is read where one is due, and stands where
    /// the file has it.
    fn datum(&self, ir: &Ir) -> Option<Item> {
        match &ir.kind {
            IrKind::DataFile(file, ty) if **ty == crate::ty::Ty::Any => {
                let value = crate::import::data_value(self.db, *file).value.clone();
                Some(Item { value, at: root_of(self.db, *file) })
            }
            IrKind::Index(base, index) => match (self.datum(base)?.value, &index.kind) {
                (Value::List(items), IrKind::Const(Value::Int(number))) => {
                    items.get(usize::try_from(*number).ok()?).cloned()
                }
                _ => None,
            },
            IrKind::Key { base, name, .. } => match self.datum(base)?.value {
                Value::Data(data) => data.get(*name).cloned(),
                _ => None,
            },
            _ => None,
        }
    }

    fn eval_global(&mut self, decl: Decl) -> Value {
        if self.trace.is_some() {
            return self.traced_global(decl);
        }
        if self.origin.is_some() {
            self.observed_let(decl);
        }
        let db = self.db;
        self.globals.entry(decl).or_insert_with(|| &super::global(db, decl).value).clone()
    }

    /// A value that is known already, and need not be copied to be looked at.
    fn at_hand<'a>(&'a self, ir: &'a Ir, env: &'a Env) -> Option<&'a Value> {
        match &ir.kind {
            IrKind::Const(value) => Some(value),
            IrKind::Local(position) => env.locals.get(*position),
            IrKind::Global(decl) if self.trace.is_none() && self.origin.is_none() => self.globals.get(decl).copied(),
            IrKind::Slot { base, slot, name, .. } => self.known_own(base, *slot, *name, env),
            _ => None,
        }
    }

    /// A field of the instance that the query is about, or its name, if it is known already.
    fn known_own(&self, base: &Ir, slot: u32, name: Symbol, env: &Env) -> Option<&Value> {
        let current = self.current.as_ref().filter(|_| self.origin.is_none())?;
        match (&base.kind, &env.this) {
            (IrKind::This, Some(This::Placed(home))) if *home == current.home => {}
            _ => return None,
        }
        if slot == crate::schema::NAME_SLOT {
            return current.name.get_or_init(|| current.home.step(self.db).name().map(Value::name)).as_ref();
        }
        let same = current.info.fields.get(slot as usize).is_some_and(|field| field.name == name);
        match current.cells.get(slot as usize) {
            Some(Cell::Done(value)) if same => Some(value),
            _ => None,
        }
    }

    fn eval_slot(&mut self, base: &Ir, slot: u32, name: Symbol, optional: bool, at: At, env: &Env) -> Value {
        if let Some(value) = self.known_own(base, slot, name, env) {
            return value.clone();
        }
        match self.eval(base, env) {
            Value::Null if optional => Value::Null,
            Value::Instance(this) => self.member(&this, slot, name, at),
            Value::Data(data) => data.get(name).map_or(Value::Null, |item| self.part(name, item)),
            Value::Null => self.null_here(name, at),
            _ => Value::Error,
        }
    }

    /// A field of an instance; every instance has a `name` by its place, which a schema need not declare.
    pub(super) fn member(&mut self, this: &This, slot: u32, name: Symbol, at: At) -> Value {
        if slot == crate::schema::NAME_SLOT {
            if self.origin.is_some() {
                self.observed_name(this);
            }
            return match self.name(this) {
                Some(name) => Value::name(name),
                None => self.report(
                    Diagnostic::new(&rules::SCHEMA_WRONG_PLACE, at, "this instance has no name yet")
                        .help("an instance is called by its block; give it a place, or a field of its own"),
                ),
            };
        }
        let Some(object) = self.object(this) else {
            return Value::Error;
        };
        // The place may have changed under `with`: the field is looked for by its name where the slot is another's.
        let info = self.schema(object.schema);
        let slot = match info.fields.get(slot as usize) {
            Some(field) if field.name == name => Some(slot),
            _ => info.slot(name),
        };
        match slot {
            Some(slot) => self.slot(this, slot, at),
            None => self.no_member(this, name, at),
        }
    }

    fn no_member(&mut self, this: &This, name: Symbol, at: At) -> Value {
        let Some(object) = self.object(this) else {
            return Value::Error;
        };
        let owner = crate::keys::decl_name(self.db, object.schema);
        let info = self.schema(object.schema);
        let near = domain::nearest(name.as_str(), info.fields.iter().map(|field| field.name.as_str()));
        let mut diagnostic = Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, at, format!("a `{owner}` has no `{name}`"));
        if let Some(near) = near {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.report(diagnostic)
    }

    fn null_here(&mut self, name: Symbol, at: At) -> Value {
        self.report(
            Diagnostic::new(&rules::TYPE_MAYBE_NULL, at, format!("`{name}` is asked of null"))
                .help(format!("write `?.{name}`, or make sure that there is a value")),
        )
    }

    fn eval_key(&mut self, base: &Ir, name: Symbol, optional: bool, at: At, env: &Env) -> Value {
        match self.eval(base, env) {
            Value::Null if optional => Value::Null,
            Value::Null => self.null_here(name, at),
            Value::Data(data) => match data.get(name) {
                Some(item) => self.part(name, item),
                None if data.shape.kind == DataKind::Record || optional => Value::Null,
                None => self.no_key(&data, name, at),
            },
            Value::Instance(this) => self.member(&this, u32::MAX, name, at),
            Value::Collection(this, slot) => self.eval_entry(&this, slot, name, at),
            Value::Error => Value::Error,
            other => {
                let message = format!("{} has no `{name}`", self.describe(&other));
                self.unfit(&rules::TYPE_MISMATCH, at, message)
            }
        }
    }

    /// The value of a key.
    fn part(&mut self, name: Symbol, item: &Item) -> Value {
        if self.origin.is_some() {
            self.observed_part(name, item.at);
        }
        item.value.clone()
    }

    fn no_key(&mut self, data: &Data, name: Symbol, at: At) -> Value {
        let near = domain::nearest(name.as_str(), data.entries.iter().map(|entry| entry.0.as_str()));
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None => format!("ask with `.get({:?})` where it may be absent", name.as_str()),
        };
        self.report(Diagnostic::new(&rules::EVAL_MISSING_ENTRY, at, format!("there is no key `{name}`")).help(help))
    }

    fn eval_entry(&mut self, this: &This, slot: u32, name: Symbol, at: At) -> Value {
        if let Some(value) = self.entry(this, slot, name) {
            return value;
        }
        let names = self.names(this, slot);
        let known = names.list.iter().map(|entry| entry.0.as_str());
        let near = domain::nearest(name.as_str(), known);
        let word = self.collection_name(this, slot);
        let help = match near {
            Some(near) => format!("did you mean `{near}`?"),
            None if names.list.is_empty() => format!("there is no `{word}` at all"),
            None => {
                let list: Vec<_> = names.list.iter().take(8).map(|entry| format!("`{}`", entry.0)).collect();
                format!("there is {}", list.join(", "))
            }
        };
        let message = format!("there is no `{word}` called `{name}`");
        let mut diagnostic = Diagnostic::new(&rules::EVAL_MISSING_ENTRY, at, message).help(help);
        if let Some(place) = near.and_then(|near| names.get(Symbol::new(near))).and_then(|info| info.at()) {
            diagnostic = diagnostic.also(place, "the nearest name");
        }
        self.report(diagnostic)
    }

    pub(super) fn collection_name(&self, this: &This, slot: u32) -> Symbol {
        let name = self.object(this).and_then(|object| {
            let info = self.schema(object.schema);
            info.fields.get(slot as usize).map(|field| field.name)
        });
        name.unwrap_or_else(|| Symbol::new("entry"))
    }

    fn eval_index(&mut self, base: &Ir, index: &Ir, at: At, env: &Env) -> Value {
        let base = self.eval(base, env);
        let index_at = index.at;
        let index = self.eval(index, env);
        match (&base, &index) {
            (Value::Error, _) | (_, Value::Error) => Value::Error,
            (Value::List(items), Value::Int(number)) => {
                match usize::try_from(*number).ok().and_then(|number| items.get(number)) {
                    Some(item) => item.value.clone(),
                    None => self.outside(*number, items.len(), index_at),
                }
            }
            (Value::Data(data), Value::Text(key)) => match data.get(Symbol::new(key)) {
                Some(item) => self.part(Symbol::new(key), item),
                None => self.no_key(data, Symbol::new(key), at),
            },
            (Value::Collection(this, slot), Value::Text(key)) => self.eval_entry(this, *slot, Symbol::new(key), at),
            (base, index) => {
                let message = format!("{} has no element {}", self.describe(base), self.describe(index));
                self.unfit(&rules::TYPE_MISMATCH, at, message)
            }
        }
    }

    fn outside(&mut self, number: i64, length: usize, at: At) -> Value {
        let message = format!("there is no element {number} in a list of {length}");
        self.report(Diagnostic::new(&rules::EVAL_INDEX, at, message).help("elements are counted from 0"))
    }

    fn eval_call(&mut self, callee: &Ir, args: &[Ir], at: At, env: &Env) -> Value {
        let callee = self.eval(callee, env);
        let args: Vec<Value> = args.iter().map(|arg| self.eval(arg, env)).collect();
        if !matches!(callee, Value::Function(_) | Value::Error) {
            let message = format!("{} can not be called", self.describe(&callee));
            return self.unfit(&rules::TYPE_NOT_CALLABLE, at, message);
        }
        self.call_value(&callee, &args)
    }

    pub(super) fn call_value(&mut self, callee: &Value, args: &[Value]) -> Value {
        let Value::Function(closure) = callee else {
            return Value::Error;
        };
        let mut locals = closure.env.locals.clone();
        for position in 0..closure.params as usize {
            locals = locals.with(args.get(position).cloned().unwrap_or(Value::Null));
        }
        let env = Env { this: closure.env.this.clone(), locals };
        self.eval(&closure.body.clone(), &env)
    }

    fn eval_function(&mut self, decl: Decl, args: &[Ir], env: &Env) -> Value {
        let CheckedCode::Value(body) = &check::checked(self.db, decl).code else {
            return Value::Error;
        };
        let mut inner = Env::default();
        for arg in args {
            // A default may speak of the parameters before it.
            let here = if arg.at.decl == decl { &inner } else { env };
            let value = self.eval(arg, here);
            inner = Self::with_local(&inner, value);
        }
        match self.eval(body, &inner) {
            Value::Instance(_) if super::brought::is_too_much(self.db, decl) => Value::Error,
            value => value,
        }
    }

    fn eval_method(
        &mut self,
        method: MethodRef,
        receiver: &Ir,
        args: &[Ir],
        optional: bool,
        at: At,
        env: &Env,
    ) -> Value {
        let receiver = self.eval(receiver, env);
        match &receiver {
            Value::Error => return Value::Error,
            Value::Null if optional => return Value::Null,
            _ => {}
        }
        let args: Vec<Value> = args.iter().map(|arg| self.eval(arg, env)).collect();
        if args.iter().any(Value::is_error) {
            return Value::Error;
        }
        match method.0.call(self, &receiver, &args, at) {
            Ok(value) => self.bounded(value, at),
            Err(problem) => {
                let rule = method.0.rule(&problem);
                self.method_problem(problem, rule, at)
            }
        }
    }

    /// `Ip(x)`: text is read, and other values are made fit; text of anything is its text.
    fn conversion(&mut self, value: Value, scalar: crate::ty::Scalar, at: At) -> Value {
        let text = match &value {
            Value::Text(text) => Some(text.to_string()),
            other if scalar.is_textual() => {
                let mut text = String::new();
                super::write_text(other, &mut text).then_some(text)
            }
            _ => None,
        };
        let converted = match (text, &value) {
            (Some(text), _) => super::scalar::parse_scalar(scalar, &text),
            (None, Value::Float(number)) if scalar == crate::ty::Scalar::Int => {
                let whole = number.0.trunc();
                match whole.abs() < 9.0e18 {
                    true => Ok(Value::Int(whole as i64)),
                    false => Err(Problem::new("the number is too large for an Int (64 bits)")),
                }
            }
            (None, _) => return self.coerce(value, &crate::ty::Ty::Scalar(scalar), at),
        };
        match converted {
            Ok(value) => value,
            Err(problem) => self.method_problem(problem, &rules::EVAL_CONVERSION, at),
        }
    }

    fn method_problem(&mut self, problem: Problem, rule: &'static diagnostics::Rule, at: At) -> Value {
        let rule = if self.exhausted { &rules::EVAL_LIMIT } else { rule };
        let mut diagnostic = Diagnostic::new(rule, at, problem.message);
        if let Some(help) = problem.help {
            diagnostic = diagnostic.help(help);
        }
        self.report(diagnostic)
    }

    fn eval_with(&mut self, base: &Ir, body: &Arc<BodyIr>, at: At, env: &Env) -> Value {
        match self.eval(base, env) {
            Value::Instance(this) => self.amended(&this, body.clone(), captured(env), at),
            Value::Data(data) => self.data_over(&data.shape, Some(&data), vec![(0, env.clone(), body.clone())]),
            Value::Error => Value::Error,
            other => {
                let message = format!("`with` changes instances and records, and this is {}", self.describe(&other));
                self.unfit(&rules::TYPE_MISMATCH, at, message)
            }
        }
    }

    fn eval_text(&mut self, pieces: &[Ir], at: At, env: &Env) -> Value {
        let mut text = self.buffers.pop().unwrap_or_else(|| String::with_capacity(USUAL_TEXT));
        let value = self.text_of(pieces, at, env, &mut text);
        text.clear();
        self.buffers.push(text);
        value
    }

    fn text_of(&mut self, pieces: &[Ir], at: At, env: &Env, text: &mut String) -> Value {
        for piece in pieces {
            if !self.at_hand(piece, env).is_some_and(|value| write_text(value, text)) {
                let value = self.eval(piece, env);
                if !self.push_text(&value, text, piece.at) {
                    return Value::Error;
                }
            }
            if text.len() > 64 << 20 {
                return self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, "this text grows over 64 MiB"));
            }
        }
        if !self.spend(1 + text.len() as u64 / 64, at) {
            return Value::Error;
        }
        Value::Text(text.as_str().into())
    }
}

/// What the body of an instance literal sees: the instance around it is a local, since `self` is the new one.
fn captured(env: &Env) -> Env {
    let around = env.this.clone().map_or(Value::Null, Value::Instance);
    Env { this: None, locals: env.locals.with(around) }
}

/// Where the value that is converted was written, rather than where it goes.
/// Where the value of a data file stands.
fn root_of(db: &dyn crate::keys::Db, file: crate::keys::SourceFile) -> At {
    At { decl: crate::keys::file_decl(db, file), node: 1 }
}

fn value_place(ir: &Ir) -> At {
    match &ir.kind {
        IrKind::Coerce(inner, _) => inner.at,
        _ => ir.at,
    }
}
