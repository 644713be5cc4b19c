//! Methods of host names. Names of one label are host names too.

use domain::Hostname;

use crate::methods::Problem;
use crate::methods::arguments::{text, text_at, text_or_null};
use crate::methods::table::{Entry, entry};
use crate::methods::text::pieces;
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Hostname.labels() -> [String]",
        "Its labels, from the host to the top.",
        r#"Hostname("shop.example.net").labels()"#,
        "- shop\n- example\n- net",
        |_, receiver, _, at| pieces(hostname(receiver)?.labels(), at),
    ),
    entry(
        "Hostname.parent() -> Hostname?",
        "The name without its first label; null for a single label.",
        r#"Hostname("shop.example.net").parent()"#,
        "example.net",
        |_, receiver, _, _| Ok(text_or_null(hostname(receiver)?.parent().as_ref().map(Hostname::as_str))),
    ),
    entry(
        "Hostname.is-wildcard() -> Bool",
        "Whether its first label is `*`.",
        r#"Hostname("*.example.net").is-wildcard()"#,
        "true",
        |_, receiver, _, _| Ok(Value::Bool(hostname(receiver)?.is_wildcard())),
    ),
    entry(
        "Hostname.is-under(domain: Hostname) -> Bool",
        "Whether it is a domain or lies below it.",
        r#"Hostname("shop.example.net").is-under("example.net")"#,
        "true",
        |_, receiver, args, _| Ok(Value::Bool(hostname(receiver)?.is_under(&Hostname::parse(text_at(args, 0)?)?))),
    ),
    entry(
        "Hostname.covers(other: Hostname) -> Bool",
        "Whether whoever serves this name also serves another: they are equal, or this one is a wildcard whose `*` stands \
         for the other's first label.",
        r#"Hostname("*.example.net").covers("shop.example.net")"#,
        "true",
        |_, receiver, args, _| Ok(Value::Bool(hostname(receiver)?.covers(&Hostname::parse(text_at(args, 0)?)?))),
    ),
];

fn hostname(value: &Value) -> Result<Hostname, Problem> {
    Hostname::parse(text(value)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::{check_on, text};
    use crate::ty::Scalar;

    #[test]
    fn one_label() {
        check_on(Scalar::Name, "shop", "parent", [], Value::Null);
        check_on(Scalar::Hostname, "shop.net", "parent", [], text("net"));
        check_on(Scalar::Hostname, "notexample.net", "is-under", [text("example.net")], Value::Bool(false));
        check_on(Scalar::Hostname, "*.example.net", "covers", [text("a.b.example.net")], Value::Bool(false));
    }
}
