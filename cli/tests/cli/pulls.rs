//! `platc images` and `platc urls`, and the bit that says of a file that it can be run.

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
    let expected = "not in this list, of `lab`: the images that k3s v1.34.1+k3s1 runs by itself";
    assert!(said.err.contains(expected), "{}", said.err);
    let known = PLATFORM.replace("1.34.1+k3s1", "1.36.2+k3s1");
    let said = Place::with(&[("main.pl", known.as_str())]).run(&["images", "main.pl", "--format", "list"]);
    assert!(said.out.contains("docker.io/rancher/mirrored-coredns-coredns:1.14.4\n"), "{}", said.out);
    assert!(!said.err.contains("not in this list"), "{}", said.err);
}

#[test]
fn addresses_with_who_asks_them() {
    let place = Place::with(&[("main.pl", PLATFORM)]);
    let said = place.run(&["urls", "main.pl", "--format", "json"]);
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
