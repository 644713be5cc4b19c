//! What a published schema says of a value, as a type of the language: the model between a schema and its text.
//!
//! Knows the types of the language and which of them are one; must not know schemas nor how types are laid out.

/// A type.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub enum Shape {
    /// A type by its name: `String`, `k8s.core.v1.Container`, or one of the same module.
    Word(String),
    /// Exactly one value, as it is written: `"Always"`, `1`, `null`.
    Literal(String),
    /// `Int where it >= 1`.
    Where(&'static str, String),
    /// `[T]`.
    List(Box<Shape>),
    /// `[name: T]`.
    Keyed(String, Box<Shape>),
    /// `{ a: T, b?: U, String: V }`; a map is one without fields.
    Record(Record),
    /// `A | B`.
    Union(Vec<Shape>),
}

/// The fields of a record, and what every other key holds.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Default)]
pub struct Record {
    /// In the order of the schema.
    pub fields: Vec<Field>,
    /// Every other key; nothing where there is none.
    pub rest: Option<Box<Shape>>,
}

/// A field of a record.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Field {
    /// Its name.
    pub name: String,
    /// Whether it must be there.
    pub presence: Presence,
    /// What it holds.
    pub shape: Shape,
}

/// Whether a field must be there.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Presence {
    /// It must.
    Required,
    /// It may be left out.
    Optional,
}

impl Shape {
    /// A type by its name.
    pub fn word(name: &str) -> Shape {
        Shape::Word(name.to_string())
    }

    /// Everything.
    pub fn any() -> Shape {
        Shape::word("Any")
    }

    /// Nothing but null.
    pub fn null() -> Shape {
        Shape::Literal("null".to_string())
    }

    /// A map from texts.
    pub fn map(value: Shape) -> Shape {
        Shape::Record(Record { fields: Vec::new(), rest: Some(Box::new(value)) })
    }

    /// Whether it is everything.
    pub fn is_any(&self) -> bool {
        matches!(self, Shape::Word(name) if name == "Any")
    }

    /// A text or a whole number that stands for an amount of something.
    pub fn quantity() -> Shape {
        union(["Cpu", "Bytes", "String"].into_iter().map(Shape::word).collect())
    }
}

/// One of several types; two records or two lists become one, so that braces always say which is meant.
pub fn union(members: Vec<Shape>) -> Shape {
    let mut found: Vec<Shape> = Vec::new();
    members.into_iter().for_each(|member| add(member, &mut found));
    if found.iter().any(Shape::is_any) {
        return Shape::any();
    }
    let words: Vec<String> = found.iter().filter_map(word_of).collect();
    found.retain(|member| !general(member).is_some_and(|general| words.iter().any(|word| word == general)));
    // Null comes last, where it reads as `?`.
    found.sort_by_key(|member| *member == Shape::null());
    match found.len() {
        1 => found.swap_remove(0),
        _ => Shape::Union(found),
    }
}

fn word_of(shape: &Shape) -> Option<String> {
    match shape {
        Shape::Word(word) => Some(word.clone()),
        _ => None,
    }
}

/// The plain type that holds a literal or a bounded number too.
fn general(shape: &Shape) -> Option<&'static str> {
    match shape {
        Shape::Where(base, _) => Some(base),
        Shape::Literal(text) if text.starts_with('"') => Some("String"),
        Shape::Literal(text) if text == "true" || text == "false" => Some("Bool"),
        Shape::Literal(text) if text != "null" => Some("Int"),
        _ => None,
    }
}

fn add(member: Shape, found: &mut Vec<Shape>) {
    match member {
        Shape::Union(inner) => inner.into_iter().for_each(|member| add(member, found)),
        Shape::Record(new) => {
            let known = found.iter_mut().find_map(|known| match known {
                Shape::Record(known) => Some(known),
                _ => None,
            });
            match known {
                Some(known) => *known = either(std::mem::take(known), new),
                None => found.push(Shape::Record(new)),
            }
        }
        Shape::List(new) => {
            let known = found.iter_mut().find_map(|known| match known {
                Shape::List(known) => Some(known),
                _ => None,
            });
            match known {
                Some(known) => **known = union(vec![(**known).clone(), *new]),
                None => found.push(Shape::List(new)),
            }
        }
        other if found.contains(&other) => {}
        other => found.push(other),
    }
}

/// A record that is one of two.
fn either(one: Record, other: Record) -> Record {
    let rest = match (one.rest, other.rest) {
        (Some(one), Some(other)) => Some(Box::new(union(vec![*one, *other]))),
        (one, other) => one.or(other),
    };
    let mut fields = one.fields;
    for field in &mut fields {
        if !other.fields.iter().any(|new| new.name == field.name && new.presence == Presence::Required) {
            field.presence = Presence::Optional;
        }
    }
    for field in other.fields {
        match fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => known.shape = union(vec![known.shape.clone(), field.shape]),
            None => fields.push(Field { presence: Presence::Optional, ..field }),
        }
    }
    Record { fields, rest }
}

/// What is of two types at once, as far as one type says that.
pub fn both(one: Shape, other: Shape) -> Shape {
    match (one, other) {
        (Shape::Record(one), Shape::Record(other)) => Shape::Record(both_records(one, other)),
        (one, other) if one.is_any() => other,
        // A text of an enumeration is the enumeration's.
        (Shape::Word(word), other) if is_narrower(&other, &word) => other,
        (one, other) if is_narrower(&other, "String") => common(one, &other),
        (one, _) => one,
    }
}

/// Whether every member of a type is a value or a bounded part of a plain one.
fn is_narrower(shape: &Shape, word: &str) -> bool {
    match shape {
        Shape::Union(members) => !members.is_empty() && members.iter().all(|member| is_narrower(member, word)),
        other => general(other) == Some(word),
    }
}

/// What two enumerations have in common; the first where that is nothing, or it is none.
fn common(one: Shape, other: &Shape) -> Shape {
    let members = |shape: &Shape| match shape {
        Shape::Union(members) => members.clone(),
        other => vec![other.clone()],
    };
    let others = members(other);
    let shared: Vec<Shape> = members(&one).into_iter().filter(|member| others.contains(member)).collect();
    if shared.is_empty() { one } else { union(shared) }
}

fn both_records(one: Record, other: Record) -> Record {
    let rest = match (one.rest, other.rest) {
        (Some(one), Some(other)) => Some(Box::new(both(*one, *other))),
        _ => None,
    };
    let mut fields = one.fields;
    for field in other.fields {
        match fields.iter_mut().find(|known| known.name == field.name) {
            Some(known) => {
                known.shape = both(known.shape.clone(), field.shape);
                if field.presence == Presence::Required {
                    known.presence = Presence::Required;
                }
            }
            None => fields.push(field),
        }
    }
    Record { fields, rest }
}
