//! The words of errors about single tokens: what of another language or habit was written, and how it is written here.

use crate::error::SyntaxError;
use crate::kind::SyntaxKind as K;
use crate::range::TextRange;

/// The error that a token is by itself, if it is one.
pub(crate) fn token(kind: K, text: &str, range: TextRange) -> Option<SyntaxError> {
    if !kind.is_mistake() {
        return None;
    }
    let written = text.get(range.bytes()).unwrap_or("");
    Some(match kind {
        K::BadRange => bad_range(written, range),
        K::BadVersion => SyntaxError::new("syntax/version", range, format!("the version `{written}` needs quotes"))
            .help(format!("write `\"{written}\"`; if it is an address, it lacks a group"))
            .fix("add the quotes", range, format!("\"{written}\"")),
        K::BadLiteral => {
            SyntaxError::new("syntax/bad-literal", range, format!("`{written}` has too many groups for an address"))
                .help("an IPv4 address has four groups; a version is written in quotes")
        }
        K::BadQuotes => bad_quotes(written, range),
        K::HashComment => hash_comment(written, range),
        K::BlockComment => block_comment(text, range),
        K::Semicolon => semicolon(text, range),
        K::AmpersandAmpersand => operator(written, "and", range),
        K::PipePipe => operator(written, "or", range),
        K::Exclamation if is_behind_value(text, range) => {
            SyntaxError::new("syntax/operator", range, "there is no operator `!`")
                .help("delete it: nothing is null unless its type says so with `?`")
                .fix("delete `!`", range, "")
        }
        K::Exclamation => operator(written, "not", range),
        K::ForeignOperator => foreign_operator(written, range),
        _ => bad_character(text, range),
    })
}

fn operator(written: &str, word: &str, range: TextRange) -> SyntaxError {
    let spaced = if word == "not" { "not ".to_owned() } else { word.to_owned() };
    SyntaxError::new("syntax/operator", range, format!("there is no operator `{written}`"))
        .help(format!("write `{word}`"))
        .fix(format!("replace `{written}` by `{word}`"), range, spaced)
}

/// What is written here for an operator of another language; and the operator, if it takes its place.
const FOREIGN_OPERATORS: &[(&str, &str, Option<&str>)] = &[
    ("<>", "write `!=`", Some("!=")),
    ("!==", "write `!=`", Some("!=")),
    ("===", "write `==`", Some("==")),
    ("=~", "ask with a method: `text.matches(r\"..\")`", None),
    ("<=>", "compare with `<`, `==` or `>`", None),
    ("**", "call the method: `a.pow(b)`", None),
    ("^", "call the method: `a.pow(b)`", None),
    ("|>", "call a method behind a dot: `list.map((x) => ..)`", None),
    (":=", "declare a name with `let name = value`; in a body, write `name: value`", None),
    ("+=", CHANGED, None),
    ("-=", CHANGED, None),
    ("*=", CHANGED, None),
    ("/=", CHANGED, None),
    ("++", CHANGED, None),
];

const CHANGED: &str = "nothing changes once it is written: give the new value a name of its own with `let`";

fn foreign_operator(written: &str, range: TextRange) -> SyntaxError {
    let error = SyntaxError::new("syntax/operator", range, format!("there is no operator `{written}`"));
    match FOREIGN_OPERATORS.iter().find(|row| row.0 == written) {
        Some((_, help, Some(right))) => {
            error.help(*help).fix(format!("replace `{written}` by `{right}`"), range, *right)
        }
        Some((_, help, None)) => error.help(*help),
        None => error,
    }
}

/// Whether a token follows a value directly and no operand follows it.
fn is_behind_value(text: &str, range: TextRange) -> bool {
    let before = text.get(..range.start as usize).and_then(|text| text.chars().next_back());
    let after = text.get(range.end as usize..).and_then(|text| text.chars().next());
    let ends_value = |letter: char| letter.is_alphanumeric() || matches!(letter, '_' | ')' | ']' | '}' | '"');
    before.is_some_and(ends_value) && !after.is_some_and(|letter| letter.is_alphanumeric() || letter == '(')
}

