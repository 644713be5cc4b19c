//! The one thread that owns the world: takes calls off the desk, one after the other, and looks for what is wrong in between.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::Arc;

use futures_channel::mpsc::UnboundedSender;
use serde_json::Value;
use tower_lsp_server::jsonrpc::{Error, ErrorCode, Request};

use crate::client::Client;
use crate::desk::{Call, Desk, Next};
use crate::disk::Disk;
use crate::front::ANSWER;
use crate::world::{Stage, World};
use crate::{findings, notifications, requests};

/// The thread's work.
pub struct Actor {
    world: World,
}

/// The code of the protocol for a client that asks before it has introduced itself.
const NOT_INITIALIZED: i64 = -32002;

impl Actor {
    /// An actor at a desk.
    pub fn new(disk: Box<dyn Disk>, outbox: UnboundedSender<Request>, desk: Arc<Desk>, hands: usize) -> Self {
        Self { world: World::new(disk, Client::new(outbox), desk, hands) }
    }

    /// Works until nothing comes any more.
    pub fn run(mut self) {
        let desk = self.world.desk.clone();
        loop {
            match desk.next(|| findings::is_due(&self.world)) {
                Next::Call(call) => self.answer(call),
                Next::Idle => findings::proceed(&mut self.world),
                Next::End => return,
            }
        }
    }

    /// Does what a call asks, and answers it.
    fn answer(&mut self, mut call: Call) {
        let result = match self.world.desk.over() {
            Some(why) => Err(why.error()),
            None => self.guarded(&call.method, std::mem::take(&mut call.params), call.id.is_some()),
        };
        let why = self.world.desk.done();
        // What was computed to its end is an answer, even where nobody wants it any more.
        let result = result.map_err(|error| match (error.code, why) {
            (ErrorCode::ContentModified, Some(why)) => why.error(),
            _ => error,
        });
        call.reply(result);
    }

    /// A mistake of the server's own ends one call and nothing else.
    fn guarded(&mut self, method: &str, params: Value, wants_answer: bool) -> Result<Value, Error> {
        let done = catch_unwind(AssertUnwindSafe(|| self.dispatch(method, params, wants_answer)));
        done.unwrap_or_else(|_| {
            if !wants_answer {
                // What it changed may be half done.
                self.world.projects.values_mut().flat_map(|project| &mut project.platforms).for_each(|platform| {
                    platform.forget();
                    platform.changed();
                });
            }
            let message = format!("a mistake of platc itself, in `{method}`: please report it");
            self.world.client.log(&message);
            Err(Error { message: message.into(), ..Error::internal_error() })
        })
    }

    fn dispatch(&mut self, method: &str, params: Value, wants_answer: bool) -> Result<Value, Error> {
        match (self.world.stage, method) {
            (Stage::Ready, "initialize") => {
                return Err(Error { message: "`initialize` comes once".into(), ..Error::invalid_request() });
            }
            (Stage::Unknown, "initialize") | (Stage::Ready, _) => {}
            (Stage::Unknown, _) => {
                let message = "`initialize` comes first".into();
                return Err(Error { message, ..Error::new(ErrorCode::ServerError(NOT_INITIALIZED)) });
            }
            (Stage::Ended, _) => {
                return Err(Error { message: "after `shutdown` comes `exit`".into(), ..Error::invalid_request() });
            }
        }
        if method == ANSWER {
            notifications::answered(&mut self.world, &params);
            return Ok(Value::Null);
        }
        if wants_answer {
            let handler = requests::handler(method).ok_or_else(|| unknown(method))?;
            return handler(&mut self.world, params);
        }
        if let Some(handler) = notifications::handler(method) {
            handler(&mut self.world, params)?;
        }
        Ok(Value::Null)
    }
}

fn unknown(method: &str) -> Error {
    Error { message: format!("there is no `{method}` here").into(), ..Error::method_not_found() }
}
