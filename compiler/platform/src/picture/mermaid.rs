//! A picture in the language of Mermaid, as Markdown pages show it.

use std::fmt::Write;

use super::{Means, Picture};

/// The text of a picture.
pub fn mermaid(picture: &Picture) -> String {
    let mut out = String::from("flowchart LR\n");
    // Writing into a string does not fail.
    for (number, group) in picture.groups.iter().enumerate() {
        let _ = writeln!(out, "  subgraph g{number}[{}]", quoted(&group.label));
        for (id, node) in picture.nodes.iter().enumerate().filter(|(_, node)| node.group == number) {
            let mut lines = vec![node.label.clone(), node.kind.clone()];
            lines.extend(node.details.iter().cloned());
            let _ = writeln!(out, "    n{id}[{}]", quoted(&lines.join("\n")));
        }
        out.push_str("  end\n");
    }
    for edge in &picture.edges {
        let arrow = if edge.means == Means::Blocked { "-.->" } else { "-->" };
        let label = if edge.label.is_empty() { String::new() } else { format!("|{}|", quoted(&edge.label)) };
        let _ = writeln!(out, "  n{} {arrow}{label} n{}", edge.from, edge.to);
    }
    out
}

/// Text between quotes, with what Mermaid would read as its own written as entities.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("#quot;"),
            '#' => out.push_str("#35;"),
            '<' => out.push_str("#lt;"),
            '>' => out.push_str("#gt;"),
            '\n' => out.push_str("<br/>"),
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
