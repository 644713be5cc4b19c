//! The spelling of numbers that YAML 1.1, YAML 1.2 and JSON share.
//!
//! Knows digits; must not know documents.

use std::fmt::Write as _;

/// Writes a whole number in decimal.
pub fn push_int(out: &mut String, value: i128) {
    let mut digits = [b'0'; 40];
    let mut start = digits.len();
    let mut rest = value.unsigned_abs();
    for place in digits.iter_mut().rev() {
        let (quotient, digit) = divide_by_ten(rest);
        *place = b'0' + digit;
        start -= 1;
        rest = quotient;
        if rest == 0 {
            break;
        }
    }
    if value < 0 {
        out.push('-');
    }
    let digits = digits.get(start..).unwrap_or_default();
    out.push_str(std::str::from_utf8(digits).unwrap_or_default());
}

/// Numbers of 64 bits are divided as such, which is many times faster.
fn divide_by_ten(value: u128) -> (u128, u8) {
    match u64::try_from(value) {
        Ok(small) => (u128::from(small / 10), (small % 10) as u8),
        Err(_) => (value / 10, (value % 10) as u8),
    }
}

/// Writes a finite number, always with a point and any exponent with its sign: `1.0e+21`.
///
/// Without the point, readers of YAML 1.1 take the number for text.
pub(super) fn push_float(out: &mut String, value: f64) {
    let start = out.len();
    // The shortest digits that read back as the same number. Writing to a string can not fail.
    let _ = write!(out, "{value:?}");
    let Some(exponent) = out.get(start..).and_then(|text| text.find('e')) else {
        return;
    };
    let exponent = start + exponent;
    if !out.get(exponent..).unwrap_or_default().starts_with("e-") {
        out.insert(exponent + 1, '+');
    }
    if !out.get(start..exponent).unwrap_or_default().contains('.') {
        out.insert_str(exponent, ".0");
    }
}

#[cfg(test)]
mod tests {
    use super::{push_float, push_int};

    #[test]
    fn integers() {
        for value in [0, 7, -1, 1_000, i128::from(i64::MIN), i128::MIN, i128::MAX] {
            let mut out = String::new();
            push_int(&mut out, value);
            assert_eq!(out, value.to_string());
        }
    }

    #[test]
    fn floats() {
        let check = |value, expected| {
            let mut out = String::new();
            push_float(&mut out, value);
            assert_eq!(out, expected);
        };
        check(0.1, "0.1");
        check(3.0, "3.0");
        check(-0.0, "-0.0");
        check(1e21, "1.0e+21");
        check(1e-7, "1.0e-7");
        check(6.02e23, "6.02e+23");
        check(f64::MIN_POSITIVE, "2.2250738585072014e-308");
    }
}
