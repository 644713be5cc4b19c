//! Values of scalar types: numbers, texts, and what the domain knows, converted from one another and read from text.

use domain::Problem;

use super::coerce::Misfit;
use crate::ty::{Literal, Scalar};
use crate::value::{Float, Value};

/// Whether a value is the one that a literal type has.
pub(super) fn literal_is(literal: &Literal, value: &Value) -> bool {
    match (literal, value) {
        (Literal::Text(one), Value::Text(other)) => one.as_str() == &**other,
        (Literal::Int(one), Value::Int(other)) => one == other,
        (Literal::Bool(one), Value::Bool(other)) => one == other,
        _ => false,
    }
}

/// Whether a value is of a scalar type as it stands.
pub(super) fn scalar_is(scalar: Scalar, value: &Value) -> bool {
    match (scalar, value) {
        (Scalar::Bool, Value::Bool(_))
        | (Scalar::Int, Value::Int(_))
        | (Scalar::Float, Value::Float(_))
        | (Scalar::String, Value::Text(_))
        | (Scalar::Ip, Value::Ip(_))
        | (Scalar::Cidr, Value::Cidr(_))
        | (Scalar::IpRange, Value::IpRange(_))
        | (Scalar::IntRange, Value::IntRange(..))
        | (Scalar::Mac, Value::Mac(_))
        | (Scalar::PortRange, Value::PortRange(_))
        | (Scalar::Cpu, Value::Cpu(_))
        | (Scalar::Bytes, Value::Bytes(_))
        | (Scalar::Duration, Value::Duration(_)) => true,
        (Scalar::Ip4 | Scalar::Ip6, Value::Ip(_)) | (Scalar::Port, Value::Int(_)) => {
            convert_scalar(value.clone(), scalar).is_ok()
        }
        (textual, Value::Text(text)) if textual.is_textual() => text_form(textual, text).is_ok(),
        _ => false,
    }
}

/// The value as one of a scalar type.
pub fn convert_scalar(value: Value, scalar: Scalar) -> Result<Value, Misfit> {
    match (scalar, &value) {
        (Scalar::Float, Value::Int(number)) => Ok(Value::Float(Float(*number as f64))),
        (Scalar::Port, Value::Int(number)) => {
            domain::Port::new(i128::from(*number)).map(|_| value).map_err(Misfit::Form)
        }
        (Scalar::Ip4, Value::Ip(ip)) if ip.family() == domain::Family::V4 => Ok(value),
        (Scalar::Ip6, Value::Ip(ip)) if ip.family() == domain::Family::V6 => Ok(value),
        (Scalar::Ip4, Value::Ip(ip)) => Err(Misfit::Form(Problem::new(format!("`{ip}` is no IPv4 address")))),
        (Scalar::Ip6, Value::Ip(ip)) => Err(Misfit::Form(Problem::new(format!("`{ip}` is no IPv6 address")))),
        (Scalar::PortRange, Value::IntRange(first, last)) => {
            let first = domain::Port::new(i128::from(*first)).map_err(Misfit::Form)?;
            let last = domain::Port::new(i128::from(*last)).map_err(Misfit::Form)?;
            domain::PortRange::new(first, last).map(Value::PortRange).map_err(Misfit::Form)
        }
        (Scalar::Cpu, Value::Int(number)) => number.checked_mul(1000).ok_or(Misfit::Type).and_then(|thousandths| {
            domain::Cpu::from_thousandths(i128::from(thousandths)).map(Value::Cpu).map_err(Misfit::Form)
        }),
        (Scalar::Cpu, Value::Float(number)) => domain::Cpu::from_float(number.0).map(Value::Cpu).map_err(Misfit::Form),
        (Scalar::Bytes, Value::Int(number)) => {
            domain::Bytes::from_count(i128::from(*number)).map(Value::Bytes).map_err(Misfit::Form)
        }
        (textual, Value::Text(text)) if textual.is_textual() => {
            text_form(textual, text).map(|()| value).map_err(Misfit::Form)
        }
        _ if scalar_is(scalar, &value) => Ok(value),
        _ => Err(Misfit::Type),
    }
}

/// Whether a text has the form that a textual type asks for.
pub fn text_form(scalar: Scalar, text: &str) -> Result<(), Problem> {
    match scalar {
        Scalar::Version => domain::Version::parse(text).map(drop),
        Scalar::Image => domain::Image::parse(text).map(drop),
        Scalar::Name => domain::Name::parse(text).map(drop),
        Scalar::Hostname => domain::Hostname::parse(text).map(drop),
        Scalar::Url => domain::Url::parse(text).map(drop),
        Scalar::Path => domain::Path::parse(text).map(drop),
        Scalar::Regex => crate::methods::regex_form(text),
        _ => Ok(()),
    }
}

/// Reads a text as a value of a scalar type, as the conversion `Ip("10.0.0.1")` does.
pub fn parse_scalar(scalar: Scalar, text: &str) -> Result<Value, Problem> {
    match scalar {
        Scalar::Ip => domain::Ip::parse(text).map(Value::Ip),
        Scalar::Ip4 | Scalar::Ip6 => {
            let ip = domain::Ip::parse(text)?;
            match convert_scalar(Value::Ip(ip), scalar) {
                Err(Misfit::Form(problem)) => Err(problem),
                _ => Ok(Value::Ip(ip)),
            }
        }
        Scalar::Cidr => domain::Cidr::parse(text).map(Value::Cidr),
        Scalar::IpRange => domain::IpRange::parse(text).map(|range| Value::IpRange(range.into())),
        Scalar::Mac => domain::Mac::parse(text).map(Value::Mac),
        Scalar::PortRange => domain::PortRange::parse(text).map(Value::PortRange),
        Scalar::Port => domain::Port::parse(text).map(|port| Value::Int(i64::from(port.number()))),
        Scalar::Cpu => domain::Cpu::parse(text).map(Value::Cpu),
        Scalar::Bytes => domain::Bytes::parse(text).map(Value::Bytes),
        Scalar::Duration => domain::Duration::parse(text).map(Value::Duration),
        Scalar::Int => text.parse().map(Value::Int).map_err(|_| Problem::new(format!("`{text}` is no whole number"))),
        Scalar::Float => text
            .parse()
            .map(|number| Value::Float(Float(number)))
            .map_err(|_| Problem::new(format!("`{text}` is no number"))),
        Scalar::Bool => match text {
            "true" => Ok(Value::Bool(true)),
            "false" => Ok(Value::Bool(false)),
            _ => Err(Problem::new(format!("`{text}` is neither `true` nor `false`"))),
        },
        Scalar::IntRange => Err(Problem::new("write a range as `1..5`")),
        textual => text_form(textual, text).map(|()| Value::text(text)),
    }
}
