//! No secret that somebody wrote by mistake, or handed over, is shown anywhere: one value at each place, each command, each form.

use std::fs;
use std::path::Path;

use crate::Place;

/// What every secret here begins with, and nothing else.
const CANARY: &str = "cAnArY7";

/// A platform with a secret at each place where one could be written. Some of it is wrong in other ways, so that the lines are shown.
const WRITTEN: &str = r#"
import "./values.yaml" as from-file
import "./secret.yaml" as imported

schema Tool in Namespace { login: SecretKey, password: String = "cAnArY7-default" }
schema Team is Namespace { each tool: Tool }
let admin-password = "cAnArY7-let"

cluster lab {
  namespace web: Team {
    imported.Manifests them {}
    tool a { login: "cAnArY7-due" }
    service shop {
      image: "ghcr.io/example/shop:latest"
      env: { DB_PASSWORD: "cAnArY7-env", OTHER: admin-password, URL: "postgres://shop:cAnArY7-url@db/shop" }
      arguments: ["--token=cAnArY7-argument", "--api-token", "cAnArY7-option"]
    }
    k8s.Secret database { stringData: { username: "cAnArY7-user", pin: "cAnArY7-pin" }, nonsense: 1 }
    k8s.Secret encoded { data: { pin: "Y0FuQXJZNy1lbmNvZGVk" }, nonsense: 1 }
    config settings { data: { "app.properties": "a=b\ndatabase.password=cAnArY7-line\n", nonsense: 1 } }
    release redis { chart: "redis", version: "1.0.0", values: { auth: { password: "cAnArY7-values" }, nonsense: treu } }
    release other { chart: "other", version: "1.0.0", values: from-file }
  }
}
"#;

/// The same without other mistakes: what is left to say is that there are secrets.
fn only_secrets() -> String {
    let wrong = [
        (", nonsense: 1", ""),
        (", nonsense: treu", ""),
        ("    tool a { login: \"cAnArY7-due\" }\n", ""),
        (":latest", ":1.4.2"),
    ];
    wrong.iter().fold(WRITTEN.to_owned(), |text, (from, to)| text.replace(from, to))
}

fn place(platform: &str) -> Place {
    let nonsense = if platform == WRITTEN { ", nonsense: 1" } else { "" };
    let secret = format!(
        "apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: web{nonsense}}}\nstringData: {{a: cAnArY7-imported}}\n"
    );
    Place::with(&[
        ("platform.pl", platform),
        ("values.yaml", "auth:\n  password: cAnArY7-file\n  rootPassword: cAnArY7-root\n"),
        ("secret.yaml", &secret),
        ("broken.yaml", "apiVersion: v1\nkind: Secret\nstringData:\n  password: cAnArY7-broken\n    b: [\n"),
    ])
}

/// Whether a text says a secret, as it is or in base 64.
fn leaks(text: &str) -> bool {
    text.contains(CANARY) || text.contains("Y0FuQXJZ")
}

/// Every file below a directory but those that a user wrote.
fn written(directory: &Path, mine: &[&str], found: &mut Vec<String>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            written(&path, mine, found);
        } else if !mine.contains(&path.file_name().unwrap().to_str().unwrap()) {
            let text = String::from_utf8_lossy(&fs::read(&path).unwrap()).into_owned();
            if leaks(&text) {
                found.push(path.display().to_string());
            }
        }
    }
}

const COMMANDS: &[&[&str]] = &[
    &["check", "platform.pl"],
    &["check", "platform.pl", "--format", "json"],
    &["check", "platform.pl", "--format", "sarif"],
    &["check", "platform.pl", "--format", "github"],
    &["check", "platform.pl", "--format", "gitlab"],
    &["check", "platform.pl", "--format", "junit"],
    &["test", "platform.pl", "--format", "junit"],
    &["build", "platform.pl"],
    &["build", "platform.pl", "-o", "out"],
    &["eval", "-e", "lab", "platform.pl"],
    &["graph", "platform.pl"],
    &["images", "platform.pl"],
    &["urls", "platform.pl"],
    &["test", "platform.pl"],
    &["diff", "before.pl", "platform.pl"],
    &["diff", "before.pl", "platform.pl", "--format", "json"],
    &["diff", "platform.pl", "before.pl", "--format", "markdown"],
    &["import", "secret.yaml"],
    &["import", "secret.yaml", "-o", "imported.pl"],
    &["import", "broken.yaml"],
];

#[test]
fn nothing_that_is_written_is_shown() {
    let mine = ["platform.pl", "before.pl", "values.yaml", "secret.yaml", "broken.yaml"];
    for platform in [WRITTEN.to_owned(), only_secrets()] {
        let place = place(&platform);
        place.write("before.pl", only_secrets().replace(CANARY, "cAnArY7-old").replace("shop {", "store {"));
        // Who formats knows no types: what a type alone makes a secret is a text like any other.
        let formats: &[&[&str]] = if platform == WRITTEN { &[] } else { &[&["fmt", "--check", "platform.pl"]] };
        for command in COMMANDS.iter().chain(formats) {
            let said = place.run(command);
            assert!(!leaks(&said.out) && !leaks(&said.err), "{command:?}\n{}{}", said.out, said.err);
        }
        let mut found = vec![];
        written(&place.path(""), &mine, &mut found);
        assert_eq!(found, Vec::<String>::new());
    }
}

#[test]
fn what_is_wrong_is_found_all_the_same() {
    let said = place(&only_secrets()).run(&["check", "platform.pl", "--format", "json"]);
    let count = said.out.matches("secret/literal").count();
    assert!(count >= 10, "{count}: {}", said.out);
    let said = place(WRITTEN).run(&["check", "platform.pl"]);
    assert!(said.err.contains("nonsense") || said.out.contains("nonsense"), "{}", said.err);
}

#[test]
fn nothing_that_is_handed_over_is_shown() {
    let certificate = include_str!("../seal/certificate.pem");
    let place = Place::with(&[("lab.pem", certificate), ("value", "cAnArY7-file")]);
    for command in [
        &["seal", "web/db", "password", "--cert", "lab.pem", "-o", "lab.json"][..],
        &["seal", "web/db", "password", "--cert", "none.pem"],
        &["seal", "web/db", "user", "password", "--cert", "lab.pem"],
        &["seal", "nothing", "password", "--cert", "lab.pem"],
        &["check", "-"],
        &["eval", "-e", "a", "-"],
    ] {
        let said = place.feed(command, "let password = \"cAnArY7-standard-input\" nonsense");
        assert!(!leaks(&said.out) && !leaks(&said.err), "{command:?}\n{}{}", said.out, said.err);
    }
    let mut found = vec![];
    written(&place.path(""), &["value"], &mut found);
    assert_eq!(found, Vec::<String>::new());
}
