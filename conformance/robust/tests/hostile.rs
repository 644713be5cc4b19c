//! Broken and hostile sources: every one ends in bounded time, without a fault, and with few findings.
//!
//! Every prefix and every deletion of a token of every case is compiled within this process, which a process each could
//! not do in time; what is built to grow without bound goes through the command line, where a fault is seen from outside.
//! `HOSTILE=all` takes all of the mutants instead of a share.
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test may fail, and says where")]

use std::collections::BTreeMap;
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::Path;
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

use compiler::{LoadError, Loader, Session};
use conformance::case::Case;
use conformance::command::{End, Implementation};
use conformance::{pages, parallel, suite};
use data::yaml::Writer;

/// How many findings a mutant may have beyond those of what it was made from. A lost quote turns a line of texts inside
/// out, and a lost name is missing wherever it was used; nothing else comes near.
const AVALANCHE: usize = 32;

/// How many nearly all of them may have beyond those.
const FEW: usize = 8;

/// No source of a case may take longer.
const PATIENCE: Duration = Duration::from_secs(20);

/// The stack that the command line gives to the compiler.
const STACK: usize = 64 << 20;

#[derive(Clone)]
struct Files(BTreeMap<String, String>);

impl Loader for Files {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let missing = || LoadError { code: "import/not-found", message: format!("there is no file `{path}`") };
        self.0.get(path).cloned().ok_or_else(missing)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let matches = |path: &&String| path.starts_with(before) && path.ends_with(after);
        Ok(self.0.keys().filter(matches).cloned().collect())
    }
}

/// Does all that the command line does; the number of findings.
fn compile(files: &Files) -> usize {
    let (session, _) = Session::open(files, &["main.pl"]);
    let found = session.check();
    for finding in &found {
        let places = finding.others.iter().map(|(place, _)| place).chain([&finding.at]);
        for place in places {
            let (_, text) = session.file(place.file).expect("findings stand in files");
            assert!(text.get(place.start as usize..place.end as usize).is_some(), "{finding:?}");
        }
    }
    session.tests(None);
    let mut document = Writer::new();
    session.build(&mut document);
    found.len()
}

/// What became of a source.
enum Fate {
    Ended(usize),
    Fault,
    Hangs,
}

/// Compiles on a thread of its own, which is left behind if it does not end.
fn fate(files: &Files) -> Fate {
    let (sender, receiver) = mpsc::channel();
    let files = files.clone();
    let run = move || {
        let fate = catch_unwind(AssertUnwindSafe(|| compile(&files)));
        let _ = sender.send(fate.map_or(Fate::Fault, Fate::Ended));
    };
    thread::Builder::new().stack_size(STACK).spawn(run).expect("threads can be made");
    receiver.recv_timeout(PATIENCE).unwrap_or(Fate::Hangs)
}

/// Every program that the suite knows.
fn programs() -> Vec<Case> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).ancestors().nth(2).expect("the suite is in the repository");
    let read = |cases: std::io::Result<Result<Vec<Case>, _>>| match cases.expect("cases are there") {
        Ok(cases) => cases,
        Err(why) => panic!("{why:?}"),
    };
    let mut programs = read(suite::cases(repository));
    programs.extend(read(pages::cases(repository)));
    programs.extend(suite::examples(repository).expect("examples are there"));
    programs
}

/// The pieces that a reader would call tokens: words, and single signs. Blanks are none.
fn tokens(text: &str) -> Vec<(usize, usize)> {
    let mut tokens: Vec<(usize, usize)> = Vec::new();
    let mut in_word = false;
    for (start, sign) in text.char_indices() {
        let is_word = sign.is_alphanumeric() || sign == '_';
        let end = start + sign.len_utf8();
        match tokens.last_mut() {
            Some(last) if is_word && in_word => last.1 = end,
            _ if !sign.is_whitespace() => tokens.push((start, end)),
            _ => {}
        }
        in_word = is_word;
    }
    tokens
}

