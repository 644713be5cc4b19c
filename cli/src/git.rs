//! The program `git`, asked about the repository around. It is never made to write anything.

use std::io::Read;
use std::process::{Child, Command, Stdio};

use crate::edge::{Result, Stop};

/// What git says, which must succeed.
pub fn said(arguments: &[&str]) -> Result<String> {
    match git(arguments)? {
        (true, out) => Ok(String::from_utf8_lossy(&out).into_owned()),
        (false, _) => Err(no_repository()),
    }
}

/// There is nothing around that git knows.
pub fn no_repository() -> Stop {
    let help = "name files or directories, or run this in a repository";
    miette::miette!(help = help, "there is no git repository around the working directory").into()
}

/// Whether git succeeds, and what it says.
pub fn git(arguments: &[&str]) -> Result<(bool, Vec<u8>)> {
    finish(start(arguments)?)
}

/// Waits until git has said everything: whether it succeeded, and what it said.
pub fn finish(mut child: Child) -> Result<(bool, Vec<u8>)> {
    drop(child.stdin.take());
    let mut out = vec![];
    let read = child.stdout.take().map(|mut stdout| stdout.read_to_end(&mut out));
    let status = child.wait().map_err(|error| miette::miette!("git does not end: {error}"))?;
    if let Some(Err(error)) = read {
        return Err(miette::miette!("can not read what git says: {error}").into());
    }
    Ok((status.success(), out))
}

/// Starts git. What its environment says of the repository and the index counts, as it does where git runs a hook.
pub fn start(arguments: &[&str]) -> Result<Child> {
    let mut command = Command::new("git");
    // Nothing is written, and nobody is asked for anything.
    command.env("GIT_OPTIONAL_LOCKS", "0").env("GIT_TERMINAL_PROMPT", "0").env("GIT_NO_LAZY_FETCH", "1");
    command.args(arguments).stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null());
    command.spawn().map_err(|error| {
        let help = "what was committed or is staged is read by the program `git`: install it";
        miette::miette!(help = help, "can not run `git`: {error}").into()
    })
}
