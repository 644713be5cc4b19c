//! However a project came to be what it is, what is seen of it is the same.
//!
//! Random edits of a small platform: after each, the open session must see what a fresh one sees, findings and places
//! included. Edits may break the platform and mend it again.

use crate::project::{Files, MAIN, edit, open, seen};
use compiler::Database;
use proptest::prelude::*;

/// An app of the platform, as far as edits change it.
#[derive(Clone, Debug)]
struct App {
    name: u8,
    fleet: bool,
    port: Option<u16>,
    reads: Option<u8>,
    comment: bool,
}

/// What the platform is written from.
#[derive(Clone, Debug)]
struct Platform {
    domain: u8,
    default: u16,
    limit: u16,
    docs: bool,
    computed: u8,
    apps: Vec<App>,
    extended: Option<u8>,
    more: bool,
}

impl Platform {
    fn files(&self) -> Files {
        Files::new(&[(MAIN, &self.main()), ("app.pl", &self.schema()), ("other.pl", &self.other())])
    }

    fn schema(&self) -> String {
        let docs = if self.docs { "  /// Where it listens.\n" } else { "" };
        let more = if self.more { "  size: Int = port * 2\n" } else { "" };
        format!(
            "let domain = \"d{}.example\"\nlet limit = {}\n\nschema App {{\n{docs}  port: Int = {}\n{more}  \
             url: String = \"http://\\(name).\\(domain):\\(port)\"\n  check port < limit else \"\\(name) is too high\"\n}}\n\n\
             schema Fleet {{\n  each app: App\n  let first = [for a in app => a.port]\n  ports: [Int] = first\n}}\n",
            self.domain, self.limit, self.default
        )
    }

    fn main(&self) -> String {
        let mut text = "import \"./app.pl\" as app\nimport \"./other.pl\"\n\noutput fleet: app.Fleet {\n".to_string();
        for app in self.apps.iter().filter(|app| app.fleet) {
            text.push_str(&format!("  app a{} {{{} }}\n", app.name, fields(app)));
        }
        text.push_str(&format!("  for n in 1..{} {{ app \"c-\\(n)\" {{ port: 100 + n }} }}\n}}\n", self.computed));
        if let Some(name) = self.extended {
            text.push_str(&format!("extend fleet.app.a{name} {{ port: 77 }}\n"));
        }
        text
    }

    fn other(&self) -> String {
        let mut text = "import \"./app.pl\" as app\noutput limit: app.limit\n".to_string();
        for app in self.apps.iter().filter(|app| !app.fleet) {
            text.push_str(&format!("output a{}: app.App {{{} }}\n", app.name, fields(app)));
        }
        text
    }
}

fn fields(app: &App) -> String {
    let mut text = String::new();
    if app.comment {
        text.push_str(" // about this\n   ");
    }
    match (app.reads, app.port, app.fleet) {
        (Some(other), _, true) => text.push_str(&format!(" port: fleet.app.a{other}.port + 1")),
        (Some(other), _, false) => text.push_str(&format!(" port: a{other}.port + 1")),
        (None, Some(port), _) => text.push_str(&format!(" port: {port}")),
        (None, None, _) => {}
    }
    text
}

fn app() -> impl Strategy<Value = App> {
    let port = proptest::option::of(1u16..200);
    let reads = proptest::option::weighted(0.4, 0u8..5);
    (0u8..5, any::<bool>(), port, reads, any::<bool>()).prop_map(|(name, fleet, port, reads, comment)| App {
        name,
        fleet,
        port,
        reads,
        comment,
    })
}

fn platform() -> impl Strategy<Value = Platform> {
    let apps = proptest::collection::vec(app(), 0..5);
    let extended = proptest::option::weighted(0.2, 0u8..5);
    let numbers = (0u8..2, 1u16..200, 50u16..300, 0u8..3);
    (numbers, any::<bool>(), apps, extended, any::<bool>()).prop_map(
        |((domain, default, limit, computed), docs, apps, extended, more)| Platform {
            domain,
            default,
            limit,
            docs,
            computed,
            apps,
            extended,
            more,
        },
    )
}

/// One part of a platform becomes that of another.
fn edited(from: &Platform, to: &Platform, part: u8) -> Platform {
    let mut next = from.clone();
    match part {
        0 => next.domain = to.domain,
        1 => next.default = to.default,
        2 => next.limit = to.limit,
        3 => next.docs = to.docs,
        4 => next.computed = to.computed,
        5 => next.extended = to.extended,
        6 => next.more = to.more,
        7 => next.apps.truncate(1),
        8 => next.apps.extend(to.apps.first().cloned()),
        9 => next.apps.reverse(),
        _ => next.apps.iter_mut().zip(&to.apps).for_each(|(app, other)| *app = other.clone()),
    }
    next
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 40, ..ProptestConfig::default() })]

    #[test]
    fn an_edit_leads_to_what_a_fresh_start_sees(
        first in platform(),
        edits in proptest::collection::vec((platform(), 0u8..11), 1..8),
    ) {
        let mut now = first;
        let mut session = open(&now.files(), Database::default());
        seen(&session);
        for (to, part) in &edits {
            now = edited(&now, to, *part);
            let files = now.files();
            for path in files.0.keys() {
                edit(&mut session, &files, path);
            }
            let fresh = open(&files, Database::default());
            let (found, built) = seen(&session);
            let (found_fresh, built_fresh) = seen(&fresh);
            prop_assert_eq!(placed(&session, &found), placed(&fresh, &found_fresh), "of {:#?}", files.0);
            prop_assert_eq!(built, built_fresh);
        }
    }
}

/// Findings with the paths of their files, whose numbers depend on the order in which they were read.
pub fn placed(session: &compiler::Session, found: &[diagnostics::Diagnostic<diagnostics::Span>]) -> Vec<String> {
    let line = |finding: &diagnostics::Diagnostic<diagnostics::Span>| {
        let path = session.file(finding.at.file).map_or("", |file| file.0);
        let others: Vec<_> =
            finding.others.iter().map(|(place, text)| format!("{}..{} {text}", place.start, place.end)).collect();
        let help = finding.help.as_deref().unwrap_or_default();
        format!(
            "{} {path} {}..{} {} {help} {others:?}",
            finding.rule.code, finding.at.start, finding.at.end, finding.message
        )
    };
    found.iter().map(line).collect()
}
