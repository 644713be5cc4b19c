//! Where secrets stand in a text that somebody may be shown: what is written under the name of one, what a `Secret` holds, what
//! is one by its form.
//!
//! Looks at the text alone, however wrong it is and whatever the platform says, so that it can be asked wherever a source is
//! shown. Names that speak of a secret without being one (`secretName`) are let through, as the rules do.

use std::ops::Range;

use data::{Datum, DatumKind, Format, Limits};
use platform::rules::{hides, is_kept_in_secret, lines};
use syntax::{Node, SyntaxKind};

/// The bytes of a text that are not to be shown.
pub fn secrets(path: &str, text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    match Format::of_path(path) {
        Some(format) => of_data(format, text, &mut found),
        None if path.ends_with(".pl") => of_source(text, &mut found),
        // It may be a source that somebody hands over.
        None => {
            of_source(text, &mut found);
            of_lines(text, 0, &mut found);
        }
    }
    found
}

// -- Sources ---

fn of_source(text: &str, found: &mut Vec<Range<usize>>) {
    let parse = syntax::parse(text);
    for node in parse.tree.nodes() {
        match node.kind() {
            SyntaxKind::String => of_string(node, found),
            SyntaxKind::Literal if is_secret_number(node) => found.push(range(node)),
            _ => {}
        }
    }
}

/// A number that somebody signs in with is written without quotes.
fn is_secret_number(node: Node<'_>) -> bool {
    let digits = node.text();
    let is_long = digits.len() > 3 && digits.bytes().all(|byte| byte.is_ascii_digit());
    is_long && name_of(node).is_some_and(|name| hides(&name, digits))
}

fn of_string(node: Node<'_>, found: &mut Vec<Range<usize>>) {
    let inner = inside(node);
    let Some(value) = node.text().get(inner.clone()) else { return };
    let start = range(node).start;
    let name = name_of(node).unwrap_or_default();
    let said = value.replace("\\\"", "\"");
    let by_place = hides(&name, &said) || is_data_of_secret(node) && is_kept_in_secret(&said);
    if by_place && !is_only_a_key(node) || after_option(node, &said) {
        found.push(start + inner.start..start + inner.end);
    } else {
        // A line end that is written out ends a line too; with the same length, places stay what they are.
        of_lines(&value.replace("\\n", " \n"), start + inner.start, found);
    }
}

/// What stands between the quotes of a string.
fn inside(node: Node<'_>) -> Range<usize> {
    let text = node.text();
    let opened = text.find('"').map_or(0, |quote| quote + text.get(quote..).map_or(0, quotes));
    let closed = text.len().saturating_sub(if text.len() > opened { quotes_at_end(text) } else { 0 });
    opened..closed.max(opened)
}

fn quotes(text: &str) -> usize {
    if text.starts_with("\"\"\"") { 3 } else { 1 }
}

fn quotes_at_end(text: &str) -> usize {
    if text.ends_with("\"\"\"") && text.len() >= 6 { 3 } else { usize::from(text.ends_with('"')) }
}

/// The name that a value stands under: the nearest around it, and for a `value` what has it.
fn name_of(node: Node<'_>) -> Option<String> {
    let mut names = node.ancestors().filter(|around| around.index() != node.index()).filter_map(own_name);
    let first = names.next()?;
    if first != "value" {
        return Some(first);
    }
    beside(node).or_else(|| names.next())
}

/// The name that a node gives to what is in it.
fn own_name(node: Node<'_>) -> Option<String> {
    use SyntaxKind::{Arg, Block, Each, Entry, EntryName, Field, KeyPath, Let, Name, Param, Write};
    if !matches!(node.kind(), Write | Block | Entry | Let | Field | Each | Param | Arg) {
        return None;
    }
    // The last one: that of an entry, where its collection stands before it.
    let named = node.children().filter(|child| matches!(child.kind(), KeyPath | EntryName | Name)).last()?;
    Some(named.text().trim().trim_matches('"').to_owned())
}

/// What `name` says beside a `value`.
fn beside(node: Node<'_>) -> Option<String> {
    let write = node.ancestors().find(|around| around.kind() == SyntaxKind::Write)?;
    let named = write.parent()?.children().find(|other| own_name(*other).is_some_and(|name| name == "name"))?;
    let text = named.children().find(|child| child.kind() == SyntaxKind::String)?;
    text.text().get(inside(text)).map(str::to_owned)
}

