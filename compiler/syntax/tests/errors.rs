//! What is said about texts that are wrong: each mistake once, at its place, with its fix.

mod common;

use common::{SAMPLE, errors};
use syntax::parse;

/// The errors of a text as `code at "place"`.
fn check(text: &str, expected: &[&str]) {
    assert_eq!(errors(&parse(text)), expected, "{text}");
}

/// The one error of a text, and the text after its fix, which has none.
fn check_fix(text: &str, code: &str, fixed: &str) {
    let parsed = parse(text);
    let codes: Vec<&str> = parsed.errors.iter().map(|error| error.code).collect();
    assert_eq!(codes, [code], "{text}");
    let mut result = text.to_owned();
    let edits = parsed.errors.iter().filter_map(|error| error.fix.as_ref()).flat_map(|fix| &fix.edits);
    for (range, insert) in edits.collect::<Vec<_>>().into_iter().rev() {
        result.replace_range(range.bytes(), insert);
    }
    assert_eq!(result, fixed);
    check(fixed, &[]);
}

#[test]
fn habits_of_other_languages_have_fixes() {
    check_fix("x: a && b", "syntax/operator", "x: a and b");
    check_fix("x: a || b", "syntax/operator", "x: a or b");
    check_fix("x: !a", "syntax/operator", "x: not a");
    check_fix("x: 1; y: 2", "syntax/operator", "x: 1, y: 2");
    check_fix("x: 'a'", "syntax/bad-literal", "x: \"a\"");
    check_fix("x: 1 #a", "syntax/bad-character", "x: 1 // a");
    check_fix("x = 1", "syntax/unexpected", "let x = 1");
    check_fix("a { x = 1 }", "syntax/unexpected", "a { x: 1 }");
    check_fix("var x = 1", "syntax/unexpected", "let x = 1");
    check_fix("x: a <> b", "syntax/operator", "x: a != b");
    check_fix("x: a === b", "syntax/operator", "x: a == b");
    check_fix("x: 1;\ny: 2", "syntax/operator", "x: 1\ny: 2");
    check_fix("x: if a then b elif c then d else e", "syntax/unexpected", "x: if a then b else if c then d else e");
    check_fix(
        "a {\n  if b { c: 1 } elif d { c: 2 }\n}",
        "syntax/unexpected",
        "a {\n  if b { c: 1 } else if d { c: 2 }\n}",
    );
    check_fix("  /* a\n   * b */\nx: 1", "syntax/bad-character", "  // a\n  // b\nx: 1");
    check_fix("let a: List<Int> = []", "syntax/unexpected", "let a: [Int] = []");
    check_fix("let a: Map<String, Int> = {}", "syntax/unexpected", "let a: {String: Int} = {}");
    check_fix("x: match a { 1 -> 2 }", "syntax/unexpected", "x: match a { 1 => 2 }");
    check_fix("fn f(a: Int): Int = a", "syntax/unexpected", "fn f(a: Int) -> Int = a");
    check_fix("fn f(a: Int) => a", "syntax/unexpected", "fn f(a: Int) = a");
    check_fix("fn f(a: Int) = return a", "syntax/unexpected", "fn f(a: Int) = a");
    check_fix("import a from \"b.pl\"", "syntax/unexpected", "import \"b.pl\" as a");
    check_fix("pub let a = 1", "syntax/unexpected", "let a = 1");
    check_fix("schema A extends B {}", "syntax/unexpected", "schema A is B {}");
    check_fix("x: new A {}", "syntax/unexpected", "x: A {}");
    check_fix("x: 1...3", "syntax/unexpected", "x: 1..3");
    check_fix("x: 5 mod 2", "syntax/unexpected", "x: 5 % 2");
    check_fix("host a\n{ }", "syntax/unexpected", "host a { }");
    check_fix("x: 192.168.1.200-250", "syntax/range", "x: 192.168.1.200..192.168.1.250");
    check_fix("x: 10.0.1.9-2.3", "syntax/range", "x: 10.0.1.9..10.0.2.3");
    check_fix("x: 10.0.1.9-10.0.2.3", "syntax/range", "x: 10.0.1.9..10.0.2.3");
    check_fix("x: 1.2.3", "syntax/version", "x: \"1.2.3\"");
    check_fix("x: 1.2.3-rc.1", "syntax/version", "x: \"1.2.3-rc.1\"");
    check_fix("x: \"a\\qb\"", "syntax/bad-escape", "x: \"a\\\\qb\"");
    check_fix("x: \"a\ny: 1", "syntax/unclosed-string", "x: \"a\"\ny: 1");
    check_fix("x: { a: 1 b: 2 }", "syntax/missing-comma", "x: { a: 1, b: 2 }");
    check_fix("x: [1 2]", "syntax/missing-comma", "x: [1, 2]");
    check_fix("x: f(a b)", "syntax/missing-comma", "x: f(a, b)");
    check_fix("a {\n  b {\n    c: 1\n  d: 2\n}\n", "syntax/unclosed", "a {\n  b {\n    c: 1\n  }\n  d: 2\n}\n");
    check_fix("x: f(a => a.b)", "syntax/unexpected", "x: f((a) => a.b)");
    check_fix("x: 0755", "syntax/bad-literal", "x: 0o755");
    check_fix("x: if a = b then c else d", "syntax/unexpected", "x: if a == b then c else d");
    check_fix("test \"t\" { assert a = b }", "syntax/unexpected", "test \"t\" { assert a == b }");
    check_fix("x: A\n{ b: 1 }", "syntax/unexpected", "x: A { b: 1 }");
    check_fix("x: `a`", "syntax/bad-character", "x: \"a\"");
    check_fix("x: 1 // a\u{202e}b", "syntax/bad-character", "x: 1 // ab");
    check_fix("x: \"a\u{2066}b\"", "syntax/bad-character", "x: \"ab\"");
    check_fix("x: [1, 2\ny: 3", "syntax/unclosed", "x: [1, 2]\ny: 3");
    check_fix("a { b: 1 }\n}\nc: 1", "syntax/unexpected", "a { b: 1 }\n\nc: 1");
}

