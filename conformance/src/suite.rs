//! Finds all cases and runs them on all cores. Knows where cases live; must not know how a result is shown.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};
use std::sync::Mutex;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;

use crate::case::{Case, Expectation, Kind, Malformed, Source, read};
use crate::command::Implementation;
use crate::laws::{Breach, breaches};
use crate::observe::{Observed, Subject, lay_out};

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
    /// Laws that did not hold; looked at only where nothing was missed.
    pub breaches: Vec<Breach>,
    /// The files could not be written or the implementation not be called.
    pub trouble: Option<String>,
}

impl Outcome {
    /// Whether everything is as expected.
    pub fn holds(&self) -> bool {
        self.misses.is_empty() && self.breaches.is_empty() && self.trouble.is_none()
    }
}

/// All cases below the repository: `conformance/cases`, `spec`, and the examples as sources for the laws.
pub fn cases(repository: &Path) -> io::Result<Result<Vec<Case>, Malformed>> {
    let mut cases = Vec::new();
    for directory in ["conformance/cases", "spec"] {
        for path in files_below(&repository.join(directory), "md")? {
            let name = path
                .strip_prefix(repository)
                .unwrap_or(&path)
                .display()
                .to_string();
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

/// Runs the cases, as many at a time as there are cores; the outcomes are in the order of the cases.
pub fn run(implementation: &Implementation, cases: Vec<Case>) -> Vec<Outcome> {
    let next = AtomicUsize::new(0);
    let outcomes = Mutex::new(Vec::with_capacity(cases.len()));
    let workers = thread::available_parallelism().map_or(1, usize::from);
    thread::scope(|scope| {
        for _ in 0..workers {
            scope.spawn(|| {
                while let Some((index, case)) = take(&next, &cases) {
                    let outcome = outcome(implementation, case);
                    if let Ok(mut outcomes) = outcomes.lock() {
                        outcomes.push((index, outcome));
                    }
                }
            });
        }
    });
    let mut outcomes = outcomes.into_inner().unwrap_or_default();
    outcomes.sort_by_key(|(index, _)| *index);
    outcomes.into_iter().map(|(_, outcome)| outcome).collect()
}

fn take<'a>(next: &AtomicUsize, cases: &'a [Case]) -> Option<(usize, &'a Case)> {
    let index = next.fetch_add(1, Ordering::Relaxed);
    cases.get(index).map(|case| (index, case))
}

fn outcome(implementation: &Implementation, case: &Case) -> Outcome {
    let mut outcome = Outcome {
        case: case.clone(),
        misses: Vec::new(),
        untold: Vec::new(),
        breaches: Vec::new(),
        trouble: None,
    };
    if let Err(error) = fill(implementation, &mut outcome) {
        outcome.trouble = Some(error.to_string());
    }
    outcome
}

fn fill(implementation: &Implementation, outcome: &mut Outcome) -> io::Result<()> {
    let directory = tempfile::tempdir()?;
    lay_out(directory.path(), &outcome.case.sources)?;
    let subject = Subject {
        implementation,
        directory: directory.path(),
        case: &outcome.case,
    };
    for expectation in &outcome.case.expectations {
        let observed = subject.observe(expectation)?;
        let meets = observed.meets(expectation);
        let is_told = observed == Observed::Text(expectation.text.clone());
        let miss = Miss {
            expectation: expectation.clone(),
            observed,
        };
        match (meets, is_told) {
            (false, _) => outcome.misses.push(miss),
            (true, false) => outcome.untold.push(miss),
            (true, true) => {}
        }
    }
    if outcome.misses.is_empty() {
        outcome.breaches = breaches(implementation, &outcome.case)?;
    }
    Ok(())
}

/// Every example as a case: what it builds now is what it must build formatted and in any order.
pub fn examples(repository: &Path, implementation: &Implementation) -> io::Result<Vec<Case>> {
    let mut cases = Vec::new();
    let mains = files_below(&repository.join("examples"), "pl")?;
    for main in mains
        .iter()
        .filter(|path| path.file_name().is_some_and(|name| name == "main.pl"))
    {
        let Some(root) = main.parent() else { continue };
        let name = root
            .strip_prefix(repository)
            .unwrap_or(root)
            .display()
            .to_string();
        let mut case = Case::of_sources(&name, sources_below(root)?);
        let directory = tempfile::tempdir()?;
        lay_out(directory.path(), &case.sources)?;
        let mut expectation = Expectation {
            kind: Kind::Output,
            text: String::new(),
            first_line: 0,
            line_count: 0,
        };
        let subject = Subject {
            implementation,
            directory: directory.path(),
            case: &case,
        };
        if let Observed::Text(text) = subject.observe(&expectation)? {
            expectation.text = text;
        }
        case.expectations.push(expectation);
        cases.push(case);
    }
    Ok(cases)
}

/// The text files of an example that a program may read.
fn sources_below(root: &Path) -> io::Result<Vec<Source>> {
    let mut sources = Vec::new();
    for extension in ["pl", "yaml", "yml", "json", "toml"] {
        for path in files_below(root, extension)? {
            let relative = path
                .strip_prefix(root)
                .unwrap_or(&path)
                .display()
                .to_string();
            if relative != "platc.toml" {
                sources.push(Source {
                    path: relative,
                    text: fs::read_to_string(&path)?,
                });
            }
        }
    }
    Ok(sources)
}
