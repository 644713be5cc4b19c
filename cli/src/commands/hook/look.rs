//! Looks at what is staged: whether it is formatted, what is wrong with the platforms that it changes, and whether what was built
//! of them is up to date. The files of the working directory are not looked at.

use std::collections::BTreeSet;
use std::io::{self, Write};
use std::rc::Rc;

use backend::{MANIFEST, Plan};
use diagnostics::tidy;

use super::projects::{Platform, Staging, concerned, joined};
use super::quoted;
use super::trees::{Bench, Outdated, Tied, outdated};
use crate::arguments::{HookRun, Values};
use crate::commands::{self, Product};
use crate::edge::{Outcome, Result};
use crate::git;
use crate::project::Project;
use crate::report::{Count, Findings, Format, visible};
use crate::session::{self, is_sound};
use crate::staged::{Folder, Scope, Staged};
use crate::terminal::Terminal;

/// How many paths of a tree are named.
const MOST: usize = 10;

/// What there is to do.
#[derive(Default)]
struct Work {
    findings: Findings,
    /// Sources that are not in the canonical style, from the root of the repository.
    unformatted: Vec<String>,
    /// What was built, with the folder of its project.
    outdated: Vec<(String, Outdated)>,
    /// The files of platforms with something to do, from the root of the repository.
    files: BTreeSet<String>,
}

/// Looks at everything, and says what is to be done.
pub fn run(arguments: &HookRun, terminal: &Terminal) -> Result {
    let scope = if arguments.all { Scope::Everything } else { Scope::Changes(&arguments.files) };
    let staged = Rc::new(Staged::read(scope)?);
    if staged.changed.is_empty() && staged.unmerged.is_empty() {
        return Ok(Outcome::Clean);
    }
    let mut work = Work::default();
    for staging in concerned(&staged)? {
        work.look(&staging, &staged)?;
    }
    if !arguments.deny_warnings {
        work.findings.list = session::errors(std::mem::take(&mut work.findings.list));
    }
    let outcome = commands::report(Format::Human, Product::Report, &work.findings, terminal)?;
    let denied = Count::of(&work.findings.list).warnings > 0;
    let around = Project::stored(&staged.top, Box::new(Folder::of(&staged, "")));
    let told = work.tell(&around)? | tell_unmerged(&around, &staged)?;
    Ok(if told || denied { Outcome::Findings } else { outcome })
}

impl Work {
    fn look(&mut self, staging: &Staging, staged: &Rc<Staged>) -> Result<()> {
        for (path, text) in &staging.changed {
            match text {
                Ok(text) if syntax::format(text).is_some_and(|formatted| formatted != *text) => {
                    self.unformatted.push(staging.in_repository(path));
                }
                Ok(_) => {}
                Err((text, finding)) => self.findings.add(text, vec![finding.clone()]),
            }
        }
        let touched: Vec<&Platform> =
            staging.platforms.iter().filter(|platform| staging.concerns(platform, staged)).collect();
        let is_built = staged.changed.iter().any(|path| staging.is_built(path));
        if touched.is_empty() && !is_built {
            return Ok(());
        }
        let told = &staging.settings;
        let text = crate::report::Text { path: staging.project.shown(crate::settings::FILE), text: told.text.clone() };
        self.findings.add(&text, told.found.clone());
        let mut bench = Bench::of(staging);
        for platform in &touched {
            let compiled = bench.judged(&platform.entry);
            let mut found = compiled.found.clone();
            if is_sound(&found) {
                found.extend(compiled.session.outdated());
                tidy(&mut found);
            }
            self.findings.add(&compiled.session, found);
        }
        let found = outdated(&mut bench, staged, &touched)?;
        if !found.is_empty() {
            self.files.extend(staging.files());
        }
        self.outdated.extend(found.into_iter().map(|outdated| (staging.folder.clone(), outdated)));
        Ok(())
    }

    /// Says what is to be done, and whether there is anything.
    fn tell(&self, around: &Project) -> Result<bool> {
        let mut err = io::stderr().lock();
        for path in &self.unformatted {
            writeln!(err, "error: {} is not in the canonical style", shown(&around.shown(path)))?;
        }
        if !self.unformatted.is_empty() {
            let words: Vec<String> = self.unformatted.iter().map(|path| word(&around.shown(path))).collect();
            let words = words.join(" ");
            writeln!(err, "  = help: platc fmt {words} && git add {words}")?;
        }
        for (folder, outdated) in &self.outdated {
            tell_outdated(&mut err, around, folder, outdated)?;
        }
        drop(err);
        let is_any = !self.unformatted.is_empty() || !self.outdated.is_empty();
        if is_any {
            self.tell_of_the_rest(around)?;
        }
        Ok(is_any)
    }

