//! An edit inside the braces of one block, in a file without mistakes: only that block is read again.
//!
//! The result is what lowering the whole file would give; where that is not certain, there is none.

use std::sync::Arc;

use rustc_hash::FxHashMap;
use syntax::{TextRange, ast};

use super::{Lowered, Lowerer, Units};
use crate::hir::{Code, CodeKind, Node};
use crate::keys::{self, Db, Decl, SourceFile};

/// How deep blocks and what stands in them may nest for the quick way: less than what the parser accepts.
const MAX_HEIGHT: u32 = 150;

/// How the text of a file changed: what stood at `start..end` is now `start..end + delta`.
struct Edit {
    start: u32,
    end: u32,
    delta: i64,
}

/// Brings the declarations of a file up to date with its text; which ones were read again, or none if all must be.
pub fn edit(db: &dyn Db, file: SourceFile, units: &mut Units, before: &str, after: &str) -> Option<Vec<Decl>> {
    if !units.errors.is_empty() {
        return None;
    }
    let edit = Edit::between(before, after)?;
    let (decl, height) = edit.innermost(units, keys::file_decl(db, file))?;
    let known = units.table.get(&decl)?;
    let (whole, _) = block_places(known)?;
    let text = after.get(whole.start as usize..edit.moved(whole.end) as usize)?;
    let mut fresh = lower_block(db, decl, text, height)?;
    if let (Some(docs), Some(block)) = (known.docs.iter().find(|docs| docs.0 == 0), fresh.get_mut(&decl)) {
        // The comment before a block is not part of it.
        Arc::make_mut(&mut block.docs).push(docs.clone());
    }
    let mut touched = subtree(units, decl);
    for old in &touched {
        units.table.remove(old);
    }
    edit.shift(db, units, decl);
    touched.extend(fresh.keys());
    units.table.extend(fresh.into_iter().map(|(decl, lowered)| {
        let start = lowered.start + whole.start;
        (decl, Lowered { start, ..lowered })
    }));
    Some(touched)
}

impl Edit {
    fn between(before: &str, after: &str) -> Option<Edit> {
        let start = common_start(before.as_bytes(), after.as_bytes());
        let (old, new) = (before.as_bytes().get(start..)?, after.as_bytes().get(start..)?);
        let tail = common_end(old, new);
        let end = u32::try_from(before.len() - tail).ok()?;
        let delta = i64::try_from(after.len()).ok()? - i64::try_from(before.len()).ok()?;
        Some(Edit { start: u32::try_from(start).ok()?, end, delta })
    }

    /// Where a place behind the edit is now.
    fn moved(&self, place: u32) -> u32 {
        u32::try_from(i64::from(place) + self.delta).unwrap_or(u32::MAX)
    }

    /// The innermost block around the edit, and how many stand around it.
    fn innermost(&self, units: &Units, file: Decl) -> Option<(Decl, u32)> {
        let mut found = None;
        let (mut decl, mut height) = (file, 0);
        while let Some(inner) = units.table.get(&decl).and_then(|lowered| self.inner(units, &lowered.code)) {
            height += 1;
            found = Some((inner, height));
            decl = inner;
        }
        found
    }

    fn inner(&self, units: &Units, code: &Code) -> Option<Decl> {
        let around = |decl: &&Decl| {
            let places = units.table.get(decl).and_then(block_places);
            places.is_some_and(|(_, braces)| braces.start < self.start && self.end < braces.end)
        };
        code.inner.iter().find(around).copied()
    }

    /// Moves what stands behind the edit.
    fn shift(&self, db: &dyn Db, units: &mut Units, edited: Decl) {
        units.table.values_mut().filter(|lowered| lowered.start >= self.end).for_each(|lowered| {
            lowered.start = self.moved(lowered.start);
        });
        for around in std::iter::successors(edited.parent(db), |decl| decl.parent(db)) {
            let Some(lowered) = units.table.get_mut(&around) else {
                continue;
            };
            let start = lowered.start;
            for range in Arc::make_mut(&mut lowered.ranges) {
                if start + range.start >= self.end {
                    range.start = self.moved(range.start);
                }
                if start + range.end >= self.end {
                    range.end = self.moved(range.end);
                }
            }
        }
    }
}

/// How many bytes of two texts are compared at once.
const STRIDE: usize = 4096;

/// How many bytes two texts begin with alike.
fn common_start(one: &[u8], other: &[u8]) -> usize {
    let strides = one.chunks_exact(STRIDE).zip(other.chunks_exact(STRIDE));
    let equal = strides.take_while(|(one, other)| one == other).count() * STRIDE;
    let rest = one.iter().zip(other).skip(equal);
    equal + rest.take_while(|(one, other)| one == other).count()
}

/// How many bytes two texts end in alike.
fn common_end(one: &[u8], other: &[u8]) -> usize {
    let strides = one.rchunks_exact(STRIDE).zip(other.rchunks_exact(STRIDE));
    let equal = strides.take_while(|(one, other)| one == other).count() * STRIDE;
    let rest = one.iter().rev().zip(other.iter().rev()).skip(equal);
    equal + rest.take_while(|(one, other)| one == other).count()
}

