//! Adds the facts of `facts/` to the types and kinds that they speak of. Each line is `subject word argument..`; what is
//! wrong is said with file and line.

use std::{error::Error, fs, path::Path};

use crate::{
    MINORS,
    model::{Api, Field, Minors, Presence, Type},
    words,
};

const ALL: Minors = Minors { first: *MINORS.start(), last: *MINORS.end() };

pub fn add(api: &mut Api, directory: &Path) -> Result<(), Box<dyn Error>> {
    let mut files: Vec<_> =
        fs::read_dir(directory)?.map(|entry| entry.map(|entry| entry.path())).collect::<Result<_, _>>()?;
    files.sort();
    for file in files {
        let is_facts = file.extension().is_some_and(|extension| extension == "txt");
        if !is_facts || file.ends_with("served.txt") {
            continue;
        }
        for (number, line) in fs::read_to_string(&file)?.lines().enumerate() {
            if line.is_empty() || line.starts_with('#') {
                continue;
            }
            add_line(api, line).map_err(|problem| format!("{}:{}: {problem}", file.display(), number + 1))?;
        }
    }
    Ok(())
}

fn add_line(api: &mut Api, line: &str) -> Result<(), String> {
    let (subject, rest) = line.split_once(' ').ok_or("a word must follow")?;
    let (word, rest) = rest.split_once(' ').unwrap_or((rest, ""));
    if let Some((group, kind)) = subject.split_once('/') {
        return of_kind(api, group, kind, word, rest);
    }
    let dots: Vec<usize> = subject.match_indices('.').map(|(at, _)| at).collect();
    let (name, field) = match dots.get(2) {
        Some(dot) => (&subject[..*dot], Some(&subject[dot + 1..])),
        None => (subject, None),
    };
    let types: Vec<&mut Type> = api.types.values_mut().filter(|type_| is_meant(name, &type_.name)).collect();
    if types.is_empty() {
        return Err(format!("no such type: `{name}`"));
    }
    let mut found = false;
    for type_ in types {
        found |= match field {
            Some(field) => of_field(type_, field, word, rest)?,
            None if word == "order" => order(type_, rest)?,
            None => return Err(format!("not a word about a type: `{word}`")),
        };
    }
    if found { Ok(()) } else { Err(format!("no such field: `{subject}`")) }
}

/// The version of a group may be `*`, which means all that there are.
fn is_meant(pattern: &str, name: &str) -> bool {
    match pattern.split_once(".*.") {
        Some((group, type_)) => name.split('.').next() == Some(group) && name.split('.').nth(2) == Some(type_),
        None => pattern == name,
    }
}

fn of_field(type_: &mut Type, name: &str, word: &str, rest: &str) -> Result<bool, String> {
    match word {
        "required" => return presence(type_, name, Presence::Required, rest),
        "optional" => return presence(type_, name, Presence::Optional, rest),
        _ => {}
    }
    let fact = words::fact(word, rest, ALL)?;
    let mut found = false;
    for field in type_.fields.iter_mut().filter(|field| field.name == name) {
        if field.facts.iter().any(|known| known.tag == fact.tag) {
            return Err(format!("`{word}` is said twice of `{}.{name}`", type_.name));
        }
        field.facts.push(fact.clone());
        found = true;
    }
    Ok(found)
}

/// Says otherwise than the source whether a field must be there, for some versions or all.
fn presence(type_: &mut Type, name: &str, presence: Presence, rest: &str) -> Result<bool, String> {
    let minors = words::versions(rest, ALL)?;
    let mut is_there = false;
    // A field that other versions have otherwise is there once for each.
    for field in std::mem::take(&mut type_.fields) {
        if field.name != name {
            type_.fields.push(field);
            continue;
        }
        is_there = true;
        let part = |first: u8, last: u8, presence: Presence| {
            let minors = Minors { first: first.max(field.minors.first), last: last.min(field.minors.last) };
            (minors.first <= minors.last).then(|| Field { presence, minors, ..field.clone() })
        };
        let parts = [
            part(0, minors.first - 1, field.presence),
            part(minors.first, minors.last, presence),
            part(minors.last + 1, u8::MAX, field.presence),
        ];
        type_.fields.extend(parts.into_iter().flatten());
    }
    Ok(is_there)
}

/// The order of the fields; what is not named comes last.
fn order(type_: &mut Type, names: &str) -> Result<bool, String> {
    let names: Vec<&str> = names.split(' ').collect();
    if let Some(name) = names.iter().find(|name| !type_.fields.iter().any(|field| field.name == **name)) {
        return Err(format!("`{}` has no field `{name}`", type_.name));
    }
    type_.fields.sort_by_key(|field| names.iter().position(|name| *name == field.name).unwrap_or(names.len()));
    Ok(true)
}

fn of_kind(api: &mut Api, group: &str, kind: &str, word: &str, rest: &str) -> Result<(), String> {
    let group = if group == "core" { "" } else { group };
    let texts = || rest.split(' ').map(String::from).collect();
    let mut found = false;
    for known in api.kinds.iter_mut().filter(|known| known.group == group && known.kind == kind) {
        match word {
            "short" => known.short_names = texts(),
            "categories" => known.categories = texts(),
            "subresources" => known.subresources = texts(),
            "name" => known.name = words::format(rest)? as u8,
            _ => return Err(format!("not a word about a kind: `{word}`")),
        }
        found = true;
    }
    if found { Ok(()) } else { Err(format!("no such kind: `{group}/{kind}`")) }
}
