//! `@allow("code", "reason")`: findings that somebody has decided to live with.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, FileId, Level, Levels, Rule, Span, rules};
use rustc_hash::FxHashSet;

use crate::check::walk::visit;
use crate::decl::{self, code, span};
use crate::hir::{Attribute, Body, CodeKind, Expr, ExprKind, Statement, StatementKind};
use crate::keys::{At, Db, Decl, SourceFile};
use crate::symbol::Symbol;

/// The attributes of the language.
const ATTRIBUTES: [&str; 4] = ["allow", "auto", "kubernetes", "main"];

#[derive(Clone, PartialEq, Eq)]
struct Allow {
    code: Symbol,
    at: Span,
    code_at: Span,
    reason: bool,
    scope: Span,
}

/// What a file allows, and what is wrong with its attributes.
#[derive(Clone, PartialEq, Eq, Default)]
struct Allowed {
    allows: Vec<Allow>,
    found: Vec<Diagnostic<Span>>,
}

#[salsa::tracked]
fn allowed(db: &dyn Db, file: SourceFile) -> Allowed {
    let mut allowed = Allowed::default();
    // Few files say it at all: the text is a quicker judge than the code.
    if file.text(db).contains('@') {
        for decl in decl::decls(db, file) {
            collect(db, decl, &mut allowed.allows, &mut allowed.found);
        }
    }
    allowed
}

/// Silences what a file allows, and reports what is wrong with how it does.
pub fn apply(db: &dyn Db, file: SourceFile, levels: &Levels, found: &mut Vec<Diagnostic<Span>>) {
    let allowed = allowed(db, file);
    let mut open = Silenceable::of(&allowed.allows, levels, found);
    let mut own = allowed.found.clone();
    for allow in &allowed.allows {
        if !allow.reason {
            own.push(
                Diagnostic::new(&rules::LINT_ALLOW_REASON, allow.at, format!("why is `{}` allowed here?", allow.code))
                    .help(format!("give the reason: `@allow(\"{}\", \"..\")`", allow.code)),
            );
        }
        let Some(rule) = rules::find(allow.code.as_str()) else {
            own.push(unknown_code(allow));
            continue;
        };
        if !open.silence(rule, allow.scope) && allow.reason {
            let message = format!("nothing here breaks `{}`", allow.code);
            own.push(Diagnostic::new(&rules::LINT_UNUSED_ALLOW, allow.at, message).help("remove it"));
        }
    }
    let mut number = 0..;
    found.retain(|_| number.next().is_none_or(|number| !open.silenced.contains(&number)));
    found.append(&mut own);
}

/// The code of a rule, and where what breaks it begins.
type Beginning = (&'static str, FileId, u32);

/// The findings that may be allowed, by rule and place, and the numbers of those that are.
struct Silenceable {
    open: BTreeMap<Beginning, Vec<(u32, usize)>>,
    silenced: FxHashSet<usize>,
}

impl Silenceable {
    fn of(allows: &[Allow], levels: &Levels, found: &[Diagnostic<Span>]) -> Silenceable {
        let mut open: BTreeMap<_, Vec<_>> = BTreeMap::new();
        let is_error = |rule: &Rule| rule.level == Level::Error && levels.level(rule) == Some(Level::Error);
        let may = |rule: &Rule| !is_error(rule) || rule.group() == "check";
        for (number, finding) in found.iter().enumerate().filter(|(_, finding)| !allows.is_empty() && may(finding.rule))
        {
            let key = (finding.rule.code, finding.at.file, finding.at.start);
            open.entry(key).or_default().push((finding.at.end, number));
        }
        Silenceable { open, silenced: FxHashSet::default() }
    }

    /// Silences what breaks a rule within a scope; whether there is something.
    fn silence(&mut self, rule: &Rule, scope: Span) -> bool {
        let before = self.silenced.len();
        let within = (rule.code, scope.file, scope.start)..=(rule.code, scope.file, scope.end);
        let silenced = &mut self.silenced;
        for (_, places) in self.open.range_mut(within) {
            places.retain(|(end, number)| *end > scope.end || !silenced.insert(*number));
        }
        self.silenced.len() > before
    }
}

fn unknown_code(allow: &Allow) -> Diagnostic<Span> {
    let near = domain::nearest(allow.code.as_str(), rules::ALL.iter().map(|rule| rule.code));
    let diagnostic = Diagnostic::new(&rules::NAME_UNKNOWN, allow.code_at, format!("there is no rule `{}`", allow.code));
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic.help("`platc explain` lists all rules"),
    }
}

