//! Reading TOML.

mod common;

use common::leaves;
use data::{Format, Limits, read};
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &str) {
    common::check(Format::Toml, text, &[expected]);
}

#[test]
fn values() {
    check("", "{}");
    check("a = 1\nb.c = \"x\"\n[d]\ne = [1.5, true]\n", r#"{"a":1,"b":{"c":"x"},"d":{"e":[1.5,true]}}"#);
    check("[[h]]\nn = 1\n[[h]]\nn = 2\n", r#"{"h":[{"n":1},{"n":2}]}"#);
    check("t = {a = {b = 1}}\n", r#"{"t":{"a":{"b":1}}}"#);
    check("big = 9_000\nhex = 0x1f\n", r#"{"big":9000,"hex":31}"#);
}

#[test]
fn dates_are_text_as_written() {
    check("d = 2024-01-01T00:00:00Z\nt = 12:30:00\n", r#"{"d":"2024-01-01T00:00:00Z","t":"12:30:00"}"#);
}

#[test]
fn mistakes() {
    check("a = \n", "1:5 «» expected a value");
    check("a = 99999999999999999999\n", "1:5 «99999999999999999999» integer number overflowed");
}

#[test]
fn duplicate_keys_are_refused_with_both_places() {
    let check = |text: &str, second: &str, first: &str| {
        let key = second.split(['«', '»']).nth(1).unwrap_or_default();
        let help = "remove one of the two entries";
        let places = if first.is_empty() { help.to_owned() } else { format!("{first} given here first; {help}") };
        check(text, &format!("{second} the key `{key}` is given twice ({places})"));
    };
    check("a = 1\nb = 2\na = 3\n", "3:1 «a»", "1:1 «a»");
    check("[x]\n[y]\n[x]\n", "3:2 «x»", "1:2 «x»");
    check("a = 1\n[x]\na = 1\n[y]\na = 1\n[x.z]\na = 2\na = 3\n", "8:1 «a»", "7:1 «a»");
    check("[x]\nb.c = 1\nb.d = 1\nb.c = 2\n", "4:3 «c»", "2:3 «c»");
    check("[[x]]\na = 1\n[[x]]\na = 2\na = 3\n", "5:1 «a»", "4:1 «a»");
    check("[[x]]\n[x.y]\n[[x]]\n[x.y]\n[x.y]\n", "5:4 «y»", "4:4 «y»");
    check("a = {b = 1, b = 2}\n", "1:13 «b»", "");
}

#[test]
fn every_value_knows_its_place() {
    let text = "'é' = 1\n[t]\nb = [\"x\",\n  2]\nc = {d = true}\n";
    let documents = read(Format::Toml, text, Limits::default());
    let places = documents.map(|it| leaves(text, &it[0].root));
    let expected = [
        "key 1:1 «'é'»",
        "a number 1:7 «1»",
        "key 2:2 «t»",
        "key 3:1 «b»",
        "text 3:6 «\"x\"»",
        "a number 4:3 «2»",
        "key 5:1 «c»",
        "key 5:6 «d»",
        "a truth value 5:10 «true»",
    ];
    assert_eq!(places, Ok(expected.map(str::to_owned).to_vec()));
}

#[test]
fn nesting_is_limited() {
    let text = format!("a = {}", "[".repeat(1_000_000));
    let errors = common::outcome(Format::Toml, &text, Limits::default());
    assert_eq!(errors.len(), 1, "{errors:?}");
    let limits = Limits { depth: 3, ..Limits::default() };
    let errors = common::outcome(Format::Toml, "[a.b]\nc = {d = 1}\n", limits);
    assert_eq!(errors, ["2:5 «{d = 1}» lists and maps are nested deeper than 3 levels"]);
}

/// Texts that are nearly TOML.
fn nearly_toml() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a",
        "b.c",
        " = ",
        "=",
        "[",
        "]",
        "[[",
        "]]",
        "{",
        "}",
        ", ",
        "\n",
        "1",
        "\"x\"",
        "\"",
        "'",
        "'''",
        "\"\"\"",
        "\\",
        ".",
        "#",
        "true",
        "2024-01-01",
        "T00:00",
        "é",
        "\u{feff}",
        "\0",
        "\r",
        "[a]\n",
        "a = 1\n",
        "[[a]]\n",
        "a.b = 1\n",
        "[a.b]\n",
        "a = {b = 1}\n",
    ]);
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Nothing panics, and every place lies within the text.
    #[test]
    fn places_are_sound(text in nearly_toml()) {
        match read(Format::Toml, &text, Limits::default()) {
            Ok(documents) => {
                let leaves = leaves(&text, &documents[0].root);
                prop_assert!(leaves.iter().all(|it| !it.contains("«»")), "{:?}", leaves);
            }
            Err(errors) => {
                let range = errors[0].range;
                prop_assert!(text.get(range.start as usize..range.end as usize).is_some());
            }
        }
    }
}
