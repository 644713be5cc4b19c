//! `platc explain KIND.FIELD`: what a kind of objects is and holds, as a terminal shows it.

use std::fmt::Write;

use anstyle::{AnsiColor, Style};

use super::super::markdown;
use crate::report::{Paint, Screen, visible, wrap};
use crate::session::describe::{Description, Member, Presence};

const NAME: Style = Style::new().bold();
const TYPE: Style = AnsiColor::Cyan.on_default();
const NOTE: Style = Style::new().dimmed();

/// Wider lines are hard to read.
const WIDEST: usize = 100;

/// A description as text.
pub fn render(description: &Description, screen: Screen) -> String {
    let mut page = Page { text: String::new(), screen };
    page.head(description);
    if !description.prose.is_empty() {
        let prose = visible::lines(&description.prose);
        let _ = writeln!(page.text, "\n{}", markdown::render(&prose, screen).trim_end());
    }
    let nested = description.members.iter().any(|member| !member.members.is_empty());
    if !description.members.is_empty() {
        page.text.push('\n');
    }
    for member in &description.members {
        if nested {
            page.nested(member, 1);
        } else {
            page.member(member);
        }
    }
    page.text
}

struct Page {
    text: String,
    screen: Screen,
}

impl Page {
    fn painted(&self, style: Style, text: &str) -> String {
        match self.screen.paint {
            Paint::Plain => text.to_owned(),
            Paint::Colored => format!("{style}{text}{style:#}"),
        }
    }

    fn width(&self) -> usize {
        self.screen.width.min(WIDEST)
    }

    /// What is described, and what is known of its kind.
    fn head(&mut self, description: &Description) {
        match &description.field {
            Some(field) => {
                let facts = facts(field);
                self.line("", &description.name, field, &facts);
            }
            None => {
                let name = self.painted(NAME, &description.name);
                let _ = writeln!(self.text, "{name}");
                let kind = description.kind.iter().map(|(kind, version)| format!("{kind} of {version}"));
                let notes: Vec<String> = kind.chain(description.notes.iter().cloned()).collect();
                if !notes.is_empty() {
                    let _ = writeln!(self.text, "{}", wrap::wrap(&notes.join("; "), self.width()));
                }
                if !description.others.is_empty() {
                    let others = format!("others of the name: {}", description.others.join(", "));
                    let _ = writeln!(self.text, "{}", wrap::wrap(&others, self.width()));
                }
            }
        }
    }

    /// `name?: Type  // required`, and below it the first sentence of what is known.
    fn member(&mut self, member: &Member) {
        self.line("  ", &member.name, member, &facts(member));
        let said = sentence(&member.prose);
        if !said.is_empty() {
            let said = visible::line(&said).into_owned();
            let _ = writeln!(self.text, "{}", wrap::wrap(&format!("      {said}"), self.width()));
        }
    }

    fn nested(&mut self, member: &Member, depth: usize) {
        self.line(&"  ".repeat(depth), &member.name, member, &facts(member));
        for inner in &member.members {
            self.nested(inner, depth + 1);
        }
    }

    fn line(&mut self, indent: &str, name: &str, member: &Member, facts: &str) {
        let mark = if member.presence == Presence::Optional { "?" } else { "" };
        let (name, ty) = (self.painted(NAME, &format!("{name}{mark}")), self.painted(TYPE, &member.ty));
        let _ = write!(self.text, "{indent}{name}: {ty}");
        if !facts.is_empty() {
            let facts = self.painted(NOTE, &format!("// {facts}"));
            let _ = write!(self.text, "  {facts}");
        }
        self.text.push('\n');
    }
}

fn facts(member: &Member) -> String {
    let required = (member.presence == Presence::Required).then_some("required");
    let facts: Vec<&str> = required.into_iter().chain(member.facts.iter().map(String::as_str)).collect();
    visible::line(&facts.join("; ")).into_owned()
}

/// The first sentence of a documentation, in one line.
fn sentence(prose: &str) -> String {
    let paragraph = prose.split("\n\n").next().unwrap_or_default();
    let words: Vec<&str> = paragraph.split_whitespace().collect();
    let mut said = String::new();
    for word in words {
        if !said.is_empty() {
            said.push(' ');
        }
        said.push_str(word);
        let abbreviated = ["e.g.", "i.e.", "etc.", "vs."].iter().any(|short| word.ends_with(short));
        if word.ends_with('.') && !abbreviated {
            break;
        }
    }
    said
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sentence_ends_with_a_full_stop() {
        assert_eq!(sentence("One thing, e.g. this\nor that. And more.\n\nThen."), "One thing, e.g. this or that.");
        assert_eq!(sentence("Version 1.2 only"), "Version 1.2 only");
        assert_eq!(sentence(""), "");
    }
}
