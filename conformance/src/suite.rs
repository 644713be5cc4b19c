//! Finds all cases and runs them. Knows where cases live; must not know how a result is shown.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use crate::case::{Case, Expectation, Kind, Malformed, Source, read};
use crate::command::Implementation;
use crate::laws::{self, Breach};
use crate::observe::{Observed, Subject, lay_out};
use crate::parallel::map;

/// An expectation that was not met.
#[derive(Debug, Clone)]
pub struct Miss {
    /// What was expected, and where that is written.
    pub expectation: Expectation,
    /// What came.
    pub observed: Observed,
}

/// What running one case showed.
#[derive(Debug)]
pub struct Outcome {
    /// The case.
    pub case: Case,
    /// Expectations that were not met.
    pub misses: Vec<Miss>,
    /// Findings that are expected by code and place, with the messages that came.
    pub untold: Vec<Miss>,
    /// The law that did not hold; looked at only where nothing was missed.
    pub breach: Option<Breach>,
    /// The files could not be written or the implementation not be called.
    pub trouble: Option<String>,
}

impl Outcome {
    /// Whether everything is as expected.
    pub fn holds(&self) -> bool {
        self.misses.is_empty() && self.breach.is_none() && self.trouble.is_none()
    }
}

/// All cases below the repository: `conformance/cases`, `spec`, and the examples as sources for the laws.
pub fn cases(repository: &Path) -> io::Result<Result<Vec<Case>, Malformed>> {
    let mut cases = Vec::new();
    for directory in ["conformance/cases", "spec"] {
        for path in files_below(&repository.join(directory), "md")? {
            let name = path.strip_prefix(repository).unwrap_or(&path).display().to_string();
            match read(&name, &fs::read_to_string(&path)?) {
                Ok(more) => cases.extend(more),
                Err(malformed) => return Ok(Err(malformed)),
            }
        }
    }
    Ok(Ok(cases))
}

/// Every file below a directory with this extension, in order.
pub fn files_below(directory: &Path, extension: &str) -> io::Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut open = vec![directory.to_owned()];
    while let Some(directory) = open.pop() {
        if !directory.is_dir() {
            continue;
        }
        for entry in fs::read_dir(directory)? {
            let path = entry?.path();
            if path.is_dir() {
                open.push(path);
            } else if path.extension().is_some_and(|other| other == extension) {
                files.push(path);
            }
        }
    }
    files.sort();
    Ok(files)
}

/// Runs the cases and, where they hold, the laws; the outcomes are in the order of the cases.
pub fn run(implementation: &Implementation, cases: &[Case]) -> io::Result<Vec<Outcome>> {
    let mut outcomes = map(cases, |case| outcome(implementation, case));
    let mut lawful: Vec<&mut Outcome> =
        outcomes.iter_mut().filter(|outcome| outcome.holds() && laws::speak_of(&outcome.case)).collect();
    let subjects: Vec<&Case> = lawful.iter().map(|outcome| &outcome.case).collect();
    let formatted = laws::formatted(implementation, &subjects)?;
    let pairs: Vec<_> = subjects.into_iter().zip(formatted).collect();
    let breaches = map(&pairs, |(case, formatted)| match formatted {
        Ok(sources) => laws::breach_of(implementation, case, sources),
        Err(breach) => Ok(Some(breach.clone())),
    });
    for (outcome, breach) in lawful.iter_mut().zip(breaches) {
        outcome.breach = breach?;
    }
    Ok(outcomes)
}

fn outcome(implementation: &Implementation, case: &Case) -> Outcome {
    let (misses, untold) = (Vec::new(), Vec::new());
    let mut outcome = Outcome { case: case.clone(), misses, untold, breach: None, trouble: None };
    if let Err(error) = fill(implementation, &mut outcome) {
        outcome.trouble = Some(error.to_string());
    }
    outcome
}

fn fill(implementation: &Implementation, outcome: &mut Outcome) -> io::Result<()> {
    let directory = tempfile::tempdir()?;
    lay_out(directory.path(), &outcome.case.sources)?;
    let subject = Subject { implementation, directory: directory.path(), case: &outcome.case };
    for expectation in &outcome.case.expectations {
        let observed = subject.observe(expectation)?;
        let meets = observed.meets(expectation);
        let is_told = observed == Observed::Text(expectation.text.clone());
        let miss = Miss { expectation: expectation.clone(), observed };
        match (meets, is_told) {
            (false, _) => outcome.misses.push(miss),
            (true, false) => outcome.untold.push(miss),
            (true, true) => {}
        }
    }
    Ok(())
}

/// Every example as a case: it builds what its `out.yaml` holds.
pub fn examples(repository: &Path) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mains = files_below(&repository.join("examples"), "pl")?;
    let is_main = |path: &&PathBuf| path.file_name().is_some_and(|name| name == "main.pl");
    for root in mains.iter().filter(is_main).filter_map(|main| main.parent()) {
        let name = root.strip_prefix(repository).unwrap_or(root).display().to_string();
        let text = fs::read_to_string(root.join(BUILT)).unwrap_or_default();
        let expectation = Expectation { kind: Kind::Output, text, first_line: 0, line_count: 0 };
        let mut case = Case::of_sources(&name, sources_below(root)?);
        case.expectations.push(expectation);
        cases.push(case);
    }
    Ok(cases)
}

/// What an example builds, beside its sources.
const BUILT: &str = "out.yaml";

/// The text files of an example that a program may read.
fn sources_below(root: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for extension in ["pl", "yaml", "yml", "json", "toml", "lock"] {
        for path in files_below(root, extension)? {
            let relative = path.strip_prefix(root).unwrap_or(&path).display().to_string();
            if relative != "platc.toml" && relative != BUILT {
                sources.push(Source { path: relative, text: fs::read_to_string(&path)? });
            }
        }
    }
    Ok(sources)
}
