//! What must happen on disk so that a directory holds a tree, and what stands against it.
//!
//! A file belongs to platc if the list of an earlier build names it, or if it has the very bytes that this build is going
//! to write. Everything else is foreign. A plan never names a foreign file as one to write or to remove, whatever else it
//! says; and a file of platc that has other bytes than platc wrote is edited: no plan goes over it silently.

use std::collections::{BTreeMap, BTreeSet};

use crate::hash::Hash;
use crate::manifest::{MANIFEST, Manifest};
use crate::path::fold;
use crate::tree::{Mode, Tree, directories};

/// What is at a path.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Entry {
    /// An ordinary file with this content. What it is for is told where it can not be run, and can be known.
    File(Hash, Mode),
    /// A directory, not a link to one.
    Directory,
    /// A link, a socket, or whatever else there is.
    Other,
}

/// What is in a directory, by path: at least everything in it itself and in each directory above a path of the old list or
/// the new tree. The content of a file matters only where such a path leads to it; any other may be told as `Other`.
pub type Disk = BTreeMap<String, Entry>;

/// How a directory comes to hold a tree. All lists are sorted.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct Plan {
    /// Files of the tree that are missing, have other bytes, or can not be run and shall be.
    pub write: Vec<String>,
    /// Files of an earlier build that are no longer in the tree.
    pub remove: Vec<String>,
    /// Those to write or to remove that somebody changed since. The list of files itself is among them if it is damaged.
    pub edited: Vec<String>,
    /// What is not platc's and has the path of a file or directory of the tree, at least to some file systems.
    pub in_the_way: Vec<String>,
    /// Whether the list of files is to be written.
    pub list: Listing,
}

/// Whether the list of files says what the tree is.
#[derive(Clone, Copy, PartialEq, Eq, Default, Debug)]
pub enum Listing {
    /// It does.
    #[default]
    Current,
    /// It does not, or is missing.
    Outdated,
}

impl Plan {
    /// Whether there is nothing to do.
    pub fn is_done(&self) -> bool {
        *self == Plan::default()
    }
}

/// Compares what an earlier build wrote, what is on disk, and what shall be there. `old` is the text of the list of files
/// on disk, if there is one.
pub fn plan(tree: &Tree, old: Option<&str>, disk: &Disk) -> Plan {
    let manifest = Manifest::parse(old.unwrap_or_default());
    let ours = manifest.files.keys().flat_map(|file| directories(file)).collect();
    let view = View { tree, old: &manifest, disk, ours };
    let mut plan = Plan::default();
    for (path, content) in tree.files() {
        view.file(path, Hash::of(content), &mut plan);
    }
    for path in manifest.files.keys().filter(|path| !tree.files().contains_key(*path)) {
        view.stale(path, &mut plan);
    }
    view.list(old, &mut plan);
    plan.in_the_way.extend(view.look_alikes());
    for list in [&mut plan.write, &mut plan.remove, &mut plan.edited, &mut plan.in_the_way] {
        list.sort();
        list.dedup();
    }
    plan
}

struct View<'a> {
    tree: &'a Tree,
    old: &'a Manifest,
    disk: &'a Disk,
    /// The directories above files of an earlier build.
    ours: BTreeSet<&'a str>,
}

impl View<'_> {
    fn file(&self, path: &str, new: Hash, plan: &mut Plan) {
        let blocked = directories(path).find(|above| match self.disk.get(*above) {
            Some(Entry::File(..)) => !self.is_ours(above),
            Some(Entry::Other) => true,
            Some(Entry::Directory) | None => false,
        });
        if let Some(above) = blocked {
            plan.in_the_way.push(above.to_owned());
            return;
        }
        match self.disk.get(path) {
            Some(Entry::File(content, mode)) if *content == new && *mode >= self.tree.mode(path) => return,
            Some(Entry::File(content, _)) if *content == new => {}
            Some(Entry::File(..)) if !self.is_ours(path) => plan.in_the_way.push(path.to_owned()),
            Some(Entry::File(content, _)) if !self.old.wrote(path, content) => plan.edited.push(path.to_owned()),
            Some(Entry::Directory) if self.holds_foreign(path) => plan.in_the_way.push(path.to_owned()),
            Some(Entry::Other) => plan.in_the_way.push(path.to_owned()),
            Some(Entry::File(..) | Entry::Directory) | None => {}
        }
        plan.write.push(path.to_owned());
    }

    /// What is no ordinary file any more was put there by somebody else, and stays.
    fn stale(&self, path: &str, plan: &mut Plan) {
        if let Some(Entry::File(content, _)) = self.disk.get(path) {
            plan.remove.push(path.to_owned());
            if !self.old.wrote(path, content) {
                plan.edited.push(path.to_owned());
            }
        }
    }

    fn list(&self, old: Option<&str>, plan: &mut Plan) {
        if old != Some(Manifest::of(self.tree).text().as_str()) {
            plan.list = Listing::Outdated;
        }
        if !self.old.damaged.is_empty() {
            plan.edited.push(MANIFEST.to_owned());
        }
        if matches!(self.disk.get(MANIFEST), Some(Entry::Directory | Entry::Other)) {
            plan.in_the_way.push(MANIFEST.to_owned());
        }
    }

    /// Foreign entries that some file systems take for one of the tree.
    fn look_alikes(&self) -> impl Iterator<Item = String> {
        let mut names: BTreeMap<String, &str> = BTreeMap::from([(fold(MANIFEST), MANIFEST)]);
        for path in self.tree.files().keys() {
            for path in directories(path).chain([path.as_str()]) {
                names.insert(fold(path), path);
            }
        }
        let foreign = self.disk.keys().filter(|path| match self.disk.get(*path) {
            Some(Entry::Directory) => self.holds_foreign(path),
            Some(Entry::File(..)) => !self.is_ours(path),
            // Also where platc had a file once.
            Some(Entry::Other) | None => true,
        });
        foreign.filter(move |path| names.get(&fold(path)).is_some_and(|name| name != path)).cloned()
    }

    fn is_ours(&self, path: &str) -> bool {
        self.old.files.contains_key(path)
    }

    /// Whether a directory, or something in it, is not of an earlier build.
    fn holds_foreign(&self, path: &str) -> bool {
        let below = format!("{path}/");
        let inside = self.disk.range(below.clone()..).take_while(|(path, _)| path.starts_with(&below));
        !self.ours.contains(path)
            || inside.into_iter().any(|(path, entry)| match entry {
                Entry::File(..) => !self.is_ours(path),
                Entry::Directory => !self.ours.contains(path.as_str()),
                Entry::Other => true,
            })
    }
}
