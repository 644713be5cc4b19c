//! Where git looks for hooks: writes ours there, and never over that of somebody else.

use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use super::quoted;
use crate::arguments::HookInstall;
use crate::edge::{self, Outcome, Result};
use crate::git;
use crate::report::visible;
use crate::terminal::Terminal;
use crate::write::replace;

/// The name of the hook.
const NAME: &str = "pre-commit";
/// Where a hook is kept that was there before.
const KEPT: &str = "pre-commit.before-platc";
/// What only our hook says.
const MARK: &str = "# Written by `platc hook install`; `platc hook uninstall` takes it away.";
/// What the hook of somebody else has to say to be ours as well.
const LINE: &str = "platc hook run";

/// What is at the place of the hook.
enum There {
    Nothing,
    Ours(String),
    /// Another one, with its text.
    Other(String),
}

/// Writes the hook.
pub fn install(arguments: &HookInstall, terminal: &Terminal) -> Result {
    let folder = folder()?;
    let (hook, kept) = (folder.join(NAME), folder.join(KEPT));
    let text = text()?;
    match there(&hook)? {
        There::Ours(now) if now == text => {
            // Git passes over one that can not be run.
            let_it_run(&hook).map_err(|error| edge::failed("write", &hook, &error))?;
            terminal.say(&format!("{} is installed already", shown(&hook)))?;
            return Ok(Outcome::Clean);
        }
        There::Other(other) if other.lines().any(|line| line.contains(LINE) && !line.trim().starts_with('#')) => {
            terminal.say(&format!("{} runs `{LINE}` already", shown(&hook)))?;
            return Ok(Outcome::Clean);
        }
        There::Other(other) if !arguments.force => return Err(refused(&hook, &other)),
        There::Other(_) if fs::symlink_metadata(&kept).is_ok() => {
            let help = "put one of the two where nobody looks for hooks";
            return Err(miette::miette!(help = help, "there is a hook in {} already", shown(&kept)).into());
        }
        There::Other(_) => fs::rename(&hook, &kept).map_err(|error| edge::failed("move", &hook, &error))?,
        There::Nothing | There::Ours(_) => {}
    }
    fs::create_dir_all(&folder).map_err(|error| edge::failed("create", &folder, &error))?;
    replace(&hook, text.as_bytes()).map_err(|error| edge::failed("write", &hook, &error))?;
    let_it_run(&hook).map_err(|error| edge::failed("write", &hook, &error))?;
    let before =
        if fs::symlink_metadata(&kept).is_ok() { format!("; {} runs first", shown(&kept)) } else { String::new() };
    terminal.say(&format!("installed {}{before}", shown(&hook)))?;
    Ok(Outcome::Clean)
}

/// Takes the hook away.
pub fn uninstall(terminal: &Terminal) -> Result {
    let folder = folder()?;
    let (hook, kept) = (folder.join(NAME), folder.join(KEPT));
    match there(&hook)? {
        There::Ours(_) => fs::remove_file(&hook).map_err(|error| edge::failed("remove", &hook, &error))?,
        There::Nothing => {
            terminal.say("there is no hook to uninstall")?;
            return Ok(Outcome::Clean);
        }
        There::Other(_) => {
            let help = format!("take `{LINE}` out of it");
            return Err(miette::miette!(help = help, "{} is not of platc", shown(&hook)).into());
        }
    }
    if fs::symlink_metadata(&kept).is_ok() {
        fs::rename(&kept, &hook).map_err(|error| edge::failed("move", &kept, &error))?;
        terminal.say(&format!("uninstalled; {} is what it was before", shown(&hook)))?;
    } else {
        terminal.say(&format!("uninstalled {}", shown(&hook)))?;
    }
    Ok(Outcome::Clean)
}

