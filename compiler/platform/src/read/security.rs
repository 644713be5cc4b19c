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

/// Parameters of the kernel that are a pod's own.
const PARAMETERS: &[&str] = &[
    "kernel.shm_rmid_forced",
    "net.ipv4.ip_local_port_range",
    "net.ipv4.ip_local_reserved_ports",
    "net.ipv4.ip_unprivileged_port_start",
    "net.ipv4.ping_group_range",
    "net.ipv4.tcp_fin_timeout",
    "net.ipv4.tcp_keepalive_intvl",
    "net.ipv4.tcp_keepalive_probes",
    "net.ipv4.tcp_keepalive_time",
    "net.ipv4.tcp_rmem",
    "net.ipv4.tcp_syncookies",
    "net.ipv4.tcp_wmem",
];

/// Kinds of processes that SELinux keeps in their container.
const CONTAINED: &[&str] = &["", "container_engine_t", "container_init_t", "container_kvm_t", "container_t"];

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
    let parameters =
        spec.get("securityContext").and_then(|own| own.get("sysctls")).map(Node::items).unwrap_or_default();
    for parameter in parameters {
        let name = parameter.get("name").and_then(text).filter(|name| !PARAMETERS.contains(&&**name));
        found.forbid(name.map(|_| parameter), "changes a parameter of the kernel that is not its own");
    }
    confinement(spec, &mut found);
    for container in &containers {
        self::container(spec, *container, &mut found);
        confinement(*container, &mut found);
    }
    found
}

/// What keeps pods or one container apart from the host, and is taken away.
fn confinement<N: Node>(of: N, found: &mut Admission) {
    let own = |way: [&str; 2]| of.get("securityContext")?.get(way[0])?.get(way[1]);
    let is = |node: &N, wanted: &[&str]| text(*node).is_some_and(|said| wanted.contains(&&*said));
    let profile = own(["appArmorProfile", "type"]).filter(|profile| is(profile, &["Unconfined"]));
    found.forbid(profile, "is not confined by AppArmor");
    let kind = own(["seLinuxOptions", "type"]).filter(|kind| text(*kind).is_some() && !is(kind, CONTAINED));
    found.forbid(kind, "is of another kind for SELinux than containers are");
    for field in ["user", "role"] {
        let other = own(["seLinuxOptions", field]).filter(|other| text(*other).is_some() && !is(other, &[""]));
        found.forbid(other, "is somebody else for SELinux than containers are");
    }
    let host = own(["windowsOptions", "hostProcess"]).filter(|host| truth(*host) == Some(true));
    found.forbid(host, "is a process of the host");
}

fn container<N: Node>(spec: N, container: N, found: &mut Admission) {
    let own = |field: &str| container.get("securityContext")?.get(field);
    let said = |field: &str| own(field).or_else(|| spec.get("securityContext")?.get(field));
    found.forbid(own("privileged").filter(|is| truth(*is) == Some(true)), "runs with all rights");
    for port in container.get("ports").map(Node::items).unwrap_or_default() {
        found.forbid(port.get("hostPort").filter(|port| int(*port) != Some(0)), "takes a port of the host");
    }
    // With users of its own, a pod may see all of `/proc`.
    let shares_users = spec.get("hostUsers").and_then(truth) != Some(false);
    let unmasked =
        own("procMount").filter(|mount| text(*mount).is_some_and(|mount| !matches!(&*mount, "" | "Default")));
    found.forbid(unmasked.filter(|_| shares_users), "sees all of `/proc`");
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
