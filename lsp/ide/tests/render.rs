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
