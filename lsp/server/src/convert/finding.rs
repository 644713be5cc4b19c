//! Findings of the compiler as diagnostics of the protocol.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic as Finding, Level};
use tower_lsp_server::gen_lsp_types::{
    Code, CodeDescription, Diagnostic, DiagnosticRelatedInformation, DiagnosticSeverity, DiagnosticTag, Range, Uri,
};

use super::{OWN, View};

/// What was found, by the documents in which it stands, in the order of places.
pub fn diagnostics(view: &View<'_>, found: &[Finding]) -> BTreeMap<String, Vec<Diagnostic>> {
    let mut by_name: BTreeMap<String, Vec<Diagnostic>> = BTreeMap::new();
    for finding in found {
        by_name.entry(view.uri(finding.at.file).0).or_default().push(diagnostic(view, finding));
    }
    by_name
}

/// A finding, with the other places that take part.
pub fn diagnostic(view: &View<'_>, finding: &Finding) -> Diagnostic {
    let related = finding.others.iter().map(|(place, text)| DiagnosticRelatedInformation {
        location: view.location(*place),
        message: if text.is_empty() { "this takes part".to_owned() } else { text.clone() },
    });
    let related: Vec<_> = related.collect();
    let related = (!related.is_empty()).then_some(related);
    Diagnostic { related_information: related, ..diagnostic_at(finding, view.range(finding.at)) }
}

/// A finding at a range, without the other places that take part.
pub fn diagnostic_at(finding: &Finding, range: Range) -> Diagnostic {
    Diagnostic {
        range,
        severity: Some(severity(finding.level)),
        code: Some(Code::String(finding.rule.code.to_owned())),
        code_description: Some(CodeDescription { href: Uri(format!("{OWN}/rules/{}.md", finding.rule.code)) }),
        source: Some("platc".to_owned()),
        message: message(finding).into(),
        tags: tags(finding.rule.code),
        related_information: None,
        data: None,
    }
}

fn severity(level: Level) -> DiagnosticSeverity {
    match level {
        Level::Error => DiagnosticSeverity::Error,
        Level::Warning => DiagnosticSeverity::Warning,
        Level::Note => DiagnosticSeverity::Information,
    }
}

/// What nobody uses is shown pale, what is on its way out struck through.
fn tags(code: &str) -> Option<Vec<DiagnosticTag>> {
    match code {
        "import/unused" | "lint/unused" | "lint/unused-allow" => Some(vec![DiagnosticTag::Unnecessary]),
        "object/deprecated" => Some(vec![DiagnosticTag::Deprecated]),
        _ => None,
    }
}

/// The message, what stands under the place, the help and the notes, a line each.
fn message(finding: &Finding) -> String {
    let label = finding.label.iter().cloned();
    let help = finding.help.iter().map(|help| format!("help: {help}"));
    let lines = std::iter::once(finding.message.clone()).chain(label).chain(finding.notes.iter().cloned()).chain(help);
    lines.collect::<Vec<_>>().join("\n")
}
