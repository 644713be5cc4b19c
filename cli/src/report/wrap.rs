//! Breaks prose into lines that fit a screen.

use unicode_width::UnicodeWidthStr;

/// The same words in lines of at most `width` columns, where words allow it. Line ends of the text stay.
pub fn wrap(text: &str, width: usize) -> String {
    let wrapped: Vec<String> = text.lines().map(|line| wrap_line(line, width)).collect();
    wrapped.join("\n")
}

fn wrap_line(line: &str, width: usize) -> String {
    let indent: String = line.chars().take_while(|character| *character == ' ').collect();
    let mut wrapped = indent.clone();
    let mut column = indent.len();
    for word in line.split_whitespace() {
        let begins_line = column <= indent.len();
        if !begins_line && column + 1 + word.width() > width {
            wrapped.push('\n');
            wrapped.push_str(&indent);
            column = indent.len();
        } else if !begins_line {
            wrapped.push(' ');
            column += 1;
        }
        wrapped.push_str(word);
        column += word.width();
    }
    wrapped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_break_between_words() {
        assert_eq!(wrap("one two three", 7), "one two\nthree");
        assert_eq!(wrap("one\ntwo", 80), "one\ntwo");
        assert_eq!(wrap("unbreakable", 4), "unbreakable");
        assert_eq!(wrap("  one two", 6), "  one\n  two");
        assert_eq!(wrap("", 6), "");
    }
}
