//! `platc images` and `platc urls --external`: everything that a platform gets from elsewhere.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::io::{self, Write};

use platform::pulls::What;
use serde_json::json;

use super::Product;
use crate::arguments::{Listed, Pulled};
use crate::edge::{Result, Stop};
use crate::inputs;
use crate::report::{Findings, visible};
use crate::session::{self, Wanted};
use crate::terminal::Terminal;

/// Lists the images.
pub fn images(asked: &Pulled, terminal: &Terminal) -> Result {
    list(asked, "image", |what| *what == What::Image, terminal)
}

/// Lists the addresses.
pub fn urls(asked: &Pulled, terminal: &Terminal) -> Result {
    list(asked, "url", |what| *what != What::Image, terminal)
}

fn list(asked: &Pulled, word: &str, is_meant: impl Fn(&What) -> bool, terminal: &Terminal) -> Result {
    sound(asked, terminal, |session| told(asked, word, is_meant, session, terminal))
}

/// Goes on with a platform in which nothing is wrong.
pub fn sound(
    asked: &Pulled,
    terminal: &Terminal,
    go_on: impl FnOnce(&session::Session<'_>) -> std::result::Result<(), Stop>,
) -> Result {
    let mut input = inputs::one(&asked.path)?;
    let mut findings = Findings::default();
    super::report_unreadable(&mut input, &mut findings);
    let mut sessions = session::open(&input);
    for session in &mut sessions {
        let found = session.check();
        findings.add(&*session, found);
    }
    let is_sound = session::is_sound(&findings.list);
    let outcome = super::report(asked.report, Product::Values, &findings, terminal)?;
    if let Some(session) = sessions.first().filter(|_| is_sound) {
        go_on(session)?;
    }
    Ok(outcome)
}

/// There is no cluster of the name that is asked for.
pub fn no_cluster(asked: &Pulled) -> Stop {
    let name = visible::line(asked.cluster.as_deref().unwrap_or_default()).into_owned();
    miette::miette!("there is no cluster `{name}`").into()
}

fn told(
    asked: &Pulled,
    word: &str,
    is_meant: impl Fn(&What) -> bool,
    session: &session::Session<'_>,
    terminal: &Terminal,
) -> std::result::Result<(), Stop> {
    let Some(mut wanted) = session.wanted(asked.cluster.as_deref()) else { return Err(no_cluster(asked)) };
    wanted.retain(|_, wanted| is_meant(&wanted.what));
    let text = match asked.format {
        Listed::Human => human(&wanted),
        Listed::List => wanted.keys().fold(String::new(), |text, name| text + &visible::line(name) + "\n"),
        Listed::Json => format!("{:#}\n", json(word, &wanted)),
    };
    io::stdout().write_all(text.as_bytes())?;
    if is_meant(&What::Image) {
        for (cluster, what) in session.unlisted(asked.cluster.as_deref()) {
            terminal.say(&format!("not in this list, of `{}`: {}", visible::line(&cluster), visible::line(&what)))?;
        }
    }
    Ok(())
}

/// Each name, and below it who asks for it.
fn human(wanted: &BTreeMap<String, Wanted>) -> String {
    let mut text = String::new();
    for (name, one) in wanted {
        // A `String` takes everything.
        let _ = writeln!(text, "{}{}", visible::line(name), beside(&one.what));
        for (by, place) in &one.by {
            let _ = writeln!(text, "  {}  {}", place, visible::line(by));
        }
    }
    text
}

/// What the name of a thing does not say itself.
fn beside(what: &What) -> String {
    match what {
        What::Image | What::Source => String::new(),
        What::Chart(chart) => format!("  chart {}", visible::line(chart)),
        What::File(_, sum) => format!("  sha256 {sum}"),
        What::Service => "  asked again and again".to_owned(),
    }
}

fn json(word: &str, wanted: &BTreeMap<String, Wanted>) -> serde_json::Value {
    let one = |(name, one): (&String, &Wanted)| {
        let by: Vec<_> = one.by.iter().map(|(by, place)| json!({ "by": by, "at": place })).collect();
        let mut entry = json!({ word: name, "hosts": one.hosts, "wanted": by });
        let (kind, more) = match &one.what {
            What::Image => ("image", None),
            What::File(_, sum) => ("file", Some(("sha256", &**sum))),
            What::Chart(chart) => ("chart", Some(("chart", &**chart))),
            What::Source => ("source", None),
            What::Service => ("service", None),
        };
        if let Some(entry) = entry.as_object_mut() {
            entry.insert("kind".to_owned(), kind.into());
            entry.extend(more.map(|(key, value)| (key.to_owned(), value.into())));
        }
        entry
    };
    wanted.iter().map(one).collect()
}
