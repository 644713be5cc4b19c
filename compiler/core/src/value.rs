//! Values, as evaluation makes and passes them.
//!
//! A value is plain data, an instance by reference, or code with what it captured. Values are compared whole: the
//! database keeps what depends on a value that came out the same.

use std::fmt;
use std::sync::{Arc, OnceLock};

use domain::{Bytes, Cidr, Cpu, Duration, Ip, IpRange, Mac, PortRange};
use rustc_hash::FxHashMap;

use crate::ir::{DataKind, Ir, Shape};
use crate::keys::{At, Decl, Home};
use crate::layers::Object;
use crate::symbol::{NAMES, Symbol};
use crate::ty::ObjectKind;

/// A value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// Something wrong was said elsewhere.
    Error,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// A number.
    Float(Float),
    /// Text of any textual type.
    Text(Arc<str>),
    /// An address.
    Ip(Ip),
    /// A network.
    Cidr(Cidr),
    /// A range of addresses.
    IpRange(Arc<IpRange>),
    /// A range of whole numbers.
    IntRange(i64, i64),
    /// A hardware address.
    Mac(Mac),
    /// A range of ports.
    PortRange(PortRange),
    /// An amount of processor time.
    Cpu(Cpu),
    /// An amount of memory or disk.
    Bytes(Bytes),
    /// A span of time.
    Duration(Duration),
    /// `[..]`
    List(Arc<List>),
    /// A record or map.
    Data(Arc<Data>),
    /// An instance of a schema.
    Instance(This),
    /// A keyed collection: a slot of an instance.
    Collection(This, u32),
    /// A function.
    Function(Arc<Closure>),
}

/// A number that is compared bit by bit, so that values have an equality.
#[derive(Clone, Copy, Debug)]
pub struct Float(pub f64);

impl PartialEq for Float {
    fn eq(&self, other: &Float) -> bool {
        self.0.total_cmp(&other.0).is_eq()
    }
}

impl Eq for Float {}

impl fmt::Display for Float {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_finite() && self.0.fract() == 0.0 && self.0.abs() < 1e15 {
            write!(f, "{:.1}", self.0)
        } else {
            write!(f, "{}", self.0)
        }
    }
}

/// A value and where it was written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Item {
    /// The value.
    pub value: Value,
    /// Where.
    pub at: At,
}

/// How many bytes of text weigh as much as a value.
const TEXT_A_VALUE: usize = 64;

/// How much a value is, written out: how many values, and how deep they nest. Long texts count as several values.
///
/// Values share their parts, so that a few lines can name more than any machine can write. The measure is kept with
/// every list, record and map, and evaluation refuses what exceeds its limits.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Measure {
    /// How many values there are.
    pub weight: u64,
    /// How deep they nest.
    pub depth: u32,
    /// Whether an error is among them.
    pub has_error: bool,
    /// Whether instances or collections are among them that are not written out as data.
    pub unwritten: bool,
}

impl Measure {
    /// Of one value.
    pub fn of(value: &Value) -> Measure {
        match value {
            Value::List(list) => list.measure,
            Value::Data(data) => data.measure,
            Value::Instance(This::Free(free)) => Measure { depth: free.depth(), unwritten: true, ..ONE },
            Value::Collection(..) => Measure { unwritten: true, ..ONE },
            Value::Function(closure) => Measure { depth: closure.env.depth() + 1, ..ONE },
            Value::Text(text) => Measure { weight: 1 + (text.len() / TEXT_A_VALUE) as u64, ..ONE },
            Value::Error => Measure { has_error: true, ..ONE },
            _ => ONE,
        }
    }

    /// Of a whole of these parts.
    fn around<'a>(parts: impl Iterator<Item = &'a Value>) -> Measure {
        let mut whole = Measure { depth: 1, ..ONE };
        for part in parts {
            let part = Measure::of(part);
            whole.weight = whole.weight.saturating_add(part.weight);
            whole.depth = whole.depth.max(part.depth.saturating_add(1));
            whole.has_error |= part.has_error;
            whole.unwritten |= part.unwritten;
        }
        whole
    }
}

/// Of a value without parts.
const ONE: Measure = Measure { weight: 1, depth: 0, has_error: false, unwritten: false };

/// A list.
#[derive(PartialEq, Eq, Debug)]
pub struct List {
    items: Box<[Item]>,
    measure: Measure,
}

