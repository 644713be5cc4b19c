//! Writes files so that nobody ever sees half of one.

use std::fs;
use std::io::{self, Write};
use std::path::Path;

/// Replaces a file whole or not at all: a new one beside it takes its place. A symbolic link stays, the file behind it
/// is replaced. The permissions stay. A pipe or a device is no file to replace: it gets the text.
pub fn replace(path: &Path, text: &[u8]) -> io::Result<()> {
    if fs::metadata(path).is_ok_and(|about| !about.is_file() && !about.is_dir()) {
        return fs::OpenOptions::new().write(true).open(path)?.write_all(text);
    }
    let path = if path.exists() { path.canonicalize()? } else { path.to_owned() };
    let directory = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut builder = tempfile::Builder::new();
    builder.prefix(".platc-");
    #[cfg(unix)]
    builder.permissions(std::os::unix::fs::PermissionsExt::from_mode(0o666));
    let mut new = builder.tempfile_in(directory)?;
    new.write_all(text)?;
    if let Ok(about) = fs::metadata(&path) {
        new.as_file().set_permissions(about.permissions())?;
    }
    new.as_file().sync_all()?;
    new.persist(&path)?;
    Ok(())
}
