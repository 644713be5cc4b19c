//! Laws of pods, wherever they are described.

use std::collections::BTreeSet;

use super::{Judge, at, conditions, list, word};
use crate::Node;
use crate::model::Text;
use crate::read::scalar::{int, long, text, truth};

/// The laws of the `spec` of pods. `claims` are the volumes that each of them gets for itself.
pub fn spec<N: Node>(spec: N, claims: &[Text], judge: &mut Judge<'_>) {
    let on_host = spec.get("hostNetwork").and_then(truth).unwrap_or(false);
    let volumes: BTreeSet<Text> = list(spec, "volumes")
        .into_iter()
        .filter_map(|volume| word(volume, "name"))
        .chain(claims.iter().cloned())
        .collect();
    let mut host_ports = BTreeSet::new();
    let mut names = BTreeSet::new();
    for (container, is_first) in containers(spec) {
        if let Some(name) = word(container, "name").filter(|name| !names.insert(*name)) {
            let text = format!("has two containers that are called `{name}`, one of which runs before the others");
            judge.tell(container.place(), text, "give each a name of its own");
        }
        mounts(container, &volumes, judge);
        ports(container, on_host, judge);
        if !is_first {
            taken(container, on_host, &mut host_ports, judge);
        }
        probes(container, judge);
        variables(container, judge);
        ends(spec, container, judge);
        user(spec, container, judge);
    }
    list(spec, "volumes").into_iter().for_each(|volume| sources(volume, judge));
    list(spec, "tolerations").into_iter().for_each(|toleration| self::toleration(toleration, judge));
    for side in ["podAffinity", "podAntiAffinity"] {
        let terms = at(spec, &["affinity", side, "requiredDuringSchedulingIgnoredDuringExecution"]);
        let terms = terms.map(Node::items).unwrap_or_default();
        terms.into_iter().filter_map(|term| term.get("labelSelector")).for_each(|choice| conditions(choice, judge));
    }
}

/// All containers, and whether each of them runs before the others.
fn containers<N: Node>(spec: N) -> impl Iterator<Item = (N, bool)> {
    let first = list(spec, "initContainers").into_iter().map(|container| (container, true));
    list(spec, "containers").into_iter().map(|container| (container, false)).chain(first)
}

fn called<N: Node>(container: N) -> Text {
    word(container, "name").unwrap_or_else(|| "".into())
}

/// What is mounted is a volume of the pod.
fn mounts<N: Node>(container: N, volumes: &BTreeSet<Text>, judge: &mut Judge<'_>) {
    for mount in list(container, "volumeMounts") {
        let Some(name) = word(mount, "name").filter(|name| !volumes.contains(name)) else {
            continue;
        };
        let place = mount.get("name").map_or(mount.place(), Node::place);
        let text =
            format!("mounts `{name}` in the container `{}`, and its pods have no such volume", called(container));
        let known: Vec<&str> = volumes.iter().map(|name| &**name).collect();
        let help = match domain::nearest(&name, known.iter().copied()) {
            Some(near) => format!("write `{near}`"),
            None if known.is_empty() => format!("add `{name}` to the `volumes` of the pods"),
            None => format!("add `{name}` to the `volumes` of the pods, which are `{}`", known.join("`, `")),
        };
        judge.tell(place, text, help);
    }
}

/// The names of the ports of a container are its own, and on the network of the host its ports are those of the host.
fn ports<N: Node>(container: N, on_host: bool, judge: &mut Judge<'_>) {
    let mut names = BTreeSet::new();
    for port in list(container, "ports") {
        if let Some(name) = word(port, "name").filter(|name| !names.insert(*name)) {
            let text = format!("calls two ports of the container `{}` `{name}`", called(container));
            judge.tell(port.place(), text, "give each port a name of its own");
        }
        let number = |field: &str| port.get(field).and_then(int);
        if let (true, Some(own), Some(host)) = (on_host, number("containerPort"), number("hostPort"))
            && own != host
        {
            let text = format!("is on the network of the host, where port {own} can not be port {host}");
            judge.tell(port.place(), text, "leave `hostPort` out: the port of the container is the port of the host");
        }
    }
}

