//! A length of time. Knows its units; knows no clock and no calendar.

use std::fmt;

use crate::decimal::Product;
use crate::unit_number::Part;
use crate::{Problem, UnitNumber, bytes};

const SECOND: i64 = 1_000_000_000;
const DAY: i64 = 24 * 3600 * SECOND;

/// The units with their nanoseconds and names, the largest first.
const UNITS: [(&str, i64, &str); 8] = [
    ("w", 7 * DAY, "week"),
    ("d", DAY, "day"),
    ("h", 3600 * SECOND, "hour"),
    ("m", 60 * SECOND, "minute"),
    ("s", SECOND, "second"),
    ("ms", 1_000_000, "millisecond"),
    ("us", 1000, "microsecond"),
    ("ns", 1, "nanosecond"),
];

/// Other spellings of units, with the one to write.
#[rustfmt::skip]
const MEANT: [(&str, &str); 22] = [
    ("sec", "s"), ("secs", "s"), ("second", "s"), ("seconds", "s"),
    ("min", "m"), ("mins", "m"), ("minute", "m"), ("minutes", "m"),
    ("hr", "h"), ("hrs", "h"), ("hour", "h"), ("hours", "h"),
    ("day", "d"), ("days", "d"), ("week", "w"), ("weeks", "w"),
    ("msec", "ms"), ("millis", "ms"), ("usec", "us"), ("\u{b5}s", "us"), ("\u{3bc}s", "us"), ("nsec", "ns"),
];

/// A length of time in whole nanoseconds, at most about 292 years, which is what Go's durations hold.
///
/// Written as one or more numbers with the units `w d h m s ms us ns`, the larger unit first and each once: `1h30m`,
/// `0.5s`, `14d`. A day has 24 hours and a week 7 days. Printed so that Go reads it: whole numbers of `h m s ms us ns`
/// without the parts that are zero, and `0s` for nothing. May be negative; then a `-` stands before the whole.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Duration {
    nanoseconds: i64,
}

