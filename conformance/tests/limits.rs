//! Each limit of the specification holds: what is just within is accepted, and what is just beyond is one error.
//!
//! The steps of an evaluation are nobody's business: what is far within is accepted, and what is far beyond is an error.
//! Half a million instances take more time and memory than a test may.
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::fmt::Write as _;

use conformance::case::Source;
use conformance::command::{End, Implementation};
use conformance::observe::lay_out;
use conformance::parallel::map;

/// A limit: its name, the code of what is beyond, the greatest program within and one beyond.
struct Limit {
    name: &'static str,
    code: &'static str,
    within: String,
    beyond: String,
}

fn limit(name: &'static str, code: &'static str, program: impl Fn(usize) -> String, most: usize, more: usize) -> Limit {
    Limit { name, code, within: program(most), beyond: program(more) }
}

/// A value nested in brackets or braces.
fn nested(open: &str, close: &str, count: usize) -> String {
    format!("output a: {}1{}\n", open.repeat(count), close.repeat(count))
}

/// A template that is changed so many times.
fn changed(times: usize) -> String {
    let mut text = "schema S { n: Int = 0 }\nlet s0 = S {}\n".to_owned();
    let mut name = 0;
    for done in (0..times).step_by(100) {
        let changes = " with { n: 1 }".repeat((times - done).min(100));
        let _ = writeln!(text, "let s{} = s{name}{changes}", name + 1);
        name += 1;
    }
    let _ = writeln!(text, "output a: s{name}");
    text
}

/// An instance whose defaults bring 100,000 instances, itself among them, and so many more.
fn brought(more: usize) -> String {
    let fields = |count: usize, of: &str| {
        (0..count).map(|number| format!("f{number}: {of} = {of} {{}}")).collect::<Vec<_>>().join(", ")
    };
    let mut text = "schema S0 {}\n".to_owned();
    for level in 1..5 {
        let _ = writeln!(text, "schema S{level} {{ {} }}", fields(10, &format!("S{}", level - 1)));
    }
    let extra = (0..more).map(|number| format!(", x{number}: S0 = S0 {{}}")).collect::<String>();
    let _ = writeln!(text, "schema R {{ {}{extra} }}\noutput a: R {{}}", fields(9, "S4"));
    text
}

/// A platform of one collection.
fn entries(schemas: usize, count: usize) -> String {
    let schema = "schema S { n: Int = 1 }\n".repeat(schemas);
    format!("{schema}schema F {{ each s: S }}\noutput f: F {{ for n in 1..{count} {{ s \"s\\(n)\" {{}} }} }}\n")
}

fn limits() -> Vec<Limit> {
    let (deep, limited) = ("syntax/too-deep", "eval/limit");
    vec![
        limit("brackets", deep, |count| nested("[", "]", count), 199, 200),
        limit("parentheses", deep, |count| nested("(", ")", count), 199, 200),
        limit("records", deep, |count| nested("{ a: ", " }", count), 99, 100),
        limit("types", deep, |count| format!("let a: {}Int{} = []\n", "[".repeat(count), "]".repeat(count)), 199, 200),
        limit("operators", deep, |count| format!("output a: 1{}\n", " + 1".repeat(count)), 200, 201),
        limit("accesses", deep, |count| format!("let a: Any = {{}}\noutput b: a{}\n", "?.a".repeat(count)), 200, 400),
        limit(
            "elements",
            limited,
            |count| format!("output a: (1..{count}).map((n) => n).size()\n"),
            1_000_000,
            1_000_001,
        ),
        limit("texts", limited, |count| format!("output a: \"a\".repeat({count}).size()\n"), 64 << 20, (64 << 20) + 1),
        limit(
            "values in a value",
            limited,
            |count| {
                let lists = "let xs = (1..999999).to-list()\noutput a: [xs, xs, xs, xs, xs, xs, xs, ys].size()\n";
                // Each list is a value too, and so is the list of them.
                format!("let ys = (1..{}).to-list()\n{lists}", count - 7_000_002)
            },
            8_000_000,
            8_000_001,
        ),
        limit(
            "values nested in values",
            limited,
            |count| format!("let start: Any = 1\noutput a: (1..{count}).fold(start, (sum, n) => [sum]) is [Any]\n"),
            400,
            401,
        ),
        limit(
            "instances in instances",
            limited,
            |count| {
                // The platform is the first, and the output the second.
                let inner = format!("(1..{}).fold(S {{}}, (sum, n) => S {{ inner: sum }})", count - 2);
                format!("schema S {{ inner?: S }}\nlet deep = {inner}\noutput a: deep\n")
            },
            100,
            101,
        ),
        limit("instances by default", limited, |count| brought(count - 100_000), 100_000, 100_001),
        // A body of the schema, and one of `S {}`.
        limit("bodies of an instance", limited, |count| changed(count - 2), 1_000, 1_001),
        limit("entries", limited, |count| entries(1, count), 250_000, 250_001),
        limit(
            "steps of a platform",
            limited,
            |count| {
                format!(
                    "schema S {{ n: Int = (1..2000).map((k) => (1..500).map((m) => k * m).sum()).sum() }}\n{}",
                    entries(0, count)
                )
            },
            5,
            60,
        ),
        limit(
            "steps",
            limited,
            |count| format!("output a: (1..{count}).map((n) => (1..{count}).map((m) => n * m).sum()).sum()\n"),
            1_000,
            4_000,
        ),
    ]
}

#[test]
fn limits_hold() {
    let implementation = Implementation::locate().expect("an implementation");
    let wrong = map(&limits(), |limit| {
        let check = |text: &str| {
            let directory = tempfile::tempdir().expect("a directory");
            let source = Source { path: "main.pl".into(), text: text.to_owned() };
            lay_out(directory.path(), &[source]).expect("a file");
            implementation.run(directory.path(), &["check", "main.pl"], "").expect("an answer")
        };
        let (within, beyond) = (check(&limit.within), check(&limit.beyond));
        if within.end != End::Clean {
            return Some(format!("{}: within the limit is found\n{}", limit.name, within.err));
        }
        let is_told = beyond.end == End::Findings && beyond.err.matches("error[").count() == 1;
        let is_meant = beyond.err.contains(&format!("error[{}]", limit.code));
        (!is_told || !is_meant).then(|| format!("{}: beyond the limit is found\n{}", limit.name, beyond.err))
    });
    let wrong: Vec<String> = wrong.into_iter().flatten().collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
