//! The editor's settings: levels of rules, which count beside those of the project.
//!
//! ```json
//! { "platc": { "rules": { "image/*": "warning" } } }
//! ```

use diagnostics::Choice;
use serde_json::{Value, json};
use tower_lsp_server::gen_lsp_types::DidChangeConfigurationParams;

use crate::world::World;

/// The settings are others. Some editors send them, some want to be asked.
pub fn changed(world: &mut World, params: DidChangeConfigurationParams) {
    if world.client.can("/workspace/configuration") {
        let id = world.client.ask("workspace/configuration", json!({ "items": [{ "section": "platc" }] }));
        world.awaited.insert(id);
        return;
    }
    let settings = json!(params.settings);
    prefer(world, settings.get("platc").unwrap_or(&settings));
}

/// Takes settings over, if they are others.
pub fn prefer(world: &mut World, settings: &Value) {
    if preferences(settings) == world.levels {
        return;
    }
    choose(world, settings);
    let levels = world.levels.clone();
    for project in world.projects.values_mut() {
        project.reread();
        project.prefer(&levels);
        project.forget();
    }
}

/// Takes settings over before anything is known.
pub fn choose(world: &mut World, settings: &Value) {
    world.levels = preferences(settings);
}

/// What settings say about levels. What is no level is passed over: the editor has shown what is allowed.
fn preferences(settings: &Value) -> Vec<(String, Choice)> {
    let rules = settings.get("rules").and_then(Value::as_object);
    let chosen = rules.into_iter().flatten().filter_map(|(pattern, level)| {
        let choice = Choice::named(level.as_str()?)?;
        Some((pattern.clone(), choice))
    });
    chosen.collect()
}
