//! The code of one declaration without places: what the syntax tree says, minus comments, spans and sugar.
//!
//! A [`Code`] is the unit of invalidation. Every element that a diagnostic could point at carries a `Node`, an index
//! into the declaration's table of ranges, which lives beside the code and not in it: moving code around or
//! commenting it changes no `Code`, and so nothing after it runs again.

use std::sync::Arc;

use crate::keys::Decl;
use crate::symbol::Symbol;

/// Where in its declaration something was written: an index into the declaration's ranges.
pub type Node = u32;

/// One declaration: a top-level one, or a named block at any depth.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Code {
    /// `@name(..)` before it.
    pub attributes: Box<[Attribute]>,
    /// What is declared.
    pub kind: CodeKind,
    /// The declarations that stand right in it.
    pub inner: Vec<Decl>,
    /// Whether a body in it has a `let`.
    pub has_lets: bool,
}

impl Code {
    /// Code without attributes, and with nothing in it so far.
    pub fn of(kind: CodeKind) -> Code {
        Code { attributes: Box::default(), kind, inner: Vec::new(), has_lets: false }
    }

    /// Whether it is a block in which no other stands.
    pub fn is_leaf(&self) -> bool {
        self.inner.is_empty() && matches!(self.kind, CodeKind::Block { .. } | CodeKind::Entry { .. })
    }
}

/// What a declaration declares.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum CodeKind {
    /// A file: the body of a platform, with its imports and the declarations in it.
    File {
        /// In the order of the text.
        imports: Vec<Import>,
        /// `let`, `type`, `fn`, `schema`: the names that the file declares beside its blocks.
        names: Vec<(Ident, Decl)>,
        /// `extend`s.
        extends: Vec<Decl>,
        /// `test`s.
        tests: Vec<Decl>,
        /// Its blocks.
        body: Body,
    },
    /// `let name: ty = value`
    Let {
        /// The declared name.
        name: Ident,
        /// The type, if written.
        ty: Option<TypeExpr>,
        /// The value.
        value: Expr,
    },
    /// `type name = ty`
    Type {
        /// The declared name.
        name: Ident,
        /// What it stands for.
        ty: TypeExpr,
    },
    /// `fn name(params) -> result = value`
    Fn {
        /// The declared name.
        name: Ident,
        /// Its parameters.
        params: Vec<Param>,
        /// The type of its result, if written.
        result: Option<TypeExpr>,
        /// Its body.
        value: Expr,
    },
    /// `schema name is base in word: place { .. }`
    Schema(SchemaCode),
    /// `extend path { .. }`
    Extend {
        /// The names of the path.
        path: Vec<Ident>,
        /// What it adds.
        body: Body,
    },
    /// `test "name" { .. }`
    Test {
        /// Its title.
        name: Ident,
        /// `let`s, `assert`s and `expect`s.
        body: Body,
    },
    /// The body of a named block.
    Block {
        /// Its body.
        body: Body,
    },
    /// The value of `head name: value`.
    Entry {
        /// The value.
        value: Expr,
    },
}

/// A schema's own declaration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct SchemaCode {
    /// The declared name.
    pub name: Ident,
    /// `is Base`
    pub base: Option<Path>,
    /// `in word: Place`
    pub inside: Option<(Ident, Path)>,
    /// Fields and collections that it declares.
    pub fields: Vec<FieldCode>,
    /// `f = v`, `let`s with their values are fields; these are blocks, dotted writes, `if` and `for`: defaults.
    pub body: Body,
    /// `check .. else ..`
    pub checks: Vec<Check>,
}

/// A field that a schema declares, or whose default it replaces.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FieldCode {
    /// Where it stands.
    pub node: Node,
    /// Its name.
    pub name: Ident,
    /// Its attributes.
    pub attributes: Box<[Attribute]>,
    /// What kind of a member it is.
    pub kind: FieldKind,
    /// `emit` before it.
    pub emit: bool,
    /// Its type, if written.
    pub ty: Option<TypeExpr>,
    /// Its default or value.
    pub value: Option<Expr>,
}

/// The kinds of members that have a name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum FieldKind {
    /// `name: T`
    Required,
    /// `name?: T`
    Optional,
    /// `name = value`
    Default,
    /// `each name: T`
    Each,
    /// `let name = value`
    Let,
}

/// A name and where it was written.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Ident {
    /// Where.
    pub node: Node,
    /// The name; empty where the parser found none.
    pub name: Symbol,
}

