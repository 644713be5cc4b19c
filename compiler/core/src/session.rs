//! One compilation: a database, the files it was given, and what can be asked of it.

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex};

use data::Sink;
use diagnostics::{Diagnostic, FileId, Level, Levels, Span, rules, tidy};
use rustc_hash::{FxHashMap, FxHashSet};
use salsa::{Database as _, Durability, Setter};

use crate::auto::Choices;
use crate::eval::Budget;
use crate::findings::{Rules, Verdict, file_diagnostics, platform_diagnostics};
use crate::hir::Code;
use crate::kept::{Judged, Kept};
use crate::keys::{self, At, Db, Decl, Found, Home, SourceFile, Workspace};
use crate::objects::Object;
use crate::symbol::Symbol;
use crate::{decl, extend, import, lower, published, scope};

pub use crate::test::TestResult;

/// Why something could not be read: the code of the rule, and the reason.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LoadError {
    /// `import/not-found`, `import/outside-root`, `import/unreadable` or `syntax/encoding`.
    pub code: &'static str,
    /// What is said.
    pub message: String,
}

/// Where files come from: paths are below the root of the project.
pub trait Loader {
    /// The text of a file.
    fn read(&self, path: &str) -> Result<String, LoadError>;
    /// The paths that match a pattern, in any order.
    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError>;
}

/// What a run of the compiler remembers.
#[salsa::db]
#[derive(Clone)]
pub struct Database {
    storage: salsa::Storage<Self>,
    budget: Arc<Budget>,
}

#[salsa::db]
impl salsa::Database for Database {}

#[salsa::db]
impl Db for Database {
    fn budget(&self) -> &Budget {
        &self.budget
    }
}

/// The names of the queries that ran, in order.
pub type Log = Arc<Mutex<Vec<String>>>;

impl Default for Database {
    fn default() -> Database {
        Database::with_storage(salsa::Storage::default())
    }
}

impl Database {
    fn with_storage(storage: salsa::Storage<Database>) -> Database {
        let db = Database { storage, budget: Arc::default() };
        keys::prepare(&db);
        let empty = Workspace::builder(Vec::new(), BTreeMap::new(), BTreeMap::new());
        let _ = empty.durability(Durability::HIGH).new(&db);
        db
    }

    /// A database that writes down which queries run.
    pub fn logged(log: Log) -> Database {
        Database::noting(log, |event| match event {
            salsa::EventKind::WillExecute { database_key } => Some(database_key),
            _ => None,
        })
    }

    /// A database that writes down of which queries it found that they need not run.
    pub fn validations(log: Log) -> Database {
        Database::noting(log, |event| match event {
            salsa::EventKind::DidValidateMemoizedValue { database_key } => Some(database_key),
            _ => None,
        })
    }

    fn noting(log: Log, pick: fn(salsa::EventKind) -> Option<salsa::DatabaseKeyIndex>) -> Database {
        let note = move |event: salsa::Event| {
            if let Some(key) = pick(event.kind)
                && let Ok(mut log) = log.lock()
            {
                log.push(format!("{key:?}"));
            }
        };
        Database::with_storage(salsa::Storage::new(Some(Box::new(note))))
    }
}

/// A database with the files of one project.
pub struct Session {
    db: Database,
    sources: FxHashMap<Symbol, SourceFile>,
    numbers: Vec<SourceFile>,
    /// The blocks that were edited, or are expected to be.
    volatile: FxHashSet<Decl>,
    /// How many threads compute.
    hands: usize,
    /// What is chosen where `auto` stands.
    pub(crate) choices: Choices,
    /// What the project makes of the levels of rules.
    levels: Levels,
    /// What was found last.
    kept: Kept,
}

/// How many blocks around one that is edited are expected to be edited next.
const NEIGHBOURS: usize = 1024;

impl Session {
    /// A session without files.
    pub fn new(db: Database) -> Session {
        let mut session = Session {
            db,
            sources: FxHashMap::default(),
            numbers: Vec::new(),
            volatile: FxHashSet::default(),
            hands: 1,
            choices: Choices::default(),
            levels: Levels::default(),
            kept: Kept::default(),
        };
        session.load_prelude();
        session
    }

