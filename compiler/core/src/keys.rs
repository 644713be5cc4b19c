//! What everything is named by: files, declarations and homes, as small copyable keys of the database.
//!
//! Keys are inputs that never change, made once for what they name; so the same thing has the same key in every
//! revision, and reading one costs no dependency. What a declaration says is the one thing of it that changes.

#![allow(missing_docs, reason = "the setters that salsa writes for inputs have none; every item here has")]

use std::collections::BTreeMap;
use std::sync::{Arc, Mutex, PoisonError};

use rustc_hash::FxHashMap;
use salsa::Durability;

use crate::decl;
use crate::eval::Budget;
use crate::hir::Code;
use crate::lower::Units;
use crate::symbol::Symbol;
use crate::value::Value;

/// The database, as every query sees it.
#[salsa::db]
pub trait Db: salsa::Database {
    /// How much work this run may still do.
    fn budget(&self) -> &Budget;
}

/// A file of the platform or of the standard library.
#[salsa::input(debug)]
pub struct SourceFile {
    /// Its path below the root of the project; a module's begins with `std/`.
    #[returns(copy)]
    pub path: Symbol,
    /// Its number in diagnostics.
    #[returns(copy)]
    pub number: u32,
    /// Its text.
    #[returns(ref)]
    pub text: Arc<str>,
    /// Its declarations with the places in them, and what the parser found wrong.
    #[returns(ref)]
    pub units: Arc<Units>,
}

/// What a path of an import leads to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Found {
    /// A file.
    File(SourceFile),
    /// Nothing that can be read: the code of the rule, and why.
    Failed(&'static str, String),
}

/// Everything that was read from the outside.
#[salsa::input(singleton)]
pub struct Workspace {
    /// The files that were named on the command line or are open in the editor.
    #[returns(ref)]
    pub entries: Vec<SourceFile>,
    /// What every path that is imported leads to.
    #[returns(ref)]
    pub files: BTreeMap<Symbol, Found>,
    /// What every pattern that is imported matches.
    #[returns(ref)]
    pub globs: BTreeMap<Symbol, Result<Vec<Symbol>, String>>,
}

/// A top-level declaration or a named block at any depth: the unit of invalidation.
#[salsa::input(debug)]
pub struct Decl {
    /// The file that it stands in.
    #[returns(copy)]
    pub file: SourceFile,
    /// The declaration around it; none for a file.
    #[returns(copy)]
    pub parent: Option<Decl>,
    /// What it is opened by: `service shop`, `schema WebApp`, `let x`.
    #[returns(copy)]
    pub head: Symbol,
    /// How many of the same head stand before it.
    #[returns(copy)]
    pub nth: u32,
    /// What it says, without places: the firewall between text and meaning. None while it stands nowhere.
    #[returns(ref)]
    pub code: Option<Arc<Code>>,
}

/// A place where an instance stands: a path through the platform.
#[salsa::input(debug)]
pub struct Home {
    /// The home around it; none for a platform.
    #[returns(copy)]
    pub parent: Option<Home>,
    /// The last step of the path.
    #[returns(copy)]
    pub step: Step,
}

/// Some of the declarations in another, or of the homes right below another: what is asked of very many is asked of these,
/// so that where nothing changed, there are few answers to look at.
#[salsa::input(debug)]
pub struct Handful {
    /// What they stand in.
    #[returns(copy)]
    pub whose: Whose,
    /// How many handfuls stand before it.
    #[returns(copy)]
    pub number: u32,
}

/// What the members of a handful stand in.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Whose {
    /// A declaration, of which they are inner ones.
    Decl(Decl),
    /// A home, which they are right below.
    Home(Home),
}

/// How many a handful are.
pub const HANDFUL: usize = 64;

impl Handful {
    /// The handfuls that so many are, in order.
    pub fn all(db: &dyn Db, whose: Whose, count: usize) -> impl Iterator<Item = Handful> {
        (0..count.div_ceil(HANDFUL) as u32).map(move |number| handful(db, whose, number))
    }

    /// Its members, among all.
    pub fn of<'a, T>(self, db: &dyn Db, all: &'a [T]) -> &'a [T] {
        all.chunks(HANDFUL).nth(self.number(db) as usize).unwrap_or_default()
    }
}

/// What was chosen for an `auto`; its path is its key.
#[salsa::input(debug)]
pub struct Choice {
    /// The value; nothing while none was chosen.
    #[returns(ref)]
    pub value: Option<Value>,
}

/// A step of a path through the platform.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Step {
    /// The platform itself.
    Root,
    /// The platform of the nth `expect` of a test.
    Expect(Decl, u32),
    /// `.network`
    Field(Symbol),
    /// `.host.cp-1`
    Entry(Symbol, Symbol),
}

impl Step {
    /// The word by which bodies inside it call it.
    pub fn word(self) -> Option<Symbol> {
        match self {
            Step::Root | Step::Expect(..) => None,
            Step::Field(name) | Step::Entry(name, _) => Some(name),
        }
    }

    /// The name of an instance that stands there.
    pub fn name(self) -> Option<Symbol> {
        match self {
            Step::Root | Step::Expect(..) => None,
            Step::Field(name) | Step::Entry(_, name) => Some(name),
        }
    }
}

type DeclData = (SourceFile, Option<Decl>, Symbol, u32);
type HomeData = (Option<Home>, Step);

