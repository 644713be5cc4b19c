//! From a line of the output to the source, and from the source to lines of the output.

#![allow(clippy::unwrap_used, reason = "a test may fail")]

use compiler::objects::{Object, emitters, objects};
use compiler::{LoadError, Loader, Session, decl, origin, output, value};
use data::{LineMap, Lines, yaml};

const SOURCE: &str = r#"
let labels = { app: "shop" }
cluster lab {
  namespace web {
    k8s.Service shop {
      spec: { selector: labels, ports: [{ port: 80 }] }
    }
  }
}
"#;

struct One;

impl Loader for One {
    fn read(&self, _: &str) -> Result<String, LoadError> {
        Ok(SOURCE.to_owned())
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(Vec::new())
    }
}

/// The service, its text, and what stands on its lines.
fn written(session: &Session) -> (Object, String, LineMap) {
    let db = session.db();
    let object = objects(db, &emitters(db)).into_iter().find(|object| &*object.kind == "Service").unwrap();
    let mut lines = Lines::new(yaml::Writer::new());
    output::write_value(db, &value::Value::Data(object.data.clone()), &mut lines, 0);
    let (writer, map) = lines.into_parts();
    (object.clone(), writer.into_string(), map)
}

fn source_line(session: &Session, at: compiler::keys::At) -> usize {
    let span = decl::span(session.db(), at);
    SOURCE.get(..span.start as usize).unwrap().matches('\n').count()
}

#[test]
fn a_line_leads_to_the_source() {
    let (session, _) = Session::open(&One, &["main.pl"]);
    let (object, text, map) = written(&session);
    for (line, expected) in [("    app: shop", 1), ("  - port: 80", 5), ("  name: shop", 4), ("spec:", 5)] {
        let number = text.lines().position(|other| other == line).unwrap() as u32 + 1;
        let part = map.on(number).last().unwrap();
        let origin = origin::of_object(session.db(), &object, &part.path).unwrap();
        assert_eq!(source_line(&session, origin.layers.last().unwrap().at), expected, "{line}");
    }
}

#[test]
fn a_place_of_the_source_leads_to_lines() {
    let (session, _) = Session::open(&One, &["main.pl"]);
    let (object, text, map) = written(&session);
    let places = origin::places(&object);
    let of = |line: usize| -> Vec<&str> {
        let made = places.iter().filter(|(_, at)| source_line(&session, *at) == line);
        let mut numbers: Vec<u32> = made.flat_map(|(path, _)| map.lines(path)).map(|(first, _)| first).collect();
        numbers.sort_unstable();
        numbers.dedup();
        numbers.into_iter().map(|number| text.lines().nth(number as usize - 1).unwrap().trim()).collect()
    };
    assert_eq!(of(1), ["app: shop"]);
    assert_eq!(of(5), ["spec:", "ports:", "- port: 80", "selector:"]);
}
