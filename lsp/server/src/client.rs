//! The client: what it can do, and what it is told unasked.

use futures_channel::mpsc::UnboundedSender;
use serde_json::{Value, json};
use tower_lsp_server::jsonrpc::{Id, Request};

use crate::convert::Encoding;

/// The client.
pub struct Client {
    outbox: UnboundedSender<Request>,
    last: i64,
    /// What it said that it can do.
    pub capabilities: Value,
    /// What its columns count.
    pub encoding: Encoding,
}

impl Client {
    /// A client that can do nothing yet.
    pub fn new(outbox: UnboundedSender<Request>) -> Self {
        Self { outbox, last: 0, capabilities: Value::Null, encoding: Encoding::default() }
    }

    /// Whether it can do something: `/window/workDoneProgress`.
    pub fn can(&self, pointer: &str) -> bool {
        self.capabilities.pointer(pointer).and_then(Value::as_bool).unwrap_or_default()
    }

    /// Tells it something.
    pub fn notify(&self, method: &'static str, params: Value) {
        // At the end there is nobody left to tell.
        let _ = self.outbox.unbounded_send(Request::build(method).params(params).finish());
    }

    /// Asks it for something; by this number it will answer.
    pub fn ask(&mut self, method: &'static str, params: Value) -> i64 {
        self.last += 1;
        let request = Request::build(method).id(Id::Number(self.last)).params(params).finish();
        let _ = self.outbox.unbounded_send(request);
        self.last
    }

    /// Writes a line into its log.
    pub fn log(&self, message: &str) {
        self.notify("window/logMessage", json!({ "type": 3, "message": message }));
    }

    /// Shows that something takes a while; it is over when this is dropped.
    pub fn progress(&mut self, title: &str) -> Option<Progress> {
        if !self.can("/window/workDoneProgress") {
            return None;
        }
        let token = format!("platc/{}", self.last + 1);
        self.ask("window/workDoneProgress/create", json!({ "token": token }));
        let begin = json!({ "token": token, "value": { "kind": "begin", "title": title, "cancellable": false } });
        self.notify("$/progress", begin);
        Some(Progress { outbox: self.outbox.clone(), token })
    }
}

/// Something that takes a while.
pub struct Progress {
    outbox: UnboundedSender<Request>,
    token: String,
}

impl Drop for Progress {
    fn drop(&mut self) {
        let end = json!({ "token": self.token, "value": { "kind": "end" } });
        let _ = self.outbox.unbounded_send(Request::build("$/progress").params(end).finish());
    }
}
