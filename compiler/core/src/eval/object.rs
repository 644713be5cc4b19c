//! Which layers an instance is made of.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::{Evaluator, collection};
use crate::check::{self, CheckedCode};
use crate::ir::BodyIr;
use crate::keys::{self, At, Db, Decl, Home, Step};
use crate::layers::Object;
use crate::schema::schema;
use crate::value::{Env, Free, This, Value};

/// How many bodies an instance may be made of.
const MAX_LAYERS: usize = 1_000;

/// The instance that stands at a home, if one does.
#[salsa::tracked(cycle_result = placed_cycle)]
pub fn placed(db: &dyn Db, home: Home) -> Option<Arc<Object>> {
    let mut object = match (home.parent(db), home.step(db)) {
        (Some(parent), Step::Field(name)) => placed_field(db, parent, name)?,
        (Some(_), Step::Entry(_, name)) => collection::placed_entry(db, home, name)?,
        (_, Step::Expect(test, nth)) => expected_platform(db, test, nth)?,
        _ => platform_object(db)?,
    };
    let level = object.top().unwrap_or_default();
    for decl in crate::extend::extensions(db, home) {
        if let CheckedCode::Body(body) = &check::checked(db, *decl).code {
            Arc::make_mut(&mut object).push(level, body.clone(), Env::default());
        }
    }
    Some(object)
}

/// The schema of what stands at a home: who asks only for this does not care what else changes there.
#[salsa::tracked]
pub fn schema_at(db: &dyn Db, home: Home) -> Option<Decl> {
    placed(db, home).as_ref().map(|object| object.schema)
}

fn placed_cycle(_: &dyn Db, _: salsa::Id, _: Home) -> Option<Arc<Object>> {
    None
}

fn placed_field(db: &dyn Db, parent: Home, name: crate::symbol::Symbol) -> Option<Arc<Object>> {
    let object = placed(db, parent).as_ref()?;
    let info = schema(db, object.schema);
    let slot = info.slot(name)?;
    let mut evaluator = Evaluator::of(db, parent, object);
    match evaluator.raw_slot(&This::Placed(parent), object, slot) {
        Value::Instance(This::Free(free)) => Some(free.object.clone()),
        _ => None,
    }
}

/// The platform: what all files of the workspace write into it.
fn platform_object(db: &dyn Db) -> Option<Arc<Object>> {
    let schema = crate::scope::prelude_schemas(db).platform?;
    let mut object = Object::new(db, schema, At { decl: schema, node: 0 });
    let level = object.above();
    for file in crate::scope::platform_files(db).iter() {
        let decl = keys::file_decl(db, *file);
        if let CheckedCode::Body(body) = &check::checked(db, decl).code {
            object.at = body.at;
            object.push(level, body.clone(), Env::default());
        }
    }
    Some(Arc::new(object))
}

/// The platform between the braces of an `expect`.
fn expected_platform(db: &dyn Db, test: Decl, nth: u32) -> Option<Arc<Object>> {
    let schema = crate::scope::prelude_schemas(db).platform?;
    let CheckedCode::Test(code) = &check::checked(db, test).code else {
        return None;
    };
    let body = &code.expectations.get(nth as usize)?.body;
    let mut object = Object::new(db, schema, body.at);
    object.push(object.above(), body.clone(), Env::default());
    Some(Arc::new(object))
}

impl<'db> Evaluator<'db> {
    /// What an instance is made of.
    pub(super) fn object<'a>(&self, this: &'a This) -> Option<&'a Object>
    where
        'db: 'a,
    {
        match this {
            This::Placed(home) => match &self.current {
                Some(current) if current.home == *home => Some(current.object),
                _ => placed(self.db, *home).as_deref(),
            },
            This::Free(free) => Some(&free.object),
        }
    }

    /// What an instance stands in.
    pub(super) fn parent(&self, this: &This) -> Option<This> {
        match this {
            This::Placed(home) => home.parent(self.db).map(This::Placed),
            This::Free(free) => free.parent.clone(),
        }
    }

    /// The name that its place gives an instance.
    pub(super) fn name(&self, this: &This) -> Option<crate::symbol::Symbol> {
        match this {
            This::Placed(home) => home.step(self.db).name(),
            This::Free(free) => free.name,
        }
    }

    /// A new instance of a schema with one body.
    pub(super) fn new_instance(&mut self, schema: Decl, body: Arc<BodyIr>, env: Env) -> Value {
        let mut object = Object::new(self.db, schema, body.at);
        object.push(object.above(), body, env);
        self.free_instance(object)
    }

    pub(super) fn free_instance(&mut self, object: Object) -> Value {
        let at = object.at;
        if object.layers().count() > MAX_LAYERS {
            let message = format!("this instance was changed more than {MAX_LAYERS} times over");
            let limit = Diagnostic::new(&rules::EVAL_LIMIT, at, message).help("write what it becomes at once");
            return self.report(limit);
        }
        let free = Free { object: Arc::new(object), parent: None, name: None };
        self.bounded(Value::Instance(This::Free(Arc::new(free))), at)
    }

    /// The instance with one more body over it.
    pub(super) fn amended(&mut self, this: &This, body: Arc<BodyIr>, env: Env, at: At) -> Value {
        let Some(object) = self.object(this) else {
            return Value::Error;
        };
        let mut object = object.clone();
        object.at = at;
        object.push(object.above(), body, env);
        self.free_instance(object)
    }

    /// A `let`'s instance with what `extend`s of it add.
    pub(super) fn extend_global(&mut self, decl: Decl, value: Value) -> Value {
        let extensions = crate::extend::global_extensions(self.db, decl);
        if extensions.is_empty() {
            return value;
        }
        let Value::Instance(This::Free(free)) = value else {
            return value;
        };
        let mut object = (*free.object).clone();
        let level = object.top().unwrap_or_default();
        for extension in extensions {
            if let CheckedCode::Body(body) = &check::checked(self.db, extension).code {
                object.push(level, body.clone(), Env::default());
            }
        }
        self.free_instance(object)
    }

    /// The nearest instance of a schema around this one.
    pub(super) fn enclosing(&mut self, this: &This, wanted: Decl, at: At) -> Value {
        let mut around = self.parent(this);
        while let Some(candidate) = around {
            let of = match &candidate {
                This::Placed(home) => *schema_at(self.db, *home),
                This::Free(free) => Some(free.object.schema),
            };
            if of.is_some_and(|of| self.schema(of).chain.contains(&wanted)) {
                return Value::Instance(candidate);
            }
            around = self.parent(&candidate);
        }
        let name = keys::decl_name(self.db, wanted);
        let message = format!("there is no `{name}` around this");
        self.report(
            Diagnostic::new(&rules::SCHEMA_WRONG_PLACE, at, message)
                .help(format!("write it inside of a `{name}`: until it stands in one, it has none")),
        )
    }
}
