//! What names mean at the top of files: declarations, blocks, modules, and the prelude's names behind them.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::{FxHashMap, FxHashSet};

use crate::decl::code;
use crate::hir::{CodeKind, NamedForm, StatementKind};
use crate::import;
use crate::keys::{self, At, Db, Decl, Found, Home, SourceFile, Step, Workspace};
use crate::kubernetes;
use crate::published;
use crate::symbol::Symbol;

/// What a name at the top of a file means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Named {
    /// `let`, `type`, `fn` or `schema`.
    Decl(Decl),
    /// A block of the platform, and the declaration that opens it.
    Block(Home, Decl),
    /// A file by its name here.
    Module(SourceFile),
    /// A data file by its name here: the file that imports it, and the number of the import.
    Data(SourceFile, u32),
    /// An import that leads nowhere, which is said at the import.
    Missing,
}

/// The names of a file.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Names {
    /// What each means.
    pub map: FxHashMap<Symbol, Named>,
    /// Blocks whose name means something else already.
    pub others: Vec<(Symbol, At)>,
    /// Names that are declared twice.
    pub diagnostics: Vec<Diagnostic<At>>,
}

/// The names that a file declares or imports.
#[salsa::tracked]
pub fn names(db: &dyn Db, file: SourceFile) -> Arc<Names> {
    let decl = keys::file_decl(db, file);
    let mut declared =
        Declared { decl, names: Names::default(), places: FxHashMap::default(), blocks: FxHashSet::default() };
    let Some(code) = code(db, decl) else {
        return Arc::default();
    };
    let CodeKind::File { imports, names, body, .. } = &code.kind else {
        return Arc::default();
    };
    for (number, import) in imports.iter().enumerate() {
        let Some((name, node)) = import_name(import) else {
            continue;
        };
        let target = import::files(db, file, import).first().copied();
        let types = target.filter(|_| import.ty.is_none()).and_then(|target| published::types(db, target));
        declared.declare(
            name,
            node,
            match types.or(target) {
                Some(target) if import.ty.is_none() && published::is_broken(db, target) => Named::Missing,
                Some(target) if import::is_data(target.path(db).as_str()) => Named::Data(file, number as u32),
                Some(target) => Named::Module(target),
                None => Named::Missing,
            },
        );
    }
    for (ident, decl) in names {
        declared.declare(ident.name, ident.node, Named::Decl(*decl));
    }
    for statement in &body.statements {
        let StatementKind::Named { path, name, decl, form, .. } = &statement.kind else {
            continue;
        };
        let ([word], Some(plain)) = (&**path, name.plain()) else {
            continue;
        };
        if *form == NamedForm::Null {
            continue;
        }
        // Blocks of one name in two collections are both fine; only the bare name is not.
        if !declared.blocks.insert((word.name, plain)) {
            continue;
        }
        match declared.names.map.get(&plain) {
            // A declared name wins over that of a block: `output domain: domain` means what it looks like.
            Some(Named::Block(..)) => declared.names.others.push((plain, At { decl: declared.decl, node: name.node })),
            Some(_) => {}
            None => {
                let home = keys::home(db, Some(keys::root(db)), Step::Entry(word.name, plain));
                declared.declare(plain, name.node, Named::Block(home, *decl));
            }
        }
    }
    Arc::new(declared.names)
}

struct Declared {
    decl: Decl,
    names: Names,
    places: FxHashMap<Symbol, At>,
    blocks: FxHashSet<(Symbol, Symbol)>,
}

impl Declared {
    fn declare(&mut self, name: Symbol, node: u32, meaning: Named) {
        let at = At { decl: self.decl, node };
        match self.places.get(&name) {
            Some(first) => {
                let message = format!("`{name}` is declared twice in this file");
                let diagnostic = Diagnostic::new(&rules::NAME_DUPLICATE, at, message)
                    .label("declared again here")
                    .also(*first, "first declared here")
                    .help("rename one of them");
                self.names.diagnostics.push(diagnostic);
            }
            None => {
                self.places.insert(name, at);
                self.names.map.insert(name, meaning);
            }
        }
    }
}

/// The name by which an import is used: its alias, or a module's last word.
fn import_name(import: &crate::hir::Import) -> Option<(Symbol, u32)> {
    match import.alias {
        Some(alias) => Some((alias.name, alias.node)),
        None if import.module => {
            let last = import.path.as_str().rsplit('/').next()?;
            Some((Symbol::new(last), import.path_node))
        }
        None => None,
    }
}

/// What the path of an expression ends in, behind that of the file whose names it sees.
pub const EXPRESSION: &str = "#expression";

/// What a name means at the top of a file; the prelude's names yield to the file's.
pub fn lookup(db: &dyn Db, file: SourceFile, name: Symbol) -> Option<Named> {
    if let Some(named) = member(db, file, name) {
        return Some(named);
    }
    if let Some(named) = spoken_in(db, file).and_then(|file| member(db, file, name)) {
        return Some(named);
    }
    declared(db, prelude(db)?).get(&name).copied()
}

/// What a name means in a file, seen from another.
pub fn member(db: &dyn Db, file: SourceFile, name: Symbol) -> Option<Named> {
    if kubernetes::is_part(file.path(db).as_str())
        && let Some(named) = kubernetes::member(db, file, name)
    {
        return Some(named);
    }
    declared(db, file).get(&name).copied().or_else(|| *block(db, file, name))
}

