//! The layout for Argo CD: what the root application looks at, and a directory for each part that has objects.
//!
//! ```text
//! root/application-web-shop.yaml, root/namespace-web.yaml
//! parts/web/shop/{kustomization,deployment}.yaml
//! ```

use super::{Delivery, Of, Piece, Seat, file, in_list};

/// Where an object lies.
pub(super) fn seat(delivery: &Delivery, piece: &Piece<'_>) -> Seat {
    let part = match piece.of {
        Of::Part(number) => delivery.parts.get(number),
        Of::Namespace | Of::Delivery(_) => None,
    };
    match part {
        Some(part) => in_list(format!("parts/{}", part.directory), file(piece, part)),
        None => in_list("root".to_owned(), format!("{}-{}.{}", piece.word, piece.name, piece.end)),
    }
}
