//! Two platforms compared, with the lines of their sources.

use std::fmt;

use compiler::compare::{self, Compared};
use platform::diff::{self, Change, Side, Spot};
use platform::upgrade::{self, Names, Plan};

use super::Session;
use crate::report::Files;

/// The entry of a platform that has nothing but the objects of some files.
pub const OBJECTS: &str = compare::ENTRY;

/// A place as a user counts it.
pub struct Point {
    /// The file.
    pub path: String,
    /// Its line, counted from one.
    pub line: usize,
    /// The character in the line.
    pub column: usize,
}

impl fmt::Display for Point {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(formatter, "{}:{}:{}", self.path, self.line, self.column)
    }
}

/// A platform that is compared.
pub struct Comparing<'s, 'p> {
    session: &'s Session<'p>,
    compared: Compared<'s>,
}

/// A change with its places on both sides.
pub type Placed = (Change, Option<Point>, Option<Point>);

impl<'s, 'p> Comparing<'s, 'p> {
    /// What is compared of a session.
    pub fn of(session: &'s Session<'p>) -> Self {
        Self { session, compared: Compared::of(&session.compiler) }
    }

    /// The names of the clusters of a session.
    pub fn clusters(session: &Session<'_>) -> Vec<String> {
        compare::clusters(&session.compiler)
    }

    /// What it means to go from one to the other. Who has only objects is taken to be surrounded by what the other says.
    pub fn changes(mut old: Option<Self>, mut new: Option<Self>) -> Vec<Placed> {
        if let (Some(old), Some(new)) = (&mut old, &mut new) {
            Self::surround(old, new);
        }
        let nothing = Side::default();
        let (one, other) = (old.as_ref().map(Self::side), new.as_ref().map(Self::side));
        let changes = diff::diff(one.unwrap_or(&nothing), other.unwrap_or(&nothing));
        let (before, after) = (old.as_ref().map(Self::files), new.as_ref().map(Self::files));
        let place = |side: &Option<Self>, files: &Option<Files<'_>>, spot: &Option<Spot>| {
            side.as_ref()?.place(files.as_ref()?, spot.as_ref()?)
        };
        let placed = |change: Change| {
            let places = (place(&old, &before, &change.old), place(&new, &after, &change.new));
            (change, places.0, places.1)
        };
        changes.into_iter().map(placed).collect()
    }

    /// What it takes to go from one to the other, and the changes that its plans number.
    pub fn plans(mut old: Self, mut new: Self, names: &Names) -> (Vec<Change>, Vec<Plan>) {
        Self::surround(&mut old, &mut new);
        let sides = (old.side(), new.side());
        let changes = diff::diff(sides.0, sides.1);
        let plans = upgrade::plans(sides, &changes, names, &|old, new| compare::interfaces(sides, (old, new)));
        (changes, plans)
    }

    fn surround(old: &mut Self, new: &mut Self) {
        match (old.is_of_objects(), new.is_of_objects()) {
            (true, false) => diff::surround(&mut old.compared.side, &new.compared.side),
            (false, true) => diff::surround(&mut new.compared.side, &old.compared.side),
            _ => {}
        }
    }

    fn side(&self) -> &Side {
        &self.compared.side
    }

    fn files(&self) -> Files<'s> {
        Files::new(self.session)
    }

    fn is_of_objects(&self) -> bool {
        self.session.entry() == OBJECTS
    }

    fn place(&self, files: &Files<'_>, spot: &Spot) -> Option<Point> {
        let span = self.compared.span(spot)?;
        let path = files.path(span.file);
        // What nobody wrote has no place.
        if path.starts_with("std:") || path.is_empty() || path.ends_with(OBJECTS) {
            return None;
        }
        let start = files.extent(span).start;
        Some(Point { path: path.to_owned(), line: start.line, column: start.column })
    }
}
