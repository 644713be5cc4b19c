//! What every token of a text is, by what it means: an editor colours it so.

use compiler::check::{self, Heard, Meaning};
use compiler::keys::{Decl, SourceFile};
use compiler::schema::SlotKind;
use compiler::{Session, decl};
use rustc_hash::FxHashMap;
use syntax::{SyntaxKind as K, TextRange, Token};

use crate::at;

/// A token, and what it is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Coloured {
    /// Where it stands: on one line.
    pub range: TextRange,
    /// What it is.
    pub kind: TokenKind,
    /// What is special about it.
    pub nature: Nature,
}

/// What a token is. The numbers are its places in [`TokenKind::ALL`].
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
#[allow(missing_docs, reason = "each is what it says")]
pub enum TokenKind {
    Keyword,
    Comment,
    String,
    Number,
    Operator,
    Module,
    Schema,
    Type,
    Field,
    Collection,
    Block,
    Variable,
    Parameter,
    Function,
    Method,
    Attribute,
}

impl TokenKind {
    /// All of them, in the order of their numbers, with the names that editors know.
    pub const ALL: [(TokenKind, &'static str); 16] = [
        (TokenKind::Keyword, "keyword"),
        (TokenKind::Comment, "comment"),
        (TokenKind::String, "string"),
        (TokenKind::Number, "number"),
        (TokenKind::Operator, "operator"),
        (TokenKind::Module, "namespace"),
        (TokenKind::Schema, "class"),
        (TokenKind::Type, "type"),
        (TokenKind::Field, "property"),
        (TokenKind::Collection, "struct"),
        (TokenKind::Block, "enumMember"),
        (TokenKind::Variable, "variable"),
        (TokenKind::Parameter, "parameter"),
        (TokenKind::Function, "function"),
        (TokenKind::Method, "method"),
        (TokenKind::Attribute, "decorator"),
    ];
}

/// What is special about a token.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Nature {
    /// Nothing.
    Plain,
    /// It declares what it names.
    Declaration,
    /// It comes from the standard library or is built in.
    Library,
}

/// What the tokens of a file are, in its order; of a part of it, where one is given.
pub fn tokens(session: &Session, file: SourceFile, part: Option<TextRange>) -> Vec<Coloured> {
    let db = session.db();
    let text: &str = file.text(db);
    let part = part.unwrap_or(TextRange::new(0, text.len() as u32));
    let tree = syntax::parse(text).tree;
    let wanted = |range: TextRange| range.start < part.end && part.start < range.end;
    let mut names = Names { session, file, known: FxHashMap::default() };
    names.hear(part);
    let mut found = Vec::new();
    for token in tree.tokens().filter(|token| wanted(token.range())) {
        let Some((kind, nature)) = names.of(token) else { continue };
        on_lines(text, token.range(), |range| found.push(Coloured { range, kind, nature }));
    }
    found
}

/// The parts of a range that stand on one line each.
fn on_lines(text: &str, range: TextRange, mut see: impl FnMut(TextRange)) {
    let mut start = range.start;
    for line in text.get(range.bytes()).unwrap_or_default().split_inclusive('\n') {
        let shown = line.trim_end_matches(['\n', '\r']);
        let end = start + shown.len() as u32;
        if end > start {
            see(TextRange::new(start, end));
        }
        start += line.len() as u32;
    }
}

/// What names mean, by where they stand.
struct Names<'a> {
    session: &'a Session,
    file: SourceFile,
    known: FxHashMap<TextRange, (TokenKind, Nature)>,
}