    /// Reads the entries and everything that they import; an entry that can not be read is in the second list.
    pub fn open(loader: &dyn Loader, entries: &[&str]) -> (Session, Vec<(String, LoadError)>) {
        let mut session = Session::new(Database::default());
        let mut failed = Vec::new();
        let mut files = Vec::new();
        for entry in entries {
            match loader.read(entry) {
                Ok(text) => files.push(session.set_file(entry, &text)),
                Err(error) => failed.push((entry.to_string(), error)),
            }
        }
        session.set_entries(files);
        session.load_imports(loader);
        (session, failed)
    }

    /// Gives rules the levels that they have in this project.
    pub fn set_levels(&mut self, levels: Levels) {
        self.levels = levels;
    }

    /// The database.
    pub fn db(&self) -> &Database {
        &self.db
    }

    /// The database, to say of it what is no code.
    pub(crate) fn db_mut(&mut self) -> &mut Database {
        self.kept.forget();
        &mut self.db
    }

    /// Makes a file known, or gives it a new text.
    pub fn set_file(&mut self, path: &str, text: &str) -> SourceFile {
        let path = Symbol::new(path);
        if let Some(file) = self.sources.get(&path).copied() {
            if &**file.text(&self.db) != text {
                self.edit(file, text);
            }
            return file;
        }
        let file = self.numbered(path);
        self.found(path, Found::File(file));
        self.edit(file, text);
        file
    }

    /// A file that is neither code nor data: findings can stand in it, and nothing imports it.
    pub(crate) fn set_plain_file(&mut self, path: &str, text: &str) -> FileId {
        let path = Symbol::new(path);
        let file = self.sources.get(&path).copied().unwrap_or_else(|| self.numbered(path));
        file.set_text(&mut self.db).to(Arc::from(text));
        FileId(file.number(&self.db))
    }

    fn numbered(&mut self, path: Symbol) -> SourceFile {
        let number = self.numbers.len() as u32;
        let file = SourceFile::builder(path, number, Arc::from(""), Arc::default()).durability(Durability::HIGH);
        let file = file.text_durability(Durability::LOW).units_durability(Durability::LOW).new(&self.db);
        self.sources.insert(path, file);
        self.numbers.push(file);
        file
    }

    /// Gives a file a text; what it says changes only where its code does.
    fn edit(&mut self, file: SourceFile, text: &str) {
        self.db.budget.refill();
        let code = !import::is_data(file.path(&self.db).as_str());
        let durability = if code { Durability::LOW } else { Durability::MEDIUM };
        let before = file.set_text(&mut self.db).with_durability(durability).to(Arc::from(text));
        if !code {
            self.kept.forget();
            return;
        }
        let mut units = file.set_units(&mut self.db).to(Arc::default());
        let quick = lower::edit(&self.db, file, Arc::make_mut(&mut units), &before, text);
        let touched = quick.unwrap_or_else(|| {
            let mut touched: Vec<Decl> = units.table.keys().copied().collect();
            units = Arc::new(lower::lower(&self.db, file, text));
            touched.extend(units.table.keys());
            touched
        });
        let mut surprise = None;
        for decl in touched {
            let lowered = units.table.get(&decl);
            if self.say(decl, lowered.map(|lowered| lowered.code.clone())) {
                surprise = surprise.or(lowered.map(|lowered| lowered.start));
            }
        }
        file.set_units(&mut self.db).to(units);
        if let Some(place) = surprise {
            self.expect_edits(file, place);
        }
    }

    /// Says that somebody is about to edit a file around a place, as an editor does when it opens a document.
    ///
    /// What changes often is kept apart from what does not: an edit of a block that was expected to be edited looks at
    /// what depends on such blocks, and one of any other block looks at the whole platform once.
    pub fn expect_edits(&mut self, file: SourceFile, place: u32) {
        let units = file.units(&self.db).clone();
        let mut near: Vec<(u32, Decl)> = units
            .table
            .iter()
            .filter(|(_, lowered)| lowered.code.is_leaf())
            .map(|(decl, lowered)| (lowered.start.abs_diff(place), *decl))
            .collect();
        if near.len() > NEIGHBOURS {
            near.select_nth_unstable_by_key(NEIGHBOURS, |(distance, _)| *distance);
            near.truncate(NEIGHBOURS);
        }
        for (_, decl) in near {
            if self.volatile.insert(decl) {
                let code = decl.code(&self.db).clone();
                decl.set_code(&mut self.db).with_durability(Durability::LOW).to(code);
            }
        }
    }

