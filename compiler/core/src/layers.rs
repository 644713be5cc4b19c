//! An instance as bodies in layers, and which of them give a field its value. Knows nothing of how they are evaluated.
//!
//! The bodies of a schema lie under each of its instances, so what they write of each field is looked up once for all.

use std::sync::Arc;

use crate::check::{self, CheckedCode};
use crate::ir::{BodyIr, Ir, IrKind, Target, Write, Written};
use crate::keys::{At, Db, Decl};
use crate::schema::schema;
use crate::value::Env;

/// An instance as layers of bodies, the weakest first.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Object {
    /// Its schema.
    pub schema: Decl,
    /// Where it was written.
    pub at: At,
    /// The bodies of its schema.
    pub base: Arc<Base>,
    /// The bodies over these.
    pub own: Vec<Layer>,
}

/// A body and what it captured.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Layer {
    /// The body.
    pub body: Arc<BodyIr>,
    /// Layers of one level are written by one hand: none of them may write what another wrote.
    pub level: u32,
    /// What the body's expressions see; `None` for `this` means the instance itself.
    pub env: Env,
}

/// The bodies of a schema and of those it extends, each a level of its own, and what they write of each field.
#[derive(PartialEq, Eq, Debug, Default)]
pub struct Base {
    /// The bodies.
    pub layers: Vec<Layer>,
    slots: Vec<Known>,
}

/// What the bodies of a schema write of a field.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Known {
    /// The position of the layer and of its write, if one plain value is all there is to it.
    plain: Option<(usize, usize)>,
    is_written: bool,
    is_assembled: bool,
}

/// What is written of a field.
#[derive(Clone, Copy, Default)]
pub struct Given<'a> {
    /// What gives it its value.
    pub giver: Giver<'a>,
    /// Whether it is made of what several bodies write.
    pub is_assembled: bool,
}

/// What gives a field its value.
#[derive(Clone, Copy, Default)]
pub enum Giver<'a> {
    /// Nothing does.
    #[default]
    Nobody,
    /// The strongest layer that writes it, by one plain value.
    Plain(&'a Layer, &'a Ir),
    /// It takes a closer look.
    Several,
}

/// The bodies of a schema.
#[salsa::tracked]
pub fn base(db: &dyn Db, decl: Decl) -> Arc<Base> {
    let info = schema(db, decl);
    let bodies = info.chain.iter().filter_map(|decl| match &check::checked(db, *decl).code {
        CheckedCode::Body(body) => Some(body.clone()),
        _ => None,
    });
    let layers: Vec<Layer> =
        bodies.enumerate().map(|(level, body)| Layer { body, level: level as u32, env: Env::default() }).collect();
    let slots = (0..info.fields.len() as u32).map(|slot| Known::of(&layers, slot)).collect();
    Arc::new(Base { layers, slots })
}

impl Base {
    /// How many there are, which is the level of what lies over them.
    pub fn height(&self) -> u32 {
        self.layers.len() as u32
    }

    fn given(&self, slot: u32) -> Given<'_> {
        self.slots.get(slot as usize).map_or(Given::default(), |known| self.said(known))
    }

    fn said(&self, known: &Known) -> Given<'_> {
        if !known.is_written {
            return Given::default();
        }
        let plain = known.plain.and_then(|(layer, write)| {
            let layer = self.layers.get(layer)?;
            match &layer.body.writes.get(write)?.value {
                Written::Value(ir) => Some(Giver::Plain(layer, ir)),
                _ => None,
            }
        });
        Given { giver: plain.unwrap_or(Giver::Several), is_assembled: known.is_assembled }
    }
}

impl Known {
    fn of(layers: &[Layer], slot: u32) -> Known {
        let writes = || layers.iter().flat_map(|layer| layer.body.of_slot(slot));
        let plain = match giver(layers.iter().rev(), slot) {
            Giver::Plain(top, ir) => layers.iter().position(|layer| std::ptr::eq(layer, top)).and_then(|layer| {
                let is_given = |write: &Write| matches!(&write.value, Written::Value(value) if std::ptr::eq(value, ir));
                Some((layer, top.body.writes.iter().position(is_given)?))
            }),
            _ => None,
        };
        Known { plain, is_written: writes().next().is_some(), is_assembled: writes().any(amends) }
    }
}

