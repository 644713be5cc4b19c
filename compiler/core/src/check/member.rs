//! Names, and what stands behind a dot.

use diagnostics::{Diagnostic, Fix, rules};

use super::types::{Fit, expand, fit};
use super::{Checker, Context, Meaning, Sought, Typed, known_entry};
use crate::hir::{Expr, Ident, Node};
use crate::ir::IrKind;
use crate::keys::{At, Decl};
use crate::schema::{NAME_SLOT, SlotKind, schema};
use crate::scope::{self, Named};
use crate::symbol::Symbol;
use crate::ty::{Scalar, Ty, article};

impl Checker<'_> {
    /// `base.name`
    pub(super) fn member(&mut self, base: &Expr, name: Ident, optional: bool, node: Node) -> Typed {
        if let Some(Named::Module(file)) = self.static_name(base) {
            self.hear_static(base);
            self.hear_sought(name.name, |_| Sought::InModule(file));
            return self.module_member(file, name, node);
        }
        let base_typed = self.infer(base);
        self.hear_sought(name.name, |_| Sought::Member { ty: base_typed.ty.clone(), known: base_typed.known });
        let typed = self.member_of(base_typed, name, optional, node);
        if optional { Typed { ty: typed.ty.optional(), ..typed } } else { typed }
    }

    fn module_member(&mut self, file: crate::keys::SourceFile, name: Ident, node: Node) -> Typed {
        match scope::member(self.db, file, name.name) {
            Some(named @ (Named::Decl(_) | Named::Block(..))) => {
                let meaning = Meaning::of(self.db, named);
                self.hear(|heard| heard.meanings.extend(meaning.map(|meaning| (name.node, meaning))));
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
                let known = base
                    .known
                    .zip(collection)
                    .and_then(|(block, collection)| known_entry(self.db, block, collection, name.name, element));
                let (known, ty) = match known {
                    Some((known, ty)) => (Some(known), ty),
                    None => (None, (**element).clone()),
                };
                self.hear_meaning(name.node, || Meaning::Block { decl: known, ty: ty.clone() });
                let kind = IrKind::Key { base: base.ir.into(), name: name.name, optional };
                Typed { known, ..self.typed(name.node, kind, ty) }
            }
            Ty::Record(record) => match record.field(name.name) {
                Some(ty) => {
                    let value = ty.clone();
                    self.hear_meaning(name.node, || Meaning::key(&Ty::Record(record.clone()), name.name, &value));
                    self.typed(node, IrKind::Key { base: base.ir.into(), name: name.name, optional }, value)
                }
                None => {
                    let known: Vec<Symbol> = record.fields.iter().map(|field| field.0).collect();
                    self.no_member(&ty, &known, name, node)
                }
            },
            Ty::Map(_, value) | Ty::Keyed(_, value) => {
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
    pub(super) fn collection_of(&self, typed: &Typed) -> Option<Symbol> {
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
            self.hear_meaning(name.node, || Meaning::Field { schema: decl, name: name.name });
            let known = if field.kind == SlotKind::Each { base.known } else { None };
            let kind = IrKind::Slot { base: base.ir.into(), slot, name: name.name, optional };
            return Typed { known, ..self.typed(name.node, kind, ty) };
        }
        if name.name.as_str() == "name" {
            self.hear_meaning(name.node, || Meaning::InstanceName);
            let kind = IrKind::Slot { base: base.ir.into(), slot: NAME_SLOT, name: name.name, optional };
            return self.typed(name.node, kind, Ty::Scalar(Scalar::Name));
        }
        if let Some((_, place)) = info.words.iter().find(|word| word.0 == name.name) {
            let schema = *place;
            self.hear_meaning(name.node, || Meaning::Place { name: name.name, schema });
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
        } else if let Some(mut taught) = self.taught_member(&diagnostic, ty, name) {
            // Behind the dot stands no call yet.
            let edits = taught.fix.iter_mut().flat_map(|fix| &mut fix.edits);
            edits.for_each(|edit| edit.1.push_str("()"));
            diagnostic = taught;
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
        self.hear_index(&base_typed, index);
        let (due, ty) = match expand(self.db, &base_typed.ty) {
            Ty::List(element) => (Ty::Scalar(Scalar::Int), (*element).clone()),
            Ty::Map(_, value) | Ty::Keyed(_, value) => (Ty::Scalar(Scalar::String), (*value).clone()),
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
                    Diagnostic::new(
                        &rules::TYPE_MAYBE_NULL,
                        self.at(base.node),
                        "this may be null, and has no elements then",
                    )
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
