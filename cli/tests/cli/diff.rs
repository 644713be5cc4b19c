//! `platc diff`: for each kind of change a pair that must be told, and its nearest twin that must not.

use std::process::Command;

use serde_json::Value;

use crate::{Place, Said};

const PLATFORM: &str = r#"import std/k3s
import std/cilium

cluster lab {
  kubernetes: "1.34.2"
  distribution: k3s.K3s {}
  network {
    nodes: 192.168.1.0/24
    gateway: 192.168.1.1
    pool lan { range: 192.168.1.200..192.168.1.210 }
  }
  host one { address: 192.168.1.10, role: "control-plane", os: "debian 13", cpu: 4, memory: 8GiB }
  host two { address: 192.168.1.11, cpu: 4, memory: 8GiB }
  namespace web {
    secret db { key password {} }
    config settings { data: { mode: "slow", "app.conf": "a = 1" } }
    service shop {
      image: "ghcr.io/example/shop:1.4.2"
      port http: 8080
      env: { MODE: "a", MODE_OF_CONFIG: namespace.config.settings.key.mode, DB_PASSWORD: namespace.secret.db.key.password }
      uses: [cluster.namespace.data.service.store.port.sql]
      expose out: Ingress { host: "shop.example.org" }
    }
    service files {
      image: "ghcr.io/example/files:1.0.0"
      port http: 8080
      files conf { mount: "/etc/app", from: namespace.config.settings }
      expose lan: LoadBalancer { address: 192.168.1.201 }
    }
  }
  namespace data {
    service store: StatefulService {
      image: "ghcr.io/example/store:1.0.0"
      port sql: 5432
      volume disk { mount: "/data", size: 2GiB, class: "local-path" }
    }
    service cache {
      image: "ghcr.io/example/cache:2.0.0"
      port cache: 6379
      volume dump { mount: "/dump", size: 1GiB }
    }
  }
}
"#;

/// What a command says of two sources: level, effect and message of each change.
fn told(old: &str, new: &str) -> Vec<(String, String, String)> {
    let place = Place::with(&[("platc.toml", ""), ("old.pl", old), ("new.pl", new)]);
    parsed(&place.run(&["diff", "old.pl", "new.pl", "--format", "json"]))
}

fn objects(old: &str, new: &str) -> Vec<(String, String, String)> {
    let place = Place::with(&[("platc.toml", ""), ("old.yaml", old), ("new.yaml", new)]);
    parsed(&place.run(&["diff", "old.yaml", "new.yaml", "--format", "json"]))
}

fn parsed(said: &Said) -> Vec<(String, String, String)> {
    assert_eq!(said.code, Some(0), "{}{}", said.out, said.err);
    let one = |line: &str| {
        let change: Value = serde_json::from_str(line).unwrap();
        let text = |key: &str| change[key].as_str().unwrap().to_owned();
        (text("level"), text("effect"), text("message"))
    };
    said.out.lines().map(one).collect()
}

/// An edit of the platform: what is replaced, and by what.
fn edited(edits: &[(&str, &str)]) -> String {
    edits.iter().fold(PLATFORM.to_owned(), |text, (from, to)| {
        assert!(text.contains(from), "`{from}` is not there");
        text.replace(from, to)
    })
}

/// That an edit is told with this level and effect, in these words.
fn tells(edits: &[(&str, &str)], level: &str, effect: &str, words: &str) {
    let told = told(PLATFORM, &edited(edits));
    let is = |(l, e, m): &(String, String, String)| l == level && e == effect && m.contains(words);
    assert!(told.iter().any(is), "{edits:?} does not tell {level} {effect} {words}: {told:#?}");
}

/// That an edit has none of these effects.
fn silent(edits: &[(&str, &str)], effects: &[&str]) {
    let told = told(PLATFORM, &edited(edits));
    let is = |(_, effect, _): &(String, String, String)| effects.contains(&effect.as_str());
    assert!(!told.iter().any(is), "{edits:?} tells {effects:?}: {told:#?}");
}

