//! Checked expressions to values.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use super::body::{entry, is_key};
use super::{Evaluator, MAX_LENGTH, MAX_NESTING, MAX_WEIGHT};
use crate::check::{self, CheckedCode};
use crate::ir::{BodyIr, DataKind, ElementIr, Ir, IrKind, KeyIr, Target, Written};
use crate::keys::{At, Decl};
use crate::methods::{Host, MethodRef, Problem};
use crate::symbol::Symbol;
use crate::value::{Closure, Data, Env, Item, List, Measure, This, Value};

impl Evaluator<'_> {
    /// The value of an expression.
    pub fn eval(&mut self, ir: &Ir, env: &Env) -> Value {
        match &ir.kind {
            IrKind::Const(value) => value.clone(),
            IrKind::Local(position) => env.locals.get(*position).cloned().unwrap_or(Value::Error),
            IrKind::This => env.this.clone().map_or(Value::Error, Value::Instance),
            IrKind::Slot { base, slot, name, optional } => self.eval_slot(base, *slot, *name, *optional, ir.at, env),
            IrKind::Text(pieces) => self.eval_text(pieces, ir.at, env),
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
                _ => Value::Error,
            },
            IrKind::DataFile(file, ty) => self.data_file(*file, ty, at),
            IrKind::Global(decl) => self.eval_global(*decl),
            IrKind::Shifted(this, locals, ir) => self.shifted(this, *locals, ir, env),
            IrKind::Key { base, name, optional } => self.eval_key(base, *name, *optional, at, env),
            IrKind::Index(base, index) => self.eval_index(base, index, at, env),
            IrKind::Call(callee, args) => self.eval_call(callee, args, at, env),
            IrKind::Function(decl, args) => self.eval_function(*decl, args, env),
            IrKind::Method { method, receiver, args, optional } => {
                self.eval_method(*method, receiver, args, *optional, at, env)
            }
            IrKind::Convert(value, scalar) => match self.eval(value, env) {
                Value::Error => Value::Error,
                value => self.conversion(value, *scalar, at),
            },
            IrKind::Equal(one, other, negated) => {
                let (one, other) = (self.eval(one, env), self.eval(other, env));
                self.equals(one, other, *negated)
            }
            IrKind::All(base, schema) => match self.eval(base, env) {
                Value::Instance(this) => self.all(&this, *schema, at),
                Value::Collection(this, slot) => self.all_in_collection(&this, slot, *schema, at),
                _ => Value::Error,
            },
            IrKind::List(elements) => self.eval_list(elements, at, env),
            IrKind::Data(body, kind) => self.data_over(*kind, None, vec![(0, env.clone(), body.clone())]),
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
            IrKind::Coerce(value, ty) => match self.eval(value, env) {
                Value::Error => Value::Error,
                value => self.coerce(value, ty, value_place(ir)),
            },
            _ => self.eval_operator(ir, env),
        }
    }

    fn up(&mut self, base: Value, homes: u32) -> Value {
        let Value::Instance(mut this) = base else { return Value::Error };
        for _ in 0..homes {
            match self.parent(&this) {
                Some(parent) => this = parent,
                None => return Value::Error,
            }
        }
        Value::Instance(this)
    }

    /// `==`: instances that stand somewhere by their homes, others by what they say.
    fn equals(&mut self, one: Value, other: Value, negated: bool) -> Value {
        let (one, other) = (self.force_quietly(one), self.force_quietly(other));
        if one.is_error() || other.is_error() {
            return Value::Error;
        }
        Value::Bool(super::operator::equal(&one, &other) != negated)
    }

    fn data_file(&mut self, file: crate::keys::SourceFile, ty: &crate::ty::Ty, at: At) -> Value {
        let value = crate::import::data_value(self.db, file).value.clone();
        if value.is_error() {
            return value;
        }
        let reading = std::mem::replace(&mut self.reading, true);
        let root = At { decl: crate::keys::file_decl(self.db, file), node: 1 };
        _ = at;
        let value = self.coerce(value, ty, root);
        self.reading = reading;
        value
    }

    fn eval_global(&mut self, decl: Decl) -> Value {
        let checked = super::global(self.db, decl);
        checked.value.clone()
    }

    fn eval_slot(&mut self, base: &Ir, slot: u32, name: Symbol, optional: bool, at: At, env: &Env) -> Value {
        match self.eval(base, env) {
            Value::Null if optional => Value::Null,
            Value::Instance(this) => self.member(&this, slot, name, at),
            Value::Data(data) => data.get(name).map_or(Value::Null, |item| item.value.clone()),
            Value::Null => self.null_here(name, at),
            _ => Value::Error,
        }
    }

    /// A field of an instance; every instance has a `name` by its place, which a schema need not declare.
    pub(super) fn member(&mut self, this: &This, slot: u32, name: Symbol, at: At) -> Value {
        if slot == crate::schema::NAME_SLOT {
            return match self.name(this) {
                Some(name) => Value::text(name.as_str()),
                None => self.report(
                    Diagnostic::new(&rules::SCHEMA_WRONG_PLACE, at, "this instance has no name yet")
                        .help("an instance is called by its block; give it a place, or a field of its own"),
                ),
            };
        }
        let Some(object) = self.object(this) else { return Value::Error };
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
        let Some(object) = self.object(this) else { return Value::Error };
        let owner = crate::keys::decl_name(self.db, object.schema);
        let info = self.schema(object.schema);
        let near = domain::nearest(name.as_str(), info.fields.iter().map(|field| field.name.as_str()));
        let mut diagnostic =
            Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, at, format!("a `{owner}` has no `{name}`"));
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
                Some(item) => item.value.clone(),
                None if data.kind == DataKind::Record || optional => Value::Null,
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
                Some(item) => item.value.clone(),
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
        let Value::Function(closure) = callee else { return Value::Error };
        let mut locals = closure.env.locals.clone();
        for position in 0..closure.params as usize {
            locals = locals.with(args.get(position).cloned().unwrap_or(Value::Null));
        }
        let env = Env { this: closure.env.this.clone(), locals };
        self.eval(&closure.body.clone(), &env)
    }

    fn eval_function(&mut self, decl: Decl, args: &[Ir], env: &Env) -> Value {
        let CheckedCode::Value(body) = &check::checked(self.db, decl).code else { return Value::Error };
        let mut inner = Env::default();
        for arg in args {
            // A default may speak of the parameters before it.
            let here = if arg.at.decl == decl { &inner } else { env };
            let value = self.eval(arg, here);
            inner = Self::with_local(&inner, value);
        }
        self.eval(body, &inner)
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
            },
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
            (Some(text), _) => super::coerce::parse_scalar(scalar, &text),
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
        if self.exhausted && self.diagnostics.iter().any(|known| known.rule.code == rule.code) {
            return Value::Error;
        }
        let mut diagnostic = Diagnostic::new(rule, at, problem.message);
        if let Some(help) = problem.help {
            diagnostic = diagnostic.help(help);
        }
        self.report(diagnostic)
    }

    fn eval_with(&mut self, base: &Ir, body: &Arc<BodyIr>, at: At, env: &Env) -> Value {
        match self.eval(base, env) {
            Value::Instance(this) => self.amended(&this, body.clone(), captured(env), at),
            Value::Data(data) => self.data_over(data.kind, Some(&data), vec![(0, env.clone(), body.clone())]),
            Value::Error => Value::Error,
            other => {
                let message = format!("`with` changes instances and records, and this is {}", self.describe(&other));
                self.unfit(&rules::TYPE_MISMATCH, at, message)
            }
        }
    }

    fn eval_text(&mut self, pieces: &[Ir], at: At, env: &Env) -> Value {
        let mut text = String::new();
        for piece in pieces {
            let value = self.eval(piece, env);
            if !self.push_text(&value, &mut text, piece.at) {
                return Value::Error;
            }
            if text.len() > 64 << 20 {
                return self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, "this text grows over 64 MiB"));
            }
        }
        if !self.spend(1 + text.len() as u64 / 64, at) {
            return Value::Error;
        }
        Value::Text(text.into())
    }

    fn eval_list(&mut self, elements: &[ElementIr], at: At, env: &Env) -> Value {
        let mut items = Vec::with_capacity(elements.len());
        for element in elements {
            if !self.eval_element(element, env, &mut items, at) {
                return Value::Error;
            }
        }
        self.bounded(Value::List(Arc::new(List::new(items))), at)
    }

    /// A value, unless it is more than could ever be written out.
    pub(super) fn bounded(&mut self, value: Value, at: At) -> Value {
        let Measure { weight, depth } = Measure::of(&value);
        if weight <= MAX_WEIGHT && depth <= MAX_NESTING {
            return value;
        }
        let message = match weight > MAX_WEIGHT {
            true => format!("this value grows over {MAX_WEIGHT} values"),
            false => format!("this value nests deeper than {MAX_NESTING} levels"),
        };
        let help = "look for a value that contains another several times, again and again";
        self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, message).help(help))
    }

    fn eval_element(&mut self, element: &ElementIr, env: &Env, items: &mut Vec<Item>, at: At) -> bool {
        match element {
            ElementIr::Value(ir) => {
                let value = self.eval(ir, env);
                items.push(Item { value, at: ir.at });
            }
            ElementIr::Spread(ir) => {
                let list = self.eval(ir, env);
                for (_, value) in self.iterate(&list, ir.at) {
                    items.push(Item { value, at: ir.at });
                }
            }
            ElementIr::If(condition, then, otherwise) => match (self.eval(condition, env), otherwise) {
                (Value::Bool(true), _) => return self.eval_element(then, env, items, at),
                (Value::Bool(false), Some(otherwise)) => return self.eval_element(otherwise, env, items, at),
                _ => {}
            },
            ElementIr::For(head, element) => {
                for env in self.rounds(head, env) {
                    if !self.eval_element(element, &env, items, at) {
                        return false;
                    }
                }
            }
        }
        if items.len() > MAX_LENGTH {
            let message = format!("this list grows over {MAX_LENGTH} elements");
            self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, message));
            return false;
        }
        true
    }

    /// Keys and values of whatever a loop can go through.
    pub(super) fn iterate(&mut self, list: &Value, at: At) -> Vec<(Value, Value)> {
        let cost = match list {
            Value::List(items) => items.len() as u64,
            Value::Data(data) => data.entries.len() as u64,
            Value::IntRange(first, last) => last.saturating_sub(*first).clamp(0, MAX_LENGTH as i64) as u64,
            _ => 1,
        };
        if !self.spend(cost, at) {
            return Vec::new();
        }
        match list {
            Value::List(items) => {
                let pairs = items.iter().enumerate();
                pairs.map(|(index, item)| (Value::Int(index as i64), item.value.clone())).collect()
            }
            Value::Data(data) => {
                data.entries.iter().map(|(key, item)| (Value::text(key.as_str()), item.value.clone())).collect()
            }
            Value::Collection(this, slot) => {
                let entries = self.all_entries(this, *slot);
                entries.into_iter().map(|(name, value)| (Value::text(name.as_str()), value)).collect()
            }
            Value::IntRange(first, last) => self.iterate_range(*first, *last, at),
            Value::IpRange(range) => {
                if range.size() > MAX_LENGTH as u128 {
                    self.too_long(range.size(), at);
                    return Vec::new();
                }
                let size = range.size() as i64;
                let ips = (0..size).filter_map(|place| range.at(i128::from(place)).ok().map(|ip| (place, ip)));
                ips.map(|(place, ip)| (Value::Int(place), Value::Ip(ip))).collect()
            }
            Value::Error => Vec::new(),
            other => {
                let message = format!("{} has no elements to go through", self.describe(other));
                self.unfit(&rules::TYPE_NOT_A_COLLECTION, at, message);
                Vec::new()
            }
        }
    }

    fn iterate_range(&mut self, first: i64, last: i64, at: At) -> Vec<(Value, Value)> {
        let size = i128::from(last) - i128::from(first) + 1;
        if size > MAX_LENGTH as i128 {
            self.too_long(size as u128, at);
            return Vec::new();
        }
        (first..=last).enumerate().map(|(index, number)| (Value::Int(index as i64), Value::Int(number))).collect()
    }

    fn too_long(&mut self, size: u128, at: At) {
        let message = format!("this range has {size} elements; a loop goes through {MAX_LENGTH} at most");
        self.report(Diagnostic::new(&rules::EVAL_LIMIT, at, message));
    }

    /// A record or map: what was there, and what bodies write over it, the weakest first.
    pub(super) fn data_over(
        &mut self,
        kind: DataKind,
        base: Option<&Data>,
        bodies: Vec<(u32, Env, Arc<BodyIr>)>,
    ) -> Value {
        let mut entries: Vec<(Symbol, Item)> = base.map_or(Vec::new(), |data| data.entries.clone());
        let mut places: FxHashMap<Symbol, (usize, Option<(u32, bool)>)> = FxHashMap::default();
        for (index, (key, _)) in entries.iter().enumerate() {
            places.insert(*key, (index, None));
        }
        for (level, env, body) in &bodies {
            for write in &body.writes {
                for env in self.passing(&write.guards, env.clone()) {
                    if !self.write_data(write, *level, &env, kind, &mut entries, &mut places) {
                        return Value::Error;
                    }
                }
            }
        }
        if kind == DataKind::Record {
            entries.retain(|(_, item)| item.value != Value::Null);
        }
        let value = Value::Data(Arc::new(Data::new(kind, base.and_then(|data| data.schema), entries)));
        match bodies.last() {
            Some((_, _, body)) => self.bounded(value, body.at),
            None => value,
        }
    }

    fn write_data(
        &mut self,
        write: &crate::ir::Write,
        level: u32,
        env: &Env,
        kind: DataKind,
        entries: &mut Vec<(Symbol, Item)>,
        places: &mut FxHashMap<Symbol, (usize, Option<(u32, bool)>)>,
    ) -> bool {
        if !is_key(&write.target) {
            return self.spread_data(write, level, env, entries, places);
        }
        let Target::Key(key) = &write.target else { return true };
        let Some(name) = self.key(key, env) else { return true };
        let amends = matches!(write.value, Written::Amend(_));
        let known = places.get(&name).copied();
        if let Some((index, Some((before, amended)))) = known
            && before == level
            && !(amends && amended)
        {
            if let Some((_, item)) = entries.get(index) {
                self.report(super::body::written_twice(name, write.at, item.at));
            }
            return true;
        }
        let old = known.and_then(|(index, _)| entries.get(index)).map(|(_, item)| item.value.clone());
        let value = match &write.value {
            Written::Value(ir) => self.eval(ir, env),
            Written::Amend(body) => self.amend_data(old, kind, level, env, body, key),
            Written::Block(_) | Written::Entry(_) => {
                self.written(&super::body::Active { level, at: write.at, value: &write.value, env: env.clone() })
            }
        };
        match known {
            Some((index, _)) => {
                if let Some(slot) = entries.get_mut(index) {
                    slot.1 = Item { value, at: write.at };
                }
                places.insert(name, (index, Some((level, amends))));
            }
            None => {
                places.insert(name, (entries.len(), Some((level, amends))));
                entries.push(entry(name, value, write.at));
            }
        }
        entries.len() <= MAX_LENGTH
    }

    fn amend_data(
        &mut self,
        old: Option<Value>,
        kind: DataKind,
        level: u32,
        env: &Env,
        body: &Arc<BodyIr>,
        _key: &KeyIr,
    ) -> Value {
        let bodies = vec![(level, env.clone(), body.clone())];
        match old {
            Some(Value::Data(data)) => self.data_over(data.kind, Some(&data), bodies),
            Some(Value::Instance(this)) => self.amended(&this, body.clone(), env.clone(), body.at),
            _ => self.data_over(kind, None, bodies),
        }
    }

    fn spread_data(
        &mut self,
        write: &crate::ir::Write,
        level: u32,
        env: &Env,
        entries: &mut Vec<(Symbol, Item)>,
        places: &mut FxHashMap<Symbol, (usize, Option<(u32, bool)>)>,
    ) -> bool {
        let Written::Value(ir) = &write.value else { return true };
        let value = self.eval(ir, env);
        for (key, value) in self.iterate(&value, ir.at) {
            let Value::Text(key) = key else { continue };
            let name = Symbol::new(&key);
            match places.get(&name) {
                Some((index, Some(_))) => {
                    let first = entries.get(*index).map_or(write.at, |(_, item)| item.at);
                    self.report(super::body::written_twice(name, write.at, first));
                }
                Some((index, None)) => {
                    if let Some(slot) = entries.get_mut(*index) {
                        slot.1 = Item { value, at: write.at };
                    }
                }
                None => {
                    places.insert(name, (entries.len(), Some((level, false))));
                    entries.push(entry(name, value, write.at));
                }
            }
        }
        entries.len() <= MAX_LENGTH
    }
}

