//! `platc graph`.

use crate::Place;

const PLATFORM: &str = r#"import std/k3s

cluster lab {
  distribution: k3s.K3s {}
  network { nodes: 192.168.1.0/24, gateway: 192.168.1.1, pool lan { range: 192.168.1.200..192.168.1.210 } }
  host one { address: 192.168.1.10, role: "control-plane" }
  namespace web {
    service shop {
      image: "ghcr.io/example/shop:1.0.0"
      port http: 8080
      uses: [cluster.namespace.data.service.store.port.sql]
    }
  }
  namespace data {
    service store {
      image: "ghcr.io/example/store:1.0.0"
      port sql: 5432
      volume disk { mount: "/data", size: 1GiB }
    }
  }
}
"#;

fn place() -> Place {
    Place::with(&[("platc.toml", ""), ("main.pl", PLATFORM)])
}

#[test]
fn a_page_needs_nothing_else() {
    let said = place().run(&["graph", "main.pl"]);
    said.is_clean();
    assert!(said.out.starts_with("<!doctype html>"), "{}", said.out);
    assert!(said.out.matches("<svg").count() == 3, "a picture for each view");
    let elsewhere = said.out.replace("http://www.w3.org/2000/svg", "");
    assert!(!elsewhere.contains("http:") && !elsewhere.contains("https:"), "nothing is loaded from elsewhere");
    assert!(said.out.contains("main.pl:8"), "boxes say where they are written");
}

#[test]
fn each_form_shows_who_reaches_whom() {
    for (form, line) in [
        ("mermaid", "|\"5432/TCP\"|"),
        ("dot", "[label=\"5432/TCP\", color=\"#2563eb\"]"),
        ("svg", "shop reaches store\n5432/TCP"),
    ] {
        let said = place().run(&["graph", "main.pl", "--view", "reach", "--format", form]);
        said.is_clean();
        assert!(said.out.contains(line), "{form}: {}", said.out);
    }
}

#[test]
fn the_form_follows_from_the_name_of_the_file() {
    let place = place();
    place.run(&["graph", "main.pl", "--view", "depends", "-o", "a.svg"]).is_clean();
    place.run(&["graph", "main.pl", "-o", "a.dot"]).is_clean();
    assert!(place.read("a.svg").starts_with("<svg"));
    assert!(place.read("a.dot").starts_with("digraph"));
}

#[test]
fn names_stay_text() {
    let hostile = "cluster lab { network { pool \"</script><b>&\\\"'\" { range: 192.168.1.200..192.168.1.210 } } }\n";
    let place = Place::with(&[("platc.toml", ""), ("main.pl", hostile)]);
    let dot = place.run(&["graph", "main.pl", "--view", "network", "--format", "dot"]);
    assert!(dot.out.contains(r#"label="</script><b>&\"'\npool"#), "quotes stay within quotes: {}", dot.out);
    for form in ["html", "svg", "mermaid"] {
        let said = place.run(&["graph", "main.pl", "--view", "network", "--format", form, "--report", "json"]);
        assert!(said.out.matches("</script>").count() <= 1, "{form}: {}", said.out);
        assert!(!said.out.contains("<b>"), "{form}: {}", said.out);
    }
}

#[test]
fn what_can_not_be_drawn_is_said() {
    place().run(&["graph", "main.pl", "--cluster", "lap"]).stopped("the clusters are: lab");
    let empty = Place::with(&[("platc.toml", ""), ("main.pl", "output a: 1\n")]);
    empty.run(&["graph", "main.pl"]).stopped("there is no cluster to draw");
    let two = Place::with(&[("platc.toml", ""), ("main.pl", "cluster a {}\ncluster b {}\n")]);
    two.run(&["graph", "main.pl", "--format", "svg"]).stopped("choose one with `--cluster`: a, b");
    let wrong = Place::with(&[("platc.toml", ""), ("main.pl", "cluster a { size: 3 }\n")]);
    let said = wrong.run(&["graph", "main.pl"]);
    assert!(said.out.is_empty(), "nothing is drawn of a platform with errors");
}
