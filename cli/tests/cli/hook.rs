//! `platc hook`: what git commits, and what it is kept from committing. With a real git; where there is none, that is said.

use std::fs;
use std::path::Path;
use std::process::{Command, Stdio};

use crate::{Place, Said};

const GOOD: &str = "output shop: { port: 80 }\n";
const OTHER: &str = "output shop: { port: 81 }\n";
const WRONG: &str = "output shop: { port: 80, name: 1 + \"a\" }\n";
const UGLY: &str = "output   shop:{port:80}\n";

/// A repository of nobody, in which the `platc` of these tests is found.
struct Repository {
    place: Place,
}

impl Repository {
    /// One with these files committed and the hook installed; nothing where there is no git.
    fn with(files: &[(&str, &str)]) -> Option<Self> {
        let repository = Self::empty()?;
        for (path, text) in files {
            repository.place.write(path, text);
        }
        repository.git(&["add", "-A"]);
        repository.git(&["commit", "-qm", "begin"]);
        let said = repository.platc(&["hook", "install"]);
        assert_eq!(said.code, Some(0), "{said:?}");
        Some(repository)
    }

    fn empty() -> Option<Self> {
        if Command::new("git").arg("--version").stdout(Stdio::null()).status().is_err() {
            eprintln!("SKIPPED: there is no git, so nothing was committed");
            return None;
        }
        let repository = Self { place: Place::with(&[]) };
        fs::create_dir_all(repository.place.path(".bin")).unwrap();
        fs::create_dir_all(repository.place.path(".home")).unwrap();
        fs::hard_link(env!("CARGO_BIN_EXE_platc"), repository.place.path(".bin/platc"))
            .or_else(|_| fs::copy(env!("CARGO_BIN_EXE_platc"), repository.place.path(".bin/platc")).map(drop))
            .unwrap();
        repository.git(&["init", "-q", "-b", "main"]);
        repository.place.write(".gitignore", ".bin\n.home\n");
        Some(repository)
    }

    fn command(&self, program: &str, folder: &str) -> Command {
        let mut command = Command::new(program);
        let paths = std::env::var_os("PATH").unwrap_or_default();
        let paths = std::iter::once(self.place.path(".bin")).chain(std::env::split_paths(&paths));
        command.env("PATH", std::env::join_paths(paths).unwrap()).env("HOME", self.place.path(".home"));
        command.env("GIT_CONFIG_NOSYSTEM", "1").env("GIT_CONFIG_GLOBAL", self.place.path(".home/settings"));
        for who in ["AUTHOR", "COMMITTER"] {
            command.env(format!("GIT_{who}_NAME"), "n").env(format!("GIT_{who}_EMAIL"), "n@example.org");
        }
        for variable in ["GIT_DIR", "GIT_INDEX_FILE", "GIT_WORK_TREE", "GIT_PREFIX", "NO_COLOR", "CLICOLOR_FORCE"] {
            command.env_remove(variable);
        }
        command.current_dir(self.place.path(folder));
        command
    }

    fn said(mut command: Command) -> Said {
        let output = command.stdin(Stdio::null()).output().unwrap();
        Said {
            out: String::from_utf8(output.stdout).unwrap(),
            err: String::from_utf8(output.stderr).unwrap(),
            code: output.status.code(),
        }
    }

    fn try_git(&self, arguments: &[&str]) -> Said {
        let mut command = self.command("git", "");
        command.args(arguments);
        Self::said(command)
    }

    #[track_caller]
    fn git(&self, arguments: &[&str]) -> String {
        let said = self.try_git(arguments);
        assert_eq!(said.code, Some(0), "git {arguments:?}: {said:?}");
        said.out
    }

    fn platc(&self, arguments: &[&str]) -> Said {
        self.platc_in("", arguments)
    }

    fn platc_in(&self, folder: &str, arguments: &[&str]) -> Said {
        let mut command = self.command(env!("CARGO_BIN_EXE_platc"), folder);
        command.args(arguments);
        Self::said(command)
    }

    fn stage(&self, path: &str, text: &str) {
        self.place.write(path, text);
        self.git(&["add", path]);
    }

    /// Git commits, and the hook says nothing.
    #[track_caller]
    fn commits(&self) {
        let said = self.try_git(&["commit", "-qm", "change"]);
        assert_eq!((said.code, said.err.as_str()), (Some(0), ""), "{said:?}");
    }

