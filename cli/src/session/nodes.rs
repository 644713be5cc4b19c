//! The scripts of machines: what the platform says of them, as the backend writes it.

use std::path::Path;

use backend::node::{Script, Step, script, with_lines};
use backend::{Artifact, Mode};
use compiler::decl;
use compiler::model::Model;
use compiler::origin::{Layer, Origin};
use diagnostics::Span;
use platform::Place;
use platform::model::{Deed, Plan};

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
        let steps = plan.deeds().into_iter().map(|deed| self.step(model, deed)).collect();
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
        let deed = plan.deeds().into_iter().zip(lines).find(|(_, lines)| lines.contains(&line)).map(|(deed, _)| deed);
        let of = match &deed {
            Some(deed) => format!("the step `{}` of `{cluster}/{}`", deed.name, plan.host),
            None => format!("the script of `{cluster}/{}`, which is the same for every machine there", plan.host),
        };
        let layers = [Some(host), deed.and_then(|deed| layer(deed.at, 1))].into_iter().flatten().collect();
        Some((text, of, Origin { path: String::new(), layers, reads: vec![] }))
    }

    fn step(&self, model: &Model, deed: Deed) -> Step {
        let place = self.span(model, deed.at).map_or_else(|| "-".to_owned(), |span| self.place_in_project(span));
        Step { id: deed.id, kind: deed.kind, name: deed.name.to_string(), place, values: deed.values }
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
