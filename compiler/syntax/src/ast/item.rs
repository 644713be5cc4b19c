//! Views of declarations and of the members of schemas.

use super::{
    Body, Check, Expr, Key, Name, Path, Statement, StringLit, Type, after, child, children, choices, has, key, keys,
    name, names, parts, views,
};
use crate::kind::SyntaxKind as K;

choices! {
    /// What can stand at the top of a file.
    Item {
        /// `import std/k3s`
        Import(Import),
        /// `let domain = "example.net"`
        Let(Let),
        /// `type Replicas = Int where it >= 1`
        TypeDecl(TypeDecl),
        /// `fn url(host: Hostname) -> Url = ..`
        Fn(Fn),
        /// `schema WebApp is Service { .. }`
        Schema(Schema),
        /// `extend anton.namespace.payments { .. }`
        Extend(Extend),
        /// `test "a sentence" { .. }`
        Test(Test),
        /// A statement of the file's body, such as `cluster anton { .. }`.
        Statement(Statement),
    }
}

choices! {
    /// What can stand in the body of a schema.
    Member {
        /// `team: String`, `slo?: Duration`, `emit budget: T = v`
        Field(Field),
        /// `replicas = 2`
        Default(Default),
        /// `each cron: CronJob`
        Each(Each),
        /// `let total = a + b`
        Let(Let),
        /// `check a > b else "why"`
        Check(Check),
        /// A default for something inherited: a block, a dotted write, `if`, `for`.
        Statement(Statement),
    }
}

views! {
    /// `@allow("net/overlap", "why")`
    Attribute = Attribute;
    /// `import std/k3s as k: [Row]`
    Import = Import;
    /// What an import names.
    ImportPath = ImportPath;
    /// `let name: T = value`, at the top, in a schema or in a body.
    Let = Let;
    /// `type Name = T`
    TypeDecl = TypeDecl;
    /// `fn name(a: T = v) -> T = expr`
    Fn = Fn;
    /// A parameter of a function or a lambda.
    Param = Param;
    /// `schema Name is Base in word: Path { .. }`
    Schema = Schema;
    /// `in word: Path`
    Inside = Inside;
    /// A field of its own.
    Field = Field;
    /// A new default of an inherited field.
    Default = Default;
    /// A keyed collection.
    Each = Each;
    /// `extend PATH { .. }`
    Extend = Extend;
    /// `test "name" { .. }`
    Test = Test;
    /// `(a, name: b)` of a call or an attribute.
    Args = Args;
    /// One argument.
    Arg = Arg;
}

impl<'t> super::Documented<'t> for Item<'t> {}
impl<'t> super::Documented<'t> for Member<'t> {}
impl<'t> super::Documented<'t> for Import<'t> {}
impl<'t> super::Documented<'t> for Let<'t> {}
impl<'t> super::Documented<'t> for TypeDecl<'t> {}
impl<'t> super::Documented<'t> for Fn<'t> {}
impl<'t> super::Documented<'t> for Schema<'t> {}
impl<'t> super::Documented<'t> for Field<'t> {}
impl<'t> super::Documented<'t> for Default<'t> {}
impl<'t> super::Documented<'t> for Each<'t> {}
impl<'t> super::Documented<'t> for Extend<'t> {}
impl<'t> super::Documented<'t> for Test<'t> {}

parts! {
    Attribute {
        /// The word after `@`.
        name: Name = name;
    }
    Arg {
        /// The name before `:`, if the argument has one.
        name: Name = name;
        /// The value.
        value: Expr = child;
    }
    Import {
        /// What is imported.
        path: ImportPath = child;
        /// The name after `as`.
        alias: Name = name;
        /// The type after `:`, by which data is read.
        ty: Type = child;
    }
    ImportPath {
        /// The string of a file import.
        file: StringLit = child;
    }
    Let {
        /// The name that is bound.
        name: Name = name;
        /// The type after `:`.
        ty: Type = child;
        /// The value.
        value: Expr = child;
    }
    TypeDecl {
        /// The name of the type.
        name: Name = name;
        /// What it names.
        ty: Type = child;
    }
    Fn {
        /// The name of the function.
        name: Name = name;
        /// The type after `->`.
        result: Type = child;
        /// The expression after `=`.
        body: Expr = child;
    }
    Param {
        /// Its name.
        name: Name = name;
        /// Its type.
        ty: Type = child;
        /// Its default.
        default: Expr = child;
    }
    Schema {
        /// The name of the schema.
        name: Name = name;
        /// The clause after `in`.
        inside: Inside = child;
    }
    Inside {
        /// The word before `:`; without it, the schema's name in kebab-case is the word.
        word: Name = name;
        /// The schema.
        schema: Path = child;
    }
    Field {
        /// Its name.
        name: Key = key;
        /// Its type.
        ty: Type = child;
    }
    Default {
        /// The name of the inherited field.
        name: Key = key;
        /// The new default.
        value: Expr = child;
    }
    Each {
        /// The name of the collection.
        name: Name = name;
        /// The type of its entries.
        ty: Type = child;
    }
    Extend {
        /// What is added.
        body: Body = child;
    }
    Test {
        /// The sentence that names it.
        name: StringLit = child;
        /// The assertions and what they need.
        body: Body = child;
    }
}

impl<'t> Attribute<'t> {
    /// The arguments.
    pub fn args(self) -> impl Iterator<Item = Arg<'t>> {
        child::<Args>(self.0).into_iter().flat_map(Args::iter)
    }
}

impl<'t> Args<'t> {
    /// The arguments, in order.
    pub fn iter(self) -> impl Iterator<Item = Arg<'t>> {
        children(self.0)
    }
}

impl<'t> ImportPath<'t> {
    /// The names of a module path (`std/k3s` has two); none for a file.
    pub fn names(self) -> impl Iterator<Item = Name<'t>> {
        names(self.0)
    }
}

impl<'t> Fn<'t> {
    /// The parameters.
    pub fn params(self) -> impl Iterator<Item = Param<'t>> {
        self.0.first_child(K::Params).into_iter().flat_map(children)
    }
}

impl<'t> Schema<'t> {
    /// The schema after `is`.
    #[must_use]
    pub fn base(self) -> Option<Path<'t>> {
        self.0.first_child(K::Base).and_then(child)
    }

    /// The members.
    pub fn members(self) -> impl Iterator<Item = Member<'t>> {
        self.0.first_child(K::SchemaBody).into_iter().flat_map(children)
    }
}

impl<'t> Field<'t> {
    /// Whether its value is also an artifact.
    #[must_use]
    pub fn is_emitted(self) -> bool {
        has(self.0, K::EmitWord)
    }

    /// Whether `?` follows the name.
    #[must_use]
    pub fn is_optional(self) -> bool {
        has(self.0, K::Question)
    }

    /// Its default.
    #[must_use]
    pub fn value(self) -> Option<Expr<'t>> {
        after(self.0, &[K::Equals])
    }
}

impl<'t> Default<'t> {
    /// Whether its value is also an artifact.
    #[must_use]
    pub fn is_emitted(self) -> bool {
        has(self.0, K::EmitWord)
    }
}

impl<'t> Each<'t> {
    /// Whether its entries are also artifacts.
    #[must_use]
    pub fn is_emitted(self) -> bool {
        has(self.0, K::EmitWord)
    }
}

impl<'t> Extend<'t> {
    /// The keys that lead to what is extended.
    pub fn keys(self) -> impl Iterator<Item = Key<'t>> {
        self.0.first_child(K::KeyPath).into_iter().flat_map(keys)
    }
}
