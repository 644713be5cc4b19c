//! What the grammar can find wrong, and the words for it.
//!
//! The grammar notes a problem by the places of tokens alone; only here, after the parse, do places become bytes and text.

use crate::error::SyntaxError;
use crate::kind::SyntaxKind as K;
use crate::range::TextRange;
use crate::tree::{Token, Tree};

/// A mistake, by the places of significant tokens.
#[derive(Clone, Debug)]
pub(crate) enum Problem {
    /// Something is missing before the token.
    Expected { token: u32, expected: &'static str },
    /// The token, and perhaps more of its line, fits nowhere.
    Unexpected { token: u32, expected: &'static str },
    /// Two entries stand on one line.
    MissingComma { token: u32 },
    /// Brackets that nobody closes, the innermost first; the closing one is expected before the token.
    Unclosed { token: u32, openers: Vec<u32> },
    /// A closing bracket too many.
    NothingOpen { token: u32 },
    /// Too many levels.
    TooDeep { token: u32 },
    /// `a < b < c`
    Chained { token: u32 },
    /// `=` where a value is written with `:`.
    Equals { token: u32 },
    /// `=` where two values are compared.
    Assignment { token: u32 },
    /// `{` on the line after its head.
    BraceOnNextLine { token: u32 },
    /// `elif` where `else if` is meant.
    Elif { token: u32 },
}

impl Problem {
    /// The token at which it was found.
    pub(crate) fn token(&self) -> u32 {
        match *self {
            Problem::Expected { token, .. }
            | Problem::Unexpected { token, .. }
            | Problem::MissingComma { token }
            | Problem::Unclosed { token, .. }
            | Problem::NothingOpen { token }
            | Problem::TooDeep { token }
            | Problem::Chained { token }
            | Problem::Equals { token }
            | Problem::Assignment { token }
            | Problem::BraceOnNextLine { token }
            | Problem::Elif { token } => token,
        }
    }

    /// Takes in another problem at the same token, or gives it back if it is a mistake of its own: several brackets that end
    /// there are one mistake, something else that is missing there is another.
    pub(crate) fn absorb(&mut self, other: Problem) -> Option<Problem> {
        match (self, other) {
            (Problem::Unclosed { openers, .. }, Problem::Unclosed { openers: more, .. }) => {
                openers.extend(more);
                None
            }
            (_, other @ Problem::Unclosed { .. }) => Some(other),
            _ => None,
        }
    }
}

/// Turns the places of significant tokens into bytes and text.
pub(crate) struct Source<'t> {
    pub tree: &'t Tree,
    pub places: &'t [u32],
}

impl<'t> Source<'t> {
    pub(crate) fn token(&self, place: u32) -> Option<Token<'t>> {
        self.places.get(place as usize).and_then(|index| self.tree.token(*index))
    }

    /// The end of the token before a place.
    fn end_before(&self, place: u32) -> u32 {
        place.checked_sub(1).and_then(|before| self.token(before)).map_or(0, |token| token.range().end)
    }

    pub(crate) fn range(&self, place: u32) -> TextRange {
        self.token(place).map_or(TextRange::empty(self.end_before(place)), Token::range)
    }

    /// The token in backticks, or what ends there.
    fn shown(&self, place: u32) -> String {
        let Some(token) = self.token(place) else {
            return "the end of the file".to_owned();
        };
        match token.kind() {
            kind if kind.is_quote() => "a string".to_owned(),
            K::InterpolationClose => "the end of the interpolation".to_owned(),
            _ => format!("`{}`", shortened(token.text())),
        }
    }

    pub(crate) fn on_new_line(&self, place: u32) -> bool {
        let Some(token) = self.token(place) else {
            return true;
        };
        let before = self.end_before(place) as usize;
        self.tree.text().get(before..token.range().start as usize).is_some_and(|gap| gap.contains('\n'))
    }

    /// Whether a token is the first of its line.
    pub(crate) fn starts_line(&self, place: u32) -> bool {
        place == 0 || self.on_new_line(place)
    }

    /// How many bytes stand before a token on its line.
    pub(crate) fn column(&self, place: u32) -> usize {
        let start = self.range(place).start as usize;
        let before = self.tree.text().get(..start).unwrap_or("");
        start - before.rfind('\n').map_or(0, |newline| newline + 1)
    }

