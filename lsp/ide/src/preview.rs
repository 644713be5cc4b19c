//! What the block under the cursor becomes, live: the YAML of its objects, or the script of a host, with every line linked
//! to where it was written.

mod script;

use compiler::check::home_of;
use compiler::hidden::Hidden;
use compiler::keys::{At, Decl, SourceFile, decl_name};
use compiler::model::is_given;
use compiler::objects::Object;
use compiler::origin::{self, Layer, Origin, places_in};
use compiler::value::Value;
use compiler::{Session, decl, output};
use data::{Lines, Step, yaml};
use std::collections::BTreeMap;

use crate::{Place, emits};

/// What a block becomes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Preview {
    /// What is shown: `service photos: 4 objects`.
    pub title: String,
    /// What language the text is in.
    pub language: Language,
    /// The text.
    pub text: String,
    /// Where lines come from, in their order. A line that nobody wrote has none.
    pub lines: Vec<Line>,
    /// The block, to find it again by.
    pub block: Place,
}

/// The language of a preview.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// Objects, or values.
    Yaml,
    /// The script of a machine.
    Shell,
}

/// A line of a preview.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Line {
    /// The line, counted from zero.
    pub line: u32,
    /// What was written there.
    pub place: Place,
}

/// How many objects are shown.
const MOST: usize = 500;

/// What the innermost block around an offset becomes that becomes anything.
pub fn preview(session: &Session, file: SourceFile, offset: u32) -> Option<Preview> {
    let db = session.db();
    let around = decl::around(db, file, offset);
    let found = around.into_iter().rev().find_map(|block| of_block(session, block))?;
    Some(Preview { text: Hidden::of(db).without(found.text), ..found })
}

fn of_block(session: &Session, block: Decl) -> Option<Preview> {
    let db = session.db();
    if let Some(script) = script::of_host(session, block) {
        return Some(script);
    }
    let objects = emits::objects(db, block);
    if objects.is_empty() {
        return of_output(session, block);
    }
    let word = db_head(session, block);
    let count = if objects.len() == 1 { "1 object".to_string() } else { format!("{} objects", objects.len()) };
    let mut page = Page::default();
    objects.iter().take(MOST).for_each(|object| page.add_object(session, object));
    Some(Preview {
        title: format!("{word}: {count}"),
        language: Language::Yaml,
        text: page.text,
        lines: page.lines,
        block: whole(session, block),
    })
}

fn db_head(session: &Session, block: Decl) -> String {
    block.head(session.db()).to_string()
}

fn whole(session: &Session, block: Decl) -> Place {
    Place::of(decl::whole(session.db(), block))
}

/// The value of a block that stands beside objects: an `output`, or a `let`.
fn of_output(session: &Session, block: Decl) -> Option<Preview> {
    let db = session.db();
    let is_let = block.head(db).as_str().starts_with("let ") && block.parent(db)?.parent(db).is_none();
    let mut page = Page::default();
    if is_let {
        let value = &compiler::eval::global(db, block).value;
        let written = places_in(value).into_iter().collect();
        page.add(session, |sink| output::write_value(db, value, sink, 0), |path| nearest(&written, path));
    } else {
        home_of(db, block)?;
        let context = compiler::check::context(db, block);
        let parent = compiler::keys::root(db);
        let instance = compiler::eval::instance(db, parent).as_ref()?;
        let collection = context.collection.filter(|word| word.as_str() == "output")?;
        let slot = compiler::schema::schema(db, instance.schema).slot(collection)?;
        let compiler::eval::FieldOut::Entries(entries) = instance.fields.get(slot as usize)? else {
            return None;
        };
        let name = decl_name(db, block);
        let (_, out) = entries.iter().find(|entry| entry.0.as_str() == name)?;
        let place = |path: &[Step]| {
            let whole: Vec<Step> = std::iter::once(Step::Key(name.to_owned())).chain(path.iter().cloned()).collect();
            origin::of_output(db, &whole).and_then(|origin| user_of(session, &origin))
        };
        page.add(session, |sink| output::write_field(db, out, sink, 0), place);
    }
    let (language, block_place) = (Language::Yaml, whole(session, block));
    Some(Preview { title: db_head(session, block), language, text: page.text, lines: page.lines, block: block_place })
}

/// Documents, one behind the other.
#[derive(Default)]
struct Page {
    text: String,
    lines: Vec<Line>,
}

impl Page {
    /// Adds what is written, each line with the place of the innermost value that begins on it.
    fn add(
        &mut self,
        session: &Session,
        write: impl FnOnce(&mut Lines<yaml::Writer>),
        place: impl Fn(&[Step]) -> Option<At>,
    ) {
        let mut lines = Lines::new(yaml::Writer::new());
        write(&mut lines);
        let (writer, map) = lines.into_parts();
        if !self.text.is_empty() {
            self.text.push_str("---\n");
        }
        let before = self.text.matches('\n').count() as u32;
        let text = writer.into_string();
        for line in 1..=text.matches('\n').count() as u32 {
            if let Some(at) = map.on(line).last().and_then(|part| place(&part.path)) {
                let place = Place::of(decl::span(session.db(), at));
                self.lines.push(Line { line: before + line - 1, place });
            }
        }
        self.text.push_str(&text);
    }

    fn add_object(&mut self, session: &Session, object: &Object) {
        let written = origin::places(object).into_iter().collect();
        let place = |path: &[Step]| nearest(&written, path).map(|at| by_user(session, object, path, at));
        let value = Value::Data(object.data.clone());
        self.add(session, |sink| output::write_value(session.db(), &value, sink, 0), place);
    }
}

/// Where a value was written, or else what is around it.
fn nearest(written: &BTreeMap<Vec<Step>, At>, path: &[Step]) -> Option<At> {
    let around = std::iter::successors(Some(path), |path| Some(path.split_last()?.1));
    around.into_iter().find_map(|path| written.get(path).copied())
}

/// Where a user wrote a value of an object. What the library writes comes of what it read there, or of a block.
fn by_user(session: &Session, object: &Object, path: &[Step], at: At) -> At {
    let db = session.db();
    // What follows from the kind is written nowhere but in the object itself.
    let follows = at.decl.file(db).number(db) >= compiler::kubernetes::FIRST_NUMBER;
    let at = if follows { object.at } else { at };
    if is_given(db, at) {
        return at;
    }
    origin::of_object(db, object, path).and_then(|origin| user_of(session, &origin)).unwrap_or(at)
}

/// What a user wrote of an origin that is nearest to the value.
fn user_of(session: &Session, origin: &Origin) -> Option<At> {
    let places = |layers: &[Layer]| -> Vec<At> { layers.iter().map(|layer| layer.at).collect() };
    let is_user = |at: &At| is_given(session.db(), *at);
    let (written, read) = (places(&origin.layers), places(&origin.reads));
    let own = written.last().copied().filter(is_user);
    own.or_else(|| read.into_iter().find(is_user)).or_else(|| written.into_iter().rev().find(is_user))
}

impl Preview {
    /// The lines that come from a place in the source: of those that do, the ones of the smallest place.
    pub fn lines_from(&self, place: Place) -> Vec<u32> {
        let holds = |line: &&Line| {
            line.place.file == place.file
                && line.place.range.start <= place.range.start
                && place.range.end <= line.place.range.end
        };
        let smallest = self.lines.iter().filter(holds).map(|line| line.place.range.len()).min();
        let found = self.lines.iter().filter(holds).filter(|line| Some(line.place.range.len()) == smallest);
        found.map(|line| line.line).collect()
    }
}