/// A port of the host is taken once by a pod.
fn taken<N: Node>(container: N, on_host: bool, host_ports: &mut BTreeSet<(i64, Text)>, judge: &mut Judge<'_>) {
    for port in list(container, "ports") {
        let field = if on_host { "containerPort" } else { "hostPort" };
        let protocol = word(port, "protocol").unwrap_or_else(|| "TCP".into());
        let Some(number) = port.get(field).and_then(int).filter(|number| *number != 0) else {
            continue;
        };
        // Without a port of the host nothing is refused; two containers may even say the same port.
        if !host_ports.insert((number, protocol)) && port.get("hostPort").is_some() {
            judge.tell(port.place(), format!("takes port {number}/{protocol} of its host twice"), "take another port");
        }
    }
}

/// A probe asks in one way; what starts a container anew needs one good answer only.
fn probes<N: Node>(container: N, judge: &mut Judge<'_>) {
    const WAYS: [&str; 4] = ["exec", "httpGet", "tcpSocket", "grpc"];
    for field in ["livenessProbe", "readinessProbe", "startupProbe"] {
        let Some(probe) = container.get(field) else {
            continue;
        };
        let ways: Vec<&str> = WAYS.into_iter().filter(|way| probe.get(way).is_some()).collect();
        if ways.len() != 1 {
            let name = called(container);
            let text = match ways.is_empty() {
                true => format!("has a `{field}` of the container `{name}` that asks nothing"),
                false => format!("has a `{field}` of the container `{name}` that asks by `{}`", ways.join("` and `")),
            };
            judge.tell(probe.place(), text, "ask in one way: `httpGet`, `tcpSocket`, `grpc` or `exec`");
        }
        let successes = probe.get("successThreshold").filter(|many| int(*many).is_some_and(|many| many != 1));
        if let Some(many) = successes.filter(|_| field != "readinessProbe") {
            let text = format!("has a `{field}` with a `successThreshold`, which is always 1 there");
            judge.tell(many.place(), text, "leave it out: only a `readinessProbe` counts successes");
        }
    }
}

/// A variable has a value or a place where it comes from.
fn variables<N: Node>(container: N, judge: &mut Judge<'_>) {
    inserted(container, judge);
    for variable in list(container, "env") {
        let has_value = word(variable, "value").is_some_and(|value| !value.is_empty());
        if let Some(from) = variable.get("valueFrom").filter(|_| has_value) {
            let name = called(variable);
            let text = format!("gives the variable `{name}` a value, and says where it comes from");
            judge.tell(from.place(), text, "leave `value` or `valueFrom` out");
        }
    }
}

/// Variables that the cluster gives to every container beside those that are written.
fn is_given(name: &str) -> bool {
    name.ends_with("_SERVICE_HOST")
        || name.contains("_SERVICE_PORT")
        || name.contains("_PORT_")
        || name.ends_with("_PORT")
}

/// What is put in the place of `$(NAME)` is a variable that stands before.
fn inserted<N: Node>(container: N, judge: &mut Judge<'_>) {
    let env = list(container, "env");
    let inserts = |variable: &N| variable.get("value").and_then(long).is_some_and(|text| text.contains("$("));
    if !env.iter().any(inserts) {
        return;
    }
    let names: Vec<Text> = env.iter().map(|variable| called(*variable)).collect();
    let is_open = container.get("envFrom").is_some();
    for (place, variable) in env.iter().enumerate() {
        let Some(value) = variable.get("value").filter(|_| word(*variable, "value").is_some()) else { continue };
        let Some(text) = long(value).filter(|text| text.contains("$(")) else { continue };
        for wanted in wanted(&text) {
            let name = called(*variable);
            match names.iter().position(|name| **name == *wanted) {
                Some(other) if other < place => {}
                Some(_) => {
                    let text =
                        format!("puts `$({wanted})` into the variable `{name}`, and `{wanted}` stands behind it");
                    judge.dead(value.place(), text, format!("write `{wanted}` before `{name}`"));
                }
                None if is_open || is_given(wanted) => {}
                None => {
                    let text = format!("puts `$({wanted})` into the variable `{name}`, and there is no `{wanted}`");
                    let near = domain::nearest(wanted, names.iter().map(|name| &**name));
                    let help = near.map_or(format!("give the container the variable `{wanted}` before it"), |near| {
                        format!("write `$({near})`")
                    });
                    judge.dead(value.place(), text, help);
                }
            }
        }
    }
}

