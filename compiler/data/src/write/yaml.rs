//! The YAML writer: block style, two spaces, lists not indented under their key, as `kubectl` does.
//!
//! Knows layout: where a line begins, how deep it is, what an empty map looks like. What a piece of
//! text looks like is `scalar`'s business.
//!
//! Text is left without quotes only where every reader of YAML 1.1 and of YAML 1.2 reads the same
//! text back; everything else is quoted or, over several lines, a literal block.

mod scalar;

use super::{Sink, number};
use scalar::Style;

/// Pushes values into a string of YAML.
///
/// A document is a value at the outermost level. [`Sink::document_start`] writes `---`; a file of a
/// single document does not need it. Infinities and "not a number" are `.inf`, `-.inf` and `.nan`.
#[derive(Debug)]
pub struct Writer {
    out: String,
    open: Vec<Frame>,
    newlines: u32,
}

/// A map or list that has begun and not ended.
#[derive(Clone, Copy, Debug)]
struct Frame {
    collection: Collection,
    /// How many spaces its lines begin with.
    indent: usize,
    opening: Opening,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Collection {
    Map,
    List,
}

/// How the next entry of a collection finds its place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Opening {
    /// No entry yet, and the line holds the collection's key: a first entry begins the next line.
    AfterKey,
    /// No entry yet, at the beginning of a document or after a dash: a first entry stands right here.
    Inline,
    /// There are entries; the next one begins its own line.
    Done,
}

/// The longest written key that is still put before a colon. Readers look no further than this.
const LONGEST_SIMPLE_KEY: usize = 1024;

impl Default for Writer {
    fn default() -> Writer {
        Writer::new()
    }
}

impl Writer {
    /// A writer that has written nothing.
    #[must_use]
    pub fn new() -> Writer {
        Writer::reuse(String::new())
    }

    /// A writer that empties `buffer` and writes into its memory.
    #[must_use]
    pub fn reuse(mut buffer: String) -> Writer {
        buffer.clear();
        Writer { out: buffer, open: Vec::new(), newlines: 0 }
    }

    /// What has been written so far.
    #[must_use]
    pub fn as_str(&self) -> &str {
        &self.out
    }

    /// What has been written.
    #[must_use]
    pub fn into_string(self) -> String {
        self.out
    }

    fn newline(&mut self) {
        self.out.push('\n');
        self.newlines += 1;
    }

    /// Goes to where the next entry of the innermost collection begins.
    fn begin_entry(&mut self) {
        let Some(frame) = self.open.last_mut() else {
            return;
        };
        let indent = frame.indent;
        match std::mem::replace(&mut frame.opening, Opening::Done) {
            Opening::Inline => return,
            Opening::AfterKey => self.newline(),
            Opening::Done => {}
        }
        push_indent(&mut self.out, indent);
    }

    /// Goes to where a scalar begins, and says how deep a literal block under it has to be.
    fn begin_scalar(&mut self) -> usize {
        match self.open.last() {
            None => 2,
            Some(Frame { collection: Collection::Map, indent, .. }) => {
                let indent = *indent;
                self.out.push(' ');
                indent + 2
            }
            Some(Frame { indent, .. }) => {
                let indent = *indent;
                self.begin_entry();
                self.out.push_str("- ");
                indent + 2
            }
        }
    }

    fn begin_collection(&mut self, collection: Collection) {
        let (indent, opening) = match self.open.last() {
            None => (0, Opening::Inline),
            Some(&Frame { collection: Collection::Map, indent, .. }) => match collection {
                Collection::Map => (indent + 2, Opening::AfterKey),
                Collection::List => (indent, Opening::AfterKey),
            },
            Some(&Frame { indent, .. }) => {
                self.begin_entry();
                self.out.push_str("- ");
                (indent + 2, Opening::Inline)
            }
        };
        self.open.push(Frame { collection, indent, opening });
    }