#[test]
fn five_mistakes_are_five_errors() {
    let text = "\
cluster a {
  host x { address: 192.168.1.200-250 }
  host y { cpu: 1 memory: 2GiB }
  port http:
  version: 1.2.3
  name: \"shop
}
let fine = 1
";
    check(
        text,
        &[
            "syntax/range at \"192.168.1.200-250\"",
            "syntax/missing-comma at \"memory\"",
            "syntax/unexpected at \":\"",
            "syntax/version at \"1.2.3\"",
            "syntax/unclosed-string at \"\\\"shop\"",
        ],
    );
}

#[test]
fn a_missing_brace_is_found_by_indentation() {
    let text = "\
cluster a {
  host x {
    cpu: 1
  host y { cpu: 2 }
  namespace z {
    service s { image: \"i\" }
  }
}
schema S {
  a: Int
";
    check(text, &["syntax/unclosed at \"{\"", "syntax/unclosed at \"{\""]);
    let parsed = parse(text);
    assert_eq!(parsed.tree.root().children().count(), 2, "the schema is outside of the cluster");
    check("a {\n  b: 1\n\nlet c = 2\n", &["syntax/unclosed at \"{\""]);
    check("schema S\n  a: Int\n  b?: T\n}\n", &["syntax/unexpected at \"S\""]);
}

#[test]
fn indentation_means_nothing_where_brackets_match() {
    check("a {\nb {\nc: [\n1\n]\n}\n}\n", &[]);
    check("    a {\n  b: 1\n}\n", &[]);
}

#[test]
fn brackets_that_end_together_are_one_error() {
    let parsed = parse("a { b { c: [1, f(2\n");
    assert_eq!(errors(&parsed), ["syntax/unclosed at \"(\""]);
    assert_eq!(parsed.errors.iter().map(|error| error.labels.len()).sum::<usize>(), 4);
}

#[test]
fn a_bracket_and_a_value_that_are_missing_are_two_errors() {
    check("x: [1 +\n", &["syntax/unclosed at \"[\"", "syntax/unexpected at \"+\""]);
}

#[test]
fn what_is_missing_is_named() {
    let cases = [
        ("x:", "expected a value after `:`"),
        ("x: \ny: 1", "expected a value after `:`"),
        ("x: 1 +", "expected a value after `+`"),
        ("x: a.", "expected the name of a field after `.`"),
        ("x: if a then b", "expected `else` after `b`"),
        ("x: if a b", "expected `then`, found `b`"),
        ("let x 1", "expected `=`, found `1`"),
        ("fn f(a) = 1", "expected `:` and a type, found `)`"),
        ("schema S is { }", "expected the name of a schema, found `{`"),
        ("WebApp is Service { a?: Int }", "expected the word `schema`, found `WebApp`"),
        ("foo", "expected `:` or `{` after `foo`"),
        ("foo bar", "expected `:` or `{` after `bar`"),
        ("check a", "expected `else` and a message after `a`"),
        ("x: \"\\()\"", "expected a value, found the end of the interpolation"),
        ("x: a < b < c", "`<` does not chain"),
        ("x: a b", "expected a new line or `,`, found `b`"),
        ("@a", "expected a declaration or a statement after `a`"),
        ("}", "`}` closes nothing"),
        ("let = 1", "expected a name, found `=`"),
        ("x: 008", "the number `008` starts with a zero"),
        ("x: a ? b : c", "there is no operator `?`"),
    ];
    for (text, message) in cases {
        let parsed = parse(text);
        let messages: Vec<&str> = parsed.errors.iter().map(|error| error.message.as_str()).collect();
        assert_eq!(messages, [message], "{text}");
    }
}

#[test]
fn a_broken_string_hides_what_follows_from_it() {
    check("x: \"a \\(f(b\ny: 1", &["syntax/unclosed-string at \"\\\"a \\\\(f(b\""]);
    check("x: \"\\(a\ny: 1", &["syntax/unclosed-string at \"\\\"\\\\(a\""]);
    check("x: \"\"\"\n  a \\(b\n  c\n  \"\"\"\ny: 1", &["syntax/unclosed at \"\""]);
    check("x: \"\"\"\n  a\n\nlet y = 1\n", &["syntax/unclosed-string at \"\\\"\\\"\\\"\""]);
}

#[test]
fn characters_that_no_token_has_are_one_error_each() {
    check(
        "x: 1 $$$ \ny: \u{e4}\u{f6}b",
        &["syntax/bad-character at \"$$$\"", "syntax/bad-character at \"\u{e4}\u{f6}\""],
    );
    check("x: \u{201c}a\u{201d}", &["syntax/bad-character at \"\u{201c}\"", "syntax/bad-character at \"\u{201d}\""]);
}

#[test]
fn messages_are_written_as_agreed() {
    let whole = parse(SAMPLE);
    for token in whole.tree.tokens().filter(|token| !token.kind().is_trivia()) {
        let range = token.range();
        let text = format!("{}{}", &SAMPLE[..range.start as usize], &SAMPLE[range.end as usize..]);
        for error in parse(&text).errors {
            let first = error.message.chars().next();
            assert!(first.is_some_and(|first| first == '`' || first.is_lowercase()), "{}", error.message);
            assert!(!error.message.ends_with('.') && !error.message.contains('\n'), "{}", error.message);
            assert!(error.code.starts_with("syntax/"));
        }
    }
}
