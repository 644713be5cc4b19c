//! What stands as `auto` in a platform: gathering it, choosing for it, and what the lock says of it.
//!
//! Evaluation reads what was chosen from an input for each path. Here it is set: from the lock, and then in turns, until
//! nothing new is chosen, since what hosts get may depend on the networks that were chosen before.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, FileId, Span, rules};
use platform::auto::lock::{self, Line, Lock};
use platform::auto::{Chosen, Other, Refusal, Source};
use rustc_hash::FxHashMap;
use salsa::{Durability, Setter};

use crate::eval::{FieldOut, instance};
use crate::findings::instances_of;
use crate::keys::{self, At, Db, Home, SourceFile};
use crate::objects::{emitters, known};
use crate::schema::schema;
use crate::session::Session;
use crate::symbol::Symbol;
use crate::value::Value;
use crate::{decl, import, model, scope, test};

/// Something that stands as `auto`.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The instance of which it is a field.
    pub home: Home,
    /// The field, as people call it.
    pub path: String,
    /// Where it stands.
    pub at: At,
    /// Where its values come from.
    pub source: Source,
    /// What was chosen.
    pub kept: Option<Chosen>,
}

/// An `auto` in the source, and what it stands for: an editor shows it beside.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Auto {
    /// Where it stands.
    pub at: Span,
    /// The field, as people call it; one place can be the value of many fields.
    pub path: String,
    /// What was chosen, if something could be.
    pub value: Option<Chosen>,
}

/// What a session knows of what is chosen.
#[derive(Default)]
pub(crate) struct Choices {
    /// The file of the lock and its text, where there is one.
    file: Option<(FileId, String)>,
    lock: Lock,
    /// What stands before the paths of this platform.
    beginning: String,
    /// What stands as `auto`, since it was last gathered.
    asked: Vec<Asked>,
    /// What is wrong in the lock.
    pub wrong: Vec<Diagnostic<Span>>,
    /// For what nothing could be chosen.
    pub refused: Vec<Diagnostic<Span>>,
    /// For what nothing could be chosen in the platforms that tests expect something of.
    pub expected: test::Refused,
}

/// In how many turns everything must be chosen. What is chosen in one can open something in the next.
const TURNS: usize = 32;

/// How many instances are looked through.
const MAX_HOMES: usize = 500_000;

impl Session {
    /// Says what was chosen before for the platform of a file: the lock, if there is one.
    pub fn set_lock(&mut self, platform: &str, path: &str, text: Option<&str>) {
        let file = text.map(|text| (self.set_plain_file(path, text), text.to_owned()));
        let lock = text.map(lock::read).unwrap_or_default();
        let beginning = lock::beginning(platform);
        for asked in std::mem::take(&mut self.choices.asked) {
            self.set_choice(&asked.path, None);
        }
        for line in &lock.lines {
            if let Some(path) = line.key.strip_prefix(&beginning) {
                self.set_choice(path, Some(line.value));
            }
        }
        self.choices = Choices { file, lock, beginning, ..Choices::default() };
        self.choices.wrong = self.unreadable();
    }

    /// Chooses what is not chosen yet in the platforms that tests expect something of. Nobody keeps it.
    pub fn choose_expected(&mut self) {
        for root in test::expected(self.db()) {
            for _ in 0..TURNS {
                let (asked, others) = asked(self.db(), root);
                if asked.iter().all(|asked| asked.kept.is_some()) {
                    break;
                }
                let emitters = instances_of(self.db(), root, &mut Vec::new());
                let objects = known(self.db(), &emitters);
                let (answer, _) = model::choose(self.db(), root, &objects, &asked, &others);
                let refused = answer.refused.iter().filter_map(|why| refusal(&asked, why)).collect();
                self.choices.expected.insert(root, refused);
                let chosen = answer.chosen.iter().filter_map(|(number, value)| Some((asked.get(*number)?, *value)));
                // What the platform itself keeps is not this one's to change.
                let new: Vec<(&Asked, Chosen)> = chosen.filter(|(asked, _)| asked.kept.is_none()).collect();
                if new.is_empty() {
                    break;
                }
                new.into_iter().for_each(|(asked, value)| self.set_choice(&asked.path, Some(value)));
            }
        }
    }

