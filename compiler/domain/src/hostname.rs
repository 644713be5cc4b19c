//! The name of a machine or site: labels separated by dots. Knows its letters; resolves nothing.

use std::fmt;

use crate::name::{check_label, repaired_label};
use crate::{Ip, Problem};

/// The most characters of a host name.
const LONGEST: usize = 253;

/// A host name as RFC 1123 defines it and Kubernetes asks for it: labels of 1 to 63 lower case letters, digits and
/// hyphens, separated by dots, 253 characters at most.
///
/// The first label may be `*`, which stands for exactly one label, if another follows. The last of several labels is not a
/// number: only an address ends so. Host names order as texts.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord, Debug)]
pub struct Hostname(String);

impl Hostname {
    /// Reads a host name.
    pub fn parse(text: &str) -> Result<Self, Problem> {
        check(text)
            .map(|()| Self(text.to_owned()))
            .map_err(|reason| Problem::new(reason).with_help(RULE).with_fix_if(repaired(text)))
    }

    /// The host name's text.
    pub fn as_str(&self) -> &str {
        &self.0
    }

    /// The labels, from the host to the top.
    pub fn labels(&self) -> impl Iterator<Item = &str> {
        self.0.split('.')
    }

    /// The name without its first label: `example.net` for `shop.example.net`; none for a single label.
    #[must_use]
    pub fn parent(&self) -> Option<Self> {
        self.0.split_once('.').map(|(_, parent)| Self(parent.to_owned()))
    }

    /// Whether the first label is `*`.
    pub fn is_wildcard(&self) -> bool {
        self.0.starts_with("*.")
    }

    /// Whether the name is this one or one below it: `a.shop.example.net` is under `example.net`. Of a wildcard the `*`
    /// counts as a label.
    pub fn is_under(&self, domain: &Self) -> bool {
        self.0.strip_suffix(&domain.0).is_some_and(|host| host.is_empty() || host.ends_with('.'))
    }

    /// Whether whoever serves this name also serves the other: they are equal, or this one is a wildcard whose `*` stands
    /// for the other's first label.
    pub fn covers(&self, other: &Self) -> bool {
        self == other || (self.is_wildcard() && !other.is_wildcard() && self.parent() == other.parent())
    }
}

impl fmt::Display for Hostname {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

const RULE: &str = "a host name is written like `shop.example.net`: lower case letters, digits, hyphens and dots";

fn check(text: &str) -> Result<(), String> {
    if text.is_empty() {
        return Err("a host name can not be empty".to_owned());
    }
    if Ip::parse(text).is_ok() {
        return Err(format!("`{text}` is an address, not a host name"));
    }
    if text.ends_with('.') {
        return Err(format!("`{text}` ends with a dot"));
    }
    if text.len() > LONGEST {
        let length = text.len();
        return Err(format!("`{text}` has {length} characters, a host name has at most {LONGEST}"));
    }
    if text == "*" {
        return Err("`*` stands for one part of a host name and needs a domain after it".to_owned());
    }
    let labels = text.strip_prefix("*.").unwrap_or(text);
    if labels.contains('*') {
        return Err(format!("`*` in `{text}` can only be the whole first part"));
    }
    check_labels(text, labels)
}

fn check_labels(text: &str, labels: &str) -> Result<(), String> {
    if labels.split('.').any(str::is_empty) {
        return Err(format!("`{text}` has an empty part between its dots"));
    }
    labels
        .split('.')
        .try_for_each(check_label)
        .map_err(|reason| if text.contains('.') { format!("{reason}, in `{text}`") } else { reason })?;
    match text.rsplit_once('.') {
        Some((_, top)) if top.bytes().all(|byte| byte.is_ascii_digit()) => {
            Err(format!("`{text}` ends in a number, which only an address does"))
        }
        _ => Ok(()),
    }
}

fn repaired(text: &str) -> Option<String> {
    let without_scheme = text.split_once("://").map_or(text, |(_, rest)| rest);
    let host = without_scheme.split(['/', ':']).next().unwrap_or(without_scheme);
    let (wildcard, labels) = host.strip_prefix("*.").map_or(("", host), |labels| ("*.", labels));
    let labels: Option<Vec<String>> = labels.trim_end_matches('.').split('.').map(repaired_label).collect();
    labels.map(|labels| format!("{wildcard}{}", labels.join("."))).filter(|meant| check(meant).is_ok())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::testing::{accepts, refuses};

    #[test]
    fn text() {
        for text in ["shop.example.net", "localhost", "*.example.net", "1.example", "xn--bcher-kva.example"] {
            accepts(Hostname::parse, text, text);
        }
        refuses(Hostname::parse, "", "can not be empty", None);
        refuses(
            Hostname::parse,
            "Shop.Example.net",
            "upper case letter `S`, in `Shop.Example.net`",
            Some("shop.example.net"),
        );
        refuses(Hostname::parse, "shop_web.example.net", "the character `_`", Some("shop-web.example.net"));
        refuses(Hostname::parse, "example.net.", "ends with a dot", Some("example.net"));
        refuses(Hostname::parse, "shop..net", "an empty part", None);
        refuses(Hostname::parse, "https://shop.example.net/cart", "can not have", Some("shop.example.net"));
        refuses(Hostname::parse, "shop.example.net:8080", "can not have", Some("shop.example.net"));
        refuses(Hostname::parse, "192.168.1.1", "is an address", None);
        refuses(Hostname::parse, "192.168.1.999", "ends in a number", None);
        refuses(Hostname::parse, "*.1", "ends in a number", None);
        refuses(Hostname::parse, ".", "ends with a dot", None);
        refuses(Hostname::parse, "*", "needs a domain", None);
        refuses(Hostname::parse, "a.*.net", "only be the whole first part", None);
        refuses(Hostname::parse, "a*.net", "only be the whole first part", Some("a.net"));
        refuses(Hostname::parse, &format!("{}.net", "a".repeat(64)), "has 64 characters", None);
        refuses(Hostname::parse, &["abcdefg"; 32].join("."), "has 255 characters", None);
    }

    fn check_pair(one: &str, other: &str, ask: fn(&Hostname, &Hostname) -> bool, answer: bool) {
        let found = Hostname::parse(one).and_then(|one| Ok(ask(&one, &Hostname::parse(other)?)));
        assert_eq!(found, Ok(answer), "asking `{one}` and `{other}`");
    }

    #[test]
    fn relations() {
        check_pair("a.shop.example.net", "example.net", Hostname::is_under, true);
        check_pair("example.net", "example.net", Hostname::is_under, true);
        check_pair("badexample.net", "example.net", Hostname::is_under, false);
        check_pair("*.example.net", "shop.example.net", Hostname::covers, true);
        check_pair("*.example.net", "a.shop.example.net", Hostname::covers, false);
        check_pair("*.example.net", "example.net", Hostname::covers, false);
        check_pair("shop.example.net", "*.example.net", Hostname::covers, false);
    }
}
