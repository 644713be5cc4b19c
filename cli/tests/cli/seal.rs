//! `platc seal`.

use std::collections::BTreeMap;

use crate::Place;

const CERTIFICATE: &str = include_str!("../seal/certificate.pem");
const SECRET: &str = "hunter2-canary";

fn place() -> Place {
    Place::with(&[("cert.pem", CERTIFICATE), ("value", SECRET)])
}

fn sealed(place: &Place) -> BTreeMap<String, String> {
    serde_json::from_str(&place.read("db.json")).unwrap()
}

#[test]
fn what_is_sealed_shows_nothing_of_the_value() {
    let said = place().run(&["seal", "web/db", "password", "--cert", "cert.pem", "-i", "value"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(
        said.out.len() > 300
            && said.out.trim().bytes().all(|byte| byte.is_ascii_alphanumeric() || b"+/=".contains(&byte))
    );
    assert!(!said.out.contains(SECRET) && !said.err.contains(SECRET));
}

#[test]
fn a_file_keeps_what_is_there_until_it_is_told_otherwise() {
    let place = place();
    let seal = |key: &str, more: &[&str]| {
        let arguments = ["seal", "web/db", key, "--cert", "cert.pem", "-i", "value", "-o", "db.json"];
        let said = place.run(&[&arguments, more].concat());
        assert_eq!(said.code, Some(0), "{}", said.err);
        sealed(&place)
    };
    let first = seal("password", &[]);
    let both = seal("user", &[]);
    assert_eq!(both.keys().collect::<Vec<_>>(), ["password", "user"]);
    assert_eq!(both["password"], first["password"]);
    assert_eq!(seal("password", &[]), both);
    assert_ne!(seal("password", &["--rotate"])["password"], both["password"]);
}

#[test]
fn what_can_not_be_sealed_is_told() {
    let place =
        Place::with(&[("cert.pem", "no certificate"), ("good.pem", CERTIFICATE), ("empty", ""), ("db.json", "[]")]);
    place
        .run(&["seal", "webdb", "key", "--cert", "good.pem", "-i", "empty"])
        .stopped("`webdb` is no namespace and name");
    place.run(&["seal", "web/db", "key", "--cert", "cert.pem", "-i", "empty"]).stopped("it is no certificate");
    place.run(&["seal", "web/db", "key", "--cert", "good.pem", "-i", "empty"]).stopped("there is nothing to seal");
    place.run(&["seal", "web/db", "key", "--cert", "none.pem"]).stopped("can not read `none.pem`");
    place.run(&["seal", "web/db", "key", "--cert", "good.pem", "-o", "db.json"]).stopped("is no JSON of sealed texts");
    assert_eq!(place.read("db.json"), "[]");
}
