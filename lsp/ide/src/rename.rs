//! Another name for something, wherever it is named; or why it can not have one.

use compiler::check::Meaning;
use compiler::hir::{CodeKind, StatementKind};
use compiler::keys::{Db, Decl, SourceFile};
use compiler::schema::schema;
use compiler::{Session, Symbol, decl, import, scope};
use diagnostics::FileId;

use crate::at::{self, Identity, Standing, at};
use crate::references::{Wanted, everywhere, unquoted};
use crate::{Edit, Place, TextRange};

/// What can be renamed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Prepared {
    /// Where its name stands.
    pub range: TextRange,
    /// Its name.
    pub name: String,
}

/// What stands at an offset, if it can be renamed; else why not.
pub fn prepare(session: &Session, file: SourceFile, offset: u32) -> Result<Prepared, String> {
    let (standing, wanted) = wanted(session, file, offset)?;
    let text = file.text(session.db()).get(standing.range.bytes()).unwrap_or_default();
    let quote = u32::from(unquoted(text).len() != text.len());
    let range = TextRange::new(standing.range.start + quote, standing.range.end.saturating_sub(quote));
    Ok(Prepared { range, name: wanted.name })
}

/// The edits that give what stands at an offset another name; else why it can not have it.
pub fn rename(session: &Session, file: SourceFile, offset: u32, name: &str) -> Result<Vec<Edit>, String> {
    let (standing, wanted) = wanted(session, file, offset)?;
    if name == wanted.name {
        return Ok(Vec::new());
    }
    let db = session.db();
    let form = Form::of(db, &wanted.identity);
    form.check(name)?;
    taken(db, &wanted.identity, &standing, name)?;
    let quoted = !is_plain(name);
    let edits = everywhere(session, &wanted).into_iter().map(|reference| {
        let place = reference.place;
        let text = session.file(place.file).map_or("", |(_, text)| text);
        let before = place.range.start.checked_sub(1).and_then(|at| text.as_bytes().get(at as usize));
        let is_quoted = before == Some(&b'"');
        let text = if quoted && !is_quoted { format!("\"{name}\"") } else { name.to_string() };
        Edit { place, text }
    });
    let mut edits: Vec<Edit> = edits.collect();
    if let Identity::File(target) = wanted.identity {
        edits.extend(new_alias(session, file, target, name));
    }
    edits.sort();
    match edits.iter().find(|edit| is_library(session, edit.place.file)) {
        Some(_) => Err(format!("`{}` is named in the standard library too, which can not be changed", wanted.name)),
        None => Ok(edits),
    }
}

fn wanted(session: &Session, file: SourceFile, offset: u32) -> Result<(Standing, Wanted), String> {
    let db = session.db();
    let nothing = || "nothing here has a name that can be changed".to_string();
    let standing = at(session, file, offset).ok_or_else(nothing)?;
    let text = file.text(db).get(standing.range.bytes()).unwrap_or_default();
    match &standing.meaning {
        Meaning::This(_) | Meaning::InstanceName | Meaning::Auto(_) | Meaning::FreeKey(_) => return Err(nothing()),
        Meaning::Word { known: None, .. } | Meaning::Place { .. } => {
            return Err(format!("`{text}` is the word of what is around: rename it where that is declared"));
        }
        Meaning::Method(_) | Meaning::BuiltIn(_) => {
            return Err(format!("`{text}` is built into the language"));
        }
        _ => {}
    }
    let wanted = Wanted::of(session, &standing).ok_or_else(nothing)?;
    if matches!(wanted.identity, Identity::File(_)) && import_path(db, &standing) {
        return Err("this is the path of a file: rename the file".to_string());
    }
    let target = at::target(db, &standing.meaning).map(|target| target.focus.file);
    let own = matches!(wanted.identity, Identity::File(_));
    if let Some(target) = target.filter(|target| !own && is_library(session, *target)) {
        let (path, _) = session.file(target).unwrap_or_default();
        let what = if target.0 >= compiler::kubernetes::FIRST_NUMBER { "Kubernetes" } else { "the standard library" };
        return Err(format!("`{}` is declared in {what} (`{path}`), which can not be changed", wanted.name));
    }
    Ok((standing, wanted))
}

/// Whether a name is the path of an import, or the last word of a module's.
fn import_path(db: &dyn Db, standing: &Standing) -> bool {
    let file = standing.decl.file(db);
    import::imports(db, file)
        .iter()
        .any(|import| standing.decl.parent(db).is_none() && import.path_node == standing.node)
}

/// An import that had no alias gets one.
fn new_alias(session: &Session, file: SourceFile, target: SourceFile, name: &str) -> Option<Edit> {
    let db = session.db();
    let imports = import::imports(db, file);
    let import = imports.iter().find(|import| import::files(db, file, import).contains(&target))?;
    if import.alias.is_some() {
        return None;
    }
    let at = compiler::keys::At { decl: compiler::keys::file_decl(db, file), node: import.path_node };
    let place = Place::of(decl::span(db, at));
    let end = Place { range: TextRange::empty(place.range.end), ..place };
    Some(Edit { place: end, text: format!(" as {name}") })
}

fn is_library(session: &Session, file: FileId) -> bool {
    session.file(file).is_some_and(|(path, _)| path.starts_with(import::STD))
}