    /// Git does not commit, for a reason with these words.
    #[track_caller]
    fn refuses(&self, words: &[&str]) -> Said {
        let before = self.git(&["rev-parse", "HEAD"]);
        let said = self.try_git(&["commit", "-qm", "change"]);
        assert_eq!(said.code, Some(1), "{said:?}");
        for words in words {
            assert!(said.err.contains(words), "`{words}` is not in\n{}", said.err);
        }
        assert_eq!(self.git(&["rev-parse", "HEAD"]), before);
        said
    }
}

/// The repository, or the end of a test that needs one.
macro_rules! repository {
    ($($file:expr),* $(,)?) => {
        match Repository::with(&[$($file),*]) {
            Some(repository) => repository,
            None => return,
        }
    };
}

#[test]
fn what_is_staged_counts_and_not_what_the_working_directory_has() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.stage("main.pl", WRONG);
    repository.place.write("main.pl", GOOD);
    repository.refuses(&["main.pl:1:", "type/mismatch", "1 error"]);

    repository.stage("main.pl", OTHER);
    repository.place.write("main.pl", WRONG);
    repository.commits();
    assert_eq!(repository.git(&["show", "HEAD:main.pl"]), OTHER);
    assert_eq!(repository.place.read("main.pl"), WRONG, "the working directory stays as it is");
}

#[test]
fn what_does_not_concern_a_platform_passes_though_one_is_wrong() {
    let repository = repository![("main.pl", WRONG), ("platc.toml", ""), ("notes.yaml", "a: 1\n")];
    repository.stage("README.md", "hello\n");
    repository.commits();
    repository.stage("notes.yaml", "a: 2\n");
    repository.commits();
    repository.git(&["commit", "-q", "--allow-empty", "-m", "nothing"]);
}

#[test]
fn the_style_of_what_is_staged() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.stage("two words.pl", UGLY);
    repository.stage("main.pl", UGLY);
    repository.place.write("main.pl", GOOD);
    let said = repository.refuses(&[
        "error: `main.pl` is not in the canonical style\n",
        "  = help: platc fmt main.pl 'two words.pl' && git add main.pl 'two words.pl'\n",
    ]);
    assert!(said.err.contains("note: `main.pl` has changes that are not staged"), "{}", said.err);
    repository.git(&["add", "main.pl"]);
    repository.platc(&["fmt", "two words.pl"]);
    repository.git(&["add", "two words.pl"]);
    repository.commits();
}

#[test]
fn only_what_changes_is_held_to_the_style() {
    let repository = repository![("a.pl", UGLY), ("b.pl", GOOD), ("platc.toml", "")];
    repository.stage("b.pl", OTHER);
    repository.commits();
}

#[test]
fn a_tree_is_what_is_staged_makes() {
    let repository = repository![("main.pl", GOOD), ("a-part.pl", "let port = 1\n"), ("platc.toml", "")];
    repository.platc(&["build", "main.pl", "-o", "out"]).is_clean();
    repository.git(&["add", "."]);
    repository.commits();

    repository.stage("main.pl", OTHER);
    let said =
        repository.refuses(&["error: `out/` is not what `main.pl` makes\n  `out/platform.yaml` to be written\n"]);
    let (_, help) = said.err.split_once("  = help: ").unwrap();
    assert_eq!(help, "platc build main.pl -o out/ && git add out/\n");
    let mut shell = repository.command("sh", "");
    shell.args(["-c", help]);
    assert_eq!(Repository::said(shell).code, Some(0), "what the help says can be run");
    repository.commits();

    repository.stage("main.pl", GOOD);
    repository.platc(&["build", "main.pl", "-o", "out"]).is_clean();
    repository.git(&["add", "out/platform.yaml"]);
    repository.refuses(&["`out/.platc-tree` to be written"]);
    repository.git(&["add", "out"]);
    repository.place.write("out/platform.yaml", "shop: {}\n");
    repository.commits();

    repository.git(&["add", "out"]);
    repository.refuses(&["`out/platform.yaml` edited by hand", "-o out/ --force &&"]);
    repository.git(&["rm", "-q", "--cached", "out/platform.yaml"]);
    repository.refuses(&["`out/platform.yaml` to be written"]);
}

