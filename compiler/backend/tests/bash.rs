//! Scripts run under bash 4.2, which machines of ten years still have: nothing of what came later stands in them, and no list that
//! may be empty is spread without a guard, which that bash takes for a name that nobody set.

#![allow(clippy::unwrap_used, clippy::disallowed_methods, reason = "a test reads the sources beside it")]

use std::fs;
use std::path::{Path, PathBuf};

/// What bash 4.2 takes for something else, or refuses, and what to write in its place.
const LATER: &[(&str, &str)] = &[
    ("wait -n", "wait for each by its number"),
    ("local -n", "give the answer in a variable of a fixed name"),
    ("declare -n", "give the answer in a variable of a fixed name"),
    ("typeset -n", "give the answer in a variable of a fixed name"),
    ("local -\n", "set options in a subshell"),
    ("mapfile -d", "`while IFS= read -r -d ''`"),
    ("readarray -d", "`while IFS= read -r -d ''`"),
    ("inherit_errexit", "look at what a substitution gives"),
    ("EPOCHSECONDS", "`date +%s`"),
    ("EPOCHREALTIME", "`date +%s`"),
    ("SRANDOM", "`RANDOM`, or /dev/urandom"),
    ("BASH_ARGV0", "`$0`"),
    ("@Q}", "`printf %q`"),
    ("@E}", "`printf %b`"),
    ("@P}", "the text itself"),
    ("@A}", "`declare -p`"),
    ("@U}", "`^^`"),
    ("@L}", "`,,`"),
    ("@a}", "`declare -p`"),
    ("@k}", "a loop over the keys"),
    ("@K}", "a loop over the keys"),
];

/// Lists that have an element wherever they are spread, and why.
const NEVER_EMPTY: &[(&str, &str)] = &[
    ("HOSTS", "a cluster without hosts has no script"),
    ("hosts", "a cluster without hosts has no script"),
    ("SELECTED", "`main` ends where `--only` means nobody"),
    ("all", "the same as SELECTED"),
    ("LIST", "`split` and `list` gave it of words that are there"),
    ("RULES", "`rules_of_step` always makes one"),
    ("rule", "made of fixed words"),
    ("missing", "a package step differs where one is missing"),
    ("BASH_REMATCH", "of an expression that matched"),
    ("options", "begins with fixed words"),
    ("chart", "begins with fixed words"),
    ("order", "one host, or all"),
    ("planes", "`first_plane` ends where there is none"),
    ("architectures", "every image is for at least one"),
    ("files", "`place` is given at least one"),
    ("DEFINED", "as many as DEFINITIONS"),
    ("UNREADY", "named where it has some"),
];

/// How many lines above a spread list its guard may stand.
const NEAR: usize = 12;

