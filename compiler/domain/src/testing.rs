//! The two checks that the unit tests of every type are written with.

use std::fmt::{Debug, Display};

use crate::Problem;

/// The text is accepted, prints as `printed`, and what is printed is read as an equal value.
#[track_caller]
pub fn accepts<T: Display + Debug + PartialEq>(parse: fn(&str) -> Result<T, Problem>, text: &str, printed: &str) {
    let value = parse(text);
    assert_eq!(value.as_ref().map(ToString::to_string), Ok(printed.to_owned()), "reading `{text}`");
    assert_eq!(parse(printed), value, "reading `{printed}`, the canonical form of `{text}`");
}

/// The text is refused with a message that contains `reason`, and with this fix.
#[track_caller]
pub fn refuses<T: Debug>(parse: fn(&str) -> Result<T, Problem>, text: &str, reason: &str, fix: Option<&str>) {
    fails(parse(text), reason, fix);
}

/// The result is a problem whose message contains `reason`, with this fix.
#[track_caller]
pub fn fails<T: Debug>(result: Result<T, Problem>, reason: &str, fix: Option<&str>) {
    match result {
        Ok(value) => assert_eq!(format!("{value:?}"), format!("a problem that says: {reason}")),
        Err(problem) => {
            assert!(problem.message.contains(reason), "expected `{reason}` in: {}", problem.message);
            assert_eq!(problem.fix.as_deref(), fix, "the fix of: {}", problem.message);
        }
    }
}