impl Given<'_> {
    /// Whether anything is written at all.
    pub fn is_something(&self) -> bool {
        !matches!(self.giver, Giver::Nobody)
    }
}

impl Object {
    /// An instance of a schema that nothing was written of.
    pub fn new(db: &dyn Db, schema: Decl, at: At) -> Object {
        Object { schema, at, base: base(db, schema).clone(), own: Vec::new() }
    }

    /// Its layers, the weakest first.
    pub fn layers(&self) -> impl DoubleEndedIterator<Item = &Layer> {
        self.base.layers.iter().chain(&self.own)
    }

    /// The level of the strongest layer.
    pub fn top(&self) -> Option<u32> {
        self.layers().next_back().map(|layer| layer.level)
    }

    /// The level that what is written over it has.
    pub fn above(&self) -> u32 {
        self.top().map_or(0, |level| level + 1)
    }

    /// Puts a body over it.
    pub fn push(&mut self, level: u32, body: Arc<BodyIr>, env: Env) {
        self.own.push(Layer { body, level, env });
    }

    /// What is written of a field, the weakest first.
    pub fn writes(&self, slot: u32) -> impl DoubleEndedIterator<Item = (&Layer, &Write)> {
        self.layers().flat_map(move |layer| layer.body.of_slot(slot).iter().map(move |write| (layer, write)))
    }

    /// Whether anything is written of a field at all.
    pub fn is_written(&self, slot: u32) -> bool {
        self.base.slots.get(slot as usize).is_some_and(|known| known.is_written) || self.is_own(slot)
    }

    /// What is written of a field.
    pub fn given(&self, slot: u32) -> Given<'_> {
        if self.is_own(slot) { self.given_here(slot) } else { self.base.given(slot) }
    }

    /// What is written of each field, which costs less than to ask for one after the other.
    pub fn all_given(&self) -> Vec<Given<'_>> {
        let mut all: Vec<Given<'_>> = self.base.slots.iter().map(|known| self.base.said(known)).collect();
        for slot in self.own.iter().flat_map(|layer| layer.body.slots()) {
            if let Some(given) = all.get_mut(slot as usize) {
                *given = self.given_here(slot);
            }
        }
        all
    }

    fn given_here(&self, slot: u32) -> Given<'_> {
        let by_base = self.base.slots.get(slot as usize).is_some_and(|known| known.is_assembled);
        let is_assembled = by_base || self.own.iter().flat_map(|layer| layer.body.of_slot(slot)).any(amends);
        Given { giver: giver(self.layers().rev(), slot), is_assembled }
    }

    /// Whether something over the schema's bodies writes a field.
    fn is_own(&self, slot: u32) -> bool {
        self.own.iter().any(|layer| !layer.body.of_slot(slot).is_empty())
    }
}

/// What gives a field its value, in layers of which the strongest is the first.
fn giver<'a>(mut layers: impl Iterator<Item = &'a Layer>, slot: u32) -> Giver<'a> {
    let strongest = layers.find_map(|layer| {
        let writes = layer.body.of_slot(slot);
        (!writes.is_empty()).then_some((layer, writes))
    });
    let Some((top, writes)) = strongest else {
        return Giver::Nobody;
    };
    let [Write { guards, target: Target::Slot(_), value: Written::Value(ir), .. }] = writes else {
        return Giver::Several;
    };
    let is_rival = |layer: &Layer| !layer.body.of_slot(slot).is_empty();
    // What replaces a default's fields is looked at more closely.
    if !guards.is_empty() || literal(ir).is_some() || layers.take_while(|layer| layer.level == top.level).any(is_rival)
    {
        return Giver::Several;
    }
    Giver::Plain(top, ir)
}

/// The body of a record or an instance that is written out, and of which schema it is.
pub fn literal(ir: &Ir) -> Option<(Option<Decl>, &BodyIr)> {
    match &ir.kind {
        IrKind::Instance(decl, body) => Some((Some(*decl), body)),
        IrKind::Data(body) => Some((None, body)),
        IrKind::Coerce(inner, _) => literal(inner),
        _ => None,
    }
}

fn amends(write: &Write) -> bool {
    matches!(write.value, Written::Amend(_))
}
