//! What is said of what the pointer rests on: what it is, what is written about it, what it comes to, and why.

use compiler::check::Meaning;
use compiler::hidden::Hidden;
use compiler::keys::{Decl, SourceFile};
use compiler::schema::schema;
use compiler::ty::{Ty, display};
use compiler::value::Value;
use compiler::{Session, decl, eval};

use crate::at::{Standing, Valued, at, value_at};
use crate::value::{self, Held};
use crate::{TextRange, amounts, docs, emits, show};

/// What is said, and of which part of the text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hover {
    /// What is spoken of.
    pub range: TextRange,
    /// What is said, in Markdown.
    pub text: String,
}

/// How many lines of a value are shown.
const MOST_LINES: usize = 12;
/// How many things that a value was made from are named.
const MOST_READS: usize = 5;

/// What is to be said of what stands at an offset.
pub fn hover(session: &Session, file: SourceFile, offset: u32) -> Option<Hover> {
    let named = at(session, file, offset);
    let valued = value_at(session, file, offset);
    let found = match (named, valued) {
        (Some(named), Some(valued)) if valued.range.len() < named.range.len() => of_value(session, &valued),
        (Some(named), _) => Some(of_name(session, &named)),
        (None, Some(valued)) => of_value(session, &valued),
        (None, None) => None,
    };
    found.map(|hover| Hover { text: Hidden::of(session.db()).without(hover.text), ..hover })
}

/// Paragraphs of Markdown.
#[derive(Default)]
struct Page(Vec<String>);

impl Page {
    fn code(&mut self, language: &str, code: &str) {
        if !code.is_empty() {
            self.0.push(format!("```{language}\n{code}\n```"));
        }
    }

    fn text(&mut self, text: impl Into<String>) {
        let text = text.into();
        if !text.trim().is_empty() {
            self.0.push(text.trim().to_string());
        }
    }

    fn finish(self) -> String {
        self.0.join("\n\n")
    }
}

fn of_name(session: &Session, standing: &Standing) -> Hover {
    let db = session.db();
    let meaning = &standing.meaning;
    let mut page = Page::default();
    page.code("platc", &show::declaration(session, meaning));
    page.text(docs::of(db, meaning));
    if let Meaning::Key { record, name } = meaning
        && let Some(at) = record.at.0
    {
        page.text(docs::facts_of_key(db, at.decl, *name).join(", "));
    }
    say_value(session, standing, &mut page);
    match meaning {
        Meaning::Named(decl) => of_named(session, *decl, &mut page),
        Meaning::Block { decl: Some(block), .. } => page.text(emits::told(session, *block).unwrap_or_default()),
        Meaning::Auto(_) => page.text(chosen(session, standing)),
        Meaning::Method(method) => {
            let example = format!("{}  // {}", method.0.example, method.0.gives);
            page.code("platc", &example);
        }
        _ => {}
    }
    Hover { range: standing.range, text: page.finish() }
}

/// What was chosen where `auto` stands.
fn chosen(session: &Session, standing: &Standing) -> String {
    let file = standing.decl.file(session.db()).number(session.db());
    let autos = session.autos().into_iter();
    let here = autos.filter(|auto| auto.at.file.0 == file && auto.at.start == standing.range.start);
    let lines = here.take(MOST_READS).map(|auto| match auto.value {
        Some(value) => format!("- `{}` is {value}", auto.path),
        None => format!("- nothing could be chosen for `{}`", auto.path),
    });
    lines.collect::<Vec<_>>().join("\n")
}

/// What the field comes to that a key writes, and where that comes from.
fn say_value(session: &Session, standing: &Standing, page: &mut Page) {
    let db = session.db();
    let is_key = matches!(standing.meaning, Meaning::Field { .. } | Meaning::Key { .. } | Meaning::FreeKey(_));
    let Some(held) = value::held(db, standing.decl, standing.node).filter(|_| is_key) else {
        return;
    };
    let Some(value) = held.value(db) else {
        return;
    };
    say(session, &value, page);
    say_origin(session, &held, standing, page);
}

fn say(session: &Session, value: &Value, page: &mut Page) {
    if let Some(text) = value::text(session.db(), value) {
        let mut lines: Vec<&str> = text.lines().take(MOST_LINES).collect();
        if text.lines().count() > MOST_LINES {
            lines.push("…");
        }
        page.code("yaml", &lines.join("\n"));
    }
    page.text(amounts::of_value(session, value).unwrap_or_default());
}

fn say_origin(session: &Session, held: &Held, standing: &Standing, page: &mut Page) {
    let db = session.db();
    let mut said = Vec::new();
    let here = decl::span(db, compiler::keys::At { decl: standing.decl, node: standing.node });
    let elsewhere = |at: &compiler::keys::At| {
        let there = decl::span(db, *at);
        there.file != here.file || here.end < there.start || there.end < here.start
    };
    if let Some(at) = held.written(db).filter(|at| at.decl != standing.decl && elsewhere(at)) {
        let hand = value::hand(db, at).map_or(String::new(), |hand| format!(", {hand}"));
        said.push(format!("- written at `{}`{hand}", show::place(session, decl::span(db, at))));
    }
    for read in held.reads(db).iter().filter(|read| read.depth == 0).take(MOST_READS) {
        said.push(format!("- from `{}` at `{}`", read.name, show::place(session, decl::span(db, read.at))));
    }
    page.text(said.join("\n"));
}

fn of_named(session: &Session, decl: Decl, page: &mut Page) {
    let db = session.db();
    match decl.head(db).as_str().split(' ').next() {
        Some("let") => say(session, &eval::global(db, decl).value, page),
        Some("schema") => {
            let fields = &schema(db, decl).fields;
            let required: Vec<String> = fields
                .iter()
                .filter(|field| field.required && !field.of_kind)
                .map(|field| format!("`{}`", field.name))
                .collect();
            let own = fields.iter().filter(|field| !field.of_kind).count();
            let count = if own == 1 { "1 field".to_string() } else { format!("{own} fields") };
            let told = match required.is_empty() {
                true => format!("{count}, none of them required"),
                false => format!("{count}, required: {}", required.join(", ")),
            };
            page.text(told);
        }
        _ => {}
    }
}

fn of_value(session: &Session, valued: &Valued) -> Option<Hover> {
    let db = session.db();
    let file = valued.decl.file(db);
    let text = file.text(db).get(valued.range.bytes()).unwrap_or_default();
    let mut page = Page::default();
    let ty = match (&valued.due, &valued.ty) {
        (Some(due), _) if !matches!(due, Ty::Any | Ty::Error) => due,
        (_, Some(ty)) => ty,
        (Some(due), None) => due,
        (None, None) => return None,
    };
    if !matches!(ty, Ty::Error | Ty::Never) {
        page.code("platc", &show::short(&display(db, ty)));
    }
    page.text(amounts::of_text(session, text, Some(ty)).unwrap_or_default());
    let text = page.finish();
    (!text.is_empty()).then_some(Hover { range: valued.range, text })
}
