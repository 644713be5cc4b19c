//! Writes the modules of custom resources in `stdlib` from a folder of published schemas.
//!
//! ```text
//! cargo run -p platc-core --example published -- FOLDER [MODULE..]
//! ```
//!
//! The folder holds `GROUP/KIND_VERSION.json`; which kinds belong to which module, and which live in no namespace, says
//! `stdlib/kinds.txt`. Only facts come out: names of fields, types, values and bounds, and no prose.

#![allow(clippy::disallowed_methods, clippy::disallowed_types, clippy::print_stderr, reason = "a tool, run by hand")]

use std::error::Error;
use std::fs;
use std::path::{Path, PathBuf};

use compiler::published::{Kind, Published, Scope, of_kind, source};

/// A module as the list has it.
struct Module<'a> {
    name: &'a str,
    title: &'a str,
    kinds: Vec<Listed<'a>>,
}

/// A kind as the list has it.
struct Listed<'a> {
    group: &'a str,
    kind: &'a str,
    scope: Scope,
    version: Option<&'a str>,
}

fn main() -> Result<(), Box<dyn Error>> {
    let mut arguments = std::env::args().skip(1);
    let folder = PathBuf::from(arguments.next().ok_or("the folder of published schemas is due")?);
    let wanted: Vec<String> = arguments.collect();
    let stdlib = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../stdlib");
    let list = fs::read_to_string(stdlib.join("kinds.txt"))?;
    for module in modules(&list)? {
        if wanted.is_empty() || wanted.iter().any(|name| name == module.name) {
            let path = stdlib.join(format!("{}.pl", module.name));
            let text = written(&folder, &module, &fs::read_to_string(&path).unwrap_or_default())?;
            eprintln!("{:>8} {}", text.len(), module.name);
            fs::write(path, text)?;
        }
    }
    Ok(())
}

fn modules(list: &str) -> Result<Vec<Module<'_>>, Box<dyn Error>> {
    let mut modules: Vec<Module<'_>> = Vec::new();
    for line in list.lines().filter(|line| !line.is_empty() && !line.starts_with('#')) {
        let (first, rest) = line.split_once(' ').ok_or_else(|| format!("a line says nothing: {line}"))?;
        if first == "module" {
            let (name, title) = rest.split_once(' ').ok_or_else(|| format!("`{rest}` has no title"))?;
            modules.push(Module { name, title, kinds: Vec::new() });
            continue;
        }
        let module = modules.last_mut().ok_or("the list begins with a module")?;
        module.kinds.extend(rest.split(' ').map(|kind| listed(first, kind)));
    }
    Ok(modules)
}

fn listed<'a>(group: &'a str, text: &'a str) -> Listed<'a> {
    let (text, version) = text.split_once('@').map_or((text, None), |(text, version)| (text, Some(version)));
    let (kind, scope) = match text.strip_suffix("/cluster") {
        Some(kind) => (kind, Scope::Cluster),
        None => (text, Scope::Namespaced),
    };
    Listed { group, kind, scope, version }
}

/// What stands between what people write in a module and the types below it.
const KINDS: &str = "\n// -- Kinds, from the published schemas ---";

/// The text of a module: what people wrote in it stays.
fn written(folder: &Path, module: &Module<'_>, before: &str) -> Result<String, Box<dyn Error>> {
    let types = module.kinds.iter().map(|listed| published(folder, listed)).collect::<Result<Vec<Published>, _>>()?;
    let head = match before.split_once(KINDS) {
        Some((head, _)) => format!("{head}{KINDS}\n\n"),
        None => format!("//! {}.\n\n", module.title),
    };
    let text = format!("{head}{}", source(&types));
    Ok(syntax::format(&text).ok_or_else(|| format!("the module {} does not parse", module.name))?)
}

fn published(folder: &Path, listed: &Listed<'_>) -> Result<Published, Box<dyn Error>> {
    let (path, version) = file(folder, listed)?;
    let text = fs::read_to_string(&path)?;
    let documents = data::read(data::Format::Json, &text, data::Limits::default());
    let documents = documents.map_err(|errors| format!("{}: {errors:?}", path.display()))?;
    let document = documents.first().ok_or("an empty file")?;
    let api_version = format!("{}/{version}", listed.group);
    let mut problems = Vec::new();
    let kind = Kind { api_version, kind: listed.kind.to_string(), scope: listed.scope };
    let found = of_kind(kind, &document.root, &mut problems);
    problems.iter().for_each(|problem| eprintln!("{}: {}", path.display(), problem.message));
    Ok(found)
}

/// The file of a kind and the version that it is of: the one that is listed, or the newest.
fn file(folder: &Path, listed: &Listed<'_>) -> Result<(PathBuf, String), Box<dyn Error>> {
    let begins = format!("{}_", listed.kind.to_lowercase());
    let mut found: Vec<String> = Vec::new();
    for entry in fs::read_dir(folder.join(listed.group))? {
        let name = entry?.file_name().to_string_lossy().into_owned();
        let version = name.strip_prefix(&begins).and_then(|name| name.strip_suffix(".json"));
        found.extend(version.map(str::to_string).filter(|version| listed.version.is_none_or(|only| only == version)));
    }
    let newest = found.into_iter().max_by_key(|version| schemas::rank(version));
    let version = newest.ok_or_else(|| format!("there is no {} of {}", listed.kind, listed.group))?;
    Ok((folder.join(listed.group).join(format!("{begins}{version}.json")), version))
}