#[test]
fn a_program_of_a_tree_can_be_run() {
    let source = "cluster lab {\n  artifact \"hello.sh\" { text: \"#!/bin/sh\\n\", executable: true }\n}\n";
    let repository = repository![("main.pl", source), ("platc.toml", "")];
    repository.platc(&["build", "main.pl", "-o", "out"]).is_clean();
    repository.git(&["add", "."]);
    repository.commits();
    repository.git(&["update-index", "--chmod=-x", "out/lab/hello.sh"]);
    repository.refuses(&["`out/lab/hello.sh` to be written"]);
}

#[test]
fn what_is_not_of_platc_in_a_tree_is_let_be() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.platc(&["build", "main.pl", "-o", "."]).is_clean();
    repository.git(&["add", "."]);
    repository.commits();
    repository.stage("notes/more.yaml", "a: 1\n");
    repository.commits();
    repository.stage("main.pl", OTHER);
    repository.refuses(&["error: `./` is not what `main.pl` makes\n  `platform.yaml` to be written\n", "-o ./ &&"]);
}

#[test]
fn files_come_and_go() {
    let main = "import \"./parts/*.pl\"\nimport \"./data.json\" as data\n\noutput shop: { port: data.a }\n";
    let repository = repository![
        ("main.pl", main),
        ("parts/port.pl", "output port: { number: 80 }\n"),
        ("data.json", "{\"a\": 1}\n"),
        ("platc.toml", ""),
    ];
    repository.stage("parts/more.pl", "output port: { number: 81 }\n");
    repository.refuses(&["write/duplicate-entry", "parts/more.pl:1:", "parts/port.pl:1:"]);
    repository.git(&["rm", "-qf", "parts/more.pl"]);
    repository.git(&["mv", "parts/port.pl", "parts/renamed.pl"]);
    repository.commits();
    repository.git(&["rm", "-q", "--cached", "parts/renamed.pl"]);
    repository.refuses(&["import/not-found", "main.pl:1:"]);
    repository.git(&["add", "parts"]);
    repository.git(&["rm", "-q", "--cached", "data.json"]);
    repository.refuses(&["import/not-found", "data.json"]);
    repository.stage("data.json", "{\"b\": 1}\n");
    repository.refuses(&["main.pl:4:"]);
}

#[test]
fn other_ways_to_commit_have_another_index() {
    let repository = repository![("main.pl", GOOD), ("other.pl", GOOD), ("platc.toml", "")];
    repository.place.write("main.pl", WRONG);
    let said = repository.try_git(&["commit", "-qam", "all"]);
    assert!(said.code == Some(1) && said.err.contains("main.pl:1:"), "{said:?}");
    let said = repository.try_git(&["commit", "-qm", "one", "main.pl"]);
    assert!(said.code == Some(1) && said.err.contains("main.pl:1:"), "{said:?}");
    repository.git(&["add", "main.pl"]);
    repository.place.write("other.pl", OTHER);
    repository.git(&["commit", "-qm", "only this", "other.pl"]);
    assert_eq!(repository.git(&["show", "HEAD:main.pl"]), GOOD);
}

#[test]
fn a_second_working_directory_has_the_same_hook() {
    let repository = repository![("lab/main.pl", GOOD), ("lab/platc.toml", "")];
    repository.git(&["worktree", "add", "-q", ".home/second", "-b", "second"]);
    repository.place.write(".home/second/lab/main.pl", WRONG);
    let commit = |repository: &Repository| {
        let mut command = repository.command("git", ".home/second/lab");
        command.args(["commit", "-qam", "there"]);
        Repository::said(command)
    };
    let said = commit(&repository);
    assert!(said.code == Some(1) && said.err.contains("lab/main.pl:1:"), "{said:?}");
    repository.place.write(".home/second/lab/main.pl", OTHER);
    assert_eq!(commit(&repository).code, Some(0));
    let said = repository.platc_in(".home/second", &["hook", "install"]);
    assert!(said.err.contains("is installed already"), "{said:?}");
}