    /// The token that does not fit what is written here, for it may fit elsewhere: where something is missing at the end of a
    /// line, the last one of the line.
    pub(crate) fn misfit(&self, problem: &Problem) -> Option<u32> {
        match *problem {
            Problem::Expected { token, .. } if self.on_new_line(token) => Some(token.saturating_sub(1)),
            Problem::Expected { token, .. }
            | Problem::Unexpected { token, .. }
            | Problem::MissingComma { token }
            | Problem::Equals { token }
            | Problem::BraceOnNextLine { token } => Some(token),
            _ => None,
        }
    }

    /// The error of a problem.
    pub(crate) fn error(&self, problem: &Problem) -> SyntaxError {
        match problem {
            Problem::Expected { token, expected } => self.expected(*token, expected),
            Problem::Unexpected { token, expected } => self.unexpected(*token, expected),
            Problem::MissingComma { token } => self.missing_comma(*token),
            Problem::Unclosed { token, openers } => self.unclosed(*token, openers),
            Problem::NothingOpen { token } => {
                let message = format!("{} closes nothing", self.shown(*token));
                SyntaxError::new("syntax/unexpected", self.range(*token), message)
                    .help("delete it, or add the bracket that it should close")
                    .fix("delete the bracket", self.range(*token), "")
            }
            Problem::TooDeep { token } => {
                SyntaxError::new("syntax/too-deep", self.range(*token), "this is nested too deeply")
                    .help("give the inner parts names with `let`")
            }
            Problem::Chained { token } => self.chained(*token),
            Problem::Equals { token } => self.equals(*token),
            Problem::Assignment { token } => {
                SyntaxError::new("syntax/unexpected", self.range(*token), "values are compared with `==`")
                    .help("write `==`")
                    .fix("replace `=` by `==`", self.range(*token), "==")
            }
            Problem::BraceOnNextLine { token } => self.brace_on_next_line(*token),
            Problem::Elif { token } => {
                let message = format!("{} is written `else if`", self.shown(*token));
                SyntaxError::new("syntax/unexpected", self.range(*token), message).help("write `else if`").fix(
                    "write `else if`",
                    self.range(*token),
                    "else if",
                )
            }
        }
    }

    fn brace_on_next_line(&self, place: u32) -> SyntaxError {
        let range = self.range(place);
        let error = SyntaxError::new("syntax/unexpected", range, "`{` stands on the line of what it opens")
            .help("move `{` to the end of the line before");
        if !self.is_blank_before(place) {
            return error;
        }
        error.fix("move `{` to the line before", TextRange::new(self.end_before(place), range.start), " ")
    }

    fn equals(&self, place: u32) -> SyntaxError {
        let range = self.range(place);
        let start = if self.is_blank_before(place) { self.end_before(place) } else { range.start };
        SyntaxError::new("syntax/unexpected", range, "a value is written with `:`, not with `=`")
            .help("`=` gives a schema's field its default; in a body, write `name: value`")
            .fix("replace `=` by `:`", TextRange::new(start, range.end), ":")
    }

    /// Whether nothing but blanks stands between a token and the one before.
    fn is_blank_before(&self, place: u32) -> bool {
        let gap = TextRange::new(self.end_before(place), self.range(place).start);
        self.tree.text().get(gap.bytes()).is_some_and(|text| text.trim().is_empty())
    }

    fn expected(&self, place: u32, expected: &str) -> SyntaxError {
        let error = if self.on_new_line(place) {
            let before = place.checked_sub(1).map(|before| self.shown(before));
            let message = match before {
                Some(before) => format!("expected {expected} after {before}"),
                None => format!("expected {expected}"),
            };
            let range = place.checked_sub(1).map_or(TextRange::empty(0), |before| self.range(before));
            SyntaxError::new("syntax/unexpected", range, message)
        } else {
            let message = format!("expected {expected}, found {}", self.shown(place));
            SyntaxError::new("syntax/unexpected", self.range(place), message)
        };
        helped(error, expected)
    }

