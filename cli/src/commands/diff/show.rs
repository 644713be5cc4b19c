//! Changes as text: for a person, for a script, for the comment of a change.

use std::collections::BTreeSet;
use std::fmt::Write;

use anstyle::{AnsiColor, Style};
use platform::diff::{Effect, Level, Shown};
use serde_json::json;

use super::Told;
use crate::arguments::Compared;
use crate::report::{Paint, Screen, visible, wrap};
use crate::session::Point;

/// How many fields of a change are shown where not all are asked for.
const FIELDS: usize = 3;

/// All changes.
pub fn text(told: &[Told], format: Compared, all: bool, screen: Screen) -> String {
    match format {
        Compared::Json => told.iter().map(|told| format!("{}\n", script(told))).collect(),
        _ if told.is_empty() => "no differences\n".to_owned(),
        Compared::Human => {
            let several = is_of_several(told);
            told.iter().map(|told| human(told, several, all, screen)).collect::<Vec<_>>().join("\n")
        }
        Compared::Markdown => markdown(told, all),
    }
}

/// `4 changes: 1 danger, 3 notes`
pub fn summary(told: &[Told]) -> String {
    let count = |level: Level| told.iter().filter(|told| told.change.level == level).count();
    let part = |level: Level| match count(level) {
        0 => None,
        1 => Some(format!("1 {}", level.word())),
        many => Some(format!("{many} {}s", level.word())),
    };
    let parts: Vec<String> = Level::ALL.into_iter().filter_map(part).collect();
    let changes = if told.len() == 1 { "change" } else { "changes" };
    format!("{} {changes}: {}", told.len(), parts.join(", "))
}

/// Whether a change must say of which cluster it is.
fn is_of_several(told: &[Told]) -> bool {
    let named = told.iter().map(|told| &told.change.cluster).filter(|cluster| !cluster.is_empty());
    named.collect::<BTreeSet<_>>().len() > 1
}

fn message(told: &Told, several: bool) -> String {
    let change = &told.change;
    let message = visible::line(&change.message);
    match several && !change.cluster.is_empty() {
        true => format!("{}: {message}", visible::line(&change.cluster)),
        false => message.into_owned(),
    }
}

fn human(told: &Told, several: bool, all: bool, screen: Screen) -> String {
    let change = &told.change;
    let style = |style: Style| if screen.paint == Paint::Colored { style } else { Style::new() };
    let (level, bold) = (style(color(change.level).on_default().bold()), style(Style::new().bold()));
    let (removed, added) = (style(AnsiColor::Red.on_default()), style(AnsiColor::Green.on_default()));
    let width = screen.width.saturating_sub(4).max(20);
    let indented = |text: &str| wrap::wrap(text, width).replace('\n', "\n    ");
    let head = format!("{}[{}]", change.level.word(), change.effect.word());
    let message = wrap::wrap(&format!("{head}: {}", message(told, several)), screen.width.max(20));
    let rest = message.strip_prefix(&head).unwrap_or(&message).to_owned();
    let mut text = format!("{level}{head}{level:#}{bold}{rest}{bold:#}\n");
    // Writing into a string does not fail.
    if !change.why.is_empty() {
        let _ = writeln!(text, "  = {}", indented(&visible::line(&change.why)));
    }
    for (mark, style, place) in [('-', removed, &told.old), ('+', added, &told.new)] {
        if let Some(place) = place {
            let _ = writeln!(text, "  {style}{mark}{style:#} {}", visible::line(&place.to_string()));
        }
    }
    let (fields, more) = fields(told, all);
    for field in fields {
        let _ = writeln!(text, "    {}", indented(&visible::line(&in_words(field))));
    }
    if more > 0 {
        let _ = writeln!(text, "    and {more} more: `--all` shows them");
    }
    text
}

fn color(level: Level) -> AnsiColor {
    match level {
        Level::Danger => AnsiColor::Red,
        Level::Disruption => AnsiColor::Yellow,
        Level::Restart => AnsiColor::Cyan,
        Level::Note => AnsiColor::Blue,
    }
}