#[test]
fn the_same_platform_written_in_another_way_does_not_differ() {
    assert_eq!(told(PLATFORM, PLATFORM), []);
    let let_named =
        edited(&[("1.4.2\"", "\\(version)\""), ("cluster lab", "let version = Version(\"1.4.2\")\ncluster lab")]);
    assert_eq!(told(PLATFORM, &let_named), []);
    let renamed = let_named.replace("version)", "number)").replace("let version", "let number");
    assert_eq!(told(&let_named, &renamed), []);
    let moved = edited(&[
        ("  host two { address: 192.168.1.11, cpu: 4, memory: 8GiB }\n", ""),
        ("  namespace web {\n", "  host two { memory: 8GiB, cpu: 4, address: 192.168.1.11 }\n  namespace web {\n"),
    ]);
    assert_eq!(told(PLATFORM, &moved), []);
    let place = Place::with(&[
        ("platc.toml", ""),
        ("old.pl", PLATFORM),
        ("new/main.pl", &PLATFORM.replace("cluster lab {", "import \"./data.pl\"\ncluster lab {").replace("    service cache {\n      image: \"ghcr.io/example/cache:2.0.0\"\n      port cache: 6379\n      volume dump { mount: \"/dump\", size: 1GiB }\n    }\n", "")),
        ("new/data.pl", "import \"./main.pl\" as platform\nextend platform.lab.namespace.data {\n  service cache {\n    image: \"ghcr.io/example/cache:2.0.0\"\n    port cache: 6379\n    volume dump { mount: \"/dump\", size: 1GiB }\n  }\n}\n"),
    ]);
    let said = place.run(&["diff", "old.pl", "new/main.pl"]);
    assert_eq!((said.out.as_str(), said.code), ("no differences\n", Some(0)), "{}", said.err);
}

#[test]
fn pods_restart_when_their_description_changes() {
    tells(
        &[("MODE: \"a\"", "MODE: \"b\"")],
        "restart",
        "restarts",
        "Deployment `shop` in `web`: `containers[app].env[MODE].value`",
    );
    tells(&[("cache: 6379", "cache: 6380")], "disruption", "restarts", "Deployment `cache`");
    silent(&[("  namespace web {\n", "  namespace web {\n    labels: { team: \"x\" }\n")], &["restarts"]);
    silent(
        &[("image: \"ghcr.io/example/files:1.0.0\"", "replicas: 3\n      image: \"ghcr.io/example/files:1.0.0\"")],
        &["images", "closes"],
    );
}

#[test]
fn steps_of_hosts_and_what_starts_again() {
    const HOSTS: &str = r#"import std/node
cluster lab {
  for name in ["one", "two"] {
    host "\(name)" {
      address: if name == "one" then 10.0.0.1 else 10.0.0.2
      step config: node.File { path: "/etc/demo", text: "key: hunter2\n", restarts: ["demo"] }
      step data: node.Directory { path: "/srv/data" }
      step demo: node.Unit { systemd: "[Service]\nExecStart=/bin/true\n" }
    }
  }
}
"#;
    let change = |from: &str, to: &str| {
        assert!(HOSTS.contains(from));
        told(HOSTS, &HOSTS.replace(from, to))
    };
    let is = |level: &str, message: &str| vec![(level.to_owned(), "steps".to_owned(), message.to_owned())];
    let text = change("hunter2", "hunter3");
    assert_eq!(text, is("restart", "the step `config` of `one` and `two` changes: its text"));
    let place = change("/srv/data", "/srv/other");
    assert_eq!(place, is("note", "the step `data` of `one` and `two` changes: its path"));
    let gone = change("step data: node.Directory { path: \"/srv/data\" }", "");
    assert_eq!(gone, is("note", "the step `data` of `one` and `two` is taken back"));
    let unit = change("/bin/true", "/bin/false");
    assert_eq!(unit, is("restart", "the step `demo` of `one` and `two` changes: its text"));
}

#[test]
fn more_pods_are_no_restart() {
    let base = |replicas: &str, label: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a, labels: {{x: {label}}}}}\nspec:\n  replicas: {replicas}\n  selector: {{matchLabels: {{a: b}}}}\n  template:\n    metadata: {{labels: {{a: b}}}}\n    spec: {{containers: [{{name: c, image: x:1}}]}}\n"
        )
    };
    assert_eq!(
        objects(&base("2", "one"), &base("3", "one")),
        [("note".into(), "scales".into(), "scales the Deployment `a`: 2 -> 3 pods".into())]
    );
    let told = objects(&base("2", "one"), &base("0", "one"));
    assert_eq!((told[0].0.as_str(), told[0].1.as_str()), ("disruption", "scales"));
    let told = objects(&base("2", "one"), &base("2", "two"));
    assert_eq!((told.len(), told[0].1.as_str()), (1, "changes"));
}

#[test]
fn who_reads_a_config_is_told_what_it_notices() {
    let edit = [("mode: \"slow\"", "mode: \"fast\"")];
    tells(&edit, "restart", "configures", "`mode` of the ConfigMap `settings`");
    silent(&edit, &["restarts"]);
    let only_files = [("MODE_OF_CONFIG: namespace.config.settings.key.mode, ", "")];
    let told = told(&edited(&only_files), &edited(&[only_files[0], edit[0]]));
    assert_eq!(
        told.iter().map(|(level, effect, _)| (level.as_str(), effect.as_str())).collect::<Vec<_>>(),
        [("note", "configures")]
    );
}

