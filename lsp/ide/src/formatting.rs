//! The canonical style as the fewest edits that lead to it: of a document, of a part, and of what was just written.

use std::ops::Range;

use syntax::{SyntaxKind as K, TextRange};

/// A change of the text that is formatted.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct TextEdit {
    /// What is replaced.
    pub range: TextRange,
    /// By what.
    pub text: String,
}

/// The edits that bring a text into the canonical style; none where it has syntax errors.
pub fn format(text: &str) -> Vec<TextEdit> {
    let has_returns = text.contains("\r\n");
    match syntax::format(text) {
        Some(formatted) if has_returns => edits(text, &formatted.replace("\r\n", "\n").replace('\n', "\r\n")),
        Some(formatted) => edits(text, &formatted),
        None => Vec::new(),
    }
}

/// The edits that bring the lines of a part of a text into the canonical style.
pub fn format_range(text: &str, range: TextRange) -> Vec<TextEdit> {
    let start = text.get(..range.start as usize).map_or(0, |before| before.rfind('\n').map_or(0, |line| line + 1));
    let after = text.get(range.end as usize..).unwrap_or_default();
    let end = range.end as usize + after.find('\n').map_or(after.len(), |line| line + 1);
    let lines = TextRange::new(start as u32, end as u32);
    let inside = |edit: &TextEdit| lines.start <= edit.range.start && edit.range.end <= lines.end;
    format(text).into_iter().filter(inside).collect()
}

/// The edits for what was just written in front of an offset: behind a `}` its block, behind a new line the line above.
pub fn format_on_type(text: &str, offset: u32, written: char) -> Vec<TextEdit> {
    let Some(before) = text.get(..offset as usize) else {
        return Vec::new();
    };
    match written {
        '}' => {
            let tree = syntax::parse(text).tree;
            let brace = offset.checked_sub(1).and_then(|at| tree.token_at(at));
            let brace = brace.filter(|token| token.kind() == K::RightBrace);
            brace.map_or_else(Vec::new, |brace| format_range(text, brace.parent().range()))
        }
        '\n' => {
            let above = before.trim_end_matches(['\n', '\r', ' ', '\t']).len() as u32;
            format_range(text, TextRange::empty(above))
        }
        _ => Vec::new(),
    }
}

/// The fewest changes of lines that lead from one text to another, and within them of what is not alike.
fn edits(before: &str, after: &str) -> Vec<TextEdit> {
    if before == after {
        return Vec::new();
    }
    let diff = similar::TextDiff::from_lines(before, after);
    let offsets = |lines: &[&str]| {
        let mut offset = 0;
        let mut found = vec![0];
        found.extend(lines.iter().map(|line| {
            offset += line.len();
            offset
        }));
        found
    };
    let (old_lines, new_lines) = (lines_of(before), lines_of(after));
    let (old, new) = (offsets(&old_lines), offsets(&new_lines));
    let slice = |offsets: &[usize], lines: Range<usize>| {
        let at = |line: usize| offsets.get(line).or(offsets.last()).copied().unwrap_or_default();
        at(lines.start)..at(lines.end)
    };
    let mut found = Vec::new();
    for operation in diff.ops().iter().filter(|operation| operation.tag() != similar::DiffTag::Equal) {
        let (from, to) = (operation.old_range(), operation.new_range());
        for (from, to) in paired((&old_lines, from), (&new_lines, to)) {
            found.extend(narrowed(before, slice(&old, from), after.get(slice(&new, to)).unwrap_or_default()));
        }
    }
    found
}

/// Lines of one text, and those that are in place of them in the other.
type Pair = (Range<usize>, Range<usize>);

/// Lines that only differ in their blanks are changed one by one; what is left in the middle, at once.
fn paired((old, mut from): (&[&str], Range<usize>), (new, mut to): (&[&str], Range<usize>)) -> Vec<Pair> {
    let letters = |lines: &[&str], line: usize| -> Option<String> {
        lines.get(line).map(|line| line.split_whitespace().collect())
    };
    let same = |one: usize, other: usize| letters(old, one) == letters(new, other);
    let mut pairs = Vec::new();
    while !from.is_empty() && !to.is_empty() && same(from.start, to.start) {
        pairs.push((from.start..from.start + 1, to.start..to.start + 1));
        (from.start, to.start) = (from.start + 1, to.start + 1);
    }
    let mut behind = Vec::new();
    while !from.is_empty() && !to.is_empty() && same(from.end - 1, to.end - 1) {
        behind.push((from.end - 1..from.end, to.end - 1..to.end));
        (from.end, to.end) = (from.end - 1, to.end - 1);
    }
    if !from.is_empty() || !to.is_empty() {
        pairs.push((from, to));
    }
    pairs.extend(behind.into_iter().rev());
    pairs
}

/// The lines of a text with their ends, as they are compared.
fn lines_of(text: &str) -> Vec<&str> {
    text.split_inclusive('\n').collect()
}

/// An edit without what is the same at both of its ends.
fn narrowed(text: &str, range: Range<usize>, new: &str) -> Option<TextEdit> {
    let old = text.get(range.clone())?;
    let start: usize =
        old.chars().zip(new.chars()).take_while(|(one, other)| one == other).map(|(letter, _)| letter.len_utf8()).sum();
    let (old_rest, new_rest) = (old.get(start..)?, new.get(start..)?);
    let end: usize = old_rest
        .chars()
        .rev()
        .zip(new_rest.chars().rev())
        .take_while(|(one, other)| one == other)
        .map(|(letter, _)| letter.len_utf8())
        .sum();
    let replaced = TextRange::new((range.start + start) as u32, (range.end - end) as u32);
    let text = new_rest.get(..new_rest.len() - end)?.to_string();
    (!(replaced.is_empty() && text.is_empty())).then_some(TextEdit { range: replaced, text })
}
