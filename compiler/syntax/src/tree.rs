//! The lossless tree: the text, its tokens, and nodes over ranges of tokens.
//!
//! Everything is flat. A node is a row in a preorder table, a handle to it is an index, and concatenating the tokens gives
//! the text back. Knows nothing of what a kind means; see [`crate::ast`] for that.

use std::sync::Arc;

use crate::kind::SyntaxKind;
use crate::range::TextRange;
use crate::tokens::TokenTable;

/// A node: what it is and where it stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub(crate) struct NodeRow {
    pub kind: SyntaxKind,
    /// The first token.
    pub first: u32,
    /// The token after the last one.
    pub end: u32,
    /// How many nodes there are of it and below it.
    pub size: u32,
}

/// A text with its tokens and nodes. Cheap to clone.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Tree {
    tokens: Arc<TokenTable>,
    /// In preorder.
    nodes: Arc<Vec<NodeRow>>,
}

impl Tree {
    /// `nodes` is in preorder and has a root that covers every token.
    pub(crate) fn new(tokens: Arc<TokenTable>, nodes: Vec<NodeRow>) -> Tree {
        Tree { tokens, nodes: Arc::new(nodes) }
    }

    /// The text that was parsed.
    #[must_use]
    pub fn text(&self) -> &str {
        &self.tokens.text
    }

    /// The text that was parsed, shared.
    #[must_use]
    pub fn shared_text(&self) -> Arc<str> {
        Arc::clone(&self.tokens.text)
    }

    /// The node of the whole file.
    #[must_use]
    pub fn root(&self) -> Node<'_> {
        Node { tree: self, index: 0 }
    }

    /// Every node in preorder.
    pub fn nodes(&self) -> impl DoubleEndedIterator<Item = Node<'_>> + ExactSizeIterator {
        (0..self.node_count()).map(|index| Node { tree: self, index })
    }

    /// How many nodes there are.
    #[must_use]
    pub fn node_count(&self) -> u32 {
        u32::try_from(self.nodes.len()).unwrap_or(u32::MAX)
    }

    /// The node with the given place in preorder: a stable address inside this tree.
    #[must_use]
    pub fn node(&self, index: u32) -> Option<Node<'_>> {
        (index < self.node_count()).then_some(Node { tree: self, index })
    }

    /// Every token, trivia included.
    pub fn tokens(&self) -> impl DoubleEndedIterator<Item = Token<'_>> + ExactSizeIterator {
        (0..self.token_count()).map(|index| Token { tree: self, index })
    }

    /// How many tokens there are, trivia included.
    #[must_use]
    pub fn token_count(&self) -> u32 {
        self.tokens.count()
    }

    /// The token with the given place in the text.
    #[must_use]
    pub fn token(&self, index: u32) -> Option<Token<'_>> {
        (index < self.token_count()).then_some(Token { tree: self, index })
    }

    /// The token that holds the byte at `offset`; at the end of the text, the last token.
    #[must_use]
    pub fn token_at(&self, offset: u32) -> Option<Token<'_>> {
        let after = self.tokens.starts.partition_point(|start| *start <= offset);
        let index = u32::try_from(after).unwrap_or(u32::MAX).checked_sub(1)?;
        self.token(index.min(self.token_count().checked_sub(1)?))
    }

    /// The innermost node that holds the token at `offset`.
    #[must_use]
    pub fn node_at(&self, offset: u32) -> Node<'_> {
        match self.token_at(offset) {
            Some(token) => token.parent(),
            None => self.root(),
        }
    }
}

/// A handle to a node.
#[derive(Clone, Copy)]
pub struct Node<'t> {
    tree: &'t Tree,
    index: u32,
}

/// A handle to a token.
#[derive(Clone, Copy)]
pub struct Token<'t> {
    tree: &'t Tree,
    index: u32,
}

