//! Views of expressions.

use super::{
    Arg, Args, Binary, Body, Is, Key, List, Name, Param, Path, StringLit, Type, Unary, View, after, before, between,
    child, children, choices, has, parts, views,
};
use crate::kind::SyntaxKind as K;
use crate::range::TextRange;
use crate::tree::Token;

choices! {
    /// An expression.
    Expr {
        /// `42`, `250m`, `10.0.0.1`
        Literal(Literal),
        /// `"text \(expr)"`
        String(StringLit),
        /// A bare name.
        Name(NameExpr),
        /// `self`
        SelfRef(SelfRef),
        /// `it`
        It(It),
        /// `null`
        Null(Null),
        /// `true`
        True(True),
        /// `false`
        False(False),
        /// `[a, ...b]`
        List(List),
        /// `{ a: 1 }`
        Record(Record),
        /// `Ingress { .. }`
        Instance(Instance),
        /// `(a)`
        Paren(Paren),
        /// `a.b`, `a?.b`, `a."b"`
        Field(FieldAccess),
        /// `a[b]`
        Index(Index),
        /// `f(a, name: b)`
        Call(Call),
        /// `not a`, `-a`
        Unary(Unary),
        /// `a + b`
        Binary(Binary),
        /// `a is not T`
        Is(Is),
        /// `if c then a else b`
        If(IfExpr),
        /// `match a { T => b }`
        Match(Match),
        /// `(a, b) => c`
        Lambda(Lambda),
        /// `a with { .. }`
        With(With),
    }
}

views! {
    /// A literal of one token.
    Literal = Literal;
    /// A bare name.
    NameExpr = NameExpr;
    /// `self`
    SelfRef = SelfRef;
    /// `it`
    It = It;
    /// `null`
    Null = Null;
    /// `true`
    True = True;
    /// `false`
    False = False;
    /// A record or a map.
    Record = Record;
    /// A schema's path and a body.
    Instance = Instance;
    /// An expression in round brackets.
    Paren = Paren;
    /// Access to a field.
    FieldAccess = FieldAccess;
    /// Access by a computed key.
    Index = Index;
    /// A call.
    Call = Call;
    /// `if` as an expression.
    IfExpr = IfExpr;
    /// A choice by pattern.
    Match = Match;
    /// One line of a `match`.
    Arm = Arm;
    /// A function without a name.
    Lambda = Lambda;
    /// A copy with changes.
    With = With;
}

/// What a [`Literal`] is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum LiteralKind {
    /// `42`, `0x1f`
    Int,
    /// `0.5`, `1e9`
    Float,
    /// `250m`, `1h30m`
    Quantity,
    /// `192.168.1.1`
    Ip4,
    /// `10.0.0.0/8`
    Cidr4,
    /// `fd00::1`
    Ip6,
    /// `fd00::/64`
    Cidr6,
    /// `52:54:00:aa:bb:cc`
    Mac,
    /// Something that was reported already.
    Bad,
}

impl<'t> Literal<'t> {
    /// The token.
    #[must_use]
    pub fn token(self) -> Option<Token<'t>> {
        self.0.tree().token(self.0.token_start())
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> LiteralKind {
        match self.token().map(Token::kind) {
            Some(K::Int) => LiteralKind::Int,
            Some(K::Float) => LiteralKind::Float,
            Some(K::Quantity) => LiteralKind::Quantity,
            Some(K::Ip4) => LiteralKind::Ip4,
            Some(K::Cidr4) => LiteralKind::Cidr4,
            Some(K::Ip6) => LiteralKind::Ip6,
            Some(K::Cidr6) => LiteralKind::Cidr6,
            Some(K::Mac) => LiteralKind::Mac,
            _ => LiteralKind::Bad,
        }
    }

    /// Its text as written.
    #[must_use]
    pub fn text(self) -> &'t str {
        self.token().map_or("", Token::text)
    }
}

impl<'t> NameExpr<'t> {
    /// The name.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        super::names(self.0).next()
    }
}

