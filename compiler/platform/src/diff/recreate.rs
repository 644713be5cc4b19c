//! Objects that can not become what is written: a field of them is fixed.

use super::facts::{Remedy, TABLE};
use super::fields::Field;
use super::{Both, Change, Effect, Level, Report, chosen, matched::Pair};

/// Tells of fixed fields that change.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    for pair in &both.matched.pairs {
        of_pair(pair, report);
    }
}

fn of_pair(pair: &Pair<'_>, report: &mut Report) {
    let fixed: Vec<_> =
        TABLE.iter().filter(|fixed| pair.new.is(fixed.group, fixed.kind) && fixed.holds(pair.old, pair.new)).collect();
    let is_fixed = |field: &Field<'_>| {
        fixed
            .iter()
            .find(|fixed| field.is_under(fixed.field) && !fixed.except.iter().any(|except| is_within(field, except)))
    };
    let fields = chosen(pair, report, |field| is_fixed(field).is_some());
    let Some((first, why)) = fields.first().and_then(|first| {
        let field = pair.fields.get(*first)?;
        Some((field, is_fixed(field)?))
    }) else {
        return;
    };
    let more = if fields.len() > 1 { format!(" and {} more", fields.len() - 1) } else { String::new() };
    let level = if why.remedy == Remedy::Data { Level::Danger } else { Level::Disruption };
    let message = format!("{} must be made anew: `{}`{more} can not be changed", pair.new.shown(), first.shown());
    let why = format!("`kubectl apply` answers \"{}\"; {}", why.answer.replace('`', "'"), why.remedy.told(pair.old));
    report.tell_fields(Change::new(level, Effect::Recreates, message).why(why), pair, &fields);
}

/// Whether a field is within a way, in which a star is any step.
fn is_within(field: &Field<'_>, way: &[&str]) -> bool {
    let same = |(step, wanted): (&crate::model::Text, &&str)| *wanted == "*" || **step == **wanted;
    field.way.len() >= way.len() && field.way.iter().zip(way).all(same)
}
