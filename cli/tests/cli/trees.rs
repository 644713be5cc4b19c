//! `platc build -o DIR`: what is written into a directory, and what is left alone.

use std::fs;
use std::path::Path;
use std::process::Stdio;

use crate::{Place, Said};

fn platform(value: u32) -> Place {
    let place = Place::with(&[]);
    set(&place, value);
    place
}

fn set(place: &Place, value: u32) {
    place.write("main.pl", format!("output a: {value}\n"));
}

fn build(place: &Place, more: &[&str]) -> Said {
    place.run(&[&["build", "main.pl", "-o", "out/"], more].concat())
}

/// The names in a directory, sorted.
fn names(path: impl AsRef<Path>) -> Vec<String> {
    let mut names: Vec<String> =
        fs::read_dir(path).unwrap().map(|entry| entry.unwrap().file_name().into_string().unwrap()).collect();
    names.sort();
    names
}

/// The build was refused, with these words, and changed nothing.
#[track_caller]
fn refused(said: &Said, words: &str) {
    assert_eq!((said.code, said.out.as_str()), (Some(1), ""), "{said:?}");
    assert!(said.err.contains(words) && said.err.contains("nothing was written"), "{}", said.err);
}

#[test]
fn a_directory_gets_the_bytes_of_the_stream_and_a_list() {
    let place = platform(1);
    build(&place, &[]).is_clean();
    assert_eq!(names(place.path("out")), [".platc-tree", "platform.yaml"]);
    assert_eq!(place.read("out/platform.yaml"), place.run(&["build", "main.pl"]).out);
    assert!(place.read("out/.platc-tree").ends_with("  platform.yaml\n"), "{}", place.read("out/.platc-tree"));
    assert_eq!(names(place.directory.path()), ["main.pl", "out"]);
}

#[test]
fn what_a_path_means() {
    let place = platform(1);
    place.write("there.yaml/x", "");
    place.write("file", "");
    for (path, written) in [
        ("deep/er/out", "deep/er/out/platform.yaml"),
        ("named.yaml/", "named.yaml/platform.yaml"),
        ("there.yaml", "there.yaml/platform.yaml"),
        ("x.yaml", "x.yaml"),
        ("x.json", "x.json"),
        ("file", "file"),
    ] {
        place.run(&["build", "main.pl", "-o", path]).is_clean();
        assert_eq!(place.read(written), "a: 1\n", "{path}");
    }
    place.run(&["build", "main.pl", "-o", "file/"]).stopped("can not write into `file`: it is a file");
    place.run(&["build", "main.pl", "-o", "file/x/"]).stopped("can not");
    place.run(&["build", "main.pl", "-o", "x.yaml", "--force"]).stopped("`--force` is about");
    assert_eq!(place.run(&["build", "main.pl", "--check"]).code, Some(2));
    assert_eq!(place.run(&["build", "main.pl", "-o", "out/", "--check", "--force"]).code, Some(2));
}

#[test]
fn a_tree_that_is_up_to_date_is_not_written() {
    let place = platform(1);
    build(&place, &[]).is_clean();
    let times = || {
        ["out", "out/platform.yaml", "out/.platc-tree"]
            .map(|path| fs::metadata(place.path(path)).unwrap().modified().unwrap())
    };
    let before = times();
    build(&place, &[]).is_clean();
    build(&place, &["--check"]).is_clean();
    assert_eq!(times(), before);
}

#[test]
fn check_says_what_would_change_and_writes_nothing() {
    let place = platform(1);
    let said = build(&place, &["--check"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), "would write `out/platform.yaml`\n"));
    assert_eq!(names(place.directory.path()), ["main.pl"]);
    build(&place, &[]).is_clean();
    build(&place, &["--check"]).is_clean();
    let said = build(&place, &["--check", "--format", "json"]);
    let expected = "would write `out/platform.json`\nwould remove `out/platform.yaml`\n";
    assert_eq!((said.code, said.out.as_str()), (Some(1), expected));
    fs::remove_file(place.path("out/.platc-tree")).unwrap();
    let said = build(&place, &["--check"]);
    assert_eq!((said.code, said.out.as_str()), (Some(1), "would write `out/.platc-tree`\n"));
    let file = ["build", "main.pl", "-o", "x.yaml", "--check"];
    assert_eq!(place.run(&file).out, "would write `x.yaml`\n");
    place.write("x.yaml", "a: 1\n");
    place.run(&file).is_clean();
}

