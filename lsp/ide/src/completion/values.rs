//! Values that a type names or that are free: enumerations, `true`, instances, addresses and ports that nobody has.

use compiler::check::{Context, home_in, types};
use compiler::keys::{Db, decl_name};
use compiler::schema::schema;
use compiler::ty::{Literal, Scalar, Ty};

use super::{Completion, CompletionKind, Rank, There, Wish};
use crate::value;

/// The values that are due where a type is.
pub fn due(wish: &Wish<'_>, there: &There<'_>, context: &Context, due: Option<&Ty>) -> Vec<Completion> {
    let db = wish.session.db();
    let mut found = free(wish, there, context);
    if let Some(due) = due {
        of_type(db, due, &mut found, 0);
    }
    found
}

fn of_type(db: &dyn Db, ty: &Ty, found: &mut Vec<Completion>, depth: u32) {
    if depth > 8 {
        return;
    }
    match types::expand(db, ty) {
        Ty::Literal(Literal::Text(text)) => found.push(value(format!("{:?}", text.as_str()))),
        Ty::Literal(Literal::Int(number)) => found.push(value(number.to_string())),
        Ty::Literal(Literal::Bool(truth)) => found.push(value(truth.to_string())),
        Ty::Scalar(Scalar::Bool) => found.extend(["true", "false"].map(value)),
        Ty::Null => found.push(Completion { rank: Rank::Fitting, ..value("null") }),
        Ty::Schema(decl) => {
            let name = decl_name(db, decl);
            let item = Completion::plain(format!("{name} {{ }}"), CompletionKind::Schema, Rank::Due);
            found.push(item.snippet(format!("{name} {{ $0 }}")));
        }
        Ty::Record(_) | Ty::Map(..) => {
            found.push(Completion::plain("{ }", CompletionKind::Value, Rank::Due).snippet("{ $0 }"));
        }
        Ty::List(_) | Ty::Keyed(..) => {
            found.push(Completion::plain("[ ]", CompletionKind::Value, Rank::Due).snippet("[$0]"));
        }
        Ty::Union(members) => members.iter().for_each(|member| of_type(db, member, found, depth + 1)),
        Ty::Refined(refined) => of_type(db, &refined.base, found, depth + 1),
        _ => {}
    }
}

fn value(text: impl Into<String>) -> Completion {
    Completion::plain(text, CompletionKind::EnumValue, Rank::Due)
}

/// `auto`, and the value that would be chosen for it.
fn free(wish: &Wish<'_>, there: &There<'_>, context: &Context) -> Vec<Completion> {
    let db = wish.session.db();
    let held = || {
        let home = home_in(db, context)?;
        let nodes = there.supposed.nodes_at(there.decl, there.offset);
        nodes.iter().find_map(|(node, _)| value::held_in(db, home, there.code, *node))
    };
    let Some(held) = held().filter(|held| held.entry.is_none() && held.within.is_empty()) else {
        return Vec::new();
    };
    let object = compiler::eval::placed(db, held.home).as_ref();
    let field = object.and_then(|object| schema(db, object.schema).fields.get(held.slot as usize));
    let Some(field) = field.filter(|field| field.auto.is_some()) else {
        return Vec::new();
    };
    let mut found = Vec::new();
    let free = wish.session.free(held.home, field.name);
    if let Some(free) = free {
        let item = Completion::plain(free.to_string(), CompletionKind::Value, Rank::Due);
        found.push(item.detail("free"));
    }
    let told = free.map_or(String::new(), |free| format!("would be {free}"));
    found.push(Completion::plain("auto", CompletionKind::Keyword, Rank::Due).detail(told));
    found
}

/// The texts that a type names.
pub fn texts(db: &dyn Db, due: &Ty) -> Vec<Completion> {
    let mut found = Vec::new();
    of_type(db, due, &mut found, 0);
    found.retain_mut(|item| {
        let text = item.label.strip_prefix('"').and_then(|label| label.strip_suffix('"')).map(str::to_string);
        text.map(|text| *item = value(text)).is_some()
    });
    found
}
