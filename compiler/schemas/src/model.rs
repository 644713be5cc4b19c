//! The API as plain data. Nothing of it refers to the tables that it was read from.

use crate::{Format, tags};

/// A top-level kind in one version of its group: what `apiVersion` and `kind` name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Kind {
    /// `apps`, or nothing for the core group.
    pub group: &'static str,
    /// `v1`.
    pub version: &'static str,
    /// `Deployment`.
    pub kind: &'static str,
    /// `deployments`, as in a URL. A kind that only stands below another has the last part of that URL, such as `scale`.
    pub plural: &'static str,
    /// `DeploymentList`, or nothing where the kind can not be listed.
    pub list: &'static str,
    /// Where its objects live.
    pub scope: Scope,
    /// The fields.
    pub type_: TypeId,
    /// The versions that have it.
    pub minors: Minors,
    /// What `metadata.name` must be.
    pub name: Format,
    /// `deploy`: what `kubectl` takes for it.
    pub short_names: Vec<&'static str>,
    /// `all`: the groups of kinds that `kubectl` counts it to.
    pub categories: Vec<&'static str>,
    /// `status`, `scale`.
    pub subresources: Vec<&'static str>,
}

impl Kind {
    /// What stands in `apiVersion`.
    pub fn api_version(&self) -> String {
        if self.group.is_empty() { self.version.to_string() } else { format!("{}/{}", self.group, self.version) }
    }
}

/// Where the objects of a kind live.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Scope {
    /// In the cluster as a whole.
    Cluster,
    /// In a namespace.
    Namespaced,
    /// Below another object only, or in an answer: it is not created by itself.
    Subresource,
}

/// The versions of Kubernetes that have something, as minor numbers: the first and the last of those that were read.
///
/// Something that the first version read already has may be older, and what the last has may live on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Minors {
    /// The first that has it.
    pub first: u8,
    /// The last that has it.
    pub last: u8,
}

impl Minors {
    /// The versions that were read.
    pub const READ: Minors = Minors { first: tags::FIRST_MINOR, last: tags::LAST_MINOR };

    /// Whether that version has it. A version before the first or after the last that was read counts as that.
    pub fn contain(self, minor: u8) -> bool {
        let minor = minor.clamp(Self::READ.first, Self::READ.last);
        (self.first..=self.last).contains(&minor)
    }
}

/// A type of the catalog.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct TypeId(pub u16);

/// An object with fields.
#[derive(Clone, PartialEq, Debug)]
pub struct Type {
    /// `core.v1.Container`: the last three parts of the name under which the API publishes it.
    pub name: &'static str,
    /// The documentation.
    pub prose: Prose,
    /// The versions that have it.
    pub minors: Minors,
    /// In the API's own order. A field that changed from one version to the next stands here once for each of its forms.
    pub fields: Vec<Field>,
}

impl Type {
    /// The fields as that version has them.
    pub fn at(&self, minor: u8) -> impl Iterator<Item = &Field> {
        self.fields.iter().filter(move |field| field.minors.contain(minor))
    }

    /// The field of that name, as that version has it.
    pub fn field(&self, name: &str, minor: u8) -> Option<&Field> {
        self.at(minor).find(|field| field.name == name)
    }
}

/// One field of an object.
#[derive(Clone, PartialEq, Debug)]
pub struct Field {
    /// As in YAML: `containerPort`.
    pub name: &'static str,
    /// What may stand in it.
    pub shape: Shape,
    /// Whether it must be there.
    pub presence: Presence,
    /// The versions that have it.
    pub minors: Minors,
    /// The documentation.
    pub prose: Prose,
    /// What is known beyond the shape.
    pub facts: Vec<Fact>,
}

