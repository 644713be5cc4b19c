//! Call hierarchy as who may reach whom: a caller is a pod that may open a connection.

use ide::Target;
use ide::calls::{self, Connection, Party};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::{TextDocumentPositionParams, Uri};
use tower_lsp_server::jsonrpc::Error;

use crate::convert::View;
use crate::world::World;

/// The symbol of the protocol for something that runs.
const OBJECT: u32 = 19;

/// The item that somebody asks about.
#[derive(Deserialize)]
pub struct Params {
    item: Item,
}

#[derive(Deserialize)]
struct Item {
    data: Data,
}

/// What leads back to a party.
#[derive(Serialize, Deserialize)]
struct Data {
    uri: Uri,
    cluster: String,
    number: usize,
    name: String,
}

/// The pods that come of the block at a place.
pub fn prepare(world: &mut World, params: TextDocumentPositionParams) -> Result<Value, Error> {
    let uri = params.text_document.uri.clone();
    super::at(world, &params, |view, file, offset| {
        let parties = calls::prepare(view.session, file, offset);
        Some(parties.iter().map(|party| item(view, party, &uri, &[])).collect())
            .filter(|list: &Value| list != &json!([]))
    })
}

/// Who may reach it.
pub fn incoming(world: &mut World, params: Params) -> Result<Value, Error> {
    connections(world, &params.item.data, "from", calls::incoming)
}

/// Whom it may reach.
pub fn outgoing(world: &mut World, params: Params) -> Result<Value, Error> {
    connections(world, &params.item.data, "to", calls::outgoing)
}

fn connections(
    world: &mut World,
    data: &Data,
    end: &str,
    follow: fn(&compiler::Session, &Party) -> Vec<Connection>,
) -> Result<Value, Error> {
    super::of(world, &data.uri, |view, file| {
        let nowhere = ide::Place { file: view.number(file), range: ide::TextRange::empty(0) };
        let party = Party {
            name: data.name.clone(),
            detail: String::new(),
            target: Target { focus: nowhere, whole: nowhere },
            cluster: data.cluster.clone(),
            number: data.number,
        };
        let call = |connection: &Connection| {
            let item = item(view, &connection.party, &data.uri, &connection.ports);
            // Ranges are those of the caller's document.
            let caller = if end == "from" { connection.party.target.focus.file } else { nowhere.file };
            let inside = connection.at.iter().filter(|place| place.file == caller);
            let ranges: Vec<Value> = inside.map(|place| json!(view.range(view.span(*place)))).collect();
            json!({ end: item, "fromRanges": ranges })
        };
        Some(follow(view.session, &party).iter().map(call).collect())
    })
}

fn item(view: &View<'_>, party: &Party, of: &Uri, ports: &[String]) -> Value {
    let data = Data { uri: of.clone(), cluster: party.cluster.clone(), number: party.number, name: party.name.clone() };
    let detail = match ports {
        [] => party.detail.clone(),
        ports => format!("{} on {}", party.detail, ports.join(", ")),
    };
    json!({
        "name": party.name,
        "kind": OBJECT,
        "detail": detail,
        "uri": view.uri(party.target.whole.file),
        "range": view.range(view.span(party.target.whole)),
        "selectionRange": view.range(view.span(party.target.focus)),
        "data": data,
    })
}