/// Whether a string is a key and no value: as it stands there, or of a list that a loop goes through to name things, `for k in
/// ["user", "password"] { key "\(k)" {} }`. A loop that says its variable as a value, too, may go through secrets.
fn is_only_a_key(node: Node<'_>) -> bool {
    let is_key = |kind: SyntaxKind| matches!(kind, SyntaxKind::KeyPath | SyntaxKind::EntryName);
    if node.parent().is_some_and(|parent| is_key(parent.kind())) {
        return true;
    }
    let Some(each) = node.ancestors().find(|around| matches!(around.kind(), SyntaxKind::For | SyntaxKind::ForElement))
    else {
        return false;
    };
    let Some(body) = each.children().last().filter(|body| !range(*body).contains(&range(node).start)) else {
        return false;
    };
    let mut names = each.children().filter(|child| child.kind() == SyntaxKind::Name);
    let (Some(variable), None) = (names.next(), names.next()) else { return false };
    let (inside, variable) = (range(body), variable.text().trim());
    let is_use = |other: &Node<'_>| {
        other.kind() == SyntaxKind::NameExpr && inside.contains(&range(*other).start) && other.text().trim() == variable
    };
    let is_name = |other: Node<'_>| {
        let mut around = other.ancestors().take_while(|around| range(*around).start >= inside.start);
        around.any(|around| is_key(around.kind()))
    };
    let mut uses = each.descendants().filter(is_use).peekable();
    uses.peek().is_some() && uses.all(is_name)
}

/// Whether a string comes after the option of a command that wants a secret.
fn after_option(node: Node<'_>, value: &str) -> bool {
    let Some(list) = node.parent().filter(|parent| parent.kind() == SyntaxKind::List) else { return false };
    let before = list.children().take_while(|other| other.index() != node.index()).last();
    let option = before.filter(|before| before.kind() == SyntaxKind::String);
    option.and_then(|option| option.text().get(inside(option))).is_some_and(|option| is_asked(option, value))
}

fn is_asked(option: &str, value: &str) -> bool {
    option.starts_with('-') && !value.starts_with('-') && hides(option.trim_start_matches('-'), value)
}

/// Whether a value is of the data of a `Secret`.
fn is_data_of_secret(node: Node<'_>) -> bool {
    let around = || node.ancestors().filter_map(|around| Some((around, own_name(around)?)));
    let is = |key: &str| around().any(|(_, name)| name.split('.').any(|step| step == key));
    is("stringData") || is("data") && node.ancestors().any(|around| is_secret(around))
}

/// Whether a node is a `Secret`, by its head or by what it says.
fn is_secret(node: Node<'_>) -> bool {
    let head = node.text().split('{').next().unwrap_or_default();
    let by_head = matches!(node.kind(), SyntaxKind::Block | SyntaxKind::Entry | SyntaxKind::Instance)
        && head.split(|c: char| !c.is_ascii_alphanumeric()).any(|word| word == "Secret");
    by_head
        || node.children().any(|child| {
            own_name(child).is_some_and(|name| name == "kind") && child.text().trim_end().ends_with("\"Secret\"")
        })
}

fn range(node: Node<'_>) -> Range<usize> {
    let range = node.range();
    range.start as usize..range.end as usize
}

// -- Data ---

fn of_data(format: Format, text: &str, found: &mut Vec<Range<usize>>) {
    let format = if format == Format::Yaml { Format::Manifests } else { format };
    match data::read(format, text, Limits::default()) {
        Ok(documents) => {
            documents.iter().for_each(|document| of_datum(&document.root, "", Within::Anything, text, found))
        }
        Err(_) => of_lines(text, 0, found),
    }
}

/// What a value is part of.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Within {
    Anything,
    /// Of a `Secret`.
    Secret,
    /// Of the data of one.
    Data,
}

fn of_datum(datum: &Datum, name: &str, within: Within, text: &str, found: &mut Vec<Range<usize>>) {
    let at = datum.range.start as usize..datum.range.end as usize;
    match &datum.kind {
        DatumKind::Text(value) => {
            if hides(name, value) || within == Within::Data && is_kept_in_secret(value) {
                found.push(at);
            } else if let Some(written) = text.get(at.clone()) {
                of_lines(written, at.start, found);
            }
        }
        DatumKind::Int(number) if *number > 999 && hides(name, &number.to_string()) => found.push(at),
        DatumKind::List(items) => {
            let mut before = "";
            for item in items {
                match &item.kind {
                    DatumKind::Text(value) if is_asked(before, value) => {
                        found.push(item.range.start as usize..item.range.end as usize);
                    }
                    _ => of_datum(item, name, within, text, found),
                }
                before = said(Some(item));
            }
        }
        DatumKind::Map(entries) => {
            let is_secret = said(datum.get("kind")) == "Secret";
            let within = if is_secret { Within::Secret } else { within };
            for (key, value) in entries {
                let within = match (within, &*key.text) {
                    (_, "stringData") | (Within::Secret, "data") => Within::Data,
                    _ => within,
                };
                let own = said(datum.get("name"));
                let name = if &*key.text == "value" && !own.is_empty() { own } else { &key.text };
                of_datum(value, name, within, text, found);
            }
        }
        _ => {}
    }
}

fn said(datum: Option<&Datum>) -> &str {
    match datum.map(|datum| &datum.kind) {
        Some(DatumKind::Text(text)) => text,
        _ => "",
    }
}

// -- Any other text ---

