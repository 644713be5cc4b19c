//! The instances that stand in a platform, gone through from the outside in: what is wrong with them, which of them emit
//! something, and whether something is not chosen yet.

use diagnostics::{Diagnostic, rules};

use crate::eval::instance;
use crate::keys::{At, Db, HANDFUL, Handful, Home, Whose};
use crate::symbol::Symbol;

/// How many instances a platform may have.
const MAX_HOMES: usize = 500_000;

/// What is known of instances.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Standing {
    /// What is wrong with any.
    pub found: Vec<Diagnostic<At>>,
    /// The first that is an error, and the field or entry that makes it one.
    pub error: Option<(Home, (Symbol, At))>,
    /// What may emit something.
    pub emitters: Vec<Home>,
    /// Whether something is not chosen yet.
    pub is_open: bool,
    /// Whether there are too many: the rest is not known.
    pub over: bool,
    /// How many there are.
    count: usize,
}

/// The instance at a home, and all that stand in it.
pub fn standing(db: &dyn Db, root: Home) -> Standing {
    let mut known = Standing::default();
    known.visit(db, root);
    known
}

/// Some of the instances right in another, and all that stand in these.
#[salsa::tracked]
fn standing_of(db: &dyn Db, handful: Handful) -> Standing {
    let mut known = Standing::default();
    if let Whose::Home(home) = handful.whose(db)
        && let Some(instance) = instance(db, home)
    {
        handful.of(db, &instance.children).iter().for_each(|home| known.visit(db, *home));
    }
    known
}

impl Standing {
    fn visit(&mut self, db: &dyn Db, home: Home) {
        if self.over {
            return;
        }
        self.count += 1;
        let Some(instance) = instance(db, home) else {
            return;
        };
        if self.is_over(instance.at) {
            return;
        }
        self.found.extend(instance.diagnostics.iter().cloned());
        self.error = self.error.or(instance.error.map(|error| (home, error)));
        self.is_open |= instance.autos.iter().any(|auto| auto.value.is_none());
        if instance.emits {
            self.emitters.push(home);
        }
        if instance.children.len() <= HANDFUL {
            return instance.children.iter().for_each(|home| self.visit(db, *home));
        }
        for handful in Handful::all(db, Whose::Home(home), instance.children.len()) {
            if self.over {
                return;
            }
            self.add(standing_of(db, handful));
            self.is_over(instance.at);
        }
    }

    /// Whether there are too many by now, which is told once.
    fn is_over(&mut self, at: At) -> bool {
        if self.count > MAX_HOMES && !self.over {
            let message = format!("this platform has more than {MAX_HOMES} instances");
            self.found.push(
                Diagnostic::new(&rules::EVAL_LIMIT, at, message)
                    .help("look for a schema whose defaults contain others several times, again and again"),
            );
            self.over = true;
        }
        self.over
    }

    fn add(&mut self, more: &Standing) {
        self.found.extend(more.found.iter().cloned());
        self.error = self.error.or(more.error);
        self.emitters.extend(&more.emitters);
        self.is_open |= more.is_open;
        self.over |= more.over;
        self.count += more.count;
    }
}
