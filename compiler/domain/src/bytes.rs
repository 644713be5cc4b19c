//! An amount of memory or storage. Knows its units; knows no machine.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::decimal::Product;
use crate::{Problem, UnitNumber, duration};

/// The largest amount, which is the largest number of a Kubernetes quantity: one byte less than 8Ei.
const MOST: u64 = i64::MAX.unsigned_abs();

const BINARY: [&str; 6] = ["Ki", "Mi", "Gi", "Ti", "Pi", "Ei"];
const DECIMAL: [&str; 6] = ["k", "M", "G", "T", "P", "E"];

/// An amount of bytes, whole and never negative.
///
/// Units are powers of 1024 (`Ki Mi Gi Ti Pi Ei`) or of 1000 (`k M G T P E`), each also with a `B` (`KiB`, `kB`); without
/// a unit the number counts bytes. Fractions are fine where they come to whole bytes (`1.5GiB`). Printed as Kubernetes
/// prints the quantity: without `B`, with the largest unit of the family it was written in that leaves a whole number, and
/// below 1024 bytes without a unit of 1024. Equality and order look at the amount only.
#[derive(Clone, Copy, Default, Debug)]
pub struct Bytes {
    count: u64,
    base: Base,
}

/// Whether an amount was written in powers of 1024 or of 1000. It matters to printing only.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
enum Base {
    #[default]
    Binary,
    Decimal,
}

impl Bytes {
    /// Reads an amount.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.starts_with('-') {
            return Err(Problem::new(format!("`{text}` is negative, an amount of bytes is not")));
        }
        UnitNumber::parse(text).map_err(|_| no_bytes(text))?.as_bytes()
    }

    /// This many bytes, to be printed in powers of 1000.
    pub fn from_count(count: i128) -> Result<Self, Problem> {
        Self::new(count, Base::Decimal)
    }

    /// The number of bytes.
    pub fn count(self) -> u64 {
        self.count
    }

    /// Both amounts together. The result prints in the left one's family of units, or in the right one's where the left
    /// is zero.
    pub fn plus(self, other: Self) -> Result<Self, Problem> {
        let base = if self.count == 0 { other.base } else { self.base };
        Self::new(i128::from(self.count) + i128::from(other.count), base).map_err(|problem| Problem {
            message: format!("`{self} + {other}` is too large for an amount of bytes"),
            ..problem
        })
    }

    /// What is left without the other amount. Less than nothing is a problem.
    pub fn minus(self, other: Self) -> Result<Self, Problem> {
        Self::new(i128::from(self.count) - i128::from(other.count), self.base).map_err(|problem| {
            Problem { message: format!("`{self} - {other}` is less than nothing"), ..problem }
                .with_help("compare the two amounts before you subtract")
        })
    }

    /// The amount this many times.
    pub fn times(self, count: i128) -> Result<Self, Problem> {
        let product = i128::from(self.count).checked_mul(count);
        product.and_then(|product| Self::new(product, self.base).ok()).ok_or_else(|| {
            let reason = if count < 0 { "less than nothing" } else { "too large for an amount of bytes" };
            Problem::new(format!("`{self} * {count}` is {reason}"))
        })
    }

    /// One of `count` equal shares, rounded down to whole bytes.
    pub fn divided_by(self, count: i128) -> Result<Self, Problem> {
        match u64::try_from(count) {
            Ok(count) if count > 0 => Ok(Self { count: self.count / count, ..self }),
            _ if count > 0 => Ok(Self { count: 0, ..self }),
            _ => Err(Problem::new(format!("`{self} / {count}` makes no sense: divide by a number above zero"))),
        }
    }

    /// How often the other amount fits into this one.
    pub fn ratio(self, other: Self) -> Result<f64, Problem> {
        if other.count == 0 {
            return Err(Problem::new(format!("`{self} / {other}` divides by zero")));
        }
        Ok(self.count as f64 / other.count as f64)
    }

    /// The amount times a fraction, rounded to the nearest byte.
    pub fn scaled(self, factor: f64) -> Result<Self, Problem> {
        let product = (self.count as f64 * factor).round();
        if product.is_nan() {
            return Err(Problem::new(format!("`{self}` times something that is no number has no value")));
        }
        Self::new(product as i128, self.base)
    }

    /// `32Gi bytes`.
    pub(crate) fn in_words(self) -> String {
        format!("{self} {}", if self.count == 1 { "byte" } else { "bytes" })
    }

    fn new(count: i128, base: Base) -> Result<Self, Problem> {
        match u64::try_from(count) {
            Ok(count) if count <= MOST => Ok(Self { count, base }),
            _ if count < 0 => Err(Problem::new("an amount of bytes can not be negative")),
            _ => Err(Problem::new("the amount of bytes is too large").with_help("amounts stay below `8Ei`")),
        }
    }
}

