//! What a declaration sees of what surrounds it.

use std::sync::Arc;

use super::{checked, types};
use crate::ir::Ir;
use crate::keys::{At, Db, Decl, SourceFile};
use crate::symbol::Symbol;
use crate::ty::Ty;

/// What is visible inside of a declaration.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Context {
    /// The file, for its names.
    pub file: SourceFile,
    /// The instances around by the words that open them, outermost first.
    pub words: Vec<Word>,
    /// How many homes the instance that is being written is below the outermost that is known here.
    pub depth: u32,
    /// The type of `self`.
    pub this: Option<Ty>,
    /// How `self` is reached.
    pub this_reach: Reach,
    /// The block that `self` is opened by.
    pub known: Option<Decl>,
    /// The schema that is being written, whose fields are bare names, and how its instance is reached.
    pub owner: Option<(Reach, Decl)>,
    /// Parameters, loop variables and body `let`s.
    pub locals: Vec<LocalName>,
    /// How many locals there are at run time.
    pub count: u32,
    /// What the declaration's body or value must be.
    pub target: Ty,
    /// The collection in which a named block opens an entry.
    pub collection: Option<Symbol>,
    /// Whether the declaration is a value rather than a block.
    pub is_value: bool,
}

/// An instance around, by the word that opens it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Word {
    /// The word.
    pub name: Symbol,
    /// How the instance is reached.
    pub reach: Reach,
    /// Its type.
    pub ty: Ty,
    /// The block it is opened by.
    pub known: Option<Decl>,
}

/// How an instance around is reached when code runs.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Reach {
    /// It is at a depth among the homes around.
    Depth(u32),
    /// It was around an instance literal: the local at a position, so many homes above it.
    Captured(u32, u32),
    /// It is below: a field of `self`.
    Below(Arc<Ir>),
}

/// A local name.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LocalName {
    /// The name.
    pub name: Symbol,
    /// What it stands for.
    pub kind: LocalKind,
    /// Its type.
    pub ty: Ty,
    /// Where it is declared.
    pub at: At,
}

/// What a local name stands for.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LocalKind {
    /// A value, by its position.
    Value(u32),
    /// An expression, with how its `self` is reached and the number of locals that it sees.
    Let(Arc<Ir>, Reach, u32),
}

impl Context {
    /// What the top of a file sees.
    pub fn of_file(file: SourceFile) -> Context {
        Context {
            file,
            words: Vec::new(),
            depth: 0,
            this: None,
            this_reach: Reach::Depth(0),
            known: None,
            owner: None,
            locals: Vec::new(),
            count: 0,
            target: Ty::Error,
            collection: None,
            is_value: false,
        }
    }

    /// What the body of an instance literal sees: everything around is reached through one more local.
    pub fn inside_literal(&self) -> Context {
        let local = self.count;
        let depth = self.depth;
        let captured = |reach: &Reach| match reach {
            Reach::Depth(at) => Some(Reach::Captured(local, depth.saturating_sub(*at))),
            Reach::Captured(..) => Some(reach.clone()),
            Reach::Below(_) => None,
        };
        let mut inner = self.clone();
        inner.words.retain_mut(|word| captured(&word.reach).map(|reach| word.reach = reach).is_some());
        inner.this_reach = captured(&self.this_reach).unwrap_or(Reach::Depth(0));
        inner.owner = self.owner.as_ref().and_then(|(reach, owner)| captured(reach).map(|reach| (reach, *owner)));
        for name in &mut inner.locals {
            if let LocalKind::Let(_, reach, _) = &mut name.kind
                && let Some(through) = captured(reach)
            {
                *reach = through;
            }
        }
        inner.count += 1;
        inner.depth = 0;
        inner
    }

    /// Makes a name of a value that every execution brings.
    pub fn add_local(&mut self, name: Symbol, ty: Ty, at: At) {
        self.locals.push(LocalName { name, kind: LocalKind::Value(self.count), ty, at });
        self.count += 1;
    }
}

/// What a declaration sees: the firewall between a block's head and what surrounds it.
#[salsa::tracked(cycle_result = context_cycle)]
pub fn context(db: &dyn Db, decl: Decl) -> Arc<Context> {
    let file = decl.file(db);
    let mut context = Context::of_file(file);
    let Some(parent) = decl.parent(db) else {
        return Arc::new(context);
    };
    // What it is opened by says what it is: an edit in its body changes nothing here.
    let at_top = parent.parent(db).is_none();
    match decl.head(db).as_str().split_once(' ').filter(|_| at_top) {
        Some(("schema", _)) => {
            context.this = Some(Ty::Schema(decl));
            context.owner = Some((Reach::Depth(0), decl));
        }
        Some(("extend", _)) => {
            if let Ok(target) = crate::extend::target(db, decl) {
                context.this = Some(types::expand(db, &target.ty));
                context.depth = target.words.len().saturating_sub(1) as u32;
                context.this_reach = Reach::Depth(context.depth);
                let words = target.words.iter().enumerate();
                context.words = words
                    .map(|(depth, (name, ty))| Word {
                        name: *name,
                        reach: Reach::Depth(depth as u32),
                        ty: ty.clone(),
                        known: None,
                    })
                    .collect();
            }
        }
        Some(("let" | "type" | "fn" | "test", _)) => {}
        _ => {
            if let Some(known) = checked(db, parent).children.get(&decl) {
                return known.clone();
            }
        }
    }
    Arc::new(context)
}

fn context_cycle(db: &dyn Db, _: salsa::Id, decl: Decl) -> Arc<Context> {
    Arc::new(Context::of_file(decl.file(db)))
}
