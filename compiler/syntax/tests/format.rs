//! The formatter: what it does to lines, and what it must never do.

mod common;

use common::{SAMPLE, outline};
use proptest::prelude::*;
use syntax::{SyntaxKind, Tree, format, parse};

fn check(written: &str, expected: &str) {
    assert_eq!(format(written).as_deref(), Some(expected));
    assert_eq!(format(expected).as_deref(), Some(expected), "a second time");
}

#[test]
fn the_sample_is_in_canonical_style() {
    assert_eq!(format(SAMPLE).as_deref(), Some(SAMPLE));
}

#[test]
fn a_text_with_errors_is_left_alone() {
    assert_eq!(format("a: ["), None);
}

#[test]
fn nothing_stays_nothing() {
    check("", "");
    check("\n\n", "");
    check("  // only this", "// only this\n");
}

#[test]
fn blanks_are_as_everywhere() {
    check("a:1+2*-3\nb . c :[1 ,2,]\nd{e:f(1,x:2)[0]}", "a: 1 + 2 * -3\nb.c: [1, 2]\nd { e: f(1, x: 2)[0] }\n");
    check("x: 1 .. 5, y: a?.b ?? c", "x: 1..5\ny: a?.b ?? c\n");
    check("x:(a,b:Int)=>a", "x: (a, b: Int) => a\n");
    check("@allow ( \"a\" ) host x { }", "@allow(\"a\") host x {}\n");
    check(
        "type A=Int ?|[ String ]\nfn f ( a:Int=1 )->( Int )->A=a",
        "type A = Int? | [String]\nfn f(a: Int = 1) -> (Int) -> A = a\n",
    );
    check("type A = {  String : Int }\ntype B = {a?:Int}", "type A = {String: Int}\ntype B = { a?: Int }\n");
    check("import std / k3s  as  k", "import std/k3s as k\n");
}

#[test]
fn lines_are_indented_by_two() {
    check("a {\nb {\n\t\tc: 1\n}\n      d: 2\n}\n", "a {\n  b {\n    c: 1\n  }\n  d: 2\n}\n");
    check("x: a\n+ b\n      .c", "x: a\n  + b\n  .c\n");
}

#[test]
fn one_blank_line_is_kept_between_entries_only() {
    check("a: 1\n\n\n\nb: 2\n\n", "a: 1\n\nb: 2\n");
    check("a {\n\n  b: 1\n\n}", "a {\n  b: 1\n}\n");
}

#[test]
fn entries_on_lines_of_their_own_have_no_commas_but_in_lists() {
    check("a {\n  b: 1,\n  c: 2, d: 3\n}", "a {\n  b: 1\n  c: 2\n  d: 3\n}\n");
    check("x: [\n1\n2, 3]", "x: [\n  1,\n  2,\n  3,\n]\n");
    check("x: f(\n1, 2)", "x: f(\n  1,\n  2,\n)\n");
}

#[test]
fn brackets_may_hug_what_they_hold() {
    check("x: f(a, {\nb: 1\n})", "x: f(a, {\n  b: 1\n})\n");
    check("x: [{\nb: 1\n}, {\nc: 2}]", "x: [{\n  b: 1\n}, {\n  c: 2\n}]\n");
}

#[test]
fn what_is_too_long_is_broken() {
    let long = "x".repeat(60);
    check(&format!("a {{ b: {long}, c: {long} }}"), &format!("a {{\n  b: {long}\n  c: {long}\n}}\n"));
    check(&format!("a: [{long}, {long}]"), &format!("a: [\n  {long},\n  {long},\n]\n"));
    check(&format!("a: f({long}, b: {long}).c"), &format!("a: f(\n  {long},\n  b: {long},\n).c\n"));
}

#[test]
fn brackets_that_hold_only_brackets_break_inside() {
    let long = "x".repeat(60);
    check(&format!("a: [{{ b: {long}, c: {long} }}]"), &format!("a: [{{\n  b: {long}\n  c: {long}\n}}]\n"));
}

#[test]
fn else_stands_beside_its_brace() {
    check("if a {\nb: 1 }\nelse {\nc: 2\n}", "if a {\n  b: 1\n} else {\n  c: 2\n}\n");
}

#[test]
fn a_comma_that_means_something_stays() {
    check("if a {\nb: 1\n},\nelse {\nc: 2\n}", "if a {\n  b: 1\n},\nelse {\n  c: 2\n}\n");
}

#[test]
fn comments_stay_where_they_were() {
    check("// a\n\n//! b\nx: 1    // c\n  // d\n\n\n// e", "// a\n\n//! b\nx: 1 // c\n// d\n\n// e\n");
    check("x {// a\n// b\n}", "x { // a\n  // b\n}\n");
    check("x: [1 // a\n, // b\n2]", "x: [\n  1, // a\n  // b\n  2,\n]\n");
    check("x: 1 + // a\n  2", "x: 1 + // a\n  2\n");
    check("x: [ // a\n]", "x: [ // a\n]\n");
}

