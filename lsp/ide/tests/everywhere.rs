//! Every feature at many offsets of whole and of broken texts: nothing panics, and what is given stands in the text.

use std::fs;
use std::path::Path;

use diagnostics::{Diagnostic, Span};
use ide::{Edit, TextRange};

use crate::scene::Scene;

/// Asks every feature that looks at a place.
fn at_place(scene: &Scene, offset: u32) {
    let (session, file) = (&scene.session, scene.file);
    let text = file.text(session.db());
    let stands = |range: TextRange| assert!(text.get(range.bytes()).is_some(), "{range:?} of {}", text.len());
    if let Some(hover) = ide::hover::hover(session, file, offset) {
        stands(hover.range);
    }
    for jump in [
        ide::definition::definition(session, file, offset),
        ide::definition::declaration(session, file, offset),
        ide::definition::type_definition(session, file, offset),
        ide::definition::implementation(session, file, offset),
    ] {
        for target in jump.iter().flat_map(|jump| &jump.to) {
            let (_, text) = session.file(target.focus.file).expect("the file of a target can be read");
            assert!(text.get(target.focus.range.bytes()).is_some());
        }
    }
    stands(ide::completion::completions(session, file, offset).replace);
    ide::references::highlights(session, file, offset).iter().for_each(|found| stands(found.place.range));
    if let Ok(edits) = ide::rename::rename(session, file, offset, "another") {
        check_edits(scene, &edits);
    }
    if let Some(signature) = ide::signature::signature(session, file, offset) {
        signature.params.iter().for_each(|param| assert!(signature.label.get(param.bytes()).is_some()));
    }
    let ranges = ide::selection::selections(text, offset);
    assert!(ranges.windows(2).all(|pair| pair[0].cover(pair[1]) == pair[1]), "{ranges:?}");
    if let Some(preview) = ide::preview::preview(session, file, offset) {
        assert!(preview.lines.iter().all(|line| (line.line as usize) < preview.text.lines().count()));
    }
}

fn check_edits(scene: &Scene, edits: &[Edit]) {
    for edit in edits {
        let (_, text) = scene.session.file(edit.place.file).expect("the file of an edit can be read");
        assert!(text.get(edit.place.range.bytes()).is_some());
    }
    for pair in edits.windows(2) {
        let meets = pair[0].place.file == pair[1].place.file && pair[1].place.range.start < pair[0].place.range.end;
        assert!(!meets, "{pair:?}");
    }
}

/// Asks every feature that looks at a whole file.
fn of_file(scene: &Scene, found: &[Diagnostic<Span>]) {
    let (session, file) = (&scene.session, scene.file);
    let text = file.text(session.db());
    let whole = TextRange::new(0, text.len() as u32);
    let stands = |range: TextRange| assert!(text.get(range.bytes()).is_some());
    ide::folding::folds(text).iter().for_each(|fold| stands(fold.range));
    ide::links::links(session, file).iter().for_each(|link| stands(link.range));
    let tokens = ide::tokens::tokens(session, file, None);
    tokens.iter().for_each(|token| stands(token.range));
    assert!(tokens.windows(2).all(|pair| pair[0].range.end <= pair[1].range.start), "tokens overlap");
    ide::inlay::hints(session, file, whole).iter().for_each(|hint| stands(TextRange::empty(hint.offset)));
    for lens in ide::lens::lenses(session, file) {
        stands(lens.range);
        _ = ide::lens::title(session, file, &lens);
    }
    for action in ide::actions::actions(session, file, whole, found) {
        let mut edits = action.edits;
        edits.sort();
        check_edits(scene, &edits);
    }
    check_edits(scene, &ide::actions::fix_all(found));
    _ = ide::symbols::document_symbols(session, file);
    _ = ide::symbols::workspace_symbols(session, "a");
    for edit in ide::formatting::format(text) {
        stands(edit.range);
    }
}

