//! Where boxes and lines are: groups in columns by who leads to whom, boxes below each other in their group.

use super::Picture;

/// How wide a letter is, about.
const LETTER: f64 = 7.0;
/// How high a line of text is.
pub const LINE: f64 = 16.0;
/// The room within a box.
pub const PADDING: f64 = 10.0;
/// The room between boxes.
const GAP: f64 = 14.0;
/// The room between columns, which the lines take.
const LANE: f64 = 110.0;
/// The room beside the last column, for lines within it.
const LOOP: f64 = 90.0;
/// The room above the boxes of a group, for its name.
const HEAD: f64 = 30.0;
/// How wide a box is at least, and at most.
const WIDTH: (f64, f64) = (120.0, 340.0);
/// How high a column may be before the next group begins another.
const COLUMN: f64 = 1400.0;

/// A rectangle.
#[derive(Clone, Copy, Debug, Default, PartialEq)]
pub struct Area {
    /// Its left edge.
    pub x: f64,
    /// Its upper edge.
    pub y: f64,
    /// How wide it is.
    pub width: f64,
    /// How high it is.
    pub height: f64,
}

/// Where everything is.
pub struct Layout {
    /// The boxes.
    pub nodes: Vec<Area>,
    /// The groups.
    pub groups: Vec<Area>,
    /// The whole.
    pub width: f64,
    /// The whole.
    pub height: f64,
}

/// Lays a picture out.
pub fn layout(picture: &Picture) -> Layout {
    let ranks = ranks(picture);
    let mut order: Vec<usize> = (0..picture.groups.len()).collect();
    // What lines lead to and from stands on top.
    let lines = |group: usize| {
        let of = |node: usize| picture.nodes.get(node).is_some_and(|node| node.group == group);
        picture.edges.iter().filter(|edge| of(edge.from) != of(edge.to)).count()
    };
    order.sort_by_cached_key(|group| {
        (ranks.get(*group).copied().unwrap_or(0), std::cmp::Reverse(lines(*group)), *group)
    });
    let mut laid = Layout {
        nodes: vec![Area::default(); picture.nodes.len()],
        groups: vec![Area::default(); picture.groups.len()],
        width: 0.0,
        height: 0.0,
    };
    let (mut x, mut y, mut widest, mut rank) = (20.0, 50.0, 0.0_f64, None);
    for group in order {
        let members: Vec<usize> = (0..picture.nodes.len())
            .filter(|node| picture.nodes.get(*node).is_some_and(|node| node.group == group))
            .collect();
        if members.is_empty() {
            continue;
        }
        let width = members.iter().map(|node| wide(picture, *node)).fold(WIDTH.0, f64::max);
        let label = picture.groups.get(group).map_or(0.0, |group| group.label.chars().count() as f64 * LETTER);
        let width = width.max(label.min(WIDTH.1));
        let heights: Vec<f64> = members.iter().map(|node| high(picture, *node)).collect();
        let height = HEAD + heights.iter().map(|height| height + GAP).sum::<f64>();
        let own = ranks.get(group).copied().unwrap_or(0);
        if rank.is_some_and(|rank| rank != own) || y > 50.0 && y + height > COLUMN {
            (x, y, widest) = (x + widest + LANE, 50.0, 0.0);
        }
        rank = Some(own);
        if let Some(area) = laid.groups.get_mut(group) {
            *area = Area { x, y, width: width + 2.0 * GAP, height };
        }
        let mut top = y + HEAD;
        for (node, height) in members.iter().zip(&heights) {
            if let Some(area) = laid.nodes.get_mut(*node) {
                *area = Area { x: x + GAP, y: top, width, height: *height };
            }
            top += height + GAP;
        }
        widest = widest.max(width + 2.0 * GAP);
        y += height + 2.0 * GAP;
        laid.width = laid.width.max(x + widest + LOOP);
        laid.height = laid.height.max(y + 10.0);
    }
    laid
}

fn wide(picture: &Picture, node: usize) -> f64 {
    let Some(node) = picture.nodes.get(node) else {
        return WIDTH.0;
    };
    let lines = node.details.iter().map(|line| line.chars().count());
    let letters = lines.chain([node.label.chars().count() + 1, node.kind.chars().count()]).max().unwrap_or(0);
    (letters as f64 * LETTER + 2.0 * PADDING).clamp(WIDTH.0, WIDTH.1)
}

fn high(picture: &Picture, node: usize) -> f64 {
    let lines = picture.nodes.get(node).map_or(0, |node| node.details.len());
    (lines as f64 + 2.0) * LINE + PADDING
}

/// The column of each group: behind all that lead to it, as far as they lead forward.
fn ranks(picture: &Picture) -> Vec<usize> {
    let group = |node: usize| picture.nodes.get(node).map(|node| node.group);
    let mut ways: Vec<(usize, usize)> = Vec::new();
    for edge in &picture.edges {
        if let (Some(from), Some(to)) = (group(edge.from), group(edge.to))
            && from != to
            && !ways.contains(&(from, to))
        {
            ways.push((from, to));
        }
    }
    let mut ranks = vec![0; picture.groups.len()];
    // Where two groups lead to each other, the way back counts for nothing.
    ways.retain(|(from, to)| {
        !(from > to && picture.edges.iter().any(|edge| group(edge.from) == Some(*to) && group(edge.to) == Some(*from)))
    });
    for _ in 0..picture.groups.len().min(12) {
        for (from, to) in &ways {
            let behind = ranks.get(*from).copied().unwrap_or(0) + 1;
            if let Some(rank) = ranks.get_mut(*to) {
                *rank = behind.min(12).max(*rank);
            }
        }
    }
    ranks
}
