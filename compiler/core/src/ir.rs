//! Checked code, ready to run: names are resolved to slots and positions, literals are values, and every conversion
//! that evaluation must make is written out.

use std::sync::{Arc, LazyLock};

use crate::hir::BinaryOp;
use crate::keys::{At, Decl};
use crate::methods::MethodRef;
use crate::symbol::{NAMES, Symbol};
use crate::ty::{RecordTy, Scalar, Ty};
use crate::value::{Data, Item, Value};

/// A checked expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Ir {
    /// Where it was written.
    pub at: At,
    /// What it does.
    pub kind: IrKind,
}

/// What a checked expression does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum IrKind {
    /// Something wrong was said about it.
    Error,
    /// A value known already.
    Const(Value),
    /// `auto`: what was chosen for the field that this is the value of.
    Auto,
    /// A parameter, loop variable or the like, by its position from the outermost.
    Local(u32),
    /// The instance of the nearest schema or named block.
    This,
    /// The instance so many homes above another.
    Up(Box<Ir>, u32),
    /// The nearest instance of this schema around another.
    Enclosing(Box<Ir>, Decl),
    /// A file's `let`.
    Global(Decl),
    /// The value of a data file, read by a type: text becomes what the type asks for.
    DataFile(crate::keys::SourceFile, Arc<Ty>),
    /// An expression of a body around this one: with another instance as its own, and so many locals.
    Shifted(Box<Ir>, u32, Arc<Ir>),
    /// A field of an instance of a schema.
    Slot {
        /// The instance.
        base: Box<Ir>,
        /// The field's position in the schema.
        slot: u32,
        /// Its name.
        name: Symbol,
        /// `?.`
        optional: bool,
    },
    /// A key of a record or map, or whatever `Any` turns out to be.
    Key {
        /// The record.
        base: Box<Ir>,
        /// The key.
        name: Symbol,
        /// `?.`
        optional: bool,
    },
    /// `list[index]`, `map[key]`
    Index(Box<Ir>, Box<Ir>),
    /// A call of a value.
    Call(Box<Ir>, Vec<Ir>),
    /// A call of a declared function.
    Function(Decl, Vec<Ir>),
    /// A call of a built-in method.
    Method {
        /// Which.
        method: MethodRef,
        /// What it is called on.
        receiver: Box<Ir>,
        /// With what.
        args: Box<[Ir]>,
        /// `?.`
        optional: bool,
    },
    /// A property of the finished platform, which a test asks for.
    Property(platform::property::Property, Vec<Ir>),
    /// `Ip(x)`: text read as a value of the type, or a value written as text.
    Convert(Box<Ir>, Scalar),
    /// `base.all(Schema)`
    All(Box<Ir>, Decl),
    /// `base.objects()`, or `base.objects-outside(Schema, ..)`
    Objects(Box<Ir>, Arc<[Decl]>),
    /// A string of pieces.
    Text(Vec<Ir>),
    /// `[..]`
    List(Vec<ElementIr>),
    /// `{ .. }` as data.
    Data(Arc<BodyIr>),
    /// `Schema { .. }`
    Instance(Decl, Arc<BodyIr>),
    /// `base with { .. }`
    With(Box<Ir>, Arc<BodyIr>),
    /// `not x`
    Not(Box<Ir>),
    /// `-x`
    Negate(Box<Ir>),
    /// `a and b`
    And(Box<Ir>, Box<Ir>),
    /// `a or b`
    Or(Box<Ir>, Box<Ir>),
    /// `a ?? b`
    Otherwise(Box<Ir>, Box<Ir>),
    /// `a == b`, or its negation.
    Equal(Box<Ir>, Box<Ir>, bool),
    /// An order; text of some types has an order of its own.
    Compare(BinaryOp, Option<Scalar>, Box<Ir>, Box<Ir>),
    /// `a in b`
    In(Box<Ir>, Box<Ir>),
    /// Arithmetic.
    Arithmetic(BinaryOp, Box<Ir>, Box<Ir>),
    /// `a..b`
    Range(Box<Ir>, Box<Ir>),
    /// `if c then a else b`
    If(Box<Ir>, Box<Ir>, Box<Ir>),
    /// `match x { .. }`
    Match(Box<Ir>, Vec<ArmIr>),
    /// `x is T`
    Is(Box<Ir>, Ty, bool),
    /// `(x) => body`
    Lambda(u32, Arc<Ir>),
    /// The value, made to be of this type or found wrong.
    Coerce(Box<Ir>, Arc<Ty>),
}

