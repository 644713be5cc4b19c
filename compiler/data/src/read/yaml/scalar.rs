//! What a scalar of YAML means: under the core schema of YAML 1.2, and to the tools of Kubernetes.
//!
//! Knows spellings of null, truth values and numbers; must not know documents or places.
//!
//! One spelling is refused that the core schema would allow: `0644` is 420 to every reader of YAML 1.1,
//! `kubectl` among them, and 644 to this schema. Such a file would change its meaning in silence. Where it is known
//! that a file is for Kubernetes, its tools say what is meant.

use std::sync::Arc;

use crate::datum::DatumKind;
use crate::error::shown;

/// What is wrong with a scalar: a message and what would help.
#[derive(Debug, PartialEq)]
pub(super) struct Problem {
    pub(super) message: String,
    pub(super) help: Option<String>,
}

impl Problem {
    fn new(message: String) -> Problem {
        Problem { message, help: None }
    }
}

/// Which spellings of plain scalars are more than text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Schema {
    /// The core schema of YAML 1.2.
    Core,
    /// What `kubectl` and the others make of them: YAML 1.1, apart from times and numbers in base 60.
    Kubernetes,
}

/// What a plain scalar without a tag means.
pub(super) fn plain(text: &str, schema: Schema) -> Result<DatumKind, Problem> {
    if is_null(text) {
        return Ok(DatumKind::Null);
    }
    if let Some(value) = truth(text).or_else(|| truth_of_old(text).filter(|_| schema == Schema::Kubernetes)) {
        return Ok(DatumKind::Bool(value));
    }
    // Nearly every scalar is a word, which no number begins like.
    if !text.starts_with(['+', '-', '.']) && !text.starts_with(|it: char| it.is_ascii_digit()) {
        return Ok(DatumKind::Text(text.into()));
    }
    let (written, spaced) = (text, text.replace('_', ""));
    let text = match schema {
        Schema::Kubernetes => spaced.as_str(),
        Schema::Core => text,
    };
    let number = match schema {
        Schema::Core => integer(text),
        Schema::Kubernetes => integer_of_old(text),
    };
    if let Some(number) = number {
        if schema == Schema::Core {
            refuse_ambiguous_octal(text)?;
        }
        return number.map(DatumKind::Int);
    }
    match float(text) {
        Some(Ok(number)) if schema == Schema::Kubernetes && is_whole(number) => Ok(DatumKind::Int(number as i128)),
        Some(number) => number.map(DatumKind::Float),
        None => Ok(DatumKind::Text(written.into())),
    }
}

/// What a scalar means to which a core tag, given by the last part of its name, is attached.
pub(super) fn tagged(text: Arc<str>, tag: &str) -> Result<DatumKind, Problem> {
    let number = match tag {
        "str" => return Ok(DatumKind::Text(text)),
        "null" if is_null(&text) => return Ok(DatumKind::Null),
        "bool" => truth(&text).map(|value| Ok(DatumKind::Bool(value))),
        "int" => integer(&text).map(|number| number.map(DatumKind::Int)),
        "float" => float(&text).map(|number| number.map(DatumKind::Float)),
        _ => None,
    };
    number.unwrap_or_else(|| {
        let message = format!("`{}` is not what its tag `!!{tag}` says", shown(&text));
        Err(Problem::new(message))
    })
}

fn is_null(text: &str) -> bool {
    matches!(text, "" | "~" | "null" | "Null" | "NULL")
}

fn truth(text: &str) -> Option<bool> {
    match text {
        "true" | "True" | "TRUE" => Some(true),
        "false" | "False" | "FALSE" => Some(false),
        _ => None,
    }
}

/// Whether a number is written as a whole one by the tools of Kubernetes, which know JSON's numbers alone.
fn is_whole(number: f64) -> bool {
    number.fract() == 0.0 && number.abs() < 1e18
}

