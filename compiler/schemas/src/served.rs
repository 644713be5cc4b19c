//! Which version of Kubernetes serves which kind in which version of its group, as `facts/served.txt` says it.
//!
//! The table goes further back than the types of the catalog do: a manifest that is ten years old still gets an answer.

static TABLE: &str = include_str!("../facts/served.txt");

/// A kind in one version of its group. The core group has no name.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct KindName {
    /// `apps`.
    pub group: &'static str,
    /// `v1`.
    pub version: &'static str,
    /// `Deployment`.
    pub kind: &'static str,
}

impl KindName {
    fn is_same_kind(self, other: KindName) -> bool {
        self.group == other.group && self.kind == other.kind
    }
}

/// When a kind came and went, as minor versions.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Release {
    /// What this is about.
    pub name: KindName,
    /// The first that serves it.
    pub introduced: u8,
    /// The first that warns of it.
    pub deprecated: Option<u8>,
    /// The first that does not serve it any more. It may lie ahead, when it has been announced.
    pub removed: Option<u8>,
    /// What to take in its place.
    pub replacement: Option<KindName>,
}

impl Release {
    /// Whether a cluster serves it only where somebody has turned it on: alpha versions always were so, and beta versions
    /// are since 1.24, unless the kind had a beta version before that.
    pub fn is_off_by_default(self) -> bool {
        match rank(self.name.version).0 {
            ALPHA => true,
            BETA => !releases().any(|other| other.is_old_beta() && other.name.is_same_kind(self.name)),
            _ => false,
        }
    }

    fn is_old_beta(self) -> bool {
        rank(self.name.version).0 == BETA && self.introduced < 24
    }
}

/// How a version of Kubernetes stands to a kind.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Standing {
    /// No version of Kubernetes has it: a custom resource, or a mistake.
    Unknown,
    /// A later version does.
    Ahead(Release),
    /// It is served.
    Served(Release),
    /// It is served, and will not be for ever.
    Deprecated(Release),
    /// It is served no more.
    Removed(Release),
}

/// How that version stands to that kind. A replacement is followed to one that this version serves, where there is one.
pub fn served(group: &str, version: &str, kind: &str, minor: u8) -> Standing {
    let Some(release) = release(group, version, kind) else { return Standing::Unknown };
    let release = Release { replacement: successor(release, minor), ..release };
    if minor < release.introduced {
        Standing::Ahead(release)
    } else if release.removed.is_some_and(|removed| minor >= removed) {
        Standing::Removed(release)
    } else if release.deprecated.is_some_and(|deprecated| minor >= deprecated) {
        Standing::Deprecated(release)
    } else {
        Standing::Served(release)
    }
}

/// All that is known of when kinds came and went.
pub fn releases() -> impl Iterator<Item = Release> {
    TABLE.lines().filter_map(parse)
}

const ALPHA: u8 = 0;
const BETA: u8 = 1;
const STABLE: u8 = 2;

/// How mature and how new a version of a group is: `v1` before `v1beta1`, `v2` before `v1`.
pub fn rank(version: &str) -> (u8, u32, u32) {
    let rest = version.strip_prefix('v').unwrap_or(version);
    let split =
        |word: &str| rest.split_once(word).and_then(|(major, minor)| Some((major.parse().ok()?, minor.parse().ok()?)));
    match (split("alpha"), split("beta")) {
        (Some((major, minor)), _) => (ALPHA, major, minor),
        (_, Some((major, minor))) => (BETA, major, minor),
        _ => (STABLE, rest.parse().unwrap_or(0), 0),
    }
}

fn release(group: &str, version: &str, kind: &str) -> Option<Release> {
    releases().find(|known| known.name.group == group && known.name.version == version && known.name.kind == kind)
}

/// The last of the replacements that this version serves, else the last of all. The chain is short: each link is newer.
fn successor(release: Release, minor: u8) -> Option<KindName> {
    let mut found = None;
    let mut next = release.replacement;
    while let Some(name) = next {
        let known = self::release(name.group, name.version, name.kind)?;
        let is_gone = known.removed.is_some_and(|removed| minor >= removed);
        found = Some(name);
        next = if is_gone { known.replacement } else { None };
    }
    found
}

/// `group/version/Kind introduced deprecated removed replacement`, with `-` for what there is not.
fn parse(line: &'static str) -> Option<Release> {
    if line.starts_with('#') {
        return None;
    }
    let mut words = line.split(' ');
    Some(Release {
        name: name(words.next()?)?,
        introduced: minor(words.next()?)?,
        deprecated: minor(words.next()?),
        removed: minor(words.next()?),
        replacement: name(words.next()?),
    })
}

fn name(text: &'static str) -> Option<KindName> {
    let mut parts = text.split('/');
    let name = KindName { group: parts.next()?, version: parts.next()?, kind: parts.next()? };
    Some(if name.group == "core" { KindName { group: "", ..name } } else { name })
}

fn minor(text: &str) -> Option<u8> {
    text.strip_prefix("1.")?.parse().ok()
}