impl PartialEq for Bytes {
    fn eq(&self, other: &Self) -> bool {
        self.count == other.count
    }
}

impl Eq for Bytes {}

impl Hash for Bytes {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.count.hash(state);
    }
}

impl PartialOrd for Bytes {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Bytes {
    fn cmp(&self, other: &Self) -> Ordering {
        self.count.cmp(&other.count)
    }
}

impl fmt::Display for Bytes {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (step, units) = match self.base {
            Base::Binary if self.count >= 1024 => (1024, BINARY),
            _ => (1000, DECIMAL),
        };
        let mut count = self.count;
        let mut unit = "";
        for larger in units {
            if count == 0 || !count.is_multiple_of(step) {
                break;
            }
            count /= step;
            unit = larger;
        }
        write!(f, "{count}{unit}")
    }
}

/// The amount of bytes that a quantity tells.
pub(crate) fn read(quantity: &UnitNumber) -> Result<Bytes, Problem> {
    let Some(part) = quantity.single() else {
        return Err(other_unit(quantity));
    };
    let Some((base, unit)) = unit_value(&part.unit) else {
        return Err(unknown_unit(quantity, &part.written, &part.unit));
    };
    match part.number.times(unit) {
        Product::Whole(count) => {
            i128::try_from(count).map_or_else(|_| Bytes::new(i128::MAX, base), |count| Bytes::new(count, base)).map_err(
                |problem| Problem { message: format!("`{quantity}` is too large for an amount of bytes"), ..problem },
            )
        }
        Product::TooLarge => Err(Problem::new(format!("`{quantity}` is too large for an amount of bytes"))),
        Product::Fraction => Err(Problem::new(format!("`{quantity}` is no whole number of bytes"))),
    }
}

/// Whether the quantity has a unit of bytes, whatever its number.
pub(crate) fn measures(quantity: &UnitNumber) -> bool {
    quantity.single().is_some_and(|part| !part.unit.is_empty() && unit_value(&part.unit).is_some())
}

/// How many bytes a unit stands for.
fn unit_value(unit: &str) -> Option<(Base, u128)> {
    let short = unit.strip_suffix('B').filter(|short| !short.is_empty()).unwrap_or(unit);
    let power =
        |units: [&str; 6]| units.iter().position(|name| *name == short).and_then(|place| u32::try_from(place + 1).ok());
    if unit.is_empty() {
        return Some((Base::Decimal, 1));
    }
    let binary = power(BINARY).map(|power| (Base::Binary, 1024_u128.pow(power)));
    binary.or_else(|| power(DECIMAL).map(|power| (Base::Decimal, 1000_u128.pow(power))))
}

fn unknown_unit(quantity: &UnitNumber, number: &str, unit: &str) -> Problem {
    match unit {
        "m" => Problem::new(format!("`{quantity}` is thousandths of a byte"))
            .with_help("`Mi` are 1024 * 1024 bytes, `M` a million")
            .with_fix(format!("{number}Mi")),
        "K" | "KB" => Problem::new(format!("`{unit}` in `{quantity}` could mean 1000 or 1024 bytes"))
            .with_help("`Ki` are 1024 bytes, `k` a thousand")
            .with_fix(format!("{number}Ki")),
        "B" | "b" | "byte" | "bytes" => {
            Problem::new(format!("`{quantity}` needs no unit to count bytes")).with_fix(number)
        }
        _ => match known_unit_like(unit) {
            Some(known) => Problem::new(format!("`{unit}` in `{quantity}` is no unit of bytes"))
                .with_help("units are `Ki Mi Gi Ti Pi Ei` for powers of 1024 and `k M G T P E` for powers of 1000")
                .with_fix(format!("{number}{known}")),
            None => other_unit(quantity),
        },
    }
}

/// The unit that differs in the case of its letters only.
fn known_unit_like(unit: &str) -> Option<String> {
    let plain = BINARY.into_iter().chain(DECIMAL);
    let spelled = plain.flat_map(|name| [name.to_owned(), format!("{name}B")]);
    spelled.into_iter().find(|name| name.eq_ignore_ascii_case(unit))
}

