//! `platc upgrade-plan`: what is refused, what moves, and in which order.

use serde_json::Value;

use crate::Place;

const PLATFORM: &str = r#"import std/certmanager
import std/k3s

cluster lab {
  distribution: k3s.K3s { version: "1.35.7+k3s1" }
  delivery: Plain {}
  host one { address: 192.168.1.10, role: "control-plane", os: "debian 13", cpu: 4, memory: 8GiB }
  host two { address: 192.168.1.11, os: "debian 13", cpu: 4, memory: 8GiB }
  namespace pki {
    certmanager.CertManager cert-manager { version: "1.20.0" }
    certmanager.InternalCa lab {}
  }
  namespace web {
    service shop { image: "ghcr.io/example/shop:1.4.2", port http: 8080 }
    service old { image: "ghcr.io/example/old:1.0.0", port http: 8080 }
    release tool {
      chart: "tool"
      repository: "https://charts.example.net"
      version: "1.0.0"
      values: { size: 1, admin: { password: namespace.secret.tool.object } }
    }
    secret tool { key password {} }
  }
}
"#;

/// The plan of an edit: what is replaced, and by what.
fn plan(edits: &[(&str, &str)]) -> (Value, Option<i32>) {
    let new = edits.iter().fold(PLATFORM.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not there");
        text.replace(from, to)
    });
    let place = Place::with(&[("platc.toml", ""), ("old.pl", PLATFORM), ("new.pl", &new)]);
    let said = place.run(&["upgrade-plan", "old.pl", "new.pl", "--format", "json"]);
    assert!(said.out.starts_with('['), "{}{}", said.out, said.err);
    let plans: Value = serde_json::from_str(&said.out).unwrap();
    (plans[0].clone(), said.code)
}

fn commands(plan: &Value) -> Vec<String> {
    let steps = plan["steps"].as_array().unwrap();
    let all = steps.iter().flat_map(|step| step["commands"].as_array().unwrap());
    all.map(|command| command.as_str().unwrap().to_owned()).collect()
}

fn messages(plan: &Value, section: &str) -> Vec<String> {
    let all = plan[section].as_array().unwrap().iter();
    all.map(|one| one["message"].as_str().unwrap().to_owned()).collect()
}

/// Where a command stands among all of them.
fn at(commands: &[String], word: &str) -> usize {
    let found = commands.iter().position(|command| command.contains(word));
    assert!(found.is_some(), "no {word} in {commands:#?}");
    found.unwrap()
}

#[test]
fn the_same_platform_needs_nothing() {
    let place = Place::with(&[("platc.toml", ""), ("a.pl", PLATFORM), ("b.pl", PLATFORM)]);
    let said = place.run(&["upgrade-plan", "a.pl", "b.pl"]);
    assert_eq!((said.code, said.out.as_str()), (Some(0), "nothing to do\n"), "{}", said.err);
    place
        .run(&["upgrade-plan", "a.pl", "b.pl", "--cluster", "none"])
        .stopped("there is no cluster `none` on both sides");
}

#[test]
fn a_component_that_does_not_bear_the_new_kubernetes_moves_first() {
    let (plan, code) = plan(&[("1.35.7+k3s1", "1.36.2+k3s1"), ("1.20.0", "1.21.0"), ("shop:1.4.2", "shop:1.4.3")]);
    assert_eq!(code, Some(0), "{plan:#}");
    assert_eq!(plan["windows"][0]["when"], "before");
    let commands = commands(&plan);
    let order = [
        "platc diff",
        "cluster.sh health",
        "platc build",
        "operate.sh deploy pki-cert-manager",
        "cluster.sh upgrade --only servers",
        "cluster.sh upgrade --only agents",
        "operate.sh deploy web-shop",
        "operate.sh test",
    ];
    let places: Vec<usize> = order.iter().map(|word| at(&commands, word)).collect();
    assert!(places.is_sorted(), "{commands:#?}");
    let levels: Vec<(&str, &str)> = plan["versions"]
        .as_array()
        .unwrap()
        .iter()
        .map(|moved| (moved["what"].as_str().unwrap(), moved["level"].as_str().unwrap()))
        .collect();
    assert_eq!(
        levels,
        [("Kubernetes (K3s)", "minor"), ("cert-manager in pki", "minor"), ("shop of shop in web", "patch")]
    );
}

