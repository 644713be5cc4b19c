//! Reading YAML: the core schema, anchors, merges, what is refused, and where it says so.

mod common;

use common::{leaves, outcome};
use data::{Format, Limits, read};
use proptest::prelude::*;

#[track_caller]
fn check(text: &str, expected: &[&str]) {
    common::check(Format::Yaml, text, expected);
}

#[test]
fn documents() {
    check("", &[]);
    check("# nothing\n", &[]);
    check("a: 1\n", &["{\"a\":1}"]);
    check("\u{feff}a: 1\n", &["{\"a\":1}"]);
    check("---\na: 1\n---\n---\n- b\n...\n", &["{\"a\":1}", "null", "[\"b\"]"]);
    check("text\r\n", &["\"text\""]);
}

#[test]
fn scalars_follow_the_core_schema_of_yaml_1_2() {
    check(
        "[no, on, y, 1_000, 12:30, 2024-01-01, <<]",
        &["[\"no\",\"on\",\"y\",\"1_000\",\"12:30\",\"2024-01-01\",\"<<\"]"],
    );
    check("[0o17, 0x1f, 1e3, ~, null, TRUE]", &["[15,31,1000.0,null,null,true]"]);
    check("['1', \"true\", !!str 3, ! 4]", &["[\"1\",\"true\",\"3\",\"4\"]"]);
    check("[!!int '3', !!float 1, !!bool \"true\"]", &["[3,1.0,true]"]);
    check("a: |\n  x\n  y\nb: >-\n  x\n  y\n", &["{\"a\":\"x\\ny\\n\",\"b\":\"x y\"}"]);
    check("{a: , b}", &["{\"a\":null,\"b\":null}"]);
}

#[test]
fn a_mode_that_changes_its_meaning_is_refused() {
    check(
        "defaultMode: 0644\n",
        &["1:14 «0644» `0644` is 420 to readers of YAML 1.1 and 644 to readers of YAML 1.2 \
         (write 420 if it is an octal number, 644 if it is not, or quotes if it is text)"],
    );
}

#[test]
fn keys_are_text_as_they_are_spelled() {
    check("8080: a\ntrue: b\n'q': c\n0644: d\n", &["{\"8080\":\"a\",\"true\":\"b\",\"q\":\"c\",\"0644\":\"d\"}"]);
    check("? long\n: 1\n", &["{\"long\":1}"]);
    check("&a key: *a\n&n 0x1f: 1\n", &["{\"key\":\"key\",\"0x1f\":1}"]);
    check("a: &x name\n*x : 1\n", &["{\"a\":\"name\",\"name\":1}"]);
    check("? [a]\n: 1\n", &["1:3 «[a]» a key has to be text, and this is a list"]);
    check(": 1\n", &["1:1 «» the entry has no key"]);
}

#[test]
fn duplicate_keys_are_refused_with_both_places() {
    check(
        "a: 1\nb: 2\n'a': 3\n",
        &["3:1 «'a'» the key `a` is given twice \
         (1:1 «a» given here first; remove one of the two entries)"],
    );
}

#[test]
fn mistakes_are_reported_in_the_order_of_the_text() {
    check(
        "a: 1\na: {b: *x}\n",
        &[
            "2:1 «a» the key `a` is given twice \
         (1:1 «a» given here first; remove one of the two entries)",
            "2:8 «*x» no anchor `&x` precedes this alias",
        ],
    );
}

#[test]
fn aliases_repeat_values() {
    check("a: &x [1, {b: 2}]\nc: *x\n", &["{\"a\":[1,{\"b\":2}],\"c\":[1,{\"b\":2}]}"]);
    check("a: &x 1\nb: &x 2\nc: *x\n", &["{\"a\":1,\"b\":2,\"c\":2}"]);
    check("a: *x\n", &["1:4 «*x» no anchor `&x` precedes this alias"]);
    check("a: &x 1\n---\na: *x\n", &["3:4 «*x» no anchor `&x` precedes this alias"]);
    check(
        "a: &x\n  b: *x\n",
        &["2:6 «*x» the alias `*x` stands inside the value that it repeats \
         (1:4 «&x» that value begins here)"],
    );
}

#[test]
fn merge_keys_fill_in_what_the_map_does_not_have() {
    check(
        "base: &b {x: 1, y: 2}\nmine:\n  y: 3\n  <<: *b\n  z: 4\n",
        &["{\"base\":{\"x\":1,\"y\":2},\"mine\":{\"y\":3,\"x\":1,\"z\":4}}"],
    );
    check("<<: [{a: 1, b: 1}, {b: 2, c: 2}]\n", &["{\"a\":1,\"b\":1,\"c\":2}"]);
    check("'<<': 1\n", &["{\"<<\":1}"]);
    check("<<: 1\n", &["1:1 «<<» `<<` takes in maps, and this is a number"]);
    check("<<: [{a: 1}, x]\n", &["1:14 «x» `<<` takes in maps, and this is text"]);
    check(
        "<<: {a: 1}\n<<: {b: 1}\n",
        &["2:1 «<<» the key `<<` is given twice \
         (1:1 «<<» given here first; remove one of the two entries)"],
    );
}

#[test]
fn foreign_tags_are_refused() {
    let help = "(remove it; the tags of YAML's core schema are all that is understood)";
    check(
        "a: !secret x\nb: !!binary aGk=\nc: !foo {}\n",
        &[
            &format!("1:4 «!secret» the tag `!secret` has no meaning here {help}"),
            &format!("2:4 «!!binary» the tag `!!binary` has no meaning here {help}"),
            &format!("3:4 «!foo» the tag `!foo` has no meaning here {help}"),
        ],
    );
    check("a: !!int x\n", &["1:10 «x» `x` is not what its tag `!!int` says"]);
    check(
        "%YAML 1.1\n---\na: no\n",
        &["2:1 «---» the document declares YAML 1.1, and only YAML 1.2 is read (remove the directive)"],
    );
}

