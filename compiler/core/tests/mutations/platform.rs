//! A platform of several scenes, and what is found in it.

use std::collections::BTreeMap;
use std::ops::Range;

use compiler::{LoadError, Loader, Session};
use diagnostics::{Diagnostic, Span, rules};

use crate::scene::{Break, Drawn};

struct Memory(BTreeMap<String, String>);

impl Loader for Memory {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let missing = || LoadError { code: "import/not-found", message: format!("there is no {path}") };
        self.0.get(path).cloned().ok_or_else(missing)
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

const MAIN: &str = "main.pl";

/// Which places of a scene are broken.
pub type Broken = Vec<usize>;

/// The scenes as one platform, each broken at some of its places.
pub struct Platform<'a> {
    files: BTreeMap<String, String>,
    broken: Vec<Wrong<'a>>,
}

/// A place that is broken, and the thing that it is in: a file, and its bytes.
struct Wrong<'a> {
    scene: &'a str,
    place: &'a Break,
    file: String,
    thing: Range<usize>,
    /// Where its scene is in the source.
    around: Range<usize>,
}

/// What is found in a platform.
pub struct Found<'a> {
    platform: Platform<'a>,
    session: Session,
    findings: Vec<Diagnostic<Span>>,
}

fn is_import(line: &str) -> bool {
    line.starts_with("import ")
}

impl<'a> Platform<'a> {
    /// Joins them; what they import comes first.
    pub fn new(drawn: &'a [Drawn], broken: &[Broken]) -> Self {
        let written: Vec<_> = drawn.iter().zip(broken).map(|(drawn, broken)| drawn.write(broken)).collect();
        let files = || written.iter().flat_map(|written| &written.files);
        let sources = files().filter(|(name, _)| name == MAIN);
        let mut imports: Vec<&str> =
            sources.flat_map(|(_, text)| text.lines().filter(|line| is_import(line))).collect();
        imports.sort_unstable();
        imports.dedup();
        let others = files().filter(|(name, _)| name != MAIN).cloned();
        let mut platform = Platform { files: others.collect(), broken: Vec::new() };
        let mut main = imports.join("\n") + "\n";
        for (drawn, written) in drawn.iter().zip(&written) {
            let begin = main.len();
            let own = written.files.iter().filter(|(name, _)| name == MAIN);
            // Where it was imported is blank, so that everything else is where it was.
            for line in own.flat_map(|(_, text)| text.split_inclusive('\n')) {
                main += &if is_import(line) { " ".repeat(line.len() - 1) + "\n" } else { line.to_owned() };
            }
            let around = begin..main.len();
            for (place, (file, thing)) in &written.things {
                let from = if file == MAIN { begin } else { 0 };
                let thing = from + thing.start..from.saturating_add(thing.end);
                let place = drawn.breaks()[*place];
                let (file, around) = (file.clone(), around.clone());
                platform.broken.push(Wrong { scene: &drawn.scene, place, file, thing, around });
            }
        }
        platform.files.insert(MAIN.to_owned(), main);
        platform
    }

    /// What is found in it.
    pub fn check(self) -> Found<'a> {
        let (session, unread) = Session::open(&Memory(self.files.clone()), &[MAIN]);
        assert!(unread.is_empty(), "{unread:?}");
        let mut findings = session.check();
        findings.retain(|finding| *finding.rule != rules::IMPORT_UNKNOWN_KIND);
        Found { platform: self, session, findings }
    }
}

impl Found<'_> {
    /// All that is found.
    pub fn all(&self) -> Vec<String> {
        self.findings.iter().map(|finding| self.shown(finding)).collect()
    }

    /// Of what is broken, what is not found where it is.
    pub fn missed(&self) -> Vec<String> {
        let is_missed = |wrong: &&Wrong<'_>| !self.findings.iter().any(|finding| self.is_of(finding, wrong));
        let missed = self.platform.broken.iter().filter(is_missed);
        let told = missed.map(|Wrong { scene, place, file, thing, around }| {
            let text = &self.platform.files[file][thing.clone()];
            let near = self.findings.iter().filter(|finding| around.contains(&(finding.at.start as usize)));
            let near: Vec<String> = near.map(|finding| self.shown(finding)).collect();
            format!("{scene}: no {} {} in\n{text}\nbut\n{}", place.code, place.words, near.join("\n"))
        });
        told.collect()
    }

    fn shown(&self, finding: &Diagnostic<Span>) -> String {
        let (path, text) = self.session.file(finding.at.file).unwrap_or_default();
        let line = text[..finding.at.start as usize].lines().count();
        format!("{} {path}:{line} {}", finding.rule.code, finding.message)
    }

    /// Whether a finding is what a break must lead to, in the thing that is broken.
    fn is_of(&self, finding: &Diagnostic<Span>, wrong: &Wrong<'_>) -> bool {
        let Wrong { place, file, thing, .. } = wrong;
        let path = self.session.file(finding.at.file).map(|(path, _)| path);
        let (start, end) = (finding.at.start as usize, finding.at.end as usize);
        let is_there = path == Some(file.as_str()) && thing.start <= start && end <= thing.end;
        is_there && finding.rule.code == place.code && finding.message.contains(&place.words)
    }
}
