//! `platc import`.

use std::fs;
use std::path::Path;

use crate::Place;

const SHOP: &str = "\
# Sells things.
apiVersion: apps/v1
kind: Deployment
metadata: { name: shop, namespace: web }
spec:
  replicas: 2
  selector: { matchLabels: { app: shop } }
  template:
    metadata: { labels: { app: shop } }
    spec:
      containers:
      - name: shop
        image: example.com/shop:1
        resources: { requests: { cpu: 250m, memory: 64Mi } }
        env:
        - { name: A, value: \"no\" }
---
apiVersion: v1
kind: Namespace
metadata: { name: web, labels: { team: red } }
";

const WRITTEN: &str = "\
//! Imported from `shop.yaml`.

cluster main {
  namespace web {
    labels: { team: \"red\" }

    // Sells things.
    k8s.Deployment shop {
      spec: {
        replicas: 2
        selector.matchLabels: { app: \"shop\" }
        template: {
          metadata.labels: { app: \"shop\" }
          spec: {
            containers shop {
              image: \"example.com/shop:1\"
              env A { value: \"no\" }
              resources.requests: { cpu: 250m, memory: 64Mi }
            }
          }
        }
      }
    }
  }
}
";

#[test]
fn manifests_become_blocks() {
    let place = Place::with(&[("shop.yaml", SHOP)]);
    let said = place.run(&["import", "shop.yaml"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), ""));
    assert_eq!(said.out, WRITTEN);
    place.write("shop.pl", said.out);
    place.run(&["check", "shop.pl"]).is_clean();
    place.run(&["fmt", "--check", "shop.pl"]).is_clean();
}

#[test]
fn from_standard_input_and_from_directories() {
    let place = Place::with(&[("all/a/shop.yaml", SHOP), ("all/readme.md", "# no"), ("all/b.json", "{}")]);
    let fed = place.feed(&["import", "-"], SHOP);
    assert!(fed.out.starts_with("cluster main {\n") && fed.err.is_empty(), "{fed:?}");
    let said = place.run(&["import", "all"]);
    assert_eq!(said.code, Some(1));
    assert!(said.err.contains("all/b.json:1:1") && said.err.contains("this is no Kubernetes object"), "{}", said.err);
    fs::remove_file(place.path("all/b.json")).unwrap();
    let said = place.run(&["import", "all"]);
    assert!(said.out.starts_with("//! Imported from `all/a/shop.yaml`.\n") && said.code == Some(0), "{said:?}");
}

#[test]
fn a_file_is_written_over_only_when_asked() {
    let place = Place::with(&[("shop.yaml", SHOP), ("shop.pl", "mine")]);
    place.run(&["import", "shop.yaml", "-o", "shop.pl"]).stopped("`shop.pl` exists already");
    assert_eq!(place.read("shop.pl"), "mine");
    let said = place.run(&["import", "shop.yaml", "-o", "shop.pl", "--force"]);
    assert_eq!((said.code, said.err.as_str(), said.out.as_str()), (Some(0), "wrote shop.pl\n", ""));
    assert_eq!(place.read("shop.pl"), WRITTEN);
}

#[test]
fn what_is_wrong_has_its_line() {
    let place = Place::with(&[("a.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a\n")]);
    let said = place.run(&["import", "a.yaml"]);
    assert!(said.code == Some(1) && said.out.is_empty(), "{said:?}");
    assert!(said.err.contains("import/bad-data") && said.err.contains("a.yaml:"), "{}", said.err);

    place.write("b.yaml", "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\na: 1\n");
    let said = place.run(&["import", "b.yaml"]);
    assert!(said.err.contains("b.yaml:5:1") && said.err.contains("it has no `kind`"), "{}", said.err);

    let twice = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n---\napiVersion: v1\nkind: ConfigMap\nmetadata: { name: a }\n";
    place.write("c.yaml", twice);
    let said = place.run(&["import", "c.yaml"]);
    assert!(said.err.contains("c.yaml:5:1") && said.err.contains("the ConfigMap `a` is written twice"), "{}", said.err);
    assert_eq!(place.run(&["import"]).code, Some(2));
    place.run(&["import", "missing.yaml"]).stopped("missing.yaml");
}

/// An object that its type does not take is kept as it is, and that is said.
#[test]
fn what_no_type_takes() {
    let text = "apiVersion: v1\nkind: ConfigMap\nmetadata: { name: a, namespace: b }\ndta: { x: 1 }\n---\n\
        apiVersion: example.com/v1\nkind: Thing\nmetadata: { name: a, namespace: b }\nspec: [{ 'a.b/c': ~ }]\n";
    let place = Place::with(&[("a.yaml", text)]);
    let said = place.run(&["import", "a.yaml"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    let notes: Vec<&str> = said.err.lines().collect();
    assert_eq!(
        notes,
        [
            "a.yaml:1: the namespace `b` was in no file, and is written now",
            "a.yaml:1: this ConfigMap is written without the type of its kind: there is no field `dta` here",
        ]
    );
    assert!(said.out.contains("object a { apiVersion: \"v1\", kind: \"ConfigMap\", dta: { x: 1 } }"), "{}", said.out);
    assert!(said.out.contains("object a-thing {"), "{}", said.out);
}

/// Text in every form comes back as it was.
#[test]
fn text_comes_back() {
    let texts = [
        r"a\nb\n",
        r"  a\n b\n",
        r"\n\na\n",
        r"a\n \nb",
        r"a\r\nb",
        r"\t\n\ta",
        r"a\\nb ${x} {{ y }}\n#\n",
        r#"say \"\"\"\nx"#,
        r"\u00a0\u200b\n\u2028x",
        r"a \nb \n\n\n",
        r"\\(x)\nb",
        r"\u0000",
        r"",
        r"\n",
        r" ",
        r"x\n",
    ];
    let data: String = texts.iter().enumerate().map(|(number, text)| format!("  k{number}: \"{text}\"\n")).collect();
    let place = Place::with(&[]);
    place.write("a.yaml", format!("apiVersion: v1\nkind: ConfigMap\nmetadata: {{ name: a }}\ndata:\n{data}"));
    let said = place.run(&["import", "a.yaml", "-o", "a.pl"]);
    assert_eq!((said.code, said.err.as_str()), (Some(0), "wrote a.pl\n"), "{}", place.read("a.pl"));
    place.run(&["check", "a.pl"]).is_clean();
}

/// What the examples emit becomes source that emits the same.
#[test]
fn examples_come_back() {
    let examples = Path::new(env!("CARGO_MANIFEST_DIR")).join("../examples");
    for example in ["guestbook", "bookings", "observatory"] {
        let emitted = fs::read_to_string(examples.join(example).join("out.yaml")).unwrap();
        let place = Place::with(&[("out.yaml", &emitted)]);
        let said = place.run(&["import", "out.yaml", "-o", "main.pl"]);
        assert_eq!((said.code, said.err.as_str()), (Some(0), "wrote main.pl\n"), "{example}");
        place.run(&["fmt", "--check", "main.pl"]).is_clean();
        let path = examples.join(example).join("main.pl");
        let json = |path: &str| -> serde_json::Value {
            serde_json::from_str(&place.run(&["build", path, "--format", "json"]).out).unwrap()
        };
        assert_eq!(json(path.to_str().unwrap()), json("main.pl"), "{example}");
    }
    let legacy = examples.join("observatory");
    let place = Place::with(&[]);
    place.write("legacy/scheduler.yaml", fs::read(legacy.join("legacy/scheduler.yaml")).unwrap());
    let said = place.run(&["import", "legacy/scheduler.yaml"]);
    assert_eq!(said.out, fs::read_to_string(legacy.join("scheduler.pl")).unwrap());
}