#[test]
fn every_document_reports_its_own_mistakes() {
    check(
        "a: [1, 2\nb: 3\n---\nc: 4\n---\nd: 'x\n",
        &[
            "2:2 «:» no entry of a map can begin here \
         (put text that contains `: ` in quotes, or indent the entry like those beside it)",
            "7:1 «» the text in quotes goes on in a line that is not indented \
         (close the quotes, or indent the line)",
        ],
    );
    check("a:\n\tb: 1\n", &["2:2 «b» YAML is not indented with tabs (use spaces)"]);
    check("a: @x\n", &["1:4 «@» no text begins with this character (put the text in quotes)"]);
    check(
        "a: b: c\n",
        &["1:5 «:» no entry of a map can begin here \
         (put text that contains `: ` in quotes, or indent the entry like those beside it)"],
    );
}

#[test]
fn every_value_knows_its_place() {
    let text = "é: \"x\"\nb:\n  - 1\n  -\nc: |\n  t\n\n# end\nd: &a [2]\ne: *a\nf:\n";
    let documents = read(Format::Yaml, text, Limits::default());
    let places = documents.map(|it| leaves(text, &it[0].root));
    let expected = [
        "key 1:1 «é»",
        "text 1:4 «\"x\"»",
        "key 2:1 «b»",
        "a number 3:5 «1»",
        "null 4:4 «»",
        "key 5:1 «c»",
        "text 6:3 «t»",
        "key 9:1 «d»",
        "a number 9:8 «2»",
        "key 10:1 «e»",
        "a number 9:8 «2»",
        "key 11:1 «f»",
        "null 11:1 «f»",
    ];
    assert_eq!(places, Ok(expected.map(str::to_owned).to_vec()));
}

#[test]
fn collections_end_with_their_last_value() {
    let text = "a:\n  b: [1,\n    2]\n  c: 3\n\n# comment\nd: 4\n";
    let documents = read(Format::Yaml, text, Limits::default()).unwrap_or_default();
    let a = documents[0].root.get("a");
    let slice = |it: Option<&data::Datum>| it.map(|it| it.range.slice(text).to_owned());
    assert_eq!(slice(a).as_deref(), Some("b: [1,\n    2]\n  c: 3"));
    assert_eq!(slice(a.and_then(|a| a.get("b"))).as_deref(), Some("[1,\n    2]"));
}

#[test]
fn an_alias_bomb_gives_one_error_that_names_the_anchor() {
    let mut text = "a0: &a0 [x, x, x, x, x, x, x, x, x, x]\n".to_owned();
    for level in 1..12 {
        let inner = level - 1;
        let aliases = vec![format!("*a{inner}"); 10].join(", ");
        text += &format!("a{level}: &a{level} [{aliases}]\n");
    }
    assert_eq!(
        outcome(Format::Yaml, &text, Limits::default()),
        ["7:15 «*a5» the file has more than 4000000 values, with its aliases expanded \
         (6:5 «&a5» this value is repeated)",]
    );
}

#[test]
fn limits_give_one_error() {
    let limits = Limits { bytes: 1000, nodes: 20, depth: 5 };
    let check = |text: &str, expected: &str| {
        assert_eq!(outcome(Format::Yaml, text, limits), [expected]);
    };
    check(&"[".repeat(900), "1:6 «[» lists and maps are nested deeper than 5 levels");
    check(&"- ".repeat(400), "1:11 «-» lists and maps are nested deeper than 5 levels");
    check(&"- 1\n".repeat(30), "20:3 «1» the file has more than 20 values");
    check(
        "a: &x [[[1]]]\nb: [[*x]]\n",
        "2:6 «*x» lists and maps are nested deeper than 5 levels (1:4 «&x» this value is repeated)",
    );
    check(&"x".repeat(2000), "1:1 «» the file is too large: 2000 bytes, where 1000 are allowed");
}

/// Texts that are nearly YAML.
fn nearly_yaml() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        "a: ",
        "b:\n",
        "- ",
        "\n",
        "\n  ",
        "  ",
        "[",
        "]",
        "{",
        "}",
        ", ",
        "'",
        "\"",
        "|\n",
        ">-\n",
        "&x ",
        "*x",
        "<<: ",
        "!!str ",
        "!t ",
        "---\n",
        "...\n",
        "? ",
        ": ",
        "#",
        "\t",
        "é",
        "0x1",
        "~",
        "%YAML 1.2\n",
        "\\u",
        "@",
        "\u{feff}",
        "\u{85}",
        "\0",
        "\r\n",
        "0644",
    ]);
    prop::collection::vec(piece, 0..25).prop_map(|pieces| pieces.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2000))]

    /// Nothing panics, and every place lies within the text.
    #[test]
    fn places_are_sound(text in nearly_yaml()) {
        let sound = |range: data::TextRange| {
            text.get(range.start as usize..range.end as usize).is_some()
        };
        match read(Format::Yaml, &text, Limits::default()) {
            Ok(documents) => prop_assert!(documents.iter().all(|it| sound(it.root.range))),
            Err(errors) => {
                prop_assert!(!errors.is_empty());
                prop_assert!(errors.iter().all(|it| sound(it.range)), "{:?}", errors);
            }
        }
    }
}
