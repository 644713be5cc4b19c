//! What the two words on the command line name: files, directories, revisions, standard input.

use std::path::{Path, PathBuf};

use super::commit::{self, Checkout};
use crate::edge::Result;
use crate::report::visible;

/// One of the two, on the disk.
pub struct Given {
    /// Where it is; `-` for standard input.
    pub path: PathBuf,
    /// As the user wrote it.
    pub name: String,
    /// What it holds.
    pub holds: Holds,
    /// The revision that it is of, and its path in the repository.
    pub commit: Option<(String, Checkout)>,
}

/// What a file or directory holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Source of platforms.
    Source,
    /// Objects.
    Objects,
    /// Objects and outputs as a build wrote them.
    Tree,
}

/// What a word means before it is read.
enum Word {
    Disk(PathBuf),
    Revision(String, Option<String>),
}

/// Both words. A revision alone means what the other word means, as it was then; two of them mean the working directory.
pub fn both(old: &Path, new: &Path) -> Result<(Given, Given)> {
    if old == Path::new("-") && new == Path::new("-") {
        return Err(miette::miette!("standard input can be one of the two, not both").into());
    }
    let words = (word(old)?, word(new)?);
    let beside = match &words {
        (Word::Disk(path), Word::Revision(_, None)) | (Word::Revision(_, None), Word::Disk(path)) => of_source(path)?,
        (Word::Revision(_, Some(path)), Word::Revision(_, None))
        | (Word::Revision(_, None), Word::Revision(_, Some(path))) => Some(path.clone()),
        _ => None,
    };
    Ok((read(words.0, old, beside.as_deref())?, read(words.1, new, beside.as_deref())?))
}

/// The path of a source within the repository; a tree of objects is not what a revision is compared with.
fn of_source(path: &Path) -> Result<Option<String>> {
    match path == Path::new("-") || holds(path) != Holds::Source {
        true => Ok(None),
        false => commit::within(path).map(Some),
    }
}

fn word(path: &Path) -> Result<Word> {
    if path == Path::new("-") || path.exists() {
        return Ok(Word::Disk(path.to_owned()));
    }
    let text = path.to_string_lossy();
    let (revision, within) = match text.split_once(':') {
        Some((revision, within)) => (revision, Some(within)),
        None => (&*text, None),
    };
    if commit::is_revision(revision)? {
        let within = within.map(in_repository).transpose()?;
        return Ok(Word::Revision(revision.to_owned(), within));
    }
    // Without a repository around, no word names a revision: that is said where one is meant.
    let help = "name a file, a directory, `-`, a revision, or `REVISION:PATH`";
    let shown = visible::line(&text).into_owned();
    if within.is_some() {
        commit::here()?;
        let revision = visible::line(revision).into_owned();
        return Err(miette::miette!(help = help, "there is no revision `{revision}` in the repository around").into());
    }
    match commit::here() {
        Ok(_) => Err(miette::miette!(help = help, "`{shown}` is no file and no revision").into()),
        Err(_) => {
            let help = "there is no git repository around, so it can be no revision either";
            Err(miette::miette!(help = help, "`{shown}` does not exist").into())
        }
    }
}

/// A path as git takes it: from the root of the repository, or with `./` and `../` from the working directory.
fn in_repository(path: &str) -> Result<String> {
    let from = if path.starts_with("./") || path.starts_with("../") || path == "." || path == ".." {
        commit::here()?
    } else {
        String::new()
    };
    let mut parts: Vec<&str> = vec![];
    for part in from.split('/').chain(path.split('/')) {
        match part {
            "" | "." => {}
            ".." => {
                let above = miette::miette!("`{}` leads out of the repository", visible::line(path));
                parts.pop().ok_or(above)?;
            }
            part => parts.push(part),
        }
    }
    Ok(parts.join("/"))
}

fn read(word: Word, given: &Path, beside: Option<&str>) -> Result<Given> {
    let name = given.to_string_lossy().into_owned();
    match word {
        Word::Disk(path) => Ok(Given { holds: holds(&path), path, name, commit: None }),
        Word::Revision(revision, within) => {
            let here = || commit::here().map(|here| here.trim_end_matches('/').to_owned());
            let within = match (within, beside) {
                (Some(within), _) => within,
                (None, Some(beside)) => beside.to_owned(),
                (None, None) => here()?,
            };
            let checkout = commit::checkout(&revision, &within)?;
            let path = checkout.path.clone();
            Ok(Given { holds: holds(&path), path, name, commit: Some((revision, checkout)) })
        }
    }
}

/// What a path holds, by names alone.
fn holds(path: &Path) -> Holds {
    let ends = |path: &Path, endings: &[&str]| {
        path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted))
    };
    if path == Path::new("-") || ends(path, &["yaml", "yml", "json"]) && !path.is_dir() {
        return Holds::Objects;
    }
    if path.join(backend::MANIFEST).is_file() {
        return Holds::Tree;
    }
    match path.is_dir() && !has_source(path) {
        true => Holds::Objects,
        false => Holds::Source,
    }
}

fn has_source(directory: &Path) -> bool {
    crate::project::files(directory, &["pl"]).is_ok_and(|files| !files.is_empty())
}
