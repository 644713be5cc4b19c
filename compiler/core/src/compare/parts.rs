//! What is delivered at once, and with what each object comes.

use std::collections::BTreeMap;

use platform::model::Text;
use platform::upgrade;

use crate::delivery::{self, Delivery, Of};
use crate::keys::{self, Db, Home};
use crate::objects::Object;

/// The deliveries of a platform.
pub struct Parts {
    of: BTreeMap<Text, (Home, Delivery, Vec<delivery::Round>)>,
}

impl Parts {
    /// Those of the clusters that objects are for.
    pub fn of(db: &dyn Db, objects: &[&Object]) -> Parts {
        let mut of = BTreeMap::new();
        let mut before = None;
        for cluster in objects.iter().filter_map(|object| object.cluster) {
            if before.replace(cluster) == Some(cluster) {
                continue;
            }
            let name: Text = keys::path_text(db, cluster).into();
            if of.contains_key(&name) {
                continue;
            }
            if let Some(found) = delivery::delivery(db, cluster) {
                let rounds = delivery::rounds(db, &found);
                of.insert(name, (cluster, found, rounds));
            }
        }
        Parts { of }
    }

    /// The part that an object comes with.
    pub fn of_object(&self, db: &dyn Db, object: &Object) -> Option<Text> {
        let (_, delivery, _) = self.of.values().find(|(cluster, ..)| Some(*cluster) == object.cluster)?;
        match delivery.of(db, object)? {
            Of::Part(number) | Of::Delivery(Some(number)) => Some(delivery.parts.get(number)?.name.as_str().into()),
            Of::Namespace | Of::Delivery(None) => None,
        }
    }

    /// All of them, as plain data.
    pub fn deliveries(&self) -> Vec<upgrade::Delivery> {
        let part = |(part, round): (&delivery::Part, &delivery::Round)| upgrade::Part {
            name: part.name.as_str().into(),
            namespace: part.namespace.as_ref().into(),
            app: part.app.as_ref().into(),
            wave: round.wave,
            brings: round.brings.iter().map(Text::from).collect(),
        };
        let one = |(name, (_, delivery, rounds)): (&Text, &(Home, Delivery, Vec<delivery::Round>))| upgrade::Delivery {
            cluster: *name,
            layout: delivery.layout.as_ref().into(),
            parts: delivery.parts.iter().zip(rounds).map(part).collect(),
        };
        self.of.iter().map(one).collect()
    }
}
