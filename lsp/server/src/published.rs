//! What the client was told is wrong, so that it is told what changed and nothing else.
//!
//! Diagnostics are pushed: then those of files that are not open come at once, too. A client that asks for those of a document
//! itself is not told of that document any more, only that it should ask again.

use std::collections::{BTreeMap, BTreeSet};

use tower_lsp_server::gen_lsp_types::Diagnostic;

/// What is wrong in a document.
#[derive(Clone, Debug, Default)]
pub struct Told {
    /// What is wrong.
    pub diagnostics: Vec<Diagnostic>,
    /// Another number for everything else that was wrong with it before.
    pub result: u64,
    /// The version of the text that the client was told it of.
    version: Option<i32>,
}

/// What was told.
#[derive(Default)]
pub struct Published {
    told: BTreeMap<String, Told>,
    results: u64,
    /// The documents of which the client asks itself.
    asked: BTreeSet<String>,
    /// Whether it asks for the whole workspace.
    asks_for_all: bool,
}

/// From how many on it is not repeated for every version of a text that nothing has changed.
const MANY: usize = 200;

impl Published {
    /// Notes what is wrong in a document now; whether the client must be told.
    pub fn set(&mut self, uri: &str, version: Option<i32>, diagnostics: Vec<Diagnostic>) -> bool {
        let known = self.told.get(uri);
        let is_same = known.map_or(diagnostics.is_empty(), |told| told.diagnostics == diagnostics);
        // An edit can have taken from the editor what it was told, though the same is wrong as before.
        let is_stale = known.is_some_and(|told| told.version != version) && (1..MANY).contains(&diagnostics.len());
        if is_same && !is_stale {
            return false;
        }
        let result = match known.filter(|_| is_same) {
            Some(told) => told.result,
            None => {
                self.results += 1;
                self.results
            }
        };
        self.told.insert(uri.to_owned(), Told { diagnostics, result, version });
        true
    }

    /// What is wrong in a document.
    pub fn get(&self, uri: &str) -> Told {
        self.told.get(uri).cloned().unwrap_or_default()
    }

    /// All documents in which something is or was wrong.
    pub fn all(&self) -> impl Iterator<Item = (&String, &Told)> {
        self.told.iter()
    }

    /// Notes that the client asks for a document itself; whether it was told of it before.
    pub fn ask(&mut self, uri: &str) -> bool {
        self.asked.insert(uri.to_owned()) && !self.get(uri).diagnostics.is_empty()
    }

    /// Notes that the client asks for everything itself; what it was told of before.
    pub fn ask_for_all(&mut self) -> Vec<String> {
        let before = std::mem::replace(&mut self.asks_for_all, true);
        let told = self.told.iter().filter(|(uri, told)| !told.diagnostics.is_empty() && !self.asked.contains(*uri));
        if before { vec![] } else { told.map(|(uri, _)| uri.clone()).collect() }
    }

    /// Notes that a document is closed: nobody asks for it then.
    pub fn close(&mut self, uri: &str) {
        self.asked.remove(uri);
        if self.told.get(uri).is_some_and(|told| told.diagnostics.is_empty()) {
            self.told.remove(uri);
        }
    }

    /// Whether the client asks for a document itself.
    pub fn is_asked(&self, uri: &str) -> bool {
        self.asks_for_all || self.asked.contains(uri)
    }
}
