//! From the paths on the command line to the entries of projects.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use diagnostics::{Diagnostic, Span, rules};

use crate::edge::{self, Result};
use crate::project::{self, LOCK, Project, Refusal};
use crate::report::Text;
use crate::settings::Settings;

/// How standard input is called where its lines are shown.
const STDIN: &str = "<stdin>";

/// The entries of one project.
pub struct Input {
    /// The project, in which the entries are already read.
    pub project: Project,
    /// Paths of the entries within the project, without repetition.
    pub entries: Vec<String>,
    /// Entries that are no text and settings that can not be, with what is wrong with them.
    pub unreadable: Vec<(Text, Diagnostic)>,
}

impl Input {
    /// No entries, in the project around a directory.
    pub fn empty(directory: &Path) -> Result<Self> {
        let project = Project::around(directory).map_err(|error| edge::failed("read", directory, &error))?;
        Self::of(project).with_lock()
    }

    fn of(project: Project) -> Self {
        let unreadable = Settings::of(&project).findings(&project).collect();
        Self { project, entries: vec![], unreadable }
    }

    fn with_lock(mut self) -> Result<Self> {
        let read = self.project.read_lock();
        read.map_err(|why| edge::unreadable(&self.project.root().join(LOCK), &why))?;
        Ok(self)
    }
}

/// The inputs behind some paths, one for each project, in the order of their roots. Every file is read once, so that all
/// stages see the same text.
pub fn gather(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut inputs = BTreeMap::new();
    for path in paths {
        if path.is_dir() {
            for path in sources(path)? {
                add(&mut inputs, File::open(&path)?);
            }
        } else {
            add(&mut inputs, File::open(path)?);
        }
    }
    inputs.into_values().map(Input::with_lock).collect()
}

/// Whether an entry is standard input, for which nothing can be kept.
pub fn is_stream(entry: &str) -> bool {
    entry == STDIN || entry.ends_with("/<stdin>")
}

/// The input behind one path.
pub fn one(path: &Path) -> Result<Input> {
    let missing = || miette::miette!("`{}` is a directory, where one file is needed", path.display()).into();
    if path.is_dir() {
        return Err(missing());
    }
    gather(&[path.to_owned()])?.pop().ok_or_else(missing)
}

/// The sources below a directory. None at all is a mistake: a check of nothing would look like success.
pub fn sources(directory: &Path) -> Result<Vec<PathBuf>> {
    below(directory, &["pl"], "`.pl`")
}

/// The manifests below a directory, told by their names.
pub fn manifests(directory: &Path) -> Result<Vec<PathBuf>> {
    below(directory, &["yaml", "yml", "json"], "YAML or JSON")
}

fn below(directory: &Path, endings: &[&str], called: &str) -> Result<Vec<PathBuf>> {
    let found = project::files(directory, endings).map_err(|error| edge::failed("read", directory, &error))?;
    if found.is_empty() {
        return Err(miette::miette!("there is no {called} file in `{}`", directory.display()).into());
    }
    Ok(found)
}

/// A file that the user named.
pub struct File {
    /// The project that it belongs to.
    project: Project,
    /// Its path within the project.
    entry: String,
    /// Its text, or what is wrong with it.
    pub text: std::result::Result<String, Unreadable>,
}

/// A file that is no text, as far as it can be shown, with what is wrong.
pub type Unreadable = (Text, Diagnostic);

impl File {
    /// Reads a file, or standard input for `-`. One that is no text is read all the same, with a finding.
    pub fn open(path: &Path) -> Result<Self> {
        let path = if path == Path::new("-") { Path::new(STDIN) } else { path };
        let failed = |error| edge::failed("read", path, &error);
        let project = Project::of(path).map_err(failed)?;
        let entry = project.entry(path).map_err(failed)?;
        let read = if path == Path::new(STDIN) { stdin() } else { project.read(&entry) };
        let text = match read {
            Ok(text) => Ok(text),
            Err(Refusal::NotText { offset, readable }) => Err(no_text(project.shown(&entry), offset, readable)),
            Err(why) => return Err(edge::unreadable(path, &why)),
        };
        Ok(Self { project, entry, text })
    }

    /// Says how the files of its project are called.
    pub fn call(&mut self, call: impl FnOnce(&mut Project)) {
        call(&mut self.project);
    }

    /// How it is called where its lines are shown.
    pub fn shown(&self) -> String {
        self.project.shown(&self.entry)
    }
}

fn stdin() -> std::result::Result<String, Refusal> {
    project::limited(io::stdin().lock()).and_then(project::decoded)
}

/// What is wrong with a file that is no text.
pub fn no_text(path: String, offset: usize, readable: String) -> Unreadable {
    let start = u32::try_from(offset).unwrap_or(u32::MAX);
    let place = Span::new(Text::FILE, start, start.saturating_add(1));
    let finding = Diagnostic::new(&rules::SYNTAX_ENCODING, place, format!("`{path}` is not UTF-8 text"))
        .label(format!("byte {offset} is the first that is wrong"))
        .help("save the file as UTF-8");
    (Text { path, text: readable }, finding)
}

fn add(inputs: &mut BTreeMap<PathBuf, Input>, file: File) {
    let root = file.project.root().to_owned();
    let input = inputs.entry(root).or_insert_with(|| Input::of(file.project));
    match file.text {
        Err(unreadable) => input.unreadable.push(unreadable),
        Ok(_) if input.entries.contains(&file.entry) => {}
        Ok(text) => {
            input.project.overlay(&file.entry, text);
            input.entries.push(file.entry);
        }
    }
}
