//! Running tests, and single expressions.

use std::rc::Rc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::check::{self, Assertion, CheckedCode, Expectation};
use crate::decl::code;
use crate::eval::difference::{difference, shown};
use crate::eval::{Evaluator, Finished};
use crate::hir::CodeKind;
use crate::ir::{Ir, IrKind};
use crate::keys::{self, At, Db, Decl, Home, SourceFile, Step};
use crate::scope;
use crate::value::{Env, Value};

/// How a test ended.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TestResult {
    /// Its title.
    pub title: String,
    /// What failed; nothing, if it passed.
    pub failures: Vec<Diagnostic<diagnostics::Span>>,
}

/// For what nothing could be chosen, by the platform of an expectation.
pub type Refused = FxHashMap<Home, Vec<Diagnostic<At>>>;

/// The tests of a file.
pub fn tests_of(db: &dyn Db, file: SourceFile) -> Vec<Decl> {
    match code(db, keys::file_decl(db, file)).map(|code| &code.kind) {
        Some(CodeKind::File { tests, .. }) => tests.clone(),
        _ => Vec::new(),
    }
}

/// The platforms of which tests expect something.
pub fn expected(db: &dyn Db) -> Vec<Home> {
    let tests = scope::platform_files(db).iter().flat_map(|file| tests_of(db, *file)).collect::<Vec<_>>();
    let homes = tests.into_iter().flat_map(|test| {
        let count = match &check::checked(db, test).code {
            CheckedCode::Test(code) => code.expectations.len() as u32,
            _ => 0,
        };
        (0..count).map(move |nth| keys::home(db, None, Step::Expect(test, nth)))
    });
    homes.collect()
}

/// The title of a test.
pub fn title(db: &dyn Db, test: Decl) -> String {
    match code(db, test).map(|code| &code.kind) {
        Some(CodeKind::Test { name, .. }) => name.name.to_string(),
        _ => String::new(),
    }
}

/// Runs a test.
pub fn run(db: &dyn Db, test: Decl, refused: &Refused) -> TestResult {
    let mut failures = check::checked(db, test).diagnostics.clone();
    if let CheckedCode::Test(code) = &check::checked(db, test).code {
        let finished = Rc::new(Finished::default());
        for assertion in &code.assertions {
            failures.extend(run_assertion(db, assertion, &finished));
        }
        for (nth, expectation) in code.expectations.iter().enumerate() {
            failures.extend(run_expectation(db, test, nth as u32, expectation, refused));
        }
    }
    // Where the steps ran out, nothing is known to hold.
    failures.extend(db.budget().finding());
    let failures = failures.into_iter().map(|failure| failure.map_place(|at| crate::decl::span(db, at))).collect();
    TestResult { title: title(db, test), failures }
}

fn run_assertion(db: &dyn Db, assertion: &Assertion, finished: &Rc<Finished>) -> Vec<Diagnostic<At>> {
    let mut evaluator = Evaluator::of_test(db, finished.clone());
    let value = evaluator.eval(&assertion.condition, &Env::default());
    if value == Value::Bool(true) {
        return Vec::new();
    }
    if value.is_error() {
        return evaluator.into_diagnostics();
    }
    // Why a property was found says more than that it is false.
    let (property, places) = finished.take_said().map_or((None, Vec::new()), |(why, places)| (Some(why), places));
    let said = property.or_else(|| why(&mut evaluator, &assertion.condition));
    let message = said.map_or("this does not hold".to_string(), |said| format!("this does not hold: {said}"));
    let mut failure = Diagnostic::new(&rules::TEST_FAILED, assertion.condition.at, message);
    failure = places.into_iter().fold(failure, |failure, (at, text)| failure.also(at, text));
    for part in &assertion.parts {
        let value = evaluator.eval(part, &Env::default());
        if matches!(value, Value::Instance(_) | Value::Collection(..) | Value::Function(_)) {
            continue;
        }
        if let Some(text) = shown(&mut evaluator, &value) {
            failure = failure.also(part.at, format!("is {text}"));
        }
    }
    vec![failure]
}