#[test]
fn images_move_by_their_versions() {
    tells(&[("shop:1.4.2", "shop:1.4.3")], "note", "images", "from `1.4.2` to `1.4.3`");
    tells(&[("shop:1.4.2", "shop:2.0.0")], "disruption", "images", "from `1.4.2` to `2.0.0`");
    tells(&[("shop:1.4.2", "shop:1.3.9")], "disruption", "images", "from `1.4.2` to `1.3.9`");
    tells(&[("shop:1.4.2", "shop:blue")], "note", "images", "`blue`");
    silent(&[("MODE: \"a\"", "MODE: \"b\"")], &["images"]);
}

#[test]
fn paths_open_and_close_by_what_policies_mean() {
    let less = [("      uses: [cluster.namespace.data.service.store.port.sql]\n", "")];
    tells(&less, "disruption", "closes", "`shop` in `web` -> `store` in `data` at TCP 5432");
    silent(&less, &["opens"]);
    let opened = told(&edited(&less), PLATFORM);
    let opens: Vec<_> = opened.iter().filter(|(_, effect, _)| effect == "opens").collect();
    assert_eq!(opens.len(), 1, "{opened:#?}");
    assert_eq!(opens[0].2, "opens `shop` in `web` -> `store` in `data` at TCP 5432");
    silent(&[("  namespace data {", "  namespace data {\n    labels: { team: \"x\" }")], &["opens", "closes"]);
}

#[test]
fn policies_that_mean_the_same_open_nothing() {
    let pods = "apiVersion: v1\nkind: Pod\nmetadata: {name: a, namespace: lab, labels: {app: a}}\nspec: {containers: [{name: c, image: x:1, ports: [{containerPort: 80}]}]}\n---\napiVersion: v1\nkind: Pod\nmetadata: {name: b, namespace: lab, labels: {app: b}}\nspec: {containers: [{name: c, image: x:1, ports: [{containerPort: 80}]}]}\n---\n";
    let policy = |name: &str, rest: &str| {
        format!(
            "apiVersion: networking.k8s.io/v1\nkind: NetworkPolicy\nmetadata: {{name: {name}, namespace: lab}}\nspec:\n  podSelector: {{matchLabels: {{app: b}}}}\n  policyTypes: [Ingress]\n  ingress: {rest}\n---\n"
        )
    };
    let one =
        format!("{pods}{}", policy("p", "[{from: [{podSelector: {matchLabels: {app: a}}}], ports: [{port: 80}]}]"));
    let other = format!(
        "{pods}{}",
        policy(
            "q",
            "[{from: [{podSelector: {matchExpressions: [{key: app, operator: In, values: [a]}]}}], ports: [{port: 80, protocol: TCP}]}]"
        )
    );
    let told = objects(&one, &other);
    assert!(told.iter().all(|(_, effect, _)| !matches!(effect.as_str(), "opens" | "closes")), "{told:#?}");
    let closed = format!("{pods}{}", policy("p", "[]"));
    let told = objects(&one, &closed);
    assert_eq!(told[0].2, "closes `a` in `lab` -> `b` in `lab` at TCP 80");
    let told = objects(
        &one,
        &format!(
            "{pods}{}",
            policy("p", "[{from: [{podSelector: {}}, {ipBlock: {cidr: 0.0.0.0/0}}], ports: [{port: 80}]}]")
        ),
    );
    assert!(
        told.iter().any(|(_, effect, message)| effect == "opens" && message.contains("the internet -> `b`")),
        "{told:#?}"
    );
    // Without any policy, everybody is let in.
    let told = objects(&closed, pods);
    assert!(
        told.iter().any(|(_, effect, message)| effect == "opens" && message.contains("`a` in `lab` -> `b`")),
        "{told:#?}"
    );
}

