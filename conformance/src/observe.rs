//! Runs the files of a case and writes what came of them in the form that its expectation is written in.
//! Knows the command line; must not know how cases are stored.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::fs;
use std::io;
use std::path::Path;

use crate::case::{Case, Expectation, Kind, Source};
use crate::command::{Answer, End, Implementation};
use crate::findings::{Details, meet, written};

/// What an implementation made of one expectation.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Observed {
    /// Text to compare with the expectation's.
    Text(String),
    /// It broke: a crash, a hang, an answer that nobody can read.
    Broken(String),
}

impl Observed {
    /// Whether this is what was expected.
    pub fn meets(&self, expectation: &Expectation) -> bool {
        let Observed::Text(text) = self else {
            return false;
        };
        match expectation.kind {
            Kind::Findings | Kind::Test | Kind::Locked => meet(&expectation.text, text),
            _ => *text == expectation.text,
        }
    }
}

/// Writes the files of a case into an empty directory. The marker makes that directory the root of the project.
pub fn lay_out(directory: &Path, sources: &[Source]) -> io::Result<()> {
    fs::write(directory.join("platc.toml"), "")?;
    for source in sources {
        let path = directory.join(&source.path);
        if let Some(parent) = path.parent() {
            fs::create_dir_all(parent)?;
        }
        fs::write(path, &source.text)?;
    }
    Ok(())
}

/// A laid out case and whom to ask about it.
pub struct Subject<'a> {
    /// Whom to ask.
    pub implementation: &'a Implementation,
    /// Where the files are.
    pub directory: &'a Path,
    /// What they belong to.
    pub case: &'a Case,
}

