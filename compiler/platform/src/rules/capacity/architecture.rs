//! `capacity/architecture`: an image of one architecture where pods may stand on a host of another.

use diagnostics::{Diagnostic, rules};
use domain::Image;

use crate::capacity::Suits;
use crate::model::{Cluster, Text};
use crate::rules::Findings;

/// Images that say for which processor they are stand on hosts that have it.
pub fn check(cluster: &Cluster, found: &mut Findings) {
    let suits = Suits::new(&cluster.hosts);
    for pods in &cluster.pods {
        let containers = pods.containers.iter().chain(&pods.before);
        for (container, image) in containers.filter_map(|container| Some((container, container.image.as_ref()?))) {
            let Some(arch) = container.reference.as_ref().and_then(architecture) else {
                continue;
            };
            let other = |host: &Text| &**host != arch;
            let open = suits.of(pods);
            let Some(host) = open.iter().find_map(|host| cluster.hosts.get(*host).filter(|host| other(&host.arch)))
            else {
                continue;
            };
            let whose = cluster.objects.get(pods.entity).map_or_else(String::new, |object| object.shown());
            let message = format!(
                "the image of container `{}` of {whose} is for {arch}, and `{}` is {}",
                container.name, host.name, host.arch
            );
            found.push(
                Diagnostic::new(&rules::CAPACITY_ARCHITECTURE, image.at, message)
                    .also(host.at, format!("the pods may stand on this {} host", host.arch))
                    .help(format!(
                        "take the image for all architectures, or want the label `kubernetes.io/arch: {arch}`"
                    )),
            );
        }
    }
}

/// The architecture that the name of an image says: `arm64v8/redis`, `ghcr.io/example/shop:1.2-amd64`.
fn architecture(image: &Image) -> Option<&'static str> {
    let owner = image.repository().split('/').next().filter(|_| image.registry() == "docker.io");
    let by_owner = match owner {
        Some("amd64") => Some("amd64"),
        Some("arm64v8") => Some("arm64"),
        _ => None,
    };
    let by_tag = || {
        let tag = image.tag()?;
        let ends = |words: &[&str]| words.iter().any(|word| tag.ends_with(word));
        match () {
            () if ends(&["-amd64", "-x86_64", "-linux-amd64"]) => Some("amd64"),
            () if ends(&["-arm64", "-aarch64", "-arm64v8"]) => Some("arm64"),
            () => None,
        }
    };
    by_owner.or_else(by_tag)
}
