//! `platc explain out/FILE:LINE`: which lines of the source made a line of the output.
//!
//! The list of an output directory does not say which platform it was built from, so the platform is found: the nearest
//! one above the file, or above the working directory, that makes the object which the line belongs to.

use std::collections::BTreeSet;
use std::fs;
use std::io::{self, Write};
use std::path::{Path, PathBuf};

use backend::{Hash, MANIFEST, Manifest};
use data::{Part, Step};
use diagnostics::Diagnostic;
use similar::{DiffTag, TextDiff};

use super::shown::{self, Answer};
use super::written::{self, Piece};
use crate::commands::{Product, report};
use crate::edge::{self, Outcome, Result, Stop};
use crate::inputs::{self, Input};
use crate::project::Project;
use crate::report::{Findings, Format, visible};
use crate::session::{self, Document, Session};
use crate::terminal::Terminal;

/// A line of a file, both counted from one.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Place {
    /// The file.
    pub path: PathBuf,
    /// The line.
    pub line: usize,
    /// The column, where somebody asks for it.
    pub column: Option<usize>,
}

impl Place {
    /// `FILE:LINE` or `FILE:LINE:COLUMN`.
    pub fn parse(text: &str) -> Option<Self> {
        let (before, last) = text.rsplit_once(':')?;
        let last: usize = last.parse().ok()?;
        if let Some((path, line)) = before.rsplit_once(':')
            && let Ok(line) = line.parse()
        {
            return Some(Self { path: path.into(), line, column: Some(last) });
        }
        (!before.is_empty()).then(|| Self { path: before.into(), line: last, column: None })
    }
}

/// What is asked: a line of a document in a file.
struct Question<'a> {
    place: &'a Place,
    text: &'a str,
    piece: &'a Piece,
    /// How many documents before it are the same object, of other clusters.
    before: usize,
}

/// What the platforms of one directory say.
enum Reply {
    Answer(String, Vec<String>),
    /// None of them makes the object.
    Unknown,
    /// Some are wrong, so that nobody can say.
    Wrong(Findings),
}

/// Says which lines of the source made a line of the output.
pub fn run(place: &Place, platform: Option<&Path>, terminal: &Terminal) -> Result {
    let bytes = fs::read(&place.path).map_err(|error| edge::failed("read", &place.path, &error))?;
    let text = String::from_utf8(bytes.clone()).map_err(|_| not_written(place, "it is not UTF-8 text"))?;
    let pieces = written::pieces(&text);
    let mut here = pieces.iter().flatten().filter(|piece| piece.lines.contains(&place.line));
    if !here.any(|piece| piece.identity.is_some())
        && let Some(answer) = of_file(place, &text, platform, terminal)?
    {
        io::stdout().write_all(answer.as_bytes())?;
        return Ok(Outcome::Clean);
    }
    let pieces = pieces.ok_or_else(|| not_written(place, "it can not be read as YAML or JSON"))?;
    let piece = piece_at(place, &text, &pieces)?;
    let same = |other: &&Piece| other.lines.start < piece.lines.start && other.identity == piece.identity;
    let question = Question { place, text: &text, piece, before: pieces.iter().filter(same).count() };
    let mut wrong = Findings::default();
    for input in candidates(&place.path, platform)? {
        match ask(input?, &question, terminal)? {
            Reply::Answer(answer, warnings) => {
                let mut err = io::stderr().lock();
                warnings.iter().try_for_each(|warning| writeln!(err, "warning: {warning}"))?;
                io::stdout().write_all(answer.as_bytes())?;
                return Ok(Outcome::Clean);
            }
            Reply::Unknown => {}
            Reply::Wrong(findings) => {
                wrong = findings;
                break;
            }
        }
    }
    if !wrong.list.is_empty() {
        return report(Format::Human, Product::Values, &wrong, terminal);
    }
    // A file that is emitted as it is may look like an object.
    match of_file(place, &text, platform, terminal)? {
        Some(answer) => io::stdout().write_all(answer.as_bytes()).map(|()| Outcome::Clean).map_err(Stop::from),
        None => Err(nobody(&question, platform)),
    }
}

