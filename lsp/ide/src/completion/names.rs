//! Names: what is seen at a place, what stands behind a dot, and types.

use compiler::check::{self, Callee, Context, Meaning, PLACEHOLDER, may_stand, types};
use compiler::hir::{Arg, CodeKind, ExprKind, Param, Path};
use compiler::keys::{Db, Decl, SourceFile, decl_name};
use compiler::methods::{FUNCTIONS, Method, of};
use compiler::schema::{SlotKind, schema};
use compiler::scope::{self, Named};
use compiler::ty::{Scalar, Ty};
use compiler::{Symbol, decl, kubernetes};

use super::keys::type_name;
use super::{Completion, CompletionKind, Rank, There, Wish, values};
use crate::{at, docs, show};

/// What can be named where a value is due.
pub fn names(wish: &Wish<'_>, there: &There<'_>, context: &Context, due: Option<&Ty>) -> Vec<Completion> {
    let db = wish.session.db();
    let mut found = values::due(wish, there, context, due);
    found.extend(arguments(wish, there));
    let rank = |ty: &Ty| match due {
        Some(due) if !matches!(due, Ty::Any | Ty::Error) && may_stand(db, ty, due) => Rank::Fitting,
        _ => Rank::Possible,
    };
    for local in context.locals.iter().filter(|local| !local.ty.is_error()) {
        let item = Completion::plain(local.name.to_string(), CompletionKind::Variable, rank(&local.ty));
        found.push(item.detail(type_name(wish, &local.ty)));
    }
    for word in &context.words {
        let item = Completion::plain(word.name.to_string(), CompletionKind::Block, Rank::Possible);
        found.push(item.detail(type_name(wish, &word.ty)));
    }
    let this = context.this.iter().filter_map(|ty| match ty {
        Ty::Schema(decl) => Some(*decl),
        _ => None,
    });
    let placed = context.owner.iter().map(|owner| owner.1).chain(this);
    for (word, place) in placed.flat_map(|owner| schema(db, owner).words.iter().copied()) {
        let item = Completion::plain(word.to_string(), CompletionKind::Block, Rank::Possible);
        found.push(item.detail(decl_name(db, place)));
    }
    if let Some((_, owner)) = &context.owner {
        for field in schema(db, *owner).fields.iter().filter(|field| !field.of_kind) {
            let item = Completion::plain(field.name.to_string(), CompletionKind::Field, rank(&field.ty));
            let docs = docs::of_field(db, *owner, field.name);
            found.push(item.detail(show::field(wish.session, *owner, field.name)).docs(docs));
        }
    }
    if let Some(this) = &context.this {
        let item = Completion::plain("self", CompletionKind::Keyword, Rank::Possible);
        found.push(item.detail(type_name(wish, this)));
    }
    found.extend(of_file(wish, context.file, &rank));
    found.extend(FUNCTIONS.iter().map(|function| of_method(function, CompletionKind::Function, Rank::Everywhere)));
    for word in ["if", "match", "true", "false", "null"] {
        found.push(Completion::plain(word, CompletionKind::Keyword, Rank::Everywhere));
    }
    first_of_each(&mut found);
    found
}

/// The parameters of the function that is called around the placeholder, by name, those that are given left out.
fn arguments(wish: &Wish<'_>, there: &There<'_>) -> Vec<Completion> {
    let db = wish.session.db();
    let nodes = there.supposed.nodes_at(there.decl, there.offset);
    let call = nodes.iter().find_map(|(node, _)| there.heard.calls.iter().rev().find(|(call, _)| call == node));
    let Some((node, Callee::Function(decl))) = call else {
        return Vec::new();
    };
    let Some(CodeKind::Fn { params, .. }) = decl::code(db, *decl).map(|code| &code.kind) else {
        return Vec::new();
    };
    let (mut named, mut direct) = (Vec::new(), false);
    check::expressions_in(there.code, &mut |expr| {
        if let (true, ExprKind::Call(_, args)) = (expr.node == *node, &*expr.kind) {
            let is_here =
                |arg: &Arg| matches!(&*arg.value.kind, ExprKind::Name(name) if name.as_str().contains(PLACEHOLDER));
            direct = args.iter().any(|arg| arg.name.is_none() && is_here(arg));
            named.extend(args.iter().filter_map(|arg| arg.name.map(|name| name.name)));
        }
    });
    let open = params.iter().filter(|param| direct && !named.contains(&param.name.name));
    let item = |param: &Param| {
        let name = param.name.name;
        let item = Completion::plain(format!("{name}:"), CompletionKind::Variable, Rank::Fitting);
        item.detail(show::parameter(wish.session, *decl, param)).writes(format!("{name}: "))
    };
    open.map(item).collect()
}

