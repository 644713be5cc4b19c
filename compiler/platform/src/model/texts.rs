//! What objects hold of plain text, and what they say is installed.

use super::{Long, Said, Text};

/// A text that an object holds.
#[derive(Clone, Debug)]
pub struct Literal {
    /// The object.
    pub by: usize,
    /// What part of it.
    pub holder: Holder,
    /// Its key, with those around it: `auth.password`.
    pub key: Text,
    /// The text.
    pub value: Said<Long>,
}

/// What part of an object holds a text.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Holder {
    /// The data of a config map.
    Config,
    /// The data of a secret, as it is.
    Secret,
    /// The data of a secret, in base 64.
    Encoded,
    /// Values of a chart.
    Values,
    /// Where something is fetched from.
    Address,
}

/// Software that an object installs by the version of its chart or of itself.
#[derive(Clone, Debug)]
pub struct Installed {
    /// The object.
    pub by: usize,
    /// The name of the chart, or of the software.
    pub name: Text,
    /// Whether it is a chart.
    pub chart: bool,
    /// Its version, if one is said.
    pub version: Option<Said<Text>>,
    /// Where it is named.
    pub at: crate::Place,
}

/// A sealed secret: for which name and namespace it is sealed.
#[derive(Clone, Debug)]
pub struct Sealed {
    /// The object.
    pub by: usize,
    /// The name of the secret that comes out, if one is said.
    pub name: Option<Said<Text>>,
    /// Its namespace.
    pub namespace: Option<Said<Text>>,
}
