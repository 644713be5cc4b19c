//! Keys of bodies: fields that are not written yet, required ones first, and blocks with what they need.

use compiler::check::Context;
use compiler::check::types::{self, BodyType};
use compiler::hir::{Body, StatementKind};
use compiler::keys::Decl;
use compiler::schema::{Slot, SlotKind, schema};
use compiler::ty::{RecordTy, Ty, display};
use compiler::{Symbol, describe};

use super::{Completion, CompletionKind, Rank, There, Wish};
use crate::{at, docs, show};

/// How many fields a block is given at once.
const MOST_REQUIRED: usize = 12;

/// The keys that a body could have at the placeholder.
pub fn keys(wish: &Wish<'_>, there: &There<'_>, target: &Ty, context: &Context, before: &[Symbol]) -> Vec<Completion> {
    let db = wish.session.db();
    let written = if before.is_empty() { written_around(there) } else { Vec::new() };
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
    if before.is_empty() {
        let at_top = there.decl.parent(db).is_none() && context.words.is_empty();
        found.extend(statements(at_top));
    }
    found
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
