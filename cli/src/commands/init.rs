//! `platc init`: the beginning of a platform.

use std::fs::{self, OpenOptions};
use std::io::{self, Write};
use std::path::Path;

use crate::arguments::Init;
use crate::edge::{self, Outcome, Result};
use crate::terminal::Terminal;

/// The files, with their texts.
const FILES: [(&str, &str); 2] =
    [("platc.toml", include_str!("init/platc.toml")), ("platform.pl", include_str!("init/platform.pl"))];

/// Writes the files. One that is already there is never replaced.
pub fn run(arguments: &Init, terminal: &Terminal) -> Result {
    let directory = &arguments.directory;
    fs::create_dir_all(directory).map_err(|error| edge::failed("create", directory, &error))?;
    if let Some((name, _)) = FILES.iter().find(|(name, _)| directory.join(name).exists()) {
        return Err(miette::miette!("there is already a `{name}` in `{}`", directory.display()).into());
    }
    for (name, text) in FILES {
        let path = directory.join(name);
        create(&path, text).map_err(|error| edge::failed("create", &path, &error))?;
        terminal.say(&format!("created {}", path.display()))?;
    }
    terminal.say(&format!("try: platc check {}", directory.display()))?;
    Ok(Outcome::Clean)
}

fn create(path: &Path, text: &str) -> io::Result<()> {
    OpenOptions::new().write(true).create_new(true).open(path)?.write_all(text.as_bytes())
}
