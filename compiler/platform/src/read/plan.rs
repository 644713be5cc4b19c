//! The steps of hosts, as what the script of a node looks for and does.
//!
//! The script knows few things: files, what runs, what is loaded. A step of the language is one or several of these: a module of
//! the kernel is a file that names it and the module that is loaded.

use super::blocks::named;
use super::scalar::{all_said, int, long, text, truth};
use crate::Node;
use crate::model::{Download, Effect, Long, NodeStep, Plan, Text};

/// The kinds of steps, when it is their turn, and what they are made of.
struct Kind<N> {
    name: &'static str,
    stage: u8,
    effects: fn(&Step<N>) -> Vec<Effect>,
}

fn kinds<N: Node>() -> [Kind<N>; 19] {
    let kind = |name, stage, effects| Kind { name, stage, effects };
    [
        kind("Require", 0, |step| vec![step.effect("require", &["test", "otherwise"])]),
        kind("HostName", 10, |step| vec![step.effect("hostname", &["hostname"])]),
        kind("Hosts", 15, hosts),
        kind("Swap", 20, |step| if step.is("off") { vec![step.effect("swap", &[])] } else { vec![] }),
        kind("Package", 25, |step| {
            let names = step.effect("package", &["debian", "redhat", "suse", "arch", "alpine"]);
            vec![names]
        }),
        kind("BootWords", 30, |step| vec![step.effect("words", &["paths", "words"])]),
        kind("Module", 35, module),
        kind("Sysctl", 40, sysctl),
        kind("Directory", 45, |step| vec![step.effect("directory", &["path", "mode", "owner", "group"])]),
        kind("SecretFile", 50, |step| vec![step.effect("secret", &["path", "mode", "owner", "group", "random"])]),
        kind("File", 55, |step| vec![step.effect("file", &["path", "mode", "owner", "group", "text"])]),
        kind("Link", 60, |step| vec![step.effect("link", &["path", "to"])]),
        kind("Binary", 65, fetched),
        kind("ImageArchive", 65, fetched),
        kind("Archive", 65, |step| vec![step.effect("archive", &["path", "sha256", "file", "urls", "strip"])]),
        kind("Selinux", 70, selinux),
        kind("AppArmor", 75, apparmor),
        kind("Firewall", 80, |step| vec![step.effect("firewall", &["ports", "protocol", "from"])]),
        kind("Unit", 85, unit),
    ]
}

/// When it is the turn of commands, behind all else.
const COMMAND: u8 = 90;

/// The plan of a host; nothing where it has no steps.
pub fn plan<N: Node>(host: N) -> Option<Plan> {
    let written = host.get("step")?.items();
    let steps: Vec<NodeStep> = written.into_iter().map(step).collect();
    (!steps.is_empty()).then(|| Plan { host: named(host), at: host.place(), steps })
}

fn step<N: Node>(node: N) -> NodeStep {
    let step = Step { node, name: node.name().unwrap_or_default().into() };
    let schemas = node.schemas();
    let kind = schemas.iter().find_map(|schema| kinds().into_iter().find(|kind| kind.name == *schema));
    let (stage, effects) = match kind {
        Some(kind) => (Some(kind.stage), (kind.effects)(&step)),
        None if schemas.contains(&"Command") => {
            (Some(COMMAND), vec![step.effect("command", &["unless", "run", "undo"])])
        }
        None => (None, vec![]),
    };
    let common = |mut effect: Effect| {
        effect.values.extend(step.values("families", "family"));
        effect.values.extend(step.values("init", "init"));
        effect
    };
    NodeStep {
        at: node.place(),
        given: node.given(),
        stage,
        after: step.list("after"),
        restarts: step.list("restarts"),
        effects: effects.into_iter().map(common).collect(),
        download: download(node),
        name: step.name,
    }
}

/// What a step fetches, if it fetches something.
fn download<N: Node>(step: N) -> Option<Download> {
    let urls = all_said(Some(step.get("urls")?), text);
    Some(Download { file: text(step.get("file")?)?, urls, sha256: text(step.get("sha256")?)? })
}

/// A step of the language.
struct Step<N> {
    node: N,
    name: Text,
}

impl<N: Node> Step<N> {
    fn effect(&self, kind: &'static str, fields: &[&'static str]) -> Effect {
        Effect { kind, values: fields.iter().flat_map(|field| self.values(field, singular(field))).collect() }
    }

    /// What a field says, each as a value of a word.
    fn values(&self, field: &str, word: &'static str) -> Vec<(&'static str, Long)> {
        let Some(node) = self.node.get(field) else { return vec![] };
        match (word, node.scalar()) {
            ("mode", Some(_)) => int(node).map(|mode| (word, format!("{mode:04o}").into())).into_iter().collect(),
            (_, Some(_)) => long(node).map(|value| (word, value)).into_iter().collect(),
            (_, None) => node.items().into_iter().filter_map(long).map(|value| (word, value)).collect(),
        }
    }

    fn list(&self, field: &str) -> Vec<Text> {
        self.node.get(field).map(Node::items).unwrap_or_default().into_iter().filter_map(text).collect()
    }

    fn text(&self, field: &str) -> Option<Long> {
        self.node.get(field).and_then(long)
    }

    fn is(&self, field: &str) -> bool {
        self.node.get(field).and_then(truth).unwrap_or(false)
    }

    /// A file that belongs to a step of another kind.
    fn file(&self, path: String, mode: &str, content: &str) -> Effect {
        let values =
            vec![("path", path.into()), ("mode", mode.into()), ("owner", "root".into()), ("group", "root".into())];
        let text = ("text", content.into());
        Effect { kind: "file", values: values.into_iter().chain([text]).collect() }
    }

    /// A name of a file for it.
    fn slug(&self) -> String {
        slug(&self.name)
    }
}

