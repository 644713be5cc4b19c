//! The layout of the tables: pieces of bytes behind one another, and within them numbers and names.
//!
//! The tables come out of the build script, so nothing in them is wrong. Still nothing here can panic: what would lie
//! outside of a table reads as nothing.

/// `count, (start of each).., end, bytes`.
#[derive(Clone, Copy)]
pub struct Pieces {
    bytes: &'static [u8],
}

impl Pieces {
    pub fn new(bytes: &'static [u8]) -> Pieces {
        Pieces { bytes }
    }

    pub fn len(self) -> usize {
        self.word(0)
    }

    pub fn get(self, index: usize) -> &'static [u8] {
        if index >= self.len() {
            return &[];
        }
        let base = 4 * (self.len() + 2);
        self.bytes.get(base + self.word(index + 1)..base + self.word(index + 2)).unwrap_or_default()
    }

    pub fn text(self, index: usize) -> &'static str {
        str::from_utf8(self.get(index)).unwrap_or_default()
    }

    fn word(self, index: usize) -> usize {
        let word = self.bytes.get(4 * index..).and_then(|rest| rest.first_chunk::<4>());
        word.map_or(0, |word| u32::from_le_bytes(*word) as usize)
    }
}

/// Reads one piece from its front to its end.
pub struct Reader {
    pub rest: &'static [u8],
}

impl Reader {
    pub fn byte(&mut self) -> u8 {
        match self.rest.split_first() {
            Some((first, rest)) => {
                self.rest = rest;
                *first
            }
            None => 0,
        }
    }

    /// Groups of seven bits, the lowest first.
    pub fn number(&mut self) -> usize {
        let mut value = 0;
        let mut shift = 0;
        loop {
            let byte = self.byte();
            value |= u64::from(byte & 0x7f).wrapping_shl(shift);
            shift += 7;
            if byte < 0x80 {
                return value as usize;
            }
        }
    }

    /// A number whose lowest bit is the sign.
    pub fn signed(&mut self) -> i64 {
        let value = self.number() as u64;
        (value >> 1) as i64 ^ -((value & 1) as i64)
    }
}
