//! What is said when.

use serde_json::{Value, json};
use server::Ended;

use crate::editor::Editor;
use crate::memory::Memory;

const MAIN: &str = "file:///w/main.pl";
const LIB: &str = "file:///w/lib.pl";

/// Two files of one platform, and one of another.
fn project() -> Memory {
    Memory::with(&[
        ("/w/platc.toml", ""),
        ("/w/main.pl", "import \"./lib.pl\" as lib\noutput one: lib.Web { port: 80 }\n"),
        ("/w/lib.pl", "schema Web {\n  port: Int\n}\n"),
        ("/w/other.pl", "let x: Int = missing\n"),
    ])
}

fn codes(diagnostics: &[Value]) -> Vec<&str> {
    diagnostics.iter().map(|it| it["code"].as_str().unwrap()).collect()
}

#[test]
fn everything_that_is_wrong_in_the_folder_is_told() {
    let mut editor = Editor::start(&project(), json!({}));
    let found = editor.until("file:///w/other.pl", |_, found| !found.is_empty());
    assert_eq!(codes(&found), ["name/unknown"]);
    assert_eq!(found[0]["severity"], 1);
    assert_eq!(
        found[0]["range"],
        json!({ "start": { "line": 0, "character": 13 }, "end": { "line": 0, "character": 20 } })
    );
    assert_eq!(found[0]["codeDescription"]["href"], "platc:/rules/name/unknown.md");
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn an_edit_is_judged_across_files() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open(LIB, "schema Web {\n  port: Int\n}\n");
    editor.replace(LIB, 2, "schema Web {\n  port: String\n}\n");
    let found = editor.until(MAIN, |_, found| !found.is_empty());
    assert_eq!(codes(&found), ["type/mismatch"]);
    // Put right, it is told once more that nothing is wrong.
    editor.replace(LIB, 3, "schema Web {\n  port: Int\n}\n");
    editor.until(MAIN, |_, found| found.is_empty());
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn what_has_not_changed_is_not_told_again() {
    let disk = project();
    let mut editor = Editor::start(&disk, json!({}));
    editor.until("file:///w/other.pl", |_, found| !found.is_empty());
    editor.open(MAIN, "import \"./lib.pl\" as lib\noutput one: lib.Web { port: 80 }\n");
    for version in 2..20 {
        editor.replace(
            MAIN,
            version,
            &format!("import \"./lib.pl\" as lib\noutput one: lib.Web {{ port: {version} }}\n"),
        );
        editor.pull(LIB);
    }
    editor.drain();
    let other = editor.pushes.iter().filter(|uri| uri.ends_with("other.pl")).count();
    assert_eq!((other, editor.pushes.len()), (1, 1), "{:?}", editor.pushes);
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn diagnostics_carry_the_version_of_their_text() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open(MAIN, "let x = 1 +\n");
    editor.until(MAIN, |version, found| *version == 1 && !found.is_empty());
    editor.replace(MAIN, 7, "let y = 1 +\n");
    editor.until(MAIN, |version, found| *version == 7 && !found.is_empty());
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn who_asks_is_not_told() {
    let capabilities =
        json!({ "textDocument": { "diagnostic": {} }, "workspace": { "diagnostics": { "refreshSupport": true } } });
    let mut editor = Editor::start(&project(), capabilities);
    editor.open(MAIN, "import \"./lib.pl\" as lib\noutput one: lib.Web { port: \"x\" }\n");
    let report = editor.pull(MAIN);
    assert_eq!((&report["kind"], report["items"].as_array().unwrap().len()), (&json!("full"), 1));
    let params = json!({ "textDocument": { "uri": MAIN }, "previousResultId": report["resultId"] });
    let again = editor.ask("textDocument/diagnostic", params).unwrap();
    assert_eq!(again, json!({ "kind": "unchanged", "resultId": report["resultId"] }));
    // What another file does to this one is not pushed: the editor is told to ask again.
    let before = editor.pushes.len();
    editor.open(LIB, "schema Web {\n  port: String\n}\n");
    while !editor.told.iter().any(|told| told["method"] == "workspace/diagnostic/refresh") {
        editor.pull(LIB);
        editor.drain();
    }
    assert_eq!(editor.pull(MAIN)["items"], json!([]));
    assert!(editor.pushes[before..].iter().all(|uri| uri != MAIN), "{:?}", editor.pushes);
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn the_whole_folder_can_be_asked_for() {
    let mut editor = Editor::start(&project(), json!({ "textDocument": { "diagnostic": {} } }));
    let report = editor.ask("workspace/diagnostic", json!({ "previousResultIds": [] })).unwrap();
    let items = report["items"].as_array().unwrap();
    assert_eq!(items.len(), 1, "{report}");
    assert_eq!(items[0]["uri"], "file:///w/other.pl");
    let known = json!([{ "uri": "file:///w/other.pl", "value": items[0]["resultId"] }]);
    let again = editor.ask("workspace/diagnostic", json!({ "previousResultIds": known })).unwrap();
    assert_eq!(again["items"][0]["kind"], "unchanged");
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn files_change_behind_the_editor() {
    let disk = project();
    let mut editor = Editor::start(&disk, json!({}));
    editor.open(MAIN, "import \"./lib.pl\" as lib\noutput one: lib.Web { port: 80 }\n");
    editor.pull(LIB);
    let watched = |editor: &mut Editor, kind: i64, path: &str| {
        let change = json!([{ "uri": format!("file://{path}"), "type": kind }]);
        editor.tell("workspace/didChangeWatchedFiles", json!({ "changes": change }));
    };
    disk.write("/w/lib.pl", "schema Web {\n  port: String\n}\n");
    watched(&mut editor, 2, "/w/lib.pl");
    editor.until(MAIN, |_, found| codes(found) == ["type/mismatch"]);
    disk.remove("/w/lib.pl");
    watched(&mut editor, 3, "/w/lib.pl");
    editor.until(MAIN, |_, found| codes(found).contains(&"import/not-found"));
    disk.write("/w/lib.pl", "schema Web {\n  port: Int\n}\n");
    watched(&mut editor, 1, "/w/lib.pl");
    editor.until(MAIN, |_, found| found.is_empty());
    // What is open is what the editor says it is.
    disk.write("/w/main.pl", "nonsense");
    watched(&mut editor, 2, "/w/main.pl");
    assert_eq!(editor.pull(MAIN)["items"], json!([]));
    // A file that is gone has nothing wrong in it.
    editor.until("file:///w/other.pl", |_, found| !found.is_empty());
    disk.remove("/w/other.pl");
    watched(&mut editor, 3, "/w/other.pl");
    editor.until("file:///w/other.pl", |_, found| found.is_empty());
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn a_closed_document_is_what_lies_on_the_disk() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open(LIB, "schema Web {\n  port: String\n}\n");
    editor.until(MAIN, |_, found| !found.is_empty());
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": LIB } }));
    editor.until(MAIN, |_, found| found.is_empty());
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn a_text_that_was_never_saved_is_judged_by_itself() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open("untitled:Untitled-1", "import \"./lib.pl\" as lib\nlet x = 1 + \"a\"\n");
    let found = editor.until("untitled:Untitled-1", |_, found| !found.is_empty());
    assert!(codes(&found).contains(&"import/not-found"), "{found:?}");
    editor.tell("textDocument/didClose", json!({ "textDocument": { "uri": "untitled:Untitled-1" } }));
    editor.until("untitled:Untitled-1", |_, found| found.is_empty());
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn a_document_of_the_compilers_own_can_be_read() {
    let mut editor = Editor::start(&project(), json!({}));
    assert!(editor.text("platc:/std/prelude.pl").contains("schema"));
    assert!(editor.text("platc:/std/k8s/apps/v1/Deployment.pl").contains("Deployment"));
    assert!(editor.text("platc:/rules/net/overlap.md").starts_with("# net/overlap"));
    for wrong in ["platc:/std/nothing.pl", "file:///etc/passwd", "platc:/../../etc/passwd", "platc:"] {
        let error = editor.ask("platc/text", json!({ "uri": wrong })).unwrap_err();
        assert_eq!(error["code"], -32602, "{error}");
    }
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn nothing_above_the_folder_is_read() {
    let disk = Memory::with(&[
        ("/platc.toml", ""),
        ("/secret.pl", "let secret = 1\n"),
        ("/w/main.pl", "import \"../secret.pl\" as it\nlet x: Int = it.secret\n"),
    ]);
    let mut editor = Editor::start(&disk, json!({}));
    let found = editor.until(MAIN, |_, found| !found.is_empty());
    assert!(codes(&found).contains(&"import/outside-root"), "{found:?}");
    assert_eq!(editor.leave(), Ended::Orderly);
    assert!(disk.was_read().iter().all(|path| path.starts_with("/w")), "{:?}", disk.was_read());
}

#[test]
fn edits_come_in_order_and_call_reads_off() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open(MAIN, "");
    let mut asked = vec![];
    let mut text = String::new();
    for version in 0..500 {
        let line = format!("let x{version} = {version}\n");
        let end = json!({ "line": version, "character": 0 });
        let change = json!([{ "range": { "start": end, "end": end }, "text": line }]);
        editor.change(MAIN, version + 2, change);
        text.push_str(&line);
        asked.push(editor.post(
            "textDocument/formatting",
            json!({ "textDocument": { "uri": MAIN }, "options": { "tabSize": 2, "insertSpaces": true } }),
        ));
        if version % 7 == 0 {
            let id = asked[asked.len() - 1];
            editor.tell("$/cancelRequest", json!({ "id": id }));
        }
    }
    for id in asked {
        if let Err(error) = editor.wait(id) {
            assert!(error["code"] == -32800 || error["code"] == -32801, "{error}");
        }
    }
    assert_eq!(editor.text(MAIN), text);
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn ten_megabytes_can_be_pasted() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open(MAIN, "// 🦀\r\n");
    let pasted = "// a line of forty characters, or so\n".repeat(10 << 20 >> 5);
    let at = json!({ "line": 1, "character": 0 });
    editor.change(MAIN, 2, json!([{ "range": { "start": at, "end": at }, "text": pasted }]));
    assert_eq!(editor.pull(MAIN)["items"], json!([]));
    assert_eq!(editor.text(MAIN).len(), "// 🦀\r\n".len() + pasted.len());
    assert_eq!(editor.leave(), Ended::Orderly);
}

#[test]
fn an_editor_that_vanishes_is_noticed() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open(MAIN, "let x = 1\n");
    assert_eq!(editor.vanish(), Ended::Abruptly);
}

#[test]
fn documents_are_formatted() {
    let mut editor = Editor::start(&project(), json!({}));
    editor.open(MAIN, "let   x=1\n");
    let options = json!({ "textDocument": { "uri": MAIN }, "options": { "tabSize": 8, "insertSpaces": false } });
    let edits = editor.ask("textDocument/formatting", options.clone()).unwrap();
    assert!(edits[0]["newText"].is_string(), "{edits}");
    editor.replace(MAIN, 2, "let x = \n");
    assert_eq!(editor.ask("textDocument/formatting", options).unwrap(), json!([]));
    assert_eq!(editor.leave(), Ended::Orderly);
}
