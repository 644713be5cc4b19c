//! YAML 1.2, with the core schema or that of Kubernetes' tools: events of the parser become documents.
//!
//! Knows events and how documents follow one another; building values out of events is `builder`'s
//! business, the meaning of scalars `scalar`'s, the parser's complaints `message`'s. Must not know
//! what the data is for.

mod anchors;
mod builder;
mod frame;
mod message;
mod scalar;

use granit_parser::{Event, Options, Parser};

use crate::datum::Document;
use crate::error::ReadError;
use crate::limits::Limits;
use builder::{Builder, Stop};

pub(super) use scalar::Schema;

/// More errors than this help nobody.
const MOST_ERRORS: usize = 100;

/// Reads all documents of a YAML text.
///
/// A document whose syntax is broken is left, and reading goes on with the next one.
pub(super) fn read(text: &str, schema: Schema, limits: Limits) -> Result<Vec<Document>, Vec<ReadError>> {
    let mut parser = Parser::new_from_str_with_options(text, options(limits));
    let mut builder = Builder::new(text, schema, limits);
    let mut documents = Vec::new();
    while let Some(event) = parser.next_event() {
        match event {
            Ok((Event::DocumentEnd, _)) => {
                documents.extend(builder.finish().map(|root| Document { root }));
            }
            Ok((event, span)) => {
                if let Err(Stop) = builder.event(&event, span) {
                    break;
                }
            }
            Err(error) => {
                builder.report(message::error(text, limits, &error));
                builder.finish();
                if !parser.proceed_next_document().unwrap_or(false) {
                    break;
                }
            }
        }
        if builder.errors.len() >= MOST_ERRORS {
            break;
        }
    }
    if builder.errors.is_empty() { Ok(documents) } else { Err(builder.errors) }
}

fn options(limits: Limits) -> Options {
    granit_parser::options! {
        block_nesting_limit: limits.depth,
        flow_nesting_limit: limits.depth,
        emit_anchor_events: true,
        emit_unresolved_aliases: true,
        emit_comments: false,
    }
}
