//! A platform as one side of a comparison: its model, its objects as plain data, and where each part of these was written.
//!
//! ```text
//! Session --of--> Compared { Side } --platform::diff--> Changes --span--> places
//! YAML --written::source--> text of a platform --> Session
//! ```

mod blocks;
mod tree;
mod written;

use data::Step as PathStep;
use diagnostics::Span;
use platform::diff::{OUTPUT, Side, Spot, Step, Thing, Value};

use crate::eval::instance;
use crate::keys::{self, At, Db, Home};
use crate::model::Model;
use crate::objects::{Object, cluster_around};
use crate::output;
use crate::session::Session;
use crate::symbol::Symbol;
use crate::{decl, import, origin};

pub use written::{ENTRY, Holds, Manifest, object_of, source};

/// One side of a comparison.
pub struct Compared<'s> {
    session: &'s Session,
    /// What is compared.
    pub side: Side,
    model: Model,
    objects: Vec<&'s Object>,
}

impl<'s> Compared<'s> {
    /// The platform of a session, in which nothing is wrong by the language.
    pub fn of(session: &'s Session) -> Compared<'s> {
        let db = session.db();
        let objects = session.objects();
        let mut model = Model::of(db, keys::root(db), &objects);
        let bare = model.platform.clusters.is_empty() && !objects.is_empty();
        if bare {
            model = Model::without_blocks(db, &objects);
        }
        let mut things: Vec<Thing> = objects.iter().map(|object| thing(db, object, bare)).collect();
        things.extend(outputs(session, bare));
        let platform = std::mem::take(&mut model.platform);
        let blocks = blocks::blocks(db, &mut model);
        Compared { session, side: Side { platform, things, blocks }, model, objects }
    }

    /// Where something is written, nearest to the user's hand.
    pub fn span(&self, spot: &Spot) -> Option<Span> {
        let db = self.session.db();
        let at = match spot {
            Spot::Fact(place) => self.model.at(*place)?,
            Spot::Part(number, way) => self.part(*number, way)?,
        };
        Some(decl::span(db, at))
    }

    fn part(&self, number: usize, way: &[Step]) -> Option<At> {
        let db = self.session.db();
        let Some(object) = self.objects.get(number) else {
            let name = &self.side.things.get(number)?.name;
            let found = origin::of_output(db, &[PathStep::Key(name.to_string())])?;
            return nearest(db, &found);
        };
        // What is not there on this side stands in what would hold it.
        let mut path: Vec<PathStep> = way.iter().map(step).collect();
        loop {
            match origin::of_object(db, object, &path) {
                Some(found) => {
                    let at = nearest(db, &found).or_else(|| self.around(object));
                    // Nobody wrote the line that has the whole object: it begins where it says what it is.
                    return match at.filter(|at| at.decl.file(db).path(db).as_str() != ENTRY) {
                        Some(at) => Some(at),
                        None => self.beginning(object),
                    };
                }
                None => path.pop()?,
            };
        }
    }

    fn beginning(&self, object: &Object) -> Option<At> {
        let db = self.session.db();
        let found = ["apiVersion", "kind"].map(|key| origin::of_object(db, object, &[PathStep::Key(key.to_string())]));
        let places = found.into_iter().flatten().filter_map(|found| nearest(db, &found));
        places.min_by_key(|at| decl::span(db, *at).start)
    }

    /// The nearest block around an object that a user wrote.
    fn around(&self, object: &Object) -> Option<At> {
        let db = self.session.db();
        let homes = std::iter::successors(Some(object.emitter.home), |home| home.parent(db));
        let mut places = homes.filter_map(|home| Some(instance(db, home).as_deref()?.at));
        places.find(|at| is_given(db, *at))
    }
}

fn step(step: &Step) -> PathStep {
    match step {
        Step::Key(key) => PathStep::Key(key.to_string()),
        Step::Index(index) => PathStep::Index(*index),
    }
}

/// Of the places that had a hand in a value, the one that a user would change: the write, or what it read where the standard
/// library wrote it.
fn nearest(db: &dyn Db, origin: &origin::Origin) -> Option<At> {
    let is_given = |layer: &&origin::Layer| self::is_given(db, layer.at);
    let write = origin.layers.last().filter(is_given);
    let read = || origin.reads.iter().find(is_given);
    let around = || origin.layers.iter().rev().find(is_given);
    write.or_else(read).or_else(around).map(|layer| layer.at)
}

fn is_given(db: &dyn Db, at: At) -> bool {
    !at.decl.file(db).path(db).as_str().starts_with(import::STD)
}

fn thing(db: &dyn Db, object: &Object, bare: bool) -> Thing {
    let cluster = |home: Home| keys::path_text(db, home).into();
    Thing {
        // Without a cluster, all are of the one that nobody wrote.
        cluster: object.cluster.map(cluster).or_else(|| bare.then(|| "".into())),
        group: object.group().into(),
        version: object.version().into(),
        kind: object.kind,
        namespace: object.namespace,
        name: object.name,
        body: tree::of(|sink| output::write_object(db, object, sink)),
    }
}

/// The outputs of a platform, which are no objects.
fn outputs(session: &Session, bare: bool) -> Vec<Thing> {
    let body = tree::of(|sink| {
        if session.outputs(sink) == output::Outputs::None {
            data::Sink::null(sink);
        }
    });
    let Value::Map(entries) = body else {
        return Vec::new();
    };
    let nothing = || "".into();
    let thing = |(name, body): (platform::model::Long, Value)| Thing {
        cluster: bare.then(nothing),
        group: nothing(),
        version: nothing(),
        kind: OUTPUT.into(),
        namespace: nothing(),
        name: name.into(),
        body,
    };
    entries.into_iter().map(thing).collect()
}

/// The clusters of a platform, by the names that their blocks have.
pub fn clusters(session: &Session) -> Vec<String> {
    let db = session.db();
    let root = keys::root(db);
    let found = instance(db, root).as_deref().map(|root| root.children.clone()).unwrap_or_default();
    let is_cluster = |home: &&Home| cluster_around(db, **home) == Some(**home);
    found
        .iter()
        .filter(is_cluster)
        .filter_map(|home| home.step(db).name())
        .map(Symbol::as_str)
        .map(str::to_owned)
        .collect()
}
