//! The reference to a container image. Knows the OCI rules for how one is written; asks no registry.

use std::fmt;

use crate::{Ip, Problem};

const DEFAULT_REGISTRY: &str = "docker.io";
/// Another name of the same registry.
const OLD_DEFAULT_REGISTRY: &str = "index.docker.io";
const LONGEST_NAME: usize = 255;
const LONGEST_TAG: usize = 128;

/// A reference to a container image such as `ghcr.io/example/shop:1.4.2@sha256:..`, kept as it is written.
///
/// The first part of the name is a registry if it contains a dot or a colon or is `localhost`; otherwise the registry is
/// `docker.io` (as it is for `index.docker.io`), and a name of a single part is in `library` there. The other parts are
/// lower case letters and digits, joined within by a dot, one or two underscores, or hyphens. Registry and repository have
/// up to 255 characters. The tag has up to 128 letters, digits, underscores, dots and hyphens and begins with neither dot
/// nor hyphen. A digest is `sha256`, `sha384` or `sha512`, a colon and exactly 64, 96 or 128 hexadecimal digits in lower
/// case. Images order as texts.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Image {
    text: String,
    /// Registry and repository.
    name: String,
    /// How much of the name is the registry.
    registry: usize,
    tag: Option<String>,
    digest: Option<String>,
}

impl Image {
    /// Reads a reference.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        let (tagged, digest) = split(text, text.find('@'));
        let after_slash = tagged.rfind('/').map_or(0, |slash| slash + 1);
        let colon = tagged.get(after_slash..).and_then(|last| last.find(':')).map(|colon| colon + after_slash);
        let (name, tag) = split(tagged, colon);
        let (registry, path) = split_registry(name);
        registry.map_or(Ok(()), |registry| check_registry(text, registry))?;
        check_path(text, name, path)?;
        tag.map_or(Ok(()), |tag| check_tag(text, tag))?;
        digest.map_or(Ok(()), |digest| check_digest(text, digest))?;
        let (name, registry) = full_name(registry, path);
        if name.len() > LONGEST_NAME {
            return Err(Problem::new(format!(
                "the name of the image `{text}` is longer than {LONGEST_NAME} characters"
            )));
        }
        Ok(Self {
            text: text.to_owned(),
            name,
            registry,
            tag: tag.map(str::to_owned),
            digest: digest.map(str::to_owned),
        })
    }

    /// The text as it is written.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// The registry with its port: `ghcr.io`, `localhost:5000`; `docker.io` where none is written.
    pub fn registry(&self) -> &str {
        self.name.get(..self.registry).unwrap_or_default()
    }

    /// The path in the registry: `example/shop`; `library/postgres` for `postgres`.
    pub fn repository(&self) -> &str {
        self.name.get(self.registry + 1..).unwrap_or_default()
    }

    /// Registry and repository: `docker.io/library/postgres` for `postgres:17.6`.
    pub fn name(&self) -> &str {
        &self.name
    }

    /// The tag, if one is written.
    pub fn tag(&self) -> Option<&str> {
        self.tag.as_deref()
    }

    /// The digest with its algorithm, if one is written.
    pub fn digest(&self) -> Option<&str> {
        self.digest.as_deref()
    }

    /// Whether the reference means the same bytes for ever: it has a digest.
    pub fn is_pinned(&self) -> bool {
        self.digest.is_some()
    }

    /// Whether the reference means whatever is newest: it has neither a digest nor a tag other than `latest`.
    pub fn is_floating(&self) -> bool {
        self.digest.is_none() && matches!(self.tag(), None | Some("latest"))
    }

    /// The same image with another tag and without a digest.
    pub fn with_tag(&self, tag: &str) -> Result<Self, Problem> {
        Self::parse(&format!("{}:{tag}", self.written_name()))
    }

    /// The same image and tag with this digest.
    pub fn with_digest(&self, digest: &str) -> Result<Self, Problem> {
        let tagged = self.text.split('@').next().unwrap_or(&self.text);
        Self::parse(&format!("{tagged}@{digest}"))
    }

    fn written_name(&self) -> &str {
        let tagged = self.text.split('@').next().unwrap_or(&self.text);
        let tag = self.tag().and_then(|tag| tagged.strip_suffix(tag)?.strip_suffix(':'));
        tag.unwrap_or(tagged)
    }
}

