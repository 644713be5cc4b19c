//! Random data that is hard to write.

use data::{Datum, DatumKind, Key, TextRange};
use proptest::prelude::*;

use super::traps::TRAPS;

fn datum(kind: DatumKind) -> Datum {
    let range = TextRange::default();
    Datum { kind, range }
}

fn hostile_text() -> impl Strategy<Value = String> {
    let piece = prop::sample::select(vec![
        " ", "  ", "\n", "\n\n", "\t", "\r", ":", ": ", " #", "#", "-", "- ", "'", "\"", "\\", "a", "b", "0", "1", "x",
        "o", "e", ".", "_", "+", ",", "[", "]", "{", "}", "&", "*", "!", "|", ">", "%", "@", "`", "?", "~", "=", "<",
        "é", "\u{a0}", "\u{85}", "\u{2028}", "\u{feff}", "\u{ffff}", "😀", "\0", "\u{1b}", "no", "null", "---", "...",
        "T", "Z",
    ]);
    prop_oneof![
        3 => prop::sample::select(TRAPS).prop_map(str::to_owned),
        4 => prop::collection::vec(piece, 0..8).prop_map(|it| it.concat()),
        1 => any::<String>(),
        1 => "[a-z]{1,8}",
        1 => (1000..1040_usize).prop_map(|length| "k".repeat(length)),
    ]
}

fn scalar() -> impl Strategy<Value = DatumKind> {
    prop_oneof![
        1 => Just(DatumKind::Null),
        1 => any::<bool>().prop_map(DatumKind::Bool),
        1 => any::<i128>().prop_map(DatumKind::Int),
        1 => any::<i16>().prop_map(|it| DatumKind::Int(it.into())),
        1 => any::<f64>().prop_map(|it| DatumKind::Float(if it.is_finite() { it } else { 0.5 })),
        8 => hostile_text().prop_map(|it| DatumKind::Text(it.into())),
    ]
}

fn map_of(entries: Vec<(String, Datum)>) -> DatumKind {
    let mut result: Vec<(Key, Datum)> = Vec::new();
    for (text, value) in entries {
        if result.iter().all(|(key, _)| *key.text != *text) {
            let (text, range) = (text.into(), TextRange::default());
            result.push((Key { text, range }, value));
        }
    }
    DatumKind::Map(result)
}

/// Any data at all, nested, with texts and keys that are hard to write.
pub fn any_datum() -> impl Strategy<Value = Datum> {
    let leaf = scalar().prop_map(datum);
    leaf.prop_recursive(5, 40, 6, |inner| {
        let list = prop::collection::vec(inner.clone(), 0..5).prop_map(DatumKind::List);
        let map = prop::collection::vec((hostile_text(), inner), 0..5).prop_map(map_of);
        prop_oneof![list, map].prop_map(datum)
    })
}