/// `a.b.c`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Path {
    /// The whole of it.
    pub node: Node,
    /// Its names.
    pub names: Vec<Ident>,
}

/// `@name(args)`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Attribute {
    /// Where it stands.
    pub node: Node,
    /// Its name.
    pub name: Symbol,
    /// What stands in its parentheses.
    pub args: Vec<Expr>,
}

/// `import ..`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Import {
    /// The whole of it.
    pub node: Node,
    /// Where the path stands.
    pub path_node: Node,
    /// `std/k3s`, or a path of the platform.
    pub path: Symbol,
    /// Whether it names a module of the standard library (no quotes).
    pub module: bool,
    /// The name it is used by.
    pub alias: Option<Ident>,
    /// The type by which data is read.
    pub ty: Option<TypeExpr>,
}

/// A parameter of a function or lambda.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Param {
    /// Its name.
    pub name: Ident,
    /// Its type.
    pub ty: Option<TypeExpr>,
    /// What it is unless given.
    pub default: Option<Expr>,
}

/// `check condition else message`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Check {
    /// The whole of it.
    pub node: Node,
    /// What must hold.
    pub condition: Expr,
    /// What is said if it does not.
    pub message: Expr,
}

/// The statements between two braces.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Body {
    /// The whole of it.
    pub node: Node,
    /// In the order of the text.
    pub statements: Box<[Statement]>,
}

/// A statement of a body.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Statement {
    /// The whole of it; for a block, its head.
    pub node: Node,
    /// `@allow(..)` and the like.
    pub attributes: Box<[Attribute]>,
    /// What it says.
    pub kind: StatementKind,
}

/// What a statement says.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum StatementKind {
    /// `a.b: value`
    Write {
        /// The keys.
        path: Box<[Ident]>,
        /// The value.
        value: Expr,
    },
    /// `a.b { .. }`
    Amend {
        /// The keys.
        path: Box<[Ident]>,
        /// What is amended.
        body: Body,
    },
    /// `head name { .. }` or `head name: value`: a declaration of its own.
    Named {
        /// What stands before the name.
        path: Box<[Ident]>,
        /// The name, with its interpolations.
        name: Box<Text>,
        /// The schema, where the entry is given as `name: Schema { .. }`.
        schema: Option<Box<Path>>,
        /// The block's or the value's code.
        decl: Decl,
        /// Whether it is `head name: value`, and whether that value is the word `null`.
        form: NamedForm,
    },
    /// `if condition { .. } else { .. }`
    If {
        /// What decides.
        condition: Expr,
        /// If it holds.
        then: Body,
        /// If not.
        otherwise: Option<Box<Body>>,
    },
    /// `for key, value in list if condition { .. }`
    For(Box<For>, Body),
    /// `let name = value`
    Let {
        /// The name.
        name: Ident,
        /// Its type.
        ty: Option<TypeExpr>,
        /// Its value.
        value: Expr,
    },
    /// `...value`
    Spread(Expr),
    /// `check condition else message`
    Check(Check),
    /// `assert condition`
    Assert(Expr),
    /// `expect error "code" in { .. }`
    Expect {
        /// The code that must be found.
        code: Ident,
        /// A platform of its own.
        body: Body,
    },
}

/// The forms of a named statement.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum NamedForm {
    /// `host a { .. }`
    Block,
    /// `host a: value`
    Value,
    /// `host a: null`
    Null,
}

/// The head of a `for`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct For {
    /// The variable of one name, or the key of two.
    pub first: Ident,
    /// The value, where two variables are named.
    pub second: Option<Ident>,
    /// What is gone through.
    pub list: Expr,
    /// Which elements are taken.
    pub condition: Option<Expr>,
}

/// A string with interpolations.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Text {
    /// The whole of it.
    pub node: Node,
    /// Its pieces.
    pub pieces: Vec<Piece>,
    /// What looks like an interpolation of another language: `${name}`, by the name and its place.
    pub foreign: Vec<Ident>,
}

impl Text {
    /// The text, where nothing is interpolated.
    pub fn plain(&self) -> Option<Symbol> {
        match self.pieces.as_slice() {
            [] => Some(Symbol::new("")),
            [Piece::Text(text)] => Some(Symbol::new(text)),
            _ => None,
        }
    }
}

/// A piece of a string.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Text, with its escapes read.
    Text(Arc<str>),
    /// `\(value)`
    Value(Expr),
}

/// An expression.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expr {
    /// Where it stands.
    pub node: Node,
    /// What it is.
    pub kind: Box<ExprKind>,
}

