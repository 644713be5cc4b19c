//! Expressions.

use syntax::TextRange;
use syntax::ast::{self, LiteralKind, View};

use super::Lowerer;
use crate::hir::{Arg, Arm, BinaryOp, Element, Expr, ExprKind, Ident, Param, Pattern, Piece, Text, UnaryOp};
use crate::symbol::Symbol;

/// How far the end of what looks like an interpolation is looked for.
const MAX_NAME: usize = 64;

impl Lowerer<'_> {
    pub(super) fn expr(&mut self, expr: ast::Expr<'_>) -> Expr {
        if let ast::Expr::Paren(paren) = expr {
            return self.expr_or_missing(paren.inner());
        }
        let kind = self.expr_kind(expr);
        Expr { node: self.node(expr.range()), kind: Box::new(kind) }
    }

    fn expr_kind(&mut self, expr: ast::Expr<'_>) -> ExprKind {
        match expr {
            ast::Expr::Literal(literal) => literal_kind(literal),
            ast::Expr::String(string) => ExprKind::Text(self.text(string)),
            ast::Expr::Name(name) => {
                name.name().map_or(ExprKind::Missing, |name| ExprKind::Name(Symbol::new(name.text())))
            }
            ast::Expr::SelfRef(_) => ExprKind::SelfValue,
            ast::Expr::It(_) => ExprKind::It,
            ast::Expr::Null(_) => ExprKind::Null,
            ast::Expr::True(_) => ExprKind::Bool(true),
            ast::Expr::False(_) => ExprKind::Bool(false),
            ast::Expr::List(list) => ExprKind::List(list.elements().map(|element| self.element(element)).collect()),
            ast::Expr::Record(record) => ExprKind::Record(self.body_or_empty(record.body())),
            ast::Expr::Instance(instance) => match instance.path() {
                Some(path) => ExprKind::Instance(self.path(path), self.body_or_empty(instance.body())),
                None => ExprKind::Missing,
            },
            ast::Expr::Paren(paren) => *self.expr_or_missing(paren.inner()).kind,
            ast::Expr::Field(access) => {
                let base = self.expr_or_missing(access.base());
                match access.field() {
                    Some(key) => {
                        let name = self.key(key);
                        ExprKind::Member { base, name, optional: access.is_optional() }
                    }
                    None => ExprKind::Missing,
                }
            }
            ast::Expr::Index(index) => {
                ExprKind::Index(self.expr_or_missing(index.base()), self.expr_or_missing(index.index()))
            }
            ast::Expr::Call(call) => {
                let callee = self.expr_or_missing(call.callee());
                ExprKind::Call(callee, call.args().map(|arg| self.arg(arg)).collect())
            }
            ast::Expr::Unary(unary) => {
                let operand = self.expr_or_missing(unary.operand());
                match unary.op() {
                    Some(ast::UnaryOp::Not) => ExprKind::Unary(UnaryOp::Not, operand),
                    Some(ast::UnaryOp::Negate) => ExprKind::Unary(UnaryOp::Negate, operand),
                    None => ExprKind::Missing,
                }
            }
            ast::Expr::Binary(binary) => {
                let (left, right) = (self.expr_or_missing(binary.left()), self.expr_or_missing(binary.right()));
                match binary.op() {
                    Some(op) => ExprKind::Binary(binary_op(op), left, right),
                    None => ExprKind::Missing,
                }
            }
            ast::Expr::Is(is) => ExprKind::Is {
                value: self.expr_or_missing(is.value()),
                ty: self.ty_or_missing(is.ty()),
                negated: is.is_negated(),
            },
            ast::Expr::If(choice) => ExprKind::If(
                self.expr_or_missing(choice.condition()),
                self.expr_or_missing(choice.then()),
                self.expr_or_missing(choice.otherwise()),
            ),
            ast::Expr::Match(choice) => {
                let value = self.expr_or_missing(choice.value());
                ExprKind::Match(value, choice.arms().map(|arm| self.arm(arm)).collect())
            }
            ast::Expr::Lambda(lambda) => {
                let params = lambda.params().filter_map(|param| self.lambda_param(param)).collect();
                ExprKind::Lambda(params, self.expr_or_missing(lambda.body()))
            }
            ast::Expr::With(with) => ExprKind::With(self.expr_or_missing(with.base()), self.body_or_empty(with.body())),
        }
    }

    fn lambda_param(&mut self, param: ast::Param<'_>) -> Option<Param> {
        let name = self.ident(param.name()?);
        Some(Param { name, ty: param.ty().map(|ty| self.ty(ty)), default: None })
    }

    fn arg(&mut self, arg: ast::Arg<'_>) -> Arg {
        let name = arg.name().map(|name| self.ident(name));
        Arg { name, value: self.expr_or_missing(arg.value()) }
    }

    fn arm(&mut self, arm: ast::Arm<'_>) -> Arm {
        let patterns = arm.patterns();
        let range = patterns.iter().map(|pattern| pattern.range()).reduce(|one, other| one.cover(other));
        let node = self.node(range.unwrap_or(arm.range()));
        let patterns = patterns
            .into_iter()
            .map(|pattern| match pattern {
                ast::Pattern::Wildcard(_) => Pattern::Any,
                ast::Pattern::Type(ty) => Pattern::Type(self.ty(ty)),
            })
            .collect();
        Arm { node, patterns, value: self.expr_or_missing(arm.value()) }
    }

    fn element(&mut self, element: ast::Element<'_>) -> Element {
        match element {
            ast::Element::Expr(expr) => Element::Value(self.expr(expr)),
            ast::Element::Spread(spread) => Element::Spread(self.expr_or_missing(spread.value())),
            ast::Element::If(choice) => {
                let condition = self.expr_or_missing(choice.condition());
                let then = Box::new(self.element_or_missing(choice.then()));
                let otherwise = choice.otherwise().map(|element| Box::new(self.element(element)));
                Element::If(condition, then, otherwise)
            }
            ast::Element::For(repeat) => {
                let variables: Vec<_> = repeat.variables().collect();
                let head = self.for_head(&variables, repeat.iterable(), repeat.filter());
                let element = self.element_or_missing(repeat.element());
                match head {
                    Some(head) => Element::For(head, Box::new(element)),
                    None => element,
                }
            }
        }
    }

    fn element_or_missing(&mut self, element: Option<ast::Element<'_>>) -> Element {
        match element {
            Some(element) => self.element(element),
            None => Element::Value(self.expr_or_missing(None)),
        }
    }

    pub(super) fn text(&mut self, string: ast::StringLit<'_>) -> Text {
        let node = self.node(string.range());
        let mut foreign = Vec::new();
        let pieces = string
            .pieces()
            .into_iter()
            .map(|piece| match piece {
                ast::Piece::Text(text, range) => {
                    if !string.is_raw() && text.len() == range.len() as usize {
                        foreign.extend(self.foreign(&text, range.start));
                    }
                    Piece::Text(text.into())
                }
                ast::Piece::Interpolation(value) => Piece::Value(self.expr_or_missing(value)),
            })
            .collect();
        Text { node, pieces, foreign }
    }

    /// What looks like an interpolation of another language: `${name}`, `#{name}`, `{{ name }}`.
    fn foreign(&mut self, text: &str, start: u32) -> Vec<Ident> {
        let mut found = Vec::new();
        for (open, close) in [("${", "}"), ("#{", "}"), ("{{", "}}")] {
            for (at, _) in text.match_indices(open) {
                let rest = text.get(at + open.len()..).unwrap_or("");
                let near = rest.char_indices().nth(MAX_NAME).map_or(rest, |(end, _)| rest.get(..end).unwrap_or(rest));
                let Some((name, _)) = near.split_once(close) else { continue };
                let length = (open.len() + name.len() + close.len()) as u32;
                let name = name.trim();
                if !name.is_empty() && name.chars().all(|letter| letter.is_alphanumeric() || "-_.".contains(letter)) {
                    let begin = start + at as u32;
                    found.push(Ident {
                        node: self.node(TextRange::new(begin, begin + length)),
                        name: Symbol::new(name),
                    });
                }
            }
        }
        found
    }
}

