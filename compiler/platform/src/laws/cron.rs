//! When a cron job runs, as its controller reads it: five fields, or a word.

const MONTHS: &[&str] = &["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];
const DAYS: &[&str] = &["sun", "mon", "tue", "wed", "thu", "fri", "sat"];
const WORDS: &[&str] = &["yearly", "annually", "monthly", "weekly", "daily", "midnight", "hourly"];

/// A field: what it is, its least and its most, and the names that its numbers have.
const FIELDS: [(&str, u32, u32, &[&str]); 5] = [
    ("minute", 0, 59, &[]),
    ("hour", 0, 23, &[]),
    ("day of the month", 1, 31, &[]),
    ("month", 1, 12, MONTHS),
    ("day of the week", 0, 6, DAYS),
];

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
    fields.into_iter().zip(FIELDS).find_map(|(text, field)| text.split(',').find_map(|part| part_of(part, field)))
}

/// Why one part of a field can not be read.
fn part_of(part: &str, (what, least, most, names): (&str, u32, u32, &[&str])) -> Option<String> {
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
    }

    #[test]
    fn schedules_that_are_refused() {
        check(&["", "* * * *", "0 3 * * * *", "60 * * * *", "0 24 * * *", "0 0 0 * *", "0 0 * 13 *"], false);
        check(
            &["0 0 * * 7", "@reboot", "every day", "*/0 * * * *", "10-5 * * * *", "TZ=UTC 0 3 * * *", "-1 * * * *"],
            false,
        );
    }
}
