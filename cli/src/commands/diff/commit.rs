//! A revision of the repository around, read into a directory of its own. The work tree and the index are never touched.

use std::fs;
use std::io::{Read, Write};
use std::path::{Component, Path, PathBuf};
use std::thread;

use tempfile::TempDir;

use crate::edge::Result;
use crate::git::{git, said, start};
use crate::report::visible;

/// Files of these kinds are read; nothing else is part of a platform or of a tree of objects.
const ENDINGS: [&str; 5] = ["pl", "yaml", "yml", "json", "toml"];
/// Files of these names, which say where a project begins and what platc wrote.
const NAMES: [&str; 2] = ["platc.lock", ".platc-tree"];
/// Nobody writes so much by hand.
const MOST: u64 = 512 << 20;

/// A revision on the disk.
pub struct Checkout {
    /// Where it is, as long as this lives.
    pub directory: TempDir,
    /// What is compared, in there.
    pub path: PathBuf,
    /// Its path within the repository.
    pub within: String,
}

/// Whether a word names a revision of the repository around.
pub fn is_revision(name: &str) -> Result<bool> {
    if name.is_empty() || name.starts_with('-') {
        return Ok(false);
    }
    Ok(git(&["rev-parse", "--verify", "--quiet", &format!("{name}^{{tree}}")])?.0)
}

/// The path within the repository of a path of the disk.
pub fn within(path: &Path) -> Result<String> {
    let top = fs::canonicalize(top()?).map_err(|error| miette::miette!("can not read the repository: {error}"))?;
    let real = fs::canonicalize(path).map_err(|error| miette::miette!("can not read `{}`: {error}", path.display()))?;
    let within = real.strip_prefix(&top).map_err(|_| {
        let shown = path.display().to_string();
        miette::miette!("`{}` is not in the repository around", visible::line(&shown))
    })?;
    Ok(within.to_string_lossy().replace('\\', "/"))
}

/// The working directory within the repository: empty, or with a stroke at its end.
pub fn here() -> Result<String> {
    Ok(said(&["rev-parse", "--show-prefix"])?.trim_end_matches('\n').to_owned())
}

fn top() -> Result<PathBuf> {
    Ok(PathBuf::from(said(&["rev-parse", "--show-toplevel"])?.trim_end_matches('\n')))
}

/// Reads what a platform at a path can need.
pub fn checkout(revision: &str, within: &str) -> Result<Checkout> {
    let tree = said(&["rev-parse", "--verify", "--quiet", &format!("{revision}^{{tree}}")])?;
    let files = list(tree.trim())?;
    let inside = format!("{within}/");
    let is_there = |file: &File| within.is_empty() || file.path == within || file.path.starts_with(&inside);
    if !files.iter().any(is_there) {
        let (shown, revision) = (visible::line(within), visible::line(revision));
        let help = format!("`git ls-tree -r --name-only {revision}` lists what is there");
        return Err(miette::miette!(help = help, "`{shown}` is not in `{revision}`").into());
    }
    let root = root(&files, within);
    let wanted: Vec<&File> =
        files.iter().filter(|file| file.path.starts_with(&root) && is_wanted(&file.path)).collect();
    if wanted.iter().map(|file| file.size).sum::<u64>() > MOST {
        return Err(
            miette::miette!("what `{}` holds is larger than {} MiB", visible::line(revision), MOST >> 20).into()
        );
    }
    let failed = |error: std::io::Error| miette::miette!("can not write a revision for reading it: {error}");
    let directory = tempfile::Builder::new().prefix("platc-diff-").tempdir().map_err(failed)?;
    // The root of the repository is one of a project, and nothing above it is.
    fs::write(directory.path().join(".git"), "").map_err(failed)?;
    unpack(&wanted, directory.path())?;
    let path = directory.path().join(within);
    Ok(Checkout { directory, path, within: within.to_owned() })
}

/// A file of a revision.
struct File {
    path: String,
    id: String,
    size: u64,
    is_link: bool,
}

