//! Whatever is typed, the server has the editor's text, and finds in it what it would find had it never seen another.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::{Value, json};

use crate::editor::Editor;
use crate::fresh;
use crate::memory::Memory;
use crate::model::Model;

const URI: &str = "file:///w/main.pl";

/// Texts in which columns are easily counted wrong, and pieces of programs.
const PIECES: &[&str] = &[
    "🦀",
    "e\u{301}",
    "é",
    "\u{200d}👩‍🚀",
    "\r\n",
    "\n",
    "\r",
    "  ",
    "\"🦀\"",
    "let x = 1\n",
    "let y = x + 1\r\n",
    "x",
    "}",
    "{",
    "schema S {\r\n  a: Int = 1 // 🦀\r\n}\r\n",
    "output s: S { a: 2 }\n",
    "output t: S { a: \"é\" }\r\n",
    "\"",
    "// e\u{301}🦀\r",
    "S",
    "a: 3",
    "import std/k3s\n",
    "\t",
    "\u{feff}",
    "1 + ",
    "(",
    "\u{2028}",
];

const BEFORE: &str = "// 🦀 a platform\r\nschema S {\r\n  a: Int = 1\r\n  b: String = \"é🦀 \\(a)\"\r\n}\r\n\r\noutput one: S { a: 2 }\r\n";

/// An edit: where it begins and ends as parts of the text, and what comes there.
type Edit = (prop::sample::Index, prop::sample::Index, usize);

fn edits() -> impl Strategy<Value = Vec<Vec<Edit>>> {
    let edit = (any::<prop::sample::Index>(), any::<prop::sample::Index>(), 0..PIECES.len());
    let near = prop_oneof![4 => Just(true), 1 => Just(false)];
    let edit = (edit, near).prop_map(|((start, end, piece), near)| (start, if near { start } else { end }, piece));
    prop::collection::vec(prop::collection::vec(edit, 1..4), 1..12)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 48, ..ProptestConfig::default() })]

    #[test]
    fn texts_and_findings_are_those_of_the_editor(batches in edits()) {
        let disk = Memory::with(&[("/w/main.pl", BEFORE), ("/w/platc.toml", "")]);
        let mut editor = Editor::start(&disk, json!({}));
        let mut model = Model::new(BEFORE);
        editor.open(URI, BEFORE);
        for (version, batch) in batches.iter().enumerate() {
            let changes: Vec<Value> = batch.iter().map(|(start, end, piece)| {
                let (start, end) = (start.index(model.len() + 1), end.index(model.len() + 1));
                model.replace(start, end.min(start + 40).max(start.saturating_sub(40)), PIECES[*piece])
            }).collect();
            editor.change(URI, version as i64 + 2, json!(changes));
            prop_assert_eq!(editor.text(URI), model.text());
            let open = BTreeMap::from([("main.pl".to_owned(), model.text())]);
            let fresh = fresh::wrong(&disk, &open, "main.pl").remove("main.pl").unwrap_or_default();
            let report = editor.pull(URI);
            prop_assert_eq!(fresh::told(report["items"].as_array().unwrap()), fresh, "{}", model.text());
        }
        prop_assert_eq!(editor.leave(), server::Ended::Orderly);
    }
}
