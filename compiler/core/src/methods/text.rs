//! Methods of text. Positions and sizes count characters (Unicode scalar values), never bytes.
//!
//! Every textual type (`Name`, `Version`, `Url`, ..) has these methods too; their results are plain text.

use crate::keys::At;
use crate::methods::arguments::{count_at, int_at, number, optional, text, text_at};
use crate::methods::list::{bounds, no_such_place, place};
use crate::methods::table::{Entry, entry};
use crate::methods::{Host, Problem, limit};
use crate::value::{Item, Value};

pub(super) const TABLE: &[Entry] = &[
    entry("String.size() -> Int", "The number of characters.", r#""größe".size()"#, "5", size),
    entry(
        "String.is-empty() -> Bool",
        "Whether it has no character.",
        r#"" ".is-empty()"#,
        "false",
        |_, receiver, _, _| Ok(Value::Bool(text(receiver)?.is_empty())),
    ),
    entry("String.lower() -> String", "In lower case.", r#""Shop-API".lower()"#, "shop-api", |_, receiver, _, _| {
        made(text(receiver)?.to_lowercase())
    }),
    entry("String.upper() -> String", "In upper case.", r#""eu-west".upper()"#, "EU-WEST", |_, receiver, _, _| {
        made(text(receiver)?.to_uppercase())
    }),
    entry(
        "String.trim() -> String",
        "Without white space at both ends.",
        r#""  a b ".trim()"#,
        "a b",
        |_, receiver, _, _| made(text(receiver)?.trim()),
    ),
    entry(
        "String.trim-start() -> String",
        "Without white space at its start.",
        r#""  a".trim-start()"#,
        "a",
        |_, receiver, _, _| made(text(receiver)?.trim_start()),
    ),
    entry(
        "String.trim-end() -> String",
        "Without white space at its end.",
        r#""a\n".trim-end()"#,
        "a",
        |_, receiver, _, _| made(text(receiver)?.trim_end()),
    ),
    entry(
        "String.starts-with(prefix: String) -> Bool",
        "Whether it starts with a text; every text starts with the empty one.",
        r#""k8s-1".starts-with("k8s-")"#,
        "true",
        |_, receiver, args, _| Ok(Value::Bool(text(receiver)?.starts_with(text_at(args, 0)?))),
    ),
    entry(
        "String.ends-with(suffix: String) -> Bool",
        "Whether it ends with a text; every text ends with the empty one.",
        r#""shop.example.net".ends-with(".net")"#,
        "true",
        |_, receiver, args, _| Ok(Value::Bool(text(receiver)?.ends_with(text_at(args, 0)?))),
    ),
    entry(
        "String.contains(part: String) -> Bool",
        "Whether a text occurs in it.",
        r#""payments".contains("pay")"#,
        "true",
        |_, receiver, args, _| Ok(Value::Bool(text(receiver)?.contains(text_at(args, 0)?))),
    ),
    entry(
        "String.index-of(part: String) -> Int?",
        "The position of the first character of the first occurrence of a text, from 0; null if there is none.",
        r#""größer".index-of("er")"#,
        "4",
        index_of,
    ),
    entry(
        "String.without-prefix(prefix: String) -> String",
        "Without a text at its start, if it starts with that.",
        r#""v1.33.4".without-prefix("v")"#,
        "'1.33.4'",
        |_, receiver, args, _| {
            let text = text(receiver)?;
            made(text.strip_prefix(text_at(args, 0)?).unwrap_or(text))
        },
    ),
    entry(
        "String.without-suffix(suffix: String) -> String",
        "Without a text at its end, if it ends with that.",
        r#""values.yaml".without-suffix(".yaml")"#,
        "values",
        |_, receiver, args, _| {
            let text = text(receiver)?;
            made(text.strip_suffix(text_at(args, 0)?).unwrap_or(text))
        },
    ),
    entry(
        "String.replace(old: String, new: String) -> String",
        "With every occurrence of a text replaced, from the left; `old` may not be empty.",
        r#""a.b.c".replace(".", "-")"#,
        "a-b-c",
        replace,
    ),
    entry(
        "String.split(by: String) -> [String]",
        "The pieces between the occurrences of a text, empty ones too; `by` may not be empty.",
        r#""a,b,,c".split(",")"#,
        "- a\n- b\n- ''\n- c",
        split,
    ),
    entry(
        "String.lines() -> [String]",
        "Its lines without their ends (`\\n` or `\\r\\n`); a newline at the end opens no further line.",
        r#""one\ntwo\n".lines()"#,
        "- one\n- two",
        |_, receiver, _, at| pieces(text(receiver)?.lines(), at),
    ),
    entry(
        "String.chars() -> [String]",
        "Its characters.",
        r#""abc".chars()"#,
        "- a\n- b\n- c",
        |_, receiver, _, at| {
            let text = text(receiver)?;
            let ends = text.char_indices().map(|(start, character)| (start, start + character.len_utf8()));
            pieces(ends.filter_map(|(start, end)| text.get(start..end)), at)
        },
    ),
    entry(
        "String.reverse() -> String",
        "Its characters from the last to the first.",
        r#""abc".reverse()"#,
        "cba",
        |_, receiver, _, _| made(text(receiver)?.chars().rev().collect::<String>()),
    ),
    entry(
        "String.repeat(times: Int) -> String",
        "Itself, so many times.",
        r#""ab".repeat(3)"#,
        "ababab",
        |_, receiver, args, _| {
            let (text, times) = (text(receiver)?, count_at(args, 0)?);
            limit::repeated(text.len(), times)?;
            made(text.repeat(times))
        },
    ),
    entry(
        "String.at(position: Int) -> String",
        "The character at a position from 0; negative positions count from the end. There must be one.",
        r#""abc".at(-1)"#,
        "c",
        at,
    ),
    entry(
        "String.slice(from: Int, to?: Int) -> String",
        "The characters from a position up to, without, another, or to the end. Negative positions count from the end; \
         positions beyond an end mean that end.",
        r#""kubernetes".slice(0, 4)"#,
        "kube",
        slice,
    ),
    entry(
        "String.pad-start(size: Int, with?: String) -> String",
        "At least so many characters long, filled up at its start with one character, a blank unless given.",
        r#""7".pad-start(3, "0")"#,
        "'007'",
        |_, receiver, args, _| made(padding(text(receiver)?, args)? + text(receiver)?),
    ),
    entry(
        "String.pad-end(size: Int, with?: String) -> String",
        "At least so many characters long, filled up at its end with one character, a blank unless given.",
        r#""ab".pad-end(4, ".")"#,
        "ab..",
        |_, receiver, args, _| made(text(receiver)?.to_owned() + &padding(text(receiver)?, args)?),
    ),
    entry(
        "String.indent(columns: Int) -> String",
        "With so many blanks before every line that is not empty.",
        r#""a:\n  b: 1".indent(2).lines()"#,
        "- '  a:'\n- '    b: 1'",
        indent,
    ),
    entry(
        "String.to-int() -> Int?",
        "The whole number that it spells in decimal digits, with a sign or without; null if it spells none.",
        r#""42".to-int()"#,
        "42",
        |_, receiver, _, _| Ok(text(receiver)?.parse().map_or(Value::Null, Value::Int)),
    ),
    entry(
        "String.to-float() -> Float?",
        "The number that it spells in decimal digits; null if it spells none.",
        r#""2.50".to-float()"#,
        "2.5",
        to_float,
    ),
];

