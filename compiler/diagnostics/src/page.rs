//! The examples of a rule's page: programs that must show the rule, and their neighbours that must not.

/// Which section of the page an example stands in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Verdict {
    /// Under `## Wrong`: exactly this rule is reported.
    Wrong,
    /// Under `## Right`: nothing is reported.
    Right,
}

/// One file of an example.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Source {
    /// Its path; `main.pl` unless the fence says `file=...`.
    pub path: String,
    /// Its text.
    pub text: String,
}

/// A complete program of one or more files.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Example {
    /// What must come of it.
    pub verdict: Verdict,
    /// Its files, in the order of the page.
    pub files: Vec<Source>,
}

/// The examples of a page, in order. All fenced blocks of one section are one program, unless a second `main.pl` begins
/// another.
pub fn examples(page: &str) -> Vec<Example> {
    let mut found: Vec<Example> = vec![];
    let mut verdict = None;
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(heading) = line.strip_prefix("## ") {
            verdict = verdict_of(heading);
            continue;
        }
        let Some(info) = line.strip_prefix("```") else {
            continue;
        };
        let text =
            lines.by_ref().take_while(|line| *line != "```").fold(String::new(), |text, line| text + line + "\n");
        let Some(verdict) = verdict else { continue };
        add(&mut found, verdict, Source { path: path_of(info), text });
    }
    found
}

fn add(found: &mut Vec<Example>, verdict: Verdict, source: Source) {
    let fits = |example: &&mut Example| {
        example.verdict == verdict && !example.files.iter().any(|file| file.path == source.path)
    };
    match found.last_mut().filter(fits) {
        Some(example) => example.files.push(source),
        None => found.push(Example { verdict, files: vec![source] }),
    }
}

fn verdict_of(heading: &str) -> Option<Verdict> {
    match heading.trim() {
        "Wrong" => Some(Verdict::Wrong),
        "Right" => Some(Verdict::Right),
        _ => None,
    }
}

fn path_of(info: &str) -> String {
    info.split(' ').find_map(|word| word.strip_prefix("file=")).unwrap_or("main.pl").to_owned()
}
