//! Folders that are opened and closed.

use std::collections::BTreeSet;

use tower_lsp_server::gen_lsp_types::DidChangeWorkspaceFoldersParams;

use super::watched::everything;
use crate::findings;
use crate::world::World;

/// Other folders are open.
pub fn changed(world: &mut World, params: DidChangeWorkspaceFoldersParams) {
    for folder in params.event.removed {
        world.workspace.close(&folder.uri.0);
    }
    for folder in params.event.added {
        world.workspace.open(&folder.uri.0);
    }
    let before: BTreeSet<String> = world.published.all().map(|(uri, _)| uri.clone()).collect();
    everything(world);
    findings::publish(world, before);
}
