//! Walking through code without places: which functions an expression names.

use crate::decl::code;
use crate::hir::{Body, Code, CodeKind, Element, Expr, ExprKind, Ident, Path, Piece, StatementKind, Text, TypeExpr};
use crate::keys::{Db, Decl, SourceFile};
use crate::scope::{self, Named};

/// The declared functions that a function's body names.
pub(super) fn functions(db: &dyn Db, decl: Decl) -> Vec<Decl> {
    let code = code(db, decl);
    let Some(CodeKind::Fn { value, params, .. }) = code.map(|code| &code.kind) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let mut note = |expr: &Expr| {
        if let Some(Named::Decl(named)) = named(db, decl.file(db), expr)
            && named.head(db).as_str().starts_with("fn ")
            && !found.contains(&named)
        {
            found.push(named);
        }
    };
    visit(value, &mut note);
    params.iter().filter_map(|param| param.default.as_ref()).for_each(|default| visit(default, &mut note));
    found
}

/// Where a function's body first names another.
pub(super) fn place_of(db: &dyn Db, decl: Decl, wanted: Decl) -> Option<u32> {
    let code = code(db, decl);
    let Some(CodeKind::Fn { value, .. }) = code.map(|code| &code.kind) else {
        return None;
    };
    let mut found = None;
    visit(value, &mut |expr| {
        if named(db, decl.file(db), expr) == Some(Named::Decl(wanted)) {
            found = found.or(Some(expr.node));
        }
    });
    found
}

/// The `let`s and blocks of files that a `let` or block names.
pub(super) fn values(db: &dyn Db, decl: Decl) -> Vec<Decl> {
    let mut found = Vec::new();
    let mut see = |expr: &Expr| match named(db, decl.file(db), expr) {
        Some(Named::Decl(named)) if named.head(db).as_str().starts_with("let ") => found.push(named),
        Some(Named::Block(_, named)) => found.push(named),
        _ => {}
    };
    match code(db, decl).map(|code| &code.kind) {
        Some(CodeKind::Let { value, .. } | CodeKind::Entry { value }) => visit(value, &mut see),
        Some(CodeKind::Block { body }) => visit_body(body, &mut see),
        _ => {}
    }
    found
}

fn named(db: &dyn Db, file: SourceFile, expr: &Expr) -> Option<Named> {
    match &*expr.kind {
        ExprKind::Name(name) => scope::lookup(db, file, *name),
        ExprKind::Member { base, name, optional: false } => match named(db, file, base)? {
            Named::Module(module) => scope::member(db, module, name.name),
            _ => None,
        },
        _ => None,
    }
}

/// Whether an expression mentions one of these names.
pub(super) fn names_any(expr: &Expr, names: &[crate::symbol::Symbol]) -> bool {
    let mut found = false;
    visit(expr, &mut |expr| {
        if let ExprKind::Name(name) = &*expr.kind {
            found |= names.contains(name);
        }
    });
    found
}

/// Every expression in an expression, itself first.
pub(crate) fn visit(expr: &Expr, see: &mut dyn FnMut(&Expr)) {
    see(expr);
    match &*expr.kind {
        ExprKind::Text(text) => visit_text(text, see),
        ExprKind::List(elements) => elements.iter().for_each(|element| visit_element(element, see)),
        ExprKind::Record(body) | ExprKind::Instance(_, body) => visit_body(body, see),
        ExprKind::Member { base, .. } => visit(base, see),
        ExprKind::Index(one, other) | ExprKind::Binary(_, one, other) => {
            visit(one, see);
            visit(other, see);
        }
        ExprKind::Call(callee, args) => {
            visit(callee, see);
            args.iter().for_each(|arg| visit(&arg.value, see));
        }
        ExprKind::Unary(_, value) | ExprKind::Is { value, .. } | ExprKind::Lambda(_, value) => visit(value, see),
        ExprKind::If(condition, then, otherwise) => {
            visit(condition, see);
            visit(then, see);
            visit(otherwise, see);
        }
        ExprKind::Match(value, arms) => {
            visit(value, see);
            arms.iter().for_each(|arm| visit(&arm.value, see));
        }
        ExprKind::With(base, body) => {
            visit(base, see);
            visit_body(body, see);
        }
        _ => {}
    }
}

pub(crate) fn visit_text(text: &Text, see: &mut dyn FnMut(&Expr)) {
    for piece in &text.pieces {
        if let Piece::Value(value) = piece {
            visit(value, see);
        }
    }
}

