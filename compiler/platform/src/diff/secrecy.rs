//! What is never shown: values of secrets, and what looks like one wherever it stands.

use super::value::Value;
use super::{Thing, fields::Field};
use crate::model::Long;
use crate::rules::looks::{Looks, in_secret, names_secret};

/// What stands for a value that is not shown.
const HIDDEN: &str = "(secret)";

/// A field of an object, old and new, as it may be shown.
pub fn shown(thing: &Thing, field: &Field<'_>) -> (Option<String>, Option<String>) {
    let hide = is_secret(thing, &field.way);
    let one = |value: &Value| if hide { HIDDEN.to_owned() } else { told(&name(&field.way), value) };
    (field.old.map(one), field.new.map(one))
}

/// Whether everything at a way is secret.
fn is_secret(thing: &Thing, way: &[Long]) -> bool {
    let first = way.first().map(|step| &**step);
    match (&*thing.group, &*thing.kind) {
        ("", "Secret") => matches!(first, Some("data" | "stringData")),
        ("bitnami.com", "SealedSecret") => way.iter().any(|step| matches!(&**step, "encryptedData" | "data")),
        _ => false,
    }
}

/// Under which name a value stands: that of the element for `env[NAME].value`, else the last key.
fn name(way: &[Long]) -> String {
    let plain = |step: &Long| step.trim_matches(['[', ']']).to_owned();
    match way {
        [.., element, last] if &**last == "value" && element.starts_with('[') => plain(element),
        [.., last] => plain(last),
        [] => String::new(),
    }
}

/// A value as it may be shown: parts of maps are not, as nobody looked at them one by one.
fn told(name: &str, value: &Value) -> String {
    let secret = |text: &str| is_hidden(name, text);
    match value {
        Value::Map(entries) => format!("{{{}}}", entries.keys().map(|key| &**key).collect::<Vec<_>>().join(", ")),
        Value::List(items) if items.iter().any(|item| matches!(item, Value::Map(_) | Value::List(_))) => {
            format!("[{} elements]", items.len())
        }
        Value::List(items) if items.iter().filter_map(Value::text).any(secret) => HIDDEN.to_owned(),
        Value::Text(text) if secret(text) => HIDDEN.to_owned(),
        value => value.shown(),
    }
}

/// Whether a text may be a secret by its name, is one by itself, or has one in a line of it. What is hidden in vain costs less
/// than what is shown by mistake.
fn is_hidden(name: &str, text: &str) -> bool {
    let named = |line: &str| {
        let option = line.trim_start_matches(['-', ' ']);
        let key = option.split(['=', ':', ' ']).next().unwrap_or_default();
        speaks_of_secret(key.trim_matches(['"', '\'']))
    };
    let with_password = |word: &str| {
        let authority = word.split_once("://").and_then(|(_, rest)| rest.split(['/', '?']).next());
        authority.is_some_and(|authority| authority.contains('@'))
    };
    speaks_of_secret(name)
        || matches!(in_secret("", text), Some(Looks::Known(_)))
        || text.lines().any(named)
        || text.split_whitespace().any(with_password)
}

/// A field of what is no object, as it may be shown.
pub fn plain(field: &Field<'_>) -> (Option<String>, Option<String>) {
    let one = |value: &Value| told(&name(&field.way), value);
    (field.old.map(one), field.new.map(one))
}

/// Whether a name speaks of a secret anywhere, and not only at its end.
fn speaks_of_secret(name: &str) -> bool {
    const WORDS: [&str; 9] =
        ["password", "passwd", "passphrase", "secret", "token", "credential", "apikey", "privatekey", "accesskey"];
    const PLAIN: [&str; 4] = ["secretName", "tokenSecretRef", "automountServiceAccountToken", "secretRef"];
    let plain: String = name.chars().filter(char::is_ascii_alphanumeric).collect::<String>().to_ascii_lowercase();
    !PLAIN.contains(&name) && (names_secret(name) || WORDS.iter().any(|word| plain.contains(word)))
}
