//! A built platform, hosts that are directories, and what stands in for ssh and k3s.

use std::fs;
use std::fs::Permissions;
use std::io::Write;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Output, Stdio};
use std::sync::OnceLock;
use std::thread::sleep;
use std::time::Duration;

/// Three servers and two agents, with objects of every wave.
const PLATFORM: &str = r#"
import std/k3s
import std/metallb

cluster lab {
  distribution: k3s.K3s { version: "1.36.2+k3s1", disable: ["servicelb", "traefik"] }
  balancer: metallb.MetalLB {}
  network { nodes: 10.0.0.0/24, pool main { range: 10.0.0.100..10.0.0.110 }, pool six { range: fd00::a..fd00::1:1 } }
  host cp-1 { address: 10.0.0.11, role: "control-plane", os: "debian" }
  host cp-2 { address: 10.0.0.12, role: "control-plane", os: "debian" }
  host cp-3 { address: 10.0.0.13, role: "control-plane", os: "debian" }
  host w-1 { address: 10.0.0.21, os: "rocky" }
  host w-2 { address: 10.0.0.22, os: "alpine", ssh { user: "admin", port: 2222 } }
  object widgets {
    apiVersion: "apiextensions.k8s.io/v1"
    kind: "CustomResourceDefinition"
    metadata.name: "widgets.example.net"
    spec: {
      group: "example.net"
      scope: "Namespaced"
      names: { plural: "widgets", singular: "widget", kind: "Widget" }
      versions: [{ name: "v1", served: true, storage: true, schema: { openAPIV3Schema: { type: "object" } } }]
    }
  }
  namespace web {
    service shop {
      image: "ghcr.io/example/shop:1.0.0"
      port http { number: 8080 }
      expose public: LoadBalancer { address: 10.0.0.101 }
    }
  }
}
"#;

/// Names that would do something where they were taken for anything but names.
pub const HOSTILE: &str = r#"
import std/k3s

cluster lab {
  distribution: k3s.K3s { version: "1.36.2+k3s1" }
  host cp-1 {
    address: 10.0.0.11
    role: "control-plane"
    os: "debian"
    ssh { user: "$(touch $STUB/pwned)'`touch $STUB/pwned`" }
    labels: { "example.net/a": "$(touch $STUB/pwned)" }
  }
  host "w'$(touch $STUB/pwned)" { address: 10.0.0.21, os: "'; touch $STUB/pwned; '" }
}
"#;

/// Where it all is.
pub struct Scene {
    directory: tempfile::TempDir,
}

/// How a run ended.
pub struct Ran(Output);

impl Scene {
    /// Bare machines.
    pub fn new() -> Self {
        Self::of(PLATFORM)
    }

    /// A cluster that is up with a version.
    pub fn at(version: &str) -> Self {
        let scene = Self::new();
        scene.run(&["up"]).ended(0);
        for host in ["cp-1", "cp-2", "cp-3", "w-1", "w-2"] {
            scene.write(&format!("nodes/{host}"), version);
        }
        scene.forget();
        scene
    }

    /// The tree of a platform.
    pub fn of(platform: &str) -> Self {
        let scene = Self { directory: tempfile::tempdir().unwrap() };
        fs::create_dir_all(scene.path("bin")).unwrap();
        let here = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/driver");
        for (name, to) in [("ssh", "ssh"), ("k3s", "k3s"), ("node", "bash")] {
            // A program that stands in for bash is not run by itself.
            let text = fs::read_to_string(here.join(name)).unwrap();
            let (_, text) = text.split_once('\n').unwrap();
            scene.program(&format!("bin/{to}"), text);
        }
        let hosts = [("11", "cp-1"), ("12", "cp-2"), ("13", "cp-3"), ("21", "w-1"), ("22", "w-2")];
        for (last, host) in hosts {
            scene.write(&format!("names/10.0.0.{last}"), host);
        }
        for directory in ["nodes", "serves", "late", "down", "stuck", "cordoned", "marked", "full"] {
            fs::create_dir_all(scene.path(directory)).unwrap();
        }
        scene.write("version", "v1.36.2+k3s1");
        scene.forget();
        let from = if platform == PLATFORM { TREE.get_or_init(|| Some(built(PLATFORM))) } else { &None };
        let other = if from.is_none() { Some(built(platform)) } else { None };
        let from = from.as_ref().or(other.as_ref()).unwrap();
        let copied = Command::new("cp").arg("-R").arg(from.path().join("out")).arg(scene.path("out")).status().unwrap();
        assert!(copied.success());
        scene
    }

    fn path(&self, path: &str) -> PathBuf {
        self.directory.path().join(path)
    }

    /// Runs the script, with the programs of this scene before others.
    pub fn run(&self, arguments: &[&str]) -> Ran {
        self.answer(arguments, "")
    }

    /// Runs it, and says something when it asks.
    pub fn answer(&self, arguments: &[&str], input: &str) -> Ran {
        let mut child = self.start(arguments);
        child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
        Ran::of(child)
    }

    /// Begins to run it.
    pub fn start(&self, arguments: &[&str]) -> Child {
        let bash = bash();
        let path = format!("{}:{}", self.path("bin").display(), std::env::var("PATH").unwrap());
        Command::new(&bash)
            .arg(self.path("out/lab/cluster.sh"))
            .args(arguments)
            .args(if arguments.is_empty() || arguments == ["--help"] { &[][..] } else { &["--kubeconfig"][..] })
            .args((!arguments.is_empty() && arguments != ["--help"]).then(|| self.path("kubeconfig")))
            .env("PATH", path)
            .env("STUB", self.directory.path())
            .env("REAL_BASH", &bash)
            .env("PLATC_PAUSE", "0.05")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap()
    }

