//! platc-core.
