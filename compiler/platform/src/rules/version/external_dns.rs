//! `version/external-dns`: Pi-hole takes records without owners, and since its version 6 by another interface.

use diagnostics::{Diagnostic, rules};
use domain::Version;

use crate::model::{Cluster, Container};
use crate::rules::Findings;

/// Where external-dns writes to Pi-hole, it keeps no registry there: <https://kubernetes-sigs.github.io/external-dns>.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    for pods in &cluster.pods {
        for container in &pods.containers {
            let Some(provider) = container.arguments.iter().find(|argument| &*argument.value == "--provider=pihole")
            else {
                continue;
            };
            let says = |wanted: &str| container.arguments.iter().any(|argument| &***argument == wanted);
            let whose = cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
            if !says("--registry=noop") {
                let message = format!("{whose} writes to Pi-hole, which keeps no owners of records");
                let finding = Diagnostic::new(&rules::VERSION_EXTERNAL_DNS, provider.at, message);
                found.push(finding.help("add `--registry=noop` to its arguments"));
            }
            let asks = container.arguments.iter().find(|argument| &*argument.value == "--pihole-api-version=6");
            let (Some(asks), Some(minor)) = (asks, minor(container)) else {
                continue;
            };
            let (message, help) = if minor < KNOWS {
                (
                    format!("{whose} is of before 0.17, and knows nothing of Pi-hole 6"),
                    "take external-dns 0.17 or later",
                )
            } else if minor >= ASSUMES {
                (
                    format!("{whose} is of 0.22 or later, which writes to Pi-hole 6 alone and refuses the argument"),
                    "leave the argument out",
                )
            } else {
                continue;
            };
            found.push(Diagnostic::new(&rules::VERSION_EXTERNAL_DNS, asks.at, message).help(help));
        }
    }
}

/// The first that can ask Pi-hole 6: <https://github.com/kubernetes-sigs/external-dns/pull/5226>, released in 0.17.0 after
/// <https://github.com/kubernetes-sigs/external-dns/issues/5362>.
const KNOWS: (u64, u64) = (0, 17);

/// The first that asks nothing else, without the argument: <https://github.com/kubernetes-sigs/external-dns/pull/6406>,
/// released in 0.22.0.
const ASSUMES: (u64, u64) = (0, 22);

fn minor(container: &Container) -> Option<(u64, u64)> {
    let version = Version::parse(container.reference.as_ref()?.tag()?).ok()?;
    Some((version.major(), version.minor()))
}
