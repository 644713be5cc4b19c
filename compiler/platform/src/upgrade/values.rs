//! What is set otherwise for charts. Values that may be secrets are not shown.

use std::collections::BTreeSet;

use super::software::Pair;
use crate::diff;
use crate::model::{Long, Said, Text};

/// The values of one chart.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Values {
    /// What it is called.
    pub what: String,
    /// What differs.
    pub differs: Vec<Differs>,
}

/// One value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Differs {
    /// The way to it.
    pub path: Long,
    /// What it was, if it was set.
    pub old: Option<String>,
    /// What it is, if it is set.
    pub new: Option<String>,
}

/// What differs, of charts that are on both sides.
pub fn values(software: &[Pair<'_>]) -> Vec<Values> {
    let one = |pair: &Pair<'_>| {
        let (old, new) = (pair.old.as_ref()?.values?, pair.new.as_ref()?.values?);
        let paths: BTreeSet<&Long> = old.keys().chain(new.keys()).collect();
        let differs = paths.into_iter().filter_map(|path| differs(path, old.get(path), new.get(path))).collect();
        let values = Values { what: pair.name.clone(), differs };
        (!values.differs.is_empty()).then_some(values)
    };
    software.iter().filter_map(one).collect()
}

fn differs(path: &Long, old: Option<&Vec<Said<Text>>>, new: Option<&Vec<Said<Text>>>) -> Option<Differs> {
    let plain = |said: &Vec<Said<Text>>| said.iter().map(|one| one.value.to_string()).collect::<Vec<_>>();
    let (old, new) = (old.map(plain), new.map(plain));
    let name = path.rsplit('.').next().unwrap_or_default();
    let shown = |texts: &Vec<String>| match texts.as_slice() {
        [] => "[]".to_owned(),
        [one] => diff::shown_text(name, one),
        many => format!("[{}]", many.iter().map(|text| diff::shown_text(name, text)).collect::<Vec<_>>().join(", ")),
    };
    (old != new).then(|| Differs { path: path.clone(), old: old.as_ref().map(shown), new: new.as_ref().map(shown) })
}
