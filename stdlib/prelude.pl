//! The prelude: what every file sees without importing it. A file's own names win over these.

import std/k8s

/// The whole: a file is the body of a platform.
schema Platform {
  /// What `platc build` writes where there are no objects: values of any type, by name.
  each output: Any
  each cluster: Cluster
  /// Objects of no cluster in particular.
  emit each object: Object
}

/// A Kubernetes cluster.
schema Cluster in Platform {
  /// The version that it runs, which decides what it serves.
  kubernetes: Version = "1.37"
  each namespace: Namespace
  /// Objects that live in no namespace.
  emit each object: Object
}

/// A namespace and what stands in it.
schema Namespace in Cluster {
  labels: {String: String} = {}
  annotations: {String: String} = {}
  emit own: k8s.Namespace = {
    metadata: {
      name: name
      labels: if labels.is-empty() then null else labels
      annotations: if annotations.is-empty() then null else annotations
    }
  }
  emit each object: Object
}

/// An object of any kind, where its own type is not known.
@kubernetes("", "")
type Object = { apiVersion: String, kind: String, metadata?: k8s.ObjectMeta, String: Any }