    fn end_collection(&mut self, collection: Collection) {
        let frame = self.open.pop();
        debug_assert!(frame.is_some_and(|frame| frame.collection == collection));
        let empty = match collection {
            Collection::Map => "{}",
            Collection::List => "[]",
        };
        match frame.map_or(Opening::Done, |frame| frame.opening) {
            Opening::Done => return,
            Opening::AfterKey => self.out.push(' '),
            Opening::Inline => {}
        }
        self.out.push_str(empty);
        self.newline();
    }

    fn plain_scalar(&mut self, text: &str) {
        self.begin_scalar();
        self.out.push_str(text);
        self.newline();
    }

    /// A literal block: the text's own lines, each indented.
    fn literal(&mut self, text: &str, indicator: &str, indent: usize) {
        let body = text.trim_end_matches('\n');
        let breaks = text.len() - body.len();
        self.out.push('|');
        self.out.push_str(indicator);
        self.out.push_str(match breaks {
            0 => "-",
            1 => "",
            _ => "+",
        });
        for line in body.split('\n') {
            self.newline();
            if !line.is_empty() {
                push_indent(&mut self.out, indent);
                self.out.push_str(line);
            }
        }
        for _ in 0..breaks.max(1) {
            self.newline();
        }
    }
}

impl Sink for Writer {
    fn document_start(&mut self) {
        debug_assert!(self.open.is_empty());
        self.out.push_str("---");
        self.newline();
    }

    fn map_start(&mut self) {
        self.begin_collection(Collection::Map);
    }

    fn key(&mut self, key: &str) {
        self.begin_entry();
        let start = self.out.len();
        scalar::push_key(&mut self.out, key);
        if self.out.len() - start > LONGEST_SIMPLE_KEY {
            self.out.insert_str(start, "? ");
            self.newline();
            let indent = self.open.last().map_or(0, |frame| frame.indent);
            push_indent(&mut self.out, indent);
        }
        self.out.push(':');
    }

    fn map_end(&mut self) {
        self.end_collection(Collection::Map);
    }

    fn list_start(&mut self) {
        self.begin_collection(Collection::List);
    }

    fn list_end(&mut self) {
        self.end_collection(Collection::List);
    }

    fn null(&mut self) {
        self.plain_scalar("null");
    }

    fn bool(&mut self, value: bool) {
        self.plain_scalar(if value { "true" } else { "false" });
    }

    fn int(&mut self, value: i128) {
        self.begin_scalar();
        number::push_int(&mut self.out, value);
        self.newline();
    }

    fn float(&mut self, value: f64) {
        self.begin_scalar();
        if value.is_nan() {
            self.out.push_str(".nan");
        } else if value.is_infinite() {
            self.out.push_str(if value < 0.0 { "-.inf" } else { ".inf" });
        } else {
            number::push_float(&mut self.out, value);
        }
        self.newline();
    }

    fn text(&mut self, value: &str) {
        let nested = !self.open.is_empty();
        let indent = self.begin_scalar();
        match Style::of(value) {
            Style::Plain => self.out.push_str(value),
            Style::Single => scalar::push_single_quoted(&mut self.out, value),
            Style::Literal => return self.literal(value, "", indent),
            Style::IndentedLiteral if nested => return self.literal(value, "2", indent),
            Style::Double | Style::IndentedLiteral => {
                scalar::push_double_quoted(&mut self.out, value);
            }
        }
        self.newline();
    }

    fn line(&self) -> u32 {
        let opens_line = matches!(self.open.last(), Some(Frame { opening: Opening::AfterKey, .. }));
        self.newlines + 1 + u32::from(opens_line)
    }
}

/// Begins a line that is `indent` spaces deep.
fn push_indent(out: &mut String, indent: usize) {
    const SPACES: &str = "                                                                ";
    let mut left = indent;
    while left > SPACES.len() {
        out.push_str(SPACES);
        left -= SPACES.len();
    }
    out.push_str(SPACES.get(..left).unwrap_or_default());
}