/// What is known of a file that a platform emits as it is: what makes all of it.
fn of_file(place: &Place, text: &str, platform: Option<&Path>, terminal: &Terminal) -> Result<Option<String>> {
    let Some(line) = place.line.checked_sub(1).and_then(|above| text.lines().nth(above)) else { return Ok(None) };
    for input in candidates(&place.path, platform)? {
        let input = input?;
        for session in &mut session::open(&input) {
            if !session::errors(session.check()).is_empty() {
                continue;
            }
            let emitted = session.emitted(&place.path);
            let emitted = emitted.map(|(path, now, origin)| (now, format!("the file `{path}`"), origin));
            if let Some((now, of, origin)) = emitted.or_else(|| session.line_of_script(&place.path, place.line)) {
                if now != text {
                    let path = crate::tree::shown(&place.path);
                    writeln!(io::stderr(), "warning: {path} is not what the platform makes now")?;
                }
                let answer = Answer { place, line, of: Some(of), origin };
                return Ok(Some(shown::render(&answer, session, terminal.output_screen())));
            }
        }
    }
    Ok(None)
}

/// The document that a line belongs to.
fn piece_at<'p>(place: &Place, text: &str, pieces: &'p [Piece]) -> Result<&'p Piece> {
    let count = text.lines().count();
    let shown = crate::tree::shown(&place.path);
    if !(1..=count).contains(&place.line) {
        let lines = if count == 1 { "1 line".to_owned() } else { format!("{count} lines") };
        return Err(miette::miette!("there is no line {} in {shown}, which has {lines}", place.line).into());
    }
    pieces.iter().find(|piece| piece.lines.contains(&place.line)).ok_or_else(|| {
        let help = "name a line of an object";
        miette::miette!(help = help, "line {} of {shown} stands between objects, and belongs to none", place.line)
            .into()
    })
}

/// The platforms that may have made a file, those nearest to it first: what `-f` names, or the `.pl` files of each directory
/// above the file and above the working directory, up to the root of their project.
pub fn candidates(path: &Path, platform: Option<&Path>) -> Result<Box<dyn Iterator<Item = Result<Input>>>> {
    if let Some(platform) = platform {
        return Ok(Box::new(std::iter::once(inputs::one(platform))));
    }
    let beside = path.parent().filter(|parent| !parent.as_os_str().is_empty()).unwrap_or(Path::new("."));
    let mut directories: Vec<PathBuf> = vec![];
    for start in [beside, Path::new(".")] {
        let failed = |error| edge::failed("read", start, &error);
        let start = start.canonicalize().map_err(failed)?;
        let root = Project::around(&start).map_err(failed)?.root().to_owned();
        let above = start.ancestors().take_while(|directory| directory.starts_with(&root));
        let new: Vec<PathBuf> =
            above.filter(|above| !directories.iter().any(|known| known == above)).map(Into::into).collect();
        directories.extend(new);
    }
    let sources = directories.into_iter().map(|directory| sources_in(&directory)).filter(|sources| !sources.is_empty());
    let inputs = sources.map(|sources| {
        inputs::gather(&sources)
            .and_then(|mut inputs| inputs.pop().ok_or_else(|| miette::miette!("there is no platform").into()))
    });
    Ok(Box::new(inputs))
}

/// The sources right in a directory, as they would be named from the working directory.
fn sources_in(directory: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(directory).into_iter().flatten().flatten();
    let is_source = |path: &PathBuf| path.extension().is_some_and(|end| end == "pl") && path.is_file();
    let found: BTreeSet<PathBuf> = entries.map(|entry| entry.path()).filter(is_source).collect();
    found.into_iter().collect()
}

