//! Platforms at random that are right are silent; one that is wrong at one place, wherever that is, is told so there, by the
//! code of what was broken. Every rule over platforms is broken here, or in the tests of [`ELSEWHERE`].

#![allow(clippy::expect_used, clippy::panic, reason = "tests fail by it")]

mod platform;
mod scene;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;

use proptest::prelude::*;

use platform::{Broken, Platform};
use scene::{Chance, Drawn, Scene};

/// Other tests that break correct platforms at random places. A code that stands in one of them is broken there.
const ELSEWHERE: &[&str] = &[
    "compiler/core/tests/rules_names.rs",
    "compiler/core/tests/rules_network.rs",
    "compiler/core/tests/rules_workloads.rs",
    "compiler/platform/tests/reach_rules.rs",
];

/// The text of a file of the repository.
fn text(path: impl AsRef<Path>) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(path);
    fs::read_to_string(&path).unwrap_or_else(|why| panic!("{}: {why}", path.display()))
}

/// The files below a folder of the repository, in order.
fn files(folder: &str) -> Vec<String> {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").join(folder);
    let mut found = Vec::new();
    for entry in fs::read_dir(path).expect("the folder is there") {
        let entry = entry.expect("it can be read");
        let inner = format!("{folder}/{}", entry.file_name().to_string_lossy());
        if entry.path().is_dir() { found.extend(files(&inner)) } else { found.push(inner) }
    }
    found.sort();
    found
}

fn scenes() -> Vec<Scene> {
    let about = |path: &String| path.ends_with(".md") && !path.ends_with("README.md");
    let only = std::env::var("SCENES").unwrap_or_default();
    let files = files("compiler/core/tests/mutations").into_iter().filter(about);
    let scenes = files.flat_map(|path| scene::read(path.rsplit('/').next().unwrap_or_default(), &text(&path)));
    scenes.filter(|scene| scene.name.contains(&only)).collect()
}

fn draw(scenes: &[&Scene], chance: &mut Chance) -> Vec<Drawn> {
    scenes.iter().enumerate().map(|(number, scene)| scene.draw(number, chance)).collect()
}

fn none(drawn: &[Drawn]) -> Vec<Broken> {
    vec![Vec::new(); drawn.len()]
}

/// Each break of each scene is tried at least once: at one place in each thing at a time.
#[test]
fn every_break_is_found() {
    let scenes = scenes();
    let scenes: Vec<&Scene> = scenes.iter().collect();
    let drawn = draw(&scenes, &mut Chance(1));
    assert_eq!(Platform::new(&drawn, &none(&drawn)).check().all(), Vec::<String>::new());
    let mut left: Vec<BTreeSet<usize>> =
        drawn.iter().map(|drawn| drawn.breaks().iter().map(|place| place.number).collect()).collect();
    let mut missed = Vec::new();
    while left.iter().any(|left| !left.is_empty()) {
        let broken: Vec<Broken> = drawn.iter().zip(&mut left).map(|(drawn, left)| one_each(drawn, left)).collect();
        missed.extend(Platform::new(&drawn, &broken).check().missed());
    }
    assert!(missed.is_empty(), "{}", missed.join("\n\n"));
}

/// One place in each thing that was not broken yet.
fn one_each(drawn: &Drawn, left: &mut BTreeSet<usize>) -> Broken {
    let mut pieces = BTreeSet::new();
    let breaks = drawn.breaks();
    let places = breaks.iter().enumerate();
    let new = |(_, place): &(usize, &&scene::Break)| {
        left.contains(&place.number) && pieces.insert(place.piece) && left.remove(&place.number)
    };
    places.filter(new).map(|(place, _)| place).collect()
}

/// How many platforms are tried, unless somebody asks for more.
fn cases() -> u32 {
    std::env::var("PROPTEST_CASES").ok().and_then(|cases| cases.parse().ok()).unwrap_or(16)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, ..ProptestConfig::default() })]

    /// What is right is silent, and what is broken at one place of each scene is found there.
    #[test]
    fn platforms_at_random(
        seed in any::<u64>(),
        chosen in proptest::collection::vec(any::<prop::sample::Index>(), 1..5),
    ) {
        let scenes = scenes();
        let chosen: Vec<&Scene> = chosen.iter().map(|index| index.get(&scenes)).collect();
        let mut chance = Chance(seed);
        let drawn = draw(&chosen, &mut chance);
        prop_assert_eq!(Platform::new(&drawn, &none(&drawn)).check().all(), Vec::<String>::new());
        let broken: Vec<Broken> = drawn.iter().map(|drawn| vec![chance.below(drawn.breaks().len())]).collect();
        let missed = Platform::new(&drawn, &broken).check().missed();
        prop_assert!(missed.is_empty(), "{}", missed.join("\n\n"));
    }
}

/// The codes that rules over platforms report: those that their files name.
fn judged() -> BTreeSet<&'static str> {
    let sources = files("compiler/platform/src/rules");
    let source: String = sources.iter().map(text).collect();
    let names: BTreeSet<&str> = source
        .split("rules::")
        .skip(1)
        .map(|rest| rest.split(|letter: char| !letter.is_ascii_uppercase() && letter != '_').next().unwrap_or_default())
        .collect();
    let constant = |code: &str| code.to_uppercase().replace(['/', '-'], "_");
    let codes = diagnostics::rules::ALL.iter().map(|rule| rule.code);
    codes.filter(|code| names.contains(&*constant(code))).collect()
}

/// Every code that a rule over platforms reports has a break.
#[test]
fn every_rule_has_a_break() {
    let judged = judged();
    assert!(judged.len() > 100 && judged.contains("object/refused"), "the rules are somewhere else: {judged:?}");
    let drawn = draw(&scenes().iter().collect::<Vec<_>>(), &mut Chance(1));
    let here: BTreeSet<&str> = drawn.iter().flat_map(Drawn::breaks).map(|place| place.code).collect();
    let elsewhere: String = ELSEWHERE.iter().map(text).collect();
    let has_none = |code: &&&str| !here.contains(**code) && !elsewhere.contains(&format!("\"{code}\""));
    let missing: Vec<_> = judged.iter().filter(has_none).collect();
    assert!(missing.is_empty(), "nothing breaks {missing:#?}");
}

/// Every law of single objects, of which `object/refused` has many, has a break: as many of them say different words that
/// stand in a file as it tells laws.
#[test]
fn every_law_has_a_break() {
    let drawn = draw(&scenes().iter().collect::<Vec<_>>(), &mut Chance(1));
    let refused = drawn.iter().flat_map(Drawn::breaks).filter(|place| place.code == "object/refused");
    let words: BTreeSet<&str> = refused.map(|place| &*place.words).collect();
    assert!(!words.contains(""), "each break of `object/refused` says which law it breaks, by words of its message");
    let mut few = Vec::new();
    for path in files("compiler/platform/src/laws") {
        let source = text(&path);
        let laws = source.matches("judge.tell(").count() + source.matches("judge.dead(").count();
        let broken = words.iter().filter(|words| source.contains(**words)).count();
        if broken < laws {
            few.push(format!("{path} has {laws} laws, of which {broken} are broken"));
        }
    }
    assert!(few.is_empty(), "{few:#?}");
}
