//! Reads cases out of Markdown. Knows fences and headings; must not know what an expectation means.
//!
//! A case is a run of source fences followed by its expectation fences; the heading above names it. A fence in any
//! language and with any words that say neither what to write nor what to expect is prose, and is skipped.

use std::fmt;

/// One file that a case writes before it runs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Source {
    /// Path below the case's own directory, such as `lib/names.pl`.
    pub path: String,
    /// The exact text.
    pub text: String,
}

/// What an expectation fence holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// ```` ```yaml out ````: what `build main.pl` prints.
    Output,
    /// ```` ```value ````: pairs of an expression and `= ` what `eval main.pl -e` prints.
    Value,
    /// ```` ```explain ````: pairs of a subject and `= ` what `explain` prints of it, in the tree `out/` that was built.
    Explain,
    /// ```` ```files ````: pairs of a path in the tree that `build main.pl -o out/` writes and `= ` what the file says.
    Files,
    /// ```` ```difference ````: what `diff old.pl main.pl` prints.
    Difference,
    /// ```` ```error ````: the findings of `check main.pl`.
    Findings,
    /// ```` ```format ````: what `fmt` makes of `main.pl`.
    Format,
    /// ```` ```test ````: what `test main.pl` says of each test.
    Test,
    /// ```` ```locked ````: the findings of `check --locked main.pl`.
    Locked,
    /// ```` ```lock ````: `platc.lock` as `build main.pl` leaves it.
    Lock,
    /// ```` ```clean ````: nothing at all is reported.
    Clean,
    /// The codes of the findings, each once, whatever their places: what the pages of the rules promise.
    Code,
}

/// One expectation fence and where it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Expectation {
    /// How to check it.
    pub kind: Kind,
    /// The text between the fences.
    pub text: String,
    /// Index of the first line of that text in the file, from 0.
    pub first_line: usize,
    /// Number of lines of that text.
    pub line_count: usize,
}

/// A named sample with what must come of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Case {
    /// The Markdown file, as given to [`read`].
    pub file: String,
    /// The heading above, with a number where several cases share it.
    pub name: String,
    /// The line of its first fence, from 1.
    pub line: usize,
    /// The files of the case; `main.pl` among them.
    pub sources: Vec<Source>,
    /// At least one.
    pub expectations: Vec<Expectation>,
    /// Whether the order of the source text is what the case is about.
    pub order: Order,
}

/// Whether blocks and fields of a case may be moved about.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Order {
    /// The default: order carries no meaning.
    Free,
    /// A source fence says `ordered`: the case is about places in the text.
    Fixed,
}

impl Case {
    /// A case made of files alone, to hold the laws to.
    pub fn of_sources(name: &str, sources: Vec<Source>) -> Case {
        let (file, name) = (name.to_owned(), "all files".to_owned());
        Case { file, name, line: 1, sources, expectations: Vec::new(), order: Order::Free }
    }
}

impl fmt::Display for Case {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{} > {}", self.file, self.name)
    }
}

/// A case file that can not be read as cases.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Malformed {
    /// The Markdown file.
    pub file: String,
    /// The line, from 1.
    pub line: usize,
    /// What is wrong with it.
    pub message: String,
}

/// All cases of a Markdown text.
pub fn read(file: &str, markdown: &str) -> Result<Vec<Case>, Malformed> {
    let mut reader = Reader::new(file);
    for block in blocks(file, markdown)? {
        reader.take(block)?;
    }
    reader.finish()
}

enum Block<'a> {
    Heading { line: usize, text: &'a str },
    Fence { line: usize, info: &'a str, body: Vec<&'a str> },
}

/// Headings and fences in order; everything else is prose.
fn blocks<'a>(file: &str, markdown: &'a str) -> Result<Vec<Block<'a>>, Malformed> {
    let mut blocks = Vec::new();
    let mut lines = markdown.lines().enumerate();
    while let Some((index, line)) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            let mut body = Vec::new();
            loop {
                match lines.next() {
                    Some((_, "```")) => break,
                    Some((_, text)) => body.push(text),
                    None => return Err(malformed(file, index + 1, "this fence is never closed")),
                }
            }
            blocks.push(Block::Fence { line: index + 1, info: info.trim(), body });
        } else if line.starts_with('#') {
            blocks.push(Block::Heading { line: index + 1, text: line.trim_start_matches('#').trim() });
        }
    }
    Ok(blocks)
}

struct Reader<'a> {
    file: &'a str,
    heading: String,
    under_heading: usize,
    open: Option<Case>,
    cases: Vec<Case>,
}

impl<'a> Reader<'a> {
    fn new(file: &'a str) -> Self {
        Reader { file, heading: String::new(), under_heading: 0, open: None, cases: Vec::new() }
    }

    fn take(&mut self, block: Block<'_>) -> Result<(), Malformed> {
        match block {
            Block::Heading { line, text } => {
                self.close(line)?;
                self.heading = text.to_owned();
                self.under_heading = 0;
                Ok(())
            }
            Block::Fence { line, info, body } => match (source_path(info), kind(info)) {
                (Some(path), _) => self.source(line, path, info, &body),
                (None, Some(kind)) => self.expectation(line, kind, &body),
                (None, None) => Ok(()),
            },
        }
    }

    fn source(&mut self, line: usize, path: &str, info: &str, body: &[&str]) -> Result<(), Malformed> {
        if self.open.as_ref().is_some_and(|case| !case.expectations.is_empty()) {
            self.close(line)?;
        }
        let source = Source { path: path.to_owned(), text: text_of(info, body) };
        let case = self.open_case(line);
        if case.sources.iter().any(|other| other.path == source.path) {
            return Err(malformed(self.file, line, &format!("`{path}` is written twice in one case")));
        }
        if flags(info).any(|flag| flag == "ordered") {
            case.order = Order::Fixed;
        }
        case.sources.push(source);
        Ok(())
    }