fn semicolon(text: &str, range: TextRange) -> SyntaxError {
    let error = SyntaxError::new("syntax/operator", range, "statements are not separated by `;`");
    let rest = text.get(range.end as usize..).and_then(|rest| rest.lines().next()).unwrap_or("").trim_start();
    if rest.is_empty() || rest.starts_with("//") {
        return error.help("delete it: a statement ends with its line").fix("delete `;`", range, "");
    }
    error.help("end the line, or write `,` between two on one line").fix("replace `;` by `,`", range, ",")
}

fn bad_range(written: &str, range: TextRange) -> SyntaxError {
    let (first, last) = written.split_once('-').unwrap_or((written, ""));
    let last_groups = last.split('.').count();
    let kept: Vec<&str> = first.split('.').take(4usize.saturating_sub(last_groups)).collect();
    let last = if kept.is_empty() { last.to_owned() } else { format!("{}.{last}", kept.join(".")) };
    let right = format!("{first}..{last}");
    SyntaxError::new("syntax/range", range, format!("the range `{written}` is written with `..`"))
        .help(format!("write `{right}`"))
        .fix(format!("write `{right}`"), range, right)
}

fn bad_quotes(written: &str, range: TextRange) -> SyntaxError {
    let inner = written.get(1..written.len().saturating_sub(1)).unwrap_or("");
    let code = if written.starts_with('`') { "syntax/bad-character" } else { "syntax/bad-literal" };
    let error = SyntaxError::new(code, range, "strings use double quotes").help("replace the quotes by `\"`");
    if inner.contains(['"', '\\']) {
        return error;
    }
    error.fix("use double quotes", range, format!("\"{inner}\""))
}

fn hash_comment(written: &str, range: TextRange) -> SyntaxError {
    let words = written.trim_start_matches('#').trim_end_matches('\r');
    let shown = if words.starts_with(' ') || words.is_empty() { format!("//{words}") } else { format!("// {words}") };
    let range =
        TextRange::new(range.start, range.start + u32::try_from(written.trim_end_matches('\r').len()).unwrap_or(0));
    SyntaxError::new("syntax/bad-character", range, "comments begin with `//`").help("replace `#` by `//`").fix(
        "replace `#` by `//`",
        range,
        shown,
    )
}

/// A comment that ends its line becomes one or more comments of a line.
fn block_comment(text: &str, range: TextRange) -> SyntaxError {
    let error = SyntaxError::new("syntax/bad-character", range, "comments begin with `//`, and end with their line")
        .help("write `//` before each line of the comment");
    let rest = text.get(range.end as usize..).and_then(|rest| rest.lines().next()).unwrap_or("");
    if !rest.trim().is_empty() {
        return error;
    }
    let written = text.get(range.bytes()).unwrap_or("");
    let inner = written.trim_start_matches(['/', '*']).trim_end_matches(['/', '*']);
    let before = text.get(..range.start as usize).and_then(|before| before.rsplit('\n').next()).unwrap_or("");
    let indent: String = before.chars().take_while(|letter| letter.is_whitespace()).collect();
    let lines = inner.lines().map(|line| line.trim().trim_start_matches('*').trim());
    let lines: Vec<String> = lines.filter(|line| !line.is_empty()).map(|line| format!("// {line}")).collect();
    error.fix("write `//`", range, lines.join(&format!("\n{indent}")))
}

fn bad_character(text: &str, range: TextRange) -> SyntaxError {
    let first = text.get(range.start as usize..).and_then(|rest| rest.chars().next()).unwrap_or(' ');
    let (message, help) = match first {
        '\u{201c}' | '\u{201d}' | '\u{201e}' | '\u{2018}' | '\u{2019}' => {
            (format!("`{first}` is a typographic quote"), "write strings with the straight quote `\"`".to_owned())
        }
        '\u{a0}' | '\u{202f}' | '\u{2007}' => {
            ("a no-break space stands here".to_owned(), "replace it by an ordinary space".to_owned())
        }
        '$' => (
            "names are written without `$`".to_owned(),
            "delete it; in a string, a value stands in `\\(name)`".to_owned(),
        ),
        '\'' | '`' => ("strings use double quotes".to_owned(), "replace the quotes by `\"`".to_owned()),
        _ if first.is_alphabetic() => (
            format!("names hold no `{first}`"),
            "names are made of the letters a to z, digits, `_` and `-`; other text is quoted".to_owned(),
        ),
        _ if first.is_control() || is_invisible(first) => {
            (format!("an invisible character (U+{:04X}) stands here", u32::from(first)), "delete it".to_owned())
        }
        _ => (format!("`{first}` means nothing here"), "delete it, or put it in quotes".to_owned()),
    };
    SyntaxError::new("syntax/bad-character", range, message).help(help)
}

