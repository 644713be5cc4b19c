//! Finds items and bodies in source text by brackets, strings, comments and line ends alone.

use std::ops::Range;

/// One declaration or statement with the comments and attributes before it.
pub struct Item<'a> {
    /// Its text, without separators around it.
    pub text: &'a str,
    /// Whether it has a `=>` outside of brackets, as the arm of a `match` has.
    pub is_arm: bool,
}

impl Item<'_> {
    /// Whether it declares a schema.
    pub fn is_schema(&self) -> bool {
        let code = self.text.lines().map(str::trim_start);
        code.into_iter().any(|line| line.starts_with("schema "))
    }
}

/// Keywords that go on with the expression of the line before, unless they name a field.
const CONTINUING: [&str; 9] = ["and", "or", "then", "else", "with", "is", "in", "where", "not in"];

/// Splits the text of a body at commas and line ends outside of brackets.
pub fn items(text: &str) -> Vec<Item<'_>> {
    let mut items = Vec::new();
    let mut start = 0;
    let mut is_arm = false;
    let mut has_content = false;
    let mut position = 0;
    while let Some(first) = text[position..].chars().next() {
        let end = atom_end(text, position);
        match first {
            ',' if !is_loop_head(&text[start..position]) => {
                push(&mut items, &text[start..position], is_arm);
                (start, is_arm, has_content) = (end, false, false);
            }
            '\n' if has_content && ends_here(&text[start..position], &text[end..]) => {
                push(&mut items, &text[start..position], is_arm);
                (start, is_arm, has_content) = (end, false, false);
            }
            '=' if text[position..].starts_with("=>") => {
                is_arm = true;
                position += 2;
                continue;
            }
            _ => {
                let is_comment = text[position..].starts_with("//");
                has_content |= !(first.is_whitespace() || is_comment);
            }
        }
        position = end;
    }
    push(&mut items, &text[start..], is_arm);
    items
}

fn push<'a>(items: &mut Vec<Item<'a>>, text: &'a str, is_arm: bool) {
    let text = text.trim_matches(['\n', '\r']);
    if !text.trim().is_empty() {
        items.push(Item { text: text.trim_end(), is_arm });
    }
}

/// The comma of `for key, value in ..` separates nothing.
fn is_loop_head(item: &str) -> bool {
    let code = item.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("//"));
    code.is_some_and(|code| code.starts_with("for ") && !code.contains(" in "))
}

/// Whether the item ends at this line end: neither it nor the next line asks to go on.
fn ends_here(item: &str, rest: &str) -> bool {
    let is_code = |line: &&str| !without_comment(line).trim().is_empty();
    let last_line = item.lines().rfind(is_code).unwrap_or_default();
    let code = without_comment(last_line).trim_end();
    let goes_on = [
        " +", " -", " *", " /", " %", "=", ":", "??", "|", " and", " or", " not", "->", " then", " else", " in", " is",
    ];
    if goes_on.iter().any(|ending| code.ends_with(ending)) || is_only_attributes(item) {
        return false;
    }
    !continues(rest)
}

/// The next line with something on it that begins with a word that only goes on.
fn continues(rest: &str) -> bool {
    let next = rest.lines().map(str::trim_start).find(|line| !line.is_empty() && !line.starts_with("//"));
    let Some(next) = next else { return false };
    let by_sign = ["?.", "??", "==", "!=", "<", ">", "+", "*", "%", "|"].iter().any(|sign| next.starts_with(sign));
    let by_dots = next.starts_with('.') && !next.starts_with("...");
    let by_word = CONTINUING.iter().any(|word| {
        next.strip_prefix(word).is_some_and(|after| after.starts_with([' ', '{', '\n']) || after.is_empty())
    });
    by_sign || by_dots || by_word
}

/// Attributes on lines of their own belong to what follows.
fn is_only_attributes(item: &str) -> bool {
    let mut rest = item.trim_start();
    let mut any = false;
    loop {
        if rest.starts_with("//") {
            rest = rest[atom_end(rest, 0)..].trim_start();
        } else if let Some(named) = rest.strip_prefix('@') {
            let is_name = |c: char| c.is_alphanumeric() || c == '-' || c == '_';
            rest = named.trim_start_matches(is_name);
            if rest.starts_with('(') {
                rest = &rest[atom_end(rest, 0)..];
            }
            rest = rest.trim_start();
            any = true;
        } else {
            return any && rest.is_empty();
        }
    }
}

fn without_comment(line: &str) -> &str {
    let mut position = 0;
    while position < line.len() {
        if line[position..].starts_with("//") {
            return &line[..position];
        }
        position = atom_end(line, position);
    }
    line
}

/// The inner ranges of the outermost `{ .. }` of a text, wherever they stand.
pub fn bodies(text: &str) -> Vec<Range<usize>> {
    let mut bodies = Vec::new();
    let mut position = 0;
    while let Some(first) = text[position..].chars().next() {
        match first {
            '{' => {
                let end = atom_end(text, position);
                if text[..end].ends_with('}') {
                    bodies.push(position + 1..end - 1);
                }
                position = end;
            }
            '(' | '[' => position += 1,
            _ => position = atom_end(text, position),
        }
    }
    bodies
}

/// Where the comment, string, bracket pair or character that begins at `position` ends.
fn atom_end(text: &str, position: usize) -> usize {
    let rest = &text[position..];
    if rest.starts_with("//") {
        return position + rest.find('\n').unwrap_or(rest.len());
    }
    if let Some(end) = string_end(text, position) {
        return end;
    }
    match rest.chars().next() {
        Some('{' | '(' | '[') => bracket_end(text, position + 1),
        Some(other) => position + other.len_utf8(),
        None => position,
    }
}

/// Behind the bracket that closes the one before `position`.
fn bracket_end(text: &str, mut position: usize) -> usize {
    let mut depth = 1_usize;
    while let Some(first) = text[position..].chars().next() {
        match first {
            '{' | '(' | '[' => {
                depth += 1;
                position += 1;
            }
            '}' | ')' | ']' => {
                depth -= 1;
                position += 1;
                if depth == 0 {
                    return position;
                }
            }
            _ => position = atom_end(text, position),
        }
    }
    text.len()
}

/// Behind the string that begins at `position`, if one does.
fn string_end(text: &str, position: usize) -> Option<usize> {
    let rest = &text[position..];
    let before = text[..position].chars().next_back();
    let begins_word = !before.is_some_and(|c| c.is_alphanumeric() || c == '_' || c == '-');
    let raw = begins_word && rest.starts_with("r\"");
    let quotes = position + usize::from(raw);
    if !text[quotes..].starts_with('"') {
        return None;
    }
    let closing = if text[quotes..].starts_with("\"\"\"") { "\"\"\"" } else { "\"" };
    let mut position = quotes + closing.len();
    while position < text.len() {
        let rest = &text[position..];
        if rest.starts_with(closing) {
            return Some(position + closing.len());
        }
        if rest.starts_with('\n') && closing.len() == 1 {
            return Some(position);
        }
        position += match (raw, rest.strip_prefix('\\').and_then(|escaped| escaped.chars().next())) {
            (false, Some('(')) => bracket_end(text, position + 2) - position,
            (false, Some(escaped)) => 1 + escaped.len_utf8(),
            _ => rest.chars().next().map_or(1, char::len_utf8),
        };
    }
    Some(text.len())
}