/// One completion for each label: the nearest.
fn first_of_each(found: &mut Vec<Completion>) {
    found.sort_by_key(|item| item.rank);
    let mut known = std::collections::BTreeSet::new();
    found.retain(|item| known.insert(item.label.clone()));
}

/// The names of a file, and those of the prelude.
fn of_file(wish: &Wish<'_>, file: SourceFile, rank: &dyn Fn(&Ty) -> Rank) -> Vec<Completion> {
    let db = wish.session.db();
    let mut found = Vec::new();
    for file in [Some(file), scope::prelude(db)].into_iter().flatten() {
        for (name, named) in in_order(db, file) {
            let Some(item) = of_named(wish, name, named) else { continue };
            let ty = Meaning::of(db, named).and_then(|meaning| at::type_of(db, &meaning));
            let is_type = matches!(item.kind, CompletionKind::Type | CompletionKind::Schema);
            let rank = match ty {
                Some(ty) if !is_type || matches!(ty, Ty::Schema(_)) => rank(&ty),
                _ => Rank::Possible,
            };
            found.push(Completion { rank, ..item });
        }
    }
    found
}

/// The names of a file, sorted.
fn in_order(db: &dyn Db, file: SourceFile) -> Vec<(Symbol, Named)> {
    let mut names: Vec<(Symbol, Named)> =
        scope::names(db, file).map.iter().map(|(name, named)| (*name, *named)).collect();
    names.sort_by_key(|(name, _)| *name);
    names
}

fn of_named(wish: &Wish<'_>, name: Symbol, named: Named) -> Option<Completion> {
    let db = wish.session.db();
    let meaning = Meaning::of(db, named)?;
    let kind = match named {
        Named::Decl(decl) => match decl.head(db).as_str().split(' ').next() {
            Some("fn") => CompletionKind::Function,
            Some("schema") => CompletionKind::Schema,
            Some("type") => CompletionKind::Type,
            _ => CompletionKind::Variable,
        },
        Named::Block(..) => CompletionKind::Block,
        Named::Module(_) => CompletionKind::Module,
        Named::Data(..) => CompletionKind::Value,
        Named::Missing => return None,
    };
    let item = Completion::plain(name.to_string(), kind, Rank::Possible);
    let item = item.detail(show::declaration(wish.session, &meaning)).docs(docs::of(db, &meaning));
    Some(match (kind, named) {
        (CompletionKind::Function, Named::Decl(decl)) => call(item, name.as_str(), parameters(db, decl)),
        _ => item,
    })
}

fn parameters(db: &dyn Db, decl: Decl) -> Vec<&'static str> {
    match decl::code(db, decl).map(|code| &code.kind) {
        Some(CodeKind::Fn { params, .. }) => {
            let required = params.iter().filter(|param| param.default.is_none());
            required.map(|param| param.name.name.as_str()).collect()
        }
        _ => Vec::new(),
    }
}

fn call(item: Completion, name: &str, params: Vec<&str>) -> Completion {
    let params: Vec<String> =
        params.iter().enumerate().map(|(number, param)| format!("${{{}:{param}}}", number + 1)).collect();
    item.snippet(format!("{name}({})", params.join(", ")))
}

fn of_method(method: &Method, kind: CompletionKind, rank: Rank) -> Completion {
    let signature = &method.signature;
    let name = signature.name.as_str();
    let params = signature.params.iter().filter(|param| !param.optional).map(|param| param.name).collect();
    let item = Completion::plain(name, kind, rank).detail(signature.text()).docs(method.docs);
    call(item, name, params)
}

