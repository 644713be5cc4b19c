//! What is not written and holds all the same, shown where it would stand: what `auto` is, defaults that apply, how large
//! networks are, policies that follow.

use compiler::check::{self, types};
use compiler::hidden::Hidden;
use compiler::hir::{CodeKind, StatementKind};
use compiler::keys::{At, Decl, SourceFile};
use compiler::objects::Object;
use compiler::schema::{SlotKind, schema};
use compiler::ty::Ty;
use compiler::value::Value;
use compiler::{Session, decl, eval, keys, output};
use domain::{Cidr, IpRange};
use syntax::{SyntaxKind as K, TextRange};

use crate::{at, emits};

/// Something that is shown in a text.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Hint {
    /// Where.
    pub offset: u32,
    /// What.
    pub label: String,
    /// Why.
    pub kind: HintKind,
}

/// Why something is shown.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum HintKind {
    /// What was chosen for `auto`.
    Chosen,
    /// Values of fields that nobody wrote.
    Defaults,
    /// How many addresses there are.
    Size,
    /// Network policies that follow from what is written.
    Policies,
}

/// How many defaults of a block are shown, how long one may be, and all of them together.
const MOST: usize = 4;
const LONGEST: usize = 28;
const WIDEST: usize = 48;

/// What is shown in a part of a file, in its order.
pub fn hints(session: &Session, file: SourceFile, part: TextRange) -> Vec<Hint> {
    let db = session.db();
    let mut found = chosen(session, file, part);
    found.extend(sizes(file.text(db), part));
    let mut queue = vec![keys::file_decl(db, file)];
    while let Some(decl) = queue.pop() {
        let code = decl::code(db, decl);
        if matches!(code.map(|code| &code.kind), Some(CodeKind::Block { .. })) {
            found.extend(of_block(session, decl));
        }
        let inside = |decl: &Decl| {
            let whole = decl::whole(db, *decl);
            whole.start < part.end && part.start < whole.end
        };
        queue.extend(code.iter().flat_map(|code| &code.inner).copied().filter(inside));
    }
    found.sort();
    let hidden = Hidden::of(db);
    found.iter_mut().for_each(|hint| hint.label = hidden.without(std::mem::take(&mut hint.label)));
    found
}

/// What stands for `auto`.
fn chosen(session: &Session, file: SourceFile, part: TextRange) -> Vec<Hint> {
    let number = file.number(session.db());
    let mut found: Vec<Hint> = Vec::new();
    for auto in session.autos() {
        let Some(value) = auto.value.filter(|_| auto.at.file.0 == number && part.touches(auto.at.end)) else {
            continue;
        };
        match found.last_mut().filter(|last| last.offset == auto.at.end) {
            // One place can be the value of many fields: the first two are shown.
            Some(last) if last.label.contains(", …") => {}
            Some(last) if last.label.contains(", ") => last.label.push_str(", …"),
            Some(last) => last.label.push_str(&format!(", {value}")),
            None => found.push(Hint { offset: auto.at.end, label: format!(" = {value}"), kind: HintKind::Chosen }),
        }
    }
    found
}

/// How large the networks and ranges are that are written.
fn sizes(text: &str, part: TextRange) -> Vec<Hint> {
    let tree = syntax::parse(text).tree;
    let mut found = Vec::new();
    let mut say = |range: TextRange, size: u128| {
        let label = match size {
            1 => " 1 address".to_string(),
            size if size > 1 << 40 => format!(" 2^{} addresses", size.ilog2()),
            size => format!(" {size} addresses"),
        };
        found.push(Hint { offset: range.end, label, kind: HintKind::Size });
    };
    for node in tree.nodes().filter(|node| matches!(node.kind(), K::Literal | K::Binary)) {
        let range = node.range();
        if !part.touches(range.end) {
            continue;
        }
        let written: String = node.text().split_whitespace().collect();
        if node.kind() == K::Literal && written.contains('/') {
            Cidr::parse(&written).ok().into_iter().for_each(|network| say(range, network.size()));
        } else if node.kind() == K::Binary && written.contains("..") {
            IpRange::parse(&written).ok().into_iter().for_each(|addresses| say(range, addresses.size()));
        }
    }
    found
}

