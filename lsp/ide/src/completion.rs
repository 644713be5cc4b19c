//! What could be written at a place. A placeholder is supposed there, and the checker says what it looked for when it
//! met it: a key of a body, a name, what stands behind a dot, a text. Nothing else of the platform is looked at.

mod codes;
mod keys;
mod names;
mod paths;
mod values;

use compiler::Session;
use compiler::check::{Heard, PLACEHOLDER, Sought};
use compiler::hidden::Hidden;
use compiler::hir::{Code, Path};
use compiler::keys::{Decl, SourceFile};
use compiler::suppose::{Supposed, suppose};
pub(crate) use paths::relative;
use syntax::{SyntaxKind, TextRange};

use crate::Edit;

/// Something that could be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Completion {
    /// What is shown, and by which the user's letters are matched.
    pub label: String,
    /// What it is.
    pub kind: CompletionKind,
    /// Its type, or where it is from, on one line.
    pub detail: String,
    /// What is written about it, in Markdown.
    pub docs: String,
    /// What is written in place of [`Completions::replace`].
    pub insert: Insert,
    /// Others come after those with a lesser one; within one rank, in the order given.
    pub rank: Rank,
    /// What else changes: an import that is added.
    pub also: Vec<Edit>,
}

/// What is inserted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Insert {
    /// A text.
    Plain(String),
    /// A text with places to fill in, `${1:name}` and `$0`, in the notation that editors share.
    Snippet(String),
}

/// What something that could be written is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[allow(missing_docs, reason = "each is what it says")]
pub enum CompletionKind {
    Field,
    Collection,
    Block,
    Value,
    EnumValue,
    Variable,
    Function,
    Method,
    Schema,
    Type,
    Module,
    File,
    Folder,
    Keyword,
}

/// How near something is to what is due.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Rank {
    /// It must be written: a required field.
    Required,
    /// It is what is due here: one of the values that a type names, a free address.
    Due,
    /// It fits.
    Fitting,
    /// It can be written.
    Possible,
    /// It can be written nearly everywhere.
    Everywhere,
}

/// What could be written at a place.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Completions {
    /// What is replaced: the word around the place.
    pub replace: TextRange,
    /// All that could stand there, the nearest first, whatever letters are there already.
    pub items: Vec<Completion>,
}

/// A place where something is to be written.
pub(crate) struct Wish<'a> {
    pub session: &'a Session,
    pub file: SourceFile,
    /// The text as it is.
    pub text: &'a str,
    pub offset: u32,
    /// The word around the place.
    pub word: TextRange,
}

/// What was found where the placeholder stands.
pub(crate) struct There<'a> {
    pub supposed: &'a Supposed,
    pub decl: Decl,
    pub code: &'a Code,
    pub heard: &'a Heard,
    /// Where the placeholder begins, in the supposed text.
    pub offset: u32,
}

/// What could be written at an offset.
pub fn completions(session: &Session, file: SourceFile, offset: u32) -> Completions {
    let text: &str = file.text(session.db());
    let Some(before) = text.get(..offset as usize) else {
        return Completions::default();
    };
    let word = word_around(text, before.len());
    let wish = Wish { session, file, text, offset, word };
    let mut found = match wish.is_in_comment() {
        true => Vec::new(),
        false => paths::imports(&wish).or_else(|| codes::codes(&wish)).unwrap_or_else(|| supposing(&wish)),
    };
    found.sort_by_key(|item| item.rank);
    let hidden = Hidden::of(session.db());
    for item in &mut found {
        item.docs = hidden.without(std::mem::take(&mut item.docs));
        item.detail = hidden.without(std::mem::take(&mut item.detail));
    }
    let replaced = paths::replaced(&wish).or_else(|| codes::replaced(&wish));
    Completions { replace: replaced.unwrap_or(word), items: found }
}

/// The letters of a name around an offset.
fn word_around(text: &str, offset: usize) -> TextRange {
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == '_' || letter == '-';
    let before = text.get(..offset).unwrap_or_default();
    let after = text.get(offset..).unwrap_or_default();
    let start = before.trim_end_matches(part).len();
    let end = offset + (after.len() - after.trim_start_matches(part).len());
    TextRange::new(start as u32, end as u32)
}

