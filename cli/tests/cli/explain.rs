//! `platc explain`.

use crate::Place;

#[test]
fn a_page_is_shown() {
    let said = Place::with(&[]).run(&["explain", "type/mismatch"]);
    said.is_clean();
    assert!(said.out.starts_with("type/mismatch: "), "{}", said.out);
    assert!(said.out.contains("    output shop: App { replicas: 3 }\n"), "{}", said.out);
    assert!(!said.out.contains('\u{1b}'), "no colours without a terminal");
}

#[test]
fn colours_can_be_forced() {
    let said = Place::with(&[]).run(&["explain", "type/mismatch", "--color", "always"]);
    assert!(said.out.starts_with("\u{1b}[1mtype/mismatch: "), "{:?}", said.out);
}

#[test]
fn all_codes_are_listed() {
    let said = Place::with(&[]).run(&["explain"]);
    said.is_clean();
    assert!(said.out.lines().any(|line| line.starts_with("type/mismatch ")));
    assert!(said.out.lines().any(|line| line.starts_with("import/unused ") && line.ends_with("(warning)")));
}

#[test]
fn the_nearest_code_is_proposed() {
    Place::with(&[]).run(&["explain", "type/mismacht"]).stopped("`type/mismatch` is the nearest");
    Place::with(&[]).run(&["explain", "E0042"]).stopped("`platc explain` lists all codes");
}

/// A platform of two clusters with one object each, built into `out/`, `out.yaml` and `out.json`.
fn built() -> Place {
    let place = Place::with(&[
        ("platc.toml", ""),
        ("lib.pl", "let level = \"debug\"\n"),
        (
            "main.pl",
            "import \"./lib.pl\" as lib\n\
             cluster a { namespace web { k8s.ConfigMap app { data: { level: lib.level } } } }\n\
             cluster b { namespace web { k8s.ConfigMap app { data: { level: lib.level } } } }\n",
        ),
    ]);
    for path in ["out", "out.yaml"] {
        place.run(&["build", "main.pl", "-o", path]).is_clean();
    }
    place.run(&["build", "main.pl", "--format", "json", "-o", "out.json"]).is_clean();
    place
}

const LINE: &str = "out/a/web/configmap-app.yaml:7";

#[test]
fn a_line_of_a_tree_says_where_it_comes_from() {
    let said = built().run(&["explain", LINE]);
    said.is_clean();
    assert!(said.out.starts_with("out/a/web/configmap-app.yaml:7  level: debug\n"), "{}", said.out);
    assert!(said.out.contains("data.level of the ConfigMap `app` in `web`\n"), "{}", said.out);
    assert!(said.out.contains("  main.pl:2  cluster a {") && !said.out.contains("main.pl:3"), "{}", said.out);
    assert!(
        said.out.ends_with("which reads\n  lib.pl:1   let level = \"debug\"  // `level`, in `let level`\n"),
        "{}",
        said.out
    );
}

#[test]
fn a_line_of_the_script_of_a_host_says_which_step_makes_it() {
    let source = "import std/node\ncluster lab {\n  host one {\n    address: 10.0.0.1\n    \
                  step a: node.File { path: \"/a\", text: \"1\\nstep b\\n\" }\n    step b: node.Module { module: \"dummy\" }\n  }\n}\n";
    let place = Place::with(&[("platc.toml", ""), ("main.pl", source)]);
    place.run(&["build", "main.pl", "-o", "out/"]).is_clean();
    let script = place.read("out/lab/nodes/one.sh");
    let line_of = |wanted: &str| script.lines().position(|line| line.trim_start().starts_with(wanted)).unwrap() + 1;
    let explained = |line: usize| place.run(&["explain", &format!("out/lab/nodes/one.sh:{line}")]).out;
    for (wanted, step, made) in
        [("step b", "a", "main.pl:5"), ("path '/a'", "a", "main.pl:5"), ("module 'dummy'", "b", "main.pl:6")]
    {
        let said = explained(line_of(wanted));
        assert!(said.contains(&format!("of the step `{step}` of `lab/one`")) && said.contains(made), "{said}");
    }
    assert!(explained(3).contains("the script of `lab/one`"));
}

#[test]
fn a_stream_tells_equal_objects_of_two_clusters_apart() {
    let place = built();
    for (path, line) in [("out.yaml", "level: debug"), ("out.json", "\"level\": \"debug\"")] {
        let text = place.read(path);
        let lines: Vec<usize> =
            text.lines().zip(1..).filter(|(text, _)| text.contains(line)).map(|(_, number)| number).collect();
        for (line, source) in lines.into_iter().zip(["main.pl:2", "main.pl:3"]) {
            let said = place.run(&["explain", &format!("{path}:{line}")]);
            said.is_clean();
            assert!(said.out.contains(source), "{path}:{line}: {}", said.out);
        }
    }
}

