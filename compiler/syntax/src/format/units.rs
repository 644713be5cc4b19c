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
    let mut reader = Reader::default();
    let mut nodes = tree.nodes().peekable();
    for token in tree.tokens() {
        reader.leave(token.index());
        while let Some(node) = nodes.next_if(|node| node.token_start() <= token.index()) {
            reader.enter(node);
        }
        reader.read(token);
    }
    let Reader { units, mut groups, gap, .. } = reader;
    find_broken(&units, &mut groups);
    Units { units, groups, end: gap }
}

/// Goes through the tokens, and in and out of the nodes around them.
#[derive(Default)]
struct Reader<'t> {
    units: Vec<Unit<'t>>,
    groups: Vec<Group>,
    /// The nodes that the next token is in, the innermost last.
    around: Vec<Around>,
    /// The string that starts with the next token.
    string: Option<Node<'t>>,
    /// The token after the last string.
    string_end: u32,
    /// What is known of the next unit.
    entry_of: Option<usize>,
    after_attribute: bool,
    gap: Gap<'t>,
}

struct Around {
    kind: K,
    /// The token after the last one.
    end: u32,
    group: Option<usize>,
}

impl<'t> Reader<'t> {
    /// Leaves the nodes that end before a token.
    fn leave(&mut self, token: u32) {
        while let Some(node) = self.around.pop_if(|node| node.end <= token) {
            self.after_attribute |= node.kind == K::Attribute;
        }
    }

    /// Enters a node that starts with the next token, unless it is a part of a string.
    fn enter(&mut self, node: Node<'t>) {
        let (kind, end) = (node.kind(), node.token_end());
        if node.token_start() < self.string_end {
            return;
        }
        let around = self.around.last().filter(|around| around.kind != K::Match || kind == K::Arm);
        if let Some(index) = around.and_then(|around| around.group)
            && let Some(group) = self.groups.get_mut(index)
        {
            group.entries += 1;
            self.entry_of = Some(index);
        }
        let group = is_group(kind).then_some(self.groups.len());
        if group.is_some() {
            self.groups.push(Group { kind, entries: 0, is_broken: kind == K::File, close: usize::MAX });
        }
        self.around.push(Around { kind, end, group });
        if kind == K::String {
            (self.string, self.string_end) = (Some(node), end);
        }
    }

    fn read(&mut self, token: Token<'t>) {
        if let Some(string) = self.string.take() {
            return self.push(whole_text(string), K::String);
        }
        match token.kind() {
            _ if token.index() < self.string_end => {}
            kind if kind.is_trivia() => add_trivia(&mut self.gap, token),
            K::Comma if self.group().is_some() => self.gap.comma = true,
            kind => self.push(Cow::Borrowed(token.text()), kind),
        }
    }

    fn push(&mut self, text: Cow<'t, str>, kind: K) {
        self.units.push(Unit {
            text,
            kind,
            parent: self.around.last().map_or(K::File, |node| node.kind),
            opens: self.group().filter(|_| matches!(kind, K::LeftBrace | K::LeftBracket | K::LeftParen)),
            closes: self.group().filter(|_| matches!(kind, K::RightBrace | K::RightBracket | K::RightParen)),
            entry_of: self.entry_of.take(),
            after_attribute: std::mem::take(&mut self.after_attribute),
            gap: std::mem::take(&mut self.gap),
        });
    }

    /// The group that the next token stands directly in.
    fn group(&self) -> Option<usize> {
        self.around.last().and_then(|node| node.group)
    }
}

fn whole_text(string: Node<'_>) -> Cow<'_, str> {
    let text = string.text();
    if text.contains("\r\n") { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

fn add_trivia<'t>(gap: &mut Gap<'t>, token: Token<'t>) {
    match token.kind() {
        K::Newline => gap.newlines += token.text().matches('\n').count(),
        K::Comment | K::Doc | K::FileDoc | K::HashComment | K::BlockComment => {
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
