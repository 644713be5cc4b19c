//! The projects of what is staged, their platforms, and which of these a change concerns.
//!
//! Which files are one platform is decided as `platc check FOLDER` does it: every source is an entry, unless another one
//! imports it. To know this, only imports are read.

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use backend::MANIFEST;
use compiler::import::{self, is_code, is_data, is_pattern};

use crate::edge::{self, Result};
use crate::inputs::{self, Unreadable};
use crate::project::{Kind, LOCK, Project, Refusal, Store};
use crate::settings::{self, Settings};
use crate::staged::{Folder, Staged};

/// A project with something in it that a change may concern.
pub struct Staging {
    /// Its folder, from the root of the repository; empty for that.
    pub folder: String,
    /// Its files, as they are staged.
    pub project: Project,
    /// What it says about itself.
    pub settings: Settings,
    /// The sources that are changed, with what is in them.
    pub changed: Vec<(String, std::result::Result<String, Unreadable>)>,
    /// Its platforms.
    pub platforms: Vec<Platform>,
    /// The trees that were built into it: their directories, from the root of the repository.
    pub trees: Vec<String>,
}

/// A platform: an entry and everything that it imports.
pub struct Platform {
    /// Its entry.
    pub entry: String,
    /// The files that it consists of, from the root of the repository, whether or not they exist.
    members: BTreeSet<String>,
    /// Whether it imports all files of a kind.
    by_pattern: bool,
}

/// The projects that a change may concern.
pub fn concerned(staged: &Rc<Staged>) -> Result<Vec<Staging>> {
    let trees = trees(staged);
    let is_ours = |path: &&String| {
        is_code(path) || is_data(path) || is_settings(path) || trees.iter().any(|tree| is_below(tree, path))
    };
    let roots = roots(staged);
    let mut folders: BTreeSet<&str> = BTreeSet::new();
    for path in staged.changed.iter().filter(is_ours) {
        // A project may read everything below it, other projects, too.
        folders.extend(above(path).filter(|folder| roots.contains(*folder)));
    }
    folders.into_iter().map(|folder| Staging::read(staged, folder, &roots, &trees)).collect()
}

impl Staging {
    fn read(staged: &Rc<Staged>, folder: &str, roots: &BTreeSet<String>, trees: &[String]) -> Result<Self> {
        let files = Folder::of(staged, folder);
        let mut project = Project::stored(&staged.top.join(folder), Box::new(files.clone()));
        let lock = project.read_lock();
        lock.map_err(|why| edge::unreadable(&staged.top.join(folder).join(LOCK), &why))?;
        let is_marked = [settings::FILE, LOCK].iter().any(|mark| files.kind(mark).is_ok());
        let mut sources = BTreeMap::new();
        let own = staged.below(folder).filter(|(path, _)| is_code(path) && root(path, roots) == folder);
        for path in own.filter_map(|(path, _)| within(folder, path)).filter(|path| !is_hidden(path)) {
            if files.kind(path) != Ok(Kind::File) {
                continue;
            }
            let text = source(&project, path)?;
            if is_marked || text.as_ref().is_ok_and(|text| says_so(text)) {
                sources.insert(path.to_owned(), text);
            }
        }
        let platforms = platforms(&project, &files, folder, &sources);
        let is_changed = |path: &String| staged.changed.contains(&joined(folder, path));
        Ok(Self {
            settings: Settings::of(&project),
            changed: sources.into_iter().filter(|(path, _)| is_changed(path)).collect(),
            platforms,
            trees: trees.iter().filter(|tree| root(&joined(tree, MANIFEST), roots) == folder).cloned().collect(),
            folder: folder.to_owned(),
            project,
        })
    }

    /// The path from the root of the repository of one of the project.
    pub fn in_repository(&self, path: &str) -> String {
        joined(&self.folder, path)
    }

    /// The files of its platforms, from the root of the repository.
    pub fn files(&self) -> impl Iterator<Item = String> {
        self.platforms.iter().flat_map(|platform| platform.members.iter().cloned())
    }

    /// Whether a change concerns a platform.
    pub fn concerns(&self, platform: &Platform, staged: &Staged) -> bool {
        let is_gone = |path: &String| !staged.entries.contains_key(path) && (is_code(path) || is_data(path));
        let is_of = |path: &String| {
            platform.members.contains(path)
                || [settings::FILE, LOCK].iter().any(|name| *path == self.in_repository(name))
                || platform.by_pattern && is_gone(path) && is_below(&self.folder, path)
        };
        staged.changed.iter().any(is_of)
    }
}

impl Platform {
    /// Whether a file is a part of it, by its path from the root of the repository.
    pub fn has(&self, path: &str) -> bool {
        self.members.contains(path)
    }
}

/// The text of a source, or what is wrong with it.
fn source(project: &Project, path: &str) -> Result<std::result::Result<String, Unreadable>> {
    match project.read(path) {
        Ok(text) => Ok(Ok(text)),
        Err(Refusal::NotText { offset, readable }) => Ok(Err(inputs::no_text(project.shown(path), offset, readable))),
        Err(why) => Err(edge::unreadable(&project.root().join(path), &why)),
    }
}

