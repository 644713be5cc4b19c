//! Reverses the order of everything whose order carries no meaning: the top-level declarations of a file and the
//! statements of every body. Knows brackets, strings and comments only, on purpose: it must not depend on a parser whose
//! mistakes it would then repeat.

use crate::permute::scan::{Item, bodies, items};

mod scan;

/// The same program with its declarations and statements in reverse order.
pub fn reversed(text: &str) -> String {
    let (mark, text) = match text.strip_prefix('\u{feff}') {
        Some(rest) => ("\u{feff}", rest),
        None => ("", text),
    };
    let head_length: usize = text.split_inclusive('\n').take_while(|line| line.starts_with("//!")).map(str::len).sum();
    let (head, rest) = text.split_at(head_length);
    let mut parts = reversed_items(rest);
    parts.push(String::new());
    format!("{mark}{head}{}", parts.join("\n"))
}

fn reversed_items(text: &str) -> Vec<String> {
    let items = items(text);
    let is_match = items.iter().any(|item| item.is_arm);
    let is_type = items.iter().any(|item| is_type_entry(item.text));
    let mut parts: Vec<String> = items.iter().map(turned).collect();
    // The arms of a `match` are tried in order, and a record is written in the order of its type.
    if !is_match && !is_type {
        parts.reverse();
    }
    parts
}

/// The item with every body inside it reversed. Only the members of a schema keep their order, which is that of its output.
fn turned(item: &Item<'_>) -> String {
    let body = bodies(item.text).into_iter().next().filter(|_| item.is_schema());
    let Some(body) = body else {
        return inside(item.text);
    };
    let inner = &item.text[body.clone()];
    let members: Vec<String> = items(inner).iter().map(|member| inside(member.text)).collect();
    format!("{}{}{}", &item.text[..body.start], joined(inner, &members), &item.text[body.end..])
}

/// The text with every body inside it reversed.
fn inside(text: &str) -> String {
    let mut out = String::new();
    let mut done = 0;
    for body in bodies(text) {
        out.push_str(&text[done..body.start]);
        let inner = &text[body.start..body.end];
        let joined = joined(inner, &reversed_items(inner));
        out.push_str(&joined);
        done = body.end;
    }
    out.push_str(&text[done..]);
    out
}

/// Whether it says of which type a field is: `name?: ..`, `name: Type`, `name: [Type]`, but not `name: Schema { .. }`.
fn is_type_entry(text: &str) -> bool {
    let Some((key, value)) = text.split_once(':') else {
        return false;
    };
    let key = key.trim().trim_matches('"');
    if key.trim_end_matches('?').contains(|letter: char| !letter.is_alphanumeric() && letter != '-' && letter != '_') {
        return false;
    }
    let name = value.trim_start().trim_start_matches(['[', '{']).trim_start();
    let rest = name.trim_start_matches(|letter: char| letter.is_alphanumeric()).trim_start();
    let is_made = rest.starts_with(['{', '(', '.']);
    key.ends_with('?') || name.starts_with(char::is_uppercase) && !is_made
}

/// On one line where the body was on one line.
fn joined(inner: &str, parts: &[String]) -> String {
    if inner.contains('\n') {
        return format!("\n{}\n", parts.join("\n"));
    }
    let parts: Vec<&str> = parts.iter().map(|part| part.trim()).collect();
    format!(" {} ", parts.join(", "))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::reversed;

    fn check(text: &str, expected: &str) {
        assert_eq!(reversed(text), expected);
    }

    #[test]
    fn declarations_and_fields() {
        check("let a = 1\nb { c: 1, d: 2 }\n", "b { d: 2, c: 1 }\nlet a = 1\n");
        check("b {\n  c: 1\n  d {\n    e: 1\n    f: 2\n  }\n}\n", "b {\n  d {\n    f: 2\n    e: 1\n}\n  c: 1\n}\n");
    }

    #[test]
    fn lists_arms_and_strings_keep_their_order() {
        check("let a = [1, 2]\n", "let a = [1, 2]\n");
        check("let a = match b {\n  1 => 2\n  _ => 3\n}\n", "let a = match b {\n  1 => 2\n  _ => 3\n}\n");
        check("let a = \"{ b, c }\"\n", "let a = \"{ b, c }\"\n");
        check("let a = \"\"\"\n  x\n  y\n  \"\"\"\nlet b = 1\n", "let b = 1\nlet a = \"\"\"\n  x\n  y\n  \"\"\"\n");
    }

    #[test]
    fn comments_and_attributes_stay_with_what_follows() {
        check("/// a\n@x(\"y\")\nlet a = 1\nlet b = 2 // z\n", "let b = 2 // z\n/// a\n@x(\"y\")\nlet a = 1\n");
    }

    #[test]
    fn continued_lines_stay_together() {
        check("let a = b\n  .c()\n  + 1\nlet d =\n  2\n", "let d =\n  2\nlet a = b\n  .c()\n  + 1\n");
        check(
            "a {\n  if b { c: 1 }\n  else { c: 2 }\n  else: 3\n}\n",
            "a {\n  else: 3\n  if b { c: 1 }\n  else { c: 2 }\n}\n",
        );
    }

    #[test]
    fn members_of_schemas_keep_their_order() {
        check("schema A {\n  b: Int\n  c: { d: 1, e: 2 }\n}\n", "schema A {\n  b: Int\n  c: { e: 2, d: 1 }\n}\n");
    }

    #[test]
    fn record_types_keep_their_order() {
        let text = "type A = { b: Int, c?: { d: [B], e: String } }\n";
        check(text, text);
        check("a { b: C { d: 1 }, e: 2 }\n", "a { e: 2, b: C { d: 1 } }\n");
    }

    #[test]
    fn comments_and_loops_do_not_split() {
        check("let a = 1 + // b\n  // c\n  2\nlet d = 3\n", "let d = 3\nlet a = 1 + // b\n  // c\n  2\n");
        check("a { for b, c in d { e: 1 }, f: 2 }\n", "a { f: 2, for b, c in d { e: 1 } }\n");
    }

    #[test]
    fn twice_is_once_more_the_same_program() {
        let text = "let a = 1\nb { c: 1, d: { e: \"\\(f({ g: 1 }))\", h: 2 } }\n";
        assert_eq!(reversed(&reversed(text)), text);
    }

    proptest! {
        #[test]
        fn any_text_ends(text in "[{}()\\[\\]\"/,\n a.:=>\\\\-]{0,60}") {
            reversed(&text);
        }
    }
}
