//! What stands at an offset of a file, and what it means: the one question under most features.
//!
//! ```text
//! offset -> the declarations around it -> their elements there -> what the checker finds the smallest to mean
//! ```
//!
//! A name in the head of a block belongs to what is around the block, and one in its body to the block; so both are
//! asked, and the smallest element that means something wins. Whether two places mean the same is told by their
//! [`Identity`].

use compiler::check::{self, Heard, Meaning, types};
use compiler::hir::{Body, Code, CodeKind, Element, Expr, ExprKind, FieldCode, Statement, StatementKind};
use compiler::hir::{TypeExpr, TypeKind};
use compiler::keys::{At, Db, Decl, SourceFile};
use compiler::methods::MethodRef;
use compiler::schema::{Slot, schema};
use compiler::ty::{RecordTy, Scalar, Ty};
use compiler::{Session, Symbol, decl, keys};
use diagnostics::FileId;
use syntax::TextRange;

use crate::{Place, Target};

/// A name, and what it means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Standing {
    /// The declaration that it is an element of.
    pub decl: Decl,
    /// Which element.
    pub node: u32,
    /// Where it stands.
    pub range: TextRange,
    /// What it means.
    pub meaning: Meaning,
}

/// An expression, and its types.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Valued {
    /// The declaration that it is an element of.
    pub decl: Decl,
    /// Which element.
    pub node: u32,
    /// Where it stands.
    pub range: TextRange,
    /// Its own type.
    pub ty: Option<Ty>,
    /// The type that is due where it stands.
    pub due: Option<Ty>,
}

/// What a place means, apart from where it stands: two places of one identity are renamed together.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug)]
pub enum Identity {
    /// A declaration: of a file, or a named block.
    Decl(Decl),
    /// A field, by the most general schema that has it.
    Field(Decl, Symbol),
    /// A key of a record type, or a local name, by where it is declared.
    At(At),
    /// What schemas stand in, by the word for it.
    Place(Decl, Symbol),
    /// A file.
    File(SourceFile),
    /// A method, by its name and that of its receiver's type.
    Method(&'static str),
    /// A type that is built in.
    BuiltIn(Scalar),
}

/// What stands at an offset, if it means something.
pub fn at(session: &Session, file: SourceFile, offset: u32) -> Option<Standing> {
    Around::of(session.db(), file, offset).standing()
}

/// The smallest expression around an offset.
pub fn value_at(session: &Session, file: SourceFile, offset: u32) -> Option<Valued> {
    Around::of(session.db(), file, offset).valued()
}

/// An element of a declaration, and where it stands.
type Part = (u32, TextRange);

/// The declarations around an offset, with what was heard of them and their elements there.
struct Around {
    /// The innermost first.
    decls: Vec<(Decl, Heard, Vec<Part>)>,
}

/// How many declarations around an offset are asked: a block, and the one that its head belongs to.
const ASKED: usize = 2;

impl Around {
    fn of(db: &dyn Db, file: SourceFile, offset: u32) -> Around {
        if compiler::import::is_data(file.path(db).as_str()) {
            return Around { decls: Vec::new() };
        }
        let around = decl::around(db, file, offset);
        let mut decls = Vec::new();
        let mut inner = None;
        for decl in around.into_iter().rev().take(ASKED) {
            let nodes = decl::nodes_at(db, decl, offset);
            decls.push((decl, check::heard_at(db, decl, &|decl| Some(decl) == inner), nodes));
            inner = Some(decl);
        }
        Around { decls }
    }

    fn standing(&self) -> Option<Standing> {
        let mut best: Option<Standing> = None;
        for (decl, heard, nodes) in &self.decls {
            let found = nodes.iter().find_map(|(node, range)| {
                let meaning = heard.meaning(*node)?.clone();
                Some(Standing { decl: *decl, node: *node, range: *range, meaning })
            });
            let Some(found) = found else { continue };
            if best.as_ref().is_none_or(|best| found.range.len() < best.range.len()) {
                best = Some(found);
            }
        }
        best.filter(|best| !best.range.is_empty())
    }