/// The words that are truth values in YAML 1.1 and text in YAML 1.2.
fn truth_of_old(text: &str) -> Option<bool> {
    match text {
        "y" | "Y" | "yes" | "Yes" | "YES" | "on" | "On" | "ON" => Some(true),
        "n" | "N" | "no" | "No" | "NO" | "off" | "Off" | "OFF" => Some(false),
        _ => None,
    }
}

/// The whole number that `text` spells to who takes a leading zero for base 8.
fn integer_of_old(text: &str) -> Option<Result<i128, Problem>> {
    let (sign, digits) = match text.strip_prefix('-') {
        Some(digits) => ("-", digits),
        None => ("", text.strip_prefix('+').unwrap_or(text)),
    };
    let based = |digits: &str| {
        let (base, rest) = digits.split_at_checked(2)?;
        match base {
            "0x" | "0X" => Some((16, rest.to_string())),
            "0o" | "0O" => Some((8, rest.to_string())),
            "0b" | "0B" => Some((2, rest.to_string())),
            _ if digits.starts_with('0') => Some((8, digits.to_string())),
            _ => None,
        }
    };
    let (radix, digits) = based(digits).unwrap_or((10, digits.to_string()));
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    Some(i128::from_str_radix(&format!("{sign}{digits}"), radix).map_err(|_| too_large(text)))
}

/// The whole number that `text` spells, if it spells one.
fn integer(text: &str) -> Option<Result<i128, Problem>> {
    let (digits, radix) = if let Some(digits) = text.strip_prefix("0x") {
        (digits, 16)
    } else if let Some(digits) = text.strip_prefix("0o") {
        (digits, 8)
    } else {
        (text.strip_prefix(['+', '-']).unwrap_or(text), 10)
    };
    if digits.is_empty() || !digits.chars().all(|digit| digit.is_digit(radix)) {
        return None;
    }
    let signed = if radix == 10 { text } else { digits };
    Some(i128::from_str_radix(signed, radix).map_err(|_| too_large(text)))
}

/// The number with a point or an exponent that `text` spells, if it spells one.
fn float(text: &str) -> Option<Result<f64, Problem>> {
    let unsigned = text.strip_prefix(['+', '-']).unwrap_or(text);
    match unsigned {
        ".inf" | ".Inf" | ".INF" => {
            let infinity = if text.starts_with('-') { -f64::INFINITY } else { f64::INFINITY };
            return Some(Ok(infinity));
        }
        ".nan" | ".NaN" | ".NAN" if text == unsigned => return Some(Ok(f64::NAN)),
        _ => {}
    }
    if !is_float(unsigned) {
        return None;
    }
    let value: f64 = text.parse().ok()?;
    Some(if value.is_finite() { Ok(value) } else { Err(too_large(text)) })
}

/// Whether `text` is `[0-9]+(\.[0-9]*)?` or `\.[0-9]+`, with an exponent or without.
fn is_float(text: &str) -> bool {
    let all_digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    let (mantissa, exponent) = match text.split_once(['e', 'E']) {
        Some((mantissa, exponent)) => (mantissa, Some(exponent)),
        None => (text, None),
    };
    let (whole, fraction) = mantissa.split_once('.').unwrap_or((mantissa, ""));
    let exponent_fits = exponent.is_none_or(|exponent| {
        let digits = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
        !digits.is_empty() && all_digits(digits)
    });
    let some_digits = !whole.is_empty() || !fraction.is_empty();
    some_digits && all_digits(whole) && all_digits(fraction) && exponent_fits
}

/// Refuses numbers that begin with a zero and mean another number to readers of YAML 1.1.
fn refuse_ambiguous_octal(text: &str) -> Result<(), Problem> {
    let digits = text.strip_prefix(['+', '-']).unwrap_or(text);
    if !digits.starts_with('0') {
        return Ok(());
    }
    let decimal = digits.parse::<u128>();
    let Ok(octal) = u128::from_str_radix(digits, 8) else {
        return Ok(());
    };
    if decimal == Ok(octal) {
        return Ok(());
    }
    let decimal = digits.trim_start_matches('0');
    Err(Problem {
        message: format!("`{}` is {octal} to readers of YAML 1.1 and {decimal} to readers of YAML 1.2", shown(text)),
        help: Some(format!("write {octal} if it is an octal number, {decimal} if it is not, or quotes if it is text")),
    })
}

