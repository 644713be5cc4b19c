//! One compilation of one platform: the only file that names the compiler, with those below it.

mod comparing;
mod drawing;
mod driver;
mod files;
mod keeping;
mod laying;
mod nodes;
mod origin;
mod pulls;

use std::mem::ManuallyDrop;
use std::num::NonZero;
use std::rc::Rc;
use std::thread;

use compiler::objects::Object;
use compiler::output::{Outputs, write_object};
use compiler::scope::EXPRESSION;
use compiler::{Database, LoadError, Loader};
use data::{Sink, json, yaml};
use diagnostics::{Diagnostic, FileId, Fix, Level, Span, rules, tidy};

use crate::arguments::{Judged, Values};
use crate::inputs::Input;
use crate::product::{Made, Objects, Owner, Scribe};
use crate::project::{LOCK, Project, Refusal};
use crate::report::{Files, Sources};
use crate::settings::Settings;

use laying::Laying;

pub use comparing::{Comparing, OBJECTS, Point};
pub use compiler::access::Way;
pub use compiler::describe;
pub use compiler::origin::{Layer, Origin};
pub use drawing::Drawing;
pub use keeping::{Change, Kept};
pub use origin::{Called, Document, Identity};
pub use pulls::Wanted;

/// How many threads compute. More of them wait for each other more than they help.
const MOST_HANDS: usize = 4;

/// How a test ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// All its assertions hold.
    Passed,
    /// One does not, or it could not be run.
    Failed,
}

/// A test that was run.
pub struct Tested {
    /// Its title.
    pub title: String,
    /// How it ended.
    pub verdict: Verdict,
    /// What failed.
    pub failures: Vec<Diagnostic>,
}

/// A platform: an entry and everything that it imports.
pub struct Session<'p> {
    project: &'p Project,
    entry: Option<String>,
    /// Never dropped: the process ends soon after, and gives all of it back at once.
    compiler: ManuallyDrop<compiler::Session>,
    /// The paths of the files, as the user shall see them, by number.
    shown: Vec<String>,
    /// The file that the compiler makes of an expression.
    expression: Option<Expression>,
    /// Whether it was computed before, so that little is left to compute.
    is_warm: bool,
}

/// An expression is compiled as a file that begins with something else.
#[derive(Clone, Copy)]
struct Expression {
    file: FileId,
    start: u32,
}

/// The platforms of an input. An entry that another one imports is a part of that one's platform.
pub fn open(input: &Input) -> Vec<Session<'_>> {
    open_beside(input, vec![])
}

/// The platforms of an input, of which some are open already.
pub fn open_beside<'p>(input: &'p Input, mut sessions: Vec<Session<'p>>) -> Vec<Session<'p>> {
    for entry in &input.entries {
        if sessions.iter().any(|session| session.contains(entry)) {
            continue;
        }
        let opened = Session::of(&input.project, Some(entry));
        sessions.retain(|session| !session.entry.as_ref().is_some_and(|entry| opened.contains(entry)));
        sessions.push(opened);
    }
    sessions
}

impl<'p> Session<'p> {
    /// The platform of one entry, or an empty one.
    pub fn of(project: &'p Project, entry: Option<&str>) -> Self {
        let entries: Vec<&str> = entry.into_iter().collect();
        // An entry was read before it became one, so it can be read.
        let (mut compiler, _) = compiler::Session::open(project, &entries);
        compiler.set_lock(entry.unwrap_or_default(), LOCK, project.lock());
        compiler.set_levels(Settings::of(project).levels);
        let mut session = Self {
            project,
            entry: entry.map(str::to_owned),
            compiler: ManuallyDrop::new(compiler),
            shown: vec![],
            expression: None,
            is_warm: false,
        };
        session.show();
        session
    }

    /// The path of the entry within its project.
    pub fn entry(&self) -> &str {
        self.entry.as_deref().unwrap_or_default()
    }

    /// The path of the entry, as the user shall see it.
    pub fn shown_entry(&self) -> String {
        self.project.shown(self.entry())
    }

    /// A file of the platform, by its path within the project.
    pub fn file(&self, path: &str) -> Option<FileId> {
        self.compiler.file_id(path)
    }

    /// Pictures of the platform, and the page of them.
    pub fn drawing(&self) -> Drawing<'_, 'p> {
        Drawing { session: self, model: self.compiler.model() }
    }

    /// Everything that is wrong.
    pub fn check(&mut self) -> Vec<Diagnostic> {
        self.judge(Judged::All)
    }

    /// What is wrong by these rules.
    pub fn judge(&mut self, rules: Judged) -> Vec<Diagnostic> {
        if !self.is_warm {
            let hands = thread::available_parallelism().map_or(1, NonZero::get);
            self.compiler.ahead(hands.min(MOST_HANDS));
        }
        self.compiler.choose();
        let found = match rules {
            Judged::All => self.compiler.check(),
            Judged::Language => self.compiler.check_language(),
        };
        self.show();
        found
    }

    /// What is wrong with the lock, which must not change.
    pub fn outdated(&self) -> Vec<Diagnostic> {
        self.compiler.outdated()
    }

