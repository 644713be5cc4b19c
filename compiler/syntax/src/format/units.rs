//! What the layout works on: the tokens without trivia and without separating commas, each string as a whole, and what
//! stands in the gaps between them.

use std::borrow::Cow;

use crate::kind::SyntaxKind as K;
use crate::tree::{Node, Token, Tree};

/// A token, or a whole string.
pub(super) struct Unit<'t> {
    pub text: Cow<'t, str>,
    /// The kind of the token; `String` for a string.
    pub kind: K,
    /// The kind of the node that it stands directly in.
    pub parent: K,
    /// The group that it opens.
    pub opens: Option<usize>,
    /// The group that it closes.
    pub closes: Option<usize>,
    /// The group of which it starts an entry.
    pub entry_of: Option<usize>,
    /// Whether an attribute ends before it.
    pub after_attribute: bool,
    pub gap: Gap<'t>,
}

/// What stands between a unit and the one before.
#[derive(Default)]
pub(super) struct Gap<'t> {
    pub comments: Vec<Comment<'t>>,
    /// How many lines end after the last comment, or in the whole gap.
    pub newlines: usize,
    /// Whether a separating comma was written.
    pub comma: bool,
}

pub(super) struct Comment<'t> {
    pub text: &'t str,
    /// How many lines end between what comes before and it.
    pub newlines: usize,
}

impl Gap<'_> {
    /// Whether a line ends in the gap.
    pub fn has_newline(&self) -> bool {
        self.newlines > 0 || !self.comments.is_empty()
    }
}

/// A pair of brackets with entries.
pub(super) struct Group {
    pub kind: K,
    pub entries: usize,
    /// Whether it was written on several lines.
    pub is_broken: bool,
    /// The unit that closes it.
    pub close: usize,
}

/// A whole text. The first group is the file itself.
pub(super) struct Units<'t> {
    pub units: Vec<Unit<'t>>,
    pub groups: Vec<Group>,
    /// What follows the last unit.
    pub end: Gap<'t>,
}

pub(super) fn gather(tree: &Tree) -> Units<'_> {
    let roles = Roles::of(tree);
    let mut groups = roles.groups;
    let mut units: Vec<Unit<'_>> = Vec::with_capacity(tree.token_count() as usize / 2);
    let mut gap = Gap::default();
    let mut skip_until = 0;
    for (token, role) in tree.tokens().zip(&roles.tokens) {
        if token.index() < skip_until {
            continue;
        }
        if token.kind().is_trivia() {
            add_trivia(&mut gap, token);
        } else if token.kind() == K::Comma && is_group(role.parent) {
            gap.comma = true;
        } else {
            let unit = unit(token, role, std::mem::take(&mut gap));
            if let Some(string) = role.string {
                skip_until = string.token_end();
            }
            units.push(unit);
        }
    }
    find_broken(&units, &mut groups);
    Units { units, groups, end: gap }
}

fn unit<'t>(token: Token<'t>, role: &Role<'t>, gap: Gap<'t>) -> Unit<'t> {
    let (text, kind) = match role.string {
        Some(string) => (whole_text(string), K::String),
        None => (Cow::Borrowed(token.text()), token.kind()),
    };
    Unit {
        text,
        kind,
        parent: role.parent,
        opens: role.opens,
        closes: role.closes,
        entry_of: role.entry_of,
        after_attribute: role.after_attribute,
        gap,
    }
}

