//! `platc/graph`: a picture of the platform of a document, as a page.

use platform::picture::{self, View as Drawn};
use serde::Deserialize;
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::TextDocumentIdentifier;
use tower_lsp_server::jsonrpc::Error;

use crate::world::{self, World};

/// Of which platform, and what of it.
#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Params {
    text_document: TextDocumentIdentifier,
    view: Option<Wanted>,
}

/// What a picture shows; all of it where nothing is said.
#[derive(Clone, Copy, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
enum Wanted {
    Network,
    Access,
    Dependencies,
}

/// The page.
pub fn graph(world: &mut World, params: Params) -> Result<Value, Error> {
    let views = match params.view {
        None => Drawn::ALL.to_vec(),
        Some(Wanted::Network) => vec![Drawn::Network],
        Some(Wanted::Access) => vec![Drawn::Reach],
        Some(Wanted::Dependencies) => vec![Drawn::Depends],
    };
    super::of(world, &params.text_document.uri, |view, file| {
        let model = view.session.model();
        let clusters = model.platform.clusters.iter();
        let pictures: Vec<_> =
            clusters.flat_map(|cluster| views.iter().map(move |view| picture::picture(cluster, *view))).collect();
        let place = |place| {
            let span = view.session.span_of(&model, place)?;
            let (path, _) = view.session.file(span.file)?;
            Some(format!("{path}:{}", view.range(span).start.line + 1))
        };
        let title = view.session.file(world::number(view.session, file)).map_or("platform", |(path, _)| path);
        let html = picture::html(title, &pictures, &|at| place(at).unwrap_or_default());
        Some(json!({ "html": html }))
    })
}
