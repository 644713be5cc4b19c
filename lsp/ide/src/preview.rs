//! What the block under the cursor becomes, live: the YAML of its objects, or the script of a host, with every line linked
//! to where it was written.

mod script;

use compiler::check::home_of;
use compiler::hidden::Hidden;
use compiler::keys::{At, Decl, SourceFile, decl_name};
use compiler::objects::Object;
use compiler::origin::places;
use compiler::value::Value;
use compiler::{Session, decl, output};
use data::{LineMap, Lines, Sink, Step, yaml};
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
    objects.iter().take(MOST).for_each(|object| page.add(session, object));
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
    let mut text = yaml::Writer::new();
    if is_let {
        let value = &compiler::eval::global(db, block).value;
        output::write_value(db, value, &mut text, 0);
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
        let (_, out) = entries.iter().find(|entry| entry.0.as_str() == decl_name(db, block))?;
        output::write_field(db, out, &mut text, 0);
    }
    let text = text.into_string();
    let block_place = whole(session, block);
    let title = db_head(session, block);
    Some(Preview { title, language: Language::Yaml, text, lines: Vec::new(), block: block_place })
}

/// Documents, one behind the other.
#[derive(Default)]
struct Page {
    text: String,
    lines: Vec<Line>,
}

impl Page {
    fn add(&mut self, session: &Session, object: &Object) {
        let db = session.db();
        let mut lines = Lines::new(yaml::Writer::new());
        lines_of(session, object, &mut lines);
        let (writer, map) = lines.into_parts();
        if !self.text.is_empty() {
            self.text.push_str("---\n");
        }
        let before = self.text.matches('\n').count() as u32;
        let text = writer.into_string();
        let written: BTreeMap<Vec<Step>, At> = places(object).into_iter().collect();
        for line in 1..=text.matches('\n').count() as u32 {
            // What follows from the kind is written nowhere but in the object itself.
            let follows = |at: &At| at.decl.file(db).number(db) >= compiler::kubernetes::FIRST_NUMBER;
            if let Some(at) = origin(&map, line, &written) {
                let at = if follows(&at) { object.at } else { at };
                self.lines.push(Line { line: before + line - 1, place: Place::of(decl::span(db, at)) });
            }
        }
        self.text.push_str(&text);
    }
}

fn lines_of(session: &Session, object: &Object, sink: &mut impl Sink) {
    output::write_value(session.db(), &Value::Data(object.data.clone()), sink, 0);
}

/// Where the innermost value that begins on a line was written, or else what is around it.
fn origin(map: &LineMap, line: u32, written: &BTreeMap<Vec<Step>, At>) -> Option<At> {
    let part = map.on(line).last()?;
    let mut path = part.path.as_slice();
    loop {
        if let Some(at) = written.get(path) {
            return Some(*at);
        }
        path = path.split_last()?.1;
    }
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
