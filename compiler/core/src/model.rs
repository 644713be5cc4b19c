//! The evaluated platform as the rules read it: a view of values and instances that copies nothing.

use std::cell::{Cell, RefCell};
use std::thread;

use diagnostics::Diagnostic;
use platform::auto::{Answer, Other, Request};
use platform::model::Text;
use platform::{Node, ObjectSource, Place, Scalar};
use rustc_hash::FxHashMap;

use crate::auto::Asked;
use crate::eval::{FieldOut, Instance, instance, placed, schema_at};
use crate::import;
use crate::ir::Written;
use crate::keys::{self, At, Db, Decl, Home};
use crate::objects::Object;
use crate::schema::schema;
use crate::symbol::Symbol;
use crate::ty::Ty;
use crate::value::{Data, Item, This, Value};

/// The places of a model: what its numbers mean.
#[derive(Default)]
struct Places(RefCell<Vec<At>>);

impl Places {
    fn place(&self, at: At) -> Place {
        let mut places = self.0.borrow_mut();
        places.push(at);
        Place(places.len() as u32 - 1)
    }
}

/// A platform as plain data, and what its places mean.
pub struct Model {
    /// The platform.
    pub platform: platform::Platform,
    places: Vec<At>,
}

impl Model {
    /// The model of the platform at a home, with these objects.
    pub fn of(db: &dyn Db, root: Home, objects: &[&Object]) -> Model {
        let places = Places::default();
        let platform = read(db, root, objects, &places);
        Model { platform, places: places.0.into_inner() }
    }

    /// The model of objects alone, as if they were for a cluster of which nothing is known.
    pub fn without_blocks(db: &dyn Db, objects: &[&Object]) -> Model {
        let places = Places::default();
        let reader = Reader { db, places: &places, given: RefCell::default(), last: Cell::default() };
        let platform = platform::without_blocks(sources(&reader, objects));
        Model { platform, places: places.0.into_inner() }
    }

    /// Keeps a place, so that the model has a number for it.
    pub fn note(&mut self, at: At) -> Place {
        self.places.push(at);
        Place(self.places.len() as u32 - 1)
    }

    /// Where something is written.
    pub fn at(&self, place: Place) -> Option<At> {
        self.places.get(place.0 as usize).or(self.places.first()).copied()
    }
}

/// What a value is to properties of the platform.
pub fn subject(db: &dyn Db, value: &Value, at: At) -> Option<platform::property::Subject> {
    let places = Places::default();
    let reader = Reader { db, places: &places, given: RefCell::default(), last: Cell::default() };
    let kind = match value {
        Value::Data(data) => Kind::Data(data),
        Value::Instance(This::Placed(home)) => Kind::Instance(instance(db, *home).as_deref()?, *home),
        _ => return None,
    };
    platform::property::subject(View::new(&reader, Spot::At(at), at, kind))
}

/// What the rules over the whole platform find, with so many hands.
pub fn findings(db: &dyn Db, root: Home, objects: &[&Object], hands: usize) -> Vec<Diagnostic<At>> {
    let model = Model::of(db, root, objects);
    let Some(nowhere) = model.at(Place::default()) else {
        return Vec::new();
    };
    let found = platform::rules::check(&model.platform, hands);
    let found = found.into_iter().map(|finding| finding.map_place(|place| model.at(place).unwrap_or(nowhere)));
    let found = found.collect();
    if hands > 1 && objects.len() > LARGE {
        // To give back a large model takes a while, for which nobody need wait; where there is no thread, it is done here.
        drop(thread::Builder::new().spawn(move || drop(model)));
    }
    found
}

/// From how many objects on a model is large.
const LARGE: usize = 2_000;

fn read(db: &dyn Db, root: Home, objects: &[&Object], places: &Places) -> platform::Platform {
    let reader = Reader { db, places, given: RefCell::default(), last: Cell::default() };
    let Some(root) = View::of_home(&reader, root) else {
        return platform::Platform::default();
    };
    platform::platform(root, sources(&reader, objects))
}

