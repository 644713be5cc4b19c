//! Random expressions, written with no more brackets than the specification's table of operators demands, have the value
//! that this file computes for them on its own.
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fmt::Write;

use conformance::case::Source;
use conformance::command::{End, Implementation};
use conformance::observe::lay_out;
use proptest::prelude::*;
use proptest::strategy::ValueTree;
use proptest::test_runner::TestRunner;

/// A value of the expressions here.
#[derive(Debug, Clone, Copy, PartialEq)]
enum Value {
    Int(i64),
    Bool(bool),
}

#[derive(Debug, Clone)]
enum Expr {
    Value(Value),
    Negate(Box<Expr>),
    Not(Box<Expr>),
    Binary(&'static str, Box<Expr>, Box<Expr>),
    If(Box<Expr>, Box<Expr>, Box<Expr>),
}

/// The operators with their level in the specification's table, the loosest first.
const LEVELS: [(&str, u32); 13] = [
    ("or", 1),
    ("and", 2),
    ("==", 4),
    ("!=", 4),
    ("<", 4),
    ("<=", 4),
    (">", 4),
    (">=", 4),
    ("+", 7),
    ("-", 7),
    ("*", 8),
    ("%", 8),
    ("not", 3),
];
const NEGATE: u32 = 9;
const COMPARISON: u32 = 4;

fn level(operator: &str) -> u32 {
    LEVELS.iter().find(|(other, _)| *other == operator).map_or(0, |(_, level)| *level)
}

/// The expression, in brackets where it stands below `least`.
fn write(expr: &Expr, least: u32, out: &mut String) {
    let own = match expr {
        Expr::Value(Value::Int(number)) if *number < 0 => NEGATE,
        Expr::Value(_) => u32::MAX,
        Expr::Negate(_) => NEGATE,
        Expr::Not(_) => level("not"),
        Expr::Binary(operator, ..) => level(operator),
        Expr::If(..) => 0,
    };
    let brackets = own < least;
    if brackets {
        out.push('(');
    }
    write_bare(expr, own, out);
    if brackets {
        out.push(')');
    }
}

fn write_bare(expr: &Expr, own: u32, out: &mut String) {
    match expr {
        Expr::Value(Value::Int(number)) => _ = write!(out, "{number}"),
        Expr::Value(Value::Bool(truth)) => _ = write!(out, "{truth}"),
        Expr::Negate(inner) => {
            out.push('-');
            write(inner, own + 1, out);
        }
        Expr::Not(inner) => {
            out.push_str("not ");
            write(inner, own, out);
        }
        Expr::Binary(operator, left, right) => {
            // Comparisons do not chain; everything else associates to the left.
            write(left, if own == COMPARISON { own + 1 } else { own }, out);
            _ = write!(out, " {operator} ");
            write(right, own + 1, out);
        }
        Expr::If(condition, then, otherwise) => {
            out.push_str("if ");
            write(condition, 0, out);
            out.push_str(" then ");
            write(then, 0, out);
            out.push_str(" else ");
            write(otherwise, 0, out);
        }
    }
}

/// The value; none where the arithmetic has none.
fn value(expr: &Expr) -> Option<Value> {
    use Value::{Bool, Int};
    Some(match expr {
        Expr::Value(value) => *value,
        Expr::Negate(inner) => match value(inner)? {
            Int(number) => Int(number.checked_neg()?),
            Bool(_) => return None,
        },
        Expr::Not(inner) => Bool(value(inner)? == Bool(false)),
        Expr::Binary("and", left, right) => match value(left)? {
            Bool(true) => value(right)?,
            decided => decided,
        },
        Expr::Binary("or", left, right) => match value(left)? {
            Bool(false) => value(right)?,
            decided => decided,
        },
        Expr::Binary("==", left, right) => Bool(value(left)? == value(right)?),
        Expr::Binary("!=", left, right) => Bool(value(left)? != value(right)?),
        Expr::Binary(operator, left, right) => match (value(left)?, value(right)?) {
            (Int(left), Int(right)) => numbers(operator, left, right)?,
            _ => return None,
        },
        Expr::If(condition, then, otherwise) => match value(condition)? {
            Bool(true) => value(then)?,
            _ => value(otherwise)?,
        },
    })
}

fn numbers(operator: &str, left: i64, right: i64) -> Option<Value> {
    Some(match operator {
        "+" => Value::Int(left.checked_add(right)?),
        "-" => Value::Int(left.checked_sub(right)?),
        "*" => Value::Int(left.checked_mul(right)?),
        "%" => Value::Int(left.checked_rem_euclid(right)?),
        "<" => Value::Bool(left < right),
        "<=" => Value::Bool(left <= right),
        ">" => Value::Bool(left > right),
        _ => Value::Bool(left >= right),
    })
}

fn binary(
    operators: &'static [&'static str],
    operands: impl Strategy<Value = Expr> + Clone,
) -> impl Strategy<Value = Expr> {
    (prop::sample::select(operators), operands.clone(), operands)
        .prop_map(|(operator, left, right)| Expr::Binary(operator, Box::new(left), Box::new(right)))
}

