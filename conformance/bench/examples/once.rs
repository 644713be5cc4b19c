//! One stage of a platform, once, for a profiler that counts instructions:
//!
//! ```sh
//! valgrind --tool=callgrind --toggle-collect='once::stage_values' target/release/examples/once values blocks 1000
//! ```

#[path = "../benches/common/mod.rs"]
mod common;

use common::{evaluate, open};
use compiler::{Session, check, decl, output::write_object, scope};
use data::Sink;
use workload::{MAIN, Shape, cluster, fleet, platform};

fn main() {
    let words: Vec<String> = std::env::args().skip(1).collect();
    let [stage, workload, size] = words.as_slice() else {
        return;
    };
    let size: usize = size.parse().unwrap_or(1_000);
    let files = match workload.as_str() {
        "files" => platform(Shape::Files, size),
        "loop" => platform(Shape::Loop, size),
        "fleet" => vec![(MAIN.to_string(), fleet(size))],
        "cluster" => vec![(MAIN.to_string(), cluster(size / 10, size))],
        _ => platform(Shape::Blocks, size),
    };
    let session = open(&files);
    let before: fn(&Session) -> usize = match stage.as_str() {
        "checked" => |_| 0,
        "values" => stage_checked,
        _ => |session| session.check().len(),
    };
    before(&session);
    let run: fn(&Session) -> usize = match stage.as_str() {
        "checked" => stage_checked,
        "values" => stage_values,
        "findings" => stage_findings,
        "model" => stage_model,
        "rules" => {
            let model = session.model();
            std::hint::black_box(stage_rules(&model.platform));
            return;
        }
        _ => stage_written,
    };
    std::hint::black_box(run(&session));
}

#[inline(never)]
fn stage_checked(session: &Session) -> usize {
    let db = session.db();
    let decls = scope::all_files(db).iter().flat_map(|file| decl::decls(db, *file));
    decls.map(|decl| check::checked(db, decl).diagnostics.len()).sum()
}

#[inline(never)]
fn stage_values(session: &Session) -> usize {
    evaluate(session)
}

#[inline(never)]
fn stage_findings(session: &Session) -> usize {
    session.check().len()
}

#[inline(never)]
fn stage_model(session: &Session) -> usize {
    session.model().platform.clusters.len()
}

#[inline(never)]
fn stage_rules(platform: &platform::model::Platform) -> usize {
    platform::rules::check(platform, 1).len()
}

#[inline(never)]
fn stage_written(session: &Session) -> usize {
    let mut writer = data::yaml::Writer::new();
    for object in session.objects() {
        writer.document_start();
        write_object(session.db(), object, &mut writer);
    }
    writer.into_string().len()
}
