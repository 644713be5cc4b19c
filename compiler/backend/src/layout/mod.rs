//! Where the files of a delivery lie, and the lists of them that `kustomize` reads.
//!
//! ```text
//! Piece (an object: whose it is, what it is) --layout--> Seat (its path, and which lists name what) --all--> kustomization.yaml..
//! ```
//!
//! Each layout is a file of its own with one function. It decides by the object and by what it is part of, and never by what
//! else there is: so no file moves because another came or went.

mod argocd;
mod flux;
mod plain;

use std::collections::{BTreeMap, BTreeSet};

/// A delivery in parts.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Delivery {
    /// How its files are laid out.
    pub layout: Layout,
    /// The directory in which they lie.
    pub root: String,
    /// Its parts.
    pub parts: Vec<Part>,
}

/// How files are laid out.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Layout {
    /// For `operate.sh`, and for `kubectl apply -k`.
    Plain,
    /// For Flux.
    Flux,
    /// For Argo CD.
    Argo,
}

/// What is delivered at once.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Part {
    /// What it is called among all.
    pub name: String,
    /// The directory of its files: `web/shop`.
    pub directory: String,
    /// Its namespace; empty for what is of the cluster.
    pub namespace: String,
    /// What it is called in its namespace.
    pub app: String,
}

/// An object that needs a place.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Piece<'a> {
    /// Whose it is.
    pub of: Of,
    /// Its group; the core has none.
    pub group: &'a str,
    /// Its kind.
    pub kind: &'a str,
    /// Its namespace, or nothing.
    pub namespace: &'a str,
    /// Its name.
    pub name: &'a str,
    /// Its kind, as a file is called by it.
    pub word: String,
    /// How its file ends.
    pub end: &'a str,
}

/// Whose an object is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Of {
    /// A part's, by its number.
    Part(usize),
    /// Nobody's but the cluster's: it is a namespace.
    Namespace,
    /// The delivery's own, made for a part where that has its number.
    Delivery(Option<usize>),
}

/// Where an object lies.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seat {
    /// The path of its file.
    pub path: String,
    /// Which directory lists what: `("apps/web", "./shop/ks.yaml")`.
    pub listed: Vec<(String, String)>,
}

impl Layout {
    /// The layout that the language calls so.
    pub fn of(word: &str) -> Option<Layout> {
        match word {
            "plain" => Some(Layout::Plain),
            "flux" => Some(Layout::Flux),
            "argocd" => Some(Layout::Argo),
            _ => None,
        }
    }
}

impl Layout {
    /// Whether somebody in the cluster fetches the files.
    pub fn is_fetched(self) -> bool {
        matches!(self, Layout::Flux | Layout::Argo)
    }
}

impl Delivery {
    /// Where an object lies.
    pub fn seat(&self, piece: &Piece<'_>) -> Seat {
        let seat = match self.layout {
            Layout::Plain => plain::seat(self, piece),
            Layout::Flux => flux::seat(self, piece),
            Layout::Argo => argocd::seat(self, piece),
        };
        let below = |path: &str| match (self.root.as_str(), path) {
            ("", path) => path.to_owned(),
            (root, "") => root.to_owned(),
            (root, path) => format!("{root}/{path}"),
        };
        let listed = seat.listed.into_iter().map(|(directory, entry)| (below(&directory), entry)).collect();
        Seat { path: below(&seat.path), listed }
    }
}

/// The lists of all directories: path and text of each `kustomization.yaml`.
pub fn lists(seats: &[Seat]) -> Vec<(String, String)> {
    let mut directories: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for (directory, entry) in seats.iter().flat_map(|seat| &seat.listed) {
        directories.entry(directory).or_default().insert(entry);
    }
    let list = |(directory, entries): (&str, BTreeSet<&str>)| {
        let mut text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nresources:\n".to_owned();
        entries.iter().for_each(|entry| text += &format!("- {entry}\n"));
        (
            if directory.is_empty() { "kustomization.yaml".into() } else { format!("{directory}/kustomization.yaml") },
            text,
        )
    };
    directories.into_iter().map(list).collect()
}

