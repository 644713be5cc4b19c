//! `secret/unsealed`: a key of a sealed secret for which nothing was sealed yet.

use diagnostics::{Diagnostic, rules};

use crate::model::Cluster;
use crate::rules::Findings;

/// Whatever waits for a secret waits for all of its keys.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for unsealed in &cluster.unsealed {
        let Some(object) = cluster.objects.get(unsealed.by) else { continue };
        let message = format!("{} has no value for `{}` yet, so nobody can open it", object.shown(), unsealed.key);
        let help = format!(
            "build it and run its `seal.sh`, or `platc seal {}/{} {} --cert FILE -o FILE`",
            object.namespace, object.name, unsealed.key
        );
        found.push(Diagnostic::new(&rules::SECRET_UNSEALED, unsealed.at, message).label("not sealed yet").help(help));
    }
}