/// What is written after the placeholder, so that one of these is a whole statement.
const ENDS: [&str; 3] = ["", ": null", " {}"];

fn supposing(wish: &Wish<'_>) -> Vec<Completion> {
    for end in ENDS {
        if let Some(found) = suppose_with(wish, end) {
            return found;
        }
    }
    Vec::new()
}

fn suppose_with(wish: &Wish<'_>, end: &str) -> Option<Vec<Completion>> {
    let db = wish.session.db();
    let (before, after) = wish.text.split_at_checked(wish.offset as usize)?;
    let supposed = suppose(db, wish.file, &format!("{before}{PLACEHOLDER}{end}{after}"));
    let around = supposed.around(db, wish.offset);
    let mut inner = None;
    for decl in around.into_iter().rev().take(2) {
        let heard = supposed.heard(db, decl, inner);
        let code = supposed.code(decl)?;
        let there = There { supposed: &supposed, decl, code, heard: &heard, offset: wish.offset };
        if let Some(found) = there.found(wish) {
            return Some(found);
        }
        inner = Some(decl);
    }
    None
}

impl There<'_> {
    fn found(&self, wish: &Wish<'_>) -> Option<Vec<Completion>> {
        match &self.heard.sought {
            Some(Sought::Key { target, context, before }) => Some(keys::keys(wish, self, target, context, before)),
            Some(Sought::Name { context, due }) => Some(names::names(wish, self, context, due.as_ref())),
            Some(Sought::Member { ty, known }) => Some(names::members(wish, ty, *known)),
            Some(Sought::InModule(module)) => Some(names::in_module(wish, *module)),
            Some(Sought::Text(due)) => Some(values::texts(wish.session.db(), due)),
            None => self.in_path().map(|path| names::types(wish, &path)),
        }
    }

    /// The path of a type in which the placeholder stands.
    fn in_path(&self) -> Option<Path> {
        let mut found = None;
        compiler::check::paths_in(self.code, &mut |path| {
            if path.names.iter().any(|name| name.name.as_str().contains(PLACEHOLDER)) {
                found = Some(path.clone());
            }
        });
        found
    }
}

impl Wish<'_> {
    fn is_in_comment(&self) -> bool {
        let before = self.text.get(..self.offset as usize).unwrap_or_default();
        let line = before.rsplit('\n').next().unwrap_or_default();
        // Few lines have slashes: the tokens are asked only then.
        line.contains("//") && {
            let tokens = syntax::parse(line).tree;
            tokens.tokens().last().is_some_and(|token| {
                matches!(token.kind(), SyntaxKind::Comment | SyntaxKind::Doc | SyntaxKind::FileDoc)
            })
        }
    }

    /// What follows the word on its line.
    pub fn after(&self) -> &str {
        let after = self.text.get(self.word.end as usize..).unwrap_or_default();
        after.lines().next().unwrap_or_default().trim_start()
    }
}

impl Completion {
    /// A completion that writes its label.
    pub(crate) fn plain(label: impl Into<String>, kind: CompletionKind, rank: Rank) -> Completion {
        let label = label.into();
        let insert = Insert::Plain(label.clone());
        Completion { label, kind, detail: String::new(), docs: String::new(), insert, rank, also: Vec::new() }
    }

    pub(crate) fn detail(self, detail: impl Into<String>) -> Completion {
        Completion { detail: detail.into(), ..self }
    }

    pub(crate) fn docs(self, docs: impl Into<String>) -> Completion {
        Completion { docs: docs.into(), ..self }
    }

    pub(crate) fn snippet(self, text: impl Into<String>) -> Completion {
        Completion { insert: Insert::Snippet(text.into()), ..self }
    }

    pub(crate) fn writes(self, text: impl Into<String>) -> Completion {
        Completion { insert: Insert::Plain(text.into()), ..self }
    }
}
