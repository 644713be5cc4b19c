//! Projects that live in memory, and a record of which queries an edit makes run.
//!
//! It knows how the database calls its keys, and turns that into what a reader of a test understands. It must not
//! know what any query is for.

use std::collections::BTreeMap;

use compiler::keys::{self, Decl, Step};
use compiler::{Database, Db, LoadError, Loader, Session, decl, eval, scope};
use diagnostics::{Diagnostic, Span};
use rustc_hash::FxHashMap;
use salsa::plumbing::AsId;

/// The file that every project begins with.
pub const MAIN: &str = "main.pl";

/// Files by path.
#[derive(Clone, Default)]
pub struct Files(pub BTreeMap<String, String>);

impl Files {
    /// A project of these files.
    pub fn new(files: &[(&str, &str)]) -> Files {
        Files(files.iter().map(|(path, text)| (path.to_string(), text.to_string())).collect())
    }
}

impl Loader for Files {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let missing = || LoadError { code: "import/not-found", message: format!("there is no file `{path}`") };
        self.0.get(path).cloned().ok_or_else(missing)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let matching = self.0.keys().filter(|path| path.starts_with(before) && path.ends_with(after));
        Ok(matching.cloned().collect())
    }
}

/// Opens a project whose entry is `main.pl`.
pub fn open(files: &Files, db: Database) -> Session {
    let mut session = Session::new(db);
    let text = files.read(MAIN).expect("a project has a main file");
    let main = session.set_file(MAIN, &text);
    session.set_entries(vec![main]);
    session.load_imports(files);
    session
}

/// Gives a file of an open project a new text, as an editor does.
pub fn edit(session: &mut Session, files: &Files, path: &str) {
    let text = files.read(path).expect("only files of the project are edited");
    session.set_file(path, &text);
    session.load_imports(files);
}

/// Everything that can be seen of a project: its findings, and what it builds.
pub fn seen(session: &Session) -> (Vec<Diagnostic<Span>>, String) {
    let found = session.check();
    let mut writer = data::yaml::Writer::new();
    session.build(&mut writer);
    (found, writer.into_string())
}

/// What was run, in words: `parsed(Id(1))` as `parsed main.pl`, sorted. Keys of two parts have no words.
pub fn in_words(session: &Session, log: &[String]) -> Vec<String> {
    let names = names(session.db());
    let mut lines: Vec<String> = log.iter().map(|line| line_in_words(line, &names)).collect();
    lines.sort();
    lines
}

fn line_in_words(line: &str, names: &FxHashMap<String, String>) -> String {
    let Some((query, key)) = line.strip_suffix(')').and_then(|line| line.split_once('(')) else {
        return line.to_string();
    };
    match names.get(key) {
        Some(name) => format!("{query} {name}"),
        None => query.to_string(),
    }
}

/// The words for every key that the project leads to.
fn names(db: &dyn Db) -> FxHashMap<String, String> {
    let mut names = FxHashMap::default();
    for file in scope::all_files(db).iter() {
        names.insert(format!("{:?}", file.as_id()), file.path(db).to_string());
        for decl in decl::decls(db, *file) {
            names.insert(format!("{:?}", decl.as_id()), decl_in_words(db, decl));
        }
    }
    let mut queue = vec![keys::root(db)];
    while let Some(home) = queue.pop() {
        let path = match home.step(db) {
            Step::Root => "platform".to_string(),
            _ => keys::path_text(db, home),
        };
        names.insert(format!("{:?}", home.as_id()), path);
        if let Some(instance) = eval::instance(db, home) {
            queue.extend(instance.children.iter().copied());
        }
    }
    names
}

fn decl_in_words(db: &dyn Db, decl: Decl) -> String {
    match decl.parent(db) {
        None => decl.file(db).path(db).to_string(),
        Some(parent) if parent.parent(db).is_none() => decl.head(db).to_string(),
        Some(parent) => format!("{} > {}", decl_in_words(db, parent), decl.head(db)),
    }
}
