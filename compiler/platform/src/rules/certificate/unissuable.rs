//! `certificate/unissuable`: a certificate that who is asked for it can not give.

use std::collections::BTreeMap;

use diagnostics::{Diagnostic, rules};

use crate::model::{Acme, Certificate, Cluster, Entity};
use crate::rules::Findings;

/// Who gives certificates for names of the internet alone.
const PUBLIC: &[&str] = &["letsencrypt.org", "zerossl.com", "buypass.com", "pki.goog", "ssl.com"];

/// The ends of names that nobody has on the internet.
const PRIVATE: &[&str] = &[
    "local",
    "lan",
    "internal",
    "home",
    "arpa",
    "localdomain",
    "localhost",
    "test",
    "corp",
    "intranet",
    "private",
    "svc",
];

/// A star is proven over DNS alone, and who gives certificates to everybody gives none for names of nobody.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let mut by_name: BTreeMap<(&str, &str, &str), (&Acme, &Entity)> = BTreeMap::new();
    for acme in &cluster.acmes {
        if let Some(object) = cluster.objects.get(acme.entity) {
            by_name.insert((&object.kind, &object.namespace, &object.name), (acme, object));
        }
    }
    for certificate in &cluster.certificates {
        let Some(object) = cluster.objects.get(certificate.entity) else {
            continue;
        };
        let (kind, name) = (&*certificate.issuer.0, &*certificate.issuer.1);
        let around = if kind == "ClusterIssuer" { "" } else { &*object.namespace };
        if let Some((acme, issuer)) = by_name.get(&(kind, around, name)) {
            judge(certificate, object, acme, issuer, found);
        }
    }
}

fn judge(certificate: &Certificate, object: &Entity, acme: &Acme, issuer: &Entity, found: &mut Findings) {
    let is_public = PUBLIC.iter().any(|host| acme.server.contains(host));
    for name in certificate.names.iter().filter(|name| !name.contains("${")) {
        let end = name.trim_end_matches('.').rsplit('.').next().unwrap_or_default();
        let (why, help) = if is_public && (PRIVATE.contains(&end) || !name.contains('.')) {
            let why = "which is no name of the internet".to_owned();
            (why, "ask an issuer of your own, of the kind `ca`, or take a name of a domain that you have")
        } else if name.starts_with("*.") && !acme.by_dns {
            let why = "and a star can be proven over DNS alone, not over HTTP".to_owned();
            (why, "add a solver with `dns01` to the issuer, or name each host")
        } else {
            continue;
        };
        let at = if name.given { name.at } else { object.at };
        let message = format!("{} asks {} for `{}`, {why}", object.shown(), issuer.shown(), name.value);
        let finding = Diagnostic::new(&rules::CERTIFICATE_UNISSUABLE, at, message).label("this is never given");
        found.push(finding.also(issuer.name_at, "who is asked for it").help(help));
    }
}
