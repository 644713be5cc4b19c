//! Where a name is used, in all files: by what it means, not by how it is spelled.
//!
//! Files are searched for the letters, and what stands there is asked for its meaning. So the cost is that of the places
//! that are spelled alike, not that of the platform.

use compiler::check::{self, Heard, Meaning, types};
use compiler::keys::{Db, Decl, SourceFile};
use compiler::schema::schema;
use compiler::ty::Ty;
use compiler::{Session, decl, scope};
use diagnostics::FileId;
use rustc_hash::FxHashMap;
use syntax::TextRange;

use crate::Place;
use crate::at::{self, Identity, Standing, at, identity};

/// A place that means what is looked for.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Reference {
    /// The name, without the quotes around it.
    pub place: Place,
    /// What is done there.
    pub role: Role,
}

/// What is done with a name at a place.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Role {
    /// It is declared.
    Declared,
    /// It is given a value.
    Written,
    /// It is read.
    Read,
}

/// Every place that means what stands at an offset, in the order of files and places.
pub fn references(session: &Session, file: SourceFile, offset: u32) -> Vec<Reference> {
    match at(session, file, offset).and_then(|standing| Wanted::of(session, &standing)) {
        Some(wanted) => everywhere(session, &wanted),
        None => Vec::new(),
    }
}

/// The places of a file that mean what stands at an offset of it.
pub fn highlights(session: &Session, file: SourceFile, offset: u32) -> Vec<Reference> {
    let Some(standing) = at(session, file, offset) else {
        return Vec::new();
    };
    let mut found = match Wanted::of(session, &standing) {
        Some(wanted) => Search::new(session.db(), &wanted).file(file),
        None => Vec::new(),
    };
    found.sort();
    found
}

/// What is looked for: what it means, and how it is spelled.
pub(crate) struct Wanted {
    pub identity: Identity,
    pub name: String,
    /// The only file in which it can be named, if there is one.
    pub only: Option<SourceFile>,
}

impl Wanted {
    pub fn of(session: &Session, standing: &Standing) -> Option<Wanted> {
        let db = session.db();
        let identity = identity(db, &standing.meaning)?;
        let file = standing.decl.file(db);
        let text = file.text(db).get(standing.range.bytes())?;
        let only = match (identity, &standing.meaning) {
            (Identity::File(_), _) | (_, Meaning::Local { .. }) => Some(file),
            _ => None,
        };
        // A parameter is named by who calls the function, too.
        let is_parameter = matches!(identity, Identity::At(at) if at.decl.head(db).as_str().starts_with("fn "));
        Some(Wanted { identity, name: unquoted(text).to_string(), only: only.filter(|_| !is_parameter) })
    }
}

/// A name without the quotes around it.
pub(crate) fn unquoted(text: &str) -> &str {
    text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text)
}

/// Every place in all files.
pub(crate) fn everywhere(session: &Session, wanted: &Wanted) -> Vec<Reference> {
    let db = session.db();
    let mut search = Search::new(db, wanted);
    let files: Vec<SourceFile> = match wanted.only {
        Some(file) => vec![file],
        None => scope::all_files(db).iter().copied().collect(),
    };
    let mut found: Vec<Reference> = files.into_iter().flat_map(|file| search.file(file)).collect();
    found.sort();
    found.dedup_by_key(|reference| reference.place);
    found
}

struct Search<'a> {
    db: &'a dyn Db,
    wanted: &'a Wanted,
    /// What was heard of declarations so far.
    heard: FxHashMap<Decl, Heard>,
}

impl<'a> Search<'a> {
    fn new(db: &'a dyn Db, wanted: &'a Wanted) -> Self {
        Search { db, wanted, heard: FxHashMap::default() }
    }

    fn file(&mut self, file: SourceFile) -> Vec<Reference> {
        let text = file.text(self.db);
        let mut spelled = spelled(text, &self.wanted.name).peekable();
        if spelled.peek().is_none() || compiler::import::is_data(file.path(self.db).as_str()) {
            return Vec::new();
        }
        let wholes = decl::Wholes::of(self.db, file);
        let mut found = Vec::new();
        for range in spelled {
            let inner = wholes.at(self.db, range.start);
            let decl = inner.unwrap_or_else(|| compiler::keys::file_decl(self.db, file));
            found.extend(self.at(file, decl, range));
        }
        // What is only heard of one file is not needed for the next.
        self.heard.clear();
        found
    }

    /// Whether the name at a place means what is wanted: asked of the declaration there, and of the one around.
    fn at(&mut self, file: SourceFile, inner: Decl, range: TextRange) -> Option<Reference> {
        let db = self.db;
        [Some(inner), inner.parent(db)].into_iter().flatten().find_map(|decl| {
            let nodes = decl::nodes_at(db, decl, range.start);
            let heard = self.heard.entry(decl).or_insert_with(|| check::heard(db, decl));
            let is_name =
                |node: &TextRange| *node == range || (node.start + 1 == range.start && node.end == range.end + 1);
            let (node, meaning) = nodes.iter().filter(|(_, place)| is_name(place)).find_map(|(node, _)| {
                let meaning = heard.meaning(*node)?;
                means(db, meaning, self.wanted).then(|| (*node, meaning.clone()))
            })?;
            let place = Place { file: FileId(file.number(db)), range };
            Some(Reference { place, role: role(db, decl, node, &meaning, range) })
        })
    }
}

/// Whether a meaning is what is looked for.
fn means(db: &dyn Db, meaning: &Meaning, wanted: &Wanted) -> bool {
    match (meaning, wanted.identity) {
        // The word of a block that amends a field is the field's name.
        (Meaning::Word { name, ty, known: None }, Identity::Field(owner, field)) => {
            let slot = schema(db, owner).field(field);
            let plain = |ty: &Ty| types::expand(db, &ty.without_null());
            *name == field && slot.is_some_and(|slot| plain(&slot.ty) == plain(ty))
        }
        _ => identity(db, meaning) == Some(wanted.identity),
    }
}

fn role(db: &dyn Db, decl: Decl, node: u32, meaning: &Meaning, range: TextRange) -> Role {
    let declared = at::target(db, meaning).is_some_and(|target| {
        target.focus.range.cover(range) == target.focus.range && target.focus.file == FileId(decl.file(db).number(db))
    });
    let is_key = matches!(meaning, Meaning::Field { .. } | Meaning::Key { .. });
    match declared {
        true => Role::Declared,
        false if is_key && crate::value::is_key(db, decl, node) => Role::Written,
        false => Role::Read,
    }
}

/// Where a text spells a name, as a word of its own.
pub(crate) fn spelled<'t>(text: &'t str, name: &'t str) -> impl Iterator<Item = TextRange> + 't {
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_';
    text.match_indices(name).filter(|_| !name.is_empty()).filter_map(move |(start, _)| {
        let end = start + name.len();
        let before = text.get(..start)?.chars().next_back();
        let mut after = text.get(end..)?.chars();
        let next = after.next();
        // A hyphen belongs to a name where letters stand around it.
        let goes_on = next == Some('-') && after.next().is_some_and(part);
        let begins = before == Some('-') && text.get(..start - 1)?.chars().next_back().is_some_and(part);
        let alone = !before.is_some_and(part) && !next.is_some_and(part) && !goes_on && !begins;
        alone.then(|| TextRange::new(start as u32, end as u32))
    })
}
