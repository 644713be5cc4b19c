//! Sealed Secrets: secrets that may be published.

/// Sealed Secrets as what brings the values of a secret: they stand here, sealed for the controller of one cluster.
schema Sealed is SecretProvider {
  /// The sealed values, by key.
  @main values: {String: String}
  /// For whom they are sealed: for this name in this namespace, for the namespace, or for the cluster.
  scope: "strict" | "namespace-wide" | "cluster-wide" = "strict"
  let of-scope: {String: String} = if scope == "strict" then {} else {
    "sealedsecrets.bitnami.com/\(scope)": "true"
  }
  let missing = [for k in secret.key if not values.has(k.name) => k.name]
  check missing.is-empty() else "\(secret.name) has no sealed value for \(missing.join(", "))"
  emit sealed: SealedSecret = {
    metadata: {
      name: secret.object
      annotations: if of-scope.is-empty() then null else of-scope
    }
    spec: {
      encryptedData: values
      template.metadata: {
        name: secret.object
        namespace: namespace.name
        annotations: if of-scope.is-empty() then null else of-scope
      }
    }
  }
}

// -- Kinds, from the published schemas ---

@kubernetes("bitnami.com/v1alpha1", "SealedSecret")
type SealedSecret = {
  spec: {
    data?: String
    encryptedData: {String: String}
    template?: {
      data?: {String: String}
      immutable?: Bool
      metadata?: {
        annotations?: {String: String}
        finalizers?: [String]
        labels?: {String: String}
        name?: String
        namespace?: String
        String: Any
      }
      type?: String
    }
  }
  status?: Any
}
