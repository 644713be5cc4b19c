//! platc-data.
