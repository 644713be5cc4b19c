//! How fast YAML and JSON are read, on objects like those that a platform consists of.

mod objects;

use data::{Format, Limits, json, read, yaml};
use divan::Bencher;
use divan::counter::BytesCount;
use objects::write_all;

fn main() {
    divan::main();
}

#[divan::bench]
fn yaml_reader(bencher: Bencher) {
    measure(bencher, Format::Yaml, &write_all(yaml::Writer::new()).into_string());
}

/// One list of all objects, because JSON has no documents.
#[divan::bench]
fn json_reader(bencher: Bencher) {
    let documents = write_all(json::Writer::pretty()).into_string();
    let list = format!("[{}]", documents.replace("\n}\n{", "\n},\n{"));
    measure(bencher, Format::Json, &list);
}

fn measure(bencher: Bencher, format: Format, text: &str) {
    bencher.counter(BytesCount::of_str(text)).bench(|| read(format, text, Limits::default()).map(|it| it.len()));
}
