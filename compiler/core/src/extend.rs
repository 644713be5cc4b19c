//! `extend`: which bodies from elsewhere belong to which instance.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};
use rustc_hash::FxHashMap;

use crate::decl::code;
use crate::hir::{CodeKind, Ident};
use crate::keys::{self, At, Db, Decl, Home, SourceFile, Step};
use crate::scope::{self, Named};
use crate::symbol::Symbol;
use crate::ty::Ty;

/// What an `extend` adds to.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Hash)]
pub enum Extended {
    /// An instance of the platform.
    Home(Home),
    /// A `let`.
    Let(Decl),
}

/// All `extend`s, by what they add to.
#[salsa::tracked]
fn table(db: &dyn Db) -> Arc<FxHashMap<Extended, Vec<Decl>>> {
    let mut table: FxHashMap<Extended, Vec<Decl>> = FxHashMap::default();
    for file in scope::all_files(db).iter() {
        for decl in extends_of(db, *file) {
            if let Ok(target) = target(db, decl) {
                table.entry(target.extended).or_default().push(decl);
            }
        }
    }
    Arc::new(table)
}

/// The `extend`s of a file.
pub fn extends_of(db: &dyn Db, file: SourceFile) -> Vec<Decl> {
    match code(db, keys::file_decl(db, file)).map(|code| &code.kind) {
        Some(CodeKind::File { extends, .. }) => extends.clone(),
        _ => Vec::new(),
    }
}

/// Whether anything is extended at all.
#[salsa::tracked]
fn anything(db: &dyn Db) -> bool {
    !table(db).is_empty()
}

/// The `extend`s of one instance.
pub fn extensions(db: &dyn Db, home: Home) -> &[Decl] {
    if *anything(db) { extensions_of(db, home) } else { &[] }
}

#[salsa::tracked]
fn extensions_of(db: &dyn Db, home: Home) -> Vec<Decl> {
    table(db).get(&Extended::Home(home)).cloned().unwrap_or_default()
}

/// The `extend`s of a `let`.
pub fn global_extensions(db: &dyn Db, decl: Decl) -> Vec<Decl> {
    table(db).get(&Extended::Let(decl)).cloned().unwrap_or_default()
}

/// What an `extend` adds to, with the schema that is known of it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Target {
    /// The instance.
    pub extended: Extended,
    /// What its path says of its type.
    pub ty: Ty,
    /// The words of the path and their types, outermost first.
    pub words: Vec<(Symbol, Ty)>,
}

/// What an `extend` adds to, or what is wrong with its path.
#[salsa::tracked]
pub fn target(db: &dyn Db, decl: Decl) -> Result<Target, Diagnostic<At>> {
    let code = code(db, decl);
    let Some(CodeKind::Extend { path, .. }) = code.map(|code| &code.kind) else {
        return Err(unknown(decl, 0, "nothing"));
    };
    let mut names = path.iter();
    let Some(first) = names.next() else {
        return Err(unknown(decl, 0, "nothing"));
    };
    let mut file = decl.file(db);
    let mut ident = first;
    loop {
        match scope::lookup(db, file, ident.name) {
            Some(Named::Module(module)) => {
                file = module;
                let Some(next) = names.next() else {
                    return Err(unknown(decl, ident.node, ident.name.as_str()));
                };
                ident = next;
            }
            Some(Named::Block(home, opener)) => {
                return from_home(db, decl, home, opener, names.as_slice());
            }
            Some(Named::Decl(global)) if global.head(db).as_str().starts_with("let ") => {
                let ty = crate::check::global_type(db, global);
                return Ok(Target { extended: Extended::Let(global), ty: ty.clone(), words: Vec::new() });
            }
            _ => return Err(not_found(db, decl, file, ident)),
        }
    }
}