#[test]
fn stale_files_go_and_foreign_files_stay() {
    let place = platform(1);
    build(&place, &["--format", "json"]).is_clean();
    place.write("out/README.md", "mine");
    place.write("out/deep/er/x", "mine");
    fs::create_dir(place.path("out/empty")).unwrap();
    let before = fs::metadata(place.path("out/README.md")).unwrap().modified().unwrap();
    build(&place, &[]).is_clean();
    assert_eq!(names(place.path("out")), [".platc-tree", "README.md", "deep", "empty", "platform.yaml"]);
    assert_eq!((place.read("out/README.md"), place.read("out/deep/er/x")), ("mine".to_owned(), "mine".to_owned()));
    assert_eq!(fs::metadata(place.path("out/README.md")).unwrap().modified().unwrap(), before);
    assert_eq!(names(place.directory.path()), ["main.pl", "out"]);
}

#[test]
fn an_edited_file_is_named_and_kept_unless_forced() {
    let place = platform(1);
    build(&place, &[]).is_clean();
    place.write("out/platform.yaml", "a: 7\n");
    refused(&build(&place, &[]), "`out/platform.yaml` was edited");
    assert_eq!(place.read("out/platform.yaml"), "a: 7\n");
    let said = build(&place, &["--check"]);
    assert_eq!(
        (said.code, said.out.as_str()),
        (Some(1), "would write `out/platform.yaml`\nedited `out/platform.yaml`\n")
    );
    // Also where it would be removed.
    refused(&build(&place, &["--format", "json"]), "`out/platform.yaml` was edited");
    build(&place, &["--force"]).is_clean();
    assert_eq!(place.read("out/platform.yaml"), "a: 1\n");
    // An edit that is what the build gives is none.
    place.write("out/platform.yaml", "a: 2\n");
    set(&place, 2);
    build(&place, &[]).is_clean();
    // And a file that is gone comes back.
    fs::remove_file(place.path("out/platform.yaml")).unwrap();
    build(&place, &[]).is_clean();
    assert_eq!(place.read("out/platform.yaml"), "a: 2\n");
}

#[test]
fn what_is_in_the_way_stays_even_if_forced() {
    let place = platform(1);
    place.write("out/platform.yaml", "mine");
    refused(&build(&place, &["--force"]), "`out/platform.yaml` is not of platc");
    assert_eq!(place.read("out/platform.yaml"), "mine");
    fs::remove_file(place.path("out/platform.yaml")).unwrap();
    place.write("out/Platform.YAML", "mine");
    refused(&build(&place, &[]), "`out/Platform.YAML` is not of platc");
    fs::remove_file(place.path("out/Platform.YAML")).unwrap();
    place.write("out/platform.yaml/x", "mine");
    refused(&build(&place, &["--force"]), "`out/platform.yaml` is not of platc");
}

#[test]
fn a_list_with_damage_or_hostile_lines_removes_nothing_outside() {
    let place = platform(1);
    build(&place, &[]).is_clean();
    place.write("victim", "a: 1\n");
    let list = place.read("out/.platc-tree");
    let hash = list.lines().last().unwrap().split(' ').next().unwrap();
    place.write("out/.platc-tree", format!("{list}{hash}  ../victim\n{hash}  {}\n", place.path("victim").display()));
    refused(&build(&place, &[]), "`out/.platc-tree` was edited");
    build(&place, &["--force"]).is_clean();
    assert_eq!((place.read("victim").as_str(), place.read("out/.platc-tree")), ("a: 1\n", list));
}

#[test]
fn with_an_error_the_tree_stays() {
    let place = platform(1);
    build(&place, &[]).is_clean();
    place.write("main.pl", "output a: b\n");
    assert_eq!(build(&place, &[]).code, Some(1));
    assert_eq!(place.read("out/platform.yaml"), "a: 1\n");
}

