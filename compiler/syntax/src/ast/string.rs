//! The value of a string literal: pieces decoded, the indentation of a block taken off.

use super::{Expr, View, child, views};
use crate::kind::SyntaxKind as K;
use crate::range::TextRange;
use crate::tree::{Element, Token};

views! {
    /// A string, of one line or a block, raw or not.
    StringLit = String;
}

/// A part of a string.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Piece<'t> {
    /// Text with its escapes decoded, and where it is written.
    Text(String, TextRange),
    /// `\(expr)`
    Interpolation(Option<Expr<'t>>),
}

impl<'t> StringLit<'t> {
    /// The parts, in order; text that is empty is left out.
    #[must_use]
    pub fn pieces(self) -> Vec<Piece<'t>> {
        let mut writer = PieceWriter { indent: self.indent(), ..PieceWriter::default() };
        let last = self.last_text();
        for element in self.node().elements() {
            match element {
                Element::Node(node) => writer.interpolation(child(node)),
                Element::Token(token) => self.write_token(&mut writer, token, last),
            }
        }
        writer.flush();
        writer.pieces
    }

    fn write_token(self, writer: &mut PieceWriter<'t>, token: Token<'t>, last: Option<Token<'t>>) {
        match token.kind() {
            K::StringText if self.is_block() => {
                let text = if self.first_text() == Some(token) { after_newline(token.text()) } else { token.text() };
                let text = if last == Some(token) { before_last_newline(text) } else { text };
                writer.block_text(text, token.range());
            }
            K::StringText => writer.text(token.text(), token.range()),
            K::StringEscape => writer.text(decode(token.text()).encode_utf8(&mut [0; 4]), token.range()),
            K::BadEscape => writer.text(token.text(), token.range()),
            _ => {}
        }
    }

    /// The whole text, if nothing in it is computed.
    #[must_use]
    pub fn plain(self) -> Option<String> {
        let mut whole = String::new();
        for piece in self.pieces() {
            match piece {
                Piece::Text(text, _) => whole.push_str(&text),
                Piece::Interpolation(_) => return None,
            }
        }
        Some(whole)
    }

    /// Whether it is a block of lines.
    #[must_use]
    pub fn is_block(self) -> bool {
        matches!(self.open().map(Token::kind), Some(K::BlockQuote | K::RawBlockQuote))
    }

    /// Whether escapes and interpolations are plain text in it.
    #[must_use]
    pub fn is_raw(self) -> bool {
        matches!(self.open().map(Token::kind), Some(K::RawQuote | K::RawBlockQuote))
    }

    fn open(self) -> Option<Token<'t>> {
        self.node().tree().token(self.node().token_start())
    }

    /// The text token directly after the opening quotes.
    fn first_text(self) -> Option<Token<'t>> {
        self.open().and_then(Token::next).filter(|token| token.kind() == K::StringText)
    }

    /// The text token directly before the closing quotes.
    fn last_text(self) -> Option<Token<'t>> {
        let close = self.node().first_token(K::CloseQuote)?;
        close.previous().filter(|token| token.kind() == K::StringText)
    }

    /// The indentation that every line of a block has, the line of the closing quotes included.
    fn indent(self) -> &'t str {
        if !self.is_block() {
            return "";
        }
        let mut common: Option<&'t str> = None;
        for token in self.node().tokens().filter(|token| token.kind() == K::StringText) {
            let ends = token.next().is_none_or(|next| !is_content(next.kind()));
            let mut lines = token.text().split('\n').skip(1).peekable();
            while let Some(line) = lines.next() {
                let text = line.trim_start_matches([' ', '\t']);
                let unfinished = lines.peek().is_none();
                // The last line of a token goes on in the next token: it is blank only if nothing more follows.
                let counts = !text.trim_end_matches('\r').is_empty() || (unfinished && (!ends || self.closes(token)));
                let lead = line.get(..line.len() - text.len()).unwrap_or("");
                if counts {
                    common = Some(common.map_or(lead, |shared| shared_start(shared, lead)));
                }
            }
        }
        common.unwrap_or("")
    }

    fn closes(self, token: Token<'t>) -> bool {
        token.next().is_some_and(|next| next.kind() == K::CloseQuote)
    }
}

fn is_content(kind: K) -> bool {
    matches!(kind, K::StringText | K::StringEscape | K::BadEscape | K::InterpolationOpen)
}

/// What follows the newline that the opening quotes end their line with.
fn after_newline(text: &str) -> &str {
    match text.split_once('\n') {
        Some((blank, rest)) if blank.trim().is_empty() => rest,
        _ => text,
    }
}

/// What comes before the newline and the indentation of the closing quotes.
fn before_last_newline(text: &str) -> &str {
    match text.rsplit_once('\n') {
        Some((rest, blank)) if blank.trim().is_empty() => rest.strip_suffix('\r').unwrap_or(rest),
        _ if text.trim().is_empty() => "",
        _ => text,
    }
}

fn shared_start<'t>(left: &'t str, right: &str) -> &'t str {
    let same = left.bytes().zip(right.bytes()).take_while(|(left, right)| left == right).count();
    left.get(..same).unwrap_or("")
}

/// The character of an escape that the lexer found to be right.
fn decode(escape: &str) -> char {
    match escape.as_bytes().get(1) {
        Some(b'n') => '\n',
        Some(b't') => '\t',
        Some(b'r') => '\r',
        Some(b'0') => '\0',
        Some(b'"') => '"',
        Some(b'u') => {
            let digits = escape.get(3..escape.len().saturating_sub(1)).unwrap_or("");
            u32::from_str_radix(digits, 16).ok().and_then(char::from_u32).unwrap_or(char::REPLACEMENT_CHARACTER)
        }
        _ => '\\',
    }
}

/// Collects pieces; text that is written in several tokens becomes one piece.
#[derive(Default)]
struct PieceWriter<'t> {
    indent: &'t str,
    text: String,
    range: Option<TextRange>,
    started: bool,
    pieces: Vec<Piece<'t>>,
}

impl<'t> PieceWriter<'t> {
    fn text(&mut self, text: &str, range: TextRange) {
        self.started = true;
        self.text.push_str(text);
        self.range = Some(self.range.map_or(range, |before| before.cover(range)));
    }

    /// Writes lines of a block without their indentation; a line feed ends each.
    fn block_text(&mut self, text: &str, range: TextRange) {
        let mut written = String::with_capacity(text.len());
        for (number, line) in text.split('\n').enumerate() {
            if number > 0 {
                if written.ends_with('\r') {
                    written.pop();
                }
                written.push('\n');
            }
            let at_line_start = number > 0 || !self.started;
            let line = if at_line_start { self.unindented(line) } else { line };
            written.push_str(line);
        }
        self.text(&written, range);
    }

    fn unindented<'l>(&self, line: &'l str) -> &'l str {
        let blank = || if line.trim().is_empty() { "" } else { line };
        line.strip_prefix(self.indent).unwrap_or_else(blank)
    }

    fn interpolation(&mut self, expr: Option<Expr<'t>>) {
        self.started = true;
        self.flush();
        self.pieces.push(Piece::Interpolation(expr));
    }

    fn flush(&mut self) {
        let text = std::mem::take(&mut self.text);
        if let (Some(range), false) = (self.range.take(), text.is_empty()) {
            self.pieces.push(Piece::Text(text, range));
        }
    }
}
