//! Whether what was built of a platform and is staged is what the staged platform makes.
//!
//! Whose a tree is, `[build]` in `platc.toml` says. Where it does not, a tree belongs to the platform that makes most of the
//! files in its list, and of those that make as many to the one that is nearest.

use std::cmp::{Ordering, Reverse};
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use backend::{Disk, Entry, Hash, MANIFEST, Manifest, Mode, Plan, Tree, directories};
use diagnostics::Diagnostic;

use super::projects::{Platform, Staging, above, joined, within};
use crate::arguments::Values;
use crate::commands::build;
use crate::edge::Result;
use crate::session::{Session, is_sound};
use crate::settings::Built;
use crate::staged::{Staged, What};

/// The platforms of a project, each compiled when somebody asks.
pub struct Bench<'s> {
    staging: &'s Staging,
    compiled: BTreeMap<String, Compiled<'s>>,
}

/// A platform that was judged.
pub struct Compiled<'s> {
    /// Its compilation.
    pub session: Session<'s>,
    /// What is wrong with it.
    pub found: Vec<Diagnostic>,
    trees: Vec<(Values, Tree)>,
}

/// Something that was built and is not what its platform makes.
pub enum Outdated {
    /// A tree.
    Tree(Tied, Plan),
    /// A file.
    File(Tied),
    /// A tree of which nobody knows whose it is: its directory, and the entries that it may be of.
    Unknown(String, Vec<String>),
}

/// What was built, and of what.
pub struct Tied {
    /// Its path from the root of the repository.
    pub path: String,
    /// The entry of its platform.
    pub entry: String,
    /// The form that it has.
    pub form: Values,
}

impl<'s> Bench<'s> {
    /// Nothing is compiled yet.
    pub fn of(staging: &'s Staging) -> Self {
        Self { staging, compiled: BTreeMap::new() }
    }

    /// A platform, judged.
    pub fn judged(&mut self, entry: &str) -> &mut Compiled<'s> {
        let staging = self.staging;
        self.compiled.entry(entry.to_owned()).or_insert_with(|| {
            let mut session = Session::of(&staging.project, Some(entry));
            let found = session.check();
            Compiled { session, found, trees: vec![] }
        })
    }

    /// The tree that a platform makes, unless there is an error in it.
    fn tree(&mut self, entry: &str, form: Values) -> Result<Option<&Tree>> {
        let compiled = self.judged(entry);
        if !is_sound(&compiled.found) {
            return Ok(None);
        }
        if !compiled.trees.iter().any(|(known, _)| *known == form) {
            let tree = build::files(compiled.session.build(form), &compiled.session, form)?;
            compiled.trees.push((form, tree));
        }
        Ok(compiled.trees.iter().find(|(known, _)| *known == form).map(|(_, tree)| tree))
    }
}

/// What is built of some platforms and is out of date.
pub fn outdated(bench: &mut Bench<'_>, staged: &Rc<Staged>, touched: &[&Platform]) -> Result<Vec<Outdated>> {
    let staging = bench.staging;
    let mut found = vec![];
    for built in &staging.settings.built {
        let is_touched = |path: &String| staging.output_of(&built.output).is_some_and(|of| of.has(path));
        let is_of = |platform: &&&Platform| platform.has(&staging.in_repository(&built.source));
        let is_source = staged.changed.contains(&staging.in_repository(&built.source));
        if is_source || touched.iter().any(|platform| is_of(&platform)) || staged.changed.iter().any(is_touched) {
            found.extend(said(bench, staged, &built.output, &built.source)?);
        }
    }
    let is_said = |tree: &&String| {
        let said = staging.settings.built.iter().filter_map(|built| staging.output_of(&built.output));
        said.into_iter().any(|output| output.path == **tree)
    };
    for directory in staging.trees.iter().filter(|tree| !is_said(tree)) {
        found.extend(guessed(bench, staged, directory, touched)?);
    }
    Ok(found)
}

/// What somebody said a platform is built into.
pub struct Output {
    /// Its path from the root of the repository.
    path: String,
}

impl Output {
    fn has(&self, path: &str) -> bool {
        self.path == path || super::projects::is_below(&self.path, path)
    }
}

