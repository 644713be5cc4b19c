//! Methods of numbers. Whole numbers have 64 bits and do not wrap: what would not fit is a problem. Ports are whole
//! numbers, and whole numbers have the methods of all numbers too.

use crate::keys::At;
use crate::methods::arguments::{argument, float, int, int_at, number, optional};
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::methods::{Host, Problem};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry("Int.abs() -> Int", "Without its sign.", "(-3).abs()", "3", |_, receiver, _, _| {
        fits(int(receiver)?.checked_abs(), "the absolute value")
    }),
    entry("Int.min(other: Int) -> Int", "The lesser of two.", "3.min(5)", "3", |_, receiver, args, _| {
        Ok(Value::Int(int(receiver)?.min(int_at(args, 0)?)))
    }),
    entry("Int.max(other: Int) -> Int", "The greater of two.", "3.max(5)", "5", |_, receiver, args, _| {
        Ok(Value::Int(int(receiver)?.max(int_at(args, 0)?)))
    }),
    entry(
        "Int.clamp(least: Int, greatest: Int) -> Int",
        "The nearest number that is neither less than the one nor greater than the other.",
        "12.clamp(1, 9)",
        "9",
        |_, receiver, args, _| {
            let (least, greatest) = (int_at(args, 0)?, int_at(args, 1)?);
            if least > greatest {
                return Err(reversed(&Value::Int(least), &Value::Int(greatest)));
            }
            Ok(Value::Int(int(receiver)?.clamp(least, greatest)))
        },
    ),
    entry("Int.pow(exponent: Int) -> Int", "Multiplied by itself so many times, at least 0.", "2.pow(10)", "1024", pow),
    entry(
        "Int.div(by: Int) -> Int",
        "Divided to a whole number, so that what is left is never negative; `n.div(d) * d + n % d` is `n`.",
        "(-7).div(2)",
        "-4",
        div,
    ),
    entry("Int.is-even() -> Bool", "Whether 2 divides it.", "4.is-even()", "true", |_, receiver, _, _| {
        Ok(Value::Bool(int(receiver)? % 2 == 0))
    }),
    entry("Int.is-odd() -> Bool", "Whether 2 does not divide it.", "4.is-odd()", "false", |_, receiver, _, _| {
        Ok(Value::Bool(int(receiver)? % 2 != 0))
    }),
    entry(
        "Int.to-float() -> Float",
        "The number with a fraction that is nearest.",
        "3.to-float()",
        "3.0",
        |_, receiver, _, _| Ok(number(int(receiver)? as f64)),
    ),
    entry(
        "Int.to-text(base?: Int) -> String",
        "Its digits in a base from 2 to 36, ten unless given; letters are in lower case.",
        "255.to-text(16)",
        "ff",
        to_text,
    ),
    entry("Float.abs() -> Float", "Without its sign.", "(-2.5).abs()", "2.5", |_, receiver, _, _| {
        Ok(number(float(receiver)?.abs()))
    }),
    entry("Float.min(other: Float) -> Float", "The lesser of two.", "2.5.min(3)", "2.5", |_, receiver, args, _| {
        Ok(number(float(receiver)?.min(float(argument(args, 0)?)?)))
    }),
    entry("Float.max(other: Float) -> Float", "The greater of two.", "2.5.max(3)", "3.0", |_, receiver, args, _| {
        Ok(number(float(receiver)?.max(float(argument(args, 0)?)?)))
    }),
    entry(
        "Float.clamp(least: Float, greatest: Float) -> Float",
        "The nearest number that is neither less than the one nor greater than the other.",
        "2.5.clamp(0, 1)",
        "1.0",
        |_, receiver, args, _| {
            let (least, greatest) = (float(argument(args, 0)?)?, float(argument(args, 1)?)?);
            if least > greatest {
                return Err(reversed(&number(least), &number(greatest)));
            }
            Ok(number(float(receiver)?.max(least).min(greatest)))
        },
    ),
    entry(
        "Float.floor() -> Int",
        "The nearest whole number that is not greater.",
        "(-2.5).floor()",
        "-3",
        |_, receiver, _, _| whole(float(receiver)?.floor()),
    ),
    entry(
        "Float.ceil() -> Int",
        "The nearest whole number that is not less.",
        "(7 / 2).ceil()",
        "4",
        |_, receiver, _, _| whole(float(receiver)?.ceil()),
    ),
    entry(
        "Float.round() -> Int",
        "The nearest whole number; of two that are equally near, the one further from 0.",
        "2.5.round()",
        "3",
        |_, receiver, _, _| whole(float(receiver)?.round()),
    ),
    entry(
        "Float.to-int() -> Int",
        "The same number as an Int. It must have no fraction.",
        "(6 / 2).to-int()",
        "3",
        |_, receiver, _, _| to_int(float(receiver)?),
    ),
];

