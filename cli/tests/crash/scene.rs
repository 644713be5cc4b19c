//! A directory with an old tree and foreign files, and a build that is going to change the tree.

use std::collections::BTreeMap;
use std::fs;
use std::os::unix::fs::{MetadataExt, PermissionsExt, symlink};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use backend::{Artifact, Manifest, Tree};
use tempfile::TempDir;

/// Which way the build goes.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// The old tree is exchanged.
    Beside,
    /// There is no old tree.
    First,
    /// The working directory is in the tree, so that it can not be exchanged.
    Within,
}

/// Generated files, with the list of them.
pub type Files = BTreeMap<PathBuf, Vec<u8>>;

/// What is known of a foreign entry: number, mode, size, time; of a directory, mode and time.
type About = (u64, u32, u64, i64);

/// A directory to build into.
pub struct Scene {
    directory: TempDir,
    way: Way,
    /// The tree before the build.
    pub old: Files,
    /// The tree after it.
    pub new: Files,
    foreign: BTreeMap<PathBuf, About>,
}

impl Scene {
    /// Foreign are a link, an executable file, a directory with and one without files, both closed to writing.
    pub fn new(way: Way) -> Self {
        let directory = tempfile::tempdir().unwrap();
        let mut scene = Self { directory, way, old: tree(&[]), new: tree(&[]), foreign: BTreeMap::new() };
        scene.old = if way == Way::First { Files::new() } else { tree(&old_files()) };
        scene.new = tree(&[("platform.yaml", "a: new\n")]);
        fs::write(scene.path("main.pl"), "output a: \"new\"\n").unwrap();
        fs::create_dir(scene.path("elsewhere")).unwrap();
        fs::write(scene.path("elsewhere/secret"), "x").unwrap();
        if way != Way::First {
            scene.fill();
            scene.foreign = scene.found();
        }
        scene
    }

    fn fill(&self) {
        for (path, content) in &self.old {
            self.write(path, content);
        }
        self.write(Path::new("README.md"), b"mine");
        self.write(Path::new("docs/deep/run.sh"), b"mine");
        self.write(Path::new("apps/mine.yaml"), b"mine");
        self.write(Path::new(".git/HEAD"), b"ref");
        symlink("../elsewhere", self.path("out/link")).unwrap();
        fs::create_dir(self.path("out/empty")).unwrap();
        let modes = [("docs/deep/run.sh", 0o755), ("docs/deep", 0o555), ("empty", 0o511), ("README.md", 0o400)];
        for (path, mode) in modes {
            fs::set_permissions(self.path("out").join(path), fs::Permissions::from_mode(mode)).unwrap();
        }
    }

    fn write(&self, path: &Path, content: &[u8]) {
        let path = self.path("out").join(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, content).unwrap();
    }

    pub fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    pub fn here(&self) -> PathBuf {
        if self.way == Way::Within { self.path("out") } else { self.directory.path().to_owned() }
    }

