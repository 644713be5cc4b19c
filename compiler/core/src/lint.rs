//! Names that nothing uses.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, Fix, rules};
use rustc_hash::FxHashSet;

use crate::check::walk::{visit, visit_body, visit_text};
use crate::decl::code;
use crate::hir::{Body, CodeKind, Expr, ExprKind, Ident, Path, StatementKind, TypeExpr, TypeKind};
use crate::import;
use crate::keys::{self, At, Db, Decl, SourceFile};
use crate::published;
use crate::symbol::Symbol;

/// Whether a file's code mentions a name.
#[salsa::tracked]
fn mentioned(db: &dyn Db, file: SourceFile, name: Symbol) -> bool {
    crate::decl::decls(db, file).into_iter().any(|decl| mentions(db, decl).contains(&name))
}

/// Every name that one declaration mentions, those inside of it left out.
#[salsa::tracked]
fn mentions(db: &dyn Db, decl: Decl) -> FxHashSet<Symbol> {
    let mut found = FxHashSet::default();
    let Some(code) = code(db, decl) else {
        return found;
    };
    match &code.kind {
        CodeKind::File { imports, body, .. } => {
            imports.iter().filter_map(|import| import.ty.as_ref()).for_each(|ty| in_type(ty, &mut found));
            in_body(body, &mut found);
        }
        CodeKind::Let { ty, value, .. } => {
            ty.iter().for_each(|ty| in_type(ty, &mut found));
            in_expr(value, &mut found);
        }
        CodeKind::Type { ty, .. } => in_type(ty, &mut found),
        CodeKind::Fn { params, result, value, .. } => {
            params.iter().filter_map(|param| param.ty.as_ref()).for_each(|ty| in_type(ty, &mut found));
            params.iter().filter_map(|param| param.default.as_ref()).for_each(|value| in_expr(value, &mut found));
            result.iter().for_each(|ty| in_type(ty, &mut found));
            in_expr(value, &mut found);
        }
        CodeKind::Schema(schema) => {
            schema
                .base
                .iter()
                .chain(schema.inside.iter().map(|inside| &inside.1))
                .for_each(|path| in_path(path, &mut found));
            for field in &schema.fields {
                field.ty.iter().for_each(|ty| in_type(ty, &mut found));
                field.value.iter().for_each(|value| in_expr(value, &mut found));
            }
            for check in &schema.checks {
                in_expr(&check.condition, &mut found);
                in_expr(&check.message, &mut found);
            }
            in_body(&schema.body, &mut found);
        }
        CodeKind::Extend { path, body } => {
            found.extend(path.first().map(|name| name.name));
            in_body(body, &mut found);
        }
        CodeKind::Test { body, .. } | CodeKind::Block { body } => in_body(body, &mut found),
        CodeKind::Entry { value } => in_expr(value, &mut found),
    }
    found
}

fn in_path(path: &Path, found: &mut FxHashSet<Symbol>) {
    found.extend(path.names.first().map(|name| name.name));
}

fn in_type(ty: &TypeExpr, found: &mut FxHashSet<Symbol>) {
    match &*ty.kind {
        TypeKind::Path(path) => in_path(path, found),
        TypeKind::List(inner) | TypeKind::Keyed(_, inner) | TypeKind::Optional(inner) => in_type(inner, found),
        TypeKind::Where(inner, predicate, _) => {
            in_type(inner, found);
            in_expr(predicate, found);
        }
        TypeKind::Record { fields, rest } => {
            fields.iter().for_each(|field| in_type(&field.2, found));
            rest.iter().for_each(|(key, value)| {
                in_type(key, found);
                in_type(value, found);
            });
        }
        TypeKind::Union(members) => members.iter().for_each(|member| in_type(member, found)),
        TypeKind::Function(params, result) => {
            params.iter().for_each(|param| in_type(param, found));
            in_type(result, found);
        }
        _ => {}
    }
}

fn in_expr(expr: &Expr, found: &mut FxHashSet<Symbol>) {
    visit(expr, &mut |expr| note(expr, found));
}

fn in_body(body: &Body, found: &mut FxHashSet<Symbol>) {
    visit_body(body, &mut |expr| note(expr, found));
    heads(body, found);
}

/// The schemas that heads of blocks name.
fn heads(body: &Body, found: &mut FxHashSet<Symbol>) {
    for statement in &body.statements {
        match &statement.kind {
            StatementKind::Named { path, schema, name, .. } => {
                found.extend(path.first().map(|name| name.name));
                schema.iter().for_each(|path| in_path(path, found));
                visit_text(name, &mut |expr| note(expr, found));
            }
            StatementKind::Amend { body, .. } | StatementKind::For(_, body) | StatementKind::Expect { body, .. } => {
                heads(body, found);
            }
            StatementKind::If { then, otherwise, .. } => {
                heads(then, found);
                otherwise.iter().for_each(|body| heads(body, found));
            }
            StatementKind::Let { ty, .. } => ty.iter().for_each(|ty| in_type(ty, found)),
            _ => {}
        }
    }
}

fn note(expr: &Expr, found: &mut FxHashSet<Symbol>) {
    match &*expr.kind {
        ExprKind::Name(name) => {
            found.insert(*name);
        }
        ExprKind::Instance(path, body) => {
            in_path(path, found);
            heads(body, found);
        }
        ExprKind::Record(body) | ExprKind::With(_, body) => heads(body, found),
        ExprKind::Is { ty, .. } => in_type(ty, found),
        ExprKind::Lambda(params, _) => {
            params.iter().filter_map(|param| param.ty.as_ref()).for_each(|ty| in_type(ty, found));
        }
        ExprKind::Match(_, arms) => {
            for pattern in arms.iter().flat_map(|arm| &arm.patterns) {
                if let crate::hir::Pattern::Type(ty) = pattern {
                    in_type(ty, found);
                }
            }
        }
        _ => {}
    }
}

