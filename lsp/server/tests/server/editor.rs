//! An editor in the same process: it speaks the protocol over pipes, and remembers what it was told.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, PipeWriter, Read, Write};
use std::sync::mpsc::{self, Receiver, Sender};
use std::thread::{self, JoinHandle};
use std::time::Duration;

use serde_json::{Value, json};
use server::Ended;

use crate::memory::Memory;

/// Longer than anything may take, also on a slow machine.
const PATIENCE: Duration = Duration::from_secs(300);

pub struct Editor {
    input: Option<PipeWriter>,
    messages: Receiver<Value>,
    serving: Option<JoinHandle<Ended>>,
    next: i64,
    answers: BTreeMap<i64, Value>,
    /// What was pushed last, by document: the version and the diagnostics.
    pub pushed: BTreeMap<String, (Value, Vec<Value>)>,
    /// Every document for which something was pushed, in order.
    pub pushes: Vec<String>,
    /// Everything else that was told or asked.
    pub told: Vec<Value>,
}

impl Editor {
    /// An editor with the folder `/w` open.
    pub fn start(disk: &Memory, capabilities: Value) -> Self {
        let mut editor = Self::connect(disk);
        let folders = json!([{ "uri": "file:///w", "name": "w" }]);
        let params =
            json!({ "processId": null, "rootUri": null, "workspaceFolders": folders, "capabilities": capabilities });
        editor.ask("initialize", params).unwrap();
        editor.tell("initialized", json!({}));
        editor
    }

    /// An editor that has said nothing yet.
    pub fn connect(disk: &Memory) -> Self {
        let (input, to_server) = std::io::pipe().unwrap();
        let (from_server, output) = std::io::pipe().unwrap();
        let disk = Box::new(disk.clone());
        let serving = thread::spawn(move || server::serve(disk, 1, input, output).unwrap());
        let (sender, messages) = mpsc::channel();
        thread::spawn(move || listen(from_server, &sender));
        Self {
            input: Some(to_server),
            messages,
            serving: Some(serving),
            next: 0,
            answers: BTreeMap::new(),
            pushed: BTreeMap::new(),
            pushes: vec![],
            told: vec![],
        }
    }

    /// Sends bytes as they are.
    pub fn raw(&mut self, bytes: &[u8]) {
        self.input.as_mut().unwrap().write_all(bytes).unwrap();
    }

    fn send(&mut self, message: &Value) {
        let body = message.to_string();
        self.raw(format!("Content-Length: {}\r\n\r\n{body}", body.len()).as_bytes());
    }

    /// Tells the server something.
    pub fn tell(&mut self, method: &str, params: Value) {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }));
    }

    /// Asks without waiting.
    pub fn post(&mut self, method: &str, params: Value) -> i64 {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }));
        self.next
    }

    /// Asks, and waits for the answer: the result, or the error.
    pub fn ask(&mut self, method: &str, params: Value) -> Result<Value, Value> {
        let id = self.post(method, params);
        self.wait(id)
    }

    /// Waits for an answer.
    pub fn wait(&mut self, id: i64) -> Result<Value, Value> {
        loop {
            if let Some(mut answer) = self.answers.remove(&id) {
                return match answer.get_mut("error") {
                    Some(error) => Err(error.take()),
                    None => Ok(answer["result"].take()),
                };
            }
            self.listen_once();
        }
    }

    /// Waits until something was pushed for a document that a test likes.
    pub fn until(&mut self, uri: &str, likes: impl Fn(&Value, &[Value]) -> bool) -> Vec<Value> {
        loop {
            if let Some((version, diagnostics)) = self.pushed.get(uri)
                && likes(version, diagnostics)
            {
                return diagnostics.clone();
            }
            self.listen_once();
        }
    }

    /// Opens a document.
    pub fn open(&mut self, uri: &str, text: &str) {
        let item = json!({ "uri": uri, "languageId": "platc", "version": 1, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }));
    }

    /// Replaces a document's text.
    pub fn replace(&mut self, uri: &str, version: i64, text: &str) {
        self.change(uri, version, json!([{ "text": text }]));
    }

    /// Changes a document.
    pub fn change(&mut self, uri: &str, version: i64, changes: Value) {
        let document = json!({ "uri": uri, "version": version });
        self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": changes }));
    }

    /// The text that the server has.
    pub fn text(&mut self, uri: &str) -> String {
        let answer = self.ask("platc/text", json!({ "uri": uri })).unwrap();
        answer["text"].as_str().unwrap().to_owned()
    }

    /// What is wrong in a document, asked for.
    pub fn pull(&mut self, uri: &str) -> Value {
        let params = json!({ "textDocument": { "uri": uri } });
        loop {
            match self.ask("textDocument/diagnostic", params.clone()) {
                Ok(report) => return report,
                Err(error) => assert_eq!(error["code"], -32801, "{error}"),
            }
        }
    }

    /// Leaves as one should.
    pub fn leave(mut self) -> Ended {
        self.ask("shutdown", Value::Null).unwrap();
        self.tell("exit", Value::Null);
        self.serving.take().unwrap().join().unwrap()
    }

    /// Leaves without a word.
    pub fn vanish(mut self) -> Ended {
        self.input.take();
        self.serving.take().unwrap().join().unwrap()
    }

    fn listen_once(&mut self) {
        let message = self.messages.recv_timeout(PATIENCE).expect("the server is silent");
        self.take(message);
    }

    /// Takes what is there without waiting.
    pub fn drain(&mut self) {
        while let Ok(message) = self.messages.try_recv() {
            self.take(message);
        }
    }

    fn take(&mut self, message: Value) {
        let method = message["method"].as_str().unwrap_or_default().to_owned();
        match (&*method, message.get("id")) {
            ("", Some(id)) => {
                self.answers.insert(id.as_i64().unwrap_or(-1), message);
            }
            ("textDocument/publishDiagnostics", _) => {
                let params = &message["params"];
                let uri = params["uri"].as_str().unwrap().to_owned();
                let diagnostics = params["diagnostics"].as_array().unwrap().clone();
                self.pushes.push(uri.clone());
                self.pushed.insert(uri, (params["version"].clone(), diagnostics));
            }
            (_, Some(id)) => {
                let answer = match &*method {
                    "workspace/configuration" => json!([null]),
                    _ => Value::Null,
                };
                let answer = json!({ "jsonrpc": "2.0", "id": id, "result": answer });
                self.send(&answer);
                self.told.push(message);
            }
            _ => self.told.push(message),
        }
    }
}

fn listen(from: impl Read, to: &Sender<Value>) {
    let mut from = BufReader::new(from);
    loop {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if from.read_line(&mut line).unwrap_or(0) == 0 {
                return;
            }
            match line.trim().split_once(':') {
                Some((_, value)) => length = value.trim().parse().unwrap(),
                None => break,
            }
        }
        let mut body = vec![0; length];
        if from.read_exact(&mut body).is_err() || to.send(serde_json::from_slice(&body).unwrap()).is_err() {
            return;
        }
    }
}
