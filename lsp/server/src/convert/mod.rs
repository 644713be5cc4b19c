//! Between the compiler's places and the protocol's: the only part that knows how both count.

mod finding;
mod position;
mod uri;

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::path::Path;
use std::rc::Rc;

use compiler::{Session, SourceFile};
use diagnostics::{FileId, Span};
use ide::{Edit, Place, TextRange};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{Location, Position, Range, TextEdit, Uri};

pub use finding::{diagnostic, diagnostic_at, diagnostics};
pub use position::{Encoding, Lines};
pub use uri::{Name, OWN, encoded, of_own, of_path};

use crate::documents::Documents;
use crate::workspace::Workspace;

/// A session with what its files are called in the editor.
pub struct View<'a> {
    /// The compiler.
    pub session: &'a Session,
    /// The root of the project.
    pub root: &'a Path,
    /// What is open.
    pub documents: &'a Documents,
    /// How files are called.
    pub workspace: &'a Workspace,
    /// What columns count.
    pub encoding: Encoding,
    lines: RefCell<BTreeMap<FileId, Rc<Lines>>>,
}

impl<'a> View<'a> {
    /// A view of a session.
    pub fn new(
        session: &'a Session,
        root: &'a Path,
        documents: &'a Documents,
        workspace: &'a Workspace,
        encoding: Encoding,
    ) -> Self {
        Self { session, root, documents, workspace, encoding, lines: RefCell::default() }
    }

    /// What a file is called.
    pub fn uri(&self, file: FileId) -> Uri {
        let path = self.session.file(file).map_or("", |(path, _)| path);
        self.workspace.uri(self.documents, self.root, path)
    }

    /// The text of a file.
    pub fn text(&self, file: FileId) -> &'a str {
        self.session.file(file).map_or("", |(_, text)| text)
    }

    /// The lines of a file, counted once.
    pub fn lines(&self, file: FileId) -> Rc<Lines> {
        let mut known = self.lines.borrow_mut();
        known.entry(file).or_insert_with(|| Rc::new(Lines::of(self.text(file)))).clone()
    }

    /// Where a span is in its file.
    pub fn range(&self, span: Span) -> Range {
        self.lines(span.file).range(self.text(span.file), span.start, span.end, self.encoding)
    }

    /// The offset of a position in a file.
    pub fn offset(&self, file: FileId, position: Position) -> u32 {
        self.lines(file).offset(self.text(file), position, self.encoding)
    }

    /// The offsets of a range in a file.
    pub fn offsets(&self, file: FileId, range: Range) -> (u32, u32) {
        self.lines(file).offsets(self.text(file), range, self.encoding)
    }

    /// Where a span is.
    pub fn location(&self, span: Span) -> Location {
        Location { uri: self.uri(span.file), range: self.range(span) }
    }

    /// Where a part of a file is in it.
    pub fn range_in(&self, file: SourceFile, range: TextRange) -> Range {
        self.range(Span::new(self.number(file), range.start, range.end))
    }

    /// What a file is called.
    pub fn uri_of(&self, file: SourceFile) -> Uri {
        self.uri(self.number(file))
    }

    /// The number of a file.
    pub fn number(&self, file: SourceFile) -> FileId {
        FileId(file.number(self.session.db()))
    }

    /// A place as the compiler has it.
    pub fn span(&self, place: Place) -> Span {
        Span::new(place.file, place.range.start, place.range.end)
    }

    /// Edits of several documents, with the versions of those that are open.
    pub fn workspace_edit(&self, edits: &[Edit]) -> Value {
        let mut by_name: BTreeMap<String, Vec<TextEdit>> = BTreeMap::new();
        for edit in edits {
            let text = TextEdit { range: self.range(self.span(edit.place)), new_text: edit.text.clone() };
            by_name.entry(self.uri(edit.place.file).0).or_default().push(text);
        }
        let documents = by_name.into_iter().map(|(uri, edits)| {
            let version = self.documents.get(&Uri(uri.clone())).map(|document| document.version);
            json!({ "textDocument": { "uri": uri, "version": version }, "edits": edits })
        });
        json!({ "documentChanges": documents.collect::<Vec<_>>() })
    }
}
