//! Data files that hold schemas or objects, and the files of the language that the compiler writes of them.

use std::sync::Arc;

use diagnostics::{Diagnostic, FileId, Span, rules};
use rustc_hash::FxHashSet;

use super::document::Module;
use super::manifests::{self, Known};
use super::problem::Problem;
use crate::keys::{self, Db, Found, SourceFile, Workspace};
use crate::symbol::Symbol;
use crate::{import, kubernetes, scope};

/// What the path of a file of types ends in, behind that of the data file whose schemas they are.
const TYPES: &str = "#types";

/// The number of the first such file in diagnostics: above those of the types of Kubernetes.
const FIRST_NUMBER: u32 = kubernetes::FIRST_NUMBER + (1 << 16);

/// What a data file says of types and objects.
#[derive(PartialEq, Eq)]
struct Written {
    text: Arc<str>,
    problems: Vec<Problem>,
    /// Where in the text an entry begins, and where in the data file its object stands; the end of the last one.
    places: Vec<(u32, data::TextRange)>,
    end: u32,
    /// Kinds of objects that have no type.
    unknown: Vec<Problem>,
    /// What stands among objects and is none.
    strangers: Vec<Problem>,
}

/// The types that a data file defines.
#[salsa::tracked(no_eq)]
fn defined(db: &dyn Db, file: SourceFile) -> Option<Arc<Module>> {
    let path = file.path(db).as_str();
    if !super::is_likely(path, file.text(db)) {
        return None;
    }
    let documents = import::documents(db, file).as_ref()?.read.as_ref().ok()?;
    super::module(path, documents).map(Arc::new)
}

#[salsa::tracked]
fn written(db: &dyn Db, file: SourceFile) -> Option<Arc<Written>> {
    let path = file.path(db).as_str();
    // The text of code changes all the time: who asks for types must not depend on it.
    if !import::is_data(path) || !super::is_likely(path, file.text(db)) {
        return None;
    }
    let documents = import::documents(db, file).as_ref()?.read.as_ref().ok()?;
    let module = defined(db, file).as_deref();
    let problems = module.map_or(Vec::new(), |module| module.problems.clone());
    let mut strangers = Vec::new();
    let manifests = manifests::manifests(documents, &mut strangers);
    let types = module.map_or(String::new(), |module| super::source(&module.types));
    if manifests.is_empty() {
        module?;
        let text = Arc::from(types);
        return Some(Arc::new(Written { text, problems, places: Vec::new(), end: 0, unknown: Vec::new(), strangers }));
    }
    let source = manifests::source(path, &manifests, |api_version, kind| known(db, file, api_version, kind));
    let before = source.imports.len() + types.len() + 2;
    let places = source.places.into_iter().map(|(start, range)| ((before + start) as u32, range)).collect();
    let text = format!("{}\n{types}\n{}", source.imports, source.schema);
    let end = text.len() as u32;
    Some(Arc::new(Written { text: Arc::from(text), problems, places, end, unknown: source.unknown, strangers }))
}

/// The type of a kind: of the file itself, of Kubernetes, of the standard library, or of another file that is imported.
fn known(db: &dyn Db, file: SourceFile, api_version: &str, kind: &str) -> Option<Known> {
    let of_file = |file: SourceFile, import: Option<String>| {
        let types = &defined(db, file).as_ref()?.types;
        types.iter().find_map(|published| {
            let found = published.kind.as_ref()?;
            let is_it = found.api_version == api_version && found.kind == kind;
            is_it.then(|| Known { import: import.clone(), name: published.name.clone(), scope: found.scope })
        })
    };
    of_file(file, None).or_else(|| manifests::of_library(api_version, kind)).or_else(|| {
        let others = imported(db).into_iter().filter(|other| *other != file);
        others.into_iter().find_map(|other| of_file(other, Some(other.path(db).as_str().to_string())))
    })
}

