//! `platc explain`.

use crate::Place;

#[test]
fn a_page_is_shown() {
    let said = Place::with(&[]).run(&["explain", "type/mismatch"]);
    said.is_clean();
    assert!(said.out.starts_with("type/mismatch: "), "{}", said.out);
    assert!(said.out.contains("    output shop: App { replicas: 3 }\n"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "no colours without a terminal");
}

#[test]
fn colours_can_be_forced() {
    let said = Place::with(&[]).run(&["explain", "type/mismatch", "--color", "always"]);
    assert!(said.out.starts_with("\u{1b}[1mtype/mismatch: "), "{:?}", said.out);
}

#[test]
fn all_codes_are_listed() {
    let said = Place::with(&[]).run(&["explain"]);
    said.is_clean();
    assert!(said.out.lines().any(|line| line.starts_with("type/mismatch ")));
    assert!(said.out.lines().any(|line| line.starts_with("import/unused ") && line.ends_with("(warning)")));
}

#[test]
fn the_nearest_code_is_proposed() {
    Place::with(&[]).run(&["explain", "type/mismacht"]).stopped("`type/mismatch` is the nearest");
    Place::with(&[]).run(&["explain", "E0042"]).stopped("`platc explain` lists all codes");
}
