//! Platforms that become again what they were: what the rules found then is found again, at the places where it is now.

use compiler::Database;
use proptest::prelude::*;

use crate::project::{Files, MAIN, edit, open, seen};
use crate::random::placed;

/// A platform in which a rule finds something, right and wrong ones, and each with other lines around.
fn texts() -> Vec<String> {
    let platform = |hosts: &str, network: &str| {
        format!("cluster lab {{\n  network {{ nodes: {network} }}\n  host one {{ address: 10.0.0.2 }}\n  {hosts}\n}}\n")
    };
    let two_alike = platform("host two { address: 10.0.0.2 }", "10.0.0.0/24");
    let right = platform("host two { address: 10.0.0.3 }", "10.0.0.0/24");
    let outside = platform("host two { address: 10.0.0.3 }", "10.0.0.0/31");
    let wrong = platform("host two { address: \"x\" }", "10.0.0.0/24");
    let broken = right.trim_end_matches("}\n").to_owned();
    let extended = format!("{right}extend Nobody {{ a: 1 }}\n");
    let all = [two_alike, right, outside, wrong, broken, extended];
    let moved = all.clone().map(|text| format!("// moved\n\n{text}// the end\n"));
    all.into_iter().chain(moved).collect()
}

#[test]
fn a_rule_finds_something() {
    let texts = texts();
    let found = |text: &str| seen(&open(&Files::new(&[(MAIN, text)]), Database::default())).0.len();
    let counts: Vec<usize> = texts.iter().map(|text| found(text)).collect();
    assert!(counts[0] > 0 && counts[1] == 0 && counts[2] > 0, "{counts:?}");
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 20, ..ProptestConfig::default() })]

    #[test]
    fn what_returns_is_judged_as_it_was(steps in proptest::collection::vec((0usize..12, any::<bool>()), 2..12)) {
        let texts = texts();
        let mut files = Files::new(&[(MAIN, texts[0].as_str())]);
        let mut session = open(&files, Database::default());
        for (step, looks) in steps {
            files.0.insert(MAIN.to_owned(), texts[step].clone());
            edit(&mut session, &files, MAIN);
            // Not every text is judged before the next one comes.
            if looks {
                let fresh = open(&files, Database::default());
                prop_assert_eq!(placed(&session, &seen(&session).0), placed(&fresh, &seen(&fresh).0), "of {}", texts[step]);
            }
        }
    }
}
