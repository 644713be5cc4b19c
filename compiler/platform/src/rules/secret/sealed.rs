//! `secret/scope`: a sealed secret that comes out under another name than it is sealed for.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Said, Text};
use crate::rules::Findings;

/// What is sealed for a name and a namespace can not be opened under others.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for sealed in &cluster.sealed {
        let Some(object) = cluster.objects.get(sealed.by) else {
            continue;
        };
        let mut differs = |what: &str, said: &Option<Said<Text>>, own: &Text| {
            if let Some(said) = said.as_ref().filter(|said| said.value != *own) {
                let message = format!(
                    "{} is sealed for `{own}`, and its template says the {what} `{}`",
                    object.shown(),
                    said.value
                );
                let finding = Diagnostic::new(&rules::SECRET_SCOPE, said.at, message);
                found.push(
                    finding
                        .also(object.name_at, "sealed for this one")
                        .help("seal it anew for the name and namespace where it is needed"),
                );
            }
        };
        differs("name", &sealed.name, &object.name);
        differs("namespace", &sealed.namespace, &object.namespace);
    }
}
