//! Text and names as the language writes them.

use domain::{Bytes, Cidr, Cpu, Duration, Ip};

use crate::published::quoted;
use crate::ty::Scalar;

/// Words that mean something at the beginning of a statement, and so stand in quotes where they are keys.
const WORDS: [&str; 17] = [
    "and", "check", "each", "else", "emit", "extend", "false", "fn", "for", "if", "import", "let", "match", "not",
    "null", "or", "true",
];

/// A name or key, in quotes where it needs them.
pub fn name(text: &str) -> String {
    let mut letters = text.chars();
    let plain = letters.next().is_some_and(|first| first.is_ascii_alphabetic())
        && letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '-')
        && !text.ends_with('-')
        && !WORDS.contains(&text);
    if plain { text.to_string() } else { quoted(text) }
}

/// A text: on one line, or as a block where it has several.
pub fn text(text: &str, depth: usize) -> String {
    if is_block(text) { block(text, depth) } else { quoted(text) }
}

/// Whether a text reads better as a block, and can be one: what a block would change is written with escapes.
fn is_block(text: &str) -> bool {
    let plain = |letter: char| letter == '\n' || !letter.is_control() && !is_unseen(letter);
    let blank = |line: &str| !line.is_empty() && line.trim().is_empty();
    text.trim_end_matches('\n').contains('\n')
        && text.chars().all(plain)
        && !text.lines().any(blank)
        && !text.starts_with('\n')
}

/// Letters that nobody sees, or that look like others.
fn is_unseen(letter: char) -> bool {
    matches!(letter, '\u{ad}' | '\u{85}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}')
        || letter.is_whitespace() && letter != ' '
}

fn block(text: &str, depth: usize) -> String {
    let indent = "  ".repeat(depth);
    // A raw block reads as it is; only its own end can not stand in it.
    let raw = text.contains(['\\', '$', '{', '#']) && !text.contains("\"\"\"");
    let (begin, text) = match raw {
        true => ("r\"\"\"", text.to_string()),
        false => ("\"\"\"", text.replace('\\', "\\\\").replace("\"\"\"", "\\\"\\\"\\\"")),
    };
    let mut out = format!("{begin}\n");
    for line in text.split('\n') {
        if !line.is_empty() {
            out.push_str(&indent);
            out.push_str(line);
        }
        out.push('\n');
    }
    format!("{out}{indent}\"\"\"")
}

/// A text as a literal of its own type, if that says exactly the same.
pub fn literal(text: &str, scalar: Scalar) -> Option<String> {
    let written = match scalar {
        Scalar::Cpu => Cpu::parse(text).ok()?.to_string(),
        Scalar::Bytes => Bytes::parse(text).ok()?.to_string(),
        Scalar::Duration => Duration::parse(text).ok()?.to_string(),
        Scalar::Ip | Scalar::Ip4 | Scalar::Ip6 => Ip::parse(text).ok()?.to_string(),
        Scalar::Cidr => Cidr::parse(text).ok()?.to_string(),
        _ => return None,
    };
    (written == text).then_some(written)
}

/// The nearest literal of a type that takes no text.
pub fn nearest_literal(text: &str, scalar: Scalar) -> Option<String> {
    match scalar {
        Scalar::Cpu => Cpu::parse(text).ok().map(|cpu| cpu.to_string()),
        Scalar::Bytes => Bytes::parse(text).ok().map(|bytes| bytes.to_string()),
        Scalar::Duration => Duration::parse(text).ok().map(|duration| duration.to_string()),
        _ => literal(text, scalar),
    }
}