/// A child of a node: a node or a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Element<'t> {
    /// A node.
    Node(Node<'t>),
    /// A token that belongs to no child node.
    Token(Token<'t>),
}

const NO_ROW: NodeRow = NodeRow { kind: SyntaxKind::Garbage, first: 0, end: 0, size: 1 };

impl<'t> Node<'t> {
    fn row(self) -> NodeRow {
        self.tree.nodes.get(self.index as usize).copied().unwrap_or(NO_ROW)
    }

    /// The place in preorder after its last descendant.
    fn after(self) -> u32 {
        self.index + self.row().size
    }

    /// The tree it belongs to.
    #[must_use]
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Its place in preorder.
    #[must_use]
    pub fn index(self) -> u32 {
        self.index
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> SyntaxKind {
        self.row().kind
    }

    /// From its first to its last token that is no trivia.
    #[must_use]
    pub fn range(self) -> TextRange {
        let row = self.row();
        let mut tokens = (row.first..row.end).filter_map(|index| self.tree.token(index));
        let Some(first) = tokens.find(|token| !token.kind().is_trivia()) else {
            return TextRange::empty(0);
        };
        let last = tokens.rfind(|token| !token.kind().is_trivia()).unwrap_or(first);
        first.range().cover(last.range())
    }

    /// Its text without the trivia around it.
    #[must_use]
    pub fn text(self) -> &'t str {
        self.tree.tokens.text(self.range())
    }

    /// The node that it is part of, which is looked for from the root.
    #[must_use]
    pub fn parent(self) -> Option<Node<'t>> {
        let around = |node: &Node<'t>| node.index < self.index && self.index < node.after();
        let mut parent = None;
        let mut next = Some(self.tree.root()).filter(around);
        while let Some(node) = next {
            parent = Some(node);
            next = node.children().find(around);
        }
        parent
    }

    /// The nodes that it is part of, the nearest first.
    pub fn ancestors(self) -> impl Iterator<Item = Node<'t>> {
        std::iter::successors(self.parent(), |node| node.parent())
    }

    /// The nodes directly below.
    pub fn children(self) -> Children<'t> {
        Children { tree: self.tree, next: self.index + 1, end: self.after() }
    }

    /// Itself and every node below, in preorder.
    pub fn descendants(self) -> impl Iterator<Item = Node<'t>> {
        (self.index..self.after()).map(move |index| Node { tree: self.tree, index })
    }

    /// The first child of a kind.
    #[must_use]
    pub fn first_child(self, kind: SyntaxKind) -> Option<Node<'t>> {
        self.children().find(|child| child.kind() == kind)
    }

    /// The tokens and nodes directly below, trivia included.
    pub fn elements(self) -> Elements<'t> {
        let row = self.row();
        Elements { children: self.children(), pending: None, next: row.first, end: row.end }.primed()
    }

    /// The tokens directly below, trivia included.
    pub fn tokens(self) -> impl Iterator<Item = Token<'t>> {
        self.elements().filter_map(|element| match element {
            Element::Token(token) => Some(token),
            Element::Node(_) => None,
        })
    }

    /// Every token of its range, those of its descendants and trivia included.
    pub fn all_tokens(self) -> impl DoubleEndedIterator<Item = Token<'t>> {
        let row = self.row();
        (row.first..row.end).map(move |index| Token { tree: self.tree, index })
    }

    /// The first token directly below of a kind.
    #[must_use]
    pub fn first_token(self, kind: SyntaxKind) -> Option<Token<'t>> {
        self.tokens().find(|token| token.kind() == kind)
    }

    /// The index of its first token.
    #[must_use]
    pub fn token_start(self) -> u32 {
        self.row().first
    }

    /// The index after its last token.
    #[must_use]
    pub fn token_end(self) -> u32 {
        self.row().end
    }
}

impl<'t> Token<'t> {
    /// The tree it belongs to.
    #[must_use]
    pub fn tree(self) -> &'t Tree {
        self.tree
    }

    /// Its place among all tokens.
    #[must_use]
    pub fn index(self) -> u32 {
        self.index
    }

    /// What it is.
    #[must_use]
    pub fn kind(self) -> SyntaxKind {
        self.tree.tokens.kind(self.index).unwrap_or(SyntaxKind::Garbage)
    }

    /// Its bytes.
    #[must_use]
    pub fn range(self) -> TextRange {
        self.tree.tokens.range(self.index)
    }

    /// Its text.
    #[must_use]
    pub fn text(self) -> &'t str {
        self.tree.tokens.text(self.range())
    }

    /// The token before, trivia included.
    #[must_use]
    pub fn previous(self) -> Option<Token<'t>> {
        self.tree.token(self.index.checked_sub(1)?)
    }

    /// The token after, trivia included.
    #[must_use]
    pub fn next(self) -> Option<Token<'t>> {
        self.tree.token(self.index + 1)
    }

    /// The innermost node that holds it.
    #[must_use]
    pub fn parent(self) -> Node<'t> {
        let mut node = self.tree.root();
        loop {
            let holds = |child: &Node<'t>| child.row().first <= self.index && self.index < child.row().end;
            match node.children().find(holds) {
                Some(child) => node = child,
                None => return node,
            }
        }
    }
}

/// The child nodes of a node.
#[derive(Clone)]
pub struct Children<'t> {
    tree: &'t Tree,
    next: u32,
    end: u32,
}

impl<'t> Iterator for Children<'t> {
    type Item = Node<'t>;

    fn next(&mut self) -> Option<Node<'t>> {
        if self.next >= self.end {
            return None;
        }
        let node = Node { tree: self.tree, index: self.next };
        self.next = node.after();
        Some(node)
    }
}

/// The tokens and child nodes of a node, in the order of the text.
#[derive(Clone)]
pub struct Elements<'t> {
    children: Children<'t>,
    pending: Option<Node<'t>>,
    next: u32,
    end: u32,
}

impl Elements<'_> {
    fn primed(mut self) -> Self {
        self.pending = self.children.next();
        self
    }
}

impl<'t> Iterator for Elements<'t> {
    type Item = Element<'t>;

    fn next(&mut self) -> Option<Element<'t>> {
        if let Some(node) = self.pending.filter(|node| node.row().first <= self.next) {
            self.next = node.row().end;
            self.pending = self.children.next();
            return Some(Element::Node(node));
        }
        if self.next >= self.end {
            return None;
        }
        let token = Token { tree: self.children.tree, index: self.next };
        self.next += 1;
        Some(Element::Token(token))
    }
}

impl PartialEq for Node<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.index == other.index
    }
}

impl Eq for Node<'_> {}

impl PartialEq for Token<'_> {
    fn eq(&self, other: &Self) -> bool {
        std::ptr::eq(self.tree, other.tree) && self.index == other.index
    }
}

impl Eq for Token<'_> {}

impl std::fmt::Debug for Node<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?}@{}..{}", self.kind(), self.range().start, self.range().end)
    }
}

impl std::fmt::Debug for Token<'_> {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(out, "{:?}@{} {:?}", self.kind(), self.range().start, self.text())
    }
}
