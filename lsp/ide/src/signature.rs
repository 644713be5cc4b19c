//! How what is being called is called, and which of its parameters is being written.

use compiler::check::{self, Callee, types};
use compiler::hir::CodeKind;
use compiler::keys::{At, Decl, SourceFile, decl_name};
use compiler::methods::MethodRef;
use compiler::ty::{Ty, display};
use compiler::{Session, decl};
use syntax::{Node, SyntaxKind as K, TextRange};

use crate::{docs, show};

/// How something is called.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Signature {
    /// All of it: `fn port(name: String, number: Int = 80) -> Port`.
    pub label: String,
    /// What is written about it, in Markdown.
    pub docs: String,
    /// The parameters, as ranges of the label.
    pub params: Vec<TextRange>,
    /// The one that is being written.
    pub active: Option<u32>,
}

/// How what is called around an offset is called.
pub fn signature(session: &Session, file: SourceFile, offset: u32) -> Option<Signature> {
    let db = session.db();
    let tree = syntax::parse(file.text(db)).tree;
    let mut token = offset.checked_sub(1).and_then(|before| tree.token_at(before))?;
    while token.kind().is_trivia() {
        token = token.previous()?;
    }
    let (call, place, name) = call_at(token.parent(), offset)?;
    let callee = decl::around(db, file, call.range().start).into_iter().rev().take(2).find_map(|decl| {
        let heard = check::heard_at(db, decl, &|_| false);
        let nodes = decl::nodes_at(db, decl, call.range().start);
        let is_call = |node: &u32| nodes.iter().any(|(known, range)| known == node && *range == call.range());
        heard.calls.iter().find(|(node, _)| is_call(node)).map(|(_, callee)| callee.clone())
    })?;
    let mut signature = match callee {
        Callee::Function(decl) => of_function(session, decl)?,
        Callee::Method(method) => of_method(method),
        Callee::Value(ty) => of_value(session, &ty)?,
    };
    let named = name.and_then(|name| {
        let begins = |range: &TextRange| signature.label.get(range.bytes()).is_some_and(|text| text.starts_with(&name));
        signature.params.iter().position(begins)
    });
    let active = named.unwrap_or(place);
    signature.active = (active < signature.params.len()).then_some(active as u32);
    Some(signature)
}

/// The call around a place whose parentheses hold it, which argument it is in, and what that is called.
fn call_at(node: Node<'_>, offset: u32) -> Option<(Node<'_>, usize, Option<String>)> {
    let args = std::iter::once(node).chain(node.ancestors()).find(|node| {
        let open = node.first_token(K::LeftParen);
        let close = node.first_token(K::RightParen);
        node.kind() == K::Args
            && open.is_some_and(|open| open.range().end <= offset)
            && close.is_none_or(|close| offset <= close.range().start)
    })?;
    let call = args.parent().filter(|call| call.kind() == K::Call)?;
    let commas = args.tokens().filter(|token| token.kind() == K::Comma && token.range().end <= offset);
    let own = args.children().find(|arg| arg.kind() == K::Arg && arg.range().touches(offset));
    let name = own.filter(|arg| arg.first_token(K::Colon).is_some());
    let name = name.and_then(|arg| arg.text().split(':').next().map(|name| format!("{}:", name.trim())));
    Some((call, commas.count(), name))
}

fn labelled(before: String, params: Vec<String>, after: &str, docs: String) -> Signature {
    let mut label = before;
    let mut ranges = Vec::new();
    for (number, param) in params.iter().enumerate() {
        label.push_str(if number > 0 { ", " } else { "" });
        ranges.push(TextRange::new(label.len() as u32, (label.len() + param.len()) as u32));
        label.push_str(param);
    }
    label.push_str(after);
    Signature { label, docs, params: ranges, active: None }
}

fn of_function(session: &Session, decl: Decl) -> Option<Signature> {
    let db = session.db();
    let CodeKind::Fn { params, .. } = &decl::code(db, decl)?.kind else {
        return None;
    };
    let params = params.iter().map(|param| show::parameter(session, decl, param)).collect();
    let after = format!(") -> {}", show::result(session, decl));
    let before = format!("fn {}(", decl_name(db, decl));
    let docs = decl::docs(db, At { decl, node: 0 }).map_or(String::new(), |docs| docs.to_string());
    Some(labelled(before, params, &after, docs))
}

fn of_method(MethodRef(method): MethodRef) -> Signature {
    let label = method.signature.text().to_string();
    let mut from = label.find('(').unwrap_or_default();
    let mut params = Vec::new();
    for param in &method.signature.params {
        let start = label.get(from..).and_then(|rest| rest.find(param.name)).map_or(from, |at| from + at);
        let end = end_of(&label, start);
        params.push(TextRange::new(start as u32, end as u32));
        from = end;
    }
    Signature { label, docs: method.docs.to_string(), params, active: None }
}

/// Where a parameter ends: at a comma or parenthesis that belongs to no bracket within it.
fn end_of(label: &str, start: usize) -> usize {
    let mut depth = 0_i32;
    let rest = label.get(start..).unwrap_or_default();
    let end = rest.char_indices().find(|(_, letter)| match letter {
        '(' | '[' | '{' => {
            depth += 1;
            false
        }
        ')' | ']' | '}' => {
            depth -= 1;
            depth < 0
        }
        ',' => depth == 0,
        _ => false,
    });
    end.map_or(label.len(), |(at, _)| start + at)
}

fn of_value(session: &Session, ty: &Ty) -> Option<Signature> {
    let db = session.db();
    let Ty::Function(function) = types::expand(db, ty) else {
        return None;
    };
    let params = function.params.iter().map(|param| show::short(&display(db, param))).collect();
    let after = format!(") -> {}", show::short(&display(db, &function.result)));
    Some(labelled("(".to_string(), params, &after, docs::of(db, &check::Meaning::InstanceName)))
}
