//! What the checker finds the places of a declaration to mean, for whoever looks at the text: an editor.
//!
//! While it checks, the checker tells a listener what every name, key and expression turned out to be. So nothing is
//! resolved twice, and what an editor shows is what a finding would say. Nobody listens when a platform is compiled.
//!
//! Knows meanings by their nodes; must not know offsets, files' texts or what an editor does with it.

use std::sync::Arc;

use super::elements::{beside, paths_in, types_in};
use super::name::{Candidate, Kind};
use super::types::expand;
use super::{Checker, Context, known_entry};
use crate::decl::code;
use crate::hir::{Code, Expr, ExprKind, Ident, Node, Path, TypeExpr, TypeKind};
use crate::keys::{At, Db, Decl, SourceFile};
use crate::methods::MethodRef;
use crate::schema::schema;
use crate::scope::{self, Named};
use crate::symbol::Symbol;
use crate::ty::{RecordTy, Scalar, Ty};

/// What stands where an editor's user is about to write: no user writes a name that contains it.
pub const PLACEHOLDER: &str = "platc0here";

/// What a place means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Meaning {
    /// A `let`, `type`, `fn` or `schema` of a file.
    Named(Decl),
    /// An entry of a collection, with the block that opens it as far as that is written out.
    Block {
        /// The block.
        decl: Option<Decl>,
        /// What it opens.
        ty: Ty,
    },
    /// A module, or another file of the platform, by its name here.
    Module(SourceFile),
    /// A data file by its name here.
    Data(SourceFile),
    /// A field of a schema.
    Field {
        /// The schema that has it, perhaps by inheritance.
        schema: Decl,
        /// Its name.
        name: Symbol,
    },
    /// The `name` of an instance, which follows from its block.
    InstanceName,
    /// A key of a record.
    Key {
        /// The record.
        record: Arc<RecordTy>,
        /// The key.
        name: Symbol,
    },
    /// A key of a map or of data of any type, whose value is of a type.
    FreeKey(Ty),
    /// A parameter, a loop variable or the `let` of a body.
    Local {
        /// Where it is declared.
        at: At,
        /// Its type.
        ty: Ty,
    },
    /// The instance around by the word that opens it.
    Word {
        /// The word.
        name: Symbol,
        /// The type of the instance.
        ty: Ty,
        /// The block that opens it.
        known: Option<Decl>,
    },
    /// What a schema stands in, by the word that its `in` gives.
    Place {
        /// The word.
        name: Symbol,
        /// The schema that it stands in.
        schema: Decl,
    },
    /// `self`
    This(Ty),
    /// A method, or a function that is built in.
    Method(MethodRef),
    /// A type that is built in.
    BuiltIn(Ty),
    /// `auto`, which stands for a value of a type.
    Auto(Ty),
}

/// What is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Callee {
    /// A declared function.
    Function(Decl),
    /// A method, or a function that is built in.
    Method(MethodRef),
    /// A value of a function's type.
    Value(Ty),
}

/// What could stand where the placeholder does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Sought {
    /// A name, where a value of a type is due or nothing is.
    Name {
        /// What is seen there.
        context: Box<Context>,
        /// The type.
        due: Option<Ty>,
    },
    /// What stands behind a dot of a value of this type.
    Member {
        /// The type.
        ty: Ty,
        /// The block that the value is opened by.
        known: Option<Decl>,
    },
    /// A name of a module.
    InModule(SourceFile),
    /// A key of a body.
    Key {
        /// What the body makes.
        target: Ty,
        /// What is seen there.
        context: Box<Context>,
        /// The names before it: `a.b.` in front of the placeholder.
        before: Vec<Symbol>,
    },
    /// Text, where this type is due.
    Text(Ty),
}

/// What was heard.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Heard {
    /// What names and keys mean.
    pub meanings: Vec<(Node, Meaning)>,
    /// The types of expressions.
    pub types: Vec<(Node, Ty)>,
    /// The types that were due of expressions.
    pub due: Vec<(Node, Ty)>,
    /// What bodies make.
    pub bodies: Vec<(Node, Ty)>,
    /// What is called, by the node of the call.
    pub calls: Vec<(Node, Callee)>,
    /// What could stand where the placeholder does.
    pub sought: Option<Sought>,
    /// What blocks inside see.
    pub children: Vec<(Decl, Arc<Context>)>,
}

impl Heard {
    /// What a node means.
    pub fn meaning(&self, node: Node) -> Option<&Meaning> {
        self.meanings.iter().rev().find(|(of, _)| *of == node).map(|(_, meaning)| meaning)
    }

