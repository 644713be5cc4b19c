//! Where something comes from: its declaration, the type of its value, and what makes one of it.

use compiler::check::Meaning;
use compiler::keys::{Decl, SourceFile};
use compiler::schema::schema;
use compiler::{Session, decl, scope};

use crate::at::{self, at, value_at};
use crate::{Target, TextRange};

/// What jumps, and where to.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Jump {
    /// The name that is jumped from.
    pub from: TextRange,
    /// Where to; several where there are several.
    pub to: Vec<Target>,
}

/// Where the name at an offset is declared: a block, a field, a file of the standard library, a type of Kubernetes.
pub fn definition(session: &Session, file: SourceFile, offset: u32) -> Option<Jump> {
    let standing = at(session, file, offset)?;
    let to: Vec<Target> = at::target(session.db(), &standing.meaning).into_iter().collect();
    (!to.is_empty()).then_some(Jump { from: standing.range, to })
}

/// Where what the name at an offset means was first declared: of a field that was narrowed, in the most general schema.
pub fn declaration(session: &Session, file: SourceFile, offset: u32) -> Option<Jump> {
    let db = session.db();
    let standing = at(session, file, offset)?;
    let Meaning::Field { schema: owner, name } = &standing.meaning else {
        return definition(session, file, offset);
    };
    let general = schema(db, *owner).chain.iter().find(|general| schema(db, **general).slot(*name).is_some())?;
    let first = Meaning::Field { schema: *general, name: *name };
    Some(Jump { from: standing.range, to: at::target(db, &first).into_iter().collect() })
}

/// Where the type of what stands at an offset is declared.
pub fn type_definition(session: &Session, file: SourceFile, offset: u32) -> Option<Jump> {
    let db = session.db();
    let (from, ty) = match at(session, file, offset) {
        Some(standing) => (standing.range, at::type_of(db, &standing.meaning)?),
        None => {
            let valued = value_at(session, file, offset)?;
            (valued.range, valued.ty.or(valued.due)?)
        }
    };
    let target = at::type_target(db, &ty)?;
    Some(Jump { from, to: vec![target] })
}

/// What makes something of what stands at an offset: of a schema, the schemas that extend it and the blocks that open
/// one of it; of a collection, its blocks; of a field, where schemas replace or narrow it.
pub fn implementation(session: &Session, file: SourceFile, offset: u32) -> Option<Jump> {
    let db = session.db();
    let standing = at(session, file, offset)?;
    let mut to = match &standing.meaning {
        Meaning::Named(decl) if decl.head(db).as_str().starts_with("schema ") => of_schema(session, *decl),
        Meaning::Field { schema: owner, name } => {
            let extending = schemas(session).into_iter().filter(|decl| schema(db, *decl).chain.contains(owner));
            let written = extending.filter_map(|decl| {
                let field = at::written_field(db, decl, *name)?;
                Some(at::of_member(db, compiler::keys::At { decl, node: field.name.node }))
            });
            written.collect()
        }
        _ => Vec::new(),
    };
    if to.is_empty() {
        to = at::target(db, &standing.meaning).into_iter().collect();
    }
    (!to.is_empty()).then_some(Jump { from: standing.range, to })
}

/// The schemas that extend one, and the blocks of the platform that open one of it.
fn of_schema(session: &Session, wanted: Decl) -> Vec<Target> {
    let db = session.db();
    let is = |decl: &Decl| *decl != wanted && schema(db, *decl).chain.contains(&wanted);
    let mut found: Vec<Target> = schemas(session).into_iter().filter(is).map(|decl| at::of_decl(db, decl)).collect();
    for file in scope::platform_files(db).iter() {
        for block in decl::decls(db, *file) {
            let is_block = at::name_of_block(db, block).is_some();
            if is_block
                && let compiler::ty::Ty::Schema(made) = compiler::check::opened_type(db, block)
                && schema(db, made).chain.contains(&wanted)
            {
                found.push(at::of_decl(db, block));
            }
        }
    }
    found
}

/// All schemas of the program.
pub(crate) fn schemas(session: &Session) -> Vec<Decl> {
    let db = session.db();
    let files = scope::all_files(db).iter();
    let decls = files.flat_map(|file| match decl::code(db, compiler::keys::file_decl(db, *file)) {
        Some(code) => match &code.kind {
            compiler::hir::CodeKind::File { names, .. } => names.iter().map(|(_, decl)| *decl).collect(),
            _ => Vec::new(),
        },
        None => Vec::new(),
    });
    decls.filter(|decl| decl.head(db).as_str().starts_with("schema ")).collect()
}