fn collect(db: &dyn Db, decl: Decl, allows: &mut Vec<Allow>, found: &mut Vec<Diagnostic<Span>>) {
    let Some(code) = code(db, decl) else { return };
    let mut seen = Seen { db, decl, allows, found };
    let scope = decl::whole(db, decl);
    match &code.kind {
        CodeKind::File { body, .. } | CodeKind::Extend { body, .. } | CodeKind::Test { body, .. } => {
            seen.attributes(&code.attributes, scope);
            seen.body(body);
        }
        CodeKind::Block { body } => seen.body(body),
        CodeKind::Entry { value } => seen.expr(value),
        CodeKind::Let { value, .. } | CodeKind::Fn { value, .. } => {
            seen.attributes(&code.attributes, scope);
            seen.expr(value);
        }
        CodeKind::Schema(schema) => {
            seen.attributes(&code.attributes, scope);
            seen.body(&schema.body);
            for field in &schema.fields {
                let scope = span(db, At { decl, node: field.node });
                seen.attributes(&field.attributes, scope);
            }
        }
        _ => seen.attributes(&code.attributes, scope),
    }
}

struct Seen<'a> {
    db: &'a dyn Db,
    decl: Decl,
    allows: &'a mut Vec<Allow>,
    found: &'a mut Vec<Diagnostic<Span>>,
}

impl Seen<'_> {
    fn body(&mut self, body: &Body) {
        for statement in &body.statements {
            let scope = self.scope(statement);
            self.attributes(&statement.attributes, scope);
            match &statement.kind {
                StatementKind::Write { value, .. } | StatementKind::Let { value, .. } => self.expr(value),
                StatementKind::Amend { body, .. } | StatementKind::For(_, body) => self.body(body),
                StatementKind::If { then, otherwise, .. } => {
                    self.body(then);
                    otherwise.iter().for_each(|body| self.body(body));
                }
                _ => {}
            }
        }
    }

    /// The bodies in an expression.
    fn expr(&mut self, expr: &Expr) {
        let mut bodies = Vec::new();
        visit(expr, &mut |expr| {
            if let ExprKind::Record(body) | ExprKind::Instance(_, body) | ExprKind::With(_, body) = &*expr.kind {
                bodies.push(body.clone());
            }
        });
        for body in &bodies {
            for statement in &body.statements {
                let scope = self.scope(statement);
                self.attributes(&statement.attributes, scope);
            }
        }
    }

    /// All of a statement: from its head to the end of what it says.
    fn scope(&self, statement: &Statement) -> Span {
        let head = span(self.db, At { decl: self.decl, node: statement.node });
        let end = match &statement.kind {
            StatementKind::Named { decl, .. } => return decl::whole(self.db, *decl),
            StatementKind::Write { value, .. } => value.node,
            StatementKind::Amend { body, .. } => body.node,
            _ => statement.node,
        };
        let end = span(self.db, At { decl: self.decl, node: end });
        Span { end: end.end.max(head.end), ..head }
    }

    fn attributes(&mut self, attributes: &[Attribute], scope: Span) {
        for attribute in attributes {
            let at = span(self.db, At { decl: self.decl, node: attribute.node });
            if attribute.name.as_str() == "allow" {
                self.allow(attribute, at, scope);
            } else if !ATTRIBUTES.contains(&attribute.name.as_str()) {
                let near = domain::nearest(attribute.name.as_str(), ATTRIBUTES);
                let message = format!("there is no attribute `@{}`", attribute.name);
                let name = Span { start: at.start + 1, end: at.start + 1 + attribute.name.as_str().len() as u32, ..at };
                let diagnostic = Diagnostic::new(&rules::NAME_UNKNOWN, name, message);
                self.found.push(match near {
                    Some(near) => diagnostic.help(format!("did you mean `@{near}`?")),
                    None => diagnostic.help("there are `@allow(\"code\", \"reason\")`, `@main` and `@kubernetes(\"group/version\", \"Kind\")`"),
                });
            }
        }
    }

    fn allow(&mut self, attribute: &Attribute, at: Span, scope: Span) {
        let text = |index: usize| match attribute.args.get(index).map(|arg| &*arg.kind) {
            Some(ExprKind::Text(text)) => text.plain(),
            _ => None,
        };
        let code_at = attribute.args.first().map_or(at, |arg| span(self.db, At { decl: self.decl, node: arg.node }));
        let reason = text(1).is_some_and(|reason| !reason.as_str().trim().is_empty());
        let code = text(0).unwrap_or(Symbol::new(""));
        self.allows.push(Allow { code, at, code_at, reason, scope });
    }
}
