//! The numbers of the tables: what the build script writes and the library reads.

/// The first version of Kubernetes that is read, as its minor number; versions are counted from it.
pub const FIRST_MINOR: u8 = 33;

/// The last.
pub const LAST_MINOR: u8 = 37;

pub mod shape {
    pub const BOOLEAN: u8 = 0;
    pub const INT32: u8 = 1;
    pub const INT64: u8 = 2;
    pub const DOUBLE: u8 = 3;
    pub const TEXT: u8 = 4;
    pub const BASE64: u8 = 5;
    pub const TIME: u8 = 6;
    pub const MICRO_TIME: u8 = 7;
    pub const INT_OR_STRING: u8 = 8;
    pub const QUANTITY: u8 = 9;
    pub const ANY: u8 = 10;
    pub const OBJECT: u8 = 11;
    pub const LIST: u8 = 12;
    pub const MAP: u8 = 13;
    pub const EITHER: u8 = 14;
}

pub mod fact {
    pub const VALUES: u8 = 0;
    pub const DEFAULT: u8 = 1;
    pub const MINIMUM: u8 = 2;
    pub const MAXIMUM: u8 = 3;
    pub const MIN_LENGTH: u8 = 4;
    pub const MAX_LENGTH: u8 = 5;
    pub const MIN_ITEMS: u8 = 6;
    pub const MAX_ITEMS: u8 = 7;
    pub const PATTERN: u8 = 8;
    pub const FORMAT: u8 = 9;
    pub const KEYS: u8 = 10;
    pub const SET: u8 = 11;
    pub const ATOMIC: u8 = 12;
    pub const MERGE: u8 = 13;
    pub const IMMUTABLE: u8 = 14;
    pub const ONE_OF: u8 = 15;
    pub const SUGGESTED: u8 = 16;
}

pub mod scope {
    pub const CLUSTER: u8 = 0;
    pub const NAMESPACED: u8 = 1;
    pub const SUBRESOURCE: u8 = 2;
}
