//! Random derivations of the grammar in the specification are accepted, and formatting them twice is formatting them once.
//! The grammar is read from `spec/grammar.md`, so that it can not say what no implementation does.
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use conformance::command::{End, Implementation};
use proptest::prelude::Rng;
use proptest::test_runner::{TestRng, TestRunner};

/// A right side of the grammar.
#[derive(Debug, Clone)]
enum Rule {
    Token(String),
    Name(String),
    Sequence(Vec<Rule>),
    Choice(Vec<Rule>),
    Optional(Box<Rule>),
    Many(Box<Rule>),
}

/// Reads `Name = alternatives` lines, which go on where a line begins with a blank.
fn grammar(text: &str) -> BTreeMap<String, Rule> {
    let mut rules: Vec<(String, String)> = Vec::new();
    for line in text.lines().filter(|line| !line.trim().is_empty()) {
        match (line.starts_with(' '), line.split_once('='), rules.last_mut()) {
            (true, _, Some((_, body))) => body.push_str(line),
            (_, Some((name, body)), _) => rules.push((name.trim().to_owned(), body.to_owned())),
            _ => {}
        }
    }
    let parse = |(name, body): (String, String)| {
        let mut words = words(&body).into_iter().rev().collect();
        (name, choice(&mut words))
    };
    rules.into_iter().map(parse).collect()
}

/// Quoted tokens, names, and single signs.
fn words(body: &str) -> Vec<String> {
    let mut words = Vec::new();
    let mut rest = body.trim_start();
    while let Some(first) = rest.chars().next() {
        let length = match first {
            '\'' => rest[1..].find('\'').map_or(rest.len(), |end| end + 2),
            _ if first.is_alphabetic() => rest.find(|c: char| !c.is_alphanumeric()).unwrap_or(rest.len()),
            _ => first.len_utf8(),
        };
        words.push(rest[..length].to_owned());
        rest = rest[length..].trim_start();
    }
    words
}

fn choice(words: &mut Vec<String>) -> Rule {
    let mut choices = vec![sequence(words)];
    while words.last().is_some_and(|word| word == "|") {
        words.pop();
        choices.push(sequence(words));
    }
    if choices.len() == 1 { choices.swap_remove(0) } else { Rule::Choice(choices) }
}

fn sequence(words: &mut Vec<String>) -> Rule {
    let mut parts = Vec::new();
    while let Some(word) = words.last().cloned() {
        if ["|", ")", "]"].contains(&word.as_str()) {
            break;
        }
        words.pop();
        let part = match word.as_str() {
            "(" | "[" => {
                let inner = Box::new(choice(words));
                words.pop();
                if word == "[" { Rule::Optional(inner) } else { *inner }
            }
            _ => word
                .strip_prefix('\'')
                .map_or_else(|| Rule::Name(word.clone()), |token| Rule::Token(token.trim_end_matches('\'').to_owned())),
        };
        let repeats = words.last().is_some_and(|word| word == "*");
        parts.push(if repeats { Rule::Many(Box::new(part)) } else { part });
        if repeats {
            words.pop();
        }
    }
    Rule::Sequence(parts)
}

/// What stands in lists whose parts are separated by commas or line ends.
const SEPARATED: [&str; 7] = ["Import", "Item", "Member", "Statement", "Arm", "Element", "TypeEntry"];

struct Writer<'a> {
    rules: &'a BTreeMap<String, Rule>,
    random: TestRng,
    out: String,
}

