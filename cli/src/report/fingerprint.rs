//! By what a finding is known again when lines before it came or went: what is found, in which file, and how its line reads.

use std::collections::BTreeMap;

use backend::Hash;
use diagnostics::Diagnostic;

use super::files::Files;

/// A fingerprint for each finding, no two of which are the same.
pub fn fingerprints(files: &Files<'_>, findings: &[&Diagnostic]) -> Vec<String> {
    let mut alike: BTreeMap<String, usize> = BTreeMap::new();
    let print = |finding: &&Diagnostic| {
        let (line, _) = files.line(finding.at.file, files.extent(finding.at).start.line);
        let known = [finding.rule.code, files.path(finding.at.file), line.trim(), &finding.message].join("\0");
        let count = alike.entry(known.clone()).or_insert(0);
        *count += 1;
        Hash::of(format!("{known}\0{count}").as_bytes()).to_string()
    };
    findings.iter().map(print).collect()
}
