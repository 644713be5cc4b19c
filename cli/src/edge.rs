//! How a command ends: clean, with findings, or stopped at the edge by the disk, the arguments or a closed pipe.

use std::io;
use std::path::Path;
use std::process::ExitCode;

use crate::project::Refusal;
use crate::report::visible;
use crate::terminal::Terminal;

/// What a command that ran to its end says to the shell.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Outcome {
    /// Exit code 0.
    Clean,
    /// Exit code 1: something was found.
    Findings,
}

/// Why a command did not run to its end.
#[derive(Debug)]
pub enum Stop {
    /// The reader of the output went away. That is its right, and no failure.
    Closed,
    /// Exit code 2: wrong use, or the disk.
    Failed(miette::Report),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        match error.kind() {
            io::ErrorKind::BrokenPipe => Stop::Closed,
            _ => Stop::Failed(miette::miette!("can not write: {error}")),
        }
    }
}

impl From<miette::Report> for Stop {
    fn from(report: miette::Report) -> Self {
        Stop::Failed(report)
    }
}

/// What a command returns.
pub type Result<T = Outcome> = std::result::Result<T, Stop>;

/// A file that can not be read.
pub fn unreadable(path: &Path, why: &Refusal) -> Stop {
    let path = path.to_string_lossy();
    Stop::Failed(miette::miette!("can not read `{}`: {why}", visible::line(&path)))
}

/// A path with which something else fails.
pub fn failed(what: &str, path: &Path, error: &io::Error) -> Stop {
    let path = path.to_string_lossy();
    Stop::Failed(miette::miette!("can not {what} `{}`: {}", visible::line(&path), Refusal::from_error(error)))
}

/// Tells the shell, and the user where the command was stopped.
pub fn exit_code(result: Result, terminal: &Terminal) -> ExitCode {
    match result {
        Ok(Outcome::Clean) | Err(Stop::Closed) => ExitCode::SUCCESS,
        Ok(Outcome::Findings) => ExitCode::from(1),
        Err(Stop::Failed(report)) => {
            // There is nobody left to tell if this fails.
            let _ = terminal.say_failure(report.as_ref());
            ExitCode::from(2)
        }
    }
}
