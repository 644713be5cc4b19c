//! Views of what stands in bodies.

use super::{
    Expr, Key, KeyPath, Let, Name, StringLit, after, before, child, children, choices, entry_name, name_children,
    parts, views,
};
use crate::kind::SyntaxKind as K;

choices! {
    /// A statement of a body.
    Statement {
        /// `a.b: value`
        Write(Write),
        /// `network { .. }`, `host cp-1 { .. }`
        Block(Block),
        /// `cluster prod: base with { .. }`
        Entry(Entry),
        /// `if c { .. } else { .. }`
        If(If),
        /// `for x in xs if c { .. }`
        For(For),
        /// `let x = v`
        Let(Let),
        /// `...m`
        Spread(Spread),
        /// `check c else "why"`
        Check(Check),
        /// `assert c`
        Assert(Assert),
        /// `expect error "code" in { .. }`
        ExpectError(ExpectError),
    }
}

views! {
    /// `{ .. }` with statements.
    Body = Body;
    /// `a.b: value`
    Write = Write;
    /// A path, perhaps a name, and a body.
    Block = Block;
    /// A path, a name, and the entry as an expression.
    Entry = Entry;
    /// `if` as a statement.
    If = If;
    /// `for` as a statement.
    For = For;
    /// `...` and a map.
    Spread = Spread;
    /// A rule with a message.
    Check = Check;
    /// `assert` in a test.
    Assert = Assert;
    /// `expect error "code" in { .. }` in a test.
    ExpectError = ExpectError;
}

/// What follows `else` of an `if` statement.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ElseBranch<'t> {
    /// `else if ..`
    If(If<'t>),
    /// `else { .. }`
    Body(Body<'t>),
}

impl<'t> super::Documented<'t> for Statement<'t> {}
impl<'t> super::Documented<'t> for Write<'t> {}
impl<'t> super::Documented<'t> for Block<'t> {}
impl<'t> super::Documented<'t> for Entry<'t> {}
impl<'t> super::Documented<'t> for Check<'t> {}

impl<'t> Body<'t> {
    /// The statements, in order.
    pub fn statements(self) -> impl Iterator<Item = Statement<'t>> {
        children(self.0)
    }
}

parts! {
    Write {
        /// The path that is written.
        path: KeyPath = child;
        /// The value.
        value: Expr = child;
    }
    Block {
        /// The path of its head.
        path: KeyPath = child;
        /// The name of the entry, if it opens one.
        name: Key = entry_name;
        /// The body.
        body: Body = child;
    }
    Entry {
        /// The path of its head.
        path: KeyPath = child;
        /// The name of the entry.
        name: Key = entry_name;
        /// The value.
        value: Expr = child;
    }
    For {
        /// The body.
        body: Body = child;
    }
    Spread {
        /// The map.
        value: Expr = child;
    }
    Assert {
        /// What must hold.
        condition: Expr = child;
    }
    ExpectError {
        /// The code that is expected.
        code: StringLit = child;
        /// A platform of its own that must have it.
        body: Body = child;
    }
}

impl<'t> Write<'t> {
    /// The keys of the path.
    pub fn keys(self) -> impl Iterator<Item = Key<'t>> {
        self.path().into_iter().flat_map(KeyPath::keys)
    }
}

impl<'t> Block<'t> {
    /// The keys of the path.
    pub fn keys(self) -> impl Iterator<Item = Key<'t>> {
        self.path().into_iter().flat_map(KeyPath::keys)
    }
}

impl<'t> Entry<'t> {
    /// The keys of the path.
    pub fn keys(self) -> impl Iterator<Item = Key<'t>> {
        self.path().into_iter().flat_map(KeyPath::keys)
    }
}

impl<'t> If<'t> {
    /// The condition.
    #[must_use]
    pub fn condition(self) -> Option<Expr<'t>> {
        before(self.0, &[K::ElseWord])
    }

    /// The body for when it holds.
    #[must_use]
    pub fn body(self) -> Option<Body<'t>> {
        before(self.0, &[K::ElseWord])
    }

    /// What follows `else`.
    #[must_use]
    pub fn otherwise(self) -> Option<ElseBranch<'t>> {
        let chained = after(self.0, &[K::ElseWord]).map(ElseBranch::If);
        chained.or_else(|| after(self.0, &[K::ElseWord]).map(ElseBranch::Body))
    }
}

impl<'t> For<'t> {
    /// The variables: the value, or the key and the value.
    pub fn variables(self) -> impl Iterator<Item = Name<'t>> {
        name_children(self.0)
    }

    /// What is iterated.
    #[must_use]
    pub fn iterable(self) -> Option<Expr<'t>> {
        super::between(self.0, &[K::InWord], &[K::IfWord])
    }

    /// The condition after `if`.
    #[must_use]
    pub fn filter(self) -> Option<Expr<'t>> {
        after(self.0, &[K::IfWord])
    }
}

impl<'t> Check<'t> {
    /// What must hold.
    #[must_use]
    pub fn condition(self) -> Option<Expr<'t>> {
        before(self.0, &[K::ElseWord])
    }

    /// What is said when it does not.
    #[must_use]
    pub fn message(self) -> Option<Expr<'t>> {
        after(self.0, &[K::ElseWord])
    }
}
