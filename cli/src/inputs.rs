//! From the paths on the command line to the entries of projects.

use std::collections::BTreeMap;
use std::io;
use std::path::{Path, PathBuf};

use crate::edge::{self, Result};
use crate::project::{self, Project};

/// How standard input is called where its lines are shown.
pub const STDIN: &str = "<stdin>";

/// The entries of one project.
pub struct Input {
    /// The project, in which the entries are already read.
    pub project: Project,
    /// Paths of the entries within the project, without repetition.
    pub entries: Vec<String>,
}

impl Input {
    /// No entries, in the project around a directory.
    pub fn empty(directory: &Path) -> Result<Self> {
        let project =
            Project::around(directory).map_err(|error| edge::failed("read", directory, &error))?;
        Ok(Self {
            project,
            entries: vec![],
        })
    }
}

/// The inputs behind some paths, one for each project, in the order of their roots. Every file is read once, so that all
/// stages see the same text.
pub fn gather(paths: &[PathBuf]) -> Result<Vec<Input>> {
    let mut inputs = BTreeMap::new();
    for path in paths {
        if path == Path::new("-") {
            add_text(&mut inputs, Path::new(STDIN), stdin()?)?;
        } else if path.is_dir() {
            for file in sources(path)? {
                add_file(&mut inputs, &file)?;
            }
        } else {
            add_file(&mut inputs, path)?;
        }
    }
    Ok(inputs.into_values().collect())
}

/// The input behind one path.
pub fn one(path: &Path) -> Result<Input> {
    let missing = || {
        miette::miette!(
            "`{}` is a directory, where one file is needed",
            path.display()
        )
        .into()
    };
    if path.is_dir() {
        return Err(missing());
    }
    gather(&[path.to_owned()])?.pop().ok_or_else(missing)
}

/// The sources below a directory. None at all is a mistake: a check of nothing would look like success.
pub fn sources(directory: &Path) -> Result<Vec<PathBuf>> {
    let found =
        project::sources(directory).map_err(|error| edge::failed("read", directory, &error))?;
    if found.is_empty() {
        return Err(miette::miette!("there is no `.pl` file in `{}`", directory.display()).into());
    }
    Ok(found)
}

/// All of standard input.
pub fn stdin() -> Result<String> {
    let text = project::limited(io::stdin().lock()).and_then(project::decoded);
    text.map_err(|why| edge::unreadable(Path::new(STDIN), &why))
}

fn add_file(inputs: &mut BTreeMap<PathBuf, Input>, path: &Path) -> Result<()> {
    let project = Project::of(path).map_err(|error| edge::failed("read", path, &error))?;
    let entry = project
        .entry(path)
        .map_err(|error| edge::failed("read", path, &error))?;
    let text = project
        .read(&entry)
        .map_err(|why| edge::unreadable(path, &why))?;
    add(inputs, project, entry, text);
    Ok(())
}

fn add_text(inputs: &mut BTreeMap<PathBuf, Input>, path: &Path, text: String) -> Result<()> {
    let project = Project::of(path).map_err(|error| edge::failed("read", path, &error))?;
    let entry = project
        .entry(path)
        .map_err(|error| edge::failed("read", path, &error))?;
    add(inputs, project, entry, text);
    Ok(())
}

fn add(inputs: &mut BTreeMap<PathBuf, Input>, project: Project, entry: String, text: String) {
    let root = project.root().to_owned();
    let input = inputs.entry(root).or_insert_with(|| Input {
        project,
        entries: vec![],
    });
    input.project.overlay(&entry, text);
    if !input.entries.contains(&entry) {
        input.entries.push(entry);
    }
}