impl Staging {
    /// What a path in the settings means; nothing where it leads out of the repository.
    pub fn output_of(&self, path: &str) -> Option<Output> {
        let mut parts: Vec<&str> = self.folder.split('/').filter(|part| !part.is_empty()).collect();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop()?),
                part => parts.push(part),
            }
        }
        Some(Output { path: parts.join("/") })
    }

    /// Whether a change is in something that was built of the project, or is said to be.
    pub fn is_built(&self, path: &str) -> bool {
        let is_of = |built: &Built| {
            self.output_of(&built.output).is_some_and(|output| output.has(path))
                || self.in_repository(&built.source) == path
        };
        self.settings.built.iter().any(is_of) || self.trees.iter().any(|tree| within(tree, path).is_some())
    }
}

/// What the settings say is built of a platform.
fn said(bench: &mut Bench<'_>, staged: &Rc<Staged>, output: &str, source: &str) -> Result<Option<Outdated>> {
    let Some(Output { path }) = bench.staging.output_of(output) else { return Ok(None) };
    if bench.staging.project.read(source).is_err() {
        let help = "`[build]` names what is built, and the source that it is built of: \"out\" = \"platform.pl\"";
        let settings = bench.staging.project.shown(crate::settings::FILE);
        return Err(miette::miette!(help = help, "`{settings}` names `{source}`, which is not staged").into());
    }
    let is_file =
        Path::new(&path).extension().is_some_and(|end| ["yaml", "yml", "json"].iter().any(|name| end == *name));
    if !is_file || staged.below(&path).next().is_some() {
        return tree(bench, staged, &path, source);
    }
    let form = if path.ends_with(".json") { Values::Json } else { Values::Yaml };
    let compiled = bench.judged(source);
    if !is_sound(&compiled.found) {
        return Ok(None);
    }
    let mut text = vec![];
    compiled.session.build(form).stream(form, &mut text)?;
    let now = staged.entries.get(&path).and_then(|entry| staged.content(entry).ok());
    let tied = Tied { path, entry: source.to_owned(), form };
    Ok((now.as_deref() != Some(&text)).then_some(Outdated::File(tied)))
}

/// A tree of a platform.
fn tree(bench: &mut Bench<'_>, staged: &Staged, directory: &str, entry: &str) -> Result<Option<Outdated>> {
    let list = list(staged, directory);
    let form = form(bench, &list, entry)?.map_or(Values::Yaml, |(form, _)| form);
    let Some(tree) = bench.tree(entry, form)? else { return Ok(None) };
    let plan = plan(staged, directory, list.as_deref(), tree)?;
    let tied = Tied { path: directory.to_owned(), entry: entry.to_owned(), form };
    Ok((!plan.is_done()).then_some(Outdated::Tree(tied, plan)))
}

/// A tree of which only its list of files says what it is.
fn guessed(
    bench: &mut Bench<'_>,
    staged: &Rc<Staged>,
    directory: &str,
    touched: &[&Platform],
) -> Result<Option<Outdated>> {
    let all = nearest_first(bench.staging, directory);
    let is_changed = staged.changed.iter().any(|path| within(directory, path).is_some());
    let is_concerned = |platform: &Platform| is_changed || touched.iter().any(|other| std::ptr::eq(*other, platform));
    let mut first = None;
    for (_, platform) in all.iter().filter(|(_, platform)| is_concerned(platform)) {
        match tree(bench, staged, directory, &platform.entry)? {
            None if is_sound(&bench.judged(&platform.entry).found) => return Ok(None),
            None => {}
            outdated => first = first.or(outdated),
        }
    }
    if all.len() == 1 || first.is_none() {
        return Ok(first);
    }
    match owners(bench, &list(staged, directory), &all)?.as_slice() {
        [owner] if is_concerned(owner) => tree(bench, staged, directory, &owner.entry),
        [] | [_] => Ok(None),
        many => {
            let entries = many.iter().map(|platform| platform.entry.clone()).collect();
            Ok(Some(Outdated::Unknown(directory.to_owned(), entries)))
        }
    }
}

