//! The words of schemas that stand for one value: texts, numbers, literals, and the types that Kubernetes has itself.

use data::{Datum, DatumKind};

use super::shape::{Field, Presence, Record, Shape, union};

/// What the pattern of every amount begins with.
const QUANTITY: &str = r"^(\+|-)?(([0-9]+(\.[0-9]*)?)";

/// The text that a value is.
pub fn text(value: &Datum) -> Option<&str> {
    match &value.kind {
        DatumKind::Text(text) => Some(text),
        _ => None,
    }
}

/// A text in quotes, as the language writes it.
pub fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '"' | '\\' => out.extend(['\\', letter]),
            ' ' => out.push(' '),
            letter if letter.is_ascii_graphic() || letter.is_alphanumeric() => out.push(letter),
            letter => out.push_str(&format!("\\u{{{:x}}}", u32::from(letter))),
        }
    }
    out.push('"');
    out
}

/// The type of exactly one value; of a value that no type is exactly, the nearest.
pub fn literal(value: &Datum) -> Shape {
    match &value.kind {
        DatumKind::Null => Shape::null(),
        DatumKind::Bool(truth) => Shape::Literal(truth.to_string()),
        DatumKind::Int(number) if i64::try_from(number.abs()).is_ok() => Shape::Literal(number.to_string()),
        DatumKind::Int(_) | DatumKind::Float(_) => Shape::word("Float"),
        DatumKind::Text(text) => Shape::Literal(quoted(text)),
        DatumKind::List(_) => Shape::List(Box::new(Shape::any())),
        DatumKind::Map(_) => Shape::map(Shape::any()),
    }
}

/// A number within its bounds.
pub fn number(base: &'static str, schema: &Datum) -> Shape {
    let least = bound(schema, "minimum", "exclusiveMinimum");
    let most = bound(schema, "maximum", "exclusiveMaximum");
    let condition = match (least, most) {
        (None, None) => return Shape::word(base),
        (Some((least, sign)), None) => format!("it {} {least}", sign.replace('<', ">")),
        (None, Some((most, sign))) => format!("it {sign} {most}"),
        (Some((least, below)), Some((most, above))) => format!("{least} {below} it and it {above} {most}"),
    };
    Shape::Where(base, condition)
}

/// A bound and whether it belongs to the numbers: OpenAPI says that beside it, JSON Schema with it.
fn bound(schema: &Datum, inclusive: &str, exclusive: &str) -> Option<(String, &'static str)> {
    let number = |key: &str| match &schema.get(key)?.kind {
        DatumKind::Int(number) if i64::try_from(number.abs()).is_ok() => Some(number.to_string()),
        DatumKind::Float(number) if number.fract() == 0.0 && number.abs() < 1e15 => Some(format!("{number:.0}")),
        _ => None,
    };
    match (number(exclusive), number(inclusive)) {
        (Some(number), _) => Some((number, "<")),
        (None, Some(number)) => match schema.get(exclusive).map(|value| &value.kind) {
            Some(DatumKind::Bool(true)) => Some((number, "<")),
            _ => Some((number, "<=")),
        },
        (None, None) => None,
    }
}

/// A text, and what it stands for where its form says so.
pub fn text_type(schema: &Datum) -> Shape {
    let format = schema.get("format").and_then(text).unwrap_or_default();
    let pattern = schema.get("pattern").and_then(text).unwrap_or_default();
    let meaning = match format {
        "ipv4" => "Ip4",
        "ipv6" => "Ip6",
        "ip" => "Ip",
        "cidr" => "Cidr",
        "duration" => "Duration",
        _ if pattern.starts_with(QUANTITY) => return Shape::quantity(),
        _ if is_of_duration(pattern) => "Duration",
        _ => return Shape::word("String"),
    };
    union(vec![Shape::word(meaning), Shape::word("String")])
}

/// Whether a pattern is one of numbers with units of time.
fn is_of_duration(pattern: &str) -> bool {
    let inside = pattern.replace(['?', '(', ')'], "");
    ["ms|s|m|h", "h|m|s|ms", "ns|us|µs|ms|s|m|h", "y[0-9]+w[0-9]+d"].iter().any(|units| inside.contains(units))
}

/// A number or a text.
pub fn int_or_text(schema: &Datum) -> Shape {
    match schema.get("pattern").and_then(text) {
        Some(pattern) if pattern.starts_with(QUANTITY) => Shape::quantity(),
        _ => union(vec![Shape::word("Int"), Shape::word("String")]),
    }
}

/// Amounts of cpu, memory and others by name.
pub fn resources() -> Shape {
    let amounts = [("cpu", "Cpu"), ("memory", "Bytes"), ("storage", "Bytes"), ("ephemeral-storage", "Bytes")];
    let fields = amounts.into_iter().map(|(name, word)| field(name, Shape::word(word))).collect();
    Shape::Record(Record { fields, rest: Some(Box::new(Shape::quantity())) })
}

/// Records of Kubernetes' own that are known by their fields: schemas carry copies of these.
const KNOWN: [(&[&str], &str); 1] = [(&["matchExpressions", "matchLabels"], "k8s.LabelSelector")];

/// The type of Kubernetes that a record is a copy of.
pub fn known(record: &Record) -> Option<Shape> {
    let is_same = |names: &[&str]| record.fields.iter().map(|field| field.name.as_str()).eq(names.iter().copied());
    let found = KNOWN.iter().find(|(names, _)| is_same(names) && record.rest.is_none());
    found.map(|(_, word)| Shape::word(word))
}

/// Gives a record what every object of Kubernetes has.
pub fn embed(record: &mut Record) {
    let common = [("apiVersion", "String"), ("kind", "String"), ("metadata", "k8s.ObjectMeta")];
    record.fields.retain(|field| !common.iter().any(|(name, _)| field.name == *name));
    let common = common.into_iter().map(|(name, word)| field(name, Shape::word(word)));
    record.fields = common.chain(std::mem::take(&mut record.fields)).collect();
}

fn field(name: &str, shape: Shape) -> Field {
    Field { name: name.to_string(), presence: Presence::Optional, shape }
}

/// What a reference to a definition of the Kubernetes API means: documents carry copies of these.
pub fn of_kubernetes(path: &str) -> Option<Shape> {
    let name = path.rsplit('/').next()?;
    match name {
        "io.k8s.apimachinery.pkg.api.resource.Quantity" => return Some(Shape::quantity()),
        "io.k8s.apimachinery.pkg.util.intstr.IntOrString" => {
            return Some(union(vec![Shape::word("Int"), Shape::word("String")]));
        }
        _ => {}
    }
    let name = name.strip_prefix("io.k8s.api.").or_else(|| name.strip_prefix("io.k8s.apimachinery.pkg.apis."))?;
    crate::kubernetes::has(name).then(|| Shape::Word(format!("k8s.{name}")))
}
