//! Texts in the script of a machine: a shell reads the bytes that were written, whatever they are, and does nothing with them.

#![allow(clippy::unwrap_used)]

use std::io::Write;
use std::process::{Command, Stdio};

use backend::node::{Script, Step, quote, script};

/// What a shell, a terminal, an editor or somebody who reads scripts might take for something else.
const PIECES: &[&str] = &[
    "'",
    "\"",
    "\\",
    "\n",
    "\t",
    "\r",
    " ",
    "$",
    "$(",
    ")",
    "`",
    "${",
    "}",
    "$HOME",
    "$((1))",
    "!",
    "!!",
    "#",
    "~",
    "*",
    "?",
    "[",
    "]",
    "{a,b}",
    ";",
    "&",
    "&&",
    "|",
    "<",
    ">",
    "<<EOF",
    "\nEOF\n",
    "\\n",
    "\\'",
    "'\\''",
    "$'",
    "\u{1}",
    "\u{7}",
    "\u{1b}[31m",
    "\u{7f}",
    "\u{80}",
    "\u{9f}",
    "\u{a0}",
    "\u{ad}",
    "\u{2019}",
    "\u{201d}",
    "\u{202e}",
    "\u{feff}",
    "\u{fffd}",
    "é",
    "ß",
    "\u{1f980}",
    "a",
    "B",
    "0",
    "-n",
    "-e",
    "--",
    "=",
    "%s",
    "%",
    "\u{2028}",
    "\u{e0041}",
    "rm -rf /",
    "\nmain\n",
    "\n}\n",
    "step x",
];

/// Numbers that are the same each time.
struct Numbers(u64);

impl Numbers {
    fn below(&mut self, end: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 >> 11).unwrap() % end
    }

    fn text(&mut self) -> String {
        (0..self.below(9)).map(|_| PIECES[self.below(PIECES.len())]).collect()
    }
}

/// What a bash says of a script on its input, or nothing where there is no bash.
fn bash(text: &str) -> Option<Vec<u8>> {
    let mut command = Command::new("bash");
    let mut child = command.args(["-eu", "-s"]).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().ok()?;
    let mut stdin = child.stdin.take().unwrap();
    let text = text.to_owned();
    let writer = std::thread::spawn(move || stdin.write_all(text.as_bytes()));
    let output = child.wait_with_output().unwrap();
    writer.join().unwrap().unwrap();
    assert!(output.status.success());
    Some(output.stdout)
}

/// The plan of a script alone, which tells what it is given.
fn told(text: &str) -> String {
    let (_, plan) = text.rsplit_once("\nplan ").unwrap();
    format!("plan() {{ printf '%s\\0' \"$@\"; }}\nstep() {{ printf '%s\\0' \"$@\"; }}\nmain() {{ :; }}\nplan {plan}")
}

#[test]
fn a_hundred_thousand_hostile_values_are_the_same_bytes() {
    let mut numbers = Numbers(0x9e37_79b9_7f4a_7c15);
    let mut expected = vec!["lab/cp-1".to_owned()];
    let mut steps = vec![];
    for number in 0..25_000 {
        let [name, place, path, content] = [(); 4].map(|()| numbers.text());
        let id = number.to_string();
        expected.extend([&id, "file", &name, &place, "path", &path, "text", &content].map(str::to_owned));
        steps.push(Step { id, kind: "file", name, place, values: vec![("path", path), ("text", content)] });
    }
    let text = script(&Script { name: "lab/cp-1".to_owned(), steps });
    let Some(read) = bash(&told(&text)) else { return };
    let read: Vec<&[u8]> = read.split(|byte| *byte == 0).collect();
    assert_eq!(read.len(), expected.len() + 1);
    for (read, expected) in read.iter().zip(&expected) {
        assert_eq!(*read, expected.as_bytes(), "{expected:?}");
    }
}

#[test]
fn a_text_with_null_characters_is_written_in_letters() {
    let step = Step {
        id: "a".to_owned(),
        kind: "file",
        name: "a".to_owned(),
        place: "-".to_owned(),
        values: vec![("text", "a\0b".to_owned())],
    };
    let text = script(&Script { name: "lab/x".to_owned(), steps: vec![step] });
    assert!(text.ends_with("base64 'YQBi'\n\nmain \"$@\"\n"));
}

#[test]
fn a_word_of_a_shell_is_one_word() {
    let mut numbers = Numbers(7);
    let words: Vec<String> = (0..2_000).map(|_| numbers.text()).collect();
    let line: Vec<String> = words.iter().map(|word| quote(word)).collect();
    let Some(read) = bash(&format!("printf '%s\\0' {}\n", line.join(" "))) else { return };
    let read: Vec<&[u8]> = read.split(|byte| *byte == 0).collect();
    assert_eq!(read.len(), words.len() + 1);
    assert!(read.iter().zip(&words).all(|(read, word)| *read == word.as_bytes()));
}
