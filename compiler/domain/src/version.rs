//! The version of a piece of software. Knows how versions are written and compared; constraints have their own file.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

use crate::{Problem, VersionConstraint};

/// A version such as `1.33.4`, `v1.33.4+k3s1`, `2.0.0-rc.1`, `1.33` or `17`, kept as it is written.
///
/// An optional `v`, one to three numbers, an optional pre-release after `-` and optional build metadata after `+`. Numbers
/// may have leading zeros, as in `24.04`; numeric parts of a pre-release may not.
///
/// [`Version::precedence`] is what `<` and `>=` mean: that of semantic versioning, a missing number being 0. `Ord` puts
/// versions of equal precedence into the order of their texts, so that only versions written alike are equal.
#[derive(Clone, Debug)]
pub struct Version {
    text: String,
    numbers: Vec<u64>,
    pre: Option<String>,
    build: Option<String>,
}

impl Version {
    /// Reads a version.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let bare = text.strip_prefix('v').unwrap_or(text);
        let (rest, build) = split_once_or_all(bare, '+');
        let (core, pre) = split_once_or_all(rest, '-');
        let numbers: Vec<u64> = core.split('.').map(|number| parse_number(text, number)).collect::<Result<_, _>>()?;
        if numbers.len() > 3 {
            return Err(Problem::new(format!("`{text}` has {} numbers where a version has at most 3", numbers.len())));
        }
        for (part, kind) in [(pre, "pre-release"), (build, "build")] {
            part.map_or(Ok(()), |part| check_identifiers(text, part, kind))?;
        }
        pre.map_or(Ok(()), |pre| check_no_leading_zero(text, pre))?;
        Ok(Self { text: text.to_owned(), numbers, pre: pre.map(str::to_owned), build: build.map(str::to_owned) })
    }

    /// The text as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The first number.
    pub fn major(&self) -> u64 {
        self.number(0)
    }

    /// The second number, 0 where it is missing.
    pub fn minor(&self) -> u64 {
        self.number(1)
    }

    /// The third number, 0 where it is missing.
    pub fn patch(&self) -> u64 {
        self.number(2)
    }

    /// What stands after `-`: `rc.1` in `2.0.0-rc.1`.
    pub fn pre(&self) -> Option<&str> {
        self.pre.as_deref()
    }

    /// What stands after `+`: `k3s1` in `1.33.5+k3s1`.
    pub fn build(&self) -> Option<&str> {
        self.build.as_deref()
    }

    /// Only the numbers that are written, without `v`, pre-release and build: `1.33.5` for `v1.33.5+k3s1`.
    #[must_use]
    pub fn core(&self) -> Self {
        let bare = self.text.strip_prefix('v').unwrap_or(&self.text);
        let end = bare.find(['-', '+']).unwrap_or(bare.len());
        let text = bare.get(..end).unwrap_or(bare).to_owned();
        Self { text, numbers: self.numbers.clone(), pre: None, build: None }
    }

    /// How the version stands to another by the rules of semantic versioning: numbers first, a missing one being 0; a
    /// pre-release before its release; the parts of pre-releases one by one, numbers before words; the build never counts.
    pub fn precedence(&self, other: &Self) -> Ordering {
        let numbers = self.triple().cmp(&other.triple());
        numbers.then_with(|| match (self.pre(), other.pre()) {
            (Some(pre), Some(other)) => compare_pre(pre, other),
            (pre, other) => pre.is_none().cmp(&other.is_none()),
        })
    }

    /// Whether the constraint allows this version; see [`VersionConstraint`] for how one is written. A constraint that can
    /// not be read is a problem.
    pub fn satisfies(&self, constraint: &str) -> Result<bool, Problem> {
        Ok(VersionConstraint::parse(constraint)?.allows(self))
    }

    pub(crate) fn triple(&self) -> (u64, u64, u64) {
        (self.major(), self.minor(), self.patch())
    }

    fn number(&self, place: usize) -> u64 {
        self.numbers.get(place).copied().unwrap_or(0)
    }
}

impl PartialEq for Version {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}

impl Eq for Version {}

impl Hash for Version {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}

