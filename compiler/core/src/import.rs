//! Imports: which paths a file names, what they lead to, and data files as values.

use std::sync::Arc;

use data::{Datum, DatumKind};
use diagnostics::{Diagnostic, rules};
use syntax::TextRange;
use syntax::ast::{self, View as _};

use crate::eval::Checked;
use crate::hir::{CodeKind, Import};
use crate::ir::{DataKind, Shape};
use crate::keys::{self, At, Db, Found, SourceFile, Workspace};
use crate::symbol::Symbol;
use crate::value::{Data, Float, Item, List, Value};

/// What the paths of the standard library's modules begin with: no file of a project can be called so.
pub const STD: &str = "std:";

/// The prelude, which every file sees.
pub const PRELUDE: &str = "std:prelude.pl";

/// The imports of a file.
pub fn imports(db: &dyn Db, file: SourceFile) -> Vec<Import> {
    match crate::decl::code(db, keys::file_decl(db, file)).map(|code| &code.kind) {
        Some(CodeKind::File { imports, .. }) => imports.clone(),
        _ => Vec::new(),
    }
}

/// The path that an import names, from the root of the project; `None` if it leads out of it.
pub fn target(importer: Symbol, import: &Import) -> Option<Symbol> {
    if import.module {
        let name = import.path.as_str();
        let name = name.strip_prefix("std/").unwrap_or(name);
        return Some(Symbol::new(&format!("{STD}{name}.pl")));
    }
    let path = join(importer.as_str(), import.path.as_str())?;
    (!path.starts_with(STD)).then(|| Symbol::new(&path))
}

/// The paths that a text imports, from the root of the project, patterns among them; no modules of the standard library.
pub fn paths(importer: &str, text: &str) -> Vec<String> {
    let parsed = syntax::parse(text);
    let imports = parsed.tree.root().children().filter_map(ast::Import::cast);
    let paths = imports.filter_map(|import| import.path()?.file()?.plain());
    paths.filter_map(|path| join(importer, &path)).filter(|path| !path.starts_with(STD)).collect()
}

/// A path beside a file, without `.` and `..`; `None` if it is absolute or leads out of the root.
fn join(importer: &str, path: &str) -> Option<String> {
    if path.starts_with('/') || path.contains('\\') || path.contains('\0') {
        return None;
    }
    let mut parts: Vec<&str> = importer.split('/').collect();
    parts.pop();
    for part in path.split('/') {
        match part {
            "" | "." => {}
            ".." => {
                parts.pop()?;
            }
            part => parts.push(part),
        }
    }
    Some(parts.join("/"))
}

/// Whether a path is a pattern for several files.
pub fn is_pattern(path: &str) -> bool {
    path.contains('*')
}

/// Whether a path names data rather than code.
pub fn is_data(path: &str) -> bool {
    data::Format::of_path(path).is_some()
}

/// Whether a path names code.
pub fn is_code(path: &str) -> bool {
    path.ends_with(".pl")
}

/// The files that an import leads to.
pub fn files(db: &dyn Db, file: SourceFile, import: &Import) -> Vec<SourceFile> {
    let Some(target) = target(file.path(db), import) else {
        return Vec::new();
    };
    let workspace = Workspace::get(db);
    let paths = match workspace.globs(db).get(&target) {
        Some(Ok(paths)) => paths.clone(),
        Some(Err(_)) => Vec::new(),
        None => vec![target],
    };
    let found = paths.iter().filter_map(|path| match workspace.files(db).get(path) {
        Some(Found::File(found)) if is_code(path.as_str()) || is_data(path.as_str()) => Some(*found),
        _ => None,
    });
    found.collect()
}

