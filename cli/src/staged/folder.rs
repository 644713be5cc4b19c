//! A folder of what is staged, as the files of a project. Links are followed by what they say, within what is staged alone.

use std::collections::VecDeque;
use std::rc::Rc;

use super::{Staged, What};
use crate::project::{Kind, Refusal, Store};

/// As many links lead into each other as the system would follow.
const MOST_LINKS: usize = 40;

/// A folder, by its path from the root of the repository.
#[derive(Clone, Debug)]
pub struct Folder {
    staged: Rc<Staged>,
    path: String,
}

impl Folder {
    /// A folder of what is staged; empty for all of it.
    pub fn of(staged: &Rc<Staged>, path: &str) -> Self {
        Self { staged: Rc::clone(staged), path: path.to_owned() }
    }

    /// The path from the root of the repository that a path below the folder really is.
    pub fn real(&self, path: &str) -> Result<String, Refusal> {
        let mut waiting: VecDeque<String> = parts(&self.path).chain(parts(path)).map(str::to_owned).collect();
        let (mut real, mut links) = (String::new(), 0);
        while let Some(part) = waiting.pop_front() {
            if part == ".." {
                let above = real.rfind('/').unwrap_or(0);
                if real.is_empty() {
                    return Err(Refusal::OutsideRoot);
                }
                real.truncate(above);
                continue;
            }
            let next = if real.is_empty() { part } else { format!("{real}/{part}") };
            match self.staged.entries.get(&next) {
                Some(entry) if entry.what == What::Link => {
                    links += 1;
                    let target = self.staged.content(entry)?;
                    let target = String::from_utf8(target).map_err(|_| Refusal::NotFound)?;
                    if links > MOST_LINKS {
                        return Err(Refusal::Unreadable("its links lead to each other".to_owned()));
                    }
                    if target.starts_with('/') {
                        return Err(Refusal::OutsideRoot);
                    }
                    parts(&target).rev().for_each(|part| waiting.push_front(part.to_owned()));
                }
                Some(_) if !waiting.is_empty() => return Err(Refusal::NotFound),
                Some(_) => real = next,
                None if self.staged.is_directory(&next) => real = next,
                None => return Err(Refusal::NotFound),
            }
        }
        let is_inside = self.path.is_empty() || real == self.path || real.starts_with(&format!("{}/", self.path));
        if is_inside { Ok(real) } else { Err(Refusal::OutsideRoot) }
    }
}

impl Store for Folder {
    fn bytes(&self, path: &str) -> Result<Vec<u8>, Refusal> {
        let real = self.real(path)?;
        match self.staged.entries.get(&real) {
            Some(entry) if entry.what != What::Repository => self.staged.content(entry),
            _ => Err(Refusal::Directory),
        }
    }

    fn kind(&self, path: &str) -> Result<Kind, Refusal> {
        let real = self.real(path)?;
        let entry = self.staged.entries.get(&real);
        Ok(if entry.is_some_and(|entry| entry.what != What::Repository) { Kind::File } else { Kind::Directory })
    }

    fn is_own_directory(&self, path: &str) -> Result<bool, Refusal> {
        let whole = if self.path.is_empty() { path.to_owned() } else { format!("{}/{path}", self.path) };
        Ok(self.staged.is_directory(&whole))
    }

    fn names(&self, directory: &str) -> Result<Vec<String>, Refusal> {
        let real = match self.real(directory) {
            Err(Refusal::NotFound) => return Ok(vec![]),
            real => real?,
        };
        let begin = if real.is_empty() { 0 } else { real.len() + 1 };
        let within = self.staged.below(&real).filter_map(|(path, _)| path.get(begin..));
        let mut names: Vec<String> =
            within.map(|path| path.split_once('/').map_or(path, |(name, _)| name).to_owned()).collect();
        // `a.b/c` stands between `a` and `a/b`.
        names.sort();
        names.dedup();
        Ok(names)
    }
}

/// The parts of a path. A path that leads above the repository keeps its `..`.
fn parts(path: &str) -> impl DoubleEndedIterator<Item = &str> {
    path.split('/').filter(|part| !part.is_empty() && *part != ".")
}
