//! A project: its sources, and the platforms that these are.
//!
//! Which files are one platform is decided as `platc check FOLDER` decides it: every source is an entry, unless another one
//! imports it. To know this, only imports are read; a platform is compiled when somebody looks at one of its files, and forgotten
//! when nobody does and it was checked.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::rc::Rc;

use compiler::import::{is_code, is_data, is_pattern};
use compiler::{LoadError, Loader, Session, import};
use diagnostics::{Choice, Diagnostic as Finding};
use tower_lsp_server::gen_lsp_types::Diagnostic;

use crate::disk::{Files, LOCK, Settings};
use crate::documents::Documents;

/// No source is larger than this, on the disk or in the editor.
const LARGEST: usize = 64 << 20;

/// A project.
pub struct Project {
    /// Its root.
    pub root: PathBuf,
    files: Box<dyn Files>,
    /// The sources that are looked at: in the open folders, or open themselves.
    pub sources: BTreeSet<String>,
    /// What each file imports.
    imports: BTreeMap<String, Vec<String>>,
    /// How long each file was then.
    sizes: BTreeMap<String, usize>,
    /// The platforms.
    pub platforms: Vec<Platform>,
    /// Whether the platforms are what the sources say.
    pub is_planned: bool,
    /// What it says about itself.
    pub settings: Settings,
    lock: Option<String>,
}

/// A platform: an entry and everything that it imports.
pub struct Platform {
    /// The file with which it begins.
    pub entry: String,
    /// The files that it consists of, the entry among them.
    pub members: BTreeSet<String>,
    /// Its compilation, while somebody needs it.
    pub session: Option<Session>,
    /// Whether what was found is what would be found now.
    pub is_checked: bool,
    /// Whether it was computed whole before, so that little is left to compute.
    pub is_warm: bool,
    /// How often a check of it was called off since the last edit.
    pub delays: u32,
    /// What the compiler found, as long as that is kept.
    pub findings: Rc<[Finding]>,
    /// What was found, by the names of documents.
    pub found: BTreeMap<String, Vec<Diagnostic>>,
}

impl Platform {
    fn new(entry: String) -> Self {
        Self {
            entry,
            members: BTreeSet::new(),
            session: None,
            is_checked: false,
            is_warm: false,
            delays: 0,
            findings: Rc::default(),
            found: BTreeMap::new(),
        }
    }

    /// Whether a file is a part of it, or was one: a compilation that has read it must not be left with an old text.
    fn has(&self, path: &str) -> bool {
        let was = |session: &Session| session.source(path).is_some();
        self.members.contains(path) || self.session.as_ref().is_some_and(was)
    }

    /// Says that something of it has changed.
    pub fn changed(&mut self) {
        self.is_checked = false;
        self.delays = 0;
    }

    /// Forgets the compilation.
    pub fn forget(&mut self) {
        self.session = None;
        self.findings = Rc::default();
        self.is_warm = false;
    }
}

/// The files of a project, with the texts of the editor in place of those on the disk.
struct Overlaid<'a> {
    files: &'a dyn Files,
    root: &'a Path,
    documents: &'a Documents,
}

impl Loader for Overlaid<'_> {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let text = match self.documents.at(self.root, path) {
            Some(document) => document.text.clone(),
            None => self.files.read(path)?,
        };
        if text.len() > LARGEST {
            let message = format!("`{path}` is larger than {} MiB", LARGEST >> 20);
            return Err(LoadError { code: "import/unreadable", message });
        }
        Ok(text)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        self.files.list(pattern)
    }
}

impl Project {
    /// A project of which nothing is known yet.
    pub fn new(root: PathBuf, files: Box<dyn Files>) -> Self {
        let (settings, lock) = (files.settings(), files.lock());
        Self {
            root,
            files,
            sources: BTreeSet::new(),
            imports: BTreeMap::new(),
            sizes: BTreeMap::new(),
            platforms: vec![],
            is_planned: false,
            settings,
            lock,
        }
    }