    /// Gives a declaration its code, if that is another one; whether it is the first edit of a block.
    fn say(&mut self, decl: Decl, code: Option<Arc<Code>>) -> bool {
        let before = decl.code(&self.db);
        if *before == code {
            return false;
        }
        self.kept.note(decl, before, &code);
        // A block that changes once will change again: what does not depend on it need not be looked at then.
        let edited = before.as_ref().is_some_and(|before| before.is_leaf());
        let durability = match edited {
            true => Durability::LOW,
            false if decl.file(&self.db).path(&self.db).as_str().starts_with(import::STD) => Durability::HIGH,
            false => Durability::MEDIUM,
        };
        decl.set_code(&mut self.db).with_durability(durability).to(code);
        edited && self.volatile.insert(decl)
    }

    /// Says which files are named by the user.
    pub fn set_entries(&mut self, files: Vec<SourceFile>) {
        let workspace = Workspace::get(&self.db);
        if *workspace.entries(&self.db) != files {
            self.kept.forget();
            workspace.set_entries(&mut self.db).to(files);
        }
    }

    fn found(&mut self, path: Symbol, found: Found) {
        self.kept.forget();
        let workspace = Workspace::get(&self.db);
        // Taken out and put back: a copy for every file would make thousands of files slow.
        let mut files = workspace.set_files(&mut self.db).to(BTreeMap::new());
        files.insert(path, found);
        workspace.set_files(&mut self.db).to(files);
    }

    fn load_prelude(&mut self) {
        if let Some(text) = stdlib::find(import::PRELUDE) {
            self.set_file(import::PRELUDE, text);
        }
    }

    /// Reads what is imported, until nothing new is.
    pub fn load_imports(&mut self, loader: &dyn Loader) {
        let mut seen: FxHashSet<SourceFile> = FxHashSet::default();
        let mut queue: Vec<SourceFile> = self.numbers.clone();
        while let Some(file) = queue.pop() {
            if !seen.insert(file) {
                continue;
            }
            if import::is_data(file.path(&self.db).as_str()) {
                for module in published::imports(&self.db, file) {
                    queue.extend(self.load(loader, module));
                }
                continue;
            }
            for import in import::imports(&self.db, file) {
                if let Some(target) = import::target(file.path(&self.db), &import) {
                    queue.extend(self.load(loader, target));
                }
            }
        }
    }

    fn load(&mut self, loader: &dyn Loader, target: Symbol) -> Vec<SourceFile> {
        if !import::is_pattern(target.as_str()) {
            return self.load_file(loader, target).into_iter().collect();
        }
        let workspace = Workspace::get(&self.db);
        if !workspace.globs(&self.db).contains_key(&target) {
            let matches = loader.list(target.as_str()).map_err(|error| error.message).map(|paths| {
                let mut paths: Vec<Symbol> = paths.iter().map(|path| Symbol::new(path)).collect();
                paths.sort();
                paths
            });
            self.kept.forget();
            let mut globs = workspace.globs(&self.db).clone();
            globs.insert(target, matches);
            workspace.set_globs(&mut self.db).to(globs);
        }
        let paths = match Workspace::get(&self.db).globs(&self.db).get(&target) {
            Some(Ok(paths)) => paths.clone(),
            _ => Vec::new(),
        };
        paths.into_iter().filter_map(|path| self.load_file(loader, path)).collect()
    }

    fn load_file(&mut self, loader: &dyn Loader, path: Symbol) -> Option<SourceFile> {
        let workspace = Workspace::get(&self.db);
        match workspace.files(&self.db).get(&path) {
            Some(Found::File(file)) => return Some(*file),
            Some(Found::Failed(..)) => return None,
            None => {}
        }
        if !import::is_code(path.as_str()) && !import::is_data(path.as_str()) {
            return None;
        }
        let read = match path.as_str().strip_prefix(import::STD) {
            Some(_) => stdlib::find(path.as_str()).map(|text| Ok(text.to_string()))?,
            None => loader.read(path.as_str()),
        };
        match read {
            Ok(text) => Some(self.set_file(path.as_str(), &text)),
            Err(error) => {
                self.found(path, Found::Failed(error.code, error.message));
                None
            }
        }
    }

