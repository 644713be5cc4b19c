//! Conditions on versions, such as a chart states for its cluster. Knows versions; the same language as npm and Helm.

use std::cmp::Ordering;
use std::fmt;

use crate::{Problem, Version};

/// A condition on versions such as `>=1.25 <2`, `^1.2`, `~1.2.3`, `1.2.x` or `1.2 - 1.4 || 2`.
///
/// Comparators parted by spaces or commas must all hold; of alternatives parted by `||` one. A comparator is an operator
/// (`= != > >= < <= ^ ~`, or none, which is `=`) and a version, in which `x`, `X` and `*` or a missing number stand for
/// any number: `=1.2` is every `1.2.*`, `>1.2` begins at `1.3.0`, `<=1.2` ends before `1.3.0`. `^` allows what does not
/// change the first number that is not zero, `~` what does not change the minor (`~1`: the major). `a - b` is `>=a <=b`.
///
/// A pre-release is allowed only where a comparator of the alternative names a pre-release of the same three numbers. Build
/// metadata and a leading `v` do not matter.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct VersionConstraint {
    text: String,
    alternatives: Vec<Vec<Comparator>>,
}

#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
struct Comparator {
    operator: Operator,
    /// The version with zeros for the numbers that are open.
    version: Version,
    /// How many numbers are given: from 0, `*`, to 3.
    given: usize,
}

#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
enum Operator {
    Equal,
    NotEqual,
    Greater,
    AtLeast,
    Less,
    AtMost,
    Caret,
    Tilde,
}

/// Longer operators stand before their beginnings.
const OPERATORS: [(&str, Operator); 9] = [
    ("!=", Operator::NotEqual),
    (">=", Operator::AtLeast),
    ("<=", Operator::AtMost),
    ("==", Operator::Equal),
    ("=", Operator::Equal),
    (">", Operator::Greater),
    ("<", Operator::Less),
    ("^", Operator::Caret),
    ("~", Operator::Tilde),
];

impl VersionConstraint {
    /// Reads a constraint.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        for (reversed, operator) in [("=>", ">="), ("=<", "<=")] {
            if text.contains(reversed) {
                return Err(Problem::new(format!("`{reversed}` in `{text}` is no operator"))
                    .with_fix(text.replace(reversed, operator)));
            }
        }
        let alternatives = text.split("||").map(|all| parse_all(text, all)).collect::<Result<_, _>>()?;
        Ok(Self { text: text.to_owned(), alternatives })
    }

    /// Whether the version meets the condition.
    pub fn allows(&self, version: &Version) -> bool {
        self.alternatives.iter().any(|comparators| {
            let names_pre = |comparator: &Comparator| {
                comparator.version.pre().is_some() && comparator.version.triple() == version.triple()
            };
            let pre_is_fine = version.pre().is_none() || comparators.iter().any(names_pre);
            pre_is_fine && comparators.iter().all(|comparator| comparator.holds(version))
        })
    }
}

impl fmt::Display for VersionConstraint {
    /// As written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Comparator {
    fn holds(&self, version: &Version) -> bool {
        let order = version.precedence(&self.version);
        let is_from = order != Ordering::Less;
        let is_before = |end: Option<(u64, u64, u64)>| end.is_none_or(|end| version.triple() < end);
        let is_equal =
            if self.given == 3 { order == Ordering::Equal } else { is_from && is_before(self.end(self.given)) };
        match self.operator {
            Operator::Equal => is_equal,
            Operator::NotEqual => !is_equal,
            Operator::Greater => is_from && !is_equal,
            Operator::AtLeast => is_from,
            Operator::Less => !is_from,
            Operator::AtMost => !is_from || is_equal,
            Operator::Caret => is_from && is_before(self.end(self.caret_numbers())),
            Operator::Tilde => is_from && is_before(self.end(self.given.min(2))),
        }
    }

    /// The first version that differs in its first `fixed` numbers; none where nothing is fixed or no larger number exists.
    fn end(&self, fixed: usize) -> Option<(u64, u64, u64)> {
        let (major, minor, patch) = self.version.triple();
        match fixed {
            0 => None,
            1 => Some((major.checked_add(1)?, 0, 0)),
            2 => Some(minor.checked_add(1).map_or((major.checked_add(1)?, 0, 0), |minor| (major, minor, 0))),
            _ => Some(patch.checked_add(1).map_or((major, minor.checked_add(1)?, 0), |patch| (major, minor, patch))),
        }
    }

    /// How many numbers `^` keeps: up to the first that is not zero.
    fn caret_numbers(&self) -> usize {
        let kept = match self.version.triple() {
            (0, 0, _) => 3,
            (0, _, _) => 2,
            _ => 1,
        };
        kept.min(self.given)
    }
}

fn parse_all(text: &str, comparators: &str) -> Result<Vec<Comparator>, Problem> {
    let mut words = words(comparators).into_iter().peekable();
    let mut all = Vec::new();
    while let Some(word) = words.next() {
        if words.next_if(|next| next == "-").is_some() {
            let Some(last) = words.next() else {
                return Err(no_constraint(text));
            };
            all.push(parse_version(text, Operator::AtLeast, &word)?);
            all.push(parse_version(text, Operator::AtMost, &last)?);
        } else {
            let found = OPERATORS.iter().find_map(|(symbol, operator)| Some((*operator, word.strip_prefix(symbol)?)));
            let (operator, version) = found.unwrap_or((Operator::Equal, &word));
            all.push(parse_version(text, operator, version)?);
        }
    }
    if all.is_empty() { Err(no_constraint(text)) } else { Ok(all) }
}

