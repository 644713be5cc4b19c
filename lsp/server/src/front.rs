//! The protocol's front: puts every message on the desk in the order in which it came, and waits for answers.
//!
//! `call` is no `async fn`: what it does is done before the next message is looked at. So no edit can overtake another.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use futures_channel::mpsc::UnboundedReceiver;
use futures_channel::oneshot;
use futures_util::Sink;
use serde_json::Value;
use tower::Service;
use tower_lsp_server::Loopback;
use tower_lsp_server::jsonrpc::{Error, Id, Request, Response};

use crate::desk::{Call, Desk};
use crate::wire;

/// The method by which answers of the client come to the desk.
pub const ANSWER: &str = "$/platc/answer";

/// The front.
pub struct Front {
    desk: Arc<Desk>,
    /// Whether the client has asked for the end.
    is_ending: Arc<AtomicBool>,
}

impl Front {
    /// The front of a desk.
    pub fn new(desk: Arc<Desk>, is_ending: Arc<AtomicBool>) -> Self {
        Self { desk, is_ending }
    }

    /// Does with a message what must be done at once; gives who will have the answer, if one is due.
    fn take(&self, request: Request) -> Option<(Id, oneshot::Receiver<Response>)> {
        let (method, id, params) = request.into_parts();
        let params = params.unwrap_or_default();
        match &*method {
            "$/cancelRequest" => {
                if let Some(id) = params.get("id").and_then(id_of) {
                    self.desk.cancel(&id);
                }
                return None;
            }
            "exit" => {
                self.desk.close();
                return None;
            }
            "shutdown" => self.is_ending.store(true, Ordering::Release),
            _ => {}
        }
        let (answer, answered) = oneshot::channel();
        let waits = id.clone().map(|id| (id, answered));
        self.desk.post(Call::new(id, method.into_owned(), params, waits.is_some().then_some(answer)));
        waits
    }
}

fn id_of(value: &Value) -> Option<Id> {
    match value {
        Value::Number(number) => number.as_i64().map(Id::Number),
        Value::String(text) => Some(Id::String(text.clone())),
        _ => None,
    }
}

impl Service<Request> for Front {
    type Response = Option<Response>;
    type Error = Error;
    type Future = Pin<Box<dyn Future<Output = Result<Option<Response>, Error>> + Send>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<Result<(), Error>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, request: Request) -> Self::Future {
        if request.method() == wire::MALFORMED {
            let why = request.params().and_then(Value::as_str).unwrap_or_default().to_owned();
            let error = Error { message: format!("the message can not be read: {why}").into(), ..Error::parse_error() };
            return Box::pin(async { Ok(Some(Response::from_error(Id::Null, error))) });
        }
        let waits = self.take(request);
        Box::pin(async {
            let Some((id, answered)) = waits else {
                return Ok(None);
            };
            // Whoever should have answered is gone at the end only.
            Ok(Some(answered.await.unwrap_or_else(|_| Response::from_error(id, Error::invalid_request()))))
        })
    }
}

/// What goes to the client unasked, and what it answers.
pub struct Outward {
    /// Notifications and requests of the server.
    pub messages: UnboundedReceiver<Request>,
    /// Where answers go.
    pub desk: Arc<Desk>,
}

impl Loopback for Outward {
    type RequestStream = UnboundedReceiver<Request>;
    type ResponseSink = Answers;

    fn split(self) -> (Self::RequestStream, Self::ResponseSink) {
        (self.messages, Answers(self.desk))
    }
}

/// Puts what the client answers on the desk.
pub struct Answers(Arc<Desk>);

impl Sink<Response> for Answers {
    type Error = std::convert::Infallible;

    fn poll_ready(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn start_send(self: Pin<&mut Self>, response: Response) -> Result<(), Self::Error> {
        let (id, result) = response.into_parts();
        if let (Id::Number(number), Ok(result)) = (id, result) {
            let params = serde_json::json!({ "id": number, "result": result });
            self.0.post(Call::new(None, ANSWER.to_owned(), params, None));
        }
        Ok(())
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }

    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        Poll::Ready(Ok(()))
    }
}
