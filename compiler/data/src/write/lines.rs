//! What stands on which line: a sink beside a writer, that notes where every key and value begins and ends.
//!
//! ```text
//! spec:                 1  spec
//!   args:               2  spec.args
//!   - run               3  spec.args[0]
//!   note: |             4  spec.note
//!     one               5  spec.note
//! ```
//!
//! Knows the line that a writer is on; must not know the layout that brought it there.

use super::Sink;

/// A step from a value to one inside of it.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Step {
    /// The value of a key of a map.
    Key(String),
    /// An element of a list, counted from zero.
    Index(usize),
}

/// A key or a value of a text, with the lines that it takes. Of a map or a list that is the line where it begins.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// Its first line, counted from one.
    pub first: u32,
    /// Its last line.
    pub last: u32,
    /// The way to it.
    pub path: Vec<Step>,
}

/// The parts of a text, in its order.
#[derive(Clone, PartialEq, Eq, Default, Debug)]
pub struct LineMap {
    /// The parts.
    pub parts: Vec<Part>,
}

impl LineMap {
    /// The parts on a line, the outermost first.
    pub fn on(&self, line: u32) -> impl Iterator<Item = &Part> {
        let end = self.parts.partition_point(|part| part.first <= line);
        let before = self.parts.get(..end).unwrap_or_default();
        before.iter().filter(move |part| part.last >= line)
    }

    /// The first and the last line of a value, with all that is in it.
    pub fn lines(&self, path: &[Step]) -> Option<(u32, u32)> {
        let within = || self.parts.iter().filter(|part| part.path.starts_with(path));
        let first = within().map(|part| part.first).min()?;
        Some((first, within().map(|part| part.last).max()?))
    }
}

/// A sink that passes everything on, and notes the lines.
#[derive(Debug)]
pub struct Lines<S> {
    sink: S,
    open: Vec<Frame>,
    map: LineMap,
    /// The last line that a part takes so far.
    covered: u32,
}

/// A map or list that has begun and not ended, and what of it is being written.
#[derive(Debug)]
enum Frame {
    Map(Option<String>),
    List(usize),
}

impl<S: Sink> Lines<S> {
    /// Notes the lines of what is written from now on.
    #[must_use]
    pub fn new(sink: S) -> Lines<S> {
        Lines { sink, open: Vec::new(), map: LineMap::default(), covered: 0 }
    }

    /// The writer, and what stands on its lines.
    #[must_use]
    pub fn into_parts(self) -> (S, LineMap) {
        (self.sink, self.map)
    }

    fn note(&mut self, first: u32, last: u32) {
        let last = last.max(first);
        let steps = self.open.iter().filter_map(|frame| match frame {
            Frame::Map(key) => key.clone().map(Step::Key),
            Frame::List(next) => next.checked_sub(1).map(Step::Index),
        });
        self.map.parts.push(Part { first, last, path: steps.collect() });
        self.covered = self.covered.max(last);
    }

    fn begin_value(&mut self) -> u32 {
        if let Some(Frame::List(next)) = self.open.last_mut() {
            *next += 1;
        }
        self.sink.line()
    }

    fn scalar(&mut self, write: impl FnOnce(&mut S)) {
        let first = self.begin_value();
        write(&mut self.sink);
        self.note(first, self.sink.line().saturating_sub(1));
    }

    fn begin(&mut self, frame: Frame, write: impl FnOnce(&mut S)) {
        let first = self.begin_value();
        self.note(first, first);
        write(&mut self.sink);
        self.open.push(frame);
    }

    /// A bracket on a line of its own belongs to what it closes.
    fn end(&mut self, write: impl FnOnce(&mut S)) {
        write(&mut self.sink);
        self.open.pop();
        let closing = self.sink.line().saturating_sub(1);
        if closing > self.covered {
            self.note(closing, closing);
        }
    }
}

impl<S: Sink> Sink for Lines<S> {
    fn document_start(&mut self) {
        self.sink.document_start();
    }

    fn map_start(&mut self) {
        self.begin(Frame::Map(None), S::map_start);
    }

