//! Paths in a text that lead to other files.

use compiler::keys::{At, SourceFile};
use compiler::{Session, decl, import, keys};
use diagnostics::FileId;

use crate::TextRange;

/// A path that leads to a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Link {
    /// The path, without quotes.
    pub range: TextRange,
    /// The file.
    pub target: FileId,
}

/// The links of a file: its imports.
pub fn links(session: &Session, file: SourceFile) -> Vec<Link> {
    let db = session.db();
    let mut found = Vec::new();
    for import in import::imports(db, file) {
        let span = decl::span(db, At { decl: keys::file_decl(db, file), node: import.path_node });
        let text = file.text(db).get(span.start as usize..span.end as usize).unwrap_or_default();
        let quote = u32::from(text.starts_with('"'));
        let range = TextRange::new(span.start + quote, span.end.saturating_sub(quote));
        let files = import::files(db, file, &import);
        if let [target] = files.as_slice() {
            found.push(Link { range, target: FileId(target.number(db)) });
        }
    }
    found
}
