//! `platc graph`: pictures of a platform.

use std::io::{self, Write};
use std::path::Path;

use platform::picture::View;

use super::Product;
use crate::arguments::{Drawn, Graph, Viewed};
use crate::edge::{self, Outcome, Result};
use crate::inputs;
use crate::report::{Findings, visible};
use crate::session;
use crate::terminal::Terminal;
use crate::write;

/// Draws a platform without errors.
pub fn run(arguments: &Graph, terminal: &Terminal) -> Result {
    let mut input = inputs::one(&arguments.path)?;
    let mut findings = Findings::default();
    super::report_unreadable(&mut input, &mut findings);
    let mut sessions = session::open(&input);
    for session in &mut sessions {
        let found = session.check();
        findings.add(&*session, found);
    }
    let outcome = super::report(arguments.report, Product::Values, &findings, terminal)?;
    let (Outcome::Clean, Some(session)) = (&outcome, sessions.first()) else {
        return Ok(outcome);
    };
    let form = form(arguments);
    let drawing = session.drawing();
    let known = drawing.clusters();
    if let Some(wanted) = arguments.cluster.as_deref().filter(|wanted| !known.contains(wanted)) {
        let help = format!("the clusters are: {}", known.join(", "));
        return Err(miette::miette!(help = help, "there is no cluster `{}`", visible::line(wanted)).into());
    }
    if known.is_empty() {
        let help = "open one with `cluster name { .. }`";
        return Err(miette::miette!(help = help, "there is no cluster to draw").into());
    }
    let pictures = drawing.pictures(arguments.cluster.as_deref(), &views(arguments.view, form));
    if form == Drawn::Svg && pictures.len() > 1 {
        let help = format!("choose one with `--cluster`: {}", known.join(", "));
        return Err(miette::miette!(help = help, "one picture is of one cluster, and there are {}", known.len()).into());
    }
    let text = drawing.write(&pictures, form, &title(&arguments.path));
    match &arguments.output {
        Some(path) => write::replace(path, text.as_bytes()).map_err(|error| edge::failed("write", path, &error))?,
        None => io::stdout().write_all(text.as_bytes())?,
    }
    Ok(outcome)
}

fn form(arguments: &Graph) -> Drawn {
    let by_name = || match arguments.output.as_deref()?.extension()?.to_str()? {
        "svg" => Some(Drawn::Svg),
        "mmd" | "mermaid" | "md" => Some(Drawn::Mermaid),
        "dot" | "gv" => Some(Drawn::Dot),
        _ => None,
    };
    arguments.format.or_else(by_name).unwrap_or(Drawn::Html)
}

fn views(view: Option<Viewed>, form: Drawn) -> Vec<View> {
    match view {
        Some(Viewed::Network) => vec![View::Network],
        Some(Viewed::Reach) => vec![View::Reach],
        Some(Viewed::Depends) => vec![View::Depends],
        None if form == Drawn::Html => View::ALL.to_vec(),
        None => vec![View::Network],
    }
}

fn title(path: &Path) -> String {
    path.file_stem().map_or_else(|| "platform".to_owned(), |name| name.to_string_lossy().into_owned())
}