impl Duration {
    /// Reads a duration.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let (sign, quantity) = text.strip_prefix('-').map_or((1, text), |quantity| (-1, quantity));
        let quantity = UnitNumber::parse(quantity).map_err(|_| no_duration(text))?;
        // The largest negative duration has no positive twin, so the sign is part of the sum.
        sum(&quantity, sign).map_err(|problem| Problem {
            fix: problem.fix.map(|fix| if sign < 0 { format!("-{fix}") } else { fix }),
            ..problem
        })
    }

    /// The duration of this many nanoseconds.
    pub fn from_nanoseconds(nanoseconds: i128) -> Result<Self, Problem> {
        i64::try_from(nanoseconds)
            .map(|nanoseconds| Self { nanoseconds })
            .map_err(|_| Problem::new("the duration is too long").with_help("durations stay below 292 years"))
    }

    /// The duration of this many seconds.
    pub fn from_seconds(seconds: i128) -> Result<Self, Problem> {
        Self::from_nanoseconds(seconds.saturating_mul(i128::from(SECOND)))
    }

    /// The length in nanoseconds.
    pub fn nanoseconds(self) -> i64 {
        self.nanoseconds
    }

    /// The whole milliseconds in it; what is left is cut off.
    pub fn milliseconds(self) -> i64 {
        self.nanoseconds / 1_000_000
    }

    /// The whole seconds in it; what is left is cut off.
    pub fn seconds(self) -> i64 {
        self.nanoseconds / SECOND
    }

    /// The length in seconds, where it is a whole number of them.
    pub fn whole_seconds(self) -> Result<i64, Problem> {
        if self.nanoseconds % SECOND == 0 {
            return Ok(self.seconds());
        }
        Err(Problem::new(format!("`{self}` is no whole number of seconds")))
    }

    /// Both lengths together.
    pub fn plus(self, other: Self) -> Result<Self, Problem> {
        Self::from_nanoseconds(i128::from(self.nanoseconds) + i128::from(other.nanoseconds))
            .map_err(|problem| Problem { message: format!("`{self} + {other}` is too long for a duration"), ..problem })
    }

    /// This length without the other, negative where the other is longer.
    pub fn minus(self, other: Self) -> Result<Self, Problem> {
        Self::from_nanoseconds(i128::from(self.nanoseconds) - i128::from(other.nanoseconds))
            .map_err(|problem| Problem { message: format!("`{self} - {other}` is too long for a duration"), ..problem })
    }

    /// The length this many times.
    pub fn times(self, count: i128) -> Result<Self, Problem> {
        Self::from_nanoseconds(i128::from(self.nanoseconds).saturating_mul(count))
            .map_err(|problem| Problem { message: format!("`{self} * {count}` is too long for a duration"), ..problem })
    }

    /// One of `count` equal parts, cut to whole nanoseconds.
    pub fn divided_by(self, count: i128) -> Result<Self, Problem> {
        if count <= 0 {
            return Err(Problem::new(format!("`{self} / {count}` makes no sense: divide by a number above zero")));
        }
        Self::from_nanoseconds(i128::from(self.nanoseconds) / count)
    }

    /// How often the other length fits into this one.
    pub fn ratio(self, other: Self) -> Result<f64, Problem> {
        if other.nanoseconds == 0 {
            return Err(Problem::new(format!("`{self} / {other}` divides by zero")));
        }
        Ok(self.nanoseconds as f64 / other.nanoseconds as f64)
    }

    /// The length times a fraction, rounded to the nearest nanosecond.
    pub fn scaled(self, factor: f64) -> Result<Self, Problem> {
        let product = (self.nanoseconds as f64 * factor).round();
        if product.is_nan() {
            return Err(Problem::new(format!("`{self}` times something that is no number has no value")));
        }
        Self::from_nanoseconds(product as i128)
    }

    /// The text with days, for tools that know them: `14d`, `1d12h`.
    pub fn to_text_days(self) -> String {
        self.spelled(|symbol| symbol != "w")
    }

    /// `1 hour 30 minutes`.
    pub(crate) fn in_words(self) -> String {
        let in_words =
            |(count, _, name): (u64, &str, &str)| format!("{count} {name}{}", if count == 1 { "" } else { "s" });
        let words: Vec<String> = self.split(|symbol| symbol != "w").into_iter().map(in_words).collect();
        if words.is_empty() { "no time".to_owned() } else { words.join(" ") }
    }

    /// One number with the largest unit that leaves it whole. Minutes are left out: cpu uses their letter.
    pub(crate) fn in_largest_unit_but_minutes(self) -> String {
        let mut units = UNITS.iter().filter(|(symbol, ..)| *symbol != "m");
        let found = units.find(|(_, size, _)| self.nanoseconds != 0 && self.nanoseconds % size == 0);
        found.map_or_else(|| "0s".to_owned(), |(symbol, size, _)| format!("{}{symbol}", self.nanoseconds / size))
    }

    fn spelled(self, wanted: fn(&str) -> bool) -> String {
        let sign = if self.nanoseconds < 0 { "-" } else { "" };
        let parts: String =
            self.split(wanted).into_iter().map(|(count, symbol, _)| format!("{count}{symbol}")).collect();
        if parts.is_empty() { "0s".to_owned() } else { format!("{sign}{parts}") }
    }

    /// The counts of the wanted units, the largest first, without those that are zero and without the sign.
    fn split(self, wanted: fn(&str) -> bool) -> Vec<(u64, &'static str, &'static str)> {
        let mut rest = self.nanoseconds.unsigned_abs();
        let mut parts = Vec::new();
        for (symbol, size, name) in UNITS.into_iter().filter(|(symbol, ..)| wanted(symbol)) {
            let size = size.unsigned_abs();
            if rest >= size {
                parts.push((rest / size, symbol, name));
                rest %= size;
            }
        }
        parts
    }
}

impl fmt::Display for Duration {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.spelled(|symbol| !matches!(symbol, "w" | "d")))
    }
}

/// The duration that a quantity tells.
pub(crate) fn read(quantity: &UnitNumber) -> Result<Duration, Problem> {
    sum(quantity, 1)
}

