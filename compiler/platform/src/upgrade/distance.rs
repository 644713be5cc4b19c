//! How far it is from one version to another.

use std::cmp::Ordering;

use domain::Version;

/// How far it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Distance {
    /// To an older one.
    Back,
    /// To another first number.
    Major,
    /// To another second number.
    Minor,
    /// To another third number.
    Patch,
    /// The same version, built or patched otherwise.
    Build,
    /// It comes.
    New,
    /// It goes.
    Gone,
    /// Something that is no version.
    Unknown,
}

impl Distance {
    /// The way from one text to another.
    pub fn between(from: Option<&str>, to: Option<&str>) -> Distance {
        let (from, to) = match (from, to) {
            (None, _) => return Distance::New,
            (_, None) => return Distance::Gone,
            (Some(from), Some(to)) => (from, to),
        };
        match (Version::parse(from), Version::parse(to)) {
            (Ok(from), Ok(to)) => Distance::of(&from, &to),
            _ => Distance::Unknown,
        }
    }

    fn of(from: &Version, to: &Version) -> Distance {
        match to.precedence(from) {
            Ordering::Less => Distance::Back,
            Ordering::Equal => Distance::Build,
            Ordering::Greater if to.major() != from.major() => Distance::Major,
            Ordering::Greater if to.minor() != from.minor() => Distance::Minor,
            Ordering::Greater if to.patch() != from.patch() => Distance::Patch,
            Ordering::Greater => Distance::Build,
        }
    }

    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Distance::Back => "back",
            Distance::Major => "major",
            Distance::Minor => "minor",
            Distance::Patch => "patch",
            Distance::Build => "build",
            Distance::New => "new",
            Distance::Gone => "gone",
            Distance::Unknown => "other",
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances() {
        let cases = [
            ("1.34.2", "1.34.3", Distance::Patch),
            ("1.34.2", "1.36.0", Distance::Minor),
            ("v1.34.2", "2.0.0", Distance::Major),
            ("1.34.2", "1.34.1", Distance::Back),
            ("v1.34.2+k3s1", "v1.34.2+k3s2", Distance::Build),
            ("17.5-alpine", "latest", Distance::Unknown),
        ];
        for (from, to, expected) in cases {
            assert_eq!(Distance::between(Some(from), Some(to)), expected, "{from} {to}");
        }
        assert_eq!(Distance::between(None, Some("1.0.0")), Distance::New);
    }
}
