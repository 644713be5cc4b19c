//! The texts that the editor has open: what counts is what is in the editor, not what is on the disk.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use tower_lsp_server::gen_lsp_types::{TextDocumentContentChangeEvent, Uri};

use crate::convert::{Encoding, Lines};

/// Where a document stands.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub struct Place {
    /// The root of its project.
    pub root: PathBuf,
    /// Its path below that.
    pub path: String,
}

/// A document.
#[derive(Clone, Debug)]
pub struct Document {
    /// Its name, as the editor writes it.
    pub uri: Uri,
    /// Where it stands; nothing for what belongs to no project.
    pub place: Option<Place>,
    /// How often it was edited, as the editor counts.
    pub version: i32,
    /// Its text.
    pub text: String,
    /// The lines of that.
    pub lines: Lines,
}

impl Document {
    /// Makes the changes, one after the other: each is about the text that the one before it left.
    pub fn change(&mut self, changes: Vec<TextDocumentContentChangeEvent>, encoding: Encoding) {
        for change in changes {
            match change {
                TextDocumentContentChangeEvent::TextDocumentContentChangePartial(part) => {
                    let (start, end) = self.lines.offsets(&self.text, part.range, encoding);
                    self.text.replace_range(start as usize..end as usize, &part.text);
                }
                TextDocumentContentChangeEvent::TextDocumentContentChangeWholeDocument(whole) => self.text = whole.text,
            }
            self.lines = Lines::of(&self.text);
        }
    }
}

/// The documents.
#[derive(Default)]
pub struct Documents {
    by_name: BTreeMap<String, Document>,
    by_place: BTreeMap<Place, String>,
}

impl Documents {
    /// Notes that one is open.
    pub fn open(&mut self, document: Document) {
        if let Some(place) = &document.place {
            self.by_place.insert(place.clone(), document.uri.0.clone());
        }
        self.by_name.insert(document.uri.0.clone(), document);
    }

    /// Notes that one is no longer open.
    pub fn close(&mut self, uri: &Uri) -> Option<Document> {
        let document = self.by_name.remove(&uri.0)?;
        if let Some(place) = &document.place
            && self.by_place.get(place) == Some(&uri.0)
        {
            self.by_place.remove(place);
        }
        Some(document)
    }

    /// One by its name.
    pub fn get(&self, uri: &Uri) -> Option<&Document> {
        self.by_name.get(&uri.0)
    }

    /// One by its name, to be changed.
    pub fn get_mut(&mut self, uri: &Uri) -> Option<&mut Document> {
        self.by_name.get_mut(&uri.0)
    }

    /// The one that stands at a place.
    pub fn at(&self, root: &Path, path: &str) -> Option<&Document> {
        let place = Place { root: root.to_owned(), path: path.to_owned() };
        self.by_name.get(self.by_place.get(&place)?)
    }

    /// Those of one project, by their paths.
    pub fn of<'d>(&'d self, root: &'d Path) -> impl Iterator<Item = &'d str> {
        self.by_place.keys().filter(move |place| place.root == root).map(|place| place.path.as_str())
    }

    /// All of them.
    pub fn all(&self) -> impl Iterator<Item = &Document> {
        self.by_name.values()
    }

    /// All of them, to be placed anew.
    pub fn replace_places(&mut self, place: impl Fn(&Uri) -> Option<Place>) {
        self.by_place.clear();
        for document in self.by_name.values_mut() {
            document.place = place(&document.uri);
            if let Some(place) = &document.place {
                self.by_place.insert(place.clone(), document.uri.0.clone());
            }
        }
    }
}