/// Whether the quantity has only units of time, whatever its numbers.
pub(crate) fn measures(quantity: &UnitNumber) -> bool {
    quantity.parts().iter().all(|part| unit_of(part).is_some())
}

fn sum(quantity: &UnitNumber, sign: i128) -> Result<Duration, Problem> {
    let too_long =
        || Problem::new(format!("`{quantity}` is too long for a duration")).with_help("durations stay below 292 years");
    let mut total: i128 = 0;
    for part in quantity.parts() {
        let Some((_, size)) = unit_of(part) else {
            return Err(unknown_unit(quantity, part));
        };
        let nanoseconds = match part.number.times(u128::from(size.unsigned_abs())) {
            Product::Whole(nanoseconds) => i128::try_from(nanoseconds).map_err(|_| too_long())?,
            Product::TooLarge => return Err(too_long()),
            Product::Fraction => {
                return Err(Problem::new(format!("`{quantity}` is finer than a nanosecond")));
            }
        };
        total = total.checked_add(nanoseconds).ok_or_else(too_long)?;
    }
    check_order(quantity)?;
    Duration::from_nanoseconds(total * sign).map_err(|_| too_long())
}

/// The unit's place among the units and its nanoseconds.
fn unit_of(part: &Part) -> Option<(usize, i64)> {
    UNITS.iter().enumerate().find(|(_, (symbol, ..))| *symbol == part.unit).map(|(place, (_, size, _))| (place, *size))
}

/// The larger unit stands first, and each stands once.
fn check_order(quantity: &UnitNumber) -> Result<(), Problem> {
    let place = |part: &Part| unit_of(part).map(|(place, _)| place);
    if quantity.parts().is_sorted_by(|first, second| place(first) < place(second)) {
        return Ok(());
    }
    let mut sorted: Vec<&Part> = quantity.parts().iter().collect();
    sorted.sort_by_key(|part| place(part));
    let is_once = sorted.is_sorted_by(|first, second| place(first) < place(second));
    let text: String = sorted.iter().map(|part| format!("{}{}", part.written, part.unit)).collect();
    let reason = if is_once { "has a smaller unit before a larger one" } else { "has a unit twice" };
    Err(Problem::new(format!("`{quantity}` {reason}")).with_fix_if(is_once.then_some(text)))
}

fn unknown_unit(quantity: &UnitNumber, part: &Part) -> Problem {
    let unit = part.unit.as_str();
    if unit.is_empty() {
        let seconds = format!("{quantity}s");
        return Problem::new(format!("`{quantity}` has no unit"))
            .with_help(format!("write `{seconds}` for seconds"))
            .with_fix(seconds);
    }
    if matches!(unit, "y" | "yr" | "year" | "years" | "mo" | "month" | "months") {
        return Problem::new(format!("`{unit}` in `{quantity}` has no fixed length"))
            .with_help("count days: `30d`, `365d`");
    }
    let Some(symbol) = meant_unit(&unit.to_lowercase()) else {
        return other_unit(quantity);
    };
    let repaired = |each: &Part| format!("{}{}", each.written, if each == part { symbol } else { &each.unit });
    no_duration(&quantity.to_string()).with_fix(quantity.parts().iter().map(repaired).collect::<String>())
}

fn meant_unit(lower: &str) -> Option<&'static str> {
    let other = MEANT.into_iter().find(|(other, _)| *other == lower).map(|(_, symbol)| symbol);
    other.or_else(|| UNITS.into_iter().find(|(symbol, ..)| *symbol == lower).map(|(symbol, ..)| symbol))
}

fn no_duration(text: &str) -> Problem {
    Problem::new(format!("`{text}` is no duration"))
        .with_help("a duration is written like `30s`, `1h30m` or `14d`; its units are `w d h m s ms us ns`")
}

fn other_unit(quantity: &UnitNumber) -> Problem {
    let text = quantity.to_string();
    if bytes::measures(quantity) {
        return Problem { message: format!("`{text}` is an amount of bytes, not a duration"), ..no_duration(&text) };
    }
    no_duration(&text)
}

#[cfg(test)]
mod tests;
