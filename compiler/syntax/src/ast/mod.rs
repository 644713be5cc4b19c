//! Typed views of the tree: what a node means as syntax, and nothing more.
//!
//! A view is a `Copy` wrapper of a [`Node`]. Every accessor returns an `Option` or an iterator, because the tree of a broken
//! text lacks parts; a part that is missing has been reported by the parser already.

mod expr;
mod item;
mod list;
mod operator;
mod statement;
mod string;
mod types;

pub use expr::*;
pub use item::*;
pub use list::*;
pub use operator::*;
pub use statement::*;
pub use string::*;
pub use types::*;

use crate::kind::SyntaxKind as K;
use crate::range::TextRange;
use crate::tree::{Element as Part, Node, Token};

/// A typed view of a node.
pub trait View<'t>: Copy {
    /// The view of `node`, if it is of the right kind.
    fn cast(node: Node<'t>) -> Option<Self>;
    /// The node.
    fn node(self) -> Node<'t>;
    /// The bytes of the node, without the trivia around it.
    fn range(self) -> TextRange {
        self.node().range()
    }
}

/// Declares views: `Name = Kind, "documentation"`.
macro_rules! views {
    ($($(#[$meta:meta])* $name:ident = $kind:ident;)*) => { $(
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub struct $name<'t>(pub(crate) $crate::tree::Node<'t>);

        impl<'t> $crate::ast::View<'t> for $name<'t> {
            fn cast(node: $crate::tree::Node<'t>) -> Option<Self> {
                (node.kind() == $crate::kind::SyntaxKind::$kind).then_some($name(node))
            }
            fn node(self) -> $crate::tree::Node<'t> {
                self.0
            }
        }
    )* };
}

/// Declares an enumeration of views, a variant each.
macro_rules! choices {
    ($(#[$meta:meta])* $name:ident { $($(#[$variant_meta:meta])* $variant:ident($view:ident),)* }) => {
        $(#[$meta])*
        #[derive(Clone, Copy, Debug, PartialEq, Eq)]
        pub enum $name<'t> { $($(#[$variant_meta])* $variant($view<'t>),)* }

        impl<'t> $crate::ast::View<'t> for $name<'t> {
            fn cast(node: $crate::tree::Node<'t>) -> Option<Self> {
                $(if let Some(view) = <$view as $crate::ast::View>::cast(node) { return Some($name::$variant(view)); })*
                None
            }
            fn node(self) -> $crate::tree::Node<'t> {
                match self { $($name::$variant(view) => $crate::ast::View::node(view),)* }
            }
        }
    };
}

/// Declares what views are made of: `name: View = finder`, where the finder takes the node.
macro_rules! parts {
    ($($name:ident { $($(#[$meta:meta])* $part:ident: $view:ident = $find:ident;)* })*) => { $(
        impl<'t> $name<'t> { $(
            $(#[$meta])*
            #[must_use]
            pub fn $part(self) -> Option<$view<'t>> {
                $find(self.0)
            }
        )* }
    )* };
}

pub(crate) use {choices, parts, views};

/// A name as written: an identifier, or a keyword where only a name can stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Name<'t>(Token<'t>);

impl<'t> Name<'t> {
    /// The name of a token, if it can be one.
    #[must_use]
    pub fn from_token(token: Token<'t>) -> Option<Name<'t>> {
        token.kind().is_name().then_some(Name(token))
    }

    /// Its text.
    #[must_use]
    pub fn text(self) -> &'t str {
        self.0.text()
    }

    /// Its bytes.
    #[must_use]
    pub fn range(self) -> TextRange {
        self.0.range()
    }

    /// Its token.
    #[must_use]
    pub fn token(self) -> Token<'t> {
        self.0
    }
}

/// A name or a string where a key is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Key<'t> {
    /// A plain name.
    Name(Name<'t>),
    /// A quoted key; the name of an entry may hold interpolations.
    String(StringLit<'t>),
}

impl<'t> Key<'t> {
    /// The key's text, unless it is computed.
    #[must_use]
    pub fn text(self) -> Option<String> {
        match self {
            Key::Name(name) => Some(name.text().to_owned()),
            Key::String(string) => string.plain(),
        }
    }

    /// The plain name, if it is one.
    #[must_use]
    pub fn name(self) -> Option<Name<'t>> {
        match self {
            Key::Name(name) => Some(name),
            Key::String(_) => None,
        }
    }

    /// Its bytes, quotes included.
    #[must_use]
    pub fn range(self) -> TextRange {
        match self {
            Key::Name(name) => name.range(),
            Key::String(string) => string.range(),
        }
    }
}

views! {
    /// Names joined by dots that name a declaration: `nginx.Controller`.
    Path = Path;
    /// Keys joined by dots: `metadata.labels."a/b"`.
    KeyPath = KeyPath;
    /// A file.
    File = File;
}

impl<'t> Path<'t> {
    /// The names, in order.
    pub fn names(self) -> impl Iterator<Item = Name<'t>> {
        names(self.0)
    }

    /// The path as written without trivia.
    #[must_use]
    pub fn text(self) -> String {
        self.names().map(Name::text).collect::<Vec<_>>().join(".")
    }
}

impl<'t> KeyPath<'t> {
    /// The keys, in order.
    pub fn keys(self) -> impl Iterator<Item = Key<'t>> {
        keys(self.0)
    }
}