fn from_home(db: &dyn Db, decl: Decl, home: Home, opener: Decl, rest: &[Ident]) -> Result<Target, Diagnostic<At>> {
    let mut home = home;
    let mut known = Some(opener);
    let mut ty = crate::check::opened_type(db, opener);
    let mut words: Vec<(Symbol, Ty)> = home.step(db).word().map(|word| (word, ty.clone())).into_iter().collect();
    let mut names = rest.iter();
    while let Some(ident) = names.next() {
        let Some((slot, field)) = crate::check::types::slot_of(db, &ty, ident.name) else {
            return Err(unknown(decl, ident.node, ident.name.as_str()));
        };
        let step = match crate::schema::is_each(db, slot, &ty) {
            true => {
                let Some(key) = names.next() else {
                    return Err(unknown(decl, ident.node, ident.name.as_str()));
                };
                let found = known.and_then(|known| crate::check::known_entry(db, known, ident.name, key.name, &field));
                known = found.as_ref().map(|found| found.0);
                ty = found.map_or(field, |found| found.1);
                Step::Entry(ident.name, key.name)
            }
            false => {
                known = None;
                ty = field;
                Step::Field(ident.name)
            }
        };
        home = keys::home(db, Some(home), step);
        words.push((ident.name, ty.clone()));
    }
    Ok(Target { extended: Extended::Home(home), ty, words })
}

/// The `extend`s of a file whose path is well formed, but leads to an entry that does not exist.
pub fn missing_targets(db: &dyn Db, file: SourceFile) -> Vec<Diagnostic<At>> {
    let decls = extends_of(db, file);
    decls.into_iter().filter_map(|decl| missing_target(db, decl)).collect()
}

fn missing_target(db: &dyn Db, decl: Decl) -> Option<Diagnostic<At>> {
    let Ok(Target { extended: Extended::Home(home), .. }) = target(db, decl) else {
        return None;
    };
    let mut path = vec![*home];
    while let Some(parent) = path.last().and_then(|home| home.parent(db)) {
        path.push(parent);
    }
    for home in path.iter().rev().skip(1) {
        let (Some(parent), Step::Entry(collection, name)) = (home.parent(db), home.step(db)) else {
            continue;
        };
        let object = crate::eval::placed(db, parent).as_ref()?;
        let slot = crate::schema::schema(db, object.schema).slot(collection)?;
        let entries = &crate::eval::entries(db, parent, slot).value;
        if entries.get(name).is_some() {
            continue;
        }
        let message = format!("there is no `{}` to extend", keys::path_text(db, *home));
        let near = domain::nearest(name.as_str(), entries.list.iter().map(|entry| entry.0.as_str()));
        let at = At { decl, node: node_of(db, decl, *home, &path) };
        let diagnostic = Diagnostic::new(&rules::WRITE_UNKNOWN_TARGET, at, message);
        return Some(match near {
            Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
            None => diagnostic.help("`extend` adds to what exists; open the entry with a block first"),
        });
    }
    None
}

/// Where the name of a home stands in the path of an `extend` that leads to the first of these homes.
fn node_of(db: &dyn Db, decl: Decl, home: Home, path: &[Home]) -> u32 {
    let code = code(db, decl);
    let Some(CodeKind::Extend { path: names, .. }) = code.map(|code| &code.kind) else {
        return 0;
    };
    let behind = path.iter().take_while(|other| **other != home);
    let words: usize = behind.map(|home| if matches!(home.step(db), Step::Entry(..)) { 2 } else { 1 }).sum();
    names.iter().rev().nth(words).map_or(0, |name| name.node)
}

fn unknown(decl: Decl, node: u32, name: &str) -> Diagnostic<At> {
    Diagnostic::new(
        &rules::WRITE_UNKNOWN_TARGET,
        At { decl, node },
        format!("`{name}` leads to nothing that can be extended"),
    )
    .help("name a block of the platform, from its file's top: `extend anton.namespace.web { .. }`")
}

fn not_found(db: &dyn Db, decl: Decl, file: SourceFile, ident: &Ident) -> Diagnostic<At> {
    let known = scope::suggestions(db, file, ident.name);
    let near = domain::nearest(ident.name.as_str(), known.iter().map(|name| name.as_str()));
    let diagnostic = unknown(decl, ident.node, ident.name.as_str());
    match near {
        Some(near) => diagnostic.help(format!("did you mean `{near}`?")),
        None => diagnostic,
    }
}
