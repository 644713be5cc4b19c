//! What a platform makes, as one text or as the files of a directory.

use std::collections::BTreeMap;
use std::io::{self, Write};
use std::rc::Rc;
use std::{panic, thread};

use backend::layout::{Delivery, Of, Piece, Seat, lists};
use backend::{Artifact, BETWEEN, Mode, Object};
use diagnostics::Span;

use crate::arguments::Values;
use crate::place;

/// What a platform makes.
pub enum Made<'s> {
    /// Its Kubernetes objects, and beside them its outputs, if it has any.
    Objects(Objects<'s>, Option<String>),
    /// Where it has no objects, all that it says, and what of it are outputs.
    Outputs {
        /// All fields of the platform.
        all: String,
        /// Its outputs by name, if it has any.
        named: Option<String>,
    },
}

/// Kubernetes objects in the order in which a cluster takes them, those of one cluster together. Their documents are
/// written when they are asked for: together they are longer than all else that is known of them.
pub struct Objects<'s> {
    list: Vec<Object<Owner>>,
    scribe: Box<dyn Fn() -> Scribe<'s> + 's>,
}

/// Where an object comes from.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Owner {
    /// The path of the cluster that it is for.
    pub cluster: Rc<str>,
    /// Which of the compiler's objects it is.
    pub number: usize,
    /// Where the cluster makes its name, what that begins with.
    pub generate_name: Rc<str>,
    /// Who lays it out, where the cluster is delivered in parts, and whose it is there.
    pub laid: Option<(Rc<Delivery>, Of)>,
}

/// An object that has a file of its own.
pub struct Placed {
    /// The path of the cluster that it is for.
    pub cluster: Rc<str>,
    /// Its group; the core has none.
    pub group: String,
    /// Its kind.
    pub kind: String,
    /// Its name; nothing where the cluster makes one.
    pub name: String,
    /// Its file.
    pub path: String,
}

/// What a file of the tree holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Held {
    /// The outputs.
    Outputs,
    /// An object, by its number.
    Object(usize),
    /// Lists of files, for `kustomize`.
    Lists,
    /// What is written there makes it.
    Place(Span),
}

/// Writes the documents of objects, by their numbers, with a text between each two; on whatever thread.
pub type Scribe<'s> = Box<dyn FnMut(&[usize], &str) -> String + Send + 's>;

/// How many objects are written at a time.
const PAGE: usize = 256;

impl<'s> Objects<'s> {
    /// Brings the objects in order.
    pub fn new(mut list: Vec<Object<Owner>>, scribe: impl Fn() -> Scribe<'s> + 's) -> Self {
        backend::sort(&mut list);
        list.sort_by(|one, other| one.origin.cluster.cmp(&other.origin.cluster));
        Self { list, scribe: Box::new(scribe) }
    }

    /// Writes all documents, one behind the other. Two hands write a page each at a time.
    fn write(&self, between: &str, out: &mut dyn Write) -> io::Result<()> {
        let numbers: Vec<usize> = self.list.iter().map(|object| object.origin.number).collect();
        let (mut here, mut there) = ((self.scribe)(), (self.scribe)());
        let mut separator = "";
        for spread in numbers.chunks(2 * PAGE) {
            let (page, opposite) = spread.split_at(spread.len().min(PAGE));
            let pages = thread::scope(|scope| {
                let there = &mut there;
                let other = match opposite {
                    [] => None,
                    _ => thread::Builder::new().spawn_scoped(scope, || there(opposite, between)).ok(),
                };
                let page = here(page, between);
                let opposite = match other {
                    Some(other) => Some(other.join().unwrap_or_else(|fault| panic::resume_unwind(fault))),
                    // Where there is no thread to be had, one hand writes both.
                    None => (!opposite.is_empty()).then(|| here(opposite, between)),
                };
                [Some(page), opposite]
            });
            for page in pages.iter().flatten() {
                out.write_all(separator.as_bytes())?;
                out.write_all(page.as_bytes())?;
                separator = between;
            }
        }
        Ok(())
    }
}

