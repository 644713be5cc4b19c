//! Tests and findings for pipelines: a JUnit document, in the form that most readers take. It says nothing about time and
//! machine, so that the same platform gives the same document.

use std::io::{self, Write};

use diagnostics::{Diagnostic, Level};

use super::files::Files;
use super::{Sources, hidden, visible};

/// One case: a test, or a finding.
pub struct Case {
    /// The file that it is about.
    pub class: String,
    /// What it is called.
    pub name: String,
    /// What is wrong; nothing where it passed.
    pub failures: Vec<Failure>,
    /// What is said all the same.
    pub said: Option<String>,
}

/// Something that is wrong.
pub struct Failure {
    /// The code of the rule.
    code: &'static str,
    /// One line.
    message: String,
    /// All there is to say, with places.
    text: String,
}

/// A case for each finding, which fails where that is an error. Where nothing was found, one that passed: to most readers a
/// document without cases is a mistake.
pub fn cases(files: &Files<'_>, findings: &[&Diagnostic]) -> Vec<Case> {
    if findings.is_empty() {
        return vec![Case { class: "platc".to_owned(), name: "check".to_owned(), failures: vec![], said: None }];
    }
    let case = |finding: &&Diagnostic| {
        let start = files.extent(finding.at).start;
        let is_wrong = finding.level == Level::Error;
        Case {
            class: files.path(finding.at.file).to_owned(),
            name: format!("{} {}:{}", finding.rule.code, start.line, start.column),
            failures: if is_wrong { vec![failure(files, finding)] } else { vec![] },
            said: (!is_wrong).then(|| format!("{}: {}", finding.level.word(), text(files, finding))),
        }
    };
    findings.iter().map(case).collect()
}

/// A case for each finding, without the secrets in it.
pub fn found(sources: &dyn Sources, findings: &[Diagnostic]) -> Vec<Case> {
    let findings: Vec<&Diagnostic> = findings.iter().collect();
    let files = Files::new(sources).hiding(hidden::places(&findings));
    cases(&files, &hidden::hide(&files, sources, &findings).iter().collect::<Vec<_>>())
}

/// What is wrong with a test, without the secrets in it.
pub fn failures(sources: &dyn Sources, findings: &[Diagnostic]) -> Vec<Failure> {
    found(sources, findings).into_iter().flat_map(|case| case.failures).collect()
}

fn failure(files: &Files<'_>, finding: &Diagnostic) -> Failure {
    Failure { code: finding.rule.code, message: finding.message.clone(), text: text(files, finding) }
}

/// A finding in lines, each place with its own.
fn text(files: &Files<'_>, finding: &Diagnostic) -> String {
    let place = |span| {
        let start = files.extent(span).start;
        format!("{}:{}:{}", files.path(span.file), start.line, start.column)
    };
    let label = finding.label.as_ref().map(|label| format!(" ({label})")).unwrap_or_default();
    let mut lines = vec![finding.message.clone(), format!("at {}{label}", place(finding.at))];
    lines.extend(finding.others.iter().map(|(span, text)| format!("at {} ({text})", place(*span))));
    lines.extend(finding.notes.iter().map(|note| format!("note: {note}")));
    lines.extend(finding.help.iter().map(|help| format!("help: {help}")));
    lines.join("\n")
}

/// Writes a document of suites, each with its name and its cases.
pub fn write(suites: &[(&str, Vec<Case>)], out: &mut dyn Write) -> io::Result<()> {
    let of = |cases: &[Case]| (cases.len(), cases.iter().filter(|case| !case.failures.is_empty()).count());
    let (tests, failed) =
        suites.iter().map(|(_, cases)| of(cases)).fold((0, 0), |all, one| (all.0 + one.0, all.1 + one.1));
    writeln!(out, r#"<?xml version="1.0" encoding="UTF-8"?>"#)?;
    writeln!(out, r#"<testsuites name="platc" tests="{tests}" failures="{failed}" errors="0">"#)?;
    for (name, cases) in suites {
        let (tests, failed) = of(cases);
        let name = attribute(name);
        writeln!(out, r#"  <testsuite name="{name}" tests="{tests}" failures="{failed}" errors="0" skipped="0">"#)?;
        cases.iter().try_for_each(|case| write_case(case, out))?;
        writeln!(out, "  </testsuite>")?;
    }
    writeln!(out, "</testsuites>")
}

fn write_case(case: &Case, out: &mut dyn Write) -> io::Result<()> {
    let (class, name) = (attribute(&case.class), attribute(&case.name));
    write!(out, r#"    <testcase classname="{class}" name="{name}""#)?;
    if case.failures.is_empty() && case.said.is_none() {
        return writeln!(out, "/>");
    }
    writeln!(out, ">")?;
    for Failure { code, message, text } in &case.failures {
        let (message, text) = (attribute(message), content(text));
        writeln!(out, r#"      <failure type="{code}" message="{message}">{text}</failure>"#)?;
    }
    if let Some(said) = &case.said {
        writeln!(out, "      <system-out>{}</system-out>", content(said))?;
    }
    writeln!(out, "    </testcase>")
}

/// Text of an attribute, which has one line.
fn attribute(text: &str) -> String {
    escaped(&visible::line(text))
}

fn content(text: &str) -> String {
    escaped(&visible::lines(text))
}

/// Text without what XML takes for its own, and without the two characters that it can not have though they are harmless.
fn escaped(text: &str) -> String {
    let mut written = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => written.push_str("&amp;"),
            '<' => written.push_str("&lt;"),
            '>' => written.push_str("&gt;"),
            '"' => written.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => written.push('\u{fffd}'),
            character => written.push(character),
        }
    }
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_xml_can_not_have_is_written_out() {
        assert_eq!(attribute("a<b>&\"c\"\u{1b}\n\u{ffff}"), "a&lt;b&gt;&amp;&quot;c&quot;␛␊\u{fffd}");
        assert_eq!(content("one\n]]>\u{0}two"), "one\n]]&gt;␀two");
    }
}