/// The beginnings of a text, and the text without one token.
fn mutants(text: &str) -> Vec<String> {
    let prefixes = text.char_indices().map(|(end, _)| text[..end].to_owned());
    let deletions = tokens(text).into_iter().map(|(start, end)| format!("{}{}", &text[..start], &text[end..]));
    prefixes.chain(deletions).collect()
}

/// What came of the mutants of a program.
#[derive(Default)]
struct Judged {
    mutants: usize,
    many: usize,
    wrong: Vec<String>,
}

/// What is wrong with a mutant of a program, by how many findings it has beyond those of the program.
fn wrong(fate: &Fate, findings: usize) -> Option<String> {
    match fate {
        Fate::Ended(count) if *count <= findings + AVALANCHE => None,
        Fate::Ended(count) => Some(format!("{count} findings, where the whole has {findings}")),
        Fate::Fault => Some("a fault".to_owned()),
        Fate::Hangs => Some("does not end".to_owned()),
    }
}

/// Compiles every `step`th mutant of a case.
fn judge(case: &Case, first: usize, step: usize) -> Judged {
    let mut judged = Judged::default();
    let sources = case.sources.iter();
    let mut files = Files(sources.map(|source| (source.path.clone(), source.text.clone())).collect());
    let Fate::Ended(findings) = fate(&files) else {
        judged.wrong.push(format!("{case}: the program itself"));
        return judged;
    };
    let main = files.0.get("main.pl").cloned().unwrap_or_default();
    for mutant in mutants(&main).into_iter().skip(first % step).step_by(step) {
        files.0.insert("main.pl".to_owned(), mutant.clone());
        let fate = fate(&files);
        judged.mutants += 1;
        judged.many += usize::from(matches!(fate, Fate::Ended(count) if count > findings + FEW));
        judged.wrong.extend(wrong(&fate, findings).map(|wrong| format!("{case}: {wrong}\n---\n{mutant}\n---")));
    }
    judged
}

#[test]
fn broken_programs_end_with_few_findings() {
    let step = if std::env::var("HOSTILE").is_ok_and(|share| share == "all") { 1 } else { 149 };
    let programs: Vec<(usize, Case)> = programs().into_iter().enumerate().collect();
    assert!(programs.len() > 500, "the suite has more programs than {}", programs.len());
    let judged = parallel::map(&programs, |(index, case)| judge(case, *index, step));
    let wrong: Vec<&String> = judged.iter().flat_map(|judged| &judged.wrong).collect();
    for what in wrong.iter().take(30) {
        eprintln!("{what}");
    }
    assert!(wrong.is_empty(), "{} broken programs are not taken well", wrong.len());
    let count = |what: fn(&Judged) -> usize| judged.iter().map(what).sum::<usize>();
    let (many, mutants) = (count(|judged| judged.many), count(|judged| judged.mutants));
    assert!(many * 100 < mutants, "{many} of {mutants} broken programs have many findings");
}

/// A program, made by repeating, that must end with a code.
struct Growing {
    name: &'static str,
    text: String,
    code: &'static str,
}

fn growing(name: &'static str, code: &'static str, parts: (&str, &str, &str), times: usize) -> Growing {
    let (first, repeated, last) = parts;
    let mut text = first.to_owned();
    for number in 1..=times {
        let step = repeated.replace("$I", &number.to_string()).replace("$P", &(number - 1).to_string());
        text.push_str(&step);
    }
    text.push_str(last);
    Growing { name, text, code }
}

