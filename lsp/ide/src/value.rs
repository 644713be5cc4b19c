//! What a place comes to: the value of the field that a key writes, and where that comes from.

use compiler::check::{self, types};
use compiler::eval;
use compiler::hir::{Body, Code, CodeKind, ExprKind, Ident, StatementKind};
use compiler::keys::{self, At, Db, Decl, Home, Step, decl_name};
use compiler::schema::{SlotKind, schema};
use compiler::ty::Ty;
use compiler::value::Value;
use compiler::{Symbol, decl};

/// A field or entry of an instance, and what is looked at within its value.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Held {
    /// The instance.
    pub home: Home,
    /// The field.
    pub slot: u32,
    /// The entry, if the field is a collection.
    pub entry: Option<Symbol>,
    /// The keys within the value.
    pub within: Vec<Symbol>,
}

/// The field that the key of a declaration's body writes, where the instance is written out.
pub fn held(db: &dyn Db, decl: Decl, node: u32) -> Option<Held> {
    let path = path_to(decl::code(db, decl)?, node)?;
    let (home, mut whole) = home_of(db, decl)?;
    whole.extend(path);
    along(db, home, &whole)
}

/// The instance whose body a declaration is; of data, the instance around, and the keys from there.
fn home_of(db: &dyn Db, decl: Decl) -> Option<(Home, Vec<Symbol>)> {
    if decl.head(db).as_str().starts_with("extend ") {
        let target = compiler::extend::target(db, decl).as_ref().ok()?;
        return match target.extended {
            compiler::extend::Extended::Home(home) => Some((home, Vec::new())),
            compiler::extend::Extended::Let(_) => None,
        };
    }
    let home = check::home_of(db, decl)?;
    let context = check::context(db, decl);
    let is_data = matches!(types::body_type(db, &context.target), types::BodyType::Data(_));
    match context.collection.filter(|_| is_data && decl.parent(db).is_some()) {
        Some(collection) => Some((home, vec![collection, Symbol::new(decl_name(db, decl))])),
        None => Some((home, Vec::new())),
    }
}

/// Where keys lead from an instance.
fn along(db: &dyn Db, home: Home, path: &[Symbol]) -> Option<Held> {
    let (first, rest) = path.split_first()?;
    let object = eval::placed(db, home).as_ref()?;
    let info = schema(db, object.schema);
    let slot = info.slot(*first)?;
    let field = info.fields.get(slot as usize)?;
    match (field.kind, rest) {
        (SlotKind::Each, [entry, rest @ ..]) => {
            let below = keys::home(db, Some(home), Step::Entry(*first, *entry));
            match eval::placed(db, below).is_some() && !rest.is_empty() {
                true => along(db, below, rest),
                false => Some(Held { home, slot, entry: Some(*entry), within: rest.to_vec() }),
            }
        }
        (SlotKind::Field, rest) => {
            let is_instance = matches!(types::expand(db, &field.ty.without_null()), Ty::Schema(_));
            let below = keys::home(db, Some(home), Step::Field(*first));
            match is_instance && !rest.is_empty() && eval::placed(db, below).is_some() {
                true => along(db, below, rest),
                false => Some(Held { home, slot, entry: None, within: rest.to_vec() }),
            }
        }
        _ => Some(Held { home, slot, entry: None, within: rest.to_vec() }),
    }
}

impl Held {
    /// Its value, if it is known and is no error.
    pub fn value(&self, db: &dyn Db) -> Option<Value> {
        let whole = match self.entry {
            Some(name) => {
                let instance = eval::instance(db, self.home).as_ref()?;
                match instance.fields.get(self.slot as usize)? {
                    eval::FieldOut::Entries(entries) => match &entries.iter().find(|entry| entry.0 == name)?.1 {
                        eval::FieldOut::Value(value) => value.clone(),
                        _ => return None,
                    },
                    _ => return None,
                }
            }
            None => eval::field(db, self.home, self.slot).value.clone(),
        };
        let value = self.within.iter().try_fold(whole, |value, key| match value {
            Value::Data(data) => data.get(*key).map(|item| item.value.clone()),
            _ => None,
        })?;
        (!matches!(value, Value::Error | Value::Function(_))).then_some(value)
    }

