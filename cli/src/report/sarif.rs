//! Findings for code scanners: one SARIF 2.1.0 document, with the pages of the rules that occur.

use std::io::{self, Write};

use diagnostics::{Diagnostic, Fix, Level, Rule, Span};
use serde_json::{Value, json};

use super::files::Files;
use super::fingerprint::fingerprints;

/// Writes the document.
pub fn write(files: &Files<'_>, findings: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    let rules = rules(findings);
    let prints = fingerprints(files, findings);
    let results = findings.iter().zip(&prints).map(|(finding, print)| result(files, &rules, finding, print));
    let results: Vec<Value> = results.collect();
    let document = json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "platc",
                "version": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(|rule| descriptor(rule)).collect::<Vec<Value>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    });
    serde_json::to_writer_pretty(&mut *out, &document)?;
    writeln!(out)
}

fn rules(findings: &[&Diagnostic]) -> Vec<&'static Rule> {
    let mut rules: Vec<&'static Rule> = findings.iter().map(|finding| finding.rule).collect();
    rules.sort();
    rules.dedup();
    rules
}

fn descriptor(rule: &Rule) -> Value {
    json!({
        "id": rule.code,
        "shortDescription": { "text": rule.summary },
        "help": { "text": rule.page, "markdown": rule.page },
        "defaultConfiguration": { "level": level(rule.level) },
        "properties": { "tags": [rule.group()] },
    })
}

/// The levels have the same words here, by chance.
fn level(level: Level) -> &'static str {
    level.word()
}

fn result(files: &Files<'_>, rules: &[&'static Rule], finding: &Diagnostic, print: &str) -> Value {
    let mut result = json!({
        "ruleId": finding.rule.code,
        "ruleIndex": rules.iter().position(|rule| *rule == finding.rule),
        "level": level(finding.level),
        "message": { "text": message(finding) },
        "locations": [{ "physicalLocation": location(files, finding.at) }],
        "partialFingerprints": { "platc/v1": print },
    });
    let related = |(index, (span, text)): (usize, &(Span, String))| json!({ "id": index, "message": { "text": text }, "physicalLocation": location(files, *span) });
    if !finding.others.is_empty() {
        result["relatedLocations"] = finding.others.iter().enumerate().map(related).collect();
    }
    if let Some(fix) = &finding.fix {
        result["fixes"] = json!([fix_object(files, fix)]);
    }
    result
}

/// The message, and the help on a line of its own: most viewers show nothing else.
fn message(finding: &Diagnostic) -> String {
    let help = finding.help.iter().map(|help| format!("help: {help}"));
    std::iter::once(finding.message.clone()).chain(help).collect::<Vec<_>>().join("\n")
}

fn location(files: &Files<'_>, span: Span) -> Value {
    json!({ "artifactLocation": artifact(files, span), "region": region(files, span) })
}

fn artifact(files: &Files<'_>, span: Span) -> Value {
    json!({ "uri": uri(files.path(span.file)), "uriBaseId": "%SRCROOT%" })
}

fn region(files: &Files<'_>, span: Span) -> Value {
    let extent = files.extent(span);
    json!({
        "startLine": extent.start.line,
        "startColumn": extent.start.column,
        "endLine": extent.end.line,
        "endColumn": extent.end.column,
        "byteOffset": span.start,
        "byteLength": span.end.saturating_sub(span.start),
    })
}

/// A fix changes each file once, with all its replacements.
fn fix_object(files: &Files<'_>, fix: &Fix) -> Value {
    let mut edited: Vec<Span> = fix.edits.iter().map(|(span, _)| *span).collect();
    edited.sort();
    edited.dedup_by_key(|span| span.file);
    let change = |of: Span| {
        let replacements: Vec<Value> = fix
            .edits
            .iter()
            .filter(|(span, _)| span.file == of.file)
            .map(|(span, text)| json!({ "deletedRegion": region(files, *span), "insertedContent": { "text": text } }))
            .collect();
        json!({ "artifactLocation": artifact(files, of), "replacements": replacements })
    };
    json!({
        "description": { "text": fix.title },
        "artifactChanges": edited.into_iter().map(change).collect::<Vec<Value>>(),
    })
}

/// A path as a relative URI.
fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len());
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"/-._~".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            uri.push_str(&format!("%{byte:02X}"));
        }
    }
    uri
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_become_uris() {
        assert_eq!(uri("teams/a b.pl"), "teams/a%20b.pl");
        assert_eq!(uri("ä#?.pl"), "%C3%A4%23%3F.pl");
    }
}
