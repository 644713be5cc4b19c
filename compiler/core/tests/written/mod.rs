//! Platforms as texts in which places may be broken.

use std::collections::BTreeSet;

use compiler::{LoadError, Loader, Session};

/// A source in which places may be broken: they are counted as they are written.
#[derive(Default)]
pub struct Writer {
    /// The places that are broken.
    broken: Vec<usize>,
    /// How many places there are.
    pub places: usize,
    /// By which codes the breaks must be found.
    pub codes: Vec<&'static str>,
}

impl Writer {
    /// One that breaks these places.
    pub fn breaking(broken: &[usize]) -> Self {
        Writer { broken: broken.to_vec(), ..Writer::default() }
    }

    /// What is right, or what is wrong where this is a place that is broken.
    pub fn or(&mut self, right: &str, wrong: &str, code: &'static str) -> String {
        let is_broken = self.broken.contains(&self.places);
        self.places += 1;
        if is_broken {
            self.codes.push(code);
            return wrong.to_owned();
        }
        right.to_owned()
    }
}

struct Memory(String);

impl Loader for Memory {
    fn read(&self, _: &str) -> Result<String, LoadError> {
        Ok(self.0.clone())
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

/// The codes of everything that is found in a source.
pub fn codes(source: &str) -> BTreeSet<&'static str> {
    let (session, _) = Session::open(&Memory(source.to_owned()), &["main.pl"]);
    session.check().iter().map(|finding| finding.rule.code).collect()
}
