//! Types as they are written.

use syntax::ast::{self, LiteralKind, LiteralValue, View};

use super::Lowerer;
use crate::hir::{TypeExpr, TypeKind};
use crate::symbol::Symbol;

impl Lowerer<'_> {
    pub(super) fn ty_or_missing(&mut self, ty: Option<ast::Type<'_>>) -> TypeExpr {
        match ty {
            Some(ty) => self.ty(ty),
            None => TypeExpr { node: 0, kind: Box::new(TypeKind::Missing) },
        }
    }

    pub(super) fn ty(&mut self, ty: ast::Type<'_>) -> TypeExpr {
        if let ast::Type::Paren(paren) = ty {
            return self.ty_or_missing(paren.inner());
        }
        let kind = self.ty_kind(ty);
        TypeExpr { node: self.node(ty.range()), kind: Box::new(kind) }
    }

    fn ty_kind(&mut self, ty: ast::Type<'_>) -> TypeKind {
        match ty {
            ast::Type::Named(named) => named.path().map_or(TypeKind::Missing, |path| TypeKind::Path(self.path(path))),
            ast::Type::Literal(literal) => literal_type(literal),
            ast::Type::List(list) => match list.key() {
                Some(key) => TypeKind::Keyed(self.ident(key), self.ty_or_missing(list.element())),
                None => TypeKind::List(self.ty_or_missing(list.element())),
            },
            ast::Type::Paren(paren) => *self.ty_or_missing(paren.inner()).kind,
            ast::Type::Function(function) => TypeKind::Function(
                function.params().map(|param| self.ty(param)).collect(),
                self.ty_or_missing(function.result()),
            ),
            ast::Type::Record(record) => self.record_type(record),
            ast::Type::Optional(optional) => TypeKind::Optional(self.ty_or_missing(optional.inner())),
            ast::Type::Union(union) => TypeKind::Union(union.members().map(|member| self.ty(member)).collect()),
            ast::Type::Where(refined) => {
                let text = refined.predicate().map_or(String::new(), |predicate| one_line(predicate));
                let predicate = self.expr_or_missing(refined.predicate());
                TypeKind::Where(self.ty_or_missing(refined.inner()), predicate, Symbol::new(&text))
            }
        }
    }

    fn record_type(&mut self, record: ast::RecordType<'_>) -> TypeKind {
        let (mut fields, mut rest) = (Vec::new(), None);
        for entry in record.entries() {
            let value = self.ty_or_missing(entry.ty());
            match (entry.key_type(), entry.key()) {
                (Some(name), _) => {
                    let ident = self.ident(name);
                    let path = crate::hir::Path { node: ident.node, names: vec![ident] };
                    let key = TypeExpr { node: ident.node, kind: Box::new(TypeKind::Path(path)) };
                    rest = Some((key, value));
                }
                (None, Some(key)) => fields.push((self.key(key), entry.is_optional(), value)),
                (None, None) => {}
            }
        }
        TypeKind::Record { fields, rest }
    }
}

/// An expression as messages show it: on one line.
fn one_line(expr: ast::Expr<'_>) -> String {
    expr.node().text().split_whitespace().collect::<Vec<_>>().join(" ")
}

fn literal_type(literal: ast::LiteralType<'_>) -> TypeKind {
    match literal.value() {
        Some(LiteralValue::String(string)) => match string.plain() {
            Some(text) => TypeKind::Text(Symbol::new(&text)),
            None => TypeKind::Missing,
        },
        Some(LiteralValue::Token(token)) if token.kind() == LiteralKind::Int => {
            match crate::check::literal::parse_int(token.text()) {
                Some(number) if literal.is_negative() => TypeKind::Int(-number),
                Some(number) => TypeKind::Int(number),
                None => TypeKind::Missing,
            }
        }
        Some(LiteralValue::Token(_)) | None => TypeKind::Missing,
        Some(LiteralValue::Bool(truth)) => TypeKind::Bool(truth),
        Some(LiteralValue::Null) => TypeKind::Null,
    }
}