impl<'t> File<'t> {
    /// The view of a whole tree.
    #[must_use]
    pub fn of(tree: &'t crate::tree::Tree) -> File<'t> {
        File(tree.root())
    }

    /// Its declarations and statements.
    pub fn items(self) -> impl Iterator<Item = Item<'t>> {
        children(self.0)
    }

    /// The `//!` lines joined.
    #[must_use]
    pub fn docs(self) -> Option<String> {
        doc_text(self.0.all_tokens().take_while(|token| token.kind().is_trivia()), K::FileDoc)
    }
}

/// The children that are of a view.
pub(crate) fn children<'t, V: View<'t>>(node: Node<'t>) -> impl Iterator<Item = V> {
    node.children().filter_map(V::cast)
}

/// The first child that is of a view.
pub(crate) fn child<'t, V: View<'t>>(node: Node<'t>) -> Option<V> {
    children(node).next()
}

/// The first child of a view that comes after the first token of one of `kinds`.
pub(crate) fn after<'t, V: View<'t>>(node: Node<'t>, kinds: &[K]) -> Option<V> {
    let mut elements = node.elements();
    elements.find(|part| matches!(part, Part::Token(token) if kinds.contains(&token.kind())))?;
    elements.find_map(cast_part)
}

/// The first child of a view that comes before the first token of one of `kinds`.
pub(crate) fn before<'t, V: View<'t>>(node: Node<'t>, kinds: &[K]) -> Option<V> {
    node.elements()
        .take_while(|part| !matches!(part, Part::Token(token) if kinds.contains(&token.kind())))
        .find_map(cast_part)
}

/// The first child of a view between a token of `open` and the next one of `close`.
pub(crate) fn between<'t, V: View<'t>>(node: Node<'t>, open: &[K], close: &[K]) -> Option<V> {
    let mut elements = node.elements();
    elements.find(|part| matches!(part, Part::Token(token) if open.contains(&token.kind())))?;
    elements.take_while(|part| !matches!(part, Part::Token(token) if close.contains(&token.kind()))).find_map(cast_part)
}

fn cast_part<'t, V: View<'t>>(part: Part<'t>) -> Option<V> {
    match part {
        Part::Node(node) => V::cast(node),
        Part::Token(_) => None,
    }
}

/// The name in the first child of kind `Name`.
pub(crate) fn name(node: Node<'_>) -> Option<Name<'_>> {
    node.first_child(K::Name).and_then(|child| names(child).next())
}

/// The names in the children of kind `Name`.
pub(crate) fn name_children<'t>(node: Node<'t>) -> impl Iterator<Item = Name<'t>> {
    node.children().filter(|child| child.kind() == K::Name).filter_map(|child| names(child).next())
}

/// The names directly below.
pub(crate) fn names<'t>(node: Node<'t>) -> impl Iterator<Item = Name<'t>> {
    node.tokens().filter_map(Name::from_token)
}

/// The names and strings directly below.
pub(crate) fn keys<'t>(node: Node<'t>) -> impl Iterator<Item = Key<'t>> {
    node.elements().filter_map(|part| match part {
        Part::Token(token) => Name::from_token(token).map(Key::Name),
        Part::Node(node) => StringLit::cast(node).map(Key::String),
    })
}

/// The name or the string in the first child of kind `Name`.
pub(crate) fn key(node: Node<'_>) -> Option<Key<'_>> {
    node.first_child(K::Name).and_then(|child| keys(child).next())
}

/// The name of an entry.
pub(crate) fn entry_name(node: Node<'_>) -> Option<Key<'_>> {
    node.first_child(K::EntryName).and_then(|child| keys(child).next())
}

/// Whether a token of this kind is directly below.
pub(crate) fn has(node: Node<'_>, kind: K) -> bool {
    node.first_token(kind).is_some()
}

/// What stands before a declaration, a member or a statement.
pub trait Documented<'t>: View<'t> {
    /// The `///` lines joined, each without the marker and one blank.
    fn docs(self) -> Option<String> {
        let first = self.node().tree().token(self.node().token_start());
        let before = std::iter::successors(first.and_then(Token::previous), |token| token.previous());
        let mut lines: Vec<_> = before.take_while(|token| token.kind().is_trivia()).collect();
        lines.reverse();
        let inside = self.node().tokens().take_while(|token| token.kind().is_trivia());
        doc_text(lines.into_iter().chain(inside).filter(|token| starts_line(*token)), K::Doc)
    }

    /// The attributes, in order.
    fn attributes(self) -> Vec<Attribute<'t>> {
        children(self.node()).collect()
    }
}

/// Whether nothing but blanks stands before a token on its line.
fn starts_line(token: Token<'_>) -> bool {
    let before = std::iter::successors(token.previous(), |token| token.previous());
    before
        .into_iter()
        .find(|token| token.kind() != K::Space)
        .is_none_or(|token| matches!(token.kind(), K::Newline | K::Bom))
}

fn doc_text<'t>(tokens: impl Iterator<Item = Token<'t>>, kind: K) -> Option<String> {
    let lines: Vec<&str> = tokens
        .filter(|token| token.kind() == kind)
        .map(|token| token.text().get(3..).unwrap_or("").trim_end())
        .map(|line| line.strip_prefix(' ').unwrap_or(line))
        .collect();
    (!lines.is_empty()).then(|| lines.join("\n"))
}
