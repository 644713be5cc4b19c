//! The scripts that an operator runs, driven by tests that are scripts themselves: `nodes/operator`. They need nothing but
//! bash; where there is none, nothing is tested, and that is said.
#![cfg(target_os = "linux")]
#![allow(clippy::expect_used, clippy::panic, clippy::print_stderr, reason = "a test may fail")]

use std::path::Path;
use std::process::Command;

use conformance::command::Implementation;

#[test]
fn talos() {
    run("talos.sh");
}

#[test]
fn operate() {
    run("operate.sh");
}

#[test]
fn k3d() {
    run("k3d.sh");
}

#[test]
fn offline() {
    run("fetch.sh");
}

fn run(name: &str) {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("SKIPPED {name}: there is no bash");
        return;
    }
    let implementation = Implementation::locate().expect("the compiler");
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("nodes/operator").join(name);
    let answer = Command::new("bash").arg(script).env("PLATC", implementation.binary()).output().expect("bash runs");
    let said = [answer.stdout, answer.stderr].map(|said| String::from_utf8_lossy(&said).into_owned());
    assert!(answer.status.success(), "{}", said.concat());
    said.concat().lines().filter(|line| line.starts_with("SKIPPED")).for_each(|line| eprintln!("{line}"));
}