#[test]
fn no_script_needs_a_later_bash() {
    let wrong: Vec<String> = scripts().iter().flat_map(|(name, text)| later(name, text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn no_list_that_may_be_empty_is_spread() {
    let wrong: Vec<String> = scripts().iter().flat_map(|(name, text)| spread(name, text)).collect();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn what_is_looked_for_is_found() {
    assert_eq!(later("a.sh", "wait -n\n").len(), 1);
    assert_eq!(later("a.sh", "echo \"${x@Q}\"\n").len(), 1);
    assert_eq!(later("a.sh", "[[ -v names[0] ]]\n").len(), 1);
    assert_eq!(later("a.sh", "[[ -v name ]] && wait 3 # not wait -n\n").len(), 0);
    assert_eq!(later("a.sh", "names[-1]=x\n").len(), 1);
    assert_eq!(later("a.sh", "printf '%(%H)T'\n").len(), 1);
    assert_eq!(later("a.sh", "printf '%(%H)T' -1\n").len(), 0);
    assert_eq!(spread("a.sh", "for x in \"${names[@]}\"; do\n").len(), 1);
    assert_eq!(spread("a.sh", "echo \"of ${names[*]}\"\n").len(), 1);
    assert_eq!(spread("a.sh", "for x in ${names[@]+\"${names[@]}\"}; do\n").len(), 0);
    assert_eq!(spread("a.sh", "for x in \"${!names[@]}\"; do\n").len(), 0);
    assert_eq!(spread("a.sh", "((${#names[@]})) || return 0\nfor x in \"${names[@]}\"; do\n").len(), 0);
    assert_eq!(spread("a.sh", "((${#other[@]})) || return 0\nfor x in \"${names[@]}\"; do\n").len(), 1);
}

/// All scripts and parts of them, with their names.
fn scripts() -> Vec<(String, String)> {
    let mut found = Vec::new();
    let mut directories = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(directory) = directories.pop() {
        for entry in fs::read_dir(&directory).unwrap() {
            let path: PathBuf = entry.unwrap().path();
            if path.is_dir() {
                directories.push(path);
            } else if path.extension().is_some_and(|extension| extension == "sh") {
                found.push((path.display().to_string(), fs::read_to_string(&path).unwrap()));
            }
        }
    }
    assert!(found.len() > 10, "the scripts are elsewhere");
    found
}

/// Lines without their remarks.
fn lines(text: &str) -> impl Iterator<Item = (usize, &str)> {
    text.split_inclusive('\n').enumerate().map(|(at, line)| match line.find(" #") {
        _ if line.trim_start().starts_with('#') => (at + 1, ""),
        Some(end) => (at + 1, &line[..end]),
        None => (at + 1, line),
    })
}

fn later(name: &str, text: &str) -> Vec<String> {
    let mut wrong = Vec::new();
    for (at, line) in lines(text) {
        for (word, instead) in LATER {
            if line.contains(word) {
                wrong.push(format!("{name}:{at}: bash 4.2 knows no {}: {instead}", word.trim()));
            }
        }
        if line.split("-v ").skip(1).any(|rest| rest.split([' ', ']']).next().is_some_and(|word| word.contains('['))) {
            wrong.push(format!("{name}:{at}: bash 4.2 does not know whether an element is set: `${{list[key]+x}}`"));
        }
        if line.contains("[-1]=") {
            wrong.push(format!("{name}:{at}: bash 4.2 sets no element from the end"));
        }
        if line.contains(")T") && line.contains("'%(") && !line.contains(" -1") {
            wrong.push(format!("{name}:{at}: bash 4.2 takes no time for the first second of all: write -1"));
        }
    }
    wrong
}

fn spread(name: &str, text: &str) -> Vec<String> {
    let all: Vec<&str> = text.lines().collect();
    let mut wrong = Vec::new();
    for (at, line) in lines(text) {
        for list in spread_lists(line) {
            let guard = format!("${{#{list}[@]}}");
            let near = all[at.saturating_sub(NEAR + 1)..at].iter().any(|line| line.contains(&guard));
            if !near && !NEVER_EMPTY.iter().any(|(known, _)| *known == list) {
                wrong.push(format!(
                    "{name}:{at}: `{list}` may be empty, which bash 4.2 takes for unset: ${{{list}[@]+\"${{{list}[@]}}\"}}"
                ));
            }
        }
    }
    wrong
}

/// The lists that a line spreads without asking whether they have elements: `"${names[@]}"`, and not `${names[@]+..}`.
fn spread_lists(line: &str) -> Vec<&str> {
    let mut found = Vec::new();
    for mark in ["[@]}", "[*]}", "[@]:", "[@]/"] {
        for (end, _) in line.match_indices(mark) {
            let Some(begin) = line[..end].rfind("${") else { continue };
            let list = &line[begin + 2..end];
            let named = !list.is_empty() && list.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
            if named && !line[..begin].ends_with(&format!("${{{list}[@]+\"")) {
                found.push(list);
            }
        }
    }
    found
}
