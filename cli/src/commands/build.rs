//! `platc build`: the outputs of a platform, into the stream, a file, or a directory.

use std::fs;
use std::io::{self, Write};
use std::path::{self, Path};

use backend::{Conflict, Plan, Tree};

use super::Product;
use crate::arguments::{Build, Values};
use crate::edge::{self, Outcome, Result, Stop};
use crate::inputs::{self, Input};
use crate::product::{Held, Made};
use crate::project::LOCK;
use crate::report::{Findings, Format};
use crate::session::{Session, is_sound};
use crate::terminal::Terminal;
use crate::tree::{self, Edited, Written, shown};
use crate::write::replace;

/// Where outputs go.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Target<'a> {
    Stream,
    File(&'a Path),
    Directory(&'a Path),
}

/// Writes the outputs, unless there is an error.
pub fn run(arguments: &Build, terminal: &Terminal) -> Result {
    let target = arguments.output.as_deref().map_or(Target::Stream, Target::of);
    if arguments.force && !matches!(target, Target::Directory(_)) {
        return Err(miette::miette!("`--force` is about the files in a directory, and `-o` names none").into());
    }
    let mut findings = Findings::default();
    let mut input = inputs::one(&arguments.path)?;
    super::report_unreadable(&mut input, &mut findings);
    let mut session = input.entries.first().map(|entry| Session::of(&input.project, Some(entry)));
    let found = session.as_mut().map_or_else(Vec::new, |session| {
        let found = session.judge(arguments.rules);
        super::held(session, found, arguments.locked)
    });
    if let Some(session) = &session {
        findings.add(session, found);
    }
    let sound = is_sound(&findings.list);
    let outcome = super::report(arguments.report, Product::Values, &findings, terminal)?;
    let Some(session) = session.as_ref().filter(|_| sound) else { return Ok(outcome) };
    let made = session.build(arguments.format);
    let outcome = outcome.max(keep(&input, session, arguments, terminal)?);
    let is_directory = matches!(target, Target::Directory(_));
    if made.leaves_out() && !is_directory && arguments.report == Format::Human {
        terminal.say("note: the stream has the objects alone; `-o DIR/` writes the outputs too, as `platform.yaml`")?;
    }
    let text = || {
        let mut text = vec![];
        made.stream(arguments.format, &mut text).map(|()| text)
    };
    let written = match target {
        Target::Stream => made.stream(arguments.format, &mut io::stdout().lock()).map(|()| Outcome::Clean)?,
        Target::File(path) if arguments.check => check_file(path, &text()?)?,
        Target::File(path) => {
            replace(path, &text()?).map(|()| Outcome::Clean).map_err(|error| edge::failed("write", path, &error))?
        }
        Target::Directory(path) => into_directory(path, &files(made, session, arguments.format)?, arguments, terminal)?,
    };
    Ok(outcome.max(written))
}

/// Writes what was chosen into the lock of the project, before anything is made with it.
fn keep(input: &Input, session: &Session<'_>, arguments: &Build, terminal: &Terminal) -> Result {
    let path = input.project.root().join(LOCK);
    let is_kept = input.entries.first().is_some_and(|entry| !inputs::is_stream(entry));
    let Some(text) = session.new_lock().filter(|_| is_kept) else { return Ok(Outcome::Clean) };
    if arguments.check {
        writeln!(io::stdout(), "would write {}", shown(Path::new(&input.project.shown(LOCK))))?;
        return Ok(Outcome::Findings);
    }
    let now = match fs::read(&path) {
        Ok(now) => Some(now),
        Err(error) if error.kind() == io::ErrorKind::NotFound => None,
        Err(error) => return Err(edge::failed("read", &path, &error)),
    };
    if now.as_deref() != input.project.lock().map(str::as_bytes) {
        let help = "build again";
        return Err(miette::miette!(help = help, "somebody else wrote {LOCK} during this build").into());
    }
    replace(&path, text.as_bytes()).map_err(|error| edge::failed("write", &path, &error))?;
    if arguments.report == Format::Human {
        // A machine that has the old value must be told.
        session.given_up().iter().try_for_each(|change| terminal.say(&format!("note: {change}")))?;
    }
    Ok(Outcome::Clean)
}

impl<'a> Target<'a> {
    /// What a path means: a directory if it is one or ends like one, a file if it is one or is called like one, else a
    /// directory.
    fn of(path: &'a Path) -> Self {
        let ends = path.as_os_str().to_string_lossy().ends_with(path::is_separator);
        let is_named = path.extension().is_some_and(|end| end == "yaml" || end == "yml" || end == "json");
        match fs::metadata(path) {
            _ if ends => Target::Directory(path),
            Ok(about) if about.is_dir() => Target::Directory(path),
            Ok(_) => Target::File(path),
            Err(_) if is_named => Target::File(path),
            Err(_) => Target::Directory(path),
        }
    }
}

/// The files of a platform.
pub fn files(made: Made<'_>, session: &Session<'_>, format: Values) -> Result<Tree> {
    let mut beside = session.artifacts();
    let drivers = session.drivers(&made.placed(format), &beside);
    beside.extend(drivers);
    let (tree, conflicts) = Tree::new(made.files(format, beside));
    let Some(conflict) = conflicts.first() else { return Ok(tree) };
    let objects = match conflict {
        Conflict::Path { origin, .. } => vec![origin],
        Conflict::Twice { origins, .. } | Conflict::Directory { origins, .. } => origins.iter().collect(),
    };
    let place = |held: &Held| match held {
        Held::Outputs => Some("the outputs".to_owned()),
        Held::Lists => Some("a list for `kustomize`".to_owned()),
        Held::Object(number) => session.object_place(*number),
        Held::Place(span) => Some(session.shown_place(*span)),
    };
    let mut places: Vec<String> = objects.into_iter().filter_map(place).collect();
    places.sort();
    Err(miette::miette!(help = "give one of them another name", "{conflict}: {}", places.join(" and ")).into())
}

fn check_file(path: &Path, text: &[u8]) -> Result {
    match fs::read(path) {
        Ok(content) if content == text => return Ok(Outcome::Clean),
        Err(error) if error.kind() != io::ErrorKind::NotFound => return Err(edge::failed("read", path, &error)),
        Ok(_) | Err(_) => {}
    }
    writeln!(io::stdout(), "would write {}", shown(path))?;
    Ok(Outcome::Findings)
}

fn into_directory(path: &Path, tree: &Tree, arguments: &Build, terminal: &Terminal) -> Result {
    if arguments.check {
        let plan = tree::check(path, tree, terminal)?;
        show_outdated(path, &plan)?;
        return Ok(if plan.is_done() { Outcome::Clean } else { Outcome::Findings });
    }
    let edited = if arguments.force { Edited::Overwrite } else { Edited::Keep };
    match tree::write(path, tree, edited, terminal)? {
        Written::Done => Ok(Outcome::Clean),
        Written::Refused(plan) => {
            show_refused(path, &plan, edited).map_err(Stop::from)?;
            Ok(Outcome::Findings)
        }
    }
}

fn show_outdated(directory: &Path, plan: &Plan) -> io::Result<()> {
    let mut out = io::stdout().lock();
    let what = [("would write", &plan.write), ("would remove", &plan.remove), ("edited", &plan.edited)];
    for (what, paths) in what.into_iter().chain([("in the way", &plan.in_the_way)]) {
        for path in paths {
            writeln!(out, "{what} {}", shown(&directory.join(path)))?;
        }
    }
    if *plan != Plan::default() && plan.write.is_empty() && plan.remove.is_empty() {
        writeln!(out, "would write {}", shown(&directory.join(backend::MANIFEST)))?;
    }
    Ok(())
}

fn show_refused(directory: &Path, plan: &Plan, edited: Edited) -> io::Result<()> {
    let mut err = io::stderr().lock();
    for path in &plan.in_the_way {
        let path = shown(&directory.join(path));
        writeln!(err, "error: {path} is not of platc, and is where a generated file belongs")?;
        writeln!(err, "  = help: move it away")?;
    }
    for path in plan.edited.iter().filter(|_| edited == Edited::Keep) {
        let path = shown(&directory.join(path));
        writeln!(err, "error: {path} was edited since platc wrote it")?;
        writeln!(err, "  = help: bring the change into the platform, then build with `--force`, which drops the edit")?;
    }
    writeln!(err, "nothing was written")
}
