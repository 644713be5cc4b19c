//! Reads the pages that explain the rules as cases: the program under `## Wrong` is found wrong by that rule and by no
//! other, the one under `## Right` is clean. Knows the form of a page; must not know the rules.

use std::path::Path;
use std::{fs, io};

use crate::case::{Case, Expectation, Kind, Malformed, read};
use crate::suite::files_below;

/// The cases of all pages in the repository.
pub fn cases(repository: &Path) -> io::Result<Result<Vec<Case>, Malformed>> {
    let mut cases = Vec::new();
    for path in files_below(&repository.join("compiler/diagnostics/rules"), "md")? {
        let name = path.strip_prefix(repository).unwrap_or(&path).display().to_string();
        match of_page(&name, &fs::read_to_string(&path)?) {
            Ok(more) => cases.extend(more),
            Err(malformed) => return Ok(Err(malformed)),
        }
    }
    Ok(Ok(cases))
}

/// The two cases of one page.
fn of_page(file: &str, page: &str) -> Result<Vec<Case>, Malformed> {
    let code = page.trim_start_matches(['#', ' ']).split(':').next().unwrap_or_default();
    // An expectation ends each program; the fence of a case file stands for it.
    let marked = page
        .replace("\n## Right\n", "\n```clean\n```\n## Right\n")
        .replace("\n## What to do\n", "\n```clean\n```\n## What to do\n");
    let mut cases = read(file, &marked)?;
    for case in &mut cases {
        let text = if case.name == "Wrong" { format!("{code}\n") } else { String::new() };
        let kind = if case.name == "Wrong" { Kind::Code } else { Kind::Clean };
        case.expectations = vec![Expectation { kind, text, first_line: 0, line_count: 0 }];
    }
    Ok(cases)
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test may fail")]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_two_cases() {
        let page = "# a/b: x\n\n## Wrong\n\n```pl\n1\n```\n\n## Right\n\n```pl\n2\n```\n\n## What to do\n\nNothing.\n";
        let cases = of_page("p.md", page).expect("reads");
        let told: Vec<_> = cases.iter().map(|case| (case.name.as_str(), case.expectations[0].kind)).collect();
        assert_eq!(told, [("Wrong", Kind::Code), ("Right", Kind::Clean)]);
        assert_eq!(cases[0].expectations[0].text, "a/b\n");
    }
}
