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
            if let Some(asks) = asks.filter(|_| older(container)) {
                let message = format!("{whose} is of before 0.16, and knows nothing of Pi-hole 6");
                let finding = Diagnostic::new(&rules::VERSION_EXTERNAL_DNS, asks.at, message);
                found.push(finding.help("take external-dns 0.16 or later"));
            }
        }
    }
}

/// <https://github.com/kubernetes-sigs/external-dns/pull/5113>
fn older(container: &Container) -> bool {
    let version = container.reference.as_ref().and_then(|image| Version::parse(image.tag()?).ok());
    version.is_some_and(|version| (version.major(), version.minor()) < (0, 16))
}