/// Where a block stands in its file, and where its braces do.
fn block_places(lowered: &Lowered) -> Option<(TextRange, TextRange)> {
    let CodeKind::Block { body } = &lowered.code.kind else {
        return None;
    };
    let place = |node: Node| {
        let range = lowered.ranges.get(node as usize)?;
        Some(TextRange::new(lowered.start + range.start, lowered.start + range.end))
    };
    Some((place(WHOLE)?, place(body.node)?))
}

/// The element of a block that is all of it.
const WHOLE: Node = 1;

/// A declaration and those in it.
fn subtree(units: &Units, decl: Decl) -> Vec<Decl> {
    let mut found = Vec::new();
    let mut queue = vec![decl];
    while let Some(decl) = queue.pop() {
        found.push(decl);
        queue.extend(units.table.get(&decl).iter().flat_map(|lowered| &lowered.code.inner));
    }
    found
}

/// The declarations of a block, if the text is that block and nothing else.
fn lower_block(db: &dyn Db, decl: Decl, text: &str, height: u32) -> Option<FxHashMap<Decl, Lowered>> {
    let parse = syntax::parse(text);
    if !parse.errors.is_empty() || height + tree_height(&parse.tree) > MAX_HEIGHT {
        return None;
    }
    let mut items = ast::File::of(&parse.tree).items();
    let (Some(ast::Item::Statement(statement)), None) = (items.next(), items.next()) else {
        return None;
    };
    let parent = decl.parent(db)?;
    let mut lowerer = Lowerer::new(db, decl.file(db), parent);
    lowerer.heads.insert((Some(parent), decl.head(db)), decl.nth(db));
    lowerer.statement(statement)?;
    lowerer.units.contains_key(&decl).then_some(lowerer.units)
}

/// How deep the nodes of a tree nest.
fn tree_height(tree: &syntax::Tree) -> u32 {
    let mut highest = 0;
    let mut queue = vec![(tree.root(), 0)];
    while let Some((node, height)) = queue.pop() {
        highest = highest.max(height);
        queue.extend(node.children().map(|child| (child, height + 1)));
    }
    highest
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use crate::session::{Database, Session};

    const TEXT: &str = r#"//! A file.
import std/k3s
let domain = "example.net"

/// The first.
@allow("net/overlap", "routed")
cluster one {
  // A comment.
  size: 3
  network { pods: 10.0.0.0/8 }
  namespace web {
    service shop { image: "a:1", port http: 80, "odd name": { x: 1 } }
    service bank {
      text: """
        several
          lines
        """
      nested: Inner { leaf a { v: [1, 2] }, leaf b { v: [] } }
    }
    for n in 1..3 { service "s-\(n)" { port: n } }
  }
}
cluster two: k3s.Cluster {
  if size > 2 { host a { address: 10.0.0.1 } } else { host b {} }
  host c: null
}
extend one.namespace.web { service late { port: 1 } }
schema Inner { each leaf: Leaf }
"#;

    const PIECES: [&str; 28] = [
        "",
        "",
        " ",
        "\n",
        "}",
        "{",
        "\"",
        "\"\"\"",
        "//",
        "/// doc\n",
        "@allow(\"a/b\", \"c\")\n",
        "x: 1\n",
        "a b { c: 1 }",
        "else {}",
        "if x { }",
        "host c {}",
        ",",
        "(",
        ")",
        "\\(",
        "é",
        "type",
        "import \"./x.pl\"\n",
        "let y = 1\n",
        ".",
        "=",
        "service shop { }",
        "\u{202e}",
    ];

    proptest! {
        #![proptest_config(ProptestConfig { cases: 100, ..ProptestConfig::default() })]

        #[test]
        fn an_edit_lowers_to_what_the_whole_text_does(
            edits in proptest::collection::vec((0.0..1.0f64, 0usize..12, 0usize..PIECES.len()), 1..6),
        ) {
            let mut session = Session::new(Database::default());
            let file = session.set_file("main.pl", TEXT);
            let mut text = TEXT.to_string();
            for (place, length, piece) in edits {
                let boundary = |at: usize| (at..=text.len()).find(|at| text.is_char_boundary(*at)).unwrap_or(text.len());
                let start = boundary((place * text.len() as f64) as usize);
                let end = boundary((start + length).min(text.len()));
                text.replace_range(start..end, PIECES[piece]);
                session.set_file("main.pl", &text);
                let whole = super::super::lower(session.db(), file, &text);
                let units = file.units(session.db());
                prop_assert_eq!(&units.errors, &whole.errors);
                for (decl, lowered) in &whole.table {
                    prop_assert_eq!(units.table.get(decl), Some(lowered), "{}", text);
                }
                prop_assert_eq!(units.table.len(), whole.table.len());
                for (decl, lowered) in &whole.table {
                    prop_assert_eq!(decl.code(session.db()).as_ref(), Some(&lowered.code));
                }
            }
        }
    }
}