#[test]
fn data_is_lost() {
    tells(
        &[("dump { mount: \"/dump\", size: 1GiB }", "dump { mount: \"/dump\", size: 512MiB }")],
        "danger",
        "loses-data",
        "`cache-dump` in `data` shrinks: 1Gi -> 512Mi",
    );
    silent(
        &[("dump { mount: \"/dump\", size: 1GiB }", "dump { mount: \"/dump\", size: 2GiB }")],
        &["loses-data", "recreates"],
    );
    tells(
        &[("      volume dump { mount: \"/dump\", size: 1GiB }\n", "")],
        "danger",
        "loses-data",
        "`cache-dump` in `data` goes away",
    );
    tells(
        &[("size: 2GiB, class", "size: 1GiB, class")],
        "danger",
        "loses-data",
        "the claim `disk` of the StatefulSet `store` in `data` shrinks",
    );
    tells(
        &[("class: \"local-path\"", "class: \"fast\""), ("  host one", "  storage fast {}\n  host one")],
        "danger",
        "loses-data",
        "changes its class of storage",
    );
    tells(
        &[("size: 1GiB }\n    }\n  }\n}", "size: 1GiB, class: \"local-path\" }\n    }\n  }\n}")],
        "danger",
        "loses-data",
        "`cache-dump`",
    );
    silent(&[("MODE: \"a\"", "MODE: \"b\"")], &["loses-data"]);
}

#[test]
fn a_namespace_takes_everything_along() {
    let text = edited(&[]);
    let start = text.find("  namespace data").unwrap();
    let without =
        format!("{}}}\n", &text[..start]).replace("      uses: [cluster.namespace.data.service.store.port.sql]\n", "");
    let told = told(PLATFORM, &without);
    assert_eq!(told[0].2, "the Namespace `data` goes away");
    assert!(!told.iter().any(|(_, effect, message)| effect == "removes" && message.contains("in `data`")), "{told:#?}");
}

#[test]
fn what_is_fixed_must_be_made_anew() {
    let selector = |label: &str| {
        format!(
            "apiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: a}}\nspec:\n  selector: {{matchLabels: {{a: {label}}}}}\n  template:\n    metadata: {{labels: {{a: {label}}}}}\n    spec: {{containers: [{{name: c, image: x:1}}]}}\n"
        )
    };
    let told = objects(&selector("b"), &selector("c"));
    assert!(
        told.iter().any(|(level, effect, message)| level == "disruption"
            && effect == "recreates"
            && message.contains("`spec.selector.matchLabels.a`")),
        "{told:#?}"
    );
    for (kind, old, new, effect) in [
        (
            "v1, kind: Service",
            "spec: {clusterIP: 10.0.0.1, ports: [{port: 80}]}",
            "spec: {clusterIP: 10.0.0.2, ports: [{port: 80}]}",
            true,
        ),
        ("v1, kind: Service", "spec: {ports: [{port: 80}]}", "spec: {ports: [{port: 80}], clusterIP: 10.0.0.2}", false),
        ("v1, kind: ConfigMap", "immutable: true, data: {a: b}", "immutable: true, data: {a: c}", true),
        ("v1, kind: ConfigMap", "data: {a: b}", "data: {a: c}", false),
        ("v1, kind: ConfigMap", "data: {a: b}", "data: {a: b}, immutable: true", false),
        (
            "v1, kind: PersistentVolumeClaim",
            "spec: {accessModes: [ReadWriteOnce]}",
            "spec: {accessModes: [ReadWriteMany]}",
            true,
        ),
        (
            "v1, kind: PersistentVolumeClaim",
            "spec: {resources: {requests: {storage: 1Gi}}}",
            "spec: {resources: {requests: {storage: 2Gi}}}",
            false,
        ),
        ("storage.k8s.io/v1, kind: StorageClass", "provisioner: a", "provisioner: b", true),
        (
            "storage.k8s.io/v1, kind: StorageClass",
            "provisioner: a",
            "provisioner: a, allowVolumeExpansion: true",
            false,
        ),
        (
            "rbac.authorization.k8s.io/v1, kind: RoleBinding",
            "roleRef: {apiGroup: x, kind: Role, name: a}",
            "roleRef: {apiGroup: x, kind: Role, name: b}",
            true,
        ),
        (
            "rbac.authorization.k8s.io/v1, kind: RoleBinding",
            "roleRef: {apiGroup: x, kind: Role, name: a}",
            "roleRef: {apiGroup: x, kind: Role, name: a}, subjects: [{kind: User, name: u}]",
            false,
        ),
        (
            "batch/v1, kind: Job",
            "spec: {template: {spec: {containers: [{name: a, image: b:1}]}}}",
            "spec: {template: {spec: {containers: [{name: a, image: b:2}]}}}",
            true,
        ),
        ("batch/v1, kind: Job", "spec: {parallelism: 1}", "spec: {parallelism: 2}", false),
        (
            "batch/v1, kind: CronJob",
            "spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: b:1}]}}}}}",
            "spec: {jobTemplate: {spec: {template: {spec: {containers: [{name: a, image: b:2}]}}}}}",
            false,
        ),
        ("apps/v1, kind: StatefulSet", "spec: {serviceName: a}", "spec: {serviceName: b}", true),
        ("apps/v1, kind: StatefulSet", "spec: {minReadySeconds: 1}", "spec: {minReadySeconds: 2}", false),
        (
            "apiextensions.k8s.io/v1, kind: CustomResourceDefinition",
            "spec: {scope: Cluster}",
            "spec: {scope: Namespaced}",
            true,
        ),
    ] {
        let object = |rest: &str| format!("{{apiVersion: {kind}, metadata: {{name: x}}, {rest}}}\n");
        let told = objects(&object(old), &object(new));
        assert!(!told.is_empty(), "{kind} {new}");
        assert_eq!(told.iter().any(|(_, told, _)| told == "recreates"), effect, "{kind} {new}: {told:#?}");
    }
}