/// The platforms of some sources.
fn platforms(
    project: &Project,
    files: &Folder,
    folder: &str,
    sources: &BTreeMap<String, std::result::Result<String, Unreadable>>,
) -> Vec<Platform> {
    let mut imports = BTreeMap::new();
    let mut found: Vec<Platform> = vec![];
    let mut covered: BTreeSet<String> = BTreeSet::new();
    for entry in sources.iter().filter(|(_, text)| text.is_ok()).map(|(path, _)| path) {
        if covered.contains(entry) {
            continue;
        }
        let (reached, by_pattern) = reach(project, entry, &mut imports);
        found.retain(|other| !reached.contains(&other.entry));
        let real = reached.iter().filter_map(|path| files.real(path).ok());
        let members = reached.iter().map(|path| joined(folder, path)).chain(real).collect();
        found.push(Platform { entry: entry.clone(), members, by_pattern });
        covered.extend(reached);
    }
    found
}

/// The files that an entry imports, itself among them, and whether any of them is imported by a pattern.
fn reach(project: &Project, entry: &str, imports: &mut BTreeMap<String, Vec<String>>) -> (BTreeSet<String>, bool) {
    let mut reached = BTreeSet::from([entry.to_owned()]);
    let mut waiting = vec![entry.to_owned()];
    let mut by_pattern = false;
    while let Some(path) = waiting.pop() {
        let read = || import::paths(&path, &project.read(&path).unwrap_or_default());
        let named = imports.entry(path.clone()).or_insert_with(read);
        let mut targets = vec![];
        for target in named.iter() {
            match is_pattern(target) {
                true => targets.extend(project.list(target).unwrap_or_default()),
                false => targets.push(target.clone()),
            }
            by_pattern |= is_pattern(target);
        }
        for target in targets {
            if reached.insert(target.clone()) && is_code(&target) {
                waiting.push(target);
            }
        }
    }
    (reached, by_pattern)
}

/// Where projects begin: the folders with a mark, and the repository.
fn roots(staged: &Staged) -> BTreeSet<String> {
    let marks = staged.entries.keys().filter(|path| is_settings(path));
    let marked = marks.filter_map(|path| above(path).next()).map(str::to_owned);
    marked.chain([String::new()]).collect()
}

/// The directories that a build wrote.
fn trees(staged: &Staged) -> Vec<String> {
    let lists = staged.entries.keys().filter(|path| name(path) == MANIFEST);
    lists.filter_map(|path| above(path).next()).map(str::to_owned).collect()
}

/// The root of the project of a file.
fn root<'p>(path: &'p str, roots: &BTreeSet<String>) -> &'p str {
    above(path).find(|folder| roots.contains(*folder)).unwrap_or_default()
}

/// Whether a text without a mark in its folders says that it is platc's: `.pl` is Perl's, too.
fn says_so(text: &str) -> bool {
    let line = text.lines().next().unwrap_or_default();
    let comment = line.strip_prefix('\u{feff}').unwrap_or(line).strip_prefix("//");
    let word = comment.and_then(|comment| comment.trim_start().strip_prefix("platc"));
    comment.is_some_and(|comment| comment.starts_with('!'))
        || word.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
}

fn is_settings(path: &str) -> bool {
    [settings::FILE, LOCK].contains(&name(path))
}

fn is_hidden(path: &str) -> bool {
    path.split('/').any(|part| part.starts_with('.'))
}

fn name(path: &str) -> &str {
    path.rsplit('/').next().unwrap_or(path)
}

/// The folders that a path is in, from the innermost; the last is the root, which is empty.
pub fn above(path: &str) -> impl Iterator<Item = &str> {
    let folder = |path: &str| path.rfind('/').unwrap_or(0);
    let first = path.get(..folder(path)).unwrap_or_default();
    std::iter::successors(Some(first), move |path| (!path.is_empty()).then(|| path.get(..folder(path)))?)
}

/// Whether a path is in a folder, at any depth.
pub fn is_below(folder: &str, path: &str) -> bool {
    within(folder, path).is_some()
}

/// A path as it is from a folder.
pub fn within<'p>(folder: &str, path: &'p str) -> Option<&'p str> {
    if folder.is_empty() { Some(path) } else { path.strip_prefix(folder)?.strip_prefix('/') }
}

/// A path of a folder, from where the folder is.
pub fn joined(folder: &str, path: &str) -> String {
    if folder.is_empty() { path.to_owned() } else { format!("{folder}/{path}") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_have_folders() {
        assert_eq!(above("a/b/c.pl").collect::<Vec<_>>(), ["a/b", "a", ""]);
        assert_eq!(above("c.pl").collect::<Vec<_>>(), [""]);
        assert_eq!(within("a", "a/b"), Some("b"));
        assert_eq!(within("a", "ab/c"), None);
        assert_eq!(within("", "a/b"), Some("a/b"));
    }

    #[test]
    fn perl_is_not_ours() {
        assert!(says_so("//! A platform.\n") && says_so("// platc\nlet a = 1\n"));
        assert!(!says_so("//\nplatc\n") && !says_so("// platcat\n"));
        assert!(!says_so("#!/usr/bin/perl\n") && !says_so("my $x = 1;\n") && !says_so("// other\n"));
    }
}
