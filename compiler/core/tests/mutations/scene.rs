//! Scenes: small correct platforms as templates, with the places where they can be broken. What they are about is in the
//! files beside this one, one a group of rules; `README.md` says how they are written.

use std::collections::BTreeMap;
use std::ops::Range;

/// A template, by its heading.
pub struct Scene {
    /// `order.md, "hooks of a chart"`.
    pub name: String,
    /// Its files: their names, and what is in them. The first is the source.
    files: Vec<(String, String)>,
}

/// A place that can be broken.
pub struct Break {
    /// Which one of its template: things that are there several times have the same.
    pub number: usize,
    /// In which piece it is: two breaks of one thing may hide each other.
    pub piece: usize,
    right: String,
    wrong: String,
    /// By which code it must be found.
    pub code: &'static str,
    /// What the message must say.
    pub words: String,
}

enum Part {
    Text(String),
    Break(Break),
}

/// A thing, or what is between things.
struct Piece {
    is_thing: bool,
    parts: Vec<Part>,
}

/// A scene in which everything is chosen but what is broken.
pub struct Drawn {
    /// Which one it is of.
    pub scene: String,
    files: Vec<(String, Vec<Piece>)>,
}

/// A scene as it is written.
pub struct Written {
    /// Names and texts.
    pub files: Vec<(String, String)>,
    /// The things that are broken, by the places: in which file, and their bytes.
    pub things: BTreeMap<usize, (String, Range<usize>)>,
}

/// The scenes of a file.
pub fn read(path: &str, text: &str) -> Vec<Scene> {
    let scene = |section: &str| {
        let (heading, rest) = section.split_once('\n').expect("a heading is a line");
        let fences = rest.split("```").skip(1).step_by(2);
        let file = |fence: &str| {
            let (opening, text) = fence.split_once('\n').expect("a fence is opened by a line");
            (opening.split_once("file=").map_or("main.pl", |(_, file)| file).to_owned(), text.to_owned())
        };
        Scene { name: format!("{path}, \"{heading}\""), files: fences.map(file).collect() }
    };
    format!("\n{text}").split("\n## ").skip(1).map(scene).collect()
}

impl Scene {
    /// The scene with everything chosen, as number `number` of a platform.
    pub fn draw(&self, number: usize, chance: &mut Chance) -> Drawn {
        let words = ["amber", "birch", "cedar", "delta", "ember", "fjord", "grove", "heron"];
        let values = [
            ("$word", format!("{}{}", words[chance.below(words.len())], chance.below(90))),
            ("$port", (8000 + chance.below(900)).to_string()),
            ("$net", (number + 1).to_string()),
            ("$n", number.to_string()),
        ];
        let fill = |text: &str| values.iter().fold(text.to_owned(), |text, (name, value)| text.replace(name, value));
        let mut drawer = Drawer { scene: &self.name, pieces: Vec::new(), pieces_before: 0, breaks: 0, chance };
        let files = self.files.iter().map(|(name, text)| (fill(name), drawer.file(&fill(text))));
        Drawn { scene: self.name.clone(), files: files.collect() }
    }
}

struct Drawer<'a> {
    scene: &'a str,
    pieces: Vec<Piece>,
    /// How many pieces the files before this one have.
    pieces_before: usize,
    breaks: usize,
    chance: &'a mut Chance,
}

impl Drawer<'_> {
    fn file(&mut self, text: &str) -> Vec<Piece> {
        let mut rest = text;
        while let Some((before, thing)) = rest.split_once('⟦') {
            self.piece(before, IsThing::No);
            let (thing, after) = thing.split_once('⟧').expect(self.scene);
            // What counts itself is there several times.
            let many = if thing.contains("$i") { 1 + self.chance.below(3) } else { 1 };
            let first = self.breaks;
            for number in 0..many {
                self.breaks = first;
                self.piece(&thing.replace("$i", &number.to_string()), IsThing::Yes);
                self.piece("\n", IsThing::No);
            }
            rest = after;
        }
        self.piece(rest, IsThing::No);
        self.pieces_before += self.pieces.len();
        std::mem::take(&mut self.pieces)
    }

    fn piece(&mut self, text: &str, is_thing: IsThing) {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some((before, choice)) = rest.split_once('⟨') {
            parts.push(Part::Text(before.to_owned()));
            let (choice, after) = choice.split_once('⟩').expect(self.scene);
            parts.push(self.choice(choice));
            rest = after;
        }
        parts.push(Part::Text(rest.to_owned()));
        self.pieces.push(Piece { is_thing: matches!(is_thing, IsThing::Yes), parts });
    }

    /// One of several that are all right, or what is right and what is wrong.
    fn choice(&mut self, text: &str) -> Part {
        let Some((right, rest)) = text.split_once('→') else {
            let choices: Vec<&str> = text.split('|').collect();
            return Part::Text(choices[self.chance.below(choices.len())].to_owned());
        };
        let (wrong, why) = rest.split_once('∴').expect(self.scene);
        let (code, words) = why.trim().split_once(' ').unwrap_or((why.trim(), ""));
        let rule = diagnostics::rules::find(code).unwrap_or_else(|| panic!("{}: no rule `{code}`", self.scene));
        self.breaks += 1;
        Part::Break(Break {
            number: self.breaks - 1,
            piece: self.pieces_before + self.pieces.len(),
            right: right.strip_suffix(' ').unwrap_or(right).to_owned(),
            wrong: wrong.trim().to_owned(),
            code: rule.code,
            words: words.to_owned(),
        })
    }
}

enum IsThing {
    Yes,
    No,
}

impl Drawn {
    /// The places that can be broken.
    pub fn breaks(&self) -> Vec<&Break> {
        let parts = self.files.iter().flat_map(|(_, pieces)| pieces).flat_map(|piece| &piece.parts);
        parts.filter_map(|part| if let Part::Break(place) = part { Some(place) } else { None }).collect()
    }

    /// The scene, broken at these of its places.
    pub fn write(&self, broken: &[usize]) -> Written {
        let mut written = Written { files: Vec::new(), things: BTreeMap::new() };
        let mut place = 0;
        for (name, pieces) in &self.files {
            let mut text = String::new();
            for piece in pieces {
                let begin = text.len();
                let first = place;
                for part in &piece.parts {
                    match part {
                        Part::Text(part) => text += part,
                        Part::Break(here) => {
                            text += if broken.contains(&place) { &here.wrong } else { &here.right };
                            place += 1;
                        }
                    }
                }
                let thing = if piece.is_thing { begin..text.len() } else { 0..usize::MAX };
                let here = broken.iter().filter(|broken| (first..place).contains(broken));
                written.things.extend(here.map(|broken| (*broken, (name.clone(), thing.clone()))));
            }
            let here = written.things.values_mut().filter(|(file, _)| file == name);
            here.for_each(|(_, thing)| thing.end = thing.end.min(text.len()));
            written.files.push((name.clone(), text));
        }
        written
    }
}

/// What is chosen, the same for the same seed.
pub struct Chance(pub u64);

impl Chance {
    /// A number below another.
    pub fn below(&mut self, end: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ (mixed >> 31)) % end.max(1) as u64).unwrap_or_default()
    }
}
