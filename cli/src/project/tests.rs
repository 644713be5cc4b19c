//! A project with everything in it that must not be read.

use std::fs;

use tempfile::TempDir;

use super::*;

fn project(files: &[(&str, &str)]) -> (TempDir, Project) {
    let directory = tempfile::tempdir().unwrap();
    fs::create_dir(directory.path().join("project")).unwrap();
    for (path, text) in files {
        let path = directory.path().join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }
    let project = Project::around(&directory.path().join("project")).unwrap();
    (directory, project)
}

#[test]
fn the_root_is_the_nearest_marked_directory() {
    let (directory, _) = project(&[("project/platc.toml", ""), ("project/a/b/main.pl", "")]);
    let found = Project::of(&directory.path().join("project/a/b/main.pl")).unwrap();
    assert_eq!(found.root(), directory.path().join("project").canonicalize().unwrap());
    assert_eq!(found.entry(&directory.path().join("project/a/b/main.pl")).unwrap(), "a/b/main.pl");
}

#[test]
fn without_a_mark_the_root_is_the_files_own_directory() {
    let (directory, project) = project(&[("project/main.pl", "")]);
    assert_eq!(project.root(), directory.path().join("project").canonicalize().unwrap());
}

#[test]
fn files_are_read_by_their_path_in_the_project() {
    let (_directory, project) = project(&[("project/a/b.pl", "text")]);
    assert_eq!(project.read("a/b.pl"), Ok("text".to_owned()));
    assert_eq!(project.read("./a/../a/b.pl"), Ok("text".to_owned()));
    assert_eq!(project.read("a/c.pl"), Err(Refusal::NotFound));
    assert_eq!(project.read("a/b.pl/c"), Err(Refusal::NotFound));
    assert_eq!(project.read("a"), Err(Refusal::Directory));
}

#[test]
fn nothing_outside_is_read() {
    let (directory, project) = project(&[("secret", "text"), ("project/main.pl", "")]);
    assert_eq!(project.read("../secret"), Err(Refusal::OutsideRoot));
    assert_eq!(project.read("a/../../secret"), Err(Refusal::OutsideRoot));
    let absolute = directory.path().join("secret");
    assert_eq!(project.read(absolute.to_str().unwrap()), Err(Refusal::OutsideRoot));
}

#[cfg(unix)]
#[test]
fn links_lead_nowhere_outside() {
    let (directory, project) = project(&[("secret/a.pl", "text"), ("project/main.pl", "text")]);
    let link = |to: &str, from: &str| std::os::unix::fs::symlink(to, directory.path().join(from)).unwrap();
    link("../secret", "project/directory");
    link("../secret/a.pl", "project/file.pl");
    link("main.pl", "project/inside.pl");
    link("loop.pl", "project/loop.pl");
    assert_eq!(project.read("directory/a.pl"), Err(Refusal::OutsideRoot));
    assert_eq!(project.read("file.pl"), Err(Refusal::OutsideRoot));
    assert_eq!(project.read("inside.pl"), Ok("text".to_owned()));
    assert!(matches!(project.read("loop.pl"), Err(Refusal::Unreadable(_))));
    assert_eq!(project.list("directory/*.pl"), Err(Refusal::OutsideRoot));
    assert_eq!(project.list("f*.pl"), Err(Refusal::OutsideRoot));
}

#[cfg(unix)]
#[test]
fn pipes_are_not_waited_for() {
    let (_directory, project) = project(&[("project/main.pl", "")]);
    let socket = project.root().join("socket.pl");
    let _listener = std::os::unix::net::UnixListener::bind(socket).unwrap();
    assert_eq!(project.read("socket.pl"), Err(Refusal::Special));
}

#[test]
fn what_is_no_text_is_refused() {
    let (directory, project) = project(&[]);
    fs::write(directory.path().join("project/bytes.pl"), b"let a\xff").unwrap();
    assert_eq!(project.read("bytes.pl"), Err(Refusal::NotText { offset: 5, readable: "let a\u{fffd}".to_owned() }));
    let large = fs::File::create(directory.path().join("project/large.pl")).unwrap();
    large.set_len((64 << 20) + 1).unwrap();
    assert_eq!(project.read("large.pl"), Err(Refusal::TooLarge));
}

#[test]
fn patterns_list_files_in_order() {
    let paths = ["teams/b.pl", "teams/a.pl", "teams/.c.pl", "teams/x/d.pl", "teams/x/y/e.pl", "teams/n.yaml"];
    let files: Vec<(String, &str)> = paths.iter().map(|path| (format!("project/{path}"), "")).collect();
    let files: Vec<(&str, &str)> = files.iter().map(|(path, text)| (path.as_str(), *text)).collect();
    let (_directory, project) = project(&files);
    let list = |pattern| project.list(pattern).unwrap();
    assert_eq!(list("./teams/*.pl"), ["teams/a.pl", "teams/b.pl"]);
    assert_eq!(list("teams/**/*.pl"), ["teams/a.pl", "teams/b.pl", "teams/x/d.pl", "teams/x/y/e.pl"]);
    assert_eq!(list("*/x/?.pl"), ["teams/x/d.pl"]);
    assert_eq!(list("none/*.pl"), Vec::<String>::new());
    assert_eq!(list("teams/x"), Vec::<String>::new());
}

#[test]
fn an_overlay_stands_in_for_a_file() {
    let (_directory, mut project) = project(&[]);
    project.overlay("<stdin>", "text".to_owned());
    assert_eq!(project.read("<stdin>"), Ok("text".to_owned()));
}

#[test]
fn paths_are_shown_from_the_working_directory() {
    let shown = |from: &str, path: &str| path::from_directory(Path::new(from), Path::new(path)).unwrap();
    assert_eq!(shown("/a/b", "/a/b/c.pl"), "c.pl");
    assert_eq!(shown("/a/b/d", "/a/b/c.pl"), "../c.pl");
    assert_eq!(shown("/x", "/a/b/c.pl"), "../a/b/c.pl");
}
