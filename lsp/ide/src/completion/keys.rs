//! Keys of bodies: fields that are not written yet, required ones first, and blocks with what they need.

use std::collections::BTreeMap;

use compiler::check::types::{self, BodyType};
use compiler::check::{Context, Meaning, may_stand};
use compiler::hir::{Body, StatementKind};
use compiler::keys::Decl;
use compiler::schema::{Slot, SlotKind, schema};
use compiler::scope::{self, Named};
use compiler::ty::{RecordTy, Ty, display};
use compiler::{Symbol, decl, describe};

use super::{Completion, CompletionKind, Rank, There, Wish};
use crate::{at, docs, show};

/// How many fields a block is given at once.
const MOST_REQUIRED: usize = 12;

/// The keys that a body could have at the placeholder.
pub fn keys(wish: &Wish<'_>, there: &There<'_>, target: &Ty, context: &Context, before: &[Symbol]) -> Vec<Completion> {
    let db = wish.session.db();
    if let Some(first) = before.first() {
        return behind(wish, context, *first);
    }
    let written = written_around(there);
    let mut found = match types::expand(db, &target.without_null()) {
        Ty::Schema(owner) => fields(wish, owner, &written),
        Ty::Record(record) => record_keys(wish, &record, &written),
        Ty::Union(members) => members
            .iter()
            .flat_map(|member| match types::expand(db, member) {
                Ty::Schema(owner) => fields(wish, owner, &written),
                Ty::Record(record) => record_keys(wish, &record, &written),
                _ => Vec::new(),
            })
            .collect(),
        _ => Vec::new(),
    };
    if let Ty::Schema(owner) = types::expand(db, &target.without_null()) {
        found.extend(schemas(wish, owner));
    }
    let at_top = there.decl.parent(db).is_none() && context.words.is_empty();
    found.extend(statements(at_top));
    found
}

/// What stands behind a dot in a key: a schema of a module, or an entry of a collection.
fn behind(wish: &Wish<'_>, context: &Context, first: Symbol) -> Vec<Completion> {
    let db = wish.session.db();
    if let Some(Named::Module(_)) = scope::lookup(db, wish.file, first) {
        let module = format!("{first}.");
        let inside = seen_schemas(wish)
            .into_iter()
            .filter_map(|(path, decl)| Some((path.strip_prefix(&module)?.to_string(), decl)));
        return inside.map(|(name, decl)| of_schema(wish, &name, decl)).collect();
    }
    let mut found = Vec::new();
    if let Some(code) = context.known.and_then(|block| decl::code(db, block)) {
        at::statements(code, &mut |statement| {
            if let StatementKind::Named { path, name, .. } = &statement.kind
                && path.last().is_some_and(|word| word.name == first)
                && let Some(name) = name.plain()
            {
                found.push(Completion::plain(quoted(name.as_str()), CompletionKind::Block, Rank::Fitting));
            }
        });
    }
    found
}

fn of_schema(wish: &Wish<'_>, path: &str, decl: Decl) -> Completion {
    let db = wish.session.db();
    let item = Completion::plain(path, CompletionKind::Schema, Rank::Possible);
    let item = item.detail(show::declaration(wish.session, &Meaning::Named(decl))).docs(docs::of_decl(db, decl));
    item.snippet(format!("{path} ${{1:name}} {}", braces(wish, &Ty::Schema(decl), 2)))
}

/// The fields and collections of a schema.
fn fields(wish: &Wish<'_>, owner: Decl, written: &[Symbol]) -> Vec<Completion> {
    let fields = schema(wish.session.db(), owner).fields.iter();
    let open = fields.filter(|field| {
        let repeats = field.kind == SlotKind::Each;
        field.kind != SlotKind::Let && (repeats || !written.contains(&field.name))
    });
    open.map(|field| of_field(wish, owner, field)).collect()
}

