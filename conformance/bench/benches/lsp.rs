//! What a person waits for in an editor: the server as a process, the real protocol, and in every round an answer that is looked at.
//!
//! ```sh
//! cargo build --release -p platc && cargo bench -p platc-bench --bench lsp [-- blocks|files|cluster [SERVICES]]
//! PLATC=target/debug/platc ROUNDS=20 cargo bench -p platc-bench --bench lsp
//! ```

#![allow(clippy::print_stdout, reason = "a benchmark says what it measured")]

use std::error::Error;
use std::io::{BufRead, BufReader, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdout, Command, Stdio};
use std::time::{Duration, Instant};

use serde_json::{Value, json};
use workload::{File, MAIN, Shape, cluster, platform};

type Outcome<T> = Result<T, Box<dyn Error>>;

fn main() -> Outcome<()> {
    let wanted: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    let sizes: Vec<usize> = match wanted.iter().find_map(|word| word.parse().ok()) {
        Some(size) => vec![size],
        None => vec![1_000, 10_000],
    };
    for shape in ["blocks", "files", "cluster"] {
        if wanted.is_empty()
            || wanted.iter().all(|word| word.parse::<usize>().is_ok())
            || wanted.iter().any(|word| word == shape)
        {
            for size in &sizes {
                measure(shape, *size)?;
            }
        }
    }
    Ok(())
}

/// What is edited: the file, the text that is there, others that are right too, and one that is wrong.
struct Edited {
    path: String,
    right: &'static str,
    others: [&'static str; 2],
    wrong: &'static str,
}

impl Edited {
    /// Another value each time.
    fn values(&self) -> Vec<Step> {
        [self.right, self.others[0], self.others[1]].map(|text| Step { text, is_wrong: false }).into()
    }

    /// A mistake, and what was there before.
    fn mistakes(&self) -> Vec<Step> {
        vec![Step { text: self.right, is_wrong: false }, Step { text: self.wrong, is_wrong: true }]
    }
}

/// What stands there after an edit.
struct Step {
    text: &'static str,
    is_wrong: bool,
}

fn measure(shape: &str, services: usize) -> Outcome<()> {
    let (files, edits) = workspace(shape, services);
    let folder = std::env::temp_dir().join(format!("platc-bench-lsp-{shape}-{services}"));
    // What an earlier run left is not part of this one.
    let _ = std::fs::remove_dir_all(&folder);
    for (path, text) in &files {
        let path = folder.join(path);
        std::fs::create_dir_all(path.parent().unwrap_or(&folder))?;
        std::fs::write(path, text)?;
    }
    std::fs::write(folder.join("platc.toml"), "")?;
    let rounds = std::env::var("ROUNDS").ok().and_then(|text| text.parse().ok()).unwrap_or(200);
    println!("{shape}, {services} services, {rounds} rounds");
    let mut editor = Editor::start(&folder)?;
    for (number, edited) in edits.iter().enumerate() {
        let Some((_, text)) = files.iter().find(|(path, _)| *path == edited.path) else {
            continue;
        };
        let uri = format!("file://{}/{}", folder.display(), edited.path);
        let begun = Instant::now();
        editor.open(&uri, text)?;
        let report = editor.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }))?;
        if report["items"].as_array().is_none_or(|items| items.iter().any(|item| item["severity"] == 1)) {
            return Err(format!("`{}` should be right: {report}", edited.path).into());
        }
        if number == 0 {
            println!("  open to first diagnostics      {:>9.1} ms", (begun.elapsed()).as_secs_f64() * 1e3);
        }
        let times = editor.edits(&uri, text, &edited.values(), rounds)?;
        show(&format!("other values in {}", edited.path), times);
        let times = editor.edits(&uri, text, &edited.mistakes(), rounds)?;
        show("  mistakes, taken back", times);
        show("  completion there", editor.completions(&uri, text, edited.right, rounds)?);
    }
    println!("  memory                         {:>9} MiB", editor.memory().unwrap_or_default() >> 20);
    editor.leave()
}

fn workspace(shape: &str, services: usize) -> (Vec<File>, Vec<Edited>) {
    let edited = |path: &str, right, others, wrong| Edited { path: path.to_owned(), right, others, wrong };
    let field = |path: &str| edited(path, "port: 8001", ["port: 18001", "port: 28001"], "port: \"x\"");
    match shape {
        "blocks" => (platform(Shape::Blocks, services), vec![field(MAIN)]),
        "files" => {
            let (right, others) = ("replicas: Int = 2", ["replicas: Int = 3", "replicas: Int = 4"]);
            let everywhere = edited("service.pl", right, others, "replicas: Int = \"2\"");
            (platform(Shape::Files, services), vec![field("blocks/part-000001.pl"), everywhere])
        }
        _ => {
            let text = cluster(services.div_ceil(10), services);
            let replicas = edited(MAIN, "replicas: 3", ["replicas: 4", "replicas: 5"], "replicas: \"x\"");
            (vec![(MAIN.to_owned(), text)], vec![replicas])
        }
    }
}

fn show(what: &str, mut times: Vec<Duration>) {
    times.sort();
    let at = |part: usize| {
        times.get((times.len() * part / 100).min(times.len().saturating_sub(1))).copied().unwrap_or_default()
    };
    let ms = |time: Duration| time.as_secs_f64() * 1e3;
    println!("  {what:<30} {:>9.2} ms, 99th percentile {:.2} ms", ms(at(50)), ms(at(99)));
}

struct Editor {
    process: Child,
    output: BufReader<ChildStdout>,
    next: i64,
    version: i64,
}