#[test]
fn the_platform_is_found_from_anywhere() {
    let place = built();
    let tree = place.path(LINE);
    let elsewhere = Place::with(&[("platc.toml", ""), ("main.pl", "output a: 1\n")]);
    let said = elsewhere.run(&["explain", tree.to_str().unwrap()]);
    assert_eq!(said.code, Some(0), "{said:?}");
    elsewhere.write("copy.yaml", place.read("out/a/web/configmap-app.yaml"));
    elsewhere.run(&["explain", "copy.yaml:7"]).stopped("name the platform with `-f platform.pl`");
    let main = place.path("main.pl");
    assert_eq!(elsewhere.run(&["explain", "copy.yaml:7", "-f", main.to_str().unwrap()]).code, Some(0));
    elsewhere.run(&["explain", "copy.yaml:7", "-f", "main.pl"]).stopped("`main.pl` does not make the ConfigMap `app`");
}

#[test]
fn what_was_edited_is_said_and_answered_where_it_can_be() {
    let place = built();
    let text = place.read("out/a/web/configmap-app.yaml");
    place
        .write("out/a/web/configmap-app.yaml", format!("# mine\n{}", text.replace("name: app", "name: app\n  # more")));
    let said = place.run(&["explain", "out/a/web/configmap-app.yaml:9"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    assert_eq!(said.err, "warning: `out/a/web/configmap-app.yaml` was edited since platc wrote it\n");
    assert!(said.out.contains("data.level of"), "{}", said.out);
    place.run(&["explain", "out/a/web/configmap-app.yaml:1"]).stopped("was edited since platc wrote it");
}

#[test]
fn what_is_out_of_date_is_said() {
    let place = built();
    place.write("lib.pl", "let level = \"info\"\n");
    let said = place.run(&["explain", "out/a/web/configmap-app.yaml:5"]);
    assert_eq!(said.err, "warning: `out/a/web/configmap-app.yaml` is not what the platform makes now\n");
    assert!(said.out.contains("metadata.namespace of"), "{}", said.out);
    place.run(&["explain", LINE]).stopped("the platform makes `level: info` in its place");
}

#[test]
fn what_is_no_line_of_an_output_is_refused() {
    let place = built();
    place.run(&["explain", "out.yaml:0"]).stopped("there is no line 0 in `out.yaml`, which has");
    place.run(&["explain", "out.yaml:9999"]).stopped("there is no line 9999");
    place.run(&["explain", "out.yaml:5"]).stopped("stands between objects");
    place.run(&["explain", "out.yml:5"]).stopped("it does not exist");
    place.run(&["explain", "out.yaml"]).stopped("which line of `out.yaml`?");
    place.run(&["explain", "main.pl:1"]).stopped("platc did not write `main.pl`");
    place.write("broken.pl", "let a = \n");
    place.write("pod.yaml", "apiVersion: v1\nkind: Pod\nmetadata: { name: x }\n");
    let said = place.run(&["explain", "pod.yaml:2", "-f", "broken.pl"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{said:?}");
}

#[test]
fn a_kind_is_described() {
    let place = Place::with(&[]);
    let said = place.run(&["explain", "deploy.spec.template.spec.containers.image"]);
    said.is_clean();
    assert!(said.out.starts_with("k8s.Deployment.spec.template.spec.containers.image?: String\n"), "{}", said.out);
    let said = place.run(&["explain", "HorizontalPodAutoscaler", "--api-version", "autoscaling/v1"]);
    assert!(said.out.starts_with("k8s.autoscaling.v1.HorizontalPodAutoscaler\n"), "{}", said.out);
    let said = place.run(&["explain", "IPAddressPool.spec.addresses"]);
    assert_eq!(said.out, "metallb.IPAddressPool.spec.addresses: [String]  // required\n");
    place.run(&["explain", "Deploymnt"]).stopped("did you mean `Deployment`?");
    place.run(&["explain", "deploy.spec.replica"]).stopped("did you mean `replicas`?");
    place.run(&["explain", "deploy.spec.replicas.x"]).stopped("it has no fields");
}

#[test]
fn an_object_is_explained_by_its_name_in_the_cluster() {
    let source =
        "cluster lab {\n  namespace web {\n    service shop { image: \"ghcr.io/example/shop:1.4.2\" }\n  }\n}\n";
    let place = Place::with(&[("platc.toml", ""), ("main.pl", source)]);
    for name in ["deployment/web/shop", "Deployments/web/shop"] {
        let said = place.run(&["explain", name]);
        assert_eq!(said.code, Some(0), "{}", said.err);
        assert!(said.out.contains("all of the Deployment `shop` in `web`"), "{}", said.out);
        assert!(said.out.contains("main.pl:3"), "{}", said.out);
    }
    assert!(place.run(&["explain", "namespace/web", "-f", "main.pl"]).out.contains("main.pl:2"));
    place.run(&["explain", "deployment/web/none"]).stopped("no platform here makes `deployment/web/none`");
}
