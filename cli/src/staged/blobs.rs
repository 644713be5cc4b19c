//! Contents by their ids, from one `git cat-file` that answers as long as somebody asks.

use std::collections::BTreeMap;
use std::io::{BufRead, BufReader, Read, Write};
use std::process::{Child, ChildStdin, ChildStdout};

use crate::edge::Stop;
use crate::git;
use crate::project::{Refusal, limited};

/// What was read so far, and who reads.
#[derive(Default, Debug)]
pub struct Blobs {
    known: BTreeMap<String, Vec<u8>>,
    reader: Option<Reader>,
}

#[derive(Debug)]
struct Reader {
    child: Child,
    asks: Option<ChildStdin>,
    answers: BufReader<ChildStdout>,
}

impl Blobs {
    /// The content of that name.
    pub fn read(&mut self, id: &str) -> Result<Vec<u8>, Refusal> {
        if let Some(known) = self.known.get(id) {
            return Ok(known.clone());
        }
        let reader = match &mut self.reader {
            Some(reader) => reader,
            none => none.insert(Reader::start()?),
        };
        let bytes = reader.read(id)?;
        self.known.insert(id.to_owned(), bytes.clone());
        Ok(bytes)
    }
}

impl Reader {
    fn start() -> Result<Self, Refusal> {
        let started = git::start(&["cat-file", "--batch"]).map_err(|stop| match stop {
            Stop::Failed(report) => Refusal::Unreadable(report.to_string()),
            Stop::Closed => silent(),
        });
        let mut child = started?;
        let (asks, answers) = (child.stdin.take(), child.stdout.take().ok_or_else(silent)?);
        Ok(Self { child, asks, answers: BufReader::new(answers) })
    }

    /// An answer is `ID blob SIZE`, the content, and the end of a line; or `ID missing`.
    fn read(&mut self, id: &str) -> Result<Vec<u8>, Refusal> {
        let asks = self.asks.as_mut().ok_or_else(silent)?;
        writeln!(asks, "{id}")?;
        asks.flush()?;
        let mut head = String::new();
        self.answers.read_line(&mut head)?;
        let size = head.trim_end().rsplit(' ').next().and_then(|size| size.parse::<u64>().ok());
        let size = size.ok_or_else(|| Refusal::Unreadable("its content is not in the repository".to_owned()))?;
        let mut content = self.answers.by_ref().take(size);
        let bytes = limited(&mut content);
        // What was too long is passed over, so that the next answer is the next one.
        std::io::copy(&mut content, &mut std::io::sink())?;
        self.answers.read_exact(&mut [0])?;
        bytes
    }
}

impl Drop for Reader {
    /// Git ends when nobody can ask any more.
    fn drop(&mut self) {
        self.asks = None;
        let _ = self.child.wait();
    }
}

fn silent() -> Refusal {
    Refusal::Unreadable("git says nothing".to_owned())
}
