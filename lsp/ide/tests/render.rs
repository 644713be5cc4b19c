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
        "folding" => {
            let folds = ide::folding::folds(file.text(session.db()));
            folds.iter().map(|fold| format!("{:?} {}\n", fold.kind, lines(scene, fold.range))).collect()
        }
        "selection" => {
            let found = ide::selection::selections(file.text(session.db()), offset);
            found.iter().map(|range| format!("{:?}\n", text(scene, *range))).collect()
        }
        "format" => text_edits(scene, ide::formatting::format(file.text(session.db()))),
        "format-range" => text_edits(scene, ide::formatting::format_range(file.text(session.db()), scene.selection)),
        "format-on-type" => {
            let written = if _rest[0] == "line" { '\n' } else { '}' };
            text_edits(scene, ide::formatting::format_on_type(file.text(session.db()), offset, written))
        }
        "links" => {
            let link = |link: &ide::links::Link| {
                format!("{} -> {}\n", text(scene, link.range), session.file(link.target).unwrap().0)
            };
            ide::links::links(session, file).iter().map(link).collect()
        }
        "tokens" => {
            let found = ide::tokens::tokens(session, file, None);
            let one =
                |one: &ide::tokens::Coloured| format!("{} {:?} {:?}\n", text(scene, one.range), one.kind, one.nature);
            found.iter().map(one).collect()
        }
        "signature" => match ide::signature::signature(session, file, offset) {
            Some(found) => {
                let params = found.params.iter().enumerate().map(|(number, range)| {
                    let mark = if found.active == Some(number as u32) { "->" } else { "  " };
                    format!("{mark} {}\n", &found.label[range.bytes()])
                });
                format!("{}\n{}", found.label, params.collect::<String>())
            }
            None => "nothing\n".to_string(),
        },
        "hints" => {
            let whole = TextRange::new(0, file.text(session.db()).len() as u32);
            let found = ide::inlay::hints(session, file, whole);
            let one = |hint: &ide::inlay::Hint| {
                let before = &file.text(session.db())[..hint.offset as usize];
                let line = before.rsplit('\n').next().unwrap();
                format!("{}: {line}[{}]\n", before.matches('\n').count() + 1, hint.label)
            };
            found.iter().map(one).collect()
        }
        "lenses" => {
            let found = ide::lens::lenses(session, file);
            let one = |lens: &ide::lens::Lens| {
                let title = ide::lens::title(session, file, lens);
                format!("{} {:?}: {}\n", text(scene, lens.range), lens.kind, title.unwrap_or_default())
            };
            found.iter().map(one).collect()
        }
        "actions" => {
            let found = session.check();
            let actions = ide::actions::actions(session, file, scene.selection, &found);
            actions.iter().map(|one| format!("{:?} {}\n{}", one.kind, one.title, edited(scene, &one.edits))).collect()
        }
        "incoming" | "outgoing" => {
            let mut out = String::new();
            for party in ide::calls::prepare(session, file, offset) {
                out.push_str(&format!("{} ({})\n", party.name, party.detail));
                let found = match feature {
                    "incoming" => ide::calls::incoming(session, &party),
                    _ => ide::calls::outgoing(session, &party),
                };
                for one in found {
                    out.push_str(&format!("  {} ({}) {}\n", one.party.name, one.party.detail, one.ports.join(", ")));
                }
            }
            if out.is_empty() { "nothing\n".to_string() } else { out }
        }
        "move" => {
            let moved = _rest.chunks(2).map(|pair| (pair[0].to_string(), pair[1].to_string()));
            edited(scene, &ide::moving::will_rename(session, &moved.collect::<Vec<_>>()))
        }
        "preview" | "preview-end" => match ide::preview::preview(session, file, offset) {
            Some(found) => {
                let mut out = format!("{} ({:?})\n", found.title, found.language);
                let most = _rest.first().and_then(|count| count.parse().ok()).unwrap_or(60);
                let all = found.text.lines().count();
                let skipped = if feature == "preview-end" { all.saturating_sub(most) } else { 0 };
                for (number, line) in found.text.lines().enumerate().skip(skipped).take(most) {
                    let from = found.lines.iter().find(|line| line.line == number as u32);
                    let from = from.map_or(String::new(), |line| {
                        let at = place(scene, line.place);
                        at.split(' ').next().unwrap().to_string()
                    });
                    out.push_str(&format!("{from:<18}| {line}\n"));
                }
                out
            }
            None => "nothing\n".to_string(),
        },
        "workspace-symbols" => {
            let found = ide::symbols::workspace_symbols(session, _rest.first().copied().unwrap_or_default());
            found.iter().map(|one| format!("{:?} {} in {}\n", one.kind, one.name, one.container)).collect()
        }
        "prepare" => match ide::rename::prepare(session, file, offset) {
            Ok(found) => format!("[{}] {}\n", text(scene, found.range), found.name),
            Err(why) => format!("no: {why}\n"),
        },
        other => panic!("there is no feature `{other}`"),
    }
}

fn text(scene: &Scene, range: TextRange) -> &str {
    &scene.file.text(scene.session.db())[range.bytes()]
}

/// `main.pl:4:2 name`; in the library, whose lines come and go, the line itself.
pub fn place(scene: &Scene, place: Place) -> String {
    let (path, text) = scene.session.file(FileId(place.file.0)).unwrap();
    let before = &text[..place.range.start as usize];
    if path.starts_with("std:") {
        let start = before.rfind('\n').map_or(0, |end| end + 1);
        let line = text[start..].lines().next().unwrap_or_default().trim();
        return format!("{path} {} in `{line}`", &text[place.range.bytes()]);
    }
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

/// The lines of a range, counted from one.
fn lines(scene: &Scene, range: TextRange) -> String {
    let line = |offset: u32| scene.file.text(scene.session.db())[..offset as usize].matches('\n').count() + 1;
    format!("{}-{}", line(range.start), line(range.end))
}

fn text_edits(scene: &Scene, edits: Vec<ide::formatting::TextEdit>) -> String {
    let file = FileId(scene.file.number(scene.session.db()));
    let edits: Vec<ide::Edit> =
        edits.into_iter().map(|edit| ide::Edit { place: Place { file, range: edit.range }, text: edit.text }).collect();
    edited(scene, &edits)
}
