//! Methods of images.

use domain::Image;

use crate::methods::Problem;
use crate::methods::arguments::{text, text_at, text_or_null};
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Image.registry() -> String",
        "The registry with its port; `docker.io` if none is written.",
        r#"Image("postgres:17.6").registry()"#,
        "docker.io",
        |_, receiver, _, _| made(image(receiver)?.registry()),
    ),
    entry(
        "Image.repository() -> String",
        "The path in the registry.",
        r#"Image("postgres:17.6").repository()"#,
        "library/postgres",
        |_, receiver, _, _| made(image(receiver)?.repository()),
    ),
    entry(
        "Image.name() -> String",
        "Registry and repository.",
        r#"Image("postgres:17.6").name()"#,
        "docker.io/library/postgres",
        |_, receiver, _, _| made(image(receiver)?.name().to_owned()),
    ),
    entry(
        "Image.tag() -> String?",
        "The tag, if one is written.",
        r#"Image("ghcr.io/example/shop:1.4.2").tag()"#,
        "'1.4.2'",
        |_, receiver, _, _| Ok(text_or_null(image(receiver)?.tag())),
    ),
    entry(
        "Image.digest() -> String?",
        "The digest with its algorithm, if one is written.",
        r#"Image("ghcr.io/example/shop:1.4.2").digest()"#,
        "null",
        |_, receiver, _, _| Ok(text_or_null(image(receiver)?.digest())),
    ),
    entry(
        "Image.is-pinned() -> Bool",
        "Whether it means the same bytes for ever: it has a digest.",
        r#"Image("postgres:17.6").is-pinned()"#,
        "false",
        |_, receiver, _, _| Ok(Value::Bool(image(receiver)?.is_pinned())),
    ),
    entry(
        "Image.is-floating() -> Bool",
        "Whether it means whatever is newest: it has neither a digest nor a tag other than `latest`.",
        r#"Image("postgres").is-floating()"#,
        "true",
        |_, receiver, _, _| Ok(Value::Bool(image(receiver)?.is_floating())),
    ),
    entry(
        "Image.with-tag(tag: String) -> Image",
        "With another tag, and without a digest.",
        r#"Image("ghcr.io/example/shop:1.4.2").with-tag("1.5.0")"#,
        "ghcr.io/example/shop:1.5.0",
        |_, receiver, args, _| made(image(receiver)?.with_tag(text_at(args, 0)?)?.as_str()),
    ),
    entry(
        "Image.with-digest(digest: String) -> Image",
        "With a digest, and the tag that is written.",
        r#"Image("shop:1").with-digest("sha256:\("ab".repeat(32))").is-pinned()"#,
        "true",
        |_, receiver, args, _| made(image(receiver)?.with_digest(text_at(args, 0)?)?.as_str()),
    ),
];

fn image(value: &Value) -> Result<Image, Problem> {
    Image::parse(text(value)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::{call_on, check_on, text};
    use crate::ty::Scalar;

    #[test]
    fn parts() {
        check_on(Scalar::Image, "localhost:5000/shop", "registry", [], text("localhost:5000"));
        check_on(Scalar::Image, "localhost:5000/shop", "tag", [], Value::Null);
        check_on(Scalar::Image, "shop:latest", "is-floating", [], Value::Bool(true));
        check_on(Scalar::Image, "localhost:5000/shop:1", "with-tag", [text("2")], text("localhost:5000/shop:2"));
        assert!(call_on(&Scalar::Image.into(), text("shop"), "with-tag", &[text("not a tag")], &[]).is_err());
    }
}
