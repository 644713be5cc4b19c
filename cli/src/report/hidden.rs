//! Takes out of findings what is a secret in the sources that they speak of: a message may repeat what was written.
//!
//! Excerpts of sources are made unreadable where they are read ([`Files`]); here it is about the words. What stands in the source
//! elsewhere too, as the name of something, is no secret by itself.

use std::collections::BTreeSet;

use compiler::secrets::secrets;
use diagnostics::{Diagnostic, FileId, Span, rules};

use super::{Files, Sources};

/// What stands for a secret.
const HIDDEN: &str = "(secret)";
/// What is shorter keeps nobody out, and is part of many words.
const SHORTEST: usize = 5;

/// Where findings say that something secret is due, or stands.
pub fn places(findings: &[&Diagnostic]) -> Vec<Span> {
    let speaks = |finding: &&&Diagnostic| {
        let is_due = *finding.rule == rules::TYPE_MISMATCH
            && ["`SecretKey`", "`Secret`"].iter().any(|due| finding.message.contains(due));
        is_due || [&rules::SECRET_LITERAL, &rules::SECRET_PLACEHOLDER].contains(&finding.rule)
    };
    findings.iter().filter(speaks).map(|finding| finding.at).collect()
}

/// Findings without what may not be shown.
pub fn hide(files: &Files<'_>, sources: &dyn Sources, findings: &[&Diagnostic]) -> Vec<Diagnostic> {
    let spoken_of: BTreeSet<FileId> = findings
        .iter()
        .flat_map(|finding| std::iter::once(finding.at).chain(finding.others.iter().map(|(span, _)| *span)))
        .map(|span| span.file)
        .collect();
    let texts: Vec<String> = spoken_of.into_iter().flat_map(|file| texts(files, sources.text(file), file)).collect();
    findings.iter().map(|finding| without(&texts, finding)).collect()
}

/// The secrets of a file, the longest first.
fn texts(files: &Files<'_>, text: &str, file: FileId) -> Vec<String> {
    let places = files.secrets(file);
    let found: BTreeSet<&str> = places.iter().filter_map(|range| text.get(range.clone())).map(plain).collect();
    let rest = super::files::masked(text, places);
    let is_secret = |text: &&str| text.len() >= SHORTEST && !rest.contains(*text);
    let mut texts: Vec<String> = found.into_iter().filter(is_secret).map(str::to_owned).collect();
    texts.sort_by_key(|text| std::cmp::Reverse(text.len()));
    texts
}

fn plain(text: &str) -> &str {
    text.trim().trim_matches(['"', '\''])
}

fn without(texts: &[String], finding: &Diagnostic) -> Diagnostic {
    let clean = |text: &str| texts.iter().fold(text.to_owned(), |text, secret| text.replace(secret.as_str(), HIDDEN));
    let is_clean =
        |text: &str| !texts.iter().any(|secret| text.contains(secret.as_str())) && secrets(".pl", text).is_empty();
    Diagnostic {
        message: clean(&finding.message),
        label: finding.label.as_deref().map(clean),
        others: finding.others.iter().map(|(span, text)| (*span, clean(text))).collect(),
        help: finding.help.as_deref().map(clean),
        // An edit that writes a secret would have to say it.
        fix: finding.fix.clone().filter(|fix| is_clean(&fix.title) && fix.edits.iter().all(|(_, text)| is_clean(text))),
        notes: finding.notes.iter().map(|note| clean(note)).collect(),
        ..finding.clone()
    }
}
