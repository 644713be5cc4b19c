//! The plain layout: a directory for each namespace, with one for each part in it, and a list in each, so that
//! `kubectl apply -k` takes any of them.

use super::{Delivery, Of, Piece, Seat, file, in_list};

/// Where an object lies.
pub(super) fn seat(delivery: &Delivery, piece: &Piece<'_>) -> Seat {
    let part = match piece.of {
        Of::Part(number) => delivery.parts.get(number),
        Of::Delivery(number) => number.and_then(|number| delivery.parts.get(number)),
        Of::Namespace => {
            let mut seat = in_list(piece.name.to_owned(), format!("namespace.{}", piece.end));
            seat.listed.push((String::new(), format!("./{}", piece.name)));
            return seat;
        }
    };
    let Some(part) = part else {
        return in_list("delivery".to_owned(), format!("{}-{}.{}", piece.word, piece.name, piece.end));
    };
    let name = match piece.of {
        Of::Delivery(_) => format!("{}.{}", piece.word, piece.end),
        _ => file(piece, part),
    };
    let mut seat = in_list(part.directory.clone(), name);
    if let Some((above, last)) = part.directory.split_once('/') {
        seat.listed.push((above.to_owned(), format!("./{last}")));
        seat.listed.push((String::new(), format!("./{above}")));
    }
    seat
}
