//! What a compiler that has seen nothing before finds in the same texts.

use std::collections::BTreeMap;
use std::path::PathBuf;

use compiler::{LoadError, Loader, Session};
use diagnostics::Span;
use serde_json::{Value, json};

use crate::memory::{Memory, Within};
use crate::model::Model;

struct Texts<'a> {
    open: &'a BTreeMap<String, String>,
    disk: Within,
}

impl Loader for Texts<'_> {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        self.open.get(path).cloned().map_or_else(|| self.disk.read(path), Ok)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        self.disk.list(pattern)
    }
}

/// What is wrong with the platform of an entry in the project `/w`, by files: the code, the range, the message.
pub fn wrong(disk: &Memory, open: &BTreeMap<String, String>, entry: &str) -> BTreeMap<String, Vec<Value>> {
    let texts = Texts { open, disk: Within { memory: disk.clone(), root: PathBuf::from("/w") } };
    let (mut session, _) = Session::open(&texts, &[entry]);
    session.set_lock(entry, "platc.lock", None);
    session.choose();
    let mut found: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for finding in session.check() {
        let Span { file, start, end } = finding.at;
        let (path, text) = session.file(file).unwrap();
        let unit = |offset: u32| text[..offset as usize].encode_utf16().count();
        let model = Model::new(text);
        let range = json!({ "start": model.place(unit(start)), "end": model.place(unit(end)) });
        let told = json!({ "code": finding.rule.code, "range": range, "message": finding.message });
        found.entry(path.to_owned()).or_default().push(told);
    }
    found
}

/// The same of diagnostics of the protocol.
pub fn told(diagnostics: &[Value]) -> Vec<Value> {
    let told = diagnostics.iter().map(|diagnostic| {
        let message = diagnostic["message"].as_str().unwrap().lines().next().unwrap();
        json!({ "code": diagnostic["code"], "range": diagnostic["range"], "message": message })
    });
    told.collect()
}
