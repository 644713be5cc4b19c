//! Everything that the server knows, owned by the one thread that changes it.

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;
use std::sync::Arc;

use compiler::{Session, SourceFile};
use diagnostics::{Choice, FileId};
use tower_lsp_server::gen_lsp_types::Uri;
use tower_lsp_server::jsonrpc::Error;

use crate::client::Client;
use crate::convert::{Name, View};
use crate::desk::{Desk, Why};
use crate::disk::Disk;
use crate::documents::{Documents, Place};
use crate::nowhere::Nowhere;
use crate::project::Project;
use crate::published::Published;
use crate::workspace::Workspace;

/// How far the conversation is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Stage {
    /// Nobody has introduced themselves.
    Unknown,
    /// At work.
    Ready,
    /// The client has said goodbye.
    Ended,
}

/// What the server knows.
pub struct World {
    /// What waits.
    pub desk: Arc<Desk>,
    /// The client.
    pub client: Client,
    /// How far the conversation is.
    pub stage: Stage,
    /// What is open.
    pub documents: Documents,
    /// The folders.
    pub workspace: Workspace,
    /// The projects, by their roots.
    pub projects: BTreeMap<PathBuf, Project>,
    /// What the client was told.
    pub published: Published,
    /// Levels of rules that the editor's settings give, beside those of the project.
    pub levels: Vec<(String, Choice)>,
    /// How many threads compute.
    pub hands: usize,
    /// The requests to the client whose answers matter: settings.
    pub awaited: BTreeSet<i64>,
}

impl World {
    /// A world in which nothing is known.
    pub fn new(disk: Box<dyn Disk>, client: Client, desk: Arc<Desk>, hands: usize) -> Self {
        Self {
            desk,
            client,
            stage: Stage::Unknown,
            documents: Documents::default(),
            workspace: Workspace::new(disk),
            projects: BTreeMap::new(),
            published: Published::default(),
            levels: vec![],
            hands,
            awaited: BTreeSet::new(),
        }
    }

    /// The project at a place, made known if it is not.
    pub fn project(&mut self, place: &Place) -> &mut Project {
        let disk = &self.workspace.disk;
        let levels = &self.levels;
        self.projects.entry(place.root.clone()).or_insert_with(|| {
            let files = if place.root.is_absolute() { disk.project(&place.root) } else { Box::new(Nowhere) };
            let mut project = Project::new(place.root.clone(), files);
            project.prefer(levels);
            project
        })
    }

    /// Looks for the sources in the folders that are open, and makes their projects known.
    pub fn look_around(&mut self) {
        let folders: Vec<PathBuf> = self.workspace.folders.iter().map(|folder| folder.path.clone()).collect();
        let mut found: BTreeMap<PathBuf, BTreeSet<String>> = BTreeMap::new();
        for folder in folders {
            for source in self.workspace.disk.sources(&folder) {
                if let Some(place) = self.workspace.place_of(&source) {
                    found.entry(place.root).or_default().insert(place.path);
                }
            }
        }
        for document in self.documents.all() {
            if let Some(place) = document.place.clone().filter(|place| compiler::import::is_code(&place.path)) {
                found.entry(place.root).or_default().insert(place.path);
            }
        }
        self.projects.retain(|root, _| found.contains_key(root));
        for (root, sources) in found {
            let project = self.project(&Place { root, path: String::new() });
            if project.sources != sources {
                project.sources = sources;
                project.is_planned = false;
            }
        }
    }

    /// The platforms of which a document is a part, compiled if need be. The first is the one that is asked about it.
    pub fn platforms(&mut self, uri: &Uri) -> Option<(Place, Vec<usize>)> {
        let place = match self.documents.get(uri) {
            Some(document) => document.place.clone()?,
            None => self.workspace.place(uri)?,
        };
        self.project(&place);
        let project = self.projects.get_mut(&place.root)?;
        if !project.is_planned {
            project.plan(&self.documents);
        }
        Some((place.clone(), project.platforms_of(&place.path)))
    }

    /// Reads something of the platform of a document; nothing where it belongs to none.
    pub fn read<T>(&mut self, uri: &Uri, read: impl FnOnce(&View<'_>, SourceFile) -> T) -> Result<Option<T>, Error> {
        let Some((root, at, path)) = self.whose(uri) else {
            return Ok(None);
        };
        self.compile(&root, at);
        let known = |view: &View<'_>| Some(read(view, view.session.source(&path)?));
        Ok(self.read_platform(&root, at, known)?.flatten())
    }

    /// The platforms that are compiled.
    pub fn compiled(&self) -> Vec<(PathBuf, usize)> {
        let platforms = self.projects.iter().flat_map(|(root, project)| {
            let compiled = project.platforms.iter().enumerate().filter(|(_, platform)| platform.session.is_some());
            compiled.map(|(at, _)| (root.clone(), at))
        });
        platforms.collect()
    }

    /// Reads something of a platform; nothing where it is not compiled.
    pub fn read_platform<T>(
        &self,
        root: &PathBuf,
        at: usize,
        read: impl FnOnce(&View<'_>) -> T,
    ) -> Result<Option<T>, Error> {
        let Some(project) = self.projects.get(root) else {
            return Ok(None);
        };
        let Some(session) = project.platforms.get(at).and_then(|platform| platform.session.as_ref()) else {
            return Ok(None);
        };
        let stop = session.stop();
        self.desk.arm(&stop);
        let encoding = self.client.encoding;
        let done = session.interruptible(&stop, |session| {
            read(&View::new(session, &project.root, &self.documents, &self.workspace, encoding))
        });
        done.map(Some).ok_or_else(|| self.desk.over().unwrap_or(Why::Modified).error())
    }

    /// Whose a document is: the root of its project, the number of its platform, and its path there.
    fn whose(&mut self, uri: &Uri) -> Option<(PathBuf, usize, String)> {
        if let Name::Own(path) = Name::of(&uri.0) {
            // A module is the same in every platform: any that has read it will do.
            let reads = |session: &Session| session.source(&path).is_some();
            let mut sessions = self.projects.iter().flat_map(|(root, project)| {
                let platforms = project.platforms.iter().enumerate();
                platforms.filter_map(move |(at, platform)| Some((root, at, platform.session.as_ref()?)))
            });
            return sessions.find(|(.., session)| reads(session)).map(|(root, at, _)| (root.clone(), at, path.clone()));
        }
        let (place, platforms) = self.platforms(uri)?;
        platforms.first().map(|at| (place.root, *at, place.path))
    }

    /// Forgets the compilation of a platform.
    pub fn forget(&mut self, root: &PathBuf, at: usize) {
        let platform = self.projects.get_mut(root).and_then(|project| project.platforms.get_mut(at));
        platform.into_iter().for_each(crate::project::Platform::forget);
    }

    /// Compiles a platform as far as its files go, if it is not.
    pub fn compile(&mut self, root: &PathBuf, at: usize) {
        if let Some(project) = self.projects.get_mut(root) {
            project.open(at, &self.documents);
        }
    }
}

/// The number of a file in findings.
pub fn number(session: &Session, file: SourceFile) -> FileId {
    FileId(file.number(session.db()))
}
