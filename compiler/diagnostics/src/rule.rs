//! A rule: everything that can be reported has one, with a stable code and a page that explains it.

use std::cmp::Ordering;
use std::fmt;
use std::hash::{Hash, Hasher};

/// How much a finding matters.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Level {
    /// The platform is wrong; nothing is written.
    Error,
    /// The platform works, and something about it is probably not meant.
    Warning,
    /// Something worth knowing.
    Note,
}

impl Level {
    /// Every level, the gravest first.
    pub const ALL: [Level; 3] = [Level::Error, Level::Warning, Level::Note];

    /// The word that a user reads.
    pub fn word(self) -> &'static str {
        match self {
            Level::Error => "error",
            Level::Warning => "warning",
            Level::Note => "note",
        }
    }
}

/// One thing that can be reported. Two rules are the same when their codes are.
pub struct Rule {
    /// The stable name that users write in `@allow` and `platc explain`: `group/name`.
    pub code: &'static str,
    /// How much its findings matter.
    pub level: Level,
    /// What the rule says, in one line.
    pub summary: &'static str,
    /// The Markdown page that explains it, with examples that run as tests.
    pub page: &'static str,
}

impl Rule {
    /// Makes a rule from its page, whose first line must be `# <code>: <summary>`. A page that begins otherwise does not
    /// compile.
    pub(crate) const fn from_page(code: &'static str, level: Level, page: &'static str) -> Self {
        let (mark, rest) = page.split_at(2);
        assert!(same(mark, "# "), "a rule's page begins with `# `");
        let (title, rest) = rest.split_at(code.len());
        assert!(same(title, code), "a rule's page begins with the rule's code");
        let (colon, rest) = rest.split_at(2);
        assert!(same(colon, ": "), "a rule's page has `: ` after the code");
        Self { code, level, summary: first_line(rest), page }
    }

    /// The part of the code before the slash: `net` of `net/overlap`.
    pub fn group(&self) -> &'static str {
        self.code.split_once('/').map_or(self.code, |(group, _)| group)
    }

    /// Whether its level is the same in every project: where this is broken, the platform is not known, and nothing else
    /// could be judged.
    pub fn is_fixed(&self) -> bool {
        let of_language = match self.group() {
            "syntax" | "import" | "type" | "schema" | "write" | "eval" | "check" | "test" => true,
            "object" | "lint" | "project" => true,
            "name" => !matches!(self.code, "name/grammar" | "name/length"),
            _ => false,
        };
        of_language && self.level == Level::Error
    }
}

const fn same(left: &str, right: &str) -> bool {
    let (left, right) = (left.as_bytes(), right.as_bytes());
    let mut at = 0;
    while at < left.len() && at < right.len() && left[at] == right[at] {
        at += 1;
    }
    at == left.len() && at == right.len()
}

const fn first_line(text: &str) -> &str {
    let bytes = text.as_bytes();
    let mut end = 0;
    while end < bytes.len() && bytes[end] != b'\n' {
        end += 1;
    }
    text.split_at(end).0
}

impl PartialEq for Rule {
    fn eq(&self, other: &Self) -> bool {
        self.code == other.code
    }
}

impl Eq for Rule {}

impl PartialOrd for Rule {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl Ord for Rule {
    fn cmp(&self, other: &Self) -> Ordering {
        self.code.cmp(other.code)
    }
}

impl Hash for Rule {
    fn hash<H: Hasher>(&self, state: &mut H) {
        self.code.hash(state);
    }
}

impl fmt::Debug for Rule {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "Rule({})", self.code)
    }
}
