//! The API as plain data, while it is being made. What the library shows of it is in `src/model.rs`.

use std::collections::BTreeMap;

/// All versions together.
#[derive(Default)]
pub struct Api {
    /// By short name.
    pub types: BTreeMap<String, Type>,
    pub kinds: Vec<Kind>,
}

/// One version, as it was read.
pub struct Version {
    pub minor: u8,
    pub types: Vec<Type>,
    pub kinds: Vec<Kind>,
}

/// A definition: `core.v1.Container`.
#[derive(Clone)]
pub struct Type {
    pub name: String,
    pub doc: String,
    pub fields: Vec<Field>,
    pub minors: Minors,
}

#[derive(Clone)]
pub struct Field {
    pub name: String,
    pub doc: String,
    pub shape: Shape,
    pub presence: Presence,
    pub minors: Minors,
    pub facts: Vec<Fact>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub enum Presence {
    Optional,
    Required,
}

#[derive(Clone, PartialEq, Eq)]
pub enum Shape {
    Boolean,
    Int32,
    Int64,
    Double,
    Text,
    Base64,
    Time,
    MicroTime,
    IntOrString,
    Quantity,
    Any,
    Object(String),
    List(Box<Shape>),
    Map(Box<Shape>),
    Either(Vec<Shape>),
}

/// The first and the last version that has it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Minors {
    pub first: u8,
    pub last: u8,
}

#[derive(Clone)]
pub struct Kind {
    pub group: String,
    pub version: String,
    pub kind: String,
    pub plural: String,
    pub list: String,
    pub scope: Scope,
    /// The short name of its type.
    pub type_: String,
    pub minors: Minors,
    pub short_names: Vec<String>,
    pub categories: Vec<String>,
    pub subresources: Vec<String>,
    /// What its name must be: a number of `format.rs`.
    pub name: u8,
}

#[derive(Clone, Copy)]
pub enum Scope {
    Cluster,
    Namespaced,
    Subresource,
}

/// One word of `facts/` about a field, with what follows it. `words.rs` says which words there are.
#[derive(Clone, PartialEq)]
pub struct Fact {
    pub tag: u8,
    pub argument: Argument,
}

#[derive(Clone, PartialEq)]
pub enum Argument {
    None,
    Number(i64),
    Format(u8),
    Text(String),
    Texts(Vec<String>),
    Values(Vec<(String, Minors)>),
}
