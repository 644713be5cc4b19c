//! `auto`: where it may stand.

use std::sync::Arc;

use diagnostics::{Diagnostic, rules};

use super::{Checker, Meaning, Typed};
use crate::hir::Node;
use crate::ir::{Ir, IrKind};
use crate::schema::schema;
use crate::symbol::Symbol;
use crate::ty::Ty;

/// The word. It is none of those that are reserved: who calls something so, means that.
const AUTO: &str = "auto";

impl Checker<'_> {
    /// Whether a name is the literal, and not something that is called so.
    pub(super) fn is_auto(&mut self, name: Symbol, node: Node) -> bool {
        name.as_str() == AUTO && !self.is_name(name, node)
    }

    /// The value that is chosen for a field of this type.
    pub(super) fn auto(&mut self, due: &Ty, node: Node) -> Typed {
        let chosen = self.typed(node, IrKind::Auto, due.without_null());
        self.hear_meaning(node, || Meaning::Auto(chosen.ty.clone()));
        // What is chosen knows nothing of refinements: evaluation looks at it.
        let at = chosen.ir.at;
        let kind = IrKind::Coerce(chosen.ir.into(), Arc::new(chosen.ty.clone()));
        Typed { ir: Ir { at, kind }, ..chosen }
    }

    /// `auto` where nothing can be chosen.
    pub(super) fn misplaced_auto(&mut self, name: Symbol, node: Node) -> Option<Typed> {
        if name.as_str() != AUTO {
            return None;
        }
        let message = "`auto` stands where nothing can be chosen";
        let help = match self.open_fields() {
            fields if fields.is_empty() => {
                "it is the whole value of a field that says where its values come from: the `address` of a host or a \
                 load balancer, the `number` of a node port, the networks of pods and services"
                    .to_owned()
            }
            fields => format!("of the fields here it can be the value of {}", fields.join(", ")),
        };
        self.report(Diagnostic::new(&rules::AUTO_PLACE, self.at(node), message).help(help));
        Some(self.error(node))
    }

    /// The fields of the instance that is being written for which something can be chosen.
    fn open_fields(&self) -> Vec<String> {
        let Some(Ty::Schema(this)) = &self.context.this else {
            return Vec::new();
        };
        let fields = schema(self.db, *this).fields.iter().filter(|field| field.auto.is_some());
        fields.map(|field| format!("`{}`", field.name)).collect()
    }
}