/// The comparators as words; an operator that stands alone joins the word after it.
fn words(comparators: &str) -> Vec<String> {
    let mut words: Vec<String> = Vec::new();
    for word in comparators.split([' ', ',']).filter(|word| !word.is_empty()) {
        match words.last_mut() {
            Some(last) if OPERATORS.iter().any(|(symbol, _)| last == symbol) => last.push_str(word),
            _ => words.push(word.to_owned()),
        }
    }
    words
}

fn parse_version(text: &str, operator: Operator, version: &str) -> Result<Comparator, Problem> {
    let bare = version.strip_prefix('v').unwrap_or(version);
    let core = bare.split(['-', '+']).next().unwrap_or(bare);
    let numbers: Vec<&str> = core.split('.').collect();
    let given = numbers.iter().take_while(|number| !is_open(number)).count();
    let is_closed = given == numbers.len();
    let is_open_to_the_end = numbers.iter().skip(given).all(|number| is_open(number));
    if numbers.len() > 3 || !is_open_to_the_end || !(is_closed || bare == core) {
        return Err(no_constraint(text));
    }
    let filled = numbers.iter().map(|number| if is_open(number) { "0" } else { number }).collect::<Vec<_>>().join(".");
    let version = Version::parse(if is_closed { bare } else { &filled }).map_err(|_| no_constraint(text))?;
    // `1.2-rc.1` names one version: its missing number is 0.
    let given = if version.pre().is_some() { 3 } else { given };
    Ok(Comparator { operator, version, given })
}

fn is_open(number: &str) -> bool {
    matches!(number, "x" | "X" | "*")
}

fn no_constraint(text: &str) -> Problem {
    Problem::new(format!("`{text}` is no version constraint"))
        .with_help("a constraint is written like `>=1.25 <2`, `^1.2`, `~1.2.3`, `1.2.x` or `1.2 || 1.4`")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::refuses;

    fn check(constraint: &str, allowed: &str, refused: &str) {
        for (versions, expected) in [(allowed, true), (refused, false)] {
            for version in versions.split_whitespace() {
                let found = Version::parse(version).and_then(|version| version.satisfies(constraint));
                assert_eq!(found, Ok(expected), "`{version}` against `{constraint}`");
            }
        }
    }

    #[test]
    fn operators() {
        check(">=1.2 <2", "1.2.0 1.2 1.99.9 v1.33.5+k3s1", "1.1.9 2 2.0.0 2.0.0-rc.1 1.3.0-rc.1");
        check(">=1.2,<2", "1.2.0", "2");
        check(">= 1.2, < 2", "1.2.0", "2");
        check("^1.2", "1.2.0 1.99.0", "1.1.0 2.0.0");
        check("^0.2.3", "0.2.3 0.2.9", "0.2.2 0.3.0 1.0.0");
        check("^0.0.3", "0.0.3", "0.0.4 0.0.2");
        check("^0.0", "0.0.9", "0.1.0");
        check("^0", "0.9.9", "1.0.0");
        check("~1.2", "1.2.0 1.2.9", "1.3.0 1.1.9");
        check("~1.2.3", "1.2.3 1.2.9", "1.2.2 1.3.0");
        check("~1", "1.9.0", "2.0.0 0.9.0");
        check("1.2.x", "1.2.0 1.2.99", "1.3.0");
        check("1.2", "1.2.0 1.2.99", "1.3.0");
        check("1.2.3", "1.2.3 v1.2.3+build", "1.2.4 1.2.3-rc.1");
        check("*", "0.0.0 99.0.0", "1.0.0-rc.1");
        check("!=1.2.3", "1.2.4", "1.2.3");
        check("!=1.2", "1.3.0", "1.2.3");
        check(">1.2", "1.3.0", "1.2.9");
        check(">1.2.3", "1.2.4", "1.2.3");
        check("<=1.2", "1.2.9 1.0", "1.3.0");
        check("1.2 - 1.4", "1.2.0 1.4.9", "1.1.9 1.5.0");
        check("^1.2 || ^3", "1.5.0 3.1.0", "2.0.0 4.0.0");
    }

    #[test]
    fn pre_releases() {
        check(">=2.0.0-rc.1", "2.0.0-rc.1 2.0.0-rc.2 2.0.0 2.1.0", "2.0.0-beta 2.1.0-rc.1");
        check(">=1.2.0-0 <2", "1.2.0-rc.1 1.3.0", "1.3.0-rc.1");
        check("=1.2-rc.1", "1.2.0-rc.1", "1.2.0");
    }

    #[test]
    fn refused_text() {
        refuses(VersionConstraint::parse, "", "is no version constraint", None);
        refuses(VersionConstraint::parse, ">=", "is no version constraint", None);
        refuses(VersionConstraint::parse, ">=1.2 ||", "is no version constraint", None);
        refuses(VersionConstraint::parse, "1.x.3", "is no version constraint", None);
        refuses(VersionConstraint::parse, "1.x-rc", "is no version constraint", None);
        refuses(VersionConstraint::parse, "1.2 -", "is no version constraint", None);
        refuses(VersionConstraint::parse, "latest", "is no version constraint", None);
        refuses(VersionConstraint::parse, "=>1.2", "is no operator", Some(">=1.2"));
    }
}
