//! Runs the cases in `features`.

use std::fmt::Write;
use std::fs;
use std::path::Path;

use crate::render;
use crate::scene::Scene;

struct Fence {
    info: String,
    body: String,
    /// The lines of the body.
    lines: std::ops::Range<usize>,
}

fn fences(lines: &[&str]) -> Vec<Fence> {
    let mut found = Vec::new();
    let mut open: Option<(String, usize)> = None;
    for (number, line) in lines.iter().enumerate() {
        match (&open, line.strip_prefix("~~~")) {
            (None, Some(info)) => open = Some((info.trim().to_string(), number + 1)),
            (Some((info, start)), Some("")) => {
                let body = lines[*start..number].iter().flat_map(|line| [*line, "\n"]).collect();
                found.push(Fence { info: info.clone(), body, lines: *start..number });
                open = None;
            }
            _ => {}
        }
    }
    assert!(open.is_none(), "a fence is open at the end");
    found
}

#[test]
fn features() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/features");
    let update = std::env::var_os("UPDATE").is_some();
    let only = std::env::var("ONLY").unwrap_or_default();
    let mut failures = String::new();
    let mut count = 0;
    let mut paths: Vec<_> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    paths.sort();
    for path in paths.iter().filter(|path| path.to_string_lossy().contains(&only)) {
        let text = fs::read_to_string(path).unwrap();
        let lines: Vec<&str> = text.lines().collect();
        let mut out: Vec<String> = Vec::new();
        let mut kept = 0;
        let mut scene: Option<Scene> = None;
        for fence in fences(&lines) {
            let mut words = fence.info.split_whitespace();
            let feature = words.next().unwrap_or_default();
            let rest: Vec<&str> = words.collect();
            if feature == "pl" {
                let text = if rest.contains(&"crlf") { fence.body.replace('\n', "\r\n") } else { fence.body.clone() };
                scene = Some(Scene::of(&text));
                continue;
            }
            let scene = scene.as_mut().expect("a case begins with its files");
            let given = render::feature(scene, feature, &rest).replace('\r', "\\r");
            count += 1;
            out.extend(lines[kept..fence.lines.start].iter().map(|line| line.to_string()));
            out.extend(given.lines().map(str::to_string));
            kept = fence.lines.end;
            if !update && given.trim_end() != fence.body.trim_end() {
                let place = format!("{}:{}", path.display(), fence.lines.start);
                writeln!(failures, "\n{place}: {}\n--- expected\n{}--- given\n{given}", fence.info, fence.body)
                    .unwrap();
            }
        }
        if update {
            out.extend(lines[kept..].iter().map(|line| line.to_string()));
            fs::write(path, out.join("\n") + "\n").unwrap();
        }
    }
    assert!(failures.is_empty(), "{failures}");
    assert!(count > 0, "there are no cases");
}