    /// The path and the text of a file of a diagnostic.
    pub fn file(&self, id: FileId) -> Option<(&str, &str)> {
        let Some(file) = self.numbers.get(id.0 as usize) else {
            return crate::kubernetes::file(id.0).or_else(|| published::file(&self.db, &self.numbers, id));
        };
        Some((file.path(&self.db).as_str(), file.text(&self.db)))
    }

    /// A file by its path.
    pub fn source(&self, path: &str) -> Option<SourceFile> {
        self.sources.get(&Symbol::new(path)).copied()
    }

    /// The number of a file.
    pub fn file_id(&self, path: &str) -> Option<FileId> {
        self.sources.get(&Symbol::new(path)).map(|file| FileId(file.number(&self.db)))
    }

    /// Lets so many hands compute what a check is about to ask.
    pub fn ahead(&mut self, hands: usize) {
        self.hands = hands;
        if !crate::ahead::ahead(&self.db, hands) {
            // What was given up half way may be asked again.
            self.db.trigger_cancellation();
        }
    }

    /// Everything that is wrong, in the order of files and places.
    pub fn check(&self) -> Vec<Diagnostic<Span>> {
        self.judge(Rules::All(self.hands))
    }

    /// Everything that is wrong by the language and the types: what the rules over the whole platform find is left out.
    pub fn check_language(&self) -> Vec<Diagnostic<Span>> {
        self.judge(Rules::OfLanguage)
    }

    fn judge(&self, rules: Rules) -> Vec<Diagnostic<Span>> {
        let mut found = self.choices.wrong.clone();
        // Of a lock that is wrong, the rules would say what only follows from it.
        let rules = if found.is_empty() { rules } else { Rules::OfLanguage };
        // The standard library is right, which a test of its own says: who checks a platform need not wait for that.
        for file in scope::all_files(&self.db).iter().filter(|file| !self.is_library(**file)) {
            found.extend(file_diagnostics(&self.db, *file));
        }
        for file in self.numbers.iter().filter(|file| import::is_data(file.path(&self.db).as_str())) {
            found.extend(import::data_diagnostics(&self.db, *file));
        }
        found.extend(published::findings(&self.db));
        let Judged { found: mut placed, unexplained } = self.judge_platform(rules);
        placed.extend(self.db.budget.finding());
        let mut placed = self.resolve(placed);
        for file in scope::all_files(&self.db).iter() {
            crate::following::hold_back(&self.db, *file, &decl::syntax_diagnostics(&self.db, *file), &mut placed);
        }
        found.extend(placed);
        if !found.iter().any(|finding| finding.rule.level == Level::Error) {
            found.extend(self.resolve(unexplained.into_iter().collect()));
            found.extend(self.choices.refused.iter().cloned());
        }
        self.tell_kept(&mut found);
        for file in scope::platform_files(&self.db).iter() {
            crate::allow::apply(&self.db, *file, &self.levels, &mut found);
        }
        self.levels.apply(&mut found);
        tidy(&mut found);
        found
    }

    /// What is wrong with the platform as a whole.
    fn judge_platform(&self, rules: Rules) -> Judged {
        if let (Rules::All(_), Some(judged)) = (rules, self.kept.get()) {
            return judged;
        }
        let mut found = Vec::new();
        for file in scope::all_files(&self.db).iter() {
            found.extend(extend::missing_targets(&self.db, *file));
        }
        let Verdict { unexplained, is_whole } = platform_diagnostics(&self.db, keys::root(&self.db), rules, &mut found);
        let judged = Judged { found, unexplained };
        if is_whole && self.db.budget.finding().is_none() {
            self.kept.keep(judged.clone());
        }
        judged
    }

    fn is_library(&self, file: SourceFile) -> bool {
        file.path(&self.db).as_str().starts_with(import::STD)
    }

    /// What is wrong in the code of the standard modules that are imported.
    pub fn check_library(&self) -> Vec<Diagnostic<Span>> {
        let files = scope::all_files(&self.db).iter().filter(|file| self.is_library(**file));
        files.flat_map(|file| file_diagnostics(&self.db, *file)).collect()
    }

    fn resolve(&self, found: Vec<Diagnostic<At>>) -> Vec<Diagnostic<Span>> {
        found.into_iter().map(|diagnostic| diagnostic.map_place(|at| decl::span(&self.db, at))).collect()
    }