/// What the body of an instance literal sees: the instance around it is a local, since `self` is the new one.
fn captured(env: &Env) -> Env {
    let around = env.this.clone().map_or(Value::Null, Value::Instance);
    Env { this: None, locals: env.locals.with(around) }
}

/// Where the value that is converted was written, rather than where it goes.
fn value_place(ir: &Ir) -> At {
    match &ir.kind {
        IrKind::Coerce(inner, _) => inner.at,
        _ => ir.at,
    }
}

impl Host for Evaluator<'_> {
    fn call(&mut self, function: &Value, args: &[Value]) -> Value {
        self.call_value(function, args)
    }

    fn entries(&mut self, collection: &Value) -> Vec<(Symbol, Value)> {
        match collection {
            Value::Collection(this, slot) => self.all_entries(this, *slot),
            _ => Vec::new(),
        }
    }

    fn equal(&mut self, one: &Value, other: &Value) -> bool {
        let (one, other) = (self.force_quietly(one.clone()), self.force_quietly(other.clone()));
        super::operator::equal(&one, &other)
    }

    fn spend(&mut self, steps: u64) -> Result<(), Problem> {
        self.steps += steps;
        if self.steps > super::MAX_STEPS {
            self.exhausted = true;
            return Err(Problem::new("this takes more steps than any platform needs"));
        }
        Ok(())
    }

    fn text(&mut self, value: &Value) -> Result<String, Problem> {
        let mut text = String::new();
        match super::operator::write_text(value, &mut text) {
            true => Ok(text),
            false => Err(Problem::new("this value has no text")),
        }
    }

    fn data_text(&mut self, value: &Value, yaml: bool) -> Result<String, Problem> {
        let value = self.force(value.clone());
        Ok(crate::output::text(self.db, &value, yaml))
    }
}
