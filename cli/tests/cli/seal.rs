//! `platc seal`.

use std::collections::BTreeMap;

use crate::Place;

const CERTIFICATE: &str = include_str!("../seal/certificate.pem");
const SECRET: &str = "hunter2-canary";
/// A public key of age, made for this test and used nowhere else.
const RECIPIENT: &str = "age1zvkyg2lqzraa2lnjvqej32nkuu0ues2s82hzrye869xeexvn73equnujwj";

type Kept = BTreeMap<String, BTreeMap<String, BTreeMap<String, String>>>;

fn place() -> Place {
    Place::with(&[("cert.pem", CERTIFICATE), ("value", SECRET)])
}

fn sealed(place: &Place) -> BTreeMap<String, String> {
    let mut kept: Kept = serde_json::from_str(&place.read("lab.json")).unwrap();
    kept.remove("strict").unwrap().remove("web/db").unwrap()
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
        let arguments = ["seal", "web/db", key, "--cert", "cert.pem", "-i", "value", "-o", "lab.json"];
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
        Place::with(&[("cert.pem", "no certificate"), ("good.pem", CERTIFICATE), ("empty", ""), ("lab.json", "[]")]);
    place
        .run(&["seal", "webdb", "key", "--cert", "good.pem", "-i", "empty"])
        .stopped("`webdb` is no namespace and name");
    place.run(&["seal", "web/db", "key", "--cert", "cert.pem", "-i", "empty"]).stopped("it is no certificate");
    place.run(&["seal", "web/db", "key", "--cert", "good.pem", "-i", "empty"]).stopped("there is nothing to seal");
    place.run(&["seal", "web/db", "key", "--cert", "none.pem"]).stopped("can not read `none.pem`");
    place
        .run(&["seal", "web/db", "key", "--cert", "good.pem", "-o", "lab.json"])
        .stopped("is no file of what was sealed");
    assert_eq!(place.read("lab.json"), "[]");
}

#[test]
fn each_scope_is_kept_for_itself() {
    let place = place();
    for (secret, scope) in [("web/db", "strict"), ("web/db", "namespace-wide"), ("web/api", "strict")] {
        let said =
            place.run(&["seal", secret, "k", "--cert", "cert.pem", "--scope", scope, "-i", "value", "-o", "lab.json"]);
        assert_eq!(said.code, Some(0), "{}", said.err);
    }
    let kept: Kept = serde_json::from_str(&place.read("lab.json")).unwrap();
    let secrets = |scope: &str| kept[scope].keys().cloned().collect::<Vec<String>>();
    assert_eq!(secrets("strict"), ["web/api", "web/db"]);
    assert_eq!(secrets("namespace-wide"), ["web/db"]);
    let check = |keys: &[&str]| place.run(&[&["seal", "web/db"], keys, &["--check", "-o", "lab.json"]].concat());
    assert_eq!((check(&["k"]).code, check(&["k"]).out.as_str()), (Some(0), ""));
    assert_eq!((check(&["k", "l"]).code, check(&["k", "l"]).out.as_str()), (Some(1), "l\n"));
}

#[test]
fn sops_encrypts_all_keys_at_once_and_shows_nothing() {
    let place = Place::with(&[("values/password", SECRET), ("values/user", "hunter2-canary-user")]);
    let seal = |keys: &[&str], more: &[&str]| {
        let said = place
            .run(&[&["seal", "web/db"], keys, &["--age", RECIPIENT, "-i", "values", "-o", "lab.json"], more].concat());
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(!said.out.contains(SECRET) && !said.err.contains(SECRET) && !place.read("lab.json").contains(SECRET));
        serde_json::from_str::<serde_json::Value>(&place.read("lab.json")).unwrap()["sops"]["web/db"].clone()
    };
    let first = seal(&["password"], &[]);
    assert_eq!(seal(&["password"], &[]), first);
    let both = seal(&["password", "user"], &[]);
    assert_ne!(both["data"]["password"], first["data"]["password"]);
    assert!(both["data"]["user"].as_str().unwrap().starts_with("ENC[AES256_GCM,data:"));
    assert_ne!(seal(&["password", "user"], &["--rotate"])["sops"]["mac"], both["sops"]["mac"]);
    place.run(&["seal", "web/db", "password", "--age", "age1nobody", "-i", "values"]).stopped("no public key of age");
    place.run(&["seal", "web/db", "password", "user", "--age", RECIPIENT]).stopped("there are 2 keys, and one value");
}

/// The script of a cluster, which finds what is missing by itself.
#[cfg(unix)]
#[test]
fn the_script_of_a_cluster_seals_what_is_missing() {
    use std::process::{Command, Stdio};

    let platform = r#"
import std/sealedsecrets
import "./sealed/lab.json" as lab-sealed: sealedsecrets.Kept

cluster lab {
  namespace sealed-secrets { sealedsecrets.Controller sealed-secrets {} }
  namespace web {
    secret db { key user {}, key password {}, provider: sealedsecrets.Sealed { kept: lab-sealed } }
    secret api { key token {}, provider: sealedsecrets.Sealed { kept: lab-sealed, scope: "cluster-wide" } }
  }
}
"#;
    let place = Place::with(&[
        ("platform.pl", platform),
        ("sealed/lab.json", "{}\n"),
        ("sealed/lab.pem", CERTIFICATE),
        ("values/web/db/user", "hunter2-canary-user"),
        ("values/web/db/password", SECRET),
        ("values/web/api/token", "hunter2-canary-token"),
    ]);
    let check = place.run(&["check", "platform.pl", "--format", "json"]);
    assert_eq!((check.code, check.out.matches("secret/unsealed").count()), (Some(0), 3), "{}", check.out);
    place.run(&["build", "platform.pl", "-o", "out"]);
    let script = |arguments: &[&str]| {
        let mut command = Command::new(place.path("out/lab/seal.sh"));
        command
            .args(arguments)
            .current_dir(place.path(""))
            .env("PLATC", env!("CARGO_BIN_EXE_platc"))
            .stdin(Stdio::null());
        let output = command.output().unwrap();
        let said = [output.stdout, output.stderr].map(|bytes| String::from_utf8(bytes).unwrap());
        assert!(!said.concat().contains("hunter2"), "{said:?}");
        (output.status.code(), said)
    };
    assert_eq!(script(&["status"]).0, Some(3));
    assert_eq!(script(&[]).0, Some(2), "there is no terminal to ask at");
    assert_eq!(script(&["--from", "values", "web/db", "user"]).0, Some(0));
    assert_eq!(script(&["status"]).1[0], "web/api token\nweb/db password\n");
    assert_eq!(script(&["--from", "values"]).0, Some(0));
    let kept = place.read("sealed/lab.json");
    assert_eq!((script(&["--from", "values"]).0, place.read("sealed/lab.json")), (Some(0), kept.clone()));
    assert_eq!(script(&["--from", "values", "--rotate"]).0, Some(0));
    assert_ne!(place.read("sealed/lab.json"), kept);
    place.run(&["build", "platform.pl", "-o", "out"]);
    let check = place.run(&["check", "platform.pl", "--format", "json"]);
    assert_eq!((check.code, check.out.as_str()), (Some(0), ""));
    assert_eq!(script(&["web/none"]).0, Some(2));
}
