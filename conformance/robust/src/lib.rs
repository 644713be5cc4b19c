//! Tests with more sources than a process each could take: they link the compiler, which the cases must not.