    /// Writes the outputs of the platform.
    pub fn build(&self, sink: &mut impl Sink) {
        crate::output::write_platform(&self.db, sink);
    }

    /// Writes what the platform puts out by name, as it stands beside objects.
    pub fn outputs(&self, sink: &mut impl Sink) -> crate::output::Outputs {
        crate::output::write_outputs(&self.db, sink)
    }

    /// Where an object is written, by its number in [`objects`](Self::objects).
    pub fn object_at(&self, number: usize) -> Option<Span> {
        self.objects().get(number).map(|object| decl::span(&self.db, object.at))
    }

    /// The objects of the platform, in the order of the places where they stand.
    pub fn objects(&self) -> Vec<&Object> {
        crate::objects::objects(&self.db, &crate::objects::emitters(&self.db))
    }

    /// The files of the platform beside its objects, in the order of the places where they stand.
    pub fn files(&self) -> Vec<crate::files::File> {
        crate::files::files(&self.db, &crate::objects::emitters(&self.db))
    }

    /// How a cluster gets what is built for it, if that is in parts.
    pub fn delivery(&self, cluster: Home) -> Option<crate::delivery::Delivery> {
        crate::delivery::delivery(&self.db, cluster)
    }

    /// The platform as plain data.
    pub fn model(&self) -> crate::model::Model {
        let objects = crate::objects::known(&self.db, &crate::objects::emitters(&self.db));
        crate::model::Model::of(&self.db, keys::root(&self.db), &objects)
    }

    /// Where a place of the model is now.
    pub fn span_of(&self, model: &crate::model::Model, place: platform::Place) -> Option<Span> {
        model.at(place).map(|at| decl::span(&self.db, at))
    }

    /// The path of a place, as it is written.
    pub fn path_of(&self, home: Home) -> String {
        keys::path_text(&self.db, home)
    }

    /// Evaluates an expression, in the words of a file if one is named, and writes its value.
    pub fn eval(&mut self, entry: Option<&str>, expression: &str, sink: &mut impl Sink) -> Vec<Diagnostic<Span>> {
        let file = self.expression_file(entry, expression);
        let mut found: Vec<Diagnostic<Span>> = decl::syntax_diagnostics(&self.db, file);
        found.iter_mut().for_each(in_words_of_the_expression);
        found.extend(self.resolve(crate::test::beyond_expression(&self.db, file)));
        if found.is_empty() {
            let (value, diagnostics) = crate::test::evaluate(&self.db, file);
            found = self.resolve(diagnostics.into_iter().chain(self.db.budget.finding()).collect());
            if !found.iter().any(|diagnostic| diagnostic.rule.level == diagnostics::Level::Error) {
                crate::output::write_value(&self.db, &value, sink, 0);
            }
        }
        tidy(&mut found);
        found
    }

    /// The expression as a file of its own that sees what the entry sees.
    fn expression_file(&mut self, entry: Option<&str>, expression: &str) -> SourceFile {
        let text = format!("{BEFORE_EXPRESSION}{expression}\n");
        let path = match entry {
            Some(entry) => format!("{entry}{}", scope::EXPRESSION),
            None => scope::EXPRESSION.to_string(),
        };
        self.set_file(&path, &text)
    }

    /// Runs the tests whose titles contain a text.
    pub fn tests(&self, filter: Option<&str>) -> Vec<TestResult> {
        let mut results = Vec::new();
        for file in scope::platform_files(&self.db).iter() {
            for test in crate::test::tests_of(&self.db, *file) {
                let title = crate::test::title(&self.db, test);
                if filter.is_none_or(|filter| title.contains(filter)) {
                    results.push(crate::test::run(&self.db, test, &self.choices.expected));
                }
            }
        }
        results
    }
}

/// What makes a file of an expression.
const BEFORE_EXPRESSION: &str = "let value-of-this-expression = ";

/// What is missing right behind the part of the file that the user never wrote is the expression itself.
fn in_words_of_the_expression(finding: &mut Diagnostic<Span>) {
    let start = BEFORE_EXPRESSION.len() as u32;
    if finding.at.start < start {
        let place = Span::new(finding.at.file, start, start);
        *finding = Diagnostic::new(&rules::SYNTAX_UNEXPECTED, place, "an expression is due, and there is none")
            .help("write what to compute, such as `1 + 2`");
    }
}