/// What stands behind a dot.
pub fn members(wish: &Wish<'_>, ty: &Ty, known: Option<Decl>) -> Vec<Completion> {
    let db = wish.session.db();
    let ty = types::expand(db, &ty.without_null());
    let mut found = Vec::new();
    match &ty {
        Ty::Schema(owner) => {
            for field in schema(db, *owner).fields.iter().filter(|field| !field.of_kind) {
                let kind =
                    if field.kind == SlotKind::Each { CompletionKind::Collection } else { CompletionKind::Field };
                let docs = docs::of_field(db, *owner, field.name);
                let item = Completion::plain(field.name.to_string(), kind, Rank::Fitting);
                found.push(item.detail(show::field(wish.session, *owner, field.name)).docs(docs));
            }
            found.push(Completion::plain("name", CompletionKind::Field, Rank::Fitting).detail("name: Name"));
        }
        Ty::Record(record) => {
            for (name, _, ty) in &record.fields {
                let text = record.at.0.map_or(String::new(), |at| docs::of_key(db, at.decl, *name));
                let item = Completion::plain(name.to_string(), CompletionKind::Field, Rank::Fitting);
                found.push(item.detail(show::short(&compiler::describe::shown(db, ty))).docs(text));
            }
        }
        Ty::Collection(element) => found.extend(entries(wish, known, element)),
        Ty::Refined(refined) => return members(wish, &refined.base, known),
        _ => {}
    }
    let subject = subject(db, &ty);
    found.extend(of(&subject).map(|method| of_method(method, CompletionKind::Method, Rank::Possible)));
    found
}

/// The entries that a block opens, whichever collection they are in by what is written.
fn entries(wish: &Wish<'_>, known: Option<Decl>, element: &Ty) -> Vec<Completion> {
    let db = wish.session.db();
    let Some(code) = known.and_then(|block| decl::code(db, block)) else {
        return Vec::new();
    };
    let mut found: Vec<Completion> = Vec::new();
    at::statements(code, &mut |statement| {
        if let compiler::hir::StatementKind::Named { name, decl, .. } = &statement.kind
            && let Some(name) = name.plain()
            && may_stand(db, &check::opened_type(db, *decl), element)
        {
            let item = Completion::plain(name.to_string(), CompletionKind::Block, Rank::Due);
            found.push(item.detail(type_name(wish, &check::opened_type(db, *decl))));
        }
    });
    first_of_each(&mut found);
    found
}

/// What methods are looked up on.
fn subject(db: &dyn Db, ty: &Ty) -> Ty {
    match types::expand(db, ty) {
        Ty::Refined(refined) => subject(db, &refined.base),
        Ty::Literal(literal) => Ty::Scalar(literal.scalar()),
        Ty::Keyed(_, element) => Ty::Map(std::sync::Arc::new(Ty::Scalar(Scalar::String)), element),
        other => types::widen(other),
    }
}

/// The names of a module.
pub fn in_module(wish: &Wish<'_>, module: SourceFile) -> Vec<Completion> {
    let db = wish.session.db();
    if kubernetes::is_part(module.path(db).as_str()) {
        return of_kubernetes(wish, module);
    }
    let own = |named: &Named| matches!(named, Named::Decl(_) | Named::Block(..));
    let names = in_order(db, module).into_iter().filter(|(_, named)| own(named));
    let items = names.filter_map(|(name, named)| of_named(wish, name, named));
    let is_value = |item: &Completion| !matches!(item.kind, CompletionKind::Type);
    items
        .map(|item| Completion { rank: if is_value(&item) { Rank::Fitting } else { Rank::Possible }, ..item })
        .collect()
}

fn of_kubernetes(wish: &Wish<'_>, module: SourceFile) -> Vec<Completion> {
    let db = wish.session.db();
    let names = kubernetes::names().into_iter().filter_map(|name| {
        let Some(Named::Decl(_)) = scope::member(db, module, name) else {
            return None;
        };
        Some(Completion::plain(name.to_string(), CompletionKind::Type, Rank::Fitting).detail("Kubernetes"))
    });
    names.collect()
}

/// The types that could stand where a path of one has the placeholder.
pub fn types(wish: &Wish<'_>, path: &Path) -> Vec<Completion> {
    let db = wish.session.db();
    let before: Vec<Symbol> = path.names.iter().map(|name| name.name).collect();
    if let Some((first, [.., _])) = before.split_first() {
        return match scope::lookup(db, wish.file, *first) {
            Some(Named::Module(module)) => only_types(in_module(wish, module)),
            _ => Vec::new(),
        };
    }
    let built_in = Scalar::ALL.iter().map(|scalar| scalar.name()).chain(["Any"]);
    let mut found: Vec<Completion> =
        built_in.map(|name| Completion::plain(name, CompletionKind::Type, Rank::Possible)).collect();
    found.extend(only_types(of_file(wish, wish.file, &|_| Rank::Fitting)));
    first_of_each(&mut found);
    found
}

fn only_types(mut found: Vec<Completion>) -> Vec<Completion> {
    found.retain(|item| matches!(item.kind, CompletionKind::Type | CompletionKind::Schema | CompletionKind::Module));
    found
}
