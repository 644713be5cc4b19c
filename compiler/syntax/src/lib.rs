//! platc-syntax.
