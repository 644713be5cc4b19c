//! The scripts of machines: what the platform says of them, as the backend writes it.

use std::collections::BTreeMap;
use std::path::Path;

use backend::node::{Script, Step, script, with_lines};
use backend::{Artifact, Mode};
use compiler::decl;
use compiler::model::Model;
use compiler::origin::{Layer, Origin};
use diagnostics::Span;
use platform::model::{Effect, NodeStep, Plan};
use platform::{Place, slug};

use super::Session;
use crate::place;
use crate::product::Held;
use crate::report::Files;

impl Session<'_> {
    /// A script for each host that has steps.
    pub fn nodes(&self) -> Vec<Artifact<Held>> {
        let model = self.compiler.model();
        let clusters = model.platform.clusters.iter();
        let plans = clusters.flat_map(|cluster| cluster.plans.iter().map(|plan| (cluster.name.as_str(), plan)));
        plans.filter_map(|(cluster, plan)| self.node(&model, cluster, plan)).collect()
    }

    fn node(&self, model: &Model, cluster: &str, plan: &Plan) -> Option<Artifact<Held>> {
        let content = script(&self.script(model, cluster, plan)).into_bytes();
        let origin = Held::Place(self.span(model, plan.at)?);
        Some(Artifact { path: path(cluster, plan), content, mode: Mode::Executable, origin })
    }

    fn script(&self, model: &Model, cluster: &str, plan: &Plan) -> Script {
        let (steps, _) = plan.order();
        let units = services(&steps);
        let steps = steps.iter().flat_map(|step| self.steps(model, step, &units)).collect();
        Script { name: format!("{cluster}/{}", plan.host), steps }
    }

    /// The script of a machine that a file on disk is: what it says, what a line of it belongs to, and where that comes from.
    pub fn line_of_script(&self, file: &Path, line: usize) -> Option<(String, String, Origin<Span>)> {
        let model = self.compiler.model();
        let clusters = model.platform.clusters.iter();
        let mut plans = clusters.flat_map(|cluster| cluster.plans.iter().map(|plan| (cluster.name.as_str(), plan)));
        let (cluster, plan) = plans.find(|(cluster, plan)| file.ends_with(path(cluster, plan)))?;
        let (text, lines) = with_lines(&self.script(&model, cluster, plan));
        let layer = |at, depth| Some(Layer { at: self.span(&model, at)?, note: String::new(), depth });
        let host = layer(plan.at, 0)?;
        let (steps, _) = plan.order();
        let effects = steps.into_iter().flat_map(|step| step.effects.iter().map(move |_| step));
        let step = effects.zip(lines).find(|(_, lines)| lines.contains(&line)).map(|(step, _)| step);
        let of = match step {
            Some(step) => format!("the step `{}` of `{cluster}/{}`", step.name, plan.host),
            None => format!("the script of `{cluster}/{}`, which is the same for every machine there", plan.host),
        };
        let layers = [Some(host), step.and_then(|step| layer(step.at, 1))].into_iter().flatten().collect();
        Some((text, of, Origin { path: String::new(), layers, reads: vec![] }))
    }

    /// What a step does, each as a step of the script.
    fn steps(&self, model: &Model, step: &NodeStep, units: &BTreeMap<&str, String>) -> Vec<Step> {
        let place = self.span(model, step.at).map_or_else(|| "-".to_owned(), |span| self.place_in_project(span));
        let starts = step.restarts.iter().filter_map(|name| units.get(&**name));
        let starts: Vec<_> = starts.map(|id| ("starts", id.clone())).collect();
        ids(step)
            .map(|(id, effect)| {
                let own = effect.values.iter().filter_map(|(word, value)| match *word {
                    "starts" => Some((*word, units.get(&**value)?.clone())),
                    word => Some((word, value.to_string())),
                });
                let values = own.chain(starts.iter().cloned()).collect();
                Step { id, kind: effect.kind, name: step.name.to_string(), place: place.clone(), values }
            })
            .collect()
    }

    /// A place by its path in the project, which is the same wherever somebody builds.
    fn place_in_project(&self, span: Span) -> String {
        let start = Files::new(self).extent(span).start;
        let path = self.compiler.file(span.file).map_or("", |(path, _)| path);
        format!("{path}:{}:{}", start.line, start.column)
    }

    fn span(&self, model: &Model, place: Place) -> Option<Span> {
        model.at(place).map(|at| decl::span(self.compiler.db(), at))
    }
}

/// Where the script of a machine lies in a tree.
fn path(cluster: &str, plan: &Plan) -> String {
    place::below(cluster, &format!("nodes/{}.sh", plan.host))
}

/// The id of each service, by the name of its step.
fn services<'p>(steps: &[&'p NodeStep]) -> BTreeMap<&'p str, String> {
    let ids = steps.iter().flat_map(|step| ids(step).map(|(id, effect)| (&*step.name, id, effect)));
    ids.filter(|(.., effect)| effect.kind == "unit").map(|(name, id, _)| (name, id)).collect()
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