#[test]
fn addresses_move() {
    tells(
        &[("address: 192.168.1.201", "address: 192.168.1.202")],
        "disruption",
        "moves",
        "`loadBalancerIP` 192.168.1.201 -> 192.168.1.202",
    );
    tells(
        &[
            ("192.168.1.200..192.168.1.210", "192.168.1.205..192.168.1.210"),
            ("address: 192.168.1.201", "address: 192.168.1.206"),
        ],
        "disruption",
        "moves",
        "the pool `lan` has other addresses",
    );
    tells(&[("192.168.1.200..192.168.1.210", "192.168.1.200..192.168.1.220")], "note", "moves", "the pool `lan`");
    tells(
        &[("    nodes: 192", "    vip: 192.168.1.50\n    nodes: 192")],
        "disruption",
        "moves",
        "share another address",
    );
    tells(
        &[("expose lan: LoadBalancer { address: 192.168.1.201 }", "expose lan: NodePort { number: 30080 }")],
        "disruption",
        "moves",
        "LoadBalancer -> NodePort",
    );
    silent(&[("mode: \"slow\"", "mode: \"fast\"")], &["moves"]);
}

#[test]
fn names_come_and_go() {
    let edit = [("shop.example.org", "store.example.org")];
    tells(&edit, "disruption", "routes", "`shop.example.org` answers no more");
    tells(&edit, "disruption", "routes", "`store.example.org` answers from now on");
    // Another ingress serves the same name.
    silent(&[("expose out: Ingress", "expose other: Ingress")], &["routes"]);
}

#[test]
fn hosts_join_anew() {
    tells(&[("192.168.1.11,", "192.168.1.12,")], "disruption", "hosts", "host `two` joins anew: `address`");
    tells(&[("debian 13", "debian 14")], "disruption", "hosts", "host `one` is installed anew: `os`");
    tells(
        &[("  host two { address: 192.168.1.11, cpu: 4, memory: 8GiB }\n", "")],
        "disruption",
        "hosts",
        "host `two` goes",
    );
    tells(
        &[("  host two", "  host three { address: 192.168.1.13 }\n  host two")],
        "note",
        "hosts",
        "host `three` comes",
    );
    tells(&[("host two {", "host second {")], "disruption", "hosts", "host `two` becomes `second`");
    silent(&[("cpu: 4, memory: 8GiB }\n  host two", "cpu: 8, memory: 8GiB }\n  host two")], &["hosts"]);
}

#[test]
fn versions_go_one_by_one() {
    tells(&[("1.34.2", "1.34.3")], "disruption", "upgrades", "from `1.34.2` to `1.34.3`");
    tells(&[("1.34.2", "1.35.0")], "disruption", "upgrades", "from `1.34.2` to `1.35.0`");
    tells(&[("1.34.2", "1.36.0")], "danger", "upgrades", "from `1.34.2` to `1.36.0`");
    tells(&[("1.34.2", "1.33.0")], "danger", "upgrades", "from `1.34.2` to `1.33.0`");
    silent(&[("\"1.34.2\"", "\"1.34.2\" // as it was")], &["upgrades"]);
}

#[test]
fn networks_are_migrated_and_not_applied() {
    tells(
        &[("distribution: k3s.K3s {}", "distribution: k3s.K3s {}\n  cni: cilium.Cilium {}")],
        "danger",
        "migrates",
        "-> Cilium",
    );
    tells(&[("    nodes: 192", "    pods: 10.50.0.0/16\n    nodes: 192")], "danger", "migrates", "the network of pods");
    tells(
        &[("    nodes: 192", "    services: 10.60.0.0/16\n    nodes: 192")],
        "danger",
        "migrates",
        "the network of services",
    );
    tells(&[("    nodes: 192", "    dns: 10.43.0.20\n    nodes: 192")], "danger", "migrates", "ask for names");
    silent(&[("    nodes: 192", "    dns-servers: [192.168.1.1]\n    nodes: 192")], &["migrates"]);
}

