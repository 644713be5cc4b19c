//! The name of one thing: a DNS label. Knows its letters; host names of several labels have their own file.

use std::fmt;

use crate::Problem;

/// The most characters of a label.
pub(crate) const LONGEST_LABEL: usize = 63;

/// A DNS label as RFC 1123 defines it and Kubernetes asks for it: 1 to 63 lower case letters, digits and hyphens, with no
/// hyphen at either end.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Name(String);

impl Name {
    /// Reads a name.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        check_label(text)
            .map(|()| Self(text.to_owned()))
            .map_err(|reason| Problem::new(reason).with_help(RULE).with_fix_if(repaired_label(text)))
    }

    /// The name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

impl fmt::Display for Name {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const RULE: &str =
    "a name is up to 63 lower case letters, digits and hyphens, and begins and ends with a letter or digit";

/// Whether the text is a label; if not, why.
pub(crate) fn check_label(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("a name can not be empty".to_owned());
    }
    if let Some(upper) = text.chars().find(|character| character.is_uppercase()) {
        return Err(format!("`{text}` has the upper case letter `{upper}`"));
    }
    if let Some(strange) = text.chars().find(|character| !is_label_character(*character)) {
        return Err(format!("`{text}` has the character `{}`, which a name can not have", strange.escape_debug()));
    }
    if text.starts_with('-') || text.ends_with('-') {
        return Err(format!("`{text}` begins or ends with a hyphen"));
    }
    if text.len() > LONGEST_LABEL {
        return Err(format!("`{text}` has {} characters, a name has at most {LONGEST_LABEL}", text.len()));
    }
    Ok(())
}

/// The label that a text was probably meant to be: in lower case, with hyphens for what can not stand in it. None for
/// texts that are too long, because cutting a name may make it another one's.
pub(crate) fn repaired_label(text: &str) -> Option<String> {
    let allowed = |character: char| {
        if is_label_character(character) { character } else { '-' }
    };
    let hyphened: String = text.to_lowercase().chars().map(allowed).collect();
    let words: Vec<&str> = hyphened.split('-').filter(|word| !word.is_empty()).collect();
    Some(words.join("-")).filter(|label| check_label(label).is_ok())
}

fn is_label_character(character: char) -> bool {
    character.is_ascii_lowercase() || character.is_ascii_digit() || character == '-'
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, refuses};

    #[test]
    fn text() {
        for text in ["a", "1", "k8s-1", "a--b", &"a".repeat(63)] {
            accepts(Name::parse, text, text);
        }
        refuses(Name::parse, "", "can not be empty", None);
        refuses(Name::parse, "Shop", "upper case letter `S`", Some("shop"));
        refuses(Name::parse, "my_shop", "the character `_`", Some("my-shop"));
        refuses(Name::parse, "-shop-", "begins or ends with a hyphen", Some("shop"));
        refuses(Name::parse, "shop.web", "the character `.`", Some("shop-web"));
        refuses(Name::parse, "a\nb", "the character `\\n`", Some("a-b"));
        refuses(Name::parse, "---", "begins or ends", None);
        refuses(Name::parse, &"a".repeat(64), "has 64 characters", None);
    }
}
