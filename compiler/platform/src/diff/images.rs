//! Containers that get another image, by what the tags say of it.

use std::cmp::Ordering;

use domain::{Image, Version};

use super::fields::Field;
use super::{Both, Change, Effect, Level, Report, chosen, matched::Pair, quoted};

/// Tells which images become which.
pub fn tell(both: &Both<'_>, report: &mut Report) {
    for pair in &both.matched.pairs {
        for number in chosen(pair, report, is_image) {
            if let Some(field) = pair.fields.get(number)
                && let Some(change) = change(pair, field)
            {
                report.tell_fields(change, pair, &[number]);
            }
        }
    }
}

/// `containers[NAME].image`, wherever the containers stand.
fn is_image(field: &Field<'_>) -> bool {
    match field.way.as_slice() {
        [.., containers, element, last] => {
            &**last == "image" && element.starts_with('[') && containers.to_lowercase().ends_with("containers")
        }
        _ => false,
    }
}

fn change(pair: &Pair<'_>, field: &Field<'_>) -> Option<Change> {
    let (old, new) = (field.old?.text()?, field.new?.text()?);
    let container = field.way.iter().rev().nth(1).map_or("", |step| step.trim_matches(['[', ']']));
    let whose = format!("{} of {}", quoted(container), pair.new.shown());
    let (Ok(before), Ok(after)) = (Image::parse(old), Image::parse(new)) else {
        let message = format!("{whose} gets another image: {} -> {}", quoted(old), quoted(new));
        return Some(Change::new(Level::Note, Effect::Images, message));
    };
    if before.name() != after.name() {
        let message = format!("{whose} gets another image: {} -> {}", quoted(old), quoted(new));
        return Some(
            Change::new(Level::Note, Effect::Images, message).why("it comes from another place, or is other software"),
        );
    }
    let tags = (before.tag(), after.tag());
    let (Some(old_tag), Some(new_tag)) = tags else {
        let message = format!("{whose} gets another image: {} -> {}", quoted(old), quoted(new));
        return Some(Change::new(Level::Note, Effect::Images, message));
    };
    if old_tag == new_tag {
        let message = format!("{whose} gets another image of the same tag: {}", quoted(new));
        return Some(Change::new(Level::Note, Effect::Images, message).why("the digest is another one"));
    }
    let (level, why) = match (Version::parse(old_tag), Version::parse(new_tag)) {
        (Ok(old), Ok(new)) => moved(&old, &new),
        _ => (Level::Note, "the tags are no versions: nobody knows how much changes"),
    };
    let message = format!("{whose} moves from {} to {}", quoted(old_tag), quoted(new_tag));
    Some(Change::new(level, Effect::Images, message).why(why))
}

/// How far it is from one version to another.
fn moved(old: &Version, new: &Version) -> (Level, &'static str) {
    match new.precedence(old) {
        Ordering::Less => {
            (Level::Disruption, "a downgrade: what the newer one has written, the older one may not read")
        }
        Ordering::Equal => (Level::Note, "the same version in another build"),
        Ordering::Greater if new.major() != old.major() => {
            (Level::Disruption, "another major version: what it promised may have changed")
        }
        Ordering::Greater if new.minor() != old.minor() => (Level::Note, "a minor version"),
        Ordering::Greater => (Level::Note, "a patch"),
    }
}