impl Writer<'_> {
    fn pick(&mut self, count: usize) -> usize {
        usize::try_from(self.random.next_u64()).unwrap_or_default() % count.max(1)
    }

    /// Writes a derivation; from `depth` 0 on, the shortest that there is.
    fn write(&mut self, rule: &Rule, depth: u32) {
        let depth = if self.out.len() > ENOUGH { 0 } else { depth };
        match rule {
            Rule::Token(token) => self.token(token),
            Rule::Name(name) => self.named(name, depth),
            Rule::Sequence(parts) => parts.iter().for_each(|part| self.write(part, depth)),
            Rule::Choice(choices) => {
                let picked = if depth == 0 { 0 } else { self.pick(choices.len()) };
                self.write(&choices[picked], depth);
            }
            Rule::Optional(inner) if depth > 0 && self.pick(2) == 0 => self.write(inner, depth),
            Rule::Many(inner) if depth > 0 => {
                for _ in 0..self.pick(3) {
                    self.write(inner, depth);
                    if separated(inner) {
                        let end = if self.pick(2) == 0 {
                            "
"
                        } else {
                            ",
"
                        };
                        self.out.push_str(end);
                    }
                }
            }
            Rule::Optional(_) | Rule::Many(_) => {}
        }
    }

    fn token(&mut self, token: &str) {
        self.out.push_str(token);
        self.out.push(' ');
    }

    fn one_of(&mut self, tokens: &[&str]) {
        let picked = self.pick(tokens.len());
        self.token(tokens[picked]);
    }

    fn named(&mut self, name: &str, depth: u32) {
        match name {
            "Name" => self.one_of(&["a", "b-1", "some-name", "x_2"]),
            "TypeName" => self.one_of(&["A", "Int", "Some-Type"]),
            "Number" => self.one_of(&["1", "2.5", "0x1f"]),
            "String" => self.one_of(&["\"x\"", "\"a.b/c\"", "\"x \\(a + 1) y\"", "\"\""]),
            "Literal" => self.one_of(&["1", "0.5", "250m", "10.0.0.1", "10.0.0.0/8", "fd00::1", "r\"\\d\""]),
            // A name at the end of every path, and no body outside of brackets.
            "Head" => match depth {
                0 => self.one_of(&["a", "(b-1)", "a.b", "not a", "a == 1"]),
                _ => {
                    self.token("(");
                    self.named("Expr", depth - 1);
                    self.token(")");
                }
            },
            "Expr" | "Type" if depth == 0 => self.one_of(if name == "Expr" { &["1", "a"] } else { &["A", "Int"] }),
            _ => {
                let rule = self.rules.get(name).expect("every name of the grammar is defined").clone();
                self.write(&rule, depth.saturating_sub(u32::from(BREAKS.contains(&name))));
            }
        }
    }
}

/// How much text is enough to try; from there on a derivation ends as soon as it can.
const ENOUGH: usize = 1000;

/// The names at which a derivation gets shallower.
const BREAKS: [&str; 5] = ["Statement", "Expr", "Type", "Atom", "Element"];

fn separated(rule: &Rule) -> bool {
    match rule {
        Rule::Name(name) => SEPARATED.contains(&name.as_str()),
        Rule::Choice(choices) => choices.iter().any(separated),
        Rule::Sequence(parts) => matches!(parts.as_slice(), [only] if separated(only)),
        _ => false,
    }
}

#[test]
fn derivations_of_the_grammar_are_accepted() {
    let specification = Path::new(env!("CARGO_MANIFEST_DIR")).join("../spec/grammar.md");
    let text = fs::read_to_string(specification).expect("the specification");
    let start = text.find("```ebnf\n").expect("a grammar") + 8;
    let length = text[start..].find("```").expect("its end");
    let rules = grammar(&text[start..start + length]);
    let implementation = Implementation::locate().expect("an implementation");
    let directory = tempfile::tempdir().expect("a directory");
    let mut writer = Writer { rules: &rules, random: TestRunner::deterministic().new_rng(), out: String::new() };
    for number in 0..400 {
        writer.out.clear();
        for _ in 0..3 {
            writer.named("Item", 4);
            writer.out.push('\n');
        }
        fs::write(directory.path().join(format!("f{number}.pl")), &writer.out).expect("writes");
    }
    let answer = implementation.run(directory.path(), &["fmt", "."], "").expect("runs");
    assert_eq!(answer.end, End::Clean, "{}", answer.err);
    let again = implementation.run(directory.path(), &["fmt", "--check", "."], "").expect("runs");
    assert_eq!(again.end, End::Clean, "{}", again.out);
}
