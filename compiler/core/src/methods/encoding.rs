//! Methods that write text in another form: encoded, hashed, quoted.

use std::fmt::Write;

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use sha2::{Digest, Sha256};

use crate::keys::At;
use crate::methods::arguments::text;
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::methods::{Host, Problem, limit};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "String.base64() -> String",
        "Its UTF-8 bytes in base 64, with padding.",
        r#""größe".base64()"#,
        "Z3LDtsOfZQ==",
        |_, receiver, _, _| {
            let text = text(receiver)?;
            limit::bytes(text.len().div_ceil(3) * 4)?;
            made(STANDARD.encode(text))
        },
    ),
    entry(
        "String.from-base64() -> String",
        "The text whose UTF-8 bytes it has in base 64, with padding.",
        r#""Z3LDtsOfZQ==".from-base64()"#,
        "größe",
        from_base64,
    ),
    entry(
        "String.sha256() -> String",
        "The SHA-256 hash of its UTF-8 bytes in hexadecimal digits.",
        r#""shop".sha256().slice(0, 12)"#,
        "'8d9001d32c6a'",
        |_, receiver, _, _| {
            let mut digits = String::new();
            for byte in Sha256::digest(text(receiver)?.as_bytes()) {
                // Writing to a text does not fail.
                _ = write!(digits, "{byte:02x}");
            }
            made(digits)
        },
    ),
    entry(
        "String.quote() -> String",
        "As JSON writes it: in double quotes, with escapes.",
        r#""say \"hi\"".quote().size()"#,
        "12",
        |_, receiver, _, _| made(quoted(text(receiver)?)),
    ),
];

fn from_base64(_: &mut dyn Host, receiver: &Value, _: &[Value], _: At) -> Result<Value, Problem> {
    let text = text(receiver)?;
    let shown: String = text.chars().take(40).collect();
    let bytes = STANDARD.decode(text).map_err(|_| Problem::new(format!("`{shown}` is no base 64")))?;
    String::from_utf8(bytes)
        .map_err(|_| {
            Problem::new(format!("what `{shown}` encodes is no text")).with_help("only UTF-8 text can be a value")
        })
        .and_then(made)
}

fn quoted(text: &str) -> String {
    let mut quoted = String::with_capacity(text.len() + 2);
    quoted.push('"');
    for character in text.chars() {
        match character {
            '"' => quoted.push_str("\\\""),
            '\\' => quoted.push_str("\\\\"),
            '\n' => quoted.push_str("\\n"),
            '\r' => quoted.push_str("\\r"),
            '\t' => quoted.push_str("\\t"),
            control if (control as u32) < 0x20 => _ = write!(quoted, "\\u{:04x}", control as u32),
            other => quoted.push(other),
        }
    }
    quoted.push('"');
    quoted
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use crate::methods::testing::{call, check, fails, text};

    #[test]
    fn known_hashes() {
        check(text(""), "sha256", [], text("e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"));
        check(text("abc"), "sha256", [], text("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"));
    }

    #[test]
    fn what_is_no_text() {
        fails(text("%%%"), "from-base64", [], "`%%%` is no base 64");
        fails(text("Z3I"), "from-base64", [], "is no base 64");
        fails(text("/w=="), "from-base64", [], "is no text");
    }

    #[test]
    fn quotes() {
        check(text("a\"\\\n\u{1}ö"), "quote", [], text("\"a\\\"\\\\\\n\\u0001ö\""));
    }

    proptest! {
        #[test]
        fn base_64_is_read_back(value: String) {
            let encoded = call(text(&value), "base64", []).unwrap();
            prop_assert_eq!(call(encoded, "from-base64", []).unwrap(), text(&value));
        }
    }
}
