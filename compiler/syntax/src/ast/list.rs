//! Views of lists and of what can stand in them.

use super::{Expr, Name, after, before, between, child, children, choices, name_children, parts, views};
use crate::kind::SyntaxKind as K;

choices! {
    /// What stands in a list.
    Element {
        /// An expression.
        Expr(Expr),
        /// `...xs`
        Spread(SpreadElement),
        /// `if c => e else f`
        If(IfElement),
        /// `for x in xs => e`
        For(ForElement),
    }
}

views! {
    /// A list.
    List = List;
    /// `...xs` in a list.
    SpreadElement = SpreadElement;
    /// `if c => e` in a list.
    IfElement = IfElement;
    /// `for x in xs => e` in a list.
    ForElement = ForElement;
}

impl<'t> List<'t> {
    /// The elements, in order.
    pub fn elements(self) -> impl Iterator<Item = Element<'t>> {
        children(self.0)
    }
}

parts! {
    SpreadElement {
        /// The list.
        value: Expr = child;
    }
}

impl<'t> IfElement<'t> {
    /// The condition.
    #[must_use]
    pub fn condition(self) -> Option<Expr<'t>> {
        before(self.0, &[K::FatArrow])
    }

    /// The element for when it holds.
    #[must_use]
    pub fn then(self) -> Option<Element<'t>> {
        between(self.0, &[K::FatArrow], &[K::ElseWord])
    }

    /// The element for when it does not.
    #[must_use]
    pub fn otherwise(self) -> Option<Element<'t>> {
        after(self.0, &[K::ElseWord])
    }
}

impl<'t> ForElement<'t> {
    /// The variables: the value, or the key and the value.
    pub fn variables(self) -> impl Iterator<Item = Name<'t>> {
        name_children(self.0)
    }

    /// What is iterated.
    #[must_use]
    pub fn iterable(self) -> Option<Expr<'t>> {
        between(self.0, &[K::InWord], &[K::IfWord, K::FatArrow])
    }

    /// The condition after `if`.
    #[must_use]
    pub fn filter(self) -> Option<Expr<'t>> {
        between(self.0, &[K::IfWord], &[K::FatArrow])
    }

    /// The element for each.
    #[must_use]
    pub fn element(self) -> Option<Element<'t>> {
        after(self.0, &[K::FatArrow])
    }
}
