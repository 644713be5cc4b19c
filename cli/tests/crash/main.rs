//! A tree is wholly old or wholly new, whatever happens while it is written.
//!
//! A build into a tree with foreign files is killed at each system call that it makes to write, and each of them is made
//! to fail with a full disk and with a broken one, once and from then on. After each: the tree is the old one or the new
//! one, everything foreign is there, and the next build succeeds and leaves nothing behind.
//!
//! `strace` does the killing; where there is none, this says so and proves nothing. As a part of all tests it takes some
//! of the calls, with `CRASH=all` each of them: `.ci/run crash`.

#![cfg(target_os = "linux")]
#![allow(clippy::unwrap_used, clippy::print_stdout)]

mod scene;

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;
use std::process::{Command, Output, Stdio};

use scene::{Scene, Way};

/// System calls that write, or begin to.
const CALLS: &str = "openat,write,pwrite64,mkdir,mkdirat,rmdir,unlink,unlinkat,link,linkat,symlinkat,rename,renameat,\
                     renameat2,fsync,fdatasync,syncfs,flock,chmod,fchmod,fchmodat,fchown,utimensat,fsetxattr,ftruncate";

/// What is done at one call, and whether at those behind it.
const HARMS: [(&str, &str); 5] = [
    ("signal=KILL:when=", ""),
    ("error=ENOSPC:when=", ""),
    ("error=EIO:when=", ""),
    ("error=ENOSPC:when=", "+"),
    ("error=EIO:when=", "+"),
];

/// Without `CRASH=all`, one in so many.
const STRIDE: usize = 23;

fn strace(scene: &Scene, arguments: &[&str]) -> Output {
    let mut command = Command::new("strace");
    command.args(["-f", "-qq"]).args(arguments).arg(env!("CARGO_BIN_EXE_platc")).args(scene.arguments());
    command.current_dir(scene.here()).stdin(Stdio::null()).output().unwrap()
}

/// How often a build makes each call.
fn counted(way: Way) -> BTreeMap<String, usize> {
    let scene = Scene::new(way);
    let log = scene.path("log");
    let output = strace(&scene, &["-e", &format!("trace={CALLS}"), "-o", log.to_str().unwrap()]);
    assert!(output.status.success(), "{output:?}");
    let mut counts = BTreeMap::new();
    for line in fs::read_to_string(log).unwrap().lines() {
        let call = line.split_once(' ').and_then(|(_, line)| line.trim_start().split_once('('));
        if let Some((call, _)) = call.filter(|(call, _)| CALLS.split(',').any(|known| known == *call)) {
            *counts.entry(call.to_owned()).or_default() += 1;
        }
    }
    counts
}

fn harm(way: Way) {
    let tried = Command::new("strace").args(["-qq", "-o", "/dev/null", "true"]).status();
    if !tried.is_ok_and(|status| status.success()) {
        println!("SKIPPED: there is no strace that may trace, so nothing was killed");
        return;
    }
    let stride = if std::env::var("CRASH").is_ok_and(|which| which == "all") { 1 } else { STRIDE };
    let mut all = vec![];
    for (call, count) in counted(way) {
        for when in 1..=count {
            all.extend(HARMS.map(|(harm, on)| (call.clone(), format!("inject={call}:{harm}{when}{on}"))));
        }
    }
    let (mut old, mut new, mut mixed) = (0, 0, 0);
    for (call, inject) in all.iter().step_by(stride) {
        let scene = Scene::new(way);
        let output = strace(&scene, &["-e", &format!("trace={call}"), "-e", inject, "-o", "/dev/null"]);
        let what = format!("{inject} {output:?}");
        scene.foreign_is_there(&what);
        match scene.generated() {
            now if now == scene.old => old += 1,
            now if now == scene.new => new += 1,
            now => {
                assert_eq!(way, Way::Within, "{what}\n{now:?}");
                scene.each_is_whole(&now, &what);
                mixed += 1;
            }
        }
        if output.status.success() {
            assert_eq!(scene.generated(), scene.new, "{what}");
        }
        scene.builds();
        assert_eq!(scene.generated(), scene.new, "{what}");
        scene.foreign_is_there(&what);
        scene.nothing_is_left(&what);
    }
    println!(
        "{way:?}: {} of {} harms; afterwards {old} old, {new} new, {mixed} between",
        all.len().div_ceil(stride),
        all.len()
    );
    assert!(stride > 1 || old > 0 && new > 0, "{old} {new}");
}

#[test]
fn beside() {
    harm(Way::Beside);
}

#[test]
fn first_build() {
    harm(Way::First);
}

#[test]
fn within() {
    harm(Way::Within);
}

#[test]
fn two_builds_at_once() {
    for round in 0..50 {
        let way = [Way::Beside, Way::First, Way::Within][round % 3];
        let scene = Scene::new(way);
        let start = |value: &str| {
            fs::write(scene.path(value), format!("output a: \"{value}\"\n")).unwrap();
            let mut command = Command::new(env!("CARGO_BIN_EXE_platc"));
            command.args(["build", "-o", scene.directory()]).arg(scene.path(value)).current_dir(scene.here());
            command.stdin(Stdio::null()).stderr(Stdio::piped()).spawn().unwrap()
        };
        let builds = ["one.pl", "two.pl", "three.pl"].map(start);
        for build in builds {
            let output = build.wait_with_output().unwrap();
            assert!(output.status.success(), "{output:?}");
        }
        let now = scene.generated();
        let value = String::from_utf8(now[Path::new("platform.yaml")].clone()).unwrap();
        assert!(["a: one.pl\n", "a: two.pl\n", "a: three.pl\n"].contains(&value.as_str()), "{value}");
        scene.list_is_right(&now);
        scene.foreign_is_there("at once");
        for value in ["one.pl", "two.pl", "three.pl"] {
            fs::remove_file(scene.path(value)).unwrap();
        }
        scene.nothing_is_left("at once");
    }
}