impl Made<'_> {
    /// All of it as one text, which the outputs beside objects are no part of.
    pub fn stream(&self, format: Values, out: &mut dyn Write) -> io::Result<()> {
        match (self, format) {
            (Self::Outputs { all, .. }, _) => out.write_all(all.as_bytes()),
            (Self::Objects(objects, _), Values::Yaml) => objects.write(BETWEEN, out),
            (Self::Objects(objects, _), Values::Json) => {
                out.write_all(b"{\"apiVersion\": \"v1\", \"kind\": \"List\", \"items\": [\n")?;
                objects.write(",\n", out)?;
                out.write_all(b"\n]}\n")
            }
        }
    }

    /// Whether the stream leaves outputs out.
    pub fn leaves_out(&self) -> bool {
        matches!(self, Self::Objects(_, Some(_)))
    }

    /// The objects whose names decide what their files are called, and that nobody in the cluster fetches for itself, in the
    /// order in which a cluster takes them.
    pub fn placed(&self, format: Values) -> Vec<Placed> {
        let Self::Objects(Objects { list, .. }, _) = self else { return vec![] };
        let is_fetched = |owner: &Owner| owner.laid.as_ref().is_some_and(|(delivery, _)| delivery.layout.is_fetched());
        let named = list.iter().filter(|object| !object.name.is_empty() && !is_fetched(&object.origin));
        let placed = named.map(|object| Placed {
            cluster: object.origin.cluster.clone(),
            group: object.group().to_owned(),
            kind: object.kind.to_string(),
            name: object.name.to_string(),
            path: seat(object, "", &mut BTreeMap::new(), end(format)).path,
        });
        placed.collect()
    }

    /// A file for each object, one for the outputs, and those beside them.
    pub fn files(self, format: Values, beside: Vec<Artifact<Held>>) -> Vec<Artifact<Held>> {
        let end = end(format);
        let artifact = |path: String, text: String, origin: Held| Artifact {
            path,
            content: text.into_bytes(),
            mode: Mode::Plain,
            origin,
        };
        let (objects, outputs) = match self {
            Self::Outputs { named, .. } if !beside.is_empty() => (None, named),
            Self::Outputs { all, .. } => (None, Some(all)),
            Self::Objects(objects, outputs) => (Some(objects), outputs),
        };
        let mut alike = BTreeMap::new();
        let mut files = beside;
        if let Some(Objects { list, scribe }) = objects {
            let mut scribe = scribe();
            let mut seats = vec![];
            for object in &list {
                let mut text = scribe(&[object.origin.number], "");
                if !text.ends_with('\n') {
                    text.push('\n');
                }
                let seat = seat(object, &text, &mut alike, end);
                files.push(artifact(seat.path.clone(), text, Held::Object(object.origin.number)));
                seats.push(seat);
            }
            files.extend(lists(&seats).into_iter().map(|(path, text)| artifact(path, text, Held::Lists)));
        }
        files.extend(outputs.map(|text| artifact(format!("platform.{end}"), text, Held::Outputs)));
        files
    }
}

/// How a file in a format ends.
fn end(format: Values) -> &'static str {
    match format {
        Values::Yaml => "yaml",
        Values::Json => "json",
    }
}

/// Where an object's file is: `lab/web/deployment-shop.yaml`, or where the delivery of its cluster lays it. Of objects without
/// a name that say the same, the second is `-2`.
fn seat(object: &Object<Owner>, text: &str, alike: &mut BTreeMap<String, usize>, end: &str) -> Seat {
    if !object.name.is_empty() {
        return named(object, &object.name, end);
    }
    let name = place::made_name(&object.origin.generate_name, text);
    let count = alike.entry(named(object, &name, end).path).or_insert(0);
    *count += 1;
    if *count == 1 { named(object, &name, end) } else { named(object, &format!("{name}-{count}"), end) }
}

fn named(object: &Object<Owner>, name: &str, end: &str) -> Seat {
    let Some((delivery, of)) = &object.origin.laid else {
        let kind = place::kind(object.group(), &object.kind);
        let path = place::path(&object.origin.cluster, &object.namespace, &kind, name);
        return Seat { path: format!("{path}.{end}"), listed: vec![] };
    };
    delivery.seat(&Piece {
        of: *of,
        group: object.group(),
        kind: &object.kind,
        namespace: &object.namespace,
        name: &place::plain(name),
        word: place::word(object.group(), &object.kind),
        end,
    })
}
