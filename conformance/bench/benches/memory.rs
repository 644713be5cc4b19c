//! What a compilation allocates, and how much of it at a time.
//!
//! Apart from the other benchmarks, because counting takes time.

mod common;

use common::open;
use divan::{AllocProfiler, Bencher};
use workload::{Shape, platform};

#[global_allocator]
static ALLOCATOR: AllocProfiler = AllocProfiler::system();

fn main() {
    divan::main();
}

const SIZES: [usize; 3] = [1_000, 10_000, 50_000];

/// Written blocks.
#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn blocks(bencher: Bencher, instances: usize) {
    measure(bencher, Shape::Blocks, instances);
}

/// One `for`.
#[divan::bench(args = SIZES, sample_count = 1, sample_size = 1)]
fn one_loop(bencher: Bencher, instances: usize) {
    measure(bencher, Shape::Loop, instances);
}

fn measure(bencher: Bencher, shape: Shape, instances: usize) {
    let files = platform(shape, instances);
    bencher.bench_local(|| {
        let session = open(&files);
        session.check().len()
    });
}
