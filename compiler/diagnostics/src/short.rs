//! How long a text may be that a finding says: what it quotes may come from anywhere, and be of any length.
//!
//! A name of a megabyte is shown by its beginning, so that the sentence around it can be read.

/// The most characters that are shown of what stands in backticks.
const QUOTED: usize = 120;

/// The most characters of a word that no blank breaks.
const UNBROKEN: usize = 400;

/// The most characters of a whole text.
const WHOLE: usize = 4_000;

/// A text as a finding says it.
pub(crate) fn short(text: impl Into<String>) -> String {
    let text = text.into();
    if text.len() <= QUOTED {
        return text;
    }
    let quotes = text.split('`').enumerate().map(|(index, part)| match index % 2 {
        1 => beginning(part, QUOTED),
        _ => words(part),
    });
    let said: Vec<String> = quotes.take(WHOLE).collect();
    beginning(&said.join("`"), WHOLE)
}

fn words(text: &str) -> String {
    if text.len() <= UNBROKEN {
        return text.to_owned();
    }
    let words: Vec<String> = text.split(' ').take(WHOLE).map(|word| beginning(word, UNBROKEN)).collect();
    words.join(" ")
}

/// The first characters of a text, and a sign that there are more.
fn beginning(text: &str, most: usize) -> String {
    match text.char_indices().nth(most) {
        Some((end, _)) => format!("{}…", text.get(..end).unwrap_or_default()),
        None => text.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_quoted_is_cut() {
        let long = "x".repeat(1_000_000);
        let cut = "x".repeat(QUOTED);
        assert_eq!(
            short(format!("nothing here is called `{long}`, but `a` is")),
            format!("nothing here is called `{cut}…`, but `a` is")
        );
        assert_eq!(short(format!("say {long} now")), format!("say {}… now", "x".repeat(UNBROKEN)));
        assert_eq!(short("ä`".repeat(1_000_000)).chars().count(), WHOLE + 1);
    }

    #[test]
    fn what_people_write_stays() {
        let sentence = "a sentence of words that goes on and on, and quotes `this` and `that`; ".repeat(10);
        assert_eq!(short(sentence.clone()), sentence);
    }
}
