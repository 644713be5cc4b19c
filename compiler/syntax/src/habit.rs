//! Habits from other languages and formats: what of them the grammar meets, and how it is written here.
//!
//! The grammar knows none of this. Where it has found a mistake, the words around the place are compared with a table; what
//! is found there is said instead, once for the whole statement.

use crate::error::SyntaxError;
use crate::kind::SyntaxKind as K;
use crate::problem::Source;
use crate::range::TextRange;

/// A habit: the words by which it is known, and what is said.
struct Habit {
    /// Words separated by blanks. `@` marks the one at which the grammar found a mistake, `^` one that starts a line, `!` one
    /// that starts a line at its very beginning, `%` one that starts the file; `a|b` is one of several, `NAME`, `TEXT` and
    /// `ANY` are any, `WORD` is a name that is no keyword. Before `..` stands how the line of the mistake starts.
    words: &'static str,
    says: &'static str,
    help: &'static str,
    /// What takes the place of the words (of those behind `..`), `$1` being the first of them; nothing if it takes more.
    instead: &'static str,
}

const fn habit(words: &'static str, says: &'static str, help: &'static str, instead: &'static str) -> Habit {
    Habit { words, says, help, instead }
}

const FUNCTION: &str = "write `fn name(x: Int) -> Int = x + 1`: one expression behind `=`";
const SCHEMA: &str = "write `schema Name { field: Type }`";
const IMPORT: &str = "write `import \"path.pl\" as name`";
const BY_ITSELF: &str = "write `name`, and `\\(name)` in a string";
const LIST: &str = "write `name: [first, second]`; a list of records is `[{ .. }, { .. }]`";