/// Texts that were cut off, with each of the offsets around the end asked.
fn cut(text: &str, step: usize) {
    let ends = (0..=text.len()).filter(|end| text.is_char_boundary(*end)).step_by(step);
    for end in ends {
        let scene = Scene::of(&text[..end]);
        let found = scene.session.check();
        of_file(&scene, &found);
        let length = scene.file.text(scene.session.db()).len() as u32;
        for offset in length.saturating_sub(2)..=length + 1 {
            at_place(&scene, offset);
        }
    }
}

const PLATFORM: &str = r#"import std/k8s as kube
/// A site 🦀 with ünïcode.
schema Site in Namespace {
  /// Its port.
  port: Port
  names: [Name] = ["a", "b"]
  role: "front" | "back" = "front"
  each route: Route
  check port > 10 else "\(port) of \(name) is low"
  emit object app: kube.Service = { spec: { ports: [{ port: port }], selector: { app: name } } }
}
type Route = { host: String, path?: String }
fn twice(number: Int, times: Int = 2) -> Int = if number > 3 then number * times else [1, 2].map((n) => n + 1).sum()
cluster lab {
  network { nodes: 192.168.1.0/24, pool home { addresses: [192.168.1.200..192.168.1.250] } }
  host one { address: auto, memory: 16GiB }
  for n in 1..2 { host "n-\(n)" { address: 192.168.1.10 + n } }
  namespace web {
    deployment shop { spec: { replicas: twice(2), selector: {}, template: { metadata: { labels: { app: "x" } } } } }
  }
}
extend lab.namespace.web { deployment shop { metadata: { labels: { tier: "1" } } } }
let all = lab.host.one.address
output best: lab with { host three { address: all } }
test "it holds" { assert lab.host.one.name == "one" }
"#;

#[test]
fn every_place_of_a_platform() {
    for text in [PLATFORM.to_string(), PLATFORM.replace('\n', "\r\n")] {
        let scene = Scene::of(&text);
        let found = scene.session.check();
        of_file(&scene, &found);
        let length = scene.file.text(scene.session.db()).len() as u32;
        (0..length + 2).step_by(7).for_each(|offset| at_place(&scene, offset));
    }
}

#[test]
fn texts_that_end_anywhere() {
    cut(PLATFORM, 61);
}

#[test]
fn braces_that_are_missing() {
    for missing in ["{", "}", "(", ")", "[", "]", "\"", ":"] {
        let places: Vec<usize> = PLATFORM.match_indices(missing).map(|found| found.0).step_by(9).collect();
        for place in places {
            let mut text = PLATFORM.to_string();
            text.replace_range(place..place + missing.len(), "");
            let scene = Scene::of(&text);
            let found = scene.session.check();
            of_file(&scene, &found);
            at_place(&scene, place as u32);
            at_place(&scene, (place as u32).saturating_sub(3));
        }
    }
}

#[test]
fn files_that_are_no_code() {
    for text in [
        "",
        "\u{feff}",
        "🦀🦀",
        "\r\n\r\n",
        "a: b\n- c",
        "}}}}",
        "{{{{",
        "\"",
        "\"\\(",
        "///",
        "@",
        "import",
        "import \"",
    ] {
        let scene = Scene::of(text);
        of_file(&scene, &scene.session.check());
        (0..text.len() as u32 + 3).for_each(|offset| at_place(&scene, offset));
    }
}

/// The files of the examples, each as the editor would open it.
#[test]
fn places_of_the_examples() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../examples");
    for example in ["homelab", "guestbook"] {
        let folder = root.join(example);
        let mut text = String::new();
        let mut paths: Vec<_> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
        paths.sort();
        for path in paths.iter().filter(|path| path.extension().is_some_and(|end| end == "pl")) {
            let name = path.file_name().unwrap().to_string_lossy().to_string();
            text.push_str(&format!("-- {name} --\n{}", fs::read_to_string(path).unwrap()));
        }
        let scene = Scene::of(&text);
        of_file(&scene, &scene.session.check());
        let length = scene.file.text(scene.session.db()).len() as u32;
        (0..length).step_by(41).for_each(|offset| at_place(&scene, offset));
    }
}