/// The keys made so far.
#[derive(Default)]
pub struct KeyTable {
    decls: Mutex<FxHashMap<DeclData, Decl>>,
    homes: Mutex<FxHashMap<HomeData, Home>>,
    written: Mutex<FxHashMap<Symbol, SourceFile>>,
    choices: Mutex<FxHashMap<Symbol, Choice>>,
    handfuls: Mutex<FxHashMap<(Whose, u32), Handful>>,
}

/// The one table of keys of a database.
#[salsa::input(singleton)]
pub struct Keys {
    /// The table.
    #[returns(ref)]
    pub table: SharedTable,
}

/// The table, shared by all snapshots of a database.
#[derive(Clone, Default)]
pub struct SharedTable(Arc<KeyTable>);

/// Makes a fresh database ready for keys.
pub fn prepare(db: &dyn Db) {
    let _ = Keys::builder(SharedTable::default()).durability(Durability::NEVER_CHANGE).new(db);
}

/// The key of a declaration.
pub fn decl(db: &dyn Db, file: SourceFile, parent: Option<Decl>, head: Symbol, nth: u32) -> Decl {
    let table = &Keys::get(db).table(db).0;
    let mut decls = table.decls.lock().unwrap_or_else(PoisonError::into_inner);
    // What the compiler writes never changes; what a person writes is changed by who gives it its code.
    let durability = if decl::is_written(db, file) { Durability::NEVER_CHANGE } else { Durability::LOW };
    *decls.entry((file, parent, head, nth)).or_insert_with(|| {
        let decl = Decl::builder(file, parent, head, nth, None).durability(Durability::NEVER_CHANGE);
        decl.code_durability(durability).new(db)
    })
}

/// The key of a file's own declaration.
pub fn file_decl(db: &dyn Db, file: SourceFile) -> Decl {
    decl(db, file, None, Symbol::new(""), 0)
}

/// A file that nobody reads: the compiler writes it, always with the same text.
pub fn written_file(db: &dyn Db, path: Symbol, number: u32) -> SourceFile {
    let table = &Keys::get(db).table(db).0;
    let mut written = table.written.lock().unwrap_or_else(PoisonError::into_inner);
    *written.entry(path).or_insert_with(|| {
        let file = SourceFile::builder(path, number, Arc::from(""), Arc::default());
        file.durability(Durability::NEVER_CHANGE).new(db)
    })
}

/// The key of a home.
pub fn home(db: &dyn Db, parent: Option<Home>, step: Step) -> Home {
    let table = &Keys::get(db).table(db).0;
    let mut homes = table.homes.lock().unwrap_or_else(PoisonError::into_inner);
    *homes
        .entry((parent, step))
        .or_insert_with(|| Home::builder(parent, step).durability(Durability::NEVER_CHANGE).new(db))
}

/// The key of a handful.
fn handful(db: &dyn Db, whose: Whose, number: u32) -> Handful {
    let table = &Keys::get(db).table(db).0;
    let mut handfuls = table.handfuls.lock().unwrap_or_else(PoisonError::into_inner);
    *handfuls
        .entry((whose, number))
        .or_insert_with(|| Handful::builder(whose, number).durability(Durability::NEVER_CHANGE).new(db))
}

/// What was chosen for the `auto` at a path.
pub fn choice(db: &dyn Db, path: Symbol) -> Choice {
    let table = &Keys::get(db).table(db).0;
    let mut choices = table.choices.lock().unwrap_or_else(PoisonError::into_inner);
    *choices.entry(path).or_insert_with(|| Choice::builder(None).durability(Durability::LOW).new(db))
}

/// The path of a field: `lab.host.one.address`.
pub fn field_path(db: &dyn Db, home: Home, field: Symbol) -> String {
    let mut text = if home.parent(db).is_none() { String::new() } else { path_text(db, home) };
    push_name(&mut text, field.as_str());
    text
}

/// The platform's own home.
pub fn root(db: &dyn Db) -> Home {
    home(db, None, Step::Root)
}

/// The path of a home, as it is written: `anton.namespace.web.service.shop`.
pub fn path_text(db: &dyn Db, home: Home) -> String {
    let mut steps = Vec::new();
    let mut at = Some(home);
    while let Some(home) = at {
        steps.push(home.step(db));
        at = home.parent(db);
    }
    let mut text = String::new();
    for step in steps.into_iter().rev() {
        match step {
            Step::Root | Step::Expect(..) => {}
            Step::Field(name) => push_name(&mut text, name.as_str()),
            // A file's blocks are known by their name alone.
            Step::Entry(_, name) if text.is_empty() => push_name(&mut text, name.as_str()),
            Step::Entry(collection, name) => {
                push_name(&mut text, collection.as_str());
                push_name(&mut text, name.as_str());
            }
        }
    }
    if text.is_empty() { "the platform".to_string() } else { text }
}

/// Appends a name to a path.
pub fn push_name(text: &mut String, name: &str) {
    if !text.is_empty() {
        text.push('.');
    }
    let plain = name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'_' || byte == b'-');
    if plain && !name.is_empty() {
        text.push_str(name);
    } else {
        text.push_str(&format!("{name:?}"));
    }
}

/// The name that a declaration declares: the last word of its head.
pub fn decl_name(db: &dyn Db, decl: Decl) -> &'static str {
    let head = decl.head(db).as_str();
    head.rsplit_once(' ').map_or(head, |(_, name)| name)
}

/// A place in the source that stays true when other declarations change.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub struct At {
    /// The declaration.
    pub decl: Decl,
    /// The element of it.
    pub node: u32,
}
