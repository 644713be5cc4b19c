//! platc-conformance.
