//! Views of operators.

use super::{Expr, Type, before, child, children, has, parts, views};
use crate::kind::SyntaxKind as K;
use crate::tree::Token;

views! {
    /// A prefix operator.
    Unary = Unary;
    /// An infix operator.
    Binary = Binary;
    /// A test of a type.
    Is = Is;
}

/// A prefix operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum UnaryOp {
    /// `not`
    Not,
    /// `-`
    Negate,
}

parts! {
    Unary {
        /// What it is applied to.
        operand: Expr = child;
    }
    Binary {
        /// The operand before the operator.
        left: Expr = child;
    }
    Is {
        /// The type.
        ty: Type = child;
    }
}

impl<'t> Unary<'t> {
    /// The operator.
    #[must_use]
    pub fn op(self) -> Option<UnaryOp> {
        self.0.tokens().find_map(|token| match token.kind() {
            K::NotWord | K::Exclamation => Some(UnaryOp::Not),
            K::Minus => Some(UnaryOp::Negate),
            _ => None,
        })
    }
}

/// An infix operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
#[allow(missing_docs, reason = "each is its own name")]
pub enum BinaryOp {
    Or,
    And,
    Equal,
    NotEqual,
    Less,
    LessEqual,
    Greater,
    GreaterEqual,
    /// `a in b`
    In,
    /// `a ?? b`
    Coalesce,
    /// `a..b`
    Range,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
}

impl BinaryOp {
    /// The operator that a token writes.
    #[must_use]
    pub fn of(kind: K) -> Option<BinaryOp> {
        Some(match kind {
            K::OrWord | K::PipePipe => BinaryOp::Or,
            K::AndWord | K::AmpersandAmpersand => BinaryOp::And,
            K::EqualsEquals | K::Equals => BinaryOp::Equal,
            K::NotEquals => BinaryOp::NotEqual,
            K::Less => BinaryOp::Less,
            K::LessEquals => BinaryOp::LessEqual,
            K::Greater => BinaryOp::Greater,
            K::GreaterEquals => BinaryOp::GreaterEqual,
            K::InWord => BinaryOp::In,
            K::QuestionQuestion => BinaryOp::Coalesce,
            K::DotDot => BinaryOp::Range,
            K::Plus => BinaryOp::Add,
            K::Minus => BinaryOp::Subtract,
            K::Star => BinaryOp::Multiply,
            K::Slash => BinaryOp::Divide,
            K::Percent => BinaryOp::Remainder,
            _ => return None,
        })
    }
}

impl<'t> Binary<'t> {
    /// The token of the operator.
    #[must_use]
    pub fn op_token(self) -> Option<Token<'t>> {
        self.0.tokens().find(|token| BinaryOp::of(token.kind()).is_some())
    }

    /// The operator.
    #[must_use]
    pub fn op(self) -> Option<BinaryOp> {
        self.op_token().and_then(|token| BinaryOp::of(token.kind()))
    }

    /// The operand after the operator.
    #[must_use]
    pub fn right(self) -> Option<Expr<'t>> {
        children(self.0).nth(1)
    }
}

impl<'t> Is<'t> {
    /// What is tested.
    #[must_use]
    pub fn value(self) -> Option<Expr<'t>> {
        before(self.0, &[K::IsWord])
    }

    /// Whether it is written `is not`.
    #[must_use]
    pub fn is_negated(self) -> bool {
        has(self.0, K::NotWord)
    }
}
