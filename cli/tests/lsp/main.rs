//! `platc lsp` as a process: what an editor that starts it sees, and one that speaks nonsense.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::panic,
    clippy::indexing_slicing,
    reason = "a test fails by panicking"
)]

use std::fs;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::Path;
use std::process::{Child, ChildStdout, Command, Stdio};

use serde_json::{Value, json};
use tempfile::TempDir;

struct Editor {
    process: Child,
    output: BufReader<ChildStdout>,
    next: i64,
    told: Vec<Value>,
}

impl Editor {
    fn connect() -> Self {
        let mut command = Command::new(env!("CARGO_BIN_EXE_platc"));
        command.args(["lsp", "--stdio"]).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::inherit());
        let mut process = command.spawn().unwrap();
        let output = BufReader::new(process.stdout.take().unwrap());
        Self { process, output, next: 0, told: vec![] }
    }

    fn start(folder: &Path) -> Self {
        let mut editor = Self::connect();
        let params = json!({ "processId": null, "rootUri": uri(folder), "capabilities": {} });
        let result = editor.ask("initialize", params);
        assert_eq!(result["result"]["serverInfo"]["name"], "platc", "{result}");
        editor.tell("initialized", json!({}));
        editor
    }

    fn raw(&mut self, bytes: &[u8]) {
        let input = self.process.stdin.as_mut().unwrap();
        input.write_all(bytes).and_then(|()| input.flush()).unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    fn ask(&mut self, method: &str, params: Value) -> Value {
        self.next += 1;
        let id = self.next;
        self.send(&json!({ "jsonrpc": "2.0", "id": id, "method": method, "params": params }));
        self.answer(&json!(id))
    }

    /// The answer to a request; what is told meanwhile is kept.
    fn answer(&mut self, id: &Value) -> Value {
        loop {
            let message = self.message().expect("the server ended");
            if message.get("method").is_none() && message["id"] == *id {
                return message;
            }
            self.told.push(message);
        }
    }

    fn message(&mut self) -> Option<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line).unwrap() == 0 {
                return None;
            }
            match line.trim().split_once(':') {
                Some((_, value)) => length = value.trim().parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body).unwrap();
        Some(serde_json::from_slice(&body).unwrap())
    }

    fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "platc", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// The codes of what is wrong in a document.
    fn wrong(&mut self, uri: &str) -> Vec<String> {
        let report = self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }));
        let items = report["result"]["items"].as_array().unwrap_or_else(|| panic!("{report}"));
        items.iter().map(|item| item["code"].as_str().unwrap().to_owned()).collect()
    }

    fn leave(mut self) -> Option<i32> {
        assert_eq!(self.ask("shutdown", Value::Null)["result"], Value::Null);
        self.tell("exit", Value::Null);
        self.process.wait().unwrap().code()
    }
}

fn uri(path: &Path) -> String {
    format!("file://{}", path.display())
}

/// A project of two files.
fn project() -> (TempDir, String) {
    let folder = tempfile::tempdir().unwrap();
    let root = folder.path().canonicalize().unwrap();
    fs::write(root.join("platc.toml"), "").unwrap();
    fs::write(root.join("lib.pl"), "schema Web {\n  port: Int\n}\n").unwrap();
    fs::write(root.join("main.pl"), MAIN).unwrap();
    let main = uri(&root.join("main.pl"));
    (folder, main)
}

const MAIN: &str = "import \"./lib.pl\" as lib\noutput web: lib.Web { port: 80 }\n";

#[test]
fn an_ordinary_day() {
    let (folder, main) = project();
    let mut editor = Editor::start(&folder.path().canonicalize().unwrap());
    editor.open(&main, MAIN);
    assert_eq!(editor.wrong(&main), [""; 0]);
    let range = json!({ "start": { "line": 1, "character": 28 }, "end": { "line": 1, "character": 30 } });
    let changes = json!([{ "range": range, "text": "\"🦀\"" }, { "range": { "start": { "line": 0, "character": 0 }, "end": { "line": 0, "character": 0 } }, "text": "// 🦀\r\n" }]);
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": main, "version": 2 }, "contentChanges": changes }),
    );
    assert_eq!(editor.wrong(&main), ["type/mismatch"]);
    let text = editor.ask("platc/text", json!({ "uri": main }));
    let expected = format!("// 🦀\r\n{}", MAIN.replace("80", "\"🦀\""));
    assert_eq!(text["result"]["text"], json!(expected));
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn leaving_without_a_word_is_a_failure() {
    let (folder, _) = project();
    let mut editor = Editor::start(folder.path());
    editor.tell("exit", Value::Null);
    assert_eq!(editor.process.wait().unwrap().code(), Some(1));
    let mut editor = Editor::start(folder.path());
    drop(editor.process.stdin.take());
    assert_eq!(editor.process.wait().unwrap().code(), Some(1));
}

