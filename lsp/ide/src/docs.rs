//! What is written about something: the `///` before it, the API's text of Kubernetes, the rule of a method.

use compiler::check::Meaning;
use compiler::describe;
use compiler::keys::{At, Db, Decl};
use compiler::methods::MethodRef;
use compiler::ty::Ty;
use compiler::{Symbol, decl, kubernetes};

use crate::at::{slot_of, written_field};

/// The documentation of what a name means, in Markdown; empty where there is none.
pub fn of(db: &dyn Db, meaning: &Meaning) -> String {
    match meaning {
        Meaning::Named(decl) => of_decl(db, *decl),
        Meaning::Block { decl, .. } => decl.map_or(String::new(), |decl| of_decl(db, decl)),
        Meaning::Field { schema, name } => of_field(db, *schema, *name),
        Meaning::Key { record, name } => record.at.0.map_or(String::new(), |at| of_key(db, at.decl, *name)),
        Meaning::Method(MethodRef(method)) => method.docs.to_string(),
        Meaning::Module(file) => {
            let at = At { decl: compiler::keys::file_decl(db, *file), node: 0 };
            decl::docs(db, at).map_or(String::new(), |docs| docs.to_string())
        }
        Meaning::Place { schema, .. } => of_decl(db, *schema),
        Meaning::Word { ty: Ty::Schema(decl) | Ty::Alias(decl), .. } => of_decl(db, *decl),
        _ => String::new(),
    }
}

/// What is written about a declaration.
pub fn of_decl(db: &dyn Db, decl: Decl) -> String {
    describe::prose_of_type(db, decl)
}

/// What is written about a field: where it is declared the last time, or before that.
pub fn of_field(db: &dyn Db, schema: Decl, name: Symbol) -> String {
    if let Some(slot) = slot_of(db, schema, name)
        && slot.of_kind
        && let Ty::Alias(kind) = &slot.ty
    {
        return of_decl(db, *kind);
    }
    let chain = &compiler::schema::schema(db, schema).chain;
    let said = chain.iter().rev().filter_map(|decl| {
        let field = written_field(db, *decl, name)?;
        decl::docs(db, At { decl: *decl, node: field.node })
    });
    said.into_iter().next().map_or(String::new(), |docs| docs.to_string())
}

/// What the API says of a field of a type.
pub fn of_key(db: &dyn Db, decl: Decl, name: Symbol) -> String {
    match kubernetes::type_id(db, decl) {
        Some(_) => describe::member(db, decl, name.as_str()).map_or(String::new(), |member| member.prose),
        None => String::new(),
    }
}

/// What is known of a field of a type beside its text: its default, and the like.
pub fn facts_of_key(db: &dyn Db, decl: Decl, name: Symbol) -> Vec<String> {
    describe::member(db, decl, name.as_str()).map_or(Vec::new(), |member| member.facts)
}