impl List {
    /// A list of these.
    pub fn new(items: Vec<Item>) -> List {
        let measure = Measure::around(items.iter().map(|item| &item.value));
        List { items: items.into(), measure }
    }
}

impl std::ops::Deref for List {
    type Target = [Item];

    fn deref(&self) -> &[Item] {
        &self.items
    }
}

/// A record or map.
#[derive(Debug)]
pub struct Data {
    /// Which of them, and of which type a record is.
    pub shape: Arc<Shape>,
    /// The schema of an instance that was written out as data.
    pub schema: Option<Decl>,
    /// Its entries.
    pub entries: Box<[(Symbol, Item)]>,
    measure: Measure,
    index: OnceLock<Box<FxHashMap<Symbol, usize>>>,
}

/// From how many entries on a table pays.
const INDEXED: usize = 12;

impl Data {
    /// A record or map of these entries.
    ///
    /// Order exists in lists only: keys are kept in the order of the record type, or else in the natural order of
    /// their names.
    pub fn new(shape: Arc<Shape>, mut entries: Vec<(Symbol, Item)>) -> Data {
        match (&shape.record, shape.kind) {
            (Some(record), _) => {
                if let Some(kind) = &record.object {
                    let given = given(kind, &entries);
                    entries.extend(given);
                }
                record.sort(&mut entries);
            }
            (None, DataKind::Keyed(_)) => {}
            (None, _) => entries.sort_by(|one, other| domain::natural_cmp(one.0.as_str(), other.0.as_str())),
        }
        Data::sorted(shape, None, entries)
    }

    /// An instance written out: its keys stand in the order of its fields.
    pub fn of_schema(schema: Decl, entries: Vec<(Symbol, Item)>) -> Data {
        Data::sorted(Shape::of(DataKind::Record), Some(schema), entries)
    }

    /// With entries that stand in order already.
    pub fn sorted(shape: Arc<Shape>, schema: Option<Decl>, entries: Vec<(Symbol, Item)>) -> Data {
        let measure = Measure::around(entries.iter().map(|entry| &entry.1.value));
        Data { shape, schema, entries: entries.into(), measure, index: OnceLock::new() }
    }

    /// The same with another value under a key.
    pub fn with(&self, key: Symbol, item: Item) -> Data {
        let mut entries = self.entries.to_vec();
        match entries.iter_mut().find(|entry| entry.0 == key) {
            Some(known) => {
                known.1 = item;
                Data::sorted(self.shape.clone(), self.schema, entries)
            }
            None => {
                entries.push((key, item));
                Data::new(self.shape.clone(), entries)
            }
        }
    }

    /// The same with other values under its keys.
    pub fn with_values(&self, value: impl FnMut(&Item) -> Item) -> Data {
        let values: Vec<Item> = self.entries.iter().map(|entry| &entry.1).map(value).collect();
        let entries = self.entries.iter().map(|entry| entry.0).zip(values).collect();
        Data::sorted(self.shape.clone(), self.schema, entries)
    }

    /// Whether it is a map and nothing more special.
    pub fn is_map(&self) -> bool {
        self.shape.kind == DataKind::Map && self.shape.record.is_none() && self.schema.is_none()
    }

    /// Whether a null under a key means that there is none.
    pub fn drops_null(&self) -> bool {
        matches!(self.shape.kind, DataKind::Record | DataKind::Keyed(_))
    }

    /// The value of a key.
    pub fn get(&self, key: Symbol) -> Option<&Item> {
        if self.entries.len() < INDEXED {
            return self.entries.iter().find(|entry| entry.0 == key).map(|entry| &entry.1);
        }
        let index = self
            .index
            .get_or_init(|| Box::new(self.entries.iter().enumerate().map(|(at, entry)| (entry.0, at)).collect()));
        index.get(&key).and_then(|at| self.entries.get(*at)).map(|entry| &entry.1)
    }
}

/// What an object's kind says of it, and it does not say itself.
fn given(kind: &ObjectKind, entries: &[(Symbol, Item)]) -> Vec<(Symbol, Item)> {
    let fields = [(NAMES.api_version, kind.api_version), (NAMES.kind, kind.kind)];
    let told = fields.into_iter().filter(|(_, text)| !text.as_str().is_empty());
    let missing = told.filter(|(name, _)| entries.iter().all(|entry| entry.0 != *name));
    missing.map(|(name, text)| (name, Item { value: Value::name(text), at: kind.at })).collect()
}