    /// Finds out what is a platform. What is known of one that stays one is kept.
    pub fn plan(&mut self, documents: &Documents) {
        self.follow_imports(documents);
        let mut planned: BTreeMap<String, BTreeSet<String>> = BTreeMap::new();
        let mut covered: BTreeSet<String> = BTreeSet::new();
        for entry in &self.sources {
            if covered.contains(entry) {
                continue;
            }
            let members = self.reach(entry);
            planned.retain(|entry, _| !members.contains(entry));
            covered.extend(members.iter().cloned());
            planned.insert(entry.clone(), members);
        }
        let mut before = std::mem::take(&mut self.platforms);
        for (entry, members) in planned {
            let known = before.iter().position(|platform| platform.entry == entry);
            let mut platform = known.map_or_else(|| Platform::new(entry), |known| before.swap_remove(known));
            platform.members = members;
            self.platforms.push(platform);
        }
        self.is_planned = true;
    }

    /// Reads the imports of every file that is reached and was not read.
    fn follow_imports(&mut self, documents: &Documents) {
        let loader = Overlaid { files: &*self.files, root: &self.root, documents };
        let mut waiting: Vec<String> = self.sources.iter().cloned().collect();
        let mut seen: BTreeSet<String> = waiting.iter().cloned().collect();
        while let Some(path) = waiting.pop() {
            if !self.imports.contains_key(&path) {
                let text = loader.read(&path).unwrap_or_default();
                self.imports.insert(path.clone(), import::paths(&path, &text));
                self.sizes.insert(path.clone(), text.len());
            }
            for target in expanded(&loader, self.imports.get(&path)) {
                if is_code(&target) && seen.insert(target.clone()) {
                    waiting.push(target);
                }
            }
        }
    }

    /// The files that a file imports, itself among them.
    fn reach(&self, entry: &str) -> BTreeSet<String> {
        let mut reached = BTreeSet::from([entry.to_owned()]);
        let mut waiting = vec![entry.to_owned()];
        while let Some(path) = waiting.pop() {
            for target in expanded(&*self.files, self.imports.get(&path)) {
                if reached.insert(target.clone()) && is_code(&target) {
                    waiting.push(target);
                }
            }
        }
        reached
    }

    /// Whether a file is a part of it, whether or not it exists.
    pub fn knows(&self, path: &str) -> bool {
        self.sources.contains(path) || self.platforms.iter().any(|platform| platform.members.contains(path))
    }

    /// The platforms of which a file is a part, by their numbers.
    pub fn platforms_of(&self, path: &str) -> Vec<usize> {
        let platforms = self.platforms.iter().enumerate();
        platforms.filter(|(_, platform)| platform.members.contains(path)).map(|(at, _)| at).collect()
    }

    /// How many bytes of source a platform had when its imports were read.
    pub fn size(&self, at: usize) -> usize {
        let members = self.platforms.get(at).map(|platform| &platform.members);
        members.into_iter().flatten().filter_map(|path| self.sizes.get(path)).sum()
    }

    /// Lets the levels that the editor's settings give count beside its own.
    pub fn prefer(&mut self, levels: &[(String, Choice)]) {
        for (pattern, choice) in levels {
            self.settings.levels.choose(pattern, *choice);
        }
    }

    /// Compiles a platform, if it is not.
    pub fn open(&mut self, at: usize, documents: &Documents) -> Option<LoadError> {
        let platform = self.platforms.get_mut(at).filter(|platform| platform.session.is_none())?;
        let loader = Overlaid { files: &*self.files, root: &self.root, documents };
        let (mut session, failed) = Session::open(&loader, &[&platform.entry]);
        session.set_lock(&platform.entry, LOCK, self.lock.as_deref());
        session.set_levels(self.settings.levels.clone());
        for path in documents.of(&self.root) {
            if let Some(file) = session.source(path).filter(|_| is_code(path)) {
                session.expect_edits(file, 0);
            }
        }
        platform.session = Some(session);
        failed.into_iter().next().map(|(_, error)| error)
    }