/// The names between `$(` and `)`, as variables are mostly called. What is written with two `$` means itself.
fn wanted(text: &str) -> impl Iterator<Item = &str> {
    text.match_indices("$(").filter_map(|(at, _)| {
        let before = text.get(..at)?.bytes().rev().take_while(|byte| *byte == b'$').count();
        let (name, _) = text.get(at + 2..)?.split_once(')')?;
        let is_name = name.bytes().all(|byte| byte.is_ascii_uppercase() || byte.is_ascii_digit() || byte == b'_');
        (before.is_multiple_of(2) && is_name && !name.is_empty()).then_some(name)
    })
}

/// What is done before the end is done before the time is over.
fn ends<N: Node>(spec: N, container: N, judge: &mut Judge<'_>) {
    let Some(hook) = at(container, &["lifecycle", "preStop"]) else { return };
    let most = spec.get("terminationGracePeriodSeconds").and_then(int).unwrap_or(30);
    let help = || format!("let `terminationGracePeriodSeconds` be more than that; it is {most}");
    if let Some(said) = at(hook, &["sleep", "seconds"])
        && let Some(seconds) = int(said).filter(|seconds| *seconds > most)
    {
        judge.tell(said.place(), format!("waits {seconds} seconds before it ends, and has {most} for that"), help());
    }
    let Some(exec) = hook.get("exec") else { return };
    let words: Vec<Text> = list(exec, "command").into_iter().filter_map(text).collect();
    let words: Vec<&str> =
        words.iter().flat_map(|words| words.split(|c: char| c.is_whitespace() || c == ';')).collect();
    let slept =
        words.windows(2).filter(|pair| pair.first().is_some_and(|word| *word == "sleep" || *word == "/bin/sleep"));
    let seconds = slept.filter_map(|pair| pair.get(1)?.trim_end_matches('s').parse::<i64>().ok()).max();
    if let Some(seconds) = seconds.filter(|seconds| *seconds >= most) {
        let text = format!("sleeps {seconds} seconds before it ends, and is killed after {most}");
        judge.dead(exec.place(), text, help());
    }
}

/// Who must not be root is not told to be root.
fn user<N: Node>(spec: N, container: N, judge: &mut Judge<'_>) {
    let own = |field: &str| at(container, &["securityContext", field]);
    let said = |field: &str| own(field).or_else(|| at(spec, &["securityContext", field]));
    let root = said("runAsUser").filter(|user| int(*user) == Some(0));
    if let Some(user) = root.filter(|_| said("runAsNonRoot").and_then(truth) == Some(true)) {
        let text = format!("runs the container `{}` as root, and with `runAsNonRoot`", called(container));
        judge.dead(user.place(), text, "name another user, or say `runAsNonRoot: false` for this container");
    }
    let privileged = own("privileged").filter(|is| truth(*is) == Some(true));
    if let Some(is) = privileged.filter(|_| own("allowPrivilegeEscalation").and_then(truth) == Some(false)) {
        let text = format!("runs the container `{}` with all rights, and lets it gain none", called(container));
        judge.tell(is.place(), text, "leave `privileged` or `allowPrivilegeEscalation: false` out");
    }
}

/// A volume is one thing.
fn sources<N: Node>(volume: N, judge: &mut Judge<'_>) {
    let sources: Vec<&str> =
        volume.entries().into_iter().map(|(field, _)| field).filter(|field| *field != "name").collect();
    if sources.len() > 1 {
        let name = called(volume);
        let text = format!("has a volume `{name}` that is `{}` at once", sources.join("` and `"));
        judge.tell(volume.place(), text, "say one thing that it is");
    }
}

/// What tolerates any value names none, and only `Exists` may leave the key out.
fn toleration<N: Node>(toleration: N, judge: &mut Judge<'_>) {
    let exists = word(toleration, "operator").is_some_and(|operator| &*operator == "Exists");
    let has = |field: &str| word(toleration, field).is_some_and(|value| !value.is_empty());
    if exists && has("value") {
        judge.tell(toleration.place(), "tolerates a taint by `Exists` and a value", "leave `value` or `operator` out");
    }
    if !exists && toleration.get("operator").is_some() && !has("key") {
        judge.tell(toleration.place(), "tolerates a taint without a key", "name its key, or say `operator: Exists`");
    }
    let is_other = word(toleration, "effect").is_none_or(|effect| &*effect != "NoExecute");
    if let Some(seconds) = toleration.get("tolerationSeconds").filter(|_| is_other) {
        let text = "tolerates a taint for a time, and the taint drives nobody away";
        judge.tell(seconds.place(), text, "say `effect: NoExecute`, or leave `tolerationSeconds` out");
    }
}
