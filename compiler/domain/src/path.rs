//! A path of names separated by slashes. Knows texts only: it touches no disk and follows no link.

use std::fmt;

use crate::Problem;

/// A path on a Unix machine, absolute (`/var/lib/data`) or relative (`conf.d/a.conf`), kept as it is written.
///
/// It is not empty and contains no NUL character; everything else may stand in it. Paths order as texts.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Path(String);

impl Path {
    /// Reads a path.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        if text.is_empty() {
            return Err(
                Problem::new("a path can not be empty").with_help("`.` is the current directory and `/` the topmost")
            );
        }
        if text.contains('\0') {
            return Err(Problem::new(format!("`{}` has a NUL character, which no path can have", text.escape_debug()))
                .with_fix_if(Some(text.replace('\0', "")).filter(|meant| !meant.is_empty())));
        }
        Ok(Self(text.to_owned()))
    }

    /// The path's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// Whether the path begins at the topmost directory.
    pub fn is_absolute(&self) -> bool {
        self.0.starts_with('/')
    }

    /// The last name: `a.conf` in `/etc/a.conf`, `etc` in `/etc/`. None where the path ends in no name: `/`, `.` and `..`.
    pub fn name(&self) -> Option<&str> {
        self.parts().next_back().filter(|name| *name != ".." && *name != ".")
    }

    /// What stands after the last dot of the name: `gz` in `a.tar.gz`. None for a name without a dot or with one at its
    /// beginning only, such as `.profile`.
    pub fn extension(&self) -> Option<&str> {
        let (before, extension) = self.name()?.rsplit_once('.')?;
        (!before.is_empty()).then_some(extension)
    }

    /// The path without its last name, written without needless slashes: `/etc` for `/etc/a.conf`, `/` for `/etc`, `.` for
    /// `a.conf`. None where the path ends in no name.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.name()?;
        let parts: Vec<&str> = self.parts().collect();
        let kept = parts.split_last().map_or_else(String::new, |(_, kept)| kept.join("/"));
        Some(self.rooted(&kept))
    }

    /// The other path seen from this one: an absolute one is itself, a relative one is appended.
    #[must_use]
    pub fn join(&self, other: &Self) -> Self {
        if other.is_absolute() {
            return other.clone();
        }
        let separator = if self.0.ends_with('/') { "" } else { "/" };
        Self(format!("{}{separator}{}", self.0, other.0))
    }

    /// The path without `.`, without needless slashes, and with `..` taken off the name before it, as far as the text tells:
    /// links are not known. `..` at the top of an absolute path is dropped, at the beginning of a relative one it stays.
    #[must_use]
    pub fn normalized(&self) -> Self {
        let mut kept: Vec<&str> = Vec::new();
        for part in self.parts() {
            match (part, kept.last()) {
                (".", _) => {}
                ("..", Some(last)) if *last != ".." => {
                    kept.pop();
                }
                ("..", None) if self.is_absolute() => {}
                _ => kept.push(part),
            }
        }
        self.rooted(&kept.join("/"))
    }

    /// Whether the path is this directory or lies below it, compared as normalized texts.
    pub fn is_under(&self, directory: &Self) -> bool {
        let (path, directory) = (self.normalized(), directory.normalized());
        let mut names = path.parts().filter(|part| *part != ".");
        let mut above = directory.parts().filter(|part| *part != ".");
        let is_inside = above.all(|part| names.next() == Some(part)) && names.next() != Some("..");
        is_inside && path.is_absolute() == directory.is_absolute()
    }

    /// The names between the slashes.
    fn parts(&self) -> impl DoubleEndedIterator<Item = &str> {
        self.0.split('/').filter(|part| !part.is_empty())
    }

    fn rooted(&self, parts: &str) -> Self {
        let root = if self.is_absolute() { "/" } else { "" };
        let text = format!("{root}{parts}");
        Self(if text.is_empty() { ".".to_owned() } else { text })
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, refuses};

    #[test]
    fn text() {
        accepts(Path::parse, "/var/lib/data", "/var/lib/data");
        accepts(Path::parse, "conf.d/a b", "conf.d/a b");
        refuses(Path::parse, "", "can not be empty", None);
        refuses(Path::parse, "a\0b", "`a\\0b` has a NUL", Some("ab"));
    }

    fn check(text: &str, parent: Option<&str>, name: Option<&str>, extension: Option<&str>) {
        let path = Path::parse(text);
        let parent_found = path.as_ref().map(|path| path.parent().map(|parent| parent.to_string()));
        assert_eq!(parent_found, Ok(parent.map(str::to_owned)), "the parent of `{text}`");
        assert_eq!(
            path.as_ref().map(|path| (path.name(), path.extension())),
            Ok((name, extension)),
            "the name in `{text}`"
        );
    }

    #[test]
    fn parts() {
        check("/etc/a.conf", Some("/etc"), Some("a.conf"), Some("conf"));
        check("/etc/", Some("/"), Some("etc"), None);
        check("a.tar.gz", Some("."), Some("a.tar.gz"), Some("gz"));
        check("/", None, None, None);
        check("a/..", None, None, None);
        check(".profile", Some("."), Some(".profile"), None);
    }

    fn check_normalized(text: &str, expected: &str) {
        assert_eq!(Path::parse(text).map(|path| path.normalized().to_string()), Ok(expected.to_owned()));
    }

    #[test]
    fn normalized() {
        check_normalized("/a//b/./c/../d/", "/a/b/d");
        check_normalized("/../a", "/a");
        check_normalized("../../a/..", "../..");
        check_normalized("a/..", ".");
        check_normalized("//", "/");
    }

    fn check_pair<T: PartialEq + fmt::Debug>(one: &str, other: &str, ask: fn(&Path, &Path) -> T, answer: T) {
        let found = Path::parse(one).and_then(|one| Ok(ask(&one, &Path::parse(other)?)));
        assert_eq!(found, Ok(answer), "asking `{one}` and `{other}`");
    }

    #[test]
    fn relations() {
        let joined = |one: &Path, other: &Path| one.join(other).to_string();
        check_pair("/etc", "a.conf", joined, "/etc/a.conf".to_owned());
        check_pair("/etc/", "a.conf", joined, "/etc/a.conf".to_owned());
        check_pair("/etc", "/var", joined, "/var".to_owned());
        check_pair("/etc/a", "/etc", Path::is_under, true);
        check_pair("/etcetera", "/etc", Path::is_under, false);
        check_pair("/etc/../var", "/etc", Path::is_under, false);
        check_pair("/etc", "/", Path::is_under, true);
        check_pair("a", ".", Path::is_under, true);
        check_pair("..a", ".", Path::is_under, true);
        check_pair("../../a", "..", Path::is_under, false);
        check_pair("../a", "..", Path::is_under, true);
        check_pair(".", "..", Path::is_under, false);
        check_pair("../a", ".", Path::is_under, false);
        check_pair("/a", ".", Path::is_under, false);
    }
}
