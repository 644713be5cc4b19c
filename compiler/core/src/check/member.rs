//! Names, and what stands behind a dot.

use diagnostics::{Diagnostic, Fix, rules};

use super::types::{expand, fit, Fit};
use super::{Checker, Context, LocalKind, Reach, Typed, global_type, known_entry, opened_type};
use crate::eval::coerce::article;
use crate::hir::{Expr, ExprKind, Ident, Node};
use crate::ir::{Ir, IrKind};
use crate::keys::{At, Decl};
use crate::schema::{NAME_SLOT, SlotKind, schema};
use crate::scope::{self, Named};
use crate::symbol::Symbol;
use crate::ty::{Scalar, Ty};
use crate::value::{This, Value};

/// One of the things that a bare name could mean.
struct Meaning {
    what: &'static str,
    typed: Typed,
    at: Option<At>,
}

impl Checker<'_> {
    /// A bare name.
    pub(super) fn name(&mut self, name: Symbol, node: Node) -> Typed {
        let mut meanings = self.meanings(name, node);
        match meanings.len() {
            0 => self.unknown_name(name, node),
            1 => meanings.swap_remove(0).typed,
            _ => self.ambiguous(name, node, &meanings),
        }
    }

    fn meanings(&mut self, name: Symbol, node: Node) -> Vec<Meaning> {
        let mut found = Vec::new();
        for local in self.context.locals.iter().filter(|local| local.name == name) {
            let kind = match &local.kind {
                LocalKind::Value(position) => IrKind::Local(*position),
                LocalKind::Let(ir, reach, count) => {
                    IrKind::Shifted(self.reach(reach, node).into(), *count, ir.clone())
                }
            };
            let typed = self.typed(node, kind, local.ty.clone());
            found.push(Meaning { what: "a local name", typed, at: None });
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
    fn is_own_name(&self, name: Symbol) -> bool {
        scope::declared(self.db, self.context.file).contains_key(&name)
    }

    /// The other block or declaration of a name that a file has twice.
    fn second(&mut self, name: Symbol, node: Node) -> Option<Meaning> {
        let at = (*scope::other_block(self.db, self.context.file, name))?;
        Some(Meaning { what: "a block of the same name", typed: self.error(node), at: Some(at) })
    }

    /// A field of the schema that is being written.
    fn own_field(&mut self, name: Symbol, node: Node) -> Option<Meaning> {
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
        Some(Meaning { what: "a field of this schema", typed, at })
    }

    /// An instance around.
    pub(super) fn reach(&self, reach: &Reach, node: Node) -> Ir {
        let at = self.at(node);
        let (base, homes) = match reach {
            Reach::Depth(depth) => (IrKind::This, self.context.depth.saturating_sub(*depth)),
            Reach::Captured(local, homes) => (IrKind::Local(*local), *homes),
            Reach::Below(ir) => return Ir { at, kind: ir.kind.clone() },
        };
        let kind = if homes == 0 { base } else { IrKind::Up(Ir { at, kind: base }.into(), homes) };
        Ir { at, kind }
    }

    /// `self`
    fn this(&self, node: Node) -> Ir {
        self.reach(&self.context.this_reach, node)
    }

    /// The word of an instance around: by the block that opens it, else by the `in` of the schema.
    fn word(&mut self, name: Symbol, node: Node) -> Option<Meaning> {
        if let Some(word) = self.context.words.iter().rev().find(|word| word.name == name).cloned() {
            let ir = self.reach(&word.reach, node);
            let typed = Typed { ir, ty: word.ty, known: word.known };
            return Some(Meaning { what: "the block around", typed, at: None });
        }
        let this = match &self.context.this {
            Some(Ty::Schema(this)) => *this,
            _ => return None,
        };
        let place = schema(self.db, this).words.iter().find(|word| word.0 == name).map(|word| word.1)?;
        let base = self.this(node);
        let typed = self.typed(node, IrKind::Enclosing(base.into(), place), Ty::Schema(place));
        Some(Meaning { what: "what this schema stands in", typed, at: None })
    }

    fn global(&mut self, name: Symbol, node: Node) -> Option<Meaning> {
        let named = scope::lookup(self.db, self.context.file, name)?;
        let typed = self.named(named, name, node)?;
        let at = match named {
            Named::Decl(decl) | Named::Block(_, decl) => Some(At { decl, node: 0 }),
            _ => None,
        };
        Some(Meaning { what: "a name of this file", typed, at })
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

    fn global_type_here(&self, decl: Decl) -> Ty {
        global_type(self.db, decl).clone()
    }

    fn entry_of_root(&self, home: crate::keys::Home, node: Node) -> IrKind {
        let crate::keys::Step::Entry(collection, name) = home.step(self.db) else { return IrKind::Error };
        let root = This::Placed(crate::keys::root(self.db));
        let base = Ir { at: self.at(node), kind: IrKind::Const(Value::Instance(root)) };
        let list = Ir { at: self.at(node), kind: IrKind::Key { base: base.into(), name: collection, optional: false } };
        IrKind::Key { base: list.into(), name, optional: false }
    }

    fn data_import(&mut self, file: crate::keys::SourceFile, number: u32, node: Node) -> Option<Typed> {
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
        let at = self.at(node);
        if let Some(typed) = self.hyphen(name, node) {
            return typed;
        }
        let diagnostic = Diagnostic::new(&rules::NAME_UNKNOWN, at, format!("nothing here is called `{name}`"));
        let mut known = self.known_names();
        if known.len() > 300 {
            // Among very many names only those that begin alike are worth a look.
            let first = name.as_str().chars().next();
            known.retain(|known| known.as_str().chars().next() == first);
            known.truncate(300);
        }
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
            None => diagnostic.help("declare it with `let`, import it, or write text in quotes"),
        };
        self.report(diagnostic);
        self.error(node)
    }

    /// `n-1`, where only `n` is known.
    fn hyphen(&mut self, name: Symbol, node: Node) -> Option<Typed> {
        let (first, second) = name.as_str().split_once('-')?;
        let first = Symbol::new(first);
        if self.quietly(|checker| checker.meanings(first, node).is_empty()) {
            return None;
        }
        let at = self.at(node);
        let spaced = format!("{first} - {second}");
        self.report(
            Diagnostic::new(&rules::NAME_HYPHEN, at, format!("nothing here is called `{name}`: a name may contain hyphens"))
                .help(format!("subtraction needs spaces: `{spaced}`"))
                .fix(Fix::new("put spaces around the minus").edit(at, spaced)),
        );
        Some(self.error(node))
    }

    fn known_names(&self) -> Vec<Symbol> {
        let mut known: Vec<Symbol> = self.context.locals.iter().map(|local| local.name).collect();
        known.extend(self.context.words.iter().map(|word| word.name));
        if let Some((_, owner)) = &self.context.owner {
            known.extend(schema(self.db, *owner).fields.iter().map(|field| field.name));
        }
        if let Some(Ty::Schema(this)) = &self.context.this {
            known.extend(schema(self.db, *this).words.iter().map(|word| word.0));
        }
        known.extend(scope::visible(self.db, self.context.file));
        known
    }

    fn ambiguous(&mut self, name: Symbol, node: Node, meanings: &[Meaning]) -> Typed {
        let list: Vec<_> = meanings.iter().map(|meaning| meaning.what).collect();
        let message = format!("`{name}` could be {}", list.join(" or "));
        let mut diagnostic = Diagnostic::new(&rules::NAME_AMBIGUOUS, self.at(node), message);
        for meaning in meanings {
            if let Some(at) = meaning.at {
                diagnostic = diagnostic.also(at, meaning.what);
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

    /// `base.name`
    pub(super) fn member(&mut self, base: &Expr, name: Ident, optional: bool, node: Node) -> Typed {
        if let Some(Named::Module(file)) = self.static_name(base) {
            return self.module_member(file, name, node);
        }
        let base_typed = self.infer(base);
        let typed = self.member_of(base_typed, name, optional, node);
        if optional { Typed { ty: typed.ty.optional(), ..typed } } else { typed }
    }

    fn module_member(&mut self, file: crate::keys::SourceFile, name: Ident, node: Node) -> Typed {
        match scope::member(self.db, file, name.name) {
            Some(named @ (Named::Decl(_) | Named::Block(..))) => {
                self.named(named, name.name, node).unwrap_or_else(|| self.error(node))
            }
            _ => {
                let known: Vec<Symbol> = scope::names(self.db, file).map.keys().copied().collect();
                let path = file.path(self.db);
                let message = format!("`{path}` declares no `{}`", name.name);
                let mut diagnostic = Diagnostic::new(&rules::NAME_UNKNOWN, self.at(name.node), message);
                if let Some(near) = domain::nearest(name.name.as_str(), known.iter().map(|name| name.as_str())) {
                    diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
                }
                self.report(diagnostic);
                self.error(node)
            }
        }
    }

    fn member_of(&mut self, base: Typed, name: Ident, optional: bool, node: Node) -> Typed {
        let ty = expand(self.db, &base.ty);
        match &ty {
            Ty::Schema(decl) => self.field_of(*decl, base, name, optional, node),
            Ty::Collection(element) => {
                let collection = self.collection_of(&base);
                let known = base.known.zip(collection).and_then(|(block, collection)| {
                    known_entry(self.db, block, collection, name.name, element)
                });
                let (known, ty) = match known {
                    Some((known, ty)) => (Some(known), ty),
                    None => (None, (**element).clone()),
                };
                let kind = IrKind::Key { base: base.ir.into(), name: name.name, optional };
                Typed { known, ..self.typed(name.node, kind, ty) }
            }
            Ty::Record(record) => match record.field(name.name) {
                Some(ty) => {
                    let ty = ty.clone();
                    self.typed(node, IrKind::Key { base: base.ir.into(), name: name.name, optional }, ty)
                }
                None => {
                    let known: Vec<Symbol> = record.fields.iter().map(|field| field.0).collect();
                    self.no_member(&ty, &known, name, node)
                }
            },
            Ty::Map(_, value) => {
                let ty = (**value).clone();
                self.typed(node, IrKind::Key { base: base.ir.into(), name: name.name, optional }, ty)
            }
            Ty::Any => self.typed(node, IrKind::Key { base: base.ir.into(), name: name.name, optional }, Ty::Any),
            Ty::Error | Ty::Never => self.error(node),
            Ty::Refined(refined) => {
                let base = Typed { ty: refined.base.clone(), ..base };
                self.member_of(base, name, optional, node)
            }
            Ty::Union(members) => self.member_of_union(base, members, name, optional, node),
            _ => self.no_member(&ty, &[], name, node),
        }
    }

    /// The name of the collection that an expression reads.
    fn collection_of(&self, typed: &Typed) -> Option<Symbol> {
        match &typed.ir.kind {
            IrKind::Slot { name, .. } | IrKind::Key { name, .. } => Some(*name),
            _ => None,
        }
    }

    fn member_of_union(&mut self, base: Typed, members: &[Ty], name: Ident, optional: bool, node: Node) -> Typed {
        if members.contains(&Ty::Null) && !optional {
            let message = format!("this may be null, and null has no `{}`", name.name);
            self.report(
                Diagnostic::new(&rules::TYPE_MAYBE_NULL, self.at(name.node), message)
                    .help(format!("write `?.{}`, or ask first: `if x != null`", name.name)),
            );
            return self.error(node);
        }
        let without: Vec<&Ty> = members.iter().filter(|member| **member != Ty::Null).collect();
        if let [one] = without.as_slice() {
            let base = Typed { ty: (*one).clone(), ..base };
            return self.member_of(base, name, optional, node);
        }
        let mut types = Vec::new();
        for member in without {
            let one = Typed { ty: member.clone(), ..base.clone() };
            let typed = self.member_of(one, name, optional, node);
            if typed.ty.is_error() {
                return typed;
            }
            types.push(typed.ty);
        }
        let kind = IrKind::Key { base: base.ir.into(), name: name.name, optional };
        self.typed(node, kind, Ty::union(types))
    }

    fn field_of(&mut self, decl: Decl, base: Typed, name: Ident, optional: bool, node: Node) -> Typed {
        let info = schema(self.db, decl);
        if let Some(slot) = info.slot(name.name)
            && let Some(field) = info.fields.get(slot as usize)
        {
            let ty = field_type(field);
            let known = if field.kind == SlotKind::Each { base.known } else { None };
            let kind = IrKind::Slot { base: base.ir.into(), slot, name: name.name, optional };
            return Typed { known, ..self.typed(name.node, kind, ty) };
        }
        if name.name.as_str() == "name" {
            let kind = IrKind::Slot { base: base.ir.into(), slot: NAME_SLOT, name: name.name, optional };
            return self.typed(name.node, kind, Ty::Scalar(Scalar::Name));
        }
        if let Some((_, place)) = info.words.iter().find(|word| word.0 == name.name) {
            return self.typed(node, IrKind::Enclosing(base.ir.into(), *place), Ty::Schema(*place));
        }
        let known: Vec<Symbol> = info.fields.iter().map(|field| field.name).collect();
        self.no_member(&Ty::Schema(decl), &known, name, node)
    }

    fn no_member(&mut self, ty: &Ty, known: &[Symbol], name: Ident, node: Node) -> Typed {
        let at = self.at(name.node);
        let shown = self.show(ty);
        let message = match ty {
            Ty::Record(_) => format!("this record has no `{}`", name.name),
            _ => format!("{} has no `{}`", article(&shown), name.name),
        };
        let mut diagnostic = Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, at, message);
        if crate::methods::find(ty, name.name.as_str()).is_some() {
            diagnostic = Diagnostic { rule: &rules::TYPE_UNKNOWN_METHOD, ..diagnostic }
                .help(format!("it is a method, and always called with parentheses: `.{}()`", name.name))
                .fix(Fix::new("add the parentheses").edit(at, format!("{}()", name.name)));
        } else if let Some(near) = domain::nearest(name.name.as_str(), known.iter().map(|name| name.as_str())) {
            diagnostic = diagnostic
                .help(format!("did you mean `{near}`?"))
                .fix(Fix::new(format!("write `{near}`")).edit(at, near.to_string()));
        } else if let Ty::Schema(decl) = ty {
            diagnostic = diagnostic.also(At { decl: *decl, node: 0 }, format!("`{shown}` is declared here"));
        }
        self.report(diagnostic);
        self.error(node)
    }

    /// `base[index]`
    pub(super) fn index(&mut self, base: &Expr, index: &Expr, node: Node) -> Typed {
        let base_typed = self.infer(base);
        let (due, ty) = match expand(self.db, &base_typed.ty) {
            Ty::List(element) => (Ty::Scalar(Scalar::Int), (*element).clone()),
            Ty::Map(_, value) => (Ty::Scalar(Scalar::String), (*value).clone()),
            Ty::Collection(element) => (Ty::Scalar(Scalar::String), (*element).clone()),
            Ty::Record(record) => {
                (Ty::Scalar(Scalar::String), Ty::union(record.fields.iter().map(|field| field.2.clone())))
            }
            Ty::Any => (Ty::union([Ty::Scalar(Scalar::Int), Ty::Scalar(Scalar::String)]), Ty::Any),
            Ty::Error => {
                self.infer(index);
                return self.error(node);
            }
            Ty::Union(members) if members.contains(&Ty::Null) => {
                self.report(
                    Diagnostic::new(&rules::TYPE_MAYBE_NULL, self.at(base.node), "this may be null, and has no elements then")
                        .help("give a value for that case with `?? ..`"),
                );
                return self.error(node);
            }
            other => {
                let message = format!("{} has no elements to index", article(&self.show(&other)));
                self.report(
                    Diagnostic::new(&rules::TYPE_NOT_A_COLLECTION, self.at(node), message)
                        .help("lists are indexed by number, maps and collections by name"),
                );
                return self.error(node);
            }
        };
        let index_ir = self.check(index, &due);
        self.typed(node, IrKind::Index(base_typed.ir.into(), index_ir.into()), ty)
    }

    /// Whether a type fits as it is.
    pub(super) fn fits(&self, from: &Ty, to: &Ty) -> bool {
        fit(self.db, from, to) != Fit::No
    }

    /// The context, to be put back later.
    pub(super) fn context_copy(&self) -> Context {
        self.context.clone()
    }
}

/// The type of a field as it is read.
pub(super) fn field_type(field: &crate::schema::Slot) -> Ty {
    match field.kind {
        SlotKind::Each => Ty::Collection(std::sync::Arc::new(field.ty.clone())),
        _ => field.ty.clone(),
    }
}
