//! `platc images` and `platc urls`, of both kinds, and the bit that says of a file that it can be run.

use crate::Place;

const PLATFORM: &str = r#"
import std/k3d
cluster lab {
  distribution: k3d.K3d { version: "1.34.1+k3s1" }
  namespace web {
    service shop { image: "ghcr.io/example/shop:1.4.2", port http: 8080 }
    service copy { image: "ghcr.io/example/shop:1.4.2" }
    release chart { chart: "thing", repository: "https://charts.example.net", version: "1.0.0" }
  }
}
"#;

#[test]
fn images_with_who_runs_them() {
    let place = Place::with(&[("main.pl", PLATFORM)]);
    let said = place.run(&["images", "main.pl"]);
    let expected = "\
docker.io/rancher/k3s:v1.34.1-k3s1
  main.pl:4  the distribution of `lab`
ghcr.io/example/shop:1.4.2
  main.pl:7  the Deployment `copy` in `web`
  main.pl:6  the Deployment `shop` in `web`
";
    assert_eq!((said.code, said.out.as_str()), (Some(0), expected), "{}", said.err);
    let said = place.run(&["images", "main.pl", "--format", "list", "--cluster", "lab"]);
    assert_eq!(said.out, "docker.io/rancher/k3s:v1.34.1-k3s1\nghcr.io/example/shop:1.4.2\n");
    place.run(&["images", "main.pl", "--cluster", "none"]).stopped("there is no cluster `none`");
}

#[test]
fn what_is_not_known_of_a_release_is_said() {
    let place = Place::with(&[("main.pl", PLATFORM)]);
    let said = place.run(&["images", "main.pl"]);
    assert!(said.err.contains("not in this list, of `lab`: "), "{}", said.err);
    assert!(said.err.contains("the images that k3s v1.34.1+k3s1 runs by itself"), "{}", said.err);
    let known = PLATFORM.replace("1.34.1+k3s1", "1.36.2+k3s1");
    let said = Place::with(&[("main.pl", known.as_str())]).run(&["images", "main.pl", "--format", "list"]);
    assert!(said.out.contains("docker.io/rancher/mirrored-coredns-coredns:1.14.4\n"), "{}", said.out);
    // Those of k3d itself have the version of the k3d that somebody runs.
    assert!(!said.err.contains("the images that k3s"), "{}", said.err);
    assert!(said.err.contains("`ghcr.io/k3d-io/k3d-proxy` and `k3d-tools`"), "{}", said.err);
}

const REACHED: &str = r#"
cluster lab {
  delivery: Plain {}
  network { nodes: 192.168.1.0/24, pool lan { range: 192.168.1.200..192.168.1.210 } }
  host one { address: 192.168.1.10, role: "control-plane" }
  namespace web {
    secret admin { key password {} }
    service shop {
      image: "ghcr.io/example/shop:1.4.2"
      port http: 8080
      expose out: Ingress { host: "shop.example.org", tls: true, from: [192.168.1.0/24] }
      expose port: NodePort { number: 30080 }
    }
    service db {
      image: "ghcr.io/example/db:1.4.2"
      port sql: 5432
      expose lan: LoadBalancer { address: 192.168.1.201 }
    }
    release page {
      chart: "page"
      repository: "https://charts.example.net"
      version: "1.0.0"
      access web { url: "https://page.example.org", credentials: namespace.secret.admin }
    }
  }
}
"#;

const TABLE: &str = "\
SERVICE   URL                        BY         FROM            CREDENTIALS
web/page  https://page.example.org   name       -               secret web/admin
web/shop  https://shop.example.org/  ingress    192.168.1.0/24  -
web/shop  http://192.168.1.10:30080  node port  anywhere        -
web/db    tcp://192.168.1.201:5432   address    anywhere        -
";

#[test]
fn where_people_reach_what_runs_is_one_table() {
    let place = Place::with(&[("main.pl", REACHED)]);
    let said = place.run(&["urls", "main.pl"]);
    assert_eq!(said.out, TABLE, "{}", said.err);
    assert_eq!(place.run(&["access", "main.pl", "--cluster", "lab"]).out, TABLE);
    place.run(&["urls", "main.pl", "--cluster", "none"]).stopped("there is no cluster `none`");
    let listed = place.run(&["urls", "main.pl", "--format", "list"]).out;
    assert_eq!(listed.lines().next(), Some("https://page.example.org"));
    let said = place.run(&["urls", "main.pl", "--format", "json"]).out;
    let ways: serde_json::Value = serde_json::from_str(&said).unwrap();
    assert_eq!((&ways[1]["name"], &ways[1]["from"]), (&"out".into(), &serde_json::json!(["192.168.1.0/24"])));
}

#[cfg(target_os = "linux")]
#[test]
fn the_script_prints_the_same_table() {
    let place = Place::with(&[("main.pl", REACHED)]);
    let built = place.run(&["build", "main.pl", "-o", "out", "--rules", "language"]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    let script = place.path("out/lab/operate.sh");
    let Ok(said) = std::process::Command::new("bash").arg(script).arg("access").output() else { return };
    let words = |text: &str| text.split_whitespace().map(str::to_owned).collect::<Vec<_>>();
    assert_eq!(words(&String::from_utf8_lossy(&said.stdout)), words(TABLE));
}

#[test]
fn addresses_with_who_asks_them() {
    let place = Place::with(&[("main.pl", PLATFORM)]);
    let said = place.run(&["urls", "--external", "main.pl", "--format", "json"]);
    let listed: serde_json::Value = serde_json::from_str(&said.out).unwrap();
    let expected = serde_json::json!([{
        "url": "https://charts.example.net",
        "kind": "chart",
        "chart": "thing",
        "hosts": ["charts.example.net"],
        "wanted": [{ "by": "`lab.namespace.web.release.chart`", "at": "main.pl:8" }],
    }]);
    assert_eq!(listed, expected);
}

#[test]
fn a_platform_with_errors_is_not_listed() {
    let place = Place::with(&[("main.pl", "cluster lab { kubernetes: 1 }\n")]);
    let said = place.run(&["images", "main.pl"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
}

#[cfg(unix)]
#[test]
fn a_file_that_shall_be_run_can_be_and_stays_so() {
    use std::fs::{self, Permissions};
    use std::os::unix::fs::PermissionsExt;
    let source = "artifact run { text: \"#!/bin/sh\\n\", executable: true }\nartifact read { text: \"a\" }\n";
    let place = Place::with(&[("main.pl", source)]);
    let mode = |name: &str| fs::metadata(place.path(name)).unwrap().permissions().mode() & 0o111;
    for directory in ["out/", "."] {
        let build = || place.run(&["build", "main.pl", "-o", directory]);
        assert_eq!(build().code, Some(0));
        let file = format!("{directory}/run");
        assert!(mode(&file) != 0 && mode(&format!("{directory}/read")) == 0);
        fs::set_permissions(place.path(&file), Permissions::from_mode(0o600)).unwrap();
        let said = place.run(&["build", "main.pl", "-o", directory, "--check"]);
        assert!(said.code == Some(1) && said.out.contains("run"), "{}", said.out);
        assert_eq!((build().code, mode(&file)), (Some(0), 0o100));
        assert_eq!(place.run(&["build", "main.pl", "-o", directory, "--check"]).code, Some(0));
    }
}