/// The names that a file declares or imports, its blocks left out: a block more changes nothing for who reads these.
#[salsa::tracked]
pub fn declared(db: &dyn Db, file: SourceFile) -> FxHashMap<Symbol, Named> {
    let all = names(db, file).map.iter();
    all.filter(|(_, named)| !matches!(named, Named::Block(..))).map(|(name, named)| (*name, *named)).collect()
}

/// The block of a name.
#[salsa::tracked]
fn block(db: &dyn Db, file: SourceFile, name: Symbol) -> Option<Named> {
    names(db, file).map.get(&name).copied().filter(|named| matches!(named, Named::Block(..)))
}

/// Where a file has another block of the name.
#[salsa::tracked]
pub fn other_block(db: &dyn Db, file: SourceFile, name: Symbol) -> Option<At> {
    names(db, file).others.iter().find(|other| other.0 == name).map(|other| other.1)
}

/// The file in whose words an expression is written.
fn spoken_in(db: &dyn Db, file: SourceFile) -> Option<SourceFile> {
    let path = file.path(db).as_str().strip_suffix(EXPRESSION)?;
    match Workspace::get(db).files(db).get(&Symbol::new(path)) {
        Some(Found::File(file)) => Some(*file),
        _ => None,
    }
}

/// Every name that could stand alone in a file.
#[salsa::tracked]
fn visible(db: &dyn Db, file: SourceFile) -> Arc<Vec<Symbol>> {
    let mut found: Vec<Symbol> = names(db, file).map.keys().copied().collect();
    if kubernetes::is_part(file.path(db).as_str()) {
        found.extend(kubernetes::names());
    }
    for file in spoken_in(db, file).into_iter().chain(prelude(db)) {
        found.extend(names(db, file).map.keys().copied());
    }
    found.sort();
    Arc::new(found)
}

/// Among how many names a misspelled one is looked for.
const SUGGESTIONS: usize = 300;

/// The names that could stand alone in a file, for suggestions; of very many, some that begin alike.
pub fn suggestions(db: &dyn Db, file: SourceFile, word: Symbol) -> &[Symbol] {
    let visible = visible(db, file);
    if visible.len() <= SUGGESTIONS {
        return visible;
    }
    let first = |name: &Symbol| name.as_str().chars().next();
    let start = visible.partition_point(|name| first(name) < first(&word));
    let alike = visible.get(start..).unwrap_or_default();
    let end = alike.partition_point(|name| first(name) == first(&word));
    alike.get(..end.min(SUGGESTIONS)).unwrap_or_default()
}

/// The prelude's file.
pub fn prelude(db: &dyn Db) -> Option<SourceFile> {
    match Workspace::get(db).files(db).get(&Symbol::new(import::PRELUDE)) {
        Some(Found::File(file)) => Some(*file),
        _ => None,
    }
}

/// The schemas of the prelude that the language itself knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct Prelude {
    /// The whole.
    pub platform: Option<Decl>,
    /// What objects are for.
    pub cluster: Option<Decl>,
    /// Where objects stand.
    pub namespace: Option<Decl>,
    /// Objects from elsewhere.
    pub bundle: Option<Decl>,
    /// A file that comes out.
    pub artifact: Option<Decl>,
    /// An object of any kind.
    pub object: Option<Decl>,
    /// A chart.
    pub release: Option<Decl>,
    /// A secret, and a key of one: what is given where one is due may be a secret itself.
    pub secrets: [Option<Decl>; 2],
}

/// The schemas of the prelude that the language itself knows.
#[salsa::tracked]
pub fn prelude_schemas(db: &dyn Db) -> Prelude {
    let Some(prelude) = prelude(db) else {
        return Prelude::default();
    };
    let known = &names(db, prelude).map;
    let find = |name: &str| match known.get(&Symbol::new(name)) {
        Some(Named::Decl(decl)) => Some(*decl),
        _ => None,
    };
    Prelude {
        platform: find("Platform"),
        cluster: find("Cluster"),
        namespace: find("Namespace"),
        bundle: find("Bundle"),
        artifact: find("Artifact"),
        object: find("Object"),
        release: find("Release"),
        secrets: [find("Secret"), find("SecretKey")],
    }
}

/// All code files that the entries lead to, the standard library's too.
#[salsa::tracked]
pub fn all_files(db: &dyn Db) -> Arc<Vec<SourceFile>> {
    let mut seen: FxHashSet<SourceFile> = FxHashSet::default();
    let mut queue: Vec<SourceFile> = Workspace::get(db).entries(db).iter().rev().copied().collect();
    queue.extend(prelude(db));
    let mut found = Vec::new();
    while let Some(file) = queue.pop() {
        if import::is_data(file.path(db).as_str()) || !seen.insert(file) {
            continue;
        }
        found.push(file);
        for import in import::imports(db, file).iter().rev() {
            queue.extend(import::files(db, file, import));
        }
    }
    found.sort_by_key(|file| file.path(db));
    Arc::new(found)
}

/// The files whose blocks make the platform, by path.
#[salsa::tracked]
pub fn platform_files(db: &dyn Db) -> Arc<Vec<SourceFile>> {
    let files = all_files(db).iter().copied();
    Arc::new(files.filter(|file| !file.path(db).as_str().starts_with(import::STD)).collect())
}
