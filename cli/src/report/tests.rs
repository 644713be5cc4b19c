//! Reports of findings in several files, and of anything at all.

use diagnostics::{Fix, Span, rules};
use proptest::prelude::*;

use super::*;

struct Texts(Vec<(&'static str, String)>);

impl Sources for Texts {
    fn path(&self, file: FileId) -> &str {
        self.0[file.0 as usize].0
    }

    fn text(&self, file: FileId) -> &str {
        &self.0[file.0 as usize].1
    }
}

const SCREEN: Screen = Screen { width: 80, paint: Paint::Plain };

fn shown(format: Format, sources: &Texts, finding: Diagnostic) -> String {
    let mut out = vec![];
    assert_eq!(write(format, SCREEN, sources, &[finding], &mut out).unwrap(), 0);
    String::from_utf8(out).unwrap()
}

/// The place of some text in a file.
fn find(sources: &Texts, file: u32, text: &str) -> Span {
    let start = sources.0[file as usize].1.find(text).unwrap();
    let end = start + text.len();
    Span::new(FileId(file), start.try_into().unwrap(), end.try_into().unwrap())
}

fn overlap() -> (Texts, Diagnostic) {
    let platform = "cluster vm {\n  host rocky {\n    address: 10.43.100.94\n  }\n}\n";
    let module = "schema K3s {\n  services: Cidr = 10.43.0.0/16\n}\n";
    let sources = Texts(vec![("std/k3s.pl", module.into()), ("platform.pl", platform.into())]);
    let finding = Diagnostic::new(
        &rules::TYPE_MISMATCH,
        find(&sources, 1, "10.43.100.94"),
        "the services network of cluster `vm` contains host `rocky`",
    )
    .label("this host would be unreachable from every pod")
    .also(find(&sources, 0, "10.43.0.0/16"), "k3s uses this network")
    .also(find(&sources, 1, "cluster"), "in this cluster")
    .help("set `services: 10.45.0.0/16` in `network`")
    .note("networks may not overlap");
    (sources, finding)
}

#[test]
fn of_very_many_findings_the_errors_are_shown() {
    let sources = Texts(vec![("platform.pl", "a".repeat(200))]);
    let at = |place| Span::new(FileId(0), place, place + 1);
    let warnings = (0..150).map(|place| Diagnostic::new(&rules::LINT_UNUSED, at(place), "a warning"));
    let mut findings: Vec<Diagnostic> = warnings.collect();
    findings.push(Diagnostic::new(&rules::TYPE_MISMATCH, at(199), "an error"));
    let mut out = vec![];
    assert_eq!(write(Format::Human, SCREEN, &sources, &findings, &mut out).unwrap(), 51);
    let shown = String::from_utf8(out).unwrap();
    assert_eq!(shown.matches("warning[").count(), 99);
    assert!(shown.contains("error[type/mismatch]: an error"));
}

#[test]
fn every_place_is_shown_under_the_heading_of_its_file() {
    let (sources, finding) = overlap();
    let expected = "\
error[type/mismatch]: the services network of cluster `vm` contains host `rocky`
   ╭─[ platform.pl:3:14 ]
   │
 1 │ cluster vm {
   │ ───┬───
   │    ╰───── in this cluster
   │
 3 │     address: 10.43.100.94
   │              ──────┬─────
   │                    ╰─────── this host would be unreachable from every pod
   │
   ├─[ std/k3s.pl:2:20 ]
   │
 2 │   services: Cidr = 10.43.0.0/16
   │                    ──────┬─────
   │                          ╰─────── k3s uses this network
   │
   │ Help: set `services: 10.45.0.0/16` in `network`
   │
   │ Note: networks may not overlap
───╯

";
    assert_eq!(shown(Format::Human, &sources, finding), expected);
}

#[test]
fn annotations_name_the_other_places_in_words() {
    let (sources, finding) = overlap();
    let shown = shown(Format::Github, &sources, finding);
    let expected = "%0Astd/k3s.pl:2: k3s uses this network%0A";
    assert!(shown.contains(expected), "{shown}");
}

#[test]
fn labels_of_one_place_are_all_shown() {
    let sources = Texts(vec![("a.pl", "let a = b\n".into())]);
    let at = find(&sources, 0, "b");
    let finding = Diagnostic::new(&rules::EVAL_CYCLE, at, "a cycle").label("one").also(at, "two").also(at, "three");
    let shown = shown(Format::Human, &sources, finding);
    for label in ["one", "two", "three"] {
        assert!(shown.contains(label), "{shown}");
    }
}

#[test]
fn counts_are_said_in_words() {
    let said = |errors, warnings, notes| Count { errors, warnings, notes }.summary();
    assert_eq!(said(0, 0, 0), None);
    assert_eq!(said(2, 1, 0).as_deref(), Some("2 errors, 1 warning"));
    assert_eq!(said(0, 0, 3).as_deref(), Some("3 notes"));
}

prop_compose! {
    fn any_span()(file in 0..2_u32, start in 0..60_u32, length in 0..60_u32) -> Span {
        Span::new(FileId(file), start, start + length)
    }
}

proptest! {
    /// Wrong places and hostile texts make a strange report, but they make one.
    #[test]
    fn anything_can_be_reported(
        texts in [r"(\PC|[\n\r\t\x1b\x0b\u{85}\u{2028}\u{202e}]){0,40}", r"\PC{0,200}"],
        spans in prop::collection::vec(any_span(), 1..5),
        message in r"(\PC|[\x00-\x1f]){0,10}",
        format in prop::sample::select(vec![Format::Human, Format::Github, Format::Json, Format::Sarif]),
    ) {
        let [first, second] = texts;
        let sources = Texts(vec![("a.pl", first), ("b.pl", second)]);
        let fix = Fix::new(message.clone()).edit(spans[0], message.clone());
        let mut finding = Diagnostic::new(&rules::TYPE_MISMATCH, spans[0], message.clone()).help(message.clone()).fix(fix);
        for span in &spans[1..] {
            finding = finding.also(*span, message.clone());
        }
        let shown = shown(format, &sources, finding);
        prop_assert!(shown.chars().all(|character| character == '\n' || visible::is_harmless(character)
            || matches!(format, Format::Json | Format::Sarif)));
        prop_assert!(shown.contains("type/mismatch"));
    }
}
