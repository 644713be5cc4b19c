//! The script of a host, from the plan that the platform says.

use backend::node::{Script, Step, with_lines};
use compiler::check::home_of;
use compiler::keys::Decl;
use compiler::model::Model;
use compiler::{Session, decl, keys};
use platform::model::{Deed, Plan};

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
    let deeds = plan.deeds();
    let (text, ranges) = with_lines(&script(session, &model, cluster, plan, &deeds));
    let mut lines = Vec::new();
    for (deed, range) in deeds.iter().zip(ranges) {
        if let Some(span) = session.span_of(&model, deed.at) {
            let place = Place::of(span);
            lines.extend(range.map(|line| Line { line: (line as u32).saturating_sub(1), place }));
        }
    }
    let count = if plan.steps.len() == 1 { "1 step".to_string() } else { format!("{} steps", plan.steps.len()) };
    let block = Place::of(decl::whole(db, block));
    Some(Preview { title: format!("host {}: {count}", plan.host), language: Language::Shell, text, lines, block })
}

fn script(session: &Session, model: &Model, cluster: &str, plan: &Plan, deeds: &[Deed]) -> Script {
    let place =
        |deed: &Deed| session.span_of(model, deed.at).map_or_else(|| "-".to_string(), |at| show::place(session, at));
    let step = |deed: &Deed| Step {
        id: deed.id.clone(),
        kind: deed.kind,
        name: deed.name.to_string(),
        place: place(deed),
        values: deed.values.clone(),
    };
    Script { name: format!("{cluster}/{}", plan.host), steps: deeds.iter().map(step).collect() }
}