/// What the file of an object is called among those of a part: `deployment-web.yaml`, and `deployment.yaml` where it is
/// called as the part. What lives in another namespace says so.
fn file(piece: &Piece<'_>, part: &Part) -> String {
    let mut name = piece.word.clone();
    if piece.name != part.app {
        name = format!("{name}-{}", piece.name);
    }
    if !piece.namespace.is_empty() && piece.namespace != part.namespace {
        name = format!("{name}.in-{}", piece.namespace);
    }
    format!("{name}.{}", piece.end)
}

/// A file in a directory that lists it.
fn in_list(directory: String, file: String) -> Seat {
    Seat { path: format!("{directory}/{file}"), listed: vec![(directory, format!("./{file}"))] }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn delivery(layout: Layout) -> Delivery {
        let part = |name: &str, directory: &str, namespace: &str, app: &str| {
            let [name, directory, namespace, app] = [name, directory, namespace, app].map(str::to_owned);
            Part { name, directory, namespace, app }
        };
        Delivery {
            layout,
            root: "lab/k".into(),
            parts: vec![part("web-shop", "web/shop", "web", "shop"), part("cluster-base", "cluster/base", "", "base")],
        }
    }

    fn piece(of: Of, kind: &'static str, namespace: &'static str, name: &'static str) -> Piece<'static> {
        let group = match kind {
            "Kustomization" => "kustomize.toolkit.fluxcd.io",
            "HelmRelease" => "helm.toolkit.fluxcd.io",
            "HelmRepository" | "GitRepository" => "source.toolkit.fluxcd.io",
            "Application" => "argoproj.io",
            _ => "",
        };
        Piece { of, group, kind, namespace, name, word: kind.to_lowercase(), end: "yaml" }
    }

    fn paths(layout: Layout) -> Vec<String> {
        let pieces = [
            piece(Of::Part(0), "Deployment", "web", "shop"),
            piece(Of::Part(0), "Service", "db", "a"),
            piece(Of::Part(1), "StorageClass", "", "fast"),
            piece(Of::Namespace, "Namespace", "", "web"),
            piece(Of::Delivery(Some(0)), "Kustomization", "flux-system", "web-shop"),
            piece(Of::Delivery(Some(0)), "HelmRelease", "web", "shop"),
            piece(Of::Delivery(None), "HelmRepository", "flux-system", "charts"),
            piece(Of::Delivery(None), "GitRepository", "flux-system", "flux-system"),
            piece(Of::Delivery(Some(0)), "Application", "argocd", "web-shop"),
        ];
        pieces.iter().map(|piece| delivery(layout).seat(piece).path).collect()
    }

    #[test]
    fn flux_finds_each_part_where_its_kustomization_looks() {
        let expected = [
            "lab/k/apps/web/shop/app/deployment.yaml",
            "lab/k/apps/web/shop/app/service-a.in-db.yaml",
            "lab/k/apps/cluster/base/app/storageclass-fast.yaml",
            "lab/k/apps/web/namespace.yaml",
            "lab/k/apps/web/shop/ks.yaml",
            "lab/k/apps/web/shop/app/helmrelease.yaml",
            "lab/k/flux/meta/repos/helmrepository-charts.yaml",
            "lab/k/flux/cluster/gitrepository-flux-system.yaml",
            "lab/k/flux/meta/application-web-shop.yaml",
        ];
        assert_eq!(paths(Layout::Flux), expected);
    }

    #[test]
    fn every_list_is_named_by_the_one_above() {
        for layout in [Layout::Plain, Layout::Flux, Layout::Argo] {
            let delivery = delivery(layout);
            let seats = [
                delivery.seat(&piece(Of::Part(0), "Deployment", "web", "shop")),
                delivery.seat(&piece(Of::Namespace, "Namespace", "", "web")),
                delivery.seat(&piece(Of::Delivery(Some(0)), "Kustomization", "flux-system", "web-shop")),
            ];
            let lists = lists(&seats);
            assert!(
                lists.iter().all(|(path, text)| path.starts_with("lab/k/") && text.contains("\n- ./")),
                "{lists:?}"
            );
        }
    }
}