#[cfg(unix)]
mod unix {
    use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};

    use super::*;

    #[test]
    fn links_stay_links_and_nothing_is_written_through_them() {
        let place = platform(1);
        place.write("real/x", "mine");
        symlink("real", place.path("out")).unwrap();
        build(&place, &[]).is_clean();
        assert!(fs::symlink_metadata(place.path("out")).unwrap().is_symlink());
        assert_eq!(names(place.path("real")), [".platc-tree", "platform.yaml", "x"]);
        place.write("victim", "a: 0\n");
        fs::remove_file(place.path("real/platform.yaml")).unwrap();
        symlink("../victim", place.path("real/platform.yaml")).unwrap();
        refused(&build(&place, &["--force"]), "`out/platform.yaml` is not of platc");
        // As a stale file it is not ours either.
        build(&place, &["--format", "json"]).is_clean();
        assert!(fs::symlink_metadata(place.path("real/platform.yaml")).unwrap().is_symlink());
        assert_eq!(place.read("victim"), "a: 0\n");
        symlink("nowhere", place.path("dangling")).unwrap();
        place.run(&["build", "main.pl", "-o", "dangling/"]).stopped("it is a link that leads nowhere");
    }

    #[test]
    fn foreign_entries_keep_what_they_are() {
        let place = platform(1);
        build(&place, &[]).is_clean();
        place.write("out/docs/run.sh", "#!/bin/sh\n");
        place.write("out/.git/config", "");
        symlink("/etc/passwd", place.path("out/link")).unwrap();
        let _socket = std::os::unix::net::UnixListener::bind(place.path("out/docs/socket")).unwrap();
        fs::set_permissions(place.path("out/docs/run.sh"), fs::Permissions::from_mode(0o751)).unwrap();
        fs::set_permissions(place.path("out/docs"), fs::Permissions::from_mode(0o550)).unwrap();
        fs::set_permissions(place.path("out/platform.yaml"), fs::Permissions::from_mode(0o640)).unwrap();
        fs::set_permissions(place.path("out"), fs::Permissions::from_mode(0o2770)).unwrap();
        let about = |path: &str| fs::symlink_metadata(place.path(path)).unwrap();
        let files = || {
            ["out/docs/run.sh", "out/.git/config", "out/link", "out/docs/socket"]
                .map(|path| (about(path).ino(), about(path).mode(), about(path).nlink(), about(path).mtime_nsec()))
        };
        let directories =
            || (["out", "out/docs", "out/.git"].map(|path| about(path).mode()), about("out/docs").mtime_nsec());
        let before = (files(), directories());
        set(&place, 2);
        build(&place, &[]).is_clean();
        assert_eq!((files(), directories()), before);
        assert_eq!(
            (place.read("out/platform.yaml").as_str(), about("out/platform.yaml").mode() & 0o777),
            ("a: 2\n", 0o640)
        );
        fs::set_permissions(place.path("out/docs"), fs::Permissions::from_mode(0o750)).unwrap();
    }

    #[test]
    fn the_working_directory_stays_under_the_shell() {
        let place = platform(1);
        place.write("out/x", "mine");
        let here = fs::metadata(place.path("out")).unwrap().ino();
        for value in [1, 2] {
            set(&place, value);
            let mut command = place.command(&["build", "../main.pl", "-o", "."]);
            let output = command.current_dir(place.path("out")).output().unwrap();
            assert!(output.status.success(), "{output:?}");
            assert_eq!(fs::metadata(place.path("out")).unwrap().ino(), here);
            assert_eq!(place.read("out/platform.yaml"), format!("a: {value}\n"));
            assert_eq!(names(place.path("out")), [".platc-tree", "platform.yaml", "x"]);
        }
    }

    #[test]
    fn what_only_has_the_name_of_an_unfinished_build_is_left_alone() {
        let place = platform(1);
        place.write(".platc-new.out/letter", "mine");
        build(&place, &[]).stopped("it is not of platc");
        assert_eq!(place.read(".platc-new.out/letter"), "mine");
        fs::remove_dir_all(place.path(".platc-new.out")).unwrap();
        place.write("precious/tree/x", "mine");
        symlink("precious", place.path(".platc-new.out")).unwrap();
        build(&place, &[]).stopped("it is not of platc");
        assert_eq!(place.read("precious/tree/x"), "mine");
    }

    #[test]
    fn a_device_gets_the_text() {
        let place = platform(1);
        let output = place.command(&["build", "main.pl", "-o", "/dev/stdout"]).stdout(Stdio::piped()).output().unwrap();
        assert_eq!(output.stdout, b"a: 1\n");
        place.run(&["build", "main.pl", "-o", "/dev/null"]).is_clean();
        assert!(!fs::metadata("/dev/null").unwrap().is_file());
    }
}

