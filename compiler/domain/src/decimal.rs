//! Decimal numbers as people write them, kept exactly until they are multiplied by a unit. Knows no unit.

/// `digits` divided by ten to the power of `places`; without trailing zeros in the digits, so that equal numbers are
/// equal values.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Decimal {
    digits: u128,
    places: i32,
}

/// What a decimal number of units comes to.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Product {
    /// Exactly this many.
    Whole(u128),
    /// A number that is not whole.
    Fraction,
    /// More than can be told.
    TooLarge,
}

impl Decimal {
    /// Reads the number that the text begins with, and returns it with the rest of the text.
    ///
    /// A number is digits, perhaps a point and more digits, perhaps an exponent (`e` or `E`, a sign, digits). Digits
    /// may be grouped with single underscores.
    pub fn scan(text: &str) -> Option<(Self, &str)> {
        let (whole, rest) = scan_digits(text)?;
        let (fraction, rest) = match rest.strip_prefix('.') {
            Some(after) => scan_digits(after)?,
            None => (String::new(), rest),
        };
        let (exponent, rest) = scan_exponent(rest);
        let places = i32::try_from(fraction.len()).ok()?.checked_sub(exponent)?;
        let digits = format!("{whole}{fraction}").parse().ok()?;
        Some((Self { digits, places }.normalized(), rest))
    }

    /// This many of a unit that counts `unit` of the smallest.
    pub fn times(self, unit: u128) -> Product {
        if self.digits == 0 {
            return Product::Whole(0);
        }
        let Some(product) = self.digits.checked_mul(unit) else {
            return Product::TooLarge;
        };
        let scale = 10_u128.checked_pow(self.places.unsigned_abs());
        match scale {
            Some(scale) if self.places <= 0 => product.checked_mul(scale).map_or(Product::TooLarge, Product::Whole),
            Some(scale) if product % scale == 0 => Product::Whole(product / scale),
            None if self.places < 0 => Product::TooLarge,
            _ => Product::Fraction,
        }
    }

    fn normalized(mut self) -> Self {
        while self.digits != 0 && self.digits.is_multiple_of(10) {
            self.digits /= 10;
            self.places = self.places.saturating_sub(1);
        }
        if self.digits == 0 { Self { digits: 0, places: 0 } } else { self }
    }
}

fn scan_digits(text: &str) -> Option<(String, &str)> {
    let is_inner = |character: char| character.is_ascii_digit() || character == '_';
    let end = text.find(|character| !is_inner(character)).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let is_grouped = digits.split('_').all(|group| !group.is_empty());
    is_grouped.then(|| (digits.replace('_', ""), rest))
}

/// An exponent counts only if digits follow: `1E` is one exa, `1E3` a thousand.
fn scan_exponent(text: &str) -> (i32, &str) {
    let Some(after) = text.strip_prefix(['e', 'E']) else {
        return (0, text);
    };
    let (sign, digits) = match after.strip_prefix('-') {
        Some(digits) => (-1, digits),
        None => (1, after.strip_prefix('+').unwrap_or(after)),
    };
    let end = digits.find(|character: char| !character.is_ascii_digit()).unwrap_or(digits.len());
    let parsed = digits.split_at_checked(end).and_then(|(digits, rest)| Some((digits.parse::<i16>().ok()?, rest)));
    parsed.map_or((0, text), |(exponent, rest)| (sign * i32::from(exponent), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, unit: u128, product: Product) {
        assert_eq!(Decimal::scan(text).map(|(number, _)| number.times(unit)), Some(product), "`{text}` times {unit}");
    }

    #[test]
    fn products() {
        check("42", 1, Product::Whole(42));
        check("1_000", 1, Product::Whole(1000));
        check("0.5", 1024, Product::Whole(512));
        check("0.5", 1, Product::Fraction);
        check("1.50", 2, Product::Whole(3));
        check("1e3", 1, Product::Whole(1000));
        check("5e-1", 2, Product::Whole(1));
        check("0e9999", 1, Product::Whole(0));
        check("1e9999", 1, Product::TooLarge);
        check("1e-9999", 1, Product::Fraction);
        check("340282366920938463463374607431768211455", 2, Product::TooLarge);
    }

    #[test]
    fn rests() {
        let rest = |text| Decimal::scan(text).map(|(_, rest)| rest);
        assert_eq!(rest("1E"), Some("E"));
        assert_eq!(rest("1E3m"), Some("m"));
        assert_eq!(rest("1h30m"), Some("h30m"));
        assert_eq!(rest("1_"), None);
        assert_eq!(rest("1."), None);
        assert_eq!(rest(".5"), None);
        assert_eq!(rest("m"), None);
        assert_eq!(rest("1\u{661}"), Some("\u{661}"));
    }
}