    fn unexpected(&self, place: u32, expected: &str) -> SyntaxError {
        let range = self.range(place);
        let before = place.checked_sub(1).and_then(|before| self.token(before));
        match (before, self.token(place).map(Token::kind)) {
            (Some(name), Some(K::FatArrow)) if name.kind().is_name() => {
                let right = format!("({})", name.text());
                SyntaxError::new("syntax/unexpected", range, "the parameters of a function stand in brackets")
                    .help(format!("write `{right} => ..`"))
                    .fix(format!("write `{right}`"), name.range(), right)
            }
            (_, Some(K::Question)) => SyntaxError::new("syntax/operator", range, "there is no operator `?`")
                .help("write `if condition then a else b`, or `a ?? b` for what may be null"),
            _ => {
                let message = format!("expected {expected}, found {}", self.shown(place));
                helped(SyntaxError::new("syntax/unexpected", range, message), expected)
            }
        }
    }

    fn missing_comma(&self, place: u32) -> SyntaxError {
        let end = self.end_before(place);
        let message = format!("a `,` or a new line is missing before {}", self.shown(place));
        SyntaxError::new("syntax/missing-comma", self.range(place), message)
            .help("write `,` between two on one line")
            .fix("insert `,`", TextRange::empty(end), ",")
    }

    fn unclosed(&self, place: u32, openers: &[u32]) -> SyntaxError {
        let first = openers.first().copied().unwrap_or(0);
        let end = self.end_before(place);
        let close = self.token(first).map_or("}", |token| closer(token.kind()));
        let message = format!("{} is never closed", self.shown(first));
        let mut error = SyntaxError::new("syntax/unclosed", self.range(first), message)
            .label(TextRange::empty(end), format!("`{close}` is expected at the latest here"));
        for opener in openers.iter().skip(1).take(8) {
            error = error.label(self.range(*opener), "this is not closed either");
        }
        let on_one_line =
            !self.tree.text().get(self.range(first).start as usize..end as usize).unwrap_or("").contains('\n');
        if openers.len() > 1 {
            return error.help("add the closing brackets");
        }
        let insert = if on_one_line && close == "}" {
            format!(" {close}")
        } else if on_one_line {
            close.to_owned()
        } else {
            format!("\n{}{close}", self.indent_of(first))
        };
        error.help(format!("add `{close}`")).fix(format!("insert `{close}`"), TextRange::empty(end), insert)
    }

    /// The blanks that the line of a token starts with.
    fn indent_of(&self, place: u32) -> &'t str {
        let start = self.range(place).start as usize;
        let before = self.tree.text().get(..start).unwrap_or("");
        let line = before.rfind('\n').map_or(0, |newline| newline + 1);
        let line = self.tree.text().get(line..).unwrap_or("");
        line.get(..line.len() - line.trim_start_matches([' ', '\t']).len()).unwrap_or("")
    }

    fn chained(&self, place: u32) -> SyntaxError {
        let shown = self.shown(place);
        let error = SyntaxError::new("syntax/unexpected", self.range(place), format!("{shown} does not chain"));
        if shown == "`..`" {
            return error.help("a range has two ends");
        }
        error.help("compare twice and join the two with `and`: `a < b and b < c`")
    }
}

/// What is to be written where something is expected.
const HELP: &[(&str, &str)] = &[
    ("`then`", "an `if` that gives a value is written `if condition then a else b`"),
    ("`else`", "an `if` that gives a value says what it is otherwise: `if condition then a else b`"),
    ("`:` or `{`", "write `name: value` or `name { .. }`; a field of a schema is `name: Type`"),
    ("`else` and a message", "write `check condition else \"what is wrong\"`"),
    ("a statement", "in braces stand `name: value` and `name { .. }`"),
    (
        "a declaration or a statement",
        "a file holds `let`, `type`, `fn`, `schema`, `test` and blocks such as `output name: value`",
    ),
    ("a member of a schema", "a schema declares fields as `name: Type`"),
    ("`:` and a type", "a parameter is written `name: Type`"),
    ("`=`", "what is declared stands behind `=`"),
];

fn helped(error: SyntaxError, expected: &str) -> SyntaxError {
    match HELP.iter().find(|row| row.0 == expected) {
        Some((_, help)) => error.help(*help),
        None => error,
    }
}

fn closer(kind: K) -> &'static str {
    match kind {
        K::LeftBracket => "]",
        K::LeftParen => ")",
        _ => "}",
    }
}

fn shortened(text: &str) -> String {
    if text.chars().count() <= 40 {
        return text.to_owned();
    }
    text.chars().take(39).chain(['…']).collect()
}