/// The objects as reading takes them.
fn sources<'a>(reader: &'a Reader<'a>, objects: &[&'a Object]) -> impl Iterator<Item = ObjectSource<View<'a>>> {
    let mut known = Known::default();
    objects.iter().map(move |object| {
        // What the standard library writes is shown where a user asked for it.
        let around = match reader.is_given(object.at) {
            true => object.at,
            false => View::of_home(reader, object.emitter.home).map_or(object.at, |view| view.near()),
        };
        let (group, version) = known.version_of(object.api_version);
        ObjectSource {
            cluster: object.cluster.map(|home| known.path_of(reader.db, home)),
            group,
            version,
            kind: object.kind,
            namespace: object.namespace,
            name: object.name,
            at: reader.places.place(around),
            node: View::new(reader, Spot::At(object.at), around, Kind::Data(&object.data)),
        }
    })
}

/// What many objects share.
#[derive(Default)]
struct Known {
    paths: FxHashMap<Home, Text>,
    versions: FxHashMap<Symbol, (Text, Text)>,
}

impl Known {
    fn path_of(&mut self, db: &dyn Db, home: Home) -> Text {
        *self.paths.entry(home).or_insert_with(|| keys::path_text(db, home).into())
    }

    /// The group and the version of `apps/v1`.
    fn version_of(&mut self, api_version: Symbol) -> (Text, Text) {
        let split = || {
            let (group, version) = api_version.rsplit_once('/').unwrap_or(("", &api_version));
            (group.into(), version.into())
        };
        *self.versions.entry(api_version).or_insert_with(split)
    }
}

/// Chooses for what stands as `auto`, each with the home of its instance.
pub fn choose(
    db: &dyn Db,
    root: Home,
    objects: &[&Object],
    asked: &[Asked],
    others: &[Other],
) -> (Answer, Vec<(usize, usize)>) {
    let places = Places::default();
    let platform = read(db, root, objects, &places);
    let reader = Reader { db, places: &places, given: RefCell::default(), last: Cell::default() };
    // The instance is there: it was asked what stands in it.
    let requests: Vec<Request> = asked
        .iter()
        .filter_map(|asked| {
            let instance = View::of_home(&reader, asked.home)?;
            Some(Request::of(instance, asked.path.clone(), asked.source, asked.kept))
        })
        .collect();
    (platform::auto::choose(&platform, &requests, others), platform::auto::twice(&requests))
}

struct Reader<'a> {
    db: &'a dyn Db,
    places: &'a Places,
    /// What a user wrote, as far as it was asked.
    given: RefCell<FxHashMap<Decl, bool>>,
    /// What was asked last: parts of a value are mostly written in one place.
    last: Cell<Option<(Decl, bool)>>,
}

impl Reader<'_> {
    /// Whether a user wrote what stands there.
    fn is_given(&self, at: At) -> bool {
        if let Some((decl, given)) = self.last.get()
            && decl == at.decl
        {
            return given;
        }
        let given = *self.given.borrow_mut().entry(at.decl).or_insert_with(|| is_given(self.db, at));
        self.last.set(Some((at.decl, given)));
        given
    }

    /// What a user wrote nearest to a place: there, or around it.
    fn near(&self, at: At, around: At) -> At {
        if self.is_given(at) { at } else { around }
    }
}

/// A value where it stands.
#[derive(Clone, Copy)]
struct View<'a> {
    reader: &'a Reader<'a>,
    spot: Spot,
    /// What of a user is nearest around: what the standard library makes is shown where it was asked for.
    around: At,
    kind: Kind<'a>,
}

/// Where a value stands; what nobody asks for is not looked up.
#[derive(Clone, Copy)]
enum Spot {
    At(At),
    /// A field of an instance that is written there.
    Field(Home, u32, At),
}

/// Whether a user wrote it, and not the standard library.
pub fn is_given(db: &dyn Db, at: At) -> bool {
    !at.decl.file(db).path(db).as_str().starts_with(import::STD)
}

