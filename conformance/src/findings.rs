//! Writes an implementation's findings in the form of an `error` fence. Knows the machine-readable report, which is one JSON
//! object a line; must not know how it was asked for.

use std::fmt::Write;

use serde_json::Value;

/// Which lines below a finding's first one the case speaks of.
#[derive(Default)]
pub struct Details {
    help: bool,
    fix: bool,
    also: bool,
}

impl Details {
    /// Those that the expectation has at least once.
    pub fn of(expected: &str) -> Details {
        let speaks_of = |word: &str| expected.lines().any(|line| line.trim_start().starts_with(word));
        Details { help: speaks_of("help: "), fix: speaks_of("fix: "), also: speaks_of("also: ") }
    }
}

/// The findings of a report; or the line of it that is none.
pub fn written(report: &str, details: &Details) -> Result<String, String> {
    let mut text = String::new();
    for line in report.lines().filter(|line| !line.trim().is_empty()) {
        let finding = serde_json::from_str::<Value>(line).map_err(|_| line.to_owned())?;
        describe(&finding, details, &mut text);
    }
    Ok(text)
}

/// Whether each finding is as expected. One that is expected by code and place alone may say anything.
pub fn meet(expected: &str, observed: &str) -> bool {
    let (expected, observed) = (expected.lines(), observed.lines());
    expected.clone().count() == observed.clone().count()
        && expected.zip(observed).all(|(expected, observed)| says(expected, observed))
}

fn says(expected: &str, observed: &str) -> bool {
    let is_short = !expected.starts_with(' ') && expected.split(' ').count() == 2;
    expected == observed || (is_short && observed.strip_prefix(expected).is_some_and(|rest| rest.starts_with(' ')))
}

/// `code line:col message`, and below it what else the case speaks of.
fn describe(finding: &Value, details: &Details, text: &mut String) {
    let _ = writeln!(text, "{} {} {}", word(finding, "code"), place(finding), word(finding, "message"));
    if details.also {
        for label in list(finding, "labels") {
            let _ = writeln!(text, "  also: {} {}", place(label), word(label, "message"));
        }
    }
    if details.help && !word(finding, "help").is_empty() {
        let _ = writeln!(text, "  help: {}", word(finding, "help"));
    }
    let fix = finding.get("fix").filter(|fix| details.fix && !fix.is_null());
    if let Some(fix) = fix {
        let edits: Vec<String> = list(fix, "edits").iter().map(edit).collect();
        let _ = writeln!(text, "  fix: {} [{}]", word(fix, "title"), edits.join(", "));
    }
}

fn word<'a>(object: &'a Value, field: &str) -> &'a str {
    object.get(field).and_then(Value::as_str).unwrap_or_default()
}

fn list<'a>(object: &'a Value, field: &str) -> &'a [Value] {
    object.get(field).and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

fn number(object: &Value, field: &str) -> u64 {
    object.get(field).and_then(Value::as_u64).unwrap_or_default()
}

/// `line:col`, behind the file where that is not `main.pl`.
fn place(object: &Value) -> String {
    let file = word(object, "file");
    let place = format!("{}:{}", number(object, "line"), number(object, "column"));
    if file == "main.pl" { place } else { format!("{file}:{place}") }
}

/// The extent of an edit and the text that comes there.
fn edit(edit: &Value) -> String {
    let end = format!("{}:{}", number(edit, "end_line"), number(edit, "end_column"));
    format!("{}-{end} `{}`", place(edit), word(edit, "text"))
}

#[cfg(test)]
mod tests {
    use super::*;

    const REPORT: &str = r#"{"code":"a/b","message":"m","file":"main.pl","line":1,"column":2,"help":"h","labels":[{"message":"l","file":"c.pl","line":3,"column":4}],"fix":{"title":"t","edits":[{"text":"x","file":"main.pl","line":1,"column":2,"end_line":1,"end_column":5}]}}"#;

    fn check(expected: &str) {
        assert_eq!(written(REPORT, &Details::of(expected)).as_deref(), Ok(expected));
    }

    #[test]
    fn says_what_the_case_speaks_of() {
        check("a/b 1:2 m\n");
        check("a/b 1:2 m\n  help: h\n");
        check("a/b 1:2 m\n  also: c.pl:3:4 l\n  fix: t [1:2-1:5 `x`]\n");
    }

    #[test]
    fn a_line_that_is_no_object_is_told() {
        assert_eq!(written("panic", &Details::default()), Err("panic".to_owned()));
    }

    #[test]
    fn a_message_may_be_left_open() {
        assert!(meet("a/b 1:2\n", "a/b 1:2 m\n"));
        assert!(!meet("a/b 1:2\n", "a/b 1:23 m\n"));
        assert!(!meet("a/b 1:2 n\n", "a/b 1:2 m\n"));
        assert!(!meet("", "a/b 1:2 m\n"));
    }
}