/// A text as part of the name of a file: it is another one for another text.
pub fn slug(text: &str) -> String {
    let good = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '-' || letter == '.';
    let clean: String = text.chars().map(|letter| if good(letter) { letter } else { '_' }).take(60).collect();
    if clean == text && !clean.is_empty() && !clean.starts_with('.') {
        return clean;
    }
    // FNV-1a: what is shown is for people, and these digits keep two names apart.
    let hash = text
        .bytes()
        .fold(0xcbf2_9ce4_8422_2325_u64, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3));
    format!("_{}-{hash:016x}", clean.trim_start_matches('.'))
}

/// The word of one value of a field that is a list.
fn singular(field: &'static str) -> &'static str {
    match field {
        "urls" => "url",
        "ports" => "port",
        "paths" => "path",
        "words" => "word",
        field => field,
    }
}

fn hosts<N: Node>(step: &Step<N>) -> Vec<Effect> {
    let entries = step.node.get("entries").map(Node::entries).unwrap_or_default();
    let line = |(name, address): (&str, N)| Some(("line", format!("{} {name}", text(address)?).into()));
    let lines = entries.into_iter().filter_map(line);
    vec![Effect { kind: "block", values: [("path", "/etc/hosts".into())].into_iter().chain(lines).collect() }]
}

fn module<N: Node>(step: &Step<N>) -> Vec<Effect> {
    let path = format!("/etc/modules-load.d/platc-{}.conf", step.slug());
    let name = step.text("module").unwrap_or_default();
    vec![step.file(path, "0644", &format!("{name}\n")), step.effect("module", &["module"])]
}

fn sysctl<N: Node>(step: &Step<N>) -> Vec<Effect> {
    let path = format!("/etc/sysctl.d/90-platc-{}.conf", step.slug());
    let line = format!("{} = {}\n", step.text("key").unwrap_or_default(), step.text("value").unwrap_or_default());
    vec![step.file(path, "0644", &line), step.effect("sysctl", &["key", "value"])]
}

fn fetched<N: Node>(step: &Step<N>) -> Vec<Effect> {
    vec![step.effect("fetch", &["path", "mode", "owner", "group", "sha256", "file", "urls"])]
}

fn selinux<N: Node>(step: &Step<N>) -> Vec<Effect> {
    let map = |field: &str, word: &'static str| {
        let entries = step.node.get(field).map(Node::entries).unwrap_or_default();
        let value = |(key, node): (&str, N)| {
            let value = long(node)?;
            let value = match &*value {
                "true" => "on".into(),
                "false" => "off".into(),
                _ => value,
            };
            Some([(word, Long::from(key)), ("value", value)])
        };
        entries.into_iter().filter_map(value).flatten().collect::<Vec<_>>()
    };
    let one = |values: Vec<(&'static str, Long)>| Effect { kind: "selinux", values };
    let mode = step.values("mode", "enforce");
    let rest = map("booleans", "boolean").into_iter().chain(map("contexts", "context")).collect::<Vec<_>>();
    let pairs = rest.chunks(2).map(|pair| one(pair.to_vec()));
    (!mode.is_empty()).then(|| one(mode)).into_iter().chain(pairs).collect()
}

fn apparmor<N: Node>(step: &Step<N>) -> Vec<Effect> {
    let path = format!("/etc/apparmor.d/platc-{}", step.slug());
    let mut file = step.file(path.clone(), "0644", &step.text("profile").unwrap_or_default());
    file.values.push(("with", "apparmor".into()));
    vec![file, Effect { kind: "apparmor", values: vec![("path", path.into())] }]
}

fn unit<N: Node>(step: &Step<N>) -> Vec<Effect> {
    let name = step.text("unit").unwrap_or_default();
    let stem = name.strip_suffix(".service").unwrap_or(&name);
    let full = if name.contains('.') { name.to_string() } else { format!("{name}.service") };
    let own = |init: &'static str, path: String, mode: &str| {
        let mut file = step.file(path, mode, &step.text(init)?);
        file.values.push(("init", init.into()));
        file.values.push(("starts", step.name.text()));
        Some(file)
    };
    let systemd = own("systemd", format!("/etc/systemd/system/{full}"), "0644");
    let openrc = own("openrc", format!("/etc/init.d/{stem}"), "0755");
    let names = [("systemd", full.clone().into()), ("openrc", Long::from(stem))];
    let wanted = ["enabled", "running", "masked", "reload", "optional"];
    let yes = wanted.into_iter().map(|word| (word, if step.is(word) { "yes" } else { "no" }.into()));
    let unit = Effect { kind: "unit", values: names.into_iter().chain(yes).collect() };
    systemd.into_iter().chain(openrc).chain([unit]).collect()
}
