//! Pictures of a platform: what stands where, who may reach whom, and what depends on what.
//!
//! ```text
//! Cluster --network, reach, depends--> Picture --dot, mermaid--> text
//!                                              --layout--> boxes and lines --svg--> a picture --html--> a page
//! ```

mod depends;
mod dot;
mod html;
mod layout;
mod mermaid;
mod network;
mod reach;
mod svg;

use std::collections::BTreeMap;

use crate::Place;
use crate::model::Cluster;

pub use dot::dot;
pub use html::html;
pub use mermaid::mermaid;
pub use svg::svg;

/// What a picture shows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum View {
    /// Hosts, networks, pools, addresses, and what is exposed.
    Network,
    /// Who may reach whom, and why.
    Reach,
    /// What depends on what.
    Depends,
}

impl View {
    /// All of them.
    pub const ALL: [View; 3] = [View::Network, View::Reach, View::Depends];

    /// What it is called.
    pub fn title(self) -> &'static str {
        match self {
            View::Network => "network",
            View::Reach => "who may reach whom",
            View::Depends => "what depends on what",
        }
    }
}

/// A picture: boxes in groups, and lines between boxes.
#[derive(Clone, Default, Debug)]
pub struct Picture {
    /// What it shows.
    pub title: String,
    /// The groups.
    pub groups: Vec<Group>,
    /// The boxes.
    pub nodes: Vec<Box>,
    /// The lines.
    pub edges: Vec<Edge>,
    by_key: BTreeMap<String, usize>,
}

/// Boxes that belong together.
#[derive(Clone, Debug)]
pub struct Group {
    /// What it is called.
    pub label: String,
    /// Where it is written.
    pub at: Option<Place>,
}

/// A thing.
#[derive(Clone, Debug)]
pub struct Box {
    /// What it is called.
    pub label: String,
    /// What it is, in a word: `host`, `Deployment`.
    pub kind: String,
    /// What else is worth knowing, a line each.
    pub details: Vec<String>,
    /// Its group.
    pub group: usize,
    /// Where it is written.
    pub at: Option<Place>,
}

/// A line from one thing to another.
#[derive(Clone, Debug)]
pub struct Edge {
    /// From which box.
    pub from: usize,
    /// To which.
    pub to: usize,
    /// What it says.
    pub label: String,
    /// What it means.
    pub means: Means,
    /// Where it is written.
    pub at: Option<Place>,
}

/// What a line means.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Means {
    /// The one may reach the other.
    Reaches,
    /// The one should reach the other and may not.
    Blocked,
    /// The one needs the other.
    Needs,
    /// The one is part of the other, or has it.
    Has,
}

impl Means {
    /// In a word.
    pub fn word(self) -> &'static str {
        match self {
            Means::Reaches => "reaches",
            Means::Blocked => "blocked",
            Means::Needs => "needs",
            Means::Has => "has",
        }
    }
}

/// The picture of a cluster.
pub fn picture(cluster: &Cluster, view: View) -> Picture {
    let mut picture = match view {
        View::Network => network::picture(cluster),
        View::Reach => reach::picture(cluster),
        View::Depends => depends::picture(cluster),
    };
    picture.title = format!("{}: {}", cluster.name, view.title());
    picture
}

impl Picture {
    /// A group, made once for each name.
    fn group(&mut self, label: &str, at: Option<Place>) -> usize {
        let known = self.groups.iter().position(|group| group.label == label);
        known.unwrap_or_else(|| {
            self.groups.push(Group { label: label.to_owned(), at });
            self.groups.len() - 1
        })
    }

    /// A box, made once for each key.
    fn node(&mut self, key: String, make: impl FnOnce() -> Box) -> usize {
        if let Some(known) = self.by_key.get(&key) {
            return *known;
        }
        self.nodes.push(make());
        self.by_key.insert(key, self.nodes.len() - 1);
        self.nodes.len() - 1
    }

    fn known(&self, key: &str) -> Option<usize> {
        self.by_key.get(key).copied()
    }

    /// A line, drawn once between two boxes; what several say is joined.
    fn edge(&mut self, from: usize, to: usize, means: Means, label: &str, at: Option<Place>) {
        let same = |edge: &&mut Edge| (edge.from, edge.to, edge.means) == (from, to, means);
        match self.edges.iter_mut().find(same) {
            Some(edge) if label.is_empty() || edge.label.split(", ").any(|part| part == label) => {}
            Some(edge) if edge.label.is_empty() => edge.label = label.to_owned(),
            Some(edge) => edge.label = format!("{}, {label}", edge.label),
            None => self.edges.push(Edge { from, to, label: label.to_owned(), means, at }),
        }
    }
}
