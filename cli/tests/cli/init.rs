//! `platc init`.

use crate::Place;

#[test]
fn what_it_writes_is_clean_and_formatted() {
    let place = Place::with(&[]);
    let said = place.run(&["init", "shop"]);
    assert_eq!(said.err, "created shop/platc.toml\ncreated shop/platform.pl\ntry: platc check shop\n");
    place.run(&["check", "shop"]).is_clean();
    place.run(&["fmt", "--check", "shop"]).is_clean();
}

#[test]
fn nothing_is_ever_replaced() {
    let place = Place::with(&[("platform.pl", "mine")]);
    place.run(&["init"]).stopped("there is already a `platform.pl`");
    assert_eq!(place.read("platform.pl"), "mine");
    assert!(!place.path("platc.toml").exists());
}