fn whole_text(string: Node<'_>) -> Cow<'_, str> {
    let text = string.text();
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

fn add_trivia<'t>(gap: &mut Gap<'t>, token: Token<'t>) {
    match token.kind() {
        K::Newline => gap.newlines += token.text().matches('\n').count(),
        K::Comment | K::Doc | K::FileDoc | K::HashComment => {
            let newlines = std::mem::take(&mut gap.newlines);
            gap.comments.push(Comment { text: token.text().trim_end(), newlines });
        }
        _ => {}
    }
}

/// Finds the groups that were written on several lines: brackets of calls and lists only if a line ends beside one of their own
/// entries, braces if a line ends anywhere inside.
fn find_broken(units: &[Unit<'_>], groups: &mut [Group]) {
    let mut open: Vec<usize> = Vec::new();
    for unit in units {
        let newline = unit.gap.has_newline();
        let own = unit.entry_of.or(unit.closes);
        if newline || unit.text.contains('\n') {
            let directly = own.filter(|_| newline);
            break_open(groups, &open, directly);
        }
        if unit.closes.is_some() {
            open.pop();
        }
        open.extend(unit.opens);
    }
    for group in groups.iter_mut().filter(|group| group.entries == 0) {
        group.is_broken = false;
    }
    for (index, unit) in units.iter().enumerate() {
        if let Some(group) = unit.closes.and_then(|group| groups.get_mut(group)) {
            group.close = index;
            group.is_broken |= !unit.gap.comments.is_empty();
        }
    }
}

/// Marks the open groups from the innermost outwards, up to one that is marked already with all around it.
fn break_open(groups: &mut [Group], open: &[usize], directly: Option<usize>) {
    for index in open.iter().rev() {
        let Some(group) = groups.get_mut(*index) else {
            continue;
        };
        let breaks = directly == Some(*index) || breaks_with_content(group.kind);
        if group.is_broken && breaks_with_content(group.kind) {
            return;
        }
        group.is_broken |= breaks;
    }
}

fn breaks_with_content(kind: K) -> bool {
    !matches!(kind, K::List | K::Args | K::Params)
}

/// Whether a node of this kind is a group of entries.
fn is_group(kind: K) -> bool {
    matches!(kind, K::File | K::Body | K::SchemaBody | K::List | K::Args | K::Params | K::RecordType | K::Match)
}

/// What the tree says about a token.
#[derive(Clone, Copy)]
struct Role<'t> {
    parent: K,
    opens: Option<usize>,
    closes: Option<usize>,
    entry_of: Option<usize>,
    after_attribute: bool,
    /// The string that starts with it.
    string: Option<Node<'t>>,
}

struct Roles<'t> {
    tokens: Vec<Role<'t>>,
    groups: Vec<Group>,
}

impl<'t> Roles<'t> {
    fn of(tree: &'t Tree) -> Roles<'t> {
        let none =
            Role { parent: K::File, opens: None, closes: None, entry_of: None, after_attribute: false, string: None };
        let mut roles = Roles { tokens: vec![none; tree.token_count() as usize], groups: Vec::new() };
        roles.add_parents(tree);
        for node in tree.nodes() {
            if is_group(node.kind()) {
                roles.add_group(node);
            }
            if node.kind() == K::String {
                roles.at(node.token_start(), |role| role.string = Some(node));
            }
            if node.kind() == K::Attribute {
                let next = node.tree().token(node.token_end());
                let next = std::iter::successors(next, |token| token.next()).find(|token| !token.kind().is_trivia());
                if let Some(next) = next {
                    roles.at(next.index(), |role| role.after_attribute = true);
                }
            }
        }
        roles
    }

    fn at(&mut self, token: u32, change: impl FnOnce(&mut Role<'t>)) {
        if let Some(role) = self.tokens.get_mut(token as usize) {
            change(role);
        }
    }

    /// Sweeps over tokens and nodes at once; the innermost node that is open is the parent.
    fn add_parents(&mut self, tree: &'t Tree) {
        let mut nodes = tree.nodes().peekable();
        let mut open: Vec<(u32, K)> = Vec::new();
        for (index, role) in (0u32..).zip(self.tokens.iter_mut()) {
            while open.last().is_some_and(|(end, _)| *end <= index) {
                open.pop();
            }
            while let Some(node) = nodes.next_if(|node| node.token_start() <= index) {
                open.push((node.token_end(), node.kind()));
            }
            role.parent = open.last().map_or(K::File, |(_, kind)| *kind);
        }
    }

    fn add_group(&mut self, node: Node<'t>) {
        let group = self.groups.len();
        let is_file = node.kind() == K::File;
        let mut entries = 0;
        for child in node.children().filter(|child| node.kind() != K::Match || child.kind() == K::Arm) {
            entries += 1;
            self.at(child.token_start(), |role| role.entry_of = Some(group));
        }
        if !is_file {
            let opener =
                node.tokens().find(|token| matches!(token.kind(), K::LeftBrace | K::LeftBracket | K::LeftParen));
            if let Some(opener) = opener {
                self.at(opener.index(), |role| role.opens = Some(group));
                self.at(node.token_end().saturating_sub(1), |role| role.closes = Some(group));
            }
        }
        self.groups.push(Group { kind: node.kind(), entries, is_broken: is_file, close: usize::MAX });
    }
}
