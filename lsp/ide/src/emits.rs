//! What a block emits: the objects that come of it and of all that stands in it.

use std::collections::BTreeMap;

use compiler::check::types;
use compiler::keys::{Db, Decl, Home, decl_name};
use compiler::objects::Object;
use compiler::{Session, Symbol, check, eval};

/// How many instances below a block are looked through.
const MOST: usize = 20_000;
/// How many kinds of objects are named.
const MOST_KINDS: usize = 8;

/// The objects that come of the instance that a block opens, in order.
pub fn objects(db: &dyn Db, block: Decl) -> Vec<&Object> {
    let Some(home) = check::home_of(db, block).filter(|_| block.parent(db).is_some()) else {
        return Vec::new();
    };
    if is_instance(db, block) {
        return under(db, home);
    }
    // An object has no home of its own: it is one of those that the instance around emits.
    let name = Symbol::new(decl_name(db, block));
    let own = |object: &&Object| object.emitter.entry == Some(name) && object.emitter.home == home;
    let instance = eval::instance(db, home).as_deref();
    instance.into_iter().flat_map(|instance| &instance.objects).filter(own).collect()
}

/// Whether a block makes an instance, and no data.
pub fn is_instance(db: &dyn Db, block: Decl) -> bool {
    let target = &check::context(db, block).target;
    matches!(types::body_type(db, target), types::BodyType::Schema(_))
}

/// The objects that come of an instance.
pub fn under(db: &dyn Db, home: Home) -> Vec<&Object> {
    let mut found = Vec::new();
    let mut queue = vec![home];
    let mut seen = 0;
    while let Some(home) = queue.pop() {
        seen += 1;
        let Some(instance) = eval::instance(db, home).as_deref().filter(|_| seen <= MOST) else {
            continue;
        };
        found.extend(&instance.objects);
        queue.extend(instance.children.iter().rev());
    }
    found
}

/// Whether anything comes of the instance that a block opens.
pub fn something(db: &dyn Db, block: Decl) -> bool {
    let mut queue: Vec<Home> = check::home_of(db, block).into_iter().collect();
    let mut seen = 0;
    while let Some(home) = queue.pop().filter(|_| seen < MOST) {
        seen += 1;
        let Some(instance) = eval::instance(db, home).as_deref() else {
            continue;
        };
        if !instance.objects.is_empty() {
            return true;
        }
        queue.extend(instance.children.iter().rev());
    }
    false
}

/// ``emits 4 objects: 2 `Deployment`, 1 `Service`, 1 `Ingress` ``
pub fn told(session: &Session, block: Decl) -> Option<String> {
    let objects = objects(session.db(), block);
    let mut kinds: BTreeMap<&str, usize> = BTreeMap::new();
    for object in &objects {
        *kinds.entry(&object.kind).or_default() += 1;
    }
    let mut named: Vec<String> =
        kinds.iter().take(MOST_KINDS).map(|(kind, count)| format!("{count} `{kind}`")).collect();
    if kinds.len() > MOST_KINDS {
        named.push("…".to_string());
    }
    let all = if objects.len() == 1 { "1 object".to_string() } else { format!("{} objects", objects.len()) };
    (!objects.is_empty()).then(|| format!("emits {all}: {}", named.join(", ")))
}