fn literal_kind(literal: ast::Literal<'_>) -> ExprKind {
    let text = literal.text().into();
    match literal.kind() {
        LiteralKind::Int => ExprKind::Int(text),
        LiteralKind::Float => ExprKind::Float(text),
        LiteralKind::Quantity => ExprKind::Quantity(text),
        LiteralKind::Ip4 | LiteralKind::Cidr4 | LiteralKind::Ip6 | LiteralKind::Cidr6 | LiteralKind::Mac => {
            ExprKind::Address(text)
        }
        LiteralKind::Bad => ExprKind::Missing,
    }
}

fn binary_op(op: ast::BinaryOp) -> BinaryOp {
    match op {
        ast::BinaryOp::Or => BinaryOp::Or,
        ast::BinaryOp::And => BinaryOp::And,
        ast::BinaryOp::Equal => BinaryOp::Equal,
        ast::BinaryOp::NotEqual => BinaryOp::NotEqual,
        ast::BinaryOp::Less => BinaryOp::Less,
        ast::BinaryOp::LessEqual => BinaryOp::LessEqual,
        ast::BinaryOp::Greater => BinaryOp::Greater,
        ast::BinaryOp::GreaterEqual => BinaryOp::GreaterEqual,
        ast::BinaryOp::In => BinaryOp::In,
        ast::BinaryOp::Coalesce => BinaryOp::Otherwise,
        ast::BinaryOp::Range => BinaryOp::Range,
        ast::BinaryOp::Add => BinaryOp::Add,
        ast::BinaryOp::Subtract => BinaryOp::Subtract,
        ast::BinaryOp::Multiply => BinaryOp::Multiply,
        ast::BinaryOp::Divide => BinaryOp::Divide,
        ast::BinaryOp::Remainder => BinaryOp::Remainder,
    }
}
