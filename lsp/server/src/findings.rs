//! Checking platforms, and telling what is wrong.
//!
//! A check begins as soon as nothing else waits, without a delay: an edit that comes meanwhile calls it off, and what was computed
//! until then stays. A request calls it off as well, but not more than a few times, or it would never end.

use std::collections::{BTreeMap, BTreeSet};
use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use diagnostics::{Diagnostic as Finding, Span};
use serde_json::json;
use tower_lsp_server::gen_lsp_types::{Diagnostic, PublishDiagnosticsParams, Range, Uri};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::{self, Encoding, Lines, View};
use crate::desk::{Why, Work};
use crate::disk::SETTINGS;
use crate::world::World;

/// How often a request may call off a check of the same text.
const PATIENCE: u32 = 3;

/// From how many bytes on the editor shows that platforms are read.
const LONG: usize = 200_000;

/// Whether something waits to be checked or planned.
pub fn is_due(world: &World) -> bool {
    world.projects.values().any(|project| !project.is_planned || project.platforms.iter().any(|it| !it.is_checked))
}

/// Does the next piece of what is due: those first that somebody looks at.
pub fn proceed(world: &mut World) {
    let unplanned = world.projects.values_mut().find(|project| !project.is_planned);
    if let Some(project) = unplanned {
        project.plan(&world.documents);
        let root = project.root.clone();
        return publish_project(world, &root);
    }
    let Some((root, at, is_open)) = due(world) else {
        return;
    };
    let delays = platform(world, &root, at).map_or(0, |platform| platform.delays);
    let work = if delays < PATIENCE { Work::Patient } else { Work::Impatient };
    if !world.desk.begin(work) {
        return;
    }
    let outcome = check(world, &root, at);
    let why = world.desk.done();
    let Some(platform) = platform(world, &root, at) else {
        return;
    };
    match (outcome, why) {
        (Some(()), _) if !is_open => platform.forget(),
        (Some(()), _) => {}
        (None, Some(Why::Urgent)) => platform.delays += 1,
        (None, _) => {}
    }
}

fn platform<'w>(world: &'w mut World, root: &Path, at: usize) -> Option<&'w mut crate::project::Platform> {
    world.projects.get_mut(root)?.platforms.get_mut(at)
}

/// The platform that is checked next, and whether somebody has a file of it open.
fn due(world: &World) -> Option<(PathBuf, usize, bool)> {
    let mut closed = None;
    for (root, project) in &world.projects {
        let open: BTreeSet<&str> = world.documents.of(root).collect();
        for (at, platform) in project.platforms.iter().enumerate().filter(|(_, platform)| !platform.is_checked) {
            if open.iter().any(|path| platform.members.contains(*path)) {
                return Some((root.clone(), at, true));
            }
            closed = closed.or(Some((root.clone(), at, false)));
        }
    }
    closed
}

/// Checks one platform and tells what is wrong; nothing where that was called off.
pub fn check(world: &mut World, root: &Path, at: usize) -> Option<()> {
    let checked = catch_unwind(AssertUnwindSafe(|| compute(world, root, at)));
    let found = match checked {
        Ok(found) => found?,
        Err(_) => {
            world.client.log("a mistake of platc itself: this text could not be checked");
            platform(world, root, at)?.forget();
            BTreeMap::new()
        }
    };
    let platform = platform(world, root, at)?;
    platform.is_checked = true;
    platform.is_warm = true;
    platform.delays = 0;
    let before = std::mem::replace(&mut platform.found, found);
    let mut names: BTreeSet<String> = before.into_keys().collect();
    names.extend(platform.found.keys().cloned());
    publish(world, names);
    Some(())
}