/// An arm of a `match`: taken if the value is of one of these types; any, if there are none.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ArmIr {
    /// The types.
    pub types: Option<Vec<Ty>>,
    /// The result.
    pub value: Ir,
}

/// An element of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ElementIr {
    /// One value.
    Value(Ir),
    /// All of a list.
    Spread(Ir),
    /// One or the other.
    If(Ir, Box<ElementIr>, Option<Box<ElementIr>>),
    /// One for each.
    For(ForIr, Box<ElementIr>),
}

/// The head of a loop.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ForIr {
    /// What is gone through.
    pub list: Ir,
    /// Whether keys are named too.
    pub pairs: bool,
    /// Which elements are taken.
    pub condition: Option<Ir>,
}

/// What a body in braces makes.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum DataKind {
    /// A record: null means absent.
    Record,
    /// A map: null is data.
    Map,
    /// Under `Any`: null is data, dotted and repeated keys merge.
    Any,
    /// A list whose elements are known by this field of theirs: null takes one out.
    Keyed(Symbol),
}

/// What a body of data makes where nothing is there: of which kind, and of which record type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Shape {
    /// The kind.
    pub kind: DataKind,
    /// The record type, in whose order the keys stand.
    pub record: Option<Arc<RecordTy>>,
    /// Whether it was made at once, and found to have all that its type asks for.
    pub whole: bool,
}

impl Shape {
    /// A shape without a type.
    pub fn of(kind: DataKind) -> Arc<Shape> {
        static KNOWN: LazyLock<[Arc<Shape>; 4]> = LazyLock::new(|| {
            [DataKind::Record, DataKind::Map, DataKind::Any, DataKind::Keyed(NAMES.name)]
                .map(|kind| Shape { kind, record: None, whole: false }.into())
        });
        let known = KNOWN.iter().find(|known| known.kind == kind).cloned();
        known.unwrap_or_else(|| Shape { kind, record: None, whole: false }.into())
    }

    /// The shape of a record type.
    pub fn record(record: Arc<RecordTy>) -> Arc<Shape> {
        Shape { kind: DataKind::Record, record: Some(record), whole: false }.into()
    }

    /// Whether what has this shape was made as this type, and needs no second look.
    pub fn is_whole(&self, record: &Arc<RecordTy>) -> bool {
        self.whole && self.record.as_ref().is_some_and(|own| Arc::ptr_eq(own, record))
    }
}

/// What a body of data makes where nothing is there, as far as it is known before: its keys in their order.
///
/// There is one for bodies that write each key once, without a condition. Nearly all do.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Plan {
    /// Its entries, with the values that are known.
    pub entries: Vec<(Symbol, Item)>,
    /// For each write of the body, which entry it gives.
    pub places: Vec<usize>,
    /// All of it, where nothing needs to be computed.
    pub constant: Option<Value>,
}

impl Plan {
    /// How a body makes data where nothing is there.
    fn of(body: &BodyIr) -> Option<Plan> {
        let mut keys: Vec<(Symbol, Item)> = Vec::with_capacity(body.writes.len());
        for write in &body.writes {
            let Write { guards, target: Target::Key(KeyIr::Static(key)), at, .. } = write else {
                return None;
            };
            let plain = matches!(write.value, Written::Value(_) | Written::Amend(_)) && guards.is_empty();
            if !plain || matches!(body.shape.kind, DataKind::Keyed(_)) || keys.iter().any(|known| known.0 == *key) {
                return None;
            }
            keys.push((*key, Item { value: write.constant().unwrap_or(Value::Null), at: *at }));
        }
        let places: Vec<Symbol> = keys.iter().map(|entry| entry.0).collect();
        let data = Data::new(body.shape.clone(), keys);
        let place = |key: &Symbol| data.entries.iter().position(|entry| entry.0 == *key);
        let places = places.iter().map(place).collect::<Option<Vec<usize>>>()?;
        let entries = data.entries.to_vec();
        let known = |write: &Write| write.constant().is_some_and(|value| value != Value::Null);
        let constant = body.writes.iter().all(known).then(|| Value::Data(data.into()));
        Some(Plan { entries, places, constant })
    }
}

