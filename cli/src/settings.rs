//! What `platc.toml` says about a project: the levels of rules, and what is built of its platforms. Knows the form of that
//! file; must not know what the rules are about.
//!
//! ```toml
//! [build]
//! "out" = "platform.pl"
//!
//! [rules]
//! "image/*" = "warning"
//! "net/dhcp" = { level = "off", reason = "the router keeps these addresses free" }
//! ```

use data::{Datum, DatumKind, Format, Key, Limits, TextRange};
use diagnostics::{Choice, Diagnostic, Levels, Rule, Span, rules};
use domain::nearest;

use crate::project::{Project, Refusal};
use crate::report::Text;

/// Where a project says it.
pub const FILE: &str = "platc.toml";

/// What a project says about itself.
#[derive(Default)]
pub struct Settings {
    /// The levels of rules.
    pub levels: Levels,
    /// What is built and committed.
    pub built: Vec<Built>,
    /// What is wrong with the file.
    pub found: Vec<Diagnostic>,
    /// Its text.
    pub text: String,
}

/// Something that is built of a platform. Paths are from the root of the project.
pub struct Built {
    /// A directory, or a file whose name ends as `platc build -o` has it.
    pub output: String,
    /// The platform's file.
    pub source: String,
}

impl Settings {
    /// Those of a project; none where it has no such file.
    pub fn of(project: &Project) -> Self {
        let mut settings = Settings::default();
        match project.read(FILE) {
            Ok(text) => {
                settings.text = text;
                settings.read();
            }
            Err(Refusal::NotFound) => {}
            Err(why) => {
                let message = format!("`{}` can not be read: {why}", project.shown(FILE));
                settings.found.push(Diagnostic::new(&rules::PROJECT_SETTINGS, span(TextRange::default()), message));
            }
        }
        settings
    }

    /// The file with what is wrong in it, for a report.
    pub fn findings(self, project: &Project) -> impl Iterator<Item = (Text, Diagnostic)> {
        let path = project.shown(FILE);
        self.found.into_iter().map(move |finding| (Text { path: path.clone(), text: self.text.clone() }, finding))
    }

    fn read(&mut self) {
        let documents = match data::read(Format::Toml, &self.text, Limits::default()) {
            Ok(documents) => documents,
            Err(errors) => {
                let told = |error: data::ReadError| {
                    Diagnostic::new(&rules::PROJECT_SETTINGS, span(error.range), error.message)
                };
                self.found.extend(errors.into_iter().map(told));
                return;
            }
        };
        for (key, value) in documents.iter().flat_map(|document| entries(&document.root)) {
            match &*key.text {
                "rules" => self.rules(value),
                "build" => self.build(value),
                other => self.found.push(unknown(key, format!("there is no setting `{other}`"), ["build", "rules"])),
            }
        }
    }

    fn build(&mut self, table: &Datum) {
        let help = "what is built, and of what: `\"out\" = \"platform.pl\"`";
        let wrong = |range, message: String| Diagnostic::new(&rules::PROJECT_SETTINGS, span(range), message).help(help);
        if !matches!(table.kind, DatumKind::Map(_)) {
            let message = format!("`build` is a table of outputs and sources, and this is {}", table.kind.noun());
            self.found.push(wrong(table.range, message));
        }
        for (key, value) in entries(table) {
            match text(value).filter(|source| source.ends_with(".pl")) {
                Some(source) => {
                    self.built.push(Built { output: key.text.to_string(), source: source.to_owned() });
                }
                None => {
                    let message = format!("`{}` is built of a `.pl` file, and this is {}", key.text, shown(value));
                    self.found.push(wrong(value.range, message));
                }
            }
        }
    }

    fn rules(&mut self, table: &Datum) {
        if !matches!(table.kind, DatumKind::Map(_)) {
            let message = format!("`rules` is a table of codes and levels, and this is {}", table.kind.noun());
            self.found.push(Diagnostic::new(&rules::PROJECT_SETTINGS, span(table.range), message));
        }
        for (key, value) in entries(table) {
            match chosen(key, value) {
                Ok(choice) => self.levels.choose(&key.text, choice),
                Err(finding) => self.found.push(*finding),
            }
        }
    }
}

