//! An amount of processor time. Knows its units; knows no machine.

use std::fmt;

use crate::decimal::Product;
use crate::{Problem, UnitNumber, bytes, duration};

/// The thousandths in one cpu.
const THOUSANDTHS: u64 = 1000;

/// The largest amount in thousandths, which is the largest number of a Kubernetes quantity.
const MOST: u64 = i64::MAX.unsigned_abs();

/// An amount of processor time in whole thousandths of a cpu, never negative.
///
/// Written `2`, `0.5` or `250m`; anything finer than `1m` is refused. Printed in cpus where the amount is whole (`2`),
/// else in thousandths (`250m`).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug, Default)]
pub struct Cpu {
    thousandths: u64,
}

impl Cpu {
    /// Reads an amount.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.starts_with('-') {
            return Err(Problem::new(format!("`{text}` is negative, an amount of cpu is not")));
        }
        UnitNumber::parse(text).map_err(|_| no_cpu(text))?.as_cpu()
    }

    /// The amount of this many thousandths.
    pub fn from_thousandths(thousandths: i128) -> Result<Self, Problem> {
        match u64::try_from(thousandths) {
            Ok(thousandths) if thousandths <= MOST => Ok(Self { thousandths }),
            _ if thousandths < 0 => Err(Problem::new("an amount of cpu can not be negative")),
            _ => Err(Problem::new("the amount of cpu is too large")),
        }
    }

    /// The amount of this many cpus, which must be whole in thousandths but for the error of binary fractions.
    pub fn from_float(cpus: f64) -> Result<Self, Problem> {
        let thousandths = cpus * 1000.0;
        let nearest = thousandths.round();
        if !thousandths.is_finite() || (thousandths - nearest).abs() > 1e-6 {
            return Err(too_fine(&cpus.to_string()));
        }
        Self::from_thousandths(nearest as i128)
    }

    /// The amount in thousandths of a cpu.
    pub fn thousandths(self) -> u64 {
        self.thousandths
    }

    /// The amount in cpus.
    pub fn cpus(self) -> f64 {
        self.thousandths as f64 / THOUSANDTHS as f64
    }

    /// Both amounts together.
    pub fn plus(self, other: Self) -> Result<Self, Problem> {
        Self::from_thousandths(i128::from(self.thousandths) + i128::from(other.thousandths)).map_err(|problem| {
            Problem { message: format!("`{self} + {other}` is too large for an amount of cpu"), ..problem }
        })
    }

    /// What is left without the other amount. Less than nothing is a problem.
    pub fn minus(self, other: Self) -> Result<Self, Problem> {
        Self::from_thousandths(i128::from(self.thousandths) - i128::from(other.thousandths)).map_err(|problem| {
            Problem { message: format!("`{self} - {other}` is less than no cpu at all"), ..problem }
                .with_help("compare the two amounts before you subtract")
        })
    }

    /// The amount this many times.
    pub fn times(self, count: i128) -> Result<Self, Problem> {
        let product = i128::from(self.thousandths).checked_mul(count);
        product.and_then(|product| Self::from_thousandths(product).ok()).ok_or_else(|| {
            let reason = if count < 0 { "less than no cpu at all" } else { "too large for an amount of cpu" };
            Problem::new(format!("`{self} * {count}` is {reason}"))
        })
    }

    /// One of `count` equal shares, rounded down to thousandths.
    pub fn divided_by(self, count: i128) -> Result<Self, Problem> {
        match u64::try_from(count) {
            Ok(count) if count > 0 => Ok(Self { thousandths: self.thousandths / count }),
            _ if count > 0 => Ok(Self::default()),
            _ => Err(Problem::new(format!("`{self} / {count}` makes no sense: divide by a number above zero"))),
        }
    }

    /// How often the other amount fits into this one.
    pub fn ratio(self, other: Self) -> Result<f64, Problem> {
        if other.thousandths == 0 {
            return Err(Problem::new(format!("`{self} / {other}` divides by zero")));
        }
        Ok(self.thousandths as f64 / other.thousandths as f64)
    }

    /// The amount times a fraction, rounded to the nearest thousandth.
    pub fn scaled(self, factor: f64) -> Result<Self, Problem> {
        let product = (self.thousandths as f64 * factor).round();
        if product.is_nan() {
            return Err(Problem::new(format!("`{self}` times something that is no number has no value")));
        }
        Self::from_thousandths(product as i128)
    }

    /// `5 thousandths of a cpu`, `2 cpus`.
    pub(crate) fn in_words(self) -> String {
        let (count, unit, several) = if self.thousandths.is_multiple_of(THOUSANDTHS) {
            (self.thousandths / THOUSANDTHS, "cpu", "cpus")
        } else {
            (self.thousandths, "thousandth of a cpu", "thousandths of a cpu")
        };
        format!("{count} {}", if count == 1 { unit } else { several })
    }
}

impl fmt::Display for Cpu {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.thousandths.is_multiple_of(THOUSANDTHS) {
            write!(f, "{}", self.thousandths / THOUSANDTHS)
        } else {
            write!(f, "{}m", self.thousandths)
        }
    }
}

