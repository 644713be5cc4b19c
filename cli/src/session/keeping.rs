//! Platforms that are compiled once more after a change of their files: what did not change is not computed again.
//!
//! What is kept must say what a new compilation would say. So it is given up where a file came or went, or imports changed.

use std::collections::BTreeMap;
use std::mem::ManuallyDrop;
use std::path::PathBuf;

use compiler::import::{is_code, is_pattern, paths};

use super::{Session, number};
use crate::inputs::Input;
use crate::project::{LOCK, Project};
use crate::settings::Settings;

/// What is kept of a platform until it is compiled again.
pub struct Kept {
    root: PathBuf,
    entry: String,
    compiler: compiler::Session,
    /// What each file imports.
    imports: BTreeMap<String, Vec<String>>,
}

/// How much of a platform was new.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Change {
    /// Every file is what it was.
    Nothing,
    /// The texts of some files are others.
    Texts,
}

impl Session<'_> {
    /// Lets go of the project, and keeps the rest.
    pub fn keep(self) -> Kept {
        let mut kept = Kept {
            root: self.project.root().to_owned(),
            entry: self.entry.unwrap_or_default(),
            compiler: ManuallyDrop::into_inner(self.compiler),
            imports: BTreeMap::new(),
        };
        let files: Vec<(String, Vec<String>)> = kept.files().filter(|(path, _)| is_code(path)).map(imported).collect();
        kept.imports = files.into_iter().collect();
        kept
    }
}

impl Kept {
    /// Whether it is of the project of an input.
    pub fn is_of(&self, input: &Input) -> bool {
        self.root == input.project.root()
    }

    /// The platform with the files that there are now; nothing where it must be compiled anew.
    pub fn resume(mut self, input: &Input) -> Option<(Session<'_>, Change)> {
        let project = &input.project;
        if !self.is_of(input) || !input.entries.contains(&self.entry) {
            return None;
        }
        let mut changed = vec![];
        for (path, before) in self.files() {
            let now = project.read(path).ok()?;
            if now != before {
                changed.push((path.to_owned(), now));
            }
        }
        for (path, text) in changed.iter().filter(|(path, _)| is_code(path)) {
            if self.imports.get(path) != Some(&paths(path, text)) {
                return None;
            }
        }
        if !self.is_complete(project) {
            return None;
        }
        for (path, text) in &changed {
            self.compiler.set_file(path, text);
        }
        self.compiler.load_imports(project);
        self.compiler.set_lock(&self.entry, LOCK, project.lock());
        self.compiler.set_levels(Settings::of(project).levels);
        let change = if changed.is_empty() { Change::Nothing } else { Change::Texts };
        let mut session = Session {
            project,
            entry: Some(self.entry),
            compiler: ManuallyDrop::new(self.compiler),
            shown: vec![],
            expression: None,
            is_warm: true,
        };
        session.show();
        Some((session, change))
    }

    /// Whether it has every file that is imported and exists.
    fn is_complete(&self, project: &Project) -> bool {
        let has = |path: &str| self.compiler.source(path).is_some();
        self.imports.values().flatten().all(|target| match is_pattern(target) {
            true => project.list(target).is_ok_and(|matches| matches.iter().all(|path| has(path))),
            false => has(target) || project.read(target).is_err(),
        })
    }

    /// Its files with their texts, but for those of the standard library and of the lock.
    fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        let numbered = (0..).map_while(|at: usize| self.compiler.file(number(at)));
        numbered.filter(|(path, _)| !path.starts_with("std:") && *path != LOCK)
    }
}

fn imported((path, text): (&str, &str)) -> (String, Vec<String>) {
    (path.to_owned(), paths(path, text))
}
