//! platc-diagnostics.
