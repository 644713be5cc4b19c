//! The documentation of the API: blocks of texts, of which one is inflated for the text that is asked for.

use crate::{
    Prose,
    pieces::{Pieces, Reader},
};

static PROSE: &[u8] = include_bytes!(concat!(env!("OUT_DIR"), "/prose.bin"));

/// One text.
pub fn text(prose: Prose) -> String {
    let wanted = prose.0 as usize;
    let blocks = Pieces::new(PROSE);
    let start = |index: usize| {
        let mut reader = Reader { rest: blocks.get(index) };
        (reader.number(), reader.rest)
    };
    let (first, deflated) =
        (0..blocks.len()).map(start).take_while(|(first, _)| *first <= wanted).last().unwrap_or_default();
    let block = miniz_oxide::inflate::decompress_to_vec(deflated).unwrap_or_default();
    let text = block.split(|byte| *byte == 0).nth(wanted - first).unwrap_or_default();
    String::from_utf8_lossy(text).into_owned()
}
