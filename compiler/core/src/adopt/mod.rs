//! Manifests as source: what `platc import` writes.
//!
//! ```text
//! YAML --read--> objects --plan--> blocks by namespace --render--> text --compile--> objects --compare--> notes
//! ```
//!
//! What is written is compiled at once, and what comes out is compared with what came in. An object that its type does
//! not take is written without one, so that it comes through as it is; what can not be kept is said.

mod compare;
mod plan;
mod render;
mod text;

use std::collections::BTreeMap;

use data::{Datum, Format, Limits, json};
use diagnostics::{Diagnostic, FileId, Level, Span, rules};

use crate::output::write_object;
use crate::published::Problem;
use crate::session::{LoadError, Loader, Session};
use plan::Plan;

/// A file of manifests.
pub struct Source {
    /// How the user calls it.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// What became of manifests.
pub struct Adopted {
    /// A file of the language, in canonical style.
    pub text: String,
    /// What the user should know about an object: the file, the place in it, and what there is to know.
    pub notes: Vec<(FileId, u32, String)>,
    /// Whether every object comes out as it went in.
    pub is_whole: bool,
}

/// The path of what is written, for who compiles it.
const PATH: &str = "imported.pl";

/// Writes manifests as source, or says what is wrong with them; files are numbered as they are given.
pub fn adopt(files: &[Source]) -> Result<Adopted, Vec<Diagnostic<Span>>> {
    let mut found = Vec::new();
    let mut documents: Vec<Vec<Datum>> = Vec::new();
    for (number, file) in files.iter().enumerate() {
        match read(file) {
            Ok(read) => documents.push(read),
            Err(problems) => {
                found.extend(problems.into_iter().map(|(problem, help)| finding(number, problem, help)));
                documents.push(Vec::new());
            }
        }
    }
    let mut plan = Plan::default();
    for (number, (file, documents)) in files.iter().zip(&documents).enumerate() {
        let problems = plan.add(number, &file.text, documents);
        found.extend(problems.into_iter().map(|problem| finding(number, problem, None)));
    }
    if !found.is_empty() {
        return Err(found);
    }
    let paths: Vec<&str> = files.iter().map(|file| file.path.as_str()).collect();
    Ok(written(&mut plan, &paths))
}

/// The documents of a file.
fn read(file: &Source) -> Result<Vec<Datum>, Vec<(Problem, Option<String>)>> {
    let format = match Format::of_path(&file.path) {
        Some(Format::Json) => Format::Json,
        _ => Format::Manifests,
    };
    match data::read(format, &file.text, Limits::default()) {
        Ok(documents) => Ok(documents.into_iter().map(|document| document.root).collect()),
        Err(errors) => Err(errors
            .into_iter()
            .map(|error| (Problem { range: error.range, message: error.message }, error.help))
            .collect()),
    }
}

fn finding(file: usize, problem: Problem, help: Option<String>) -> Diagnostic<Span> {
    let place = Span::new(FileId(file as u32), problem.range.start, problem.range.end);
    let found = Diagnostic::new(&rules::IMPORT_BAD_DATA, place, problem.message);
    match help {
        Some(help) => found.help(help),
        None => found,
    }
}

fn written(plan: &mut Plan<'_>, paths: &[&str]) -> Adopted {
    let (mut text, mut places) = plan.text(paths);
    let (mut session, mut errors) = compiled(&text);
    // An object that its type does not take is written without one, and what is written then is tried again.
    while loosened(plan, &places, &errors) {
        (text, places) = plan.text(paths);
        (session, errors) = compiled(&text);
    }
    let mut notes = plan.notes();
    let mut is_whole = errors.iter().all(is_of_version);
    notes.extend(errors.into_iter().map(|error| plan.note(object_at(&places, &error).unwrap_or(0), error.message)));
    if is_whole {
        let lost = compared(plan, &session);
        is_whole = lost.is_empty() && !plan.objects().iter().any(|object| object.is_secret());
        notes.extend(lost);
    }
    notes.sort();
    notes.dedup();
    Adopted { text: syntax::format(&text).unwrap_or(text), notes, is_whole }
}

/// Writes the objects without their types in which there are errors; whether that is new for any of them.
fn loosened(plan: &mut Plan<'_>, places: &[(usize, usize)], errors: &[Diagnostic<Span>]) -> bool {
    let mut changed = false;
    for error in errors.iter().filter(|error| !is_of_version(error)) {
        if let Some(object) = object_at(places, error) {
            changed |= plan.loosen(object, &error.message);
        }
    }
    changed
}

/// Whether an error is about the version of the cluster, which the user has yet to write.
fn is_of_version(error: &Diagnostic<Span>) -> bool {
    *error.rule == rules::OBJECT_NOT_SERVED
}

/// The object in whose text an error is.
fn object_at(places: &[(usize, usize)], error: &Diagnostic<Span>) -> Option<usize> {
    let after = places.partition_point(|(start, _)| *start <= error.at.start as usize);
    after.checked_sub(1).and_then(|index| places.get(index)).map(|(_, object)| *object)
}

/// What of the objects does not come out again.
fn compared(plan: &Plan<'_>, session: &Session) -> Vec<(FileId, u32, String)> {
    let mut out: BTreeMap<(String, String, String, String), Vec<Datum>> = BTreeMap::new();
    for object in session.objects() {
        let mut sink = json::Writer::compact();
        write_object(session.db(), object, &mut sink);
        let told = [&object.api_version, &object.kind, &object.namespace, &object.name];
        let identity = told.map(|text| text.to_string()).into();
        let read = data::read(Format::Json, &sink.into_string(), Limits::default());
        out.entry(identity).or_default().extend(read.into_iter().flatten().map(|document| document.root));
    }
    let mut lost = Vec::new();
    // Of a secret it is said that its values are not taken over.
    for (index, object) in plan.objects().iter().enumerate().filter(|(_, object)| !object.is_secret()) {
        // Of objects without a name there may be several: one of them must be it.
        let candidates = out.get(&object.identity()).map_or(&[][..], Vec::as_slice);
        let told = candidates.iter().map(|after| compare::differences(object.datum, after));
        let nearest = told.min_by_key(Vec::len).unwrap_or_else(|| vec!["the object would be lost".to_string()]);
        lost.extend(nearest.into_iter().map(|message| plan.note(index, message)));
    }
    lost
}

/// The platform that a text is, and what is wrong with it.
fn compiled(text: &str) -> (Session, Vec<Diagnostic<Span>>) {
    let (session, _) = Session::open(&Memory(text), &[PATH]);
    // What the platform is like as a whole is for its owner to say.
    let mut errors = session.check_language();
    errors.retain(|found| found.rule.level == Level::Error);
    (session, errors)
}

/// A project of one file.
struct Memory<'a>(&'a str);

impl Loader for Memory<'_> {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        match path {
            PATH => Ok(self.0.to_string()),
            _ => Err(LoadError { code: rules::IMPORT_NOT_FOUND.code, message: String::new() }),
        }
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}