/// What follows from a block: behind its brace the defaults, behind its name the policies.
fn of_block(session: &Session, block: Decl) -> Vec<Hint> {
    let db = session.db();
    let Some(CodeKind::Block { body }) = decl::code(db, block).map(|code| &code.kind) else {
        return Vec::new();
    };
    let span = decl::span(db, At { decl: block, node: body.node });
    let mut found = Vec::new();
    let defaults = defaults(session, block);
    if !defaults.is_empty() {
        let label = format!(" {}", defaults.join(", "));
        found.push(Hint { offset: span.start + 1, label, kind: HintKind::Defaults });
    }
    let policies = policies(session, block);
    if policies > 0 {
        let name = decl::span(db, At { decl: block, node: 0 });
        let label = if policies == 1 { " 1 policy".to_string() } else { format!(" {policies} policies") };
        found.push(Hint { offset: name.end, label, kind: HintKind::Policies });
    }
    found
}

/// The fields of a block that nobody wrote and that have a short value of their own.
fn defaults(session: &Session, block: Decl) -> Vec<String> {
    let db = session.db();
    let target = check::context(db, block).target.clone();
    let (Ty::Schema(_), Some(home)) = (types::expand(db, &target.without_null()), check::home_of(db, block)) else {
        return Vec::new();
    };
    let Some(object) = eval::placed(db, home).as_ref() else {
        return Vec::new();
    };
    let written = written(session, block);
    let mut found = Vec::new();
    for (slot, field) in (0_u32..).zip(&schema(db, object.schema).fields) {
        let plain = field.kind == SlotKind::Field && !field.required && !field.emit && !field.of_kind;
        if !plain || written.iter().any(|name| *name == field.name.as_str()) {
            continue;
        }
        // A default that is a value of its own: not what is computed, nor an instance.
        let text = short(session, &eval::field(db, home, slot).value);
        let Some(text) = text.map(|text| format!("{}: {text}", field.name)) else {
            continue;
        };
        let width: usize = found.iter().map(String::len).sum();
        if found.len() == MOST || !found.is_empty() && width + text.len() > WIDEST {
            found.push("…".to_owned());
            break;
        }
        found.push(text);
    }
    found
}

fn short(session: &Session, value: &Value) -> Option<String> {
    let shown = match value {
        Value::Text(text) => format!("{text:?}"),
        Value::Bool(_)
        | Value::Int(_)
        | Value::Ip(_)
        | Value::Cidr(_)
        | Value::Bytes(_)
        | Value::Cpu(_)
        | Value::Duration(_)
        | Value::Float(_) => output::text(session.db(), value, true).trim().to_string(),
        _ => return None,
    };
    (shown.len() <= LONGEST).then_some(shown)
}

fn written(session: &Session, block: Decl) -> Vec<&'static str> {
    let mut found = Vec::new();
    if let Some(code) = decl::code(session.db(), block) {
        at::statements(code, &mut |statement| {
            if let StatementKind::Write { path, .. } | StatementKind::Amend { path, .. } = &statement.kind {
                found.extend(path.first().map(|name| name.name.as_str()));
            }
        });
    }
    found
}

/// How many network policies come of an instance itself that nobody wrote as such.
fn policies(session: &Session, block: Decl) -> usize {
    let db = session.db();
    let Some(home) = check::home_of(db, block).filter(|_| block.parent(db).is_some()) else {
        return 0;
    };
    let is_space = matches!(check::context(db, block).collection, Some(word) if word.as_str() == "cluster");
    if is_space || !emits::is_instance(db, block) {
        return 0;
    }
    let written = |object: &Object| {
        let maker = eval::placed(db, object.emitter.home).as_ref();
        let field = maker.and_then(|maker| schema(db, maker.schema).fields.get(object.emitter.slot as usize));
        field.is_none_or(|field| field.of_kind || field.name.as_str() == "object")
    };
    let policies = emits::under(db, home).into_iter().filter(|object| &*object.kind == "NetworkPolicy");
    policies.filter(|object| !written(object)).count()
}