#[test]
fn what_can_not_be_read_is_answered_and_passed_over() {
    let (folder, main) = project();
    let mut editor = Editor::start(folder.path());
    for nonsense in
        ["{\"jsonrpc\": \"2.0\", ", "[]", "null", "\u{0}", "{\"jsonrpc\":\"1.0\",\"id\":1,\"method\":\"x\"}"]
    {
        editor.raw(format!("Content-Length: {}\r\n\r\n{nonsense}", nonsense.len()).as_bytes());
        assert_eq!(editor.answer(&Value::Null)["error"]["code"], -32700, "{nonsense}");
    }
    editor.raw(b"this is no header\r\n\r\n");
    editor.open(&main, MAIN);
    assert_eq!(editor.wrong(&main), [""; 0]);
    assert_eq!(editor.leave(), Some(0));
}

#[test]
fn what_comes_in_the_wrong_order_is_refused() {
    let mut editor = Editor::connect();
    let code = |answer: Value| answer["error"]["code"].clone();
    assert_eq!(code(editor.ask("textDocument/hover", json!({}))), -32002);
    assert_eq!(code(editor.ask("shutdown", Value::Null)), -32002);
    editor.open("file:///nowhere/main.pl", "let x = 1\n");
    assert_eq!(code(editor.ask("initialize", json!({ "capabilities": 1 }))), -32602);
    assert!(
        editor.ask("initialize", json!({ "capabilities": {}, "processId": null, "rootUri": null }))["result"]
            .is_object()
    );
    assert_eq!(code(editor.ask("initialize", json!({ "capabilities": {} }))), -32600);
    assert_eq!(code(editor.ask("no/such/method", json!({}))), -32601);
    assert_eq!(code(editor.ask("textDocument/hover", json!({ "textDocument": 5 }))), -32602);
    assert_eq!(editor.ask("shutdown", Value::Null)["result"], Value::Null);
    assert_eq!(code(editor.ask("textDocument/hover", json!({}))), -32600);
    editor.tell("exit", Value::Null);
    assert_eq!(editor.process.wait().unwrap().code(), Some(0));
}

#[test]
fn a_range_that_is_none_is_the_nearest_one() {
    let (folder, main) = project();
    let mut editor = Editor::start(folder.path());
    editor.open(&main, "let x = 1\n");
    let far = json!({ "line": 4_000_000, "character": 4_000_000 });
    let near = json!({ "line": 0, "character": 0 });
    let change = |editor: &mut Editor, start: &Value, end: &Value, text: &str| {
        let changes = json!([{ "range": { "start": start, "end": end }, "text": text }]);
        editor.tell(
            "textDocument/didChange",
            json!({ "textDocument": { "uri": main, "version": 2 }, "contentChanges": changes }),
        );
        editor.ask("platc/text", json!({ "uri": main }))["result"]["text"].clone()
    };
    assert_eq!(change(&mut editor, &far, &far, "let y = 2\n"), "let x = 1\nlet y = 2\n");
    assert_eq!(change(&mut editor, &far, &near, "let z = 3\n"), "let z = 3\n");
    // What is no change at all, or one of a document that is not open, changes nothing.
    editor.tell("textDocument/didChange", json!({ "textDocument": { "uri": main }, "contentChanges": [{}] }));
    editor.tell(
        "textDocument/didChange",
        json!({ "textDocument": { "uri": "file:///no", "version": 1 }, "contentChanges": [{ "text": "" }] }),
    );
    assert_eq!(editor.ask("platc/text", json!({ "uri": main }))["result"]["text"], "let z = 3\n");
    assert_eq!(editor.leave(), Some(0));
}

#[cfg(unix)]
#[test]
fn nothing_outside_of_the_folder_is_read() {
    let outside = tempfile::tempdir().unwrap();
    fs::write(outside.path().join("secret.pl"), "let secret = 1\n").unwrap();
    fs::write(outside.path().join("platc.toml"), "").unwrap();
    let folder = outside.path().canonicalize().unwrap().join("open");
    fs::create_dir(&folder).unwrap();
    std::os::unix::fs::symlink(outside.path().join("secret.pl"), folder.join("link.pl")).unwrap();
    std::os::unix::fs::symlink(outside.path(), folder.join("around")).unwrap();
    let text = "import \"./link.pl\" as a\nimport \"./around/secret.pl\" as b\nimport \"../secret.pl\" as c\nlet x = [a.secret, b.secret, c.secret]\n";
    fs::write(folder.join("main.pl"), text).unwrap();
    let mut editor = Editor::start(&folder);
    let main = uri(&folder.join("main.pl"));
    editor.open(&main, text);
    let found = editor.wrong(&main);
    assert_eq!(found.iter().filter(|code| *code == "import/outside-root").count(), 3, "{found:?}");
    assert_eq!(editor.leave(), Some(0));
}
