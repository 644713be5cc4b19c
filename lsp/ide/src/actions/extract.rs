//! A record that is written out becomes a schema of its own, and an instance of that.

use compiler::check::heard;
use compiler::hir::{CodeKind, Expr, ExprKind, StatementKind};
use compiler::keys::{At, Decl, SourceFile, decl_name};
use compiler::scope;
use compiler::ty::{Ty, display};
use compiler::{Session, Symbol, decl};
use diagnostics::FileId;
use syntax::TextRange;

use super::{Action, ActionKind};
use crate::{Edit, Place};

/// Makes a schema of the record that a `let` or an `output` around an offset is.
pub fn schema(session: &Session, file: SourceFile, offset: u32) -> Option<Action> {
    let db = session.db();
    let decl = decl::around(db, file, offset).into_iter().nth(1)?;
    let code = decl::code(db, decl)?;
    let value = match &code.kind {
        CodeKind::Let { ty: None, value, .. } | CodeKind::Entry { value } => value,
        _ => return None,
    };
    let ExprKind::Record(body) = &*value.kind else {
        return None;
    };
    let span = decl::span(db, At { decl, node: value.node });
    let heard = heard(db, decl);
    let mut fields = Vec::new();
    for statement in &body.statements {
        let StatementKind::Write { path, value } = &statement.kind else {
            return None;
        };
        let [name] = &**path else { return None };
        fields.push(format!("  {}: {}", key(name.name), type_of(session, &heard, value)?));
    }
    if fields.is_empty() {
        return None;
    }
    let name = free_name(session, file, decl);
    let end = if file.text(db).contains("\r\n") { "\r\n" } else { "\n" };
    let declaration = format!("schema {name} {{{end}{}{end}}}{end}{end}", fields.join(end));
    let number = FileId(file.number(db));
    let place = |offset| Place { file: number, range: TextRange::empty(offset) };
    let start = line_start(file.text(db), decl::whole(db, decl).start);
    let edits = vec![
        Edit { place: place(start), text: declaration },
        Edit { place: place(span.start), text: format!("{name} ") },
    ];
    Some(Action { title: format!("extract to schema `{name}`"), kind: ActionKind::Extract, edits, finding: None })
}

/// Where the line of a declaration begins, with the comments and attributes before it.
fn line_start(text: &str, offset: u32) -> u32 {
    let mut start = text.get(..offset as usize).map_or(0, |before| before.rfind('\n').map_or(0, |end| end + 1));
    loop {
        let above = text.get(..start.saturating_sub(1)).unwrap_or_default();
        let line = above.rsplit('\n').next().unwrap_or_default();
        if start == 0 || !line.trim_start().starts_with(['@', '/']) {
            return start as u32;
        }
        start = above.len() - line.len();
    }
}

fn type_of(session: &Session, heard: &compiler::check::Heard, value: &Expr) -> Option<String> {
    let db = session.db();
    let ty = compiler::check::types::widen(heard.ty(value.node)?.clone());
    match ty {
        Ty::Error | Ty::Never | Ty::Null | Ty::Inferred(..) => Some("Any".to_string()),
        Ty::Collection(_) | Ty::Function(_) => None,
        ty => Some(display(db, &ty)),
    }
}

fn key(name: Symbol) -> String {
    let plain = name.as_str().chars().all(|letter| letter.is_ascii_alphanumeric() || letter == '-' || letter == '_');
    if plain { name.to_string() } else { format!("{:?}", name.as_str()) }
}

/// The name of the declaration as that of a schema: `web-site` becomes `WebSite`.
fn free_name(session: &Session, file: SourceFile, decl: Decl) -> String {
    let db = session.db();
    let mut name = String::new();
    for part in decl_name(db, decl).split(|letter: char| !letter.is_ascii_alphanumeric()) {
        let mut letters = part.chars();
        name.extend(letters.next().map(|first| first.to_ascii_uppercase()));
        name.extend(letters);
    }
    if !name.starts_with(|first: char| first.is_ascii_alphabetic()) {
        name.insert(0, 'T');
    }
    let is_taken = |name: &str| scope::lookup(db, file, Symbol::new(name)).is_some();
    if !is_taken(&name) {
        return name;
    }
    (2..).map(|number| format!("{name}{number}")).find(|name| !is_taken(name)).unwrap_or(name)
}
