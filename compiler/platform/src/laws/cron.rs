//! When a cron job runs, as its controller reads it: five fields, or a word; and the time zone of that.

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const WORDS: &[&str] = &["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"];

/// A field: what it is, its least and its most, and the names that its numbers have.
type Field = (&'static str, u32, u32, &'static [&'static str]);

const FIELDS: [Field; 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day of the month", 1, 31, &[]),
    ("month", 1, 12, MONTHS),
    ("day of the week", 0, 6, DAYS),
];

/// The names of time zones, in order: those of the IANA database, which controllers read with their binary or their image.
const ZONES: &str = include_str!("zones.txt");

/// Why there is no such time zone, and the one that was probably meant.
pub fn no_zone(zone: &str) -> Option<(&'static str, Option<&'static str>)> {
    if zone.eq_ignore_ascii_case("local") {
        return Some(("which is another one on each machine", None));
    }
    let known = || ZONES.lines();
    if known().any(|known| known == zone) {
        return None;
    }
    let alike = || known().find(|known| known.eq_ignore_ascii_case(zone));
    let of_city = || known().find(|known| known.rsplit('/').next().is_some_and(|city| city.eq_ignore_ascii_case(zone)));
    let near = alike().or_else(of_city).or_else(|| domain::nearest(zone, known()));
    Some(("which there is not", near))
}

/// Why a schedule can not be read.
pub fn problem(schedule: &str) -> Option<String> {
    if schedule.contains("TZ=") {
        return Some("the time zone belongs in `timeZone`".to_owned());
    }
    if let Some(word) = schedule.strip_prefix('@') {
        let known = WORDS.contains(&word) || word.starts_with("every ");
        return (!known).then(|| format!("there is no `@{word}`"));
    }
    let fields: Vec<&str> = schedule.split_whitespace().collect();
    if fields.len() != FIELDS.len() {
        return Some(format!("it has {} fields, and must have five", fields.len()));
    }
    let wrong = |(text, field): (&&str, Field)| text.split(',').find_map(|part| part_of(part, field));
    fields.iter().zip(FIELDS).find_map(wrong).or_else(|| never(&fields))
}

/// Why no day is one of a schedule: the 30th of February.
fn never(fields: &[&str]) -> Option<String> {
    const LONGEST: [u32; 12] = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];
    let [.., days, months, of_week] = fields else { return None };
    // A day of the week counts beside the day of the month.
    let is_any = |text: &str| text.starts_with(['*', '?']);
    if !is_any(of_week) || is_any(days) {
        return None;
    }
    let [_, _, day, month, _] = FIELDS;
    let (days, months) = (numbers(days, day), numbers(months, month));
    let first = (1..32).find(|day| days & 1 << day != 0)?;
    let comes = LONGEST.iter().zip(1..).any(|(last, month)| months & 1 << month != 0 && first <= *last);
    (!comes).then(|| "none of its months has such a day".to_owned())
}

/// The numbers that a field means, as bits.
fn numbers(text: &str, (_, least, most, names): Field) -> u64 {
    let number = |text: &str| {
        let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
        named.map(|place| place as u32 + least).or_else(|| text.parse().ok())
    };
    let of_part = |part: &str| -> u64 {
        let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, step.parse().ok()));
        let (first, last) = match range.split_once('-') {
            _ if matches!(range, "*" | "?") => (Some(least), Some(most)),
            Some((first, last)) => (number(first), number(last)),
            None if step.is_some() => (number(range), Some(most)),
            None => (number(range), number(range)),
        };
        let (Some(first), Some(last)) = (first, last) else { return 0 };
        (first..=last.min(63)).step_by(step.unwrap_or(1usize).max(1)).fold(0, |bits, number| bits | 1 << number)
    };
    text.split(',').map(of_part).fold(0, |all, bits| all | bits)
}

/// Why one part of a field can not be read.
fn part_of(part: &str, (what, least, most, names): Field) -> Option<String> {
    let (range, step) = part.split_once('/').map_or((part, None), |(range, step)| (range, Some(step)));
    if step.is_some_and(|step| step.parse::<u32>().map_or(true, |step| step == 0)) {
        return Some(format!("`{part}` has no step that counts"));
    }
    if matches!(range, "*" | "?") {
        return None;
    }
    let number = |text: &str| {
        let named = names.iter().position(|name| name.eq_ignore_ascii_case(text));
        named.map(|place| place as u32 + least).or_else(|| text.parse().ok())
    };
    let (first, last) = range.split_once('-').unwrap_or((range, range));
    let (Some(first), Some(last)) = (number(first), number(last)) else {
        return Some(format!("`{part}` is no {what}"));
    };
    if what == "day of the week" && last == 7 {
        return Some("the days of the week go from 0 to 6, and Sunday is 0".to_owned());
    }
    if first < least || last > most {
        return Some(format!("`{part}` is no {what}: these go from {least} to {most}"));
    }
    (first > last).then(|| format!("`{part}` ends before it begins"))
}

#[cfg(test)]
mod tests {
    use super::problem;

    fn check(schedules: &[&str], fine: bool) {
        for schedule in schedules {
            assert_eq!(problem(schedule).is_none(), fine, "{schedule}: {:?}", problem(schedule));
        }
    }

    #[test]
    fn schedules_that_are_read() {
        check(
            &["* * * * *", "*/5 0-6,22 1,15 JAN-MAR mon-Fri", "@hourly", "@every 1h30m", "0 3 ? * 6", "5/15 * * * *"],
            true,
        );
        check(&["0 0 29 2 *", "0 0 31 1,4 *", "0 0 30 2 1", "0 0 29-31 2 *", "0 0 1/10 feb *"], true);
    }

    #[test]
    fn schedules_that_are_refused() {
        check(&["", "* * * *", "0 3 * * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *", "0 0 * 13 *"], false);
        check(
            &["0 0 * * 7", "@reboot", "every day", "*/0 * * * *", "10-5 * * * *", "TZ=UTC 0 3 * * *", "-1 * * * *"],
            false,
        );
        check(&["0 0 30 2 *", "0 0 31 4,6,9,11 *", "0 0 31 feb,nov ?", "0 0 30-31 2 *"], false);
    }

    #[test]
    fn zones() {
        let near = |zone| super::no_zone(zone).map(|(_, near)| near);
        assert_eq!(["Etc/UTC", "Europe/Berlin", "UTC", "CET"].map(near), [None; 4]);
        assert_eq!(near("europe/berlin"), Some(Some("Europe/Berlin")));
        assert_eq!(near("Berlin"), Some(Some("Europe/Berlin")));
        assert_eq!(near("Europe/Berln"), Some(Some("Europe/Berlin")));
        assert_eq!(near("Local"), Some(None));
    }
}
