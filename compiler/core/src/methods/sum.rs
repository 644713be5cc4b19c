//! Methods of lists that add up their elements.

use domain::{Bytes, Cpu, Duration};

use crate::methods::Problem;
use crate::methods::arguments::{bytes, cpu, duration, float, int, items, number};
use crate::methods::sort::empty;
use crate::methods::table::{Entry, entry};
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry("[Int].sum() -> Int", "The sum; 0 for an empty list.", "[1, 2, 3].sum()", "6", |_, receiver, _, _| {
        let sum = items(receiver)?.iter().try_fold(0_i64, |sum, item| {
            sum.checked_add(int(&item.value)?).ok_or_else(|| Problem::new("the sum is too large for an Int"))
        });
        sum.map(Value::Int)
    }),
    entry(
        "[Float].sum() -> Float",
        "The sum; 0.0 for an empty list.",
        "[0.5, 1.5].sum()",
        "2.0",
        |_, receiver, _, _| {
            items(receiver)?.iter().try_fold(0.0, |sum, item| Ok(sum + float(&item.value)?)).map(number)
        },
    ),
    entry(
        "[Cpu].sum() -> Cpu",
        "The sum; none at all for an empty list.",
        "[Cpu(1), Cpu(\"250m\")].sum()",
        "1250m",
        |_, receiver, _, _| {
            Ok(Value::Cpu(items(receiver)?.iter().try_fold(Cpu::default(), |sum, item| sum.plus(cpu(&item.value)?))?))
        },
    ),
    entry(
        "[Bytes].sum() -> Bytes",
        "The sum; none at all for an empty list.",
        "[1GiB, 512MiB].sum()",
        "1536Mi",
        |_, receiver, _, _| {
            let none = Bytes::from_count(0)?;
            Ok(Value::Bytes(items(receiver)?.iter().try_fold(none, |sum, item| sum.plus(bytes(&item.value)?))?))
        },
    ),
    entry(
        "[Duration].sum() -> Duration",
        "The sum; none at all for an empty list.",
        "[1h, 30s].sum()",
        "1h30s",
        |_, receiver, _, _| {
            let none = Duration::default();
            Ok(Value::Duration(items(receiver)?.iter().try_fold(none, |sum, item| sum.plus(duration(&item.value)?))?))
        },
    ),
    entry(
        "[Float].average() -> Float",
        "The sum by the size; the list may not be empty.",
        "[1, 2].average()",
        "1.5",
        |_, receiver, _, _| {
            let items = items(receiver)?;
            let sum = items.iter().try_fold(0.0, |sum, item| Ok(sum + float(&item.value)?))?;
            if items.is_empty() { Err(empty("average")) } else { Ok(number(sum / items.len() as f64)) }
        },
    ),
];

#[cfg(test)]
mod tests {
    use crate::methods::testing::{at, check, fails, int, ints};
    use crate::value::Value;

    #[test]
    fn sums_do_not_overflow() {
        fails(ints([i64::MAX, 1]), "sum", [], "too large");
        fails(ints([]), "average", [], "an empty list has no average");
        check(ints([]), "sum", [], int(0));
    }

    #[test]
    fn what_is_wrong_in_a_list_is_told_once() {
        let broken = || Value::list([int(1), Value::Error], at());
        check(broken(), "sum", [], Value::Error);
        check(broken(), "size", [], int(2));
    }
}