/// Why a comparison does not hold, in words; of several, the first that does not.
fn why(evaluator: &mut Evaluator<'_>, condition: &Ir) -> Option<String> {
    let mut value = |ir: &Ir| evaluator.eval(ir, &Env::default());
    match &condition.kind {
        IrKind::And(one, other) => {
            let failed = if value(one) == Value::Bool(true) { other } else { one };
            why(evaluator, failed)
        }
        IrKind::Equal(one, _, true) => {
            let value = value(one);
            shown(evaluator, &value).map(|text| format!("both are {text}"))
        }
        IrKind::Equal(one, other, false) => {
            let (left, right) = (value(one), value(other));
            difference(evaluator, &left, &right)
        }
        IrKind::Compare(_, _, one, other) | IrKind::In(one, other) => {
            let (left, right) = (value(one), value(other));
            Some(format!("left is {}, right is {}", shown(evaluator, &left)?, shown(evaluator, &right)?))
        }
        _ => None,
    }
}

fn run_expectation(
    db: &dyn Db,
    test: Decl,
    nth: u32,
    expectation: &Expectation,
    refused: &Refused,
) -> Vec<Diagnostic<At>> {
    let mut found = expectation.found.clone();
    let root = keys::home(db, None, Step::Expect(test, nth));
    let silent =
        crate::findings::platform_diagnostics(db, root, crate::findings::Rules::All(1), &mut found).unexplained;
    if found.is_empty() {
        found.extend(silent);
        found.extend(refused.get(&root).into_iter().flatten().cloned());
    }
    for decl in crate::decl::within(db, test).into_iter().skip(1) {
        found.extend(check::checked(db, decl).diagnostics.iter().cloned());
    }
    if found.iter().any(|diagnostic| diagnostic.rule.code == expectation.code.as_str()) {
        return Vec::new();
    }
    let message = format!("`{}` is not found here", expectation.code);
    let mut failure = Diagnostic::new(&rules::TEST_NO_ERROR, expectation.at, message);
    for other in &found {
        failure = failure.also(other.at, format!("found instead: {}: {}", other.rule.code, other.message));
    }
    if found.is_empty() {
        failure = failure.help("the platform between the braces is right");
    }
    vec![failure]
}

/// What stands behind an expression, where nothing may.
pub fn beyond_expression(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<At>> {
    let decl = keys::file_decl(db, file);
    let code = code(db, decl);
    let Some(CodeKind::File { imports, names, extends, tests, body }) = code.map(|code| &code.kind) else {
        return Vec::new();
    };
    let node = names.get(1).map(|name| name.0.node).or(body.statements.first().map(|statement| statement.node));
    let more = imports.first().map(|import| import.node).or(node);
    let node = more.or((!extends.is_empty() || !tests.is_empty()).then_some(0));
    let found = node.map(|node| {
        Diagnostic::new(&rules::SYNTAX_UNEXPECTED, At { decl, node }, "one expression is due, and this is more")
            .help("to use declarations, write them into a file and name it: `platc eval FILE -e EXPR`")
    });
    found.into_iter().collect()
}

/// The value of the one `let` of an expression's file.
pub fn evaluate(db: &dyn Db, file: SourceFile) -> (Value, Vec<Diagnostic<At>>) {
    let code = code(db, keys::file_decl(db, file));
    let Some(CodeKind::File { names, .. }) = code.map(|code| &code.kind) else {
        return (Value::Error, Vec::new());
    };
    let Some((_, decl)) = names.first() else {
        return (Value::Error, Vec::new());
    };
    let checked = check::checked(db, *decl);
    let mut diagnostics = checked.diagnostics.clone();
    let CheckedCode::Value(ir) = &checked.code else {
        return (Value::Error, diagnostics);
    };
    let mut evaluator = Evaluator::new(db);
    let value = evaluator.eval(ir, &Env::default());
    let value = match value {
        Value::Instance(crate::value::This::Placed(home)) => evaluator.written_out(home),
        value => evaluator.force(value),
    };
    diagnostics.extend(evaluator.into_diagnostics());
    (value, diagnostics)
}
