//! The free functions, which have no receiver. There are few on purpose: what belongs to a value is its method.

use crate::methods::arguments::argument;
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "yaml(value: Any) -> String",
        "A value as a YAML document, with a newline at its end.",
        "yaml({ replicas: 3 }).lines()",
        "- 'replicas: 3'",
        |host, _, args, _| made(host.data_text(argument(args, 0)?, true)?),
    ),
    entry(
        "json(value: Any) -> String",
        "A value as JSON on one line.",
        "json({ replicas: [1, 2] }).size()",
        "18",
        |host, _, args, _| made(host.data_text(argument(args, 0)?, false)?),
    ),
];
