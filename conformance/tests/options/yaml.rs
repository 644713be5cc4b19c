//! YAML as platc writes it, and no other: blocks of maps and lists, and a word in each line. Words are kept with their quotes, which
//! tell text from numbers.

/// What stands in a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Node {
    /// A word, as it is written.
    Scalar(String),
    /// Items.
    List(Vec<Node>),
    /// Keys and what they have, in order.
    Map(Vec<(String, Node)>),
}

impl Node {
    /// What a key has.
    pub fn get(&self, key: &str) -> Option<&Node> {
        match self {
            Self::Map(entries) => entries.iter().find(|(name, _)| name == key).map(|(_, node)| node),
            _ => None,
        }
    }

    /// A word without quotes.
    pub fn text(&self) -> Option<&str> {
        match self {
            Self::Scalar(word) => Some(word.trim_matches('\'')),
            _ => None,
        }
    }
}

/// A document.
pub fn read(text: &str) -> Node {
    let line = |line: &str| (line.len() - line.trim_start().len(), line.trim_start().to_owned());
    let mut lines: Vec<(usize, String)> = text.lines().filter(|text| !text.trim().is_empty()).map(line).collect();
    let margin = lines.first().map_or(0, |(margin, _)| *margin);
    lines.reverse();
    block(&mut lines, margin)
}

/// The block at a margin. Lines are taken from the end.
fn block(lines: &mut Vec<(usize, String)>, margin: usize) -> Node {
    let (mut items, mut entries) = (Vec::new(), Vec::new());
    while let Some((at, line)) = lines.pop() {
        if at != margin || (!items.is_empty() && !line.starts_with("- ")) {
            lines.push((at, line));
            break;
        }
        if let Some(rest) = line.strip_prefix("- ") {
            // What stands behind a dash begins a block of its own.
            lines.push((margin + 2, rest.to_owned()));
            items.push(match key(rest) {
                Some(_) => block(lines, margin + 2),
                None => word(lines.pop()),
            });
        } else if let Some((name, rest)) = key(&line) {
            let value = if rest.is_empty() { below(lines, margin) } else { word(Some((margin, rest.to_owned()))) };
            entries.push((name.to_owned(), value));
        } else {
            return word(Some((at, line)));
        }
    }
    if items.is_empty() { Node::Map(entries) } else { Node::List(items) }
}

/// What a key has that stands alone: a list may stand at its own margin.
fn below(lines: &mut Vec<(usize, String)>, margin: usize) -> Node {
    match lines.last() {
        Some((at, line)) if *at == margin && line.starts_with("- ") => {
            let mut list = Vec::new();
            while lines.last().is_some_and(|(at, line)| *at == margin && line.starts_with("- ")) {
                list.push(lines.pop().unwrap_or_default());
                while lines.last().is_some_and(|(at, _)| *at > margin) {
                    list.push(lines.pop().unwrap_or_default());
                }
            }
            list.reverse();
            block(&mut list, margin)
        }
        Some((at, _)) if *at > margin => {
            let at = *at;
            block(lines, at)
        }
        _ => Node::Scalar(String::new()),
    }
}

fn word(line: Option<(usize, String)>) -> Node {
    match line.unwrap_or_default().1 {
        word if word == "{}" => Node::Map(Vec::new()),
        word if word == "[]" => Node::List(Vec::new()),
        word => Node::Scalar(word),
    }
}

/// The key of a line, and what stands behind it.
fn key(line: &str) -> Option<(&str, &str)> {
    let (name, rest) = match line.strip_prefix('\'') {
        Some(quoted) => {
            let (name, rest) = quoted.split_once('\'')?;
            (name, rest.strip_prefix(':')?)
        }
        None => line.split_once(": ").or_else(|| Some((line.strip_suffix(':')?, "")))?,
    };
    Some((name, rest.trim_start()))
}