#[test]
fn the_first_commit_is_looked_at_whole() {
    let Some(repository) = Repository::empty() else { return };
    repository.platc(&["hook", "install"]);
    repository.stage("platc.toml", "");
    repository.stage("main.pl", WRONG);
    let said = repository.try_git(&["commit", "-qm", "first"]);
    assert!(said.code == Some(1) && said.err.contains("main.pl:1:"), "{said:?}");
    repository.stage("main.pl", GOOD);
    repository.commits();
}

#[test]
fn a_commit_in_the_middle_of_a_merge() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.git(&["checkout", "-qb", "side"]);
    repository.stage("main.pl", "output shop: { port: 82 }\n");
    repository.commits();
    repository.git(&["checkout", "-q", "main"]);
    repository.stage("main.pl", OTHER);
    repository.commits();
    assert_eq!(repository.try_git(&["merge", "side"]).code, Some(1));
    let said = repository.platc(&["hook", "run"]);
    assert!(said.code == Some(1) && said.err.contains("`main.pl` is not merged yet"), "{said:?}");
    repository.stage("main.pl", WRONG);
    repository.refuses(&["main.pl:1:"]);
    repository.stage("main.pl", "output shop: { port: 83 }\n");
    repository.commits();
}

#[cfg(unix)]
#[test]
fn links_lead_to_what_is_staged_and_not_out_of_it() {
    let main = "import \"./link.pl\" as link\n\noutput shop: { port: link.port }\n";
    let repository = repository![("main.pl", main), ("real/port.pl", "let port = 80\n"), ("platc.toml", "")];
    std::os::unix::fs::symlink("real/port.pl", repository.place.path("link.pl")).unwrap();
    repository.git(&["add", "."]);
    repository.commits();
    repository.stage("real/port.pl", "let other = 80\n");
    repository.refuses(&["main.pl:3:"]);
    fs::remove_file(repository.place.path("link.pl")).unwrap();
    std::os::unix::fs::symlink("/etc/passwd", repository.place.path("link.pl")).unwrap();
    repository.git(&["add", "."]);
    repository.refuses(&["outside"]);
}

#[test]
fn ends_of_lines_are_those_that_are_committed() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", ""), (".gitattributes", "*.pl text eol=crlf\n")];
    repository.stage("main.pl", "output shop: {\r\n  port: 81\r\n}\r\n");
    repository.commits();
    assert_eq!(repository.git(&["cat-file", "blob", "HEAD:main.pl"]), "output shop: {\n  port: 81\n}\n");
}

#[test]
fn a_repository_in_the_repository_is_not_looked_at() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.git(&["init", "-q", "inner"]);
    repository.place.write("inner/wrong.pl", WRONG);
    let mut inner = repository.command("sh", "inner");
    inner.args(["-c", "git add . && git commit -qm inner"]);
    assert_eq!(Repository::said(inner).code, Some(0));
    repository.try_git(&["add", "inner"]);
    assert!(repository.git(&["ls-files", "-s"]).contains("160000"));
    repository.commits();
}

#[test]
fn scripts_in_perl_are_none_of_ours() {
    let repository = repository![("tool.pl", "#!/usr/bin/perl\nprint 1;\n")];
    repository.stage("other.pl", "use strict;\n");
    repository.commits();
    repository.stage("lab.pl", &format!("//! A lab.\n\n{WRONG}"));
    repository.refuses(&["lab.pl:3:"]);
}

#[test]
fn whose_a_tree_is() {
    let lab = |name: &str, port: u32| format!("output {name}: {{ port: {port} }}\n");
    let repository = repository![
        ("blue.pl", &lab("blue", 1)),
        ("green.pl", &lab("green", 1)),
        ("broken.pl", WRONG),
        ("platc.toml", ""),
    ];
    repository.platc(&["build", "blue.pl", "-o", "out/blue"]).is_clean();
    repository.platc(&["build", "green.pl", "-o", "out/green"]).is_clean();
    repository.git(&["add", "."]);
    repository.commits();
    repository.stage("green.pl", &lab("green", 2));
    repository.platc(&["build", "green.pl", "-o", "out/green"]).is_clean();
    repository.git(&["add", "."]);
    repository.commits();
    // Both make as much of what is in it.
    repository.stage("green.pl", &lab("green", 3));
    let said = repository.refuses(&["`out/green/` may be of `blue.pl` or of `green.pl`"]);
    assert!(said.err.contains("`[build]` and below it `\"out/green\" = \"blue.pl\"`"), "{}", said.err);
    repository.stage("platc.toml", "[build]\n\"out/blue\" = \"blue.pl\"\n\"out/green\" = \"green.pl\"\n");
    repository.refuses(&["error: `out/green/` is not what `green.pl` makes"]);
    repository.platc(&["build", "green.pl", "-o", "out/green"]).is_clean();
    repository.git(&["add", "out"]);
    repository.refuses(&["broken.pl:1:"]);
    repository.git(&["rm", "-qf", "broken.pl"]);
    repository.commits();
}