/// What is wrong with a file's imports.
#[salsa::tracked]
pub fn import_diagnostics(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<At>> {
    let decl = keys::file_decl(db, file);
    let mut found = Vec::new();
    for import in imports(db, file) {
        let at = At { decl, node: import.path_node };
        let Some(target) = target(file.path(db), &import) else {
            let message = format!("`{}` leads out of the project", import.path);
            found.push(
                Diagnostic::new(&rules::IMPORT_OUTSIDE_ROOT, at, message)
                    .help("a platform reads nothing but the files below its root; copy the file into it"),
            );
            continue;
        };
        found.extend(target_problem(db, &import, target, at));
        if let Some(ty) = &import.ty {
            crate::check::types::resolve(db, decl, ty, &mut found);
        }
        if let (Some(alias), true) = (&import.alias, is_pattern(target.as_str())) {
            let message = format!("a pattern names several files, which can not all be `{}`", alias.name);
            found.push(
                Diagnostic::new(&rules::SYNTAX_UNEXPECTED, At { decl, node: alias.node }, message)
                    .help("import the files one by one to name them, or leave out `as`"),
            );
        }
    }
    found
}

fn target_problem(db: &dyn Db, import: &Import, target: Symbol, at: At) -> Option<Diagnostic<At>> {
    let workspace = Workspace::get(db);
    if let Some(matches) = workspace.globs(db).get(&target) {
        return match matches {
            Ok(paths) if paths.is_empty() => Some(
                Diagnostic::new(&rules::IMPORT_NOT_FOUND, at, format!("no file matches `{}`", import.path))
                    .help("check the folder, or remove the import"),
            ),
            Ok(_) => None,
            Err(why) => Some(Diagnostic::new(&rules::IMPORT_UNREADABLE, at, why.clone())),
        };
    }
    match workspace.files(db).get(&target) {
        Some(Found::File(file)) if is_code(file.path(db).as_str()) || is_data(file.path(db).as_str()) => None,
        Some(Found::Failed(code, why)) => {
            let rule = rules::find(code).unwrap_or(&rules::IMPORT_UNREADABLE);
            Some(Diagnostic::new(rule, at, why.clone()))
        }
        _ if !import.module && !is_code(target.as_str()) && !is_data(target.as_str()) => {
            let message = format!("`{}` is of no format that can be read", import.path);
            Some(
                Diagnostic::new(&rules::IMPORT_UNREADABLE, at, message)
                    .help("import `.pl` code, or data in JSON, YAML or TOML"),
            )
        }
        None if import.module => {
            let known: Vec<String> =
                stdlib::modules().map(|(path, _)| path.trim_end_matches(".pl").replacen(STD, "std/", 1)).collect();
            let near = domain::nearest(import.path.as_str(), known.iter().map(String::as_str));
            let help = match near {
                Some(near) => format!("did you mean `{near}`?"),
                None => "a file of this platform is imported in quotes: `import \"./name.pl\" as name`".to_string(),
            };
            let message = format!("there is no module `{}`", import.path);
            Some(Diagnostic::new(&rules::IMPORT_NOT_FOUND, at, message).help(help))
        }
        _ => Some(Diagnostic::new(&rules::IMPORT_NOT_FOUND, at, format!("there is no file `{}`", import.path))),
    }
}

struct DataFile {
    value: Value,
    ranges: Vec<TextRange>,
    problems: Vec<(TextRange, String, Option<String>)>,
}

impl PartialEq for DataFile {
    fn eq(&self, _: &DataFile) -> bool {
        false
    }
}

/// The documents of a data file, or everything that is wrong with its text.
#[derive(Debug)]
pub struct Documents {
    /// What they say.
    pub read: Result<Vec<Datum>, Vec<data::ReadError>>,
    format: data::Format,
}

/// The documents of a data file, read once for whoever asks.
#[salsa::tracked(no_eq)]
pub fn documents(db: &dyn Db, file: SourceFile) -> Option<Arc<Documents>> {
    let text = file.text(db);
    let format = match data::Format::of_path(file.path(db).as_str())? {
        data::Format::Yaml if is_manifests(text) => data::Format::Manifests,
        format => format,
    };
    let read = data::read(format, text, data::Limits::default());
    let read = read.map(|documents| documents.into_iter().map(|document| document.root).collect());
    Some(Arc::new(Documents { read, format }))
}

/// Whether a data file is read as the tools of Kubernetes read it.
pub fn is_of_kubernetes(db: &dyn Db, file: SourceFile) -> bool {
    documents(db, file).as_ref().is_some_and(|documents| documents.format == data::Format::Manifests)
}

/// Whether a text is for the tools of Kubernetes, told by its lines alone: how it is read must not depend on what is read.
fn is_manifests(text: &str) -> bool {
    text.starts_with("apiVersion:") || text.contains("\napiVersion:")
}

#[salsa::tracked(no_eq)]
fn data_file(db: &dyn Db, file: SourceFile) -> Arc<DataFile> {
    let decl = keys::file_decl(db, file);
    let mut out = DataFile { value: Value::Error, ranges: vec![TextRange::new(0, 0)], problems: Vec::new() };
    let Some(documents) = documents(db, file) else {
        return Arc::new(out);
    };
    match &documents.read {
        Ok(documents) => {
            let mut values = Vec::new();
            for document in documents {
                values.push(value_of(decl, document, &mut out.ranges));
            }
            out.value = match values.len() {
                0 => Value::Null,
                1 => values.swap_remove(0).value,
                _ => Value::List(Arc::new(List::new(values))),
            };
        }
        Err(errors) => {
            let problems = errors.iter().map(|error| {
                (TextRange::new(error.range.start, error.range.end), error.message.clone(), error.help.clone())
            });
            out.problems = problems.collect();
        }
    }
    Arc::new(out)
}

fn value_of(decl: keys::Decl, datum: &Datum, ranges: &mut Vec<TextRange>) -> Item {
    let node = ranges.len() as u32;
    ranges.push(TextRange::new(datum.range.start, datum.range.end));
    let value = match &datum.kind {
        DatumKind::Null => Value::Null,
        DatumKind::Bool(truth) => Value::Bool(*truth),
        DatumKind::Int(number) => match i64::try_from(*number) {
            Ok(number) => Value::Int(number),
            Err(_) => Value::Float(Float(*number as f64)),
        },
        DatumKind::Float(number) => Value::Float(Float(*number)),
        DatumKind::Text(text) => Value::Text(text.clone()),
        DatumKind::List(items) => {
            Value::List(Arc::new(List::new(items.iter().map(|item| value_of(decl, item, ranges)).collect())))
        }
        DatumKind::Map(entries) => {
            let entries = entries.iter().map(|(key, value)| {
                ranges.push(TextRange::new(key.range.start, key.range.end));
                (Symbol::new(&key.text), value_of(decl, value, ranges))
            });
            Value::Data(Arc::new(Data::new(Shape::of(DataKind::Any), entries.collect())))
        }
    };
    Item { value, at: At { decl, node } }
}

/// Where an element of a data file stands.
pub fn data_range(db: &dyn Db, file: SourceFile, node: u32) -> TextRange {
    data_file(db, file).ranges.get(node as usize).copied().unwrap_or(TextRange::new(0, 0))
}

/// The value of a data file.
#[salsa::tracked]
pub fn data_value(db: &dyn Db, file: SourceFile) -> Checked<Value> {
    Checked { value: data_file(db, file).value.clone(), diagnostics: Vec::new() }
}

/// What is wrong in a data file, at its own lines.
pub fn data_diagnostics(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<diagnostics::Span>> {
    let number = diagnostics::FileId(file.number(db));
    let problems = data_file(db, file).problems.clone();
    let found = problems.into_iter().map(|(range, message, help)| {
        let place = diagnostics::Span::new(number, range.start, range.end);
        let diagnostic = Diagnostic::new(&rules::IMPORT_BAD_DATA, place, message);
        match help {
            Some(help) => diagnostic.help(help),
            None => diagnostic,
        }
    });
    found.collect()
}