    fn expectation(&mut self, line: usize, kind: Kind, body: &[&str]) -> Result<(), Malformed> {
        let text = body.iter().map(|text| format!("{text}\n")).collect();
        let expectation = Expectation { kind, text, first_line: line, line_count: body.len() };
        self.open_case(line).expectations.push(expectation);
        Ok(())
    }

    fn open_case(&mut self, line: usize) -> &mut Case {
        let (file, heading, under_heading) = (self.file, &self.heading, &mut self.under_heading);
        self.open.get_or_insert_with(|| {
            *under_heading += 1;
            let name = match *under_heading {
                1 => heading.clone(),
                nth => format!("{heading} ({nth})"),
            };
            let (sources, expectations) = (Vec::new(), Vec::new());
            Case { file: file.to_owned(), name, line, sources, expectations, order: Order::Free }
        })
    }

    fn close(&mut self, line: usize) -> Result<(), Malformed> {
        let Some(mut case) = self.open.take() else {
            return Ok(());
        };
        if case.expectations.is_empty() {
            return Err(malformed(self.file, line, &format!("`{}` expects nothing", case.name)));
        }
        if !case.sources.iter().any(|source| source.path == "main.pl") {
            case.sources.push(Source { path: "main.pl".to_owned(), text: String::new() });
        }
        self.cases.push(case);
        Ok(())
    }

    fn finish(mut self) -> Result<Vec<Case>, Malformed> {
        self.close(0)?;
        Ok(self.cases)
    }
}

/// The words of a fence's info after its language.
fn flags(info: &str) -> impl Iterator<Item = &str> {
    info.split_whitespace().skip(1)
}

/// The file that a source fence writes: ```` ```pl ```` is `main.pl`, any other fence says `file=PATH`.
fn source_path(info: &str) -> Option<&str> {
    if let Some(path) = flags(info).find_map(|flag| flag.strip_prefix("file=")) {
        return Some(path);
    }
    let is_fragment = flags(info).any(|flag| flag == "fragment");
    (info.split_whitespace().next() == Some("pl") && !is_fragment).then_some("main.pl")
}

fn kind(info: &str) -> Option<Kind> {
    match info {
        "yaml out" => Some(Kind::Output),
        "value" => Some(Kind::Value),
        "explain" => Some(Kind::Explain),
        "files" => Some(Kind::Files),
        "difference" => Some(Kind::Difference),
        "error" => Some(Kind::Findings),
        "format" => Some(Kind::Format),
        "test" => Some(Kind::Test),
        "locked" => Some(Kind::Locked),
        "lock" => Some(Kind::Lock),
        "clean" => Some(Kind::Clean),
        _ => None,
    }
}

/// The text of a source fence. `crlf` and `bom` say what Markdown can not show.
fn text_of(info: &str, body: &[&str]) -> String {
    let end = if flags(info).any(|flag| flag == "crlf") { "\r\n" } else { "\n" };
    let mark = if flags(info).any(|flag| flag == "bom") { "\u{feff}" } else { "" };
    let mut text = mark.to_owned();
    for line in body {
        text.push_str(line);
        text.push_str(end);
    }
    text
}

fn malformed(file: &str, line: usize, message: &str) -> Malformed {
    Malformed { file: file.to_owned(), line, message: message.to_owned() }
}

#[cfg(test)]
#[allow(clippy::expect_used, reason = "a test may fail")]
mod tests {
    use super::*;

    fn check(markdown: &str) -> Vec<Case> {
        read("a.md", markdown).expect("reads")
    }

    #[test]
    fn reads_a_case_with_two_files() {
        let cases =
            check("## adds\nOne and one.\n```pl\na\n```\n```yaml file=b.yaml\nc: 1\n```\n```yaml out\nd\n```\n");
        assert_eq!(cases.len(), 1);
        assert_eq!(cases[0].name, "adds");
        assert_eq!(cases[0].sources[1], Source { path: "b.yaml".into(), text: "c: 1\n".into() });
        assert_eq!(cases[0].expectations[0].kind, Kind::Output);
        assert_eq!((cases[0].expectations[0].first_line, cases[0].expectations[0].line_count), (9, 1));
    }

    #[test]
    fn a_source_after_an_expectation_begins_the_next_case() {
        let cases = check("# x\n```pl\na\n```\n```clean\n```\n```pl\nb\n```\n```clean\n```\n");
        let names: Vec<_> = cases.iter().map(|case| case.name.as_str()).collect();
        assert_eq!(names, ["x", "x (2)"]);
    }

    #[test]
    fn a_case_without_expectation_is_refused() {
        let refused = read("a.md", "## x\n```pl\na\n```\n## y\n").expect_err("refused");
        assert_eq!(refused.message, "`x` expects nothing");
    }

    #[test]
    fn an_open_fence_is_refused() {
        assert_eq!(read("a.md", "## x\n```pl\na\n").expect_err("refused").line, 2);
    }

    #[test]
    fn fragments_and_other_languages_are_prose() {
        assert_eq!(check("## x\n```ebnf\na = b\n```\n```pl fragment\nlet\n```\n"), []);
    }

    #[test]
    fn says_what_markdown_can_not_show() {
        let cases = check("## x\n```pl crlf bom\na\n```\n```clean\n```\n");
        assert_eq!(cases[0].sources[0].text, "\u{feff}a\r\n");
    }
}
