//! What holds for all addresses, networks, ranges, ports and hardware addresses.

use domain::{Cidr, Family, Ip, IpRange, Mac, Port, PortRange};
use proptest::prelude::*;

fn any_ip() -> impl Strategy<Value = Ip> {
    prop_oneof![
        any::<u32>().prop_map(|bits| Ip::V4(bits.into())),
        any::<u128>().prop_map(|bits| Ip::V6(bits.into())),
        // Many zeros, for the short forms of IPv6.
        (any::<u16>(), 0_u32..8).prop_map(|(bits, group)| Ip::V6((u128::from(bits) << (16 * group)).into())),
    ]
}

fn any_cidr() -> impl Strategy<Value = Cidr> {
    (any_ip(), 0_u8..=128).prop_filter_map("a prefix of the family", |(ip, prefix)| {
        Cidr::containing(ip, prefix % (ip.family().width() + 1)).ok()
    })
}

/// A range near the beginning, the middle or the end of its address space, small enough to be listed.
fn short_range() -> impl Strategy<Value = IpRange> {
    (any_ip(), 0_i128..600).prop_filter_map("a range within the address space", |(first, length)| {
        IpRange::new(first, first.plus(length).ok()?).ok()
    })
}

fn addresses(range: IpRange) -> impl Iterator<Item = Option<Ip>> {
    let first = range.first().bits();
    (0..range.size()).map(move |place| Ip::from_bits(range.family(), first + place))
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn an_address_is_read_as_it_is_printed(ip in any_ip()) {
        prop_assert_eq!(Ip::parse(&ip.to_string()), Ok(ip));
    }

    #[test]
    fn addresses_order_as_numbers(one in any_ip(), other in any_ip()) {
        prop_assert_eq!(one.cmp(&other), (one.family(), one.bits()).cmp(&(other.family(), other.bits())));
    }

    #[test]
    fn moving_an_address_is_undone_by_its_distance(ip in any_ip(), count in any::<i64>()) {
        if let Ok(moved) = ip.plus(i128::from(count)) {
            prop_assert_eq!(moved.distance_from(ip), Ok(i128::from(count)));
            prop_assert_eq!(moved.minus(i128::from(count)), Ok(ip));
        }
    }

    #[test]
    fn a_network_is_read_as_it_is_printed(network in any_cidr()) {
        prop_assert_eq!(Cidr::parse(&network.to_string()), Ok(network));
    }

    #[test]
    fn a_refused_network_offers_one_that_contains_its_address(ip in any_ip(), prefix in 0_u8..=32) {
        if let Err(problem) = Cidr::parse(&format!("{ip}/{prefix}")) {
            let meant = Cidr::parse(&problem.fix.unwrap_or_default());
            prop_assert_eq!(meant.map(|network| network.contains(ip) && network.prefix() == prefix), Ok(true));
        }
    }

    #[test]
    fn a_network_contains_its_ends_and_not_their_neighbours(network in any_cidr()) {
        prop_assert!(network.contains(network.first()) && network.contains(network.last()));
        prop_assert!(!network.last().plus(1).is_ok_and(|after| network.contains(after)));
        prop_assert!(!network.first().minus(1).is_ok_and(|before| network.contains(before)));
        prop_assert_eq!(network.host(-1), Ok(network.last()));
        prop_assert_eq!(network.host(0), Ok(network.first()));
    }

    #[test]
    fn subnets_partition_a_network(network in any_cidr(), more in 0_u8..8) {
        let prefix = (network.prefix() + more).min(network.family().width());
        let subnets = network.subnets(prefix).unwrap_or_default();
        prop_assert_eq!(subnets.first().map(|subnet| subnet.first()), Some(network.first()));
        prop_assert_eq!(subnets.last().map(|subnet| subnet.last()), Some(network.last()));
        for (number, subnet) in subnets.iter().enumerate() {
            prop_assert_eq!(network.subnet(prefix, number as i128), Ok(*subnet));
            prop_assert_eq!(subnet.supernet(network.prefix()), Ok(network));
            prop_assert!(network.contains_cidr(*subnet));
            if let Some(next) = subnets.get(number + 1) {
                prop_assert_eq!(subnet.last().plus(1), Ok(next.first()));
            }
        }
    }

    #[test]
    fn networks_overlap_when_one_contains_the_other(one in any_cidr(), other in any_cidr()) {
        let contains = one.contains_cidr(other) || other.contains_cidr(one);
        prop_assert_eq!(one.overlaps(other), contains);
        prop_assert_eq!(IpRange::from(one).overlaps(IpRange::from(other)), contains);
    }

    #[test]
    fn a_range_is_read_as_it_is_printed(range in short_range()) {
        prop_assert_eq!(IpRange::parse(&range.to_string()), Ok(range));
        prop_assert_eq!(IpRange::parse(&format!("{}..{}", range.first(), range.last())), Ok(range));
    }

    #[test]
    fn the_networks_of_a_range_cover_exactly_it(range in short_range()) {
        let covered: Vec<Option<Ip>> = range.cidrs().into_iter().flat_map(|network| addresses(network.into())).collect();
        prop_assert_eq!(covered, addresses(range).collect::<Vec<_>>());
    }

    #[test]
    fn the_networks_of_a_range_can_not_be_joined(range in short_range()) {
        for pair in range.cidrs().windows(2) {
            if let [one, other] = pair {
                let joined = one.supernet(one.prefix().saturating_sub(1));
                prop_assert!(one.prefix() != other.prefix() || !joined.is_ok_and(|joined| joined.contains_cidr(*other)));
            }
        }
    }

    #[test]
    fn a_network_is_the_only_network_of_its_range(network in any_cidr()) {
        prop_assert_eq!(IpRange::from(network).cidrs(), vec![network]);
        prop_assert_eq!(IpRange::from(network).to_cidr(), Some(network));
        prop_assert_eq!(IpRange::from(network).size(), network.size());
    }

    #[test]
    fn a_hardware_address_is_read_as_it_is_printed(octets in any::<[u8; 6]>()) {
        let text = octets.map(|octet| format!("{octet:02X}")).join(":");
        let mac = Mac::parse(&text);
        prop_assert_eq!(mac.as_ref().map(|mac| mac.octets()), Ok(octets));
        prop_assert_eq!(mac.as_ref().map(ToString::to_string), Ok(text.to_lowercase()));
    }

    #[test]
    fn ports_are_the_numbers_above_zero(number in any::<i32>()) {
        let port = Port::new(i128::from(number));
        prop_assert_eq!(port.is_ok(), (1..=65535).contains(&number));
        prop_assert_eq!(Port::parse(&number.to_string()).ok(), port.ok());
    }

    #[test]
    fn a_range_of_ports_is_read_as_it_is_printed(one in 1_i128..=65535, other in 1_i128..=65535) {
        let range = Port::new(one).and_then(|first| PortRange::new(first, Port::new(other)?));
        match range {
            Ok(range) => {
                prop_assert_eq!(PortRange::parse(&range.to_string()), Ok(range));
                prop_assert_eq!(i128::from(range.size()), other - one + 1);
            }
            Err(problem) => {
                prop_assert!(one > other);
                prop_assert!(PortRange::parse(&problem.fix.unwrap_or_default()).is_ok());
            }
        }
    }

    #[test]
    fn no_text_is_too_strange(text in "[0-9a-f:./%\\[\\]x-]{0,24}") {
        for fix in [Ip::parse(&text).err(), Cidr::parse(&text).err(), IpRange::parse(&text).err(), Mac::parse(&text).err()] {
            let Some(fix) = fix.and_then(|problem| problem.fix) else { continue };
            let is_valid = Ip::parse(&fix).is_ok() || Cidr::parse(&fix).is_ok() || IpRange::parse(&fix).is_ok() || Mac::parse(&fix).is_ok();
            prop_assert!(is_valid, "the fix `{}` of `{}` is wrong itself", fix, text);
        }
    }
}

#[test]
fn the_whole_of_each_family_is_one_network() {
    for (text, family) in [("0.0.0.0/0", Family::V4), ("::/0", Family::V6)] {
        let whole = Cidr::parse(text);
        assert_eq!(whole.as_ref().map(|whole| whole.family()), Ok(family));
        assert_eq!(whole.map(|whole| IpRange::from(whole).cidrs()), Cidr::parse(text).map(|whole| vec![whole]));
    }
}
