//! `platc import`: existing manifests as source.

use std::io::{self, Write};
use std::path::{Path, PathBuf};

use compiler::adopt::{self, Adopted, Source};
use diagnostics::FileId;

use super::Product;
use crate::arguments::Import;
use crate::edge::{self, Outcome, Result};
use crate::inputs::{self, File};
use crate::report::{Findings, Sources, visible};
use crate::terminal::Terminal;
use crate::write::replace;

/// Writes the source, and says what about it is not as it was.
pub fn run(arguments: &Import, terminal: &Terminal) -> Result {
    if let Some(output) = arguments.output.as_deref().filter(|output| output.exists() && !arguments.force) {
        let path = output.display();
        return Err(
            miette::miette!(help = "write elsewhere, or over it with `--force`", "`{path}` exists already").into()
        );
    }
    let mut findings = Findings::default();
    let mut files = Files(vec![]);
    for path in paths(&arguments.paths)? {
        let file = File::open(&path)?;
        let path = file.shown();
        match file.text {
            Ok(text) => files.0.push(Source { path, text }),
            Err((text, finding)) => findings.add(&text, vec![finding]),
        }
    }
    match adopt::adopt(&files.0) {
        Err(found) => findings.add(&files, found),
        Ok(_) if !findings.list.is_empty() => {}
        Ok(adopted) => return write(&adopted, &files, arguments, terminal),
    }
    super::report(arguments.report, Product::Values, &findings, terminal)
}

/// The files behind some paths; of directories those that hold manifests by their names.
fn paths(paths: &[PathBuf]) -> Result<Vec<PathBuf>> {
    let mut files = vec![];
    for path in paths {
        match path.is_dir() {
            true => files.extend(inputs::manifests(path)?),
            false => files.push(path.clone()),
        }
    }
    Ok(files)
}

fn write(adopted: &Adopted, files: &Files, arguments: &Import, terminal: &Terminal) -> Result {
    for (file, place, message) in &adopted.notes {
        let line = files.text(*file).bytes().take(*place as usize).filter(|byte| *byte == b'\n').count() + 1;
        let note = format!("{}:{line}: {message}", files.path(*file));
        writeln!(io::stderr(), "{}", visible::line(&note))?;
    }
    match &arguments.output {
        Some(path) if path != Path::new("-") => {
            replace(path, adopted.text.as_bytes()).map_err(|error| edge::failed("write", path, &error))?;
            terminal.say(&format!("wrote {}", visible::line(&path.display().to_string())))?;
        }
        _ => io::stdout().write_all(adopted.text.as_bytes())?,
    }
    Ok(if adopted.is_whole { Outcome::Clean } else { Outcome::Findings })
}

/// The files of manifests, numbered as they were given.
struct Files(Vec<Source>);

impl Sources for Files {
    fn path(&self, file: FileId) -> &str {
        self.0.get(file.0 as usize).map_or("", |source| &source.path)
    }

    fn text(&self, file: FileId) -> &str {
        self.0.get(file.0 as usize).map_or("", |source| &source.text)
    }
}