impl fmt::Display for Image {
    /// As written.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

/// The text before the byte at this place and the text after it.
fn split(text: &str, place: Option<usize>) -> (&str, Option<&str>) {
    let parts = place.and_then(|place| Some((text.get(..place)?, text.get(place + 1..)?)));
    parts.map_or((text, None), |(before, after)| (before, Some(after)))
}

fn split_registry(name: &str) -> (Option<&str>, &str) {
    match name.split_once('/') {
        Some((first, path)) if first.contains(['.', ':']) || first == "localhost" => (Some(first), path),
        _ => (None, name),
    }
}

/// The registry and repository that are meant when the registry or `library` is left out, and how long the registry is.
fn full_name(registry: Option<&str>, path: &str) -> (String, usize) {
    let other = registry.filter(|registry| ![DEFAULT_REGISTRY, OLD_DEFAULT_REGISTRY].contains(registry));
    let library = if other.is_none() && !path.contains('/') { "library/" } else { "" };
    let registry = other.unwrap_or(DEFAULT_REGISTRY);
    (format!("{registry}/{library}{path}"), registry.len())
}

fn check_registry(text: &str, registry: &str) -> Result<(), Problem> {
    let literal_end = registry.rfind(']').unwrap_or(0);
    let (host, port) = split(registry, registry.rfind(':').filter(|colon| *colon > literal_end));
    let is_port = |port: &str| !port.is_empty() && port.bytes().all(|byte| byte.is_ascii_digit());
    if port.is_none_or(is_port) && is_registry_host(host) {
        return Ok(());
    }
    let without_scheme = text.split_once("://").map(|(_, rest)| rest.to_owned());
    Err(Problem::new(format!("`{registry}` in the image `{text}` is no registry"))
        .with_help("a registry is a host name, perhaps with a port: `ghcr.io`, `localhost:5000`")
        .with_fix_if(without_scheme.filter(|rest| Image::parse(rest).is_ok())))
}

/// Host names in either case, addresses, and IPv6 addresses in brackets.
fn is_registry_host(host: &str) -> bool {
    if let Some(literal) = host.strip_prefix('[').and_then(|host| host.strip_suffix(']')) {
        return matches!(Ip::parse(literal), Ok(Ip::V6(_)));
    }
    let is_label = |label: &str| {
        let is_inner = label.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-');
        is_inner && !label.is_empty() && !label.starts_with('-') && !label.ends_with('-')
    };
    host.split('.').all(is_label)
}

fn check_path(text: &str, name: &str, path: &str) -> Result<(), Problem> {
    if path.is_empty() {
        return Err(Problem::new(format!("the image `{text}` has no name"))
            .with_help("an image is written like `ghcr.io/example/shop:1.4.2`"));
    }
    if path.bytes().any(|byte| byte.is_ascii_uppercase()) {
        let registry = name.strip_suffix(path).unwrap_or_default();
        let rest = text.strip_prefix(name).unwrap_or_default();
        let lower = format!("{registry}{}{rest}", path.to_lowercase());
        let fix = Image::parse(&lower).ok().map(|image| image.text);
        return Err(Problem::new(format!("`{path}` in the image `{text}` has upper case letters"))
            .with_help("the name of an image is in lower case; only its tag may have capitals")
            .with_fix_if(fix));
    }
    if let Some(part) = path.split('/').find(|part| !is_path_part(part)) {
        return Err(Problem::new(format!("`{part}` in the image `{text}` is no part of an image's name"))
            .with_help("a part is lower case letters and digits, joined by `.`, `_`, `__` or hyphens"));
    }
    if name.len() == 64 && name.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(Problem::new(format!("`{name}` is the identifier of an image, not its name")));
    }
    Ok(())
}

/// Letters and digits with separators between them, never at an end and never two kinds side by side.
fn is_path_part(part: &str) -> bool {
    let is_word = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit();
    let is_separator =
        |separator: &str| matches!(separator, "." | "_" | "__") || separator.bytes().all(|byte| byte == b'-');
    let is_outer = |byte: Option<u8>| byte.is_some_and(is_word);
    let separators = part.split(|character: char| u8::try_from(character).is_ok_and(is_word));
    is_outer(part.bytes().next()) && is_outer(part.bytes().next_back()) && separators.into_iter().all(is_separator)
}

fn check_tag(text: &str, tag: &str) -> Result<(), Problem> {
    let is_inner = tag.bytes().all(|byte| byte.is_ascii_alphanumeric() || matches!(byte, b'_' | b'.' | b'-'));
    if tag.is_empty() || !is_inner || tag.starts_with(['.', '-']) {
        return Err(Problem::new(format!("`{tag}` in the image `{text}` is no tag"))
            .with_help("a tag has letters, digits, `_`, `.` and `-` and begins with neither `.` nor `-`"));
    }
    if tag.len() > LONGEST_TAG {
        return Err(Problem::new(format!("the tag of the image `{text}` is longer than {LONGEST_TAG} characters")));
    }
    Ok(())
}

fn check_digest(text: &str, digest: &str) -> Result<(), Problem> {
    let (algorithm, hex) = split(digest, digest.find(':'));
    let hex = hex.unwrap_or_default();
    let problem = |reason: String| {
        Err(Problem::new(format!("`{digest}` in the image `{text}` is no digest: {reason}"))
            .with_help("a digest is written like `sha256:` and 64 hexadecimal digits in lower case"))
    };
    let is_lower = hex.bytes().all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    match digest_length(algorithm) {
        None => problem("its algorithm is not `sha256`, `sha384` or `sha512`".to_owned()),
        Some(_) if !is_lower => problem("it has other characters than `0` to `9` and `a` to `f`".to_owned()),
        Some(length) if hex.len() != length => {
            problem(format!("it has {} digits, `{algorithm}` has {length}", hex.len()))
        }
        Some(_) => Ok(()),
    }
}

/// How many digits a digest of a registered algorithm has.
fn digest_length(algorithm: &str) -> Option<usize> {
    match algorithm {
        "sha256" => Some(64),
        "sha384" => Some(96),
        "sha512" => Some(128),
        _ => None,
    }
}

#[cfg(test)]
mod tests;
