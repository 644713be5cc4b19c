//! Writing JSON: how it looks, and that another reader reads what was written.

mod common;

use common::compact;
use common::random::any_datum;
use data::{Datum, DatumKind, Format, Limits, Sink, json, read};
use proptest::prelude::*;
use serde_json::Value;

fn pretty(datum: &Datum) -> String {
    let mut writer = json::Writer::pretty();
    datum.write_to(&mut writer);
    writer.into_string()
}

#[test]
fn pretty_and_compact() {
    let text = r#"{"a":[1,{"b":null}],"c":{},"d":[],"e":"x\n\"é"}"#;
    let documents = read(Format::Json, text, Limits::default()).unwrap_or_default();
    let expected = "{\n  \"a\": [\n    1,\n    {\n      \"b\": null\n    }\n  ],\n  \"c\": {},\n  \"d\": [],\n  \"e\": \"x\\n\\\"é\"\n}\n";
    assert_eq!(pretty(&documents[0].root), expected);
    assert_eq!(compact(&documents[0].root), text);
}

#[test]
fn what_json_does_not_have_is_null() {
    let mut writer = json::Writer::compact();
    writer.list_start();
    for value in [f64::INFINITY, f64::NAN, 1e21] {
        writer.float(value);
    }
    writer.list_end();
    assert_eq!(writer.into_string(), "[null,null,1.0e+21]");
}

#[test]
fn documents_and_lines() {
    let mut writer = json::Writer::pretty();
    for _ in 0..2 {
        writer.document_start();
        writer.map_start();
        writer.key("a");
        writer.int(1);
        writer.map_end();
    }
    writer.list_start();
    assert_eq!(writer.line(), 8);
    writer.list_end();
    assert_eq!(writer.line(), 8);
    assert_eq!(writer.as_str(), "{\n  \"a\": 1\n}\n{\n  \"a\": 1\n}\n[]\n");

    let mut writer = json::Writer::compact();
    writer.document_start();
    writer.text("a");
    writer.document_start();
    assert_eq!(writer.line(), 2);
    writer.text("b");
    assert_eq!(writer.into_string(), "\"a\"\n\"b\"");
}

/// The same data for the other reader, which keeps no order, and rounds numbers in its own way.
fn value(datum: &Datum) -> Value {
    match &datum.kind {
        DatumKind::Null => Value::Null,
        DatumKind::Bool(value) => (*value).into(),
        DatumKind::Int(value) => serde_json::from_str(&value.to_string()).unwrap_or_default(),
        DatumKind::Float(value) => serde_json::from_str(&format!("{value:?}")).unwrap_or_default(),
        DatumKind::Text(value) => (**value).into(),
        DatumKind::List(items) => items.iter().map(value).collect(),
        DatumKind::Map(entries) => {
            let entries = entries.iter().map(|(key, it)| (key.text.to_string(), value(it)));
            Value::Object(entries.collect())
        }
    }
}

proptest! {
    #[test]
    fn another_reader_reads_what_was_written(datum in any_datum()) {
        let expected = value(&datum);
        let read = |text: &str| serde_json::from_str::<Value>(text).ok();
        prop_assert_eq!(read(&pretty(&datum)), Some(expected.clone()));
        prop_assert_eq!(read(&compact(&datum)), Some(expected));
    }

    #[test]
    fn our_reader_reads_what_was_written(datum in any_datum()) {
        let text = pretty(&datum);
        let read = read(Format::Json, &text, Limits::default());
        prop_assert_eq!(read.map(|it| compact(&it[0].root)), Ok(compact(&datum)));
    }
}
