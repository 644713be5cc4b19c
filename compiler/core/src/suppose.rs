//! What a file would say with another text, while the database keeps the one that it has: an editor asks what could
//! stand at a place, and writes a placeholder there to see.
//!
//! Only the declarations around the change are looked at in what would be; everything else is as it is.

use std::sync::Arc;

use syntax::TextRange;

use crate::check::{self, Context, Heard};
use crate::hir::Code;
use crate::keys::{self, Db, Decl, SourceFile};
use crate::lower::{self, Units};
use crate::{decl, import};

/// A file with another text.
pub struct Supposed {
    file: SourceFile,
    units: Units,
}

/// What a file would say.
pub fn suppose(db: &dyn Db, file: SourceFile, text: &str) -> Supposed {
    if import::is_data(file.path(db).as_str()) {
        return Supposed { file, units: Units::default() };
    }
    let mut units = Units::clone(file.units(db));
    // Who is writing has mistakes around. The block that is written is read again all the same: should its braces not be
    // where they seem to be, it is not what a platform is made of.
    units.errors.clear();
    if lower::edit(db, file, &mut units, file.text(db), text).is_none() {
        units = lower::lower(db, file, text);
    }
    Supposed { file, units }
}

impl Supposed {
    /// The declarations around an offset of the text, the innermost last.
    pub fn around(&self, db: &dyn Db, offset: u32) -> Vec<Decl> {
        decl::around_in(&self.units, keys::file_decl(db, self.file), offset)
    }

    /// The elements of a declaration around an offset, the smallest first.
    pub fn nodes_at(&self, decl: Decl, offset: u32) -> Vec<(u32, TextRange)> {
        decl::nodes_in(&self.units, decl, offset)
    }

    /// What a declaration would say.
    pub fn code(&self, decl: Decl) -> Option<&Code> {
        self.units.table.get(&decl).map(|lowered| &*lowered.code)
    }

    /// What the places of a declaration would mean, those left out that named blocks in it hold, except for one.
    pub fn heard(&self, db: &dyn Db, decl: Decl, inner: Option<Decl>) -> Heard {
        match self.code(decl) {
            Some(code) => {
                let beside = check::beside(code, &|decl| Some(decl) == inner);
                check::heard_in(db, decl, &beside, &self.context(db, decl))
            }
            None => Heard::default(),
        }
    }

    /// What a declaration would see of what surrounds it.
    fn context(&self, db: &dyn Db, decl: Decl) -> Arc<Context> {
        let known = decl::code(db, decl).is_some();
        let Some(parent) = decl.parent(db).filter(|_| !known) else {
            return check::context(db, decl).clone();
        };
        let seen = self.heard(db, parent, Some(decl)).children.into_iter().find(|(inner, _)| *inner == decl);
        seen.map_or_else(|| check::context(db, decl).clone(), |(_, context)| context)
    }
}
