//! A value of the evaluated platform, as reading needs it.

use std::sync::Arc;

use domain::{Bytes, Cidr, Cpu, Duration, Ip, IpRange};

/// Where something was written: a number that only who evaluated the platform can read.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub struct Place(pub u32);

/// A value that has no parts.
#[derive(Clone, PartialEq, Debug)]
pub enum Scalar {
    /// `true`, `false`
    Bool(bool),
    /// A whole number.
    Int(i64),
    /// Another number.
    Float(f64),
    /// Text, of whatever type.
    Text(Arc<str>),
    /// An address.
    Ip(Ip),
    /// A network.
    Cidr(Cidr),
    /// A range of addresses.
    Range(IpRange),
    /// A range of whole numbers.
    Numbers(i64, i64),
    /// Processor time.
    Cpu(Cpu),
    /// Memory or disk.
    Bytes(Bytes),
    /// A span of time.
    Duration(Duration),
}

/// A value of the evaluated platform: an instance, a record, a map, a list or a scalar. What is null is not there.
pub trait Node: Copy {
    /// Where it was written.
    fn place(self) -> Place;
    /// Whether a user wrote it, and not the standard library.
    fn given(self) -> bool;
    /// A field, an entry or the value of a key.
    fn get(self, key: &str) -> Option<Self>;
    /// All fields, entries or keys with their values.
    fn entries(self) -> Vec<(&'static str, Self)>;
    /// The elements of a list, the values of a list with keys, or the entries of a collection.
    fn items(self) -> Vec<Self>;
    /// What it is, where it has no parts.
    fn scalar(self) -> Option<Scalar>;
    /// The name of its schema and of those that this extends, the most special first; nothing where it is no instance.
    fn schemas(self) -> Vec<&'static str>;
    /// The name that its place gives an instance.
    fn name(self) -> Option<&'static str>;
    /// Where a user writes to a field of an instance that takes anything, so that nobody checks what stands there.
    fn unchecked(self, key: &str) -> Option<Place>;
    /// What people call an instance: `lab.namespace.web.service.shop`.
    fn path(self) -> String;
}
