//! Runs every case: `cargo test -p platc-conformance -- [WORD]..` runs those whose file or name contains every word.
//! `UPDATE=1` rewrites expectations that are not met and shows what changed.
#![allow(clippy::print_stdout, reason = "a test without harness reports on its own")]

use std::error::Error;
use std::fs;
use std::path::Path;
use std::process::ExitCode;
use std::time::Instant;

use conformance::command::Implementation;
use conformance::pages;
use conformance::report::{difference, failure};
use conformance::suite::{Outcome, cases, examples, run};
use conformance::update::{rewritable, rewritten};

fn main() -> Result<ExitCode, Box<dyn Error>> {
    let repository = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").canonicalize()?;
    let implementation = Implementation::locate()?;
    let started = Instant::now();
    let mut all = Vec::new();
    for part in [cases(&repository)?, pages::cases(&repository)?] {
        match part {
            Ok(cases) => all.extend(cases),
            Err(malformed) => {
                println!("{}:{}: {}", malformed.file, malformed.line, malformed.message);
                return Ok(ExitCode::FAILURE);
            }
        }
    }
    all.extend(examples(&repository)?);
    let words: Vec<String> = std::env::args().skip(1).filter(|word| !word.starts_with("--")).collect();
    all.retain(|case| words.iter().all(|word| case.to_string().contains(word)));
    let outcomes = run(&implementation, &all)?;
    if std::env::var_os("UPDATE").is_some() {
        update(&repository, &outcomes)?;
    }
    let failures = outcomes.iter().filter(|outcome| !outcome.holds());
    let failed = failures.inspect(|outcome| println!("{}", failure(outcome))).count();
    let seconds = started.elapsed().as_secs_f32();
    println!("{} cases, {failed} failed, {seconds:.1} s", outcomes.len());
    Ok(if failed == 0 && !outcomes.is_empty() { ExitCode::SUCCESS } else { ExitCode::FAILURE })
}

fn update(repository: &Path, outcomes: &[Outcome]) -> Result<(), Box<dyn Error>> {
    for (file, misses) in rewritable(outcomes) {
        let path = repository.join(file);
        let before = fs::read_to_string(&path)?;
        let after = rewritten(&before, &misses);
        println!("updated {file}\n{}", difference(&before, &after));
        fs::write(path, after)?;
    }
    Ok(())
}
