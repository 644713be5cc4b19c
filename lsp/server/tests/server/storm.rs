//! Very many edits and requests, as fast as they can be written: nothing breaks, nothing grows, nothing diverges.
//!
//! `STORM=100000` says how many; `STORM_SEED` which.

use std::collections::BTreeMap;

use serde_json::{Value, json};

use crate::editor::Editor;
use crate::fresh;
use crate::memory::Memory;
use crate::model::Model;

/// How many by default: so many that the tests of all crates together stay bearable.
const USUAL: usize = 8_000;
/// After how many everything is compared with a compiler that has seen nothing else.
const ROUND: usize = 1_000;

/// Numbers that are the same in every run.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, below: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) as usize % below.max(1)
    }
}

const MAIN: &str = "import \"./lib.pl\" as lib\nimport \"./more.pl\" as more\r\n\r\noutput one: lib.Web { port: 80, label: \"🦀\" }\noutput two: lib.Web { port: 81 + more.a }\n";
const LIB: &str =
    "schema Web {\n  port: Int\n  label: String = \"e\u{301} \\(port)\"\n  check port > 0 else \"no port\"\n}\n";
const MORE: &str = "let a = 1\r\nlet b = a + 1\r\nfn twice(x: Int) -> Int = x * 2\r\nlet c = twice(b)\r\n";

const PIECES: &[&str] = &[
    "🦀",
    "e\u{301}",
    "\r\n",
    "\n",
    " ",
    "a",
    "b",
    "port",
    ": 8",
    "1",
    "{",
    "}",
    "\"",
    "(",
    ")",
    "Web",
    "output z: lib.Web { port: 3 }\n",
    "let q = b\r\n",
    "// note 🦀\n",
    "import std/k3s\n",
    "for i in 1..3 {\n}\n",
    "if a > 1 { b } else { 2 }",
    "schema T is Web {\n}\n",
    ".",
    "..",
];

/// What is asked about a position, and about a document.
const AT: &[&str] = &[
    "textDocument/hover",
    "textDocument/completion",
    "textDocument/definition",
    "textDocument/declaration",
    "textDocument/typeDefinition",
    "textDocument/implementation",
    "textDocument/references",
    "textDocument/documentHighlight",
    "textDocument/signatureHelp",
    "textDocument/prepareRename",
    "textDocument/rename",
    "textDocument/prepareCallHierarchy",
    "textDocument/selectionRange",
    "textDocument/onTypeFormatting",
    "platc/preview",
];
const OF: &[&str] = &[
    "textDocument/documentSymbol",
    "textDocument/foldingRange",
    "textDocument/semanticTokens/full",
    "textDocument/inlayHint",
    "textDocument/codeLens",
    "textDocument/documentLink",
    "textDocument/codeAction",
    "textDocument/formatting",
    "textDocument/rangeFormatting",
    "textDocument/diagnostic",
    "workspace/symbol",
    "platc/graph",
    "platc/text",
];

#[test]
fn nothing_breaks_grows_or_diverges() {
    let number = |name: &str, usual| std::env::var(name).ok().and_then(|text| text.parse().ok()).unwrap_or(usual);
    let count = number("STORM", USUAL);
    let mut dice = Dice(number("STORM_SEED", 7) as u64 | 1);
    let files = [("main.pl", MAIN), ("lib.pl", LIB), ("more.pl", MORE)];
    let disk = Memory::with(&[("/w/main.pl", MAIN), ("/w/lib.pl", LIB), ("/w/more.pl", MORE), ("/w/platc.toml", "")]);
    let mut editor = Editor::start(&disk, json!({}));
    let mut models: Vec<Model> = files.iter().map(|(_, text)| Model::new(text)).collect();
    let mut version = 1;
    files.iter().for_each(|(path, text)| editor.open(&uri(path), text));
    let (mut asked, mut after_warming) = (vec![], 0);
    for step in 1..=count {
        let which = dice.roll(files.len());
        let (path, model) = (files[which].0, &mut models[which]);
        version += 1;
        match dice.roll(10) {
            0..=3 => {
                let (start, length) = (dice.roll(model.len() + 1), if dice.roll(2) == 0 { 0 } else { dice.roll(12) });
                let piece = if dice.roll(4) == 0 { "" } else { PIECES[dice.roll(PIECES.len())] };
                let change = model.replace(start, start + length, piece);
                editor.change(&uri(path), version, json!([change]));
            }
            // Texts neither grow for ever nor stay broken.
            4 if dice.roll(8) == 0 || model.len() > 3_000 => {
                *model = Model::new(files[which].1);
                editor.replace(&uri(path), version, files[which].1);
            }
            5 if dice.roll(8) == 0 => {
                let text = model.text();
                editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": uri(path) } }));
                editor.open(&uri(path), &text);
            }
            6 if !asked.is_empty() && dice.roll(4) == 0 => {
                let id: i64 = asked[asked.len() - 1];
                editor.tell("$/cancelRequest", json!({ "id": id }));
            }
            _ => asked.push(ask(&mut editor, &mut dice, path, model)),
        }
        if asked.len() > 64 {
            asked.drain(..).for_each(|id| answered(&mut editor, id));
        }
        if step % ROUND == 0 {
            asked.drain(..).for_each(|id| answered(&mut editor, id));
            compare(&mut editor, &disk, &files, &models);
            if step == count / 4 / ROUND * ROUND {
                after_warming = memory();
            }
        }
    }
    let grown = memory().saturating_sub(after_warming);
    assert!(after_warming == 0 || grown < 200 << 20, "memory grew by {} MiB", grown >> 20);
    assert_eq!(editor.leave(), server::Ended::Orderly);
}

