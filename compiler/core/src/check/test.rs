//! Tests: assertions with the parts that are shown when they fail, and platforms that must be wrong.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use platform::property::{PROPERTIES, Property};

use super::call::{are, arguments};
use super::walk::visit;
use super::{Asks, CheckedCode, Checker, Typed};
use crate::hir::{Arg, Body, Expr, ExprKind, Node, Statement, StatementKind};
use crate::ir::{BodyIr, Ir, IrKind};
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
                    self.asks = Asks::Properties;
                    let ir = self.check(condition, &Ty::Scalar(Scalar::Bool));
                    let parts = self.parts(condition);
                    self.asks = Asks::Nothing;
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

    /// The property of a name, where one can be asked for.
    pub(super) fn property(&self, name: Symbol) -> Option<Property> {
        let asked = self.asks == Asks::Properties && !self.is_own_name(name);
        let row = PROPERTIES.iter().find(|(known, ..)| asked && *known == name.as_str());
        row.map(|(_, property, ..)| *property)
    }

    /// `reaches(a, b)`
    pub(super) fn call_property(&mut self, property: Property, args: &[Arg], node: Node) -> Typed {
        let row = PROPERTIES.iter().find(|(_, known, ..)| *known == property);
        let (name, count) = row.map_or(("", 0), |(name, _, count, _)| (*name, *count));
        if args.len() != count {
            let message = format!("`{name}` takes {}, and {} given", arguments(count), are(args.len()));
            self.report(Diagnostic::new(&rules::TYPE_ARGUMENTS, self.at(node), message));
            return self.error(node);
        }
        let ir = args.iter().map(|arg| self.infer(&arg.value).ir).collect();
        self.typed(node, IrKind::Property(property, ir), Ty::Scalar(Scalar::Bool))
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
        let platform = crate::scope::prelude_schemas(self.db).platform.map_or(Ty::Error, Ty::Schema);
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
