//! Writes the API as two tables: the shapes, which are read where they lie, and the prose, in blocks that are inflated
//! when somebody asks for one of their texts.
//!
//! Both are lists of pieces (`tables::pieces`): of the shapes, the piece 0 holds the texts, 1 the types, sorted by name,
//! and 2 the kinds; each of them is such a list again. A block of prose begins with the number of its first text.

use std::collections::BTreeMap;

use crate::{
    model::{Api, Argument, Fact, Field, Kind, Minors, Presence, Scope, Shape, Type},
    tables::{Texts, number, pieces, signed},
    tags,
};

pub struct Encoded {
    pub shapes: Vec<u8>,
    pub prose: Vec<u8>,
}

/// A block of prose is closed when it is longer than this.
const BLOCK: usize = 48 * 1024;

pub fn encode(api: &Api) -> Encoded {
    let mut encoder = Encoder {
        types: api.types.keys().enumerate().map(|(index, name)| (name.clone(), index)).collect(),
        names: Texts::default(),
        prose: Texts::default(),
    };
    encoder.prose.number("");
    let types: Vec<_> = api.types.values().map(|type_| encoder.type_(type_)).collect();
    let kinds: Vec<_> = api.kinds.iter().map(|kind| encoder.kind(kind)).collect();
    let names: Vec<_> = encoder.names.texts().iter().map(|text| text.clone().into_bytes()).collect();
    Encoded {
        shapes: pieces(&[pieces(&names), pieces(&types), pieces(&kinds)]),
        prose: pieces(&blocks(encoder.prose.texts())),
    }
}

fn blocks(texts: &[String]) -> Vec<Vec<u8>> {
    let mut blocks = Vec::new();
    let mut start = 0;
    let mut block = String::new();
    for (index, text) in texts.iter().enumerate() {
        block.push_str(text);
        block.push('\0');
        if block.len() > BLOCK || index + 1 == texts.len() {
            let mut bytes = Vec::new();
            number(&mut bytes, start as u64);
            bytes.extend(miniz_oxide::deflate::compress_to_vec(block.as_bytes(), 10));
            blocks.push(bytes);
            start = index + 1;
            block.clear();
        }
    }
    blocks
}

struct Encoder {
    types: BTreeMap<String, usize>,
    names: Texts,
    prose: Texts,
}

impl Encoder {
    fn type_(&mut self, type_: &Type) -> Vec<u8> {
        let mut out = Vec::new();
        self.name(&mut out, &type_.name);
        minors(&mut out, type_.minors);
        number(&mut out, self.prose.number(&type_.doc));
        number(&mut out, type_.fields.len() as u64);
        for field in &type_.fields {
            self.field(&mut out, field);
        }
        out
    }

    fn field(&mut self, out: &mut Vec<u8>, field: &Field) {
        self.name(out, &field.name);
        minors(out, field.minors);
        out.push(match field.presence {
            Presence::Optional => 0,
            Presence::Required => 1,
        });
        number(out, self.prose.number(&field.doc));
        self.shape(out, &field.shape);
        number(out, field.facts.len() as u64);
        for fact in &field.facts {
            self.fact(out, fact);
        }
    }

    fn shape(&mut self, out: &mut Vec<u8>, shape: &Shape) {
        out.push(tag(shape));
        match shape {
            Shape::Object(name) => number(out, self.types.get(name).copied().unwrap_or_default() as u64),
            Shape::List(element) | Shape::Map(element) => self.shape(out, element),
            Shape::Either(choices) => {
                number(out, choices.len() as u64);
                choices.iter().for_each(|choice| self.shape(out, choice));
            }
            _ => {}
        }
    }

    fn fact(&mut self, out: &mut Vec<u8>, fact: &Fact) {
        out.push(fact.tag);
        match &fact.argument {
            Argument::None => {}
            Argument::Number(value) => signed(out, *value),
            Argument::Format(number) => out.push(*number),
            Argument::Text(text) => self.name(out, text),
            Argument::Texts(texts) => self.list(out, texts),
            Argument::Values(values) => {
                number(out, values.len() as u64);
                for (text, versions) in values {
                    self.name(out, text);
                    minors(out, *versions);
                }
            }
        }
    }

    fn kind(&mut self, kind: &Kind) -> Vec<u8> {
        let mut out = Vec::new();
        for text in [&kind.group, &kind.version, &kind.kind, &kind.plural, &kind.list] {
            self.name(&mut out, text);
        }
        out.push(match kind.scope {
            Scope::Cluster => tags::scope::CLUSTER,
            Scope::Namespaced => tags::scope::NAMESPACED,
            Scope::Subresource => tags::scope::SUBRESOURCE,
        });
        number(&mut out, self.types.get(&kind.type_).copied().unwrap_or_default() as u64);
        minors(&mut out, kind.minors);
        out.push(kind.name);
        for list in [&kind.short_names, &kind.categories, &kind.subresources] {
            self.list(&mut out, list);
        }
        out
    }

    fn list(&mut self, out: &mut Vec<u8>, texts: &[String]) {
        number(out, texts.len() as u64);
        texts.iter().for_each(|text| self.name(out, text));
    }

    fn name(&mut self, out: &mut Vec<u8>, text: &str) {
        number(out, self.names.number(text));
    }
}

fn minors(out: &mut Vec<u8>, minors: Minors) {
    out.push((minors.first - tags::FIRST_MINOR) << 4 | (minors.last - tags::FIRST_MINOR));
}

fn tag(shape: &Shape) -> u8 {
    use tags::shape;
    match shape {
        Shape::Boolean => shape::BOOLEAN,
        Shape::Int32 => shape::INT32,
        Shape::Int64 => shape::INT64,
        Shape::Double => shape::DOUBLE,
        Shape::Text => shape::TEXT,
        Shape::Base64 => shape::BASE64,
        Shape::Time => shape::TIME,
        Shape::MicroTime => shape::MICRO_TIME,
        Shape::IntOrString => shape::INT_OR_STRING,
        Shape::Quantity => shape::QUANTITY,
        Shape::Any => shape::ANY,
        Shape::Object(_) => shape::OBJECT,
        Shape::List(_) => shape::LIST,
        Shape::Map(_) => shape::MAP,
        Shape::Either(_) => shape::EITHER,
    }
}
