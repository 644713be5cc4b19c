//! The parts of code that a listener looks through, and code without what it does not want to hear of.
//!
//! Knows shapes of code alone; what names mean is not known here.

use super::walk::{self, Part};
use crate::hir::{Body, Code, CodeKind, Expr, ExprKind, Path, Pattern, Statement, StatementKind, TypeExpr, TypeKind};
use crate::keys::Decl;

/// Every expression of a declaration.
pub fn expressions_in(code: &Code, see: &mut dyn FnMut(&Expr)) {
    walk::visit_code(code, &mut |part| {
        if let Part::Expr(expr) = part {
            see(expr);
        }
    });
}

/// Every path of a declaration that leads to a type.
pub fn paths_in(code: &Code, see: &mut dyn FnMut(&Path)) {
    if let CodeKind::Schema(written) = &code.kind {
        written.base.iter().for_each(&mut *see);
        written.inside.iter().for_each(|(_, path)| see(path));
    }
    walk::visit_code(code, &mut |part| match part {
        Part::Expr(expr) => {
            if let ExprKind::Instance(path, _) = &*expr.kind {
                see(path);
            }
        }
        Part::Path(path) => see(path),
        Part::Type(_) => {}
    });
    types_in(code, &mut |ty| {
        if let TypeKind::Path(path) = &*ty.kind {
            see(path);
        }
    });
}

/// Every type that a declaration writes, and those in it.
pub fn types_in(code: &Code, see: &mut dyn FnMut(&TypeExpr)) {
    let mut outer: Vec<&TypeExpr> = Vec::new();
    match &code.kind {
        CodeKind::File { imports, .. } => outer.extend(imports.iter().filter_map(|import| import.ty.as_ref())),
        CodeKind::Let { ty, .. } => outer.extend(ty),
        CodeKind::Type { ty, .. } => outer.push(ty),
        CodeKind::Fn { params, result, .. } => {
            outer.extend(params.iter().filter_map(|param| param.ty.as_ref()));
            outer.extend(result);
        }
        CodeKind::Schema(written) => outer.extend(written.fields.iter().filter_map(|field| field.ty.as_ref())),
        _ => {}
    }
    outer.into_iter().for_each(|ty| within(ty, see));
    walk::visit_code(code, &mut |part| match part {
        Part::Expr(expr) => types_of_expression(expr, see),
        Part::Type(ty) => within(ty, see),
        Part::Path(_) => {}
    });
}

fn types_of_expression(expr: &Expr, see: &mut dyn FnMut(&TypeExpr)) {
    match &*expr.kind {
        ExprKind::Is { ty, .. } => within(ty, see),
        ExprKind::Lambda(params, _) => {
            params.iter().filter_map(|param| param.ty.as_ref()).for_each(|ty| within(ty, see));
        }
        ExprKind::Match(_, arms) => {
            for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                if let Pattern::Type(ty) = pattern {
                    within(ty, see);
                }
            }
        }
        _ => {}
    }
}

/// A type and those in it.
fn within(ty: &TypeExpr, see: &mut dyn FnMut(&TypeExpr)) {
    see(ty);
    match &*ty.kind {
        TypeKind::List(inner) | TypeKind::Keyed(_, inner) | TypeKind::Optional(inner) | TypeKind::Where(inner, ..) => {
            within(inner, see);
        }
        TypeKind::Union(members) => members.iter().for_each(|member| within(member, see)),
        TypeKind::Record { fields, rest } => {
            fields.iter().for_each(|field| within(&field.2, see));
            if let Some((key, value)) = rest {
                within(key, see);
                within(value, see);
            }
        }
        TypeKind::Function(params, result) => {
            params.iter().for_each(|param| within(param, see));
            within(result, see);
        }
        _ => {}
    }
}

/// The code without its named blocks, except for some.
pub(crate) fn beside(code: &Code, stays: &dyn Fn(Decl) -> bool) -> Code {
    let kind = match &code.kind {
        CodeKind::File { imports, names, extends, tests, body } => CodeKind::File {
            imports: imports.clone(),
            names: names.clone(),
            extends: extends.clone(),
            tests: tests.clone(),
            body: kept(body, stays),
        },
        CodeKind::Block { body } => CodeKind::Block { body: kept(body, stays) },
        CodeKind::Extend { path, body } => CodeKind::Extend { path: path.clone(), body: kept(body, stays) },
        other => other.clone(),
    };
    Code { attributes: code.attributes.clone(), kind, inner: Vec::new(), has_lets: code.has_lets }
}

fn kept(body: &Body, stays: &dyn Fn(Decl) -> bool) -> Body {
    let stays_here = |statement: &&Statement| match &statement.kind {
        StatementKind::Named { decl, .. } => stays(*decl),
        _ => true,
    };
    let statements = body.statements.iter().filter(stays_here).map(|statement| {
        let kind = match &statement.kind {
            StatementKind::If { condition, then, otherwise } => StatementKind::If {
                condition: condition.clone(),
                then: kept(then, stays),
                otherwise: otherwise.as_ref().map(|body| Box::new(kept(body, stays))),
            },
            StatementKind::For(head, body) => StatementKind::For(head.clone(), kept(body, stays)),
            StatementKind::Amend { path, body } => StatementKind::Amend { path: path.clone(), body: kept(body, stays) },
            other => other.clone(),
        };
        Statement { node: statement.node, attributes: statement.attributes.clone(), kind }
    });
    Body { node: body.node, statements: statements.collect() }
}
