//! `textDocument/completion`: what could be written here.

use ide::completion::{self, Completion, CompletionKind, Insert};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{Range, TextDocumentPositionParams};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::View;
use crate::world::World;

/// All of it: the editor picks by the letters that are typed.
pub fn completion(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    let knows_snippets = world.client.can("/textDocument/completion/completionItem/snippetSupport");
    super::at(world, &params, |view, file, offset| {
        let found = completion::completions(view.session, file, offset);
        let range = view.range_in(file, found.replace);
        let items = found.items.iter().enumerate().map(|(at, found)| item(view, at, found, range, knows_snippets));
        Some(json!({ "isIncomplete": false, "items": items.collect::<Vec<_>>() }))
    })
}

fn item(view: &View<'_>, at: usize, found: &Completion, range: Range, knows_snippets: bool) -> Value {
    let (text, format) = match &found.insert {
        Insert::Plain(text) => (text.clone(), 1),
        Insert::Snippet(text) if knows_snippets => (text.clone(), 2),
        Insert::Snippet(text) => (plain(text), 1),
    };
    let mut item = json!({
        "label": found.label,
        "kind": kind(found.kind),
        // The order is the one in which they are given.
        "sortText": format!("{at:05}"),
        "insertTextFormat": format,
        "textEdit": { "range": range, "newText": text },
    });
    let mut add = |name: &str, value: Value| {
        if let Some(item) = item.as_object_mut() {
            item.insert(name.to_owned(), value);
        }
    };
    if !found.detail.is_empty() {
        add("detail", json!(found.detail));
    }
    if !found.docs.is_empty() {
        add("documentation", json!({ "kind": "markdown", "value": found.docs }));
    }
    if !found.also.is_empty() {
        let edits =
            found.also.iter().map(|edit| json!({ "range": view.range(view.span(edit.place)), "newText": edit.text }));
        add("additionalTextEdits", edits.collect());
    }
    item
}

/// A snippet without its places to fill in: `${1:name}` is `name`, `$0` nothing.
fn plain(snippet: &str) -> String {
    let mut out = String::new();
    let mut letters = snippet.chars().peekable();
    let mut depth = 0;
    while let Some(letter) = letters.next() {
        match letter {
            '\\' => out.extend(letters.next()),
            '$' if letters.peek() == Some(&'{') => {
                letters.next();
                while letters.next_if(char::is_ascii_digit).is_some() {}
                letters.next_if_eq(&':');
                depth += 1;
            }
            '$' if letters.peek().is_some_and(char::is_ascii_digit) => {
                while letters.next_if(char::is_ascii_digit).is_some() {}
            }
            '}' if depth > 0 => depth -= 1,
            letter => out.push(letter),
        }
    }
    out
}

/// The numbers of the protocol.
fn kind(kind: CompletionKind) -> u32 {
    match kind {
        CompletionKind::Field => 5,
        CompletionKind::Collection => 10,
        CompletionKind::Block => 15,
        CompletionKind::Value => 12,
        CompletionKind::EnumValue => 20,
        CompletionKind::Variable => 6,
        CompletionKind::Function => 3,
        CompletionKind::Method => 2,
        CompletionKind::Schema => 7,
        CompletionKind::Type => 22,
        CompletionKind::Module => 9,
        CompletionKind::File => 17,
        CompletionKind::Folder => 19,
        CompletionKind::Keyword => 14,
    }
}

#[cfg(test)]
mod tests {
    use super::plain;

    #[test]
    fn a_snippet_without_its_places_is_plain_text() {
        assert_eq!(plain("host ${1:name} {\n  address: $2\n  $0\n}"), "host name {\n  address: \n  \n}");
        assert_eq!(plain("price: \\$5 \\} ${1}"), "price: $5 } ");
    }
}
