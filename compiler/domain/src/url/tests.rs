//! What urls accept, refuse and answer.

use super::*;
use crate::testing::{accepts, refuses};

#[test]
fn canonical_text() {
    for text in [
        "https://example.net",
        "https://example.net/",
        "oci://ghcr.io/example/charts",
        "ssh://git@github.com:22/example/anton.git",
        "http://[fd00::1]:8080/a?b=c&d#e",
        "http://192.168.1.1:80",
        "file:///etc/hosts",
        "postgres://user:word@db/shop?sslmode=require",
        "https://example.net/a%20b/(c)?q=[1]",
        "https://example.net?#",
        "https://example.net/a@b@c",
    ] {
        accepts(Url::parse, text, text);
    }
    accepts(Url::parse, "HTTPS://Example.NET/Path", "https://example.net/Path");
}

#[test]
fn parts() {
    let url = Url::parse("ssh://git:word@[fd00::1]:2222/a/b?c#d");
    let parts =
        url.as_ref().map(|url| (url.scheme(), url.user(), url.password(), url.path(), url.query(), url.fragment()));
    assert_eq!(parts, Ok(("ssh", Some("git"), Some("word"), "/a/b", Some("c"), Some("d"))));
    assert_eq!(
        url.as_ref().map(|url| (url.host(), url.port().map(Port::number))),
        Ok((Some("fd00::1".to_owned()), Some(2222)))
    );
    let usual = |text| Url::parse(text).map(|url| url.port_or_default().map(Port::number));
    assert_eq!(usual("https://example.net"), Ok(Some(443)));
    assert_eq!(usual("https://example.net:8443"), Ok(Some(8443)));
    assert_eq!(usual("file:///etc"), Ok(None));
}

#[test]
fn refused_text() {
    refuses(Url::parse, "example.net/a", "is no url", Some("https://example.net/a"));
    refuses(
        Url::parse,
        "git@github.com:example/anton.git",
        "is no url",
        Some("ssh://git@github.com/example/anton.git"),
    );
    refuses(Url::parse, "nothing", "is no url", None);
    refuses(Url::parse, "", "is no url", None);
    refuses(Url::parse, "mailto:a@example.net", "is no url", None);
    refuses(Url::parse, "1a://example.net", "`1a` in `1a://example.net` is no scheme", None);
    refuses(Url::parse, "https://", "has no host", None);
    refuses(Url::parse, "file://me@/etc", "has no host", None);
    refuses(Url::parse, "https://a b.net", "can not stand in a url", None);
    refuses(Url::parse, "https://b\u{fc}cher.example", "can not stand in a url", None);
    refuses(Url::parse, "https://example.net/%2", "`%`", None);
    refuses(Url::parse, "https://example.net:0/", "has no valid port", None);
    refuses(Url::parse, "https://example.net:/", "has no valid port", None);
    refuses(Url::parse, "https://[fd00::1/", "without a `]`", None);
    refuses(Url::parse, "https://[fd00::1]8080/", "has no valid port", None);
    refuses(Url::parse, "https://[10.0.0.1]/", "is no IPv6 address", None);
    refuses(Url::parse, "https://fd00::1/", "needs brackets", Some("https://[fd00::1]/"));
    refuses(Url::parse, "https://a@b@example.net/", "more than one `@`", None);
    refuses(Url::parse, "https://a_b.net/", "is no host name", None);
    refuses(Url::parse, "https://*.example.net/", "is no host name", None);
}