impl Editor {
    fn start(folder: &Path) -> Outcome<Self> {
        let mut process = Command::new(platc()?).arg("lsp").stdin(Stdio::piped()).stdout(Stdio::piped()).spawn()?;
        let output = BufReader::new(process.stdout.take().ok_or("no output")?);
        let mut editor = Self { process, output, next: 0, version: 1 };
        let uri = format!("file://{}", folder.display());
        editor.ask("initialize", json!({ "processId": null, "rootUri": uri, "capabilities": {} }))?;
        editor.tell("initialized", json!({}))?;
        Ok(editor)
    }

    fn open(&mut self, uri: &str, text: &str) -> Outcome<()> {
        let item = json!({ "uri": uri, "languageId": "platc", "version": self.version, "text": text });
        self.tell("textDocument/didOpen", json!({ "textDocument": item }))
    }

    /// Writes one text after the other where the first of them stands, and waits each time until it is told what is wrong. In the end
    /// the first stands there again.
    fn edits(&mut self, uri: &str, text: &str, steps: &[Step], rounds: usize) -> Outcome<Vec<Duration>> {
        let texts = || steps.iter().cycle().take(rounds.next_multiple_of(steps.len()) + 1);
        let (line, column) = place(text, steps.first().map_or("", |step| step.text))?;
        let mut times = vec![];
        for (before, after) in texts().zip(texts().skip(1)) {
            self.version += 1;
            let start = json!({ "line": line, "character": column });
            let end = json!({ "line": line, "character": column + before.text.len() });
            let change = json!([{ "range": { "start": start, "end": end }, "text": after.text }]);
            let document = json!({ "uri": uri, "version": self.version });
            let begun = Instant::now();
            self.tell("textDocument/didChange", json!({ "textDocument": document, "contentChanges": change }))?;
            let report = self.ask("textDocument/diagnostic", json!({ "textDocument": { "uri": uri } }))?;
            times.push(begun.elapsed());
            let errors =
                report["items"].as_array().map_or(0, |items| items.iter().filter(|it| it["severity"] == 1).count());
            if (errors > 0) != after.is_wrong {
                return Err(format!("with `{}`: {report}", after.text).into());
            }
        }
        Ok(times)
    }

    /// Asks what could be written, right behind an edit.
    fn completions(&mut self, uri: &str, text: &str, at: &str, rounds: usize) -> Outcome<Vec<Duration>> {
        let (line, column) = place(text, at)?;
        let position = json!({ "line": line, "character": column + 2 });
        let mut times = vec![];
        for _ in 0..rounds.min(50) {
            let begun = Instant::now();
            let found =
                self.ask("textDocument/completion", json!({ "textDocument": { "uri": uri }, "position": position }))?;
            times.push(begun.elapsed());
            if found["items"].as_array().is_none_or(Vec::is_empty) {
                return Err(format!("nothing is offered: {found}").into());
            }
        }
        Ok(times)
    }

    fn memory(&self) -> Option<usize> {
        let about = std::fs::read_to_string(format!("/proc/{}/statm", self.process.id())).ok()?;
        Some(about.split(' ').nth(1)?.parse::<usize>().ok()? * 4096)
    }

    fn leave(mut self) -> Outcome<()> {
        self.ask("shutdown", Value::Null)?;
        self.tell("exit", Value::Null)?;
        self.process.wait()?;
        Ok(())
    }

    fn tell(&mut self, method: &str, params: Value) -> Outcome<()> {
        self.send(&json!({ "jsonrpc": "2.0", "method": method, "params": params }))
    }

    fn ask(&mut self, method: &str, params: Value) -> Outcome<Value> {
        self.next += 1;
        self.send(&json!({ "jsonrpc": "2.0", "id": self.next, "method": method, "params": params }))?;
        loop {
            let mut message = self.message()?;
            if message.get("method").is_none() && message["id"] == self.next {
                return match message.get("error") {
                    Some(error) => Err(format!("{method}: {error}").into()),
                    None => Ok(message["result"].take()),
                };
            }
        }
    }

    fn send(&mut self, message: &Value) -> Outcome<()> {
        let body = message.to_string();
        let input = self.process.stdin.as_mut().ok_or("no input")?;
        write!(input, "Content-Length: {}\r\n\r\n{body}", body.len())?;
        Ok(input.flush()?)
    }

    fn message(&mut self) -> Outcome<Value> {
        let mut length = 0;
        loop {
            let mut line = String::new();
            if self.output.read_line(&mut line)? == 0 {
                return Err("the server ended".into());
            }
            match line.trim().split_once(':') {
                Some((_, value)) => length = value.trim().parse()?,
                None => break,
            }
        }
        let mut body = vec![0; length];
        self.output.read_exact(&mut body)?;
        Ok(serde_json::from_slice(&body)?)
    }
}

/// The line and the column where a text stands, which is all ASCII here.
fn place(text: &str, what: &str) -> Outcome<(usize, usize)> {
    let at = text.find(what).ok_or_else(|| format!("there is no `{what}`"))?;
    let before = text.get(..at).unwrap_or_default();
    let start = before.rfind('\n').map_or(0, |end| end + 1);
    Ok((before.matches('\n').count(), at - start))
}

/// The one that is named, or the release build that stands beside this benchmark.
fn platc() -> Outcome<PathBuf> {
    if let Some(named) = std::env::var_os("PLATC") {
        return Ok(named.into());
    }
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    let platc = folder.join(format!("platc{}", std::env::consts::EXE_SUFFIX));
    if !platc.is_file() {
        return Err(format!("`{}` is not there: cargo build --release -p platc", platc.display()).into());
    }
    Ok(platc)
}