impl Names<'_> {
    /// Hears of every declaration that has something of a part of the file.
    fn hear(&mut self, part: TextRange) {
        let db = self.session.db();
        let inside = |decl: Decl| {
            let whole = decl::whole(db, decl);
            decl.parent(db).is_none() || (whole.start < part.end && part.start < whole.end)
        };
        let mut queue = vec![compiler::keys::file_decl(db, self.file)];
        while let Some(decl) = queue.pop() {
            self.note(decl, &check::heard_at(db, decl, &inside));
            let inner = decl::code(db, decl).map_or(&[][..], |code| &code.inner);
            queue.extend(inner.iter().copied().filter(|decl| inside(*decl)));
        }
    }

    fn note(&mut self, decl: Decl, heard: &Heard) {
        let db = self.session.db();
        for (node, meaning) in &heard.meanings {
            let span = decl::span(db, compiler::keys::At { decl, node: *node });
            let Some(kind) = self.kind(meaning) else { continue };
            let nature = self.nature(meaning, span);
            self.known.insert(TextRange::new(span.start, span.end), (kind, nature));
        }
    }

    fn kind(&self, meaning: &Meaning) -> Option<TokenKind> {
        let db = self.session.db();
        Some(match meaning {
            Meaning::Named(decl) => match decl.head(db).as_str().split(' ').next() {
                Some("fn") => TokenKind::Function,
                Some("schema") => TokenKind::Schema,
                Some("type") => TokenKind::Type,
                _ => TokenKind::Variable,
            },
            Meaning::Block { .. } => TokenKind::Block,
            Meaning::Module(_) | Meaning::Data(_) => TokenKind::Module,
            Meaning::Field { schema, name } => match at::slot_of(db, *schema, *name).map(|slot| slot.kind) {
                Some(SlotKind::Each) => TokenKind::Collection,
                _ => TokenKind::Field,
            },
            Meaning::InstanceName | Meaning::Key { .. } | Meaning::FreeKey(_) => TokenKind::Field,
            Meaning::Local { at, .. } if at.decl.head(db).as_str().starts_with("fn ") => TokenKind::Parameter,
            Meaning::Local { .. } => TokenKind::Variable,
            Meaning::Word { .. } | Meaning::Place { .. } => TokenKind::Variable,
            Meaning::This(_) | Meaning::Auto(_) => TokenKind::Keyword,
            Meaning::Method(method) if method.0.signature.text().starts_with(method.0.signature.name.as_str()) => {
                TokenKind::Function
            }
            Meaning::Method(_) => TokenKind::Method,
            Meaning::BuiltIn(_) => TokenKind::Type,
        })
    }

    fn nature(&self, meaning: &Meaning, span: diagnostics::Span) -> Nature {
        let built_in = matches!(meaning, Meaning::Method(_) | Meaning::BuiltIn(_) | Meaning::InstanceName);
        match at::target(self.session.db(), meaning) {
            Some(target) if target.focus == crate::Place::of(span) => Nature::Declaration,
            Some(target) if self.session.file(target.focus.file).is_some_and(|file| file.0.starts_with("std:")) => {
                Nature::Library
            }
            None if built_in => Nature::Library,
            _ => Nature::Plain,
        }
    }

    fn of(&self, token: Token<'_>) -> Option<(TokenKind, Nature)> {
        if let Some(known) = self.known.get(&token.range()) {
            return Some(*known);
        }
        let kind = match token.kind() {
            K::Comment | K::Doc | K::FileDoc | K::BlockComment | K::HashComment => TokenKind::Comment,
            K::Quote
            | K::BlockQuote
            | K::RawQuote
            | K::RawBlockQuote
            | K::StringText
            | K::CloseQuote
            | K::BadQuotes => {
                return self.of_text(token);
            }
            K::StringEscape | K::BadEscape | K::InterpolationOpen | K::InterpolationClose => TokenKind::Operator,
            K::Int | K::Float | K::Quantity | K::Ip4 | K::Cidr4 | K::Ip6 | K::Cidr6 | K::Mac => TokenKind::Number,
            K::Ident if token.parent().kind() == K::ImportPath => TokenKind::Module,
            K::Ident => return None,
            K::At => TokenKind::Attribute,
            kind if is_word(kind) => match token.parent().kind() {
                // A keyword where only a name can stand is a name.
                K::Name | K::KeyPath | K::EntryName | K::Path | K::FieldAccess => return None,
                _ => TokenKind::Keyword,
            },
            kind if is_operator(kind) => TokenKind::Operator,
            _ => return None,
        };
        Some((kind, Nature::Plain))
    }

    /// A piece of a text; where the text is a name, it is that.
    fn of_text(&self, token: Token<'_>) -> Option<(TokenKind, Nature)> {
        let known = self.known.get(&token.parent().range()).copied();
        Some(known.filter(|(kind, _)| *kind == TokenKind::Block).unwrap_or((TokenKind::String, Nature::Plain)))
    }
}

fn is_word(kind: K) -> bool {
    kind >= K::ImportWord && kind <= K::ItWord
}

fn is_operator(kind: K) -> bool {
    kind >= K::DotDot && kind <= K::Arrow && kind != K::Question
}
