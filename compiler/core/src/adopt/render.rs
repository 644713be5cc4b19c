//! Data as source, by the types that are due. The formatter decides where lines end; here everything stands on one.

use data::{Datum, DatumKind, Key};

use super::text::{literal, name, nearest_literal, text};
use crate::check::types::expand;
use crate::keys::Db;
use crate::published::quoted;
use crate::symbol::Symbol;
use crate::ty::{RecordTy, Scalar, Ty};

/// What is written between the braces of a record: `replicas: 2, containers app { .. }`, in the order of its type.
pub fn fields(db: &dyn Db, entries: &[(Key, Datum)], record: &RecordTy, depth: usize) -> Vec<String> {
    let place = |key: &Key| record.fields.iter().position(|field| field.0.as_str() == &*key.text);
    let mut said: Vec<_> = entries.iter().filter(|(_, value)| value.kind != DatumKind::Null).collect();
    said.sort_by_key(|(key, _)| place(key).unwrap_or(usize::MAX));
    let said = said.into_iter();
    said.flat_map(|(key, value)| {
        let ty = record.field(Symbol::new(&key.text)).map_or(Ty::Any, |ty| expand(db, &ty.without_null()));
        field(db, &key.text, value, &ty, depth)
    })
    .collect()
}

fn field(db: &dyn Db, key: &str, value: &Datum, ty: &Ty, depth: usize) -> Vec<String> {
    let member = member(db, value, ty);
    if let (Ty::Keyed(by, element), DatumKind::List(items)) = (&member, &value.kind)
        && let Some(blocks) = blocks(db, key, items, by.as_str(), element, depth)
    {
        return blocks;
    }
    // A path leads through records alone, not through what might be one.
    if let (Ty::Record(record), DatumKind::Map(entries)) = (ty, &value.kind)
        && let [only] = fields(db, entries, record, depth).as_slice()
        && begins_with_path(only)
        && is_path(key)
    {
        return vec![format!("{key}.{only}")];
    }
    vec![format!("{}: {}", name(key), expression(db, value, &member, depth))]
}

/// Whether a statement is `a.b: value`, in front of which another step of its path may stand.
fn begins_with_path(statement: &str) -> bool {
    statement.split_once(": ").is_some_and(|(path, _)| path.split('.').all(is_path))
}

fn is_path(key: &str) -> bool {
    key.starts_with(|first: char| first.is_ascii_alphabetic()) && name(key) == key
}

/// The elements of a keyed list as blocks, which stand in the order of their names: another order needs a list.
fn blocks(db: &dyn Db, key: &str, items: &[Datum], by: &str, element: &Ty, depth: usize) -> Option<Vec<String>> {
    let Ty::Record(record) = expand(db, element) else {
        return None;
    };
    let named = items.iter().map(|item| match (&item.kind, item.get(by).map(|value| &value.kind)) {
        (DatumKind::Map(entries), Some(DatumKind::Text(named))) => Some((named.as_ref(), entries)),
        _ => None,
    });
    let named: Vec<(&str, &Vec<(Key, Datum)>)> = named.collect::<Option<_>>()?;
    let ordered = named.windows(2).all(|pair| match pair {
        [one, other] => domain::natural_cmp(one.0, other.0).is_lt(),
        _ => true,
    });
    if named.is_empty() || !ordered || !is_path(key) {
        return None;
    }
    let block = |(named, entries): (&str, &Vec<(Key, Datum)>)| {
        let rest: Vec<(Key, Datum)> = entries.iter().filter(|(key, _)| &*key.text != by).cloned().collect();
        format!("{key} {} {}", name(named), braces(&fields(db, &rest, &record, depth + 1)))
    };
    Some(named.into_iter().map(block).collect())
}

/// Statements between braces.
pub fn braces(statements: &[String]) -> String {
    match statements {
        [] => "{}".to_string(),
        some => format!("{{ {} }}", some.join(", ")),
    }
}

/// A value of a type.
fn expression(db: &dyn Db, value: &Datum, ty: &Ty, depth: usize) -> String {
    let ty = member(db, value, ty);
    match (&value.kind, &ty) {
        (DatumKind::Null, _) => "null".to_string(),
        (DatumKind::Bool(truth), _) => truth.to_string(),
        (DatumKind::Int(number), _) => match i64::try_from(*number) {
            Ok(number) => number.to_string(),
            // Beyond 64 bits every reader of JSON takes a number for what this is.
            Err(_) => format!("{:?}", *number as f64),
        },
        (DatumKind::Float(number), _) => format!("{number:?}"),
        (DatumKind::Text(text), ty) => of_text(db, text, ty, depth),
        (DatumKind::List(items), ty) => {
            let element = match ty {
                Ty::List(element) | Ty::Keyed(_, element) => (**element).clone(),
                _ => Ty::Any,
            };
            let items: Vec<String> = items.iter().map(|item| expression(db, item, &element, depth + 1)).collect();
            format!("[{}]", items.join(", "))
        }
        (DatumKind::Map(entries), Ty::Record(record)) => braces(&fields(db, entries, record, depth + 1)),
        (DatumKind::Map(entries), ty) => {
            let element = match ty {
                Ty::Map(_, element) => (**element).clone(),
                _ => Ty::Any,
            };
            let entry = |(key, value): &(Key, Datum)| {
                format!("{}: {}", name(&key.text), expression(db, value, &element, depth + 1))
            };
            braces(&entries.iter().map(entry).collect::<Vec<_>>())
        }
    }
}

fn of_text(db: &dyn Db, written: &str, ty: &Ty, depth: usize) -> String {
    let members: Vec<Ty> = ty.members().iter().map(|member| expand(db, member)).collect();
    let scalars = members.iter().filter_map(|member| match member {
        Ty::Scalar(scalar) => Some(*scalar),
        _ => None,
    });
    let scalars: Vec<Scalar> = scalars.collect();
    let takes_text = scalars.is_empty() || scalars.iter().any(|scalar| scalar.is_textual());
    if !takes_text {
        return scalars
            .iter()
            .find_map(|scalar| nearest_literal(written, *scalar))
            .unwrap_or_else(|| text(written, depth));
    }
    // Where amounts of several kinds are due, a bare unit could be read as either.
    let own: Vec<Scalar> = scalars.into_iter().filter(|scalar| !scalar.is_textual()).collect();
    match own.as_slice() {
        [only] => literal(written, *only).unwrap_or_else(|| text(written, depth)),
        _ if written.contains('\n') => text(written, depth),
        _ => quoted(written),
    }
}

/// The member of a union that a value is of, told by its shape.
fn member(db: &dyn Db, value: &Datum, ty: &Ty) -> Ty {
    let expanded = expand(db, &ty.without_null());
    let Ty::Union(members) = &expanded else {
        return expanded;
    };
    let members = members.iter().map(|member| expand(db, member));
    let found = members.into_iter().find(|member| match value.kind {
        DatumKind::Map(_) => matches!(member, Ty::Record(_) | Ty::Map(..)),
        DatumKind::List(_) => matches!(member, Ty::List(_) | Ty::Keyed(..)),
        _ => false,
    });
    found.unwrap_or(expanded)
}