#[test]
fn a_tree_of_another_project_is_let_be() {
    let repository = repository![("a.pl", GOOD), ("b.pl", OTHER), ("platc.toml", ""), (".home/c.pl", "")];
    let lab = "cluster lab {\n  artifact hello { text: \"hello\\n\" }\n}\n";
    repository.place.write(".home/c.pl", lab);
    repository.platc(&["build", ".home/c.pl", "-o", "given"]).is_clean();
    repository.git(&["add", "given"]);
    repository.commits();
}

#[cfg(unix)]
#[test]
fn nothing_in_a_name_acts_on_the_terminal() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.stage("it's\u{1b}[2J.pl", UGLY);
    let said = repository.refuses(&["is not in the canonical style"]);
    assert!(!said.err.contains('\u{1b}') && said.err.contains("platc fmt 'it'\\''s␛[2J.pl'"), "{}", said.err);
}

#[test]
fn a_single_file_that_is_built() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "[build]\n\"all.json\" = \"main.pl\"\n")];
    repository.stage("main.pl", OTHER);
    repository
        .refuses(&["error: `all.json` is not what `main.pl` makes", "-o all.json --format json && git add all.json"]);
    repository.platc(&["build", "main.pl", "-o", "all.json", "--format", "json"]).is_clean();
    repository.git(&["add", "all.json"]);
    repository.commits();
    repository.stage("all.json", "{}\n");
    repository.refuses(&["`all.json` is not what"]);
    repository.git(&["reset", "-q", "--hard"]);
    repository.git(&["rm", "-q", "main.pl"]);
    let said = repository.try_git(&["commit", "-qm", "gone"]);
    assert!(said.code == Some(1) && said.err.contains("names `main.pl`, which is not staged"), "{said:?}");
}

#[test]
fn the_settings_of_what_is_built() {
    let place = Place::with(&[("main.pl", GOOD), ("platc.toml", "[build]\nout = 1\n")]);
    let said = place.run(&["check"]);
    assert!(said.err.contains("`out` is built of a `.pl` file"), "{}", said.err);
    place.write("platc.toml", "build = 1\n");
    assert!(place.run(&["check"]).err.contains("`build` is a table of outputs and sources"));
}

#[test]
fn the_lock_is_committed_with_its_change() {
    let lab = "cluster lab {\n  network { nodes: 10.0.0.0/24, gateway: 10.0.0.1 }\n  host a { address: auto, cpu: 4, memory: 8GiB }\n}\n";
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.stage("main.pl", lab);
    repository.refuses(&["lock/outdated"]);
    repository.platc(&["build", "main.pl", "-o", "out"]).is_clean();
    repository.refuses(&["lock/outdated"]);
    repository.git(&["add", "."]);
    repository.commits();
}

#[test]
fn everything_is_looked_at_where_that_is_asked_for() {
    let repository = repository![("main.pl", WRONG), ("sub/ugly.pl", UGLY), ("platc.toml", "")];
    assert_eq!(repository.platc(&["hook", "run"]).code, Some(0));
    let said = repository.platc_in("sub", &["hook", "run", "--all"]);
    assert_eq!(said.code, Some(1), "{said:?}");
    assert!(said.err.contains("../main.pl:1:") && said.err.contains("platc fmt ugly.pl &&"), "{}", said.err);
    let said = repository.platc(&["hook", "run", "sub/ugly.pl"]);
    assert!(said.code == Some(1) && !said.err.contains("main.pl"), "{said:?}");
    repository.place.write("sub/new.pl", UGLY);
    assert_eq!(repository.platc(&["hook", "run", "sub/new.pl"]).code, Some(0), "it is not staged");
    repository.platc(&["hook", "run", "sub/none.pl"]).stopped("`sub/none.pl` is no file, on the disk or staged");
}

