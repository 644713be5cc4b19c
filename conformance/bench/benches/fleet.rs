//! The fleet, from text to the documents of all of its objects.

mod common;

use common::open;
use compiler::output::write_object;
use data::Sink;
use divan::Bencher;
use workload::{MAIN, fleet};

fn main() {
    divan::main();
}

/// Four objects a service, and a namespace for every twenty.
#[divan::bench(args = [1_000, 10_000], sample_count = 5, sample_size = 1)]
fn objects(bencher: Bencher, services: usize) {
    let files = [(MAIN.to_string(), fleet(services))];
    bencher.bench_local(|| {
        let session = open(&files);
        assert!(session.check().is_empty(), "the fleet is sound");
        let objects = session.objects();
        let mut writer = data::yaml::Writer::new();
        for object in objects {
            writer.document_start();
            write_object(session.db(), object, &mut writer);
        }
        writer.into_string().len()
    });
}