    fn valued(&self) -> Option<Valued> {
        let (decl, heard, nodes) = self.decls.first()?;
        nodes.iter().find_map(|(node, range)| {
            let (ty, due) = (heard.ty(*node).cloned(), heard.due(*node).cloned());
            (ty.is_some() || due.is_some()).then_some(Valued { decl: *decl, node: *node, range: *range, ty, due })
        })
    }
}

/// What a meaning is, apart from where it stands.
pub fn identity(db: &dyn Db, meaning: &Meaning) -> Option<Identity> {
    match meaning {
        Meaning::Named(decl) => Some(Identity::Decl(*decl)),
        Meaning::Block { decl, .. } => decl.map(Identity::Decl),
        Meaning::Module(file) | Meaning::Data(file) => Some(Identity::File(*file)),
        Meaning::Field { schema, name } => Some(Identity::Field(root_of(db, *schema, *name), *name)),
        Meaning::Key { record, name } => key_place(db, record, *name).map(Identity::At),
        Meaning::Local { at, .. } => Some(Identity::At(*at)),
        Meaning::Word { name, known, .. } => match known {
            Some(block) => collection_of(db, *block, *name),
            None => None,
        },
        Meaning::Place { name, schema } => Some(Identity::Place(*schema, *name)),
        Meaning::Method(MethodRef(method)) => Some(Identity::Method(method.signature.text())),
        Meaning::BuiltIn(Ty::Scalar(scalar)) => Some(Identity::BuiltIn(*scalar)),
        Meaning::BuiltIn(_) | Meaning::InstanceName | Meaning::FreeKey(_) | Meaning::This(_) | Meaning::Auto(_) => None,
    }
}

/// The most general schema that has a field.
fn root_of(db: &dyn Db, decl: Decl, name: Symbol) -> Decl {
    let chain = &schema(db, decl).chain;
    let has = |general: &&Decl| schema(db, **general).slot(name).is_some();
    chain.iter().find(has).copied().unwrap_or(decl)
}

/// The collection in which a block opens an entry, which its word is the name of.
fn collection_of(db: &dyn Db, block: Decl, word: Symbol) -> Option<Identity> {
    let context = check::context(db, block);
    let outer = context.words.iter().rev().nth(1);
    let around = match outer {
        Some(outer) => match types::expand(db, &outer.ty) {
            Ty::Schema(decl) => decl,
            _ => return None,
        },
        None => compiler::scope::prelude_schemas(db).platform?,
    };
    schema(db, around).slot(word)?;
    Some(Identity::Field(root_of(db, around, word), word))
}

/// Where a key of a record type is declared.
pub(crate) fn key_place(db: &dyn Db, record: &RecordTy, name: Symbol) -> Option<At> {
    let at = record.at.0?;
    let mut found = None;
    check::types_in(decl::code(db, at.decl)?, &mut |ty| {
        if ty.node == at.node {
            found = found.or(key_of(ty, name));
        }
    });
    found.map(|node| At { decl: at.decl, node })
}

fn key_of(ty: &TypeExpr, name: Symbol) -> Option<u32> {
    match &*ty.kind {
        TypeKind::Record { fields, .. } => fields.iter().find(|field| field.0.name == name).map(|field| field.0.node),
        _ => None,
    }
}

/// The field of a schema as it is written where it is declared, or where its default was replaced.
pub(crate) fn written_field(db: &dyn Db, schema: Decl, name: Symbol) -> Option<&FieldCode> {
    match &decl::code(db, schema)?.kind {
        CodeKind::Schema(written) => written.fields.iter().find(|field| field.name.name == name),
        _ => None,
    }
}

/// A field of a schema, with the declaration that has it.
pub(crate) fn slot_of(db: &dyn Db, decl: Decl, name: Symbol) -> Option<&Slot> {
    schema(db, decl).field(name)
}

/// Where a meaning is declared.
pub fn target(db: &dyn Db, meaning: &Meaning) -> Option<Target> {
    match meaning {
        Meaning::Named(decl) => Some(of_decl(db, *decl)),
        Meaning::Block { decl, .. } => decl.map(|decl| of_decl(db, decl)),
        Meaning::Module(file) | Meaning::Data(file) => of_file(db, *file),
        Meaning::Field { schema, name } => {
            let slot = slot_of(db, *schema, *name)?;
            let at = if slot.of_kind { kind_place(db, &slot.ty)? } else { slot.at };
            Some(of_member(db, at))
        }
        Meaning::Key { record, name } => key_place(db, record, *name).map(|at| of_member(db, at)),
        Meaning::Local { at, .. } => Some(of_member(db, *at)),
        Meaning::Word { ty, known, .. } => match (known, ty) {
            (Some(block), _) => Some(of_decl(db, *block)),
            (None, Ty::Schema(decl) | Ty::Alias(decl)) => Some(of_decl(db, *decl)),
            _ => None,
        },
        Meaning::Place { schema, .. } => Some(of_decl(db, *schema)),
        Meaning::This(ty) => type_target(db, ty),
        _ => None,
    }
}

/// Where the kind is declared whose objects a collection holds.
fn kind_place(db: &dyn Db, ty: &Ty) -> Option<At> {
    match ty {
        Ty::Alias(decl) => Some(check::name_place(db, *decl)),
        _ => None,
    }
}

/// Where the type of a value is declared.
pub fn type_target(db: &dyn Db, ty: &Ty) -> Option<Target> {
    match ty {
        Ty::Schema(decl) | Ty::Alias(decl) => Some(of_decl(db, *decl)),
        Ty::List(element) | Ty::Keyed(_, element) | Ty::Collection(element) | Ty::Map(_, element) => {
            type_target(db, element)
        }
        Ty::Union(members) => members.iter().find_map(|member| type_target(db, member)),
        Ty::Refined(refined) => type_target(db, &refined.base),
        Ty::Inferred(..) => type_target(db, &types::expand(db, ty)),
        Ty::Record(record) => record.at.0.map(|at| of_member(db, at)),
        _ => None,
    }
}

/// The type of what a meaning stands for.
pub fn type_of(db: &dyn Db, meaning: &Meaning) -> Option<Ty> {
    match meaning {
        Meaning::Named(decl) => match decl.head(db).as_str().split(' ').next() {
            Some("let") => Some(check::global_type(db, *decl).clone()),
            Some("schema") => Some(Ty::Schema(*decl)),
            Some("type") => Some(Ty::Alias(*decl)),
            _ => None,
        },
        Meaning::Block { ty, .. }
        | Meaning::FreeKey(ty)
        | Meaning::Local { ty, .. }
        | Meaning::Word { ty, .. }
        | Meaning::This(ty)
        | Meaning::BuiltIn(ty)
        | Meaning::Auto(ty) => Some(ty.clone()),
        Meaning::Field { schema, name } => slot_of(db, *schema, *name).map(|slot| slot.ty.clone()),
        Meaning::Place { schema, .. } => Some(Ty::Schema(*schema)),
        Meaning::InstanceName => Some(Ty::Scalar(Scalar::Name)),
        Meaning::Key { record, name } => record.field(*name).cloned(),
        Meaning::Module(_) | Meaning::Data(_) | Meaning::Method(_) => None,
    }
}

/// A declaration: its name, and all of it.
pub(crate) fn of_decl(db: &dyn Db, decl: Decl) -> Target {
    let at = name_of_block(db, decl).unwrap_or_else(|| check::name_place(db, decl));
    Target { focus: Place::of(decl::span(db, at)), whole: Place::of(decl::whole(db, decl)) }
}

/// Where the name of a block stands: in what is around it.
pub(crate) fn name_of_block(db: &dyn Db, decl: Decl) -> Option<At> {
    let parent = decl.parent(db)?;
    if !matches!(decl::code(db, decl)?.kind, CodeKind::Block { .. } | CodeKind::Entry { .. }) {
        return None;
    }
    let mut found = None;
    statements(decl::code(db, parent)?, &mut |statement| {
        if let StatementKind::Named { name, decl: block, .. } = &statement.kind
            && *block == decl
        {
            found = Some(At { decl: parent, node: name.node });
        }
    });
    found
}

/// The statements of a declaration, those in `if`, `for` and plain braces too.
pub(crate) fn statements<'c>(code: &'c Code, see: &mut dyn FnMut(&'c Statement)) {
    match &code.kind {
        CodeKind::File { body, .. }
        | CodeKind::Extend { body, .. }
        | CodeKind::Test { body, .. }
        | CodeKind::Block { body } => within(body, see),
        CodeKind::Schema(written) => within(&written.body, see),
        CodeKind::Let { value, .. } | CodeKind::Fn { value, .. } | CodeKind::Entry { value } => {
            if let ExprKind::Instance(_, body) | ExprKind::With(_, body) | ExprKind::Record(body) = &*value.kind {
                within(body, see);
            }
        }
        CodeKind::Type { .. } => {}
    }
}

/// The statements of a body, and those in its `if`s, `for`s and plain braces.
pub(crate) fn within<'c>(body: &'c Body, see: &mut dyn FnMut(&'c Statement)) {
    for statement in &body.statements {
        see(statement);
        match &statement.kind {
            StatementKind::If { then, otherwise, .. } => {
                within(then, see);
                otherwise.iter().for_each(|body| within(body, see));
            }
            StatementKind::For(_, body) | StatementKind::Amend { body, .. } | StatementKind::Expect { body, .. } => {
                within(body, see);
            }
            _ => {}
        }
    }
}

/// A field, a key or a local name.
pub(crate) fn of_member(db: &dyn Db, at: At) -> Target {
    let focus = Place::of(decl::span(db, at));
    Target { focus, whole: focus }
}

/// A file, at its beginning.
pub(crate) fn of_file(db: &dyn Db, file: SourceFile) -> Option<Target> {
    let number = file.number(db);
    // The module of Kubernetes has parts that no text is written for.
    let place = Place { file: FileId(number), range: TextRange::new(0, 0) };
    (number != u32::MAX).then_some(Target { focus: place, whole: place })
}

/// The file of a number, if it was read.
pub fn file_of(session: &Session, file: FileId) -> Option<SourceFile> {
    let (path, _) = session.file(file)?;
    session.source(path).or_else(|| {
        let db = session.db();
        (file.0 >= compiler::kubernetes::FIRST_NUMBER).then(|| keys::written_file(db, Symbol::new(path), file.0))
    })
}

/// Every body of a declaration, outer ones before inner ones; those of named blocks in it left out.
pub(crate) fn bodies<'c>(code: &'c Code, see: &mut dyn FnMut(&'c Body)) {
    match &code.kind {
        CodeKind::File { body, .. }
        | CodeKind::Extend { body, .. }
        | CodeKind::Test { body, .. }
        | CodeKind::Block { body } => in_body(body, see),
        CodeKind::Schema(written) => {
            in_body(&written.body, see);
            written.fields.iter().filter_map(|field| field.value.as_ref()).for_each(|value| in_value(value, see));
        }
        CodeKind::Let { value, .. } | CodeKind::Fn { value, .. } | CodeKind::Entry { value } => in_value(value, see),
        CodeKind::Type { .. } => {}
    }
}

fn in_body<'c>(body: &'c Body, see: &mut dyn FnMut(&'c Body)) {
    see(body);
    for statement in &body.statements {
        match &statement.kind {
            StatementKind::Write { value, .. } | StatementKind::Let { value, .. } | StatementKind::Spread(value) => {
                in_value(value, see);
            }
            StatementKind::Amend { body, .. } | StatementKind::For(_, body) | StatementKind::Expect { body, .. } => {
                in_body(body, see);
            }
            StatementKind::If { then, otherwise, .. } => {
                in_body(then, see);
                otherwise.iter().for_each(|body| in_body(body, see));
            }
            _ => {}
        }
    }
}

fn in_value<'c>(value: &'c Expr, see: &mut dyn FnMut(&'c Body)) {
    match &*value.kind {
        ExprKind::Record(body) | ExprKind::Instance(_, body) => in_body(body, see),
        ExprKind::With(base, body) => {
            in_value(base, see);
            in_body(body, see);
        }
        ExprKind::List(elements) => {
            for element in elements {
                if let Element::Value(value) | Element::Spread(value) = element {
                    in_value(value, see);
                }
            }
        }
        ExprKind::Call(callee, args) => {
            in_value(callee, see);
            args.iter().for_each(|arg| in_value(&arg.value, see));
        }
        ExprKind::If(_, one, other) | ExprKind::Binary(_, one, other) => {
            in_value(one, see);
            in_value(other, see);
        }
        ExprKind::Lambda(_, value) => in_value(value, see),
        _ => {}
    }
}
