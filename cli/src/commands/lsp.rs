//! `platc lsp`: the language server, which speaks to an editor over standard input and output.

use std::io;
use std::num::NonZero;
use std::thread;

use server::Ended;

use crate::arguments::Lsp;
use crate::disk::Disk;
use crate::edge::{Outcome, Result};

/// How many threads compute when a platform is read.
const MOST_HANDS: usize = 4;

/// Serves one editor until it leaves; one that leaves without a word is a failure, as the protocol has it.
pub fn run(_: &Lsp) -> Result {
    let hands = thread::available_parallelism().map_or(1, NonZero::get).min(MOST_HANDS);
    match server::serve(Box::new(Disk), hands, io::stdin(), io::stdout())? {
        Ended::Orderly => Ok(Outcome::Clean),
        Ended::Abruptly => Ok(Outcome::Findings),
    }
}
