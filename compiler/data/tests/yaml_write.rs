//! Writing YAML: how it looks, and that what was written is what is read.

mod common;

use common::compact;
use common::random::any_datum;
use common::traps::TRAPS;
use data::{Datum, DatumKind, Document, Format, Key, Limits, Sink, TextRange, read, yaml};
use proptest::prelude::*;

fn written(datum: &Datum) -> String {
    let mut writer = yaml::Writer::new();
    datum.write_to(&mut writer);
    writer.into_string()
}

/// Writes what the JSON text says as YAML.
#[track_caller]
fn check(json: &str, expected: &str) {
    let documents = read(Format::Json, json, Limits::default()).unwrap_or_default();
    let written: String = documents.iter().map(|it| written(&it.root)).collect();
    assert_eq!(written, expected, "{json}");
}

#[test]
fn maps_and_lists() {
    check("{}", "{}\n");
    check("[]", "[]\n");
    check("1", "1\n");
    check(r#"{"a":{"b":{"c":1},"d":2}}"#, "a:\n  b:\n    c: 1\n  d: 2\n");
    check(r#"{"a":[1,{"b":2,"c":3}]}"#, "a:\n- 1\n- b: 2\n  c: 3\n");
    check(r#"{"a":[{"b":[1,2]},{"c":{"d":1}}]}"#, "a:\n- b:\n  - 1\n  - 2\n- c:\n    d: 1\n");
    check("[[1,2],[[3]],[]]", "- - 1\n  - 2\n- - - 3\n- []\n");
    check(r#"{"a":{},"b":[],"c":[{}]}"#, "a: {}\nb: []\nc:\n- {}\n");
    check(r#"[{"a":{"b":1}},{"c":[]}]"#, "- a:\n    b: 1\n- c: []\n");
}

#[test]
fn numbers_and_words() {
    check("[null,true,false]", "- null\n- true\n- false\n");
    check("[0,-1,18446744073709551616]", "- 0\n- -1\n- 18446744073709551616\n");
    check("[1.5,1e21,1e-7,3.0]", "- 1.5\n- 1.0e+21\n- 1.0e-7\n- 3.0\n");
    let mut writer = yaml::Writer::new();
    for value in [f64::INFINITY, -f64::INFINITY, f64::NAN] {
        writer.float(value);
    }
    assert_eq!(writer.as_str(), ".inf\n-.inf\n.nan\n");
}

#[test]
fn ordinary_text_has_no_quotes() {
    let plain = [
        "nginx",
        "registry.example.org/team/api:1.2.3",
        "512Mi",
        "500m",
        "10.0.0.0/8",
        "http://a:80/b?c=d&e#f",
        "app.kubernetes.io/name",
        "--port=8080",
        "-v",
        "$(VAR)",
        "${VAR}",
        "it's here",
        "a, b",
        "Größe",
        "/tmp",
        "./a",
        "RollingUpdate",
        "a - b",
        "25%",
        "2024-01-01 is a day",
        "list[0]",
        "None",
        "-e",
        "edge",
    ];
    for text in plain {
        check(&format!("{text:?}"), &format!("{text}\n"));
    }
}

#[test]
fn quotes_where_a_reader_would_see_something_else() {
    for text in [
        "no",
        "Y",
        "null",
        "1_000",
        "0o17",
        "012",
        "1e3",
        "12:30:45",
        "2024-01-01",
        "~",
        ".5",
        "0x1f",
        "+1",
        "=",
        "<<",
        "-",
        "? a",
        ": a",
        "a: b",
        "a #b",
        "@a",
        "% a",
        "& a",
        "*",
        "!",
        "|",
        ">",
        "\"",
        "#",
        ",",
        "[",
        "]",
        "{",
        "}",
        " a",
        "a ",
        "",
        "y",
        "1.2.3",
        "-inf",
        "1:20",
        "e3",
        "-E+3",
        "---",
    ] {
        check(&format!("{text:?}"), &format!("'{text}'\n"));
    }
    check(r#"["'", "'a\"", "a:'b"]"#, "- \"'\"\n- '''a\"'\n- a:'b\n");
    check(r#""a\tb\u0000\u001b\u0085\u2028\ufeff""#, "\"a\\tb\\0\\x1b\\x85\\u2028\\ufeff\"\n");
}

#[test]
fn several_lines_are_a_literal_block() {
    check(r#"{"a":"b\nc\n"}"#, "a: |\n  b\n  c\n");
    check(r#"{"a":{"b":"c\n\nd"}}"#, "a:\n  b: |-\n    c\n\n    d\n");
    check(r#"["a\nb\n\n"]"#, "- |+\n  a\n  b\n\n");
    check(r#"{"a":["  b\nc\n"]}"#, "a:\n- |2\n    b\n  c\n");
    check(r#"{"a":[{"b":"\tc\nd"}]}"#, "a:\n- b: |2-\n    \tc\n    d\n");
    check(r#"{"a":"b\n \nc"}"#, "a: \"b\\n \\nc\"\n");
    check(r#"{"a":"b\r\nc"}"#, "a: \"b\\r\\nc\"\n");
    check(r#"" a\nb""#, "\" a\\nb\"\n");
    check(r#"{"a\nb":1}"#, "\"a\\nb\": 1\n");
}

#[test]
fn long_keys_are_explicit() {
    let long = "k".repeat(1025);
    check(&format!("{{\"{long}\":1,\"b\":2}}"), &format!("? {long}\n: 1\nb: 2\n"));
    check(&format!("[{{\"{long}\":{{\"a\":[1]}}}}]"), &format!("- ? {long}\n  :\n    a:\n    - 1\n"));
    let fits = "k".repeat(1024);
    check(&format!("{{\"{fits}\":1}}"), &format!("{fits}: 1\n"));
}

#[test]
fn documents_follow_one_another() {
    let mut writer = yaml::Writer::reuse("what was there before".to_owned());
    for name in ["a", "b"] {
        writer.document_start();
        writer.map_start();
        writer.key("name");
        writer.text(name);
        writer.map_end();
    }
    assert_eq!(writer.into_string(), "---\nname: a\n---\nname: b\n");
}

/// Writes `datum`, noting before each key and each scalar item on which line it will stand.
fn write_noting_lines(datum: &Datum, sink: &mut impl Sink, lines: &mut Vec<u32>) {
    match &datum.kind {
        DatumKind::Map(entries) => {
            sink.map_start();
            for (key, value) in entries {
                lines.push(sink.line());
                sink.key(&key.text);
                write_noting_lines(value, sink, lines);
            }
            sink.map_end();
        }
        DatumKind::List(items) => {
            sink.list_start();
            for item in items {
                if is_one_line(item) {
                    lines.push(sink.line());
                }
                write_noting_lines(item, sink, lines);
            }
            sink.list_end();
        }
        _ => datum.write_to(sink),
    }
}

/// The lines on which a reader finds what [`write_noting_lines`] notes.
fn lines_read(text: &str, datum: &Datum, lines: &mut Vec<u32>) {
    let line_of = |range: TextRange| {
        let before = text.get(..range.start as usize).unwrap_or_default();
        u32::try_from(before.matches('\n').count()).unwrap_or_default() + 1
    };
    match &datum.kind {
        DatumKind::Map(entries) => {
            for (key, value) in entries {
                lines.push(line_of(key.range));
                lines_read(text, value, lines);
            }
        }
        DatumKind::List(items) => {
            for item in items {
                if is_one_line(item) {
                    lines.push(line_of(item.range));
                }
                lines_read(text, item, lines);
            }
        }
        _ => {}
    }
}

/// Whether a value has no lines of its own, so that its place is where its line begins.
fn is_one_line(datum: &Datum) -> bool {
    match &datum.kind {
        DatumKind::Text(text) => !text.contains('\n'),
        DatumKind::List(_) | DatumKind::Map(_) => false,
        _ => true,
    }
}

fn text_datum(text: &str) -> Datum {
    Datum { kind: DatumKind::Text(text.into()), range: TextRange::default() }
}

fn wrapped(kind: DatumKind) -> Datum {
    Datum { kind, range: TextRange::default() }
}

fn single_entry(key: &str, value: Datum) -> Datum {
    let key = Key { text: key.into(), range: TextRange::default() };
    wrapped(DatumKind::Map(vec![(key, value)]))
}

#[track_caller]
fn check_round_trip(datum: &Datum) {
    let text = written(datum);
    let read = read(Format::Yaml, &text, Limits::default());
    let read = read.map(|it| it.iter().map(|Document { root }| compact(root)).collect::<Vec<_>>());
    assert_eq!(read, Ok(vec![compact(datum)]), "{text}");
}

#[test]
fn every_trap_survives_in_every_place() {
    for trap in TRAPS {
        let value = || text_datum(trap);
        check_round_trip(&value());
        check_round_trip(&single_entry(trap, single_entry(trap, value())));
        let item = single_entry("a", wrapped(DatumKind::List(vec![value(), single_entry("b", value())])));
        check_round_trip(&wrapped(DatumKind::List(vec![value(), item, value()])));
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn what_is_written_is_what_is_read(datum in any_datum()) {
        check_round_trip(&datum);
    }

    #[test]
    fn lines_are_known_before_they_are_written(datum in any_datum()) {
        let mut writer = yaml::Writer::new();
        let mut noted = Vec::new();
        write_noting_lines(&datum, &mut writer, &mut noted);
        let text = writer.into_string();
        let documents = read(Format::Yaml, &text, Limits::default()).unwrap_or_default();
        let mut found = Vec::new();
        documents.iter().for_each(|it| lines_read(&text, &it.root, &mut found));
        prop_assert_eq!(noted, found, "{}", text);
    }
}