#[test]
fn pods_fit_no_more() {
    tells(
        &[
            ("memory: 8GiB", "memory: 512MiB"),
            ("port cache: 6379", "port cache: 6379\n      resources: { memory: 600MiB }"),
        ],
        "disruption",
        "fits",
        "asks for 600MiB memory",
    );
    silent(&[("memory: 8GiB", "memory: 6GiB")], &["fits"]);
}

#[test]
fn keys_of_secrets_go() {
    let (old, new) = (
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: canary-one, b: canary-two}\n",
        "apiVersion: v1\nkind: Secret\nmetadata: {name: s}\nstringData: {a: canary-three}\n",
    );
    let reader = "---\napiVersion: v1\nkind: Pod\nmetadata: {name: p}\nspec: {containers: [{name: c, image: x:1, env: [{name: X, valueFrom: {secretKeyRef: {name: s, key: b}}}]}]}\n";
    let told = objects(old, new);
    assert!(
        told.iter().any(|(level, effect, message)| level == "note" && effect == "keys" && message.contains("`b`")),
        "{told:#?}"
    );
    let told = objects(&format!("{old}{reader}"), &format!("{new}{reader}"));
    assert!(told.iter().any(|(level, effect, _)| level == "disruption" && effect == "keys"), "{told:#?}");
}

#[test]
fn values_of_secrets_are_never_shown() {
    let object = |canary: &str| {
        format!(
            "apiVersion: v1\nkind: Secret\nmetadata: {{name: s}}\nstringData: {{url: {canary}0}}\ndata: {{x: {canary}1}}\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: {{name: c}}\ndata:\n  db-password: {canary}2\n  app.conf: |\n    a = 1\n    password = {canary}3\n  url: postgres://u:{canary}4@h/d\n---\napiVersion: apps/v1\nkind: Deployment\nmetadata: {{name: d}}\nspec:\n  template:\n    spec:\n      containers:\n      - name: c\n        image: x:1\n        args: [--password, {canary}5, '--token={canary}6']\n        env: [{{name: API_TOKEN, value: {canary}7}}, {{name: TOKEN_OF_ADMIN, value: {canary}8}}]\n---\napiVersion: helm.toolkit.fluxcd.io/v2\nkind: HelmRelease\nmetadata: {{name: r}}\nspec: {{values: {{auth: {{password: {canary}9}}}}}}\n"
        )
    };
    let place = Place::with(&[
        ("platc.toml", ""),
        ("old.yaml", &object("canaryold")),
        ("new.yaml", &object("canarynew")),
        ("empty.yaml", ""),
    ]);
    for form in ["human", "json", "markdown"] {
        for (old, new) in [("old.yaml", "new.yaml"), ("empty.yaml", "new.yaml"), ("old.yaml", "empty.yaml")] {
            let said = place.run(&["diff", old, new, "--all", "--format", form]);
            assert!(!said.out.is_empty(), "{}", said.err);
            assert!(!said.out.contains("canary") && !said.err.contains("canary"), "{form}: {}{}", said.out, said.err);
        }
    }
}

#[test]
fn what_is_renamed_is_told_as_one() {
    tells(&[("service cache", "service memory")], "disruption", "renames", "`cache` becomes `memory` in `data`");
    silent(&[("service cache", "service memory")], &["removes", "adds"]);
    let moved = edited(&[("namespace web", "namespace front")]);
    let told = told(PLATFORM, &moved);
    assert!(
        told.iter()
            .any(|(_, effect, message)| effect == "renames" && message.contains("the namespace `web` becomes `front`")),
        "{told:#?}"
    );
    assert!(!told.iter().any(|(_, effect, _)| matches!(effect.as_str(), "removes" | "adds")), "{told:#?}");
    // What is another thing is no rename.
    silent(&[("service cache", "service memory"), ("cache:2.0.0", "redis:7.0.0")], &["renames"]);
}

#[test]
fn the_other_way_round_what_opened_closes() {
    let new = edited(&[
        ("      uses: [cluster.namespace.data.service.store.port.sql]\n", ""),
        (
            "image: \"ghcr.io/example/files:1.0.0\"",
            "uses: [cluster.namespace.data.service.cache.port.cache]\n      image: \"ghcr.io/example/files:1.0.0\"",
        ),
    ]);
    let of = |told: Vec<(String, String, String)>, effect: &str| {
        let of = told.into_iter().filter(|(_, told, _)| told == effect);
        of.map(|(_, _, message)| message.split_once(' ').unwrap().1.to_owned()).collect::<Vec<_>>()
    };
    let (there, back) = (told(PLATFORM, &new), told(&new, PLATFORM));
    assert_eq!(of(there.clone(), "opens"), of(back.clone(), "closes"));
    assert_eq!(of(there.clone(), "closes"), of(back, "opens"));
    assert_eq!(of(there, "opens").len(), 1);
}

