//! `platc seal`: a value of a secret, so that it may be published.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use crate::arguments::Seal;
use crate::edge::{self, Outcome, Result};
use crate::report::visible;
use crate::seal::Controller;
use crate::terminal::Terminal;
use crate::write::replace;

/// Seals one value.
pub fn run(arguments: &Seal, terminal: &Terminal) -> Result {
    let Some((namespace, name)) =
        arguments.secret.split_once('/').filter(|(one, other)| is_name(one) && is_name(other))
    else {
        let shown = visible::line(&arguments.secret);
        return Err(miette::miette!(help = "as in `web/database`", "`{shown}` is no namespace and name").into());
    };
    let mut sealed = arguments.output.as_deref().map_or(Ok(BTreeMap::new()), known)?;
    if sealed.contains_key(&arguments.key) && !arguments.rotate {
        terminal
            .say(&format!("note: `{}` is sealed already; --rotate seals it anew", visible::line(&arguments.key)))?;
        return Ok(Outcome::Clean);
    }
    let certificate = fs::read(&arguments.cert).map_err(|error| edge::failed("read", &arguments.cert, &error))?;
    let controller = Controller::read(&certificate).map_err(|why| {
        let path = arguments.cert.to_string_lossy();
        let help = "kubeseal --fetch-cert > cert.pem; --controller-name and --controller-namespace say which one";
        miette::miette!(help = help, "`{}` can not be used: {why}", visible::line(&path))
    })?;
    let value = value(arguments.input.as_deref(), terminal)?;
    if value.is_empty() {
        return Err(miette::miette!("there is nothing to seal").into());
    }
    let text = controller.seal(&arguments.scope.label(namespace, name), &value);
    let text = text.map_err(|why| miette::miette!("the value can not be sealed: {why}"))?;
    let Some(path) = &arguments.output else {
        writeln!(io::stdout(), "{text}")?;
        return Ok(Outcome::Clean);
    };
    sealed.insert(arguments.key.clone(), text);
    let document = serde_json::to_string_pretty(&sealed).unwrap_or_default() + "\n";
    replace(path, document.as_bytes()).map_err(|error| edge::failed("write", path, &error))?;
    Ok(Outcome::Clean)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

/// What a file holds so far.
fn known(path: &Path) -> Result<BTreeMap<String, String>> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(BTreeMap::new()),
        Err(error) => return Err(edge::failed("read", path, &error)),
    };
    serde_json::from_str(&text).map_err(|_| {
        let path = path.to_string_lossy();
        miette::miette!(help = "it was not touched", "`{}` is no JSON of sealed texts", visible::line(&path)).into()
    })
}

/// The value, from a file or from standard input. It is never an argument, where others could see it.
fn value(path: Option<&Path>, terminal: &Terminal) -> Result<Vec<u8>> {
    if let Some(path) = path {
        return fs::read(path).map_err(|error| edge::failed("read", path, &error));
    }
    let stdin = io::stdin();
    if stdin.is_terminal() {
        terminal.say("the value, then Enter; it is not shown:")?;
        let _silent = Silent::new();
        let mut line = String::new();
        stdin.read_line(&mut line)?;
        return Ok(line.trim_end_matches(['\r', '\n']).as_bytes().to_vec());
    }
    let mut value = vec![];
    stdin.lock().read_to_end(&mut value)?;
    Ok(value)
}

/// As long as it is there, the terminal does not show what is typed.
struct Silent {
    #[cfg(target_os = "linux")]
    before: Option<rustix::termios::Termios>,
}

impl Silent {
    #[cfg(target_os = "linux")]
    fn new() -> Silent {
        use rustix::termios::{LocalModes, OptionalActions, tcgetattr, tcsetattr};
        let before = tcgetattr(io::stdin()).ok();
        if let Some(before) = &before {
            let mut silent = before.clone();
            silent.local_modes.remove(LocalModes::ECHO);
            // Where it can not be had, the value is shown to who types it.
            let _ = tcsetattr(io::stdin(), OptionalActions::Flush, &silent);
        }
        Silent { before }
    }

    #[cfg(not(target_os = "linux"))]
    fn new() -> Silent {
        Silent {}
    }
}

impl Drop for Silent {
    fn drop(&mut self) {
        #[cfg(target_os = "linux")]
        if let Some(before) = &self.before {
            let _ = rustix::termios::tcsetattr(io::stdin(), rustix::termios::OptionalActions::Flush, before);
        }
    }
}
