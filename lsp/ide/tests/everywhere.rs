//! Every feature at every offset of whole and of broken texts: nothing panics, and what is given stands in the text.

use crate::scene::Scene;

fn ask(scene: &Scene, offset: u32) {
    let (session, file) = (&scene.session, scene.file);
    let text = file.text(session.db());
    if let Some(hover) = ide::hover::hover(session, file, offset) {
        assert!(text.get(hover.range.bytes()).is_some());
    }
    _ = ide::definition::definition(session, file, offset);
}

#[test]
fn half_written() {
    let scene = Scene::of("cluster lab { host one {\n  address: 1");
    for offset in 0..45 {
        ask(&scene, offset);
    }
}
