//! How one piece of text is spelled in YAML so that every reader reads back the same text.
//!
//! Knows what readers of YAML 1.1 and 1.2 take for something else than text; must not know where in
//! a document the text stands, except that it is never inside `[ ]` or `{ }`.
//!
//! The work is one pass over the bytes that collects, from a table, what kinds of bytes occur.
//! Nearly all text in practice is decided by that and by its first and last byte.

use crate::write::invisible::is_invisible;

/// How a piece of text has to be written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    /// As it is.
    Plain,
    /// In single quotes.
    Single,
    /// In double quotes, with escapes.
    Double,
    /// As a literal block.
    Literal,
    /// As a literal block that has to say how deep it is, because its first line begins with a blank.
    IndentedLiteral,
}

/// `:` or `#`, which mean something next to a blank.
const PUNCTUATION: u8 = 1;
/// Can stand in double quotes only.
const CONTROL: u8 = 1 << 1;
/// Part of a character beyond ASCII.
const UNICODE: u8 = 1 << 2;
const NEWLINE: u8 = 1 << 3;
const TAB: u8 = 1 << 4;
const APOSTROPHE: u8 = 1 << 5;
/// `"` or `\`, which double quotes would have to escape.
const ESCAPED: u8 = 1 << 6;
/// Occurs in no spelling of a number, date or time, of any reader.
const WORD: u8 = 1 << 7;

static KINDS: [u8; 256] = kinds();

const fn kinds() -> [u8; 256] {
    let mut table = [0; 256];
    let mut byte = 0;
    while byte < 256 {
        table[byte] = kind(byte as u8);
        byte += 1;
    }
    table
}

const fn kind(byte: u8) -> u8 {
    match byte {
        b'\n' => NEWLINE | WORD,
        b'\t' => TAB | WORD,
        0..0x20 | 0x7f => CONTROL | WORD,
        0x80.. => UNICODE | WORD,
        b':' => PUNCTUATION,
        b'#' => PUNCTUATION | WORD,
        b'\'' => APOSTROPHE | WORD,
        b'"' | b'\\' => ESCAPED | WORD,
        b'0'..=b'9' | b'.' | b'_' | b'-' | b'+' | b' ' | b',' => 0,
        b'a'..=b'f' | b'A'..=b'F' | b'x' | b'X' | b'o' | b'O' => 0,
        b't' | b'T' | b'z' | b'Z' => 0,
        _ => WORD,
    }
}

fn kinds_of(text: &str) -> u8 {
    text.bytes().fold(0, |kinds, byte| kinds | KINDS[usize::from(byte)])
}

impl Style {
    /// The style of a value.
    #[inline]
    pub(super) fn of(text: &str) -> Style {
        let kinds = kinds_of(text);
        if kinds & (CONTROL | NEWLINE | TAB | UNICODE) == 0 {
            return Style::of_ascii_line(text, kinds);
        }
        Style::of_unusual(text, kinds)
    }

    fn of_ascii_line(text: &str, kinds: u8) -> Style {
        if is_plain(text.as_bytes(), kinds) {
            Style::Plain
        } else if kinds & (APOSTROPHE | ESCAPED) == APOSTROPHE {
            Style::Double
        } else {
            Style::Single
        }
    }

    fn of_unusual(text: &str, kinds: u8) -> Style {
        if kinds & CONTROL != 0 || (kinds & UNICODE != 0 && text.chars().any(is_invisible)) {
            return Style::Double;
        }
        if kinds & NEWLINE != 0 {
            return Style::of_lines(text);
        }
        if kinds & TAB != 0 {
            return Style::Double;
        }
        match Style::of_ascii_line(text, kinds) {
            // The first byte of a plain text is always ASCII; the last one has to be, too, because
            // some readers trim more than the blanks of YAML.
            Style::Plain if !text.is_char_boundary(text.len().saturating_sub(1)) => Style::Single,
            style => style,
        }
    }

    /// The style of text of several lines.
    fn of_lines(text: &str) -> Style {
        let mut first = None;
        for line in text.split('\n') {
            if line.is_empty() {
                continue;
            }
            // A line of blanks only is invisible in a block, and editors remove it.
            if line.bytes().all(|byte| matches!(byte, b' ' | b'\t')) {
                return Style::Double;
            }
            first = first.or(line.bytes().next());
        }
        match first {
            None => Style::Double,
            Some(b' ' | b'\t') => Style::IndentedLiteral,
            Some(_) => Style::Literal,
        }
    }
}

