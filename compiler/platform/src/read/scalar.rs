//! Scalars as the types that the model has them in. Text is read where the value has no type of its own.

use domain::{Bytes, Cidr, Cpu, Duration, Ip, IpRange, Version};

use crate::model::{Long, PortName, Said, Text};
use crate::{Node, Scalar};

/// A fact, where a value can be read as one.
pub fn said<N: Node, T>(node: Option<N>, read: impl Fn(N) -> Option<T>) -> Option<Said<T>> {
    let node = node?;
    Some(Said { value: read(node)?, at: node.place(), given: node.given() })
}

/// Facts of a list; what can not be read is left out.
pub fn all_said<N: Node, T>(node: Option<N>, read: impl Fn(N) -> Option<T>) -> Vec<Said<T>> {
    let items = node.map(Node::items).unwrap_or_default();
    items.into_iter().filter_map(|item| said(Some(item), &read)).collect()
}

/// Short text, or what is written as text.
pub fn text<N: Node>(node: N) -> Option<Text> {
    long(node).map(Text::from)
}

/// Text of any length, or what is written as text.
pub fn long<N: Node>(node: N) -> Option<Long> {
    Some(match node.scalar()? {
        Scalar::Text(text) => text,
        Scalar::Bool(truth) => truth.to_string().into(),
        Scalar::Int(number) => number.to_string().into(),
        Scalar::Float(number) => number.to_string().into(),
        Scalar::Ip(ip) => ip.to_string().into(),
        Scalar::Cidr(cidr) => cidr.to_string().into(),
        Scalar::Range(range) => range.to_string().into(),
        Scalar::Numbers(first, last) => format!("{first}..{last}").into(),
        Scalar::Cpu(cpu) => cpu.to_string().into(),
        Scalar::Bytes(bytes) => bytes.to_string().into(),
        Scalar::Duration(duration) => duration.to_string().into(),
    })
}

/// A truth.
pub fn truth<N: Node>(node: N) -> Option<bool> {
    match node.scalar()? {
        Scalar::Bool(truth) => Some(truth),
        _ => None,
    }
}

/// A whole number.
pub fn int<N: Node>(node: N) -> Option<i64> {
    match node.scalar()? {
        Scalar::Int(number) => Some(number),
        Scalar::Text(text) => text.parse().ok(),
        _ => None,
    }
}

/// How many, of what is counted in whole units, however the amount is written.
pub fn count<N: Node>(node: N) -> Option<i64> {
    match node.scalar()? {
        Scalar::Cpu(cpu) => i64::try_from(cpu.thousandths().div_ceil(1000)).ok(),
        Scalar::Bytes(bytes) => i64::try_from(bytes.count()).ok(),
        Scalar::Float(number) if number.fract() == 0.0 => Some(number as i64),
        _ => int(node),
    }
}

/// A port by its number.
pub fn port<N: Node>(node: N) -> Option<u16> {
    u16::try_from(int(node)?).ok()
}

/// A port by number or name.
pub fn port_name<N: Node>(node: N) -> Option<PortName> {
    match node.scalar()? {
        Scalar::Int(number) => u16::try_from(number).ok().map(PortName::Number),
        Scalar::Text(text) => Some(text.parse().map_or(PortName::Name(text.into()), PortName::Number)),
        _ => None,
    }
}

/// An address.
pub fn ip<N: Node>(node: N) -> Option<Ip> {
    match node.scalar()? {
        Scalar::Ip(ip) => Some(ip),
        Scalar::Text(text) => Ip::parse(&text).ok(),
        _ => None,
    }
}

/// A network.
pub fn cidr<N: Node>(node: N) -> Option<Cidr> {
    match node.scalar()? {
        Scalar::Cidr(cidr) => Some(cidr),
        Scalar::Text(text) => Cidr::parse(&text).ok(),
        _ => None,
    }
}

/// A range of addresses; a network is one too.
pub fn range<N: Node>(node: N) -> Option<IpRange> {
    let of = |cidr: Cidr| IpRange::new(cidr.first(), cidr.last()).ok();
    match node.scalar()? {
        Scalar::Range(range) => Some(range),
        Scalar::Cidr(cidr) => of(cidr),
        Scalar::Text(text) => match text.split_once('-') {
            Some((first, last)) => IpRange::new(Ip::parse(first.trim()).ok()?, Ip::parse(last.trim()).ok()?).ok(),
            None => IpRange::parse(&text).ok().or_else(|| of(Cidr::parse(&text).ok()?)),
        },
        _ => None,
    }
}

/// A range of ports.
pub fn ports<N: Node>(node: N) -> Option<(u16, u16)> {
    match node.scalar()? {
        Scalar::Numbers(first, last) => Some((u16::try_from(first).ok()?, u16::try_from(last).ok()?)),
        _ => None,
    }
}

/// Processor time.
pub fn cpu<N: Node>(node: N) -> Option<Cpu> {
    match node.scalar()? {
        Scalar::Cpu(cpu) => Some(cpu),
        Scalar::Int(number) => Cpu::from_thousandths(i128::from(number) * 1000).ok(),
        Scalar::Float(number) => Cpu::from_float(number).ok(),
        Scalar::Text(text) => Cpu::parse(&text).ok(),
        _ => None,
    }
}

/// Memory or disk.
pub fn bytes<N: Node>(node: N) -> Option<Bytes> {
    match node.scalar()? {
        Scalar::Bytes(bytes) => Some(bytes),
        Scalar::Int(number) => Bytes::from_count(i128::from(number)).ok(),
        Scalar::Text(text) => Bytes::parse(&text).ok(),
        _ => None,
    }
}

/// A span of time.
pub fn duration<N: Node>(node: N) -> Option<Duration> {
    match node.scalar()? {
        Scalar::Duration(duration) => Some(duration),
        _ => Duration::parse(&text(node)?).ok(),
    }
}

/// A version.
pub fn version<N: Node>(node: N) -> Option<Version> {
    Version::parse(&text(node)?).ok()
}
