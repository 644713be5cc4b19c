//! The types of a module, as its text says them in the canonical style: a declaration begins at the margin, a field two blanks
//! behind it.

use std::collections::{BTreeMap, BTreeSet};

use super::yaml::Node;

/// The fields of records and schemas, each with the text of its type.
pub struct Types {
    fields: BTreeMap<String, Vec<(String, String)>>,
    documents: Vec<String>,
}

impl Types {
    /// What a module declares.
    pub fn of(text: &str) -> Self {
        let (mut fields, mut documents): (BTreeMap<String, Vec<(String, String)>>, _) = (BTreeMap::new(), Vec::new());
        let mut open: Option<String> = None;
        for line in text.lines() {
            let head = line.strip_prefix("type ").or_else(|| line.strip_prefix("schema "));
            match (head, &open) {
                (Some(head), _) => {
                    let name = head.split([' ', '=']).next().unwrap_or_default().to_owned();
                    if head.contains(" is Document ") {
                        documents.push(name.clone());
                    }
                    open = head.ends_with('{').then(|| name.clone());
                    if head.ends_with('{') || head.ends_with("{}") {
                        fields.insert(name, Vec::new());
                    }
                }
                (None, Some(name)) if line.starts_with("  ") && !line.starts_with("   ") => {
                    let field = field(line.trim());
                    fields.entry(name.clone()).or_default().extend(field);
                }
                (None, _) if line == "}" => open = None,
                _ => {}
            }
        }
        Self { fields, documents }
    }

    /// The schemas that are documents.
    pub fn documents(&self) -> impl Iterator<Item = &str> {
        self.documents.iter().map(String::as_str)
    }

    /// The fields of a declaration, each with the text of its type.
    pub fn fields_of(&self, name: &str) -> Vec<(&str, &str)> {
        let fields = self.fields.get(name).into_iter().flatten();
        fields.map(|(name, of)| (name.as_str(), of.as_str())).collect()
    }

    /// All fields of declarations and of what they are made of, as `Type.field`.
    pub fn fields_from<'a>(&self, roots: impl Iterator<Item = &'a str>) -> BTreeSet<String> {
        let mut open: Vec<&str> =
            roots.filter_map(|root| self.fields.get_key_value(root)).map(|(name, _)| name.as_str()).collect();
        let (mut seen, mut all) = (BTreeSet::new(), BTreeSet::new());
        while let Some(name) = open.pop() {
            if !seen.insert(name) {
                continue;
            }
            for (field, of) in self.fields_of(name) {
                all.insert(format!("{name}.{field}"));
                let words = of.split(|letter: char| !letter.is_alphanumeric());
                open.extend(words.filter_map(|word| Some(self.fields.get_key_value(word)?.0.as_str())));
            }
        }
        all
    }

    /// Holds what was written to a type: what it shows goes into `shown`, what does not fit into `wrong`.
    pub fn hold(&self, of: &str, node: &Node, path: &str, shown: &mut BTreeSet<String>, wrong: &mut Vec<String>) {
        if let (Some(fields), Node::Map(entries)) = (self.fields.get(of), node) {
            for (key, value) in entries.iter().filter(|(key, _)| !["apiVersion", "kind"].contains(&key.as_str())) {
                let path = format!("{path}.{key}");
                match fields.iter().find(|(name, _)| name == key) {
                    Some((name, inner)) => {
                        shown.insert(format!("{of}.{name}"));
                        self.hold(inner, value, &path, shown, wrong);
                    }
                    None => wrong.push(format!("{path}: there is no such field")),
                }
            }
            return;
        }
        let inner = |before: &str, after: &str| of.strip_prefix(before)?.strip_suffix(after);
        match (inner("[", "]"), inner("{String: ", "}"), node) {
            (Some(of), _, Node::List(items)) => items.iter().for_each(|item| self.hold(of, item, path, shown, wrong)),
            (_, Some(of), Node::Map(entries)) => {
                entries.iter().for_each(|(key, value)| self.hold(of, value, &format!("{path}.{key}"), shown, wrong));
            }
            (None, None, Node::Scalar(text)) if fits(of, text) => {}
            _ if of == "Any" => {}
            _ => wrong.push(format!("{path}: `{node:?}` is no {of}")),
        }
    }
}

/// A field with the text of its type; nothing where a line says anything else.
fn field(line: &str) -> Option<(String, String)> {
    let (name, of) = line.strip_prefix("@main ").unwrap_or(line).split_once(": ")?;
    let name = name.trim_end_matches('?').trim_matches('"');
    let is_name = name.chars().all(|letter| letter.is_alphanumeric() || letter == '-' || letter == '_');
    let of = of.split(" = ").next()?.split(" where ").next()?;
    (is_name && !of.is_empty()).then(|| (name.to_owned(), of.to_owned()))
}

/// What the type of a key is to who reads it.
pub fn shape(of: &str) -> &str {
    match of {
        "Bool" => "bool",
        "Int" | "Port" => "int",
        "Duration" => "duration",
        _ if of.starts_with('[') => "list",
        _ => "text",
    }
}

/// Whether YAML means a value of a type by a word.
fn fits(of: &str, word: &str) -> bool {
    let is_number = !word.is_empty() && word.bytes().all(|byte| byte.is_ascii_digit());
    let is_bool = ["true", "false"].contains(&word);
    match shape(of) {
        "bool" => is_bool,
        "int" => is_number,
        _ if of.split(" | ").any(|option| option == "Int") => !is_bool,
        _ => !is_bool && !is_number,
    }
}
