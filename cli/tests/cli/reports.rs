//! The forms of a report.

use serde_json::Value;

use crate::Place;

const WRONG: &str = "output s: { b: 1 c: 2 }\n";

#[test]
fn a_person_sees_the_line_and_the_fixed_line() {
    let said = Place::with(&[("main.pl", WRONG)]).run(&["check", "main.pl"]);
    assert!(said.err.contains(" 1 │ output s: { b: 1 c: 2 }\n"), "{}", said.err);
    assert!(said.err.contains("output s: { b: 1, c: 2 }\n"), "{}", said.err);
}

#[test]
fn json_is_one_object_a_line() {
    let said = Place::with(&[("main.pl", WRONG)]).run(&["check", "--format", "json", "main.pl"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    let lines: Vec<Value> = said.out.lines().map(|line| serde_json::from_str(line).unwrap()).collect();
    assert_eq!(lines.len(), 1);
    let finding = &lines[0];
    assert_eq!(finding["code"], "syntax/missing-comma");
    assert_eq!(finding["level"], "error");
    assert_eq!(finding["file"], "main.pl");
    assert_eq!((finding["line"].as_u64(), finding["column"].as_u64()), (Some(1), Some(18)));
    assert_eq!((finding["start"].as_u64(), finding["end"].as_u64()), (Some(17), Some(18)));
    assert_eq!(finding["fix"]["edits"][0]["text"], ",");
}

#[test]
fn sarif_names_rules_places_and_fixes() {
    let said = Place::with(&[("a b.pl", WRONG)]).run(&["check", "--format", "sarif", "a b.pl"]);
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(document["version"], "2.1.0");
    let run = &document["runs"][0];
    assert_eq!(run["tool"]["driver"]["rules"][0]["id"], "syntax/missing-comma");
    let result = &run["results"][0];
    assert_eq!((result["ruleId"].as_str(), result["ruleIndex"].as_u64()), (Some("syntax/missing-comma"), Some(0)));
    let place = &result["locations"][0]["physicalLocation"];
    assert_eq!(place["artifactLocation"]["uri"], "a%20b.pl");
    assert_eq!(place["region"]["startColumn"], 18);
    let replacement = &result["fixes"][0]["artifactChanges"][0]["replacements"][0];
    assert_eq!(replacement["insertedContent"]["text"], ",");
}

#[test]
fn sarif_of_nothing_is_a_document_too() {
    let said = Place::with(&[("main.pl", "let a = 1\n")]).run(&["check", "--format", "sarif", "main.pl"]);
    let document: Value = serde_json::from_str(&said.out).unwrap();
    assert_eq!(document["runs"][0]["results"], Value::Array(vec![]));
}

#[test]
fn github_gets_workflow_commands() {
    let said = Place::with(&[("a,b.pl", WRONG)]).run(&["check", "--format", "github", "a,b.pl"]);
    let start = "::error file=a%2Cb.pl,line=1,endLine=1,col=18,endColumn=19,title=syntax/missing-comma::";
    assert!(said.out.starts_with(start), "{}", said.out);
    assert_eq!(said.out.lines().count(), 1);
}

#[test]
fn github_takes_columns_of_one_line_only() {
    let source = "let a: Int = [\n  1,\n]\n";
    let said = Place::with(&[("main.pl", source)]).run(&["check", "--format", "github", "main.pl"]);
    assert!(said.out.starts_with("::error file=main.pl,line=1,endLine=3,title=type/mismatch::"), "{}", said.out);
}

/// The fingerprints of what GitLab is told.
fn fingerprints(source: &str) -> Vec<String> {
    let said = Place::with(&[("main.pl", source)]).run(&["check", "--format", "gitlab", "main.pl"]);
    let issues: Vec<Value> = serde_json::from_str(&said.out).unwrap();
    issues.iter().map(|issue| issue["fingerprint"].as_str().unwrap().to_owned()).collect()
}

#[test]
fn gitlab_knows_a_finding_again() {
    let place = Place::with(&[("a b/main.pl", WRONG)]);
    let said = place.run(&["check", "--format", "gitlab", "a b/main.pl"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    let issues: Value = serde_json::from_str(&said.out).unwrap();
    let issue = &issues[0];
    assert_eq!(issue["check_name"], "syntax/missing-comma");
    assert_eq!(issue["severity"], "critical");
    assert_eq!(issue["location"]["path"], "a b/main.pl");
    assert_eq!(issue["location"]["lines"]["begin"], 1);
    assert!(issue["description"].as_str().is_some_and(|text| !text.is_empty()));

    let twice = "let a: Int = \"x\"\nlet b = [\n  1 + \"x\",\n  1 + \"x\",\n]\n";
    let prints = fingerprints(twice);
    assert_eq!(prints.len(), 3);
    assert!(prints[1] != prints[2], "no two are the same");
    assert_eq!(fingerprints(&format!("// more\n\n{twice}")), prints, "lines before it make no other finding of it");
    let nothing = Place::with(&[("main.pl", "let a = 1\n")]).run(&["check", "--format", "gitlab", "main.pl"]);
    assert_eq!(nothing.out, "[]\n");
}

#[test]
fn junit_has_a_case_for_each_finding() {
    let place = Place::with(&[("a&b.pl", "let a: Int = \"<\u{1b}&]]>\"\n")]);
    let said = place.run(&["check", "--format", "junit", "a&b.pl"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), ""));
    let begin = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n\
        <testsuites name=\"platc\" tests=\"1\" failures=\"1\" errors=\"0\">\n  \
        <testsuite name=\"platc\" tests=\"1\" failures=\"1\" errors=\"0\" skipped=\"0\">\n    \
        <testcase classname=\"a&amp;b.pl\" name=\"type/mismatch 1:14\">\n      \
        <failure type=\"type/mismatch\" message=\"";
    assert!(said.out.starts_with(begin), "{}", said.out);
    assert!(said.out.contains("&lt;") && !said.out.contains(['\u{1b}']) && !said.out.contains("]]>"), "{}", said.out);
    let clean = Place::with(&[("main.pl", "let a = 1\n")]).run(&["check", "--format", "junit", "main.pl"]);
    assert!(clean.out.contains("tests=\"1\" failures=\"0\""), "{}", clean.out);
}

#[test]
fn junit_has_a_case_for_each_test() {
    let tests = "test \"one < two\" { assert 1 == 2 }\ntest \"fine\" { assert 1 == 1 }\n";
    let place = Place::with(&[("main.pl", tests)]);
    let said = place.run(&["test", "--format", "junit", "main.pl"]);
    assert_eq!((said.code, said.err.as_str()), (Some(1), "1 passed, 1 failed\n"));
    assert!(said.out.contains("<testsuite name=\"tests\" tests=\"2\" failures=\"1\""), "{}", said.out);
    assert!(said.out.contains("<testcase classname=\"main.pl\" name=\"one &lt; two\">\n      <failure type="));
    assert!(said.out.contains("at main.pl:1:"), "{}", said.out);
    assert!(said.out.contains("<testcase classname=\"main.pl\" name=\"fine\"/>"), "{}", said.out);
    assert!(!said.out.contains("\"findings\""), "what fails a test is not told twice: {}", said.out);
    place.write("main.pl", format!("{tests}let a: Int = \"x\"\n"));
    let said = place.run(&["test", "--format", "junit", "main.pl"]);
    assert!(said.out.contains("<testsuite name=\"findings\" tests=\"1\" failures=\"1\""), "{}", said.out);
}

#[test]
fn colours_only_where_they_are_wanted() {
    let place = Place::with(&[("main.pl", WRONG)]);
    let plain = place.run(&["check", "main.pl"]);
    assert!(!plain.err.contains('\u{1b}'), "{:?}", plain.err);
    let colored = place.run(&["check", "--color", "always", "main.pl"]);
    assert!(colored.err.starts_with("\u{1b}["), "{:?}", colored.err);
}

#[test]
fn nothing_of_a_source_acts_on_the_terminal() {
    let hostile = "let a = = \"\u{1b}[2J\u{202e}\u{7}\" // \u{9b}31m\n";
    let place = Place::with(&[("main.pl", hostile)]);
    for form in ["human", "github"] {
        let said = place.run(&["check", "--format", form, "main.pl"]);
        let text = said.out + &said.err;
        assert!(!text.contains(['\u{1b}', '\u{202e}', '\u{7}', '\u{9b}']), "{form}: {text:?}");
    }
    assert!(place.run(&["check", "main.pl"]).err.contains("␛[2J<U+202E>␇"));
}

#[test]
fn a_long_line_is_cut_around_the_place() {
    let filler = "1, ".repeat(5_000);
    let source = format!("let a = [{filler}= 2, {filler}]\n");
    let said = Place::with(&[("main.pl", &source)]).run(&["check", "main.pl"]);
    assert!(said.err.contains("main.pl:1:15010"), "{}", said.err);
    assert!(said.err.lines().all(|line| line.chars().count() <= 120), "{}", said.err);
}
