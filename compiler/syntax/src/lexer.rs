//! Text to tokens. Total: every byte of every text belongs to one token, and tokens in text order give the text back.
//!
//! logos finds the tokens of code; strings are scanned here, because what they may hold depends on their quotes and because
//! code inside an interpolation nests. Every string and interpolation that opens also closes: where the text does not close
//! it, the closing token is empty, so that the grammar never has to look for the end of one.

use logos::Logos;

use crate::error::SyntaxError;
use crate::kind::SyntaxKind as K;
use crate::range::TextRange;
use crate::teach;

/// The tokens of a text.
pub(crate) struct Lexed {
    pub kinds: Vec<K>,
    /// Where each token starts, and the length of the text.
    pub starts: Vec<u32>,
    /// The tokens that are no trivia.
    pub places: Vec<u32>,
    pub errors: Vec<SyntaxError>,
    /// Where errors of the grammar would only follow from an unclosed string.
    pub silenced: Vec<TextRange>,
    /// Whether every bracket has its partner.
    pub balanced: bool,
}

/// A string that is open, with its interpolation if the scanner is inside one.
struct OpenString {
    quote: K,
    start: u32,
    /// Round brackets open inside the interpolation.
    brackets: u32,
}

struct Lexer<'t> {
    text: &'t str,
    at: usize,
    open: Vec<OpenString>,
    brackets: Vec<K>,
    out: Lexed,
}

/// The tokens of `text`.
pub(crate) fn lex(text: &str) -> Lexed {
    let expected = text.len() / 3;
    let out = Lexed {
        kinds: Vec::with_capacity(expected),
        starts: Vec::with_capacity(expected),
        places: Vec::with_capacity(expected),
        errors: Vec::new(),
        silenced: Vec::new(),
        balanced: true,
    };
    let mut lexer = Lexer { text, at: 0, open: Vec::new(), brackets: Vec::new(), out };
    lexer.run();
    let mut out = lexer.out;
    out.balanced &= lexer.brackets.is_empty();
    out.starts.push(offset(text.len()));
    out
}

fn offset(bytes: usize) -> u32 {
    u32::try_from(bytes).unwrap_or(u32::MAX)
}

