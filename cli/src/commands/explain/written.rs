//! A file that a build wrote, read back: which documents stand in it, on which lines, and which objects they are.

use std::ops::Range;

use data::{Datum, DatumKind, Format, Limits};

use crate::arguments::Values;
use crate::session::Identity;

/// One document of a file.
#[derive(Clone, Debug)]
pub struct Piece {
    /// Its lines, counted from one.
    pub lines: Range<usize>,
    /// Its text.
    pub text: String,
    /// The object that it is, if it is one.
    pub identity: Option<Identity>,
}

/// The form in which a text was written.
pub fn form(text: &str) -> Values {
    if text.starts_with('{') { Values::Json } else { Values::Yaml }
}

/// The documents of a text; nothing where it can not be read.
pub fn pieces(text: &str) -> Option<Vec<Piece>> {
    match form(text) {
        Values::Yaml => yaml(text),
        Values::Json => json(text),
    }
}

/// A line of three dashes stands between two documents. In text of several lines it would be indented.
fn yaml(text: &str) -> Option<Vec<Piece>> {
    let mut pieces = vec![];
    let mut lines = 1..1;
    let mut document = String::new();
    let mut close = |lines: Range<usize>, document: String| -> Option<()> {
        if !document.trim().is_empty() {
            let read = data::read(Format::Yaml, &document, Limits::default()).ok()?;
            let identity = read.first().and_then(|document| identity(&document.root));
            pieces.push(Piece { lines, text: document, identity });
        }
        Some(())
    };
    for line in text.lines() {
        lines.end += 1;
        if line == "---" {
            close(lines.start..lines.end - 1, std::mem::take(&mut document))?;
            lines.start = lines.end;
        } else {
            document.push_str(line);
            document.push('\n');
        }
    }
    close(lines, document)?;
    Some(pieces)
}

/// The items of a list, or the one document.
fn json(text: &str) -> Option<Vec<Piece>> {
    let read = data::read(Format::Json, text, Limits::default()).ok()?;
    let root = &read.first()?.root;
    let items = match root.get("items").map(|items| &items.kind) {
        Some(DatumKind::List(items)) if word(root, "kind") == Some("List") => items.as_slice(),
        _ => std::slice::from_ref(root),
    };
    let piece = |item: &Datum| {
        let before = text.get(..item.range.start as usize).unwrap_or_default();
        let first = before.matches('\n').count() + 1;
        let text = item.range.slice(text).to_owned() + "\n";
        Piece { lines: first..first + text.lines().count(), text, identity: identity(item) }
    };
    Some(items.iter().map(piece).collect())
}

fn identity(datum: &Datum) -> Option<Identity> {
    let (group, _) = word(datum, "apiVersion")?.rsplit_once('/').unwrap_or_default();
    let metadata = datum.get("metadata");
    let told = |name| metadata.and_then(|metadata| word(metadata, name)).unwrap_or_default().to_owned();
    let kind = word(datum, "kind")?.to_owned();
    Some(Identity { group: group.to_owned(), kind, namespace: told("namespace"), name: told("name") })
}

fn word<'d>(datum: &'d Datum, key: &str) -> Option<&'d str> {
    match &datum.get(key)?.kind {
        DatumKind::Text(text) => Some(text),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &[(Range<usize>, Option<&str>)]) {
        let pieces = pieces(text).unwrap();
        let name = |piece: &Piece| piece.identity.as_ref().map(|identity| identity.name.clone());
        let found: Vec<_> = pieces.iter().map(|piece| (piece.lines.clone(), name(piece))).collect();
        let expected: Vec<_> = expected.iter().map(|(lines, name)| (lines.clone(), name.map(str::to_owned))).collect();
        assert_eq!(found, expected);
    }

    #[test]
    fn documents_have_their_lines() {
        let object = |name: &str| format!("apiVersion: v1\nkind: A\nmetadata:\n  name: {name}\n");
        check(&(object("a") + "---\n" + &object("b")), &[(1..5, Some("a")), (6..10, Some("b"))]);
        check("a: 1\nb: |\n  ---\n", &[(1..4, None)]);
        check("", &[]);
    }

    #[test]
    fn items_of_a_list_have_their_lines() {
        let object = |name: &str| {
            format!("{{\n\"apiVersion\": \"v1\", \"kind\": \"A\",\n\"metadata\": {{\"name\": \"{name}\"}}\n}}")
        };
        let list = format!(
            "{{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n{},\n{}\n]}}\n",
            object("a"),
            object("b")
        );
        check(&list, &[(2..6, Some("a")), (6..10, Some("b"))]);
        check(&object("a"), &[(1..5, Some("a"))]);
    }
}