/// The error of a number that starts with zeros.
pub(crate) fn leading_zero(written: &str, range: TextRange) -> SyntaxError {
    let digits = written.trim_start_matches(['0', '_']);
    let message = format!("the number `{written}` starts with a zero");
    let error = SyntaxError::new("syntax/bad-literal", range, message);
    if digits.is_empty() || digits.contains(['8', '9']) {
        return error.help("delete the zeros, or quote the number if it is text");
    }
    error.help(format!("an octal number is written `0o{digits}`")).fix(
        format!("write `0o{digits}`"),
        range,
        format!("0o{digits}"),
    )
}

/// The characters that change the direction of text, so that what an editor shows is not what is read.
fn is_direction(character: char) -> bool {
    matches!(u32::from(character), 0x202a..=0x202e | 0x2066..=0x2069)
}

/// The characters that no source holds as they are, not even in a comment or a string.
pub(crate) fn is_deceptive(character: char) -> bool {
    is_direction(character) || matches!(character, '\0' | '\u{feff}')
}

/// Whether a byte begins the UTF-8 of such a character, or of others like it.
pub(crate) fn may_begin_deception(byte: u8) -> bool {
    matches!(byte, 0 | 0xe2 | 0xef)
}

/// The error of such a character in a comment or a string.
pub(crate) fn deception(character: char, range: TextRange) -> SyntaxError {
    let number = u32::from(character);
    let message = match is_direction(character) {
        true => {
            format!("an invisible character (U+{number:04X}) changes the order in which this line is shown")
        }
        false => format!("an invisible character (U+{number:04X}) stands here"),
    };
    SyntaxError::new("syntax/bad-character", range, message)
        .help(format!("delete it; in a string, it can be written `\\u{{{number:X}}}`"))
        .fix("delete the character", range, "")
}

fn is_invisible(character: char) -> bool {
    matches!(u32::from(character), 0x200b..=0x200f | 0x202a..=0x202e | 0x2060..=0x206f | 0xfeff)
}

pub(crate) fn bad_escape(written: &str, range: TextRange) -> SyntaxError {
    let error = SyntaxError::new("syntax/bad-escape", range, format!("there is no escape `{written}`"));
    if written.starts_with("\\u") {
        return error.help("a character by its number is written `\\u{1F600}`, with one to six hexadecimal digits");
    }
    let error = error
        .help("the escapes are `\\n \\t \\r \\0 \\\\ \\\" \\u{..}` and `\\(expression)`; a backslash itself is `\\\\`");
    error.fix("write the backslash as `\\\\`", range, format!("\\{written}"))
}

pub(crate) fn unclosed_string(quote: K, text: &str, range: TextRange) -> SyntaxError {
    if matches!(quote, K::BlockQuote | K::RawBlockQuote) {
        let opener = TextRange::new(range.start, range.start + if quote == K::BlockQuote { 3 } else { 4 });
        return SyntaxError::new("syntax/unclosed-string", opener, "this block of text is never closed")
            .label(TextRange::empty(range.end), "`\"\"\"` is expected at the latest here")
            .help("close it with `\"\"\"` on a line of its own");
    }
    let written = text.get(range.bytes()).unwrap_or("");
    let end = range.start + u32::try_from(written.trim_end().len()).unwrap_or(0);
    SyntaxError::new("syntax/unclosed-string", range, "this string is not closed on its line")
        .help("close it with `\"`; text of several lines stands between `\"\"\"`")
        .fix("close the string", TextRange::empty(end), "\"")
}

pub(crate) fn unclosed_interpolation(range: TextRange) -> SyntaxError {
    SyntaxError::new("syntax/unclosed", range, "the interpolation `\\(` is not closed on its line")
        .help("close it with `)`")
}
