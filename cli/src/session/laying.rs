//! Who lays out the files of each cluster that is delivered in parts.

use std::collections::BTreeMap;
use std::rc::Rc;

use backend::layout;
use compiler::delivery;
use compiler::objects::Object;

use super::Session;
use crate::place;

/// The deliveries in parts, by the paths of their clusters.
pub struct Laying<'s> {
    session: &'s Session<'s>,
    deliveries: BTreeMap<String, (delivery::Delivery, Rc<layout::Delivery>)>,
}

impl<'s> Laying<'s> {
    /// The deliveries of all clusters that the objects are for.
    pub fn of(session: &'s Session<'_>, objects: &[&Object]) -> Laying<'s> {
        let mut laying = Laying { session, deliveries: BTreeMap::new() };
        let mut before = None;
        for cluster in objects.iter().filter_map(|object| object.cluster) {
            if before == Some(cluster) {
                continue;
            }
            before = Some(cluster);
            let path = session.compiler.path_of(cluster);
            if laying.deliveries.contains_key(&path) {
                continue;
            }
            let found = session.compiler.delivery(cluster);
            let laid = found.and_then(|found| Some((Rc::new(laid(&path, &found)?), found)));
            laying.deliveries.extend(laid.map(|(laid, found)| (path, (found, laid))));
        }
        laying
    }

    /// Who lays out an object, and whose it is.
    pub fn laid(&self, object: &Object) -> Option<(Rc<layout::Delivery>, layout::Of)> {
        let known = self.deliveries.values();
        let (delivery, layout) = known.into_iter().find(|(delivery, _)| Some(delivery.cluster) == object.cluster)?;
        let of = match delivery.of(self.session.compiler.db(), object)? {
            delivery::Of::Part(number) => layout::Of::Part(number),
            delivery::Of::Namespace => layout::Of::Namespace,
            delivery::Of::Delivery(number) => layout::Of::Delivery(number),
        };
        Some((layout.clone(), of))
    }
}

fn laid(cluster: &str, delivery: &delivery::Delivery) -> Option<layout::Delivery> {
    let part = |part: &delivery::Part| layout::Part {
        name: part.name.to_string(),
        directory: part.directory.to_string(),
        namespace: part.namespace.to_string(),
        app: part.app.to_string(),
    };
    Some(layout::Delivery {
        layout: layout::Layout::of(&delivery.layout)?,
        root: place::below(cluster, &delivery.path).trim_end_matches('/').to_owned(),
        parts: delivery.parts.iter().map(part).collect(),
    })
}