/// What is said about the rules of a pattern.
fn chosen(key: &Key, value: &Datum) -> Result<Choice, Box<Diagnostic>> {
    let meant: Vec<&Rule> = rules::ALL.iter().copied().filter(|rule| means(&key.text, rule)).collect();
    if meant.is_empty() {
        let groups = rules::ALL.iter().map(|rule| format!("{}/*", rule.group()));
        let known: Vec<String> = rules::ALL.iter().map(|rule| rule.code.to_owned()).chain(groups).collect();
        let message = format!("there is no rule `{}`", key.text);
        return Err(Box::new(unknown(key, message, known.iter().map(String::as_str))));
    }
    if meant.iter().all(|rule| rule.is_fixed()) {
        let message = format!("the level of `{}` is the same everywhere", key.text);
        let finding = Diagnostic::new(&rules::PROJECT_SETTINGS, span(key.range), message);
        return Err(Box::new(
            finding.label("where this is broken, nothing else is known of a platform").help("remove the line"),
        ));
    }
    let (level, reason) = match &value.kind {
        DatumKind::Map(_) => (value.get("level").unwrap_or(value), value.get("reason")),
        _ => (value, None),
    };
    let stray = entries(value).find(|(key, _)| !matches!(&*key.text, "level" | "reason"));
    if let Some((stray, _)) = stray {
        let message = format!("a rule has a `level` and a `reason`, and no `{}`", stray.text);
        return Err(Box::new(unknown(stray, message, ["level", "reason"])));
    }
    let Some(choice) = text(level).and_then(Choice::named) else {
        let message = format!("a level is `error`, `warning`, `note` or `off`, and this is {}", shown(level));
        let finding = Diagnostic::new(&rules::PROJECT_SETTINGS, span(level.range), message);
        let near = text(level).and_then(|text| nearest(text, ["error", "warning", "note", "off"]));
        return Err(Box::new(
            near.into_iter().fold(finding, |finding, near| finding.help(format!("did you mean `{near}`?"))),
        ));
    };
    let is_told = reason.and_then(text).is_some_and(|reason| !reason.trim().is_empty());
    if choice == Choice::Off && !is_told {
        let message = format!("why is `{}` off?", key.text);
        let finding = Diagnostic::new(&rules::PROJECT_SETTINGS, span(value.range), message);
        let help = format!("give the reason: `\"{}\" = {{ level = \"off\", reason = \"..\" }}`", key.text);
        return Err(Box::new(finding.label("in a year nobody will know").help(help)));
    }
    Ok(choice)
}

/// Whether a pattern means a rule.
fn means(pattern: &str, rule: &Rule) -> bool {
    pattern.strip_suffix("/*").map_or(pattern == rule.code, |group| group == rule.group())
}

fn unknown<'a>(key: &Key, message: String, known: impl IntoIterator<Item = &'a str>) -> Diagnostic {
    let finding = Diagnostic::new(&rules::PROJECT_SETTINGS, span(key.range), message);
    match nearest(&key.text, known) {
        Some(near) => finding.help(format!("did you mean `{near}`?")),
        None => finding,
    }
}

fn entries(datum: &Datum) -> impl Iterator<Item = (&Key, &Datum)> {
    let entries = match &datum.kind {
        DatumKind::Map(entries) => entries.as_slice(),
        _ => &[],
    };
    entries.iter().map(|(key, value)| (key, value))
}

fn text(datum: &Datum) -> Option<&str> {
    match &datum.kind {
        DatumKind::Text(text) => Some(text),
        _ => None,
    }
}

fn shown(datum: &Datum) -> String {
    text(datum).map_or_else(|| datum.kind.noun().to_owned(), |text| format!("`{text}`"))
}

fn span(range: TextRange) -> Span {
    Span::new(Text::FILE, range.start, range.end)
}
