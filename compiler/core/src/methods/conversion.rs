//! Conversions: the name of a type called as a function, `Ip("10.0.0.1")`. What is converted is their receiver.
//!
//! Knows which conversions there are; how a text is read by a type is the business of evaluation, which does the same
//! for data from files.

use std::sync::LazyLock;

use crate::eval::coerce::{Misfit, convert_scalar, parse_scalar};
use crate::methods::arguments::{number, unexpected};
use crate::methods::{Host, Method, Pattern, Problem, Signature};
use crate::ty::Scalar;
use crate::value::{Float, Value};

macro_rules! conversions {
    ($($scalar:ident, $docs:literal, $example:literal, $gives:literal;)*) => {
        /// The conversion to a type.
        pub fn conversion(to: Scalar) -> &'static Method {
            match to {
                $(Scalar::$scalar => {
                    static METHOD: LazyLock<Method> = LazyLock::new(|| Method {
                        signature: Signature::of_conversion(
                            Scalar::$scalar,
                            concat!(stringify!($scalar), "(value: Any) -> ", stringify!($scalar)),
                        ),
                        docs: $docs,
                        example: $example,
                        gives: $gives,
                        run: |host, value, _, _| convert(host, value, Scalar::$scalar),
                    });
                    &METHOD
                })*
            }
        }
    };
}

conversions! {
    Bool, "The text `true` or `false` as a truth value.", "Bool(\"true\")", "true";
    Int, "A text of digits, or a number without a fraction, as a whole number.", "Int(\"42\")", "42";
    Float, "A text or a whole number as a number.", "Float(\"2.5\")", "2.5";
    String, "The text of a value as an interpolation writes it.", "String(192.168.1.10)", "192.168.1.10";
    Ip, "A text as an address.", "Ip(\"192.168.1.10\")", "192.168.1.10";
    Ip4, "A text or an address as an IPv4 address.", "Ip4(\"192.168.1.10\")", "192.168.1.10";
    Ip6, "A text or an address as an IPv6 address.", "Ip6(\"fd00::1\")", "fd00::1";
    Cidr, "A text as a network.", "Cidr(\"10.44.0.0/16\")", "10.44.0.0/16";
    IpRange, "A text as a range of addresses.", "IpRange(\"10.0.0.1-10.0.0.9\").size()", "9";
    IntRange, "A range of numbers as itself; texts are not read.", "IntRange(1..3).size()", "3";
    Mac, "A text as a hardware address.", "Mac(\"52:54:00:AA:BB:CC\")", "52:54:00:aa:bb:cc";
    Port, "A text or a whole number as a port.", "Port(\"8080\")", "8080";
    PortRange, "A text or a range of numbers as a range of ports.", "PortRange(\"30000-32767\").size()", "2768";
    Cpu, "A text or a number of cores as an amount of cpu.", "Cpu(\"1.5\")", "1500m";
    Bytes, "A text or a number of bytes as an amount of memory or storage.", "Bytes(\"96Gi\")", "96Gi";
    Duration, "A text as a duration.", "Duration(\"90m\")", "1h30m";
    Version, "A text as a version.", "Version(\"v1.33.4\")", "v1.33.4";
    Image, "A text as a reference to an image.", "Image(\"postgres:17.6\")", "postgres:17.6";
    Name, "A text as a name of one label.", "Name(\"shop\")", "shop";
    Hostname, "A text as a host name.", "Hostname(\"shop.example.net\")", "shop.example.net";
    Url, "A text as a url.", "Url(\"https://example.net\")", "https://example.net";
    Path, "A text as a path.", "Path(\"/etc/hosts\")", "/etc/hosts";
    Regex, "A text as a regular expression.", "Regex(\"[a-z]+\")", "'[a-z]+'";
}

impl Signature {
    fn of_conversion(to: Scalar, text: &'static str) -> Signature {
        let result = Pattern::Exact(to);
        Signature {
            receiver: Pattern::Any,
            name: to.name().into(),
            params: Vec::new(),
            result,
            text,
        }
    }
}

fn convert(host: &mut dyn Host, value: &Value, to: Scalar) -> Result<Value, Problem> {
    match (to, value) {
        (Scalar::Int, Value::Float(Float(found))) => super::number::to_int(*found),
        (Scalar::Float, Value::Float(Float(found))) => Ok(number(*found)),
        (_, Value::Text(text)) => parse_scalar(to, text),
        (Scalar::String, _) => super::text::made(host.text(value)?),
        (textual, _) if textual.is_textual() => parse_scalar(textual, &host.text(value)?),
        _ => convert_scalar(value.clone(), to).map_err(|misfit| match misfit {
            Misfit::Form(problem) => problem,
            _ => unexpected(&format!("a `{}`", to.name()), value),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::methods::testing::{TestHost, at, int, text};

    fn check(value: Value, to: Scalar, gives: Option<Value>) {
        let found = conversion(to).call(&mut TestHost::default(), &value, &[], at());
        assert_eq!(found.ok(), gives, "{value:?} as {to:?}");
    }

    #[test]
    fn what_is_converted() {
        check(text("42"), Scalar::Int, Some(int(42)));
        check(number(3.0), Scalar::Int, Some(int(3)));
        check(number(3.5), Scalar::Int, None);
        check(text("x"), Scalar::Int, None);
        check(text("true"), Scalar::Bool, Some(Value::Bool(true)));
        check(int(1), Scalar::Bool, None);
        check(Value::Error, Scalar::Bool, Some(Value::Error));
        check(Value::Null, Scalar::Ip, None);
    }

    #[test]
    fn every_type_has_its_conversion() {
        for scalar in Scalar::ALL {
            let signature = &conversion(scalar).signature;
            assert_eq!(signature.name.as_str(), scalar.name());
            assert_eq!(
                signature.text(),
                format!("{0}(value: Any) -> {0}", scalar.name())
            );
        }
    }
}