/// What the platforms of an input say to a question.
fn ask(input: Input, question: &Question<'_>, terminal: &Terminal) -> Result<Reply> {
    let mut sessions = session::open(&input);
    let mut wrong = Findings::default();
    let mut found: Vec<(usize, Document)> = vec![];
    for (number, session) in sessions.iter_mut().enumerate() {
        let errors: Vec<Diagnostic> = session::errors(session.check());
        if !errors.is_empty() {
            wrong.add(session, errors);
            continue;
        }
        let documents = session.documents(question.piece.identity.as_ref(), written::form(question.text));
        found.extend(documents.into_iter().map(|document| (number, document)));
    }
    found.retain(|(_, document)| document.is_object() || is_alike(question, document));
    let Some((number, document)) = chosen(found, question) else {
        return Ok(if wrong.list.is_empty() { Reply::Unknown } else { Reply::Wrong(wrong) });
    };
    match sessions.get(number) {
        Some(session) => answer(session, &document, question, terminal),
        None => Ok(Reply::Unknown),
    }
}

/// Whether a file may hold the outputs of a platform: they have a line in common that says something. An object is none.
fn is_alike(question: &Question<'_>, document: &Document) -> bool {
    let lines: BTreeSet<&str> = document.text.lines().filter(|line| line.len() > 2).collect();
    let alike = question.piece.text.lines().any(|line| lines.contains(line));
    question.piece.identity.is_none() && alike || is_same(question, document)
}

/// Whether a file holds a document as it is made now.
fn is_same(question: &Question<'_>, document: &Document) -> bool {
    document.text.trim_end() == question.piece.text.trim_end()
}

/// Of several documents the one whose path the file has, then one of the very same text, then the one whose turn it is.
fn chosen(mut found: Vec<(usize, Document)>, question: &Question<'_>) -> Option<(usize, Document)> {
    let path = question.place.path.with_extension("");
    let by_path = |document: &Document| path.ends_with(&document.path);
    let by_text = |document: &Document| is_same(question, document);
    if found.iter().any(|(_, document)| by_path(document)) {
        found.retain(|(_, document)| by_path(document));
    }
    if found.iter().any(|(_, document)| by_text(document)) {
        found.retain(|(_, document)| by_text(document));
    }
    let turn = if question.before < found.len() { question.before } else { 0 };
    (!found.is_empty()).then(|| found.swap_remove(turn))
}

fn answer(session: &Session<'_>, document: &Document, question: &Question<'_>, terminal: &Terminal) -> Result<Reply> {
    let line = question.place.line - question.piece.lines.start + 1;
    let text = question.text.lines().nth(question.place.line - 1).unwrap_or_default();
    let mut warnings = vec![];
    let mut now = line;
    if !is_same(question, document) {
        let why = difference(question);
        now = match became(&question.piece.text, &document.text, line) {
            Became::Same(now) => now,
            other => return Err(changed(document, other, &why)),
        };
        warnings.push(why);
    }
    let part = part_at(document, now, text, question.place.column);
    let origin = part.and_then(|part| session.origin(document, &part.path));
    let Some(origin) = origin else {
        return Ok(Reply::Unknown);
    };
    let of = question.piece.identity.as_ref().map(session::Identity::shown);
    let answer = Answer { place: question.place, line: text, of, origin };
    Ok(Reply::Answer(shown::render(&answer, session, terminal.output_screen()), warnings))
}

/// The part of a document on a line: the innermost, or the one whose dash stands at the column.
fn part_at<'d>(document: &'d Document, line: usize, text: &str, column: Option<usize>) -> Option<&'d Part> {
    let parts: Vec<&Part> = document.lines.on(u32::try_from(line).ok()?).collect();
    let dashes = column.map(|column| text.chars().take(column).all(|letter| " -".contains(letter)));
    if let (Some(true), Some(column)) = (dashes, column) {
        let nth = text.chars().take(column).filter(|letter| *letter == '-').count();
        let begins = |part: &&&Part| matches!(part.path.last(), Some(Step::Index(_)));
        return parts.iter().filter(begins).nth(nth.saturating_sub(1)).or(parts.last()).copied();
    }
    parts.last().copied()
}