    /// Who repairs what is staged, repairs it in the working directory: what is not staged there would come along.
    fn tell_of_the_rest(&self, around: &Project) -> Result<()> {
        let (_, listed) = git::git(&["diff-files", "--name-only", "-z", "--", ":/"])?;
        let listed = listed.split(|byte| *byte == 0).filter_map(|path| std::str::from_utf8(path).ok());
        let is_of = |path: &&str| self.files.contains(*path) || self.unformatted.iter().any(|other| other == path);
        let rest: Vec<String> = listed.filter(is_of).map(|path| shown(&around.shown(path))).collect();
        if let Some(first) = rest.first() {
            let more = if rest.len() > 1 { format!(" and {} more", rest.len() - 1) } else { String::new() };
            let mut err = io::stderr().lock();
            writeln!(err, "note: {first}{more} has changes that are not staged; this is about what is staged")?;
            writeln!(err, "  = help: `git stash push --keep-index` puts them aside before you repair it")?;
        }
        Ok(())
    }
}

fn tell_outdated(err: &mut impl Write, around: &Project, folder: &str, outdated: &Outdated) -> io::Result<()> {
    let source = |entry: &str| around.shown(&joined(folder, entry));
    match outdated {
        Outdated::Tree(Tied { path, entry, form }, plan) => {
            let (directory, source) = (directory(&around.shown(path)), source(entry));
            writeln!(err, "error: {} is not what {} makes", shown(&directory), shown(&source))?;
            tell_plan(err, &directory, plan)?;
            let force = if plan.edited.is_empty() { "" } else { " --force" };
            let (directory, source) = (word(&directory), word(&source));
            let form = said_form(*form);
            writeln!(err, "  = help: platc build {source} -o {directory}{form}{force} && git add {directory}")
        }
        Outdated::File(Tied { path, entry, form }) => {
            let (path, source) = (around.shown(path), source(entry));
            writeln!(err, "error: {} is not what {} makes", shown(&path), shown(&source))?;
            let (path, source, form) = (word(&path), word(&source), said_form(*form));
            writeln!(err, "  = help: platc build {source} -o {path}{form} && git add {path}")
        }
        Outdated::Unknown(path, entries) => {
            let directory = directory(&around.shown(path));
            let sources: Vec<String> = entries.iter().map(|entry| shown(&source(entry))).collect();
            writeln!(err, "error: {} may be of {}", shown(&directory), sources.join(" or of "))?;
            let settings = shown(&around.shown(&joined(folder, crate::settings::FILE)));
            let key = path.strip_prefix(folder).unwrap_or(path).trim_start_matches('/');
            let entry = entries.first().map(String::as_str).unwrap_or_default();
            writeln!(err, "  = help: say which in {settings}: `[build]` and below it `\"{key}\" = \"{entry}\"`")
        }
    }
}

/// What stands against a tree, file by file.
fn tell_plan(err: &mut impl Write, directory: &str, plan: &Plan) -> io::Result<()> {
    let is_edited = |path: &&String| !plan.edited.contains(path);
    let write = plan.write.iter().filter(is_edited).map(|path| ("to be written", path.as_str()));
    let remove = plan.remove.iter().filter(is_edited).map(|path| ("to be removed", path.as_str()));
    let edited = plan.edited.iter().map(|path| ("edited by hand", path.as_str()));
    let foreign = plan.in_the_way.iter().map(|path| ("in the way, and not of platc", path.as_str()));
    let mut all: Vec<(&str, &str)> = foreign.chain(edited).chain(write).chain(remove).collect();
    if all.is_empty() {
        all.push(("to be written", MANIFEST));
    }
    for (what, path) in all.iter().take(MOST) {
        writeln!(err, "  {} {what}", shown(&format!("{}{path}", directory.trim_start_matches("./"))))?;
    }
    if all.len() > MOST {
        writeln!(err, "  and {} more", all.len() - MOST)?;
    }
    Ok(())
}

fn tell_unmerged(around: &Project, staged: &Staged) -> Result<bool> {
    let is_ours = |path: &&String| path.ends_with(".pl") || path.ends_with(MANIFEST) || path.ends_with("platc.lock");
    let mut is_any = false;
    for path in staged.unmerged.iter().filter(is_ours) {
        is_any = true;
        let path = around.shown(path);
        writeln!(io::stderr(), "error: {} is not merged yet\n  = help: git add {}", shown(&path), word(&path))?;
    }
    Ok(is_any)
}

/// A directory as `platc build -o` takes it for one, whatever it is called.
fn directory(path: &str) -> String {
    if path.is_empty() { "./".to_owned() } else { format!("{}/", path.trim_end_matches('/')) }
}

fn said_form(form: Values) -> &'static str {
    match form {
        Values::Yaml => "",
        Values::Json => " --format json",
    }
}

/// A path as a shell takes it, with nothing in it that a terminal would obey.
fn word(path: &str) -> String {
    visible::line(&quoted(path)).into_owned()
}

fn shown(path: &str) -> String {
    format!("`{}`", visible::line(path))
}