#[test]
fn without_another_kubernetes_nothing_is_done_to_hosts() {
    let (plan, code) = plan(&[("1.20.0", "1.20.1")]);
    assert_eq!(code, Some(0));
    let commands = commands(&plan);
    assert!(!commands.iter().any(|command| command.contains("cluster.sh upgrade")), "{commands:#?}");
    assert!(at(&commands, "operate.sh deploy pki-cert-manager") < at(&commands, "operate.sh test"));
}

#[test]
fn a_version_that_was_not_tried_is_to_be_looked_at() {
    let (plan, code) = plan(&[("1.35.7+k3s1", "1.36.2+k3s1")]);
    assert_eq!(code, Some(0));
    assert_eq!(plan["windows"][0]["turn"], "untried");
    assert!(messages(&plan, "care")[0].contains("was never tried with Kubernetes 1.36"), "{plan:#}");
}

#[test]
fn skipped_versions_and_ways_back_are_refused() {
    let (skipped, code) = plan(&[(
        "cluster lab {\n  distribution: k3s.K3s { version: \"1.35.7+k3s1\" }",
        "cluster lab {\n  kubernetes: \"1.37.1\"\n  distribution: k3s.K3s { version: \"1.37.1+k3s1\", sets-up-hosts: false }",
    )]);
    assert_eq!(code, Some(1));
    assert!(messages(&skipped, "refused")[0].contains("one minor version at a time"), "{skipped:#}");
    assert_eq!(skipped["refused"][0]["help"], "write each of them, one after the other: 1.36, 1.37");
    assert_eq!(commands(&skipped), Vec::<String>::new());
    let (back, code) = plan(&[("1.35.7+k3s1", "1.34.10+k3s1")]);
    assert_eq!(code, Some(1));
    assert!(messages(&back, "refused")[0].contains("a way back"), "{back:#}");
}

#[test]
fn another_network_of_pods_has_a_way_around() {
    let (plan, code) = plan(&[
        ("import std/k3s", "import std/calico\nimport std/k3s"),
        ("  delivery: Plain", "  cni: calico.Calico { version: \"3.31.7\" }\n  delivery: Plain"),
    ]);
    assert_eq!(code, Some(1));
    assert!(messages(&plan, "refused")[0].contains("Flannel -> Calico"), "{plan:#}");
    let commands = commands(&plan);
    let order = [
        "operate.sh teardown",
        "kubectl drain two",
        "kubectl drain one",
        "cluster.sh reset",
        "cluster.sh up",
        "operate.sh bootstrap",
    ];
    let places: Vec<usize> = order.iter().map(|word| at(&commands, word)).collect();
    assert!(places.is_sorted(), "{commands:#?}");
}

#[test]
fn what_goes_is_taken_away_before_the_tree_forgets_it() {
    let (plan, _) = plan(&[("    service old { image: \"ghcr.io/example/old:1.0.0\", port http: 8080 }\n", "")]);
    let commands = commands(&plan);
    assert!(at(&commands, "operate.sh uninstall web-old") < at(&commands, "platc build"), "{commands:#?}");
}

#[test]
fn values_of_charts_are_told_and_secrets_are_not() {
    let (plan, _) = plan(&[
        ("size: 1, admin: { password: namespace.secret.tool.object }", "size: 2, admin: { password: \"canary-1\" }"),
        ("version: \"1.0.0\"\n      values", "version: \"2.0.0\"\n      values"),
    ]);
    let values = plan["values"][0]["values"].as_array().unwrap();
    assert_eq!(values.len(), 2, "{plan:#}");
    assert_eq!((&values[0]["path"], &values[0]["new"]), (&"admin.password".into(), &"(secret)".into()));
    assert_eq!((&values[1]["path"], &values[1]["old"], &values[1]["new"]), (&"size".into(), &"1".into(), &"2".into()));
    assert!(!plan.to_string().contains("canary"), "{plan:#}");
}