impl Lexer<'_> {
    fn run(&mut self) {
        while self.at < self.text.len() {
            self.code();
        }
        while let Some(string) = self.open.pop() {
            self.push(K::InterpolationClose, 0);
            self.unclosed(&string);
        }
    }

    /// Reads code until a string has been read or an interpolation ends.
    fn code(&mut self) {
        let base = self.at;
        let mut tokens = K::lexer(self.text.get(base..).unwrap_or(""));
        while let Some(token) = tokens.next() {
            let range = tokens.span();
            let kind = token.unwrap_or(K::BadCharacter);
            self.at = base + range.start;
            let length = range.len();
            match kind {
                K::Newline if !self.open.is_empty() => return self.newline_in_interpolation(),
                K::BlockQuote if !self.open.is_empty() => return self.string(K::Quote, 1),
                K::RawBlockQuote if !self.open.is_empty() => return self.string(K::RawQuote, 2),
                K::Quote | K::BlockQuote | K::RawQuote | K::RawBlockQuote => return self.string(kind, length),
                K::RightParen if self.ends_interpolation() => {
                    self.push(K::InterpolationClose, length);
                    return self.resume_string();
                }
                K::LeftParen | K::LeftBracket | K::LeftBrace => self.open_bracket(kind),
                K::RightParen => self.close_bracket(kind, K::LeftParen),
                K::RightBracket => self.close_bracket(kind, K::LeftBracket),
                K::RightBrace => self.close_bracket(kind, K::LeftBrace),
                K::Comment => self.comment(length),
                K::Int => self.int(length),
                K::BadCharacter if self.at_letter() => {
                    let word = word_length(self.text.get(self.at..).unwrap_or(""));
                    tokens.bump(word.saturating_sub(length));
                    self.foreign_word(word);
                }
                _ if kind.is_mistake() => self.mistake(kind, length),
                _ => self.push(kind, length),
            }
        }
        self.at = self.text.len();
    }

    fn at_letter(&self) -> bool {
        self.text.get(self.at..).and_then(|rest| rest.chars().next()).is_some_and(char::is_alphabetic)
    }

    /// A word with letters that names do not have is one mistake and still one name.
    fn foreign_word(&mut self, length: usize) {
        let word = self.text.get(self.at..self.at + length).unwrap_or("");
        let foreign = word.find(|letter: char| letter.is_ascii()).unwrap_or(word.len());
        let range = TextRange::new(offset(self.at), offset(self.at + foreign));
        let is_new = self.out.errors.last().is_none_or(|error| !self.is_in_last_word(error));
        if is_new {
            self.out.errors.extend(teach::token(K::BadCharacter, self.text, range));
        }
        let whole = match self.out.kinds.last() {
            Some(kind) if kind.is_name() => K::Ident,
            Some(kind) if kind.is_literal() => K::BadLiteral,
            _ => return self.push(K::Ident, length),
        };
        if let Some(kind) = self.out.kinds.last_mut() {
            *kind = whole;
        }
        self.at += length;
    }

    /// Whether an error is about the token that was read last.
    fn is_in_last_word(&self, error: &SyntaxError) -> bool {
        let is_word = self.out.kinds.last().is_some_and(|kind| kind.is_name());
        is_word && self.out.starts.last().is_some_and(|start| error.range.start >= *start)
    }

    /// What is wrong wherever it stands; characters that stand together are one mistake.
    fn mistake(&mut self, kind: K, length: usize) {
        let range = TextRange::new(offset(self.at), offset(self.at + length));
        if kind == K::BadCharacter && self.out.kinds.last() == Some(&kind) {
            self.at += length;
            if let Some(error) = self.out.errors.last_mut() {
                error.range.end = range.end;
            }
            return;
        }
        self.out.errors.extend(teach::token(kind, self.text, range));
        self.push(kind, length);
    }

    fn int(&mut self, length: usize) {
        let range = TextRange::new(offset(self.at), offset(self.at + length));
        let written = self.text.get(range.bytes()).unwrap_or("");
        if written.strip_prefix('0').is_some_and(|rest| rest.starts_with(|next: char| !next.is_ascii_alphabetic())) {
            self.out.errors.push(teach::leading_zero(written, range));
        }
        self.push(K::Int, length);
    }

    fn comment(&mut self, length: usize) {
        let text = self.text.get(self.at..self.at + length).unwrap_or("");
        let kind = if text.starts_with("///") && !text.starts_with("////") {
            K::Doc
        } else if text.starts_with("//!") {
            K::FileDoc
        } else {
            K::Comment
        };
        self.push(kind, length);
    }

    fn open_bracket(&mut self, kind: K) {
        match self.open.last_mut() {
            Some(open) if kind == K::LeftParen => open.brackets += 1,
            _ => self.brackets.push(kind),
        }
        self.push(kind, 1);
    }

    fn close_bracket(&mut self, kind: K, opener: K) {
        match self.open.last_mut() {
            Some(open) if kind == K::RightParen => open.brackets = open.brackets.saturating_sub(1),
            _ => self.out.balanced &= self.brackets.pop() == Some(opener),
        }
        self.push(kind, 1);
    }

    fn ends_interpolation(&self) -> bool {
        self.open.last().is_some_and(|open| open.brackets == 0)
    }

    /// Adds a token of `length` bytes at the current place and moves behind it.
    fn push(&mut self, kind: K, length: usize) {
        if !kind.is_trivia() {
            self.out.places.push(offset(self.out.kinds.len()));
        }
        self.out.kinds.push(kind);
        self.out.starts.push(offset(self.at));
        self.at += length;
    }

    /// A line ends inside an interpolation: the interpolation ends too, and with it a string of one line.
    fn newline_in_interpolation(&mut self) {
        let Some(string) = self.open.pop() else {
            return;
        };
        self.push(K::InterpolationClose, 0);
        if matches!(string.quote, K::BlockQuote) {
            let range = TextRange::new(string.start, offset(self.at));
            self.out.errors.push(teach::unclosed_interpolation(TextRange::empty(range.end)));
            self.out.silenced.push(self.line_before(range.end));
            self.scan(string.quote, string.start);
        } else {
            self.unclosed(&string);
        }
    }

    fn line_before(&self, end: u32) -> TextRange {
        let start = self.text.get(..end as usize).and_then(|text| text.rfind('\n')).map_or(0, |newline| newline + 1);
        TextRange::new(offset(start), end)
    }

    fn string(&mut self, quote: K, length: usize) {
        let start = offset(self.at);
        self.push(quote, length);
        self.scan(quote, start);
    }

    fn resume_string(&mut self) {
        if let Some(string) = self.open.pop() {
            self.scan(string.quote, string.start);
        }
    }

    /// Reads a string from the current place to its end or to the start of an interpolation.
    fn scan(&mut self, quote: K, start: u32) {
        let bytes = self.text.as_bytes();
        let is_block = matches!(quote, K::BlockQuote | K::RawBlockQuote);
        let is_raw = matches!(quote, K::RawQuote | K::RawBlockQuote);
        let mut end = self.at;
        loop {
            match bytes.get(end) {
                Some(b'"') if !is_block => return self.close_string(end, 1),
                Some(b'"') if bytes.get(end..end + 3) == Some(b"\"\"\"") => {
                    return self.close_string(end, 3);
                }
                Some(b'\\') if !is_raw => {
                    self.text_until(end);
                    if bytes.get(end + 1) == Some(&b'(') {
                        self.push(K::InterpolationOpen, 2);
                        self.open.push(OpenString { quote, start, brackets: 0 });
                        return;
                    }
                    self.escape();
                    end = self.at;
                }
                Some(b'\n') if !is_block => break,
                None => break,
                Some(_) => end += 1,
            }
        }
        if is_block {
            end = self.guess_block_end(end);
        } else if end > self.at && bytes.get(end - 1) == Some(&b'\r') {
            end -= 1;
        }
        self.text_until(end);
        self.unclosed(&OpenString { quote, start, brackets: 0 });
    }

    fn text_until(&mut self, end: usize) {
        if end > self.at {
            self.push(K::StringText, end - self.at);
        }
    }

    fn close_string(&mut self, end: usize, length: usize) {
        self.text_until(end);
        self.push(K::CloseQuote, length);
    }

    /// Where a block that nobody closes ends most likely: before a line that starts a declaration.
    fn guess_block_end(&self, end: usize) -> usize {
        let rest = self.text.get(self.at..end).unwrap_or("");
        let mut at = self.at;
        for line in rest.split_inclusive('\n') {
            if at > self.at && starts_declaration(line) {
                return at - 1;
            }
            at += line.len();
        }
        end
    }

    fn unclosed(&mut self, string: &OpenString) {
        let place = self.at;
        self.push(K::CloseQuote, 0);
        if self.open.is_empty() {
            let range = TextRange::new(string.start, offset(place));
            self.out.errors.push(teach::unclosed_string(string.quote, self.text, range));
            self.out.silenced.push(range);
        }
    }

    fn escape(&mut self) {
        let rest = self.text.get(self.at..).unwrap_or("");
        let length = escape_length(rest);
        let whole = rest.get(..length).unwrap_or("");
        if is_escape(whole) {
            return self.push(K::StringEscape, length);
        }
        let range = TextRange::new(offset(self.at), offset(self.at + length));
        self.out.errors.push(teach::bad_escape(whole, range));
        self.push(K::BadEscape, length);
    }
}

