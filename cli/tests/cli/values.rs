//! `platc build`, `platc eval` and `platc test`.

use crate::Place;

const PLATFORM: &str = "\
schema App {
  port: Port
  url: String = \"http://\\(name):\\(port)\"
}
output shop: App { port: 8080 }
test \"the url has the port\" { assert shop.url == \"http://shop:8080\" }
";

fn platform() -> Place {
    Place::with(&[("main.pl", PLATFORM)])
}

#[test]
fn outputs_are_written_as_yaml_or_json() {
    let said = platform().run(&["build", "main.pl"]);
    said.is_clean();
    assert_eq!(said.out, "shop:\n  port: 8080\n  url: http://shop:8080\n");
    let said = platform().run(&["build", "main.pl", "--format", "json"]);
    said.is_clean();
    let expected = "{\n  \"shop\": {\n    \"port\": 8080,\n    \"url\": \"http://shop:8080\"\n  }\n}\n";
    assert_eq!(said.out, expected);
}

#[test]
fn outputs_are_written_into_a_file() {
    let place = platform();
    let said = place.run(&["build", "main.pl", "-o", "out.yaml"]);
    said.is_clean();
    assert_eq!(said.out, "");
    assert!(place.read("out.yaml").starts_with("shop:\n"));
}

#[test]
fn with_an_error_nothing_is_written() {
    let place = Place::with(&[("main.pl", "output a: 1\noutput b: c\n"), ("out.yaml", "old")]);
    let said = place.run(&["build", "main.pl"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("error[name/unknown]") && said.err.contains("main.pl:2:11"), "{}", said.err);
    assert_eq!(place.run(&["build", "main.pl", "-o", "out.yaml"]).code, Some(1));
    assert_eq!(place.read("out.yaml"), "old");
}

#[test]
fn a_report_for_machines_leaves_the_output_stream_to_values() {
    let place = Place::with(&[("main.pl", "output a: b\n")]);
    let said = place.run(&["build", "main.pl", "--report", "json"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.starts_with("{\"code\":\"name/unknown\""), "{}", said.err);
}

#[test]
fn expressions_are_evaluated_alone_or_in_a_file() {
    let said = Place::with(&[]).run(&["eval", "-e", "1 + 2"]);
    said.is_clean();
    assert_eq!(said.out, "3\n");
    let said = platform().run(&["eval", "main.pl", "-e", "shop.port + 1"]);
    said.is_clean();
    assert_eq!(said.out, "8081\n");
    let said = Place::with(&[]).feed(&["eval", "-", "-e", "a"], "let a = [1]\n");
    said.is_clean();
    assert_eq!(said.out, "- 1\n");
}

#[test]
fn mistakes_in_an_expression_are_shown_in_it() {
    let said = Place::with(&[]).run(&["eval", "-e", "1 + nothing"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""));
    assert!(said.err.contains("[ <expression>:1:5 ]"), "{}", said.err);
    assert!(said.err.contains(" 1 │ 1 + nothing\n"), "{}", said.err);
}

#[test]
fn tests_are_listed_with_how_they_ended() {
    let said = platform().run(&["test"]);
    said.is_clean();
    assert_eq!(said.out, "ok      the url has the port\n1 passed, 0 failed\n");
    let place = Place::with(&[(
        "main.pl",
        "test \"one\" { assert [1].size() == 2 }\ntest \"two\" { assert [1].size() == 1 }\n",
    )]);
    let said = place.run(&["test", "main.pl"]);
    assert_eq!(said.code, Some(1));
    assert_eq!(said.out, "failed  one\nok      two\n1 passed, 1 failed\n");
    assert!(said.err.contains("error[test/failed]"), "{}", said.err);
    let said = place.run(&["test", "main.pl", "--filter", "tw"]);
    said.is_clean();
    assert_eq!(said.out, "ok      two\n1 passed, 0 failed\n");
}

#[test]
fn what_is_imported_belongs_to_the_platform_that_imports_it() {
    let place = Place::with(&[
        ("a.pl", "let port = 80\noutput port: wrong\n"),
        ("main.pl", "import \"./a.pl\" as a\noutput shop: a.port\n"),
        ("other.pl", "output port: 1\n"),
    ]);
    let said = place.run(&["check", "--format", "json"]);
    assert_eq!(said.out.lines().count(), 1, "{}", said.out);
    assert!(said.out.contains("\"file\":\"a.pl\""), "{}", said.out);
}

#[cfg(unix)]
#[test]
fn an_import_can_not_leave_the_project() {
    let place = Place::with(&[
        ("secret.pl", "let a = 1\n"),
        ("project/platc.toml", ""),
        ("project/main.pl", "import \"./link.pl\" as a\nimport \"../secret.pl\" as b\noutput x: [a.a, b.a]\n"),
    ]);
    std::os::unix::fs::symlink("../secret.pl", place.path("project/link.pl")).unwrap();
    let said = place.run(&["check", "--format", "json", "project/main.pl"]);
    let codes = said.out.matches("\"code\":\"import/outside-root\"").count();
    assert_eq!((codes, said.out.lines().count()), (2, 2), "{}", said.out);
}

#[test]
fn what_is_wrong_as_a_whole_can_be_built_all_the_same() {
    let text = "cluster a { namespace b { k8s.Ingress c { spec.ingressClassName: \"no\" }, k8s.Pod D_ { spec.containers e { image: \"f:1\" } } } }\n";
    let place = Place::with(&[("platc.toml", ""), ("main.pl", text)]);
    let said = place.run(&["build", "main.pl"]);
    assert!(said.out.is_empty() && said.err.contains("name/grammar"), "{}", said.err);
    let said = place.run(&["build", "main.pl", "--rules", "language"]);
    said.is_clean();
    assert!(said.out.contains("name: D_"), "{}", said.out);
}
