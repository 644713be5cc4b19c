//! The paper: lines of code with a comment at the end of some.

/// Lines as they are written.
pub(super) struct Lines {
    done: Vec<Line>,
    current: Line,
    /// How many columns the current line has.
    pub column: usize,
    /// How far the current line is indented.
    pub indent: usize,
}

#[derive(Default)]
struct Line {
    code: String,
    comment: Option<String>,
}

impl Lines {
    pub fn new() -> Lines {
        Lines { done: Vec::new(), current: Line::default(), column: 0, indent: 0 }
    }

    /// Writes code that may hold line ends of its own.
    pub fn push(&mut self, text: &str) {
        let mut parts = text.split('\n');
        self.push_part(parts.next().unwrap_or(""));
        for part in parts {
            self.done.push(std::mem::take(&mut self.current));
            self.column = 0;
            self.push_part(part);
        }
    }

    fn push_part(&mut self, text: &str) {
        self.current.code.push_str(text);
        self.column += text.chars().count();
    }

    /// Writes a comment at the end of the current line.
    pub fn comment(&mut self, text: &str) {
        if self.column == self.indent {
            self.push(text);
        } else {
            self.current.comment = Some(text.to_owned());
        }
    }

    /// Whether nothing has been written at all.
    pub fn is_empty(&self) -> bool {
        self.done.is_empty() && self.current.code.is_empty() && self.current.comment.is_none()
    }

    /// Starts a line.
    pub fn newline(&mut self, indent: usize) {
        self.done.push(std::mem::take(&mut self.current));
        self.current.code = " ".repeat(indent);
        self.column = indent;
        self.indent = indent;
    }

    /// Leaves a line empty and starts another.
    pub fn blank_line(&mut self, indent: usize) {
        self.newline(0);
        self.newline(indent);
    }

    /// The whole text, comments at the ends of neighbouring lines below each other.
    pub fn finish(mut self) -> String {
        let mut text = String::new();
        if self.is_empty() {
            return text;
        }
        self.done.push(self.current);
        for lines in self.done.chunk_by(|line, next| line.comment.is_some() && next.comment.is_some()) {
            let column = lines.iter().map(Line::width).max().unwrap_or(0);
            for line in lines {
                text.push_str(&line.code);
                if let Some(comment) = &line.comment {
                    text.push_str(&" ".repeat(column - line.width() + 1));
                    text.push_str(comment);
                }
                text.push('\n');
            }
        }
        text
    }
}

impl Line {
    fn width(&self) -> usize {
        self.code.chars().count()
    }
}