    fn key(&mut self, key: &str) {
        let line = self.sink.line();
        self.sink.key(key);
        if let Some(Frame::Map(current)) = self.open.last_mut() {
            *current = Some(key.to_owned());
        }
        self.note(line, line);
    }

    fn map_end(&mut self) {
        self.end(S::map_end);
    }

    fn list_start(&mut self) {
        self.begin(Frame::List(0), S::list_start);
    }

    fn list_end(&mut self) {
        self.end(S::list_end);
    }

    fn null(&mut self) {
        self.scalar(S::null);
    }

    fn bool(&mut self, value: bool) {
        self.scalar(|sink| sink.bool(value));
    }

    fn int(&mut self, value: i128) {
        self.scalar(|sink| sink.int(value));
    }

    fn float(&mut self, value: f64) {
        self.scalar(|sink| sink.float(value));
    }

    fn text(&mut self, value: &str) {
        self.scalar(|sink| sink.text(value));
    }

    fn line(&self) -> u32 {
        self.sink.line()
    }
}

#[cfg(test)]
mod tests {
    use super::super::{json, yaml};
    use super::*;

    fn write(sink: &mut impl Sink) {
        sink.map_start();
        sink.key("a");
        sink.map_start();
        sink.key("b");
        sink.list_start();
        sink.text("x");
        sink.map_start();
        sink.key("c");
        sink.text("one\ntwo\n");
        sink.key("d");
        sink.map_start();
        sink.map_end();
        sink.map_end();
        sink.list_start();
        sink.int(1);
        sink.list_end();
        sink.list_end();
        sink.key("e");
        sink.null();
        sink.map_end();
        sink.key("f");
        sink.bool(true);
        sink.map_end();
    }

    fn shown(path: &[Step]) -> String {
        let steps = path.iter().map(|step| match step {
            Step::Key(key) => format!(".{key}"),
            Step::Index(index) => format!("[{index}]"),
        });
        steps.collect()
    }

    /// Each line of the text behind the innermost part on it.
    fn check(text: &str, map: &LineMap, expected: &[&str]) {
        let lines = text.lines().zip(1..).map(|(line, number)| {
            let innermost = map.on(number).last().map_or(String::new(), |part| shown(&part.path));
            format!("{innermost}|{}", line.trim())
        });
        assert_eq!(lines.collect::<Vec<_>>(), expected);
    }

    #[test]
    fn every_line_of_yaml_has_its_part() {
        let mut lines = Lines::new(yaml::Writer::new());
        write(&mut lines);
        let (writer, map) = lines.into_parts();
        let expected = [
            ".a|a:",
            ".a.b|b:",
            ".a.b[0]|- x",
            ".a.b[1].c|- c: |",
            ".a.b[1].c|one",
            ".a.b[1].c|two",
            ".a.b[1].d|d: {}",
            ".a.b[2][0]|- - 1",
            ".a.e|e: null",
            ".f|f: true",
        ];
        check(writer.as_str(), &map, &expected);
        let key = |key: &str| Step::Key(key.to_owned());
        assert_eq!(map.lines(&[key("a"), key("b"), Step::Index(1)]), Some((4, 7)));
        assert_eq!(map.lines(&[key("g")]), None);
        let whole: Vec<String> = map.on(8).map(|part| shown(&part.path)).collect();
        assert_eq!(whole, [".a.b[2]", ".a.b[2][0]"]);
    }

    #[test]
    fn a_bracket_belongs_to_what_it_closes() {
        let mut lines = Lines::new(json::Writer::pretty());
        write(&mut lines);
        let (writer, map) = lines.into_parts();
        let expected = [
            "|{",
            ".a|\"a\": {",
            ".a.b|\"b\": [",
            ".a.b[0]|\"x\",",
            ".a.b[1]|{",
            ".a.b[1].c|\"c\": \"one\\ntwo\\n\",",
            ".a.b[1].d|\"d\": {}",
            ".a.b[1]|},",
            ".a.b[2]|[",
            ".a.b[2][0]|1",
            ".a.b[2]|]",
            ".a.b|],",
            ".a.e|\"e\": null",
            ".a|},",
            ".f|\"f\": true",
            "|}",
        ];
        check(writer.as_str(), &map, &expected);
    }
}
