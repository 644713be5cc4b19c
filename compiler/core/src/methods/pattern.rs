//! What a method takes and gives: a type with holes. `[T]` fits every list, and then `T` is what its elements are.
//!
//! Knows types; must not know how a pattern is written or which methods there are.

use std::sync::Arc;

use crate::symbol::Symbol;
use crate::ty::{FunctionTy, RecordTy, Scalar, Ty};

/// A type with holes.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Pattern {
    /// `T`: a hole, by its letter counted from `A`.
    Variable(u8),
    /// `String`, and every type within it.
    Exact(Scalar),
    /// `Any`
    Any,
    /// `[T]`
    List(Box<Pattern>),
    /// `{K: V}`
    Map(Box<Pattern>, Box<Pattern>),
    /// `{ index: Int, value: T }`, as a result only.
    Record(Vec<(Symbol, Pattern)>),
    /// `(T) -> U`
    Function(Vec<Pattern>, Box<Pattern>),
    /// `T?`
    Optional(Box<Pattern>),
    /// `each T`
    Collection(Box<Pattern>),
    /// `Ip | Cidr`
    Union(Vec<Pattern>),
}

/// What the holes of a signature turned out to be.
///
/// What fills a hole first decides: `["a"].contains(3)` is a mistake, not a question about texts and numbers. Only what
/// came from an empty list is decided by what follows.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bindings {
    known: Vec<(u8, Ty)>,
    /// How many of them an earlier type has filled.
    decided: usize,
}

impl Bindings {
    /// What is known of a hole.
    pub fn get(&self, variable: u8) -> Option<&Ty> {
        self.known.iter().find(|known| known.0 == variable).map(|known| &known.1)
    }

    fn add(&mut self, variable: u8, ty: &Ty) {
        let place = self.known.iter().position(|known| known.0 == variable);
        match place.and_then(|place| Some((place, self.known.get_mut(place)?))) {
            None => self.known.push((variable, ty.clone())),
            Some((_, (_, known))) if covers(known, ty) => {}
            Some((_, (_, known))) if covers(ty, known) && is_open(known) => *known = ty.clone(),
            Some((place, _)) if place < self.decided => {}
            Some((_, (_, known))) => *known = Ty::union([known.clone(), ty.clone()]),
        }
    }
}

impl Pattern {
    /// Whether a value of this type can be meant. Aliases and refinements are to be looked through before.
    pub fn fits(&self, ty: &Ty) -> bool {
        match (self, ty) {
            (_, Ty::Error | Ty::Never) | (Pattern::Any | Pattern::Variable(_), _) => true,
            (Pattern::Optional(inner), _) => ty.members().iter().all(|ty| *ty == Ty::Null || inner.fits(ty)),
            (_, Ty::Union(members)) => members.iter().all(|member| self.fits(member)),
            (Pattern::Union(patterns), _) => patterns.iter().any(|pattern| pattern.fits(ty)),
            (Pattern::Exact(scalar), _) => scalar_of(ty).is_some_and(|found| found.is_within(*scalar)),
            (Pattern::List(element), _) => element_of(ty).is_some_and(|found| element.fits(&found)),
            (Pattern::Map(key, value), _) => {
                entry_of(ty).is_some_and(|(found_key, found)| key.fits(&found_key) && value.fits(&found))
            }
            (Pattern::Collection(element), Ty::Collection(found)) => element.fits(found),
            (Pattern::Function(params, _), Ty::Function(found)) => params.len() == found.params.len(),
            (Pattern::Record(_) | Pattern::Collection(_) | Pattern::Function(..), _) => false,
        }
    }

    /// How much it fits: of two patterns that fit a type, the narrower is meant.
    pub fn breadth(&self) -> usize {
        match self {
            Pattern::Exact(wide) => Scalar::ALL.into_iter().filter(|scalar| scalar.is_within(*wide)).count(),
            Pattern::Collection(element) => 100 + element.breadth(),
            Pattern::List(element) => 200 + element.breadth(),
            Pattern::Map(key, value) => 200 + key.breadth() + value.breadth(),
            Pattern::Optional(inner) => inner.breadth(),
            Pattern::Union(members) => members.iter().map(Pattern::breadth).sum(),
            Pattern::Variable(_) | Pattern::Any | Pattern::Record(_) | Pattern::Function(..) => 1000,
        }
    }

    /// Learns from a type what the holes are. Where the type does not fit, nothing is learnt.
    pub fn bind(&self, ty: &Ty, bindings: &mut Bindings) {
        bindings.decided = bindings.known.len();
        self.learn(ty, bindings);
    }

