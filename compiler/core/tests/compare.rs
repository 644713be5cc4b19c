//! Laws of comparing: a platform does not differ from itself, however it is written; and what opens one way closes the other.

use compiler::compare::{Compared, Holds, Manifest, source};
use compiler::{LoadError, Loader, Session};
use platform::diff::{Change, Effect, diff};
use proptest::prelude::*;

/// A project in memory.
struct Files<'a>(Vec<(&'a str, &'a str)>);

impl Loader for Files<'_> {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let found = self.0.iter().find(|(known, _)| *known == path);
        found
            .map(|(_, text)| (*text).to_owned())
            .ok_or(LoadError { code: "import/not-found", message: path.to_owned() })
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(vec![])
    }
}

fn open(files: Vec<(&str, &str)>) -> Session {
    let (session, failed) = Session::open(&Files(files), &["main.pl"]);
    assert!(failed.is_empty(), "{failed:?}");
    let errors: Vec<String> = session.check_language().into_iter().map(|found| found.message).collect();
    assert!(errors.is_empty(), "{errors:?}");
    session
}

fn between(old: &str, new: &str) -> Vec<Change> {
    let (old, new) = (open(vec![("main.pl", old)]), open(vec![("main.pl", new)]));
    diff(&Compared::of(&old).side, &Compared::of(&new).side)
}

/// A service: its image, how many pods, and which others it reaches.
#[derive(Clone, Debug)]
struct Service {
    tag: u8,
    replicas: u8,
    uses: Vec<usize>,
    isolate: bool,
}

const NAMES: [&str; 4] = ["shop", "store", "cache", "mail"];

fn services() -> impl Strategy<Value = Vec<Service>> {
    let uses = prop::collection::vec(0..NAMES.len(), 0..3);
    let service = (0..3_u8, 1..3_u8, uses, any::<bool>());
    let service = service.prop_map(|(tag, replicas, mut uses, isolate)| {
        uses.sort_unstable();
        uses.dedup();
        Service { tag, replicas, uses, isolate }
    });
    prop::collection::vec(service, NAMES.len()..=NAMES.len())
}

fn one(number: usize, service: &Service) -> String {
    let name = NAMES[number];
    let uses: Vec<String> = (service.uses.iter().filter(|other| **other != number))
        .map(|other| format!("namespace.service.{}.port.http", NAMES[*other]))
        .collect();
    let Service { tag, replicas, isolate, .. } = service;
    format!(
        "service {name} {{ image: \"example.org/{name}:1.{tag}.0\", replicas: {replicas}, isolate: {isolate}, \
         port http: 8080, uses: [{}] }}",
        uses.join(", ")
    )
}

/// A platform, with its services in some order.
fn text(services: &[Service], order: &[usize]) -> String {
    let blocks: Vec<String> = order.iter().map(|number| one(*number, &services[*number])).collect();
    format!("cluster lab {{ namespace web {{\n{}\n}} }}\n", blocks.join("\n"))
}

fn order() -> impl Strategy<Value = Vec<usize>> {
    Just((0..NAMES.len()).collect::<Vec<usize>>()).prop_shuffle()
}

/// The paths that a comparison says of, each by itself: those with one reason are told together, and the reasons of what
/// opens are others than of what closes.
fn paths(changes: &[Change], effect: Effect) -> Vec<String> {
    let of = changes.iter().filter(|change| change.effect == effect);
    let mut found: Vec<String> = of.flat_map(|change| each(&change.message).unwrap_or_default()).collect();
    found.sort();
    found
}

/// The paths of `opens a and b -> c at TCP 80`.
fn each(message: &str) -> Option<Vec<String>> {
    let (_, path) = message.split_once(' ')?;
    let (sources, rest) = path.split_once(" -> ")?;
    let (targets, ports) = rest.rsplit_once(" at ")?;
    let pairs = listed(sources).flat_map(|source| listed(targets).map(move |target| (source, target)));
    Some(pairs.map(|(source, target)| format!("{source} -> {target} at {ports}")).collect())
}

/// The names of `a, b and c`.
fn listed(words: &str) -> impl Iterator<Item = &str> {
    words.split(", ").flat_map(|words| words.split(" and "))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn a_platform_in_another_order_is_the_same(services in services(), order in order()) {
        let first: Vec<usize> = (0..NAMES.len()).collect();
        let (one, other) = (text(&services, &first), text(&services, &order));
        prop_assert_eq!(between(&one, &other), vec![]);
        let formatted = syntax::format(&other).unwrap_or(other);
        prop_assert_eq!(between(&one, &formatted), vec![]);
    }

    #[test]
    fn what_opens_one_way_closes_the_other(old in services(), new in services()) {
        let order: Vec<usize> = (0..NAMES.len()).collect();
        let (old, new) = (text(&old, &order), text(&new, &order));
        let (there, back) = (between(&old, &new), between(&new, &old));
        prop_assert_eq!(paths(&there, Effect::Opens), paths(&back, Effect::Closes));
        prop_assert_eq!(paths(&there, Effect::Closes), paths(&back, Effect::Opens));
        prop_assert_eq!(there.is_empty(), old == new);
    }
}

#[test]
fn objects_are_read_where_they_stand() {
    let yaml = "apiVersion: v1\nkind: ConfigMap\nmetadata: {name: a}\ndata: {x: '1'}\n---\n---\napiVersion: v1\nkind: \
                List\nitems: [{apiVersion: v1, kind: ConfigMap, metadata: {name: b}}]\n";
    let manifest = Manifest { path: "a.yaml", text: yaml, cluster: Some("lab"), holds: Holds::Objects };
    let (text, empty) = source(&[manifest]);
    assert_eq!(empty, Vec::<&str>::new());
    let session = open(vec![("main.pl", &text), ("a.yaml", yaml)]);
    let compared = Compared::of(&session);
    let names: Vec<&str> = compared.side.things.iter().map(|thing| &*thing.name).collect();
    assert_eq!(names, ["a", "b"]);
    let spot = platform::diff::Spot::Part(0, vec![platform::diff::Step::Key("data".into())]);
    let (path, text) = session.file(compared.span(&spot).unwrap().file).unwrap();
    assert_eq!((path, text), ("a.yaml", yaml));
}
