//! The words of `facts/`: which there are, and what follows each.

use crate::{
    format::Format,
    model::{Argument, Fact, Minors},
    tags::fact,
};

#[derive(Clone, Copy)]
enum Takes {
    Nothing,
    Number,
    /// The rest of the line.
    Text,
    Texts,
    /// Texts, each perhaps with the versions that have it: `PreferClose`, `New@34`, `Old@-35`, `Short@34-35`.
    Values,
    Format,
}

const WORDS: [(&str, u8, Takes); 17] = [
    ("values", fact::VALUES, Takes::Values),
    ("suggested", fact::SUGGESTED, Takes::Values),
    ("default", fact::DEFAULT, Takes::Text),
    ("minimum", fact::MINIMUM, Takes::Number),
    ("maximum", fact::MAXIMUM, Takes::Number),
    ("min-length", fact::MIN_LENGTH, Takes::Number),
    ("max-length", fact::MAX_LENGTH, Takes::Number),
    ("min-items", fact::MIN_ITEMS, Takes::Number),
    ("max-items", fact::MAX_ITEMS, Takes::Number),
    ("pattern", fact::PATTERN, Takes::Text),
    ("format", fact::FORMAT, Takes::Format),
    ("keys", fact::KEYS, Takes::Texts),
    ("set", fact::SET, Takes::Nothing),
    ("atomic", fact::ATOMIC, Takes::Nothing),
    ("merge", fact::MERGE, Takes::Text),
    ("immutable", fact::IMMUTABLE, Takes::Nothing),
    ("one-of", fact::ONE_OF, Takes::Text),
];

/// The fact that `word` and the rest of its line say.
pub fn fact(word: &str, rest: &str, all: Minors) -> Result<Fact, String> {
    let known = WORDS.iter().find(|(known, _, _)| *known == word);
    let (_, tag, takes) = known.ok_or_else(|| format!("no such word: `{word}`"))?;
    argument(*takes, rest, all).map(|argument| Fact { tag: *tag, argument })
}

fn argument(takes: Takes, rest: &str, all: Minors) -> Result<Argument, String> {
    let texts = || split(rest);
    match takes {
        Takes::Nothing if rest.is_empty() => Ok(Argument::None),
        Takes::Nothing => Err(format!("nothing may follow here: `{rest}`")),
        _ if rest.is_empty() => Err("something must follow the word".into()),
        Takes::Number => rest.parse().map(Argument::Number).map_err(|_| format!("not a number: `{rest}`")),
        Takes::Text => Ok(Argument::Text(rest.to_string())),
        Takes::Texts => Ok(Argument::Texts(texts())),
        Takes::Values => texts().iter().map(|text| value(text, all)).collect::<Result<_, _>>().map(Argument::Values),
        Takes::Format => format(rest).map(|format| Argument::Format(format as u8)),
    }
}

/// The format of that name.
pub fn format(name: &str) -> Result<Format, String> {
    Format::named(name).ok_or_else(|| format!("no such format: `{name}`"))
}

/// The texts of a line. One that is empty or has a blank in it stands in quotes.
fn split(line: &str) -> Vec<String> {
    let mut texts = Vec::new();
    let mut rest = line;
    while !rest.is_empty() {
        let end = match rest.strip_prefix('"').and_then(|inner| inner.find('"')) {
            Some(quote) => rest[quote + 2..].find(' ').map_or(rest.len(), |blank| quote + 2 + blank),
            None => rest.find(' ').unwrap_or(rest.len()),
        };
        texts.push(rest[..end].replace('"', ""));
        rest = rest[end..].trim_start_matches(' ');
    }
    texts
}

fn value(text: &str, all: Minors) -> Result<(String, Minors), String> {
    // No value of the API has an `@` in it.
    match text.split_once('@') {
        Some((name, text)) => Ok((name.to_string(), versions(text, all)?)),
        None => Ok((text.to_string(), all)),
    }
}

/// `34`, `-35`, `34-35`.
pub fn versions(text: &str, all: Minors) -> Result<Minors, String> {
    let minor = |number: &str, absent: u8| match number {
        "" => Ok(absent),
        number => number.parse::<u8>().map_err(|_| format!("not a version: `{text}`")),
    };
    let (first, last) = text.split_once('-').unwrap_or((text, ""));
    Ok(Minors { first: minor(first, all.first)?, last: minor(last, all.last)? })
}
