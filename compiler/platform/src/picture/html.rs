//! Pictures as one page that needs nothing else: tabs, a search, a filter by group, and the source of what is chosen.

use std::fmt::Write;

use super::Picture;
use super::svg::{escaped, svg};
use crate::Place;

const STYLE: &str = include_str!("page.css");
const SCRIPT: &str = include_str!("page.js");

/// The page of some pictures.
pub fn html(title: &str, pictures: &[Picture], source: &dyn Fn(Place) -> String) -> String {
    let mut out = String::new();
    // Writing into a string does not fail.
    let _ = write!(
        out,
        "<!doctype html>\n<html lang=\"en\">\n<meta charset=\"utf-8\">\n<meta name=\"viewport\" content=\"width=device-width\">\n\
         <title>{}</title>\n<style>{STYLE}</style>\n<header><h1>{}</h1><nav>",
        escaped(title),
        escaped(title)
    );
    for (number, picture) in pictures.iter().enumerate() {
        let _ = write!(out, "<button data-view=\"{number}\">{}</button>", escaped(&picture.title));
    }
    out.push_str("</nav><input id=\"search\" type=\"search\" placeholder=\"search: names, kinds, addresses\" autofocus>\n<span id=\"count\"></span></header>\n<main>\n");
    for (number, picture) in pictures.iter().enumerate() {
        let _ = writeln!(out, "<section data-view=\"{number}\"><aside><h2>groups</h2>");
        let mut groups: Vec<(usize, &str)> =
            picture.groups.iter().map(|group| group.label.as_str()).enumerate().collect();
        groups.sort_by_key(|(_, label)| *label);
        for (group, label) in groups {
            let _ = writeln!(
                out,
                "<label><input type=\"checkbox\" checked data-group=\"{group}\"> {}</label>",
                escaped(label)
            );
        }
        out.push_str("</aside><div class=\"picture\">\n");
        // Two pictures of one page must not share the names of their parts.
        let drawn = svg(picture, source);
        let drawn =
            drawn.replace("id=\"n", &format!("id=\"v{number}n")).replace("-from=\"n", &format!("-from=\"v{number}n"));
        out.push_str(&drawn.replace("-to=\"n", &format!("-to=\"v{number}n")));
        out.push_str("</div></section>\n");
    }
    let _ = write!(
        out,
        "</main>\n<script>const data=[{}];\n{SCRIPT}</script>\n</html>\n",
        pictures.iter().map(|picture| data(picture, source)).collect::<Vec<_>>().join(",")
    );
    out
}

/// What the page knows of the boxes of a picture, as JSON that may stand in a script.
fn data(picture: &Picture, source: &dyn Fn(Place) -> String) -> String {
    let nodes = picture.nodes.iter().map(|node| {
        let source = node.at.map(source).unwrap_or_default();
        let details = node.details.iter().map(|line| quoted(line)).collect::<Vec<_>>().join(",");
        format!(
            "{{\"label\":{},\"kind\":{},\"group\":{},\"source\":{},\"details\":[{details}]}}",
            quoted(&node.label),
            quoted(&node.kind),
            node.group,
            quoted(&source)
        )
    });
    let edges = picture.edges.iter().map(|edge| {
        let source = edge.at.map(source).unwrap_or_default();
        format!(
            "{{\"from\":{},\"to\":{},\"means\":{},\"label\":{},\"source\":{}}}",
            edge.from,
            edge.to,
            quoted(edge.means.word()),
            quoted(&edge.label),
            quoted(&source)
        )
    });
    format!(
        "{{\"nodes\":[{}],\"edges\":[{}]}}",
        nodes.collect::<Vec<_>>().join(","),
        edges.collect::<Vec<_>>().join(",")
    )
}

/// A text of JSON without anything that could end the script around it.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            letter if letter.is_control() || matches!(letter, '<' | '>' | '&' | '\u{2028}' | '\u{2029}') => {
                let _ = write!(out, "\\u{:04x}", u32::from(letter));
            }
            letter => out.push(letter),
        }
    }
    out.push('"');
    out
}