/// A text as a result.
pub(super) fn made(text: impl Into<std::sync::Arc<str>>) -> Result<Value, Problem> {
    Ok(Value::Text(text.into()))
}

/// A list of pieces of a text.
pub(super) fn pieces<'a>(pieces: impl Iterator<Item = &'a str>, at: At) -> Result<Value, Problem> {
    let items: Vec<Item> =
        pieces.take(limit::MOST_ELEMENTS + 1).map(|piece| Item { value: Value::text(piece), at }).collect();
    limit::elements(items.len())?;
    Ok(super::arguments::list(items))
}

fn size(_: &mut dyn Host, receiver: &Value, _: &[Value], _: At) -> Result<Value, Problem> {
    Ok(Value::Int(text(receiver)?.chars().count() as i64))
}

fn index_of(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let text = text(receiver)?;
    let before = text.find(text_at(args, 0)?).and_then(|start| text.get(..start));
    Ok(before.map_or(Value::Null, |before| Value::Int(before.chars().count() as i64)))
}

fn replace(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (text, old, new) = (text(receiver)?, text_at(args, 0)?, text_at(args, 1)?);
    if old.is_empty() {
        return Err(Problem::new("an empty text can not be replaced"));
    }
    let count = text.matches(old).count();
    limit::bytes((text.len() - count * old.len()).saturating_add(count.saturating_mul(new.len())))?;
    made(text.replace(old, new))
}

fn split(_: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (text, by) = (text(receiver)?, text_at(args, 0)?);
    if by.is_empty() {
        return Err(Problem::new("an empty text separates nothing").with_help("`chars()` gives the single characters"));
    }
    pieces(text.split(by), at)
}

