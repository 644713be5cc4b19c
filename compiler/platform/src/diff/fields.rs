//! Where two values differ, field by field. Elements of lists are told apart by what names them, and not by where they
//! stand; whether their order counts is for the kind of the object to say.

use std::collections::BTreeSet;

use super::defaults::is_default;
use super::value::{Step, Value};
use crate::model::Long;

/// A field that differs.
#[derive(Clone, Debug)]
pub struct Field<'a> {
    /// The way to it: keys, and the names of elements in brackets.
    pub way: Vec<Long>,
    /// Where it is in the old value, or would be.
    pub old_path: Vec<Step>,
    /// Where it is in the new one.
    pub new_path: Vec<Step>,
    /// What it was.
    pub old: Option<&'a Value>,
    /// What it is.
    pub new: Option<&'a Value>,
}

impl Field<'_> {
    /// Whether the way begins like this.
    pub fn is_under(&self, way: &[&str]) -> bool {
        self.way.len() >= way.len() && self.way.iter().zip(way).all(|(step, wanted)| &**step == *wanted)
    }

    /// Whether this is in or around what stands at the end of a way.
    pub fn touches(&self, way: &[&str]) -> bool {
        self.way.iter().zip(way).all(|(step, wanted)| &**step == *wanted)
    }

    /// As people write it: `spec.containers[web].image`.
    pub fn shown(&self) -> String {
        shown(&self.way)
    }
}

/// A way as people write it; the value itself has none.
pub fn shown(way: &[Long]) -> String {
    if way.is_empty() {
        return "value".to_owned();
    }
    let mut text = String::new();
    for step in way {
        if !text.is_empty() && !step.starts_with('[') {
            text.push('.');
        }
        text.push_str(step);
    }
    text
}

/// Whether the order of lists counts at a way.
pub type Ordered<'o> = &'o dyn Fn(&[Long]) -> bool;

/// The fields in which two values differ.
pub fn fields<'a>(old: &'a Value, new: &'a Value, ordered: Ordered<'_>) -> Vec<Field<'a>> {
    let mut walk = Walk { way: Vec::new(), old: Vec::new(), new: Vec::new(), found: Vec::new(), ordered };
    walk.compare(old, new);
    walk.found
}

/// Within how many steps a map that came or went is told by its entries, and not as one.
const OUTER: usize = 3;

struct Walk<'a, 'o> {
    way: Vec<Long>,
    old: Vec<Step>,
    new: Vec<Step>,
    found: Vec<Field<'a>>,
    ordered: Ordered<'o>,
}

