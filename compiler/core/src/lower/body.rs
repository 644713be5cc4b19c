//! Bodies and their statements.

use syntax::ast::{self, Documented, View};

use super::Lowerer;
use crate::hir::{Body, Check, Code, CodeKind, For, Ident, NamedForm, Piece, Statement, StatementKind, Text};
use crate::symbol::Symbol;

impl Lowerer<'_> {
    pub(super) fn body(&mut self, body: ast::Body<'_>) -> Body {
        let node = self.node(body.range());
        Body { node, statements: body.statements().filter_map(|statement| self.statement(statement)).collect() }
    }

    pub(super) fn body_or_empty(&mut self, body: Option<ast::Body<'_>>) -> Body {
        body.map_or_else(Body::default, |body| self.body(body))
    }

    pub(super) fn statement(&mut self, statement: ast::Statement<'_>) -> Option<Statement> {
        let attributes = self.attributes(statement.attributes());
        let (range, kind) = match statement {
            ast::Statement::Write(write) if computed(write.keys().last()) => {
                return self.computed_write(write, attributes);
            }
            ast::Statement::Write(write) => {
                let path = write.keys().map(|key| self.key(key)).collect();
                let range = write.path().map_or(write.range(), |path| path.range());
                (range, StatementKind::Write { path, value: self.expr_or_missing(write.value()) })
            }
            ast::Statement::Block(block) => return self.block(block, attributes),
            ast::Statement::Entry(entry) => return self.entry(entry, attributes),
            ast::Statement::If(statement) => (statement.range(), self.if_statement(statement)),
            ast::Statement::For(statement) => {
                let variables: Vec<_> = statement.variables().collect();
                let head = self.for_head(&variables, statement.iterable(), statement.filter())?;
                (statement.range(), StatementKind::For(head.into(), self.body_or_empty(statement.body())))
            }
            ast::Statement::Let(item) => {
                self.unit.has_lets = true;
                let name = self.ident(item.name()?);
                let ty = item.ty().map(|ty| self.ty(ty));
                (item.range(), StatementKind::Let { name, ty, value: self.expr_or_missing(item.value()) })
            }
            ast::Statement::Spread(spread) => {
                (spread.range(), StatementKind::Spread(self.expr_or_missing(spread.value())))
            }
            ast::Statement::Check(check) => (check.range(), StatementKind::Check(self.check(check))),
            ast::Statement::Assert(assert) => {
                (assert.range(), StatementKind::Assert(self.expr_or_missing(assert.condition())))
            }
            ast::Statement::ExpectError(expect) => {
                let code = expect.code();
                let node = self.node(code.map_or(expect.range(), |code| code.range()));
                let name = Symbol::new(&code.and_then(|code| code.plain()).unwrap_or_default());
                let body = self.body_or_empty(expect.body());
                (expect.range(), StatementKind::Expect { code: Ident { node, name }, body })
            }
        };
        Some(Statement { node: self.node(range), attributes, kind })
    }

    /// `"key-\(n)": value`: a key that is computed is the name of an entry.
    fn computed_write(&mut self, write: ast::Write<'_>, attributes: Box<[crate::hir::Attribute]>) -> Option<Statement> {
        let mut keys: Vec<_> = write.keys().collect();
        let key = keys.pop()?;
        let node = self.node(write.path().map_or(write.range(), |path| path.range()));
        let path: Box<[Ident]> = keys.iter().map(|key| self.key(*key)).collect();
        let name = Box::new(self.block_name(key));
        let decl = self.unit(&head_text(&keys, key), write.range(), |lowerer| {
            lowerer.node(write.range());
            let value = lowerer.expr_or_missing(write.value());
            Code::of(CodeKind::Entry { value })
        });
        let kind = StatementKind::Named { path, name, schema: None, decl, form: NamedForm::Value };
        Some(Statement { node, attributes, kind })
    }

    fn if_statement(&mut self, statement: ast::If<'_>) -> StatementKind {
        let condition = self.expr_or_missing(statement.condition());
        let then = self.body_or_empty(statement.body());
        let otherwise = statement.otherwise().map(|branch| match branch {
            ast::ElseBranch::Body(body) => self.body(body),
            ast::ElseBranch::If(inner) => {
                let node = self.node(inner.range());
                let kind = self.if_statement(inner);
                let statement = Statement { node, attributes: Box::default(), kind };
                Body { node, statements: [statement].into() }
            }
        });
        StatementKind::If { condition, then, otherwise: otherwise.map(Box::new) }
    }

    pub(super) fn for_head(
        &mut self,
        variables: &[ast::Name<'_>],
        list: Option<ast::Expr<'_>>,
        condition: Option<ast::Expr<'_>>,
    ) -> Option<For> {
        let first = self.ident(*variables.first()?);
        let second = variables.get(1).map(|name| self.ident(*name));
        let list = self.expr_or_missing(list);
        let condition = condition.map(|condition| self.expr(condition));
        Some(For { first, second, list, condition })
    }

    fn block(&mut self, block: ast::Block<'_>, attributes: Box<[crate::hir::Attribute]>) -> Option<Statement> {
        let keys: Vec<_> = block.keys().collect();
        let head = match (block.path(), block.name()) {
            (Some(path), Some(name)) => path.range().cover(name.range()),
            (Some(path), None) => path.range(),
            _ => block.range(),
        };
        let node = self.node(block.name().map_or(head, |name| name.range()));
        let path: Box<[Ident]> = keys.iter().map(|key| self.key(*key)).collect();
        let Some(name) = block.name() else {
            let body = self.body_or_empty(block.body());
            return Some(Statement { node, attributes, kind: StatementKind::Amend { path, body } });
        };
        let text = head_text(&keys, name);
        let name_range = name.range();
        let name = Box::new(self.block_name(name));
        let decl = self.unit(&text, block.range(), |lowerer| {
            // The declaration is shown by its name; all of it is the node after that.
            lowerer.unit.ranges.clear();
            lowerer.node(name_range);
            lowerer.node(block.range());
            let body = lowerer.body_or_empty(block.body());
            lowerer.code(block, CodeKind::Block { body })
        });
        let kind = StatementKind::Named { path, name, schema: None, decl, form: NamedForm::Block };
        Some(Statement { node, attributes, kind })
    }

    fn entry(&mut self, entry: ast::Entry<'_>, attributes: Box<[crate::hir::Attribute]>) -> Option<Statement> {
        let keys: Vec<_> = entry.keys().collect();
        let key = entry.name()?;
        let node = self.node(key.range());
        let path: Box<[Ident]> = keys.iter().map(|key| self.key(*key)).collect();
        let name = Box::new(self.block_name(key));
        let value_range = match entry.value() {
            Some(ast::Expr::Instance(instance)) => instance.path().map_or(entry.range(), |path| path.range()),
            Some(value) => value.range(),
            None => key.range(),
        };
        let is_null = matches!(entry.value(), Some(ast::Expr::Null(_)));
        let (schema, instance) = match entry.value() {
            // `name: Schema { .. }` is a block whose schema is said after its name.
            Some(ast::Expr::Instance(instance)) => (instance.path().map(|path| self.path(path)), instance.body()),
            _ => (None, None),
        };
        let decl = self.unit(&head_text(&keys, key), entry.range(), |lowerer| {
            // The declaration is shown by its value's beginning; all of it is the node after that.
            lowerer.unit.ranges.clear();
            lowerer.node(value_range);
            lowerer.node(entry.range());
            if schema.is_some() {
                let body = lowerer.body_or_empty(instance);
                return Code::of(CodeKind::Block { body });
            }
            let value = lowerer.expr_or_missing(entry.value());
            Code::of(CodeKind::Entry { value })
        });
        let form = match (is_null, &schema) {
            (true, _) => NamedForm::Null,
            (_, Some(_)) => NamedForm::Block,
            _ => NamedForm::Value,
        };
        Some(Statement {
            node,
            attributes,
            kind: StatementKind::Named { path, name, schema: schema.map(Box::new), decl, form },
        })
    }

    /// The name of a block: plain, or a string that may be computed.
    fn block_name(&mut self, key: ast::Key<'_>) -> Text {
        match key {
            ast::Key::Name(name) => {
                let node = self.node(name.range());
                Text { node, pieces: vec![Piece::Text(name.text().into())], foreign: Vec::new() }
            }
            ast::Key::String(string) => self.text(string),
        }
    }

    pub(super) fn check(&mut self, check: ast::Check<'_>) -> Check {
        Check {
            node: self.node(check.range()),
            condition: self.expr_or_missing(check.condition()),
            message: self.expr_or_missing(check.message()),
        }
    }
}

/// Whether a key has an interpolation.
fn computed(key: Option<ast::Key<'_>>) -> bool {
    matches!(key, Some(ast::Key::String(string)) if string.plain().is_none())
}

fn head_text(keys: &[ast::Key<'_>], name: ast::Key<'_>) -> String {
    let path = keys.iter().map(|key| key.text().unwrap_or_default()).collect::<Vec<_>>().join(".");
    let name = name.text().unwrap_or_else(|| "\\()".to_string());
    format!("{path} {name}")
}