    /// Chooses what is not chosen yet. Until then an error stands for it, which nobody is told of.
    pub fn choose(&mut self) {
        let kept: Vec<Other> = self.lines_of_others().map(|line| (line.value, "other platforms")).collect();
        for turn in 0..=TURNS {
            let (asked, mut others) = asked(self.db(), keys::root(self.db()));
            others.extend(&kept);
            if asked.is_empty() {
                self.choices.asked = asked;
                self.choices.refused.clear();
                self.choices.wrong = self.unreadable();
                return;
            }
            let root = keys::root(self.db());
            let (answer, twice) =
                model::choose(self.db(), root, &known(self.db(), &emitters(self.db())), &asked, &others);
            let refused = answer.refused.iter().filter_map(|why| refusal(&asked, why));
            self.choices.refused = refused.map(|found| found.map_place(|at| decl::span(self.db(), at))).collect();
            self.choices.wrong = self.wrong(&asked, &twice);
            if turn == TURNS {
                let endless = answer.chosen.first().and_then(|(number, _)| asked.get(*number));
                let endless = endless.map(|asked| self.endless(asked));
                self.choices.refused.extend(endless);
            }
            if answer.chosen.is_empty() || turn == TURNS {
                self.choices.asked = asked;
                return;
            }
            for (number, value) in answer.chosen {
                if let Some(asked) = asked.get(number) {
                    self.set_choice(&asked.path, Some(value));
                }
            }
        }
    }

    fn set_choice(&mut self, path: &str, value: Option<Chosen>) {
        let choice = keys::choice(self.db(), Symbol::new(path));
        let value = value.map(value_of);
        if *choice.value(self.db()) != value {
            choice.set_value(self.db_mut()).with_durability(Durability::LOW).to(value);
        }
    }

    /// Everything that stands as `auto`, with what is chosen, in the order of files and places.
    pub fn autos(&self) -> Vec<Auto> {
        let auto =
            |asked: &Asked| Auto { at: decl::span(self.db(), asked.at), path: asked.path.clone(), value: asked.kept };
        let mut autos: Vec<Auto> = self.choices.asked.iter().map(auto).collect();
        autos.sort_by(|one, other| (one.at, &one.path).cmp(&(other.at, &other.path)));
        autos
    }

    /// What would be chosen for a field of an instance if `auto` stood there.
    pub fn free(&self, home: Home, field: Symbol) -> Option<Chosen> {
        let object = crate::eval::placed(self.db(), home).as_ref()?;
        let source = schema(self.db(), object.schema).field(field)?.auto?;
        let root = keys::root(self.db());
        let (mut asked, others) = asked(self.db(), root);
        let path = keys::field_path(self.db(), home, field);
        asked.retain(|asked| asked.path != path);
        let number = asked.len();
        asked.push(Asked { home, path, at: object.at, source, kept: None });
        let objects = known(self.db(), &emitters(self.db()));
        let (answer, _) = model::choose(self.db(), root, &objects, &asked, &others);
        answer.chosen.into_iter().find(|(chosen, _)| *chosen == number).map(|(_, value)| value)
    }

    /// What the lock should be, if it is something else.
    pub fn new_lock(&self) -> Option<String> {
        let own = self.choices.asked.iter().filter_map(|asked| Some((self.key(asked), asked.kept?)));
        let mut entries: BTreeMap<String, Chosen> = own.collect();
        entries.extend(self.lines_of_others().map(|line| (line.key.clone(), line.value)));
        let before = self.choices.file.as_ref().map(|(_, text)| text.replace("\r\n", "\n"));
        if entries.is_empty() && before.is_none() {
            return None;
        }
        let text = lock::write(entries.iter().map(|(key, value)| (key.as_str(), *value)));
        (Some(&text) != before.as_ref()).then_some(text)
    }