    /// Where the value is written that counts.
    pub fn written(&self, db: &dyn Db) -> Option<At> {
        eval::writes(db, self.home, self.slot).last().map(|write| write.at)
    }

    /// What the value was made from, the nearest first.
    pub fn reads(&self, db: &dyn Db) -> Vec<eval::Read> {
        eval::reads(db, self.home, self.slot, self.entry, None)
    }
}

/// A value on one line or a few, for people.
pub fn text(db: &dyn Db, value: &Value) -> Option<String> {
    match value {
        Value::Instance(_) | Value::Collection(..) | Value::Function(_) | Value::Error => None,
        Value::Null | Value::Text(_) | Value::List(_) | Value::Data(_) => {
            Some(compiler::output::text(db, value, true).trim_end().to_string())
        }
        value => {
            let mut text = String::new();
            eval::write_text(value, &mut text).then_some(text)
        }
    }
}

/// The keys from the body of a declaration to an element of it.
fn path_to(code: &Code, node: u32) -> Option<Vec<Symbol>> {
    let body = match &code.kind {
        CodeKind::File { body, .. } | CodeKind::Block { body } | CodeKind::Extend { body, .. } => body,
        CodeKind::Let { value, .. } | CodeKind::Entry { value } => match &*value.kind {
            ExprKind::Instance(_, body) | ExprKind::With(_, body) | ExprKind::Record(body) => body,
            _ => return None,
        },
        _ => return None,
    };
    let mut path = Vec::new();
    in_body(body, node, &mut path).then_some(path)
}

fn in_body(body: &Body, node: u32, path: &mut Vec<Symbol>) -> bool {
    body.statements.iter().any(|statement| match &statement.kind {
        StatementKind::Write { path: keys, value } => {
            in_keys(keys, node, path)
                || in_braces(keys, path, |path| match &*value.kind {
                    ExprKind::Record(body) | ExprKind::Instance(_, body) => in_body(body, node, path),
                    _ => value.node == node,
                })
        }
        StatementKind::Amend { path: keys, body } => {
            in_keys(keys, node, path) || in_braces(keys, path, |path| in_body(body, node, path))
        }
        StatementKind::Named { path: keys, name, .. } => {
            in_keys(keys, node, path)
                || name.node == node
                    && name.plain().is_some_and(|name| {
                        path.extend(keys.iter().map(|key| key.name));
                        path.push(name);
                        true
                    })
        }
        StatementKind::If { then, otherwise, .. } => {
            in_body(then, node, path) || otherwise.as_ref().is_some_and(|body| in_body(body, node, path))
        }
        _ => false,
    })
}

fn in_keys(keys: &[Ident], node: u32, path: &mut Vec<Symbol>) -> bool {
    match keys.iter().position(|key| key.node == node) {
        Some(place) => {
            path.extend(keys.iter().take(place + 1).map(|key| key.name));
            true
        }
        None => false,
    }
}

fn in_braces(keys: &[Ident], path: &mut Vec<Symbol>, inside: impl FnOnce(&mut Vec<Symbol>) -> bool) -> bool {
    let before = path.len();
    path.extend(keys.iter().map(|key| key.name));
    let found = inside(path);
    if !found {
        path.truncate(before);
    }
    found
}

/// By whose hand something was written, where it is not a block's own: ``a default of `Service` ``.
pub fn hand(db: &dyn Db, at: At) -> Option<String> {
    let mut around = std::iter::successors(Some(at.decl), |decl| decl.parent(db));
    around.find_map(|decl| match decl.head(db).as_str().split_once(' ') {
        Some(("schema", _)) => Some(format!("a default of `{}`", decl_name(db, decl))),
        Some(("extend", path)) => Some(format!("by `extend {path}`")),
        Some(("let", name)) => Some(format!("in `let {name}`")),
        _ => None,
    })
}

/// Whether an element of a declaration is a key that its body writes.
pub fn is_key(db: &dyn Db, decl: Decl, node: u32) -> bool {
    decl::code(db, decl).and_then(|code| path_to(code, node)).is_some()
}

/// The field whose value an element of code is or stands in: of a declaration that may not be in the database.
pub fn held_in(db: &dyn Db, home: Home, code: &Code, node: u32) -> Option<Held> {
    along(db, home, &path_to(code, node)?)
}
