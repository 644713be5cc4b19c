//! Methods of text that take a regular expression. Expressions have neither look-around nor back references, so that
//! matching takes time in proportion to the text whatever they are.

use std::sync::{LazyLock, Mutex, PoisonError};

use ::regex::{Regex, RegexBuilder};
use rustc_hash::FxHashMap;

use crate::keys::At;
use crate::methods::arguments::{text, text_at, text_or_null};
use crate::methods::table::{Entry, entry};
use crate::methods::text::{made, pieces};
use crate::methods::{Host, Problem, limit};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "String.matches(pattern: Regex) -> Bool",
        "Whether the whole text matches a regular expression.",
        r#""k8s-12".matches(r"k8s-[0-9]+")"#,
        "true",
        |host, receiver, args, _| {
            let text = text(receiver)?;
            let expression = expression(host, text, &format!("^(?:{})$", text_at(args, 0)?), text_at(args, 0)?)?;
            Ok(Value::Bool(expression.is_match(text)))
        },
    ),
    entry(
        "String.has-match(pattern: Regex) -> Bool",
        "Whether some part of the text matches a regular expression.",
        r#""node k8s-12 is up".has-match(r"k8s-[0-9]+")"#,
        "true",
        |host, receiver, args, _| {
            let (text, pattern) = (text(receiver)?, text_at(args, 0)?);
            Ok(Value::Bool(expression(host, text, pattern, pattern)?.is_match(text)))
        },
    ),
    entry(
        "String.find-all(pattern: Regex) -> [String]",
        "The parts that match a regular expression, from the left, none within another.",
        r#""k8s-1 and k8s-12".find-all(r"k8s-[0-9]+")"#,
        "- k8s-1\n- k8s-12",
        |host, receiver, args, at| {
            let (text, pattern) = (text(receiver)?, text_at(args, 0)?);
            let expression = expression(host, text, pattern, pattern)?;
            let mut found = Vec::new();
            for part in expression.find_iter(text) {
                spend_on_rest(host, text, part.end(), pattern)?;
                found.push(part.as_str());
            }
            pieces(found.into_iter(), at)
        },
    ),
    entry(
        "String.captures(pattern: Regex) -> [String?]?",
        "The texts of the groups in the first part that matches a regular expression, null for a group that takes no part; \
         null if nothing matches.",
        r#""k8s-12".captures(r"([a-z0-9]+)-([0-9]+)")"#,
        "- k8s\n- '12'",
        captures,
    ),
    entry(
        "String.replace-matches(pattern: Regex, with: String) -> String",
        "With every part that matches a regular expression replaced. In the replacement `$1` or `${name}` is the text of \
         a group and `$$` a dollar sign.",
        r#""k8s-1, k8s-2".replace-matches(r"k8s-([0-9]+)", "node-${1}")"#,
        "node-1, node-2",
        replace_matches,
    ),
];

/// The largest compiled expression, in bytes.
const MOST_COMPILED: usize = 4 << 20;

/// How many compiled expressions are kept.
const KEPT: usize = 32;

static COMPILED: LazyLock<Mutex<FxHashMap<String, Regex>>> = LazyLock::new(Mutex::default);

/// Whether a text is a regular expression.
pub fn regex_form(pattern: &str) -> Result<(), Problem> {
    compile(pattern, pattern).map(|_| ())
}

/// The expression, with the steps paid that it takes to go through a text.
fn expression(host: &mut dyn Host, text: &str, pattern: &str, written: &str) -> Result<Regex, Problem> {
    // The same whether the expression is kept or not, so that a program's steps are the same in every run.
    let length = text.len() as u64;
    host.spend(weight(pattern).saturating_mul(1 + length / 1024))?;
    compile(pattern, written)
}

/// Pays for the search of another match: it may have to look at all that is left of the text.
fn spend_on_rest(host: &mut dyn Host, text: &str, end: usize, pattern: &str) -> Result<(), Problem> {
    let left = text.len().saturating_sub(end) as u64;
    host.spend(1 + (left / 128).saturating_mul(weight(pattern)) / 100)
}

/// The steps that it takes to compile an expression: what is repeated is compiled as often. Where the expression is
/// wrong, any number will do.
fn weight(pattern: &str) -> u64 {
    let mut groups: Vec<u64> = Vec::new();
    let (mut whole, mut last): (u64, u64) = (100, 0);
    let mut characters = pattern.chars();
    while let Some(character) = characters.next() {
        let atom = match character {
            '(' => {
                groups.push(std::mem::take(&mut whole));
                0
            }
            ')' => std::mem::replace(&mut whole, groups.pop().unwrap_or(0)),
            '{' => {
                let count: String = characters.by_ref().take_while(|character| *character != '}').collect();
                let most = count.rsplit(',').find_map(|count| count.trim().parse().ok()).unwrap_or(1_u64);
                last.saturating_mul(most)
            }
            // Sets of characters are many ranges.
            '\\' => characters.next().map_or(0, |escaped| if escaped.is_alphabetic() { 20 } else { 1 }),
            '.' => 4,
            _ => 1,
        };
        whole = whole.saturating_add(atom);
        last = atom;
    }
    groups.into_iter().fold(whole, u64::saturating_add)
}

