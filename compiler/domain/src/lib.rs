//! platc-domain.
