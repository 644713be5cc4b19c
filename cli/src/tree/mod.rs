//! A tree of files on disk: written whole, or not at all.
//!
//! What is to be done is a [`backend::Plan`]; here it is done, under a lock (`lock`). Where nothing is to be done, nothing
//! is written. There are two ways.
//!
//! # Beside (`exchange`, on Linux)
//!
//! A complete new tree is made in `.platc-new.NAME`, beside the directory `NAME`, and takes its place in one step.
//!
//! | Step | What a kill, an error or a power failure leaves |
//! |---|---|
//! | 1. make `.platc-new.NAME`, closed to others, with an empty `tree` | the old tree; the next build throws the rest away |
//! | 2. make in `tree` each foreign directory, and give each foreign file a second name there; write the new files, give the unchanged ones a second name | the same |
//! | 3. bring all of it to disk | the same |
//! | 4. write `record`: what is platc's in either tree, with its content, and what has two names | the same |
//! | 5. exchange `NAME` and `tree`: one call of the system, which has happened or has not. Where there was no `NAME`, rename | before: the old tree; after: the new one. The next build removes what `tree` is then |
//! | 6. bring the directory above to disk | the new tree, or after a power failure the old one |
//! | 7. remove from `tree`, which is the old one now, what the record knows, the other name of what has two, and its directories; then the record | the new tree; the next build removes the rest |
//!
//! What the record does not know came while we worked: step 7 moves it into the new tree, and where it has no place there,
//! leaves it and says so. So no foreign file is ever without a name. It stays the same file, with its time, owner and
//! rights; directories are made anew, and get these from the old ones.
//!
//! # Within (`within`, everywhere)
//!
//! The other way is taken where the first can not be: the directory is a mount point, or holds one; the working directory is in it
//! (and would be gone from under the user's shell); the directory above can not be written; something foreign can not be
//! given a second name, or a directory not be made as it was; there are very many foreign files; the file system or the
//! system can not exchange.
//!
//! | Step | What a kill, an error or a power failure leaves |
//! |---|---|
//! | 1. make `NAME/.platc-new` with the new files, bring them to disk | the old tree; the next build throws the rest away |
//! | 2. write `record`: which files are to be removed, and which contents may be replaced | before: the old tree; after: what follows |
//! | 3. remove what is stale, and rename each new file to its place; the list of files comes last | some files of the old tree and some of the new one, each of them whole. The next build first finishes this |
//! | 4. remove `NAME/.platc-new` | the new tree; the next build removes the rest |
//!
//! Here, too, only files are replaced that have a content which platc gave them, and no path leads through a link.

#[cfg(target_os = "linux")]
mod carry;
mod disk;
#[cfg_attr(not(target_os = "linux"), path = "no_exchange.rs")]
mod exchange;
mod failure;
mod lock;
mod look;
mod place;
mod record;
mod within;

use std::collections::BTreeSet;
use std::path::Path;

use backend::{Entry, Hash, MANIFEST, Manifest, Plan, Tree};

use crate::report::visible;
use crate::terminal::Terminal;
use failure::Result;
use lock::Share;
use look::Sight;
use place::{Above, Place};
use record::Record;

/// What to do about generated files that somebody edited.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Edited {
    /// Leave them, and everything else with them.
    Keep,
    /// Write over them.
    Overwrite,
}

/// How it went.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Written {
    /// The directory holds the tree.
    Done,
    /// Something stands against it, and nothing was written.
    Refused(Plan),
}

/// Which of the two ways was gone.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Attempt {
    Done,
    Impossible,
}

/// What is about to happen.
struct Change<'a> {
    tree: &'a Tree,
    list: String,
    plan: Plan,
    sight: Sight,
}

/// Makes a directory hold a tree.
pub fn write(path: &Path, tree: &Tree, edited: Edited, terminal: &Terminal) -> Result<Written> {
    let place = Place::of(path, Above::Make)?;
    let _lock = lock::take(&place, Share::Alone, terminal)?;
    exchange::finish(&place)?;
    within::finish(&place)?;
    let (sight, plan) = compare(&place, tree)?;
    if plan.is_done() {
        return Ok(Written::Done);
    }
    if !plan.in_the_way.is_empty() || edited == Edited::Keep && !plan.edited.is_empty() {
        return Ok(Written::Refused(plan));
    }
    let change = Change { tree, list: Manifest::of(tree).text(), plan, sight };
    if exchange::write(&place, &change)? == Attempt::Impossible {
        within::write(&place, &change)?;
    }
    Ok(Written::Done)
}

/// What would have to happen for a directory to hold a tree. Writes nothing.
pub fn check(path: &Path, tree: &Tree, terminal: &Terminal) -> Result<Plan> {
    let place = Place::of(path, Above::Leave)?;
    let _lock = lock::take(&place, Share::Readers, terminal)?;
    Ok(compare(&place, tree)?.1)
}

fn compare(place: &Place, tree: &Tree) -> Result<(Sight, Plan)> {
    let sight = look::look(&place.directory, tree)?;
    let plan = backend::plan(tree, sight.list.as_deref(), &sight.disk);
    Ok((sight, plan))
}

impl Change<'_> {
    /// What the next build must know if this one does not come to its end.
    fn record(&self) -> Record {
        let mut record = Record::default();
        for path in &self.sight.files {
            let new = match path.as_str() {
                MANIFEST => Some(Hash::of(self.list.as_bytes())),
                path => self.tree.files().get(path).map(|content| Hash::of(content)),
            };
            let old = match self.sight.disk.get(path) {
                Some(Entry::File(content, _)) => Some(*content),
                _ => None,
            };
            let contents: BTreeSet<Hash> = new.into_iter().chain(old).collect();
            if !contents.is_empty() {
                record.own.insert(path.into(), contents);
            }
        }
        record.removed = self.plan.remove.iter().map(Into::into).collect();
        record
    }
}

/// A path as it is written in messages.
pub fn shown(path: &Path) -> String {
    format!("`{}`", visible::line(&path.to_string_lossy()))
}
