//! Every platform compiles to findings or to a document, and to the same ones each time.
//!
//! An input is up to three files, parted by lines of `====`: `main.pl`, `other.pl`, which the first can import, and
//! `rows.yaml`, which both can.
#![no_main]

use std::collections::BTreeMap;

use compiler::{LoadError, Loader, Session};
use data::yaml::Writer;
use libfuzzer_sys::fuzz_target;

const PATHS: [&str; 3] = ["main.pl", "other.pl", "rows.yaml"];

struct Files<'t>(BTreeMap<&'static str, &'t str>);

impl Loader for Files<'_> {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let missing = || LoadError { code: "import/not-found", message: format!("there is no file `{path}`") };
        self.0.get(path).map(|text| text.to_string()).ok_or_else(missing)
    }

    fn list(&self, _: &str) -> Result<Vec<String>, LoadError> {
        Ok(self.0.keys().filter(|path| path.ends_with(".pl")).map(|path| path.to_string()).collect())
    }
}

fuzz_target!(|text: &str| {
    // Long inputs find what short ones find, later.
    if text.len() > 4096 {
        return;
    }
    let files = Files(PATHS.into_iter().zip(text.split("\n====\n")).collect());
    let (found, document) = compiled(&files);
    for finding in &found {
        assert!(!finding.message.is_empty(), "{finding:?}");
    }
    assert_eq!((found, document), compiled(&files));
});

fn compiled(files: &Files) -> (Vec<diagnostics::Diagnostic<diagnostics::Span>>, String) {
    let (session, _) = Session::open(files, &PATHS[..1]);
    let found = session.check();
    for finding in &found {
        let places = std::iter::once(finding.at).chain(finding.others.iter().map(|(place, _)| *place));
        for place in places {
            let Some((_, text)) = session.file(place.file) else { panic!("no file of {finding:?}") };
            assert!(text.get(place.start as usize..place.end as usize).is_some(), "{finding:?}");
        }
    }
    session.tests(None);
    let mut writer = Writer::new();
    session.build(&mut writer);
    (found, writer.into_string())
}