#[test]
fn a_gate_ends_with_one() {
    let place = Place::with(&[
        ("platc.toml", ""),
        ("old.pl", PLATFORM),
        ("new.pl", &edited(&[("MODE: \"a\"", "MODE: \"b\"")])),
    ]);
    for (gate, code) in [("note", 1), ("restart", 1), ("disruption", 0), ("danger", 0)] {
        let said = place.run(&["diff", "old.pl", "new.pl", "--fail-on", gate]);
        assert_eq!(said.code, Some(code), "{gate}: {}", said.out);
    }
    assert_eq!(place.run(&["diff", "old.pl", "new.pl"]).code, Some(0));
    assert_eq!(place.run(&["diff", "old.pl", "old.pl", "--fail-on", "note"]).code, Some(0));
}

#[test]
fn a_tree_and_a_stream_are_compared_with_their_source() {
    let place = Place::with(&[("platc.toml", ""), ("main.pl", PLATFORM)]);
    assert_eq!(place.run(&["build", "main.pl", "-o", "out", "--rules", "language"]).code, Some(0));
    let said = place.run(&["diff", "out", "main.pl"]);
    assert_eq!((said.out.as_str(), said.code), ("no differences\n", Some(0)), "{}", said.err);
    let stream = place.run(&["build", "main.pl", "--rules", "language"]).out;
    let said = place.feed(&["diff", "-", "main.pl"], &stream);
    assert_eq!((said.out.as_str(), said.code), ("no differences\n", Some(0)), "{}", said.err);
    place.write("main.pl", edited(&[("size: 1GiB", "size: 512MiB")]));
    let said = place.run(&["diff", "out", "main.pl"]);
    assert!(said.out.contains("- out/lab/data/persistentvolumeclaim-cache-dump.yaml:"), "{}", said.out);
}

#[test]
fn clusters_are_told_by_the_paths_of_a_tree() {
    let one = "cluster a { namespace n { config c { data: { x: \"1\" } } } }\n";
    let two = format!("{one}{}", one.replace("cluster a", "cluster b"));
    let place = Place::with(&[("platc.toml", ""), ("one.pl", one), ("two.pl", &two)]);
    place.run(&["build", "two.pl", "-o", "two"]).is_clean();
    assert_eq!(place.run(&["diff", "two", "two.pl"]).out, "no differences\n");
    for old in ["two", "two.pl"] {
        let said = place.run(&["diff", old, "one.pl"]);
        assert!(said.out.starts_with("danger[loses-data]: the cluster `b` goes away\n"), "{}{}", said.out, said.err);
        assert!(!said.out.contains("platc-compared"), "{}", said.out);
    }
    let said = place.run(&["diff", "one.pl", "two.pl"]);
    assert!(said.out.starts_with("note[adds]: adds the cluster `b` with 2 objects\n"), "{}", said.out);
    place.write("all.yaml", place.run(&["build", "one.pl"]).out);
    let said = place.run(&["diff", "all.yaml", "two.pl"]);
    assert!(said.err.contains("which of `a`, `b` are the objects of `all.yaml` for?"), "{}", said.err);
}

#[test]
fn an_object_that_is_written_twice_is_shown_where_it_is() {
    let object = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: c}\n";
    let place = Place::with(&[("platc.toml", ""), ("a.yaml", &format!("{object}---\n{object}")), ("b.yaml", object)]);
    let said = place.run(&["diff", "a.yaml", "b.yaml"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("a.yaml:5:1") && !said.err.contains("platc-compared"), "{}", said.err);
}

/// A repository in which `old` is tagged `before`.
fn repository(files: &[(&str, &str)]) -> Place {
    let place = Place::with(files);
    git(&place, &["init", "-q", "-b", "main", "."]);
    commit(&place);
    git(&place, &["tag", "before"]);
    place
}

fn git(place: &Place, arguments: &[&str]) {
    let name = ["-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false"];
    let status = Command::new("git").args(name).args(arguments).current_dir(place.path(".")).status().unwrap();
    assert!(status.success(), "{arguments:?}");
}

fn commit(place: &Place) {
    git(place, &["add", "-A"]);
    git(place, &["commit", "-q", "-m", "x"]);
}

