//! Methods of amounts: cpu, bytes, durations. What counts units is exact: an amount that is no whole number of them is a
//! problem, and `/` gives the fraction (`memory / 1GiB`).

use domain::{Bytes, Cpu, Duration};

use crate::methods::Problem;
use crate::methods::arguments::{argument, bytes, cpu, duration, whole};
use crate::methods::table::{Entry, entry};
use crate::methods::text::made;
use crate::value::Value;

pub(super) const TABLE: &[Entry] = &[
    entry(
        "Cpu.millis() -> Int",
        "The number of thousandths of a core.",
        "Cpu(1.5).millis()",
        "1500",
        |_, receiver, _, _| Ok(Value::Int(thousandths(cpu(receiver)?) as i64)),
    ),
    entry(
        "Cpu.cores() -> Int",
        "The number of cores. It must be whole.",
        "Cpu(2).cores()",
        "2",
        |_, receiver, _, _| {
            let cpu = cpu(receiver)?;
            units(thousandths(cpu), 1000, &cpu.to_string(), "cores")
        },
    ),
    entry("Cpu.min(other: Cpu) -> Cpu", "The lesser of two.", "Cpu(2).min(500m)", "500m", |_, receiver, args, _| {
        Ok(Value::Cpu(cpu(receiver)?.min(cpu(argument(args, 0)?)?)))
    }),
    entry("Cpu.max(other: Cpu) -> Cpu", "The greater of two.", "Cpu(2).max(500m)", "'2'", |_, receiver, args, _| {
        Ok(Value::Cpu(cpu(receiver)?.max(cpu(argument(args, 0)?)?)))
    }),
    entry(
        "Cpu.round-up(to: Cpu) -> Cpu",
        "The nearest multiple of another amount that is not less.",
        "Cpu(\"230m\").round-up(100m)",
        "300m",
        |_, receiver, args, _| round_cpu(receiver, args, Direction::Up),
    ),
    entry(
        "Cpu.round-down(to: Cpu) -> Cpu",
        "The nearest multiple of another amount that is not more.",
        "Cpu(\"230m\").round-down(100m)",
        "200m",
        |_, receiver, args, _| round_cpu(receiver, args, Direction::Down),
    ),
    entry("Cpu.to-text() -> String", "As Kubernetes writes it.", "Cpu(0.25).to-text()", "250m", |_, receiver, _, _| {
        made(cpu(receiver)?.to_string())
    }),
    entry("Bytes.bytes() -> Int", "The number of bytes.", "64KiB.bytes()", "65536", |_, receiver, _, _| {
        Ok(Value::Int(bytes(receiver)?.count() as i64))
    }),
    entry(
        "Bytes.kibibytes() -> Int",
        "The number of units of 1024 bytes. It must be whole.",
        "1MiB.kibibytes()",
        "1024",
        |_, receiver, _, _| count_bytes(receiver, 1 << 10, "kibibytes"),
    ),
    entry(
        "Bytes.mebibytes() -> Int",
        "The number of units of 1024² bytes. It must be whole.",
        "2GiB.mebibytes()",
        "2048",
        |_, receiver, _, _| count_bytes(receiver, 1 << 20, "mebibytes"),
    ),
    entry(
        "Bytes.gibibytes() -> Int",
        "The number of units of 1024³ bytes. It must be whole.",
        "96GiB.gibibytes()",
        "96",
        |_, receiver, _, _| count_bytes(receiver, 1 << 30, "gibibytes"),
    ),
    entry(
        "Bytes.megabytes() -> Int",
        "The number of units of 1000² bytes. It must be whole.",
        "1.5GB.megabytes()",
        "1500",
        |_, receiver, _, _| count_bytes(receiver, 1_000_000, "megabytes"),
    ),
    entry(
        "Bytes.gigabytes() -> Int",
        "The number of units of 1000³ bytes. It must be whole.",
        "2TB.gigabytes()",
        "2000",
        |_, receiver, _, _| count_bytes(receiver, 1_000_000_000, "gigabytes"),
    ),
    entry(
        "Bytes.min(other: Bytes) -> Bytes",
        "The lesser of two.",
        "2GiB.min(512MiB)",
        "512Mi",
        |_, receiver, args, _| Ok(Value::Bytes(bytes(receiver)?.min(bytes(argument(args, 0)?)?))),
    ),
    entry(
        "Bytes.max(other: Bytes) -> Bytes",
        "The greater of two.",
        "2GiB.max(512MiB)",
        "2Gi",
        |_, receiver, args, _| Ok(Value::Bytes(bytes(receiver)?.max(bytes(argument(args, 0)?)?))),
    ),
    entry(
        "Bytes.round-up(to: Bytes) -> Bytes",
        "The nearest multiple of another amount that is not less.",
        "1500MiB.round-up(1GiB)",
        "2Gi",
        |_, receiver, args, _| round_bytes(receiver, args, Direction::Up),
    ),
    entry(
        "Bytes.round-down(to: Bytes) -> Bytes",
        "The nearest multiple of another amount that is not more.",
        "1500MiB.round-down(1GiB)",
        "1Gi",
        |_, receiver, args, _| round_bytes(receiver, args, Direction::Down),
    ),
    entry(
        "Bytes.to-text() -> String",
        "As Kubernetes writes it.",
        "1536MiB.to-text()",
        "1536Mi",
        |_, receiver, _, _| made(bytes(receiver)?.to_string()),
    ),
    entry(
        "Duration.milliseconds() -> Int",
        "The number of milliseconds. It must be whole.",
        "1.5s.milliseconds()",
        "1500",
        |_, receiver, _, _| count_time(receiver, 1_000_000, "milliseconds"),
    ),
    entry(
        "Duration.seconds() -> Int",
        "The number of seconds. It must be whole.",
        "1h30m.seconds()",
        "5400",
        |_, receiver, _, _| count_time(receiver, SECOND, "seconds"),
    ),
    entry(
        "Duration.minutes() -> Int",
        "The number of minutes. It must be whole.",
        "1h30m.minutes()",
        "90",
        |_, receiver, _, _| count_time(receiver, 60 * SECOND, "minutes"),
    ),
    entry(
        "Duration.hours() -> Int",
        "The number of hours. It must be whole.",
        "2d.hours()",
        "48",
        |_, receiver, _, _| count_time(receiver, 3600 * SECOND, "hours"),
    ),
    entry(
        "Duration.days() -> Int",
        "The number of days of 24 hours. It must be whole.",
        "2w.days()",
        "14",
        |_, receiver, _, _| count_time(receiver, 86_400 * SECOND, "days"),
    ),
    entry(
        "Duration.min(other: Duration) -> Duration",
        "The shorter of two.",
        "90s.min(1h)",
        "1m30s",
        |_, receiver, args, _| Ok(Value::Duration(duration(receiver)?.min(duration(argument(args, 0)?)?))),
    ),
    entry(
        "Duration.max(other: Duration) -> Duration",
        "The longer of two.",
        "90s.max(1h)",
        "1h",
        |_, receiver, args, _| Ok(Value::Duration(duration(receiver)?.max(duration(argument(args, 0)?)?))),
    ),
    entry(
        "Duration.round-up(to: Duration) -> Duration",
        "The nearest multiple of another duration that is not less.",
        "90s.round-up(1h)",
        "1h",
        |_, receiver, args, _| round_time(receiver, args, Direction::Up),
    ),
    entry(
        "Duration.round-down(to: Duration) -> Duration",
        "The nearest multiple of another duration that is not more.",
        "100s.round-down(1h30s)",
        "0s",
        |_, receiver, args, _| round_time(receiver, args, Direction::Down),
    ),
    entry(
        "Duration.to-text() -> String",
        "As Go reads it, without days.",
        "2d.to-text()",
        "48h",
        |_, receiver, _, _| made(duration(receiver)?.to_string()),
    ),
    entry(
        "Duration.to-text-with-days() -> String",
        "As Prometheus reads it, with days.",
        "36h.to-text-with-days()",
        "1d12h",
        |_, receiver, _, _| made(duration(receiver)?.to_text_days()),
    ),
];

