//! `platc upgrade-plan`: how to get from one platform to another.
//!
//! ```text
//! OLD, NEW --diff::between--> platforms, in pairs --plans--> a plan for each cluster --show--> text
//! ```

mod show;

use std::io::{self, Write};

use platform::diff::Change;
use platform::upgrade::{Names, Plan};

use super::diff;
use crate::arguments::{Planned, UpgradePlan};
use crate::edge::{Outcome, Result};
use crate::report::visible;
use crate::session::Comparing;
use crate::terminal::Terminal;

/// The plans of one platform, and the changes that they number.
pub struct Made {
    changes: Vec<Change>,
    plans: Vec<Plan>,
}

/// Says how it is done.
pub fn run(arguments: &UpgradePlan, terminal: &Terminal) -> Result {
    let (old, new) = (&arguments.old, &arguments.new);
    diff::between([old, new], terminal, |before, after| {
        let word = |path: &std::path::Path| visible::line(&path.to_string_lossy()).into_owned();
        let names = Names { old: word(old), new: word(new), builds: after.is_source() };
        let mut made = vec![];
        for pair in diff::pairs(before, after)? {
            if let (Some(old), Some(new)) = (pair.old, pair.new) {
                let (changes, mut plans) = Comparing::plans(Comparing::of(old), Comparing::of(new), &names);
                plans.retain(|plan| arguments.cluster.as_ref().is_none_or(|name| **name == *plan.cluster));
                made.push(Made { changes, plans });
            }
        }
        if let (Some(name), true) = (&arguments.cluster, made.iter().all(|made| made.plans.is_empty())) {
            return Err(miette::miette!("there is no cluster `{}` on both sides", visible::line(name)).into());
        }
        let text = match arguments.format {
            Planned::Human => show::human(&made, arguments.all, terminal.output_screen()),
            Planned::Json => show::json(&made),
        };
        io::stdout().write_all(text.as_bytes())?;
        let is_refused = made.iter().flat_map(|made| &made.plans).any(|plan| !plan.refused.is_empty());
        Ok(if is_refused { Outcome::Findings } else { Outcome::Clean })
    })
}
