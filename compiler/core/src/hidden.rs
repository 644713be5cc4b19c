//! Takes out of a text what is a secret in a file of the platform: what an editor shows of a value repeats what somebody wrote.
//!
//! Knows where secrets stand ([`secrets`]), and nothing of what is shown or to whom. What stands in the files elsewhere too, as the
//! name of something, is no secret by itself.

use std::collections::BTreeSet;
use std::sync::Arc;

use rustc_hash::FxHashSet;

use crate::import;
use crate::keys::{Db, SourceFile};
use crate::scope::platform_files;
use crate::secrets::secrets;

/// What stands for a secret.
const HIDDEN: &str = "(secret)";
/// What is shorter keeps nobody out, and is part of many words.
const SHORTEST: usize = 5;

/// The secrets that stand in the files of the platform and in those that they import, the longest first.
pub struct Hidden(Vec<Arc<str>>);

impl Hidden {
    /// Those of the platform as it is.
    pub fn of(db: &dyn Db) -> Hidden {
        let mut found: Vec<Arc<str>> = files(db).into_iter().flat_map(|file| of_file(db, file)).cloned().collect();
        found.sort_by_key(|secret| std::cmp::Reverse(secret.len()));
        Hidden(found)
    }

    /// A text without them.
    pub fn without(&self, text: String) -> String {
        let there = self.0.iter().filter(|secret| text.contains(&***secret)).collect::<Vec<_>>();
        there.into_iter().fold(text, |text, secret| text.replace(&**secret, HIDDEN))
    }
}

fn files(db: &dyn Db) -> Vec<SourceFile> {
    let own = platform_files(db);
    let mut found: Vec<SourceFile> = own.to_vec();
    for file in own.iter() {
        found.extend(import::imports(db, *file).iter().flat_map(|import| import::files(db, *file, import)));
    }
    let mut seen = FxHashSet::default();
    found.retain(|file| !file.path(db).as_str().starts_with(import::STD) && seen.insert(*file));
    found
}

/// The secrets that stand in a file.
#[salsa::tracked]
fn of_file(db: &dyn Db, file: SourceFile) -> Vec<Arc<str>> {
    let text = file.text(db);
    let places = secrets(file.path(db).as_str(), text);
    let mut rest = text.as_bytes().to_vec();
    for place in &places {
        rest.get_mut(place.clone()).into_iter().for_each(|bytes| bytes.fill(b'*'));
    }
    let rest = String::from_utf8_lossy(&rest).into_owned();
    let found: BTreeSet<&str> = places.iter().filter_map(|place| text.get(place.clone())).map(plain).collect();
    let is_secret = |secret: &&str| secret.len() >= SHORTEST && !rest.contains(*secret);
    found.into_iter().filter(is_secret).map(Arc::from).collect()
}

fn plain(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}
