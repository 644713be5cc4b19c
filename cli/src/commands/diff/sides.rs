//! From what was given to sessions: of a source one for each platform in it, of objects one that has them all.

use std::path::{Path, PathBuf};

use compiler::compare::{Holds as What, Manifest};
use diagnostics::Span;

use super::given::{Given, Holds};
use crate::arguments::Judged;
use crate::edge::{Result, Stop};
use crate::inputs::{self, File, Input};
use crate::project::Project;
use crate::report::{Findings, Sources, visible};
use crate::session::{self, Comparing, Session};

/// One side, read.
pub struct Side {
    name: String,
    body: Body,
}

enum Body {
    Source(Vec<Input>),
    Objects(Project, Vec<Read>),
}

/// A file of objects.
struct Read {
    path: String,
    text: String,
    holds: What,
    /// The cluster that its path speaks of.
    cluster: Option<String>,
    /// Whether the user named it, and not a directory around.
    named: bool,
}

/// A platform on both sides, or on one.
pub struct Pair<'s, 'p> {
    /// The old one.
    pub old: Option<&'s Session<'p>>,
    /// The new one.
    pub new: Option<&'s Session<'p>>,
}

/// The platforms of a side, by their entries.
pub struct Platforms<'p> {
    name: String,
    is_source: bool,
    list: Vec<(String, Session<'p>)>,
}

impl Platforms<'_> {
    /// Whether they are source, and not what was made of it.
    pub fn is_source(&self) -> bool {
        self.is_source
    }
}

impl Side {
    /// Reads a side.
    pub fn open(given: &Given) -> Result<Self> {
        let name = given.name.clone();
        let opened = match given.holds {
            Holds::Source => source(given).map(Body::Source),
            Holds::Objects | Holds::Tree => objects(given),
        };
        let body = opened.map_err(|stop| in_words_of(given, stop))?;
        Ok(Self { name, body })
    }

    fn is_of_objects(&self) -> bool {
        matches!(self.body, Body::Objects(..))
    }

    /// Says which clusters objects are for, as far as paths do not say it: the only one there is.
    pub fn place(&mut self, known: &[String]) -> Result<()> {
        let Body::Objects(project, files) = &mut self.body else {
            return Ok(());
        };
        let mut spoken: Vec<&String> = files.iter().filter_map(|file| file.cluster.as_ref()).collect();
        spoken.sort();
        spoken.dedup();
        let says_itself = spoken.len() > 1;
        for file in files.iter_mut().filter(|file| file.holds == What::Objects && !says_itself) {
            match known {
                [] => file.cluster = None,
                [only] => file.cluster = Some(only.clone()),
                _ if file.cluster.as_ref().is_some_and(|cluster| known.contains(cluster)) => {}
                many => {
                    let names: Vec<String> = many.iter().map(|name| format!("`{}`", visible::line(name))).collect();
                    let help = "compare the directory that `platc build -o` wrote, whose paths say it";
                    let (name, names) = (visible::line(&self.name).into_owned(), names.join(", "));
                    return Err(
                        miette::miette!(help = help, "which of {names} are the objects of `{name}` for?").into()
                    );
                }
            }
        }
        let manifests: Vec<Manifest<'_>> = files.iter().map(Read::manifest).collect();
        let (text, empty) = compiler::compare::source(&manifests);
        if let Some(file) = files.iter().find(|file| file.named && empty.contains(&file.path.as_str())) {
            let help = "an object has an `apiVersion` and a `kind`";
            let shown = project.shown(&file.path);
            let shown = visible::line(&shown);
            return Err(miette::miette!(help = help, "there is no Kubernetes object in `{shown}`").into());
        }
        project.overlay(session::OBJECTS, text);
        Ok(())
    }

    /// The platforms of this side. What is wrong with them by the language goes to the findings.
    pub fn platforms<'p>(&'p mut self, findings: &mut Findings) -> Platforms<'p> {
        let mut list = vec![];
        let is_source = matches!(self.body, Body::Source(_));
        if let Body::Source(inputs) = &mut self.body {
            inputs.iter_mut().for_each(|input| super::super::report_unreadable(input, findings));
        }
        match &self.body {
            Body::Source(inputs) => {
                let sessions = inputs.iter().flat_map(session::open);
                list.extend(sessions.map(|session| (session.entry().to_owned(), session)));
            }
            Body::Objects(project, _) => list.push((String::new(), Session::of(project, Some(session::OBJECTS)))),
        }
        let files = match &self.body {
            Body::Objects(_, files) => files.as_slice(),
            Body::Source(_) => &[],
        };
        for (_, session) in &mut list {
            let found = session::errors(session.judge(Judged::Language));
            let placed = found.into_iter().map(|finding| finding.map_place(|span| in_file(session, files, span)));
            let placed = placed.collect();
            findings.add(&*session, placed);
        }
        Platforms { name: self.name.clone(), is_source, list }
    }
}

/// A place in the file of an object, where it is one in the text that only names the object.
fn in_file(session: &Session<'_>, files: &[Read], span: Span) -> Span {
    let named = || {
        let entry = session.file(session::OBJECTS).filter(|entry| *entry == span.file)?;
        let text = session.text(entry);
        let start = text.get(..span.start as usize)?.rfind('\n').map_or(0, |end| end + 1);
        let line = text.get(start..)?.lines().next()?;
        let manifests: Vec<Manifest<'_>> = files.iter().map(Read::manifest).collect();
        let (number, range) = compiler::compare::object_of(&manifests, line)?;
        let file = session.file(&files.get(number)?.path)?;
        Some(Span::new(file, range.start, range.end))
    };
    named().unwrap_or(span)
}

