//! Every text parses: whole, cut, with a token too few, in soups of tokens, deep and long.

mod common;

use std::time::{Duration, Instant};

use common::{SAMPLE, assert_sane, errors};
use proptest::prelude::*;
use syntax::{SyntaxKind, parse};

#[test]
fn the_sample_has_no_errors() {
    assert_eq!(errors(&assert_sane(SAMPLE)), Vec::<String>::new());
}

#[test]
fn every_prefix_parses() {
    for (end, _) in SAMPLE.char_indices() {
        let parsed = assert_sane(&SAMPLE[..end]);
        assert!(parsed.errors.len() <= 6, "{end}: {:?}", errors(&parsed));
    }
}

#[test]
fn every_suffix_parses() {
    for (start, _) in SAMPLE.char_indices() {
        assert_sane(&SAMPLE[start..]);
    }
}

/// Quotes and brackets change what all that follows is; any other token concerns its own line.
fn most_errors(kind: SyntaxKind) -> usize {
    let is_bracket = matches!(
        kind,
        SyntaxKind::LeftBrace
            | SyntaxKind::LeftBracket
            | SyntaxKind::LeftParen
            | SyntaxKind::RightBrace
            | SyntaxKind::RightBracket
    );
    if kind.is_quote() || is_bracket { 11 } else { 5 }
}

#[test]
fn a_token_too_few_makes_few_errors() {
    let whole = parse(SAMPLE);
    for token in whole.tree.tokens().filter(|token| !token.kind().is_trivia()) {
        let range = token.range();
        let text = format!("{}{}", &SAMPLE[..range.start as usize], &SAMPLE[range.end as usize..]);
        let parsed = assert_sane(&text);
        assert!(parsed.errors.len() <= most_errors(token.kind()), "without {token:?}: {:?}", errors(&parsed));
    }
}

#[test]
fn a_token_twice_makes_few_errors() {
    let whole = parse(SAMPLE);
    for token in whole.tree.tokens().filter(|token| !token.kind().is_trivia()) {
        let range = token.range();
        let text = format!("{} {}{}", &SAMPLE[..range.end as usize], token.text(), &SAMPLE[range.end as usize..]);
        let parsed = assert_sane(&text);
        assert!(parsed.errors.len() <= most_errors(token.kind()), "with two {token:?}: {:?}", errors(&parsed));
    }
}

/// Runs a parse that must report one error and be quick even without optimisation.
fn check_one_error(text: &str, code: &str) {
    let start = Instant::now();
    let parsed = parse(text);
    assert!(start.elapsed() < Duration::from_secs(10), "took {:?}", start.elapsed());
    let codes: Vec<&str> = parsed.errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, [code], "{}..", text.chars().take(40).collect::<String>());
    assert_shallow(&parsed);
}

/// The promise to walkers: no tree is deeper than this.
fn assert_shallow(parsed: &syntax::Parse) {
    let mut depths = vec![0u32; parsed.tree.node_count() as usize];
    for node in parsed.tree.nodes().skip(1) {
        let parent = node.parent().map_or(0, |parent| parent.index());
        depths[node.index() as usize] = depths[parent as usize] + 1;
    }
    let deepest = depths.into_iter().max().unwrap_or(0);
    assert!(deepest <= 1_300, "the tree is {deepest} deep");
}

#[test]
fn deep_texts_are_one_error() {
    for open in ["[", "(", "{a:", "f(", "x[", "(a) => ", "-", "not ", "if a then ", "a ?? ", "Foo {a: [", "\"\\(f("] {
        let code = if open.contains("\\(") { "syntax/unclosed-string" } else { "syntax/too-deep" };
        check_one_error(&format!("x: {}", open.repeat(20_000)), code);
    }
    check_one_error(&format!("x: {}", "[".repeat(1_000_000)), "syntax/too-deep");
    check_one_error(&"a {".repeat(20_000), "syntax/too-deep");
    check_one_error(&"if a {".repeat(20_000), "syntax/too-deep");
    check_one_error(&format!("type X = {}", "[".repeat(20_000)), "syntax/too-deep");
    check_one_error(&format!("type X = {}", "() -> ".repeat(20_000)), "syntax/too-deep");
    check_one_error(&format!("x: a is {}", "[".repeat(20_000)), "syntax/too-deep");
    check_one_error(&format!("x: [{}", "for a in b => ".repeat(20_000)), "syntax/too-deep");
}