/// All platforms, with how many folders the tree lies below theirs; those that it does not lie below at last.
fn nearest_first<'s>(staging: &'s Staging, directory: &str) -> Vec<(usize, &'s Platform)> {
    let place = joined(directory, MANIFEST);
    let distance = |platform: &Platform| {
        let entry = staging.in_repository(&platform.entry);
        let folder = above(&entry).next().unwrap_or_default();
        above(&place).position(|above| above == folder).unwrap_or(usize::MAX)
    };
    let mut all: Vec<_> = staging.platforms.iter().map(|platform| (distance(platform), platform)).collect();
    all.sort_by_key(|(distance, _)| *distance);
    all
}

/// The platforms that make most of what is in the list of a tree, the nearest of them; none where nobody makes any of it.
fn owners<'s>(
    bench: &mut Bench<'_>,
    list: &Option<String>,
    all: &[(usize, &'s Platform)],
) -> Result<Vec<&'s Platform>> {
    let mut owners = vec![];
    let mut best = (1, Reverse(usize::MAX));
    for (distance, platform) in all {
        let Some((_, score)) = form(bench, list, &platform.entry)? else { continue };
        match (score, Reverse(*distance)).cmp(&best) {
            Ordering::Greater => (owners, best) = (vec![*platform], (score, Reverse(*distance))),
            Ordering::Equal => owners.push(*platform),
            Ordering::Less => {}
        }
    }
    Ok(owners)
}

/// In which form a tree of a platform was written, and how much of its list is what the platform makes; nothing where that is
/// not known for an error in it.
fn form(bench: &mut Bench<'_>, list: &Option<String>, entry: &str) -> Result<Option<(Values, usize)>> {
    let list = Manifest::parse(list.as_deref().unwrap_or_default());
    let mut best = None;
    for (form, end) in [(Values::Yaml, ".yaml"), (Values::Json, ".json")] {
        if form == Values::Json && !list.files.keys().any(|path| path.ends_with(end)) {
            continue;
        }
        let Some(tree) = bench.tree(entry, form)?.filter(|tree| !is_nothing(tree)) else { return Ok(None) };
        let alike = tree.files().iter().map(|(path, content)| {
            let is_same = list.wrote(path, &Hash::of(content));
            usize::from(list.files.contains_key(path)) + usize::from(is_same)
        });
        let score = alike.sum();
        if best.is_none_or(|(_, known)| score > known) {
            best = Some((form, score));
        }
    }
    Ok(best)
}

/// Whether a source has nothing that comes out: nobody builds it, so no tree is of it.
fn is_nothing(tree: &Tree) -> bool {
    tree.files().values().all(|content| content.trim_ascii() == b"{}")
}

/// The list of files of a tree.
fn list(staged: &Staged, directory: &str) -> Option<String> {
    let entry = staged.entries.get(&joined(directory, MANIFEST))?;
    let bytes = staged.content(entry).ok().filter(|_| matches!(entry.what, What::File | What::Program))?;
    Some(String::from_utf8_lossy(&bytes).into_owned())
}

/// What would have to happen for a directory to hold a tree.
fn plan(staged: &Staged, directory: &str, list: Option<&str>, tree: &Tree) -> Result<Plan> {
    let old = Manifest::parse(list.unwrap_or_default());
    let mut disk = Disk::new();
    for (whole, entry) in staged.below(directory) {
        let Some(path) = within(directory, whole) else { continue };
        disk.extend(directories(path).map(|above| (above.to_owned(), Entry::Directory)));
        let is_known = path == MANIFEST || old.files.contains_key(path) || tree.files().contains_key(path);
        let mode = match entry.what {
            What::File => Some(Mode::Plain),
            What::Program => Some(Mode::Executable),
            What::Link | What::Repository => None,
        };
        let what = match mode.filter(|_| is_known) {
            Some(mode) => {
                let content = staged.content(entry);
                let content = content.map_err(|why| crate::edge::unreadable(&staged.top.join(whole), &why))?;
                Entry::File(Hash::of(&content), mode)
            }
            None => Entry::Other,
        };
        disk.insert(path.to_owned(), what);
    }
    Ok(backend::plan(tree, list, &disk))
}