const SECOND: i128 = 1_000_000_000;

/// Which multiple is meant.
#[derive(Clone, Copy)]
enum Direction {
    Up,
    Down,
}

fn thousandths(cpu: Cpu) -> i128 {
    i128::from(cpu.thousandths())
}

fn count_bytes(receiver: &Value, unit: i128, name: &str) -> Result<Value, Problem> {
    let bytes = bytes(receiver)?;
    units(bytes.count().into(), unit, &bytes.to_string(), name)
}

fn count_time(receiver: &Value, unit: i128, name: &str) -> Result<Value, Problem> {
    let duration = duration(receiver)?;
    units(duration.nanoseconds().into(), unit, &duration.to_string(), name)
}

fn units(count: i128, unit: i128, text: &str, name: &str) -> Result<Value, Problem> {
    if count % unit == 0 {
        return whole(count / unit, || format!("the number of {name} in `{text}`"));
    }
    Err(Problem::new(format!("`{text}` is no whole number of {name}"))
        .with_help("round it before with `round-up` or `round-down`, or divide with `/` for a fraction"))
}

fn round_cpu(receiver: &Value, args: &[Value], direction: Direction) -> Result<Value, Problem> {
    let (amount, to): (Cpu, Cpu) = (cpu(receiver)?, cpu(argument(args, 0)?)?);
    to.times(multiple(thousandths(amount), thousandths(to), direction)?).map(Value::Cpu)
}