/// Expressions of numbers, and of truths over them, so many levels deep.
fn expressions(depth: u32) -> (BoxedStrategy<Expr>, BoxedStrategy<Expr>) {
    let number = (-20_i64..100).prop_map(|number| Expr::Value(Value::Int(number))).boxed();
    let truth = any::<bool>().prop_map(|truth| Expr::Value(Value::Bool(truth))).boxed();
    if depth == 0 {
        return (number, truth);
    }
    let (numbers, truths) = expressions(depth - 1);
    let choice = |results: &BoxedStrategy<Expr>| {
        (truths.clone(), results.clone(), results.clone())
            .prop_map(|(condition, then, otherwise)| Expr::If(Box::new(condition), Box::new(then), Box::new(otherwise)))
    };
    let some_number = prop_oneof![
        number,
        binary(&["+", "-", "*", "%"], numbers.clone()),
        numbers.clone().prop_map(|inner| Expr::Negate(Box::new(inner))),
        choice(&numbers),
    ];
    let some_truth = prop_oneof![
        truth,
        binary(&["and", "or", "==", "!="], truths.clone()),
        binary(&["==", "!=", "<", "<=", ">", ">="], numbers.clone()),
        truths.clone().prop_map(|inner| Expr::Not(Box::new(inner))),
        choice(&truths),
    ];
    (some_number.boxed(), some_truth.boxed())
}

#[test]
fn operators_bind_and_compute_as_specified() {
    let implementation = Implementation::locate().expect("an implementation");
    let (numbers, truths) = expressions(4);
    let any = prop_oneof![numbers, truths];
    let mut runner = TestRunner::deterministic();
    let mut expected = BTreeMap::new();
    let mut text = String::new();
    while expected.len() < 500 {
        let expr = any.new_tree(&mut runner).expect("an expression").current();
        let Some(value) = value(&expr) else { continue };
        let name = format!("value-{}", expected.len());
        _ = write!(text, "output {name}: ");
        write(&expr, 0, &mut text);
        text.push('\n');
        let shown = match value {
            Value::Int(number) => number.to_string(),
            Value::Bool(truth) => truth.to_string(),
        };
        expected.insert(name, shown);
    }
    let directory = tempfile::tempdir().expect("a directory");
    let source = Source { path: "main.pl".to_owned(), text: text.clone() };
    lay_out(directory.path(), &[source]).expect("writes");
    let answer = implementation.run(directory.path(), &["build", "main.pl"], "").expect("runs");
    assert_eq!(answer.end, End::Clean, "{}", answer.err);
    let pairs = answer.out.lines().filter_map(|line| line.split_once(": "));
    let observed: BTreeMap<String, String> = pairs.map(|(name, value)| (name.to_owned(), value.to_owned())).collect();
    for (index, line) in text.lines().enumerate() {
        let name = format!("value-{index}");
        assert_eq!(observed.get(&name), expected.get(&name), "{line}");
    }
}