fn of_field(wish: &Wish<'_>, owner: Decl, field: &Slot) -> Completion {
    let db = wish.session.db();
    let rank = match field {
        Slot { required: true, .. } => Rank::Required,
        Slot { of_kind: true, .. } => Rank::Possible,
        _ => Rank::Fitting,
    };
    let kind = if field.kind == SlotKind::Each { CompletionKind::Collection } else { CompletionKind::Field };
    let item = Completion::plain(field.name.to_string(), kind, rank)
        .detail(show::field(wish.session, owner, field.name))
        .docs(docs::of_field(db, owner, field.name));
    if wish.after().starts_with([':', '{', '.']) {
        return item;
    }
    item.snippet(snippet(wish, field.name.as_str(), field.kind, &field.ty))
}

/// Schemas that an entry of some collection could be of: `nginx.Controller internal { .. }`.
fn schemas(wish: &Wish<'_>, owner: Decl) -> Vec<Completion> {
    let db = wish.session.db();
    let collections = schema(db, owner).fields.iter().filter(|field| field.kind == SlotKind::Each && !field.of_kind);
    let elements: Vec<&Ty> = collections.map(|field| &field.ty).filter(|ty| !matches!(ty, Ty::Any)).collect();
    let mut found = Vec::new();
    for (path, decl) in seen_schemas(wish) {
        let ty = Ty::Schema(decl);
        // The schema of a collection itself has the word of the collection.
        let special = elements.iter().any(|element| **element != ty && may_stand(db, &ty, element));
        if special {
            found.push(of_schema(wish, &path, decl));
        }
    }
    found
}

/// The schemas of a file and of the modules that it imports, as they are written there.
fn seen_schemas(wish: &Wish<'_>) -> Vec<(String, Decl)> {
    let db = wish.session.db();
    let is_schema = |decl: &Decl| decl.head(db).as_str().starts_with("schema ");
    let mut found = Vec::new();
    let names = scope::names(db, wish.file).map.iter();
    for (name, named) in names.map(|(name, named)| (*name, *named)).collect::<BTreeMap<_, _>>() {
        match named {
            Named::Decl(decl) if is_schema(&decl) => found.push((name.to_string(), decl)),
            Named::Module(module) => {
                let names = scope::names(db, module).map.iter();
                for (inner, named) in names.map(|(name, named)| (*name, *named)).collect::<BTreeMap<_, _>>() {
                    if let Named::Decl(decl) = named
                        && is_schema(&decl)
                    {
                        found.push((format!("{name}.{inner}"), decl));
                    }
                }
            }
            _ => {}
        }
    }
    found
}

/// What is written for a field: its colon, or its braces with what must stand in them.
fn snippet(wish: &Wish<'_>, name: &str, kind: SlotKind, ty: &Ty) -> String {
    let db = wish.session.db();
    let name = quoted(name);
    let is_body = matches!(types::body_type(db, &ty.without_null()), BodyType::Schema(_));
    match (kind, is_body) {
        (SlotKind::Each, true) => format!("{name} ${{1:name}} {}", braces(wish, ty, 2)),
        (SlotKind::Each, false) => match types::expand(db, ty) {
            Ty::Record(_) => format!("{name} ${{1:name}} {}", braces(wish, ty, 2)),
            _ => format!("{name} ${{1:name}}: $0"),
        },
        (_, true) => format!("{name} {}", braces(wish, ty, 1)),
        _ => format!("{name}: $0"),
    }
}

/// Braces around the fields that must be given.
fn braces(wish: &Wish<'_>, ty: &Ty, first: usize) -> String {
    let db = wish.session.db();
    let required: Vec<String> = match types::expand(db, &ty.without_null()) {
        Ty::Schema(owner) => {
            let fields = schema(db, owner).fields.iter();
            fields.filter(|field| field.required && !field.of_kind).map(|field| field.name.to_string()).collect()
        }
        Ty::Record(record) => {
            let fields = record.fields.iter();
            fields.filter(|(_, optional, ty)| !optional && !ty.has_null()).map(|field| field.0.to_string()).collect()
        }
        _ => Vec::new(),
    };
    let lines = required.iter().take(MOST_REQUIRED).enumerate();
    let lines: String = lines.map(|(number, name)| format!("\n  {}: ${}", quoted(name), first + number)).collect();
    match lines.is_empty() {
        true => "{\n  $0\n}".to_string(),
        false => format!("{{{lines}$0\n}}"),
    }
}