/// How long the word is that a text starts with, whatever its letters.
fn word_length(text: &str) -> usize {
    let mut letters = text.char_indices().peekable();
    while let Some((at, letter)) = letters.next() {
        let next = letters.peek().map(|(_, next)| *next);
        let joins = letter == '-' && next.is_some_and(|next| next.is_alphanumeric() || next == '_');
        if !(letter.is_alphanumeric() || letter == '_' || joins) {
            return at;
        }
    }
    text.len()
}

fn starts_declaration(line: &str) -> bool {
    const WORDS: [&str; 8] = ["import ", "let ", "type ", "fn ", "schema ", "extend ", "test ", "}"];
    WORDS.iter().any(|word| line.starts_with(word))
        || (line.starts_with(|first: char| first.is_ascii_alphabetic()) && line.trim_end().ends_with('{'))
}

/// The length of what starts with a backslash: the backslash and a character, or `\u{..}`.
fn escape_length(rest: &str) -> usize {
    if let Some(code) = rest.strip_prefix("\\u{") {
        let digits = code.bytes().take_while(u8::is_ascii_hexdigit).count();
        return 3 + digits + usize::from(code.as_bytes().get(digits) == Some(&b'}'));
    }
    match rest.chars().nth(1) {
        Some('\n' | '\r') | None => 1,
        Some(character) => 1 + character.len_utf8(),
    }
}

fn is_escape(text: &str) -> bool {
    if let Some(code) = text.strip_prefix("\\u{").and_then(|code| code.strip_suffix('}')) {
        return code.len() <= 6 && u32::from_str_radix(code, 16).ok().and_then(char::from_u32).is_some();
    }
    matches!(text, "\\n" | "\\t" | "\\r" | "\\0" | "\\\\" | "\\\"")
}
