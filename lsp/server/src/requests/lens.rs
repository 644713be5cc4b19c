//! `textDocument/codeLens`: what is said above declarations: what blocks emit, which opens the preview, and where things are used.

use ide::lens::{self, Lens, LensKind};
use ide::references::{self, Role};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{CodeLensParams, Range, Uri};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::View;
use crate::world::World;

/// A lens whose words are not known yet: to count uses is to look through everything.
#[derive(Serialize, Deserialize)]
pub struct Unresolved {
    range: Range,
    data: Data,
}

/// What leads back to what a lens is about.
#[derive(Serialize, Deserialize)]
struct Data {
    uri: Uri,
    uses: bool,
}

/// The lenses of a document.
pub fn lenses(world: &mut World, params: CodeLensParams) -> Result<Value, Error> {
    let uri = params.text_document.uri.clone();
    super::of(world, &params.text_document.uri, |view, file| {
        let lens = |lens: &Lens| {
            let data = Data { uri: uri.clone(), uses: lens.kind == LensKind::Uses };
            json!(Unresolved { range: view.range_in(file, lens.range), data })
        };
        Some(lens::lenses(view.session, file).iter().map(lens).collect())
    })
}

/// The words of one.
pub fn resolve(world: &mut World, lens: Unresolved) -> Result<Value, Error> {
    let uri = lens.data.uri.clone();
    let command = super::of(world, &uri, |view, file| {
        let (start, end) = view.offsets(view.number(file), lens.range);
        let kind = if lens.data.uses { LensKind::Uses } else { LensKind::Emits };
        let title = lens::title(view.session, file, &Lens { range: ide::TextRange::new(start, end), kind })?;
        Some(match kind {
            LensKind::Emits => {
                json!({ "title": title, "command": "platc.preview", "arguments": [uri, lens.range.start] })
            }
            LensKind::Uses => {
                let places = places(view, file, start);
                json!({ "title": title, "command": "platc.showReferences", "arguments": [uri, lens.range.start, places] })
            }
        })
    })?;
    // A lens without words is one that has nothing to say.
    let command = if command.is_null() { json!({ "title": "", "command": "" }) } else { command };
    Ok(json!({ "range": lens.range, "command": command, "data": lens.data }))
}

fn places(view: &View<'_>, file: compiler::SourceFile, offset: u32) -> Vec<Value> {
    let found = references::references(view.session, file, offset);
    let used = found.iter().filter(|found| found.role != Role::Declared);
    used.map(|found| json!(view.location(view.span(found.place)))).collect()
}