impl<'a> Walk<'a, '_> {
    fn compare(&mut self, old: &'a Value, new: &'a Value) {
        if old == new || self.is_same_amount(old, new) {
            return;
        }
        match (old, new) {
            (Value::Map(_), Value::Map(_)) => self.maps(old, new),
            (Value::List(_) | Value::Null, Value::List(_) | Value::Null) => self.lists(old, new),
            (Value::Map(_), Value::Null) | (Value::Null, Value::Map(_)) if self.way.len() < OUTER => {
                self.maps(old, new)
            }
            _ if self.is_default(old, new) => {}
            _ => self.note((!old.is_null()).then_some(old), (!new.is_null()).then_some(new)),
        }
    }

    /// Whether the one is not written and the other is what holds then.
    fn is_default(&self, old: &Value, new: &Value) -> bool {
        match (old, new) {
            (Value::Null, written) | (written, Value::Null) => is_default(&self.way, written),
            _ => false,
        }
    }

    /// Whether both are one amount, written in two ways.
    fn is_same_amount(&self, old: &Value, new: &Value) -> bool {
        const AMOUNTS: [&str; 6] = ["requests", "limits", "sizeLimit", "capacity", "hard", "storage"];
        let is_amount = self.way.iter().rev().take(2).any(|step| AMOUNTS.contains(&&**step));
        is_amount && old.amount().is_some_and(|amount| Some(amount) == new.amount())
    }

    fn note(&mut self, old: Option<&'a Value>, new: Option<&'a Value>) {
        let (way, old_path, new_path) = (self.way.clone(), self.old.clone(), self.new.clone());
        self.found.push(Field { way, old_path, new_path, old, new });
    }

    fn within(&mut self, name: Long, steps: (Step, Step), old: &'a Value, new: &'a Value) {
        self.way.push(name);
        self.old.push(steps.0);
        self.new.push(steps.1);
        self.compare(old, new);
        self.way.pop();
        self.old.pop();
        self.new.pop();
    }

    fn maps(&mut self, old: &'a Value, new: &'a Value) {
        let keys: BTreeSet<&Long> = old.entries().chain(new.entries()).map(|(key, _)| key).collect();
        for key in keys {
            let step = Step::Key(key.clone());
            self.within(key.clone(), (step.clone(), step), old.get(key), new.get(key));
        }
    }

    fn lists(&mut self, whole_old: &'a Value, whole_new: &'a Value) {
        let (old, new) = (whole_old.items(), whole_new.items());
        let ordered = (self.ordered)(&self.way);
        let is_plain = |items: &[Value]| items.iter().all(|item| !matches!(item, Value::Map(_) | Value::List(_)));
        if is_plain(old) && is_plain(new) {
            return self.plain(whole_old, whole_new, ordered);
        }
        if let Some(name) = naming(old, new) {
            return self.named(old, new, name, ordered);
        }
        let (mut before, mut after): (Vec<usize>, Vec<usize>) = ((0..old.len()).collect(), (0..new.len()).collect());
        if !ordered {
            before.retain(|index| match after.iter().position(|other| new.get(*other) == old.get(*index)) {
                Some(same) => {
                    after.remove(same);
                    false
                }
                None => true,
            });
        }
        for place in 0..before.len().max(after.len()) {
            let (from, to) = (before.get(place).copied(), after.get(place).copied());
            let shown = to.or(from).unwrap_or_default();
            let was = (from, from.and_then(|at| old.get(at)));
            let is = (to, to.and_then(|at| new.get(at)));
            self.element(format!("[{shown}]").into(), was, is);
        }
    }

    /// Lists of texts and numbers are told as one: an element says nothing alone.
    fn plain(&mut self, old: &'a Value, new: &'a Value, ordered: bool) {
        let mut after: Vec<&Value> = new.items().iter().collect();
        let mut is_kept = |item: &Value| match after.iter().position(|other| *other == item) {
            Some(same) => {
                after.remove(same);
                true
            }
            None => false,
        };
        let kept = old.items().iter().filter(|item| !ordered && is_kept(item)).count();
        if ordered && old.items() == new.items() || kept == old.items().len() && after.is_empty() {
            return;
        }
        let there = |list: &'a Value| (!list.items().is_empty()).then_some(list);
        self.note(there(old), there(new));
    }

    fn named(&mut self, old: &'a [Value], new: &'a [Value], name: Naming, ordered: bool) {
        let names = |items: &[Value]| items.iter().filter_map(name).collect::<Vec<_>>();
        let (before, after) = (names(old), names(new));
        let kept = |names: &[Long], others: &[Long]| {
            names.iter().filter(|name| others.contains(name)).cloned().collect::<Vec<_>>()
        };
        if ordered && kept(&before, &after) != kept(&after, &before) {
            self.way.push("[order]".into());
            self.note(None, None);
            self.way.pop();
        }
        for (index, name) in before.iter().enumerate() {
            let other = after.iter().position(|after| after == name);
            let to = (other, other.and_then(|at| new.get(at)));
            self.element(format!("[{name}]").into(), (Some(index), old.get(index)), to);
        }
        for (index, name) in after.iter().enumerate().filter(|(_, name)| !before.contains(name)) {
            self.element(format!("[{name}]").into(), (None, None), (Some(index), new.get(index)));
        }
    }

    fn element(&mut self, name: Long, old: Element<'a>, new: Element<'a>) {
        const NONE: &Value = &Value::Null;
        let steps = (Step::Index(old.0.unwrap_or(usize::MAX)), Step::Index(new.0.unwrap_or(usize::MAX)));
        self.within(name, steps, old.1.unwrap_or(NONE), new.1.unwrap_or(NONE));
    }
}

/// An element of a list, if there is one, and where.
type Element<'a> = (Option<usize>, Option<&'a Value>);

/// What an element of a list is called.
type Naming = fn(&Value) -> Option<Long>;

/// By what the elements of both lists can be told apart.
fn naming(old: &[Value], new: &[Value]) -> Option<Naming> {
    const WAYS: [Naming; 10] = [
        |item| item.get("name").text().map(Long::from),
        |item| item.at(&["metadata", "name"]).text().map(Long::from),
        |item| item.get("mountPath").text().map(Long::from),
        |item| port(item, "containerPort"),
        |item| port(item, "port"),
        |item| item.get("topologyKey").text().map(Long::from),
        |item| item.get("key").text().map(Long::from),
        |item| item.get("host").text().map(Long::from),
        |item| item.get("path").text().map(Long::from),
        |item| item.get("ip").text().map(Long::from),
    ];
    let tells = |name: &Naming| {
        let all = |items: &[Value]| {
            let names: BTreeSet<Long> = items.iter().filter_map(name).collect();
            names.len() == items.len()
        };
        all(old) && all(new)
    };
    WAYS.into_iter().find(tells)
}

fn port(item: &Value, key: &str) -> Option<Long> {
    let number = item.get(key).int()?;
    let protocol = item.get("protocol").text().unwrap_or("TCP");
    Some(format!("{number}/{protocol}").into())
}