/// Where a place in a file of types is shown: what stands for an object stands where the object does.
pub fn shown(db: &dyn Db, file: SourceFile, place: Span) -> Option<Span> {
    let path = Symbol::new(file.path(db).as_str().strip_suffix(TYPES)?);
    let Some(Found::File(data)) = Workspace::get(db).files(db).get(&path) else {
        return None;
    };
    let written = written(db, *data).as_ref()?;
    let after = written.places.partition_point(|(start, _)| *start <= place.start);
    let (_, range) = written.places.get(after.checked_sub(1)?)?;
    (place.end <= written.end).then(|| Span::new(FileId(data.number(db)), range.start, range.end))
}

/// The paths of the modules that a file of types imports from the standard library.
pub fn imports(db: &dyn Db, data: SourceFile) -> Vec<Symbol> {
    let Some(file) = types(db, data) else {
        return Vec::new();
    };
    let imports = import::imports(db, file).into_iter().filter(|import| import.module);
    imports.filter_map(|import| import::target(file.path(db), &import)).collect()
}

/// The types of a data file, if it holds schemas.
pub fn types(db: &dyn Db, file: SourceFile) -> Option<SourceFile> {
    written(db, file).as_ref()?;
    let path = Symbol::new(&format!("{}{TYPES}", file.path(db)));
    Some(keys::written_file(db, path, FIRST_NUMBER + file.number(db)))
}

/// Whether a file that would hold schemas can not be read, which is said in it: nobody knows what it would name.
pub fn is_broken(db: &dyn Db, file: SourceFile) -> bool {
    import::is_data(file.path(db).as_str())
        && super::is_likely(file.path(db).as_str(), file.text(db))
        && !import::data_diagnostics(db, file).is_empty()
}

/// The text of a file of types.
pub fn text<'db>(db: &'db dyn Db, path: &str) -> Option<&'db Arc<str>> {
    let path = Symbol::new(path.strip_suffix(TYPES)?);
    match Workspace::get(db).files(db).get(&path) {
        Some(Found::File(file)) => written(db, *file).as_ref().map(|written| &written.text),
        _ => None,
    }
}

/// The path and the text of the file of types with a number.
pub fn file<'db>(db: &'db dyn Db, read: &[SourceFile], number: FileId) -> Option<(&'db str, &'db str)> {
    let data = read.get(number.0.checked_sub(FIRST_NUMBER)? as usize)?;
    let path = types(db, *data)?.path(db).as_str();
    Some((path, text(db, path)?))
}

/// The data files that are imported for their types.
pub fn files(db: &dyn Db) -> Vec<SourceFile> {
    imported(db).into_iter().filter(|file| types(db, *file).is_some()).collect()
}

/// The data files that are imported without a type.
fn imported(db: &dyn Db) -> Vec<SourceFile> {
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for file in scope::all_files(db).iter() {
        for import in import::imports(db, *file).iter().filter(|import| import.ty.is_none()) {
            let data =
                import::files(db, *file, import).into_iter().filter(|file| import::is_data(file.path(db).as_str()));
            found.extend(data.filter(|file| seen.insert(*file)));
        }
    }
    found
}

/// What is wrong in data files that are imported for their types, at their own lines.
pub fn findings(db: &dyn Db) -> Vec<Diagnostic<Span>> {
    let mut found = Vec::new();
    for file in files(db) {
        let number = FileId(file.number(db));
        for problem in written(db, file).iter().flat_map(|written| &written.problems) {
            let place = Span::new(number, problem.range.start, problem.range.end);
            found.push(
                Diagnostic::new(&rules::IMPORT_BAD_SCHEMA, place, problem.message.clone())
                    .help("correct the schema, or import the file as data: `import \"..\" as name: Any`"),
            );
        }
        for problem in written(db, file).iter().flat_map(|written| &written.strangers) {
            let place = Span::new(number, problem.range.start, problem.range.end);
            found.push(
                Diagnostic::new(&rules::IMPORT_BAD_DATA, place, problem.message.clone())
                    .help("move it into a file of its own, or import this one as data: `import \"..\" as name: Any`"),
            );
        }
        for problem in written(db, file).iter().flat_map(|written| &written.unknown) {
            let place = Span::new(number, problem.range.start, problem.range.end);
            found.push(
                Diagnostic::new(&rules::IMPORT_UNKNOWN_KIND, place, problem.message.clone())
                    .help("import the definition of its kind too, as in `import \"./crds/kind.yaml\"`"),
            );
        }
    }
    found
}
