//! Paths within a project, by their text alone.

use std::path::{Component, Path};

use super::Refusal;

/// The same path without `.` and `..`. One that leads above the root is refused.
pub fn normal(path: &str) -> Result<String, Refusal> {
    if path.starts_with('/') || Path::new(path).is_absolute() {
        return Err(Refusal::OutsideRoot);
    }
    let mut parts: Vec<&str> = vec![];
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop().ok_or(Refusal::OutsideRoot)?;
            }
            part if is_plain(part) => parts.push(part),
            _ => return Err(Refusal::OutsideRoot),
        }
    }
    Ok(parts.join("/"))
}

/// Whether the system, too, sees one plain name in this part: on Windows `a\b` and `c:` are none.
fn is_plain(part: &str) -> bool {
    let mut components = Path::new(part).components();
    matches!((components.next(), components.next()), (Some(Component::Normal(_)), None))
}

/// A relative path with `/` between its parts.
pub fn slashed(path: &Path) -> Option<String> {
    let parts: Option<Vec<&str>> = path.components().map(|component| component.as_os_str().to_str()).collect();
    parts.map(|parts| parts.join("/"))
}

/// A path as it is written from a directory. Both are absolute.
pub fn from_directory(directory: &Path, path: &Path) -> Option<String> {
    let common = directory.ancestors().find(|ancestor| path.starts_with(ancestor))?;
    let ups = directory.strip_prefix(common).ok()?.components().count();
    let rest = slashed(path.strip_prefix(common).ok()?)?;
    Some(format!("{}{rest}", "../".repeat(ups)))
}