/// What a name may look like.
enum Form {
    /// A word.
    Word,
    /// A word, or any text in quotes.
    Text,
}

impl Form {
    fn of(db: &dyn Db, identity: &Identity) -> Form {
        match identity {
            Identity::Decl(decl) if at::name_of_block(db, *decl).is_some() => Form::Text,
            Identity::At(at) if at.decl.head(db).as_str().starts_with("type ") => Form::Text,
            _ => Form::Word,
        }
    }

    fn check(&self, name: &str) -> Result<(), String> {
        let has_control = name.chars().any(|letter| letter.is_control() || letter == '"' || letter == '\\');
        match self {
            _ if name.is_empty() => Err("a name has at least one letter".to_string()),
            Form::Text if has_control => {
                Err(format!("`{}` is no name: it has quotes or the like", name.escape_debug()))
            }
            Form::Word if !is_plain(name) => {
                Err(format!("`{}` is no name: write letters, digits, `-` and `_`", name.escape_debug()))
            }
            Form::Word if is_keyword(name) => Err(format!("`{name}` is a word of the language")),
            _ => Ok(()),
        }
    }
}

/// Whether a text is one word to the lexer.
fn is_plain(name: &str) -> bool {
    let mut letters = name.chars();
    let first = letters.next().is_some_and(|first| first.is_ascii_alphabetic() || first == '_');
    let plain = letters.all(|letter| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-');
    first && plain && !name.ends_with('-') && !name.contains("--")
}

fn is_keyword(name: &str) -> bool {
    let words = "import as let type fn schema is in extend test assert expect error each emit check if then else for \
                 match with where and or not self null true false it";
    words.split_whitespace().any(|word| word == name)
}

/// Whether somebody around has the name already.
fn taken(db: &dyn Db, identity: &Identity, standing: &Standing, name: &str) -> Result<(), String> {
    let new = Symbol::new(name);
    match identity {
        Identity::Decl(decl) => match at::name_of_block(db, *decl) {
            Some(named) => entry_taken(db, named.decl, *decl, new),
            None => name_taken(db, decl.file(db), new),
        },
        Identity::File(_) => name_taken(db, standing.decl.file(db), new),
        Identity::Field(owner, _) => field_taken(db, *owner, new),
        Identity::At(at) => {
            let code = decl::code(db, at.decl);
            let clash = code.is_some_and(|code| locals(code).contains(&new))
                || scope::lookup(db, at.decl.file(db), new).is_some();
            let is_key = at.decl.head(db).as_str().starts_with("type ");
            match clash && !is_key {
                true => Err(format!("`{name}` means something else here already")),
                false => Ok(()),
            }
        }
        Identity::Method(_) | Identity::BuiltIn(_) | Identity::Place(..) => Ok(()),
    }
}

fn name_taken(db: &dyn Db, file: SourceFile, name: Symbol) -> Result<(), String> {
    match scope::names(db, file).map.contains_key(&name) {
        true => Err(format!("`{name}` is taken: `{}` has something of that name", file.path(db))),
        false => Ok(()),
    }
}

fn field_taken(db: &dyn Db, owner: Decl, name: Symbol) -> Result<(), String> {
    if name.as_str() == "name" {
        return Err("`name` is what every instance is called by: its block says it".to_string());
    }
    let files = scope::all_files(db);
    for file in files.iter() {
        let Some(CodeKind::File { names, .. }) =
            decl::code(db, compiler::keys::file_decl(db, *file)).map(|code| &code.kind)
        else {
            continue;
        };
        for (_, decl) in names.iter().filter(|(_, decl)| decl.head(db).as_str().starts_with("schema ")) {
            let info = schema(db, *decl);
            if info.chain.contains(&owner) && info.slot(name).is_some() {
                return Err(format!(
                    "`{name}` is taken: `{}` has a field of that name",
                    compiler::keys::decl_name(db, *decl)
                ));
            }
        }
    }
    Ok(())
}

/// Whether a block beside has the name, in the same collection.
fn entry_taken(db: &dyn Db, around: Decl, block: Decl, name: Symbol) -> Result<(), String> {
    let word = |decl: Decl| decl.head(db).as_str().rsplit_once(' ').map(|(word, _)| word);
    let mut found = false;
    if let Some(code) = decl::code(db, around) {
        at::statements(code, &mut |statement| {
            if let StatementKind::Named { name: other, decl, .. } = &statement.kind {
                found |= *decl != block && other.plain() == Some(name) && word(*decl) == word(block);
            }
        });
    }
    let word = word(block).unwrap_or_default();
    match found {
        true => Err(format!("there is a `{word} {name}` beside already")),
        false => Ok(()),
    }
}

/// The local names of a declaration.
fn locals(code: &compiler::hir::Code) -> Vec<Symbol> {
    let mut found = Vec::new();
    if let CodeKind::Fn { params, .. } = &code.kind {
        found.extend(params.iter().map(|param| param.name.name));
    }
    at::statements(code, &mut |statement| match &statement.kind {
        StatementKind::Let { name, .. } => found.push(name.name),
        StatementKind::For(head, _) => {
            found.push(head.first.name);
            found.extend(head.second.map(|second| second.name));
        }
        _ => {}
    });
    found
}