#[test]
fn closed_deep_texts_are_one_error() {
    for (open, close) in [("[", "]"), ("(", ")"), ("{a:", "}"), ("f(", ")")] {
        let text = format!("x: {}1{}\ny: 2\n", open.repeat(5_000), close.repeat(5_000));
        check_one_error(&text, "syntax/too-deep");
    }
}

#[test]
fn long_chains_are_one_error() {
    for link in [".a", "?.a", "()", "[1]", " + 1", " and b", " with {}", " ?? c"] {
        check_one_error(&format!("x: a{}\ny: 2\n", link.repeat(100_000)), "syntax/too-deep");
    }
    check_one_error(&format!("if a {{}} {}\n", "else if b {} ".repeat(10_000)), "syntax/too-deep");
}

#[test]
fn what_people_write_is_not_too_deep() {
    let terms = vec!["name"; 150].join(" + ");
    assert_eq!(errors(&parse(&format!("x: {terms}"))), Vec::<String>::new());
    let calls = ".map((x) => x.y)".repeat(100);
    assert_eq!(errors(&parse(&format!("x: xs{calls}"))), Vec::<String>::new());
    let nested = format!("{}1{}", "{ a: [".repeat(30), "] }".repeat(30));
    assert_eq!(errors(&parse(&format!("x: {nested}"))), Vec::<String>::new());
}

fn piece() -> impl Strategy<Value = String> {
    const WORDS: &[&str] = &[
        "import",
        "as",
        "let",
        "type",
        "fn",
        "schema",
        "is",
        "in",
        "extend",
        "test",
        "assert",
        "expect",
        "error",
        "each",
        "emit",
        "check",
        "if",
        "then",
        "else",
        "for",
        "match",
        "with",
        "where",
        "and",
        "or",
        "not",
        "self",
        "null",
        "true",
        "it",
        "a",
        "b-c",
        "T",
        "_",
        "1",
        "0.5",
        "250m",
        "10.0.0.1",
        "10.0.0.0/8",
        "fd00::1",
        "fd00::/64",
        "52:54:00:aa:bb:cc",
        "10.0.0.1-9",
        "1.2.3",
        "'x'",
        "\"",
        "\"s\"",
        "\"\"\"",
        "r\"",
        "\\(",
        "\\q",
        "{",
        "}",
        "[",
        "]",
        "(",
        ")",
        ",",
        ";",
        ":",
        ".",
        "?.",
        "..",
        "...",
        "=",
        "==",
        "<",
        "+",
        "-",
        "*",
        "/",
        "?",
        "??",
        "|",
        "=>",
        "->",
        "@",
        "&&",
        "||",
        "!",
        "//c\n",
        "///d\n",
        "#e\n",
        "\n",
        "\n  ",
        "\n    ",
        "\r\n",
        " ",
        " ",
        " ",
        "\u{e9}",
        "\u{feff}",
        "\t",
        "$",
        "\u{0}",
    ];
    proptest::sample::select(WORDS).prop_map(str::to_owned).boxed().prop_union(".{0,4}".boxed())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 600, ..ProptestConfig::default() })]

    #[test]
    fn token_soups_parse(pieces in proptest::collection::vec(piece(), 0..60)) {
        assert_sane(&pieces.concat());
    }

    #[test]
    fn spliced_samples_parse(at in 0..SAMPLE.len(), length in 0..40usize, soup in proptest::collection::vec(piece(), 0..6)) {
        let start = SAMPLE.floor_char_boundary(at);
        let end = SAMPLE.floor_char_boundary((at + length).min(SAMPLE.len())).max(start);
        let parsed = assert_sane(&format!("{}{}{}", &SAMPLE[..start], soup.concat(), &SAMPLE[end..]));
        prop_assert!(parsed.tree.root().kind() == SyntaxKind::File);
    }
}
