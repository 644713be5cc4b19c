//! Files of objects as the text of a platform, which reads them from there: so their findings, and the places of all that they
//! say, are in the files themselves.

use std::collections::BTreeMap;
use std::fmt::Write;

use data::{Datum, DatumKind, Format, Limits, TextRange};

use crate::import;
use crate::published::{Problem, objects_of, quoted};

/// The file that the text of such a platform is.
pub const ENTRY: &str = "platc-compared-objects.pl";

/// A file of objects.
pub struct Manifest<'a> {
    /// Its path for the compiler, whose ending says what it is.
    pub path: &'a str,
    /// What it says.
    pub text: &'a str,
    /// The cluster that its objects are for, by the name of its block; nothing for those of no cluster.
    pub cluster: Option<&'a str>,
    /// What it is.
    pub holds: Holds,
}

/// What a file holds.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Holds {
    /// Objects of Kubernetes.
    Objects,
    /// The outputs of a platform, by name.
    Outputs,
}

/// The text of a platform that has the objects of all files, and the paths of those that hold none.
pub fn source<'a>(files: &[Manifest<'a>]) -> (String, Vec<&'a str>) {
    let mut text = String::new();
    let mut clusters: BTreeMap<Option<&str>, String> = BTreeMap::new();
    let mut empty = Vec::new();
    for (number, file) in files.iter().enumerate() {
        _ = writeln!(text, "import {} as f{number}: Any", quoted(&format!("./{}", file.path)));
        let entries = clusters.entry(file.cluster).or_default();
        // What can not be read is reported where it is imported.
        let documents = documents(file);
        if file.holds == Holds::Outputs {
            outputs(number, &documents, &mut text);
            continue;
        }
        let mut problems: Vec<Problem> = Vec::new();
        let mut count = 0;
        for (path, _) in objects_of(&documents, &mut problems) {
            _ = writeln!(entries, "object \"{number}-{count}\": f{number}{path}");
            count += 1;
        }
        if count == 0 && documents.iter().any(|document| document.kind != DatumKind::Null) {
            empty.push(file.path);
        }
    }
    for (cluster, entries) in clusters {
        match cluster {
            Some(name) => _ = writeln!(text, "cluster {} {{\n{entries}}}", quoted(name)),
            None => text.push_str(&entries),
        }
    }
    (text, empty)
}

fn documents(file: &Manifest<'_>) -> Vec<Datum> {
    let format = import::is_data(file.path).then(|| Format::of_path(file.path)).flatten().unwrap_or(Format::Manifests);
    let read = data::read(format, file.text, Limits::default());
    read.into_iter().flatten().map(|document| document.root).collect()
}

fn outputs(number: usize, documents: &[Datum], text: &mut String) {
    if let [Datum { kind: DatumKind::Map(entries), .. }] = documents {
        for (key, _) in entries {
            let name = quoted(&key.text);
            _ = writeln!(text, "output {name}: f{number}[{name}]");
        }
    }
}

/// The object that a line of the text of such a platform stands for: the number of its file, and where it begins there.
pub fn object_of(files: &[Manifest<'_>], line: &str) -> Option<(usize, TextRange)> {
    let (number, nth) = line.trim().strip_prefix("object \"")?.split_once('"')?.0.split_once('-')?;
    let (number, nth): (usize, usize) = (number.parse().ok()?, nth.parse().ok()?);
    let documents = documents(files.get(number)?);
    let (_, datum) = objects_of(&documents, &mut Vec::new()).into_iter().nth(nth)?;
    let range = match &datum.kind {
        DatumKind::Map(entries) => entries.first().map_or(datum.range, |(key, _)| key.range),
        _ => datum.range,
    };
    Some((number, range))
}