/// Imports whose name nothing mentions and whose file brings nothing by itself.
pub fn unused_imports(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<At>> {
    let decl = keys::file_decl(db, file);
    let mut found = Vec::new();
    if file.path(db).as_str() == import::PRELUDE {
        // Its imports are for everybody.
        return found;
    }
    for import in import::imports(db, file) {
        let name = match (&import.alias, import.module) {
            (Some(alias), _) => Some(alias.name),
            (None, true) => import.path.as_str().rsplit('/').next().map(Symbol::new),
            (None, false) => None,
        };
        if import::is_pattern(import.path.as_str()) {
            continue;
        }
        let targets = import::files(db, file, &import);
        let used = match name {
            Some(name) => *mentioned(db, file, name),
            None => false,
        };
        // The kinds of schemas have collections, whatever the name of the import.
        let kinds = name.is_none() && targets.iter().any(|target| published::types(db, *target).is_some());
        if used || kinds || targets.is_empty() || targets.iter().any(|target| brings(db, *target)) {
            continue;
        }
        let at = At { decl, node: import.node };
        let message = format!("nothing uses `{}`", import.path);
        let diagnostic = Diagnostic::new(&rules::IMPORT_UNUSED, at, message);
        found.push(match import::is_data(import.path.as_str()) && import.alias.is_none() {
            true => diagnostic.help(format!("give its data a name: `import \"{}\" as name`", import.path)),
            false => diagnostic.help("remove the import").fix(Fix::new("remove the import").edit(at, "")),
        });
    }
    found
}

/// Tests of one title.
pub fn duplicate_tests(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<At>> {
    let mut first: BTreeMap<Symbol, At> = BTreeMap::new();
    let mut found = Vec::new();
    for decl in crate::test::tests_of(db, file) {
        let code = code(db, decl);
        let Some(CodeKind::Test { name, .. }) = code.map(|code| &code.kind) else {
            continue;
        };
        let at = At { decl, node: name.node };
        let Some(earlier) = first.get(&name.name) else {
            first.insert(name.name, at);
            continue;
        };
        let message = format!("two tests of this file are called {:?}", name.name.as_str());
        let diagnostic = Diagnostic::new(&rules::NAME_DUPLICATE, at, message);
        found.push(diagnostic.also(*earlier, "first written here").help("give one of them another title"));
    }
    found
}

/// Whether a file adds to the platform by being imported.
fn brings(db: &dyn Db, file: SourceFile) -> bool {
    if import::is_data(file.path(db).as_str()) {
        return false;
    }
    match code(db, keys::file_decl(db, file)).map(|code| &code.kind) {
        Some(CodeKind::File { body, extends, tests, imports, .. }) => {
            !body.statements.is_empty()
                || !extends.is_empty()
                || !tests.is_empty()
                || imports.iter().any(|import| !import.module)
        }
        _ => false,
    }
}

/// Body `let`s that nothing uses.
pub fn unused_names(db: &dyn Db, decl: Decl) -> Vec<Diagnostic<At>> {
    match code(db, decl) {
        // Most blocks have none: nothing is remembered for them.
        Some(code) if code.has_lets => unused_lets(db, decl).clone(),
        _ => Vec::new(),
    }
}

#[salsa::tracked]
fn unused_lets(db: &dyn Db, decl: Decl) -> Vec<Diagnostic<At>> {
    let Some(code) = code(db, decl) else {
        return Vec::new();
    };
    let mut lets: Vec<Ident> = Vec::new();
    let mut in_values = |expr: &Expr| {
        if let ExprKind::Record(body) | ExprKind::Instance(_, body) | ExprKind::With(_, body) = &*expr.kind {
            lets_of(body, &mut lets);
        }
    };
    let body = match &code.kind {
        CodeKind::Let { value, .. } | CodeKind::Entry { value } | CodeKind::Fn { value, .. } => {
            visit(value, &mut in_values);
            None
        }
        CodeKind::Block { body } | CodeKind::Extend { body, .. } | CodeKind::Test { body, .. } => Some(body),
        CodeKind::File { body, .. } => Some(body),
        CodeKind::Schema(schema) => Some(&schema.body),
        CodeKind::Type { .. } => None,
    };
    if let Some(body) = body {
        visit_body(body, &mut in_values);
        lets_of(body, &mut lets);
    }
    if lets.is_empty() {
        return Vec::new();
    }
    let mut used = mentions(db, decl).clone();
    for inner in crate::decl::within(db, decl) {
        used.extend(mentions(db, inner).iter().copied());
    }
    let unused = lets.iter().filter(|name| !used.contains(&name.name) && !name.name.as_str().starts_with('_'));
    let found = unused.map(|name| {
        Diagnostic::new(&rules::LINT_UNUSED, At { decl, node: name.node }, format!("nothing uses `{}`", name.name))
            .help(format!("remove it, or call it `_{}` to keep it", name.name))
    });
    found.collect()
}

/// The `let`s of a body, those in its values left out.
fn lets_of(body: &Body, lets: &mut Vec<Ident>) {
    for statement in &body.statements {
        match &statement.kind {
            StatementKind::Let { name, .. } => lets.push(*name),
            StatementKind::Amend { body, .. } | StatementKind::For(_, body) => lets_of(body, lets),
            StatementKind::If { then, otherwise, .. } => {
                lets_of(then, lets);
                otherwise.iter().for_each(|body| lets_of(body, lets));
            }
            _ => {}
        }
    }
}