/// A name as a key: in quotes where it is no word.
fn quoted(name: &str) -> String {
    let plain = name.chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
    if plain { name.to_string() } else { format!("\"{name}\"") }
}

/// The keys of a record: with the API's text, where it is a type of Kubernetes.
fn record_keys(wish: &Wish<'_>, record: &RecordTy, written: &[Symbol]) -> Vec<Completion> {
    let db = wish.session.db();
    let declared = record.at.0.map(|at| at.decl);
    let open = record.fields.iter().filter(|field| !written.contains(&field.0));
    let of = open.map(|(name, optional, ty)| {
        let rank = if *optional || ty.has_null() { Rank::Fitting } else { Rank::Required };
        let shown = describe::shown(db, &ty.without_null());
        let text = declared.map_or(String::new(), |decl| docs::of_key(db, decl, *name));
        let facts = declared.map_or(Vec::new(), |decl| docs::facts_of_key(db, decl, *name));
        let detail = [vec![show::short(&shown)], facts].concat().join(", ");
        let item = Completion::plain(name.to_string(), CompletionKind::Field, rank).detail(detail).docs(text);
        match wish.after().starts_with([':', '{', '.']) {
            true => item.writes(quoted(name.as_str())),
            false => item.snippet(key_snippet(wish, name.as_str(), ty)),
        }
    });
    of.collect()
}

fn key_snippet(wish: &Wish<'_>, name: &str, ty: &Ty) -> String {
    let name = quoted(name);
    match types::expand(wish.session.db(), &ty.without_null()) {
        Ty::Record(_) | Ty::Map(..) => format!("{name}: {{ $0 }}"),
        Ty::List(_) => format!("{name}: [$0]"),
        Ty::Keyed(..) => format!("{name}: {{\n  ${{1:name}}: {{ $0 }}\n}}"),
        _ => format!("{name}: $0"),
    }
}

/// What every body may have, and what a file may.
fn statements(at_top: bool) -> Vec<Completion> {
    let mut words = vec![
        ("if", "if ${1:condition} {\n  $0\n}"),
        ("for", "for ${1:item} in ${2:list} {\n  $0\n}"),
        ("let", "let ${1:name} = $0"),
    ];
    if at_top {
        words.extend([
            ("import", "import $0"),
            ("schema", "schema ${1:Name} {\n  $0\n}"),
            ("type", "type ${1:Name} = $0"),
            ("fn", "fn ${1:name}(${2:value}: ${3:Int}) -> ${4:Int} = $0"),
            ("extend", "extend ${1:path} {\n  $0\n}"),
            ("test", "test \"${1:what must hold}\" {\n  assert $0\n}"),
        ]);
    } else {
        words.push(("check", "check ${1:condition} else \"${2:what is wrong}\""));
    }
    let item = |(word, snippet): (&str, &str)| {
        Completion::plain(word, CompletionKind::Keyword, Rank::Everywhere).snippet(snippet)
    };
    words.into_iter().map(item).collect()
}

/// The keys that the body around the placeholder writes already.
fn written_around(there: &There<'_>) -> Vec<Symbol> {
    let nodes = there.supposed.nodes_at(there.decl, there.offset);
    let mut found = Vec::new();
    let mut bodies: Vec<&Body> = Vec::new();
    at::bodies(there.code, &mut |body| bodies.push(body));
    // The smallest body that holds the place is the one that is written.
    let body = nodes.iter().find_map(|(node, _)| bodies.iter().find(|body| body.node == *node));
    let file = bodies.first().filter(|_| body.is_none());
    for statement in body.or(file).iter().flat_map(|body| body.statements.iter()) {
        if let StatementKind::Write { path, .. }
        | StatementKind::Amend { path, .. }
        | StatementKind::Named { path, .. } = &statement.kind
        {
            found.extend(path.first().map(|name| name.name));
        }
    }
    found
}

/// The name of a type, for people.
pub fn type_name(wish: &Wish<'_>, ty: &Ty) -> String {
    show::short(&display(wish.session.db(), ty))
}