/// The first that fits is said.
const HABITS: &[Habit] = &[
    // Declarations.
    habit("!var|const|val|my NAME @=", "a name is declared with `let`", "write `let`", "let $2 ="),
    habit("!var|const|val|my .. @=", "a name is declared with `let`", "write `let` at the start of the line", ""),
    habit("!def|func|function|fun|fn|sub NAME @(", "a function is declared with `fn`", FUNCTION, ""),
    habit("!fn .. ) @:", "the type of a result stands behind `->`", "write `->`", ") ->"),
    habit("!fn .. @=>", "the value of a function stands behind `=`", "write `=`", "="),
    habit("!fn .. @{", "the body of a function is one expression behind `=`", FUNCTION, ""),
    habit("!enum NAME { NAME @ANY", "one of several words is a type", "write `type Name = \"one\" | \"other\"`", ""),
    habit("!enum .. @ANY", "one of several words is a type", "write `type Name = \"one\" | \"other\"`", ""),
    habit(
        "!class|struct|interface|record|model|message NAME .. @ANY",
        "the shape of an object is a schema",
        SCHEMA,
        "",
    ),
    habit(
        "!pub|public|export|private|internal|static|final|abstract let|fn|schema|type @NAME",
        "what a file declares can be used wherever it is imported",
        "delete the word",
        "$2 $3",
    ),
    habit(
        "!schema NAME @extends|inherits|implements|:|<",
        "a schema extends another with `is`",
        "write `is`",
        "$1 $2 is",
    ),
    habit("!schema NAME @(", "a schema extends another with `is`", "write `schema Name is Other { .. }`", ""),
    habit("!schema NAME @= {", "the body of a schema follows its name", "delete `=`", "$1 $2 {"),
    habit("!WORD @=", "a name is declared with `let`", "write `let`", "let $1 ="),
    habit("NAME TEXT @TEXT", "a block has one name", "write the kind, the name and `{`: `host \"a\" { .. }`", ""),
    habit("%@{", "a file has no braces around it", "write `output name: { .. }` for a value that comes out", ""),
    // Files.
    habit(
        "!import NAME @from TEXT",
        "a file is imported by its path",
        "write `import`, the path, and the name behind `as`",
        "import $4 as $2",
    ),
    habit("!import { .. @ANY", "a file is imported whole, under a name", IMPORT, ""),
    habit("!from .. @ANY", "a file is imported whole, under a name", IMPORT, ""),
    habit("!include|require|use|using|source|load .. @ANY", "a file is brought in by `import`", IMPORT, ""),
    // Layout.
    habit("^@-", "a list stands in square brackets", LIST, ""),
    habit("^- .. @ANY", "a list stands in square brackets", LIST, ""),
    habit(": ^NAME @:", "what belongs to a name stands in braces, not below it", "write `name: { .. }`", ""),
    habit("{ @{ NAME }", "a value stands by itself, without braces around it", BY_ITSELF, ""),
    habit("{ @{ .", "a value stands by itself, without braces around it", BY_ITSELF, ""),
    habit("{ @{ NAME .", "a value stands by itself, without braces around it", BY_ITSELF, ""),
    habit(
        "@. Values|Release|Chart",
        "there are no values of a chart",
        "name a `let`, or a field of this block: `self.x`",
        "",
    ),
    habit(":|=|(|[ @. NAME", "nothing stands before the dot", "a field of this block is `self.x`", ""),
    // Types.
    habit(
        "List|Array|Set|Seq|Vec|list|array @<|[ NAME >|]",
        "a list's type is written `[T]`",
        "write the type of its elements in brackets",
        "[$3]",
    ),
    habit(
        "List|Array|Set|Seq|Vec|list|array @<|[",
        "a list's type is written `[T]`",
        "write the type of its elements in brackets",
        "",
    ),
    habit(
        "Map|Dict|HashMap|Record|Object|map|dict @<|[ NAME , NAME >|]",
        "a map's type is written `{String: T}`",
        "write the type of its values in braces",
        "{String: $5}",
    ),
    habit(
        "Map|Dict|HashMap|Record|Object|map|dict @<|[",
        "a map's type is written `{String: T}`",
        "write the type of its values in braces",
        "",
    ),
    habit("Optional|Option|Maybe @<|[ NAME >|]", "what may be null has a type with `?`", "write `T?`", "$3?"),
    habit("NAME @[ ]", "a list's type is written `[T]`", "write the type of its elements in brackets", "[$1]"),
    // Expressions.
    habit("@->", "`->` stands in the types of functions only", "write `=>`", "=>"),
    habit("return @ANY", "a function is one expression, without `return`", "delete `return`", "$2"),
    habit("new @NAME", "an instance is made by the name of its schema", "delete `new`", "$2"),
    habit("switch|case @ANY", "a choice is made with `match`", "write `match value { pattern => result }`", ""),
    habit("lambda @ANY", "a function is written `(x) => value`", "write `(x) => value`", ""),
    habit("typeof @ANY", "a type is asked for with `is`", "write `x is Int`", ""),
    habit("let @NAME", "a `let` is no value", "write it on a line of its own, before what uses it", ""),
    habit(
        "f|F @TEXT",
        "a string needs no mark to hold values",
        "delete the letter, and write `\\(name)` for `{name}`",
        "",
    ),
    habit("@mod", "the remainder is `%`", "write `%`", "%"),
    habit("@div", "whole numbers are divided by a method", "write `a.div(b)`", ""),
    habit("ANY @as NAME", "a value is converted by a call", "write the type before it: `Int(value)`", ""),
    habit("ANY @... ANY", "a range is written with `..`", "write `..`", "$1..$3"),
    habit(".. @<|]", "a range has two ends, and both belong to it", "write the last element: `0..9`", ""),
    habit("ANY @not in", "the negation stands before the question", "write `not (a in b)`", ""),
    habit("ANY @if", "the condition stands before the values", "write `if condition then a else b`", ""),
    habit("if NAME { @ANY", "an `if` that gives a value has no braces", "write `if condition then a else b`", ""),
    habit("for @(", "a loop has no round brackets", "write `for x in list { .. }`", ""),
    habit(":|=|(|=> @for", "a loop is no value", "a list is made with `[for x in list => value]`", ""),
    habit("ANY @for", "the loop stands before the element", "write `[for x in list => value]`", ""),
    habit("@for", "a loop is no value", "a list is made with `[for x in list => value]`", ""),
    habit(
        "[ ANY @:",
        "a part of a list is taken by a method",
        "write `list.take(n)`, `list.drop(n)` or `list.slice(from, to)`",
        "",
    ),
    habit("@/ *", "comments begin with `//`, and end with their line", "write `//`", ""),
    habit("/ @*", "comments begin with `//`, and end with their line", "write `//`", ""),
];

/// How far before a mistake a habit may begin.
const REACH: u32 = 8;

