//! platc-stdlib.