/// What an expression is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum ExprKind {
    /// Nothing was written; the parser has said so.
    Missing,
    /// `null`
    Null,
    /// `true`, `false`
    Bool(bool),
    /// `42`
    Int(Arc<str>),
    /// `0.5`
    Float(Arc<str>),
    /// `250m`
    Quantity(Arc<str>),
    /// An address, network or MAC, judged by the type that is due.
    Address(Arc<str>),
    /// `"..."`
    Text(Text),
    /// `name`
    Name(Symbol),
    /// `self`
    SelfValue,
    /// `it`
    It,
    /// `[..]`
    List(Vec<Element>),
    /// `{ .. }`
    Record(Body),
    /// `Path { .. }`
    Instance(Path, Body),
    /// `base.name`, `base?.name`
    Member {
        /// What stands before the dot.
        base: Expr,
        /// What stands after it.
        name: Ident,
        /// Whether it was `?.`
        optional: bool,
    },
    /// `base[index]`
    Index(Expr, Expr),
    /// `callee(args)`
    Call(Expr, Vec<Arg>),
    /// `not x`, `-x`
    Unary(UnaryOp, Expr),
    /// `a + b`
    Binary(BinaryOp, Expr, Expr),
    /// `x is T`, `x is not T`
    Is {
        /// What is asked about.
        value: Expr,
        /// The type it may have.
        ty: TypeExpr,
        /// `is not`
        negated: bool,
    },
    /// `if c then a else b`
    If(Expr, Expr, Expr),
    /// `match x { pattern => value }`
    Match(Expr, Vec<Arm>),
    /// `(x) => value`
    Lambda(Vec<Param>, Expr),
    /// `base with { .. }`
    With(Expr, Body),
}

/// An argument of a call.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arg {
    /// `name: value`
    pub name: Option<Ident>,
    /// The value.
    pub value: Expr,
}

/// An element of a list.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Element {
    /// One value.
    Value(Expr),
    /// `...list`
    Spread(Expr),
    /// `if c => e else f`
    If(Expr, Box<Element>, Option<Box<Element>>),
    /// `for x in xs => e`
    For(For, Box<Element>),
}

/// An arm of a `match`.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Arm {
    /// The whole pattern.
    pub node: Node,
    /// Its alternatives.
    pub patterns: Vec<Pattern>,
    /// What it gives.
    pub value: Expr,
}

/// A pattern.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pattern {
    /// `_`
    Any,
    /// A type, a literal among them.
    Type(TypeExpr),
}

/// Operators before one operand.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum UnaryOp {
    /// `not`
    Not,
    /// `-`
    Negate,
}

/// Operators between two operands.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum BinaryOp {
    /// `or`
    Or,
    /// `and`
    And,
    /// `==`
    Equal,
    /// `!=`
    NotEqual,
    /// `<`
    Less,
    /// `<=`
    LessEqual,
    /// `>`
    Greater,
    /// `>=`
    GreaterEqual,
    /// `in`
    In,
    /// `??`
    Otherwise,
    /// `..`
    Range,
    /// `+`
    Add,
    /// `-`
    Subtract,
    /// `*`
    Multiply,
    /// `/`
    Divide,
    /// `%`
    Remainder,
}

/// A type as it is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TypeExpr {
    /// Where it stands.
    pub node: Node,
    /// What it is.
    pub kind: Box<TypeKind>,
}

/// What a written type is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TypeKind {
    /// Nothing was written; the parser has said so.
    Missing,
    /// `Name`, `module.Name`
    Path(Path),
    /// `"text"`
    Text(Symbol),
    /// `42`, `-1`
    Int(i64),
    /// `true`
    Bool(bool),
    /// `null`
    Null,
    /// `[T]`
    List(TypeExpr),
    /// `[key: T]`
    Keyed(Ident, TypeExpr),
    /// `{ a: T, b?: U, String: V }`
    Record {
        /// Its fields: name, whether optional, type.
        fields: Vec<(Ident, bool, TypeExpr)>,
        /// Every other key, with the type of the keys.
        rest: Option<(TypeExpr, TypeExpr)>,
    },
    /// `T?`
    Optional(TypeExpr),
    /// `A | B`
    Union(Vec<TypeExpr>),
    /// `T where predicate`
    Where(TypeExpr, Expr, Symbol),
    /// `(A, B) -> C`
    Function(Vec<TypeExpr>, TypeExpr),
}
