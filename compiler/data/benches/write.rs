//! How fast YAML and JSON are written, on objects like those that a platform consists of.

mod objects;

use data::{json, yaml};
use divan::Bencher;
use divan::counter::BytesCount;
use objects::write_all;

fn main() {
    divan::main();
}

#[divan::bench]
fn yaml_writer(bencher: Bencher) {
    let size = write_all(yaml::Writer::new()).into_string().len();
    let mut buffer = String::new();
    bencher.counter(BytesCount::new(size)).bench_local(|| {
        let writer = yaml::Writer::reuse(std::mem::take(&mut buffer));
        buffer = write_all(writer).into_string();
        buffer.len()
    });
}

#[divan::bench]
fn json_writer(bencher: Bencher) {
    let size = write_all(json::Writer::pretty()).into_string().len();
    bencher.counter(BytesCount::new(size)).bench(|| write_all(json::Writer::pretty()).into_string().len());
}