#[test]
fn what_leaves_an_interface_moves_before_it_is_gone() {
    let old = "import std/k3s\ncluster lab {\n  kubernetes: \"1.31.0\"\n  delivery: Plain {}\n  \
        object o: { apiVersion: \"flowcontrol.apiserver.k8s.io/v1beta3\", kind: \"FlowSchema\", metadata: { name: \"o\" } }\n  \
        host one { address: 192.168.1.10, role: \"control-plane\" }\n  \
        namespace web { service shop { image: \"ghcr.io/example/shop:1.4.2\" } }\n}\n";
    let new = old.replace("1.31.0", "1.32.0").replace("v1beta3", "v1").replace("1.4.2", "1.4.3");
    let place = Place::with(&[("platc.toml", ""), ("a.pl", old), ("b.pl", &new)]);
    let said = place.run(&["upgrade-plan", "a.pl", "b.pl"]);
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let text = said.out.split_whitespace().collect::<Vec<_>>().join(" ");
    let gone = "gone flowcontrol.apiserver.k8s.io/v1beta3 FlowSchema, used by the FlowSchema `o`: \
        write it as flowcontrol.apiserver.k8s.io/v1 FlowSchema";
    assert!(text.contains(gone), "{}", said.out);
    let words = ["operate.sh deploy cluster-base", "Hosts, by hand (minor)", "operate.sh deploy web-shop"];
    let places: Vec<Option<usize>> = words.iter().map(|word| said.out.find(word)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}{}", said.out, said.err);
    // What is written in it still is a finding, with its place.
    let still = Place::with(&[("platc.toml", ""), ("a.pl", old), ("b.pl", &old.replace("1.31.0", "1.32.0"))]);
    let said = still.run(&["upgrade-plan", "a.pl", "b.pl"]);
    assert!(said.code == Some(1) && said.err.contains("object/not-served"), "{}{}", said.out, said.err);
}

#[test]
fn flux_holds_what_comes_behind_the_hosts() {
    let flux = PLATFORM
        .replace("import std/k3s", "import std/flux\nimport std/k3s")
        .replace("Plain {}", "flux.Flux { repository: \"https://github.com/example/lab\" }");
    let new =
        flux.replace("1.35.7+k3s1", "1.36.2+k3s1").replace("1.20.0", "1.21.0").replace("shop:1.4.2", "shop:1.4.3");
    let place = Place::with(&[("platc.toml", ""), ("a.pl", &flux), ("b.pl", &new)]);
    let said = place.run(&["upgrade-plan", "a.pl", "b.pl"]);
    let words = [
        "operate.sh pause web-shop",
        "git push",
        "operate.sh sync pki-cert-manager",
        "cluster.sh upgrade --only servers",
        "operate.sh resume web-shop",
        "operate.sh sync web-shop",
    ];
    let places: Vec<Option<usize>> = words.iter().map(|word| said.out.find(word)).collect();
    assert!(places.iter().all(Option::is_some) && places.is_sorted(), "{}{}", said.out, said.err);
}

#[test]
fn a_tree_is_a_side_too() {
    let place =
        Place::with(&[("platc.toml", ""), ("a.pl", PLATFORM), ("b.pl", &PLATFORM.replace("shop:1.4.2", "shop:2.0.0"))]);
    let built = place.run(&["build", "a.pl", "-o", "tree/", "--rules", "language"]);
    assert_eq!(built.code, Some(0), "{}", built.err);
    let said = place.run(&["upgrade-plan", "tree/", "b.pl"]);
    assert_eq!(said.code, Some(0), "{}", said.err);
    assert!(said.out.contains("major  shop of shop in web"), "{}", said.out);
    assert!(said.out.contains("operate.sh deploy web-shop"), "{}", said.out);
}
