//! Platforms at random whose names, order and needs are right are silent; one that is wrong at one place, wherever that is, is
//! told so by the code of what was broken.

mod written;

use std::collections::BTreeSet;

use proptest::prelude::*;

use written::Writer;

/// The groups of codes that are judged here.
const GROUPS: [&str; 4] = ["ref/", "name/", "order/", "requires/"];

/// How large a platform is.
#[derive(Clone, Debug)]
struct Size {
    namespaces: usize,
    steps: usize,
    /// To which secret, of how many, each pod goes.
    secrets: Vec<usize>,
}

fn source(size: &Size, broken: Option<usize>) -> (String, Writer) {
    let mut writer = Writer::breaking(broken.as_slice());
    let mut text = String::from("import std/k3s\nimport std/flux\nimport std/calico\n\ncluster lab {\n");
    let disable = writer.or("[]", "[\"metrics-server\"]", "requires/metrics");
    let backend = writer.or("none", "vxlan", "requires/network");
    text += &format!("  distribution: k3s.K3s {{ disable: {disable}, flannel-backend: \"{backend}\" }}\n");
    text += "  cni: calico.Calico {}\n";
    for number in 0..size.namespaces {
        text += &namespace(&mut writer, number, &size.secrets);
    }
    text += "  namespace flux-system {\n    isolate: false\n    flux.GitRepository apps {\n      spec: { url: \"https://git.example.com/apps\", interval: \"5m\" }\n    }\n";
    for number in 0..size.steps {
        text += &step(&mut writer, number, size.steps);
    }
    text += "  }\n}\n";
    (text, writer)
}

fn namespace(writer: &mut Writer, number: usize, secrets: &[usize]) -> String {
    let mut text = format!("  namespace space-{number} {{\n    isolate: false\n    k8s.ServiceAccount runner {{}}\n");
    for secret in secrets {
        text += &format!("    secret secret-{secret}-{number} {{ key first {{}}, key second {{}} }}\n");
    }
    for (pod, secret) in secrets.iter().enumerate() {
        let called = writer.or(&format!("pod-{pod}"), &format!("Pod-{pod}"), "name/grammar");
        let account = name(writer, "runner", "ref/missing");
        let secret = name(writer, &format!("secret-{secret}-{number}"), "ref/missing");
        let key = name(writer, "second", "ref/missing-key");
        text += &format!(
            "    k8s.Pod pod-{pod} {{\n      metadata.name: \"{called}\"\n      spec: {{\n        serviceAccountName: \"{account}\"\n        containers app {{\n          image: \"ghcr.io/example/app:1.0.0\"\n          env WORD {{ valueFrom.secretKeyRef: {{ name: \"{secret}\", key: \"{key}\" }} }}\n        }}\n      }}\n    }}\n"
        );
    }
    let class = name(writer, "local-path", "ref/unknown-class");
    let role = name(writer, "view", "ref/missing");
    text += &format!(
        "    k8s.PersistentVolumeClaim data {{\n      spec: {{ accessModes: [\"ReadWriteOnce\"], storageClassName: \"{class}\", resources.requests.storage: 1GiB }}\n    }}\n    k8s.RoleBinding viewer {{\n      roleRef: {{ apiGroup: \"rbac.authorization.k8s.io\", kind: \"ClusterRole\", name: \"{role}\" }}\n      subjects: [{{ kind: \"ServiceAccount\", name: \"runner\", namespace: \"space-{number}\" }}]\n    }}\n    service web {{ image: \"ghcr.io/example/web:1.0.0\", port http: 8080, scale {{ most: 3 }} }}\n  }}\n"
    );
    let around = name(writer, &format!("space-{number}"), "ref/namespace");
    text + &format!("  k8s.ConfigMap settings-{number} {{ metadata.namespace: \"{around}\" }}\n")
}

fn step(writer: &mut Writer, number: usize, steps: usize) -> String {
    let source = name(writer, "apps", "ref/source");
    // The last step needs no other to wait for it, and the first waits for none.
    let wait = if number + 1 < steps { writer.or("true", "false", "order/no-wait") } else { "true".to_owned() };
    let after = match number {
        0 => writer.or("", &format!("{{ name: \"step-{}\" }}", steps - 1), "order/cycle"),
        _ => format!("{{ name: \"{}\" }}", name(writer, &format!("step-{}", number - 1), "ref/missing")),
    };
    format!(
        "    flux.Kustomization step-{number} {{\n      spec: {{\n        interval: \"10m\"\n        path: \"./{number}\"\n        prune: true\n        wait: {wait}\n        sourceRef: {{ kind: \"GitRepository\", name: \"{source}\" }}\n        dependsOn: [{after}]\n      }}\n    }}\n"
    )
}

/// A place where a name is expected, and another one is there.
fn name(writer: &mut Writer, right: &str, code: &'static str) -> String {
    writer.or(right, &format!("no-{right}-anywhere"), code)
}

/// The codes of what is found.
fn codes(source: &str) -> BTreeSet<&'static str> {
    let is_judged = |code: &&str| GROUPS.iter().any(|group| code.starts_with(group)) || code.starts_with("type/");
    written::codes(source).into_iter().filter(is_judged).collect()
}

fn size() -> impl Strategy<Value = Size> {
    (1..4usize, 1..5usize, proptest::collection::btree_set(0..9usize, 1..4))
        .prop_map(|(namespaces, steps, secrets)| Size { namespaces, steps, secrets: secrets.into_iter().collect() })
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 12, ..ProptestConfig::default() })]

    /// What is right is silent, and what is broken at one place is found by its code.
    #[test]
    fn one_break_is_found(size in size(), place in any::<proptest::sample::Index>()) {
        let (right, writer) = source(&size, None);
        prop_assert_eq!(codes(&right), BTreeSet::new(), "{}", right);
        let (wrong, writer) = source(&size, Some(place.index(writer.places)));
        prop_assert_eq!(codes(&wrong), writer.codes.iter().copied().collect::<BTreeSet<_>>(), "{}", wrong);
    }
}
