//! Characters that would act on a terminal, or hide what a line says, are written out: `<U+202E>`.
//!
//! Sources and messages come from others. Nothing of them may move the cursor, change colours, or make a line read
//! differently from how it is compiled.

use std::borrow::Cow;
use std::fmt::Write;

/// Whether a character is shown as itself.
pub fn is_harmless(character: char) -> bool {
    !matches!(character,
        '\0'..='\u{1f}' | '\u{7f}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}'
        | '\u{200e}' | '\u{200f}' | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}'
        | '\u{feff}' | '\u{fff9}'..='\u{fffb}' | '\u{e0000}'..='\u{e007f}')
}

/// Appends a character, written out where it is not harmless.
pub fn push(text: &mut String, character: char) {
    if is_harmless(character) {
        text.push(character);
    } else if character < ' ' {
        // U+2400 and what follows are the pictures of the control characters.
        text.extend(char::from_u32(0x2400 + u32::from(character)));
    } else {
        // Writing into a string does not fail.
        let _ = write!(text, "<U+{:04X}>", u32::from(character));
    }
}

/// One line of text, fit to be shown.
pub fn line(text: &str) -> Cow<'_, str> {
    if text.chars().all(is_harmless) {
        return Cow::Borrowed(text);
    }
    let mut shown = String::with_capacity(text.len() + 8);
    text.chars().for_each(|character| push(&mut shown, character));
    Cow::Owned(shown)
}

/// Text of several lines, fit to be shown. Line ends stay.
pub fn lines(text: &str) -> String {
    text.lines().map(|text| line(text)).collect::<Vec<_>>().join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_acts_is_written_out() {
        assert_eq!(line("a\u{1b}[31mb"), "a␛[31mb");
        assert_eq!(line("a\u{202e}b"), "a<U+202E>b");
        assert_eq!(line("\u{9b}2J\u{7f}"), "<U+009B>2J<U+007F>");
        assert_eq!(line("a\nb"), "a␊b");
        assert_eq!(lines("a\nb\u{7}"), "a\nb␇");
    }

    #[test]
    fn what_people_write_stays() {
        for text in ["größe", "日本語", "👩‍👩‍👧", "a b"] {
            assert_eq!(line(text), text);
        }
    }
}
