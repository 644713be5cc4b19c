//! What is wrong with the syntax of a YAML text, in words for the person who wrote it.
//!
//! Knows the parser's kinds of errors; the only file that must be looked at when they change.

use granit_parser::{ErrorKind, ScanError};

use crate::datum::TextRange;
use crate::error::ReadError;
use crate::limits::Limits;

/// The parser's error, at the character where the parser stopped.
pub(super) fn error(text: &str, limits: Limits, error: &ScanError) -> ReadError {
    let start = error.marker().byte_offset().unwrap_or(text.len());
    let rest = text.get(start..).unwrap_or_default();
    let length = rest.chars().next().map_or(0, char::len_utf8);
    let range = TextRange::new(start, start + length);
    if *error.kind() == ErrorKind::RecursionLimitExceeded {
        return ReadError::nested_too_deeply(range, limits);
    }
    match sentence(error.kind()) {
        Some((message, "")) => ReadError::new(range, message),
        Some((message, help)) => ReadError::new(range, message).with_help(help),
        None => ReadError::new(range, error.kind().to_string().to_lowercase()),
    }
}

/// A message and what would help, for the mistakes that people make.
fn sentence(kind: &ErrorKind) -> Option<(&'static str, &'static str)> {
    Some(match kind {
        ErrorKind::TabNotAllowed
        | ErrorKind::TabInBlockIndentation
        | ErrorKind::TabInIndentation
        | ErrorKind::TabAtBlockScalarStart => ("YAML is not indented with tabs", "use spaces"),
        ErrorKind::MappingValueNotAllowed
        | ErrorKind::InvalidColonPlacement
        | ErrorKind::InvalidMappingValueWhitespace => (
            "no entry of a map can begin here",
            "put text that contains `: ` in quotes, or indent the entry like those beside it",
        ),
        ErrorKind::ExpectedBlockMappingKey | ErrorKind::SimpleKeyExpected | ErrorKind::InvalidSimpleKey => {
            ("expected a key and `:`", "indent the line like the entries beside it")
        }
        ErrorKind::ExpectedBlockSequenceEntry => {
            ("expected `-` and another item of the list", "indent the line like the items beside it")
        }
        ErrorKind::BlockSequenceEntryNotAllowed | ErrorKind::BlockEntryInFlowCollection => {
            ("no item of a list can begin here", "begin a new line before `-`")
        }
        ErrorKind::InvalidIndentation | ErrorKind::InvalidFlowScalarIndent => {
            ("the line is not indented deeply enough", "indent it deeper than the key to which it belongs")
        }
        ErrorKind::InvalidBlockScalarIndent => {
            ("the lines of a block of text are indented alike", "indent the line like the first line of the block")
        }
        ErrorKind::InvalidQuotedScalarIndent => {
            ("the text in quotes goes on in a line that is not indented", "close the quotes, or indent the line")
        }
        ErrorKind::UnclosedQuotedScalar => ("the quotes are not closed", ""),
        ErrorKind::UnclosedFlowCollection { .. }
        | ErrorKind::UnexpectedEofFlowMapping
        | ErrorKind::UnexpectedEofFlowSequence
        | ErrorKind::UnexpectedEofImplicitFlowMapping => ("the bracket is not closed", ""),
        ErrorKind::ExpectedFlowMappingSeparator => ("expected `,` or `}`", ""),
        ErrorKind::ExpectedFlowSequenceSeparator => ("expected `,` or `]`", ""),
        ErrorKind::MismatchedFlowCollectionEnd { .. } | ErrorKind::MisplacedFlowCollectionEnd => {
            ("no bracket that this one closes is open", "")
        }
        ErrorKind::InvalidTrailingDoubleQuotedScalar | ErrorKind::InvalidTrailingSingleQuotedScalar => {
            ("text follows the closing quotes", "put all of it in quotes")
        }
        ErrorKind::UnknownQuotedScalarEscape => {
            ("YAML has no such escape", "use single quotes, in which `\\` means itself")
        }
        ErrorKind::UnexpectedCharacter { .. } => ("no text begins with this character", "put the text in quotes"),
        ErrorKind::UndeclaredTagHandle => ("the tag's prefix is not declared", "remove the tag"),
        _ => return None,
    })
}
