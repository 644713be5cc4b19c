//! Whatever machines can be told is told in some case, and comes out as what reads it takes it for: every option of Talos and of its
//! module, every key of k3s, every command of a script.
//!
//! What there is says the standard library in its own text, and of k3s a list of what its source takes. What of it a case shows says
//! the file that it expects.
#![allow(clippy::expect_used, clippy::panic, clippy::indexing_slicing, reason = "a test may fail")]

#[path = "options/types.rs"]
mod types;
#[path = "options/yaml.rs"]
mod yaml;

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use conformance::case::{Case, Kind, read};
use types::Types;
use yaml::Node;

fn text(path: &str) -> String {
    let path: PathBuf = Path::new(env!("CARGO_MANIFEST_DIR")).join("..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|error| panic!("{}: {error}", path.display()))
}

fn cases(name: &str) -> Vec<Case> {
    let path = format!("conformance/cases/nodes/{name}.md");
    read(&path, &text(&path)).expect("cases")
}

/// What a case expects, by the path or the expression that it is of.
fn expected(cases: &[Case], kind: Kind) -> Vec<(String, String)> {
    let expectations = cases.iter().flat_map(|case| &case.expectations).filter(|expectation| expectation.kind == kind);
    let mut all: Vec<(String, String)> = Vec::new();
    for line in expectations.flat_map(|expectation| expectation.text.lines()) {
        match (line.strip_prefix("= ").or_else(|| line.strip_prefix("  ")), all.last_mut()) {
            (Some(said), Some((_, text))) => *text += &format!("{said}\n"),
            _ => all.push((line.to_owned(), String::new())),
        }
    }
    all
}

/// Holds documents to types, and gives the fields that they show, as `Type.field`.
fn shown(types: &Types, documents: &[(String, Node)]) -> BTreeSet<String> {
    let (mut shown, mut wrong) = (BTreeSet::new(), Vec::new());
    documents.iter().for_each(|(name, document)| types.hold(name, document, name, &mut shown, &mut wrong));
    assert_eq!(wrong, Vec::<String>::new());
    shown
}

#[test]
fn every_option_of_talos_is_shown() {
    let types = Types::of(&text("stdlib/talosconfig.pl"));
    let files = expected(&cases("talos-options"), Kind::Files);
    let documents = files.iter().flat_map(|(_, text)| text.split("---\n"));
    let documents: Vec<(String, Node)> = documents
        .map(|text| {
            let document = yaml::read(text);
            let kind = document.get("kind").and_then(Node::text).unwrap_or("Config");
            (kind.to_owned(), document)
        })
        .collect();
    let roots = types.documents().chain(["Config"]);
    let all = types.fields_from(roots);
    assert!(all.len() > 400, "{} options were found in the module", all.len());
    let shown = shown(&types, &documents);
    assert_eq!(all.difference(&shown).collect::<Vec<_>>(), Vec::<&String>::new(), "no case shows these");
}

/// What `keys.txt` says of a key: who takes it, what it is, and why it is none here.
struct Key<'a> {
    scope: &'a str,
    shape: &'a str,
    is_typed: bool,
}

fn keys(list: &str) -> BTreeMap<&str, Key<'_>> {
    let lines = list.lines().filter(|line| !line.is_empty() && !line.starts_with('#'));
    let keys = lines.map(|line| {
        let words: Vec<&str> = line.split(' ').collect();
        (words[0], Key { scope: words[1], shape: words[2], is_typed: words.get(3) != Some(&"not") })
    });
    keys.collect()
}

#[test]
fn every_key_of_k3s_has_its_type() {
    let types = Types::of(&text("stdlib/k3sconfig.pl"));
    let list = text("conformance/k3s/keys.txt");
    let keys = keys(&list);
    let typed = |name: &str| {
        let fields = types.fields_of(name).into_iter();
        fields.map(|(key, of)| (key, types::shape(of))).collect::<BTreeMap<&str, &str>>()
    };
    let of_scope = |scopes: &[&str]| {
        let keys = keys.iter().filter(|(_, key)| key.is_typed && scopes.contains(&key.scope));
        keys.map(|(name, key)| (*name, key.shape)).collect::<BTreeMap<&str, &str>>()
    };
    assert_eq!(typed("AgentConfig"), of_scope(&["both", "agent"]));
    assert_eq!(typed("ServerConfig"), of_scope(&["server"]));
}

