//! From a block to the instance that it opens, where every name on the way is written out.

use super::types::{Fit, expand, fit};
use super::{Context, Reach};
use crate::keys::{self, Db, Decl, Home, Step};
use crate::schema::{SlotKind, schema};
use crate::scope;
use crate::symbol::Symbol;
use crate::ty::Ty;

/// The instance that a block opens, if its place in the platform is written out.
pub fn home_of(db: &dyn Db, decl: Decl) -> Option<Home> {
    if decl.parent(db).is_none() {
        return Some(keys::root(db));
    }
    let context = super::context(db, decl);
    home_in(db, context)
}

/// The instance that the body of a context writes.
pub fn home_in(db: &dyn Db, context: &Context) -> Option<Home> {
    let mut home = keys::root(db);
    let mut around = scope::prelude_schemas(db).platform?;
    for word in &context.words {
        if !matches!(word.reach, Reach::Depth(_)) {
            return None;
        }
        let field = schema(db, around).field(word.name)?;
        let step = match (field.kind, word.known) {
            (SlotKind::Each, Some(known)) => {
                let name = keys::decl_name(db, known);
                Step::Entry(word.name, Symbol::new(name))
            }
            (SlotKind::Each, None) => return None,
            _ => Step::Field(word.name),
        };
        home = keys::home(db, Some(home), step);
        around = match expand(db, &word.ty.without_null()) {
            Ty::Schema(decl) => decl,
            _ => return None,
        };
    }
    (context.owner.is_none()).then_some(home)
}

/// Whether a value of one type may stand where another is due.
pub fn may_stand(db: &dyn Db, ty: &Ty, due: &Ty) -> bool {
    fit(db, ty, due) != Fit::No
}
