//! Sealed Secrets: secrets that may be published.

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
