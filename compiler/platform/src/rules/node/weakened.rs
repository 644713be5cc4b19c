//! `node/weakened`: a step that takes away what protects a machine.

use diagnostics::{Diagnostic, rules};

use crate::model::{Cluster, Effect, NodeStep, Plan};
use crate::rules::Findings;

/// Services that protect a machine.
const GUARDS: [&str; 4] = ["firewalld", "ufw", "nftables", "apparmor"];

/// Commands and lines that take them away, and what is gone then.
const ENDS: [(&str, &str); 9] = [
    ("setenforce 0", "SELinux"),
    ("setenforce Permissive", "SELinux"),
    ("SELINUX=disabled", "SELinux"),
    ("SELINUX=permissive", "SELinux"),
    ("ufw disable", "the firewall"),
    ("nft flush ruleset", "the firewall"),
    ("iptables -F", "the firewall"),
    ("aa-teardown", "AppArmor"),
    ("apparmor=0", "AppArmor"),
];

/// A machine is not made weaker so that something works: what must get in is let in by a step of its own.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for plan in &cluster.plans {
        for step in plan.steps.iter().filter(|step| step.given) {
            if let Some(gone) = step.effects.iter().find_map(taken) {
                report(plan, step, &gone, found);
            }
        }
    }
}

fn report(plan: &Plan, step: &NodeStep, gone: &str, found: &mut Findings) {
    let message = format!("`{}` takes {gone} away from `{}`", step.name, plan.host);
    let finding = Diagnostic::new(&rules::NODE_WEAKENED, step.at, message);
    found.push(
        finding.help("leave it on, and let in what must get in: `node.Firewall`, `node.Selinux { contexts: .. }`"),
    );
}

/// What is no longer there when an effect was done.
fn taken(effect: &Effect) -> Option<String> {
    let said = |word: &str| effect.get(word).map_or("", |value| value);
    match effect.kind {
        "selinux" if said("enforce") == "permissive" => Some("SELinux".to_owned()),
        "unit" if said("masked") == "yes" || said("running") == "no" => {
            GUARDS.iter().find(|guard| said("openrc") == **guard).map(|guard| format!("`{guard}`"))
        }
        "firewall" if effect.get("port").is_none() => {
            let everybody = effect.all("from").any(|from| matches!(&**from, "0.0.0.0/0" | "::/0"));
            everybody.then(|| "the firewall".to_owned())
        }
        "command" => ends(said("run")),
        "file" => ends(said("text")).filter(|_| said("path").starts_with("/etc/selinux/")),
        "words" => effect.all("word").find_map(|word| match &**word {
            "selinux=0" | "enforcing=0" => Some("SELinux".to_owned()),
            word => ends(word),
        }),
        _ => None,
    }
}

fn ends(text: &str) -> Option<String> {
    let stopped = |line: &str| {
        let mut words = line.split([' ', ';', '&', '\t']).filter(|word| !word.is_empty());
        let ends =
            words.any(|word| word == "systemctl") && words.any(|word| matches!(word, "stop" | "disable" | "mask"));
        let name =
            |word: &str| GUARDS.into_iter().find(|guard| word.strip_suffix(".service").unwrap_or(word) == *guard);
        if ends { words.find_map(name) } else { None }
    };
    let known = || ENDS.iter().find(|(word, _)| text.contains(word)).map(|(_, gone)| (*gone).to_owned());
    text.lines().find_map(stopped).map(|guard| format!("`{guard}`")).or_else(known)
}
