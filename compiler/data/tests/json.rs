//! Reading JSON: what is accepted, what is refused, and where it says so.

mod common;

use common::{compact, leaves, outcome};
use data::{Format, Limits, read};
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    common::check(Format::Json, text, &[expected]);
}

#[test]
fn values() {
    check("null", "null");
    check(" [true, false] ", "[true,false]");
    check("{}", "{}");
    check("[]", "[]");
    check(r#"{"a": {"b": [1, {}]}}"#, r#"{"a":{"b":[1,{}]}}"#);
    check("\u{feff}1", "1");
}

#[test]
fn numbers_are_exact() {
    check("[0, -0, 7, -12]", "[0,0,7,-12]");
    check("18446744073709551616", "18446744073709551616");
    check("[1.0, 1e3, 0.1, -2.5E-3]", "[1.0,1000.0,0.1,-0.0025]");
    check("1e400", "1:1 «1e400» the number `1e400` is too large");
    for wrong in ["01", "1.", "-", "1e", "0x1f", "1_000", "-Infinity", "2024-01-01"] {
        let expected = format!("1:1 «{wrong}» `{wrong}` is not a number of JSON");
        check(wrong, &expected);
    }
    for wrong in ["NaN", ".5", "+1", "True"] {
        let expected = format!("1:1 «{wrong}» expected a value, found `{wrong}`");
        check(wrong, &expected);
    }
}

#[test]
fn strings() {
    check(r#""a\"\\\/\b\f\n\r\t\u00e9""#, "\"a\\\"\\\\/\\b\\f\\n\\r\\té\"");
    check(r#""\ud83d\ude00""#, "\"😀\"");
    check(r#""\ud83d""#, "1:2 «\\ud83d» half of a surrogate pair is no character");
    check(r#""\ude00\ud83d""#, "1:2 «\\ude00» half of a surrogate pair is no character");
    check(r#""\x""#, "1:2 «\\x» JSON has no such escape");
    check(r#""\u12""#, "1:2 «\\u» `\\u` needs four hexadecimal digits");
    check("\"a\tb\"", "1:3 «\\t» JSON allows control characters in strings as escapes only");
    check("\"a\nb\"", "1:1 «\"a» the string is not closed on its line");
    check("\"\\", "1:2 «\\» JSON has no such escape");
}

#[test]
fn mistakes() {
    check("", "1:1 «» expected a value, found the end of the file");
    check("1 2", "1:3 «2» expected the end of the file, found `2`");
    check("[1,]", "1:3 «,» JSON allows no comma after the last entry of a list (remove the comma)");
    check("[1 2]", "1:4 «2» expected `,` or `]`, found `2` (1:1 «[» the list begins here)");
    check("{\"a\": 1", "1:8 «» expected `,` or `}`, found the end of the file (1:1 «{» the map begins here)");
    check("{a: 1}", "1:2 «a» expected a key in double quotes, found `a`");
    check("{\"a\" 1}", "1:6 «1» expected `:` after the key, found `1`");
    check("['a']", "1:2 «'» expected a value, found `'` (use double quotes)");
    check("// x\n1", "1:1 «/» expected a value, found `/` (JSON has no comments)");
    check("é", "1:1 «é» expected a value, found `é`");
}

#[test]
fn all_duplicate_keys_are_reported_with_both_places() {
    let text = "{\"a\": 1,\n \"b\": {\"c\": 1, \"c\": 2},\n \"\\u0061\": 3}";
    let expected = [
        "2:16 «\"c\"» the key `c` is given twice \
         (2:8 «\"c\"» given here first; remove one of the two entries)",
        "3:2 «\"\\u0061\"» the key `a` is given twice \
         (1:2 «\"a\"» given here first; remove one of the two entries)",
    ];
    common::check(Format::Json, text, &expected);
}

#[test]
fn every_value_knows_its_place() {
    let text = "{\"é\": [1, \"x\"],\n \"b\": null}";
    let documents = read(Format::Json, text, Limits::default());
    let places = documents.map(|it| leaves(text, &it[0].root));
    let expected = ["key 1:2 «\"é\"»", "a number 1:8 «1»", "text 1:11 «\"x\"»", "key 2:2 «\"b\"»", "null 2:7 «null»"];
    assert_eq!(places, Ok(expected.map(str::to_owned).to_vec()));
}

#[test]
fn limits_give_one_error() {
    let limits = Limits { bytes: 1000, nodes: 20, depth: 5 };
    let check = |text: &str, expected: &str| {
        assert_eq!(outcome(Format::Json, text, limits), [expected]);
    };
    check(&"[".repeat(900), "1:6 «[» lists and maps are nested deeper than 5 levels");
    check(&format!("[{}1]", "1,".repeat(30)), "1:40 «1» the file has more than 20 values");
    check(&" ".repeat(2000), "1:1 «» the file is too large: 2000 bytes, where 1000 are allowed");
    let deepest = Limits::default();
    let text = "[".repeat(1_000_000);
    let expected = "1:129 «[» lists and maps are nested deeper than 128 levels";
    assert_eq!(outcome(Format::Json, &text, deepest), [expected]);
}

/// Texts that are nearly JSON.
fn nearly_json() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "{", "}", "[", "]", ",", ":", "\"", "\\", "\\u12", "\\ud83d", "1", "-", ".", "e", "0", "true", "nul", " ",
        "\n", "é", "😀", "\u{feff}", "\"a\"", "\u{0}",
    ]);
    prop::collection::vec(piece, 0..30).prop_map(|pieces| pieces.concat())
}

proptest! {
    /// Accepts what an independent reader accepts, as the same data, and refuses the rest.
    ///
    /// That reader takes of several entries of one key the last, and ours refuses; and it refuses a
    /// mark of the byte order.
    #[test]
    fn agrees_with_another_reader(text in nearly_json()) {
        let ours = read(Format::Json, &text, Limits::default());
        let theirs = serde_json::from_str::<serde_json::Value>(&text);
        let twice = ours.as_ref().is_err_and(|it| it.iter().all(|it| it.message.contains("twice")));
        if !twice && !text.starts_with('\u{feff}') {
            let ours = ours.ok().and_then(|it| serde_json::from_str(&compact(&it[0].root)).ok());
            prop_assert_eq!(ours.map(negative_zero), theirs.ok().map(negative_zero));
        }
    }

    /// Whatever is wrong, every place lies within the text.
    #[test]
    fn places_are_sound(text in nearly_json()) {
        for error in read(Format::Json, &text, Limits::default()).err().into_iter().flatten() {
            let range = error.range.start as usize..error.range.end as usize;
            prop_assert!(text.get(range).is_some(), "{:?}", error);
        }
    }
}

/// The other reader takes `-0` for a float.
fn negative_zero(value: serde_json::Value) -> serde_json::Value {
    match value {
        serde_json::Value::Number(number) if number.as_f64() == Some(0.0) => 0.into(),
        serde_json::Value::Array(items) => items.into_iter().map(negative_zero).collect(),
        other => other,
    }
}
