//! Certificates that are asked for, and who gives them.

use super::{Said, Text};

/// A certificate that somebody asks for.
#[derive(Clone, Debug)]
pub struct Certificate {
    /// The object.
    pub entity: usize,
    /// For what.
    pub names: Vec<Said<Text>>,
    /// The secret that it is kept in, where that is written.
    pub secret: Option<Said<Text>>,
    /// Who gives it: the kind, and the name.
    pub issuer: (Text, Text),
}

/// Who gives certificates by ACME.
#[derive(Clone, Debug)]
pub struct Acme {
    /// The object.
    pub entity: usize,
    /// Where it asks for them.
    pub server: Text,
    /// Whether some way to prove that a name is one's own goes over DNS.
    pub by_dns: bool,
}
