//! Bare names: which of the things around one means, or which two it could.

use diagnostics::{Diagnostic, Fix, rules};

use super::habit::{self, Place};
use super::member::field_type;
use super::types::expand;
use super::{Checker, LocalKind, Meaning, Reach, Sought, Typed, global_type, opened_type};
use crate::hir::{Expr, ExprKind, Node};
use crate::ir::{Ir, IrKind};
use crate::keys::{At, Decl};
use crate::schema::{NAME_SLOT, schema};
use crate::scope::{self, Named};
use crate::symbol::Symbol;
use crate::ty::{Scalar, Ty};
use crate::value::{This, Value};

impl Checker<'_> {
    /// A bare name.
    pub(super) fn name(&mut self, name: Symbol, node: Node) -> Typed {
        let mut meanings = self.meanings(name, node);
        match meanings.len() {
            0 => self.unknown_name(name, node),
            1 => {
                let meant = meanings.swap_remove(0);
                self.hear_name(name, node, &meant);
                meant.typed
            }
            _ => self.ambiguous(name, node, &meanings),
        }
    }

    /// Whether a bare name means anything here.
    pub(super) fn is_name(&mut self, name: Symbol, node: Node) -> bool {
        self.quietly(|checker| !checker.meanings(name, node).is_empty())
    }

    fn meanings(&mut self, name: Symbol, node: Node) -> Vec<Candidate> {
        let mut found = Vec::new();
        for local in self.context.locals.iter().filter(|local| local.name == name) {
            let kind = match &local.kind {
                LocalKind::Value(position) => IrKind::Local(*position),
                LocalKind::Let(ir, reach, count) => IrKind::Shifted(self.reach(reach, node).into(), *count, ir.clone()),
            };
            let typed = self.typed(node, kind, local.ty.clone());
            found.push(Candidate { kind: Kind::Local, typed, at: None });
        }
        found.extend(self.own_field(name, node));
        found.extend(self.word(name, node));
        if found.is_empty() || self.is_own_name(name) {
            found.extend(self.global(name, node));
            found.extend(self.second(name, node));
        }
        found
    }

    /// Whether the file itself declares or imports a name; the prelude's names yield.
    pub(super) fn is_own_name(&self, name: Symbol) -> bool {
        scope::declared(self.db, self.context.file).contains_key(&name)
    }

    /// The other block or declaration of a name that a file has twice.
    fn second(&mut self, name: Symbol, node: Node) -> Option<Candidate> {
        let at = (*scope::other_block(self.db, self.context.file, name))?;
        Some(Candidate { kind: Kind::Second, typed: self.error(node), at: Some(at) })
    }

    /// A field of the schema that is being written.
    fn own_field(&mut self, name: Symbol, node: Node) -> Option<Candidate> {
        let (reach, owner) = self.context.owner.clone()?;
        let info = schema(self.db, owner);
        let base = self.reach(&reach, node);
        let (slot, ty, at) = match info.slot(name) {
            Some(slot) => {
                let field = info.fields.get(slot as usize)?;
                (slot, field_type(field), Some(field.at))
            }
            None if name.as_str() == "name" => (NAME_SLOT, Ty::Scalar(Scalar::Name), None),
            None => return None,
        };
        let typed = self.typed(node, IrKind::Slot { base: base.into(), slot, name, optional: false }, ty);
        Some(Candidate { kind: Kind::Field, typed, at })
    }

    /// An instance around.
    pub(super) fn reach(&self, reach: &Reach, node: Node) -> Ir {
        let at = self.at(node);
        let (base, homes) = match reach {
            Reach::Depth(depth) => (IrKind::This, self.context.depth.saturating_sub(*depth)),
            Reach::Captured(local, homes) => (IrKind::Local(*local), *homes),
            Reach::Below(ir) => {
                return Ir { at, kind: ir.kind.clone() };
            }
        };
        let kind = if homes == 0 { base } else { IrKind::Up(Ir { at, kind: base }.into(), homes) };
        Ir { at, kind }
    }

    /// `self`
    pub(super) fn this(&self, node: Node) -> Ir {
        self.reach(&self.context.this_reach, node)
    }

    /// The word of an instance around: by the block that opens it, else by the `in` of the schema.
    fn word(&mut self, name: Symbol, node: Node) -> Option<Candidate> {
        if let Some(word) = self.context.words.iter().rev().find(|word| word.name == name).cloned() {
            let ir = self.reach(&word.reach, node);
            let typed = Typed { ir, ty: word.ty, known: word.known };
            return Some(Candidate { kind: Kind::Around, typed, at: None });
        }
        // An instance literal in the body of a schema sees what the schema stands in, as it sees the schema's fields.
        let owner = self.context.owner.clone();
        let this = match &self.context.this {
            Some(Ty::Schema(this)) => Some((self.context.this_reach.clone(), *this)),
            _ => None,
        };
        let (reach, place) = owner.into_iter().chain(this).find_map(|(reach, of)| {
            let word = schema(self.db, of).words.iter().find(|word| word.0 == name)?;
            Some((reach, word.1))
        })?;
        let base = self.reach(&reach, node);
        let typed = self.typed(node, IrKind::Enclosing(base.into(), place), Ty::Schema(place));
        Some(Candidate { kind: Kind::Place, typed, at: None })
    }

    fn global(&mut self, name: Symbol, node: Node) -> Option<Candidate> {
        let named = scope::lookup(self.db, self.context.file, name)?;
        let typed = self.named(named, name, node)?;
        let at = match named {
            Named::Decl(decl) | Named::Block(_, decl) => Some(At { decl, node: 0 }),
            _ => None,
        };
        Some(Candidate { kind: Kind::File, typed, at })
    }

    /// The value of what is declared at the top of a file.
    pub(super) fn named(&mut self, named: Named, name: Symbol, node: Node) -> Option<Typed> {
        match named {
            Named::Decl(decl) => match decl.head(self.db).as_str().split(' ').next() {
                Some("let") => {
                    let ty = self.global_type_here(decl);
                    let mut typed = self.typed(node, IrKind::Global(decl), ty);
                    typed.known = Some(decl);
                    Some(typed)
                }
                Some("fn") => Some(self.function_value(decl, node)),
                _ => {
                    let message = format!("`{name}` is a type, and stands where a value is due");
                    self.report(
                        Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message)
                            .help(format!("make one: `{name} {{ .. }}`")),
                    );
                    Some(self.error(node))
                }
            },
            Named::Block(home, decl) => {
                let ty = opened_type(self.db, decl);
                let kind = match expand(self.db, &ty) {
                    Ty::Schema(_) => IrKind::Const(Value::Instance(This::Placed(home))),
                    // What stands there may be data: it is read from its collection.
                    _ => self.entry_of_root(home, node),
                };
                let mut typed = self.typed(node, kind, ty);
                typed.known = Some(decl);
                Some(typed)
            }
            Named::Data(file, number) => self.data_import(file, number, node),
            Named::Module(_) => {
                let message = format!("`{name}` is a module, and stands where a value is due");
                self.report(
                    Diagnostic::new(&rules::TYPE_MISMATCH, self.at(node), message)
                        .help(format!("name something in it: `{name}.x`")),
                );
                Some(self.error(node))
            }
            Named::Missing => Some(self.error(node)),
        }
    }

    pub(super) fn global_type_here(&self, decl: Decl) -> Ty {
        global_type(self.db, decl).clone()
    }

    pub(super) fn entry_of_root(&self, home: crate::keys::Home, node: Node) -> IrKind {
        let crate::keys::Step::Entry(collection, name) = home.step(self.db) else {
            return IrKind::Error;
        };
        let root = This::Placed(crate::keys::root(self.db));
        let base = Ir { at: self.at(node), kind: IrKind::Const(Value::Instance(root)) };
        let list = Ir { at: self.at(node), kind: IrKind::Key { base: base.into(), name: collection, optional: false } };
        IrKind::Key { base: list.into(), name, optional: false }
    }

    pub(super) fn data_import(&mut self, file: crate::keys::SourceFile, number: u32, node: Node) -> Option<Typed> {
        let imports = crate::import::imports(self.db, file);
        let import = imports.get(number as usize)?;
        let target = crate::import::files(self.db, file, import).first().copied()?;
        let ty = match &import.ty {
            Some(ty) => super::types::resolve(self.db, crate::keys::file_decl(self.db, file), ty, &mut Vec::new()),
            None => Ty::Any,
        };
        let kind = IrKind::DataFile(target, std::sync::Arc::new(ty.clone()));
        Some(self.typed(node, kind, ty))
    }

    pub(super) fn unknown_name(&mut self, name: Symbol, node: Node) -> Typed {
        self.hear_sought(name, |checker| {
            let due = checker.listener.as_ref().and_then(|heard| heard.due(node).cloned());
            Sought::Name { context: Box::new(checker.context.clone()), due }
        });
        let at = self.at(node);
        if let Some(typed) = self.hyphen(name, node).or_else(|| self.misplaced_auto(name, node)) {
            return typed;
        }
        let diagnostic = Diagnostic::new(&rules::NAME_UNKNOWN, at, format!("nothing here is called `{name}`"));
        if let Some(taught) = habit::taught(&diagnostic, Place::Value, name.as_str(), at) {
            self.report(taught);
            return self.error(node);
        }
        let known = self.known_names(name);
        let near = domain::nearest(name.as_str(), known.iter().map(|name| name.as_str()));
        let field = match &self.context.this {
            Some(Ty::Schema(this)) => schema(self.db, *this).slot(name).is_some(),
            _ => false,
        };
        let diagnostic = match near {
            _ if field => diagnostic
                .help(format!("it is a field of this block: write `self.{name}`"))
                .fix(Fix::new(format!("write `self.{name}`")).edit(at, format!("self.{name}"))),
            Some(near) => diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::new(format!("write `{near}`")).edit(at, near.to_string())),
            None if find_method(name.as_str()) => {
                diagnostic.help(format!("it is a method, and called behind a value: `value.{name}(..)`"))
            }
            None => diagnostic.help("declare it with `let`, import it, or write text in quotes"),
        };
        self.report(diagnostic);
        self.error(node)
    }

    /// `n-1`, where only `n` is known.
    pub(super) fn hyphen(&mut self, name: Symbol, node: Node) -> Option<Typed> {
        let (first, second) = name.as_str().split_once('-')?;
        let first = Symbol::new(first);
        if !self.is_name(first, node) {
            return None;
        }
        let at = self.at(node);
        let spaced = format!("{first} - {second}");
        self.report(
            Diagnostic::new(
                &rules::NAME_HYPHEN,
                at,
                format!("nothing here is called `{name}`: a name may contain hyphens"),
            )
            .help(format!("subtraction needs spaces: `{spaced}`"))
            .fix(Fix::new("put spaces around the minus").edit(at, spaced)),
        );
        Some(self.error(node))
    }

    /// The names that one that is unknown may have been meant to be.
    pub(super) fn known_names(&self, unknown: Symbol) -> Vec<Symbol> {
        let mut known: Vec<Symbol> = self.context.locals.iter().map(|local| local.name).collect();
        known.extend(self.context.words.iter().map(|word| word.name));
        if let Some((_, owner)) = &self.context.owner {
            known.extend(schema(self.db, *owner).fields.iter().map(|field| field.name));
        }
        if let Some(Ty::Schema(this)) = &self.context.this {
            known.extend(schema(self.db, *this).words.iter().map(|word| word.0));
        }
        known.extend(scope::suggestions(self.db, self.context.file, unknown));
        known
    }

    fn ambiguous(&mut self, name: Symbol, node: Node, meanings: &[Candidate]) -> Typed {
        let list: Vec<_> = meanings.iter().map(|meaning| meaning.kind.what()).collect();
        let message = format!("`{name}` could be {}", list.join(" or "));
        let mut diagnostic = Diagnostic::new(&rules::NAME_AMBIGUOUS, self.at(node), message);
        for meaning in meanings {
            if let Some(at) = meaning.at {
                diagnostic = diagnostic.also(at, meaning.kind.what());
            }
        }
        let owner = self.context.owner.as_ref().map(|owner| owner.1);
        let help = match owner.is_some_and(|owner| schema(self.db, owner).slot(name).is_some()) {
            true => format!("write `self.{name}` for the field, or rename the other"),
            false => "rename one of them".to_string(),
        };
        self.report(diagnostic.help(help));
        self.error(node)
    }

    pub(super) fn self_value(&mut self, node: Node) -> Typed {
        if let Some(ty) = self.context.this.clone() {
            self.hear_meaning(node, || Meaning::This(ty));
        }
        match &self.context.this {
            Some(ty) => Typed { ir: self.this(node), ty: ty.clone(), known: self.context.known },
            None => {
                self.report(
                    Diagnostic::new(&rules::NAME_SELF, self.at(node), "there is no instance around this, so no `self`")
                        .help("`self` is the instance of the nearest schema or named block"),
                );
                self.error(node)
            }
        }
    }

    /// What an expression names at the top of some file, if it is such a name.
    pub(super) fn static_name(&mut self, expr: &Expr) -> Option<Named> {
        match &*expr.kind {
            ExprKind::Name(name) => {
                let hidden = self.context.locals.iter().any(|local| local.name == *name)
                    || self.context.words.iter().any(|word| word.name == *name);
                // A field of this schema goes before what only the prelude knows.
                let hidden = hidden || !self.is_own_name(*name) && self.own_field(*name, expr.node).is_some();
                if hidden { None } else { scope::lookup(self.db, self.context.file, *name) }
            }
            ExprKind::Member { base, name, optional: false } => match self.static_name(base)? {
                // What a module imports is its own business.
                Named::Module(file) => scope::member(self.db, file, name.name)
                    .filter(|named| matches!(named, Named::Decl(_) | Named::Block(..))),
                _ => None,
            },
            _ => None,
        }
    }
}

fn find_method(name: &str) -> bool {
    crate::methods::all().any(|method| method.signature.name.as_str() == name)
}

/// One of the things that a bare name could mean.
pub(super) struct Candidate {
    pub(super) kind: Kind,
    pub(super) typed: Typed,
    at: Option<At>,
}

/// How something comes to be seen by a bare name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    Local,
    Field,
    Around,
    Place,
    File,
    Second,
}

impl Kind {
    /// What it is, for people.
    fn what(self) -> &'static str {
        match self {
            Kind::Local => "a local name",
            Kind::Field => "a field of this schema",
            Kind::Around => "the block around",
            Kind::Place => "what this schema stands in",
            Kind::File => "a name of this file",
            Kind::Second => "a block of the same name",
        }
    }
}
