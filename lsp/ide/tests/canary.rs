//! No secret that somebody wrote is shown by an editor beside where it stands: one value at each place, each feature, everywhere.

use ide::TextRange;

use crate::scene::Scene;

/// What every secret here begins with, and nothing else.
const CANARY: &str = "cAnArY7";

const PLATFORM: &str = r#"-- main.pl --
import "./values.yaml" as from-file

schema Tool in Namespace { password: String = "cAnArY7-default" }
schema Team is Namespace { each tool: Tool }
let admin-password = "cAnArY7-let"
let login = { username: "shop", password: "cAnArY7-record" }

cluster lab {
  namespace web: Team {
    tool a {}
    service shop {
      image: "ghcr.io/example/shop:1.4.2"
      env: { DB_PASSWORD: "cAnArY7-env", OTHER: admin-password, URL: "postgres://shop:cAnArY7-url@db/shop" }
      arguments: ["--token=cAnArY7-argument", "--api-token", "cAnArY7-option", login.password]
    }
    k8s.Secret database { stringData: { username: "cAnArY7-user", pin: "cAnArY7-pin" } }
    config settings { data: { "app.properties": "a=b\ndatabase.password=cAnArY7-line\n" } }
    release other { chart: "other", version: "1.0.0", values: from-file }
  }
}
output all: [admin-password, login.password]
-- values.yaml --
auth:
  password: cAnArY7-file
"#;

#[test]
fn nothing_that_is_written_is_shown() {
    let scene = Scene::of(PLATFORM);
    let (session, file) = (&scene.session, scene.file);
    _ = session.check();
    let text = file.text(session.db());
    let mut shown: Vec<String> = Vec::new();
    let hints = ide::inlay::hints(session, file, TextRange::new(0, text.len() as u32));
    shown.extend(hints.into_iter().map(|hint| hint.label));
    shown.extend(ide::lens::lenses(session, file).iter().filter_map(|lens| ide::lens::title(session, file, lens)));
    for offset in (0..text.len() as u32).filter(|offset| text.is_char_boundary(*offset as usize)) {
        shown.extend(ide::hover::hover(session, file, offset).map(|hover| hover.text));
        shown.extend(ide::signature::signature(session, file, offset).map(|found| found.label + &found.docs));
        if offset % 5 == 0 {
            shown.extend(ide::preview::preview(session, file, offset).map(|found| found.title + &found.text));
            let found = ide::completion::completions(session, file, offset);
            shown.extend(found.items.into_iter().map(|item| item.label + &item.detail + &item.docs));
        }
    }
    assert!(shown.iter().any(|text| text.contains("(secret)")), "secrets are looked for where they are shown");
    let told: Vec<&String> = shown.iter().filter(|text| text.contains(CANARY)).take(5).collect();
    assert!(told.is_empty(), "{told:#?}");
}