/// What of elsewhere was meant at a place, and up to which byte all that is wrong follows from it.
pub(crate) fn found(source: &Source<'_>, place: u32) -> Option<(SyntaxError, TextRange)> {
    HABITS.iter().find_map(|habit| {
        let (head, words) =
            habit.words.split_once(" .. ").map_or((None, habit.words), |(head, rest)| (Some(head), rest));
        if let Some(head) = head {
            let line = line_start(source, place);
            matched(source, head, line, None).filter(|end| *end <= place)?;
        }
        let start = (place.saturating_sub(REACH)..=place)
            .find(|start| matched(source, words, *start, Some(place)).is_some())?;
        let end = matched(source, words, start, Some(place))?;
        Some((said(source, habit, start, end), extent(source, line_start(source, start), place)))
    })
}

fn said(source: &Source<'_>, habit: &Habit, start: u32, end: u32) -> SyntaxError {
    let whole = source.range(start).cover(source.range(end.saturating_sub(1)));
    let range = if habit.instead.is_empty() { source.range(start) } else { whole };
    let error = SyntaxError::new("syntax/unexpected", range, habit.says).help(habit.help);
    if habit.instead.is_empty() {
        return error;
    }
    let mut text = habit.instead.to_owned();
    let mut at = start;
    for number in 1..=9 {
        let next = unit_end(source, at);
        let unit = source.range(at).cover(source.range(next.saturating_sub(1)));
        text = text.replace(&format!("${number}"), source.tree.text().get(unit.bytes()).unwrap_or(""));
        at = next;
        if at >= end {
            break;
        }
    }
    error.fix(format!("write `{text}`"), whole, text)
}

/// Where the words end that match the tokens from a place on.
fn matched(source: &Source<'_>, words: &str, start: u32, problem: Option<u32>) -> Option<u32> {
    let mut at = start;
    for word in words.split(' ') {
        let token = source.token(at)?;
        let mut word = word;
        while let Some((mark, rest)) =
            word.split_at_checked(1).filter(|(mark, rest)| "@^!%".contains(mark) && !rest.is_empty())
        {
            let holds = match mark {
                "@" => problem == Some(at),
                "^" => source.starts_line(at),
                "!" => source.starts_line(at) && source.column(at) == 0,
                _ => at == 0,
            };
            if !holds {
                return None;
            }
            word = rest;
        }
        let fits = match word {
            "ANY" => true,
            "NAME" => token.kind().is_name(),
            "WORD" => token.kind() == K::Ident,
            "TEXT" => token.kind().is_quote(),
            word => word.split('|').any(|word| word == token.text()),
        };
        if !fits {
            return None;
        }
        at = unit_end(source, at);
    }
    Some(at)
}

/// The place behind a token, or behind the whole string that it opens.
fn unit_end(source: &Source<'_>, place: u32) -> u32 {
    let mut at = place;
    if source.token(at).is_some_and(|token| token.kind().is_quote()) {
        while source
            .token(at)
            .is_some_and(|token| matches!(token.kind(), K::StringText | K::StringEscape) || at == place)
        {
            at += 1;
        }
    }
    at + 1
}

/// The first token on the line of a place; of a long line, one on the way.
fn line_start(source: &Source<'_>, place: u32) -> u32 {
    let mut at = place;
    while at > place.saturating_sub(64) && !source.starts_line(at) {
        at -= 1;
    }
    at
}

/// From a habit to the end of its statement: all lines in brackets opened on the way, and those that are indented deeper.
pub(crate) fn extent(source: &Source<'_>, start: u32, place: u32) -> TextRange {
    let column = source.column(start);
    let dashes = source.token(start).is_some_and(|token| token.text() == "-");
    let mut depth = 0u32;
    let mut at = start;
    while let Some(token) = source.token(at) {
        let ends = at > place && depth == 0 && source.starts_line(at) && source.column(at) <= column;
        if ends && !(dashes && token.text() == "-") {
            break;
        }
        match token.kind() {
            K::LeftBrace | K::LeftBracket | K::LeftParen => depth += 1,
            K::RightBrace | K::RightBracket | K::RightParen => depth = depth.saturating_sub(1),
            _ => {}
        }
        at += 1;
    }
    let length = u32::try_from(source.tree.text().len()).unwrap_or(u32::MAX);
    let end = source.token(at).map_or(length, |token| token.range().start.saturating_sub(1));
    TextRange::new(source.range(start).start, end)
}
