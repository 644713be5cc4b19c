//! Whether two objects say the same.

use data::{Datum, DatumKind};
use domain::{Bytes, Cpu};

/// What one object says and another does not: paths, and what became of them.
pub fn differences(before: &Datum, after: &Datum) -> Vec<String> {
    let mut out = Vec::new();
    compare(before, Some(after), "", &mut out);
    out
}

fn compare(before: &Datum, after: Option<&Datum>, path: &str, out: &mut Vec<String>) {
    match (&before.kind, after.map(|after| &after.kind)) {
        (DatumKind::Map(entries), Some(DatumKind::Map(others))) => {
            let after = after.unwrap_or(before);
            for (key, value) in entries {
                compare(value, after.get(&key.text), &joined(path, &key.text), out);
            }
            for (key, value) in others {
                // An object in another one may leave out what it is; the API server says it too.
                let follows = matches!(&*key.text, "apiVersion" | "kind") && before.get("metadata").is_some();
                if before.get(&key.text).is_none() && value.kind != DatumKind::Null && !follows {
                    out.push(format!("`{}` would be added", joined(path, &key.text)));
                }
            }
        }
        (DatumKind::List(items), Some(DatumKind::List(others))) if items.len() == others.len() => {
            for (number, (one, other)) in items.iter().zip(others).enumerate() {
                compare(one, Some(other), &format!("{path}[{number}]"), out);
            }
        }
        // Null says as much as nothing.
        (DatumKind::Null, None) => {}
        (_, None) => out.push(format!("`{path}` would be lost")),
        (one, Some(other)) if is_same(one, other) => {}
        _ => out.push(format!("`{path}` would be another value")),
    }
}

fn joined(path: &str, key: &str) -> String {
    if path.is_empty() { key.to_string() } else { format!("{path}.{key}") }
}

fn is_same(one: &DatumKind, other: &DatumKind) -> bool {
    match (one, other) {
        (DatumKind::Int(one), DatumKind::Float(other)) | (DatumKind::Float(other), DatumKind::Int(one)) => {
            *one as f64 == *other
        }
        (one, other) if one == other => true,
        // An amount has several spellings.
        _ => match (amount(one), amount(other)) {
            (Some(one), Some(other)) => {
                let cpu = |text: &str| Cpu::parse(text).ok();
                let bytes = |text: &str| Bytes::parse(text).ok();
                cpu(&one).is_some_and(|amount| Some(amount) == cpu(&other))
                    || bytes(&one).is_some_and(|amount| Some(amount) == bytes(&other))
            }
            _ => false,
        },
    }
}

fn amount(value: &DatumKind) -> Option<String> {
    match value {
        DatumKind::Int(number) => Some(number.to_string()),
        DatumKind::Float(number) => Some(number.to_string()),
        DatumKind::Text(text) => Some(text.to_string()),
        _ => None,
    }
}
