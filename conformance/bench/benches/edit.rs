//! From a keystroke to complete findings.

mod common;

use common::open;
use divan::Bencher;
use workload::{Edit, Shape, edited, platform};

fn main() {
    divan::main();
}

const INSTANCES: usize = 10_000;
const EDITS: [Edit; 3] = [Edit::Field, Edit::Comment, Edit::Rename];

/// One file of 10,000 blocks.
#[divan::bench(args = EDITS, sample_count = 20, sample_size = 1)]
fn one_file(bencher: Bencher, edit: Edit) {
    measure(bencher, Shape::Blocks, INSTANCES, edit);
}

/// A hundred files of a hundred blocks.
#[divan::bench(args = EDITS, sample_count = 20, sample_size = 1)]
fn hundred_files(bencher: Bencher, edit: Edit) {
    measure(bencher, Shape::Files, INSTANCES, edit);
}

/// Ten files of a hundred blocks.
#[divan::bench(args = EDITS, sample_count = 20, sample_size = 1)]
fn ten_files(bencher: Bencher, edit: Edit) {
    measure(bencher, Shape::Files, INSTANCES / 10, edit);
}

/// The first edit of a block since its file was opened in an editor.
#[divan::bench(args = [Shape::Blocks, Shape::Files], sample_count = 5, sample_size = 1)]
fn first(bencher: Bencher, shape: Shape) {
    measure_first(bencher, shape, true);
}

/// The first edit of a block that nobody expected.
#[divan::bench(args = [Shape::Blocks, Shape::Files], sample_count = 5, sample_size = 1)]
fn first_by_surprise(bencher: Bencher, shape: Shape) {
    measure_first(bencher, shape, false);
}

fn measure_first(bencher: Bencher, shape: Shape, expected: bool) {
    let files = platform(shape, INSTANCES);
    let Some((at, text)) = edited(&files, INSTANCES, Edit::Field) else {
        return;
    };
    let Some((path, before)) = files.get(at) else {
        return;
    };
    let checked = || {
        let mut session = open(&files);
        if expected {
            let file = session.set_file(path, before);
            session.expect_edits(file, before.len() as u32 / 2);
        }
        session.check();
        session
    };
    bencher.with_inputs(checked).bench_local_refs(|session| {
        session.set_file(path, &text);
        session.check().len()
    });
}

/// What parsing the edited file alone costs: no edit can be faster.
#[divan::bench(args = [Shape::Blocks, Shape::Files], sample_count = 20, sample_size = 1)]
fn parse_alone(bencher: Bencher, shape: Shape) {
    let files = platform(shape, INSTANCES);
    if let Some((_, text)) = edited(&files, INSTANCES, Edit::Field) {
        bencher.bench_local(|| syntax::parse(&text).errors.len());
    }
}

/// Writes the edit and takes it back by turns.
fn measure(bencher: Bencher, shape: Shape, instances: usize, edit: Edit) {
    let files = platform(shape, instances);
    let mut session = open(&files);
    session.check();
    let Some((at, text)) = edited(&files, instances, edit) else {
        return;
    };
    let Some((path, before)) = files.get(at) else {
        return;
    };
    let mut texts = [text.as_str(), before.as_str()].into_iter().cycle();
    // The first edit says that the file is one that changes.
    for _ in 0..2 {
        session.set_file(path, texts.next().unwrap_or_default());
        session.check();
    }
    bencher.bench_local(|| {
        session.set_file(path, texts.next().unwrap_or_default());
        session.check().len()
    });
}
