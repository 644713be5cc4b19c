//! The lines of one file that a report shows, made fit for a screen: cut around what is marked, with nothing in them
//! that a terminal would obey.

use std::collections::BTreeMap;
use std::ops::Range;

use diagnostics::Span;
use unicode_width::UnicodeWidthChar;

use super::files::Files;
use super::visible;

const TAB: &str = "    ";

/// A text with every marked line at its number and nothing in the lines between.
pub struct View {
    /// The text.
    pub text: String,
    /// The marks in it, counted in characters, in the order in which they were given. A mark never leaves its line and is
    /// never empty.
    pub marks: Vec<Range<usize>>,
}

impl View {
    /// The view of spans of one file. A span of several lines is marked on its first.
    pub fn new(files: &Files<'_>, spans: &[Span], width: usize) -> Self {
        let mut by_line: BTreeMap<usize, Vec<usize>> = BTreeMap::new();
        for (index, span) in spans.iter().enumerate() {
            by_line.entry(files.extent(*span).start.line).or_default().push(index);
        }
        let mut view = Self { text: String::new(), marks: vec![0..1; spans.len()] };
        let (mut written, mut characters) = (1, 0);
        for (line, indices) in by_line {
            let blank = line - written;
            view.text.extend(std::iter::repeat_n('\n', blank));
            let marked = indices.iter().filter_map(|index| spans.get(*index)).copied();
            let cut = Cut::new(files, marked.collect(), line, width);
            for (index, mark) in indices.iter().zip(&cut.marks) {
                if let Some(place) = view.marks.get_mut(*index) {
                    *place = characters + blank + mark.start..characters + blank + mark.end;
                }
            }
            characters += blank + cut.text.chars().count() + 1;
            view.text.push_str(&cut.text);
            view.text.push('\n');
            written = line + 1;
        }
        view
    }
}

/// One line as it is shown.
struct Cut {
    text: String,
    marks: Vec<Range<usize>>,
}

impl Cut {
    fn new(files: &Files<'_>, spans: Vec<Span>, line: usize, width: usize) -> Self {
        let Some(file) = spans.first().map(|span| span.file) else {
            return Self { text: String::new(), marks: vec![] };
        };
        let (text, start) = files.line(file, line);
        let within = |offset: usize| offset.saturating_sub(start).min(text.len());
        let ranges: Vec<Range<usize>> = spans
            .into_iter()
            .map(|span| files.range(span))
            .map(|range| within(range.start)..within(range.end))
            .collect();
        let first = ranges.iter().map(|range| range.start).min().unwrap_or_default();
        let text = text.as_str();
        let window = window(text, first, width);
        let before = if window.start > 0 { "…" } else { "" };
        let after = if window.end < text.len() { "…" } else { "" };
        let shown = |range: Range<usize>| text.get(range).map(expand).unwrap_or_default();
        let column = |offset: usize| {
            let offset = offset.clamp(window.start, window.end);
            before.chars().count() + shown(window.start..offset).chars().count()
        };
        let mark = |range: &Range<usize>| {
            let start = column(range.start);
            start..column(range.end).max(start + 1)
        };
        let marks = ranges.iter().map(mark).collect();
        Self { text: format!("{before}{}{after}", shown(window.clone())), marks }
    }
}

/// The part of a line that is shown: all of it where it fits, else what surrounds `first`.
fn window(text: &str, first: usize, width: usize) -> Range<usize> {
    if fitting(text, width) == text.len() {
        return 0..text.len();
    }
    let room = width.saturating_sub(2).max(8);
    let (before, after) = text.split_at_checked(first).unwrap_or((text, ""));
    let backwards = before.chars().rev().scan(room / 3, |room, character| {
        *room = room.checked_sub(columns(character))?;
        Some(character.len_utf8())
    });
    let start = first - backwards.sum::<usize>();
    let taken: usize = text.get(start..first).unwrap_or_default().chars().map(columns).sum();
    start..first + fitting(after, room - taken)
}

/// How many bytes of a text fit into some columns.
fn fitting(text: &str, width: usize) -> usize {
    let mut room = width;
    for (at, character) in text.char_indices() {
        match room.checked_sub(columns(character)) {
            Some(left) => room = left,
            None => return at,
        }
    }
    text.len()
}

fn columns(character: char) -> usize {
    if visible::is_harmless(character) {
        return character.width().unwrap_or(1);
    }
    expand(character.encode_utf8(&mut [0; 4])).chars().count()
}

fn expand(text: &str) -> String {
    let mut shown = String::with_capacity(text.len());
    for character in text.chars() {
        if character == '\t' {
            shown.push_str(TAB);
        } else {
            visible::push(&mut shown, character);
        }
    }
    shown
}

#[cfg(test)]
mod tests {
    use diagnostics::FileId;

    use super::super::Sources;
    use super::*;

    struct One(String);

    impl Sources for One {
        fn path(&self, _: FileId) -> &str {
            "main.pl"
        }
        fn text(&self, _: FileId) -> &str {
            &self.0
        }
    }

    /// Marks what stands between `«` and `»` and shows the view with the same signs.
    #[track_caller]
    fn check(marked: &str, width: usize, expected: &str) {
        let start = marked.find('«').unwrap();
        let end = marked.find('»').unwrap() - '«'.len_utf8();
        let source = One(marked.replace(['«', '»'], ""));
        let span = Span::new(FileId(0), u32::try_from(start).unwrap(), u32::try_from(end).unwrap());
        let view = View::new(&Files::new(&source), &[span], width);
        let mut shown: Vec<char> = view.text.trim_end_matches('\n').chars().collect();
        shown.resize(shown.len().max(view.marks[0].end), ' ');
        shown.insert(view.marks[0].end, '»');
        shown.insert(view.marks[0].start, '«');
        assert_eq!(shown.into_iter().collect::<String>(), expected);
    }

    #[test]
    fn other_lines_are_left_empty() {
        check("one\ntwo\nthr«e»e", 80, "\n\nthr«e»e");
    }

    #[test]
    fn a_span_of_several_lines_is_marked_on_its_first() {
        check("on«e\ntwo»", 80, "on«e»");
    }

    #[test]
    fn something_missing_is_marked_where_it_should_stand() {
        check("port«»: 1", 80, "port«:» 1");
        check("port«»", 80, "port« »");
    }

    #[test]
    fn what_a_terminal_would_obey_is_written_out() {
        check("\t«a\u{1b}b»", 80, "    «a␛b»");
        check("\u{202e}«a»", 80, "<U+202E>«a»");
    }

    #[test]
    fn long_lines_are_cut_around_the_mark() {
        let filler = "x".repeat(100);
        check(&format!("{filler}«abc»{filler}"), 20, "…xxxxxx«abc»xxxxxxxxx…");
        check(&format!("«abc»{filler}"), 20, "«abc»xxxxxxxxxxxxxxx…");
        check(&format!("«{filler}»"), 20, "«xxxxxxxxxxxxxxxxxx»…");
        check(&format!("{filler}«»"), 20, "…xxxxxx« »");
    }

    #[test]
    fn wide_characters_take_two_columns() {
        check(&format!("«a»{}", "語".repeat(50)), 10, "«a»語語語…");
    }
}
