//! A platform in memory, with a cursor in one of its files.

use std::collections::BTreeMap;

use compiler::keys::SourceFile;
use compiler::{LoadError, Loader, Session};
use ide::TextRange;

/// The mark of the cursor; where there are two, what stands between them is selected.
const CURSOR: &str = "$0";

pub struct Scene {
    pub session: Session,
    pub file: SourceFile,
    pub selection: TextRange,
    pub files: BTreeMap<String, String>,
}

struct Files<'a>(&'a BTreeMap<String, String>);

impl Loader for Files<'_> {
    fn read(&self, path: &str) -> Result<String, LoadError> {
        let error = || LoadError { code: "import/not-found", message: format!("there is no file `{path}`") };
        self.0.get(path).cloned().ok_or_else(error)
    }

    fn list(&self, pattern: &str) -> Result<Vec<String>, LoadError> {
        let (before, after) = pattern.split_once('*').unwrap_or((pattern, ""));
        let found = self.0.keys().filter(|path| path.starts_with(before) && path.ends_with(after));
        Ok(found.cloned().collect())
    }
}

impl Scene {
    /// Reads `-- name.pl --` before each file; without that, it is `main.pl`.
    pub fn of(text: &str) -> Scene {
        let mut files: BTreeMap<String, String> = BTreeMap::new();
        let mut name = "main.pl".to_string();
        for line in text.split_inclusive('\n') {
            match line.trim().strip_prefix("-- ").and_then(|line| line.strip_suffix(" --")) {
                Some(next) => name = next.to_string(),
                None => files.entry(name.clone()).or_default().push_str(line),
            }
        }
        let mut cursor = None;
        for (path, text) in &mut files {
            while let Some(offset) = text.find(CURSOR) {
                text.replace_range(offset..offset + CURSOR.len(), "");
                let offset = offset as u32;
                let start = cursor.as_ref().map_or(offset, |(_, range): &(String, TextRange)| range.start);
                cursor = Some((path.clone(), TextRange::new(start, offset)));
            }
        }
        let (path, selection) = cursor.unwrap_or_else(|| ("main.pl".to_string(), TextRange::empty(0)));
        let (mut session, _) = Session::open(&Files(&files), &["main.pl"]);
        if session.source(&path).is_none() {
            let text = files.get(&path).cloned().unwrap_or_default();
            session.set_file(&path, &text);
        }
        session.choose();
        let file = session.source(&path).expect("the file of the cursor was read");
        Scene { session, file, selection, files }
    }

    pub fn offset(&self) -> u32 {
        self.selection.end
    }
}
