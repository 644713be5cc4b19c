//! Declarations as one line of code, for hovers, completions and signatures.

use compiler::check::{self, Meaning};
use compiler::hir::{CodeKind, FieldKind, Param, SchemaCode};
use compiler::keys::{At, Decl, decl_name};
use compiler::methods::MethodRef;
use compiler::schema::{SlotKind, schema};
use compiler::ty::{Ty, display};
use compiler::{Session, Symbol, decl};
use diagnostics::Span;

use crate::at::{slot_of, written_field};

/// How much of a value or a type is shown on a line.
const MOST: usize = 120;

/// The declaration of what a name means, as code.
pub fn declaration(session: &Session, meaning: &Meaning) -> String {
    let db = session.db();
    match meaning {
        Meaning::Named(decl) => of_decl(session, *decl),
        Meaning::Block { decl, ty } => {
            let name = decl.map_or("", |decl| decl_name(db, decl));
            format!("{name}: {}", display(db, ty)).trim_start_matches(": ").to_string()
        }
        Meaning::Module(file) => match file.path(db).as_str().strip_prefix("std:") {
            Some(module) => format!("import std/{}", module.trim_end_matches(".pl")),
            None => format!("import \"{}\"", file.path(db)),
        },
        Meaning::Data(file) => format!("import \"{}\"", file.path(db)),
        Meaning::Field { schema, name } => field(session, *schema, *name),
        Meaning::InstanceName => "name: Name".to_string(),
        Meaning::Key { record, name } => {
            let known = record.fields.iter().find(|field| field.0 == *name);
            let (mark, ty) = known.map_or(("", Ty::Any), |(_, optional, ty)| match optional {
                true => ("?", ty.without_null()),
                false => ("", ty.clone()),
            });
            let owner = record.at.0.filter(|at| at.decl.head(db).as_str().starts_with("type "));
            let owner = owner.map_or(String::new(), |at| format!("  // of {}", decl_name(db, at.decl)));
            format!("{name}{mark}: {}{owner}", short(&compiler::describe::shown(db, &ty)))
        }
        Meaning::FreeKey(ty) => short(&display(db, ty)),
        Meaning::Local { at, ty } => {
            let name = text_of(session, *at).unwrap_or_default();
            format!("{name}: {}", short(&display(db, ty)))
        }
        Meaning::Word { name, ty, .. } => format!("{name}: {}", short(&display(db, ty))),
        Meaning::Place { name, schema } => format!("{name}: {}", decl_name(db, *schema)),
        Meaning::This(ty) => format!("self: {}", short(&display(db, ty))),
        Meaning::Method(MethodRef(method)) => method.signature.text().to_string(),
        Meaning::BuiltIn(ty) => format!("type {}", display(db, ty)),
        Meaning::Auto(ty) => format!("auto: {}", display(db, ty)),
    }
}

/// The text that stands at a place.
pub fn text_of(session: &Session, at: At) -> Option<&str> {
    text_at(session, decl::span(session.db(), at))
}

/// The text that stands at a place.
pub fn text_at(session: &Session, span: Span) -> Option<&str> {
    let (_, text) = session.file(span.file)?;
    text.get(span.start as usize..span.end as usize)
}

fn of_decl(session: &Session, decl: Decl) -> String {
    let db = session.db();
    let name = decl_name(db, decl);
    match decl::code(db, decl).map(|code| &code.kind) {
        Some(CodeKind::Let { .. }) => format!("let {name}: {}", short(&display(db, check::global_type(db, decl)))),
        Some(CodeKind::Type { ty, .. }) => {
            let text = text_of(session, At { decl, node: ty.node }).unwrap_or_default();
            format!("type {name} = {}", short(text))
        }
        Some(CodeKind::Fn { params, .. }) => {
            format!("fn {name}{}", parameters(session, decl, params))
        }
        Some(CodeKind::Schema(written)) => head(session, decl, written),
        _ => name.to_string(),
    }
}

/// `(name: Type = default) -> Type`
fn parameters(session: &Session, decl: Decl, params: &[Param]) -> String {
    let params: Vec<String> = params.iter().map(|param| parameter(session, decl, param)).collect();
    format!("({}) -> {}", params.join(", "), result(session, decl))
}

/// `name: Type = default`
pub fn parameter(session: &Session, decl: Decl, param: &Param) -> String {
    let text = |node| text_of(session, At { decl, node }).unwrap_or_default();
    let mut shown = param.name.name.to_string();
    if let Some(ty) = &param.ty {
        shown.push_str(&format!(": {}", text(ty.node)));
    }
    if let Some(default) = &param.default {
        shown.push_str(&format!(" = {}", text(default.node)));
    }
    shown
}

/// The type of a function's result.
pub fn result(session: &Session, decl: Decl) -> String {
    let db = session.db();
    let written = match decl::code(db, decl).map(|code| &code.kind) {
        Some(CodeKind::Fn { result: Some(result), .. }) => text_of(session, At { decl, node: result.node }),
        _ => None,
    };
    written.map_or_else(|| short(&display(db, &check::checked(db, decl).ty)), str::to_string)
}

fn head(session: &Session, decl: Decl, written: &SchemaCode) -> String {
    let mut text = format!("schema {}", decl_name(session.db(), decl));
    let shown = |node| text_of(session, At { decl, node }).unwrap_or_default();
    if let Some(base) = &written.base {
        text.push_str(&format!(" is {}", shown(base.node)));
    }
    if let Some((_, place)) = &written.inside {
        text.push_str(&format!(" in {}", shown(place.node)));
    }
    text
}

/// `port?: Port = 80  // of Service`
pub fn field(session: &Session, owner: Decl, name: Symbol) -> String {
    let db = session.db();
    let Some(slot) = slot_of(db, owner, name) else {
        return name.to_string();
    };
    let word = match slot.kind {
        SlotKind::Each => "each ",
        SlotKind::Let => "let ",
        SlotKind::Field => "",
    };
    let optional = slot.ty.has_null() && slot.kind == SlotKind::Field && !matches!(slot.ty, Ty::Any | Ty::Error);
    let (mark, ty) = if optional { ("?", slot.ty.without_null()) } else { ("", slot.ty.clone()) };
    let default = default_of(session, owner, name).map_or(String::new(), |text| format!(" = {}", short(text)));
    let declarer = decl_name(db, slot.at.decl);
    format!("{word}{name}{mark}: {}{default}  // of {declarer}", short(&display(db, &ty)))
}

/// The default of a field as it is written, by the schema that says it last.
pub fn default_of(session: &Session, owner: Decl, name: Symbol) -> Option<&str> {
    let db = session.db();
    schema(db, owner).chain.iter().rev().find_map(|decl| {
        let field = written_field(db, *decl, name)?;
        let value = field.value.as_ref().filter(|_| field.kind != FieldKind::Each)?;
        text_of(session, At { decl: *decl, node: value.node })
    })
}

/// A text on one line, cut to a length that can be read.
pub fn short(text: &str) -> String {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    match line.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}…", line.get(..end).unwrap_or_default()),
        None => line,
    }
}

/// A place as people count it: `main.pl:4`.
pub fn place(session: &Session, span: Span) -> String {
    let Some((path, text)) = session.file(span.file) else {
        return String::new();
    };
    let before = text.get(..span.start as usize).unwrap_or_default();
    format!("{path}:{}", before.matches('\n').count() + 1)
}
