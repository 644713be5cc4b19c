//! Types as the checker has them, and how they are written in messages.

use std::fmt::Write;
use std::sync::Arc;

use crate::ir::Ir;
use crate::keys::{At, Db, Decl, decl_name};
use crate::symbol::Symbol;

/// A type.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Ty {
    /// Something wrong was said elsewhere: fits everything, so that it is said once.
    Error,
    /// Nothing has this type: the element of an empty list.
    Never,
    /// Whatever there is.
    Any,
    /// `null`
    Null,
    /// A type of single values.
    Scalar(Scalar),
    /// One value: `"worker"`, `1`, `true`.
    Literal(Literal),
    /// `[T]`
    List(Arc<Ty>),
    /// `[key: T]`: a list whose elements are known by a field of theirs.
    Keyed(Symbol, Arc<Ty>),
    /// `{K: V}`
    Map(Arc<Ty>, Arc<Ty>),
    /// `{ a: A, b?: B }`
    Record(Arc<RecordTy>),
    /// A schema, by its declaration.
    Schema(Decl),
    /// A `type`, by its declaration.
    Alias(Decl),
    /// What a schema's `let` of this name turns out to be.
    Inferred(Decl, Symbol),
    /// A keyed collection of this element.
    Collection(Arc<Ty>),
    /// `A | B`, never nested, never with one member.
    Union(Arc<[Ty]>),
    /// `T where predicate`
    Refined(Arc<Refined>),
    /// `(A) -> B`
    Function(Arc<FunctionTy>),
}

/// The types of single values.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash, PartialOrd, Ord)]
#[allow(missing_docs, reason = "each is named as in the language")]
pub enum Scalar {
    Bool,
    Int,
    Float,
    String,
    Ip,
    Ip4,
    Ip6,
    Cidr,
    IpRange,
    IntRange,
    Mac,
    Port,
    PortRange,
    Cpu,
    Bytes,
    Duration,
    Version,
    Image,
    Name,
    Hostname,
    Url,
    Path,
    Regex,
}

impl Scalar {
    /// All of them.
    pub const ALL: [Scalar; 23] = [
        Scalar::Bool,
        Scalar::Int,
        Scalar::Float,
        Scalar::String,
        Scalar::Ip,
        Scalar::Ip4,
        Scalar::Ip6,
        Scalar::Cidr,
        Scalar::IpRange,
        Scalar::IntRange,
        Scalar::Mac,
        Scalar::Port,
        Scalar::PortRange,
        Scalar::Cpu,
        Scalar::Bytes,
        Scalar::Duration,
        Scalar::Version,
        Scalar::Image,
        Scalar::Name,
        Scalar::Hostname,
        Scalar::Url,
        Scalar::Path,
        Scalar::Regex,
    ];

    /// Its name in the language.
    pub fn name(self) -> &'static str {
        match self {
            Scalar::Bool => "Bool",
            Scalar::Int => "Int",
            Scalar::Float => "Float",
            Scalar::String => "String",
            Scalar::Ip => "Ip",
            Scalar::Ip4 => "Ip4",
            Scalar::Ip6 => "Ip6",
            Scalar::Cidr => "Cidr",
            Scalar::IpRange => "IpRange",
            Scalar::IntRange => "IntRange",
            Scalar::Mac => "Mac",
            Scalar::Port => "Port",
            Scalar::PortRange => "PortRange",
            Scalar::Cpu => "Cpu",
            Scalar::Bytes => "Bytes",
            Scalar::Duration => "Duration",
            Scalar::Version => "Version",
            Scalar::Image => "Image",
            Scalar::Name => "Name",
            Scalar::Hostname => "Hostname",
            Scalar::Url => "Url",
            Scalar::Path => "Path",
            Scalar::Regex => "Regex",
        }
    }

    /// The type of this name.
    pub fn named(name: &str) -> Option<Scalar> {
        Scalar::ALL.into_iter().find(|scalar| scalar.name() == name)
    }

    /// Whether its values are text that obeys a form.
    pub fn is_textual(self) -> bool {
        use Scalar::*;
        matches!(self, String | Version | Image | Name | Hostname | Url | Path | Regex)
    }

    /// Whether every value of it is one of `wider` too.
    pub fn is_within(self, wider: Scalar) -> bool {
        use Scalar::*;
        self == wider
            || matches!((self, wider), (Ip4 | Ip6, Ip) | (Port, Int) | (Name, Hostname) | (Int, Float) | (Port, Float))
            || (wider == String && self.is_textual())
    }

    /// Whether a value of `wider` may turn out to be one of these, so that evaluation decides.
    pub fn may_hold(self, wider: Scalar) -> bool {
        use Scalar::*;
        matches!((self, wider), (Ip4 | Ip6, Ip) | (Port, Int))
    }
}

/// A literal as a type.
#[derive(Clone, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "each is what it says")]
pub enum Literal {
    Text(Symbol),
    Int(i64),
    Bool(bool),
}

impl Literal {
    /// The type that it is a value of.
    pub fn scalar(&self) -> Scalar {
        match self {
            Literal::Text(_) => Scalar::String,
            Literal::Int(_) => Scalar::Int,
            Literal::Bool(_) => Scalar::Bool,
        }
    }
}

