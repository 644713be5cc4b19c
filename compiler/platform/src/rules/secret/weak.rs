//! `secret/exposed`: a command that gives away more than it must: rights, keys, protection of a host.

use diagnostics::{Diagnostic, rules};

use crate::Place;
use crate::model::{Cluster, Holder};
use crate::rules::Findings;

/// What commands do, and what to do instead.
const WEAK: &[(&[&str], &str, &str)] = &[
    (
        &["privsep 0"],
        "gives a token all rights of its user",
        "make the token with `--privsep 1` and grant what it needs",
    ),
    (
        &["/tmp/kubeconfig", "/tmp/k3s-kubeconfig"],
        "puts the key to the cluster where every user reads it",
        "keep it in a directory of its own, with mode 600",
    ),
    (&["chmod 777"], "lets everybody write", "give the mode that is needed"),
    (
        &[
            "--write-kubeconfig-mode 644",
            "--write-kubeconfig-mode=644",
            "--write-kubeconfig-mode=0644",
            "--write-kubeconfig-mode 0644",
        ],
        "lets every user of the host rule the cluster",
        "leave the mode at 600, and copy it to who needs it",
    ),
    (
        &["setenforce 0", "SELINUX=permissive", "SELINUX=disabled"],
        "takes the protection of SELinux from the host",
        "install the policy of the distribution instead",
    ),
    (
        &["disable --now firewalld", "disable firewalld", "stop firewalld", "ufw disable"],
        "takes the firewall from the host",
        "open the ports that the cluster needs",
    ),
];

/// Scripts in arguments and config maps do not weaken what they run on.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        let whose = || cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
        for container in pods.containers.iter().chain(&pods.before) {
            for argument in &container.arguments {
                report(argument, argument.at, &whose, found);
            }
        }
    }
    for literal in cluster.literals.iter().filter(|literal| matches!(literal.holder, Holder::Config)) {
        let whose = || cluster.objects.get(literal.by).map_or_else(String::new, |object| object.shown());
        report(&literal.value, literal.value.at, &whose, found);
    }
}

fn report(text: &str, at: Place, whose: &dyn Fn() -> String, found: &mut Findings) {
    for (words, does, instead) in WEAK {
        if let Some(word) = words.iter().find(|word| text.contains(**word)) {
            let message = format!("`{word}` in {} {does}", whose());
            found.push(Diagnostic::new(&rules::SECRET_EXPOSED, at, message).help(*instead));
        }
    }
}
