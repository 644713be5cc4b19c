//! Fields that must be given and are not.

use compiler::check::{self, types};
use compiler::hir::{Body, StatementKind};
use compiler::keys::{Db, Decl, Home, SourceFile, decl_name};
use compiler::schema::{Slot, schema};
use compiler::ty::{Literal, Scalar, Ty};
use compiler::{Session, Symbol, decl};
use diagnostics::FileId;
use syntax::TextRange;

use super::{Action, ActionKind};
use crate::{Edit, Place, at};

/// Writes the fields that the body around an offset must give and does not.
pub fn missing(session: &Session, file: SourceFile, offset: u32) -> Option<Action> {
    let db = session.db();
    decl::around(db, file, offset).into_iter().rev().take(2).find_map(|decl| in_decl(session, file, decl, offset))
}

fn in_decl(session: &Session, file: SourceFile, decl: Decl, offset: u32) -> Option<Action> {
    let db = session.db();
    let code = decl::code(db, decl)?;
    let heard = check::heard_at(db, decl, &|_| false);
    let mut known: Vec<&Body> = Vec::new();
    at::bodies(code, &mut |body| known.push(body));
    let nodes = decl::nodes_at(db, decl, offset);
    let (body, range) = nodes.iter().find_map(|(node, range)| {
        let body = known.iter().find(|body| body.node == *node)?;
        Some((*body, *range))
    })?;
    let (_, target) = heard.bodies.iter().rev().find(|(node, _)| *node == body.node)?;
    let written = keys(body);
    let home = check::home_of(db, decl).filter(|_| is_own(code, body));
    let lines = lines(session, target, &written, home);
    let text: &str = file.text(db);
    let braces = text.get(range.bytes())?;
    if lines.is_empty() || !braces.starts_with('{') || !braces.ends_with('}') {
        return None;
    }
    let inside = text.get(range.start as usize + 1..range.end as usize - 1)?;
    // On one line the fields follow the last one, on several they stand in front of the brace.
    let end = match inside.contains('\n') {
        true => range.end - 1,
        false => range.start + 1 + inside.trim_end().len() as u32,
    };
    let place = Place { file: FileId(file.number(db)), range: TextRange::empty(end) };
    let names: Vec<&str> = lines.iter().map(|(name, _)| name.as_str()).collect();
    let title = match names.as_slice() {
        [name] => format!("add the missing field `{name}`"),
        names => format!("add {} missing fields", names.len()),
    };
    let edit = Edit { place, text: written_out(text, range, &lines) };
    Some(Action { title, kind: ActionKind::Fill, edits: vec![edit], finding: None })
}

/// Whether a body is the declaration's own, whose instance has a home.
fn is_own(code: &compiler::hir::Code, body: &Body) -> bool {
    matches!(&code.kind, compiler::hir::CodeKind::Block { body: own } if own.node == body.node)
}

/// What is written in front of the closing brace.
fn written_out(text: &str, range: TextRange, lines: &[(String, String)]) -> String {
    let inside = text.get(range.start as usize + 1..range.end as usize - 1).unwrap_or_default();
    let start = text.get(..range.start as usize).unwrap_or_default().rsplit('\n').next().unwrap_or_default();
    let indent: String = start.chars().take_while(|letter| letter.is_whitespace()).collect();
    let end = if text.contains("\r\n") { "\r\n" } else { "\n" };
    let fields: Vec<String> = lines.iter().map(|(name, value)| format!("{name}: {value}")).collect();
    if inside.contains('\n') {
        let fields: String = fields.iter().map(|field| format!("  {field}{end}{indent}")).collect();
        return fields;
    }
    let comma = if inside.trim().is_empty() || inside.trim_end().ends_with(',') { "" } else { "," };
    let blank = if inside.ends_with(' ') { "" } else { " " };
    format!("{comma} {}{blank}", fields.join(", "))
}

fn keys(body: &Body) -> Vec<Symbol> {
    let mut found = Vec::new();
    at::within(body, &mut |statement| {
        if let StatementKind::Write { path, .. }
        | StatementKind::Amend { path, .. }
        | StatementKind::Named { path, .. } = &statement.kind
        {
            found.extend(path.first().map(|name| name.name));
        }
    });
    found
}

/// The fields that are missing, each with a value to begin with.
fn lines(session: &Session, target: &Ty, written: &[Symbol], home: Option<Home>) -> Vec<(String, String)> {
    let db = session.db();
    match types::expand(db, &target.without_null()) {
        Ty::Schema(owner) => {
            let fields = schema(db, owner).fields.iter();
            let missing = fields.filter(|field| field.required && !field.of_kind && !written.contains(&field.name));
            missing.map(|field| (field.name.to_string(), of_field(session, field, home))).collect()
        }
        Ty::Record(record) => {
            let fields = record.fields.iter();
            let missing = fields.filter(|(name, optional, ty)| !optional && !ty.has_null() && !written.contains(name));
            missing.map(|(name, _, ty)| (name.to_string(), begin(db, ty, 0))).collect()
        }
        _ => Vec::new(),
    }
}

fn of_field(session: &Session, field: &Slot, home: Option<Home>) -> String {
    let free = field.auto.and_then(|_| session.free(home?, field.name));
    match free {
        Some(free) => free.to_string(),
        None => begin(session.db(), &field.ty, 0),
    }
}

/// A value of a type that is as little as possible.
fn begin(db: &dyn Db, ty: &Ty, depth: u32) -> String {
    if depth > 4 {
        return "null".to_string();
    }
    match types::expand(db, ty) {
        Ty::Literal(Literal::Text(text)) => format!("{:?}", text.as_str()),
        Ty::Literal(Literal::Int(number)) => number.to_string(),
        Ty::Literal(Literal::Bool(truth)) => truth.to_string(),
        Ty::Scalar(scalar) => of_scalar(scalar).to_string(),
        Ty::List(_) | Ty::Keyed(..) => "[]".to_string(),
        Ty::Map(..) | Ty::Record(_) => "{}".to_string(),
        Ty::Schema(decl) => format!("{} {{}}", decl_name(db, decl)),
        Ty::Refined(refined) => begin(db, &refined.base, depth + 1),
        Ty::Union(members) => members.first().map_or("null".to_string(), |member| begin(db, member, depth + 1)),
        _ => "null".to_string(),
    }
}

fn of_scalar(scalar: Scalar) -> &'static str {
    match scalar {
        Scalar::Bool => "false",
        Scalar::Int => "0",
        Scalar::Float => "0.0",
        Scalar::Port => "8080",
        Scalar::Ip | Scalar::Ip4 => "192.0.2.1",
        Scalar::Ip6 => "2001:db8::1",
        Scalar::Cidr => "192.0.2.0/24",
        Scalar::IpRange => "192.0.2.10..192.0.2.20",
        Scalar::IntRange => "1..2",
        Scalar::PortRange => "8000..8010",
        Scalar::Mac => "02:00:00:00:00:01",
        Scalar::Cpu => "100m",
        Scalar::Bytes => "128MiB",
        Scalar::Duration => "1m",
        Scalar::Version => "\"1.0.0\"",
        Scalar::Image => "\"example.org/image:1.0\"",
        Scalar::Hostname => "\"example.org\"",
        Scalar::Url => "\"https://example.org\"",
        Scalar::Path => "\"/\"",
        Scalar::Name => "\"name\"",
        Scalar::String | Scalar::Regex => "\"\"",
    }
}