/// The fields of a record type.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct RecordTy {
    /// Name, whether it may be left out, type.
    pub fields: Vec<(Symbol, bool, Ty)>,
    /// Every other key: the type of keys and of values.
    pub rest: Option<(Ty, Ty)>,
    /// The kind of Kubernetes objects that it is the type of.
    pub object: Option<ObjectKind>,
    /// Where it is written, if it is.
    pub at: Declared,
}

/// Where a type is written: types are equal wherever that is.
#[derive(Clone, Copy, Debug, Default)]
pub struct Declared(pub Option<At>);

impl PartialEq for Declared {
    fn eq(&self, _: &Declared) -> bool {
        true
    }
}

impl Eq for Declared {}

/// A kind of Kubernetes objects.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct ObjectKind {
    /// `apps/v1`
    pub api_version: Symbol,
    /// `Deployment`
    pub kind: Symbol,
    /// Whether its objects live in a namespace.
    pub namespaced: bool,
    /// The declaration that says so.
    pub at: At,
}

impl RecordTy {
    /// The type of a field.
    pub fn field(&self, name: Symbol) -> Option<&Ty> {
        let known = self.fields.iter().find(|field| field.0 == name).map(|field| &field.2);
        known.or(self.rest.as_ref().map(|rest| &rest.1))
    }

    /// Puts keys in the order of the type, those that it does not name behind the others in natural order.
    pub fn sort<T>(&self, entries: &mut [(Symbol, T)]) {
        let rank = |name: &Symbol| self.fields.iter().position(|field| field.0 == *name).unwrap_or(self.fields.len());
        let named = |name: &Symbol| (rank(name), *name);
        let order = |one: &(Symbol, T), other: &(Symbol, T)| {
            let ((one, first), (other, second)) = (named(&one.0), named(&other.0));
            one.cmp(&other).then_with(|| match one == self.fields.len() {
                true => domain::natural_cmp(first.as_str(), second.as_str()),
                false => std::cmp::Ordering::Equal,
            })
        };
        if !entries.is_sorted_by(|one, other| order(one, other).is_le()) {
            entries.sort_by(order);
        }
    }
}

impl ObjectKind {
    /// Whether its objects are of any kind.
    pub fn is_any(&self) -> bool {
        self.kind.as_str().is_empty()
    }

    /// The group of its version: nothing for the core.
    pub fn group(&self) -> &'static str {
        self.api_version.as_str().rsplit_once('/').map_or("", |(group, _)| group)
    }
}

/// A type with a predicate.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Refined {
    /// The type that is narrowed.
    pub base: Ty,
    /// What must hold of `it`, which is the first local.
    pub predicate: Arc<Ir>,
    /// What must hold, as it is written.
    pub text: Symbol,
    /// Where it is written.
    pub at: crate::keys::At,
}

/// The type of a function.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FunctionTy {
    /// Of its parameters.
    pub params: Vec<Ty>,
    /// Of its result.
    pub result: Ty,
}

impl From<Scalar> for Ty {
    fn from(scalar: Scalar) -> Ty {
        Ty::Scalar(scalar)
    }
}

impl Ty {
    /// `[T]`
    pub fn list(element: Ty) -> Ty {
        Ty::List(Arc::new(element))
    }

    /// `{String: T}`
    pub fn map(value: Ty) -> Ty {
        Ty::Map(Arc::new(Ty::Scalar(Scalar::String)), Arc::new(value))
    }

    /// `T?`
    pub fn optional(self) -> Ty {
        Ty::union([self, Ty::Null])
    }

    /// The union of these, flattened, each member once.
    pub fn union(members: impl IntoIterator<Item = Ty>) -> Ty {
        let mut flat: Vec<Ty> = Vec::new();
        for member in members {
            let parts: Vec<Ty> = match member {
                Ty::Union(inner) => inner.to_vec(),
                Ty::Never => continue,
                other => vec![other],
            };
            for part in parts {
                if matches!(part, Ty::Any | Ty::Error) {
                    return part;
                }
                if !flat.contains(&part) {
                    flat.push(part);
                }
            }
        }
        match flat.len() {
            0 => Ty::Never,
            1 => flat.swap_remove(0),
            _ => Ty::Union(flat.into()),
        }
    }

    /// The members of a union, or the type itself.
    pub fn members(&self) -> &[Ty] {
        match self {
            Ty::Union(members) => members,
            other => std::slice::from_ref(other),
        }
    }

    /// Whether `null` is among its members as it is written.
    pub fn has_null(&self) -> bool {
        self.members().iter().any(|member| matches!(member, Ty::Null | Ty::Any | Ty::Error))
    }

    /// The type without `null`.
    pub fn without_null(&self) -> Ty {
        match self {
            Ty::Union(members) => Ty::union(members.iter().filter(|ty| **ty != Ty::Null).cloned()),
            other => other.clone(),
        }
    }

    /// Whether it silences what would follow from it.
    pub fn is_error(&self) -> bool {
        matches!(self, Ty::Error)
    }
}

