//! Text as data of a shell: whatever it holds, the shell reads the same bytes again and does nothing with them.
//!
//! Between single quotes everything is itself. What is not written there is a quote, what a terminal or an editor would not show
//! as it is, and what people who read scripts for mistakes take for one: a `$` before a name, a backtick.

use std::fmt::Write;

/// A text as one word of a shell. It has no character that is null, which no shell can hold.
pub fn quote(text: &str) -> String {
    let mut word = String::with_capacity(text.len() + 2);
    let mut open = false;
    let mut letters = text.chars().peekable();
    while let Some(letter) = letters.next() {
        // What ends the quotes behind it, so that what follows stands in others.
        let ends = match letter {
            '$' => letters.peek().is_some_and(|next| next.is_ascii_alphanumeric() || "_{(".contains(*next)),
            '`' => true,
            _ => false,
        };
        // A backslash at the end of quotes looks as if it were to escape them.
        let alone =
            letter == '\\' && letters.peek().is_none_or(|next| is_escaped(*next) || matches!(next, '\'' | '\\'));
        if letter == '\'' || alone || is_escaped(letter) {
            close(&mut word, &mut open);
            escape(letter, &mut word);
            continue;
        }
        if !open {
            word.push('\'');
            open = true;
        }
        word.push(letter);
        if ends {
            close(&mut word, &mut open);
            // Two quotes that meet behind several lines look as if the first had been forgotten before.
            word.push_str("\"\"");
        }
    }
    close(&mut word, &mut open);
    if word.is_empty() { "''".to_owned() } else { word }
}

fn close(word: &mut String, open: &mut bool) {
    if *open {
        word.push('\'');
        *open = false;
    }
}

/// What is written by its bytes: what is not seen, or changes how the rest is seen, and quotes that are none.
fn is_escaped(letter: char) -> bool {
    let hidden = matches!(letter, '\u{ad}' | '\u{a0}' | '\u{200b}'..='\u{200f}' | '\u{2018}'..='\u{201f}'
        | '\u{2028}'..='\u{202f}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{e0000}'..='\u{e007f}');
    hidden || (letter.is_control() && letter != '\n' && letter != '\t')
}

fn escape(letter: char, word: &mut String) {
    if matches!(letter, '\'' | '\\') {
        word.extend(['\\', letter]);
        return;
    }
    word.push_str("$'");
    let mut bytes = [0; 4];
    for byte in letter.encode_utf8(&mut bytes).bytes() {
        // Three digits each, so that what follows is none of them.
        let _ = write!(word, "\\{byte:03o}");
    }
    word.push('\'');
}

#[cfg(test)]
mod tests {
    use super::quote;

    #[test]
    fn what_is_quoted() {
        for (text, word) in [
            ("", "''"),
            ("a b", "'a b'"),
            ("it's", r"'it'\''s'"),
            ("a\nb\t", "'a\nb\t'"),
            ("$(x) $HOME $ 5", "'$'\"\"'(x) $'\"\"'HOME $ 5'"),
            ("`x`", "'`'\"\"'x`'\"\""),
            (r"C:\dir\", r"'C:\dir'\\"),
            ("\u{1b}[1m", r"$'\033''[1m'"),
            ("\u{2019}", r"$'\342\200\231'"),
        ] {
            assert_eq!(quote(text), word);
        }
    }
}
