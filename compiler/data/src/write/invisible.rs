//! Characters that nobody sees, or that change how what surrounds them is shown: documents hold their escapes.

/// Whether a character beyond ASCII can not be read where it stands. Joiners are no such characters: emoji and several
/// scripts need them.
pub(super) fn is_invisible(character: char) -> bool {
    matches!(character,
        '\u{80}'..='\u{9f}' | '\u{ad}' | '\u{61c}' | '\u{180e}' | '\u{200b}' | '\u{200e}' | '\u{200f}'
        | '\u{2028}'..='\u{202e}' | '\u{2060}'..='\u{206f}' | '\u{feff}' | '\u{fff9}'..='\u{fffb}'
        | '\u{fffe}' | '\u{ffff}' | '\u{e0000}'..='\u{e007f}')
}

/// Whether a byte begins the UTF-8 of such a character, or of others like it.
pub(super) fn may_begin_invisible(byte: u8) -> bool {
    matches!(byte, 0xc2 | 0xd8 | 0xe1 | 0xe2 | 0xef | 0xf3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn first_bytes() {
        for character in ('\u{80}'..=char::MAX).filter(|character| is_invisible(*character)) {
            assert!(may_begin_invisible(character.to_string().as_bytes()[0]), "{character:?}");
        }
    }
}