fn uri(path: &str) -> String {
    format!("file:///w/{path}")
}

fn ask(editor: &mut Editor, dice: &mut Dice, path: &str, model: &Model) -> i64 {
    let document = json!({ "uri": uri(path) });
    let options = json!({ "tabSize": 2, "insertSpaces": true });
    let place = model.place(model.boundary(dice.roll(model.len() + 1)));
    // Now and then a place that is none.
    let place =
        if dice.roll(20) == 0 { json!({ "line": dice.roll(1 << 20), "character": dice.roll(1 << 20) }) } else { place };
    let range = json!({ "start": place, "end": model.place(model.len()) });
    let params = json!({
        "textDocument": document, "position": place, "positions": [place], "range": range, "options": options, "query": "a",
        "newName": "renamed", "ch": "}", "context": { "includeDeclaration": true, "diagnostics": [] }, "view": "network",
        "uri": uri(path),
    });
    let all = AT.len() + OF.len();
    let method = AT.iter().chain(OF).nth(dice.roll(all)).unwrap();
    editor.post(method, params)
}

fn answered(editor: &mut Editor, id: i64) {
    if let Err(error) = editor.wait(id) {
        // Called off, wrong at this place, or not known.
        let code = error["code"].as_i64().unwrap();
        assert!([-32800, -32801, -32803, -32602, -32601].contains(&code), "{error}");
    }
}

fn compare(editor: &mut Editor, disk: &Memory, files: &[(&str, &str)], models: &[Model]) {
    let mut open = BTreeMap::new();
    for ((path, _), model) in files.iter().zip(models) {
        assert_eq!(editor.text(&uri(path)), model.text(), "{path}");
        open.insert((*path).to_owned(), model.text());
    }
    let reports: Vec<Vec<Value>> =
        files.iter().map(|(path, _)| fresh::told(editor.pull(&uri(path))["items"].as_array().unwrap())).collect();
    let entries = entries(&open);
    let mut expected: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for entry in entries {
        for (path, found) in fresh::wrong(disk, &open, &entry) {
            let known = expected.entry(path).or_default();
            let new: Vec<Value> = found.into_iter().filter(|it| !known.contains(it)).collect();
            known.extend(new);
        }
    }
    for ((path, _), told) in files.iter().zip(&reports) {
        let expected = expected.remove(*path).unwrap_or_default();
        assert_eq!(sorted(told), sorted(&expected), "{path}:\n{}\nall: {open:#?}", open[*path]);
    }
}

fn sorted(found: &[Value]) -> Vec<String> {
    let mut texts: Vec<String> = found.iter().map(Value::to_string).collect();
    texts.sort();
    texts.dedup();
    texts
}

/// The files that no other one imports, as the command line decides it.
fn entries(open: &BTreeMap<String, String>) -> Vec<String> {
    let imports = |path: &str| compiler::import::paths(path, &open[path]);
    let mut kept: Vec<(String, Vec<String>)> = vec![];
    for entry in open.keys() {
        if kept.iter().any(|(_, members)| members.contains(entry)) {
            continue;
        }
        let mut members = vec![entry.clone()];
        let mut at = 0;
        while let Some(path) = members.get(at).cloned() {
            let new = imports(&path).into_iter().filter(|target| open.contains_key(target));
            for target in new {
                if !members.contains(&target) {
                    members.push(target);
                }
            }
            at += 1;
        }
        kept.retain(|(entry, _)| !members.contains(entry));
        kept.push((entry.clone(), members));
    }
    kept.into_iter().map(|(entry, _)| entry).collect()
}

/// How much memory the process has, where that can be known.
fn memory() -> usize {
    let about = std::fs::read_to_string("/proc/self/statm").unwrap_or_default();
    about.split(' ').nth(1).and_then(|pages| pages.parse::<usize>().ok()).unwrap_or_default() * 4096
}