impl Subject<'_> {
    /// What the implementation makes of the files, in the form of this expectation.
    pub fn observe(&self, expectation: &Expectation) -> io::Result<Observed> {
        let text = expectation.text.as_str();
        match expectation.kind {
            Kind::Output => self.output(),
            Kind::Value => self.values(text),
            Kind::Explain => self.explanations(text),
            Kind::Files => self.files(text),
            Kind::Findings => self.findings(&["check"], &Details::of(text)),
            Kind::Clean => self.findings(&["check"], &Details::default()),
            Kind::Test => self.findings(&["test"], &Details::of(text)),
            Kind::Locked => self.findings(&["check", "--locked"], &Details::of(text)),
            Kind::Lock => self.lock(),
            Kind::Code if text.starts_with("test/") => self.codes(&["test"]),
            Kind::Code if text == "lock/outdated\n" => self.codes(&["check", "--locked"]),
            Kind::Code => self.codes(&["check"]),
            Kind::Difference => self.difference(),
            Kind::Format => self.formatted(),
        }
    }

    fn run(&self, arguments: &[&str], input: &str) -> io::Result<Answer> {
        self.implementation.run(self.directory, arguments, input)
    }

    /// The printed document; findings stand in its place where there are any that the case does not expect.
    fn output(&self) -> io::Result<Observed> {
        let (answer, _) = self.build(&["main.pl"])?;
        if let Some(broken) = broken(&answer) {
            return Ok(broken);
        }
        let expects_findings = self.case.expectations.iter().any(|other| other.kind == Kind::Findings);
        if answer.end == End::Findings || !(answer.err.trim().is_empty() || expects_findings) {
            return self.findings(&["check"], &Details::default());
        }
        Ok(Observed::Text(answer.out))
    }

    /// Each expression of a `value` fence, followed by its value behind `= `.
    fn values(&self, expected: &str) -> io::Result<Observed> {
        let mut text = String::new();
        for expression in expected.lines().filter(|line| !line.starts_with("= ") && !line.starts_with("  ")) {
            let answer = self.run(&["eval", "main.pl", "--report", "json", "-e", expression], "")?;
            if let Some(broken) = broken(&answer) {
                return Ok(broken);
            }
            let said = match answer.end {
                End::Clean => answer.out,
                _ => written(&answer.err, &Details::default()).unwrap_or(answer.err),
            };
            let _ = writeln!(text, "{expression}\n= {}", said.trim_end().replace('\n', "\n  "));
        }
        Ok(Observed::Text(text))
    }

    /// Each subject of an `explain` fence, followed by what is said of it behind `= `. Lines of outputs are those of the
    /// tree `out/` and the stream `out.yaml`, which are built before.
    fn explanations(&self, expected: &str) -> io::Result<Observed> {
        for output in ["out/", "out.yaml"].into_iter().filter(|output| expected.contains(output)) {
            let (answer, _) = self.build(&["main.pl", "-o", output])?;
            if let Some(broken) = broken(&answer) {
                return Ok(broken);
            }
        }
        let mut text = String::new();
        let is_subject = |line: &&str| !line.is_empty() && !line.starts_with("= ") && !line.starts_with("  ");
        for subject in expected.lines().filter(is_subject) {
            let arguments: Vec<&str> = ["explain"].into_iter().chain(subject.split(' ')).collect();
            let answer = self.run(&arguments, "")?;
            if let Some(broken) = broken(&answer) {
                return Ok(broken);
            }
            let said = answer.err + &answer.out;
            let _ = writeln!(text, "{subject}\n= {}", said.trim_end().replace('\n', "\n  ").replace("\n  \n", "\n\n"));
        }
        Ok(Observed::Text(text))
    }

    /// Each path of a `files` fence, `(executable)` behind it where the file can be run, followed by what the file says.
    fn files(&self, expected: &str) -> io::Result<Observed> {
        let (answer, _) = self.build(&["main.pl", "-o", "out/"])?;
        if let Some(broken) = broken(&answer) {
            return Ok(broken);
        }
        if answer.end == End::Findings {
            return self.findings(&["check"], &Details::default());
        }
        let mut text = String::new();
        let is_path = |line: &&str| !line.is_empty() && !line.starts_with("= ") && !line.starts_with("  ");
        for path in expected.lines().filter(is_path).map(|line| line.trim_end_matches(EXECUTABLE)) {
            let file = self.directory.join("out").join(path);
            let said = fs::read_to_string(&file).unwrap_or_else(|_| "there is no such file".to_owned());
            let mark = if is_executable(&file) { EXECUTABLE } else { "" };
            let said = said.trim_end().replace('\n', "\n  ").replace("\n  \n", "\n\n");
            let _ = writeln!(text, "{path}{mark}\n= {said}");
        }
        Ok(Observed::Text(text))
    }

    /// A build and the lock that it leaves, which is then taken back: no other expectation sees it.
    fn build(&self, arguments: &[&str]) -> io::Result<(Answer, String)> {
        let path = self.directory.join("platc.lock");
        let before = fs::read(&path).ok();
        let answer = self.run(&[&["build"], arguments].concat(), "")?;
        let after = fs::read_to_string(&path).unwrap_or_default();
        match before {
            Some(before) => fs::write(&path, before)?,
            None if path.exists() => fs::remove_file(&path)?,
            None => {}
        }
        Ok((answer, after))
    }

    fn lock(&self) -> io::Result<Observed> {
        let (answer, lock) = self.build(&["main.pl"])?;
        if answer.end == End::Findings {
            return self.findings(&["check"], &Details::default());
        }
        Ok(broken(&answer).unwrap_or(Observed::Text(lock)))
    }

    /// What it means to go from `old.pl` to `main.pl`.
    fn difference(&self) -> io::Result<Observed> {
        let answer = self.run(&["diff", "--quiet", "old.pl", "main.pl"], "")?;
        Ok(broken(&answer).unwrap_or(Observed::Text(answer.out)))
    }

    fn findings(&self, command: &[&str], details: &Details) -> io::Result<Observed> {
        let answer = self.run(&[command, &["--quiet", "--report", "json", "main.pl"]].concat(), "")?;
        Ok(broken(&answer).unwrap_or_else(|| match written(&answer.out, details) {
            Ok(text) => Observed::Text(text),
            Err(line) => Observed::Broken(format!("not one JSON object on a line: {line}")),
        }))
    }

    /// The codes of findings, each once.
    fn codes(&self, command: &[&str]) -> io::Result<Observed> {
        let observed = self.findings(command, &Details::default())?;
        let Observed::Text(text) = observed else {
            return Ok(observed);
        };
        let codes: BTreeSet<&str> = text.lines().filter_map(|line| line.split(' ').next()).collect();
        Ok(Observed::Text(codes.into_iter().map(|code| format!("{code}\n")).collect()))
    }

    fn formatted(&self) -> io::Result<Observed> {
        let main = self.case.sources.iter().find(|source| source.path == "main.pl");
        let text = main.map_or("", |source| source.text.as_str());
        let answer = self.run(&["fmt", "--stdin"], text)?;
        Ok(broken(&answer).unwrap_or(Observed::Text(answer.out)))
    }
}

/// What stands behind the path of a file that can be run.
const EXECUTABLE: &str = " (executable)";

#[cfg(unix)]
fn is_executable(file: &Path) -> bool {
    use std::os::unix::fs::PermissionsExt;
    fs::metadata(file).is_ok_and(|about| about.permissions().mode() & 0o111 != 0)
}

#[cfg(not(unix))]
fn is_executable(_: &Path) -> bool {
    false
}

fn broken(answer: &Answer) -> Option<Observed> {
    match answer.end {
        End::Clean | End::Findings => None,
        End::TimedOut => Some(Observed::Broken("it did not end in time".to_owned())),
        End::Broken(code) => {
            let code = code.map_or_else(|| "a signal".to_owned(), |code| format!("exit code {code}"));
            Some(Observed::Broken(format!("it ended with {code}\n{}{}", answer.err, answer.out)))
        }
    }
}
