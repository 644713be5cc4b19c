//! A plan of a machine as one script: a runtime that is the same for all, and behind it the plan as data.
//!
//! This file knows how the data is written and nothing of what it means; `runtime/*.sh` know that. No text of a user
//! is ever anything but one quoted word.

mod quote;

use std::fmt::Write;
use std::ops::Range;

pub use quote::quote;

/// The part that is the same for all, in this order.
const RUNTIME: [&str; 11] = [
    include_str!("runtime/head.sh"),
    include_str!("runtime/files.sh"),
    include_str!("runtime/fetch.sh"),
    include_str!("runtime/parts.sh"),
    include_str!("runtime/kernel.sh"),
    include_str!("runtime/packages.sh"),
    include_str!("runtime/services.sh"),
    include_str!("runtime/firewall.sh"),
    include_str!("runtime/access.sh"),
    include_str!("runtime/commands.sh"),
    include_str!("runtime/main.sh"),
];

/// What a machine shall be like, in the order in which it is done.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Script {
    /// What people call the host: `lab/cp-1`.
    pub name: String,
    /// The steps.
    pub steps: Vec<Step>,
}

/// One thing that a machine shall have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Step {
    /// What no other step of the script has: it is part of the names of files.
    pub id: String,
    /// A word that the runtime knows.
    pub kind: &'static str,
    /// What a user calls it.
    pub name: String,
    /// Where it is written: `main.pl:4:5`.
    pub place: String,
    /// Values by words that the runtime knows. A word may stand several times.
    pub values: Vec<(&'static str, String)>,
}

/// The script of a plan.
pub fn script(plan: &Script) -> String {
    with_lines(plan).0
}

/// The script of a plan, and the lines of each of its steps, counted from one.
pub fn with_lines(plan: &Script) -> (String, Vec<Range<usize>>) {
    let mut text = String::with_capacity(RUNTIME.iter().map(|part| part.len()).sum::<usize>() + 4096);
    text.push_str("#!/usr/bin/env bash\n");
    let _ = writeln!(text, "# Made by platc: what {} shall be like. Run it with --help.", one_line(&plan.name));
    text.extend(RUNTIME);
    let _ = writeln!(text, "plan {}", quote(&plan.name));
    let mut line = lines_of(&text) + 1;
    let mut lines = vec![];
    for step in &plan.steps {
        let before = text.len();
        write_step(step, &mut text);
        let end = line + text.get(before..).map_or(0, lines_of);
        // An empty line stands before each.
        lines.push(line + 1..end);
        line = end;
    }
    text.push_str("\nmain \"$@\"\n");
    (text, lines)
}

fn lines_of(text: &str) -> usize {
    text.bytes().filter(|byte| *byte == b'\n').count()
}

fn write_step(step: &Step, text: &mut String) {
    let about = [&step.id, step.kind, &step.name, &step.place].map(quote).join(" ");
    let _ = write!(text, "\nstep {about}");
    for (word, value) in &step.values {
        let encoded;
        let (word, value) = match value.contains('\0') {
            true => {
                encoded = base64(value.as_bytes());
                ("base64", &encoded)
            }
            false => (*word, value),
        };
        let _ = write!(text, " \\\n    {word} {}", quote(value));
    }
    text.push('\n');
}

/// A name in a comment.
fn one_line(text: &str) -> String {
    text.chars().filter(|letter| letter.is_ascii_graphic()).collect()
}

/// Bytes that no shell can hold, by the letters of RFC 4648.
fn base64(bytes: &[u8]) -> String {
    const LETTERS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let letter = |bits: u32| LETTERS.get((bits & 63) as usize).map_or('=', |letter| char::from(*letter));
    let mut text = String::new();
    for chunk in bytes.chunks(3) {
        let bits = chunk.iter().fold(0_u32, |bits, byte| bits << 8 | u32::from(*byte)) << (8 * (3 - chunk.len()));
        for at in 0..4 {
            text.push(if at > chunk.len() { '=' } else { letter(bits >> (18 - 6 * at)) });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::base64;

    #[test]
    fn bytes_in_letters() {
        for (bytes, text) in [("", ""), ("a", "YQ=="), ("ab", "YWI="), ("abc", "YWJj"), ("a\0b\0", "YQBiAA==")] {
            assert_eq!(base64(bytes.as_bytes()), text);
        }
    }
}