/// The files below a directory, sorted, without the list of them.
fn files(place: &Place, below: &str) -> Vec<String> {
    let list = place.read(&format!("{below}/.platc-tree"));
    list.lines().filter_map(|line| line.split_once("  ")).map(|(_, path)| path.to_owned()).collect()
}

#[test]
fn an_object_has_a_file_that_no_other_object_decides_about() {
    let platform = |objects: &str| {
        let head = "@kubernetes(\"cluster.x-k8s.io/v1\", \"Cluster\")\ntype Machines = { spec: Any }\n";
        format!("import std/cnpg\n{head}cluster lab {{ namespace db {{\n{objects}}} }}\n")
    };
    let job = |name: &str, spec: &str| format!("k8s.Job {name} {{ metadata.generateName: \"run-\", spec: {spec} }}\n");
    let one = job("a", "{ template: {} }") + "cnpg.Cluster main { spec: { instances: 3, storage.size: \"1Gi\" } }\n";
    let more = "Machines main { spec: 1 }\n".to_owned()
        + &job("b", "{ template: {} }")
        + &job("c", "{ template: {}, suspend: true }");
    let place = Place::with(&[("main.pl", &platform(&one))]);
    build(&place, &[]).is_clean();
    let first = files(&place, "out");
    let [cluster, job, namespace] = &first[..] else { panic!("{first:?}") };
    assert_eq!([cluster, namespace], ["lab/db/cluster.postgresql.cnpg.io-main.yaml", "lab/namespace-db.yaml"]);
    assert!(job.starts_with("lab/db/job-run-") && job.len() == "lab/db/job-run-12345678.yaml".len(), "{job}");
    place.write("main.pl", platform(&(one + &more)));
    build(&place, &[]).is_clean();
    let both = files(&place, "out");
    assert_eq!(both.len(), 6, "{both:?}");
    assert!(first.iter().all(|path| both.contains(path)), "{both:?}");
    assert!(both.contains(&"lab/db/cluster.cluster.x-k8s.io-main.yaml".to_owned()), "{both:?}");
    assert!(both.contains(&job.replace(".yaml", "-2.yaml")), "{both:?}");
}

#[test]
fn two_objects_of_one_path_are_told_with_both_places() {
    let place = Place::with(&[(
        "main.pl",
        "cluster lab {\n  k8s.ClusterRole a { metadata.name: \"x:y\" }\n  k8s.ClusterRole b { metadata.name: \"x_y\" }\n}\n",
    )]);
    let said = build(&place, &[]);
    said.stopped("two artifacts have the path `lab/clusterrole-x_y.yaml`: main.pl:2:19 and main.pl:3:19");
    assert_eq!(names(place.directory.path()), ["main.pl"]);
}

#[test]
fn outputs_beside_objects_are_a_file_and_not_in_the_stream() {
    let text = "cluster lab { namespace web {} }\noutput address: 10.0.0.1\n";
    let place = Place::with(&[("main.pl", text)]);
    build(&place, &[]).is_clean();
    assert_eq!(files(&place, "out"), ["lab/namespace-web.yaml", "platform.yaml"]);
    assert_eq!(place.read("out/platform.yaml"), "address: '10.0.0.1'\n");
    let said = place.run(&["build", "main.pl"]);
    assert!(
        !said.out.contains("address") && said.err.starts_with("note: the stream has the objects alone"),
        "{said:?}"
    );
    for silent in [&["--quiet"][..], &["--report", "json"], &["-o", "out/"]] {
        assert_eq!(place.run(&[&["build", "main.pl"], silent].concat()).err, "", "{silent:?}");
    }
}
