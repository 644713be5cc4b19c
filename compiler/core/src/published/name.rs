//! Names of types, made from the names that schemas have for things.

use std::collections::BTreeSet;

/// The types of the language that a module speaks of, which its own may not hide.
const RESERVED: [&str; 14] =
    ["Any", "Bool", "Bytes", "Cidr", "Cpu", "Duration", "Float", "Int", "Ip", "Ip4", "Ip6", "Null", "String", "Name"];

/// A name of a type that begins with a capital and holds letters and digits alone.
pub fn of_type(text: &str) -> String {
    let words = text.split(|letter: char| !letter.is_ascii_alphanumeric()).filter(|word| !word.is_empty());
    let name: String = words.map(capital).collect();
    match name.chars().next() {
        Some(first) if first.is_ascii_alphabetic() => name,
        _ => format!("Type{name}"),
    }
}

fn capital(word: &str) -> String {
    let mut letters = word.chars();
    letters.next().map(|first| first.to_ascii_uppercase()).into_iter().chain(letters).collect()
}

/// The name of one of several.
pub fn singular(name: &str) -> String {
    match name {
        name if name.ends_with("ies") => format!("{}y", name.trim_end_matches("ies")),
        name if ["ss", "us", "is"].iter().any(|end| name.ends_with(end)) => name.to_string(),
        name => name.strip_suffix('s').unwrap_or(name).to_string(),
    }
}

/// The letters and digits of a text.
pub fn part(text: &str) -> String {
    text.chars().filter(char::is_ascii_alphanumeric).collect()
}

/// Whether a text can be the name of a kind.
pub fn is_word(text: &str) -> bool {
    text.starts_with(|first: char| first.is_ascii_alphabetic()) && text.chars().all(|one| one.is_ascii_alphanumeric())
}

/// The name, or if it is taken the name with a number; it is taken from now on.
pub fn free(wanted: &str, taken: &mut BTreeSet<String>) -> String {
    let mut name = wanted.to_string();
    let mut number = 2;
    while RESERVED.contains(&name.as_str()) || taken.contains(&name) {
        name = format!("{wanted}-{number}");
        number += 1;
    }
    taken.insert(name.clone());
    name
}
