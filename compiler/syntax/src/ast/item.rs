//! Views of declarations and of the members of schemas.

use super::{
    Body, Check, Expr, Key, Name, Path, Statement, StringLit, Type, after, child, children, choices, has, keys, name,
    names, views,
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

impl<'t> Attribute<'t> {
    /// The word after `@`.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

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

impl<'t> Arg<'t> {
    /// The name before `:`, if the argument has one.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> Option<Expr<'t>> {
        child(self.0)
    }
}

impl<'t> Import<'t> {
    /// What is imported.
    #[must_use]
    pub fn path(self) -> Option<ImportPath<'t>> {
        child(self.0)
    }

    /// The name after `as`.
    #[must_use]
    pub fn alias(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// The type after `:`, by which data is read.
    #[must_use]
    pub fn ty(self) -> Option<Type<'t>> {
        child(self.0)
    }
}

impl<'t> ImportPath<'t> {
    /// The names of a module path (`std/k3s` has two); none for a file.
    pub fn names(self) -> impl Iterator<Item = Name<'t>> {
        names(self.0)
    }

    /// The string of a file import.
    #[must_use]
    pub fn file(self) -> Option<StringLit<'t>> {
        child(self.0)
    }
}

impl<'t> Let<'t> {
    /// The name that is bound.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// The type after `:`.
    #[must_use]
    pub fn ty(self) -> Option<Type<'t>> {
        child(self.0)
    }

    /// The value.
    #[must_use]
    pub fn value(self) -> Option<Expr<'t>> {
        child(self.0)
    }
}

impl<'t> TypeDecl<'t> {
    /// The name of the type.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// What it names.
    #[must_use]
    pub fn ty(self) -> Option<Type<'t>> {
        child(self.0)
    }
}

impl<'t> Fn<'t> {
    /// The name of the function.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// The parameters.
    pub fn params(self) -> impl Iterator<Item = Param<'t>> {
        self.0.first_child(K::Params).into_iter().flat_map(children)
    }

    /// The type after `->`.
    #[must_use]
    pub fn result(self) -> Option<Type<'t>> {
        child(self.0)
    }

    /// The expression after `=`.
    #[must_use]
    pub fn body(self) -> Option<Expr<'t>> {
        child(self.0)
    }
}

impl<'t> Param<'t> {
    /// Its name.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// Its type.
    #[must_use]
    pub fn ty(self) -> Option<Type<'t>> {
        child(self.0)
    }

    /// Its default.
    #[must_use]
    pub fn default(self) -> Option<Expr<'t>> {
        child(self.0)
    }
}

impl<'t> Schema<'t> {
    /// The name of the schema.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// The schema after `is`.
    #[must_use]
    pub fn base(self) -> Option<Path<'t>> {
        self.0.first_child(K::Base).and_then(child)
    }

    /// The clause after `in`.
    #[must_use]
    pub fn inside(self) -> Option<Inside<'t>> {
        child(self.0)
    }

    /// The members.
    pub fn members(self) -> impl Iterator<Item = Member<'t>> {
        self.0.first_child(K::SchemaBody).into_iter().flat_map(children)
    }
}

impl<'t> Inside<'t> {
    /// The word before `:`; without it, the schema's name in kebab-case is the word.
    #[must_use]
    pub fn word(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// The schema.
    #[must_use]
    pub fn schema(self) -> Option<Path<'t>> {
        child(self.0)
    }
}

impl<'t> Field<'t> {
    /// Whether its value is also an artifact.
    #[must_use]
    pub fn is_emitted(self) -> bool {
        has(self.0, K::EmitWord)
    }

    /// Its name.
    #[must_use]
    pub fn name(self) -> Option<Key<'t>> {
        self.0.first_child(K::Name).and_then(|child| keys(child).next())
    }

    /// Whether `?` follows the name.
    #[must_use]
    pub fn is_optional(self) -> bool {
        has(self.0, K::Question)
    }

    /// Its type.
    #[must_use]
    pub fn ty(self) -> Option<Type<'t>> {
        child(self.0)
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

    /// The name of the inherited field.
    #[must_use]
    pub fn name(self) -> Option<Key<'t>> {
        self.0.first_child(K::Name).and_then(|child| keys(child).next())
    }

    /// The new default.
    #[must_use]
    pub fn value(self) -> Option<Expr<'t>> {
        child(self.0)
    }
}

impl<'t> Each<'t> {
    /// Whether its entries are also artifacts.
    #[must_use]
    pub fn is_emitted(self) -> bool {
        has(self.0, K::EmitWord)
    }

    /// The name of the collection.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        name(self.0)
    }

    /// The type of its entries.
    #[must_use]
    pub fn ty(self) -> Option<Type<'t>> {
        child(self.0)
    }
}

impl<'t> Extend<'t> {
    /// The keys that lead to what is extended.
    pub fn keys(self) -> impl Iterator<Item = Key<'t>> {
        self.0.first_child(K::KeyPath).into_iter().flat_map(keys)
    }

    /// What is added.
    #[must_use]
    pub fn body(self) -> Option<Body<'t>> {
        child(self.0)
    }
}

impl<'t> Test<'t> {
    /// The sentence that names it.
    #[must_use]
    pub fn name(self) -> Option<StringLit<'t>> {
        child(self.0)
    }

    /// The assertions and what they need.
    #[must_use]
    pub fn body(self) -> Option<Body<'t>> {
        child(self.0)
    }
}
