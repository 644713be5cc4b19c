//! What durations accept, refuse and answer.

use super::*;
use crate::testing::{accepts, fails, refuses};

#[test]
fn canonical_text() {
    accepts(Duration::parse, "1h30m", "1h30m");
    accepts(Duration::parse, "90s", "1m30s");
    accepts(Duration::parse, "1.5h", "1h30m");
    accepts(Duration::parse, "1.5s", "1s500ms");
    accepts(Duration::parse, "14d", "336h");
    accepts(Duration::parse, "1w", "168h");
    accepts(Duration::parse, "0s", "0s");
    accepts(Duration::parse, "1500ns", "1us500ns");
    accepts(Duration::parse, "-90m", "-1h30m");
    accepts(Duration::parse, "9223372036854775807ns", "2562047h47m16s854ms775us807ns");
    accepts(Duration::parse, "-9223372036854775808ns", "-2562047h47m16s854ms775us808ns");
}

#[test]
fn refused_text() {
    refuses(Duration::parse, "30", "`30` has no unit", Some("30s"));
    refuses(Duration::parse, "1h30", "`1h30` has no unit", Some("1h30s"));
    refuses(Duration::parse, "30m1h", "a smaller unit before a larger", Some("1h30m"));
    refuses(Duration::parse, "1m1m", "a unit twice", None);
    refuses(Duration::parse, "5min", "is no duration", Some("5m"));
    refuses(Duration::parse, "2days12h", "is no duration", Some("2d12h"));
    refuses(Duration::parse, "-5Min", "is no duration", Some("-5m"));
    refuses(Duration::parse, "5\u{b5}s", "is no duration", Some("5us"));
    refuses(Duration::parse, "5S", "is no duration", Some("5s"));
    refuses(Duration::parse, "1y", "no fixed length", None);
    refuses(Duration::parse, "0.5ns", "finer than a nanosecond", None);
    refuses(Duration::parse, "300_000d", "too long", None);
    refuses(Duration::parse, "99999999999999999999999999h", "too long", None);
    refuses(Duration::parse, "5Mi", "is an amount of bytes", None);
    refuses(Duration::parse, "soon", "is no duration", None);
    refuses(Duration::parse, "", "is no duration", None);
}

#[test]
fn other_texts() {
    let days = |text| Duration::parse(text).map(Duration::to_text_days);
    assert_eq!(days("14d"), Ok("14d".to_owned()));
    assert_eq!(days("36h"), Ok("1d12h".to_owned()));
    assert_eq!(Duration::parse("90s").map(Duration::in_words), Ok("1 minute 30 seconds".to_owned()));
}

#[test]
fn arithmetic() {
    let seconds = |count| Duration { nanoseconds: count * SECOND };
    assert_eq!(seconds(90).plus(seconds(30)), Ok(seconds(120)));
    assert_eq!(seconds(30).minus(seconds(90)), Ok(seconds(-60)));
    assert_eq!(seconds(30).times(4), Ok(seconds(120)));
    assert_eq!(seconds(90).divided_by(3), Ok(seconds(30)));
    assert_eq!(seconds(90).ratio(seconds(60)), Ok(1.5));
    assert_eq!(seconds(90).scaled(0.5), Ok(seconds(45)));
    assert_eq!(seconds(90).whole_seconds(), Ok(90));
    fails(Duration { nanoseconds: 1 }.whole_seconds(), "`1ns` is no whole number of seconds", None);
    fails(seconds(1).times(i128::MAX), "too long", None);
    fails(Duration { nanoseconds: i64::MAX }.plus(seconds(1)), "too long", None);
    fails(seconds(1).divided_by(0), "divide by a number above zero", None);
    fails(seconds(1).ratio(seconds(0)), "divides by zero", None);
}