#[test]
fn every_key_of_k3s_is_shown() {
    let types = Types::of(&text("stdlib/k3sconfig.pl"));
    let files: BTreeMap<String, Node> = expected(&cases("k3s-keys"), Kind::Value)
        .into_iter()
        .map(|(name, text)| (name, yaml::read(text.strip_prefix("|\n").unwrap_or(&text))))
        .collect();
    let file = |host: &str, step: &str| files[&format!("text-of(lab.host.{host}.step.{step})")].clone();
    let split = |document: Node, names: [&str; 2]| {
        let Node::Map(entries) = document else { panic!("config.yaml has no keys") };
        let belongs = |name: &str, key: &str| types.fields_of(name).iter().any(|(field, _)| *field == key);
        let unknown: Vec<&String> =
            entries.iter().map(|(key, _)| key).filter(|key| !names.iter().any(|name| belongs(name, key))).collect();
        assert_eq!(unknown, Vec::<&String>::new());
        names.map(|name| {
            let of = entries.iter().filter(|(key, _)| belongs(name, key)).cloned().collect();
            (name.to_owned(), Node::Map(of))
        })
    };
    let mut server = shown(&types, &split(file("cp-1", "config"), ["AgentConfig", "ServerConfig"]));
    server.extend(shown(&types, &[("Registries".to_owned(), file("cp-1", "registries"))]));
    let agent = shown(&types, &split(file("w-1", "config"), ["AgentConfig", "AgentConfig"]));
    let missing = |roots: &[&str], shown: &BTreeSet<String>| {
        types.fields_from(roots.iter().copied()).difference(shown).cloned().collect::<Vec<_>>()
    };
    assert_eq!(missing(&["AgentConfig", "ServerConfig", "Registries"], &server), ["AgentConfig.disable-apiserver-lb"]);
    assert_eq!(missing(&["AgentConfig"], &agent), Vec::<String>::new());
}

#[test]
fn every_field_of_the_modules_is_used_by_a_case() {
    let mut unused: Vec<String> = Vec::new();
    for (module, schemas, names) in [
        ("talos", &["Talos", "Machine", "Schematic"][..], &["talos", "offline"][..]),
        ("k3d", &["K3d", "LocalRegistry"], &["k3d", "offline"]),
        ("k3s", &["K3s"], &["k3s", "k3s-keys"]),
    ] {
        let types = Types::of(&text(&format!("stdlib/{module}.pl")));
        let cases: Vec<Case> = names.iter().flat_map(|name| cases(name)).collect();
        let sources: String = cases.iter().flat_map(|case| &case.sources).map(|source| source.text.as_str()).collect();
        for schema in schemas {
            let fields = types.fields_of(schema);
            assert!(fields.len() > 2, "{schema} has fields");
            let is_used = |name: &str| sources.contains(&format!("{name}:")) || sources.contains(&format!("{name} "));
            let names = fields.into_iter().map(|(name, _)| name).filter(|name| !is_used(name));
            unused.extend(names.map(|name| format!("{schema}.{name}")));
        }
    }
    assert_eq!(unused, Vec::<String>::new(), "no case says these");
}

#[test]
fn every_command_of_a_script_is_tried() {
    for (specification, test) in [
        ("spec/talos.md", "conformance/nodes/operator/talos.sh"),
        ("spec/k3s.md", "cli/tests/driver/main.rs"),
        ("spec/delivery.md", "conformance/nodes/operator/operate.sh"),
    ] {
        let (specification, test) = (text(specification), text(test));
        let (_, table) = specification.split_once("| Command | Does |").expect("a table of commands");
        let rows = table.lines().skip(2).take_while(|line| line.starts_with('|'));
        let named = rows.filter_map(|row| row.split('|').nth(1)).flat_map(|names| names.split('`').skip(1).step_by(2));
        let commands: BTreeSet<&str> = named.filter_map(|name| name.split(' ').next()).collect();
        assert!(commands.len() > 5, "the table has commands");
        let is_tried =
            |name: &&str| [format!("\" {name}"), format!("\"{name}\"")].iter().any(|word| test.contains(word.as_str()));
        let untried: Vec<&str> = commands.into_iter().filter(|name| !is_tried(name)).collect();
        assert_eq!(untried, Vec::<&str>::new());
    }
}
