//! Laws of budgets, of what scales, of rights, of volumes, and of data by key.

use super::{Judge, at, conditions, list, word};
use crate::Node;
use crate::read::scalar::{int, text};

/// How much a secret or a config map holds at most.
const MOST: usize = 1 << 20;

/// What a namespace lets in is one of the levels that there are.
pub fn namespace<N: Node>(node: N, judge: &mut Judge<'_>) {
    const LEVELS: [&str; 3] = ["privileged", "baseline", "restricted"];
    for mode in ["enforce", "audit", "warn"] {
        let label = format!("pod-security.kubernetes.io/{mode}");
        let Some(said) = at(node, &["metadata", "labels", &label]) else {
            continue;
        };
        if let Some(level) = text(said).filter(|level| !LEVELS.contains(&&**level) && !level.contains("${")) {
            let text = format!("says `{label}: {level}`, which is no level");
            judge.tell(said.place(), text, "write `privileged`, `baseline` or `restricted`");
        }
    }
}

/// A budget says how many must stay or how many may go.
pub fn budget<N: Node>(node: N, judge: &mut Judge<'_>) {
    at(node, &["spec", "selector"]).into_iter().for_each(|choice| conditions(choice, judge));
    let part = |field: &str| at(node, &["spec", field]);
    if let (Some(_), Some(said)) = (part("minAvailable"), part("maxUnavailable")) {
        let text = "says how many pods must be there and how many may be missing";
        judge.tell(said.place(), text, "leave one of `minAvailable` and `maxUnavailable` out");
    }
}

/// The least is not more than the most, and not nothing where pods are measured.
pub fn autoscaler<N: Node>(node: N, judge: &mut Judge<'_>) {
    let part = |field: &str| at(node, &["spec", field]);
    let (Some(said), Some(least)) = (part("minReplicas"), part("minReplicas").and_then(int)) else {
        return;
    };
    if let Some(most) = part("maxReplicas").and_then(int).filter(|most| *most < least) {
        let text = format!("wants at least {least} pods and at most {most}");
        judge.tell(said.place(), text, "let `maxReplicas` be at least `minReplicas`");
    }
    let metrics = part("metrics").map(Node::items).unwrap_or_default();
    let of_pods = |metric: &N| !word(*metric, "type").is_some_and(|kind| matches!(&*kind, "External" | "Object"));
    if least == 0 && metrics.iter().all(of_pods) {
        let text = "goes down to no pods, and follows the load of these pods";
        judge.tell(said.place(), text, "let `minReplicas` be 1, or follow a metric of something else");
    }
}

/// Rights are given to somebody, and are rights to something.
pub fn access<N: Node>(node: N, judge: &mut Judge<'_>) {
    let bound = matches!(&*judge.entity.kind, "RoleBinding" | "ClusterRoleBinding");
    // In a binding of a namespace, this is the namespace of its accounts.
    for subject in if &*judge.entity.kind == "ClusterRoleBinding" { list(node, "subjects") } else { Vec::new() } {
        let is_account = word(subject, "kind").is_some_and(|kind| &*kind == "ServiceAccount");
        if is_account && subject.get("namespace").is_none() {
            let name = word(subject, "name").unwrap_or_else(|| "".into());
            let text = format!("gives rights to the ServiceAccount `{name}` of no namespace");
            judge.tell(subject.place(), text, "write its `namespace`");
        }
    }
    let role = at(node, &["roleRef", "kind"]);
    if let Some(role) =
        role.filter(|role| &*judge.entity.kind == "ClusterRoleBinding" && text(*role).as_deref() == Some("Role"))
    {
        judge.tell(
            role.place(),
            "is for the whole cluster, and gives the rights of a Role",
            "make it a `RoleBinding`, or the role a `ClusterRole`",
        );
    }
    if bound {
        return;
    }
    for rule in list(node, "rules") {
        let has = |field: &str| !list(rule, field).is_empty();
        if !has("verbs") {
            judge.tell(
                rule.place(),
                "has a rule that allows nothing",
                "write its `verbs`: `[\"get\", \"list\", \"watch\"]`",
            );
        } else if has("resources") && !has("apiGroups") {
            let help = "write `apiGroups`: `[\"\"]` for pods, services, secrets, `[\"apps\"]` for deployments";
            judge.tell(rule.place(), "has a rule about resources of no group", help);
        }
    }
}