fn too_large(text: &str) -> Problem {
    Problem::new(format!("the number `{}` is too large", shown(text)))
}

#[cfg(test)]
mod tests {
    use super::{Schema, plain};
    use crate::datum::DatumKind;

    fn check(text: &str, expected: DatumKind) {
        assert_eq!(plain(text, Schema::Core), Ok(expected), "{text}");
    }

    #[test]
    fn the_core_schema() {
        for text in ["", "~", "null", "NULL"] {
            check(text, DatumKind::Null);
        }
        check("true", DatumKind::Bool(true));
        check("FALSE", DatumKind::Bool(false));
        check("0o17", DatumKind::Int(15));
        check("0x1f", DatumKind::Int(31));
        check("-17", DatumKind::Int(-17));
        check("+3", DatumKind::Int(3));
        check("18446744073709551615", DatumKind::Int(u64::MAX.into()));
        check("1e3", DatumKind::Float(1000.0));
        check(".5", DatumKind::Float(0.5));
        check("-2.", DatumKind::Float(-2.0));
        check("-.inf", DatumKind::Float(f64::NEG_INFINITY));
    }

    #[test]
    fn everything_else_is_text() {
        let texts = [
            "no",
            "on",
            "y",
            "Yes",
            "1_000",
            "0b11",
            "12:30:45",
            "2024-01-01",
            "tRue",
            "0x",
            "0o8",
            "-0x1",
            "1e",
            ".",
            "-",
            "+",
            "..",
            "-.nan",
            "inf",
            "1.2.3",
            "1e3e3",
            "٣",
            "<<",
            "=",
        ];
        for text in texts {
            check(text, DatumKind::Text(text.into()));
        }
    }

    #[test]
    fn the_tools_of_kubernetes_read_more() {
        let check = |text: &str, expected| assert_eq!(plain(text, Schema::Kubernetes), Ok(expected), "{text}");
        for (text, truth) in [("yes", true), ("Y", true), ("on", true), ("No", false), ("n", false), ("OFF", false)] {
            check(text, DatumKind::Bool(truth));
        }
        let numbers = [("0644", 420), ("-0644", -420), ("0o644", 420), ("0_644", 420), ("1_000", 1000), ("1_", 1)];
        for (text, number) in numbers.into_iter().chain([("0b11", 3), ("-0x1F", -31), ("0X1f", 31), ("0", 0)]) {
            check(text, DatumKind::Int(number));
        }
        for (text, number) in [("08", 8), ("1e3", 1000), ("2.0", 2), ("-0.0", 0)] {
            check(text, DatumKind::Int(number));
        }
        check("0.5", DatumKind::Float(0.5));
        for text in ["12:30:45", "2024-01-01", "1:20", "_1", "0b", "yEs", "1_a", "="] {
            check(text, DatumKind::Text(text.into()));
        }
    }

    #[test]
    fn a_leading_zero_that_changes_the_number_is_refused() {
        let problem = plain("0644", Schema::Core).err().map(|problem| problem.message);
        let message = "`0644` is 420 to readers of YAML 1.1 and 644 to readers of YAML 1.2";
        assert_eq!(problem.as_deref(), Some(message));
        assert!(plain("-0100", Schema::Core).is_err());
        check("007", DatumKind::Int(7));
        check("0", DatumKind::Int(0));
    }

    #[test]
    fn numbers_beyond_all_types_are_refused() {
        assert!(plain(&"9".repeat(40), Schema::Core).is_err());
        assert!(plain("1e999", Schema::Core).is_err());
    }
}