    pub fn directory(&self) -> &'static str {
        if self.way == Way::Within { "." } else { "out/" }
    }

    pub fn arguments(&self) -> Vec<String> {
        let main = self.path("main.pl").to_str().unwrap().to_owned();
        vec!["build".to_owned(), main, "-o".to_owned(), self.directory().to_owned()]
    }

    /// Everything in the tree that is generated, or that nobody knows.
    pub fn generated(&self) -> Files {
        let mut files = Files::new();
        for path in walk(&self.path("out")) {
            let full = self.path("out").join(&path);
            let is_known = self.foreign.contains_key(&path) || path.starts_with(".platc-new");
            if !is_known && full.is_file() {
                files.insert(path, fs::read(full).unwrap());
            }
        }
        files
    }

    fn found(&self) -> BTreeMap<PathBuf, About> {
        let generated =
            |path: &Path| self.old.contains_key(path) || path == Path::new("apps") || path == Path::new("old");
        let mut found = BTreeMap::new();
        for path in walk(&self.path("out")).into_iter().filter(|path| !generated(path)) {
            let about = fs::symlink_metadata(self.path("out").join(&path)).unwrap();
            let (number, size) = if about.is_dir() { (0, 0) } else { (about.ino(), about.size()) };
            found.insert(path, (number, about.mode(), size, about.mtime_nsec()));
        }
        found
    }

    #[track_caller]
    pub fn foreign_is_there(&self, what: &str) {
        for (path, before) in &self.foreign {
            let full = self.path("out").join(path);
            let about = fs::symlink_metadata(&full).map_err(|error| format!("{what}: {full:?} {error}")).unwrap();
            let (number, size) = if about.is_dir() { (0, 0) } else { (about.ino(), about.size()) };
            assert_eq!(&(number, about.mode(), size, about.mtime_nsec()), before, "{what}: {full:?}");
        }
        assert_eq!(fs::read(self.path("elsewhere/secret")).unwrap(), b"x", "{what}");
    }

    /// Each file that there is, is the old one or the new one.
    #[track_caller]
    pub fn each_is_whole(&self, now: &Files, what: &str) {
        for (path, content) in now {
            let known = [self.old.get(path), self.new.get(path)];
            assert!(known.contains(&Some(content)), "{what}: {path:?} is {content:?}");
        }
    }

    #[track_caller]
    pub fn builds(&self) {
        let mut command = Command::new(env!("CARGO_BIN_EXE_platc"));
        let output = command.args(self.arguments()).current_dir(self.here()).stdin(Stdio::null()).output().unwrap();
        assert!(output.status.success(), "{output:?}");
    }

    #[track_caller]
    pub fn nothing_is_left(&self, what: &str) {
        let mut names: Vec<_> =
            fs::read_dir(self.directory.path()).unwrap().map(|entry| entry.unwrap().file_name()).collect();
        names.sort();
        assert_eq!(names, ["elsewhere", "main.pl", "out"], "{what}");
        assert!(!self.path("out/.platc-new").exists(), "{what}");
        assert!(!self.path("out/old").exists(), "{what}: a directory that is empty now");
        for path in self.foreign.keys() {
            let about = fs::symlink_metadata(self.path("out").join(path)).unwrap();
            assert!(about.is_dir() || about.nlink() == 1, "{what}: {path:?} still has another name");
        }
    }

    #[track_caller]
    pub fn list_is_right(&self, now: &Files) {
        let files = now.iter().filter(|(path, _)| !path.ends_with(backend::MANIFEST));
        let artifacts = files.map(|(path, content)| (path.to_str().unwrap(), std::str::from_utf8(content).unwrap()));
        assert_eq!(now, &tree(&artifacts.collect::<Vec<_>>()));
    }
}

/// A file that changes, and two that go: one of them with its directory.
fn old_files() -> [(&'static str, &'static str); 3] {
    [("platform.yaml", "a: old\n"), ("old/deep.yaml", "b: old\n"), ("apps/shop.yaml", "c: old\n")]
}

fn tree(files: &[(&str, &str)]) -> Files {
    let artifact = |(path, content): &(&str, &str)| Artifact {
        mode: backend::Mode::Plain,
        path: (*path).to_owned(),
        content: content.as_bytes().to_vec(),
        origin: (),
    };
    let (tree, conflicts) = Tree::new(files.iter().map(artifact).collect());
    assert_eq!(conflicts, []);
    let list = (backend::MANIFEST.into(), Manifest::of(&tree).text().into_bytes());
    tree.files().iter().map(|(path, content)| (path.into(), content.clone())).chain([list]).collect()
}

/// All paths below a directory, which need not exist. Links are not followed.
fn walk(root: &Path) -> Vec<PathBuf> {
    let mut paths = vec![];
    let mut open = vec![PathBuf::new()];
    while let Some(below) = open.pop() {
        for entry in fs::read_dir(root.join(&below)).into_iter().flatten() {
            let entry = entry.unwrap();
            let path = below.join(entry.file_name());
            if entry.file_type().unwrap().is_dir() {
                open.push(path.clone());
            }
            paths.push(path);
        }
    }
    paths
}
