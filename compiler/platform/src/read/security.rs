//! What pods do that the standards for the security of pods forbid:
//! <https://kubernetes.io/docs/concepts/security/pod-security-standards>

use super::scalar::{int, text, truth};
use crate::Node;
use crate::model::Admission;

/// What anybody may add.
const HARMLESS: &[&str] = &[
    "AUDIT_WRITE",
    "CHOWN",
    "DAC_OVERRIDE",
    "FOWNER",
    "FSETID",
    "KILL",
    "MKNOD",
    "NET_BIND_SERVICE",
    "SETFCAP",
    "SETGID",
    "SETPCAP",
    "SETUID",
    "SYS_CHROOT",
];

/// Volumes that `restricted` lets in.
const VOLUMES: &[&str] = &[
    "configMap",
    "csi",
    "downwardAPI",
    "emptyDir",
    "ephemeral",
    "image",
    "persistentVolumeClaim",
    "projected",
    "secret",
];

/// What the `spec` of pods does.
pub fn admission<N: Node>(spec: N) -> Admission {
    let mut found = Admission::default();
    let list = |field: &str| spec.get(field).map(Node::items).unwrap_or_default();
    let containers: Vec<N> =
        ["initContainers", "containers", "ephemeralContainers"].into_iter().flat_map(list).collect();
    for (field, what) in [
        ("hostNetwork", "uses the network of the host"),
        ("hostPID", "sees the processes of the host"),
        ("hostIPC", "shares memory with the host"),
    ] {
        found.forbid(spec.get(field).filter(|is| truth(*is) == Some(true)), what);
    }
    for volume in list("volumes") {
        found.forbid(volume.get("hostPath"), "mounts a path of the host");
        let other = volume.entries().into_iter().find(|(field, _)| *field != "name" && !VOLUMES.contains(field));
        found.restrict(other.map(|(_, volume)| volume), "mounts a volume of another kind than is allowed");
    }
    for container in &containers {
        self::container(spec, *container, &mut found);
    }
    found
}

fn container<N: Node>(spec: N, container: N, found: &mut Admission) {
    let own = |field: &str| container.get("securityContext")?.get(field);
    let said = |field: &str| own(field).or_else(|| spec.get("securityContext")?.get(field));
    found.forbid(own("privileged").filter(|is| truth(*is) == Some(true)), "runs with all rights");
    for port in container.get("ports").map(Node::items).unwrap_or_default() {
        found.forbid(port.get("hostPort").filter(|port| int(*port) != Some(0)), "takes a port of the host");
    }
    let capabilities =
        |field: &str| own("capabilities").and_then(|of| of.get(field)).map(Node::items).unwrap_or_default();
    for added in capabilities("add") {
        let name = text(added).unwrap_or_else(|| "".into());
        let forbidden = !HARMLESS.contains(&&*name);
        found.forbid(Some(added).filter(|_| forbidden), "has a right of the system");
        found.restrict(Some(added).filter(|_| &*name != "NET_BIND_SERVICE"), "has a right of the system");
    }
    let profile = said("seccompProfile").and_then(|profile| profile.get("type"));
    let free = profile.filter(|profile| text(*profile).as_deref() == Some("Unconfined"));
    found.forbid(free, "may make any call of the system");
    found.restrict(profile.is_none().then_some(container), "names no `seccompProfile`");
    let dropped = capabilities("drop").into_iter().any(|dropped| text(dropped).as_deref() == Some("ALL"));
    found.restrict((!dropped).then_some(container), "does not drop the capabilities `ALL`");
    let gains = own("allowPrivilegeEscalation").and_then(truth) != Some(false);
    found.restrict(gains.then_some(container), "does not say `allowPrivilegeEscalation: false`");
    let root = said("runAsNonRoot").and_then(truth) != Some(true);
    found.restrict(root.then_some(container), "does not say `runAsNonRoot: true`");
    found.restrict(said("runAsUser").filter(|user| int(*user) == Some(0)), "runs as root");
}

impl Admission {
    fn forbid<N: Node>(&mut self, at: Option<N>, what: &'static str) {
        if let (Some(at), None) = (at, &self.baseline) {
            self.baseline = Some((at.place(), what));
        }
    }

    fn restrict<N: Node>(&mut self, at: Option<N>, what: &'static str) {
        if let (Some(at), None) = (at, &self.restricted) {
            self.restricted = Some((at.place(), what));
        }
    }
}
