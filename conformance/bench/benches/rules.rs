//! The rules over a whole platform: reading the evaluated platform as a model, and judging it.

mod common;

use common::open;
use divan::Bencher;
use workload::{MAIN, cluster};

/// Hosts and services.
const SIZES: [(usize, usize); 2] = [(100, 1_000), (1_000, 10_000)];

fn main() {
    divan::main();
}

/// From evaluated values to plain data.
#[divan::bench(args = SIZES, sample_count = 5, sample_size = 1)]
fn read(bencher: Bencher, (hosts, services): (usize, usize)) {
    let session = open(&[(MAIN.to_string(), cluster(hosts, services))]);
    assert!(session.check().is_empty(), "the cluster is sound");
    bencher.bench_local(|| session.model());
}

/// All rules, with one hand.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn judge(bencher: Bencher, (hosts, services): (usize, usize)) {
    with_hands(bencher, (hosts, services), 1);
}

/// All rules, with two hands.
#[divan::bench(args = SIZES, sample_count = 20, sample_size = 1)]
fn judge_by_two(bencher: Bencher, (hosts, services): (usize, usize)) {
    with_hands(bencher, (hosts, services), 2);
}

fn with_hands(bencher: Bencher, (hosts, services): (usize, usize), hands: usize) {
    let session = open(&[(MAIN.to_string(), cluster(hosts, services))]);
    let model = session.model();
    bencher.bench_local(|| platform::rules::check(&model.platform, hands).len());
}
