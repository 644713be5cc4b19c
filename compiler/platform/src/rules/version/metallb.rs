//! `version/metallb`: a configuration that this version of MetalLB does not read.

use diagnostics::{Diagnostic, rules};

use super::components::Component;
use crate::model::{Cluster, Entity};
use crate::rules::Findings;

/// Up to 0.12 it is the config map `config`, from 0.13 on objects of its own: <https://metallb.io/release-notes>.
const OBJECTS: (u64, u64) = (0, 13);

/// MetalLB is configured the way that its version reads.
pub fn check(cluster: &Cluster, components: &[Component], found: &mut Findings) {
    let mut known = components.iter().filter(|component| component.name == "metallb");
    let installed = known.find_map(|component| Some((component, component.minor()?)));
    let is_old = installed.as_ref().map(|(_, minor)| *minor < OBJECTS);
    let has_objects = cluster.objects.iter().any(is_object);
    for object in &cluster.objects {
        let message = if is_object(object) && is_old == Some(true) {
            format!("{} is for MetalLB 0.13 and later", object.shown())
        } else if is_config(cluster, object) && (is_old == Some(false) || is_old.is_none() && has_objects) {
            format!("{} configures MetalLB up to 0.12, and later ones do not read it", object.shown())
        } else {
            continue;
        };
        let mut finding = Diagnostic::new(&rules::VERSION_METALLB, object.at, message);
        if let Some((component, (major, minor))) = &installed {
            finding = finding.also(component.at, format!("this is MetalLB {major}.{minor}"));
        }
        found.push(finding.help(if is_object(object) {
            "take MetalLB 0.13 or later"
        } else {
            "write an `IPAddressPool` and an `L2Advertisement` instead"
        }));
    }
}

fn is_object(object: &Entity) -> bool {
    &*object.group == "metallb.io" && &*object.kind != "AddressPool"
}

/// The config map that older ones read: it holds `address-pools`.
fn is_config(cluster: &Cluster, object: &Entity) -> bool {
    let has_config = object.keys.as_ref().is_some_and(|keys| keys.iter().any(|key| &**key == "config"));
    &*object.kind == "ConfigMap"
        && has_config
        && cluster.literals.iter().any(|literal| {
            let by = cluster.objects.get(literal.by).is_some_and(|by| by.at == object.at);
            by && literal.value.contains("address-pools:")
        })
}