/// The amount of cpu that a quantity tells.
pub(crate) fn read(quantity: &UnitNumber) -> Result<Cpu, Problem> {
    let Some(part) = quantity.single() else {
        return Err(other_unit(quantity));
    };
    let thousandths = match part.unit.as_str() {
        "" => part.number.times(u128::from(THOUSANDTHS)),
        "m" => part.number.times(1),
        "M" => return Err(other_unit(quantity).with_fix(format!("{}m", part.written))),
        unit if is_word_for_cpu(unit) => {
            return Err(no_cpu(&quantity.to_string()).with_fix(part.written.clone()));
        }
        unit if is_word_for_thousandth(unit) => {
            return Err(no_cpu(&quantity.to_string()).with_fix(format!("{}m", part.written)));
        }
        _ => return Err(other_unit(quantity)),
    };
    match thousandths {
        Product::Whole(thousandths) => i128::try_from(thousandths)
            .map_or_else(|_| Err(too_large(quantity)), Cpu::from_thousandths)
            .map_err(|_| too_large(quantity)),
        Product::TooLarge => Err(too_large(quantity)),
        Product::Fraction => Err(too_fine(&quantity.to_string())),
    }
}

fn is_word_for_cpu(unit: &str) -> bool {
    ["c", "cpu", "cpus", "core", "cores", "vcpu", "vcpus"].contains(&unit.to_lowercase().as_str())
}

fn is_word_for_thousandth(unit: &str) -> bool {
    ["mcpu", "mcpus", "mcore", "mcores", "millicore", "millicores", "millicpu"].contains(&unit.to_lowercase().as_str())
}

fn no_cpu(text: &str) -> Problem {
    Problem::new(format!("`{text}` is no amount of cpu"))
        .with_help("cpu is counted in cpus, `2` or `0.5`, or in thousandths, `250m`")
}

fn other_unit(quantity: &UnitNumber) -> Problem {
    let text = quantity.to_string();
    if bytes::measures(quantity) {
        return Problem { message: format!("`{text}` is an amount of bytes, not of cpu"), ..no_cpu(&text) };
    }
    if duration::measures(quantity) {
        return Problem { message: format!("`{text}` is a duration, not an amount of cpu"), ..no_cpu(&text) };
    }
    no_cpu(&text)
}

fn too_fine(text: &str) -> Problem {
    Problem::new(format!("`{text}` is finer than a thousandth of a cpu")).with_help("the smallest step is `1m`")
}

fn too_large(quantity: &UnitNumber) -> Problem {
    Problem::new(format!("`{quantity}` is too large for an amount of cpu"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, fails, refuses};

    #[test]
    fn text() {
        accepts(Cpu::parse, "1", "1");
        accepts(Cpu::parse, "0.5", "500m");
        accepts(Cpu::parse, "250m", "250m");
        accepts(Cpu::parse, "2000m", "2");
        accepts(Cpu::parse, "0.001", "1m");
        accepts(Cpu::parse, "0", "0");
        refuses(Cpu::parse, "0.0005", "finer than a thousandth", None);
        refuses(Cpu::parse, "0.5m", "finer than a thousandth", None);
        refuses(Cpu::parse, "512Mi", "`512Mi` is an amount of bytes", None);
        refuses(Cpu::parse, "100M", "is an amount of bytes", Some("100m"));
        refuses(Cpu::parse, "5s", "`5s` is a duration", None);
        refuses(Cpu::parse, "2cores", "is no amount of cpu", Some("2"));
        refuses(Cpu::parse, "250mcpu", "is no amount of cpu", Some("250m"));
        refuses(Cpu::parse, "-1", "is negative", None);
        refuses(Cpu::parse, "1e30", "too large", None);
        refuses(Cpu::parse, "two", "is no amount of cpu", None);
    }

    #[test]
    fn arithmetic() {
        let cpu = |thousandths| Cpu { thousandths };
        assert_eq!(cpu(250).plus(cpu(250)), Ok(cpu(500)));
        assert_eq!(cpu(1000).divided_by(3), Ok(cpu(333)));
        assert_eq!(cpu(250).times(4), Ok(cpu(1000)));
        assert_eq!(cpu(500).ratio(cpu(2000)), Ok(0.25));
        assert_eq!(cpu(1000).scaled(0.75), Ok(cpu(750)));
        assert_eq!(Cpu::from_float(0.1 + 0.2), Ok(cpu(300)));
        fails(Cpu::from_float(0.0001), "finer than", None);
        fails(Cpu::from_float(f64::NAN), "finer than", None);
        fails(cpu(250).minus(cpu(500)), "`250m - 500m` is less than no cpu", None);
        fails(cpu(MOST).plus(cpu(1)), "is too large", None);
        fails(cpu(1).times(i128::MAX), "is too large", None);
        fails(cpu(1).times(-1), "less than no cpu", None);
        fails(cpu(1).divided_by(0), "divide by a number above zero", None);
        fails(cpu(1).ratio(cpu(0)), "divides by zero", None);
    }
}
