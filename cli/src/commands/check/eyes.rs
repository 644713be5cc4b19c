//! Notices that files change. What changed is not asked: whoever is told looks at all files, so that no event can be missed.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, Sender, channel};
use std::thread;
use std::time::{Duration, Instant, SystemTime};

use notify::event::{AccessKind, AccessMode};
use notify::{Event, EventKind, RecommendedWatcher, RecursiveMode, Watcher};

use crate::project;

/// So long nothing more happens when an editor has saved a file, or git has changed many.
const QUIET: Duration = Duration::from_millis(30);
/// So long is waited at most for that.
const PATIENCE: Duration = Duration::from_millis(500);
/// How often files are looked at where nobody tells.
const PACE: Duration = Duration::from_millis(500);
/// The files that a platform can consist of.
const ENDINGS: [&str; 6] = ["pl", "json", "yaml", "yml", "toml", "lock"];

/// Who tells of changes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// The system.
    Told,
    /// Nobody: the files are looked at again and again.
    Asking,
}

/// Whoever notices changes.
pub struct Eyes {
    folders: Vec<PathBuf>,
    told: Option<Told>,
    /// What the files were like when they were last looked at, where nobody tells.
    seen: Look,
}

/// The files that a platform can consist of, with when they were changed and how long they are.
type Look = BTreeMap<PathBuf, (Option<SystemTime>, u64)>;

/// The system, as it tells of changes.
struct Told {
    _watcher: RecommendedWatcher,
    changes: Receiver<()>,
}

impl Eyes {
    /// Watches what is named and the projects around it. Where the system does not tell of changes, or not of so many directories,
    /// they are looked for.
    pub fn on(paths: &[PathBuf], way: Way) -> Self {
        let folders = folders(paths);
        let told = if way == Way::Told { Told::of(&folders) } else { None };
        let seen = if told.is_none() { look(&folders) } else { Look::new() };
        Self { folders, told, seen }
    }

    /// Waits until something has changed, and for a moment nothing more does.
    pub fn wait(&mut self) {
        if let Some(Told { changes, .. }) = &self.told {
            let is_told = changes.recv().is_ok();
            let began = Instant::now();
            while is_told && began.elapsed() < PATIENCE && changes.recv_timeout(QUIET).is_ok() {}
            if is_told {
                return;
            }
            self.told = None;
        }
        loop {
            thread::sleep(PACE);
            let now = look(&self.folders);
            if now != self.seen {
                self.seen = now;
                return;
            }
        }
    }
}

impl Told {
    fn of(folders: &[PathBuf]) -> Option<Self> {
        let (sender, changes) = channel();
        let mut watcher = notify::recommended_watcher(teller(sender)).ok()?;
        folders.iter().try_for_each(|folder| watcher.watch(folder, RecursiveMode::Recursive)).ok()?;
        Some(Self { _watcher: watcher, changes })
    }
}

fn look(folders: &[PathBuf]) -> Look {
    let files = folders.iter().flat_map(|folder| project::readable_files(folder, &ENDINGS));
    let seen = files.filter_map(|path| {
        let about = path.metadata().ok()?;
        Some((path, (about.modified().ok(), about.len())))
    });
    seen.collect()
}

/// The folders that are watched with everything below them: the roots of the projects, or what is named.
fn folders(paths: &[PathBuf]) -> Vec<PathBuf> {
    let mut folders: Vec<PathBuf> = vec![];
    for path in paths {
        let folder = if path.is_dir() { Some(path.as_path()) } else { path.parent() };
        let folder = folder.filter(|folder| !folder.as_os_str().is_empty()).unwrap_or(Path::new("."));
        folders.extend(folder.canonicalize().map(|folder| project::root_of(&folder)));
    }
    folders.sort();
    // What is in another one is watched with it.
    folders.dedup_by(|next, before| next.starts_with(before));
    folders
}

fn teller(sender: Sender<()>) -> impl Fn(notify::Result<Event>) + Send {
    move |event| {
        // An error is that something was missed.
        if event.is_ok_and(|event| !concerns(&event)) {
            return;
        }
        // Nobody listens any more when the command ends.
        let _ = sender.send(());
    }
}

/// Whether a file of a platform may have changed. To read one is no change, or every check would cause the next.
fn concerns(event: &Event) -> bool {
    let is_read = matches!(event.kind, EventKind::Access(kind) if kind != AccessKind::Close(AccessMode::Write));
    !is_read && (event.paths.is_empty() || event.need_rescan() || event.paths.iter().any(|path| is_of_platform(path)))
}

/// A file that a platform can consist of; what has no ending may be a directory.
fn is_of_platform(path: &Path) -> bool {
    let is_git = path.components().any(|part| part.as_os_str() == ".git");
    let ending = path.extension().map(|ending| ending.to_string_lossy());
    !is_git && ending.is_none_or(|ending| ENDINGS.contains(&&*ending))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_files_of_platforms_matter() {
        for path in ["/a/main.pl", "/a/rows.json", "/a/platc.lock", "/a/teams"] {
            assert!(is_of_platform(Path::new(path)), "{path}");
        }
        for path in ["/a/.git/index.lock", "/a/.main.pl.swp", "/a/notes.txt"] {
            assert!(!is_of_platform(Path::new(path)), "{path}");
        }
    }

    #[test]
    fn reading_is_no_change() {
        let event = |kind| Event::new(kind).add_path(PathBuf::from("/a/main.pl"));
        assert!(!concerns(&event(EventKind::Access(AccessKind::Read))));
        assert!(!concerns(&event(EventKind::Access(AccessKind::Open(AccessMode::Read)))));
        assert!(concerns(&event(EventKind::Access(AccessKind::Close(AccessMode::Write)))));
        assert!(concerns(&event(EventKind::Create(notify::event::CreateKind::File))));
    }
}
