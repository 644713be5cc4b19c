//! The client is ready: now it can be asked for something, and its folders are looked through.

use serde_json::json;

use super::watched;
use crate::world::World;

/// Looks around, and asks to be told of what changes.
pub fn initialized(world: &mut World) {
    if world.client.can("/workspace/didChangeWatchedFiles/dynamicRegistration") {
        let watchers = json!({ "watchers": [{ "globPattern": watched::pattern() }] });
        let registration =
            json!({ "id": "watched", "method": "workspace/didChangeWatchedFiles", "registerOptions": watchers });
        world.client.ask("client/registerCapability", json!({ "registrations": [registration] }));
    }
    if world.client.can("/workspace/configuration") {
        if world.client.can("/workspace/didChangeConfiguration/dynamicRegistration") {
            let section = json!({ "section": "platc" });
            let registration =
                json!({ "id": "settings", "method": "workspace/didChangeConfiguration", "registerOptions": section });
            world.client.ask("client/registerCapability", json!({ "registrations": [registration] }));
        }
        let id = world.client.ask("workspace/configuration", json!({ "items": [{ "section": "platc" }] }));
        world.awaited.insert(id);
    }
    world.look_around();
}
