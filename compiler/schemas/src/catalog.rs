//! Reads the table of shapes: a type when somebody asks for it, and nothing before.

use crate::{
    Fact, Field, Format, Kind, Minors, Presence, Prose, Scope, Shape, Type, TypeId, Value,
    pieces::{Pieces, Reader},
    prose, served, tags,
};

static SHAPES: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/shapes.bin"));

/// The whole API. Loading it reads the names of the kinds; types are read one by one.
#[derive(Clone)]
pub struct Catalog {
    names: Pieces,
    types: Pieces,
    kinds: Vec<Kind>,
}

impl Catalog {
    /// Opens the tables of the binary.
    pub fn load() -> Catalog {
        let tables = Pieces::new(SHAPES);
        let [names, types, kinds] = [0, 1, 2].map(|table| Pieces::new(tables.get(table)));
        let kinds = (0..kinds.len()).map(|index| Decoder::new(names, kinds.get(index)).kind()).collect();
        Catalog { names, types, kinds }
    }

    /// All kinds, by group, kind and version.
    pub fn kinds(&self) -> &[Kind] {
        &self.kinds
    }

    /// A kind by its full name; the core group has no name.
    pub fn kind(&self, group: &str, version: &str, kind: &str) -> Option<&Kind> {
        self.kinds.iter().find(|known| known.group == group && known.version == version && known.kind == kind)
    }

    /// The kinds of that name, in all groups and versions.
    pub fn named<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a Kind> {
        self.kinds.iter().filter(move |known| known.kind == kind)
    }

    /// The version of a kind that a cluster of that minor version prefers: the most mature that it serves, and of those
    /// the newest.
    pub fn preferred(&self, group: &str, kind: &str, minor: u8) -> Option<&Kind> {
        let versions =
            self.kinds.iter().filter(|known| known.group == group && known.kind == kind && known.minors.contain(minor));
        versions.max_by_key(|known| served::rank(known.version))
    }

    /// How many types there are.
    pub fn len(&self) -> usize {
        self.types.len()
    }

    /// Whether there are none, which is never so.
    pub fn is_empty(&self) -> bool {
        self.len() == 0
    }

    /// The type of that name, `core.v1.Container`.
    pub fn find(&self, name: &str) -> Option<TypeId> {
        self.first_from(name).filter(|id| self.name(*id) == name)
    }

    /// Whether there is a type whose name begins so.
    pub fn has_prefix(&self, begin: &str) -> bool {
        self.first_from(begin).is_some_and(|id| self.name(id).starts_with(begin))
    }

    /// The first type whose name is not before this one: they stand in the order of their names.
    fn first_from(&self, name: &str) -> Option<TypeId> {
        let (mut low, mut high) = (0, self.types.len());
        while low < high {
            let middle = low.midpoint(high);
            match self.name(TypeId(middle as u16)) < name {
                true => low = middle + 1,
                false => high = middle,
            }
        }
        (low < self.types.len()).then_some(TypeId(low as u16))
    }

    /// The name of a type.
    pub fn name(&self, id: TypeId) -> &'static str {
        Decoder::new(self.names, self.types.get(usize::from(id.0))).name()
    }

    /// The fields of a type.
    pub fn type_(&self, id: TypeId) -> Type {
        Decoder::new(self.names, self.types.get(usize::from(id.0))).type_()
    }

    /// The text of a documentation, in Markdown; empty where the API says nothing.
    pub fn prose(&self, prose: Prose) -> String {
        prose::text(prose)
    }
}

struct Decoder {
    names: Pieces,
    reader: Reader,
}

impl Decoder {
    fn new(names: Pieces, rest: &'static [u8]) -> Decoder {
        Decoder { names, reader: Reader { rest } }
    }

