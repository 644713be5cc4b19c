//! `secret/literal`: a secret in plain text; `secret/placeholder`: what stands where one should, and is none.

use diagnostics::{Diagnostic, rules};

use super::looks::{Looks, in_secret, lines, looks};
use crate::Place;
use crate::model::{Chart, Cluster, Holder, How, Literal};
use crate::rules::Findings;

/// No secret stands in variables, arguments, config maps, secrets or values of charts: whoever reads the source has it.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    containers(cluster, found);
    // What objects deliver is among what they hold.
    for chart in cluster.charts.iter().filter(|chart| chart.how == How::Block) {
        for (way, value) in chart.values.iter().flat_map(|(way, values)| values.iter().map(move |value| (way, value))) {
            if let Some(looks) = looks(way, value).filter(|_| !is_key_of_secret(chart, way)) {
                report(looks, value.at, &format!("`{way}` of {}", chart.by), found);
            }
        }
    }
    for literal in &cluster.literals {
        let Some(by) = cluster.objects.get(literal.by) else {
            continue;
        };
        if let Some((key, looks)) = of(literal) {
            report(looks, literal.value.at, &format!("`{key}` of {}", by.shown()), found);
        }
    }
}

/// Beside the name of a secret, `secretKey` is the name of a key.
fn is_key_of_secret(chart: &Chart, way: &str) -> bool {
    way.strip_suffix("secretKey").is_some_and(|around| chart.values.contains_key(&*format!("{around}secretName")))
}

/// What a text of an object is: a whole file is looked into line by line.
fn of(literal: &Literal) -> Option<(String, Looks)> {
    let (key, value) = (&*literal.key, &**literal.value);
    let value = if literal.holder == Holder::Encoded { decoded(value)? } else { value.to_owned() };
    let whole = match literal.holder {
        Holder::Secret | Holder::Encoded => in_secret(key, &value),
        Holder::Config | Holder::Values | Holder::Address => looks(key, &value),
    };
    if let Some(looks) = whole {
        return Some((key.to_owned(), looks));
    }
    if !value.contains('\n') {
        return None;
    }
    let mut inner = lines(&value).filter_map(|(name, value)| Some((name, looks(name, value)?)));
    inner.next().map(|(name, looks)| (format!("{key}: {name}"), looks))
}

fn containers(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        let Some(object) = cluster.objects.get(pods.entity) else {
            continue;
        };
        for container in pods.containers.iter().chain(&pods.before) {
            for (name, value) in &container.env {
                if let Some(looks) = looks(name, value) {
                    report(looks, value.at, &format!("variable `{name}` of {}", object.shown()), found);
                }
            }
            let mut before = "";
            for argument in &container.arguments {
                let (name, value) = match argument.strip_prefix('-').and_then(|_| argument.split_once('=')) {
                    Some((name, value)) => (name, value),
                    None => (if before.starts_with('-') { before } else { "" }, &*argument.value),
                };
                let is_flag = value.starts_with('-') && !value.starts_with("-----");
                if let Some(looks) = looks(name, value).filter(|_| !is_flag) {
                    report(looks, argument.at, &format!("an argument of {}", object.shown()), found);
                }
                before = if argument.contains('=') { "" } else { &argument.value };
            }
        }
    }
}

fn report(looks: Looks, at: Place, what: &str, found: &mut Findings) {
    let finding = match looks {
        Looks::Known(is) => Diagnostic::new(&rules::SECRET_LITERAL, at, format!("{what} holds {is} in plain text")),
        Looks::Named => Diagnostic::new(&rules::SECRET_LITERAL, at, format!("{what} is a secret in plain text")),
        Looks::Placeholder => {
            let message = format!("{what} is a placeholder where a secret should be");
            found.push(
                Diagnostic::new(&rules::SECRET_PLACEHOLDER, at, message)
                    .help("take it from a `secret` whose value is kept elsewhere"),
            );
            return;
        }
    };
    let finding = finding.label("whoever reads the source, or what is built from it, has it");
    found.push(finding.help("keep it elsewhere and take it from a `secret`, and change it: it is known now"));
}

/// Text from base 64, if it is some.
fn decoded(text: &str) -> Option<String> {
    let (mut bytes, mut bits, mut held) = (Vec::new(), 0_u32, 0);
    for c in text.bytes().filter(|byte| !byte.is_ascii_whitespace() && *byte != b'=') {
        let digit = match c {
            b'A'..=b'Z' => c - b'A',
            b'a'..=b'z' => c - b'a' + 26,
            b'0'..=b'9' => c - b'0' + 52,
            b'+' => 62,
            b'/' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(digit);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held) as u8);
            bits &= (1 << held) - 1;
        }
    }
    String::from_utf8(bytes).ok()
}