    fn learn(&self, ty: &Ty, bindings: &mut Bindings) {
        match (self, ty) {
            (Pattern::Variable(variable), _) => bindings.add(*variable, ty),
            (Pattern::Optional(inner), _) => inner.learn(&ty.without_null(), bindings),
            (_, Ty::Union(members)) => members.iter().for_each(|member| self.learn(member, bindings)),
            (Pattern::List(element), _) => {
                if let Some(found) = element_of(ty) {
                    element.learn(&found, bindings);
                }
            }
            (Pattern::Map(key, value), _) => {
                if let Some((found_key, found)) = entry_of(ty) {
                    key.learn(&found_key, bindings);
                    value.learn(&found, bindings);
                }
            }
            (Pattern::Collection(element), Ty::Collection(found)) => element.learn(found, bindings),
            (Pattern::Function(_, result), Ty::Function(found)) => result.learn(&found.result, bindings),
            _ => {}
        }
    }

    /// The type with its holes filled; `Ty::Never` where nothing is known of one of them. Of a function that starts out
    /// from an empty list, as in `fold([], ..)`, no particular result is expected.
    pub fn fill(&self, bindings: &Bindings) -> Ty {
        self.filled(bindings).unwrap_or(Ty::Never)
    }

    fn filled(&self, bindings: &Bindings) -> Option<Ty> {
        let inner = |pattern: &Pattern| pattern.filled(bindings);
        Some(match self {
            Pattern::Variable(variable) => bindings.get(*variable)?.clone(),
            Pattern::Exact(scalar) => Ty::Scalar(*scalar),
            Pattern::Any => Ty::Any,
            Pattern::List(element) => Ty::list(inner(element)?),
            Pattern::Map(key, value) => Ty::Map(Arc::new(inner(key)?), Arc::new(inner(value)?)),
            Pattern::Record(fields) => {
                let field = |(name, pattern): &(Symbol, Pattern)| Some((*name, false, inner(pattern)?));
                Ty::Record(Arc::new(RecordTy {
                    fields: fields.iter().map(field).collect::<Option<_>>()?,
                    ..RecordTy::default()
                }))
            }
            Pattern::Function(params, result) => {
                let params = params.iter().map(|param| param.fill(bindings)).collect();
                let result = inner(result).filter(|result| !is_open(result)).unwrap_or(Ty::Never);
                Ty::Function(Arc::new(FunctionTy { params, result }))
            }
            Pattern::Optional(pattern) => inner(pattern)?.optional(),
            Pattern::Collection(element) => Ty::Collection(Arc::new(inner(element)?)),
            Pattern::Union(patterns) => Ty::union(patterns.iter().map(inner).collect::<Option<Vec<_>>>()?),
        })
    }
}

/// Whether a type says nothing, or nothing of what is in a list or map.
fn is_open(ty: &Ty) -> bool {
    match ty {
        Ty::Never => true,
        Ty::List(inner) | Ty::Map(_, inner) => is_open(inner),
        _ => false,
    }
}

/// Whether all values of a type are certainly values of another.
fn covers(wide: &Ty, narrow: &Ty) -> bool {
    match (wide, narrow) {
        (_, Ty::Never) | (Ty::Any, _) => true,
        (Ty::Scalar(wide), _) => scalar_of(narrow).is_some_and(|narrow| narrow.is_within(*wide)),
        (Ty::List(wide), Ty::List(narrow)) => covers(wide, narrow),
        (Ty::Union(members), _) => {
            narrow.members().iter().all(|narrow| members.iter().any(|wide| covers(wide, narrow)))
        }
        _ => wide == narrow,
    }
}

fn scalar_of(ty: &Ty) -> Option<Scalar> {
    match ty {
        Ty::Scalar(scalar) => Some(*scalar),
        Ty::Literal(literal) => Some(literal.scalar()),
        Ty::Refined(refined) => scalar_of(&refined.base),
        _ => None,
    }
}

/// The elements of what can be gone through as a list.
fn element_of(ty: &Ty) -> Option<Ty> {
    match ty {
        Ty::List(element) | Ty::Collection(element) => Some((**element).clone()),
        Ty::Scalar(Scalar::IntRange) => Some(Ty::Scalar(Scalar::Int)),
        _ => None,
    }
}

/// The keys and values of a map; of a record, all its fields together.
fn entry_of(ty: &Ty) -> Option<(Ty, Ty)> {
    match ty {
        Ty::Map(key, value) => Some(((**key).clone(), (**value).clone())),
        Ty::Record(record) => {
            let fields =
                record.fields.iter().map(|(_, optional, ty)| if *optional { ty.without_null() } else { ty.clone() });
            let rest = record.rest.iter().map(|rest| rest.1.clone());
            Some((Ty::Scalar(Scalar::String), Ty::union(fields.chain(rest))))
        }
        _ => None,
    }
}

