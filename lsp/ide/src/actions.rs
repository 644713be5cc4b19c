//! What can be done about a place with one click: the fixes of findings, and changes that nobody asked for yet.

mod extract;
mod fields;
mod imports;

use compiler::Session;
use compiler::keys::SourceFile;
use diagnostics::{Diagnostic, Span};
use syntax::{Node, SyntaxKind as K, TextRange};

use crate::{Edit, Place};

/// Something that can be done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Action {
    /// What it does: ``write `self.port` ``.
    pub title: String,
    /// Why it is offered.
    pub kind: ActionKind,
    /// What changes.
    pub edits: Vec<Edit>,
    /// The finding that it is about, by its number among those that were given.
    pub finding: Option<usize>,
}

/// Why something is offered.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum ActionKind {
    /// It removes the cause of a finding.
    Fix,
    /// It lives with a finding.
    Allow,
    /// It writes what is missing.
    Fill,
    /// It writes the same in another way.
    Extract,
    /// It sorts imports, and removes those that are not used.
    Organise,
}

/// What can be done in a part of a file, given what was found in it.
pub fn actions(session: &Session, file: SourceFile, part: TextRange, found: &[Diagnostic<Span>]) -> Vec<Action> {
    let number = file.number(session.db());
    let touches = |span: &Span| span.file.0 == number && span.start <= part.end && part.start <= span.end;
    let mut actions = Vec::new();
    for (index, finding) in found.iter().enumerate().filter(|(_, finding)| touches(&finding.at)) {
        actions.extend(fix(finding, index));
    }
    for (index, finding) in found.iter().enumerate().filter(|(_, finding)| touches(&finding.at)) {
        actions.extend(allow(session, file, finding, index));
    }
    actions.extend(fields::missing(session, file, part.start));
    actions.extend(extract::schema(session, file, part.start));
    actions.extend(imports::organise(session, file));
    actions
}

/// The edits of every fix of these findings that can be done at once: of two that meet, the first.
pub fn fix_all(found: &[Diagnostic<Span>]) -> Vec<Edit> {
    let mut edits: Vec<Edit> = Vec::new();
    for action in found.iter().enumerate().filter_map(|(index, finding)| fix(finding, index)) {
        let meets = |edit: &Edit| {
            edits.iter().any(|known| {
                known.place.file == edit.place.file
                    && known.place.range.start <= edit.place.range.end
                    && edit.place.range.start <= known.place.range.end
            })
        };
        if !action.edits.iter().any(meets) {
            edits.extend(action.edits);
        }
    }
    edits.sort();
    edits
}

fn fix(finding: &Diagnostic<Span>, index: usize) -> Option<Action> {
    let fix = finding.fix.as_ref()?;
    let edits = fix.edits.iter().map(|(at, text)| Edit { place: Place::of(*at), text: text.clone() }).collect();
    Some(Action { title: fix.title.clone(), kind: ActionKind::Fix, edits, finding: Some(index) })
}

/// `@allow("code", "reason")` before the statement that a finding is about.
fn allow(session: &Session, file: SourceFile, finding: &Diagnostic<Span>, index: usize) -> Option<Action> {
    let code = finding.rule.code;
    if finding.rule.is_fixed() || code.starts_with("lock/") || matches!(code, "lint/unused-allow" | "lint/allow-reason")
    {
        return None;
    }
    let text: &str = file.text(session.db());
    let tree = syntax::parse(text).tree;
    let node = tree.node_at(finding.at.start);
    let statement = std::iter::once(node).chain(node.ancestors()).find(|node| is_statement(*node))?;
    let start = statement.range().start;
    let before = text.get(..start as usize)?.rsplit('\n').next()?;
    let separator = match before.trim().is_empty() {
        true => format!("{}{before}", if text.contains("\r\n") { "\r\n" } else { "\n" }),
        false => " ".to_string(),
    };
    let place = Place { file: finding.at.file, range: TextRange::empty(start) };
    let edit = Edit { place, text: format!("@allow(\"{code}\", \"why it may be so\"){separator}") };
    let title = format!("allow `{code}` here, with a reason");
    Some(Action { title, kind: ActionKind::Allow, edits: vec![edit], finding: Some(index) })
}

/// Whether `@allow` may stand before a node.
fn is_statement(node: Node<'_>) -> bool {
    matches!(
        node.kind(),
        K::Write
            | K::Block
            | K::Entry
            | K::If
            | K::For
            | K::Let
            | K::Field
            | K::Default
            | K::Each
            | K::Schema
            | K::TypeDecl
            | K::Fn
            | K::Extend
            | K::Spread
    )
}