#[test]
fn comments_of_neighbouring_lines_stand_below_each_other() {
    check("a: 1 // x\nbcd: 22 // y\n\ne: 1 // z", "a: 1    // x\nbcd: 22 // y\n\ne: 1 // z\n");
}

#[test]
fn strings_are_never_touched() {
    check("a {\n x: \"\"\"\n  a\n   b \\( c )\n  \"\"\"\n}", "a {\n  x: \"\"\"\n  a\n   b \\( c )\n  \"\"\"\n}\n");
    check("x: \"a  \\(  b  )\"", "x: \"a  \\(  b  )\"\n");
}

#[test]
fn line_ends_become_plain() {
    check("a: 1 // b\r\nb: \"\"\"\r\n  x\r\n  \"\"\"\r\n", "a: 1 // b\nb: \"\"\"\n  x\n  \"\"\"\n");
}

/// The tokens that mean something: separators, blanks and comments left out, lines ends plain.
fn meaning(tree: &Tree) -> Vec<(SyntaxKind, String)> {
    let tokens = tree.tokens().filter(|token| !token.kind().is_trivia() && token.kind() != SyntaxKind::Comma);
    tokens.map(|token| (token.kind(), token.text().replace("\r\n", "\n"))).collect()
}

fn comments(tree: &Tree) -> Vec<&str> {
    let kinds = [SyntaxKind::Comment, SyntaxKind::Doc, SyntaxKind::FileDoc];
    tree.tokens().filter(|token| kinds.contains(&token.kind())).map(|token| token.text().trim_end()).collect()
}

/// The shape of the tree without what the formatter may change.
fn shape(tree: &Tree) -> Vec<(SyntaxKind, u32)> {
    tree.nodes().map(|node| (node.kind(), node.parent().map_or(0, |parent| parent.index()))).collect()
}

/// What must hold of every text that has no errors.
fn assert_kept(text: &str) {
    let Some(formatted) = format(text) else {
        return;
    };
    let (before, after) = (parse(text), parse(&formatted));
    assert_eq!(after.errors, Vec::new(), "{text:?} became {formatted:?}");
    assert_eq!(meaning(&after.tree), meaning(&before.tree), "{text:?} became {formatted:?}");
    assert_eq!(comments(&after.tree), comments(&before.tree), "{text:?} became {formatted:?}");
    assert_eq!(shape(&after.tree), shape(&before.tree), "{}", outline(after.tree.root()));
    assert_eq!(format(&formatted).as_ref(), Some(&formatted), "a second time, from {text:?}");
    assert!(!formatted.lines().any(|line| line.ends_with(' ')) || formatted.contains("\"\"\""));
}

/// The sample with some of its gaps replaced.
fn respaced(changes: &[(usize, &str)]) -> String {
    let parsed = parse(SAMPLE);
    let mut pieces: Vec<String> = parsed.tree.tokens().map(|token| token.text().to_owned()).collect();
    let in_code: Vec<usize> = parsed
        .tree
        .tokens()
        .filter(|token| !token.kind().is_trivia())
        .filter(|token| token.parent().kind() != SyntaxKind::String)
        .map(|token| token.index() as usize)
        .collect();
    for (at, gap) in changes {
        if let Some(piece) = in_code.get(at % in_code.len()).and_then(|index| pieces.get_mut(*index)) {
            piece.insert_str(0, gap);
        }
    }
    pieces.concat()
}

fn gap() -> impl Strategy<Value = &'static str> {
    const GAPS: &[&str] = &[
        " ",
        "  ",
        "\n",
        "\n\n\n",
        "\t\n ",
        " // c\n",
        "// c\n// d\n",
        "\n// e\n\n",
        "\r\n",
        "\n      ",
        ",",
        ",\n",
        "\n/// f\n",
        " \\\n",
    ];
    proptest::sample::select(GAPS)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 400, ..ProptestConfig::default() })]

    #[test]
    fn respaced_samples_keep_their_meaning(changes in proptest::collection::vec((0..10_000usize, gap()), 1..4)) {
        assert_kept(&respaced(&changes));
    }

    #[test]
    fn statements_in_any_order_and_width_keep_their_meaning(
        widths in proptest::collection::vec(1..50usize, 1..6),
        separators in proptest::collection::vec(gap(), 6),
    ) {
        let entries: Vec<String> = widths.iter().zip(&separators).map(|(width, gap)| format!("{}: [{gap}f(a, {{ b: {} }}), c]", "k".repeat(*width), "v".repeat(*width))).collect();
        assert_kept(&format!("x {{ {} }}", entries.join(", ")));
        assert_kept(&format!("x: [{}]", entries.iter().map(|entry| format!("{{ {entry} }}")).collect::<Vec<_>>().join(", ")));
    }
}
