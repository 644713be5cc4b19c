//! One compilation of the entries of one project: the only file that names the compiler.

use diagnostics::{Diagnostic, FileId, Fix, Span, rules, tidy};

use crate::arguments::Values;
use crate::inputs::Input;
use crate::project::Project;
use crate::report::Sources;

/// How a test ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// All its assertions hold.
    Passed,
    /// One does not, or it could not be run.
    Failed,
}

/// The files that took part.
pub struct Session {
    files: Vec<File>,
    findings: Vec<Diagnostic>,
}

struct File {
    shown: String,
    text: String,
}

impl Session {
    /// Reads the entries.
    pub fn open(input: Input) -> Self {
        let mut session = Self {
            files: vec![],
            findings: vec![],
        };
        for entry in &input.entries {
            session.add(&input.project, entry);
        }
        session
    }

    /// Everything that is wrong.
    pub fn check(&mut self) -> Vec<Diagnostic> {
        let mut findings = std::mem::take(&mut self.findings);
        tidy(&mut findings);
        findings
    }

    /// The outputs of the entry as text, unless there is an error, and everything that is wrong.
    pub fn build(&mut self, _format: Values) -> (Option<String>, Vec<Diagnostic>) {
        (None, self.check())
    }

    /// The value of an expression as text, unless there is an error, and everything that is wrong.
    pub fn eval(
        &mut self,
        _expression: &str,
        _format: Values,
    ) -> (Option<String>, Vec<Diagnostic>) {
        (None, self.check())
    }

    /// The tests whose name contains the filter, and everything that is wrong.
    pub fn test(&mut self, _filter: Option<&str>) -> (Vec<(String, Verdict)>, Vec<Diagnostic>) {
        (vec![], self.check())
    }

    fn add(&mut self, project: &Project, entry: &str) {
        let Ok(text) = project.read(entry) else {
            return;
        };
        let file = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        self.findings.extend(syntax_findings(file, &text));
        self.files.push(File {
            shown: project.shown(entry),
            text,
        });
    }
}

impl Sources for Session {
    fn path(&self, file: FileId) -> &str {
        self.files
            .get(file.0 as usize)
            .map_or("", |file| file.shown.as_str())
    }

    fn text(&self, file: FileId) -> &str {
        self.files
            .get(file.0 as usize)
            .map_or("", |file| file.text.as_str())
    }
}

/// The syntax errors of a text.
pub fn syntax_findings(file: FileId, text: &str) -> Vec<Diagnostic> {
    syntax::parse(text)
        .errors
        .into_iter()
        .map(|error| syntax_finding(file, error))
        .collect()
}

fn syntax_finding(file: FileId, error: syntax::SyntaxError) -> Diagnostic {
    let at = |range: syntax::TextRange| Span::new(file, range.start, range.end);
    let rule = rules::find(error.code).unwrap_or(&rules::SYNTAX_UNEXPECTED);
    let mut finding = Diagnostic::new(rule, at(error.range), error.message);
    finding.help = error.help;
    finding.others = error
        .labels
        .into_iter()
        .map(|(range, text)| (at(range), text))
        .collect();
    finding.fix = error.fix.map(|fix| Fix {
        title: fix.title,
        edits: fix
            .edits
            .into_iter()
            .map(|(range, text)| (at(range), text))
            .collect(),
    });
    finding
}