    /// The type of an expression: what was due, where that says more than what was found.
    pub fn ty(&self, node: Node) -> Option<&Ty> {
        self.types.iter().rev().find(|(of, _)| *of == node).map(|(_, ty)| ty)
    }

    /// The type that was due of an expression.
    pub fn due(&self, node: Node) -> Option<&Ty> {
        self.due.iter().rev().find(|(of, _)| *of == node).map(|(_, ty)| ty)
    }
}

/// What the places of a declaration mean.
pub fn heard(db: &dyn Db, decl: Decl) -> Heard {
    match code(db, decl) {
        Some(code) => heard_in(db, decl, code, super::context(db, decl)),
        None => Heard::default(),
    }
}

/// What the places of a declaration would mean if it said this and saw that.
pub fn heard_in(db: &dyn Db, decl: Decl, code: &Code, context: &Context) -> Heard {
    let mut checker = Checker::new(db, decl, context.clone());
    checker.listener = Some(Box::default());
    checker.code(code);
    let mut heard = checker.listener.take().map(|heard| *heard).unwrap_or_default();
    heard.children = checker.children.into_iter().collect();
    paths_in(code, &mut |path| note_path(db, decl.file(db), path, &mut heard));
    super::declared::note(db, decl, code, &mut heard);
    types_in(code, &mut |ty| hear_predicate(db, decl, ty, &mut heard));
    heard
}

/// What the names in the predicate of a written type mean.
fn hear_predicate(db: &dyn Db, decl: Decl, ty: &TypeExpr, heard: &mut Heard) {
    let TypeKind::Where(inner, predicate, _) = &*ty.kind else {
        return;
    };
    let it = super::types::resolve(db, decl, inner, &mut Vec::new());
    let mut checker = Checker::for_predicate(db, decl, it);
    checker.listener = Some(Box::new(std::mem::take(heard)));
    checker.check(predicate, &Ty::Scalar(Scalar::Bool));
    *heard = checker.listener.take().map(|heard| *heard).unwrap_or_default();
}

/// The names of a path that leads to a type.
fn note_path(db: &dyn Db, file: SourceFile, path: &Path, heard: &mut Heard) {
    if let [only] = path.names.as_slice()
        && let Some(ty) = built_in(db, file, only.name)
    {
        heard.meanings.push((only.node, Meaning::BuiltIn(ty)));
        return;
    }
    let mut inside = file;
    for (index, ident) in path.names.iter().enumerate() {
        let named = match index {
            0 => scope::lookup(db, inside, ident.name),
            _ => scope::member(db, inside, ident.name),
        };
        let Some(meaning) = named.and_then(|named| Meaning::of(db, named)) else {
            return;
        };
        if let Meaning::Module(module) = meaning {
            inside = module;
        }
        heard.meanings.push((ident.node, meaning));
    }
}

/// The built-in type of a name, where a file does not call something else so.
fn built_in(db: &dyn Db, file: SourceFile, name: Symbol) -> Option<Ty> {
    match name.as_str() {
        "Any" => Some(Ty::Any),
        "Null" => Some(Ty::Null),
        text => {
            let own = scope::declared(db, file).contains_key(&name);
            Scalar::named(text).filter(|_| !own).map(Ty::Scalar)
        }
    }
}

impl Meaning {
    /// What a name at the top of a file means.
    pub fn of(db: &dyn Db, named: Named) -> Option<Meaning> {
        match named {
            Named::Decl(decl) => Some(Meaning::Named(decl)),
            Named::Block(_, decl) => Some(Meaning::Block { decl: Some(decl), ty: super::opened_type(db, decl) }),
            Named::Module(file) => Some(Meaning::Module(file)),
            Named::Data(file, number) => {
                let imports = crate::import::imports(db, file);
                let files = crate::import::files(db, file, imports.get(number as usize)?);
                files.first().map(|file| Meaning::Data(*file))
            }
            Named::Missing => None,
        }
    }

    /// What a key of data means, whose value is of a type.
    pub(super) fn key(target: &Ty, name: Symbol, value: &Ty) -> Meaning {
        match target {
            Ty::Record(record) if record.fields.iter().any(|field| field.0 == name) => {
                Meaning::Key { record: record.clone(), name }
            }
            _ => Meaning::FreeKey(value.clone()),
        }
    }
}

