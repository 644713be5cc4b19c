//! A picture in the language of Graphviz.

use std::fmt::Write;

use super::{Means, Picture};

/// The text of a picture.
pub fn dot(picture: &Picture) -> String {
    let mut out = String::from(
        "digraph platform {\n  rankdir=LR\n  node [shape=box, style=rounded, fontname=\"sans-serif\"]\n  edge [fontname=\"sans-serif\", fontsize=10]\n",
    );
    // Writing into a string does not fail.
    let _ = writeln!(out, "  label={}", quoted(&picture.title));
    for (number, group) in picture.groups.iter().enumerate() {
        let _ = writeln!(out, "  subgraph cluster_{number} {{\n    label={}", quoted(&group.label));
        for (id, node) in picture.nodes.iter().enumerate().filter(|(_, node)| node.group == number) {
            let mut label = format!("{}\n{}", node.label, node.kind);
            node.details.iter().for_each(|detail| label.push_str(&format!("\n{detail}")));
            let _ = writeln!(out, "    n{id} [label={}]", quoted(&label));
        }
        out.push_str("  }\n");
    }
    for edge in &picture.edges {
        let style = match edge.means {
            Means::Reaches => "color=\"#2563eb\"",
            Means::Blocked => "color=\"#dc2626\", style=dashed",
            Means::Needs => "color=\"#6b7280\"",
            Means::Has => "color=\"#059669\"",
        };
        let _ = writeln!(out, "  n{} -> n{} [label={}, {style}]", edge.from, edge.to, quoted(&edge.label));
    }
    out.push_str("}\n");
    out
}

fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
