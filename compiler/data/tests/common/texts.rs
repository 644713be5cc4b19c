//! Random texts that readers of YAML may take for something else, or that are hard to lay out. The same in every run.

use super::traps::TRAPS;

/// Numbers that look random: xorshift, so that a million texts cost no time.
pub struct Random(u64);

impl Random {
    /// The numbers of a seed.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// The next number.
    pub fn number(&mut self) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0.wrapping_mul(0x2545_f491_4f6c_dd1d) >> 16
    }

    /// A number below a bound.
    pub fn below(&mut self, bound: usize) -> usize {
        (self.number() % bound.max(1) as u64) as usize
    }

    /// One of several.
    pub fn pick<T: Copy>(&mut self, from: &[T]) -> T {
        from[self.below(from.len())]
    }
}

/// What texts are put together from.
#[rustfmt::skip]
const PIECES: &[&str] = &[
    " ", "  ", "\n", "\n\n", "\t", "\r", "\r\n", ":", ": ", " :", " #", "#", "-", "- ", "'", "''", "\"", "\\", "\\n", "a", "b",
    "0", "1", "9", "x", "o", "e", "E", ".", "..", "_", "+", ",", ", ", "[", "]", "{", "}", "&", "*", "!", "!!", "|", "|-", ">",
    ">+", "%", "@", "`", "?", "? ", "~", "=", "<", "<<", "<<: *a", "é", "ß", "\u{a0}", "\u{85}", "\u{ad}", "\u{200b}", "\u{200d}",
    "\u{2028}", "\u{2029}", "\u{202e}", "\u{3000}", "\u{feff}", "\u{fffe}", "\u{ffff}", "\u{d7ff}", "\u{e000}", "\u{10ffff}",
    "😀", "👩\u{200d}🚀", "\0", "\u{7}", "\u{8}", "\u{b}", "\u{c}", "\u{1b}", "\u{1f}", "\u{7f}", "\u{80}", "\u{9f}", "no", "null",
    "true", "y", "---", "...", "%YAML 1.1", "T", "Z", "{{ .x }}", "$(A)", "key: value", "\n  ", "\n\t", "\n- ", "\n---\n",
    "\n...\n", "\n#", "\n ", " \n",
];

/// Words that some reader takes for a truth value, for nothing or for a number, in any case of letters.
const WORDS: &[&str] = &[
    "y",
    "n",
    "yes",
    "no",
    "on",
    "off",
    "true",
    "false",
    "null",
    "nan",
    "inf",
    "infinity",
    ".inf",
    "-.inf",
    "+.inf",
    ".nan",
    "~",
    "<<",
    "=",
    "none",
    "nil",
    "undefined",
    "void",
    "t",
    "f",
];

/// What numbers, dates and times are written with, in all bases and spellings.
const DIGITS: &[u8] = b"00112233456789abcdefxobXOBE_.:+--,TZtz ";

/// Where characters are taken from.
const RANGES: &[(u32, u32)] = &[
    (0, 0x1f),
    (0x20, 0x7e),
    (0x20, 0x7e),
    (0x7f, 0xa0),
    (0xa1, 0x24f),
    (0x300, 0x36f),
    (0x590, 0x6ff),
    (0x2000, 0x206f),
    (0x3000, 0x30ff),
    (0xd7f0, 0xd7ff),
    (0xe000, 0xe010),
    (0xfe00, 0xfeff),
    (0xfff0, 0xffff),
    (0x1_0000, 0x1_007f),
    (0x1_f600, 0x1_f64f),
    (0x1_fff0, 0x2_000f),
    (0xe_0000, 0xe_007f),
    (0x10_fff0, 0x10_ffff),
];

/// A text.
pub fn text(random: &mut Random) -> String {
    match random.below(16) {
        0 | 1 => random.pick(TRAPS).to_owned(),
        2 => changed(random),
        3..=6 => pieces(random),
        7..=9 => number_like(random),
        10 => word(random),
        11 | 12 => characters(random),
        13 => lines(random),
        14 => plain(random),
        _ => match random.below(20) {
            0 => long(random),
            _ => time_like(random),
        },
    }
}

/// A trap with something put into it.
fn changed(random: &mut Random) -> String {
    let mut text: Vec<char> = random.pick(TRAPS).chars().collect();
    let at = random.below(text.len() + 1);
    let piece: Vec<char> = random.pick(PIECES).chars().collect();
    text.splice(at..at, piece);
    text.into_iter().collect()
}

fn pieces(random: &mut Random) -> String {
    (0..random.below(9)).map(|_| random.pick(PIECES)).collect()
}

fn number_like(random: &mut Random) -> String {
    (0..=random.below(10)).map(|_| char::from(random.pick(DIGITS))).collect()
}

fn word(random: &mut Random) -> String {
    let word = random.pick(WORDS).chars();
    let mut letters = |letter: char| if random.below(2) == 0 { letter.to_ascii_uppercase() } else { letter };
    word.map(&mut letters).collect()
}

fn characters(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..=random.below(12) {
        let (first, last) = random.pick(RANGES);
        let code = first + random.below((last - first + 1) as usize) as u32;
        text.extend(char::from_u32(code));
    }
    text
}

/// Several lines, with blanks wherever they may matter.
fn lines(random: &mut Random) -> String {
    let mut text = String::new();
    for _ in 0..1 + random.below(6) {
        text += random.pick(&["", "", "", " ", "  ", "\t", "    "]);
        text += &match random.below(3) {
            0 => plain(random),
            1 => random.pick(TRAPS).replace('\n', " "),
            _ => String::new(),
        };
        text += random.pick(&["\n", "\n", "\n", "\n\n", " \n", "\r\n", ""]);
    }
    text
}

fn plain(random: &mut Random) -> String {
    let word = |random: &mut Random| -> String {
        (0..1 + random.below(8)).map(|_| char::from(random.pick(b"abcdefghijklmnopqrstuvwxyz0123456789-./"))).collect()
    };
    let words: Vec<String> = (0..1 + random.below(4)).map(|_| word(random)).collect();
    words.join(random.pick(&[" ", "-", "/", ": ", ":", ", ", " # "]))
}

/// Longer than a line that readers would fold, or than the longest simple key.
fn long(random: &mut Random) -> String {
    let mut text = String::new();
    let length = random.pick(&[80, 200, 1000, 1022, 1023, 1024, 1025, 1030, 2100]);
    while text.chars().count() < length {
        text += &plain(random);
        text += random.pick(&[" ", "  ", "", "é"]);
    }
    text.chars().take(length).collect()
}

/// A date, a time, or a number to the base sixty.
fn time_like(random: &mut Random) -> String {
    let two = |random: &mut Random| format!("{:02}", random.below(70));
    let (a, b, c) = (two(random), two(random), two(random));
    let day = format!("{}-{a}-{b}", 1900 + random.below(200));
    match random.below(8) {
        0 => day,
        1 => format!("{day}T{a}:{b}:{c}Z"),
        2 => format!("{day} {a}:{b}:{c}.{} +{a}:{b}", random.below(1000)),
        3 => format!("{day}t{a}:{b}:{c}-{}", random.below(12)),
        4 => format!("{a}:{b}:{c}"),
        5 => format!("-{}:{b}", random.below(200)),
        6 => format!("{a}:{b}.{}", random.below(100)),
        _ => format!("{}:{a}:{b}:{c}", random.below(20)),
    }
}
