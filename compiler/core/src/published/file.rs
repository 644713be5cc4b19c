//! Data files that hold schemas, and the files of the language that the compiler writes of them.

use std::sync::Arc;

use diagnostics::{Diagnostic, FileId, Span, rules};
use rustc_hash::FxHashSet;

use super::problem::Problem;
use crate::keys::{self, Db, Found, SourceFile, Workspace};
use crate::symbol::Symbol;
use crate::{import, kubernetes, scope};

/// What the path of a file of types ends in, behind that of the data file whose schemas they are.
const TYPES: &str = "#types";

/// The number of the first such file in diagnostics: above those of the types of Kubernetes.
const FIRST_NUMBER: u32 = kubernetes::FIRST_NUMBER + (1 << 16);

/// What a data file says of types.
#[derive(PartialEq, Eq)]
struct Written {
    text: Arc<str>,
    problems: Vec<Problem>,
}

#[salsa::tracked]
fn written(db: &dyn Db, file: SourceFile) -> Option<Arc<Written>> {
    let path = file.path(db).as_str();
    // The text of code changes all the time: who asks for types must not depend on it.
    if !import::is_data(path) || !super::is_likely(path, file.text(db)) {
        return None;
    }
    let documents = data::read(data::Format::of_path(path)?, file.text(db), data::Limits::default()).ok()?;
    let documents: Vec<data::Datum> = documents.into_iter().map(|document| document.root).collect();
    let module = super::module(path, &documents)?;
    Some(Arc::new(Written { text: Arc::from(super::source(&module.types)), problems: module.problems }))
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
    let mut seen = FxHashSet::default();
    let mut found = Vec::new();
    for file in scope::all_files(db).iter() {
        for import in import::imports(db, *file).iter().filter(|import| import.ty.is_none()) {
            let data =
                import::files(db, *file, import).into_iter().filter(|file| import::is_data(file.path(db).as_str()));
            found.extend(data.filter(|file| seen.insert(*file) && types(db, *file).is_some()));
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
    }
    found
}
