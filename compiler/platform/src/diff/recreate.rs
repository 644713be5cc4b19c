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
    // What else a field does was told, and is refused all the same.
    let numbered = pair.fields.iter().enumerate();
    let fields: Vec<usize> =
        numbered.filter(|(_, field)| is_fixed(field).is_some()).map(|(number, _)| number).collect();
    let Some((first, why)) = fields.first().and_then(|first| {
        let field = pair.fields.get(*first)?;
        Some((field, is_fixed(field)?))
    }) else {
        return;
    };
    let more = if fields.len() > 1 { format!(" and {} more", fields.len() - 1) } else { String::new() };
    let remedy = why.remedy;
    let level = if remedy == Remedy::Data { Level::Danger } else { Level::Disruption };
    let message = format!("{} must be made anew: `{}`{more} can not be changed", pair.new.shown(), first.shown());
    let why = format!("`kubectl apply` answers \"{}\"; {}", why.answer.replace('`', "'"), why.remedy.told(pair.old));
    let mut told = fields.clone();
    // Where the pods go with the object, what else is new about them restarts nothing.
    if remedy == Remedy::Pods {
        report.anew.insert(pair.number);
        let template = pair.new.template();
        let is_new = |field: &Field<'_>| template.is_some_and(|way| field.is_under(way));
        told.extend(chosen(pair, report, is_new).into_iter().filter(|number| !fields.contains(number)));
    }
    report.tell_fields(Change::new(level, Effect::Recreates, message).why(why), pair, &told);
}

/// Whether a field is within a way, in which a star is any step.
fn is_within(field: &Field<'_>, way: &[&str]) -> bool {
    let same = |(step, wanted): (&crate::model::Long, &&str)| *wanted == "*" || **step == **wanted;
    field.way.len() >= way.len() && field.way.iter().zip(way).all(same)
}