#[derive(Clone, Copy)]
enum Kind<'a> {
    Instance(&'a Instance, Home),
    Entries(&'a [(Symbol, FieldOut)]),
    Data(&'a Data),
    List(&'a [Item]),
    Scalar(&'a Value),
}

impl<'a> View<'a> {
    fn of_home(reader: &'a Reader<'a>, home: Home) -> Option<View<'a>> {
        let instance = instance(reader.db, home).as_deref()?;
        let around = match reader.is_given(instance.at) {
            true => instance.at,
            false => View::around_of(reader, home, instance.at),
        };
        Some(View { reader, spot: Spot::At(instance.at), around, kind: Kind::Instance(instance, home) })
    }

    /// The nearest instance around that a user wrote.
    fn around_of(reader: &Reader, home: Home, own: At) -> At {
        let db = reader.db;
        let around = std::iter::successors(home.parent(db), |home| home.parent(db));
        let mut places = around.filter_map(|home| Some(crate::eval::instance(db, home).as_deref()?.at));
        places.find(|at| is_given(db, *at)).unwrap_or(own)
    }

    /// Where it is written; a field by the strongest of the bodies of its instance.
    fn at(self) -> At {
        let (home, slot, instance_at) = match self.spot {
            Spot::At(at) => return at,
            Spot::Field(home, slot, at) => (home, slot, at),
        };
        let object = placed(self.reader.db, home).as_ref();
        let write = object.and_then(|object| object.writes(slot).next_back());
        write.map_or(instance_at, |(_, write)| match &write.value {
            Written::Value(value) => value.at,
            _ => write.at,
        })
    }

    /// What of a user is nearest to it.
    fn near(self) -> At {
        match (self.kind, self.spot) {
            // What has parts is asked for each of them, so it was looked up at once.
            (Kind::Data(_) | Kind::List(_), Spot::At(_)) => self.around,
            _ => self.reader.near(self.at(), self.around),
        }
    }

    /// A part of a value that stands somewhere.
    fn part(reader: &'a Reader<'a>, out: &'a FieldOut, spot: Spot, around: At) -> Option<View<'a>> {
        match out {
            FieldOut::Value(value) => View::of_value(reader, value, spot, around),
            FieldOut::Child(home) => View::of_home(reader, *home),
            FieldOut::Entries(entries) => Some(View { reader, spot, around, kind: Kind::Entries(entries) }),
        }
    }

    fn of_value(reader: &'a Reader<'a>, value: &'a Value, spot: Spot, around: At) -> Option<View<'a>> {
        let kind = match value {
            Value::Error | Value::Null | Value::Function(_) | Value::Collection(..) => return None,
            Value::Data(data) => Kind::Data(data),
            Value::List(items) => Kind::List(items),
            // What is named stands elsewhere; where it is named is what counts.
            Value::Instance(This::Placed(home)) => Kind::Instance(instance(reader.db, *home).as_deref()?, *home),
            Value::Instance(This::Free(_)) => return None,
            value => Kind::Scalar(value),
        };
        Some(View::new(reader, spot, around, kind))
    }

    fn new(reader: &'a Reader<'a>, spot: Spot, around: At, kind: Kind<'a>) -> View<'a> {
        let around = match (kind, spot) {
            (Kind::Data(_) | Kind::List(_), Spot::At(at)) => reader.near(at, around),
            _ => around,
        };
        View { reader, spot, around, kind }
    }

    fn of_item(self, item: &'a Item, around: At) -> Option<View<'a>> {
        View::of_value(self.reader, &item.value, Spot::At(item.at), around)
    }

    /// What a word of the schema means: the nearest instance around.
    fn around(self, home: Home, of: &Instance, word: Symbol) -> Option<View<'a>> {
        let db = self.reader.db;
        let (_, wanted) = schema(db, of.schema).words.iter().find(|(name, _)| *name == word)?;
        let mut homes = std::iter::successors(home.parent(db), |home| home.parent(db));
        let found = homes.find(|home| schema_at(db, *home).is_some_and(|of| schema(db, of).chain.contains(wanted)))?;
        View::of_home(self.reader, found)
    }
}

impl Node for View<'_> {
    fn place(self) -> Place {
        self.reader.places.place(self.near())
    }

    fn given(self) -> bool {
        self.reader.is_given(self.at())
    }

    fn get(self, key: &str) -> Option<Self> {
        match self.kind {
            Kind::Instance(instance, home) => {
                let key = Symbol::new(key);
                let Some(slot) = schema(self.reader.db, instance.schema).slot(key) else {
                    return self.around(home, instance, key);
                };
                let out = instance.fields.get(slot as usize)?;
                View::part(self.reader, out, Spot::Field(home, slot, self.at()), self.near())
            }
            Kind::Entries(entries) => {
                let (_, out) = entries.iter().find(|(name, _)| name.as_str() == key)?;
                View::part(self.reader, out, self.spot, self.around)
            }
            Kind::Data(data) => {
                let (_, item) = data.entries.iter().find(|(name, _)| name.as_str() == key)?;
                self.of_item(item, self.near())
            }
            Kind::List(_) | Kind::Scalar(_) => None,
        }
    }

    fn entries(self) -> Vec<(&'static str, Self)> {
        match self.kind {
            Kind::Instance(instance, home) => {
                let fields = schema(self.reader.db, instance.schema).fields.iter().zip(&instance.fields).zip(0..);
                let (at, near) = (self.at(), self.near());
                let view = |out, slot| View::part(self.reader, out, Spot::Field(home, slot, at), near);
                fields.filter_map(|((known, out), slot)| Some((known.name.as_str(), view(out, slot)?))).collect()
            }
            Kind::Entries(entries) => {
                let view = |out| View::part(self.reader, out, self.spot, self.around);
                entries.iter().filter_map(|(name, out)| Some((name.as_str(), view(out)?))).collect()
            }
            Kind::Data(data) => {
                let near = self.near();
                let entries = data.entries.iter();
                entries.filter_map(|(name, item)| Some((name.as_str(), self.of_item(item, near)?))).collect()
            }
            Kind::List(_) | Kind::Scalar(_) => Vec::new(),
        }
    }

    fn items(self) -> Vec<Self> {
        match self.kind {
            Kind::List(items) => {
                let near = self.near();
                items.iter().filter_map(|item| self.of_item(item, near)).collect()
            }
            Kind::Data(_) | Kind::Entries(_) => self.entries().into_iter().map(|(_, view)| view).collect(),
            Kind::Instance(..) | Kind::Scalar(_) => Vec::new(),
        }
    }

    fn scalar(self) -> Option<Scalar> {
        let Kind::Scalar(value) = self.kind else {
            return None;
        };
        Some(match value {
            Value::Bool(truth) => Scalar::Bool(*truth),
            Value::Int(number) => Scalar::Int(*number),
            Value::Float(number) => Scalar::Float(number.0),
            Value::Text(text) => Scalar::Text(text.clone()),
            Value::Ip(ip) => Scalar::Ip(*ip),
            Value::Cidr(cidr) => Scalar::Cidr(*cidr),
            Value::IpRange(range) => Scalar::Range(**range),
            Value::IntRange(first, last) => Scalar::Numbers(*first, *last),
            Value::PortRange(range) => Scalar::Numbers(range.first().number().into(), range.last().number().into()),
            Value::Mac(mac) => Scalar::Text(mac.to_string().into()),
            Value::Cpu(cpu) => Scalar::Cpu(*cpu),
            Value::Bytes(bytes) => Scalar::Bytes(*bytes),
            Value::Duration(duration) => Scalar::Duration(*duration),
            _ => return None,
        })
    }

    fn schemas(self) -> Vec<&'static str> {
        let db = self.reader.db;
        let of = match self.kind {
            Kind::Instance(instance, _) => Some(instance.schema),
            Kind::Data(data) => data.schema,
            _ => None,
        };
        let chain = of.map(|of| schema(db, of).chain.iter().rev());
        chain.into_iter().flatten().map(|decl| keys::decl_name(db, *decl)).collect()
    }

    fn name(self) -> Option<&'static str> {
        match self.kind {
            Kind::Instance(_, home) => home.step(self.reader.db).name().map(Symbol::as_str),
            _ => None,
        }
    }

    fn unchecked(self, key: &str) -> Option<Place> {
        let Kind::Instance(instance, home) = self.kind else {
            return None;
        };
        let schema = schema(self.reader.db, instance.schema);
        let slot = schema.slot(Symbol::new(key))?;
        schema.fields.get(slot as usize).filter(|field| field.ty == Ty::Any)?;
        let mut writes = placed(self.reader.db, home).as_ref()?.writes(slot).map(|(_, write)| write.at);
        writes.find(|at| self.reader.is_given(*at)).map(|at| self.reader.places.place(at))
    }

    fn path(self) -> String {
        match self.kind {
            Kind::Instance(_, home) => keys::path_text(self.reader.db, home),
            _ => String::new(),
        }
    }
}