    /// What the lock kept and no longer keeps, as a user reads it.
    pub fn given_up(&self) -> Vec<String> {
        let changed = self.compiler.given_up().into_iter();
        changed.map(|(path, before, now)| format!("`{path}` was {before} and is {now} now")).collect()
    }

    /// What the lock should be, if it is something else.
    pub fn new_lock(&self) -> Option<String> {
        self.compiler.new_lock()
    }

    /// What the platform makes, if nothing is wrong with it.
    pub fn build(&self, format: Values) -> Made<'_> {
        match format {
            Values::Yaml => self.made::<yaml::Writer>(),
            Values::Json => self.made::<json::Writer>(),
        }
    }

    fn made<F: Form>(&self) -> Made<'_> {
        let objects = self.compiler.objects();
        let mut outputs = F::begin();
        let are_there = self.compiler.outputs(&mut outputs) == Outputs::Written;
        let named = are_there.then(|| outputs.finish());
        if objects.is_empty() {
            return Made::Outputs { all: self.outputs::<F>(), named };
        }
        let mut paths = vec![];
        let laying = Laying::of(self, &objects);
        let nothing: Rc<str> = "".into();
        let listed = objects.iter().copied().enumerate().map(|(number, object)| backend::Object {
            api_version: object.api_version.text(),
            kind: object.kind.text(),
            namespace: object.namespace.text(),
            name: object.name.text(),
            origin: Owner {
                generate_name: object.generate_name().map_or(nothing.clone(), |name| name.as_ref().into()),
                cluster: self.cluster(object, &mut paths),
                number,
                laid: laying.laid(object),
            },
        });
        let listed = listed.collect();
        let objects = Objects::new(listed, move || self.scribe::<F>(objects.clone()));
        Made::Objects(objects, named)
    }

    /// The path of the cluster that an object is for; each is written once.
    fn cluster<'o>(&self, object: &'o Object, known: &mut Vec<(&'o Object, Rc<str>)>) -> Rc<str> {
        if let Some((_, path)) = known.iter().find(|(other, _)| other.cluster == object.cluster) {
            return path.clone();
        }
        let path: Rc<str> = object.cluster.map_or(String::new(), |home| self.compiler.path_of(home)).into();
        known.push((object, path.clone()));
        path
    }

    /// Somebody who writes objects on a thread of their own.
    fn scribe<'s, F: Form>(&'s self, objects: Vec<&'s Object>) -> Scribe<'s> {
        let db = self.compiler.db().clone();
        Box::new(move |numbers, between| {
            let objects = numbers.iter().filter_map(|number| objects.get(*number).copied());
            F::documents(&db, objects, between)
        })
    }

    /// Where an object is written, as a user counts it: `shop.pl:4:12`.
    pub fn object_place(&self, number: usize) -> Option<String> {
        self.compiler.object_at(number).map(|span| self.shown_place(span))
    }

    /// A place as a user counts it.
    pub fn shown_place(&self, span: Span) -> String {
        let files = Files::new(self);
        let start = files.extent(span).start;
        format!("{}:{}:{}", files.path(span.file), start.line, start.column)
    }

    fn outputs<F: Form>(&self) -> String {
        let mut form = F::begin();
        self.compiler.build(&mut form);
        form.finish()
    }

    /// The value of an expression as text, unless there is an error, and the errors.
    pub fn eval(&mut self, expression: &str, format: Values) -> (Option<String>, Vec<Diagnostic>) {
        let mut found = errors(self.check());
        let (text, evaluated) = match format {
            Values::Yaml => self.value::<yaml::Writer>(expression),
            Values::Json => self.value::<json::Writer>(expression),
        };
        found.extend(evaluated);
        tidy(&mut found);
        self.show();
        (is_sound(&found).then_some(text), found)
    }

    fn value<F: Form>(&mut self, expression: &str) -> (String, Vec<Diagnostic>) {
        let mut form = F::begin();
        let entry = self.entry.as_deref();
        let found = self.compiler.eval(entry, expression, &mut form);
        let path = format!("{}{}", entry.unwrap_or_default(), EXPRESSION);
        self.expression = self.compiler.file_id(&path).and_then(|file| {
            let (_, text) = self.compiler.file(file)?;
            // The expression ends the file, but for the end of its line.
            let start = text.len().checked_sub(expression.len() + 1)?;
            Some(Expression { file, start: u32::try_from(start).ok()? })
        });
        let found = found.into_iter().map(|finding| finding.map_place(|span| self.without_beginning(span)));
        (form.finish(), found.collect())
    }

    fn without_beginning(&self, span: Span) -> Span {
        match self.expression {
            Some(Expression { file, start }) if file == span.file => {
                Span::new(file, span.start.saturating_sub(start), span.end.saturating_sub(start))
            }
            _ => span,
        }
    }

    /// The tests whose name contains the filter, and the errors.
    pub fn test(&mut self, filter: Option<&str>) -> (Vec<Tested>, Vec<Diagnostic>) {
        let mut found = errors(self.check());
        let mut tests = vec![];
        self.compiler.choose_expected();
        for test in self.compiler.tests(filter) {
            let verdict = if is_sound(&test.failures) { Verdict::Passed } else { Verdict::Failed };
            found.extend(test.failures.iter().cloned());
            tests.push(Tested { title: test.title, verdict, failures: test.failures });
        }
        tidy(&mut found);
        self.show();
        (tests, found)
    }

    /// What somebody asks about: a kind of objects, or a type.
    pub fn describe(&self, subject: &str, reach: describe::Reach) -> Result<describe::Description, describe::Unknown> {
        describe::describe(self.compiler.db(), subject, reach)
    }

    fn contains(&self, path: &str) -> bool {
        self.compiler.file_id(path).is_some()
    }

    /// Notes how the files that came since are called.
    fn show(&mut self) {
        while let Some((path, _)) = self.compiler.file(number(self.shown.len())) {
            let is_module = path.starts_with("std:");
            self.shown.push(if is_module { path.to_owned() } else { self.project.shown(path) });
        }
    }
}

