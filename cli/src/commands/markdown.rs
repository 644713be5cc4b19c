//! A page, as a terminal shows it. Knows as much of Markdown as the pages use: headings, paragraphs, fenced blocks and
//! words in backticks.

use anstyle::{AnsiColor, Style};

use crate::report::{Paint, Screen, wrap};

const HEADING: Style = Style::new().bold();
const CODE: Style = AnsiColor::Cyan.on_default();

/// Wider lines are hard to read.
const WIDEST: usize = 100;

/// The page as text.
pub fn render(page: &str, screen: Screen) -> String {
    let mut shown = Page { text: String::new(), paragraph: String::new(), screen };
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(info) = line.strip_prefix("```") {
            shown.end_paragraph();
            shown.file(info);
            lines.by_ref().take_while(|line| *line != "```").for_each(|line| shown.code(line));
        } else if let Some(heading) = line.strip_prefix("# ").or(line.strip_prefix("## ")) {
            shown.end_paragraph();
            shown.styled(HEADING, heading);
            shown.text.push('\n');
        } else if line.is_empty() {
            shown.end_paragraph();
            shown.text.push('\n');
        } else {
            shown.paragraph.push_str(line);
            shown.paragraph.push(' ');
        }
    }
    shown.end_paragraph();
    shown.text
}

struct Page {
    text: String,
    paragraph: String,
    screen: Screen,
}

impl Page {
    /// Words in backticks get a colour where there are colours, else they keep the backticks.
    fn end_paragraph(&mut self) {
        let paragraph = std::mem::take(&mut self.paragraph);
        if paragraph.is_empty() {
            return;
        }
        let wrapped = wrap::wrap(paragraph.trim_end(), self.screen.width.min(WIDEST));
        match self.screen.paint {
            Paint::Plain => self.text.push_str(&wrapped),
            Paint::Colored => {
                for (index, part) in wrapped.split('`').enumerate() {
                    self.styled(if index % 2 == 1 { CODE } else { Style::new() }, part);
                }
            }
        }
        self.text.push('\n');
    }

    fn file(&mut self, info: &str) {
        if let Some(file) = info.split(' ').find_map(|word| word.strip_prefix("file=")) {
            self.text.push_str("  ");
            self.text.push_str(file);
            self.text.push('\n');
        }
    }

    fn code(&mut self, line: &str) {
        if !line.is_empty() {
            self.text.push_str("    ");
            self.styled(CODE, line);
        }
        self.text.push('\n');
    }

    fn styled(&mut self, style: Style, text: &str) {
        match self.screen.paint {
            Paint::Plain => self.text.push_str(text),
            Paint::Colored => self.text.push_str(&format!("{style}{text}{style:#}")),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const PAGE: &str = "# a/b: c\n\nSome `words`\ngo on.\n\n## Wrong\n\n```pl file=x.pl\nlet a = 1\n```\n";

    #[test]
    fn a_page_reads_well_without_colours() {
        let screen = Screen { width: 80, paint: Paint::Plain };
        let expected = "a/b: c\n\nSome `words` go on.\n\nWrong\n\n  x.pl\n    let a = 1\n";
        assert_eq!(render(PAGE, screen), expected);
    }

    #[test]
    fn colours_stand_in_for_backticks() {
        let screen = Screen { width: 80, paint: Paint::Colored };
        let shown = render(PAGE, screen);
        assert!(shown.contains("Some \u{1b}[36mwords\u{1b}[0m go on."), "{shown:?}");
    }
}