impl PartialEq for Data {
    fn eq(&self, other: &Data) -> bool {
        self.shape.kind == other.shape.kind && self.schema == other.schema && self.entries == other.entries
    }
}

impl Eq for Data {}

/// The instance that a body speaks of.
#[derive(Clone, Debug)]
pub enum This {
    /// It stands in the platform.
    Placed(Home),
    /// It has no home yet: the value of a `let`, of a function, or an element of a list.
    Free(Arc<Free>),
}

impl PartialEq for This {
    fn eq(&self, other: &This) -> bool {
        match (self, other) {
            (This::Placed(one), This::Placed(other)) => one == other,
            (This::Free(one), This::Free(other)) => Arc::ptr_eq(one, other) || one == other,
            _ => false,
        }
    }
}

impl Eq for This {}

/// An instance without a home.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Free {
    /// What it is made of.
    pub object: Arc<Object>,
    /// What it stands in, if it stands in something.
    pub parent: Option<This>,
    /// Its name, where its place gives it one.
    pub name: Option<Symbol>,
}

impl Free {
    /// How deep it nests in what its bodies captured.
    pub fn depth(&self) -> u32 {
        let captured = self.object.own.iter().map(|layer| layer.env.depth()).max().unwrap_or(0);
        let around = match &self.parent {
            Some(This::Free(parent)) => parent.depth(),
            _ => 0,
        };
        captured.max(around) + 1
    }
}

impl Env {
    /// How deep what it holds nests.
    pub fn depth(&self) -> u32 {
        let this = match &self.this {
            Some(This::Free(free)) => free.depth(),
            _ => 0,
        };
        this.max(self.locals.depth())
    }
}

/// What an expression sees.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Env {
    /// The instance of the nearest schema or named block.
    pub this: Option<This>,
    /// Parameters, loop variables and the like.
    pub locals: Locals,
}

/// A list of locals that shares its tail with the one it was made from.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Locals(Option<Arc<Local>>);

#[derive(PartialEq, Eq, Debug)]
struct Local {
    value: Value,
    length: u32,
    /// How deep the values nest, from here on outwards.
    depth: u32,
    rest: Locals,
}

impl Locals {
    /// How many there are.
    pub fn len(&self) -> u32 {
        self.0.as_ref().map_or(0, |local| local.length)
    }

    /// How deep their values nest.
    pub fn depth(&self) -> u32 {
        self.0.as_ref().map_or(0, |local| local.depth)
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_none()
    }

    /// These and one more.
    pub fn with(&self, value: Value) -> Locals {
        let depth = self.depth().max(Measure::of(&value).depth);
        Locals(Some(Arc::new(Local { value, length: self.len() + 1, depth, rest: self.clone() })))
    }

    /// The first so many of these.
    pub fn first(&self, length: u32) -> Locals {
        let mut at = self;
        while at.len() > length {
            match &at.0 {
                Some(local) => at = &local.rest,
                None => break,
            }
        }
        at.clone()
    }

    /// The one at a position, counted from the outermost.
    pub fn get(&self, position: u32) -> Option<&Value> {
        let mut at = self;
        loop {
            let local = at.0.as_ref()?;
            if local.length == position + 1 {
                return Some(&local.value);
            }
            at = &local.rest;
        }
    }
}

/// A function value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Closure {
    /// How many parameters it takes.
    pub params: u32,
    /// Its body.
    pub body: Arc<Ir>,
    /// What it captured.
    pub env: Env,
}

impl Value {
    /// Text.
    pub fn text(text: &str) -> Value {
        Value::Text(text.into())
    }

    /// A name as text.
    pub fn name(name: Symbol) -> Value {
        Value::Text(name.text())
    }

    /// A list of values that were all made at one place.
    pub fn list(values: impl IntoIterator<Item = Value>, at: At) -> Value {
        Value::List(Arc::new(List::new(values.into_iter().map(|value| Item { value, at }).collect())))
    }

    /// Whether it is an error, or an error is somewhere in it.
    pub fn has_error(&self) -> bool {
        match self {
            Value::Error => true,
            Value::List(list) => list.measure.has_error,
            Value::Data(data) => data.measure.has_error,
            _ => false,
        }
    }

    /// Whether it silences what would follow from it.
    pub fn is_error(&self) -> bool {
        matches!(self, Value::Error)
    }
}