fn no_bytes(text: &str) -> Problem {
    Problem::new(format!("`{text}` is no amount of bytes"))
        .with_help("an amount of bytes is written like `512Mi`, `10GiB` or `500M`")
}

fn other_unit(quantity: &UnitNumber) -> Problem {
    let text = quantity.to_string();
    if duration::measures(quantity) {
        return Problem { message: format!("`{text}` is a duration, not an amount of bytes"), ..no_bytes(&text) };
    }
    no_bytes(&text)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, fails, refuses};

    #[test]
    fn canonical_text() {
        accepts(Bytes::parse, "512Mi", "512Mi");
        accepts(Bytes::parse, "10GiB", "10Gi");
        accepts(Bytes::parse, "1024Mi", "1Gi");
        accepts(Bytes::parse, "1.5GiB", "1536Mi");
        accepts(Bytes::parse, "1500", "1500");
        accepts(Bytes::parse, "500M", "500M");
        accepts(Bytes::parse, "500MB", "500M");
        accepts(Bytes::parse, "2000", "2k");
        accepts(Bytes::parse, "0.5Ki", "512");
        accepts(Bytes::parse, "129e6", "129M");
        accepts(Bytes::parse, "1E", "1E");
        accepts(Bytes::parse, "0Gi", "0");
        accepts(Bytes::parse, "1024MiB", "1Gi");
        accepts(Bytes::parse, "1Ki", "1Ki");
        accepts(Bytes::parse, "1025Ki", "1025Ki");
        accepts(Bytes::parse, "7Ei", "7Ei");
        accepts(Bytes::parse, "9223372036854775807", "9223372036854775807");
    }

    #[test]
    fn refused_text() {
        refuses(Bytes::parse, "512m", "thousandths of a byte", Some("512Mi"));
        refuses(Bytes::parse, "64K", "could mean 1000 or 1024", Some("64Ki"));
        refuses(Bytes::parse, "64KB", "could mean 1000 or 1024", Some("64Ki"));
        refuses(Bytes::parse, "512B", "needs no unit", Some("512"));
        refuses(Bytes::parse, "2gb", "is no unit of bytes", Some("2GB"));
        refuses(Bytes::parse, "2gi", "is no unit of bytes", Some("2Gi"));
        refuses(Bytes::parse, "0.3Ki", "is no whole number of bytes", None);
        refuses(Bytes::parse, "8Ei", "is too large", None);
        refuses(Bytes::parse, "1e40", "is too large", None);
        refuses(Bytes::parse, "5s", "is a duration", None);
        refuses(Bytes::parse, "1Gi512Mi", "is no amount of bytes", None);
        refuses(Bytes::parse, "-1Gi", "is negative", None);
        refuses(Bytes::parse, "plenty", "is no amount of bytes", None);
    }

    fn check(result: Result<Bytes, Problem>, printed: &str) {
        assert_eq!(result.map(|bytes| bytes.to_string()), Ok(printed.to_owned()));
    }

    #[test]
    fn arithmetic() {
        let bytes = |count, base| Bytes { count, base };
        let gibibyte = bytes(1 << 30, Base::Binary);
        let megabyte = bytes(1_000_000, Base::Decimal);
        check(gibibyte.plus(gibibyte), "2Gi");
        check(megabyte.plus(megabyte), "2M");
        check(bytes(0, Base::Decimal).plus(gibibyte), "1Gi");
        check(gibibyte.minus(bytes(1 << 29, Base::Decimal)), "512Mi");
        check(gibibyte.times(3), "3Gi");
        check(gibibyte.divided_by(2), "512Mi");
        check(gibibyte.scaled(0.75), "768Mi");
        assert_eq!(gibibyte.ratio(bytes(1 << 28, Base::Binary)), Ok(4.0));
        fails(megabyte.minus(gibibyte), "`1M - 1Gi` is less than nothing", None);
        fails(gibibyte.times(i128::MAX), "is too large", None);
        fails(gibibyte.times(-1), "less than nothing", None);
        fails(gibibyte.divided_by(0), "divide by a number above zero", None);
        fails(bytes(MOST, Base::Decimal).plus(megabyte), "is too large", None);
        fails(gibibyte.scaled(f64::INFINITY), "too large", None);
    }

    #[test]
    fn equality_ignores_the_family() {
        assert_eq!(Bytes::parse("1Ki"), Bytes::parse("1024"));
        assert!(Bytes::parse("1G").ok() < Bytes::parse("1Gi").ok());
    }
}
