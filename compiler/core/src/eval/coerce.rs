//! Making a value be of a type, or saying why it can not: the one place where evaluation judges types.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use domain::Problem;
use rustc_hash::FxHashMap;

use super::scalar::{convert_scalar, literal_is, parse_scalar, scalar_is};
use super::{Evaluator, Reading};
use crate::check::types::expand;
use crate::ir::{BodyIr, DataKind, Ir, IrKind, Shape, Target, Write, Written};
use crate::keys::{At, Db, Decl};
use crate::schema::SlotKind;
use crate::symbol::Symbol;
use crate::ty::{RecordTy, Refined, Scalar, Ty, article, display};
use crate::value::{Data, Env, Item, List, This, Value};

/// Why a value is not of a type.
pub enum Misfit {
    /// It is of another type altogether.
    Type,
    /// Text of a data file can not be read as the type.
    Unread(Problem),
    /// It is of the type, but not well formed.
    Form(Problem),
    /// A refinement does not hold.
    Refinement(At, String),
    /// Said already.
    Said,
}

impl Evaluator<'_> {
    /// The value as one of this type, with what is wrong reported.
    pub(crate) fn coerce(&mut self, value: Value, ty: &Ty, at: At) -> Value {
        match self.convert(value.clone(), ty, at) {
            Ok(value) => value,
            Err(Misfit::Said) => Value::Error,
            Err(Misfit::Form(problem) | Misfit::Unread(problem)) => {
                let rule = match (&value, self.reading) {
                    (_, Reading::Data | Reading::Manifests) => &rules::TYPE_BAD_LITERAL,
                    (Value::Text(_), _) => &rules::TYPE_TEXT,
                    _ => &rules::TYPE_REFINEMENT,
                };
                let mut diagnostic = Diagnostic::new(rule, at, problem.message);
                if let Some(help) = problem.help {
                    diagnostic = diagnostic.help(help);
                }
                self.report(diagnostic)
            }
            Err(Misfit::Refinement(place, shown)) => {
                let due = display(self.db, ty);
                let message = format!("{shown} is not {}", article(&due));
                self.report(Diagnostic::new(&rules::TYPE_REFINEMENT, at, message).also(place, "this must hold of it"))
            }
            Err(Misfit::Type) => {
                let (due, found) = (display(self.db, ty), self.describe(&value));
                let message = format!("this must be {}, but is {found}", article(&due));
                self.report(Diagnostic::new(&rules::TYPE_MISMATCH, at, message))
            }
        }
    }

    /// The value as one of this type.
    pub(super) fn convert(&mut self, value: Value, ty: &Ty, at: At) -> Result<Value, Misfit> {
        if !self.glance() {
            return Err(Misfit::Said);
        }
        match ty {
            Ty::Error | Ty::Any => Ok(value),
            Ty::Alias(_) | Ty::Inferred(..) => self.convert(value, &expand(self.db, ty), at),
            Ty::Null if value == Value::Null => Ok(value),
            Ty::Scalar(scalar) => match &value {
                Value::Text(text) if self.reads(*scalar) => parse_scalar(*scalar, text).map_err(Misfit::Unread),
                _ => convert_scalar(value, *scalar),
            },
            Ty::Schema(decl) if matches!(value, Value::Data(_)) => self.read_instance(value, *decl, at),
            Ty::Literal(literal) if literal_is(literal, &value) => Ok(value),
            Ty::List(element) => self.convert_list(value, element, at),
            Ty::Keyed(key, element) => self.convert_keyed(value, *key, element),
            Ty::Map(key, element) => self.convert_map(value, key, element, at),
            Ty::Record(record) => self.convert_record(value, record, at),
            Ty::Union(members) => self.convert_union(value, members, at),
            Ty::Refined(refined) => self.convert_refined(value, refined, at),
            Ty::Function(_) if matches!(value, Value::Function(_)) => Ok(value),
            Ty::Schema(_) | Ty::Collection(_) if self.is_of(&value, ty) => Ok(value),
            Ty::Schema(decl) => self.instance_of_other(value, *decl, at),
            _ => Err(Misfit::Type),
        }
    }

    /// Whether it is plain that a value is of a type as it stands. What is made of such values is shared and not copied.
    fn fits(&mut self, value: &Value, ty: &Ty) -> bool {
        let fits = match ty {
            Ty::Any => true,
            Ty::Scalar(scalar) => scalar_is(*scalar, value),
            _ => false,
        };
        fits && self.glance()
    }

    /// Whether text is read as a value of a scalar type.
    fn reads(&self, scalar: Scalar) -> bool {
        match self.reading {
            Reading::Nothing => false,
            Reading::Data => !scalar.is_textual(),
            Reading::Manifests => {
                !scalar.is_textual() && !matches!(scalar, Scalar::Bool | Scalar::Int | Scalar::Float | Scalar::Port)
            }
        }
    }

    fn convert_list(&mut self, value: Value, element: &Ty, at: At) -> Result<Value, Misfit> {
        let items = match value {
            Value::List(items) if items.iter().all(|item| self.fits(&item.value, element)) => {
                return Ok(Value::List(items));
            }
            Value::List(items) => items,
            Value::Collection(this, slot) => {
                let values = self.all_entries(&this, slot).into_iter().map(|entry| entry.1).collect();
                return self.convert_list(Self::items(values, at), element, at);
            }
            Value::Data(data) if matches!(data.shape.kind, DataKind::Keyed(_)) => {
                Arc::new(List::new(data.entries.iter().map(|entry| entry.1.clone()).collect()))
            }
            _ => return Err(Misfit::Type),
        };
        let mut out = Vec::with_capacity(items.len());
        for item in items.iter() {
            let value = self.coerce_item(item, element);
            out.push(Item { value, at: item.at });
        }
        Ok(Value::List(Arc::new(List::new(out))))
    }

    fn coerce_item(&mut self, item: &Item, ty: &Ty) -> Value {
        match &item.value {
            Value::Error => Value::Error,
            value => self.coerce(value.clone(), ty, item.at),
        }
    }

    /// A list as one whose elements are known by a field: no two by the same.
    fn convert_keyed(&mut self, value: Value, key: Symbol, element: &Ty) -> Result<Value, Misfit> {
        let items = match value {
            Value::Data(data) => {
                let known = data.entries.iter().map(|(name, item)| {
                    let value = keyed_element(item.value.clone(), key, *name, item.at);
                    Item { value, at: item.at }
                });
                known.collect()
            }
            Value::List(items) => items.to_vec(),
            _ => return Err(Misfit::Type),
        };
        let mut entries: Vec<(Symbol, Item)> = Vec::with_capacity(items.len());
        let mut places: FxHashMap<Symbol, At> = FxHashMap::default();
        for item in &items {
            let value = self.coerce_item(item, element);
            let Some(name) = key_of(&value, key) else {
                if !value.is_error() {
                    self.keyless(key, element, item.at);
                }
                continue;
            };
            if let Some(first) = places.insert(name, item.at) {
                let message = format!("two elements of this list have the {key} `{name}`");
                self.report(
                    Diagnostic::new(&rules::WRITE_DUPLICATE_ENTRY, item.at, message)
                        .also(first, "the first stands here")
                        .help("rename one of them, or remove it"),
                );
                continue;
            }
            entries.push((name, Item { value, at: item.at }));
        }
        Ok(Value::Data(Arc::new(Data::new(Shape::of(DataKind::Keyed(key)), entries))))
    }

    /// An element that says nothing by which it could be known.
    fn keyless(&mut self, key: Symbol, element: &Ty, at: At) {
        let due = match expand(self.db, element) {
            Ty::Record(record) => record.field(key).map_or(Ty::Any, Ty::without_null),
            _ => Ty::Any,
        };
        let help = format!("add `{key}: ..`, a value of type `{}`", display(self.db, &due));
        self.report(Diagnostic::new(&rules::SCHEMA_MISSING_FIELD, at, format!("`{key}` is missing here")).help(help));
    }

    fn convert_map(&mut self, value: Value, key: &Ty, element: &Ty, at: At) -> Result<Value, Misfit> {
        let Value::Data(data) = value else {
            return Err(Misfit::Type);
        };
        let any_key = matches!(key, Ty::Any | Ty::Scalar(Scalar::String));
        if any_key && data.is_map() && data.entries.iter().all(|(_, item)| self.fits(&item.value, element)) {
            return Ok(Value::Data(data));
        }
        let mut entries = Vec::with_capacity(data.entries.len());
        for (name, item) in &data.entries {
            let place = if data.schema.is_some() { at } else { item.at };
            self.coerce(Value::name(*name), key, place);
            entries.push((*name, Item { value: self.coerce_item(item, element), at: item.at }));
        }
        Ok(Value::Data(Arc::new(Data::new(Shape::of(DataKind::Map), entries))))
    }

    fn convert_record(&mut self, value: Value, record: &Arc<RecordTy>, at: At) -> Result<Value, Misfit> {
        let data = match value {
            // Made as this type, its parts are of it.
            Value::Data(data) if data.shape.is_whole(record) => return Ok(Value::Data(data)),
            Value::Data(data) => data,
            Value::Instance(this) => return self.record_of(&this, record, at),
            _ => return Err(Misfit::Type),
        };
        let mut entries = Vec::with_capacity(data.entries.len());
        for (name, item) in &data.entries {
            let Some(ty) = record.field(*name) else {
                // The key of an entry of a data file is noted right before its value.
                let place = match self.reading {
                    Reading::Nothing => item.at,
                    _ => At { decl: item.at.decl, node: item.at.node.saturating_sub(1) },
                };
                self.unknown_key(*name, record, place);
                continue;
            };
            entries.push((*name, Item { value: self.coerce_item(item, ty), at: item.at }));
        }
        self.report_missing(&data, record, at);
        let shape = Shape { kind: DataKind::Record, record: Some(record.clone()), whole: true };
        Ok(Value::Data(Arc::new(Data::new(shape.into(), entries))))
    }

    fn report_missing(&mut self, data: &Data, record: &RecordTy, at: At) {
        for (name, optional, ty) in &record.fields {
            if !optional && !ty.has_null() && data.get(*name).is_none_or(|item| item.value == Value::Null) {
                let message = format!("`{name}` is missing here");
                let help = format!("add `{name}: ..`, a value of type `{}`", display(self.db, ty));
                self.report(Diagnostic::new(&rules::SCHEMA_MISSING_FIELD, at, message).help(help));
            }
        }
    }

    /// Whether records that several bodies wrote have all that their types ask for; each body may leave out what
    /// another one gives.
    pub(super) fn check_complete(&mut self, value: &Value, ty: &Ty, at: At) {
        match (value, ty) {
            (_, Ty::Alias(_)) if matches!(value, Value::Data(_) | Value::List(_)) => {
                self.check_complete(value, &expand(self.db, ty), at);
            }
            (Value::Data(data), Ty::Record(record)) => {
                if !data.shape.whole {
                    self.report_missing(data, record, at);
                }
                for (name, item) in &data.entries {
                    if let Some(ty) = record.field(*name) {
                        self.check_complete(&item.value, ty, item.at);
                    }
                }
            }
            (Value::Data(data), Ty::Map(_, element) | Ty::Keyed(_, element)) => {
                for (_, item) in &data.entries {
                    self.check_complete(&item.value, element, item.at);
                }
            }
            (Value::List(items), Ty::List(element)) => {
                for item in items.iter() {
                    self.check_complete(&item.value, element, item.at);
                }
            }
            (_, Ty::Refined(refined)) => self.check_complete(value, &refined.base, at),
            (Value::Data(_) | Value::List(_), Ty::Union(members)) => {
                let mut fitting = members.iter().filter(|member| **member != Ty::Null);
                if let (Some(only), None) = (fitting.next(), fitting.next()) {
                    self.check_complete(value, only, at);
                }
            }
            _ => {}
        }
    }

    /// A record of a data file as an instance of a schema.
    fn read_instance(&mut self, value: Value, decl: Decl, at: At) -> Result<Value, Misfit> {
        let Value::Data(data) = value else {
            return Err(Misfit::Type);
        };
        let info = self.schema(decl);
        let mut writes = Vec::new();
        for (name, item) in &data.entries {
            let key = At { decl: item.at.decl, node: item.at.node.saturating_sub(1) };
            let field = info.slot(*name).and_then(|slot| info.fields.get(slot as usize).map(|field| (slot, field)));
            match field {
                Some((slot, field)) if field.kind == SlotKind::Field => {
                    let value = self.coerce_item(item, &field.ty);
                    let ir = Ir { at: item.at, kind: IrKind::Const(value) };
                    writes.push(Write {
                        at: item.at,
                        guards: Arc::default(),
                        name: *name,
                        target: Target::Slot(slot),
                        value: Written::Value(ir),
                    });
                }
                _ => {
                    let fields = info.fields.iter().map(|field| (field.name, true, Ty::Any)).collect();
                    self.unknown_key(*name, &RecordTy { fields, ..RecordTy::default() }, key);
                }
            }
        }
        writes.sort_by_key(|write| write.target.slot());
        let body = Arc::new(BodyIr { writes, ..BodyIr::new(at, Shape::of(DataKind::Any)) });
        Ok(self.new_instance(decl, body, Env::default()))
    }

    /// An instance as one of an unrelated schema: its fields in a new instance.
    fn instance_of_other(&mut self, value: Value, decl: Decl, at: At) -> Result<Value, Misfit> {
        let Value::Instance(this) = &value else {
            return Err(Misfit::Type);
        };
        let Some(object) = self.object(this) else {
            return Err(Misfit::Said);
        };
        let info = self.schema(object.schema);
        let due = self.schema(decl);
        if info.fields.iter().any(|field| due.slot(field.name).is_none()) {
            return Err(Misfit::Type);
        }
        let mut entries = Vec::new();
        for (slot, field) in info.fields.iter().enumerate() {
            let value = self.slot(this, slot as u32, at);
            entries.push((field.name, Item { value, at }));
        }
        let data = Data::new(Shape::of(DataKind::Record), entries);
        self.read_instance(Value::Data(Arc::new(data)), decl, at)
    }

    /// The fields of an instance that a record type names.
    fn record_of(&mut self, this: &This, record: &Arc<RecordTy>, at: At) -> Result<Value, Misfit> {
        let Some(object) = self.object(this) else {
            return Err(Misfit::Said);
        };
        let info = self.schema(object.schema);
        let mut entries = Vec::new();
        for (name, optional, ty) in &record.fields {
            match info.slot(*name) {
                Some(slot) => {
                    let value = self.slot(this, slot, at);
                    let value = self.coerce_item(&Item { value, at }, ty);
                    entries.push((*name, Item { value, at }));
                }
                None if *optional => {}
                None => return Err(Misfit::Type),
            }
        }
        Ok(Value::Data(Arc::new(Data::new(Shape::record(record.clone()), entries))))
    }

    fn unknown_key(&mut self, name: Symbol, record: &RecordTy, at: At) {
        let known = record.fields.iter().map(|field| field.0.as_str());
        let mut diagnostic =
            Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, at, format!("there is no field `{name}` here"));
        if let Some(near) = domain::nearest(name.as_str(), known) {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.report(diagnostic);
    }

    fn convert_union(&mut self, value: Value, members: &[Ty], at: At) -> Result<Value, Misfit> {
        if let Some(member) = members.iter().find(|member| self.is_of(&value, member)) {
            let member = member.clone();
            return self.convert(value, &member, at);
        }
        let mut others = members.iter().filter(|member| **member != Ty::Null);
        if let (Some(only), None) = (others.next(), others.next()) {
            return self.convert(value, only, at);
        }
        let before = self.diagnostics.len();
        for member in members {
            match self.convert(value.clone(), member, at) {
                Ok(value) if self.diagnostics.len() == before => return Ok(value),
                _ => {}
            }
            self.forget(before);
        }
        Err(Misfit::Type)
    }

    fn convert_refined(&mut self, value: Value, refined: &Refined, at: At) -> Result<Value, Misfit> {
        let value = self.convert(value, &refined.base, at)?;
        if value.is_error() {
            return Ok(value);
        }
        let env = Self::with_local(&Env::default(), value.clone());
        match self.eval(&refined.predicate, &env) {
            Value::Bool(true) => Ok(value),
            Value::Bool(false) => Err(Misfit::Refinement(refined.at, self.describe(&value))),
            _ => Err(Misfit::Said),
        }
    }

    /// Whether a value is of a type as it stands.
    pub(super) fn is_of(&mut self, value: &Value, ty: &Ty) -> bool {
        match ty {
            _ if !self.glance() => false,
            Ty::Error | Ty::Any => true,
            Ty::Never => false,
            Ty::Null => *value == Value::Null,
            Ty::Alias(_) | Ty::Inferred(..) => {
                let ty = expand(self.db, ty);
                self.is_of(value, &ty)
            }
            Ty::Scalar(scalar) => scalar_is(*scalar, value),
            Ty::Literal(literal) => literal_is(literal, value),
            Ty::List(element) => match value {
                Value::List(items) => items.iter().all(|item| self.is_of(&item.value, element)),
                _ => false,
            },
            Ty::Keyed(key, element) => match value {
                Value::Data(data) => {
                    data.shape.kind == DataKind::Keyed(*key)
                        && data.entries.iter().all(|(_, item)| self.is_of(&item.value, element))
                }
                _ => false,
            },
            Ty::Map(_, element) => match value {
                Value::Data(data) => {
                    data.shape.kind != DataKind::Record
                        && data.entries.iter().all(|(_, item)| self.is_of(&item.value, element))
                }
                _ => false,
            },
            Ty::Record(record) => match value {
                Value::Data(data) => data.shape.is_whole(record) || self.is_record(data, record),
                _ => false,
            },
            Ty::Schema(wanted) => match value {
                Value::Instance(this) => {
                    let object = self.object(this);
                    object.is_some_and(|object| self.schema(object.schema).chain.contains(wanted))
                }
                _ => false,
            },
            Ty::Collection(_) => matches!(value, Value::Collection(..)),
            Ty::Union(members) => members.iter().any(|member| self.is_of(value, member)),
            Ty::Refined(refined) => {
                if !self.is_of(value, &refined.base) {
                    return false;
                }
                let env = Self::with_local(&Env::default(), value.clone());
                matches!(self.eval(&refined.predicate, &env), Value::Bool(true))
            }
            Ty::Function(_) => matches!(value, Value::Function(_)),
        }
    }

    fn is_record(&mut self, data: &Data, record: &RecordTy) -> bool {
        let fits = |evaluator: &mut Self, name: Symbol, item: &Item| match record.field(name) {
            Some(ty) => evaluator.is_of(&item.value, ty),
            None => false,
        };
        data.entries.iter().all(|(name, item)| fits(self, *name, item))
            && record.fields.iter().all(|(name, optional, _)| *optional || data.get(*name).is_some())
    }

    /// What a value is, in a message.
    pub(super) fn describe(&self, value: &Value) -> String {
        match value {
            Value::Error => "an error".into(),
            Value::Null => "null".into(),
            Value::Text(text) if text.len() <= 40 => format!("the text {text:?}"),
            Value::Text(_) => "a text".into(),
            Value::List(items) => format!("a list of {}", items.len()),
            Value::Data(data) if data.shape.kind == DataKind::Record => "a record".into(),
            Value::Data(data) if matches!(data.shape.kind, DataKind::Keyed(_)) => "a list".into(),
            Value::Data(_) => "a map".into(),
            Value::Instance(this) => match self.object(this) {
                Some(object) => format!("a `{}`", crate::keys::decl_name(self.db, object.schema)),
                None => "an instance".into(),
            },
            Value::Collection(..) => "a collection".into(),
            Value::Function(_) => "a function".into(),
            other => {
                let mut text = String::new();
                super::operator::write_text(other, &mut text);
                format!("`{text}`")
            }
        }
    }
}

/// The text of the field by which an element of a keyed list is known.
fn key_of(element: &Value, key: Symbol) -> Option<Symbol> {
    let Value::Data(data) = element else {
        return None;
    };
    let mut text = String::new();
    super::operator::write_text(&data.get(key)?.value, &mut text);
    Some(Symbol::new(&text))
}

/// An element of a keyed list with its key in it.
pub(super) fn keyed_element(element: Value, key: Symbol, name: Symbol, at: At) -> Value {
    match element {
        Value::Data(data) if data.get(key).is_none_or(|item| item.value == Value::Null) => {
            let mut entries: Vec<_> = data.entries.iter().filter(|entry| entry.0 != key).cloned().collect();
            entries.push((key, Item { value: Value::name(name), at }));
            Value::Data(Arc::new(Data::new(data.shape.clone(), entries)))
        }
        other => other,
    }
}

/// Whether a union has a member that values of a schema fit.
pub fn has_schema(db: &dyn Db, ty: &Ty) -> bool {
    match expand(db, ty) {
        Ty::Schema(_) => true,
        Ty::Union(members) => members.iter().any(|member| has_schema(db, member)),
        _ => false,
    }
}
