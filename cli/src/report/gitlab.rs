//! Findings for GitLab: a report of code quality, which a merge request shows as what came and what went.

use std::io::{self, Write};

use diagnostics::{Diagnostic, Level};
use serde_json::{Value, json};

use super::files::Files;
use super::fingerprint::fingerprints;
use super::visible;

/// Writes the report: one list.
pub fn write(files: &Files<'_>, findings: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    let prints = fingerprints(files, findings);
    let issues: Vec<Value> = findings.iter().zip(prints).map(|(finding, print)| issue(files, finding, print)).collect();
    serde_json::to_writer_pretty(&mut *out, &issues)?;
    writeln!(out)
}

fn issue(files: &Files<'_>, finding: &Diagnostic, print: String) -> Value {
    let extent = files.extent(finding.at);
    json!({
        "description": description(finding),
        "check_name": finding.rule.code,
        "fingerprint": print,
        "severity": severity(finding.level),
        "location": {
            "path": files.path(finding.at.file),
            "lines": { "begin": extent.start.line, "end": extent.end.line },
        },
    })
}

/// A list of issues has a line for each.
fn description(finding: &Diagnostic) -> String {
    let help = finding.help.as_ref().map(|help| format!(" ({help})")).unwrap_or_default();
    visible::line(&format!("{}{help}", finding.message)).into_owned()
}

fn severity(level: Level) -> &'static str {
    match level {
        Level::Error => "critical",
        Level::Warning => "minor",
        Level::Note => "info",
    }
}
