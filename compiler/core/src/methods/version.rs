//! Methods of versions. Comparing versions is the business of operators: `version >= "1.33"`.

use domain::Version;

use crate::methods::Problem;
use crate::methods::arguments::{text, text_at, text_or_null, whole};
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Version.major() -> Int",
        "The first number.",
        r#"Version("1.33.5+k3s1").major()"#,
        "1",
        |_, receiver, _, _| number(version(receiver)?.major()),
    ),
    entry(
        "Version.minor() -> Int",
        "The second number; 0 if there is none.",
        r#"Version("1.33.5+k3s1").minor()"#,
        "33",
        |_, receiver, _, _| number(version(receiver)?.minor()),
    ),
    entry(
        "Version.patch() -> Int",
        "The third number; 0 if there is none.",
        r#"Version("1.33.5+k3s1").patch()"#,
        "5",
        |_, receiver, _, _| number(version(receiver)?.patch()),
    ),
    entry(
        "Version.pre() -> String?",
        "What stands after `-`, if that is written.",
        r#"Version("2.0.0-rc.1").pre()"#,
        "rc.1",
        |_, receiver, _, _| Ok(text_or_null(version(receiver)?.pre())),
    ),
    entry(
        "Version.build() -> String?",
        "What stands after `+`, if that is written.",
        r#"Version("1.33.5+k3s1").build()"#,
        "k3s1",
        |_, receiver, _, _| Ok(text_or_null(version(receiver)?.build())),
    ),
    entry(
        "Version.is-pre-release() -> Bool",
        "Whether it comes before a release.",
        r#"Version("2.0.0-rc.1").is-pre-release()"#,
        "true",
        |_, receiver, _, _| Ok(Value::Bool(version(receiver)?.pre().is_some())),
    ),
    entry(
        "Version.core() -> Version",
        "Only the numbers that are written.",
        r#"Version("v1.33.5+k3s1").core()"#,
        "'1.33.5'",
        |_, receiver, _, _| made(version(receiver)?.core().as_str()),
    ),
    entry(
        "Version.next-major() -> Version",
        "The first version of the next major number.",
        r#"Version("1.33.5").next-major()"#,
        "'2.0.0'",
        |_, receiver, _, _| {
            let version = version(receiver)?;
            made(format!("{}.0.0", after(version.major())?))
        },
    ),
    entry(
        "Version.next-minor() -> Version",
        "The first version of the next minor number.",
        r#"Version("1.33.5").next-minor()"#,
        "'1.34.0'",
        |_, receiver, _, _| {
            let version = version(receiver)?;
            made(format!("{}.{}.0", version.major(), after(version.minor())?))
        },
    ),
    entry(
        "Version.next-patch() -> Version",
        "The version with the next patch number.",
        r#"Version("1.33.5").next-patch()"#,
        "'1.33.6'",
        |_, receiver, _, _| {
            let version = version(receiver)?;
            made(format!("{}.{}.{}", version.major(), version.minor(), after(version.patch())?))
        },
    ),
    entry(
        "Version.satisfies(constraint: String) -> Bool",
        "Whether a constraint allows it: `>=1.2 <2`, `^1.2`, `~1.2`, `1.2.x`; a blank or comma is \"and\", `||` is \"or\".",
        r#"Version("1.33.5").satisfies(">=1.32 <1.34")"#,
        "true",
        |_, receiver, args, _| version(receiver)?.satisfies(text_at(args, 0)?).map(Value::Bool),
    ),
];

/// A text as a version.
pub(super) fn version(value: &Value) -> Result<Version, Problem> {
    Version::parse(text(value)?)
}

fn number(number: u64) -> Result<Value, Problem> {
    whole(number, || format!("`{number}`"))
}

fn after(number: u64) -> Result<u64, Problem> {
    number.checked_add(1).ok_or_else(|| Problem::new(format!("there is no number after `{number}`")))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::{call_on, check_on, int, text};
    use crate::ty::Scalar;

    #[test]
    fn what_is_not_written() {
        check_on(Scalar::Version, "17", "minor", [], int(0));
        check_on(Scalar::Version, "17", "pre", [], Value::Null);
        check_on(Scalar::Version, "17", "core", [], text("17"));
        check_on(Scalar::Version, "v1.2-rc.1", "next-minor", [], text("1.3.0"));
    }

    #[test]
    fn what_goes_wrong() {
        let call =
            |version: &str, name, args: &[Value]| call_on(&Scalar::Version.into(), text(version), name, args, &[]);
        assert!(call("18446744073709551615", "next-major", &[]).is_err());
        assert!(call("18446744073709551615", "major", &[]).is_err());
        assert!(call("1.2", "satisfies", &[text("newest")]).is_err());
    }
}