/// Compiles an expression, or takes the one that was compiled before. `written` is what the user wrote of it.
fn compile(pattern: &str, written: &str) -> Result<Regex, Problem> {
    let mut compiled = COMPILED.lock().unwrap_or_else(PoisonError::into_inner);
    if let Some(known) = compiled.get(pattern) {
        return Ok(known.clone());
    }
    let built = RegexBuilder::new(pattern).size_limit(MOST_COMPILED).dfa_size_limit(MOST_COMPILED).build();
    let regex = built.map_err(|error| refused(written, &error))?;
    if compiled.len() >= KEPT {
        compiled.clear();
    }
    compiled.insert(pattern.to_owned(), regex.clone());
    Ok(regex)
}

fn refused(written: &str, error: &::regex::Error) -> Problem {
    let shown: String = written.chars().take(80).collect();
    let problem = Problem::new(format!("`{shown}` is no regular expression that can be used"));
    match error {
        ::regex::Error::CompiledTooBig(_) => problem.with_help("it is too large: repeat less often"),
        // The last line of the message is the reason; those before it draw the place.
        ::regex::Error::Syntax(text) => match text.lines().next_back() {
            Some(reason) => problem.with_help(reason.trim().trim_start_matches("error: ")),
            None => problem,
        },
        _ => problem,
    }
}

fn captures(host: &mut dyn Host, receiver: &Value, args: &[Value], at: At) -> Result<Value, Problem> {
    let (text, pattern) = (text(receiver)?, text_at(args, 0)?);
    let expression = expression(host, text, pattern, pattern)?;
    let Some(found) = expression.captures(text) else {
        return Ok(Value::Null);
    };
    let groups = found.iter().skip(1).map(|group| text_or_null(group.map(|group| group.as_str())));
    Ok(Value::list(groups.collect::<Vec<_>>(), at))
}

fn replace_matches(host: &mut dyn Host, receiver: &Value, args: &[Value], _: At) -> Result<Value, Problem> {
    let (text, pattern, with) = (text(receiver)?, text_at(args, 0)?, text_at(args, 1)?);
    let expression = expression(host, text, pattern, pattern)?;
    let mut replaced = String::new();
    let mut end = 0;
    for found in expression.captures_iter(text) {
        let Some(whole) = found.get(0) else { continue };
        replaced.push_str(text.get(end..whole.start()).unwrap_or_default());
        found.expand(with, &mut replaced);
        end = whole.end();
        limit::bytes(replaced.len())?;
        spend_on_rest(host, text, end, pattern)?;
    }
    replaced.push_str(text.get(end..).unwrap_or_default());
    made(replaced)
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::methods::testing::{at, check, fails, text, texts};

    #[test]
    fn a_match_is_of_the_whole_text() {
        check(text("k8s-1b"), "matches", [text("k8s-[0-9]")], Value::Bool(false));
        check(text("b"), "matches", [text("a|b")], Value::Bool(true));
        check(text("ab"), "matches", [text("a|b")], Value::Bool(false));
        check(text("a\n"), "matches", [text("a")], Value::Bool(false));
    }

    #[test]
    fn groups() {
        let groups = Value::list([text("b"), Value::Null], at());
        check(text("ab"), "captures", [text("a(b)(c)?")], groups);
        check(text("ab"), "captures", [text("x")], Value::Null);
        check(text("größe"), "replace-matches", [text("ö|ß"), text("[$0]")], text("gr[ö][ß]e"));
        check(text("ab"), "replace-matches", [text(""), text("-")], text("-a-b-"));
        check(text("ab"), "find-all", [text("")], texts(["", "", ""]));
    }

    #[test]
    fn weights() {
        assert_eq!(weight(""), 100);
        assert_eq!(weight("abc"), 103);
        assert_eq!(weight("(a{200}){20}"), 100 + 201 + 201 * 20);
        assert_eq!(weight("(a{2,3}"), 100 + 4);
        assert_eq!(weight(r"\w\("), 121);
    }

    #[test]
    fn what_can_not_be_used() {
        fails(text("a"), "matches", [text("(")], "`(` is no regular expression");
        assert_eq!(regex_form("(").unwrap_err().help.as_deref(), Some("unclosed group"));
        fails(text("a"), "matches", [text("(?=a)")], "is no regular expression");
        assert_eq!(
            regex_form(r"\w{9999}{9999}").unwrap_err().help.as_deref(),
            Some("it is too large: repeat less often")
        );
        fails(text(&"a".repeat(1 << 20)), "replace-matches", [text("a"), text(&"b".repeat(65))], "64 MiB");
    }
}