fn visit_element(element: &Element, see: &mut dyn FnMut(&Expr)) {
    match element {
        Element::Value(value) | Element::Spread(value) => visit(value, see),
        Element::If(condition, then, otherwise) => {
            visit(condition, see);
            visit_element(then, see);
            if let Some(otherwise) = otherwise {
                visit_element(otherwise, see);
            }
        }
        Element::For(head, element) => {
            visit(&head.list, see);
            if let Some(condition) = &head.condition {
                visit(condition, see);
            }
            visit_element(element, see);
        }
    }
}

pub(crate) fn visit_body(body: &Body, see: &mut dyn FnMut(&Expr)) {
    for statement in &body.statements {
        match &statement.kind {
            StatementKind::Write { value, .. }
            | StatementKind::Let { value, .. }
            | StatementKind::Spread(value)
            | StatementKind::Assert(value) => visit(value, see),
            StatementKind::Amend { body, .. } | StatementKind::Expect { body, .. } => visit_body(body, see),
            StatementKind::Named { name, .. } => visit_text(name, see),
            StatementKind::If { condition, then, otherwise } => {
                visit(condition, see);
                visit_body(then, see);
                if let Some(otherwise) = otherwise {
                    visit_body(otherwise, see);
                }
            }
            StatementKind::For(head, body) => {
                visit(&head.list, see);
                if let Some(condition) = &head.condition {
                    visit(condition, see);
                }
                visit_body(body, see);
            }
            StatementKind::Check(check) => {
                visit(&check.condition, see);
                visit(&check.message, see);
            }
        }
    }
}

/// What a declaration is made of, as far as it names something.
pub(crate) enum Part<'a> {
    /// An expression.
    Expr(&'a Expr),
    /// A type that a body states.
    Type(&'a TypeExpr),
    /// The schema of an entry.
    Path(&'a Path),
}

/// Everything in a declaration that names something, the types of its head left out.
pub(crate) fn visit_code(code: &Code, see: &mut dyn FnMut(Part<'_>)) {
    let attributes = code.attributes.iter().flat_map(|attribute| &attribute.args);
    attributes.for_each(|arg| visit_parts(arg, see));
    match &code.kind {
        CodeKind::File { body, .. }
        | CodeKind::Extend { body, .. }
        | CodeKind::Test { body, .. }
        | CodeKind::Block { body } => visit_body_parts(body, see),
        CodeKind::Let { value, .. } | CodeKind::Entry { value } => visit_parts(value, see),
        CodeKind::Fn { params, value, .. } => {
            params.iter().filter_map(|param| param.default.as_ref()).for_each(|default| visit_parts(default, see));
            visit_parts(value, see);
        }
        CodeKind::Schema(written) => {
            written.fields.iter().filter_map(|field| field.value.as_ref()).for_each(|value| visit_parts(value, see));
            written.checks.iter().for_each(|check| {
                visit_parts(&check.condition, see);
                visit_parts(&check.message, see);
            });
            visit_body_parts(&written.body, see);
        }
        CodeKind::Type { .. } => {}
    }
}

fn visit_parts(expr: &Expr, see: &mut dyn FnMut(Part<'_>)) {
    visit(expr, &mut |expr| see_expression(expr, see));
}

fn visit_body_parts(body: &Body, see: &mut dyn FnMut(Part<'_>)) {
    visit_body(body, &mut |expr| see_expression(expr, see));
    see_statements(body, see);
}

fn see_expression(expr: &Expr, see: &mut dyn FnMut(Part<'_>)) {
    see(Part::Expr(expr));
    if let ExprKind::Record(body) | ExprKind::Instance(_, body) | ExprKind::With(_, body) = &*expr.kind {
        see_statements(body, see);
    }
}

/// The types and schemas that statements name outside of expressions.
fn see_statements(body: &Body, see: &mut dyn FnMut(Part<'_>)) {
    for statement in &body.statements {
        match &statement.kind {
            StatementKind::Let { ty: Some(ty), .. } => see(Part::Type(ty)),
            StatementKind::Named { path, schema, .. } => {
                schema.iter().for_each(|path| see(Part::Path(path)));
                let capital = |last: &Ident| last.name.as_str().starts_with(char::is_uppercase);
                if path.last().is_some_and(capital) {
                    see(Part::Path(&Path { node: statement.node, names: path.to_vec() }));
                }
            }
            StatementKind::Amend { body, .. } | StatementKind::Expect { body, .. } | StatementKind::For(_, body) => {
                see_statements(body, see);
            }
            StatementKind::If { then, otherwise, .. } => {
                see_statements(then, see);
                otherwise.iter().for_each(|body| see_statements(body, see));
            }
            _ => {}
        }
    }
}
