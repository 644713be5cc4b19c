//! Messages as bytes: what comes in is taken apart here before anybody reads it, so that a broken message is answered with an
//! error and the one behind it is read all the same.

use std::io::{self, BufRead, Read};

use serde::Deserialize;
use tower_lsp_server::jsonrpc::{Request, Response};

/// No message is larger than this: a text of the largest source, with everything in it escaped.
const LIMIT: u64 = 512 << 20;

/// The method that stands for a message which is none. The front answers it with an error.
pub const MALFORMED: &str = "$/platc/malformed";

/// A message that can be read, or one that says that this one can not.
#[derive(Deserialize)]
#[serde(untagged)]
enum Message {
    Response(#[allow(dead_code, reason = "only whether it is one is asked")] Response),
    Request(#[allow(dead_code, reason = "only whether it is one is asked")] Request),
}

/// The next message with its header, as the protocol's reader takes it; nothing at the end.
pub fn next(input: &mut impl BufRead) -> io::Result<Option<Vec<u8>>> {
    let Some(length) = length(input)? else {
        return Ok(None);
    };
    if length > LIMIT {
        io::copy(&mut input.take(length), &mut io::sink())?;
        return Ok(Some(malformed("the message is too large")));
    }
    let mut body = vec![];
    input.take(length).read_to_end(&mut body)?;
    if (body.len() as u64) < length {
        return Ok(None);
    }
    match serde_json::from_slice::<Message>(&body) {
        Ok(_) => Ok(Some(framed(&body))),
        Err(error) => Ok(Some(malformed(&error.to_string()))),
    }
}

/// How long the body is that begins where this ends. Lines that belong to no header are passed over.
fn length(input: &mut impl BufRead) -> io::Result<Option<u64>> {
    let mut length = None;
    let mut line = vec![];
    loop {
        line.clear();
        if input.take(LIMIT).read_until(b'\n', &mut line)? == 0 {
            return Ok(None);
        }
        let text = String::from_utf8_lossy(&line);
        let text = text.trim();
        if text.is_empty() {
            if length.is_some() {
                return Ok(length);
            }
            continue;
        }
        // Behind something that was no message, the header may stand in the middle of a line.
        let header = text.to_ascii_lowercase();
        if let Some((_, rest)) = header.rsplit_once("content-length:") {
            length = rest.trim().parse().ok();
        }
    }
}

fn malformed(why: &str) -> Vec<u8> {
    let message = serde_json::json!({ "jsonrpc": "2.0", "id": null, "method": MALFORMED, "params": why });
    framed(message.to_string().as_bytes())
}

fn framed(body: &[u8]) -> Vec<u8> {
    let mut message = format!("Content-Length: {}\r\n\r\n", body.len()).into_bytes();
    message.extend_from_slice(body);
    message
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bodies(input: &[u8]) -> Vec<String> {
        let mut input = input;
        let mut found = vec![];
        while let Some(message) = next(&mut input).unwrap() {
            let text = String::from_utf8(message).unwrap();
            found.push(text.split_once("\r\n\r\n").unwrap().1.to_owned());
        }
        found
    }

    #[test]
    fn what_is_broken_is_told_and_passed_over() {
        let good = r#"{"jsonrpc":"2.0","method":"exit"}"#;
        let framed = |body: &str| format!("Content-Length: {}\r\n\r\n{body}", body.len());
        let input = [
            framed(good),
            framed("{\"jsonrpc\":\"2.0\","),
            framed("[]"),
            framed(r#"{"jsonrpc":"2.0","id":1.5,"method":"x"}"#),
            "nonsense\r\n\r\n".to_owned(),
            "Content-Length: x\r\n\r\n".to_owned(),
            format!("content-length: {}\r\nContent-Type: application/vscode-jsonrpc\r\n\r\n{good}", good.len()),
            framed("\u{0}"),
            framed(good),
            "Content-Length: 99\r\n\r\n{".to_owned(),
        ]
        .concat();
        let found = bodies(input.as_bytes());
        let kinds: Vec<bool> = found.iter().map(|body| body == good).collect();
        assert_eq!(kinds, [true, false, false, false, true, false, true], "{found:?}");
        assert!(found[1].contains(MALFORMED));
    }
}
