//! Prints data that is hard to write, each as a line `{"yaml": "...", "json": "..."}` of the same
//! data in both formats, for readers in other languages to compare.
//!
//! The data is the same in every run. The argument is how much of it there shall be.

#[path = "../tests/common/random.rs"]
mod random;
#[path = "../tests/common/traps.rs"]
mod traps;

use std::io::Write as _;

use data::{Datum, DatumKind, Sink, TextRange, json, yaml};
use proptest::strategy::{Strategy as _, ValueTree as _};
use proptest::test_runner::TestRunner;

fn main() -> std::io::Result<()> {
    let count = std::env::args().nth(1).and_then(|it| it.parse().ok());
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for trap in traps::TRAPS {
        out.write_all(line(&of_text(trap)).as_bytes())?;
    }
    let mut runner = TestRunner::deterministic();
    let strategy = random::any_datum();
    for _ in 0..count.unwrap_or(1000) {
        let tree = strategy.new_tree(&mut runner).map_err(|it| std::io::Error::other(it.to_string()))?;
        out.write_all(line(&tree.current()).as_bytes())?;
    }
    out.flush()
}

/// The trap as a value, an item and a key.
fn of_text(trap: &str) -> Datum {
    let range = TextRange::default();
    let text = || Datum { kind: DatumKind::Text(trap.into()), range };
    let key = data::Key { text: trap.into(), range };
    let list = DatumKind::List(vec![text(), text()]);
    let list = Datum { kind: list, range };
    let map = DatumKind::Map(vec![(key, list)]);
    let map = Datum { kind: map, range };
    let kind = DatumKind::List(vec![text(), map]);
    Datum { kind, range }
}

fn line(datum: &Datum) -> String {
    let mut as_yaml = yaml::Writer::new();
    datum.write_to(&mut as_yaml);
    let mut as_json = json::Writer::compact();
    datum.write_to(&mut as_json);
    let mut line = json::Writer::compact();
    line.map_start();
    line.key("yaml");
    line.text(as_yaml.as_str());
    line.key("json");
    line.text(as_json.as_str());
    line.map_end();
    line.into_string() + "\n"
}