parts! {
    Record {
        /// The body.
        body: Body = child;
    }
    Instance {
        /// The schema.
        path: Path = child;
        /// The body.
        body: Body = child;
    }
    Paren {
        /// The expression inside.
        inner: Expr = child;
    }
    Call {
        /// What is called.
        callee: Expr = child;
        /// The brackets with the arguments.
        arg_list: Args = child;
    }
    With {
        /// The changes.
        body: Body = child;
    }
}

impl<'t> FieldAccess<'t> {
    /// What has the field.
    #[must_use]
    pub fn base(self) -> Option<Expr<'t>> {
        before(self.0, &[K::Dot, K::QuestionDot])
    }

    /// The field: a name or a quoted key.
    #[must_use]
    pub fn field(self) -> Option<Key<'t>> {
        let quoted = || after(self.0, &[K::Dot, K::QuestionDot]).map(Key::String);
        self.0.tokens().find_map(Name::from_token).map(Key::Name).or_else(quoted)
    }

    /// Whether it is written `?.`.
    #[must_use]
    pub fn is_optional(self) -> bool {
        has(self.0, K::QuestionDot)
    }
}

impl<'t> Index<'t> {
    /// What is indexed.
    #[must_use]
    pub fn base(self) -> Option<Expr<'t>> {
        before(self.0, &[K::LeftBracket])
    }

    /// The key.
    #[must_use]
    pub fn index(self) -> Option<Expr<'t>> {
        after(self.0, &[K::LeftBracket])
    }
}

impl<'t> Call<'t> {
    /// The arguments, in order.
    pub fn args(self) -> impl Iterator<Item = Arg<'t>> {
        child::<Args>(self.0).into_iter().flat_map(Args::iter)
    }
}

impl<'t> IfExpr<'t> {
    /// The condition.
    #[must_use]
    pub fn condition(self) -> Option<Expr<'t>> {
        before(self.0, &[K::ThenWord, K::ElseWord])
    }

    /// The value for when it holds.
    #[must_use]
    pub fn then(self) -> Option<Expr<'t>> {
        between(self.0, &[K::ThenWord], &[K::ElseWord])
    }

    /// The value for when it does not.
    #[must_use]
    pub fn otherwise(self) -> Option<Expr<'t>> {
        after(self.0, &[K::ElseWord])
    }
}

impl<'t> Match<'t> {
    /// What is matched.
    #[must_use]
    pub fn value(self) -> Option<Expr<'t>> {
        before(self.0, &[K::LeftBrace])
    }

    /// The arms, in order.
    pub fn arms(self) -> impl Iterator<Item = Arm<'t>> {
        children(self.0)
    }
}

/// A pattern of an arm.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pattern<'t> {
    /// `_`
    Wildcard(TextRange),
    /// A type, a literal among them.
    Type(Type<'t>),
}

impl Pattern<'_> {
    /// Its bytes.
    #[must_use]
    pub fn range(self) -> TextRange {
        match self {
            Pattern::Wildcard(range) => range,
            Pattern::Type(ty) => ty.range(),
        }
    }
}

impl<'t> Arm<'t> {
    /// The patterns, one of which must fit: `"a" | "b"` has two.
    #[must_use]
    pub fn patterns(self) -> Vec<Pattern<'t>> {
        match child::<Type>(self.0) {
            Some(Type::Union(union)) => union.members().map(pattern).collect(),
            Some(ty) => vec![pattern(ty)],
            None => Vec::new(),
        }
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> Option<Expr<'t>> {
        after(self.0, &[K::FatArrow])
    }
}

fn pattern(ty: Type<'_>) -> Pattern<'_> {
    match ty {
        Type::Named(named) if named.node().text() == "_" => Pattern::Wildcard(named.range()),
        _ => Pattern::Type(ty),
    }
}

impl<'t> Lambda<'t> {
    /// The parameters.
    pub fn params(self) -> impl Iterator<Item = Param<'t>> {
        self.0.first_child(K::Params).into_iter().flat_map(children)
    }

    /// The result.
    #[must_use]
    pub fn body(self) -> Option<Expr<'t>> {
        after(self.0, &[K::FatArrow])
    }
}

impl<'t> With<'t> {
    /// What is copied.
    #[must_use]
    pub fn base(self) -> Option<Expr<'t>> {
        before(self.0, &[K::WithWord])
    }
}