/// A number without a fraction as an Int.
pub(super) fn to_int(found: f64) -> Result<Value, Problem> {
    if found.fract() == 0.0 {
        return whole(found);
    }
    Err(Problem::new(format!("`{found}` is no whole number")).with_help("round it: `round()`, `floor()` or `ceil()`"))
}

fn fits(result: Option<i64>, what: &str) -> Result<Value, Problem> {
    result.map(Value::Int).ok_or_else(|| Problem::new(format!("{what} is too large for an Int")))
}

fn reversed(least: &Value, greatest: &Value) -> Problem {
    let text = |value: &Value| match value {
        Value::Int(number) => number.to_string(),
        Value::Float(number) => number.to_string(),
        _ => String::new(),
    };
    Problem::new(format!("the least, `{}`, is greater than the greatest, `{}`", text(least), text(greatest)))
}

fn pow(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (base, exponent) = (int(receiver)?, int_at(args, 0)?);
    if exponent < 0 {
        return Err(Problem::new(format!("`{exponent}` is negative where an exponent is due")));
    }
    match base {
        // These stay small with every exponent.
        0 | 1 => Ok(Value::Int(if exponent == 0 { 1 } else { base })),
        -1 => Ok(Value::Int(if exponent % 2 == 0 { 1 } else { -1 })),
        _ => fits(
            u32::try_from(exponent).ok().and_then(|exponent| base.checked_pow(exponent)),
            &format!("`{base}.pow({exponent})`"),
        ),
    }
}

fn div(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (number, by) = (i128::from(int(receiver)?), i128::from(int_at(args, 0)?));
    if by == 0 {
        return Err(Problem::new(format!("`{number}` can not be divided by 0")));
    }
    let whole = i64::try_from(number.div_euclid(by));
    whole.map(Value::Int).map_err(|_| Problem::new(format!("`{number}.div({by})` is too large for an Int")))
}

fn whole(found: f64) -> Result<Value, Problem> {
    // 2^63 is the first number above an Int; as a float it is exact, while the greatest Int is not.
    let limit = 9_223_372_036_854_775_808.0;
    let fits = (-limit..limit).contains(&found);
    if fits { Ok(Value::Int(found as i64)) } else { Err(Problem::new(format!("`{found}` is too large for an Int"))) }
}

fn to_text(_: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let value = int(receiver)?;
    let base = optional(args, 0).map_or(Ok(10), int)?;
    let Some(base) = u32::try_from(base).ok().filter(|base| (2..=36).contains(base)) else {
        return Err(
            Problem::new(format!("there are no digits of base {base}")).with_help("a base is a number from 2 to 36")
        );
    };
    let mut digits = Vec::new();
    let mut left = value.unsigned_abs();
    while digits.is_empty() || left > 0 {
        digits.extend(char::from_digit((left % u64::from(base)) as u32, base));
        left /= u64::from(base);
    }
    digits.extend((value < 0).then_some('-'));
    made(digits.into_iter().rev().collect::<String>())
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::methods::testing::{call, check, fails, text};

    fn number_of(value: i64) -> Value {
        Value::Int(value)
    }

    #[test]
    fn what_does_not_fit() {
        fails(number_of(i64::MIN), "abs", [], "too large");
        fails(number_of(i64::MIN), "div", [number_of(-1)], "too large");
        fails(number_of(1), "div", [number_of(0)], "divided by 0");
        fails(number_of(2), "pow", [number_of(63)], "`2.pow(63)` is too large");
        fails(number_of(2), "pow", [number_of(-1)], "negative");
        check(number_of(-1), "pow", [number_of(i64::MAX)], number_of(-1));
        fails(number(9.3e18), "floor", [], "too large");
        fails(number(f64::NAN), "round", [], "too large");
        fails(number(0.5), "to-int", [], "no whole number");
        fails(number_of(1), "clamp", [number_of(2), number_of(1)], "`2`, is greater");
        fails(number_of(1), "to-text", [number_of(1)], "base 1");
    }

    #[test]
    fn whole_numbers_round_too() {
        check(number_of(3), "round", [], number_of(3));
        check(number(-2.5), "round", [], number_of(-3));
        check(number_of(i64::MIN), "to-text", [number_of(2)], text(&format!("-1{}", "0".repeat(63))));
        check(number_of(0), "to-text", [], text("0"));
    }

    proptest! {
        #[test]
        fn division_and_rest(number: i64, by in prop_oneof![-9..-1_i64, 1..9_i64, 2..i64::MAX]) {
            let Ok(Value::Int(quotient)) = call(number_of(number), "div", [number_of(by)]) else { panic!("no number") };
            let rest = i128::from(number) - i128::from(quotient) * i128::from(by);
            prop_assert!((0..i128::from(by).abs()).contains(&rest));
        }

        #[test]
        fn digits_are_read_back(number: i64, base in 2..=36_u32) {
            let Ok(Value::Text(digits)) = call(number_of(number), "to-text", [number_of(base.into())]) else { panic!("no text") };
            prop_assert_eq!(i64::from_str_radix(&digits, base), Ok(number));
        }
    }
}