/// The fields that are shown of a change, and how many are not. Where the message says it all, none is.
fn fields(told: &Told, all: bool) -> (&[Shown], usize) {
    let fields = &told.change.fields;
    let says_all = !matches!(told.change.effect, Effect::Changes | Effect::Restarts | Effect::Recreates);
    match (all, says_all) {
        (true, _) => (fields, 0),
        (false, true) => (&[], 0),
        (false, false) => {
            let shown = fields.get(..FIELDS.min(fields.len())).unwrap_or_default();
            (shown, fields.len() - shown.len())
        }
    }
}

/// `spec.replicas: 1 -> 2`
fn in_words(field: &Shown) -> String {
    let (path, none) = (&field.path, "nothing".to_owned());
    match (&field.old, &field.new) {
        (None, None) if path.ends_with("[order]") => format!("{}: in another order", path.trim_end_matches("[order]")),
        (None, None) => format!("{path}: changed"),
        (old, new) => {
            format!("{path}: {} -> {}", old.as_ref().unwrap_or(&none), new.as_ref().unwrap_or(&none))
        }
    }
}

fn script(told: &Told) -> serde_json::Value {
    let change = &told.change;
    let point = |point: &Option<Point>| {
        point.as_ref().map(|point| json!({ "path": point.path, "line": point.line, "column": point.column }))
    };
    let field = |field: &Shown| json!({ "path": field.path, "old": field.old, "new": field.new });
    json!({
        "level": change.level.word(),
        "effect": change.effect.word(),
        "cluster": &*change.cluster,
        "message": change.message,
        "why": change.why,
        "old": point(&told.old),
        "new": point(&told.new),
        "fields": change.fields.iter().map(field).collect::<Vec<_>>(),
    })
}

fn markdown(told: &[Told], all: bool) -> String {
    let several = is_of_several(told);
    let mut text = format!("**{}**\n", summary(told));
    for level in Level::ALL {
        let of_level: Vec<&Told> = told.iter().filter(|told| told.change.level == level).collect();
        if of_level.is_empty() {
            continue;
        }
        // What nobody notices is there for whoever opens it.
        let folded = level == Level::Note;
        let title = format!(
            "{}{}",
            level.word().get(..1).unwrap_or_default().to_uppercase(),
            level.word().get(1..).unwrap_or_default()
        );
        text.push_str(&match folded {
            true => format!("\n<details><summary>{title}: {}</summary>\n\n", of_level.len()),
            false => format!("\n### {title}\n\n"),
        });
        of_level.into_iter().for_each(|told| item(told, several, all, &mut text));
        text.push_str(if folded { "\n</details>\n" } else { "" });
    }
    text
}

fn item(told: &Told, several: bool, all: bool, text: &mut String) {
    let change = &told.change;
    let _ = write!(text, "- **{}**: {}", change.effect.word(), escaped(&message(told, several)));
    if !change.why.is_empty() {
        let _ = write!(text, "  \n  {}", escaped(&visible::line(&change.why)));
    }
    let places: Vec<String> =
        [&told.old, &told.new].into_iter().flatten().map(|place| code(&place.to_string())).collect();
    if !places.is_empty() {
        let _ = write!(text, "  \n  {}", places.join(" → "));
    }
    text.push('\n');
    let (fields, more) = fields(told, all);
    for field in fields {
        let _ = writeln!(text, "  - {}", code(&in_words(field)));
    }
    if more > 0 {
        let _ = writeln!(text, "  - and {more} more");
    }
}

/// A text as code, without the backticks that would end it.
fn code(text: &str) -> String {
    format!("`{}`", visible::line(text).replace('`', "'"))
}

/// A text in which only backticks mean something.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for (number, part) in text.split('`').enumerate() {
        let is_code = number % 2 == 1;
        out.push_str(if number > 0 { "`" } else { "" });
        for letter in part.chars() {
            match letter {
                '<' if !is_code => out.push_str("&lt;"),
                '*' | '_' | '[' | ']' | '\\' | '#' | '|' | '@' if !is_code => out.extend(['\\', letter]),
                letter => out.push(letter),
            }
        }
    }
    out
}
