//! `platc diff`: what it means to go from one platform to another.
//!
//! ```text
//! OLD, NEW --given--> directories and files --sides--> sessions, in pairs --compare--> changes --show--> text
//!             commit: a revision, read into a directory of its own
//! ```

mod commit;
mod given;
mod show;
mod sides;

use std::io::{self, Write};
use std::path::Path;

use platform::diff::{Change, Level};

pub use self::sides::pairs;
use self::sides::{Platforms, Side};
use super::Product;
use crate::arguments::{Compared, Diff, Gate};
use crate::edge::{Outcome, Result};
use crate::report::{Findings, Format, visible};
use crate::session::{self, Comparing, Point};
use crate::terminal::Terminal;

/// A change, and where it is written on both sides.
pub struct Told {
    change: Change,
    old: Option<Point>,
    new: Option<Point>,
}

/// Says what changes.
pub fn run(arguments: &Diff, terminal: &Terminal) -> Result {
    between([&arguments.old, &arguments.new], terminal, |before, after| tell(arguments, before, after, terminal))
}

/// Opens both sides, and goes on with their platforms where nothing is wrong with these by the language.
pub fn between(
    names: [&Path; 2],
    terminal: &Terminal,
    go_on: impl FnOnce(&Platforms<'_>, &Platforms<'_>) -> Result,
) -> Result {
    let (old, new) = given::both(names[0], names[1])?;
    let mut sides = [Side::open(&old)?, Side::open(&new)?];
    let known = sides::clusters(&sides);
    sides.iter_mut().try_for_each(|side| side.place(&known))?;
    let [old, new] = &mut sides;
    let mut findings = Findings::default();
    let (before, after) = (old.platforms(&mut findings), new.platforms(&mut findings));
    if !session::is_sound(&findings.list) {
        return refuse(&findings, names, terminal);
    }
    go_on(&before, &after)
}

fn tell(arguments: &Diff, before: &Platforms<'_>, after: &Platforms<'_>, terminal: &Terminal) -> Result {
    let mut told = vec![];
    for pair in pairs(before, after)? {
        let changes = Comparing::changes(pair.old.map(Comparing::of), pair.new.map(Comparing::of));
        told.extend(changes.into_iter().map(|(change, old, new)| Told { change, old, new }));
    }
    told.sort_by(|one, other| one.change.worst_first(&other.change));
    let text = show::text(&told, arguments.format, arguments.all, terminal.output_screen());
    io::stdout().write_all(text.as_bytes())?;
    if arguments.format == Compared::Human && !told.is_empty() {
        terminal.say(&show::summary(&told))?;
    }
    let gate = arguments.fail_on.map(level);
    let is_too_much = gate.is_some_and(|gate| told.iter().any(|told| told.change.level >= gate));
    Ok(if is_too_much { Outcome::Findings } else { Outcome::Clean })
}

/// Says what is wrong with a side. It can not be compared then: of half a platform, the rest would look as if it were gone.
fn refuse(findings: &Findings, names: [&Path; 2], terminal: &Terminal) -> Result {
    let outcome = super::report(Format::Human, Product::Values, findings, terminal)?;
    let [old, new] = names.map(|name| visible::line(&name.to_string_lossy()).into_owned());
    terminal.say(&format!("nothing was compared: `{old}` and `{new}` must both be without errors"))?;
    Ok(outcome)
}

/// The level that a gate names.
fn level(gate: Gate) -> Level {
    match gate {
        Gate::Note => Level::Note,
        Gate::Restart => Level::Restart,
        Gate::Disruption => Level::Disruption,
        Gate::Danger => Level::Danger,
    }
}