/// What one pod alone mounts is mounted in no other way.
pub fn claim<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(modes) = at(node, &["spec", "accessModes"]) else { return };
    let all: Vec<_> = modes.items().into_iter().filter_map(text).collect();
    if all.len() > 1 && all.iter().any(|mode| &**mode == "ReadWriteOncePod") {
        let text = "is mounted by one pod alone, and by others too";
        judge.tell(modes.place(), text, "leave `ReadWriteOncePod` or the others out");
    }
}

/// A volume that is a disk of a host says of which.
pub fn volume<N: Node>(node: N, judge: &mut Judge<'_>) {
    let local = at(node, &["spec", "local"]);
    if let Some(local) = local.filter(|_| at(node, &["spec", "nodeAffinity"]).is_none()) {
        let help = "write `nodeAffinity`, with the `kubernetes.io/hostname` of the host";
        judge.tell(local.place(), "is a disk of a host, and does not say of which", help);
    }
}

/// Data have keys that can be names of files; what is in base 64 is.
pub fn data<N: Node>(node: N, judge: &mut Judge<'_>) {
    let is_secret = &*judge.entity.kind == "Secret";
    // What SOPS encrypted is not what the cluster gets.
    let is_decrypted_before = at(node, &["sops", "mac"]).is_some();
    let mut size = 0;
    for field in ["data", "stringData", "binaryData"] {
        let encoded = if is_secret { field == "data" } else { field == "binaryData" };
        for (key, value) in node.get(field).map(Node::entries).unwrap_or_default() {
            let held = text(value).unwrap_or_else(|| "".into());
            size += if encoded { held.len() / 4 * 3 } else { held.len() };
            let inner = |byte: u8| byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.');
            if !key.bytes().all(inner) && !key.contains("${") {
                let help = "take letters, digits, `-`, `_` and `.`";
                judge.tell(value.place(), format!("has the key `{key}`, which can be the name of no file"), help);
            }
            if encoded && !is_base64(&held) && !held.contains("${") && !is_decrypted_before {
                let help = if is_secret {
                    "encode it, or write it in `stringData`"
                } else {
                    "encode it, or write it in `data`"
                };
                judge.tell(value.place(), format!("holds `{key}`, which must be in base 64 and is not"), help);
            }
        }
    }
    if size > MOST {
        let place = judge.entity.at;
        judge.tell(
            place,
            format!("holds {size} bytes, and {MOST} are the most"),
            "divide it, or keep it in a volume or an image",
        );
    }
    if is_secret {
        keys(node, judge);
    }
}

/// Secrets of a type have the keys of that type.
fn keys<N: Node>(node: N, judge: &mut Judge<'_>) {
    let Some(kind) = word(node, "type") else {
        return;
    };
    let wanted: &[&str] = match &*kind {
        "kubernetes.io/tls" => &["tls.crt", "tls.key"],
        "kubernetes.io/dockerconfigjson" => &[".dockerconfigjson"],
        "kubernetes.io/dockercfg" => &[".dockercfg"],
        "kubernetes.io/ssh-auth" => &["ssh-privatekey"],
        _ => return,
    };
    let has = |key: &&&str| ["data", "stringData"].iter().any(|field| at(node, &[field, key]).is_some());
    if let Some(missing) = wanted.iter().find(|key| !has(key)) {
        let place = node.get("type").map_or(judge.entity.at, Node::place);
        let text = format!("is of the type `{kind}`, and has no key `{missing}`");
        judge.tell(
            place,
            text,
            format!("give it the key{} `{}`", if wanted.len() > 1 { "s" } else { "" }, wanted.join("` and `")),
        );
    }
}

fn is_base64(text: &str) -> bool {
    let bytes: Vec<u8> = text.bytes().filter(|byte| !matches!(byte, b'\n' | b'\r')).collect();
    let padded = bytes.iter().rev().take_while(|byte| **byte == b'=').count();
    let inner = |byte: &u8| byte.is_ascii_alphanumeric() || matches!(byte, b'+' | b'/');
    bytes.len().is_multiple_of(4) && padded <= 2 && bytes.iter().take(bytes.len() - padded).all(inner)
}
