//! The files of a platform beside its objects, and who emits the file that somebody asks about.

use std::path::Path;

use backend::{Artifact, Mode};
use compiler::files::{Content, File};
use compiler::origin::Origin;
use compiler::{decl, origin};
use diagnostics::Span;

use super::Session;
use crate::place;
use crate::product::Held;

impl Session<'_> {
    /// The files that come out beside the objects.
    pub fn artifacts(&self) -> Vec<Artifact<Held>> {
        let emitted = self.compiler.files().into_iter().map(|file| self.artifact(file));
        emitted.chain(self.collectors()).chain(self.nodes()).collect()
    }

    fn artifact(&self, file: File) -> Artifact<Held> {
        let origin = Held::Place(decl::span(self.compiler.db(), file.at));
        let mode = if file.executable { Mode::Executable } else { Mode::Plain };
        Artifact { path: self.path_of_file(&file), content: said(file.content).into_bytes(), mode, origin }
    }

    /// The path of a file in the tree.
    fn path_of_file(&self, file: &File) -> String {
        let cluster = file.cluster.map_or(String::new(), |home| self.compiler.path_of(home));
        place::below(&cluster, &file.path)
    }

    /// The emitted file that a file on disk is, with its path in the tree, what it says, and where it comes from.
    pub fn emitted(&self, path: &Path) -> Option<(String, String, Origin<Span>)> {
        let files = self.compiler.files().into_iter().map(|file| (self.path_of_file(&file), file));
        // Of `a/b` and `b` the longer one is meant.
        let (known, file) = files.filter(|(known, _)| path.ends_with(known)).max_by_key(|(known, _)| known.len())?;
        let db = self.compiler.db();
        let origin = origin::of_instance(db, file.home).map_places(|at| decl::span(db, at));
        Some((known, said(file.content), origin))
    }
}

fn said(content: Content) -> String {
    match content {
        Content::Text(text) => text,
        // The prelude names those that there are.
        Content::Program(program, data) => backend::script(&program, &data).unwrap_or_default(),
    }
}
