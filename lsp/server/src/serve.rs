//! The threads: one reads, one answers, one thinks.

use std::io::{self, BufReader, Read, Write};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;

use futures_channel::mpsc;
use futures_util::io::AllowStdIo;
use futures_util::{StreamExt, TryStreamExt};
use tower_lsp_server::Server;

use crate::actor::Actor;
use crate::desk::Desk;
use crate::disk::Disk;
use crate::front::{Front, Outward};
use crate::wire;

/// How a conversation ended.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Ended {
    /// The client said goodbye before it left.
    Orderly,
    /// It left without a word.
    Abruptly,
}

/// Deep sources nest deep calls; the limits of the compiler fit into this.
const STACK: usize = 64 << 20;

/// How many answers can be waited for at a time. Who waits does nothing, so there need be no bound that is ever met.
const WAITING: usize = 1 << 20;

/// Serves one client until it leaves.
pub fn serve(
    disk: Box<dyn Disk>,
    hands: usize,
    input: impl Read + Send + 'static,
    output: impl Write + Send,
) -> io::Result<Ended> {
    let desk = Arc::new(Desk::default());
    let is_ending = Arc::new(AtomicBool::new(false));
    let (outbox, messages) = mpsc::unbounded();
    let its_desk = desk.clone();
    let think = move || Actor::new(disk, outbox, its_desk, hands).run();
    let thinking = thread::Builder::new().name("platform".to_owned()).stack_size(STACK).spawn(think)?;
    let (bytes, incoming) = mpsc::unbounded();
    thread::Builder::new().name("input".to_owned()).spawn(move || read(input, &bytes))?;
    let input = incoming.map(Ok::<_, io::Error>).into_async_read();
    let front = Front::new(desk.clone(), is_ending.clone());
    let outward = Outward { messages, desk: desk.clone() };
    let server = Server::new(input, AllowStdIo::new(output), outward).concurrency_level(WAITING);
    futures_executor::block_on(server.serve(front));
    desk.close();
    // A mistake of its own ends the thread early, which is told already.
    let _ = thinking.join();
    Ok(if is_ending.load(Ordering::Acquire) { Ended::Orderly } else { Ended::Abruptly })
}

/// Hands on messages until there are none.
fn read(input: impl Read, to: &mpsc::UnboundedSender<Vec<u8>>) {
    let mut input = BufReader::new(input);
    while let Ok(Some(message)) = wire::next(&mut input) {
        if to.unbounded_send(message).is_err() {
            return;
        }
    }
}