impl Ir {
    /// Its value, if it has the same one wherever it is evaluated.
    pub fn constant(&self) -> Option<Value> {
        match &self.kind {
            IrKind::Const(Value::Error) => None,
            IrKind::Const(value) => Some(value.clone()),
            IrKind::Data(body) => body.plan.as_ref()?.constant.clone(),
            _ => None,
        }
    }
}

impl Write {
    /// What it writes, if that is always the same.
    fn constant(&self) -> Option<Value> {
        match &self.value {
            Written::Value(ir) => ir.constant(),
            Written::Amend(body) => body.plan.as_ref()?.constant.clone(),
            Written::Block(_) | Written::Entry(_) => None,
        }
    }
}

/// A checked body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct BodyIr {
    /// Where it was written.
    pub at: At,
    /// What it makes, unless it is the body of an instance.
    pub shape: Arc<Shape>,
    /// How it makes data where nothing is there, if that is the same every time.
    pub plan: Option<Plan>,
    /// What it writes: by slot for a schema, else in the order of the text.
    pub writes: Vec<Write>,
    /// The rules that it states.
    pub checks: Vec<CheckIr>,
}

/// A rule with its message.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct CheckIr {
    /// Where it was written.
    pub at: At,
    /// When it is asked.
    pub guards: Arc<[Guard]>,
    /// What must hold.
    pub condition: Ir,
    /// What is said if not.
    pub message: Ir,
}

/// One write of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Write {
    /// Where it was written.
    pub at: At,
    /// The `if`s and `for`s around it, outermost first.
    pub guards: Arc<[Guard]>,
    /// The name of the field, for messages.
    pub name: Symbol,
    /// What is written.
    pub target: Target,
    /// What it becomes.
    pub value: Written,
}

/// What decides whether, and how often, a write happens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Guard {
    /// The condition must have this value.
    If(Arc<Ir>, bool),
    /// Once for each.
    For(Arc<ForIr>),
}

/// What a write writes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Target {
    /// A field of a schema.
    Slot(u32),
    /// An entry of a collection; the flag says whether the write opens it or only amends it.
    Entry(u32, KeyIr, bool),
    /// A key of a record or map.
    Key(KeyIr),
    /// All entries of a map.
    Spread,
}

impl Target {
    /// The slot it belongs to.
    pub fn slot(&self) -> Option<u32> {
        match self {
            Target::Slot(slot) | Target::Entry(slot, ..) => Some(*slot),
            Target::Key(_) | Target::Spread => None,
        }
    }
}

/// A key.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum KeyIr {
    /// Written out.
    Static(Symbol),
    /// With an interpolation.
    Computed(Box<Ir>),
}

/// What a write gives.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Written {
    /// The whole value.
    Value(Ir),
    /// An amendment of what is there.
    Amend(Arc<BodyIr>),
    /// A named block of its own, in its own declaration.
    Block(Decl),
    /// An entry given by an expression of its own declaration.
    Entry(Decl),
}

impl BodyIr {
    /// A body that writes nothing so far.
    pub fn new(at: At, shape: Arc<Shape>) -> BodyIr {
        BodyIr { at, shape, plan: None, writes: Vec::new(), checks: Vec::new() }
    }

    /// The body with its plan, if it can have one.
    pub fn planned(mut self) -> BodyIr {
        self.plan = Plan::of(&self);
        self
    }

    /// What it writes without a condition, with names for messages.
    pub fn keys(&self) -> Vec<(Target, Symbol)> {
        let keys = self.writes.iter().filter(|write| write.guards.is_empty()).filter_map(|write| {
            let name = match &write.target {
                Target::Key(KeyIr::Static(name)) => *name,
                Target::Slot(_) => write.name,
                _ => return None,
            };
            Some((write.target.clone(), name))
        });
        keys.collect()
    }

    /// The slots that it writes, each once.
    pub fn slots(&self) -> impl Iterator<Item = u32> {
        let slot_at = |at: usize| self.writes.get(at)?.target.slot().map(|slot| (at, slot));
        let after = move |(at, slot): &(usize, u32)| slot_at(at + self.of_slot(*slot).len());
        std::iter::successors(slot_at(0), after).map(|(_, slot)| slot)
    }

    /// The writes of one slot.
    pub fn of_slot(&self, slot: u32) -> &[Write] {
        let start = self.writes.partition_point(|write| write.target.slot() < Some(slot));
        let rest = self.writes.get(start..).unwrap_or_default();
        let length = rest.partition_point(|write| write.target.slot() == Some(slot));
        rest.get(..length).unwrap_or_default()
    }
}