fn at(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (text, position) = (text(receiver)?, int_at(args, 0)?);
    let count = text.chars().count();
    let character = place(position, count).and_then(|place| text.chars().nth(place));
    character.map_or_else(|| Err(no_such_place("text", "characters", position, count)), |found| made(found.to_string()))
}

fn slice(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let text = text(receiver)?;
    let (from, to) = bounds(args, text.chars().count())?;
    made(text.chars().skip(from).take(to - from).collect::<String>())
}

fn padding(text: &str, args: &[Value]) -> Result<String, Problem> {
    let with = optional(args, 1).map_or(Ok(" "), super::arguments::text)?;
    if with.chars().count() != 1 {
        return Err(
            Problem::new(format!("`{with}` is not one character")).with_help("text is filled up with one character")
        );
    }
    let missing = count_at(args, 0)?.saturating_sub(text.chars().count());
    limit::bytes(with.len().saturating_mul(missing).saturating_add(text.len()))?;
    Ok(with.repeat(missing))
}

fn indent(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (text, columns) = (text(receiver)?, count_at(args, 0)?);
    let lines = text.split_inclusive('\n').filter(|line| !line.trim_end().is_empty()).count();
    limit::bytes(text.len().saturating_add(lines.saturating_mul(columns)))?;
    let margin = if lines == 0 { String::new() } else { " ".repeat(columns) };
    let mut indented = String::with_capacity(text.len() + lines * columns);
    for line in text.split_inclusive('\n') {
        if !line.trim_end().is_empty() {
            indented.push_str(&margin);
        }
        indented.push_str(line);
    }
    made(indented)
}

fn to_float(_: &mut dyn Host, receiver: &Value, _: &[Value], _: At) -> Result<Value, Problem> {
    let text = text(receiver)?;
    let spells_a_number = text.bytes().all(|byte| byte.is_ascii_digit() || b"+-.eE".contains(&byte));
    let found = text.parse().ok().filter(|found: &f64| spells_a_number && found.is_finite());
    Ok(found.map_or(Value::Null, number))
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use crate::methods::testing::{check, fails, int, nothing, text};
    use crate::value::Value;

    #[test]
    fn places_are_clamped_in_slices_only() {
        check(text("größe"), "slice", [int(2)], text("öße"));
        check(text("größe"), "slice", [int(-2)], text("ße"));
        check(text("größe"), "slice", [int(1), int(-1)], text("röß"));
        check(text("abc"), "slice", [int(2), int(1)], text(""));
        check(text("abc"), "slice", [int(-9), int(99)], text("abc"));
        check(text("abc"), "at", [int(-3)], text("a"));
        fails(text("abc"), "at", [int(3)], "no position 3");
        fails(text(""), "at", [int(0)], "is empty");
    }

    #[test]
    fn empty_separators_and_fillings() {
        fails(text("abc"), "split", [text("")], "separates nothing");
        fails(text("abc"), "replace", [text(""), text("x")], "can not be replaced");
        check(text(""), "split", [text(",")], super::pieces([""].into_iter(), crate::methods::testing::at()).unwrap());
        fails(text("7"), "pad-start", [int(3), text("00")], "not one character");
        fails(text("7"), "pad-start", [int(-1)], "negative");
        check(text("größe"), "pad-end", [int(6), text("ß")], text("größeß"));
        check(text("abc"), "pad-start", [int(2)], text("abc"));
    }

    #[test]
    fn text_does_not_explode() {
        fails(text("ab"), "repeat", [int(i64::MAX)], "more than 64 MiB");
        fails(text(&"a".repeat(1 << 20)), "replace", [text("a"), text(&"b".repeat(65))], "more than 64 MiB");
        fails(text(&"a\n".repeat(1 << 20)), "indent", [int(i64::MAX)], "more than 64 MiB");
        fails(text(&"a\n".repeat(1_000_001)), "lines", [], "more than 1000000 elements");
        check(text(""), "indent", [int(i64::MAX)], text(""));
    }

    #[test]
    fn numbers_in_text() {
        check(text("-7"), "to-int", [], int(-7));
        check(text("9223372036854775808"), "to-int", [], Value::Null);
        check(text("1.5"), "to-int", [], Value::Null);
        check(text("inf"), "to-float", [], Value::Null);
        check(text("1e999"), "to-float", [], Value::Null);
        check(text("nan"), "to-float", [], Value::Null);
    }

    #[test]
    fn lines_keep_their_own_ends() {
        check(text("a\r\n\nb\n"), "indent", [int(2)], text("  a\r\n\n  b\n"));
        check(text("abc"), "index-of", [text("x")], nothing());
    }
}
