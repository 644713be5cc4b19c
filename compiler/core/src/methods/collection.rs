//! Methods of keyed collections that are about names. For all else a collection is the list of its elements, in the
//! natural order of their names.

use crate::methods::arguments::text_at;
use crate::methods::table::{Entry, entry};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "each T.names() -> [Name]",
        "The names of its entries, in natural order.",
        "shelf.book.names()",
        "- a-2\n- a-10",
        |host, receiver, _, at| {
            Ok(Value::list(host.entries(receiver).into_iter().map(|entry| Value::name(entry.0)), at))
        },
    ),
    entry(
        "each T.has(name: String) -> Bool",
        "Whether there is an entry of a name.",
        r#"shelf.book.has("a-3")"#,
        "false",
        |host, receiver, args, _| {
            let name = text_at(args, 0)?;
            Ok(Value::Bool(host.entries(receiver).iter().any(|entry| entry.0.as_str() == name)))
        },
    ),
];
