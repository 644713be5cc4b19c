//! What features give, as text that people can read.

use diagnostics::FileId;
use ide::definition::Jump;
use ide::symbols::Declared;
use ide::{Place, TextRange};

use crate::scene::Scene;

pub fn feature(scene: &mut Scene, feature: &str, _rest: &[&str]) -> String {
    let (session, file, offset) = (&scene.session, scene.file, scene.offset());
    match feature {
        "definition" => jump(scene, ide::definition::definition(session, file, offset)),
        "declaration" => jump(scene, ide::definition::declaration(session, file, offset)),
        "type-definition" => jump(scene, ide::definition::type_definition(session, file, offset)),
        "implementation" => jump(scene, ide::definition::implementation(session, file, offset)),
        "hover" => match ide::hover::hover(session, file, offset) {
            Some(hover) => format!("[{}]\n{}\n", text(scene, hover.range), hover.text),
            None => "nothing\n".to_string(),
        },
        "document-symbols" => symbols(&ide::symbols::document_symbols(session, file), 0),
        "completion" => {
            let count = _rest.first().and_then(|count| count.parse().ok()).unwrap_or(20);
            let begins = _rest.get(1).copied().unwrap_or_default();
            completions(scene, begins).into_iter().take(count).map(|line| line + "\n").collect()
        }
        "insert" => {
            let found = ide::completion::completions(session, file, offset);
            let item = found.items.iter().find(|item| item.label == _rest[0]).expect("it can be completed");
            format!("[{}] {:?}\n", text(scene, found.replace), item.insert)
        }
        "docs" => {
            let found = ide::completion::completions(session, file, offset);
            let item = found.items.iter().find(|item| item.label == _rest[0]).expect("it can be completed");
            format!("{}\n", item.docs)
        }
        "references" => roles(scene, &ide::references::references(session, file, offset)),
        "highlights" => roles(scene, &ide::references::highlights(session, file, offset)),
        "rename" => match ide::rename::rename(session, file, offset, _rest[0]) {
            Ok(edits) => edited(scene, &edits),
            Err(why) => format!("no: {why}\n"),
        },
        other => panic!("there is no feature `{other}`"),
    }
}

fn text(scene: &Scene, range: TextRange) -> &str {
    &scene.file.text(scene.session.db())[range.bytes()]
}

/// `main.pl:4:2 name`
pub fn place(scene: &Scene, place: Place) -> String {
    let (path, text) = scene.session.file(FileId(place.file.0)).unwrap();
    let before = &text[..place.range.start as usize];
    let line = before.matches('\n').count() + 1;
    let column = before.rsplit('\n').next().unwrap().chars().count() + 1;
    format!("{path}:{line}:{column} {}", &text[place.range.bytes()]).trim_end().to_string()
}

fn jump(scene: &Scene, jump: Option<Jump>) -> String {
    match jump {
        None => "nothing\n".to_string(),
        Some(jump) => jump.to.iter().map(|target| place(scene, target.focus) + "\n").collect(),
    }
}

fn symbols(found: &[Declared], depth: usize) -> String {
    let one = |one: &Declared| {
        let line = format!("{}{:?} {} ({})\n", "  ".repeat(depth), one.kind, one.name, one.detail);
        line + &symbols(&one.inner, depth + 1)
    };
    found.iter().map(one).collect()
}

fn roles(scene: &Scene, found: &[ide::references::Reference]) -> String {
    found.iter().map(|one| format!("{} ({:?})\n", place(scene, one.place), one.role)).collect()
}

fn completions(scene: &Scene, begins: &str) -> Vec<String> {
    let found = ide::completion::completions(&scene.session, scene.file, scene.offset());
    let items = found.items.iter().filter(|item| item.label.starts_with(begins));
    items.map(|item| format!("{:?} {:?} {} | {}", item.rank, item.kind, item.label, item.detail)).collect()
}

/// The lines that edits change, as they are then.
pub fn edited(scene: &Scene, edits: &[ide::Edit]) -> String {
    let mut out = String::new();
    for (path, text) in &scene.files {
        let Some(file) = scene.session.file_id(path) else { continue };
        let mut after = text.clone();
        let mut own: Vec<_> = edits.iter().filter(|edit| edit.place.file == file).collect();
        own.sort_by_key(|edit| std::cmp::Reverse(edit.place.range));
        for edit in own {
            after.replace_range(edit.place.range.bytes(), &edit.text);
        }
        if after == *text {
            continue;
        }
        out.push_str(&format!("-- {path} --\n"));
        let diff = similar::TextDiff::from_lines(text.as_str(), after.as_str());
        for change in diff.iter_all_changes() {
            match change.tag() {
                similar::ChangeTag::Insert => out.push_str(&format!("+{change}")),
                similar::ChangeTag::Delete => out.push_str(&format!("-{change}")),
                similar::ChangeTag::Equal => {}
            }
        }
    }
    if out.is_empty() { "nothing\n".to_string() } else { out }
}
