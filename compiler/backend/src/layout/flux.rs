//! The layout for Flux: two roots, and below `apps` a directory for each namespace with one for each part in it.
//!
//! ```text
//! flux/cluster/      what starts everything: the repository, `cluster-meta`, `cluster-apps`
//! flux/meta/repos/   where charts come from
//! apps/web/namespace.yaml
//! apps/web/shop/ks.yaml
//! apps/web/shop/app/{kustomization,helmrelease,deployment}.yaml
//! ```

use super::{Delivery, Of, Part, Piece, Seat, file, in_list};

const APPS: &str = "apps";
const CLUSTER: &str = "flux/cluster";
const META: &str = "flux/meta";
const REPOS: &str = "flux/meta/repos";

/// Where an object lies.
pub(super) fn seat(delivery: &Delivery, piece: &Piece<'_>) -> Seat {
    match piece.of {
        Of::Namespace => {
            let directory = format!("{APPS}/{}", piece.name);
            let mut seat = in_list(directory, format!("namespace.{}", piece.end));
            seat.listed.push((APPS.to_owned(), format!("./{}", piece.name)));
            seat
        }
        Of::Part(number) => match delivery.parts.get(number) {
            Some(part) => in_list(format!("{APPS}/{}/app", part.directory), file(piece, part)),
            None => own(None, piece),
        },
        Of::Delivery(number) => own(number.and_then(|number| delivery.parts.get(number)), piece),
    }
}

/// Where an object of Flux itself lies, made for this part.
fn own(part: Option<&Part>, piece: &Piece<'_>) -> Seat {
    let name = format!("{}-{}.{}", piece.word, piece.name, piece.end);
    match (piece.group, piece.kind) {
        ("kustomize.toolkit.fluxcd.io", "Kustomization") => match part {
            Some(part) => {
                let path = format!("{APPS}/{}/ks.{}", part.directory, piece.end);
                let (above, last) = part.directory.split_once('/').unwrap_or(("", &part.directory));
                let listed = vec![
                    (format!("{APPS}/{above}"), format!("./{last}/ks.{}", piece.end)),
                    (APPS.to_owned(), format!("./{above}")),
                ];
                Seat { path, listed }
            }
            None => in_list(CLUSTER.to_owned(), name),
        },
        ("helm.toolkit.fluxcd.io", "HelmRelease") => match part {
            Some(part) => in_list(format!("{APPS}/{}/app", part.directory), file(piece, part)),
            None => in_meta(META, name),
        },
        ("source.toolkit.fluxcd.io", "GitRepository") => in_list(CLUSTER.to_owned(), name),
        ("source.toolkit.fluxcd.io", _) => in_meta(REPOS, name),
        _ => in_meta(META, name),
    }
}

fn in_meta(directory: &str, name: String) -> Seat {
    let mut seat = in_list(directory.to_owned(), name);
    if directory == REPOS {
        seat.listed.push((META.to_owned(), "./repos".to_owned()));
    }
    seat
}