fn round_bytes(receiver: &Value, args: &[Value], direction: Direction) -> Result<Value, Problem> {
    let (amount, to): (Bytes, Bytes) = (bytes(receiver)?, bytes(argument(args, 0)?)?);
    to.times(multiple(amount.count().into(), to.count().into(), direction)?).map(Value::Bytes)
}

fn round_time(receiver: &Value, args: &[Value], direction: Direction) -> Result<Value, Problem> {
    let (amount, to): (Duration, Duration) = (duration(receiver)?, duration(argument(args, 0)?)?);
    to.times(multiple(amount.nanoseconds().into(), to.nanoseconds().into(), direction)?).map(Value::Duration)
}

/// How often `unit` is taken.
fn multiple(amount: i128, unit: i128, direction: Direction) -> Result<i128, Problem> {
    if unit <= 0 {
        return Err(Problem::new("an amount is rounded to multiples of one that is more than nothing"));
    }
    let below = amount.div_euclid(unit);
    Ok(match direction {
        Direction::Up if below * unit < amount => below + 1,
        _ => below,
    })
}

#[cfg(test)]
#[allow(clippy::unwrap_used, reason = "a test fails by panicking")]
mod tests {
    use super::*;
    use crate::methods::testing::{check, fails, int};

    fn time(text: &str) -> Value {
        Value::Duration(Duration::parse(text).unwrap())
    }

    fn memory(text: &str) -> Value {
        Value::Bytes(Bytes::parse(text).unwrap())
    }

    #[test]
    fn units_are_exact() {
        fails(time("90s"), "minutes", [], "`1m30s` is no whole number of minutes");
        fails(memory("1500Mi"), "gibibytes", [], "`1500Mi` is no whole number of gibibytes");
        fails(Value::Cpu(Cpu::parse("250m").unwrap()), "cores", [], "no whole number of cores");
        check(time("-90s"), "seconds", [], int(-90));
    }

    #[test]
    fn rounding() {
        check(time("-90s"), "round-down", [time("1m")], time("-2m"));
        check(time("-90s"), "round-up", [time("1m")], time("-1m"));
        check(memory("2Gi"), "round-up", [memory("1Gi")], memory("2Gi"));
        fails(memory("2Gi"), "round-up", [memory("0")], "more than nothing");
        fails(memory("7Ei"), "round-up", [memory("5Ei")], "too large");
    }
}