/// Why a file is not what its platform makes now.
fn difference(question: &Question<'_>) -> String {
    let shown = crate::tree::shown(&question.place.path);
    match listed(&question.place.path, question.text) {
        Some(false) => format!("{shown} was edited since platc wrote it"),
        Some(true) | None => format!("{shown} is not what the platform makes now"),
    }
}

/// Whether the list of an output directory names a file with this content; nothing if it does not name the file.
fn listed(path: &Path, text: &str) -> Option<bool> {
    let path = path.canonicalize().ok()?;
    path.ancestors().skip(1).find_map(|directory| {
        let list = Manifest::parse(&fs::read_to_string(directory.join(MANIFEST)).ok()?);
        let within = path.strip_prefix(directory).ok()?.to_str()?;
        list.files.contains_key(within).then(|| list.wrote(within, &Hash::of(text.as_bytes())))
    })
}

/// What became of a line of an old text.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Became {
    /// It is this line of the new one.
    Same(usize),
    /// This line of the new one stands in its place.
    Other(usize),
    Nothing,
}

fn became(old: &str, new: &str, line: usize) -> Became {
    let wanted = line.saturating_sub(1);
    let diff = TextDiff::from_lines(old, new);
    let Some(change) = diff.ops().iter().find(|change| change.old_range().contains(&wanted)) else {
        return Became::Nothing;
    };
    let now = change.new_range().start + wanted - change.old_range().start;
    match change.tag() {
        DiffTag::Equal => Became::Same(now + 1),
        DiffTag::Replace if change.new_range().contains(&now) => Became::Other(now + 1),
        _ => Became::Nothing,
    }
}

/// The line is not one that the platform makes.
fn changed(document: &Document, now: Became, why: &str) -> Stop {
    let other = match now {
        Became::Other(line) => document.text.lines().nth(line - 1),
        Became::Same(_) | Became::Nothing => None,
    };
    let help = match other {
        Some(line) => format!("the platform makes `{}` in its place", visible::line(line.trim())),
        None => "build it again, and ask about a line of that".to_owned(),
    };
    miette::miette!(help = help, "{why}, and this line is not from the platform").into()
}

fn not_written(place: &Place, why: &str) -> Stop {
    let help = "`platc explain FILE:LINE` is about a file that `platc build` wrote";
    miette::miette!(help = help, "platc did not write {}: {why}", crate::tree::shown(&place.path)).into()
}

/// No platform makes what the line belongs to.
fn nobody(question: &Question<'_>, platform: Option<&Path>) -> Stop {
    let what = match &question.piece.identity {
        Some(identity) => visible::line(&identity.shown()).into_owned(),
        None => format!("what {} holds", crate::tree::shown(&question.place.path)),
    };
    match platform {
        Some(platform) => miette::miette!(
            help = "name the platform that the file was built from, or build again",
            "{} does not make {what}",
            crate::tree::shown(platform)
        ),
        None => miette::miette!(
            help = "name the platform with `-f platform.pl`",
            "no platform above the file or the working directory makes {what}"
        ),
    }
    .into()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_place_has_a_line_and_may_have_a_column() {
        let place = |path: &str, line, column| Some(Place { path: path.into(), line, column });
        assert_eq!(Place::parse("out/a.yaml:3"), place("out/a.yaml", 3, None));
        assert_eq!(Place::parse("out/a.yaml:3:14"), place("out/a.yaml", 3, Some(14)));
        assert_eq!(Place::parse("C:\\a.yaml:3"), place("C:\\a.yaml", 3, None));
        assert_eq!(Place::parse("type/mismatch"), None);
        assert_eq!(Place::parse(":3"), None);
    }

    #[test]
    fn a_line_is_found_in_what_changed() {
        assert_eq!(became("a\nb\nc\n", "a\nx\nb\nc\n", 3), Became::Same(4));
        assert_eq!(became("a\nb\nc\n", "a\nx\nc\n", 2), Became::Other(2));
        assert_eq!(became("a\nb\nc\n", "a\nc\n", 2), Became::Nothing);
    }
}
