//! Methods of paths. They look at the text alone: no disk is touched, no link followed.

use domain::Path;

use crate::methods::Problem;
use crate::methods::arguments::{text, text_at, text_or_null};
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Path.is-absolute() -> Bool",
        "Whether it begins at the topmost directory.",
        r#"Path("/etc/hosts").is-absolute()"#,
        "true",
        |_, receiver, _, _| Ok(Value::Bool(path(receiver)?.is_absolute())),
    ),
    entry(
        "Path.name() -> String?",
        "The last name; null if it ends in none, as `/` and `..` do.",
        r#"Path("/etc/conf.d/a.conf").name()"#,
        "a.conf",
        |_, receiver, _, _| Ok(text_or_null(path(receiver)?.name())),
    ),
    entry(
        "Path.extension() -> String?",
        "What stands after the last dot of the name; null if there is no dot but at its start.",
        r#"Path("/srv/a.tar.gz").extension()"#,
        "gz",
        |_, receiver, _, _| Ok(text_or_null(path(receiver)?.extension())),
    ),
    entry(
        "Path.parent() -> Path?",
        "Without its last name; null if it ends in none.",
        r#"Path("/etc/conf.d/a.conf").parent()"#,
        "/etc/conf.d",
        |_, receiver, _, _| Ok(text_or_null(path(receiver)?.parent().as_ref().map(Path::as_str))),
    ),
    entry(
        "Path.join(other: Path) -> Path",
        "Another path seen from this one: an absolute one is itself.",
        r#"Path("/etc").join("conf.d/a.conf")"#,
        "/etc/conf.d/a.conf",
        |_, receiver, args, _| made(path(receiver)?.join(&Path::parse(text_at(args, 0)?)?).as_str()),
    ),
    entry(
        "Path.normalized() -> Path",
        "Without `.`, without needless slashes, and with `..` taken off the name before it.",
        r#"Path("/etc//conf.d/../a.conf").normalized()"#,
        "/etc/a.conf",
        |_, receiver, _, _| made(path(receiver)?.normalized().as_str()),
    ),
    entry(
        "Path.is-under(directory: Path) -> Bool",
        "Whether it is a directory or lies below it.",
        r#"Path("/var/lib/rancher").is-under("/var/lib")"#,
        "true",
        |_, receiver, args, _| Ok(Value::Bool(path(receiver)?.is_under(&Path::parse(text_at(args, 0)?)?))),
    ),
];

fn path(value: &Value) -> Result<Path, Problem> {
    Path::parse(text(value)?)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::{check_on, text};
    use crate::ty::Scalar;

    #[test]
    fn ends() {
        check_on(Scalar::Path, "/", "name", [], Value::Null);
        check_on(Scalar::Path, "/", "parent", [], Value::Null);
        check_on(Scalar::Path, "a", "parent", [], text("."));
        check_on(Scalar::Path, "/etc", "join", [text("/srv")], text("/srv"));
        check_on(Scalar::Path, ".profile", "extension", [], Value::Null);
        check_on(Scalar::Path, "/var/library", "is-under", [text("/var/lib")], Value::Bool(false));
    }
}
