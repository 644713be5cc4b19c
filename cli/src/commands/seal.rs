//! `platc seal`: values of a secret, so that they may be published.
//!
//! What was sealed is kept in one file for each cluster, by for whom it is sealed, by secret and by key. So a secret that gets
//! another name or scope has nothing in it, and what is there is known to be for it; a hash of the value would say as much of what
//! is there, and let everybody who has the file try which value it is.

use std::collections::BTreeMap;
use std::fs;
use std::io::{self, IsTerminal, Read, Write};
use std::path::Path;

use clap::ValueEnum;
use serde_json::{Value, json};

use crate::arguments::Seal;
use crate::edge::{self, Outcome, Result};
use crate::report::visible;
use crate::seal::{self, Controller, Scope};
use crate::terminal::Terminal;
use crate::write::replace;

/// What a file holds: for whom it is sealed, of which secret it is, what it is.
type Kept = BTreeMap<String, BTreeMap<String, Value>>;

/// For whom SOPS encrypts: whoever has the key.
const SOPS: &str = "sops";

/// Seals what is not sealed yet.
pub fn run(arguments: &Seal, terminal: &Terminal) -> Result {
    let Some((namespace, name)) =
        arguments.secret.split_once('/').filter(|(one, other)| is_name(one) && is_name(other))
    else {
        let shown = visible::line(&arguments.secret);
        return Err(miette::miette!(help = "as in `web/database`", "`{shown}` is no namespace and name").into());
    };
    let mut kept = arguments.output.as_deref().map_or(Ok(Kept::new()), known)?;
    let way = if arguments.age.is_empty() { word(arguments.scope) } else { SOPS.to_owned() };
    let of_secret = kept.get(&way).and_then(|secrets| secrets.get(&arguments.secret));
    let missing = missing(arguments, of_secret);
    if arguments.check {
        missing.iter().try_for_each(|key| writeln!(io::stdout(), "{}", visible::line(key)))?;
        return Ok(if missing.is_empty() { Outcome::Clean } else { Outcome::Findings });
    }
    let due: Vec<&String> = match (arguments.rotate, missing.is_empty()) {
        (false, true) => {
            let keys = arguments.keys.join("`, `");
            terminal.say(&format!("note: `{}` is sealed already; --rotate seals it anew", visible::line(&keys)))?;
            return Ok(Outcome::Clean);
        }
        // The key of a document of SOPS is known to the cluster alone: so all of it is encrypted anew.
        (true, _) => arguments.keys.iter().collect(),
        _ if way == SOPS => arguments.keys.iter().collect(),
        _ => missing,
    };
    let sealed = match &arguments.cert {
        Some(path) => for_controller(arguments, &arguments.scope.label(namespace, name), path, &due, terminal)?,
        None => for_sops(arguments, &due, terminal)?,
    };
    let Some(path) = &arguments.output else {
        return printed(&sealed);
    };
    let entry = kept.entry(way).or_default().entry(arguments.secret.clone()).or_insert_with(|| json!({}));
    match (entry, sealed) {
        (Value::Object(before), Value::Object(new)) => before.extend(new),
        (entry, sealed) => *entry = sealed,
    }
    let document = serde_json::to_string_pretty(&kept).unwrap_or_default() + "\n";
    replace(path, document.as_bytes()).map_err(|error| edge::failed("write", path, &error))?;
    Ok(Outcome::Clean)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-' || byte == b'.')
}

/// The scope, as arguments and files say it.
fn word(scope: Scope) -> String {
    scope.to_possible_value().map(|value| value.get_name().to_owned()).unwrap_or_default()
}

/// The keys that are not sealed yet.
fn missing<'a>(arguments: &'a Seal, kept: Option<&Value>) -> Vec<&'a String> {
    let keys = if arguments.age.is_empty() { kept } else { kept.and_then(|document| document.get("data")) };
    arguments.keys.iter().filter(|key| keys.and_then(|keys| keys.get(key.as_str())).is_none()).collect()
}

/// What a file holds so far.
fn known(path: &Path) -> Result<Kept> {
    let text = match fs::read_to_string(path) {
        Ok(text) => text,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Kept::new()),
        Err(error) => return Err(edge::failed("read", path, &error)),
    };
    serde_json::from_str(&text).map_err(|_| {
        let path = path.to_string_lossy();
        let help = "it was not touched; a file of what was sealed is `{ \"strict\": { \"web/database\": { \"password\": \"..\" } } }`";
        miette::miette!(help = help, "`{}` is no file of what was sealed", visible::line(&path)).into()
    })
}

/// Each key for itself, for a controller.
fn for_controller(arguments: &Seal, label: &str, path: &Path, keys: &[&String], terminal: &Terminal) -> Result<Value> {
    let certificate = fs::read(path).map_err(|error| edge::failed("read", path, &error))?;
    let controller = Controller::read(&certificate).map_err(|why| {
        let path = path.to_string_lossy();
        let help = "kubeseal --fetch-cert > cert.pem; --controller-name and --controller-namespace say which one";
        miette::miette!(help = help, "`{}` can not be used: {why}", visible::line(&path))
    })?;
    let mut sealed = serde_json::Map::new();
    for (key, value) in values(arguments, keys, terminal)? {
        let text = controller.seal(label, &value);
        let text = text.map_err(|why| miette::miette!("the value can not be sealed: {why}"))?;
        sealed.insert(key, text.into());
    }
    Ok(Value::Object(sealed))
}

/// All keys as one document of SOPS.
fn for_sops(arguments: &Seal, keys: &[&String], terminal: &Terminal) -> Result<Value> {
    let values = values(arguments, keys, terminal)?;
    let document = seal::encrypted(&arguments.age, &values);
    document.map_err(|why| miette::miette!(help = "`age-keygen -y FILE` says it", "{}", visible::line(&why)).into())
}

/// What was sealed, for who wants no file: a single text as it is.
fn printed(sealed: &Value) -> Result {
    let only = sealed.as_object().filter(|keys| keys.len() == 1).and_then(|keys| keys.values().next()?.as_str());
    match only {
        Some(text) => writeln!(io::stdout(), "{text}")?,
        None => writeln!(io::stdout(), "{sealed:#}")?,
    }
    Ok(Outcome::Clean)
}

/// The values of keys, from files or from standard input. They are never arguments, where others could see them.
fn values(arguments: &Seal, keys: &[&String], terminal: &Terminal) -> Result<BTreeMap<String, Vec<u8>>> {
    let mut values = BTreeMap::new();
    for key in keys {
        let value = match arguments.input.as_deref() {
            Some(path) if path.is_dir() => read(&path.join(key.replace(['/', '\\'], "")))?,
            _ if keys.len() > 1 && (arguments.input.is_some() || !io::stdin().is_terminal()) => {
                let help = "seal them one by one, or name a directory with a file for each key: `-i DIR`";
                return Err(miette::miette!(help = help, "there are {} keys, and one value", keys.len()).into());
            }
            Some(path) => read(path)?,
            None => asked(&format!("{} of {}", visible::line(key), arguments.secret), terminal)?,
        };
        if value.is_empty() {
            return Err(miette::miette!("there is nothing to seal").into());
        }
        values.insert((*key).clone(), value);
    }
    Ok(values)
}

fn read(path: &Path) -> Result<Vec<u8>> {
    fs::read(path).map_err(|error| edge::failed("read", path, &error))
}

/// A value from standard input.
fn asked(what: &str, terminal: &Terminal) -> Result<Vec<u8>> {
    let stdin = io::stdin();
    if stdin.is_terminal() {
        terminal.say(&format!("{what}, then Enter; it is not shown:"))?;
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