#[cfg(test)]
#[allow(clippy::panic, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::ty::Literal;

    const INT: Ty = Ty::Scalar(Scalar::Int);
    const T: Pattern = Pattern::Variable(19);

    fn text(text: &str) -> Ty {
        Ty::Literal(Literal::Text(Symbol::new(text)))
    }

    fn bound(pattern: &Pattern, ty: &Ty) -> Option<Ty> {
        let mut bindings = Bindings::default();
        pattern.bind(ty, &mut bindings);
        bindings.get(19).cloned()
    }

    fn list(pattern: Pattern) -> Pattern {
        Pattern::List(Box::new(pattern))
    }

    #[test]
    fn what_fits() {
        let names = Ty::union([text("a"), text("b")]);
        assert!(Pattern::Exact(Scalar::String).fits(&names));
        assert!(Pattern::Exact(Scalar::Float).fits(&Ty::Scalar(Scalar::Port)));
        assert!(!Pattern::Exact(Scalar::Int).fits(&Ty::Scalar(Scalar::Float)));
        assert!(!Pattern::Exact(Scalar::Int).fits(&INT.optional()));
        assert!(!Pattern::Exact(Scalar::Int).fits(&Ty::Any));
        assert!(list(Pattern::Exact(Scalar::Int)).fits(&Ty::list(Ty::Never)));
        assert!(list(T).fits(&Ty::Scalar(Scalar::IntRange)));
        assert!(!list(T).fits(&Ty::Union([Ty::list(INT), INT].into())));
        assert!(list(Pattern::Optional(Box::new(Pattern::Exact(Scalar::Int)))).fits(&Ty::list(INT.optional())));
    }

    #[test]
    fn what_is_learnt() {
        assert_eq!(bound(&list(T), &Ty::list(INT)), Some(INT));
        assert_eq!(bound(&list(T), &Ty::Collection(Arc::new(INT))), Some(INT));
        assert_eq!(bound(&list(T), &Ty::Scalar(Scalar::IntRange)), Some(INT));
        assert_eq!(bound(&list(Pattern::Optional(Box::new(T))), &Ty::list(INT.optional())), Some(INT));
        assert_eq!(bound(&list(T), &INT), None);
        let mixed = Ty::Union([Ty::list(INT), Ty::list(Ty::Scalar(Scalar::String))].into());
        assert_eq!(bound(&list(T), &mixed), Some(Ty::union([INT, Ty::Scalar(Scalar::String)])));
    }

    #[test]
    fn a_record_is_a_map_of_all_its_fields() {
        let fields = vec![(Symbol::new("a"), false, INT), (Symbol::new("b"), true, Ty::Scalar(Scalar::Cpu).optional())];
        let record = Ty::Record(Arc::new(RecordTy { fields, ..RecordTy::default() }));
        let pattern = Pattern::Map(Box::new(Pattern::Exact(Scalar::String)), Box::new(T));
        assert!(pattern.fits(&record));
        assert_eq!(bound(&pattern, &record), Some(Ty::union([INT, Ty::Scalar(Scalar::Cpu)])));
    }

    #[test]
    fn what_is_filled() {
        let mut bindings = Bindings::default();
        let function = Pattern::Function(vec![T], Box::new(Pattern::Variable(20)));
        T.bind(&INT, &mut bindings);
        let expected = Ty::Function(Arc::new(FunctionTy { params: vec![INT], result: Ty::Never }));
        assert_eq!(function.fill(&bindings), expected);
        let found = Ty::Function(Arc::new(FunctionTy { params: vec![INT], result: Ty::Scalar(Scalar::Cidr) }));
        function.bind(&found, &mut bindings);
        assert_eq!(list(Pattern::Variable(20)).fill(&bindings), Ty::list(Ty::Scalar(Scalar::Cidr)));
    }

    #[test]
    fn of_an_open_hole_nothing_is_expected() {
        assert_eq!(list(T).fill(&Bindings::default()), Ty::Never);
        let mut bindings = Bindings::default();
        T.bind(&Ty::Never, &mut bindings);
        assert_eq!(list(T).fill(&bindings), Ty::list(Ty::Never));
    }

    #[test]
    fn an_empty_list_becomes_what_is_put_into_it() {
        let mut bindings = Bindings::default();
        let function = Pattern::Function(vec![T], Box::new(T));
        T.bind(&Ty::list(Ty::Never), &mut bindings);
        let Ty::Function(expected) = function.fill(&bindings) else { panic!("no function") };
        assert_eq!(expected.result, Ty::Never);
        let found = FunctionTy { params: vec![Ty::list(Ty::Never)], result: Ty::list(INT) };
        function.bind(&Ty::Function(Arc::new(found)), &mut bindings);
        assert_eq!(T.fill(&bindings), Ty::list(INT));
    }

    #[test]
    fn what_fills_a_hole_first_decides() {
        let (int, word) = (INT, Ty::Scalar(Scalar::String));
        let mut bindings = Bindings::default();
        list(T).bind(&Ty::list(int.clone()), &mut bindings);
        T.bind(&word, &mut bindings);
        assert_eq!(bindings.get(19), Some(&int));
        let mut bindings = Bindings::default();
        list(T).bind(&Ty::list(Ty::Never), &mut bindings);
        T.bind(&word, &mut bindings);
        assert_eq!(bindings.get(19), Some(&word));
    }
}