fn growing_programs() -> Vec<Growing> {
    let deep = "syntax/too-deep";
    let limit = "eval/limit";
    vec![
        growing("lists never closed", deep, ("output a: ", "[", ""), 200_000),
        growing("parentheses never closed", deep, ("output a: ", "(", ""), 200_000),
        growing("blocks never closed", deep, ("", "a {", ""), 200_000),
        growing("types never closed", deep, ("let a: ", "[", ""), 200_000),
        growing("interpolations never closed", "syntax/unclosed-string", ("output a: ", "\"\\(", ""), 50_000),
        growing("paths", deep, ("let a = { a: 1 }\noutput b: a", ".a", ""), 100_000),
        growing("sums", deep, ("output a: 1", "+1", ""), 100_000),
        growing("conditions", deep, ("output a: ", "if false then 1 else ", "1"), 50_000),
        growing("negations", deep, ("output a: ", "not ", "true"), 50_000),
        growing("a number", "syntax/bad-literal", ("output a: ", "9", ""), 200_000),
        growing("groups of an address", "syntax/unexpected", ("output a: ", "f:", ""), 500_000),
        growing("an amount", "type/bad-literal", ("output a: ", "1h", ""), 500_000),
        growing("a NUL", "syntax/bad-character", ("output a: \"", "\0", "\""), 1_000),
        growing("unknown names", "name/unknown", ("", "output a$I: missing$I\n", ""), 20_000),
        growing("mistakes", "syntax/unexpected", ("", "output a$I: )\n", ""), 20_000),
        growing("mistakes on a line", "syntax/bad-escape", ("output a: \"", "\\q", "\""), 20_000),
        growing("names given twice", "write/twice", ("output a: {\n", "a: $I\n", "}"), 20_000),
        growing(
            "mistakes that are allowed",
            "lint/unused-allow",
            ("let b = c\n", "@allow(\"lint/unused\", \"no\")\noutput a$I: 1\n", ""),
            5_000,
        ),
        growing("types of types", limit, ("type T0 = Int\n", "type T$I = T$P where it > 0\n", "output a: 1"), 3_000),
        growing(
            "functions of functions",
            "name/unknown",
            ("fn f0(n: Int) = missing\n", "fn f$I(n: Int) = f$P(n)\n", ""),
            3_000,
        ),
        growing(
            "doubling instances",
            limit,
            ("schema S { l: S?, r: S? }\nlet v0 = S {}\n", "let v$I = S { l: v$P, r: v$P }\n", "output a: v60"),
            60,
        ),
        growing(
            "doubling instances by functions",
            limit,
            ("schema S { l: S?, r: S? }\nfn f0() = S {}\n", "fn f$I() = S { l: f$P(), r: f$P() }\n", "output a: f60()"),
            60,
        ),
        growing(
            "doubling records",
            limit,
            ("let v0 = { a: 1 }\n", "let v$I = { a: v$P, b: v$P }\n", "output a: v60"),
            60,
        ),
        growing("doubling lists", limit, ("let v0: Any = [1]\n", "let v$I: Any = [v$P, v$P]\n", "output a: v60"), 60),
        growing(
            "doubling maps",
            limit,
            ("let v0: Any = { a: 1 }\n", "let v$I: Any = { a: v$P, b: v$P }\n", "output a: v60"),
            60,
        ),
        growing("joining lists", limit, ("let v0 = [1]\n", "let v$I = v$P + v$P\n", "output a: v60"), 60),
        growing(
            "doubling templates of text",
            limit,
            ("let v0 = \"ab\"\n", "let v$I = \"\\(v$P)\\(v$P)\"\n", "output a: v60"),
            60,
        ),
        growing("lists in lists", limit, ("let v0: Any = []\n", "let v$I: Any = [v$P]\n", "output a: v2000"), 2000),
        growing(
            "an alias bomb of functions",
            limit,
            ("fn f0(n: Int) = n\n", "fn f$I(n: Int) = f$P(n) + f$P(n)\n", "output a: f60(1)"),
            60,
        ),
    ]
}

#[test]
fn growing_programs_end() {
    let implementation = Implementation::locate().expect("the implementation is there");
    let programs = growing_programs();
    let wrong: Vec<String> = parallel::map(&programs, |program| {
        let directory = tempfile::tempdir().expect("there is a disk");
        std::fs::write(directory.path().join("main.pl"), &program.text).expect("there is a disk");
        let answer = implementation.run(directory.path(), &["build", "main.pl"], "").expect("it runs");
        let said = answer.err.contains(program.code) || answer.out.contains(program.code);
        (answer.end != End::Findings || !said)
            .then(|| format!("{}: {:?} {:.300}", program.name, answer.end, answer.err))
    })
    .into_iter()
    .flatten()
    .collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
