//! Prints random texts as values, keys and items of YAML: documents, each as a line `{"yaml": "...", "json": "..."}` of the
//! same data in both formats, for readers in other languages to compare.
//!
//! The texts are the same in every run. The argument is how many of them there shall be; one document has ten thousand.

#[path = "../tests/common"]
mod common {
    pub mod texts;
    pub mod traps;
}

use std::io::Write as _;

use common::texts::{Random, text};
use common::traps::TRAPS;
use data::{Sink, json, yaml};

/// How many texts are in a document.
const BATCH: usize = 10_000;

fn main() -> std::io::Result<()> {
    let count = std::env::args().nth(1).and_then(|it| it.parse().ok()).unwrap_or(BATCH);
    let mut out = std::io::BufWriter::new(std::io::stdout().lock());
    for batch in 0..count.div_ceil(BATCH) {
        let mut as_yaml = yaml::Writer::new();
        write(batch as u64, &mut as_yaml);
        let mut as_json = json::Writer::compact();
        write(batch as u64, &mut as_json);
        let mut line = json::Writer::compact();
        line.map_start();
        line.key("yaml");
        line.text(as_yaml.as_str());
        line.key("json");
        line.text(as_json.as_str());
        line.map_end();
        writeln!(out, "{}", line.into_string())?;
    }
    out.flush()
}

/// A list of texts, and of maps that nest them: alone in a document they would be written as at the top only.
fn write(batch: u64, sink: &mut impl Sink) {
    let random = &mut Random::new(batch + 1);
    sink.list_start();
    let mut written = 0;
    if batch == 0 {
        for trap in TRAPS {
            sink.text(trap);
            entry(trap, sink, |sink| sink.text(trap));
            written += 3;
        }
    }
    while written < BATCH {
        written += match random.below(4) {
            0 => {
                sink.text(&text(random));
                1
            }
            1 => {
                entry(&text(random), sink, |sink| sink.text(&text(random)));
                2
            }
            2 => {
                let list = |sink: &mut _| items(random, sink);
                entry("list", sink, list);
                3
            }
            _ => {
                let key = text(random);
                entry(&key, sink, |sink| entry(&text(random), sink, |sink| sink.text(&text(random))));
                3
            }
        };
    }
    sink.list_end();
}

fn items(random: &mut Random, sink: &mut impl Sink) {
    sink.list_start();
    sink.text(&text(random));
    sink.list_start();
    sink.text(&text(random));
    sink.list_end();
    entry(&text(random), sink, |sink| sink.null());
    sink.list_end();
}

fn entry<S: Sink>(key: &str, sink: &mut S, value: impl FnOnce(&mut S)) {
    sink.map_start();
    sink.key(key);
    value(sink);
    sink.map_end();
}
