//! Pictures of a platform, with the lines of the source that its parts come from.

use platform::picture::{self, Picture, View};
use platform::{Place, model::Cluster};

use super::Session;
use crate::arguments::Drawn;
use crate::report::Files;

/// What pictures are made of.
pub struct Drawing<'s, 'p> {
    pub(super) session: &'s Session<'p>,
    pub(super) model: compiler::model::Model,
}

impl Drawing<'_, '_> {
    /// The names of the clusters.
    pub fn clusters(&self) -> Vec<&str> {
        self.model.platform.clusters.iter().map(|cluster| cluster.name.as_str()).collect()
    }

    /// The pictures of a cluster, or of all.
    pub fn pictures(&self, cluster: Option<&str>, views: &[View]) -> Vec<Picture> {
        let clusters: Vec<&Cluster> =
            self.model.platform.clusters.iter().filter(|of| cluster.is_none_or(|name| of.name == name)).collect();
        let one = |cluster: &'_ Cluster| views.iter().map(|view| picture::picture(cluster, *view)).collect::<Vec<_>>();
        clusters.into_iter().flat_map(one).collect()
    }

    /// Pictures as text.
    pub fn write(&self, pictures: &[Picture], form: Drawn, title: &str) -> String {
        let files = Files::new(self.session);
        let source = |place: Place| self.source(&files, place).unwrap_or_default();
        let each = |write: &dyn Fn(&Picture) -> String| pictures.iter().map(write).collect::<Vec<_>>().join("\n");
        match form {
            Drawn::Html => picture::html(title, pictures, &source),
            Drawn::Svg => each(&|picture| picture::svg(picture, &source)),
            Drawn::Mermaid => each(&picture::mermaid),
            Drawn::Dot => each(&picture::dot),
        }
    }

    /// `platform.pl:12`
    fn source(&self, files: &Files<'_>, place: Place) -> Option<String> {
        let span = self.session.compiler.span_of(&self.model, place)?;
        Some(format!("{}:{}", files.path(span.file), files.extent(span).start.line))
    }
}
