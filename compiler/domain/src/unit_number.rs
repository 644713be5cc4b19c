//! A number with a unit, before it is known what it measures. Knows which types read which units; the values of the units
//! stand with those types.

use std::fmt;

use crate::decimal::Decimal;
use crate::{Bytes, Cpu, Duration, Problem, bytes, cpu, duration};

/// The text of a quantity such as `250m`, `1h30m` or `32GiB`, split into numbers and units.
///
/// A part is a decimal number and the letters after it; the text is one part or several. A number without letters has
/// the empty unit, and only such a number may have an exponent (`1e9`; but `1E` is one of the unit `E`). Two quantities are equal when they are written the same.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct UnitNumber {
    text: String,
    parts: Vec<Part>,
}

/// One number and its unit.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub(crate) struct Part {
    pub number: Decimal,
    /// The number as it is written, without underscores.
    pub written: String,
    pub unit: String,
}

/// One type that can read a quantity.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Reading {
    /// The type's name in the language: `Bytes`, `Cpu` or `Duration`.
    pub type_name: &'static str,
    /// What the quantity means as this type, in words: `5 minutes`.
    pub spelling: String,
    /// A quantity of the same value that no other type reads, where there is one: `300s`.
    pub unmistakable: Option<String>,
}

impl UnitNumber {
    /// Splits the text. Units are not judged here: `5parsecs` is accepted and has no reading.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let mut parts = Vec::new();
        let mut rest = text;
        while !rest.is_empty() {
            let (part, next) = Part::scan(rest).ok_or_else(|| no_quantity(text))?;
            if !part.unit.is_empty() && part.written.contains(['e', 'E']) {
                return Err(Problem::new(format!("`{text}` has both an exponent and a unit")));
            }
            parts.push(part);
            rest = next;
        }
        if parts.is_empty() {
            return Err(no_quantity(text));
        }
        Ok(Self { text: text.to_owned(), parts })
    }

    /// The quantity as an amount of processor time.
    pub fn as_cpu(&self) -> Result<Cpu, Problem> {
        cpu::read(self)
    }

    /// The quantity as an amount of memory or storage.
    pub fn as_bytes(&self) -> Result<Bytes, Problem> {
        bytes::read(self)
    }

    /// The quantity as a length of time.
    pub fn as_duration(&self) -> Result<Duration, Problem> {
        duration::read(self)
    }

    /// Every type that can read this quantity: none for an unknown unit, two for `5m`.
    pub fn readings(&self) -> Vec<Reading> {
        let duration = self.as_duration().ok().map(|duration| Reading {
            type_name: "Duration",
            spelling: duration.in_words(),
            unmistakable: Some(duration.in_largest_unit_but_minutes()),
        });
        let cpu =
            self.as_cpu().ok().map(|cpu| Reading { type_name: "Cpu", spelling: cpu.in_words(), unmistakable: None });
        let bytes = self.as_bytes().ok().map(|bytes| Reading {
            type_name: "Bytes",
            spelling: bytes.in_words(),
            unmistakable: (!self.is_plain_number()).then(|| bytes.to_string()),
        });
        [duration, cpu, bytes].into_iter().flatten().collect()
    }

    /// The quantity in units that Kubernetes and Go know, for places that have no type.
    ///
    /// Units of bytes lose their `B`; a duration with days or weeks is written as [`Duration`] prints it; underscores go.
    /// Everything else stays as it is written: `5m` and `42` are right for each of their readings, and a quantity that no
    /// type reads is left alone.
    pub fn kubernetes_text(&self) -> String {
        let plain = self.text.replace('_', "");
        if bytes::measures(self) {
            return plain.trim_end_matches('B').to_owned();
        }
        let is_unknown_to_go = self.parts.iter().any(|part| matches!(part.unit.as_str(), "d" | "w"));
        let duration = self.as_duration().ok().filter(|_| is_unknown_to_go);
        duration.map_or(plain, |duration| duration.to_string())
    }

    /// The only part of a quantity that has one.
    pub(crate) fn single(&self) -> Option<&Part> {
        match self.parts.as_slice() {
            [part] => Some(part),
            _ => None,
        }
    }

    pub(crate) fn parts(&self) -> &[Part] {
        &self.parts
    }

    fn is_plain_number(&self) -> bool {
        self.single().is_some_and(|part| part.unit.is_empty())
    }
}