#[test]
fn revisions_are_compared_without_touching_the_work_tree() {
    let place = repository(&[
        ("apps/platc.toml", ""),
        (
            "apps/main.pl",
            "import \"./lib/words.pl\" as words\ncluster a { namespace n { config c { data: { a: words.word } } } }\n",
        ),
        ("apps/lib/words.pl", "let word = \"one\"\n"),
    ]);
    place.write("apps/lib/words.pl", "let word = \"two\"\n");
    let told = |arguments: &[&str]| {
        let said = place.run(arguments);
        assert_eq!(said.code, Some(0), "{arguments:?}: {}{}", said.out, said.err);
        said.out
    };
    let changed = told(&["diff", "before", "apps/main.pl"]);
    assert!(changed.contains("changes `a` of the ConfigMap `c` in `n`"), "{changed}");
    assert!(changed.contains("- before:apps/") && changed.contains("+ apps/"), "{changed}");
    assert_eq!(told(&["diff", "before:apps/main.pl", "apps/main.pl"]), changed);
    assert_eq!(told(&["diff", "before", "HEAD"]), "no differences\n");
    commit(&place);
    assert!(told(&["diff", "before", "HEAD"]).contains("changes `a`"));
    assert!(told(&["diff", "before:apps", "HEAD:./apps"]).contains("changes `a`"));
    assert_eq!(place.read("apps/lib/words.pl"), "let word = \"two\"\n");
    let status = Command::new("git").args(["status", "--porcelain"]).current_dir(place.path(".")).output().unwrap();
    assert_eq!(String::from_utf8(status.stdout).unwrap(), "");
}

#[test]
fn what_can_not_be_compared_is_said() {
    let place = repository(&[
        ("platc.toml", ""),
        ("main.pl", PLATFORM),
        ("bad.pl", "cluster a { hots b {} }"),
        ("bin.yaml", "a"),
        ("none.yaml", "a: 1\n"),
    ]);
    place.write("bin.yaml", [0xff, 0xfe, 0x00]);
    for (old, new, words) in [
        ("nowhere", "main.pl", "`nowhere` is no file and no revision"),
        ("nowhere:main.pl", "main.pl", "there is no revision `nowhere`"),
        ("before:there.pl", "main.pl", "`there.pl` is not in `before`"),
        ("before:../main.pl", "main.pl", "leads out of the repository"),
        ("-", "-", "not both"),
        ("bin.yaml", "main.pl", "`bin.yaml` is no text"),
        ("none.yaml", "main.pl", "there is no Kubernetes object in `none.yaml`"),
        ("--", "main.pl", ""),
    ] {
        let said = place.run(&["diff", old, new]);
        assert_eq!(said.code, Some(2), "{old} {new}: {}{}", said.out, said.err);
        assert!(said.err.contains(words), "{old}: {}", said.err);
    }
    let said = place.run(&["diff", "bad.pl", "main.pl"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("nothing was compared") && said.err.contains("hots"), "{}", said.err);
    let said = place.run(&["diff", "before:bad.pl", "main.pl"]);
    assert!(said.err.contains("before:bad.pl:1"), "{}", said.err);
    // A path that is named twice is compared with itself.
    assert_eq!(place.run(&["diff", "main.pl", "main.pl"]).out, "no differences\n");
    let alone = Place::with(&[("platc.toml", ""), ("main.pl", PLATFORM)]);
    let mut command = alone.command(&["diff", "main", "main.pl"]);
    let output =
        command.env("GIT_CEILING_DIRECTORIES", alone.path(".").parent().unwrap().parent().unwrap()).output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("`main` does not exist") && said.contains("no git repository"), "{said}");
    let mut command = alone.command(&["diff", "main", "main.pl"]);
    let output = command.env("PATH", "").output().unwrap();
    let said = String::from_utf8(output.stderr).unwrap();
    assert!(said.contains("can not run `git`"), "{said}");
}

#[test]
fn examples_do_not_differ_from_themselves() {
    let examples = concat!(env!("CARGO_MANIFEST_DIR"), "/../examples");
    let place = Place::with(&[]);
    for example in ["anton", "guestbook", "homelab", "mlops", "observatory"] {
        let path = format!("{examples}/{example}/main.pl");
        let said = place.run(&["diff", &path, &path]);
        assert_eq!((said.out.as_str(), said.code), ("no differences\n", Some(0)), "{example}: {}", said.err);
        // Some have outputs and no objects.
        if !std::fs::read_to_string(format!("{examples}/{example}/out.yaml")).unwrap().starts_with("apiVersion: ") {
            continue;
        }
        let said = place.run(&["diff", &format!("{examples}/{example}/out.yaml"), &path]);
        assert_eq!((said.out.as_str(), said.code), ("no differences\n", Some(0)), "{example}: {}", said.err);
    }
}
