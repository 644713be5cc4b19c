//! What waits to be done, in the order in which it came, and what is done just now.
//!
//! The reader of the input puts calls on the desk, one thread takes them off. An edit calls off what is read for somebody who
//! saw the text before it; a cancellation calls off one request; and a request calls off the diagnostics that nobody asked for,
//! which then go on where they were.

use std::collections::VecDeque;
use std::sync::{Condvar, Mutex, MutexGuard, PoisonError};

use compiler::Stop;
use futures_channel::oneshot;
use serde_json::Value;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Id, Response};

/// A message of the client.
pub struct Call {
    /// Its number, if it wants an answer.
    pub id: Option<Id>,
    /// What is called.
    pub method: String,
    /// With what.
    pub params: Value,
    /// Who waits for the answer.
    pub answer: Option<oneshot::Sender<Response>>,
    /// Why nobody waits any more.
    over: Option<Why>,
}

impl Call {
    /// A call that nothing stands against.
    pub fn new(id: Option<Id>, method: String, params: Value, answer: Option<oneshot::Sender<Response>>) -> Self {
        Self { id, method, params, answer, over: None }
    }

    /// Answers, if somebody waits.
    pub fn reply(&mut self, result: Result<Value, Error>) {
        if let (Some(id), Some(answer)) = (self.id.clone(), self.answer.take()) {
            // Whoever waited may be gone.
            let _ = answer.send(Response::from_parts(id, result));
        }
    }
}

/// Why something is not finished.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Why {
    /// The client no longer wants it.
    Cancelled,
    /// What it reads was edited.
    Modified,
    /// Something more urgent came.
    Urgent,
}

impl Why {
    /// What the client is told.
    pub fn error(self) -> Error {
        match self {
            Why::Cancelled => Error::new(ErrorCode::RequestCancelled),
            Why::Modified | Why::Urgent => Error::new(ErrorCode::ContentModified),
        }
    }
}

/// What is done now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Work {
    /// What a call asks for.
    Call,
    /// Diagnostics, which wait for requests.
    Patient,
    /// Diagnostics that have waited often enough.
    Impatient,
}

struct Running {
    id: Option<Id>,
    work: Work,
    stop: Option<Stop>,
    why: Option<Why>,
}

#[derive(Default)]
struct Inner {
    queue: VecDeque<Call>,
    running: Option<Running>,
    is_closed: bool,
}

/// The desk.
#[derive(Default)]
pub struct Desk {
    inner: Mutex<Inner>,
    bell: Condvar,
}

/// What is next.
pub enum Next {
    /// A call.
    Call(Call),
    /// Nothing waits.
    Idle,
    /// Nothing will come any more.
    End,
}

/// The calls that change what others read.
fn is_write(method: &str) -> bool {
    matches!(
        method,
        "textDocument/didOpen"
            | "textDocument/didChange"
            | "textDocument/didClose"
            | "workspace/didChangeWatchedFiles"
            | "workspace/didChangeWorkspaceFolders"
            | "workspace/didChangeConfiguration"
            | "workspace/didCreateFiles"
            | "workspace/didRenameFiles"
            | "workspace/didDeleteFiles"
    )
}

impl Desk {
    /// Puts a call on the desk.
    pub fn post(&self, call: Call) {
        let mut inner = self.lock();
        if is_write(&call.method) {
            for waiting in inner.queue.iter_mut().filter(|waiting| waiting.id.is_some()) {
                waiting.over = waiting.over.or(Some(Why::Modified));
            }
            inner.call_off(Why::Modified, |running| running.id.is_some() || running.work != Work::Call);
        } else if call.id.is_some() {
            inner.call_off(Why::Urgent, |running| running.work == Work::Patient);
        }
        inner.queue.push_back(call);
        self.bell.notify_one();
    }

    /// Calls off one request.
    pub fn cancel(&self, id: &Id) {
        let mut inner = self.lock();
        inner.call_off(Why::Cancelled, |running| running.id.as_ref() == Some(id));
        let at = inner.queue.iter().position(|call| call.id.as_ref() == Some(id));
        if let Some(mut call) = at.and_then(|at| inner.queue.remove(at)) {
            call.reply(Err(Why::Cancelled.error()));
        }
    }

    /// Says that nothing comes any more.
    pub fn close(&self) {
        let mut inner = self.lock();
        inner.is_closed = true;
        inner.queue.clear();
        inner.call_off(Why::Cancelled, |_| true);
        self.bell.notify_one();
    }

    /// Takes the next call. Waits for one unless there is something else to do.
    pub fn next(&self, has_other_work: impl Fn() -> bool) -> Next {
        let mut inner = self.lock();
        loop {
            if inner.is_closed {
                return Next::End;
            }
            if let Some(call) = inner.queue.pop_front() {
                inner.running = Some(Running { id: call.id.clone(), work: Work::Call, stop: None, why: call.over });
                return Next::Call(call);
            }
            if has_other_work() {
                return Next::Idle;
            }
            inner = self.bell.wait(inner).unwrap_or_else(PoisonError::into_inner);
        }
    }

    /// Begins work that nobody asked for, unless somebody asks for something.
    pub fn begin(&self, work: Work) -> bool {
        let mut inner = self.lock();
        let is_free = inner.queue.is_empty() && !inner.is_closed;
        if is_free {
            inner.running = Some(Running { id: None, work, stop: None, why: None });
        }
        is_free
    }

    /// Lets what is done now be called off.
    pub fn arm(&self, stop: &Stop) {
        let mut inner = self.lock();
        if let Some(running) = &mut inner.running {
            if running.why.is_some() {
                stop.call();
            }
            running.stop = Some(stop.clone());
        }
    }

    /// Whether what is done now was called off already, and why.
    pub fn over(&self) -> Option<Why> {
        self.lock().running.as_ref().and_then(|running| running.why)
    }

    /// Says that it is done; why it was called off, if it was.
    pub fn done(&self) -> Option<Why> {
        self.lock().running.take().and_then(|running| running.why)
    }

    /// How many calls wait.
    pub fn waiting(&self) -> usize {
        self.lock().queue.len()
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Inner {
    fn call_off(&mut self, why: Why, which: impl Fn(&Running) -> bool) {
        if let Some(running) = self.running.as_mut().filter(|running| which(running)) {
            running.why = running.why.or(Some(why));
            if let Some(stop) = &running.stop {
                stop.call();
            }
        }
    }
}
