//! The words of JSON: numbers, strings and their escapes.
//!
//! Knows spelling; every function looks at the beginning of the text it is given and must not know
//! where in a file that is.

use std::sync::Arc;

/// What is wrong with a word, relative to the beginning of the word.
pub(super) struct Problem {
    pub(super) message: &'static str,
    pub(super) start: usize,
    pub(super) end: usize,
}

/// The letters, digits and signs at the beginning of `text` that a reader sees as one word.
pub(super) fn word(text: &str) -> &str {
    let part = |character: char| character.is_alphanumeric() || "+-._".contains(character);
    text.split(|character| !part(character)).next().unwrap_or_default()
}

/// How many bytes at the beginning of `text` are a number, zero if there is none.
pub(super) fn number_length(text: &str) -> usize {
    let bytes = text.as_bytes();
    let digits = |from: usize| {
        let rest = bytes.get(from..).unwrap_or_default();
        rest.iter().take_while(|byte| byte.is_ascii_digit()).count()
    };
    let at = |index: usize| bytes.get(index).copied().unwrap_or_default();

    let sign = usize::from(at(0) == b'-');
    let whole = digits(sign);
    if whole == 0 || (whole > 1 && at(sign) == b'0') {
        return 0;
    }
    let mut length = sign + whole;
    if at(length) == b'.' && digits(length + 1) > 0 {
        length += 1 + digits(length + 1);
    }
    if matches!(at(length), b'e' | b'E') {
        let sign = usize::from(matches!(at(length + 1), b'+' | b'-'));
        match digits(length + 1 + sign) {
            0 => {}
            exponent => length += 1 + sign + exponent,
        }
    }
    length
}

/// The string at the beginning of `text`, which begins with a quote, and its length as written.
pub(super) fn string(text: &str) -> Result<(Arc<str>, usize), Problem> {
    let body = text.get(1..).unwrap_or_default();
    let mut value = String::new();
    let mut position = 0;
    loop {
        let rest = body.get(position..).unwrap_or_default();
        let length = rest.bytes().position(|byte| matches!(byte, 0..0x20 | b'"' | b'\\'));
        let piece = rest.get(..length.unwrap_or(rest.len())).unwrap_or_default();
        position += piece.len();
        match body.as_bytes().get(position) {
            Some(b'"') if value.is_empty() => return Ok((piece.into(), position + 2)),
            Some(b'"') => return Ok(((value + piece).into(), position + 2)),
            Some(b'\\') => {
                value.push_str(piece);
                let rest = body.get(position..).unwrap_or_default();
                let (character, length) = escape(rest).map_err(|problem| Problem {
                    start: problem.start + position + 1,
                    end: problem.end + position + 1,
                    ..problem
                })?;
                value.push(character);
                position += length;
            }
            None | Some(b'\n' | b'\r') => return Err(not_closed(position + 1)),
            Some(_) => return Err(control_character(position + 1)),
        }
    }
}

fn not_closed(end: usize) -> Problem {
    Problem { message: "the string is not closed on its line", start: 0, end }
}

fn control_character(start: usize) -> Problem {
    Problem { message: "JSON allows control characters in strings as escapes only", start, end: start + 1 }
}

/// The character that the escape at the beginning of `text` stands for, and the escape's length.
fn escape(text: &str) -> Result<(char, usize), Problem> {
    let letter = text.chars().nth(1).unwrap_or_default();
    let character = match letter {
        '"' | '\\' | '/' => letter,
        'b' => '\u{8}',
        'f' => '\u{c}',
        'n' => '\n',
        'r' => '\r',
        't' => '\t',
        'u' => return unicode_escape(text),
        _ => {
            return Err(Problem {
                message: "JSON has no such escape",
                start: 0,
                end: (1 + letter.len_utf8()).min(text.len()),
            });
        }
    };
    Ok((character, 2))
}

/// `\u0041`, or two of them where the character lies beyond the first 65,536.
fn unicode_escape(text: &str) -> Result<(char, usize), Problem> {
    const LENGTH: usize = 6;
    let problem = |message, end: usize| Problem { message, start: 0, end: end.min(text.len()) };
    let Some(first) = code_unit(text) else {
        return Err(problem("`\\u` needs four hexadecimal digits", 2));
    };
    if let Some(character) = char::from_u32(first) {
        return Ok((character, LENGTH));
    }
    let second = text.get(LENGTH..).and_then(code_unit).unwrap_or_default();
    let pair = [first, second].map(|unit| u16::try_from(unit).unwrap_or_default());
    match char::decode_utf16(pair).next() {
        Some(Ok(character)) => Ok((character, 2 * LENGTH)),
        _ => Err(problem("half of a surrogate pair is no character", LENGTH)),
    }
}

fn code_unit(text: &str) -> Option<u32> {
    let digits = text.strip_prefix("\\u")?.get(..4)?;
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return None;
    }
    u32::from_str_radix(digits, 16).ok()
}
