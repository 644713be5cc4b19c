//! Each module of the standard library is right by itself: what nobody uses is told to nobody.
#![allow(clippy::expect_used, reason = "a test may fail")]

use std::fs;
use std::path::Path;

use conformance::command::Implementation;
use conformance::findings::{Details, written};

#[test]
fn every_module_is_right_by_itself() {
    let implementation = Implementation::locate().expect("platc");
    let directory = Path::new(env!("CARGO_MANIFEST_DIR")).join("../stdlib");
    let place = tempfile::tempdir().expect("a directory");
    fs::write(place.path().join("platc.toml"), "").expect("written");
    let mut count = 0;
    for entry in fs::read_dir(directory).expect("the library") {
        let path = entry.expect("a module").path();
        if path.extension().is_none_or(|extension| extension != "pl") {
            continue;
        }
        let name = path.file_name().expect("a name").to_string_lossy().into_owned();
        fs::copy(&path, place.path().join("module.pl")).expect("copied");
        let answer =
            implementation.run(place.path(), &["check", "module.pl", "--report", "json"], "").expect("an answer");
        assert_eq!(written(&answer.out, &Details::default()).expect("findings"), "", "{name}");
        count += 1;
    }
    assert!(count > 40, "there are only {count} modules");
}
