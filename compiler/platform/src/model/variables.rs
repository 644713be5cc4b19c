//! Variables that Flux puts values in the place of: `${DOMAIN}`.

use super::{Said, Text};

/// What a kustomization puts in the place of variables.
#[derive(Clone, Debug)]
pub struct Substitution {
    /// The kustomization.
    pub entity: usize,
    /// The values that it says itself, by name.
    pub values: Vec<(Text, Said<Text>)>,
    /// Where it takes more from: the kind, the namespace and the name.
    pub from: Vec<(Text, Text, Text)>,
}
