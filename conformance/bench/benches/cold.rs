//! `platc check` from start to finish, as a process.

use std::error::Error;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use divan::Bencher;
use workload::{Shape, platform, small};

fn main() -> Result<(), Box<dyn Error>> {
    let platc = platc()?;
    if !platc.is_file() {
        return Err(format!("`{}` is not there: cargo build --release -p platc", platc.display()).into());
    }
    divan::main();
    Ok(())
}

/// The release build that stands beside this benchmark.
fn platc() -> Result<PathBuf, std::io::Error> {
    let own = std::env::current_exe()?;
    let folder = own.parent().and_then(Path::parent).unwrap_or(Path::new("."));
    Ok(folder.join(format!("platc{}", std::env::consts::EXE_SUFFIX)))
}

/// Starting, and nothing else.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn version(bencher: Bencher) {
    bencher.bench_local(|| run(&["--version"]));
}

/// A file of fifty lines.
#[divan::bench(sample_count = 50, sample_size = 1)]
fn small_file(bencher: Bencher) {
    check_text(bencher, "platc-bench-small", &small());
}

/// A thousand blocks.
#[divan::bench(sample_count = 10, sample_size = 1)]
fn thousand_blocks(bencher: Bencher) {
    let files = platform(Shape::Blocks, 1_000);
    let text = files.first().map(|file| file.1.as_str()).unwrap_or_default();
    check_text(bencher, "platc-bench-thousand", text);
}

fn check_text(bencher: Bencher, name: &str, text: &str) {
    let folder = std::env::temp_dir().join(name);
    let file = folder.join(workload::MAIN);
    let written = std::fs::create_dir_all(&folder).and_then(|()| std::fs::write(&file, text));
    if written.is_ok() {
        let path = file.display().to_string();
        bencher.bench_local(|| run(&["check", &path]));
    }
}

fn run(arguments: &[&str]) -> bool {
    let platc = platc().unwrap_or_default();
    let mut command = Command::new(platc);
    command.args(arguments).stdout(Stdio::null()).stderr(Stdio::null());
    command.status().is_ok_and(|status| status.success())
}
