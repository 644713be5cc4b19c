//! The script of a host, from the plan that the platform says.

use std::collections::BTreeMap;

use backend::node::{Script, Step, with_lines};
use compiler::check::home_of;
use compiler::keys::Decl;
use compiler::model::Model;
use compiler::{Session, decl, keys};
use platform::model::{Effect, NodeStep, Plan};
use platform::slug;

use super::{Language, Line, Preview};
use crate::{Place, show};

/// The script of the host that a block opens, if it has steps.
pub fn of_host(session: &Session, block: Decl) -> Option<Preview> {
    let db = session.db();
    let is_host = compiler::check::context(db, block).collection.is_some_and(|word| word.as_str() == "host");
    let home = home_of(db, block).filter(|_| is_host && block.parent(db).is_some())?;
    let path = keys::path_text(db, home);
    let model = session.model();
    let clusters = model.platform.clusters.iter();
    let mut plans = clusters.flat_map(|cluster| cluster.plans.iter().map(|plan| (cluster.name.as_str(), plan)));
    let (cluster, plan) = plans.find(|(cluster, plan)| path == format!("{cluster}.host.{}", plan.host))?;
    let (steps, _) = plan.order();
    let (text, ranges) = with_lines(&script(session, &model, cluster, plan));
    let effects = steps.into_iter().flat_map(|step| step.effects.iter().map(move |_| step));
    let mut lines = Vec::new();
    for (step, range) in effects.zip(ranges) {
        if let Some(span) = session.span_of(&model, step.at) {
            let place = Place::of(span);
            lines.extend(range.map(|line| Line { line: (line as u32).saturating_sub(1), place }));
        }
    }
    let count = if plan.steps.len() == 1 { "1 step".to_string() } else { format!("{} steps", plan.steps.len()) };
    let block = Place::of(decl::whole(db, block));
    Some(Preview { title: format!("host {}: {count}", plan.host), language: Language::Shell, text, lines, block })
}

fn script(session: &Session, model: &Model, cluster: &str, plan: &Plan) -> Script {
    let (steps, _) = plan.order();
    let all = steps.iter().flat_map(|step| ids(step).map(|(id, effect)| (&*step.name, id, effect)));
    let units: BTreeMap<&str, String> =
        all.filter(|(.., effect)| effect.kind == "unit").map(|(name, id, _)| (name, id)).collect();
    let steps = steps.iter().flat_map(|step| of_step(session, model, step, &units)).collect();
    Script { name: format!("{cluster}/{}", plan.host), steps }
}

/// What a step does, each as a step of the script.
fn of_step(session: &Session, model: &Model, step: &NodeStep, units: &BTreeMap<&str, String>) -> Vec<Step> {
    let place = session.span_of(model, step.at).map_or_else(|| "-".to_string(), |span| show::place(session, span));
    let starts = step.restarts.iter().filter_map(|name| units.get(&**name));
    let starts: Vec<_> = starts.map(|id| ("starts", id.clone())).collect();
    let of = ids(step).map(|(id, effect)| {
        let own = effect.values.iter().filter_map(|(word, value)| match *word {
            "starts" => Some((*word, units.get(&**value)?.clone())),
            word => Some((word, value.to_string())),
        });
        let values = own.chain(starts.iter().cloned()).collect();
        Step { id, kind: effect.kind, name: step.name.to_string(), place: place.clone(), values }
    });
    of.collect()
}

/// What a step does, each with an id that stays the same as long as the step does the same kind of thing.
fn ids(step: &NodeStep) -> impl Iterator<Item = (String, &Effect)> {
    let mut known: BTreeMap<&str, usize> = BTreeMap::new();
    step.effects.iter().map(move |effect| {
        let count = known.entry(effect.kind).or_default();
        *count += 1;
        let end = if *count == 1 { String::new() } else { format!(":{count}") };
        (format!("{}:{}{end}", slug(&step.name), effect.kind), effect)
    })
}
