//! Tests: assertions with the parts that are shown when they fail, and platforms that must be wrong.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::walk::visit;
use super::{CheckedCode, Checker};
use crate::hir::{Body, Expr, ExprKind, Statement, StatementKind};
use crate::ir::{BodyIr, Ir};
use crate::keys::At;
use crate::symbol::Symbol;
use crate::ty::{Scalar, Ty};

/// A test, ready to run.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestCode {
    /// What must hold.
    pub assertions: Vec<Assertion>,
    /// What must be found wrong.
    pub expectations: Vec<Expectation>,
}

/// `assert condition`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Assertion {
    /// The whole of it.
    pub at: At,
    /// What must hold.
    pub condition: Ir,
    /// Its parts, whose values are shown if it does not.
    pub parts: Vec<Ir>,
}

/// `expect error "code" in { .. }`
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Expectation {
    /// The code's place.
    pub at: At,
    /// The code.
    pub code: Symbol,
    /// The platform between the braces.
    pub body: Arc<BodyIr>,
    /// What the checker found in the braces: it counts as found.
    pub found: Vec<Diagnostic<At>>,
}

impl Checker<'_> {
    pub(super) fn test(&mut self, body: &Body) -> (CheckedCode, Ty) {
        let mut code = TestCode { assertions: Vec::new(), expectations: Vec::new() };
        let is_let = |one: &&Statement| matches!(one.kind, StatementKind::Let { .. });
        let lets: Vec<Statement> = body.statements.iter().filter(is_let).cloned().collect();
        self.declare_lets(&lets);
        for statement in &body.statements {
            let at = self.at(statement.node);
            match &statement.kind {
                StatementKind::Let { .. } => {}
                StatementKind::Assert(condition) => {
                    let ir = self.check(condition, &Ty::Scalar(Scalar::Bool));
                    let parts = self.parts(condition);
                    code.assertions.push(Assertion { at, condition: ir, parts });
                }
                StatementKind::Expect { code: expected, body } => {
                    let at = self.at(expected.node);
                    if rules::find(expected.name.as_str()).is_none() {
                        self.unknown_code(expected.name, at);
                    }
                    let expectation = self.expectation(expected.name, at, body);
                    code.expectations.push(expectation);
                }
                _ => self.report(
                    Diagnostic::new(
                        &rules::SYNTAX_UNEXPECTED,
                        at,
                        "a test consists of `let`, `assert` and `expect error`",
                    )
                    .help("to test a platform that is wrong, write it in `expect error \"code\" in { .. }`"),
                ),
            }
        }
        (CheckedCode::Test(Arc::new(code)), Ty::Error)
    }

    fn unknown_code(&mut self, code: Symbol, at: At) {
        let near = domain::nearest(code.as_str(), rules::ALL.iter().map(|rule| rule.code));
        let mut diagnostic = Diagnostic::new(&rules::NAME_UNKNOWN, at, format!("there is no rule `{code}`"));
        if let Some(near) = near {
            diagnostic = diagnostic.help(format!("did you mean `{near}`?"));
        }
        self.report(diagnostic);
    }

    fn expectation(&mut self, code: Symbol, at: At, body: &Body) -> Expectation {
        let platform = crate::scope::platform_schema(self.db).map_or(Ty::Error, Ty::Schema);
        let before = self.diagnostics.len();
        let context = self.context_copy();
        self.context.this = Some(platform.clone());
        let ir = self.body(body, &platform);
        self.context = context;
        let found = self.diagnostics.split_off(before.min(self.diagnostics.len()));
        Expectation { at, code, body: Arc::new(ir), found }
    }

    /// The parts of a condition whose values explain it.
    fn parts(&mut self, condition: &Expr) -> Vec<Ir> {
        let mut exprs: Vec<Expr> = Vec::new();
        visit(condition, &mut |expr| {
            let shown = matches!(
                *expr.kind,
                ExprKind::Name(_)
                    | ExprKind::Member { .. }
                    | ExprKind::Index(..)
                    | ExprKind::Call(..)
                    | ExprKind::Binary(..)
            );
            if shown && expr.node != condition.node {
                exprs.push(expr.clone());
            }
        });
        let mut parts = Vec::new();
        for expr in &exprs {
            let before = self.diagnostics.len();
            let typed = self.infer(expr);
            let clean = self.diagnostics.len() == before;
            self.diagnostics.truncate(before);
            if clean && !typed.ty.is_error() && !matches!(typed.ty, Ty::Function(_)) {
                parts.push(typed.ir);
            }
        }
        parts
    }
}