/// The clusters that are known: those of a source, or else those that paths of trees speak of. Nobody asks where both sides
/// are sources.
pub fn clusters(sides: &[Side; 2]) -> Vec<String> {
    let mut known = vec![];
    for side in sides {
        if let (Body::Source(inputs), true) = (&side.body, sides.iter().any(Side::is_of_objects)) {
            let sessions = inputs.iter().flat_map(session::open);
            known.extend(sessions.flat_map(|session| Comparing::clusters(&session)));
        }
    }
    if sides.iter().all(Side::is_of_objects) {
        known.extend(sides.iter().flat_map(|side| match &side.body {
            Body::Objects(_, files) => files.iter().filter_map(|file| file.cluster.clone()).collect(),
            Body::Source(_) => vec![],
        }));
    }
    known.sort();
    known.dedup();
    known
}

impl Read {
    fn manifest(&self) -> Manifest<'_> {
        let Read { path, text, holds, cluster, .. } = self;
        Manifest { path, text, cluster: cluster.as_deref(), holds: *holds }
    }
}

/// What the disk says of a revision that lies in a directory of its own, in words of the revision.
fn in_words_of(given: &Given, stop: Stop) -> Stop {
    match (stop, &given.commit) {
        (Stop::Failed(report), Some((revision, checkout))) => {
            let directory = checkout.directory.path().display().to_string();
            let text = report.to_string().replace(&format!("{directory}/"), &format!("{revision}:"));
            miette::miette!("{text}").into()
        }
        (stop, _) => stop,
    }
}

/// How the files of a revision are called: `main:apps/shop.pl`.
fn call(given: &Given, project: &mut Project) {
    if let Some((revision, checkout)) = &given.commit {
        project.call(checkout.directory.path(), &format!("{revision}:"));
    }
}

fn source(given: &Given) -> Result<Vec<Input>> {
    let mut inputs = inputs::gather(std::slice::from_ref(&given.path))?;
    for input in &mut inputs {
        call(given, &mut input.project);
        for (text, _) in &mut input.unreadable {
            if let Some((revision, checkout)) = &given.commit {
                text.path = format!("{revision}:{}", checkout.within);
            }
        }
    }
    Ok(inputs)
}

fn objects(given: &Given) -> Result<Body> {
    let directory = given.path.is_dir();
    let paths = if directory { inputs::manifests(&given.path)? } else { vec![given.path.clone()] };
    let around = if directory { given.path.clone() } else { PathBuf::from(".") };
    let failed = |error| crate::edge::failed("read", &around, &error);
    let mut project = Project::around(&around).map_err(failed)?;
    call(given, &mut project);
    let mut files = vec![];
    for (number, path) in paths.iter().enumerate() {
        let mut file = File::open(path)?;
        file.call(|project| call(given, project));
        let shown = file.shown();
        let text = match file.text {
            Ok(text) => text,
            Err((_, finding)) => {
                let help = finding.help.unwrap_or_default();
                return Err(miette::miette!(help = help, "`{}` is no text", visible::line(&shown)).into());
            }
        };
        let below = path.strip_prefix(&given.path).unwrap_or(Path::new("")).to_owned();
        let is_outputs = given.holds == Holds::Tree && below.with_extension("") == Path::new("platform");
        let ending = if path.extension().is_some_and(|ending| ending == "json") { "json" } else { "yaml" };
        let inner = format!("platc-compared-{number}.{ending}");
        project.overlay(&inner, text.clone());
        project.alias(&inner, shown);
        let cluster = (given.holds == Holds::Tree).then(|| cluster(&below, &text)).flatten();
        let holds = if is_outputs { What::Outputs } else { What::Objects };
        files.push(Read { path: inner, text, holds, cluster, named: !directory });
    }
    Ok(Body::Objects(project, files))
}

/// The cluster that the path of a file in a tree speaks of: what stands before the namespace of its object.
fn cluster(below: &Path, text: &str) -> Option<String> {
    let steps: Vec<&str> = below.iter().filter_map(|step| step.to_str()).collect();
    let is_namespace = |step: &str| {
        let said = text.lines().filter_map(|line| line.trim().strip_prefix("namespace:"));
        said.into_iter().any(|name| name.trim().trim_matches(['"', '\'']) == step)
            || text.contains(&format!("\"namespace\": \"{step}\""))
    };
    match steps.as_slice() {
        [cluster, _, _] => Some((*cluster).to_owned()),
        [step, _] if !is_namespace(step) => Some((*step).to_owned()),
        _ => None,
    }
}

/// The platforms of both sides that are one: the only one of each, or by their entries.
pub fn pairs<'s, 'p>(old: &'s Platforms<'p>, new: &'s Platforms<'p>) -> Result<Vec<Pair<'s, 'p>>> {
    if let ([(_, one)], [(_, other)]) = (old.list.as_slice(), new.list.as_slice()) {
        return Ok(vec![Pair { old: Some(one), new: Some(other) }]);
    }
    for (side, other) in [(old, new), (new, old)] {
        if !side.is_source && other.list.len() > 1 {
            let (many, name) = (other.list.len(), visible::line(&other.name).into_owned());
            let help = "name the file of the platform that the objects are of";
            return Err(miette::miette!(help = help, "there are {many} platforms in `{name}`").into());
        }
    }
    let mut names: Vec<&String> = old.list.iter().chain(&new.list).map(|(name, _)| name).collect();
    names.sort();
    names.dedup();
    let find = |platforms: &'s Platforms<'p>, name: &str| {
        platforms.list.iter().find(|(entry, _)| entry == name).map(|(_, session)| session)
    };
    Ok(names.into_iter().map(|name| Pair { old: find(old, name), new: find(new, name) }).collect())
}