    /// What is kept no longer: the path, the value in the lock, and the one that was chosen in its place.
    pub fn given_up(&self) -> Vec<(&str, Chosen, Chosen)> {
        let lines: FxHashMap<&str, &Line> = self.own_lines().map(|line| (&*line.key, line)).collect();
        let changed = |asked: &'_ Asked| {
            let before = lines.get(&*self.key(asked))?.value;
            asked.kept.filter(|kept| *kept != before).map(|kept| (before, kept))
        };
        let asked = self.choices.asked.iter();
        asked.filter_map(|asked| changed(asked).map(|(before, kept)| (asked.path.as_str(), before, kept))).collect()
    }

    /// What the lock says and should not, and what it does not say.
    pub fn outdated(&self) -> Vec<Diagnostic<Span>> {
        let lines: FxHashMap<&str, &Line> = self.choices.lock.lines.iter().map(|line| (&*line.key, line)).collect();
        let mut found = Vec::new();
        let mut known: FxHashMap<String, ()> = FxHashMap::default();
        for asked in &self.choices.asked {
            let key = self.key(asked);
            let (at, kept) = (decl::span(self.db(), asked.at), asked.kept);
            let line = lines.get(&*key).copied();
            known.insert(key, ());
            let Some(kept) = kept.filter(|kept| line.is_none_or(|line| line.value != *kept)) else {
                continue;
            };
            let message = match line {
                Some(line) => format!("`{}` is {} in the lock, which no longer fits", asked.path, line.value),
                None => format!("`{}` is not in the lock", asked.path),
            };
            let finding = Diagnostic::new(&rules::LOCK_OUTDATED, at, message).label(format!("would be {kept}"));
            let place = line.and_then(|line| self.span_of_line(line));
            let finding = place.into_iter().fold(finding, |finding, place| finding.also(place, "the lock says this"));
            found.push(finding.help(OUTDATED));
        }
        let gone = self.own_lines().filter(|line| !known.contains_key(&line.key));
        for line in gone {
            if let Some(at) = self.span_of_line(line) {
                let path = line.key.strip_prefix(&self.choices.beginning).unwrap_or(&line.key);
                let message = format!("`{path}` is in the lock, and nothing asks for it");
                found.push(Diagnostic::new(&rules::LOCK_OUTDATED, at, message).help(OUTDATED));
            }
        }
        found
    }

    /// Says of findings about a value that was chosen where it is kept, and how to have another one chosen.
    pub(crate) fn tell_kept(&self, found: &mut [Diagnostic<Span>]) {
        if found.is_empty() || self.choices.asked.is_empty() {
            return;
        }
        let mut kept: FxHashMap<Span, Vec<&Asked>> = FxHashMap::default();
        for asked in self.choices.asked.iter().filter(|asked| asked.kept.is_some()) {
            kept.entry(decl::span(self.db(), asked.at)).or_default().push(asked);
        }
        let lines: FxHashMap<&str, &Line> = self.own_lines().map(|line| (&*line.key, line)).collect();
        for finding in found {
            let mut places: Vec<Span> = vec![finding.at];
            places.extend(finding.others.iter().map(|(at, _)| *at));
            let about = places.iter().filter_map(|place| kept.get(place)).flatten();
            let spoken = |asked: &&&Asked| asked.kept.is_some_and(|kept| speaks_of(&finding.message, kept));
            let about: Vec<&Asked> = about.filter(spoken).copied().collect();
            let mut told = false;
            for asked in about {
                let place = lines.get(&*self.key(asked)).and_then(|line| self.span_of_line(line));
                if let (Some(place), Some(value)) = (place, asked.kept) {
                    finding.others.push((place, format!("`auto` is {value} since it was chosen here")));
                    told = true;
                }
            }
            if told {
                let help = "remove the line of the lock to have it chosen anew, or take another value for the other";
                finding.help = Some(help.to_owned());
            }
        }
    }

    fn key(&self, asked: &Asked) -> String {
        format!("{}{}", self.choices.beginning, asked.path)
    }

    fn own_lines(&self) -> impl Iterator<Item = &Line> {
        self.choices.lock.lines.iter().filter(|line| line.key.starts_with(&self.choices.beginning))
    }

    fn lines_of_others(&self) -> impl Iterator<Item = &Line> {
        self.choices.lock.lines.iter().filter(|line| !line.key.starts_with(&self.choices.beginning))
    }

    fn span_of_line(&self, line: &Line) -> Option<Span> {
        let (file, _) = self.choices.file.as_ref()?;
        Some(Span::new(*file, line.range.start, line.range.end))
    }

    /// What is wrong in the lock, given what asks for its values.
    fn wrong(&self, asked: &[Asked], twice: &[(usize, usize)]) -> Vec<Diagnostic<Span>> {
        let lines: FxHashMap<&str, &Line> = self.own_lines().map(|line| (&*line.key, line)).collect();
        let kept = |asked: &Asked| {
            let line = lines.get(&*self.key(asked))?;
            Some((line.value, self.span_of_line(line)?))
        };
        let mut wrong = self.unreadable();
        for asked in asked {
            if let Some((value, at)) = kept(asked).filter(|(value, _)| !asked.source.gives(*value)) {
                let message = format!("`{}` is {} by its schema, and {value} is none", asked.path, asked.source.due());
                wrong.push(
                    Diagnostic::new(&rules::LOCK_UNREADABLE, at, message)
                        .help("remove the line to have the value chosen anew"),
                );
            }
        }
        for (one, other) in twice {
            let pair = asked.get(*one).zip(asked.get(*other));
            let kept = pair.and_then(|(one, other)| Some((one, kept(one)?, other, kept(other)?)));
            wrong.extend(kept.map(|(one, (_, first), other, (value, second))| {
                let message = format!("{value} is kept for `{}` and for `{}`", one.path, other.path);
                Diagnostic::new(&rules::LOCK_DUPLICATE, second, message)
                    .also(first, "kept here already")
                    .help("remove the line of the one that is not in use yet: the next build chooses anew for it")
            }));
        }
        wrong
    }

    fn unreadable(&self) -> Vec<Diagnostic<Span>> {
        let Some((file, _)) = self.choices.file else {
            return Vec::new();
        };
        let span = |range: &std::ops::Range<u32>| Span::new(file, range.start, range.end);
        let wrong = self.choices.lock.wrong.iter().map(|wrong| {
            let finding = Diagnostic::new(&rules::LOCK_UNREADABLE, span(&wrong.range), wrong.message.clone());
            let first = wrong.first.iter();
            first.fold(finding, |finding, first| finding.also(span(first), "the first stands here")).help(wrong.help)
        });
        wrong.collect()
    }

    fn endless(&self, asked: &Asked) -> Diagnostic<Span> {
        let message = format!("what is chosen for `{}` changes what it is chosen from", asked.path);
        Diagnostic::new(&rules::AUTO_SOURCE, decl::span(self.db(), asked.at), message)
            .help("write the value, or let what it is chosen from not depend on it")
    }
}

