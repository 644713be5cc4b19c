//! The tokens of a text: all of them, in flat tables, and those of them that the grammar sees.
//!
//! Knows what a line is. Knows nothing of how tokens combine.

use std::sync::Arc;

use crate::kind::SyntaxKind as K;
use crate::range::TextRange;

/// A text and its tokens, trivia included.
#[derive(Debug, PartialEq, Eq, Hash)]
pub(crate) struct TokenTable {
    pub text: Arc<str>,
    pub kinds: Vec<K>,
    /// Where each token starts, and the length of the text at the end.
    pub starts: Vec<u32>,
}

impl TokenTable {
    pub(crate) fn kind(&self, index: u32) -> Option<K> {
        self.kinds.get(index as usize).copied()
    }

    pub(crate) fn range(&self, index: u32) -> TextRange {
        let at = |index: usize| self.starts.get(index).copied().unwrap_or(0);
        TextRange { start: at(index as usize), end: at(index as usize + 1) }
    }

    pub(crate) fn text(&self, range: TextRange) -> &str {
        self.text.get(range.bytes()).unwrap_or("")
    }

    /// How many tokens there are.
    pub(crate) fn count(&self) -> u32 {
        u32::try_from(self.kinds.len()).unwrap_or(u32::MAX)
    }
}

/// A token as the grammar sees it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Tok {
    pub kind: K,
    /// Whether it is the first token of its line.
    pub first_on_line: bool,
    /// How far its line is indented.
    pub indent: u16,
}

/// The tokens that are no trivia, one after the other.
pub(crate) struct Significant {
    tokens: Arc<TokenTable>,
    next: u32,
    line_indent: u16,
    line_start: bool,
}

impl Significant {
    pub(crate) fn of(tokens: &Arc<TokenTable>) -> Significant {
        Significant { tokens: Arc::clone(tokens), next: 0, line_indent: 0, line_start: true }
    }

    // Kept out of the loop over tokens, which is called for each of them.
    #[inline(never)]
    fn start_line(&mut self, newline: u32) {
        let text = self.tokens.text(self.tokens.range(newline)).bytes();
        let indent = text.rev().take_while(|byte| *byte != b'\n').count();
        self.line_indent = u16::try_from(indent).unwrap_or(u16::MAX);
        self.line_start = true;
    }
}

impl Iterator for Significant {
    type Item = Tok;

    fn next(&mut self) -> Option<Tok> {
        loop {
            let index = self.next;
            let kind = self.tokens.kind(index)?;
            self.next += 1;
            if !kind.is_trivia() {
                let first_on_line = std::mem::take(&mut self.line_start);
                return Some(Tok { kind, first_on_line, indent: self.line_indent });
            }
            if kind == K::Newline || (kind == K::Space && index == 0) {
                self.start_line(index);
            }
        }
    }
}
