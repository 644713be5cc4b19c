//! A picture as SVG: to be looked at by itself, or within a page.

use std::fmt::Write;

use super::layout::{Area, LINE, PADDING, layout};
use super::{Edge, Picture};
use crate::Place;

const STYLE: &str = "\
svg{font-family:system-ui,sans-serif;font-size:12px;background:#fff}\
.title{font-size:18px;font-weight:600;fill:#111827}\
.group>rect{fill:#f3f4f6;stroke:#d1d5db}.group>text{font-weight:600;fill:#374151}\
.node>rect{fill:#fff;stroke:#9ca3af}.node .name{font-weight:600;fill:#111827}.node text{fill:#6b7280}\
.edge path{fill:none;stroke-width:1.4}.edge text{font-size:10px;fill:#1f2937;stroke:#fff;stroke-width:3px;paint-order:stroke}\
.reaches path{stroke:#2563eb}.blocked path{stroke:#dc2626;stroke-dasharray:5 3}.needs path{stroke:#6b7280}.has path{stroke:#059669}";

/// The SVG of a picture; `source` says where something is written.
pub fn svg(picture: &Picture, source: &dyn Fn(Place) -> String) -> String {
    let laid = layout(picture);
    let (width, height) = (laid.width.max(320.0), laid.height.max(120.0));
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write!(
        out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {width:.0} {height:.0}\" width=\"{width:.0}\" height=\"{height:.0}\">\n\
         <style>{STYLE}</style>\n<defs>"
    );
    for (means, colour) in [("reaches", "#2563eb"), ("blocked", "#dc2626"), ("needs", "#6b7280"), ("has", "#059669")] {
        let _ = write!(
            out,
            "<marker id=\"{means}\" viewBox=\"0 0 8 8\" refX=\"7\" refY=\"4\" markerWidth=\"7\" markerHeight=\"7\" orient=\"auto\">\
             <path d=\"M0 0L8 4L0 8z\" fill=\"{colour}\"/></marker>"
        );
    }
    let _ = writeln!(out, "</defs>\n<text class=\"title\" x=\"20\" y=\"30\">{}</text>", escaped(&picture.title));
    for (group, area) in picture.groups.iter().zip(&laid.groups).filter(|(_, area)| area.height > 0.0) {
        let told = group.at.map(source).unwrap_or_default();
        let _ = writeln!(
            out,
            "<g class=\"group\">{}<rect x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"8\"/><text x=\"{:.0}\" y=\"{:.0}\">{}</text></g>",
            title(&[group.label.as_str(), &told]),
            area.x,
            area.y,
            area.width,
            area.height,
            area.x + 14.0,
            area.y + 20.0,
            escaped(&group.label)
        );
    }
    for edge in &picture.edges {
        if let (Some(from), Some(to)) = (laid.nodes.get(edge.from), laid.nodes.get(edge.to)) {
            line(&mut out, picture, edge, (*from, *to), source);
        }
    }
    for (id, (node, area)) in picture.nodes.iter().zip(&laid.nodes).enumerate() {
        let told = node.at.map(source).unwrap_or_default();
        let _ = write!(
            out,
            "<g class=\"node\" id=\"n{id}\">{}<rect x=\"{:.0}\" y=\"{:.0}\" width=\"{:.0}\" height=\"{:.0}\" rx=\"6\"/>",
            title(&[node.label.as_str(), &node.kind, &told]),
            area.x,
            area.y,
            area.width,
            area.height
        );
        let lines = [(&node.label, " class=\"name\""), (&node.kind, "")]
            .into_iter()
            .chain(node.details.iter().map(|line| (line, "")));
        for (number, (line, class)) in lines.enumerate() {
            let y = area.y + PADDING / 2.0 + LINE * (number as f64 + 0.85);
            let fits = ((area.width - 2.0 * PADDING) / 6.6) as usize;
            let _ = write!(
                out,
                "<text{class} x=\"{:.0}\" y=\"{y:.0}\">{}</text>",
                area.x + PADDING,
                escaped(&cut(line, fits))
            );
        }
        out.push_str("</g>\n");
    }
    out.push_str("</svg>\n");
    out
}

/// A line from the edge of one box to that of another, with what it says in its middle.
fn line(out: &mut String, picture: &Picture, edge: &Edge, (from, to): (Area, Area), source: &dyn Fn(Place) -> String) {
    let name = |node: usize| picture.nodes.get(node).map_or("", |node| &node.label);
    let middle = |area: Area| area.y + area.height / 2.0;
    let (start, end, bend) = if from.x + from.width < to.x {
        (from.x + from.width, to.x, 50.0)
    } else if to.x + to.width < from.x {
        (from.x, to.x + to.width, -50.0)
    } else {
        // In one column: around the right side.
        (from.x + from.width, to.x + to.width, 60.0)
    };
    let back = if (bend > 0.0) == (end > start) && (from.x - to.x).abs() > 1.0 { -bend } else { bend };
    let told = edge.at.map(source).unwrap_or_default();
    let says = format!("{} {} {}", name(edge.from), edge.means.word(), name(edge.to));
    // Writing into a string does not fail.
    let _ = write!(
        out,
        "<g class=\"edge {means}\" data-from=\"n{}\" data-to=\"n{}\">{}<path d=\"M{start:.0} {:.0}C{:.0} {:.0} {:.0} {:.0} {end:.0} {:.0}\" marker-end=\"url(#{means})\"/>",
        edge.from,
        edge.to,
        title(&[&says, &edge.label, &told]),
        middle(from),
        start + bend,
        middle(from),
        end + back,
        middle(to),
        middle(to),
        means = edge.means.word(),
    );
    if !edge.label.is_empty() {
        let x = (start + end) / 2.0 + (bend + back) * 0.375;
        let y = (middle(from) + middle(to)) / 2.0 - 4.0;
        let _ = write!(
            out,
            "<text x=\"{x:.0}\" y=\"{y:.0}\" text-anchor=\"middle\">{}</text>",
            escaped(&cut(&edge.label, 24))
        );
    }
    out.push_str("</g>\n");
}

/// What a reader sees who points at something.
fn title(lines: &[&str]) -> String {
    let lines: Vec<&str> = lines.iter().copied().filter(|line| !line.is_empty()).collect();
    format!("<title>{}</title>", escaped(&lines.join("\n")))
}

/// The first letters of a text.
fn cut(text: &str, letters: usize) -> String {
    match text.chars().count() <= letters {
        true => text.to_owned(),
        false => text.chars().take(letters.saturating_sub(1)).chain(['…']).collect(),
    }
}

/// Text as it stands between tags and quotes; what no document may hold is left out.
pub fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' => out.push('\n'),
            letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {}
            letter => out.push(letter),
        }
    }
    out
}
