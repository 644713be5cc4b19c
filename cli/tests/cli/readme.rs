//! What the first page of the project promises.

use crate::Place;

const README: &str = include_str!("../../../README.md");

/// The text of the first block behind a line that begins with `before`, and that opens with `fence`.
fn block(before: &str, fence: &str) -> &'static str {
    let (_, rest) = README.split_once(before).unwrap();
    let (_, rest) = rest.split_once(&format!("\n{fence}\n")).unwrap();
    rest.split_once("\n```\n").unwrap().0
}

#[test]
fn the_taste_is_clean_formatted_and_its_test_passes() {
    let place = Place::with(&[("platform.pl", &format!("{}\n", block("# platc", "```pl")))]);
    place.run(&["check", "--deny-warnings"]).is_clean();
    place.run(&["fmt", "--check"]).is_clean();
    place.run(&["test"]).is_clean();
}

#[test]
fn it_builds_what_stands_below_it() {
    let place = Place::with(&[("platform.pl", &format!("{}\n", block("# platc", "```pl")))]);
    let built = place.run(&["build", "platform.pl"]);
    assert_eq!(built.out.trim_end(), block("`platc build platform.pl` prints:", "```yaml"));
}

#[test]
fn the_finding_looks_like_that() {
    let wrong = block("# platc", "```pl").replace("+ 3 }", "+ 3, replicas: 60 }");
    let said = Place::with(&[("platform.pl", &wrong)]).run(&["check", "platform.pl"]);
    assert_eq!(said.err.trim_end(), block("## Findings", "```"));
}

#[test]
fn the_whole_is_judged_as_it_says() {
    let source = format!("{}\n", block("follow from it:", "```pl"));
    let place = Place::with(&[("platform.pl", &source)]);
    place.run(&["fmt", "--check"]).is_clean();
    let said = place.run(&["check", "--report", "json", "platform.pl"]).out;
    let shown = said.lines().map(|line| {
        let finding: serde_json::Value = serde_json::from_str(line).unwrap();
        let text = |field: &str| finding[field].as_str().unwrap().to_owned();
        format!("{} {}:{} {}", text("code"), finding["line"], finding["column"], text("message"))
    });
    assert_eq!(shown.collect::<Vec<_>>(), block("judged as a whole", "```error").lines().collect::<Vec<_>>());
}

#[test]
fn every_command_is_named() {
    let help = Place::with(&[]).run(&["--help"]).out;
    let (_, commands) = help.split_once("Commands:\n").unwrap();
    for line in commands.lines().take_while(|line| !line.is_empty()) {
        let command = line.split_whitespace().next().unwrap();
        assert!(command == "help" || README.contains(&format!("`platc {command}")), "{command}");
    }
}