/// What is wrong with one platform, by the names of documents; nothing where that was called off.
fn compute(world: &mut World, root: &Path, at: usize) -> Option<BTreeMap<String, Vec<Diagnostic>>> {
    let (hands, encoding) = (world.hands, world.client.encoding);
    let project = world.projects.get_mut(root)?;
    let is_cold = !project.platforms.get(at)?.is_warm;
    let _progress = match is_cold && project.size(at) > LONG {
        true => world.client.progress("Reading platforms"),
        false => None,
    };
    let failed = project.open(at, &world.documents);
    let platform = project.platforms.get_mut(at)?;
    let session = platform.session.as_mut()?;
    let stop = session.stop();
    world.desk.arm(&stop);
    if is_cold {
        session.ahead(hands);
        if stop.is_called() {
            return None;
        }
    }
    session.choose_unless(&stop)?;
    let session = &*session;
    let found = session.interruptible(&stop, compiler::Session::check)?;
    let view = View::new(session, root, &world.documents, &world.workspace, encoding);
    let mut by_name = convert::diagnostics(&view, &found);
    platform.findings = found.into();
    if let Some(error) = failed {
        let uri = world.workspace.uri(&world.documents, root, &platform.entry);
        let told =
            Diagnostic { source: Some("platc".to_owned()), message: error.message.into(), ..Diagnostic::default() };
        by_name.entry(uri.0).or_default().push(told);
    }
    Some(by_name)
}

/// What is wrong with the platform of a document now, as the compiler says it.
pub fn of(world: &mut World, uri: &Uri) -> Result<Rc<[Finding]>, Error> {
    let Some((place, platforms)) = world.platforms(uri) else {
        return Ok(Rc::default());
    };
    let Some(at) = platforms.first().copied() else {
        return Ok(Rc::default());
    };
    let is_known = |platform: &mut crate::project::Platform| platform.is_checked && platform.session.is_some();
    let is_known = platform(world, &place.root, at).is_some_and(is_known);
    if !is_known && check(world, &place.root, at).is_none() {
        return Err(world.desk.over().unwrap_or(Why::Modified).error());
    }
    Ok(platform(world, &place.root, at).map(|platform| platform.findings.clone()).unwrap_or_default())
}

/// Tells what is wrong in a project beside its platforms: in its settings, and in files that are no part of it any more.
fn publish_project(world: &mut World, root: &Path) {
    let settings = world.workspace.uri(&world.documents, root, SETTINGS).0;
    let beginning = world.workspace.uri(&world.documents, root, "").0;
    let names = world.published.all().map(|(uri, _)| uri.clone()).filter(|uri| uri.starts_with(&beginning));
    let names: BTreeSet<String> = names.chain([settings]).collect();
    publish(world, names);
}

/// Tells what is wrong in these documents, as far as that is something else than before.
pub fn publish(world: &mut World, names: BTreeSet<String>) {
    let mut must_ask = false;
    for name in names {
        let diagnostics = wrong_in(world, &name);
        let uri = Uri(name);
        let version = world.documents.get(&uri).map(|document| document.version);
        if !world.published.set(&uri.0, version, diagnostics) {
            continue;
        }
        if world.published.is_asked(&uri.0) {
            must_ask = true;
            continue;
        }
        let diagnostics = world.published.get(&uri.0).diagnostics;
        send(world, uri, version, diagnostics);
    }
    if must_ask && world.client.can("/workspace/diagnostics/refreshSupport") {
        world.client.ask("workspace/diagnostic/refresh", json!(null));
    }
}

/// Tells the client of one document.
pub fn send(world: &World, uri: Uri, version: Option<i32>, diagnostics: Vec<Diagnostic>) {
    let params = PublishDiagnosticsParams { uri, version, diagnostics };
    world.client.notify("textDocument/publishDiagnostics", json!(params));
}

/// What is wrong in a document, whichever platform it was found in.
fn wrong_in(world: &World, name: &str) -> Vec<Diagnostic> {
    let mut found: Vec<Diagnostic> = vec![];
    for (root, project) in &world.projects {
        for platform in &project.platforms {
            let (before, known) = (found.len(), platform.found.get(name));
            for diagnostic in known.into_iter().flatten() {
                if !found.iter().take(before).any(|other| other == diagnostic) {
                    found.push(diagnostic.clone());
                }
            }
        }
        if !project.settings.found.is_empty() && world.workspace.uri(&world.documents, root, SETTINGS).0 == name {
            let text = &project.settings.text;
            let lines = Lines::of(text);
            found.extend(
                project.settings.found.iter().map(|finding| of_settings(finding, text, &lines, world.client.encoding)),
            );
        }
    }
    found
}

fn of_settings(finding: &Finding<Span>, text: &str, lines: &Lines, encoding: Encoding) -> Diagnostic {
    let range: Range = lines.range(text, finding.at.start, finding.at.end, encoding);
    convert::diagnostic_at(finding, range)
}
