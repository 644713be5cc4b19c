//! The pages of the rules are true: what stands under "Wrong" is reported with exactly this code, what stands under
//! "Right" is clean.

use diagnostics::{Example, Rule, Verdict, examples, rules};
use serde_json::Value;

use crate::Place;

#[test]
fn every_example_does_what_its_page_says() {
    let lies: Vec<String> = rules::ALL
        .iter()
        .flat_map(|rule| {
            examples(rule.page)
                .into_iter()
                .map(move |example| (rule, example))
        })
        .filter_map(|(rule, example)| lie(rule, &example))
        .collect();
    assert!(lies.is_empty(), "\n{}", lies.join("\n"));
}

/// What is wrong with an example of a page.
fn lie(rule: &Rule, example: &Example) -> Option<String> {
    let found = codes(example);
    let expected = match example.verdict {
        Verdict::Wrong => vec![rule.code.to_owned()],
        Verdict::Right => vec![],
    };
    let mut codes: Vec<String> = found.iter().map(|(code, _)| code.clone()).collect();
    codes.dedup();
    (codes != expected).then(|| format!("{} {:?}: {found:?}", rule.code, example.verdict))
}

/// The codes and messages of what is found by `check`, and by `test` where the example has one.
fn codes(example: &Example) -> Vec<(String, String)> {
    let place = Place::with(&[("platc.toml", "")]);
    for source in &example.files {
        place.write(&source.path, &source.text);
    }
    let has_test = example
        .files
        .iter()
        .any(|source| source.text.contains("test \""));
    let command = if has_test { "test" } else { "check" };
    let said = place.run(&[command, "--format", "json", "main.pl"]);
    let finding = |line: &str| {
        let finding: Value = serde_json::from_str(line).unwrap();
        (
            finding["code"].as_str().unwrap().to_owned(),
            finding["message"].as_str().unwrap().to_owned(),
        )
    };
    assert!(matches!(said.code, Some(0 | 1)), "{said:?}");
    said.out.lines().map(finding).collect()
}