/// The lines that say `name: value` or `name = value`.
fn of_lines(text: &str, start: usize, found: &mut Vec<Range<usize>>) {
    for line in text.split_inclusive('\n') {
        let before = line.as_ptr() as usize - text.as_ptr() as usize;
        for (_, value) in lines(line).filter(|(name, value)| hides(name.trim_matches(['"', '\'']), value)) {
            let within = value.as_ptr() as usize - line.as_ptr() as usize;
            found.push(start + before + within..start + before + within + value.len());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Marks what is not to be shown by `*`.
    #[track_caller]
    fn check(path: &str, text: &str, expected: &str) {
        let mut shown = text.as_bytes().to_vec();
        for range in secrets(path, text) {
            shown[range].fill(b'*');
        }
        assert_eq!(String::from_utf8_lossy(&shown), expected);
    }

    #[test]
    fn in_a_source() {
        check("a.pl", r#"env: { ADMIN_PASSWORD: "hunter2", A: "b" }"#, r#"env: { ADMIN_PASSWORD: "*******", A: "b" }"#);
        check("a.pl", r#"let admin-password = "hunter2""#, r#"let admin-password = "*******""#);
        check("a.pl", r#"schema A { password: String = "hunter2" }"#, r#"schema A { password: String = "*******" }"#);
        check("a.pl", r#"values: { auth: { password: "hunter2" } }"#, r#"values: { auth: { password: "*******" } }"#);
        check("a.pl", r#"arguments: ["--token", "hunter2", "a"]"#, r#"arguments: ["--token", "*******", "a"]"#);
        check("a.pl", r#"env TOKEN { value: "hunter2" }"#, r#"env TOKEN { value: "*******" }"#);
        check("a.pl", r#"a: [{ name: "TOKEN", value: "hunter2" }]"#, r#"a: [{ name: "TOKEN", value: "*******" }]"#);
        check("a.pl", r#"k8s.Secret a { data: { b: "aGk=" } }"#, r#"k8s.Secret a { data: { b: "****" } }"#);
        check(
            "a.pl",
            r#"object a { kind: "Secret", data: { b: "aGk=" } }"#,
            r#"object a { kind: "Secret", data: { b: "****" } }"#,
        );
        check("a.pl", r#"x { stringData.pin: "4711" }"#, r#"x { stringData.pin: "****" }"#);
        check("a.pl", r#"a: "b=c\npassword=hunter2\n""#, r#"a: "b=c\npassword=*******\n""#);
        check("a.pl", "a: \"\"\"\n  password=hunter2\n  \"\"\"", "a: \"\"\"\n  password=*******\n  \"\"\"");
        check(
            "a.pl",
            r#"k8s.Secret a { stringData: { for k in ["user"] { "\(k)": "hunter2" } } }"#,
            r#"k8s.Secret a { stringData: { for k in ["user"] { "\(k)": "*******" } } }"#,
        );
        check(
            "a.pl",
            r#"k8s.Secret a { stringData: { for k in ["hunter2"] { "\(k)": k } } }"#,
            r#"k8s.Secret a { stringData: { for k in ["*******"] { "\(k)": k } } }"#,
        );
        check("a.pl", r#"cluster { password: "hunter2" "#, r#"cluster { password: "*******" "#);
    }

    #[test]
    fn what_is_none_stays() {
        for text in [
            r#"secretName: "web-tls""#,
            r#"existingSecret: "database""#,
            r#"config a { data: { b: "c" } }"#,
            r#"secret database { key password {} }"#,
            r#"password: namespace.secret.database.key.password"#,
            r#"env: { PASSWORD_FILE: "/run/secrets/db", PASSWORD: "${DB}" }"#,
            "max-tokens: 4096",
            r#"secret db-password { for k in ["user", "pin"] { key "\(k)" {} } }"#,
            r#"k8s.Secret a { stringData: { for k in ["user", "pin"] { "\(k)": made } } }"#,
            r#"k8s.Secret a { stringData: { "user.name": made } }"#,
        ] {
            check("a.pl", text, text);
        }
    }

    #[test]
    fn in_data() {
        let secret = "kind: Secret\ndata:\n  pin: NDcxMQ==\nstringData:\n  a: hunter2\n";
        check("a.yaml", secret, "kind: Secret\ndata:\n  pin: ********\nstringData:\n  a: *******\n");
        check("a.yaml", "auth:\n  password: hunter2\n  user: x\n", "auth:\n  password: *******\n  user: x\n");
        check("a.yaml", "env:\n- name: TOKEN\n  value: hunter2\n", "env:\n- name: TOKEN\n  value: *******\n");
        check("a.yaml", "a: [b\npassword: hunter2\n", "a: [b\npassword: *******\n");
        check("a.json", r#"{"db": {"password": "hunter2"}}"#, r#"{"db": {"password": *********}}"#);
        check("a.toml", "password = \"hunter2\"\n", "password = *********\n");
        check("a.env", "DB_PASSWORD=hunter2\nA=b\n", "DB_PASSWORD=*******\nA=b\n");
    }
}