/// All files of a tree. What is no file, or has a path that is no text, is left out.
fn list(tree: &str) -> Result<Vec<File>> {
    let (_, listed) = git(&["ls-tree", "-r", "-z", "-l", "--full-tree", tree])?;
    let one = |entry: &[u8]| {
        let entry = std::str::from_utf8(entry).ok()?;
        let (about, path) = entry.split_once('\t')?;
        let mut words = about.split_ascii_whitespace();
        let (mode, kind, id, size) = (words.next()?, words.next()?, words.next()?, words.next()?);
        let is_plain = Path::new(path).components().all(|part| matches!(part, Component::Normal(_)));
        (kind == "blob" && is_plain).then(|| File {
            path: path.to_owned(),
            id: id.to_owned(),
            size: size.parse().unwrap_or(0),
            is_link: mode == "120000",
        })
    };
    Ok(listed.split(|byte| *byte == 0).filter_map(one).collect())
}

/// Where the project around a path begins.
fn root(files: &[File], within: &str) -> String {
    let is_mark = |directory: &str| {
        let mark = |name: &str| format!("{directory}{name}");
        let marks = [mark("platc.toml"), mark("platc.lock")];
        files.iter().any(|file| marks.contains(&file.path))
    };
    let mut directory = format!("{within}/");
    loop {
        if is_mark(&directory) {
            return directory;
        }
        match directory.trim_end_matches('/').rsplit_once('/') {
            Some((above, _)) => directory = format!("{above}/"),
            None => return String::new(),
        }
    }
}

fn is_wanted(path: &str) -> bool {
    let name = path.rsplit('/').next().unwrap_or(path);
    NAMES.contains(&name) || name.rsplit_once('.').is_some_and(|(_, ending)| ENDINGS.contains(&ending))
}

/// Writes files below a directory.
fn unpack(files: &[&File], directory: &Path) -> Result<()> {
    let mut child = start(&["cat-file", "--batch"])?;
    let mut input = child.stdin.take();
    let ids: String = files.iter().map(|file| format!("{}\n", file.id)).collect();
    // Both ends have a buffer: who only writes waits for ever.
    let asking = thread::spawn(move || input.as_mut().map(|input| input.write_all(ids.as_bytes())));
    let mut output = child.stdout.take().map(std::io::BufReader::new);
    let mut done = Ok(());
    for file in files {
        done = match output.as_mut() {
            Some(output) => one(output, file, directory),
            None => Err(std::io::Error::other("git says nothing")),
        };
        if done.is_err() {
            break;
        }
    }
    drop(output);
    // Whoever stopped reading ends the other side with it.
    let _ = asking.join();
    let _ = child.wait();
    done.map_err(|error| miette::miette!("can not read the revision: {error}").into())
}

fn one(output: &mut impl std::io::BufRead, file: &File, directory: &Path) -> std::io::Result<()> {
    let mut head = String::new();
    output.read_line(&mut head)?;
    let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
    let Some(size) = size else {
        return Err(std::io::Error::other(format!("`{}` is not in the repository", visible::line(&file.path))));
    };
    let mut bytes = vec![];
    output.take(size).read_to_end(&mut bytes)?;
    output.read_exact(&mut [0])?;
    let path = directory.join(&file.path);
    if let Some(parent) = path.parent() {
        fs::create_dir_all(parent)?;
    }
    if file.is_link { link(&bytes, &path) } else { fs::write(path, bytes) }
}

/// A link stays one: what it leads to is read by the rules for links.
#[cfg(unix)]
fn link(target: &[u8], path: &Path) -> std::io::Result<()> {
    use std::os::unix::ffi::OsStrExt;
    std::os::unix::fs::symlink(std::ffi::OsStr::from_bytes(target), path)
}

#[cfg(not(unix))]
fn link(target: &[u8], path: &Path) -> std::io::Result<()> {
    fs::write(path, target)
}
