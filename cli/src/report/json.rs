//! Findings for scripts: one JSON object a line. The names of the fields are stable.
//!
//! ```json
//! {"code": "type/mismatch", "level": "error", "message": "..", "file": "main.pl", "line": 1, "column": 5,
//!  "end_line": 1, "end_column": 9, "start": 4, "end": 8, "label": null, "labels": [{"message": "..", "file": ".."}],
//!  "help": null, "notes": [], "fix": {"title": "..", "edits": [{"file": "..", "text": ".."}]}}
//! ```
//!
//! Labels and edits carry the same fields of place as the finding. Lines and columns count from one, columns in
//! characters; `start` and `end` are bytes.

use std::io::{self, Write};

use diagnostics::{Diagnostic, Fix, Span};
use serde_json::{Map, Value, json};

use super::files::Files;

/// Writes a line for each finding.
pub fn write(files: &Files<'_>, findings: &[&Diagnostic], out: &mut dyn Write) -> io::Result<()> {
    for finding in findings {
        writeln!(out, "{}", object(files, finding))?;
    }
    Ok(())
}

fn object(files: &Files<'_>, finding: &Diagnostic) -> Value {
    let labels: Vec<Value> = finding.others.iter().map(|(span, text)| placed(files, *span, "message", text)).collect();
    let mut object = place(files, finding.at);
    object.extend(fields(json!({
        "code": finding.rule.code,
        "level": finding.level.word(),
        "message": finding.message,
        "label": finding.label,
        "labels": labels,
        "help": finding.help,
        "notes": finding.notes,
        "fix": finding.fix.as_ref().map(|fix| fix_object(files, fix)),
    })));
    Value::Object(object)
}

fn fix_object(files: &Files<'_>, fix: &Fix) -> Value {
    let edits: Vec<Value> = fix.edits.iter().map(|(span, text)| placed(files, *span, "text", text)).collect();
    json!({ "title": fix.title, "edits": edits })
}

fn placed(files: &Files<'_>, span: Span, name: &str, text: &str) -> Value {
    let mut object = place(files, span);
    object.insert(name.to_owned(), text.into());
    Value::Object(object)
}

fn place(files: &Files<'_>, span: Span) -> Map<String, Value> {
    let extent = files.extent(span);
    fields(json!({
        "file": files.path(span.file),
        "line": extent.start.line,
        "column": extent.start.column,
        "end_line": extent.end.line,
        "end_column": extent.end.column,
        "start": span.start,
        "end": span.end,
    }))
}

fn fields(object: Value) -> Map<String, Value> {
    match object {
        Value::Object(fields) => fields,
        _ => Map::new(),
    }
}
