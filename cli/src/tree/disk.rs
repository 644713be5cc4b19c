//! The few things that both ways of writing do on disk.

use std::fs::{self, File};
use std::io::{self, Write};
use std::path::Path;

use backend::Mode;

use super::failure::{Failure, Result, to};
use super::record::{NAMES, Record, TREE};

/// From this many on, the whole file system is brought to disk at once instead of one file after the other.
const MANY: usize = 64;

/// Begins a place of work, which nobody else looks into.
pub fn begin(work: &Path) -> Result {
    let mut directory = fs::DirBuilder::new();
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut directory, 0o700);
    directory.create(work).map_err(to("create", work))?;
    let tree = work.join(TREE);
    fs::create_dir(&tree).map_err(to("create", &tree))
}

/// Writes a file that does not exist yet. It gets the permissions of the one that it is going to replace, and can be run
/// where it is meant to be.
pub fn write(path: &Path, content: &[u8], mode: Mode, old: &Path) -> Result {
    let write = || {
        let mut file = File::create_new(path)?;
        file.write_all(content)?;
        if let Ok(about) = fs::symlink_metadata(old)
            && about.is_file()
        {
            file.set_permissions(about.permissions())?;
        }
        if mode == Mode::Executable { make_executable(&file) } else { Ok(()) }
    };
    write().map_err(to("write", path))
}

#[cfg(unix)]
fn make_executable(file: &File) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = file.metadata()?.permissions().mode();
    file.set_permissions(fs::Permissions::from_mode(super::look::executable(mode)))
}

#[cfg(not(unix))]
fn make_executable(_: &File) -> io::Result<()> {
    Ok(())
}

/// Makes the directories above a path below `root`.
pub fn make_above(root: &Path, path: &Path) -> Result {
    match path.parent() {
        Some(above) => fs::create_dir_all(root.join(above)).map_err(to("create", &root.join(above))),
        None => Ok(()),
    }
}

/// Brings files and directories below `root` to disk: what is there after this, is there after the power failed.
pub fn sync<'p>(root: &Path, paths: impl ExactSizeIterator<Item = &'p Path>) -> Result {
    if paths.len() >= MANY && sync_all(root)? {
        return Ok(());
    }
    for path in paths {
        let path = root.join(path);
        sync_one(&path).map_err(to("write", &path))?;
    }
    Ok(())
}

/// Brings a directory to disk: its names, not what they lead to.
pub fn sync_directory(path: &Path) -> Result {
    sync_one(path).map_err(to("write", path))
}

#[cfg(unix)]
fn sync_one(path: &Path) -> io::Result<()> {
    match File::open(path)?.sync_all() {
        // Some file systems have nothing to do for a directory, and say so.
        Err(error) if error.kind() == io::ErrorKind::InvalidInput => Ok(()),
        result => result,
    }
}

/// Directories can not be opened here; the system writes them in order.
#[cfg(not(unix))]
fn sync_one(path: &Path) -> io::Result<()> {
    if path.is_dir() { Ok(()) } else { File::options().write(true).open(path)?.sync_all() }
}

#[cfg(target_os = "linux")]
fn sync_all(root: &Path) -> Result<bool> {
    let sync = || Ok(rustix::fs::syncfs(File::open(root)?)?);
    sync().map(|()| true).map_err(to("write", root))
}

#[cfg(not(target_os = "linux"))]
fn sync_all(_: &Path) -> Result<bool> {
    Ok(false)
}

/// Whether there is a place of work of an earlier build. What only has its name is none, and stands in the way.
pub fn is_left(work: &Path) -> Result<bool> {
    match fs::symlink_metadata(work) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(false),
        Err(error) => return Err(to("read", work)(error)),
        Ok(about) if about.is_dir() => {}
        Ok(_) => return Err(foreign(work)),
    }
    for entry in fs::read_dir(work).map_err(to("read", work))? {
        let name = entry.map_err(to("read", work))?.file_name();
        if !NAMES.iter().any(|known| name == *known) {
            return Err(foreign(work));
        }
    }
    Ok(true)
}

fn foreign(work: &Path) -> Failure {
    Failure::new("work in", work, "it is not of platc, which makes new files there: move it away")
}

/// Removes a place of work with everything in it. The record goes last: without it, everything may go.
pub fn discard(work: &Path) -> Result {
    remove(&work.join(TREE))?;
    if Record::read(work)?.is_some() {
        Record::remove(work)?;
    }
    remove(work)
}

/// Removes a directory and what is in it, also what is closed to us. Other names of the files stay.
fn remove(directory: &Path) -> Result {
    let Ok(entries) = list(directory)? else { return Ok(()) };
    for entry in entries {
        let path = entry.path();
        if entry.file_type().map_err(to("read", &path))?.is_dir() {
            remove(&path)?;
        } else {
            fs::remove_file(&path).map_err(to("remove", &path))?;
        }
    }
    fs::remove_dir(directory).map_err(to("remove", directory))
}

/// There is no such directory.
pub struct Absent;

/// The entries of a directory of a place of work, opened to us if need be.
pub fn list(directory: &Path) -> Result<std::result::Result<Vec<fs::DirEntry>, Absent>> {
    match fs::symlink_metadata(directory) {
        Ok(about) if about.is_dir() => open(directory, about.permissions()).map_err(to("open", directory))?,
        Ok(_) => return Err(foreign(directory)),
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Err(Absent)),
        Err(error) => return Err(to("read", directory)(error)),
    }
    let entries = fs::read_dir(directory).and_then(Iterator::collect).map_err(to("read", directory))?;
    Ok(Ok(entries))
}

#[cfg(unix)]
fn open(directory: &Path, permissions: fs::Permissions) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    const OURS: u32 = 0o700;
    let mode = permissions.mode();
    if mode & OURS == OURS {
        return Ok(());
    }
    fs::set_permissions(directory, PermissionsExt::from_mode(mode | OURS))
}

#[cfg(not(unix))]
fn open(_: &Path, _: fs::Permissions) -> io::Result<()> {
    Ok(())
}
