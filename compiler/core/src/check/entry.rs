//! Entries of collections: which collection a head means, and what the block inside sees.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::around::{Reach, Word};
use super::body::{Leaf, makes_instance, single};
use super::types::{self, BodyType, expand};
use super::{Checker, Context, Meaning, Typed};
use crate::hir::{Expr, Ident, NamedForm, Text};
use crate::ir::{Ir, IrKind, KeyIr, Target, Written};
use crate::keys::{At, Decl};
use crate::schema::{SlotKind, schema};
use crate::scope::{Named, lookup};
use crate::symbol::Symbol;
use crate::ty::{ObjectKind, Ty, article};
use crate::value::Value;

impl Checker<'_> {
    /// A head that is no field: perhaps the schema of an entry, as in `nginx.Controller internal { .. }`.
    pub(super) fn along_kind(&mut self, decl: Decl, path: &[Ident], leaf: Leaf<'_>) -> Option<(Target, Written)> {
        let node = path.first().map_or(0, |name| name.node);
        let Leaf::Named(name, None, block, form) = leaf else {
            self.forget(leaf);
            self.unknown_field(decl, path);
            return None;
        };
        // That a module can not be read is said at its import.
        if let Some(first) = path.first()
            && lookup(self.db, self.decl.file(self.db), first.name) == Some(Named::Missing)
        {
            self.forget(leaf);
            return None;
        }
        let written = crate::hir::Path { node, names: path.to_vec() };
        let capital = path.last().is_some_and(|last| last.name.as_str().starts_with(char::is_uppercase));
        if !capital {
            self.unknown_field(decl, path);
            return None;
        }
        let kind = match types::made_by_path(self.db, self.decl, &written) {
            Ok(kind) => kind,
            Err(diagnostic) => {
                self.report(diagnostic);
                return None;
            }
        };
        let slot = self.collection_for(decl, &kind, node)?;
        let collection = schema(self.db, decl).fields.get(slot as usize)?.name;
        self.open(slot, collection, &kind, name, block, form)
    }

    /// Whether a head names a type of a module that is called as the collection of a kind: `backup.Backup nightly { .. }`.
    pub(super) fn is_of_module(&self, path: &[Ident]) -> bool {
        let capital = |last: &Ident| last.name.as_str().starts_with(char::is_uppercase);
        match path {
            [module, .., last] if capital(last) => {
                matches!(lookup(self.db, self.decl.file(self.db), module.name), Some(Named::Module(_)))
            }
            _ => false,
        }
    }

    /// The collection of a schema that takes what is of a kind: the one of the nearest schema that it extends.
    fn collection_for(&mut self, decl: Decl, kind: &Ty, node: u32) -> Option<u32> {
        let mut best: Vec<(usize, u32)> = Vec::new();
        for (slot, field) in schema(self.db, decl).fields.iter().enumerate() {
            if field.kind != SlotKind::Each {
                continue;
            }
            let near = match expand(self.db, &field.ty) {
                Ty::Any => Some(0),
                _ if field.ty == *kind => Some(usize::MAX),
                _ => field.ty.members().iter().filter_map(|member| self.nearness(kind, member)).max(),
            };
            if let Some(near) = near {
                match best.first() {
                    Some((other, _)) if *other > near => {}
                    Some((other, _)) if *other == near => best.push((near, slot as u32)),
                    _ => best = vec![(near, slot as u32)],
                }
            }
        }
        let owner = crate::keys::decl_name(self.db, decl);
        let shown = self.show(kind);
        let name = shown.as_str();
        match best.as_slice() {
            [(_, slot)] => Some(*slot),
            [] => {
                let message = format!("{} has no collection for {}", article(owner), article(name));
                self.report(
                    Diagnostic::new(&rules::SCHEMA_UNKNOWN_FIELD, self.at(node), message)
                        .also(At { decl, node: 0 }, format!("`{owner}` is declared here"))
                        .help(format!("add `each {}: {name}` to the schema", name.to_lowercase())),
                );
                None
            }
            several => {
                let fields = &schema(self.db, decl).fields;
                let names: Vec<String> = several
                    .iter()
                    .filter_map(|(_, slot)| fields.get(*slot as usize).map(|field| format!("`{}`", field.name)))
                    .collect();
                let message = format!("{} could be an entry of {}", article(name), names.join(" or "));
                self.report(
                    Diagnostic::new(&rules::SCHEMA_AMBIGUOUS_COLLECTION, self.at(node), message)
                        .help(format!("name the collection: `word name: {name} {{ .. }}`")),
                );
                None
            }
        }
    }

    /// How special a member of a collection's type is among what a schema extends.
    fn nearness(&self, kind: &Ty, member: &Ty) -> Option<usize> {
        match (kind, expand(self.db, member)) {
            (Ty::Schema(kind), Ty::Schema(element)) => {
                let chain = &schema(self.db, *kind).chain;
                chain.iter().position(|general| *general == element).map(|place| place + 1)
            }
            // Objects stand among those of their kind, whatever the version.
            (Ty::Alias(_), Ty::Record(element)) => {
                let (kind, element) = (self.object_kind(kind)?, element.object?);
                match kind.kind == element.kind && kind.group() == element.group() {
                    true => Some(2),
                    false => element.is_any().then_some(1),
                }
            }
            _ => (kind == member).then_some(1),
        }
    }

    fn object_kind(&self, ty: &Ty) -> Option<ObjectKind> {
        match expand(self.db, ty) {
            Ty::Record(record) => record.object,
            _ => None,
        }
    }

    /// The type of an entry: that of the collection, or the schema that is said with it.
    pub(super) fn entry_kind(&mut self, element: &Ty, kind: Option<&crate::hir::Path>) -> Option<Ty> {
        let Some(path) = kind else {
            return Some(element.clone());
        };
        let kind = match types::made_by_path(self.db, self.decl, path) {
            Ok(kind) => kind,
            Err(diagnostic) => {
                self.report(diagnostic);
                return None;
            }
        };
        if self.fits(&kind, element) {
            return Some(kind);
        }
        let message = format!("this must be {}, but is {}", article(&self.show(element)), article(&self.show(&kind)));
        self.report(Diagnostic::new(&rules::TYPE_MISMATCH, self.at(path.node), message));
        None
    }

    /// An entry of a collection.
    pub(super) fn open(
        &mut self,
        slot: u32,
        word: Symbol,
        element: &Ty,
        name: &Text,
        decl: Decl,
        form: NamedForm,
    ) -> Option<(Target, Written)> {
        let key = self.key_of(name);
        let known = match (&key, form) {
            (KeyIr::Static(name), NamedForm::Block) if !matches!(element, Ty::Any) => {
                let opened = self.frame_entry(word, *name, element, decl);
                opened.filter(|ty| types::fit(self.db, ty, element) != types::Fit::No)
            }
            _ => None,
        };
        let element = known.unwrap_or_else(|| element.clone());
        self.hear_meaning(name.node, || Meaning::Block { decl: Some(decl), ty: element.clone() });
        self.child(word, name.plain(), &element, decl, form);
        let written = match form {
            NamedForm::Block => Written::Block(decl),
            NamedForm::Value => Written::Entry(decl),
            NamedForm::Null => Written::Value(Ir { at: At { decl, node: 0 }, kind: IrKind::Const(Value::Null) }),
        };
        Some((Target::Entry(slot, key, true), written))
    }

    /// The type of an entry that this block opens again over the one that a `with`'s base has.
    pub(super) fn frame_entry(&self, word: Symbol, name: Symbol, element: &Ty, decl: Decl) -> Option<Ty> {
        let block = self.frame.known.filter(|_| self.frame.literal)?;
        super::known_entry(self.db, block, word, name, element).filter(|known| known.0 != decl).map(|known| known.1)
    }

    pub(super) fn key_of(&mut self, name: &Text) -> KeyIr {
        match name.plain() {
            Some(name) => KeyIr::Static(name),
            None => KeyIr::Computed(self.check_text(name, &Ty::Any).ir.into()),
        }
    }

    /// What a named block inside of this body sees.
    pub(super) fn child(&mut self, word: Symbol, name: Option<Symbol>, element: &Ty, decl: Decl, form: NamedForm) {
        let mut context: Context = self.context_copy();
        context.target = element.clone();
        context.collection = Some(word);
        context.is_value = form != NamedForm::Block;
        if form == NamedForm::Block {
            context.words.retain(|word| !matches!(word.reach, Reach::Below(_)));
            for (word, ty) in &self.frame.path {
                let ty = expand(self.db, &ty.without_null());
                if !self.is_data(&ty) {
                    context.depth += 1;
                    context.words.push(Word { name: *word, reach: Reach::Depth(context.depth), ty, known: None });
                }
            }
            let ty = expand(self.db, element);
            // Data has no home: `self` stays what it was, and the block's word is nobody.
            if !self.is_data(&ty) {
                context.depth += 1;
                let known = name.map(|_| decl);
                context.words.push(Word { name: word, reach: Reach::Depth(context.depth), ty: ty.clone(), known });
                context.this = Some(ty);
                context.this_reach = Reach::Depth(context.depth);
                context.known = Some(decl);
            }
        }
        self.children.insert(decl, Arc::new(context));
    }

    fn is_data(&self, ty: &Ty) -> bool {
        matches!(types::body_type(self.db, ty), BodyType::Data(_))
    }

    /// The value of `head name: value`, where a schema may take a plain value for its main field.
    pub(super) fn entry_value(&mut self, value: &Expr, target: &Ty) -> Typed {
        if let (BodyType::Schema(decl), false) = (types::body_type(self.db, target), makes_instance(value)) {
            let info = schema(self.db, decl);
            if let Some(field) = info.main.and_then(|slot| info.fields.get(slot as usize)) {
                let before = self.diagnostics.len();
                let typed = self.infer(value);
                let fits = self.diagnostics.len() == before && self.fits(&typed.ty, target);
                self.diagnostics.truncate(before);
                if !fits {
                    let ir = self.check(value, &field.ty.clone());
                    let main = info.main.unwrap_or(0);
                    let at = ir.at;
                    return Typed {
                        ir: single(at, main, ir, self.context.count, decl),
                        ty: Ty::Schema(decl),
                        known: None,
                    };
                }
            }
        }
        let typed = self.check_typed(value, target);
        let ty = match types::fit(self.db, &typed.ty, target) {
            types::Fit::Exact => typed.ty.clone(),
            _ => target.clone(),
        };
        let known = typed.known;
        let ir = self.convert(typed, target, value.node);
        Typed { ir, ty, known }
    }
}
