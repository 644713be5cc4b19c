//! Numbers and texts as bytes, and the two tables that give each text a number.

use std::collections::BTreeMap;

/// A number in groups of seven bits, the lowest first.
pub fn number(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

/// A number that may be below zero: the sign is the lowest bit.
pub fn signed(out: &mut Vec<u8>, value: i64) {
    number(out, ((value << 1) ^ (value >> 63)) as u64);
}

pub fn word(out: &mut Vec<u8>, value: usize) {
    out.extend_from_slice(&(value as u32).to_le_bytes());
}

/// Each text once, by the order in which it was first asked for.
#[derive(Default)]
pub struct Texts {
    numbers: BTreeMap<String, usize>,
    texts: Vec<String>,
}

impl Texts {
    pub fn number(&mut self, text: &str) -> u64 {
        let next = self.texts.len();
        let number = *self.numbers.entry(text.to_string()).or_insert(next);
        if number == next {
            self.texts.push(text.to_string());
        }
        number as u64
    }

    pub fn texts(&self) -> &[String] {
        &self.texts
    }
}

/// Pieces of bytes behind one another, and where each begins: `count, (start of each).., end, bytes`.
pub fn pieces(pieces: &[Vec<u8>]) -> Vec<u8> {
    let mut out = Vec::new();
    word(&mut out, pieces.len());
    let mut start = 0;
    for piece in pieces {
        word(&mut out, start);
        start += piece.len();
    }
    word(&mut out, start);
    out.extend(pieces.concat());
    out
}
