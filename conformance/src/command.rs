//! Calls an implementation on the command line. Knows processes; must not know cases.

use std::ffi::OsString;
use std::io::{self, Read, Write};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc;
use std::thread;
use std::time::Duration;

/// No case may take longer, on a machine that has much other work too: a program always terminates, and quickly.
const PATIENCE: Duration = Duration::from_secs(120);

/// The implementation under test.
#[derive(Debug, Clone)]
pub struct Implementation {
    binary: PathBuf,
}

/// What one call said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Answer {
    /// Standard output.
    pub out: String,
    /// Standard error.
    pub err: String,
    /// How it ended.
    pub end: End,
}

/// How a call ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum End {
    /// Exit code 0.
    Clean,
    /// Exit code 1: something was found.
    Findings,
    /// Any other exit code, or a signal: never expected.
    Broken(Option<i32>),
    /// Killed after half a minute.
    TimedOut,
}

impl Implementation {
    /// The binary.
    pub fn binary(&self) -> &Path {
        &self.binary
    }

    /// The binary named by `PLATC`, or the workspace's own, built if need be.
    pub fn locate() -> io::Result<Implementation> {
        if let Some(path) = std::env::var_os("PLATC") {
            let binary = PathBuf::from(path);
            return if binary.is_file() { Ok(Implementation { binary }) } else { Err(missing(&binary)) };
        }
        let profile_directory = std::env::current_exe()?
            .ancestors()
            .find(|directory| directory.join("deps").is_dir())
            .map(Path::to_owned)
            .ok_or_else(|| io::Error::other("set PLATC to the binary to test"))?;
        build(&profile_directory)?;
        let binary = profile_directory.join(format!("platc{}", std::env::consts::EXE_SUFFIX));
        if binary.is_file() { Ok(Implementation { binary }) } else { Err(missing(&binary)) }
    }

    /// Runs the implementation in `directory` with `arguments`, giving it `input`.
    pub fn run(&self, directory: &Path, arguments: &[&str], input: &str) -> io::Result<Answer> {
        let mut child = Command::new(&self.binary)
            .args(arguments)
            .current_dir(directory)
            .env("NO_COLOR", "1")
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()?;
        if let Some(mut stdin) = child.stdin.take() {
            // An implementation may end without reading its input; that is no failure of the call.
            let _ = stdin.write_all(input.as_bytes());
        }
        collect(child)
    }
}

fn missing(binary: &Path) -> io::Error {
    io::Error::other(format!("there is no binary at `{}`", binary.display()))
}

/// Brings the workspace's binary up to date, in the profile and target directory that this test runs in.
fn build(profile_directory: &Path) -> io::Result<()> {
    let cargo = std::env::var_os("CARGO").unwrap_or_else(|| OsString::from("cargo"));
    let mut command = Command::new(cargo);
    command.args(["build", "--quiet", "--package", "platc"]);
    command.current_dir(env!("CARGO_MANIFEST_DIR"));
    if let Some(target) = profile_directory.parent() {
        command.arg("--target-dir").arg(target);
    }
    if profile_directory.ends_with("release") {
        command.arg("--release");
    }
    let status = command.status()?;
    if status.success() { Ok(()) } else { Err(io::Error::other("`platc` does not build")) }
}

/// Reads both streams to their end without blocking on either, for as long as patience lasts.
fn collect(mut child: Child) -> io::Result<Answer> {
    let out = drain(child.stdout.take());
    let err = drain(child.stderr.take());
    let (Ok(out), Ok(err)) = (out.recv_timeout(PATIENCE), err.recv_timeout(PATIENCE)) else {
        child.kill()?;
        child.wait()?;
        return Ok(Answer { out: String::new(), err: String::new(), end: End::TimedOut });
    };
    let end = match child.wait()?.code() {
        Some(0) => End::Clean,
        Some(1) => End::Findings,
        code => End::Broken(code),
    };
    Ok(Answer { out, err, end })
}

fn drain(stream: Option<impl Read + Send + 'static>) -> mpsc::Receiver<String> {
    let (sender, receiver) = mpsc::channel();
    thread::spawn(move || {
        let mut bytes = Vec::new();
        if let Some(mut stream) = stream {
            // What could be read before a failure is what the implementation said.
            let _ = stream.read_to_end(&mut bytes);
        }
        let _ = sender.send(String::from_utf8_lossy(&bytes).into_owned());
    });
    receiver
}