/// Whether text without control characters and line breaks needs no quotes.
fn is_plain(text: &[u8], kinds: u8) -> bool {
    let (Some(first), Some(last)) = (text.first(), text.last()) else {
        return false;
    };
    let begins_plain = match first {
        b'a'..=b'z' | b'A'..=b'Z' => !is_reserved_word(text),
        b'/' | b'_' | b'$' | b'(' => true,
        b'0'..=b'9' => kinds & WORD != 0,
        b'-' => is_option(text),
        b'.' => text.starts_with(b"./") || text.starts_with(b"../"),
        _ => false,
    };
    begins_plain && !matches!(last, b' ' | b':') && (kinds & PUNCTUATION == 0 || !has_indicator(text))
}

/// Whether text is the option of a command, such as `-v` or `--port=80`, and so no number.
fn is_option(text: &[u8]) -> bool {
    match text {
        [b'-', b'-', letter, ..] => letter.is_ascii_alphabetic(),
        [b'-', word @ ..] => word.first().is_some_and(u8::is_ascii_alphabetic) && !is_reserved_word(word),
        _ => false,
    }
}

/// Whether some reader takes the word for a truth value, null or a number, in any case of letters.
fn is_reserved_word(word: &[u8]) -> bool {
    let reserved: &[&[u8]] = match word.len() {
        1 => &[b"y", b"n"],
        2 => &[b"no", b"on"],
        3 => &[b"yes", b"off", b"nan", b"inf"],
        4 => &[b"true", b"null"],
        5 => &[b"false"],
        8 => &[b"infinity"],
        _ => &[],
    };
    reserved.iter().any(|it| it.eq_ignore_ascii_case(word)) || is_exponent(word)
}

/// Whether the word is an exponent without a number, such as `e3`, in which some readers see one.
fn is_exponent(word: &[u8]) -> bool {
    let [b'e' | b'E', exponent @ ..] = word else {
        return false;
    };
    let digits = match exponent {
        [b'+' | b'-', digits @ ..] => digits,
        digits => digits,
    };
    !digits.is_empty() && digits.iter().all(|byte| matches!(byte, b'0'..=b'9' | b'_'))
}

/// Whether the text holds `: `, which would make it a key, or ` #`, which would begin a comment.
fn has_indicator(text: &[u8]) -> bool {
    text.windows(2).any(|pair| matches!(pair, [b':', b' '] | [b' ', b'#']))
}

/// Writes a key, which always stands on one line.
#[inline]
pub(super) fn push_key(out: &mut String, key: &str) {
    match Style::of(key) {
        Style::Plain => out.push_str(key),
        Style::Single => push_single_quoted(out, key),
        Style::Double | Style::Literal | Style::IndentedLiteral => push_double_quoted(out, key),
    }
}

pub(super) fn push_single_quoted(out: &mut String, text: &str) {
    out.push('\'');
    for (index, piece) in text.split('\'').enumerate() {
        if index > 0 {
            out.push_str("''");
        }
        out.push_str(piece);
    }
    out.push('\'');
}

pub(super) fn push_double_quoted(out: &mut String, text: &str) {
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            '\0' => out.push_str("\\0"),
            '\0'..' ' | '\u{7f}' => push_escape(out, 'x', 2, character),
            _ if !is_invisible(character) => out.push(character),
            '\u{80}'..='\u{ff}' => push_escape(out, 'x', 2, character),
            '\u{100}'..='\u{ffff}' => push_escape(out, 'u', 4, character),
            _ => push_escape(out, 'U', 8, character),
        }
    }
    out.push('"');
}

/// Writes `character` as a backslash, a letter and `digits` hexadecimal digits.
fn push_escape(out: &mut String, letter: char, digits: u32, character: char) {
    out.push('\\');
    out.push(letter);
    for place in (0..digits).rev() {
        let digit = (u32::from(character) >> (4 * place)) & 0xf;
        out.push(char::from_digit(digit, 16).unwrap_or('0'));
    }
}
