//! The reference of the methods, `spec/methods.md`, written from the tables. Every example is evaluated here, and again
//! as a sample of the specification.

use std::fmt::Write;
use std::path::Path;

use data::yaml;

use crate::methods::table::{CHAPTERS, Entry, of_rows};
use crate::methods::{FUNCTIONS, Method};
use crate::session::{Database, Session};

const HEAD: &str = "# Methods

<!-- Written from the tables of the methods by a test of the compiler; `UPDATE=1 cargo test -p platc-core reference` does it again. -->

A method is called on a value, always with parentheses: `hosts.size()`. Arguments are given in order or by name
(`text.slice(from: 2)`); those marked with `?` may be left out. On a value that may be null a method is called with `?.`, and gives
null where there is none.

Each method is listed with its signature, its rule and an example. In signatures `T`, `U`, `K`, `V` and `W` stand for any type:
what they are follows from the receiver and the arguments. A receiver stands for all types within it: a `Name` has the methods of
`Hostname` and of `String`, a `Port` those of `Int` and of `Float`. Where several rows fit, the most exact one is meant.

Methods never change a value: they give another. What a method would make is limited to a million elements and 64 MiB of text, and
every method costs steps in proportion to what it goes through. A function that is called for elements is called for the first one
first.
";

/// What stands between a chapter's heading and its methods.
fn introduction(chapter: &str) -> &'static str {
    match chapter {
        "Text" => {
            "Positions and sizes count characters, which are Unicode scalar values. Every textual type has these methods; what they give is plain text.\n\nRegular expressions have neither look-around nor back references."
        }
        "Lists" => {
            "Ranges of numbers and keyed collections have all these methods too: `(1..3).map(..)`, `cluster.host.count(..)`. Collections are gone through in the natural order of their names.\n\nNumbers order by value, text by its characters, versions by precedence, addresses and amounts as their types do, `false` before `true`, and lists by their first elements that differ. Values of different kinds have no order."
        }
        "Maps and records" => {
            "Entries are gone through in the natural order of their keys. A field of a record that is null is absent."
        }
        "Collections" => {
            "All methods of lists go through the entries of a collection. These are about their names:\n\n```pl\nschema Book { pages: Int = 100 }\nschema Shelf { each book: Book }\nlet shelf = Shelf { book a-10 {}, book a-2 {} }\n```"
        }
        "Numbers" => "An `Int` has 64 bits. It does not wrap: what would not fit is an error.",
        "Networks" => "Every address counts, the network's own and the broadcast address too.",
        "Ranges" => "Ranges include both their ends. Those of addresses and ports are made lists with `to-list()`.",
        "Amounts" => {
            "What counts units is exact: it is an error where the amount is no whole number of them, and `/` gives the fraction: `memory / 1GiB`."
        }
        "Versions" => "Versions are compared with operators: `version >= \"1.33\"`.",
        "Paths" => "Paths are looked at as text: no disk is touched and no link followed.",
        "Functions" => "There are few functions that are no methods.",
        _ => "",
    }
}

fn reference() -> String {
    let mut text = HEAD.to_owned();
    for (chapter, tables) in CHAPTERS {
        write_chapter(&mut text, chapter, tables.iter().flat_map(|table| of_rows(table)));
    }
    write_chapter(&mut text, "Functions", FUNCTIONS.iter());
    text
}

fn write_chapter<'a>(text: &mut String, chapter: &str, methods: impl Iterator<Item = &'a Method>) {
    _ = write!(text, "\n## {chapter}\n");
    let introduction = introduction(chapter);
    if !introduction.is_empty() {
        _ = write!(text, "\n{introduction}\n");
    }
    for method in methods {
        let (signature, docs) = (method.signature.text(), method.docs);
        let gives = method.gives.replace('\n', "\n  ");
        _ = write!(text, "\n**`{signature}`** {docs}\n\n```value\n{}\n= {gives}\n```\n", method.example);
    }
}

#[test]
fn is_up_to_date() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../spec/methods.md");
    let expected = reference();
    if std::env::var_os("UPDATE").is_some() {
        std::fs::write(&path, &expected).unwrap();
    }
    let found = std::fs::read_to_string(&path).unwrap_or_default();
    assert!(found == expected, "spec/methods.md is stale: run the test again with UPDATE=1 and read what changed");
}

/// What an expression gives in the words of a file.
fn evaluated(source: &str, expression: &str) -> String {
    let mut session = Session::new(Database::default());
    let file = session.set_file("main.pl", source);
    session.set_entries(vec![file]);
    let mut writer = yaml::Writer::new();
    let found = session.eval(Some("main.pl"), expression, &mut writer);
    if found.is_empty() {
        return writer.into_string().trim_end().to_owned();
    }
    let said = found.iter().map(|diagnostic| format!("! {}: {}", diagnostic.rule.code, diagnostic.message));
    said.collect::<Vec<_>>().join("\n")
}

fn source_of(chapter: &str) -> &'static str {
    introduction(chapter).split_once("```pl\n").map_or("", |(_, source)| source.trim_end_matches("```"))
}

#[test]
fn every_example_gives_what_is_said() {
    let mut wrong = Vec::new();
    let chapters = CHAPTERS.iter().flat_map(|(chapter, tables)| tables.iter().map(move |table| (*chapter, *table)));
    let methods =
        chapters.flat_map(|(chapter, table): (&str, &[Entry])| of_rows(table).map(move |method| (chapter, method)));
    for (chapter, method) in methods.chain(FUNCTIONS.iter().map(|function| ("Functions", function))) {
        let found = evaluated(source_of(chapter), method.example);
        if found != method.gives {
            wrong.push(format!("{}\n  gives {found:?}\n  is said to give {:?}", method.example, method.gives));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