fn refusal(asked: &[Asked], refusal: &Refusal) -> Option<Diagnostic<At>> {
    let at = asked.get(refusal.request)?.at;
    let finding = Diagnostic::new(refusal.rule, at, refusal.message.clone()).help(refusal.help.clone());
    Some(match refusal.more {
        0 => finding,
        more => finding.note(format!("so it is with {more} more")),
    })
}

const OUTDATED: &str = "run `platc build` and commit `platc.lock`";

/// Whether a message names a value, and not one that it is the beginning or the end of.
fn speaks_of(message: &str, value: Chosen) -> bool {
    let value = value.to_string();
    let part = |letter: char| letter.is_ascii_alphanumeric() || letter == ':' || letter == '/';
    message.match_indices(&value).any(|(start, _)| {
        let before = message.get(..start).and_then(|text| text.chars().next_back());
        let mut after = message.get(start + value.len()..).unwrap_or_default().chars();
        let next = after.next();
        let goes_on = next == Some('.') && after.next().is_some_and(|letter| letter.is_ascii_digit());
        !before.is_some_and(|letter| part(letter) || letter == '.')
            && !next.is_some_and(|letter| letter.is_ascii_alphanumeric())
            && !goes_on
    })
}

fn value_of(chosen: Chosen) -> Value {
    match chosen {
        Chosen::Ip(ip) => Value::Ip(ip),
        Chosen::Cidr(cidr) => Value::Cidr(cidr),
        Chosen::Port(port) => Value::Int(port.into()),
    }
}

fn chosen_of(value: &Value) -> Option<Chosen> {
    match value {
        Value::Ip(ip) => Some(Chosen::Ip(*ip)),
        Value::Cidr(cidr) => Some(Chosen::Cidr(*cidr)),
        Value::Int(number) => u16::try_from(*number).ok().map(Chosen::Port),
        _ => None,
    }
}

/// Whether `auto` may stand in a file. In the standard library it stands nowhere: no default there is chosen.
fn mentions_auto(db: &dyn Db, file: SourceFile) -> bool {
    !file.path(db).as_str().starts_with(import::STD) && file.text(db).contains("auto")
}

/// Everything that stands as `auto` in a platform, and what is written where it could stand.
fn asked(db: &dyn Db, root: Home) -> (Vec<Asked>, Vec<Other>) {
    let (mut asked, mut written) = (Vec::new(), Vec::new());
    // Few platforms have any: their texts are a quicker judge than all their instances.
    if !scope::all_files(db).iter().any(|file| mentions_auto(db, *file)) {
        return (asked, written);
    }
    let mut queue = vec![root];
    let mut seen = 0;
    while let Some(home) = queue.pop() {
        seen += 1;
        let Some(instance) = instance(db, home).as_deref().filter(|_| seen <= MAX_HOMES) else {
            continue;
        };
        let schema = schema(db, instance.schema);
        for slot in &schema.open {
            let is_auto = |field: Symbol| instance.autos.iter().any(|auto| auto.field == field);
            let known = schema.fields.get(*slot as usize).is_some_and(|field| !is_auto(field.name));
            if let (true, Some(FieldOut::Value(value))) = (known, instance.fields.get(*slot as usize)) {
                // Ports are those of one cluster, whose model knows them.
                let value = chosen_of(value).filter(|value| !matches!(value, Chosen::Port(_)));
                written.extend(value.map(|value| (value, "what is written")));
            }
        }
        for auto in &instance.autos {
            let source = schema.field(auto.field).and_then(|field| field.auto);
            asked.extend(source.map(|source| Asked {
                home,
                path: keys::field_path(db, home, auto.field),
                at: auto.at,
                source,
                kept: auto.value.as_ref().and_then(chosen_of),
            }));
        }
        queue.extend(instance.children.iter().rev());
    }
    (asked, written)
}
