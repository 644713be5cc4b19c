//! What holds for all amounts and durations: what is printed is read again, and arithmetic is that of the counted units.

use domain::{Bytes, Cpu, Duration, UnitNumber};
use proptest::prelude::*;

const BYTE_UNITS: [&str; 25] = [
    "", "k", "M", "G", "T", "P", "E", "kB", "MB", "GB", "TB", "PB", "EB", "Ki", "Mi", "Gi", "Ti", "Pi", "Ei", "KiB",
    "MiB", "GiB", "TiB", "PiB", "EiB",
];

/// The bytes of a unit, computed apart from the table in the crate.
fn unit_bytes(unit: &str) -> u128 {
    let base: u128 = if unit.contains('i') { 1024 } else { 1000 };
    let letter = unit.chars().next().unwrap_or(' ').to_ascii_lowercase();
    base.pow(" kmgtpe".find(letter).unwrap_or(0) as u32)
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_amount_of_bytes_is_its_number_times_its_unit(number in 0_u64..20_000, unit in prop::sample::select(&BYTE_UNITS[..])) {
        let count = u128::from(number) * unit_bytes(unit);
        let bytes = Bytes::parse(&format!("{number}{unit}"));
        prop_assert_eq!(bytes.is_ok(), count < 1 << 63);
        if let Ok(bytes) = bytes {
            prop_assert_eq!(u128::from(bytes.count()), count);
            let printed = bytes.to_string();
            prop_assert_eq!(Bytes::parse(&printed), Ok(bytes));
            prop_assert!(!printed.contains('B'));
            prop_assert!(count < 1024 || printed.contains('i') <= unit.contains('i'));
        }
    }

    #[test]
    fn fractions_of_bytes_are_exact(thousandths in 0_u128..100_000, unit in prop::sample::select(&BYTE_UNITS[..])) {
        let text = format!("{}.{:03}{unit}", thousandths / 1000, thousandths % 1000);
        let total = thousandths * unit_bytes(unit);
        let expected = (total.is_multiple_of(1000) && total / 1000 < 1 << 63).then_some(total / 1000);
        prop_assert_eq!(Bytes::parse(&text).ok().map(|bytes| u128::from(bytes.count())), expected);
    }

    #[test]
    fn cpu_is_read_as_it_is_printed(thousandths in 0_i128..i128::from(i64::MAX)) {
        let cpu = Cpu::from_thousandths(thousandths);
        let printed = cpu.as_ref().map(ToString::to_string).unwrap_or_default();
        prop_assert_eq!(Cpu::parse(&printed), cpu.clone());
        let whole = format!("{}.{:03}", thousandths / 1000, thousandths % 1000);
        prop_assert_eq!(Cpu::parse(&whole), cpu);
    }

    #[test]
    fn a_duration_is_read_as_it_is_printed(nanoseconds in prop_oneof![any::<i64>(), -5_000_000_000_i64..5_000_000_000]) {
        let duration = Duration::from_nanoseconds(i128::from(nanoseconds));
        let texts = duration.as_ref().map(|duration| [duration.to_string(), duration.to_text_days()]);
        for text in texts.unwrap_or_default() {
            prop_assert_eq!(Duration::parse(&text).map(Duration::nanoseconds), Ok(nanoseconds), "reading `{}`", text);
        }
    }

    #[test]
    fn durations_count_their_units(days in 0_i128..1000, hours in 1_i128..50, minutes in 1_i128..90, seconds in 1_i128..90) {
        let total = ((days * 24 + hours) * 60 + minutes) * 60 + seconds;
        prop_assert_eq!(Duration::parse(&format!("{days}d{hours}h{minutes}m{seconds}s")), Duration::from_seconds(total));
    }

    #[test]
    fn arithmetic_is_that_of_the_counts(one in 0_i64.., other in 0_i64.., count in -5_i64..50) {
        let bytes = |count: i64| Bytes::from_count(i128::from(count));
        let cpu = |count: i64| Cpu::from_thousandths(i128::from(count));
        let duration = |count: i64| Duration::from_nanoseconds(i128::from(count));
        let not_negative = |number: &i64| *number >= 0;

        let sum = one.checked_add(other);
        prop_assert_eq!(bytes(one).and_then(|amount| amount.plus(bytes(other)?)).ok(), sum.and_then(|sum| bytes(sum).ok()));
        prop_assert_eq!(cpu(one).and_then(|amount| amount.plus(cpu(other)?)).ok(), sum.and_then(|sum| cpu(sum).ok()));
        prop_assert_eq!(duration(one).and_then(|amount| amount.plus(duration(other)?)).ok(), sum.and_then(|sum| duration(sum).ok()));

        let rest = one - other;
        prop_assert_eq!(bytes(one).and_then(|amount| amount.minus(bytes(other)?)).ok(), bytes(rest).ok());
        prop_assert_eq!(cpu(one).and_then(|amount| amount.minus(cpu(other)?)).ok(), cpu(rest).ok());
        prop_assert_eq!(duration(one).and_then(|amount| amount.minus(duration(other)?)).ok(), duration(rest).ok());

        let product = one.checked_mul(count);
        let count = i128::from(count);
        let positive = product.filter(not_negative);
        prop_assert_eq!(bytes(one).and_then(|amount| amount.times(count)).ok(), positive.and_then(|product| bytes(product).ok()));
        prop_assert_eq!(cpu(one).and_then(|amount| amount.times(count)).ok(), positive.and_then(|product| cpu(product).ok()));
        prop_assert_eq!(duration(one).and_then(|amount| amount.times(count)).ok(), product.and_then(|product| duration(product).ok()));

        if count > 0 {
            prop_assert_eq!(bytes(one).and_then(|amount| amount.divided_by(count)), Bytes::from_count(i128::from(one) / count));
            prop_assert_eq!(cpu(one).and_then(|amount| amount.divided_by(count)), Cpu::from_thousandths(i128::from(one) / count));
            prop_assert_eq!(duration(one).and_then(|amount| amount.divided_by(count)), Duration::from_nanoseconds(i128::from(one) / count));
        }
    }

    #[test]
    fn kubernetes_text_keeps_every_reading(number in 1_u32..100_000, unit in "(m|s|ms|h|d|w|Ki|MiB|GB|k|)") {
        let text = format!("{number}{unit}");
        let rewritten = UnitNumber::parse(&text).and_then(|quantity| UnitNumber::parse(&quantity.kubernetes_text()));
        let quantity = UnitNumber::parse(&text);
        let readings = |quantity: &UnitNumber| (quantity.as_cpu().ok(), quantity.as_bytes().ok(), quantity.as_duration().ok());
        prop_assert_eq!(rewritten.as_ref().map(readings), quantity.as_ref().map(readings));
    }

    #[test]
    fn no_text_is_too_strange(text in "[0-9]{0,3}[0-9a-zA-Z_.\u{b5}-]{0,12}") {
        // A fix may still be wrong in another way, but it never leads back to itself.
        let parsers: [fn(&str) -> Option<String>; 3] = [
            |text| Cpu::parse(text).err().and_then(|problem| problem.fix),
            |text| Bytes::parse(text).err().and_then(|problem| problem.fix),
            |text| Duration::parse(text).err().and_then(|problem| problem.fix),
        ];
        for fix_of in parsers {
            let last = std::iter::successors(fix_of(&text), |fix| fix_of(fix)).nth(8);
            prop_assert_eq!(last, None, "fixing `{}` does not end", text);
        }
    }
}
