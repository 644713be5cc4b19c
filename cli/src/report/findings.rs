//! The findings of one run, from any number of compilations, with the files that they speak of.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, FileId, Span};

use super::Sources;

/// Files and findings of several sessions, for one report.
#[derive(Default)]
pub struct Findings {
    files: Vec<File>,
    numbers: BTreeMap<String, FileId>,
    /// The findings, whose places are in the files here.
    pub list: Vec<Diagnostic>,
}

impl Findings {
    /// Adds findings with the files that they speak of. They are kept in the order of the paths, then of the places.
    pub fn add(&mut self, sources: &dyn Sources, findings: Vec<Diagnostic>) {
        for finding in findings {
            let finding = finding.map_place(|span| Span { file: self.number(sources, span.file), ..span });
            self.list.push(finding);
        }
        let files = &self.files;
        let path = |finding: &Diagnostic| files.get(finding.at.file.0 as usize).map(|file| file.shown.as_str());
        self.list.sort_by(|left, right| path(left).cmp(&path(right)).then_with(|| left.cmp(right)));
        self.list.dedup();
    }

    fn number(&mut self, sources: &dyn Sources, file: FileId) -> FileId {
        let path = sources.path(file);
        if let Some(number) = self.numbers.get(path) {
            return *number;
        }
        let number = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.files.push(File { shown: path.to_owned(), text: sources.text(file).to_owned() });
        self.numbers.insert(path.to_owned(), number);
        number
    }
}

impl Sources for Findings {
    fn path(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |file| file.shown.as_str())
    }

    fn text(&self, file: FileId) -> &str {
        self.files.get(file.0 as usize).map_or("", |file| file.text.as_str())
    }
}

struct File {
    shown: String,
    text: String,
}