    /// Gives a file the text that it has now.
    pub fn edit(&mut self, path: &str, documents: &Documents) {
        let loader = Overlaid { files: &*self.files, root: &self.root, documents };
        let text = match documents.at(&self.root, path) {
            Some(document) if document.text.len() <= LARGEST => Some(std::borrow::Cow::Borrowed(&*document.text)),
            _ => loader.read(path).ok().map(std::borrow::Cow::Owned),
        };
        let mut is_read = false;
        for platform in self.platforms.iter_mut().filter(|platform| platform.has(path)) {
            platform.changed();
            let known = platform.session.as_mut().and_then(|session| Some((session.source(path)?, session)));
            let (Some(text), Some((file, session))) = (&text, known) else {
                platform.forget();
                continue;
            };
            // What was called off is over: nothing calls off an edit.
            let _ = session.stop();
            let before = import::imports(session.db(), file);
            session.set_file(path, text);
            let after = import::imports(session.db(), file);
            let named = |imports: &[compiler::hir::Import]| -> Vec<_> {
                imports.iter().map(|import| (import.path, import.module)).collect()
            };
            if is_code(path) && named(&before) == named(&after) {
                is_read = true;
            } else {
                session.load_imports(&loader);
            }
        }
        if !is_read {
            self.imports.remove(path);
            self.is_planned = false;
        }
    }

    /// Whether the text of a document is another one than what was read from the disk.
    pub fn differs(&self, path: &str, documents: &Documents) -> bool {
        documents.at(&self.root, path).is_some_and(|document| self.differs_from(path, &document.text))
    }

    /// Whether a text is another one than that on the disk.
    pub fn differs_from(&self, path: &str, text: &str) -> bool {
        self.files.read(path).map_or(true, |read| read != text)
    }

    /// Says that somebody is about to edit a file.
    pub fn expect_edits(&mut self, path: &str) {
        for platform in self.platforms.iter_mut().filter(|platform| platform.members.contains(path)) {
            if let Some(session) = &mut platform.session
                && let Some(file) = session.source(path).filter(|_| is_code(path))
            {
                let _ = session.stop();
                session.expect_edits(file, 0);
            }
        }
    }

    /// Forgets everything that was compiled.
    pub fn forget(&mut self) {
        self.imports.clear();
        self.is_planned = false;
        for platform in &mut self.platforms {
            platform.forget();
            platform.changed();
        }
    }

    /// Says that a file came or went: what depends on it is compiled anew.
    pub fn came_or_went(&mut self, path: &str) {
        self.imports.remove(path);
        self.is_planned = false;
        let by_pattern = self.imports.values().flatten().any(|target| is_pattern(target));
        for platform in &mut self.platforms {
            if by_pattern || platform.has(path) {
                platform.forget();
                platform.changed();
            }
        }
    }

    /// Reads again what it says about itself, and what was chosen for it.
    pub fn reread(&mut self) {
        self.settings = self.files.settings();
        self.lock = self.files.lock();
        for platform in &mut self.platforms {
            if let Some(session) = &mut platform.session {
                let _ = session.stop();
                session.set_lock(&platform.entry, LOCK, self.lock.as_deref());
                session.set_levels(self.settings.levels.clone());
            }
            platform.changed();
        }
    }
}

fn expanded(loader: &(impl Loader + ?Sized), imports: Option<&Vec<String>>) -> Vec<String> {
    let mut paths = vec![];
    for path in imports.into_iter().flatten() {
        if is_pattern(path) {
            paths.extend(loader.list(path).unwrap_or_default());
        } else if is_code(path) || is_data(path) {
            paths.push(path.clone());
        }
    }
    paths
}
