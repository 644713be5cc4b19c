//! Methods of urls.

use domain::Url;

use crate::methods::Problem;
use crate::methods::arguments::{text, text_at, text_or_null};
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Url.scheme() -> String",
        "What stands before `://`, in lower case.",
        r#"Url("https://example.net/shop").scheme()"#,
        "https",
        |_, receiver, _, _| made(url(receiver)?.scheme()),
    ),
    entry(
        "Url.host() -> String?",
        "The host name or address, an IPv6 address without its brackets; null in a `file` url without one.",
        r#"Url("https://example.net:8443/shop").host()"#,
        "example.net",
        |_, receiver, _, _| Ok(text_or_null(url(receiver)?.host().as_deref())),
    ),
    entry(
        "Url.port() -> Port?",
        "The port, if one is written.",
        r#"Url("https://example.net:8443/shop").port()"#,
        "8443",
        |_, receiver, _, _| Ok(url(receiver)?.port().map_or(Value::Null, |port| Value::Int(port.number().into()))),
    ),
    entry(
        "Url.port-or-default() -> Port?",
        "The port that is written, or else the usual one of `http`, `https`, `ws`, `wss`, `ssh`, `git` and `oci`.",
        r#"Url("https://example.net").port-or-default()"#,
        "443",
        |_, receiver, _, _| {
            Ok(url(receiver)?.port_or_default().map_or(Value::Null, |port| Value::Int(port.number().into())))
        },
    ),
    entry(
        "Url.user() -> String?",
        "The user before `@`, if one is written.",
        r#"Url("ssh://git@example.net/shop").user()"#,
        "git",
        |_, receiver, _, _| Ok(text_or_null(url(receiver)?.user())),
    ),
    entry(
        "Url.path() -> String",
        "The path from its first slash; empty if there is none.",
        r#"Url("https://example.net/shop?page=2").path()"#,
        "/shop",
        |_, receiver, _, _| made(url(receiver)?.path()),
    ),
    entry(
        "Url.query() -> String?",
        "What stands after `?`, if that is written.",
        r#"Url("https://example.net/shop?page=2").query()"#,
        "page=2",
        |_, receiver, _, _| Ok(text_or_null(url(receiver)?.query())),
    ),
    entry(
        "Url.fragment() -> String?",
        "What stands after `#`, if that is written.",
        r##"Url("https://example.net/shop#top").fragment()"##,
        "top",
        |_, receiver, _, _| Ok(text_or_null(url(receiver)?.fragment())),
    ),
    entry(
        "Url.with-path(path: String) -> Url",
        "With another path, and without query and fragment. A slash is put before a path that has none.",
        r#"Url("https://example.net/shop?page=2").with-path("healthz")"#,
        "https://example.net/healthz",
        |_, receiver, args, _| made(with_path(&url(receiver)?, text_at(args, 0)?)?.to_string()),
    ),
];

fn url(value: &Value) -> Result<Url, Problem> {
    Url::parse(text(value)?)
}

fn with_path(url: &Url, path: &str) -> Result<Url, Problem> {
    if let Some(end) = path.chars().find(|character| matches!(character, '?' | '#')) {
        return Err(Problem::new(format!("`{end}` in `{path}` would end the path")));
    }
    let text = url.to_string();
    let (scheme, rest) = text.split_once("://").unwrap_or((url.scheme(), ""));
    let authority = rest.split(['/', '?', '#']).next().unwrap_or_default();
    let slash = if path.is_empty() || path.starts_with('/') { "" } else { "/" };
    Url::parse(&format!("{scheme}://{authority}{slash}{path}"))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::{call_on, check_on, int, text};
    use crate::ty::Scalar;

    #[test]
    fn parts() {
        check_on(Scalar::Url, "http://[fd00::1]:80/a", "host", [], text("fd00::1"));
        check_on(Scalar::Url, "file:///etc/a", "host", [], Value::Null);
        check_on(Scalar::Url, "https://example.net", "path", [], text(""));
        check_on(Scalar::Url, "oci://example.net", "port", [], Value::Null);
        check_on(Scalar::Url, "oci://example.net:5000", "port-or-default", [], int(5000));
        check_on(Scalar::Url, "file:///etc/a", "with-path", [text("b")], text("file:///b"));
        check_on(Scalar::Url, "ssh://git@a.net:22?x#y", "with-path", [text("/b")], text("ssh://git@a.net:22/b"));
        check_on(Scalar::Url, "https://a.net/b", "with-path", [text("")], text("https://a.net"));
    }

    #[test]
    fn paths_that_are_none() {
        let with = |path| call_on(&Scalar::Url.into(), text("https://a.net"), "with-path", &[text(path)], &[]);
        assert!(with("a?b").is_err());
        assert!(with("a b").is_err());
    }
}