impl Part {
    /// The part that the text begins with, and the rest of the text.
    fn scan(text: &str) -> Option<(Self, &str)> {
        let (number, after) = Decimal::scan(text)?;
        let end = after.find(|character: char| !character.is_alphabetic()).unwrap_or(after.len());
        let (unit, rest) = after.split_at_checked(end)?;
        let written = text.strip_suffix(after).unwrap_or(text).replace('_', "");
        Some((Self { number, written, unit: unit.to_owned() }, rest))
    }
}

fn no_quantity(text: &str) -> Problem {
    Problem::new(format!("`{text}` is no number with a unit"))
        .with_help("a quantity is written like `250m`, `512MiB` or `1h30m`")
}

impl fmt::Display for UnitNumber {
    /// As written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::refuses;

    fn check_readings(text: &str, expected: &str) {
        let found = UnitNumber::parse(text).map(|number| {
            let readings = number.readings();
            readings
                .iter()
                .map(|reading| format!("{}: {}", reading.type_name, reading.spelling))
                .collect::<Vec<_>>()
                .join(", ")
        });
        assert_eq!(found, Ok(expected.to_owned()));
    }

    #[test]
    fn readings() {
        check_readings("5m", "Duration: 5 minutes, Cpu: 5 thousandths of a cpu");
        check_readings("1m", "Duration: 1 minute, Cpu: 1 thousandth of a cpu");
        check_readings("1h30m", "Duration: 1 hour 30 minutes");
        check_readings("14d", "Duration: 14 days");
        check_readings("32GiB", "Bytes: 32Gi bytes");
        check_readings("42", "Cpu: 42 cpus, Bytes: 42 bytes");
        check_readings("0.5", "Cpu: 500 thousandths of a cpu");
        check_readings("5parsecs", "");
    }

    #[test]
    fn unmistakable() {
        let number = UnitNumber::parse("5m").map(|number| number.readings());
        let forms = number.map(|readings| readings.into_iter().map(|reading| reading.unmistakable).collect());
        assert_eq!(forms, Ok(vec![Some("300s".to_owned()), None]));
    }

    fn check_kubernetes(text: &str, expected: &str) {
        assert_eq!(UnitNumber::parse(text).map(|number| number.kubernetes_text()), Ok(expected.to_owned()));
    }

    #[test]
    fn kubernetes_text() {
        check_kubernetes("32GiB", "32Gi");
        check_kubernetes("0.5GiB", "0.5Gi");
        check_kubernetes("1024Mi", "1024Mi");
        check_kubernetes("500MB", "500M");
        check_kubernetes("5m", "5m");
        check_kubernetes("1_500m", "1500m");
        check_kubernetes("14d", "336h");
        check_kubernetes("90s", "90s");
        check_kubernetes("1d12h", "36h");
        check_kubernetes("1.5", "1.5");
        check_kubernetes("5parsecs", "5parsecs");
    }

    #[test]
    fn refused() {
        refuses(UnitNumber::parse, "", "is no number with a unit", None);
        refuses(UnitNumber::parse, "m5", "is no number", None);
        refuses(UnitNumber::parse, "5 m", "is no number", None);
        refuses(UnitNumber::parse, "1e3m", "both an exponent and a unit", None);
        refuses(UnitNumber::parse, "5m-", "is no number", None);
        refuses(UnitNumber::parse, "-5m", "is no number", None);
    }
}