    /// What scripts of hosts were told, agents by their names.
    pub fn applied(&self) -> Vec<String> {
        let mut applied = self.order();
        applied.sort();
        let unsorted = self.order();
        let servers = |list: &[String]| list.iter().filter(|line| line.starts_with("cp-")).cloned().collect::<Vec<_>>();
        assert_eq!(servers(&applied), servers(&unsorted), "servers come one by one, in order");
        let last = unsorted.iter().rposition(|line| line.starts_with("cp-"));
        let first = unsorted.iter().position(|line| line.starts_with("w-"));
        assert!(last.zip(first).is_none_or(|(last, first)| last < first), "servers come before agents");
        applied
    }

    /// What scripts of hosts were told, in the order in which they were.
    pub fn order(&self) -> Vec<String> {
        self.read("applied").lines().map(str::to_owned).collect()
    }

    /// Begins to note anew.
    pub fn forget(&self) {
        ["log", "calls", "applied", "placed"].iter().for_each(|file| self.write(file, ""));
    }

    /// What a file says; nothing where there is none.
    pub fn read(&self, path: &str) -> String {
        fs::read_to_string(self.path(path)).unwrap_or_default()
    }

    /// Writes a file.
    pub fn write(&self, path: &str, text: &str) {
        let path = self.path(path);
        fs::create_dir_all(path.parent().unwrap()).unwrap();
        fs::write(path, text).unwrap();
    }

    /// Writes a program.
    pub fn program(&self, path: &str, text: &str) {
        self.write(path, &format!("#!{}\n{text}\n", bash().display()));
        fs::set_permissions(self.path(path), Permissions::from_mode(0o755)).unwrap();
    }

    /// Makes an empty file.
    pub fn mark(&self, path: &str) {
        self.write(path, "");
    }

    /// Takes away a file or a directory.
    pub fn clear(&self, path: &str) {
        let path = self.path(path);
        if path.is_dir() { fs::remove_dir_all(path).unwrap() } else { fs::remove_file(path).unwrap() }
    }

    /// Whether there is something.
    pub fn is_there(&self, path: &str) -> bool {
        self.path(path).exists()
    }

    /// The rights of a file.
    pub fn mode(&self, path: &str) -> u32 {
        fs::metadata(self.path(path)).unwrap().permissions().mode() & 0o7777
    }

    /// Everything that was built, as one text.
    pub fn tree(&self) -> String {
        fn all(directory: &Path, text: &mut String) {
            for entry in fs::read_dir(directory).unwrap() {
                let path = entry.unwrap().path();
                if path.is_dir() { all(&path, text) } else { text.push_str(&fs::read_to_string(path).unwrap()) }
            }
        }
        let mut text = String::new();
        all(&self.path("out"), &mut text);
        text
    }

    /// Waits until something was noted.
    pub fn wait_for(&self, path: &str) {
        for _ in 0..400 {
            if !self.read(path).is_empty() {
                return;
            }
            sleep(Duration::from_millis(20));
        }
        panic!("nothing was noted in {path}");
    }
}

/// What platc makes of a platform.
fn built(platform: &str) -> tempfile::TempDir {
    let directory = tempfile::tempdir_in(env!("CARGO_TARGET_TMPDIR")).unwrap();
    fs::write(directory.path().join("main.pl"), platform).unwrap();
    let mut platc = Command::new(env!("CARGO_BIN_EXE_platc"));
    let built = platc.args(["build", "main.pl", "-o", "out/"]).current_dir(directory.path()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    directory
}

/// The tree of the usual platform, which is built once.
static TREE: OnceLock<Option<tempfile::TempDir>> = OnceLock::new();

/// The bash of this machine, whose place is taken on hosts.
fn bash() -> PathBuf {
    let path = std::env::var_os("PATH").unwrap();
    std::env::split_paths(&path).map(|directory| directory.join("bash")).find(|file| file.exists()).unwrap()
}

impl Ran {
    /// The run, when it has ended.
    pub fn of(child: Child) -> Self {
        Self(child.wait_with_output().unwrap())
    }

    /// It ended with this code.
    pub fn ended(self, code: i32) -> Self {
        assert_eq!(self.0.status.code(), Some(code), "{}", self.all());
        self
    }

    /// It said this.
    pub fn said(&self, what: &str) -> &Self {
        let said = String::from_utf8_lossy(&self.0.stderr);
        assert!(said.contains(what), "no `{what}` in\n{}", self.all());
        self
    }

    /// Every line says that it is a dry run.
    pub fn did_nothing(&self) -> &Self {
        for line in self.all().lines() {
            let reads_so = line.contains(" would ") || line.ends_with(" nothing was done");
            assert!(reads_so, "`{line}` reads as if it was done");
        }
        self
    }

    /// It put this out.
    pub fn put_out(&self, what: &str) -> &Self {
        let put = String::from_utf8_lossy(&self.0.stdout);
        assert!(put.contains(what), "no `{what}` in\n{}", self.all());
        self
    }

    fn all(&self) -> String {
        format!("{}{}", String::from_utf8_lossy(&self.0.stdout), String::from_utf8_lossy(&self.0.stderr))
    }
}
