//! What the tests share: reading to one line of text, and random data.

#![allow(dead_code, reason = "every test binary uses a part of it")]

pub mod random;
pub mod traps;

use data::{Datum, DatumKind, Format, Limits, ReadError, TextRange, json, read};

/// What reading gives, as one line per document or per error.
pub fn outcome(format: Format, text: &str, limits: Limits) -> Vec<String> {
    match read(format, text, limits) {
        Ok(documents) => documents.iter().map(|it| compact(&it.root)).collect(),
        Err(errors) => errors.iter().map(|it| line(text, it)).collect(),
    }
}

/// Checks what reading gives, under the usual limits.
#[track_caller]
pub fn check(format: Format, text: &str, expected: &[&str]) {
    assert_eq!(outcome(format, text, Limits::default()), expected, "{text}");
}

pub fn compact(datum: &Datum) -> String {
    let mut writer = json::Writer::compact();
    datum.write_to(&mut writer);
    writer.into_string()
}

/// An error as `line:column «text» message (line:column «text» note; help)`.
fn line(text: &str, error: &ReadError) -> String {
    let mut line = format!("{} {}", place(text, error.range), error.message);
    let related = error.related.as_ref();
    let related = related.map(|it| format!("{} {}", place(text, it.range), it.note));
    let more: Vec<String> = related.into_iter().chain(error.help.clone()).collect();
    if !more.is_empty() {
        line += &format!(" ({})", more.join("; "));
    }
    line
}

fn place(text: &str, range: TextRange) -> String {
    let before = text.get(..range.start as usize).unwrap_or("outside");
    let line = before.matches('\n').count() + 1;
    let column = before.chars().rev().take_while(|it| *it != '\n').count() + 1;
    let slice = range.slice(text).replace('\n', "\\n").replace('\t', "\\t");
    format!("{line}:{column} «{slice}»")
}

/// Every value of `datum` that is no list or map, as `key «text in its range»`, and every key.
pub fn leaves(text: &str, datum: &Datum) -> Vec<String> {
    let mut result = Vec::new();
    push_leaves(text, datum, &mut result);
    result
}

fn push_leaves(text: &str, datum: &Datum, result: &mut Vec<String>) {
    match &datum.kind {
        DatumKind::List(items) => items.iter().for_each(|it| push_leaves(text, it, result)),
        DatumKind::Map(entries) => {
            for (key, value) in entries {
                result.push(format!("key {}", place(text, key.range)));
                push_leaves(text, value, result);
            }
        }
        kind => result.push(format!("{} {}", kind.noun(), place(text, datum.range))),
    }
}