impl Checker<'_> {
    /// Tells the listener something.
    pub(super) fn hear(&mut self, tell: impl FnOnce(&mut Heard)) {
        if let Some(listener) = &mut self.listener {
            tell(listener);
        }
    }

    /// Tells the listener what a node means.
    pub(super) fn hear_meaning(&mut self, node: Node, meaning: impl FnOnce() -> Meaning) {
        if let Some(listener) = &mut self.listener {
            listener.meanings.push((node, meaning()));
        }
    }

    /// What stands at the placeholder, if a name is that.
    pub(super) fn hear_sought(&mut self, name: Symbol, sought: impl FnOnce(&Self) -> Sought) {
        if self.listener.is_some() && name.as_str().contains(PLACEHOLDER) {
            let sought = sought(self);
            self.hear(|heard| heard.sought = Some(sought));
        }
    }

    /// A key of a body.
    pub(super) fn hear_key(&mut self, path: &[Ident], target: &Ty) {
        if self.listener.is_none() {
            return;
        }
        if let Some(place) = path.iter().position(|ident| ident.name.as_str().contains(PLACEHOLDER)) {
            let before = path.iter().take(place).map(|ident| ident.name).collect();
            let (target, context) = (target.clone(), Box::new(self.context.clone()));
            self.hear(|heard| heard.sought = Some(Sought::Key { target, context, before }));
        }
    }

    /// An entry of a collection by its name.
    pub(super) fn hear_entry(&mut self, collection: Symbol, element: &Ty, key: &Ident) {
        if self.listener.is_none() {
            return;
        }
        let block = self.frame.known.filter(|_| self.frame.path.is_empty());
        let known = block.and_then(|block| known_entry(self.db, block, collection, key.name, element));
        let (decl, ty) = known.map_or((None, element.clone()), |known| (Some(known.0), known.1));
        self.hear_meaning(key.node, || Meaning::Block { decl, ty });
    }

    /// An entry of a collection by its name in quotes: `host["one"]`.
    pub(super) fn hear_index(&mut self, base: &super::Typed, index: &Expr) {
        if self.listener.is_none() {
            return;
        }
        if let (Ty::Collection(element), ExprKind::Text(text)) = (expand(self.db, &base.ty), &*index.kind)
            && let Some(name) = text.plain()
        {
            let collection = self.collection_of(base);
            let known = base.known.zip(collection);
            let known = known.and_then(|(block, collection)| known_entry(self.db, block, collection, name, &element));
            let (decl, ty) = known.map_or((None, (*element).clone()), |known| (Some(known.0), known.1));
            self.hear_meaning(index.node, || Meaning::Block { decl, ty });
        }
    }

    /// A bare name that means one thing.
    pub(super) fn hear_name(&mut self, name: Symbol, node: Node, candidate: &Candidate) {
        if self.listener.is_none() {
            return;
        }
        let ty = candidate.typed.ty.clone();
        let meaning = match candidate.kind {
            Kind::Local => {
                let local = self.context.locals.iter().find(|local| local.name == name);
                local.map(|local| Meaning::Local { at: local.at, ty })
            }
            Kind::Field => {
                let owner = self.context.owner.as_ref().map(|owner| owner.1);
                let field = owner.filter(|owner| schema(self.db, *owner).slot(name).is_some());
                Some(field.map_or(Meaning::InstanceName, |schema| Meaning::Field { schema, name }))
            }
            Kind::Around => Some(Meaning::Word { name, ty, known: candidate.typed.known }),
            Kind::Place => match ty {
                Ty::Schema(schema) => Some(Meaning::Place { name, schema }),
                _ => None,
            },
            Kind::File => scope::lookup(self.db, self.context.file, name).and_then(|named| Meaning::of(self.db, named)),
            Kind::Second => None,
        };
        self.hear(|heard| heard.meanings.extend(meaning.map(|meaning| (node, meaning))));
    }

    /// The names of an expression that leads to something at the top of a file: `module.name`.
    pub(super) fn hear_static(&mut self, expr: &Expr) {
        if self.listener.is_none() {
            return;
        }
        let Some(named) = self.static_name(expr) else {
            return;
        };
        let node = match &*expr.kind {
            ExprKind::Member { base, name, .. } => {
                self.hear_static(base);
                name.node
            }
            _ => expr.node,
        };
        let meaning = Meaning::of(self.db, named);
        self.hear(|heard| heard.meanings.extend(meaning.map(|meaning| (node, meaning))));
    }
}

/// What the places of a declaration mean, those left out that its named blocks hold except for some: an editor asks of
/// one place or of what is on the screen, and a cluster may have thousands of blocks.
pub fn heard_at(db: &dyn Db, decl: Decl, stays: &dyn Fn(Decl) -> bool) -> Heard {
    match code(db, decl) {
        Some(code) => heard_in(db, decl, &beside(code, stays), super::context(db, decl)),
        None => Heard::default(),
    }
}