    fn kind(&mut self) -> Kind {
        Kind {
            group: self.name(),
            version: self.name(),
            kind: self.name(),
            plural: self.name(),
            list: self.name(),
            scope: match self.reader.byte() {
                tags::scope::CLUSTER => Scope::Cluster,
                tags::scope::NAMESPACED => Scope::Namespaced,
                tags::scope::SUBRESOURCE => Scope::Subresource,
                _ => Scope::Subresource,
            },
            type_: TypeId(self.reader.number() as u16),
            minors: self.minors(),
            name: self.format(),
            short_names: self.list(Self::name),
            categories: self.list(Self::name),
            subresources: self.list(Self::name),
        }
    }

    fn type_(&mut self) -> Type {
        Type { name: self.name(), minors: self.minors(), prose: self.prose(), fields: self.list(Self::field) }
    }

    fn field(&mut self) -> Field {
        let name = self.name();
        let minors = self.minors();
        let presence = if self.reader.byte() == 0 { Presence::Optional } else { Presence::Required };
        let prose = self.prose();
        Field { name, minors, presence, prose, shape: self.shape(), facts: self.list(Self::fact) }
    }

    fn shape(&mut self) -> Shape {
        use tags::shape;
        match self.reader.byte() {
            shape::BOOLEAN => Shape::Boolean,
            shape::INT32 => Shape::Int32,
            shape::INT64 => Shape::Int64,
            shape::DOUBLE => Shape::Double,
            shape::TEXT => Shape::Text,
            shape::BASE64 => Shape::Base64,
            shape::TIME => Shape::Time,
            shape::MICRO_TIME => Shape::MicroTime,
            shape::INT_OR_STRING => Shape::IntOrString,
            shape::QUANTITY => Shape::Quantity,
            shape::OBJECT => Shape::Object(TypeId(self.reader.number() as u16)),
            shape::LIST => Shape::List(Box::new(self.shape())),
            shape::MAP => Shape::Map(Box::new(self.shape())),
            shape::EITHER => Shape::Either(self.list(Self::shape)),
            shape::ANY => Shape::Any,
            _ => Shape::Any,
        }
    }

    fn fact(&mut self) -> Fact {
        use tags::fact;
        match self.reader.byte() {
            fact::VALUES => Fact::Values(self.list(Self::value)),
            fact::SUGGESTED => Fact::Suggested(self.list(Self::value)),
            fact::DEFAULT => Fact::Default(self.name()),
            fact::MINIMUM => Fact::Minimum(self.reader.signed()),
            fact::MAXIMUM => Fact::Maximum(self.reader.signed()),
            fact::MIN_LENGTH => Fact::MinLength(self.reader.signed()),
            fact::MAX_LENGTH => Fact::MaxLength(self.reader.signed()),
            fact::MIN_ITEMS => Fact::MinItems(self.reader.signed()),
            fact::MAX_ITEMS => Fact::MaxItems(self.reader.signed()),
            fact::PATTERN => Fact::Pattern(self.name()),
            fact::FORMAT => Fact::Format(self.format()),
            fact::KEYS => Fact::Keys(self.list(Self::name)),
            fact::SET => Fact::Set,
            fact::MERGE => Fact::Merge(self.name()),
            fact::IMMUTABLE => Fact::Immutable,
            fact::ONE_OF => Fact::OneOf(self.name()),
            fact::ATOMIC => Fact::Atomic,
            _ => Fact::Atomic,
        }
    }

    fn format(&mut self) -> Format {
        let number = self.reader.byte();
        Format::ALL.get(usize::from(number)).copied().unwrap_or(Format::LongName)
    }

    fn value(&mut self) -> Value {
        Value { text: self.name(), minors: self.minors() }
    }

    fn minors(&mut self) -> Minors {
        let byte = self.reader.byte();
        Minors { first: tags::FIRST_MINOR + (byte >> 4), last: tags::FIRST_MINOR + (byte & 0xf) }
    }

    fn prose(&mut self) -> Prose {
        Prose(self.reader.number() as u32)
    }

    fn name(&mut self) -> &'static str {
        let index = self.reader.number();
        self.names.text(index)
    }

    fn list<T>(&mut self, one: fn(&mut Self) -> T) -> Vec<T> {
        let length = self.reader.number();
        (0..length).map(|_| one(self)).collect()
    }
}
