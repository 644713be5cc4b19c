//! What image references accept, refuse and answer.

use super::*;
use crate::testing::{accepts, fails, refuses};

const DIGEST: &str = "sha256:0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcdef";

fn check(text: &str, registry: &str, repository: &str, tag: Option<&str>, digest: Option<&str>) {
    accepts(Image::parse, text, text);
    let image = Image::parse(text);
    let parts = image.as_ref().map(|image| (image.registry(), image.repository(), image.tag(), image.digest()));
    assert_eq!(parts, Ok((registry, repository, tag, digest)));
}

#[test]
fn parts() {
    check("postgres", "docker.io", "library/postgres", None, None);
    check("docker.io/postgres:17", "docker.io", "library/postgres", Some("17"), None);
    check("grafana/grafana:12.0", "docker.io", "grafana/grafana", Some("12.0"), None);
    check("ghcr.io/example/team/shop:1.4.2", "ghcr.io", "example/team/shop", Some("1.4.2"), None);
    check("index.docker.io/shop", "docker.io", "library/shop", None, None);
    check("localhost/shop", "localhost", "shop", None, None);
    check("registry:5000/shop:V1_a", "registry:5000", "shop", Some("V1_a"), None);
    check("[fd00::1]:5000/shop", "[fd00::1]:5000", "shop", None, None);
    check("[fd00::1]/shop", "[fd00::1]", "shop", None, None);
    check(&format!("quay.io/a/b__c-d--e.f@{DIGEST}"), "quay.io", "a/b__c-d--e.f", None, Some(DIGEST));
    check(&format!("quay.io/a/b:1@{DIGEST}"), "quay.io", "a/b", Some("1"), Some(DIGEST));
}

#[test]
fn refused_text() {
    refuses(Image::parse, "", "has no name", None);
    refuses(Image::parse, "ghcr.io/", "has no name", None);
    refuses(Image::parse, "ghcr.io/Example/Shop:V1", "`Example/Shop` in the image", Some("ghcr.io/example/shop:V1"));
    refuses(Image::parse, "https://ghcr.io/example/shop:1", "is no registry", Some("ghcr.io/example/shop:1"));
    refuses(Image::parse, "ghcr.io/example//shop", "`` in the image", None);
    refuses(Image::parse, "ghcr.io/a..b", "`a..b` in the image", None);
    refuses(Image::parse, "ghcr.io/a___b", "`a___b` in the image", None);
    refuses(Image::parse, "ghcr.io/-a", "`-a` in the image", None);
    refuses(Image::parse, "-ghcr.io/a", "`-ghcr.io` in the image", None);
    refuses(Image::parse, "ghcr.io:http/a", "is no registry", None);
    refuses(Image::parse, "shop:", "is no tag", None);
    refuses(Image::parse, "shop:-1", "is no tag", None);
    refuses(Image::parse, "shop:1 ", "is no tag", None);
    refuses(Image::parse, &format!("shop:{}", "1".repeat(129)), "longer than 128", None);
    refuses(Image::parse, "shop@sha256:abc", "it has 3 digits, `sha256` has 64", None);
    refuses(Image::parse, &format!("shop@{}", DIGEST.to_uppercase().replace("SHA", "sha")), "is no digest", None);
    refuses(Image::parse, "shop@", "is no digest", None);
    refuses(Image::parse, "shop@md5:0123456789abcdef0123456789abcdef", "its algorithm is not", None);
    refuses(Image::parse, &"a".repeat(64), "is the identifier of an image", None);
    refuses(Image::parse, &"a".repeat(256), "longer than 255", None);
}

#[test]
fn changes() {
    let image = |text: &str| Image::parse(text);
    assert_eq!(image(&format!("a/b:1@{DIGEST}")).and_then(|image| image.with_tag("2")), image("a/b:2"));
    assert_eq!(image("r:5000/b").and_then(|image| image.with_tag("2")), image("r:5000/b:2"));
    assert_eq!(image("a/b:1").and_then(|image| image.with_digest(DIGEST)), image(&format!("a/b:1@{DIGEST}")));
    fails(image("a/b").and_then(|image| image.with_tag("a b")), "is no tag", None);
}

#[test]
fn floating() {
    assert_eq!(Image::parse("shop:latest").map(|image| image.is_floating()), Ok(true));
    assert_eq!(Image::parse("shop:1").map(|image| image.is_floating()), Ok(false));
    assert_eq!(
        Image::parse(&format!("shop@{DIGEST}")).map(|image| (image.is_floating(), image.is_pinned())),
        Ok((false, true))
    );
}
