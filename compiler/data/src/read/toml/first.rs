//! Finds where a key of TOML that is given twice was given first.
//!
//! The parser knows and does not tell; but what precedes the second key is itself a whole text of
//! TOML, in which the key can be looked up. Knows headers and dotted keys; a second key in the middle
//! of a value is not looked for.

use toml_edit::{Document, Item, Key, Table, TableLike};

use crate::datum::TextRange;

/// The place of the first key, given that of the second.
pub(super) fn place_of_first(text: &str, second: TextRange) -> Option<TextRange> {
    let up_to_key = text.get(..second.end as usize)?;
    let (before, line) = match up_to_key.rfind('\n') {
        Some(newline) => up_to_key.split_at(newline + 1),
        None => ("", up_to_key),
    };
    let earlier = Document::parse(before).ok()?;
    let header = line.trim_start().strip_prefix('[');
    let path = header.map_or(line, |it| it.trim_start_matches('['));
    let path = Key::parse(path).ok()?;
    let (last, outer) = path.split_last()?;
    let table = match header {
        Some(_) => earlier.as_table(),
        None => last_table(earlier.as_table()),
    };
    let table = outer.iter().try_fold(table as &dyn TableLike, |table, key| as_table(table.get(key.get())?))?;
    let span = table.key(last.get())?.span()?;
    Some(TextRange::new(span.start, span.end))
}

/// The table to which the next entry of the text would belong.
fn last_table(root: &Table) -> &Table {
    root.iter()
        .filter_map(|(_, item)| match item {
            Item::Table(table) => Some(table),
            Item::ArrayOfTables(tables) => tables.iter().last(),
            Item::None | Item::Value(_) => None,
        })
        .map(last_table)
        .chain([root])
        .max_by_key(|table| table.position())
        .unwrap_or(root)
}

/// The table that a path goes through, which of an array of tables is the last one.
fn as_table(item: &Item) -> Option<&dyn TableLike> {
    match item {
        Item::ArrayOfTables(tables) => Some(tables.iter().last()?),
        other => other.as_table_like(),
    }
}