#[test]
fn warnings_pass_unless_they_are_denied() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.stage("main.pl", "let unused = 1\n\noutput shop: { port: 80 }\n");
    if repository.platc(&["check", "main.pl", "--deny-warnings"]).code == Some(1) {
        let said = repository.platc(&["hook", "run", "--deny-warnings"]);
        assert!(said.code == Some(1) && said.err.contains("warning"), "{said:?}");
    }
    repository.commits();
}

#[test]
fn a_hook_of_somebody_else_stays() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    let hook = ".git/hooks/pre-commit";
    let again = repository.platc(&["hook", "install"]);
    assert!(again.code == Some(0) && again.err.contains("is installed already"), "{again:?}");
    repository.platc(&["hook", "uninstall"]);
    assert!(!repository.place.path(hook).exists());

    let theirs = "#!/bin/sh\necho theirs >&2\ntest ! -e stop\n";
    repository.place.write(hook, theirs);
    run_it(&repository.place.path(hook));
    repository.platc(&["hook", "install"]).stopped("is a hook already, and not of platc");
    assert_eq!(repository.place.read(hook), theirs);

    let said = repository.platc(&["hook", "install", "--force"]);
    assert_eq!(said.code, Some(0), "{said:?}");
    repository.platc(&["hook", "install", "--force"]);
    repository.stage("main.pl", WRONG);
    repository.refuses(&["theirs\n", "main.pl:1:"]);
    repository.place.write("stop", "");
    let said = repository.refuses(&["theirs\n"]);
    assert!(!said.err.contains("main.pl"), "what ran before refused: {}", said.err);

    repository.platc(&["hook", "uninstall"]);
    assert_eq!(repository.place.read(hook), theirs);
    repository.platc(&["hook", "uninstall"]).stopped("is not of platc");
    repository.place.write(hook, format!("{theirs}platc hook run || exit\n"));
    assert!(repository.platc(&["hook", "install"]).err.contains("already"));
}

#[test]
fn hooks_are_where_the_repository_has_them() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.platc(&["hook", "uninstall"]);
    repository.git(&["config", "core.hooksPath", ".hooks"]);
    fs::create_dir(repository.place.path("sub")).unwrap();
    let said = repository.platc_in("sub", &["hook", "install"]);
    assert!(said.code == Some(0) && repository.place.path(".hooks/pre-commit").exists(), "{said:?}");
    repository.stage("main.pl", WRONG);
    repository.refuses(&["main.pl:1:"]);
    repository.git(&["config", "--unset", "core.hooksPath"]);

    repository.git(&["config", "--global", "core.hooksPath", "/for/all"]);
    let said = repository.platc(&["hook", "install"]);
    assert!(said.code == Some(2) && said.err.contains("for all of your repositories"), "{said:?}");
}

#[test]
fn who_commits_need_not_know_where_platc_is() {
    let repository = repository![("main.pl", GOOD), ("platc.toml", "")];
    repository.stage("main.pl", WRONG);
    let mut commit = repository.command("git", "");
    commit.args(["commit", "-qm", "change"]).env("PATH", "/usr/bin:/bin");
    let said = Repository::said(commit);
    assert!(said.code == Some(1) && said.err.contains("main.pl:1:"), "{said:?}");
    let hook = repository.place.read(".git/hooks/pre-commit").replace(env!("CARGO_BIN_EXE_platc"), "/not/there/platc");
    repository.place.write(".git/hooks/pre-commit", hook);
    let mut commit = repository.command("git", "");
    commit.args(["commit", "-qm", "change"]).env("PATH", "/usr/bin:/bin");
    let said = Repository::said(commit);
    assert!(said.code == Some(1) && said.err.contains("platc is not there"), "{said:?}");
}

#[test]
fn there_is_a_repository_or_nothing_to_do() {
    if Repository::empty().is_none() {
        return;
    }
    let place = Place::with(&[("main.pl", GOOD)]);
    for arguments in [&["hook", "install"][..], &["hook", "uninstall"], &["hook", "run"]] {
        place.run(arguments).stopped("there is no git repository around");
    }
}

#[cfg(unix)]
fn run_it(path: &Path) {
    use std::os::unix::fs::PermissionsExt;
    fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
}

#[cfg(not(unix))]
fn run_it(_: &Path) {}
