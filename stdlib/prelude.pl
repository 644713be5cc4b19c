//! The prelude: what every file sees without importing it. A file's own names win over these.

/// The whole: a file is the body of a platform.
schema Platform {
  /// What `platc build` writes: values of any type, by name.
  each output: Any
}
