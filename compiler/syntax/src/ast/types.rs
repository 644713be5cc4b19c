//! Views of types.

use super::{Expr, Key, Literal, Name, Path, StringLit, child, children, choices, has, key, name, parts, views};
use crate::kind::SyntaxKind as K;
use crate::tree::Token;

choices! {
    /// A type.
    Type {
        /// `k8s.Pod`
        Named(NamedType),
        /// `"http"`, `8080`, `-1`, `true`, `null`
        Literal(LiteralType),
        /// `[T]`, `[key: T]`
        List(ListType),
        /// `(T)`
        Paren(ParenType),
        /// `(A, B) -> C`
        Function(FunctionType),
        /// `{ a: T, "b"?: U, String: V }`
        Record(RecordType),
        /// `T?`
        Optional(OptionalType),
        /// `A | B`
        Union(UnionType),
        /// `T where it > 0`
        Where(WhereType),
    }
}

views! {
    /// A type by its name.
    NamedType = NamedType;
    /// A type of one value.
    LiteralType = LiteralType;
    /// A list.
    ListType = ListType;
    /// A type in round brackets.
    ParenType = ParenType;
    /// A function.
    FunctionType = FunctionType;
    /// A record or a map.
    RecordType = RecordType;
    /// One entry of a record type.
    TypeEntry = TypeEntry;
    /// `T?`
    OptionalType = OptionalType;
    /// One of several.
    UnionType = UnionType;
    /// A type with a condition.
    WhereType = WhereType;
}

parts! {
    NamedType {
        /// The name.
        path: Path = child;
    }
    ListType {
        /// The field that its elements are known by.
        key: Name = name;
        /// The type of the elements.
        element: Type = child;
    }
    ParenType {
        /// The type inside.
        inner: Type = child;
    }
    FunctionType {
        /// The type of the result.
        result: Type = child;
    }
    TypeEntry {
        /// What stands before `:`.
        key: Key = key;
        /// The type of the value.
        ty: Type = child;
    }
    OptionalType {
        /// The type before `?`.
        inner: Type = child;
    }
    WhereType {
        /// The type before `where`.
        inner: Type = child;
        /// The condition, in which `it` is the value.
        predicate: Expr = child;
    }
}

/// The value that a literal type consists of.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LiteralValue<'t> {
    /// A string.
    String(StringLit<'t>),
    /// A literal of one token.
    Token(Literal<'t>),
    /// `true` or `false`.
    Bool(bool),
    /// `null`
    Null,
}

impl<'t> LiteralType<'t> {
    /// The value.
    #[must_use]
    pub fn value(self) -> Option<LiteralValue<'t>> {
        let string = child(self.0).map(LiteralValue::String);
        string.or_else(|| child(self.0).map(LiteralValue::Token)).or_else(|| self.0.tokens().find_map(word_value))
    }

    /// Whether a minus stands before it.
    #[must_use]
    pub fn is_negative(self) -> bool {
        has(self.0, K::Minus)
    }
}

fn word_value(token: Token<'_>) -> Option<LiteralValue<'_>> {
    match token.kind() {
        K::TrueWord => Some(LiteralValue::Bool(true)),
        K::FalseWord => Some(LiteralValue::Bool(false)),
        K::NullWord => Some(LiteralValue::Null),
        _ => None,
    }
}

impl<'t> FunctionType<'t> {
    /// The types of the parameters.
    pub fn params(self) -> impl Iterator<Item = Type<'t>> {
        self.0.first_child(K::Params).into_iter().flat_map(children)
    }
}

impl<'t> RecordType<'t> {
    /// The entries, in order.
    pub fn entries(self) -> impl Iterator<Item = TypeEntry<'t>> {
        children(self.0)
    }
}

impl<'t> TypeEntry<'t> {
    /// The type of the keys, if this entry stands for every other key: a name that begins with a capital.
    #[must_use]
    pub fn key_type(self) -> Option<Name<'t>> {
        let name = self.key()?.name()?;
        name.text().starts_with(|first: char| first.is_ascii_uppercase()).then_some(name)
    }

    /// Whether `?` follows the key.
    #[must_use]
    pub fn is_optional(self) -> bool {
        has(self.0, K::Question)
    }
}

impl<'t> UnionType<'t> {
    /// The alternatives, in order.
    pub fn members(self) -> impl Iterator<Item = Type<'t>> {
        children(self.0)
    }
}
