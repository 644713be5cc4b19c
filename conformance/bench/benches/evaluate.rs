//! From text to every value and finding: whole, and by stage.

mod common;

use common::{evaluate, open};
use compiler::{Session, check, decl, scope};
use divan::Bencher;
use divan::counter::ItemsCount;
use workload::{File, Shape, platform};

fn main() {
    divan::main();
}

const INSTANCES: usize = 10_000;
const SHAPES: [Shape; 3] = [Shape::Blocks, Shape::Files, Shape::Loop];

/// Text to tree.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn parse(bencher: Bencher, shape: Shape) {
    let files = platform(shape, INSTANCES);
    let parse = |file: &File| syntax::parse(&file.1).errors.len();
    bencher.bench_local(|| files.iter().map(parse).sum::<usize>());
}

/// Text to declarations: what it is to open a platform.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn lower(bencher: Bencher, shape: Shape) {
    let files = platform(shape, INSTANCES);
    bencher.bench_local(|| open(&files));
}

/// Declarations to checked code.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn check_types(bencher: Bencher, shape: Shape) {
    let files = platform(shape, INSTANCES);
    bencher.with_inputs(|| open(&files)).bench_local_refs(|session| check_all(session));
}

/// Checked code to values.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn values(bencher: Bencher, shape: Shape) {
    let files = platform(shape, INSTANCES);
    let checked = || {
        let session = open(&files);
        check_all(&session);
        session
    };
    bencher.counter(ItemsCount::new(INSTANCES)).with_inputs(checked).bench_local_refs(|session| evaluate(session));
}

/// Values to YAML.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn write(bencher: Bencher, shape: Shape) {
    let session = open(&platform(shape, INSTANCES));
    session.check();
    bencher.bench_local(|| {
        let mut writer = data::yaml::Writer::new();
        session.build(&mut writer);
        writer.into_string()
    });
}

/// All of it, from text to findings.
#[divan::bench(args = SHAPES, sample_count = 10, sample_size = 1)]
fn whole(bencher: Bencher, shape: Shape) {
    let files = platform(shape, INSTANCES);
    bencher.counter(ItemsCount::new(INSTANCES)).bench_local(|| open(&files).check().len());
}

/// The same for other sizes: the rate must stay.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn scale_blocks(bencher: Bencher, instances: usize) {
    scale(bencher, Shape::Blocks, instances);
}

/// The same for other sizes: the rate must stay.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn scale_files(bencher: Bencher, instances: usize) {
    scale(bencher, Shape::Files, instances);
}

/// The same for other sizes: the rate must stay.
#[divan::bench(args = [1_000, 10_000, 100_000], sample_count = 3, sample_size = 1)]
fn scale_loop(bencher: Bencher, instances: usize) {
    scale(bencher, Shape::Loop, instances);
}

fn scale(bencher: Bencher, shape: Shape, instances: usize) {
    let files = platform(shape, instances);
    bencher.counter(ItemsCount::new(instances)).bench_local(|| open(&files).check().len());
}

fn declarations(session: &Session) -> Vec<compiler::keys::Decl> {
    let db = session.db();
    let decls: Vec<_> = scope::all_files(db).iter().flat_map(|file| decl::decls(db, *file)).collect();
    for decl in &decls {
        decl::code(db, *decl);
    }
    decls
}

fn check_all(session: &Session) -> usize {
    declarations(session).iter().map(|decl| check::checked(session.db(), *decl).diagnostics.len()).sum()
}