impl PartialOrd for Version {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Version {
    fn cmp(&self, other: &Self) -> Ordering {
        self.precedence(other).then_with(|| self.text.cmp(&other.text))
    }
}

impl fmt::Display for Version {
    /// As written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

fn split_once_or_all(text: &str, separator: char) -> (&str, Option<&str>) {
    text.split_once(separator).map_or((text, None), |(before, after)| (before, Some(after)))
}

fn parse_number(text: &str, number: &str) -> Result<u64, Problem> {
    if !is_numeric(number) {
        return Err(no_version(text));
    }
    number.parse().map_err(|_| Problem::new(format!("`{number}` in the version `{text}` is too large")))
}

fn is_numeric(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit())
}

fn check_identifiers(text: &str, part: &str, kind: &str) -> Result<(), Problem> {
    let is_identifier =
        |word: &str| !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
    if part.split('.').all(is_identifier) {
        return Ok(());
    }
    Err(Problem::new(format!("`{part}` is no {kind} of the version `{text}`"))
        .with_help("it is made of letters, digits and hyphens, in parts separated by dots"))
}

fn check_no_leading_zero(text: &str, pre: &str) -> Result<(), Problem> {
    let has_zero = |part: &&str| is_numeric(part) && part.len() > 1 && part.starts_with('0');
    let zero = pre.split('.').find(has_zero);
    zero.map_or(Ok(()), |zero| Err(Problem::new(format!("`{zero}` in the pre-release of `{text}` has a leading zero"))))
}

fn no_version(text: &str) -> Problem {
    let bare = text.trim_start_matches(['v', 'V', '=', ' ']).trim_end();
    let meant = Some(bare).filter(|bare| *bare != text && bare.starts_with(|first: char| first.is_ascii_digit()));
    let problem = Problem::new(format!("`{text}` is no version"));
    if text.contains(['x', '*', '<', '>', '^', '~', ' ']) {
        return problem.with_help("a version is one version, like `1.33.4`; `satisfies` takes constraints");
    }
    problem
        .with_help("a version is written like `1.33.4`, `v1.33.4+k3s1` or `2.0.0-rc.1`")
        .with_fix_if(meant.map(str::to_owned))
}

fn compare_pre(one: &str, other: &str) -> Ordering {
    let key = |word: &str| {
        // Numbers have no leading zeros, so the longer one is the larger one, of whatever size.
        if is_numeric(word) { (0, word.len(), word.to_owned()) } else { (1, 0, word.to_owned()) }
    };
    one.split('.').map(key).cmp(other.split('.').map(key))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, refuses};

    #[test]
    fn text() {
        for text in
            ["1.33.4", "v1.33.4", "1.33.5+k3s1", "2.0.0-rc.1", "1.33", "17", "24.04", "1.0.0-alpha-x.2+build.007"]
        {
            accepts(Version::parse, text, text);
        }
        refuses(Version::parse, "", "is no version", None);
        refuses(Version::parse, "latest", "`latest` is no version", None);
        refuses(Version::parse, "V1.2", "is no version", Some("1.2"));
        refuses(Version::parse, "1.2.x", "is no version", None);
        refuses(Version::parse, "1..2", "is no version", None);
        refuses(Version::parse, "1.2.3.4", "has 4 numbers", None);
        refuses(Version::parse, "1.2.3-", "`` is no pre-release", None);
        refuses(Version::parse, "1.2.3-rc.01", "`01` in the pre-release", None);
        refuses(Version::parse, "1.2.3+a_b", "`a_b` is no build", None);
        refuses(Version::parse, "99999999999999999999", "is too large", None);
    }

    #[test]
    fn parts() {
        let version = Version::parse("v1.33.5-rc.1+k3s1");
        let parts = version.as_ref().map(|version| (version.triple(), version.pre(), version.build()));
        assert_eq!(parts, Ok(((1, 33, 5), Some("rc.1"), Some("k3s1"))));
        assert_eq!(version.map(|version| version.core()), Version::parse("1.33.5"));
        assert_eq!(Version::parse("v17").map(|version| version.core()), Version::parse("17"));
    }

    fn check_precedence(one: &str, other: &str, order: Ordering) {
        let found = Version::parse(one).and_then(|one| Ok(one.precedence(&Version::parse(other)?)));
        assert_eq!(found, Ok(order), "`{one}` to `{other}`");
    }

    #[test]
    fn precedence() {
        let ascending = [
            "1.0.0-alpha",
            "1.0.0-alpha.1",
            "1.0.0-alpha.beta",
            "1.0.0-beta",
            "1.0.0-beta.2",
            "1.0.0-beta.11",
            "1.0.0-rc.1",
            "1.0.0",
            "1.0.1",
            "1.2",
            "1.10",
        ];
        for (place, one) in ascending.iter().enumerate() {
            for (other_place, other) in ascending.iter().enumerate() {
                check_precedence(one, other, place.cmp(&other_place));
            }
        }
        check_precedence("1.33", "1.33.0", Ordering::Equal);
        check_precedence("v1.33.5+k3s1", "1.33.5", Ordering::Equal);
    }
}
