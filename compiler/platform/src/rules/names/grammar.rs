//! `name/grammar`: names and labels that the cluster refuses.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Entity, Labels, Pods};
use crate::rules::Findings;

/// How names of a kind are written.
#[derive(Clone, Copy, PartialEq)]
enum Grammar {
    /// Letters, digits and hyphens.
    Label,
    /// The same, with a letter at the beginning.
    LetterFirst,
    /// Labels with dots between.
    Labels,
    /// Whatever can stand in an address.
    Any,
}

/// Names, labels and names of ports must be ones that the cluster takes.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for object in &cluster.objects {
        if is_plain(&object.name) && object.labels.values().all(|value| is_plain(value)) {
            continue;
        }
        let of = grammar(cluster, object);
        found.extend(problem(&object.name, of).map(|why| {
            let message = format!("`{}` can not be the name of a {}: {why}", object.name, object.kind);
            told(object, object.name_at, message, &object.name)
        }));
        found.extend(labels(object, &object.labels, ("", object.at)));
    }
    for pods in &cluster.pods {
        if let Some(object) = cluster.objects.get(pods.entity) {
            ports(object, pods, found);
            let is_odd = pods.labels != object.labels && !pods.labels.values().all(|value| is_plain(value));
            found.extend(is_odd.then(|| labels(object, &pods.labels, ("the pods of ", pods.at))).flatten());
        }
    }
}

/// Whether a text is a name by every grammar, and a value of labels: what nearly all are.
fn is_plain(text: &str) -> bool {
    let is_inner = |byte: &u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || *byte == b'-';
    match text.as_bytes() {
        bytes @ [first, .., last] if bytes.len() <= 63 => {
            first.is_ascii_lowercase() && *last != b'-' && bytes.iter().all(is_inner)
        }
        _ => false,
    }
}

fn told(object: &Entity, at: Place, message: String, name: &str) -> Diagnostic<Place> {
    let at = if object.given { at } else { object.at };
    let finding = Diagnostic::new(&rules::NAME_GRAMMAR, at, message).label("the cluster refuses this");
    match spelled(name) {
        better if better.is_empty() || better == name => finding,
        better => finding.help(format!("call it `{better}`")),
    }
}

fn grammar(cluster: &Cluster, object: &Entity) -> Grammar {
    let minor = cluster.kubernetes.as_ref().map_or(0, |version| version.value.minor());
    match (&*object.group, &*object.kind) {
        ("", "Namespace") => Grammar::Label,
        // Services may begin with a digit from 1.35 on.
        ("", "Service") if minor < 35 => Grammar::LetterFirst,
        ("", "Service") => Grammar::Label,
        ("rbac.authorization.k8s.io", _) | ("networking.k8s.io", "IPAddress") => Grammar::Any,
        _ => Grammar::Labels,
    }
}

/// Why a name does not have a form, in words that go on after a colon.
fn problem(name: &str, grammar: Grammar) -> Option<&'static str> {
    // What Flux puts in later is not known.
    if name.is_empty() || name.contains("${") {
        return None;
    }
    if grammar == Grammar::Any {
        return (name.contains(['/', '%']) || matches!(name, "." | "..")).then_some("no `/` and no `%`");
    }
    let inner = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    let dots = grammar == Grammar::Labels;
    if name.bytes().any(|byte| byte.is_ascii_uppercase()) {
        return Some("only small letters");
    }
    if !name.bytes().all(|byte| inner(byte) || dots && byte == b'.') {
        return Some(if dots {
            "only small letters, digits, hyphens and dots"
        } else {
            "only small letters, digits and hyphens"
        });
    }
    let is_edge = |part: &str| part.is_empty() || part.starts_with('-') || part.ends_with('-');
    if name.split('.').any(is_edge) {
        return Some("a letter or a digit at the beginning and at the end");
    }
    let begins = name.bytes().next().is_some_and(|byte| byte.is_ascii_lowercase());
    (grammar == Grammar::LetterFirst && !begins).then_some("a letter at the beginning")
}

/// The nearest name that the cluster takes.
fn spelled(name: &str) -> String {
    let mut spelled = String::new();
    for letter in name.chars() {
        match letter {
            'A'..='Z' => {
                let joins = spelled.chars().last().is_some_and(|last| last.is_ascii_lowercase());
                spelled.extend(joins.then_some('-'));
                spelled.push(letter.to_ascii_lowercase());
            }
            'a'..='z' | '0'..='9' | '.' => spelled.push(letter),
            _ => spelled.push('-'),
        }
    }
    spelled.trim_matches(|letter| matches!(letter, '-' | '.')).to_owned()
}

/// The values of labels: up to 63 letters, digits, hyphens, dots and underscores.
fn labels(object: &Entity, labels: &Labels, (whose, at): (&str, Place)) -> Option<Diagnostic<Place>> {
    let is_edge = |byte: Option<u8>| byte.is_none_or(|byte| byte.is_ascii_alphanumeric());
    let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
    let wrong = |value: &str| {
        let edges = is_edge(value.bytes().next()) && is_edge(value.bytes().last());
        value.len() > 63 || !edges || !value.bytes().all(inner)
    };
    let (key, value) = labels.iter().find(|(_, value)| wrong(value) && !value.contains("${"))?;
    let why = match value.len() {
        0..=63 => "only letters, digits, hyphens, dots and underscores",
        _ => "63 characters at most",
    };
    let message = format!("`{value}` can not be the value of the label `{key}` of {whose}{}: {why}", object.shown());
    let at = if object.given { at } else { object.at };
    Some(
        Diagnostic::new(&rules::NAME_GRAMMAR, at, message)
            .label("the cluster refuses this")
            .help("say it in an annotation, which takes any text"),
    )
}

/// The names of ports: up to 15 letters, digits and hyphens.
fn ports(object: &Entity, pods: &Pods, found: &mut Findings) {
    for port in pods.containers.iter().chain(&pods.before).flat_map(|container| &container.ports) {
        let name = &*port.name;
        if is_plain(name) && name.len() <= 15 && !name.contains("--") {
            continue;
        }
        let bare = !name.bytes().any(|byte| byte.is_ascii_lowercase());
        let why = match problem(name, Grammar::Label) {
            Some(why) => why,
            None if name.is_empty() || name.contains("${") => continue,
            None if name.len() > 15 => "15 characters at most",
            None if bare => "a letter at least",
            None if name.contains("--") => "no two hyphens in a row",
            None => continue,
        };
        let message = format!("`{name}` can not be the name of a port of {}: {why}", object.shown());
        let at = if object.given { port.at } else { object.at };
        found.push(Diagnostic::new(&rules::NAME_GRAMMAR, at, message).label("the cluster refuses this"));
    }
}