/// The folder in which git looks for hooks of this repository.
fn folder() -> Result<PathBuf> {
    let top = git::said(&["rev-parse", "--show-toplevel"])?;
    let top = top.trim_end_matches(['\n', '\r']);
    if let Some(path) = shared()? {
        let help = format!(
            "add the line `{LINE}` to `{path}/{NAME}`, or let this repository have its own hooks: `git config core.hooksPath .git/hooks`"
        );
        let message = "`core.hooksPath` of your settings is for all of your repositories, and not for this one alone";
        return Err(miette::miette!(help = help, "{message}").into());
    }
    // What is relative there is so from where hooks run.
    let hooks = git::said(&["-C", top, "rev-parse", "--git-path", "hooks"])?;
    Ok(Path::new(top).join(hooks.trim_end_matches(['\n', '\r'])))
}

/// The folder of hooks that somebody chose for all repositories, where this one chooses none.
fn shared() -> Result<Option<String>> {
    let (is_chosen, said) = git::git(&["config", "--show-scope", "--type=path", "--get", "core.hooksPath"])?;
    let said = String::from_utf8_lossy(&said).trim_end().to_owned();
    let chosen = said.split_once('\t').filter(|_| is_chosen);
    Ok(chosen
        .filter(|(scope, _)| ["global", "system"].contains(scope))
        .map(|(_, path)| visible::line(path).into_owned()))
}

fn there(hook: &Path) -> Result<There> {
    match fs::read(hook) {
        Ok(bytes) => {
            let text = String::from_utf8_lossy(&bytes).into_owned();
            Ok(if text.lines().any(|line| line == MARK) { There::Ours(text) } else { There::Other(text) })
        }
        // A link that leads nowhere is somebody's.
        Err(error) if error.kind() == io::ErrorKind::NotFound && fs::symlink_metadata(hook).is_ok() => {
            Ok(There::Other(String::new()))
        }
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(There::Nothing),
        Err(error) => Err(edge::failed("read", hook, &error)),
    }
}

fn refused(hook: &Path, other: &str) -> edge::Stop {
    let help = if other.contains("generated by pre-commit") {
        "it is of the pre-commit framework: name the repository of platc in `.pre-commit-config.yaml`, with the id `platc`".to_owned()
    } else {
        format!("add the line `{LINE} || exit` to it, or let platc run it first: `platc hook install --force`")
    };
    miette::miette!(help = help, "{} is a hook already, and not of platc", shown(hook)).into()
}

/// The hook: the platc that is found, or else the one that wrote it, since what commits may know other paths than a shell.
fn text() -> Result<String> {
    let own = std::env::current_exe().map_err(|error| miette::miette!("can not find platc itself: {error}"))?;
    let own = quoted(&own.to_string_lossy());
    Ok(format!(
        "#!/bin/sh\n{MARK}\nbefore=$(dirname -- \"$0\")/{KEPT}\nif [ -x \"$before\" ]; then\n    \"$before\" \"$@\" || exit\nfi\n\
         platc=$(command -v platc) || platc={own}\nif [ ! -x \"$platc\" ]; then\n    \
         echo 'platc is not there to look at what is staged: install it, or `git commit --no-verify`' >&2\n    exit 1\nfi\n\
         exec \"$platc\" hook run\n"
    ))
}

#[cfg(unix)]
fn let_it_run(hook: &Path) -> io::Result<()> {
    use std::os::unix::fs::PermissionsExt;
    let mode = fs::metadata(hook)?.permissions().mode();
    fs::set_permissions(hook, fs::Permissions::from_mode(mode | (mode & 0o444) >> 2))
}

/// Git runs hooks here whatever they are.
#[cfg(not(unix))]
fn let_it_run(_: &Path) -> io::Result<()> {
    Ok(())
}

fn shown(path: &Path) -> String {
    let here = std::env::current_dir().and_then(|here| here.canonicalize());
    crate::tree::shown(
        here.ok().and_then(|here| path.strip_prefix(here).ok().map(Path::to_owned)).as_deref().unwrap_or(path),
    )
}
