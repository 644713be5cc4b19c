//! Rewrites the expectations of a case file to what the implementation says. The reader of the difference decides whether
//! that is right; nothing here does.

use std::collections::BTreeMap;

use crate::observe::Observed;
use crate::suite::{Miss, Outcome};

/// What is missed or left untold in each case file, where the observation can stand in the file.
pub fn rewritable(outcomes: &[Outcome]) -> BTreeMap<&str, Vec<&Miss>> {
    let mut files: BTreeMap<&str, Vec<&Miss>> = BTreeMap::new();
    for outcome in outcomes {
        let all = outcome.misses.iter().chain(&outcome.untold);
        let misses = all.filter(|miss| stands_in_a_fence(miss));
        files.entry(&outcome.case.file).or_default().extend(misses);
    }
    files.retain(|_, misses| !misses.is_empty());
    files
}

/// Only what a fence of a case file said can be said anew: not what a page's heading or an example promises.
fn stands_in_a_fence(miss: &Miss) -> bool {
    miss.expectation.first_line > 0 && matches!(miss.observed, Observed::Text(_))
}

/// The Markdown with each missed expectation replaced by what came.
pub fn rewritten(markdown: &str, misses: &[&Miss]) -> String {
    let mut lines: Vec<String> = markdown.split_inclusive('\n').map(str::to_owned).collect();
    let mut misses = misses.to_vec();
    misses.sort_by_key(|miss| std::cmp::Reverse(miss.expectation.first_line));
    for miss in misses {
        if let Observed::Text(text) = &miss.observed {
            let first = miss.expectation.first_line;
            lines.splice(first..first + miss.expectation.line_count, [text.clone()]);
        }
    }
    lines.concat()
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test may fail")]
mod tests {
    use super::*;
    use crate::case::read;

    #[test]
    fn replaces_each_expectation_in_place() {
        let markdown = "## a\n```yaml out\nold\nold\n```\n## b\n```yaml out\n```\nend\n";
        let cases = read("a.md", markdown).expect("reads");
        let misses: Vec<Miss> = cases
            .iter()
            .map(|case| Miss { expectation: case.expectations[0].clone(), observed: Observed::Text("new\n".into()) })
            .collect();
        let misses: Vec<&Miss> = misses.iter().collect();
        assert_eq!(rewritten(markdown, &misses), "## a\n```yaml out\nnew\n```\n## b\n```yaml out\nnew\n```\nend\n");
    }
}
