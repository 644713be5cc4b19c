//! TOML, whose dates and times become text as they are written.
//!
//! Knows tables and their headers; must not know what the data is for. Nesting is recursion, which
//! the depth limit bounds.

mod first;

use std::ops::Range;

use toml_edit::{Array, ArrayOfTables, Document as Parsed, Item, Key as ParsedKey, TableLike, TomlError, Value};

use crate::datum::{Datum, DatumKind, Document, Key, TextRange};
use crate::error::{ReadError, shown};
use crate::limits::{Budget, Limits};

/// Reads the one document of a TOML text.
pub(super) fn read(text: &str, limits: Limits) -> Result<Vec<Document>, Vec<ReadError>> {
    let parsed = Parsed::parse(text).map_err(|error| vec![syntax_error(text, &error)])?;
    let range = TextRange::new(0, text.len());
    let mut reader = Reader { text, limits, budget: Budget::new(limits) };
    let kind = reader.map(parsed.as_table(), range, 1).map_err(|error| vec![error])?;
    let root = Datum { kind, range };
    Ok(vec![Document { root }])
}

/// The parser's error, in our words for the mistakes that people make.
fn syntax_error(text: &str, error: &TomlError) -> ReadError {
    let range = range_of(error.span());
    let found = shown(range.slice(text));
    let message = error.message().trim_end_matches('.');
    if message == "duplicate key" {
        let error = ReadError::new(range, format!("the key `{found}` is given twice"))
            .with_help("remove one of the two entries");
        match first::place_of_first(text, range) {
            Some(place) => error.with_related(place, "given here first"),
            None => error,
        }
    } else if !message.starts_with("string values must be quoted") {
        ReadError::new(range, message)
    } else if found.is_empty() {
        ReadError::new(range, "expected a value")
    } else {
        ReadError::new(range, "text is written in quotes").with_help(format!("write `\"{found}\"`"))
    }
}

struct Reader<'t> {
    text: &'t str,
    limits: Limits,
    budget: Budget,
}

type Read<T> = Result<T, ReadError>;

impl Reader<'_> {
    /// The entries of a table that is `depth` levels deep, and was written at `range`.
    fn map(&mut self, table: &dyn TableLike, range: TextRange, depth: usize) -> Read<DatumKind> {
        self.check_depth(range, depth)?;
        let entries = table.iter().map(|(text, item)| {
            let range = range_of(table.key(text).and_then(ParsedKey::span));
            let text = text.into();
            Ok((Key { text, range }, self.item(item, range, depth)?))
        });
        entries.collect::<Read<_>>().map(DatumKind::Map)
    }

    /// What a table `depth` levels deep has under the key at `place`.
    fn item(&mut self, item: &Item, place: TextRange, depth: usize) -> Read<Datum> {
        let range = item.span().map_or(place, |span| range_of(Some(span)));
        let kind = match item {
            Item::None => DatumKind::Null,
            Item::Value(value) => return self.value(value, depth),
            Item::Table(table) => self.map(table, range, depth + 1)?,
            Item::ArrayOfTables(tables) => self.tables(tables, depth + 1)?,
        };
        self.charge(range)?;
        Ok(Datum { kind, range })
    }

    fn tables(&mut self, tables: &ArrayOfTables, depth: usize) -> Read<DatumKind> {
        let tables = tables.iter().map(|table| {
            let range = range_of(table.span());
            self.charge(range)?;
            let kind = self.map(table, range, depth + 1)?;
            Ok(Datum { kind, range })
        });
        tables.collect::<Read<_>>().map(DatumKind::List)
    }

    fn value(&mut self, value: &Value, depth: usize) -> Read<Datum> {
        let range = range_of(value.span());
        self.charge(range)?;
        let kind = match value {
            Value::String(text) => DatumKind::Text(text.value().as_str().into()),
            Value::Integer(number) => DatumKind::Int(i128::from(*number.value())),
            Value::Float(number) => DatumKind::Float(*number.value()),
            Value::Boolean(truth) => DatumKind::Bool(*truth.value()),
            Value::Datetime(_) => DatumKind::Text(range.slice(self.text).into()),
            Value::Array(items) => self.list(items, range, depth + 1)?,
            Value::InlineTable(table) => self.map(table, range, depth + 1)?,
        };
        Ok(Datum { kind, range })
    }

    fn list(&mut self, items: &Array, range: TextRange, depth: usize) -> Read<DatumKind> {
        self.check_depth(range, depth)?;
        let items = items.iter().map(|item| self.value(item, depth));
        items.collect::<Read<_>>().map(DatumKind::List)
    }

    fn charge(&mut self, range: TextRange) -> Read<()> {
        let charged = self.budget.charge(1);
        charged.map_err(|_| ReadError::too_many_values(range, self.limits))
    }

    fn check_depth(&self, range: TextRange, depth: usize) -> Read<()> {
        if depth <= self.limits.depth {
            return Ok(());
        }
        Err(ReadError::nested_too_deeply(range, self.limits))
    }
}

fn range_of(span: Option<Range<usize>>) -> TextRange {
    let span = span.unwrap_or_default();
    TextRange::new(span.start, span.end)
}
