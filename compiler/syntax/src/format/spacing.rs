//! Where a blank stands between two units on one line.

use super::units::{Group, Unit};
use crate::kind::SyntaxKind as K;

/// Whether a blank stands between two units that are neighbours on one line.
pub(super) fn blank_between(before: &Unit<'_>, after: &Unit<'_>) -> bool {
    !(is_tight_after(before, after) || is_tight_before(before, after))
}

/// Whether blanks stand inside the brackets of a group on one line.
pub(super) fn is_padded(group: &Group, first: &Unit<'_>) -> bool {
    match group.kind {
        _ if group.entries == 0 => false,
        K::Body | K::SchemaBody | K::Match => true,
        K::RecordType => !(group.entries == 1 && first.text.starts_with(|text: char| text.is_ascii_uppercase())),
        _ => false,
    }
}

/// Whether nothing may follow a unit directly but the next one.
fn is_tight_after(before: &Unit<'_>, after: &Unit<'_>) -> bool {
    match before.kind {
        K::LeftParen | K::LeftBracket | K::Dot | K::QuestionDot | K::DotDot | K::DotDotDot | K::At => true,
        K::Minus => matches!(before.parent, K::Unary | K::LiteralType),
        K::Slash => before.parent == K::ImportPath,
        K::LeftBrace => after.kind == K::RightBrace,
        _ => false,
    }
}

/// Whether a unit follows the one before directly.
fn is_tight_before(before: &Unit<'_>, after: &Unit<'_>) -> bool {
    match after.kind {
        K::RightParen | K::RightBracket | K::Comma | K::Colon | K::Dot | K::QuestionDot | K::DotDot => true,
        K::Question | K::QuestionQuestion => {
            after.parent != K::Binary && !matches!(before.kind, K::Question | K::QuestionQuestion)
        }
        K::Slash => after.parent == K::ImportPath,
        K::LeftBracket => after.parent == K::Index,
        K::LeftParen => after.parent == K::Args || (after.parent == K::Params && before.parent == K::Name),
        _ => false,
    }
}