impl Field {
    /// The values of its enumeration that a version knows; nothing if it is none.
    pub fn values(&self, minor: u8) -> Option<Vec<&'static str>> {
        let values =
            self.facts.iter().find_map(|fact| if let Fact::Values(values) = fact { Some(values) } else { None })?;
        Some(values.iter().filter(|value| value.minors.contain(minor)).map(|value| value.text).collect())
    }

    /// What the API server writes where nothing is given, as JSON.
    pub fn default(&self) -> Option<&'static str> {
        self.facts.iter().find_map(|fact| if let Fact::Default(json) = fact { Some(*json) } else { None })
    }

    /// What it stands for.
    pub fn format(&self) -> Option<Format> {
        self.facts.iter().find_map(|fact| if let Fact::Format(format) = fact { Some(*format) } else { None })
    }

    /// The least and the greatest number that may stand in it.
    pub fn range(&self) -> (Option<i64>, Option<i64>) {
        let of_format = self.format().and_then(Format::range);
        let minimum =
            self.facts.iter().find_map(|fact| if let Fact::Minimum(number) = fact { Some(*number) } else { None });
        let maximum =
            self.facts.iter().find_map(|fact| if let Fact::Maximum(number) = fact { Some(*number) } else { None });
        (minimum.or(of_format.map(|range| range.0)), maximum.or(of_format.map(|range| range.1)))
    }

    /// Of a list that is a map: the fields of an element that tell it from the others.
    pub fn keys(&self) -> &[&'static str] {
        self.facts
            .iter()
            .find_map(|fact| if let Fact::Keys(keys) = fact { Some(keys.as_slice()) } else { None })
            .unwrap_or(&[])
    }
}

/// Whether a field must be there.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Presence {
    /// It may be absent.
    Optional,
    /// The API server refuses an object without it.
    Required,
}

/// What may stand in a field.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Shape {
    /// `true` or `false`.
    Boolean,
    /// A whole number of 32 bits.
    Int32,
    /// A whole number of 64 bits.
    Int64,
    /// A number with a fraction.
    Double,
    /// A text.
    Text,
    /// Bytes, written in base64.
    Base64,
    /// A time as in RFC 3339, to the second.
    Time,
    /// The same, to the microsecond.
    MicroTime,
    /// A whole number or a text: a port or its name, a number or a share.
    IntOrString,
    /// An amount such as `500m` or `2Gi`.
    Quantity,
    /// Anything at all.
    Any,
    /// An object of a type.
    Object(TypeId),
    /// A list.
    List(Box<Shape>),
    /// An object whose keys are free.
    Map(Box<Shape>),
    /// One of several.
    Either(Vec<Shape>),
}

/// Something that is known of a field beyond its shape. Of a list or a map, values, formats, lengths and bounds are those
/// of its elements.
#[derive(Clone, PartialEq, Debug)]
pub enum Fact {
    /// It is an enumeration: nothing else may stand there.
    Values(Vec<Value>),
    /// Well-known values, beside which others may stand.
    Suggested(Vec<Value>),
    /// What the API server writes where nothing is given, as JSON: `"TCP"`, `1`, `{}`.
    Default(&'static str),
    /// The least number.
    Minimum(i64),
    /// The greatest number.
    Maximum(i64),
    /// The least number of characters.
    MinLength(i64),
    /// The greatest number of characters.
    MaxLength(i64),
    /// The least number of elements.
    MinItems(i64),
    /// The greatest number of elements.
    MaxItems(i64),
    /// A regular expression that the whole text matches.
    Pattern(&'static str),
    /// What it stands for.
    Format(Format),
    /// The list is a map: these fields tell its elements apart.
    Keys(Vec<&'static str>),
    /// The list is a set: no element twice.
    Set,
    /// The list or map is replaced as a whole.
    Atomic,
    /// The field by which `kubectl apply` on the client's side joins the elements.
    Merge(&'static str),
    /// It can not be changed once the object exists.
    Immutable,
    /// Of all fields with the same word here, at most one may be set.
    OneOf(&'static str),
}

/// One value of an enumeration.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Value {
    /// As it is written.
    pub text: &'static str,
    /// The versions that know it.
    pub minors: Minors,
}

/// A documentation that has not been read yet: [`Catalog::prose`](crate::Catalog::prose) does.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Prose(pub u32);