impl Sources for Session<'_> {
    fn path(&self, file: FileId) -> &str {
        match self.expression {
            Some(expression) if expression.file == file => "<expression>",
            _ => match self.shown.get(file.0 as usize) {
                Some(shown) => shown,
                None => self.compiler.file(file).map_or("", |(path, _)| path),
            },
        }
    }

    fn text(&self, file: FileId) -> &str {
        let text = self.compiler.file(file).map_or("", |(_, text)| text);
        match self.expression {
            Some(expression) if expression.file == file => text.get(expression.start as usize..).unwrap_or_default(),
            _ => text,
        }
    }
}

impl Loader for Project {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        Project::read(self, path).map_err(|why| load_error(path, &why))
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        Project::list(self, pattern).map_err(|why| load_error(pattern, &why))
    }
}

fn load_error(path: &str, why: &Refusal) -> LoadError {
    let rule = match why {
        Refusal::NotFound => &rules::IMPORT_NOT_FOUND,
        Refusal::OutsideRoot => &rules::IMPORT_OUTSIDE_ROOT,
        Refusal::NotText { .. } => &rules::SYNTAX_ENCODING,
        Refusal::Directory | Refusal::Special | Refusal::TooLarge | Refusal::Unreadable(_) => &rules::IMPORT_UNREADABLE,
    };
    LoadError { code: rule.code, message: format!("`{path}` can not be imported: {why}") }
}

/// The syntax errors of a text that belongs to no platform.
pub fn syntax_findings(file: FileId, text: &str) -> Vec<Diagnostic> {
    syntax::parse(text).errors.into_iter().map(|error| syntax_finding(file, error)).collect()
}

fn syntax_finding(file: FileId, error: syntax::SyntaxError) -> Diagnostic {
    let at = |range: syntax::TextRange| Span::new(file, range.start, range.end);
    let rule = rules::find(error.code).unwrap_or(&rules::SYNTAX_UNEXPECTED);
    let finding = Diagnostic::new(rule, at(error.range), error.message);
    let finding = error.labels.into_iter().fold(finding, |finding, (range, text)| finding.also(at(range), text));
    let finding = error.help.into_iter().fold(finding, Diagnostic::help);
    error.fix.into_iter().fold(finding, |finding, fix| {
        let edits = fix.edits.into_iter();
        finding.fix(edits.fold(Fix::new(fix.title), |fix, (range, text)| fix.edit(at(range), text)))
    })
}

fn number(index: usize) -> FileId {
    FileId(u32::try_from(index).unwrap_or(u32::MAX))
}

/// Only what makes a platform wrong.
pub fn errors(mut found: Vec<Diagnostic>) -> Vec<Diagnostic> {
    found.retain(|finding| finding.level == Level::Error);
    found
}

/// Whether none of it is an error.
pub fn is_sound(found: &[Diagnostic]) -> bool {
    found.iter().all(|finding| finding.level != Level::Error)
}

/// A form of values that a text can be written in.
trait Form: Sink {
    fn begin() -> Self;
    fn finish(self) -> String;
    /// Objects, each as a document, with a text between each two.
    fn documents<'s>(db: &Database, objects: impl Iterator<Item = &'s Object>, between: &str) -> String;
}

impl Form for yaml::Writer {
    fn begin() -> Self {
        yaml::Writer::new()
    }

    fn finish(self) -> String {
        self.into_string()
    }

    fn documents<'s>(db: &Database, objects: impl Iterator<Item = &'s Object>, _: &str) -> String {
        let mut form = Self::begin();
        for (number, object) in objects.enumerate() {
            if number > 0 {
                form.document_start();
            }
            write_object(db, object, &mut form);
        }
        form.finish()
    }
}

impl Form for json::Writer {
    fn begin() -> Self {
        json::Writer::pretty()
    }

    fn finish(self) -> String {
        self.into_string()
    }

    fn documents<'s>(db: &Database, objects: impl Iterator<Item = &'s Object>, between: &str) -> String {
        let mut text = String::new();
        for (number, object) in objects.enumerate() {
            let mut form = Self::begin();
            write_object(db, object, &mut form);
            text.push_str(if number > 0 { between } else { "" });
            text.push_str(form.finish().trim_end());
        }
        text
    }
}
