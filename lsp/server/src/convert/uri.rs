//! Names of documents: `file:` with everything that paths can hold, `platc:` for what the compiler writes, `untitled:` for what is
//! on no disk.

use std::path::{Path, PathBuf};

/// What a name means.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Name {
    /// A file.
    File(PathBuf),
    /// A text of the compiler's own, by its path there: `std:prelude.pl`.
    Own(String),
    /// Something else, such as a text that was never saved.
    Other(String),
}

/// The scheme of what the compiler writes.
pub const OWN: &str = "platc:";

impl Name {
    /// What a name means.
    pub fn of(uri: &str) -> Self {
        if let Some(rest) = uri.strip_prefix(OWN) {
            return Name::Own(own(&decoded(rest)));
        }
        let Some(rest) = strip_scheme(uri, "file:") else {
            return Name::Other(uri.to_owned());
        };
        let path = match rest.strip_prefix("//") {
            None => decoded(rest),
            Some(rest) => match rest.split_once('/') {
                Some(("" | "localhost", path)) => decoded(&format!("/{path}")),
                // A share of Windows, `//server/share/file`.
                Some((server, path)) => decoded(&format!("//{server}/{path}")),
                None => return Name::Other(uri.to_owned()),
            },
        };
        Name::File(PathBuf::from(without_slash_of_drive(&path)))
    }
}

fn strip_scheme<'u>(uri: &'u str, scheme: &str) -> Option<&'u str> {
    let (head, rest) = uri.split_at_checked(scheme.len())?;
    head.eq_ignore_ascii_case(scheme).then_some(rest)
}

/// `/c:/folder` is `C:/folder`: editors write drives either way, and encode the colon or do not.
fn without_slash_of_drive(path: &str) -> String {
    match path.as_bytes() {
        [b'/', drive, b':', ..] if drive.is_ascii_alphabetic() => {
            format!("{}{}", drive.to_ascii_uppercase() as char, path.get(2..).unwrap_or_default())
        }
        _ => path.to_owned(),
    }
}

/// `/std/prelude.pl` is the module `std:prelude.pl`; anything else stays a path.
fn own(path: &str) -> String {
    let path = path.trim_start_matches('/');
    match path.strip_prefix("std/") {
        Some(module) => format!("std:{module}"),
        None => path.to_owned(),
    }
}

/// The name of a file.
pub fn of_path(path: &Path) -> String {
    let text = path.to_string_lossy().replace('\\', "/");
    let text = text.strip_prefix("//?/").unwrap_or(&text);
    match text.strip_prefix("//") {
        Some(share) => format!("file://{}", encoded(share)),
        None if text.starts_with('/') => format!("file://{}", encoded(text)),
        None => format!("file:///{}", encoded(text)),
    }
}

/// The name of a text of the compiler's own.
pub fn of_own(path: &str) -> String {
    match path.strip_prefix("std:") {
        Some(module) => format!("{OWN}/std/{}", encoded(module)),
        None => format!("{OWN}/{}", encoded(path)),
    }
}

/// A path as it stands in a name.
pub fn encoded(path: &str) -> String {
    let mut out = String::with_capacity(path.len());
    for byte in path.bytes() {
        match byte {
            b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' | b'~' | b'/' => out.push(byte as char),
            _ => out.push_str(&format!("%{byte:02X}")),
        }
    }
    out
}

/// The path that stands in a name. What is no encoding stands for itself.
fn decoded(text: &str) -> String {
    let text = text.split(['?', '#']).next().unwrap_or(text);
    let bytes = text.as_bytes();
    let mut out = Vec::with_capacity(bytes.len());
    let mut at = 0;
    while let Some(byte) = bytes.get(at) {
        let digit = |at: usize| bytes.get(at).and_then(|digit| (*digit as char).to_digit(16));
        match (byte, digit(at + 1), digit(at + 2)) {
            (b'%', Some(high), Some(low)) => {
                out.push((high * 16 + low) as u8);
                at += 3;
            }
            _ => {
                out.push(*byte);
                at += 1;
            }
        }
    }
    String::from_utf8_lossy(&out).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(path: &str) -> Name {
        Name::File(PathBuf::from(path))
    }

    #[test]
    fn files() {
        assert_eq!(Name::of("file:///home/u/a.pl"), file("/home/u/a.pl"));
        assert_eq!(Name::of("file:///a%20b/%C3%A9%23%3F%25.pl"), file("/a b/é#?%.pl"));
        assert_eq!(Name::of("file://localhost/a.pl"), file("/a.pl"));
        assert_eq!(Name::of("file:/a.pl"), file("/a.pl"));
        assert_eq!(Name::of("FILE:///a.pl"), file("/a.pl"));
        assert_eq!(Name::of("file:///a%ZZ.pl"), file("/a%ZZ.pl"));
    }

    #[test]
    fn files_of_windows() {
        assert_eq!(Name::of("file:///c%3A/a/b.pl"), file("C:/a/b.pl"));
        assert_eq!(Name::of("file:///C:/a/b.pl"), file("C:/a/b.pl"));
        assert_eq!(Name::of("file://server/share/b.pl"), file("//server/share/b.pl"));
        assert_eq!(of_path(Path::new("C:\\a b\\c.pl")), "file:///C%3A/a%20b/c.pl");
        assert_eq!(of_path(Path::new("\\\\?\\C:\\a.pl")), "file:///C%3A/a.pl");
        assert_eq!(of_path(Path::new("\\\\server\\share\\a.pl")), "file://server/share/a.pl");
    }

    #[test]
    fn others() {
        assert_eq!(Name::of("platc:/std/prelude.pl"), Name::Own("std:prelude.pl".into()));
        assert_eq!(
            Name::of("platc:///std/k8s/apps/v1/Deployment.pl"),
            Name::Own("std:k8s/apps/v1/Deployment.pl".into())
        );
        assert_eq!(of_own("std:prelude.pl"), "platc:/std/prelude.pl");
        assert_eq!(Name::of("untitled:Untitled-1"), Name::Other("untitled:Untitled-1".into()));
        assert_eq!(Name::of(""), Name::Other(String::new()));
        assert_eq!(Name::of("é"), Name::Other("é".into()));
    }

    #[test]
    fn what_is_written_is_read_back() {
        for path in ["/a b/ü/%41/#?&=+.pl", "/x/🦀.pl", "/", "/a//b"] {
            assert_eq!(Name::of(&of_path(Path::new(path))), file(path));
        }
    }
}