/// A type as a message writes it.
pub fn display(db: &dyn Db, ty: &Ty) -> String {
    let mut text = String::new();
    write_ty(db, ty, &mut text, 0);
    text
}

/// How much of the predicate of a type is shown.
const MAX_PREDICATE: usize = 40;

fn write_ty(db: &dyn Db, ty: &Ty, out: &mut String, depth: u32) {
    if depth > 6 {
        out.push('…');
        return;
    }
    match ty {
        Ty::Error => out.push('?'),
        Ty::Never => out.push_str("nothing"),
        Ty::Any => out.push_str("Any"),
        Ty::Null => out.push_str("null"),
        Ty::Scalar(scalar) => out.push_str(scalar.name()),
        Ty::Literal(Literal::Text(text)) => _ = write!(out, "{:?}", text.as_str()),
        Ty::Literal(Literal::Int(number)) => _ = write!(out, "{number}"),
        Ty::Literal(Literal::Bool(truth)) => _ = write!(out, "{truth}"),
        Ty::List(element) => bracketed(db, "[", element, "]", out, depth),
        Ty::Keyed(key, element) => bracketed(db, &format!("[{key}: "), element, "]", out, depth),
        Ty::Map(key, value) => {
            bracketed(db, "{", key, ": ", out, depth);
            bracketed(db, "", value, "}", out, depth);
        }
        Ty::Record(record) => write_record(db, record, out, depth),
        Ty::Schema(decl) | Ty::Alias(decl) => out.push_str(decl_name(db, *decl)),
        Ty::Inferred(..) => match crate::check::types::expand(db, ty) {
            Ty::Inferred(..) => out.push('?'),
            expanded => write_ty(db, &expanded, out, depth + 1),
        },
        Ty::Collection(element) => bracketed(db, "each ", element, "", out, depth),
        Ty::Union(members) => write_union(db, members, out, depth),
        Ty::Refined(refined) => {
            let text = refined.text.as_str();
            let cut = text.char_indices().nth(MAX_PREDICATE).map(|(at, _)| at);
            bracketed(db, "", &refined.base, " where ", out, depth);
            out.push_str(cut.and_then(|at| text.get(..at)).unwrap_or(text));
            out.push_str(if cut.is_some() { "…" } else { "" });
        }
        Ty::Function(function) => {
            out.push('(');
            write_joined(db, &function.params, ", ", out, depth);
            bracketed(db, ") -> ", &function.result, "", out, depth);
        }
    }
}

fn bracketed(db: &dyn Db, open: &str, ty: &Ty, close: &str, out: &mut String, depth: u32) {
    out.push_str(open);
    write_ty(db, ty, out, depth + 1);
    out.push_str(close);
}

fn write_joined(db: &dyn Db, types: &[Ty], between: &str, out: &mut String, depth: u32) {
    for (index, ty) in types.iter().enumerate() {
        if index > 0 {
            out.push_str(between);
        }
        write_ty(db, ty, out, depth + 1);
    }
}

fn write_union(db: &dyn Db, members: &[Ty], out: &mut String, depth: u32) {
    match members {
        [one, Ty::Null] | [Ty::Null, one] if goes_on(one) => bracketed(db, "(", one, ")?", out, depth),
        [one, Ty::Null] | [Ty::Null, one] => bracketed(db, "", one, "?", out, depth),
        _ => {
            for (index, member) in members.iter().enumerate() {
                let between = if index > 0 { " | " } else { "" };
                let (open, close) = if goes_on(member) { ("(", ")") } else { ("", "") };
                bracketed(db, &format!("{between}{open}"), member, close, out, depth);
            }
        }
    }
}

/// Whether what is written behind a type would be read as a part of it.
fn goes_on(ty: &Ty) -> bool {
    matches!(ty, Ty::Function(_) | Ty::Refined(_))
}

fn write_record(db: &dyn Db, record: &RecordTy, out: &mut String, depth: u32) {
    out.push_str("{ ");
    for (index, (name, optional, ty)) in record.fields.iter().enumerate() {
        if index > 0 {
            out.push_str(", ");
        }
        let mark = if *optional { "?" } else { "" };
        _ = write!(out, "{name}{mark}: ");
        let shown = if *optional { ty.without_null() } else { ty.clone() };
        write_ty(db, &shown, out, depth + 1);
    }
    if let Some((key, value)) = &record.rest {
        if !record.fields.is_empty() {
            out.push_str(", ");
        }
        bracketed(db, "", key, ": ", out, depth);
        write_ty(db, value, out, depth + 1);
    }
    out.push_str(" }");
}

/// A type with its article.
pub fn article(ty: &str) -> String {
    match ty.chars().next() {
        _ if matches!(ty, "true" | "false" | "null") => format!("`{ty}`"),
        Some('A' | 'E' | 'I' | 'O' | 'a' | 'e' | 'i' | 'o') => format!("an `{ty}`"),
        Some('"' | '[' | '{' | '(' | '-' | '0'..='9') => format!("`{ty}`"),
        _ => format!("a `{ty}`"),
    }
}
