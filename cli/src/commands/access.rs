//! `platc urls`: where people reach what runs, who may come, and where credentials are.

use std::io::{self, Write};

use serde_json::json;

use super::pulls;
use crate::arguments::{Listed, Pulled};
use crate::edge::Result;
use crate::report::visible;
use crate::session::Way;
use crate::terminal::Terminal;

/// Lists the ways.
pub fn run(asked: &Pulled, terminal: &Terminal) -> Result {
    pulls::sound(asked, terminal, |session| {
        let ways = session.ways(asked.cluster.as_deref()).ok_or_else(|| pulls::no_cluster(asked))?;
        let text = match asked.format {
            Listed::Human => human(&ways),
            Listed::List => ways.iter().map(|way| format!("{}\n", visible::line(&way.url))).collect(),
            Listed::Json => format!("{:#}\n", ways.iter().map(json).collect::<serde_json::Value>()),
        };
        io::stdout().write_all(text.as_bytes())?;
        if ways.is_empty() {
            terminal.say("nothing here is reached from outside")?;
        }
        Ok(())
    })
}

/// A table, and before its rows their cluster where there are several.
fn human(ways: &[Way]) -> String {
    let several = ways.iter().any(|way| Some(&way.cluster) != ways.first().map(|first| &first.cluster));
    let mut rows = vec![["SERVICE", "URL", "BY", "FROM", "CREDENTIALS"].map(str::to_owned)];
    rows.extend(ways.iter().map(|way| row(way, several)));
    if rows.len() == 1 {
        return String::new();
    }
    let width = |column: usize| rows.iter().filter_map(|row| row.get(column)).map(|cell| cell.chars().count()).max();
    let widths: Vec<usize> = (0..5).map(|column| width(column).unwrap_or(0)).collect();
    let line = |row: &[String; 5]| {
        let cells = row.iter().zip(&widths).map(|(cell, width)| format!("{cell:<width$}"));
        format!("{}\n", cells.collect::<Vec<_>>().join("  ").trim_end())
    };
    rows.iter().map(line).collect()
}

fn row(way: &Way, several: bool) -> [String; 5] {
    let cluster = if several { format!("{}: ", way.cluster) } else { String::new() };
    let from = way.from.iter().map(|network| &**network).collect::<Vec<_>>();
    let who = match from.as_slice() {
        [] => "-".to_owned(),
        all if all.contains(&"0.0.0.0/0") => "anywhere".to_owned(),
        some => some.join(", "),
    };
    let secret = if way.credentials.is_empty() { "-" } else { &way.credentials };
    [
        format!("{cluster}{}/{}", way.namespace, way.service),
        way.url.to_string(),
        way.by.to_string(),
        who,
        secret.to_owned(),
    ]
    .map(|cell| visible::line(&cell).into_owned())
}

fn json(way: &Way) -> serde_json::Value {
    json!({
        "cluster": way.cluster,
        "namespace": &*way.namespace,
        "service": &*way.service,
        "name": &*way.name,
        "url": &*way.url,
        "by": &*way.by,
        "from": way.from.iter().map(|network| &**network).collect::<Vec<_>>(),
        "credentials": &*way.credentials,
    })
}
